#include "protocols/base/time.hpp"

#include <doctest/doctest.h>

using namespace anju::base;

TEST_CASE("time: civil time and UTC agree in both directions, with the site's offset") {
  // 2026-11-21T01:02:03Z; the seconds were taken from `date -ud '2026-11-21 01:02:03' +%s`
  const UtcMillis at(1'795'222'923'000);
  CHECK(to_civil(at, 0) == CivilTime{2026, 11, 21, 1, 2, 3});
  CHECK(to_civil(at, 480) == CivilTime{2026, 11, 21, 9, 2, 3});
  CHECK(to_utc({2026, 11, 21, 9, 2, 3}, 480).value() == at);
  CHECK(format_utc(at) == "2026-11-21T01:02:03Z");
  CHECK(format_utc(at + Millis(7)) == "2026-11-21T01:02:03.007Z");
  CHECK(weekday(to_civil(at, 480)) == 6);  // a Saturday
  CHECK(format_day(start_of_day(at, 480), 480) == "2026-11-21");
  CHECK(to_civil(start_of_day(UtcMillis(-1), 480), 480) == CivilTime{1970, 1, 1, 0, 0, 0});
}

TEST_CASE("time: dates that do not exist are refused") {
  for (const CivilTime& bad : {CivilTime{2026, 2, 29, 0, 0, 0}, CivilTime{2026, 13, 1, 0, 0, 0}, CivilTime{2026, 0, 1, 0, 0, 0},
                               CivilTime{2026, 1, 1, 24, 0, 0}, CivilTime{2026, 1, 1, 0, 60, 0}, CivilTime{2026, 1, 1, 0, 0, 60}}) {
    CHECK_FALSE(to_utc(bad, 480).has_value());
  }
  CHECK(to_utc({2028, 2, 29, 23, 59, 59}, 0).has_value());
}
