// What follows from every published frame without further data, and from bytes nobody published.

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <random>

#include "protocols/cjt188/explain.hpp"
#include "protocols/cjt188/message.hpp"
#include "tests/fuzz/cjt188_rules.hpp"
#include "tests/unit/protocols/cjt188/vectors.hpp"
#include "tests/unit/protocols/noise.hpp"

using namespace anju::cjt188;
using anju::base::Bytes;
using anju::base::ByteView;
using anju::base::from_hex;
namespace noise = anju::noise;

namespace {

constexpr std::array kMeaningful{0x68, 0x16, 0xFE, 0xAA, 0x10, 0x90, 0x1F, 0x2C, 0x03, 0x00, 0xFF, 0x01, 0x81, 0x84};

}  // namespace

TEST_CASE("cjt188 robustness: every published frame is written again byte for byte") {
  for (const auto& vector : vectors::valid()) {
    CAPTURE(vector.name);
    const Found found = find_frame(vector.bytes).value();
    CHECK(encode(found.frame, found.preamble).value() == Bytes(vector.bytes.begin() + static_cast<std::ptrdiff_t>(found.skipped), vector.bytes.end()));
    CHECK(rules::broken(vector.bytes) == "");
  }
}

TEST_CASE("cjt188 robustness: a single flipped bit is refused or told differently, wherever it is in the frame and its preamble") {
  for (const auto& vector : vectors::valid()) {
    CAPTURE(vector.name);
    const anju::base::Explanation good = explain(vector.bytes);
    const Found found = find_frame(vector.bytes).value();
    Bytes bytes = vector.bytes;
    for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
      CAPTURE(bit);
      bytes[bit / 8] ^= static_cast<std::byte>(1U << (bit % 8));
      const anju::base::Explanation flipped = explain(bytes);
      if (bit / 8 < found.skipped) {
        CHECK_FALSE(flipped.refused);  // other noise in front is still noise
      } else {
        CHECK((flipped.refused || flipped.facts != good.facts));
      }
      // Behind the preamble nothing but a refusal will do: the frame carries a checksum.
      if (bit / 8 >= found.skipped + found.preamble) CHECK(flipped.refused);
      CHECK(rules::broken(bytes) == "");
      bytes[bit / 8] ^= static_cast<std::byte>(1U << (bit % 8));
    }
  }
}

TEST_CASE("cjt188 robustness: a frame cut anywhere waits for more, and arrives whole one byte at a time") {
  for (const auto& vector : vectors::valid()) {
    CAPTURE(vector.name);
    const std::size_t noise_in_front = find_frame(vector.bytes)->skipped;
    for (std::size_t length = noise_in_front + (noise_in_front > 0 ? 1 : 0); length < vector.bytes.size(); ++length) {
      const auto cut = find_frame(ByteView(vector.bytes).first(length));
      REQUIRE_FALSE(cut);
      CHECK(cut.error().is(Errc::need_more));
    }
    CHECK(find_frame(vector.bytes).value().consumed == vector.bytes.size());
  }
}

TEST_CASE("cjt188 robustness: noise in front of any published frame costs only itself") {
  for (const auto& vector : vectors::valid()) {
    CAPTURE(vector.name);
    const Found alone = find_frame(vector.bytes).value();
    for (const char* hex : {"FF", "68", "16", "6816", "6868686868686868", "FEFE00", "68104433221100337881161F90",
                            "FEFEFEFE6810AAAAAAAAAAAAAA0103", "00112233445566778899"}) {
      CAPTURE(hex);
      const Bytes in_front = from_hex(hex).value();
      const auto found = find_frame(noise::joined(in_front, vector.bytes));
      REQUIRE(found);
      CHECK(found->frame == alone.frame);
      CHECK(found->skipped == in_front.size() + alone.skipped);
    }
  }
}

TEST_CASE("cjt188 robustness: two published frames in one read come out one after the other") {
  const auto frames = vectors::valid();
  for (std::size_t i = 0; i < frames.size(); ++i) {
    const auto& first = frames[i].bytes;
    const auto& second = frames[(i + 1) % frames.size()].bytes;
    CAPTURE(frames[i].name);
    const Bytes both = noise::joined(first, second);
    CHECK(find_frame(both).value().consumed == first.size());
    const auto rest = find_frame(ByteView(both).subspan(first.size()));
    REQUIRE(rest);
    CHECK(rest->consumed == second.size());
    CHECK(rest->skipped == find_frame(second)->skipped);
  }
}

