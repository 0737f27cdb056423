#include "protocols/base/frame_search.hpp"

#include <doctest/doctest.h>

using namespace anju::base;

namespace {

enum class Errc { need_more, no_frame, checksum, end_byte, bad_length };

std::string_view to_string(Errc errc) {
  switch (errc) {
    case Errc::need_more: return "need_more";
    case Errc::no_frame: return "no_frame";
    case Errc::checksum: return "checksum";
    case Errc::end_byte: return "end_byte";
    case Errc::bad_length: return "bad_length";
  }
  return "unknown";
}

/// 68 L DATA CS 16, at most four data bytes.
constexpr FrameLayout kShort{.second_start_at = 0, .length_at = 1, .max_data = 4};
/// 68 L 68 …: a second 68 where the first data byte would be.
constexpr FrameLayout kDouble{.second_start_at = 1, .length_at = 2, .max_data = 4};

std::string outcome(std::string_view hex, bool at_end, const FrameLayout& layout = kShort) {
  const Bytes bytes = from_hex(hex).value();
  const auto place = find_place<Errc>(bytes, layout, at_end);
  return place ? std::to_string(place->at) : std::string(place.error().code) + " " + place.error().where;
}

}  // namespace

TEST_CASE("frame search: the first of several broken frames gives the reason, whatever else is wrong behind it") {
  const std::string checksum = "68 01 AA 00 16", end = "68 01 AA 13 00", length = "68 05";
  CHECK(outcome(checksum + end + length, true) == "checksum expected 13, found 00");
  CHECK(outcome(end + checksum + length, true) == "end_byte expected 16, found 00");
  CHECK(outcome(length + checksum + end, true) == "bad_length L 5 is above 4");
}

TEST_CASE("frame search: while more may come, what may still become a frame outweighs what is broken; at the end the reverse") {
  CHECK(outcome("68 01 AA 00 16 68 02", false) == "need_more ");
  CHECK(outcome("68 01 AA 00 16 68 02", true) == "checksum expected 13, found 00");
  CHECK(outcome("68 02", true) == "need_more ");
  CHECK(outcome("00 FE", true) == "need_more ");
  CHECK(outcome("", true) == "need_more ");
  CHECK(outcome("00", false) == "no_frame ");
}

TEST_CASE("frame search: a good frame is found inside and behind a broken one") {
  CHECK(outcome("68 04 68 01 AA 13 16", false) == "2");     // the outer one never ends
  CHECK(outcome("68 03 68 00 68 16 00 16", false) == "2");  // the outer one is whole, its sum is wrong
  CHECK(outcome("68 01 AA 00 16 68 00 68 16", false) == "5");
}

TEST_CASE("frame search: a second 68 is asked for where the layout has one") {
  CHECK(outcome("68 68 00 D0 16", false, kDouble) == "0");
  CHECK(outcome("68 00 00 68 16", false, kDouble) == "no_frame ");
  CHECK(outcome("68", false, kDouble) == "need_more ");
}

TEST_CASE("frame search: a sealed frame is found, its preamble is no part of the sum and counted up to four") {
  const Bytes body = from_hex("68 02 01 02").value();
  for (std::size_t preamble = 0; preamble <= 6; ++preamble) {
    const Bytes sealed = seal_frame(body, preamble);
    REQUIRE(sealed.size() == preamble + 6);
    CHECK(to_hex(ByteView(sealed).subspan(preamble)) == "680201026D16");
    const auto place = find_place<Errc>(sealed, kShort, false);
    REQUIRE(place);
    CHECK(place->at == preamble);
    CHECK(preamble_before(sealed, place->at) == std::min(preamble, kMaxPreamble));
  }
}
