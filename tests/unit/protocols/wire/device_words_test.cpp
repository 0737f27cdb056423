// The words of a device's profile are those that its protocols know.

#include "protocols/wire/device_words.hpp"

#include <doctest/doctest.h>

#include "protocols/cjt188/options.hpp"
#include "protocols/cjt188/status.hpp"
#include "protocols/wire/down.hpp"
#include "protocols/wire/profile.hpp"

namespace anju::wire {

TEST_CASE("device words: every status map is one that CJ/T188 reads, and every one that it reads is there") {
  for (const auto name : kStatusMaps) {
    CAPTURE(name);
    const auto map = cjt188::parse_status_map(name);
    REQUIRE(map);
    CHECK(cjt188::to_string(*map) == name);
    CHECK(static_cast<std::size_t>(*map) < kStatusMaps.size());
    CHECK(kStatusMaps[static_cast<std::size_t>(*map)] == name);
  }
  CHECK(cjt188::to_string(static_cast<cjt188::StatusMap>(kStatusMaps.size() - 1)) == kStatusMaps.back());
  CHECK_FALSE(cjt188::parse_status_map("closed_11"));
}

TEST_CASE("device words: an archive takes each of them, and no other") {
  const auto takes = [](std::string_view member, std::string_view word) {
    return decode_profile("{\"" + std::string(member) + "\": \"" + std::string(word) + "\"}").has_value();
  };
  for (const auto word : kDialects) CHECK(takes("dialect", word));
  for (const auto word : kStatusMaps) CHECK(takes("status_map", word));
  for (const auto word : kCloseMethods) CHECK(takes("close", word));
  for (const char* member : {"dialect", "status_map", "close"}) {
    CHECK_FALSE(takes(member, "other"));
    CHECK_FALSE(takes(member, ""));
  }
  CHECK(kLineDialects.size() == kDialects.size() - 1);
  CHECK(kDialects.back() == "mqtt");
  CHECK(to_string(MeterKind::hot_water) == kMeterKinds.back());
}

}  // namespace anju::wire