TEST_CASE("cjt188 robustness: every request and reply that is understood is built again as the same frame") {
  int understood = 0;
  for (const auto& vector : vectors::valid()) {
    CAPTURE(vector.name);
    const Frame frame = find_frame(vector.bytes).value().frame;
    CHECK(rules::message_survives(frame) == "");
    const auto order = order_of(frame.data);
    REQUIRE(order);
    understood += decode_request(frame, *order) || decode_reply(frame, Options{.di_order = *order}) ? 1 : 0;
  }
  CHECK(understood == static_cast<int>(vectors::valid().size()));
}

TEST_CASE("cjt188 robustness: any bytes keep every rule") {
  const std::uint64_t start = noise::seed();
  MESSAGE("ANJU_SEED=" << start);
  std::mt19937_64 random(start);
  const auto frames = vectors::valid();
  for (int i = 0; i < 20'000; ++i) {
    Bytes bytes = noise::bytes(random, 300, kMeaningful);
    if (i % 2 == 0) {
      bytes = frames[random() % frames.size()].bytes;
      noise::mutate(bytes, random);
    }
    const std::string rule = rules::broken(bytes);
    CAPTURE(anju::base::to_hex(bytes));
    REQUIRE(rule == "");
  }
}

TEST_CASE("cjt188 robustness: whatever function and data a frame has, what is understood is built again the same") {
  const std::uint64_t start = noise::seed();
  MESSAGE("ANJU_SEED=" << start);
  std::mt19937_64 random(start);
  constexpr std::size_t kLead = 3;  // DI and SER
  int understood = 0, metered = 0;
  for (int i = 0; i < 20'000; ++i) {
    // Small BCD-like bytes, so that many data fields make sense.
    Frame frame{kColdWater, kWildcard, static_cast<std::uint8_t>(random() & 0xFF), Bytes(random() % 24)};
    for (std::byte& b : frame.data) b = static_cast<std::byte>(random() % 10 * 16 % 0x60 + random() % 10);
    // Half of them are metering data of either form, as a meter sends them.
    if (i % 2 == 0) {
      frame.control = 0x81;
      frame.data.resize(i % 4 == 0 ? kLead + kLongForm : kLead + kShortForm);
      std::ranges::copy(from_hex("901F").value(), frame.data.begin());
      frame.data[7] = std::byte{0x2C};
      if (i % 4 == 0) frame.data[12] = std::byte{0x2C};
      metered += decode_metering(ByteView(frame.data).subspan(kLead)) ? 1 : 0;
    }
    if (i % 2 == 0) REQUIRE(rules::metering_survives(ByteView(frame.data).subspan(kLead)) == "");
    const Bytes bytes = encode(frame, random() % 5).value();
    CAPTURE(anju::base::to_hex(bytes));
    REQUIRE(rules::broken(bytes) == "");
    understood += decode_request(frame, DiOrder::high_byte_first) || decode_reply(frame, Options{}) ? 1 : 0;
  }
  CHECK(metered > 1000);
  CHECK(understood > metered);  // the rule is not kept by refusing everything
}

TEST_CASE("cjt188 robustness: a frame survives any noise and any split, with no more than a frame's worth of bytes kept") {
  const std::uint64_t start = noise::seed();
  MESSAGE("ANJU_SEED=" << start);
  std::mt19937_64 random(start);
  const auto frames = vectors::valid();
  for (int i = 0; i < 300; ++i) {
    const Bytes& wanted = frames[random() % frames.size()].bytes;
    Bytes stream = noise::joined(noise::bytes(random, 400, kMeaningful), wanted);
    Bytes kept;
    bool arrived = false;
    for (ByteView rest = stream; !rest.empty();) {
      const std::size_t chunk = std::min<std::size_t>(rest.size(), 1 + random() % 12);
      kept = noise::joined(std::move(kept), rest.first(chunk));
      rest = rest.subspan(chunk);
      if (const auto found = find_frame(kept)) {
        arrived = arrived || found->frame == find_frame(wanted)->frame;
        kept.erase(kept.begin(), kept.begin() + static_cast<std::ptrdiff_t>(found->consumed));
      }
      const std::size_t most = kMaxFrame + kMaxPreamble;
      if (kept.size() > most) kept.erase(kept.begin(), kept.end() - static_cast<std::ptrdiff_t>(most));
    }
    CAPTURE(anju::base::to_hex(stream));
    REQUIRE(arrived);
  }
}
