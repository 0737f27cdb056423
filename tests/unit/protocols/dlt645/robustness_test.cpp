// What follows from every published frame without further data, and from bytes nobody published.

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <random>

#include "protocols/dlt645/explain.hpp"
#include "protocols/dlt645/message.hpp"
#include "tests/fuzz/dlt645_rules.hpp"
#include "tests/unit/protocols/dlt645/vectors.hpp"
#include "tests/unit/protocols/noise.hpp"

using namespace anju::dlt645;
using anju::base::Bytes;
using anju::base::ByteView;
using anju::base::from_hex;
namespace noise = anju::noise;

namespace {

constexpr std::array kMeaningful{0x68, 0x16, 0xFE, 0xAA, 0x99, 0x33, 0x00, 0xFF, 0x04, 0x11, 0x91};

}  // namespace

TEST_CASE("robustness: every published frame is written again byte for byte") {
  for (const auto& vector : vectors::valid()) {
    CAPTURE(vector.name);
    const Found found = find_frame(vector.bytes).value();
    CHECK(encode(found.frame, found.preamble).value() == vector.bytes);
    CHECK(rules::broken(vector.bytes) == "");
  }
}

TEST_CASE("robustness: a single flipped bit is refused or told differently, wherever it is") {
  for (const auto& vector : vectors::valid()) {
    CAPTURE(vector.name);
    const Explanation good = explain(vector.bytes);
    Bytes bytes = vector.bytes;
    for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
      CAPTURE(bit);
      bytes[bit / 8] ^= static_cast<std::byte>(1U << (bit % 8));
      const Explanation flipped = explain(bytes);
      CHECK((flipped.refused || flipped.facts != good.facts));
      // Behind the preamble nothing but a refusal will do: the frame carries a checksum.
      if (bit / 8 >= find_frame(vector.bytes)->preamble) CHECK(flipped.refused);
      CHECK(rules::broken(bytes) == "");
      bytes[bit / 8] ^= static_cast<std::byte>(1U << (bit % 8));
    }
  }
}

TEST_CASE("robustness: a frame cut anywhere waits for more, and arrives whole one byte at a time") {
  for (const auto& vector : vectors::valid()) {
    CAPTURE(vector.name);
    for (std::size_t length = 0; length < vector.bytes.size(); ++length) {
      const auto cut = find_frame(ByteView(vector.bytes).first(length));
      REQUIRE_FALSE(cut);
      CHECK(cut.error().is(Errc::need_more));
    }
    CHECK(find_frame(vector.bytes).value().consumed == vector.bytes.size());
  }
}

TEST_CASE("robustness: noise in front of any published frame costs only itself") {
  for (const auto& vector : vectors::valid()) {
    CAPTURE(vector.name);
    const Found alone = find_frame(vector.bytes).value();
    for (const char* hex : {"FF", "68", "16", "6816", "6868686868686868", "FEFE00", "68616101000000681104333334",
                            "FEFEFEFE6899999999999968080665", "00112233445566778899"}) {
      CAPTURE(hex);
      const Bytes in_front = from_hex(hex).value();
      const auto found = find_frame(noise::joined(in_front, vector.bytes));
      REQUIRE(found);
      CHECK(found->frame == alone.frame);
      CHECK(found->skipped == in_front.size());
    }
  }
}

TEST_CASE("robustness: two published frames in one read come out one after the other") {
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
    CHECK(rest->skipped == 0);
  }
}

TEST_CASE("robustness: every request and reply that is understood is built again as the same frame") {
  int understood = 0;
  for (const auto& vector : vectors::valid()) {
    CAPTURE(vector.name);
    const Frame frame = find_frame(vector.bytes).value().frame;
    CHECK(rules::message_survives(frame) == "");
    understood += decode_request(frame) || decode_reply(frame) ? 1 : 0;
  }
  CHECK(understood ==
        static_cast<int>(vectors::valid().size()) - 2);  // all but the mixed dialect and the disputed time
}

TEST_CASE("robustness: any bytes keep every rule") {
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

TEST_CASE("robustness: whatever function and data a frame has, what is understood is built again the same") {
  const std::uint64_t start = noise::seed();
  MESSAGE("ANJU_SEED=" << start);
  std::mt19937_64 random(start);
  int understood = 0;
  for (int i = 0; i < 20'000; ++i) {
    // Small BCD-like bytes, so that many data fields make sense.
    Frame frame{kWildcard, static_cast<std::uint8_t>(random() & 0xFF), Bytes(random() % 20)};
    for (std::byte& b : frame.data) b = static_cast<std::byte>(random() % 10 * 16 % 0x60 + random() % 10);
    const Bytes bytes = encode(frame, random() % 5).value();
    CAPTURE(anju::base::to_hex(bytes));
    REQUIRE(rules::broken(bytes) == "");
    understood += decode_request(frame) || decode_reply(frame) ? 1 : 0;
  }
  CHECK(understood > 1000);  // the rule is not kept by refusing everything
}

TEST_CASE("robustness: a frame survives any noise and any split, with no more than a frame's worth of bytes kept") {
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
