// What follows from every published frame without further data, and from bytes nobody published.

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <random>

#include "protocols/modbus/explain.hpp"
#include "tests/fuzz/modbus_rules.hpp"
#include "tests/unit/protocols/modbus/vectors.hpp"
#include "tests/unit/protocols/noise.hpp"

using namespace anju::modbus;
using anju::base::Bytes;
using anju::base::ByteView;
using anju::base::from_hex;
namespace noise = anju::noise;

namespace {

struct Conversation {
  std::string name;
  Frame request;
  Bytes asked, answered;
};

std::vector<Conversation> conversations() {
  std::vector<Conversation> all;
  for (const auto& [request, reply] : vectors::exchanges()) {
    all.push_back({reply.name, rtu::find_request(request.bytes).value().frame, request.bytes, reply.bytes});
  }
  return all;
}

constexpr std::array kMeaningful{0x11, 0x0A, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0F, 0x10, 0x83, 0x00, 0xFF};

}  // namespace

TEST_CASE("robustness: every published answer is found by its question, and written again byte for byte") {
  for (const auto& [name, request, asked, answered] : conversations()) {
    CAPTURE(name);
    const auto found = rtu::find_reply(answered, request);
    REQUIRE(found);
    CHECK(rtu::encode(found->frame).value() == answered);
    CHECK(rtu::encode(request).value() == asked);
    CHECK(answers(request, found->frame));
    CHECK(decode_reply(found->frame.pdu).has_value());
    CHECK(rules::broken(answered) == "");
    CHECK(rules::broken(asked) == "");
  }
}

TEST_CASE("robustness: a single flipped bit is refused, wherever it is, in both directions") {
  for (auto [name, request, asked, answered] : conversations()) {
    CAPTURE(name);
    for (std::size_t bit = 0; bit < answered.size() * 8; ++bit) {
      CAPTURE(bit);
      answered[bit / 8] ^= static_cast<std::byte>(1U << (bit % 8));
      CHECK_FALSE(rtu::find_reply(answered, request).has_value());
      CHECK(explain(answered).refused.has_value());
      CHECK(rules::broken(answered) == "");
      answered[bit / 8] ^= static_cast<std::byte>(1U << (bit % 8));
    }
    for (std::size_t bit = 0; bit < asked.size() * 8; ++bit) {
      CAPTURE(bit);
      asked[bit / 8] ^= static_cast<std::byte>(1U << (bit % 8));
      CHECK_FALSE(rtu::find_request(asked).has_value());
      asked[bit / 8] ^= static_cast<std::byte>(1U << (bit % 8));
    }
  }
}

TEST_CASE("robustness: a frame cut anywhere waits for more, and arrives whole one byte at a time") {
  for (const auto& [name, request, asked, answered] : conversations()) {
    CAPTURE(name);
    for (std::size_t length = 0; length < answered.size(); ++length) {
      const auto cut = rtu::find_reply(ByteView(answered).first(length), request);
      REQUIRE_FALSE(cut);
      CHECK(cut.error().is(Errc::need_more));
    }
    for (std::size_t length = 0; length < asked.size(); ++length) {
      const auto cut = rtu::find_request(ByteView(asked).first(length));
      REQUIRE_FALSE(cut);
      CHECK(cut.error().is(Errc::need_more));
    }
  }
}

TEST_CASE("robustness: noise in front costs only itself: line noise, half a frame, another unit's answer, an echo") {
  for (const auto& [name, request, asked, answered] : conversations()) {
    CAPTURE(name);
    for (const char* hex : {"FF", "00", "11", "1103", "110306AE", "1111111111", "0A8102B053", "120306AE4156524340D1AD", "00112233445566778899"}) {
      CAPTURE(hex);
      const Bytes in_front = from_hex(hex).value();
      if (in_front == answered) continue;
      const auto found = rtu::find_reply(noise::joined(in_front, answered), request);
      REQUIRE(found);
      CHECK(found->skipped == in_front.size());
      CHECK(rtu::encode(found->frame).value() == answered);
    }
    // The echo of what was sent, unless it is the answer itself (05 and 06).
    if (asked != answered) CHECK(rtu::find_reply(noise::joined(asked, answered), request).value().skipped == asked.size());
  }
}

