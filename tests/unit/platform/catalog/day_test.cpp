#include "platform/catalog/day.hpp"

#include <doctest/doctest.h>

using namespace anju::platform;

TEST_CASE("day: a date becomes the number of its day and comes back") {
  CHECK(catalog::parse_day("1970-01-01") == 0);
  CHECK(catalog::parse_day("2000-02-29") == 11016);
  CHECK(catalog::parse_day("1969-12-31") == -1);
  for (const char* day : {"1900-01-01", "2026-11-21", "2199-12-31"}) CHECK(catalog::format_day(*catalog::parse_day(day)) == day);
}

TEST_CASE("day: what is no day of the calendar is none") {
  for (const char* day : {"", "2026-2-01", "2026-02-30", "2025-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-01-00", "1899-12-31", "2200-01-01",
                          "2026/01/01", "2026-01-0a", "20260101", "2026-01-011"})
    CHECK_FALSE(catalog::parse_day(day));
}