TEST_CASE("robustness: two frames in one read come out one after the other") {
  const auto all = conversations();
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Conversation& first = all[i];
    const Conversation& second = all[(i + 1) % all.size()];
    CAPTURE(first.name);
    const Bytes both = noise::joined(first.answered, second.answered);
    CHECK(rtu::find_reply(both, first.request).value().consumed == first.answered.size());
    CHECK(rtu::find_reply(both, second.request).value().skipped == first.answered.size());
    const Bytes questions = noise::joined(first.asked, second.asked);
    CHECK(rtu::find_request(questions).value().consumed == first.asked.size());
    CHECK(rtu::find_request(ByteView(questions).subspan(first.asked.size())).value().consumed == second.asked.size());
  }
}

TEST_CASE("robustness: any bytes keep every rule") {
  const std::uint64_t start = noise::seed();
  MESSAGE("ANJU_SEED=" << start);
  std::mt19937_64 random(start);
  const auto frames = vectors::valid();
  for (int i = 0; i < 8'000; ++i) {
    Bytes bytes = noise::bytes(random, 150, kMeaningful);
    if (i % 2 == 0) {
      bytes = frames[random() % frames.size()].bytes;
      noise::mutate(bytes, random);
    }
    const std::string rule = rules::broken(bytes);
    CAPTURE(anju::base::to_hex(bytes));
    REQUIRE(rule == "");
  }
}

TEST_CASE("robustness: whatever unit and PDU a frame has, what is understood is built again the same") {
  const std::uint64_t start = noise::seed();
  MESSAGE("ANJU_SEED=" << start);
  std::mt19937_64 random(start);
  int understood = 0;
  for (int i = 0; i < 8'000; ++i) {
    // Known functions, small counts and byte counts that fit, so that many PDUs make sense.
    constexpr std::array kFunctions{0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0F, 0x10, 0x83};
    Bytes bytes{static_cast<std::byte>(1 + random() % 247), static_cast<std::byte>(kFunctions[random() % kFunctions.size()])};
    const std::size_t count = random() % 9;
    if (random() % 2 == 0) {
      for (const std::size_t one : {random() & 0xFF, random() & 0xFF, std::size_t{0}, count}) bytes.push_back(static_cast<std::byte>(one));
      if (random() % 2 == 0) {
        bytes.push_back(static_cast<std::byte>(bytes[1] == std::byte{0x10} ? count * 2 : (count + 7) / 8));
        bytes.resize(bytes.size() + anju::base::to_u8(bytes.back()));
      }
    } else {
      bytes.push_back(static_cast<std::byte>(count));
      for (std::size_t n = 0; n < count; ++n) bytes.push_back(static_cast<std::byte>(random() & 0xFF));
    }
    CAPTURE(anju::base::to_hex(bytes));
    REQUIRE(rules::broken_inside_a_frame(bytes) == "");
    const ByteView pdu = ByteView(bytes).subspan(1);
    understood += decode_request(pdu) || decode_reply(pdu) ? 1 : 0;
  }
  CHECK(understood > 2000);  // the rule is not kept by refusing everything
}

TEST_CASE("robustness: an answer survives any noise and any split, with no more than a frame's worth of bytes kept") {
  const std::uint64_t start = noise::seed();
  MESSAGE("ANJU_SEED=" << start);
  std::mt19937_64 random(start);
  const auto all = conversations();
  for (int i = 0; i < 300; ++i) {
    const Conversation& wanted = all[random() % all.size()];
    const Bytes stream = noise::joined(noise::bytes(random, 400, kMeaningful), wanted.answered);
    Bytes kept;
    bool arrived = false;
    for (ByteView rest = stream; !rest.empty();) {
      const std::size_t chunk = std::min<std::size_t>(rest.size(), 1 + random() % 12);
      kept = noise::joined(kept, rest.first(chunk));
      rest = rest.subspan(chunk);
      if (const auto found = rtu::find_reply(kept, wanted.request)) {
        arrived = arrived || rtu::encode(found->frame).value() == wanted.answered;
        kept.erase(kept.begin(), kept.begin() + static_cast<std::ptrdiff_t>(found->consumed));
      }
      if (kept.size() > rtu::kMaxFrame) kept.erase(kept.begin(), kept.end() - static_cast<std::ptrdiff_t>(rtu::kMaxFrame));
    }
    CAPTURE(anju::base::to_hex(stream));
    REQUIRE(arrived);
  }
}
