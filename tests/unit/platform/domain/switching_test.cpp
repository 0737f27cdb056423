// The clock: schedules and days of fees.

#include "platform/domain/switching.hpp"

#include <doctest/doctest.h>

#include "platform/domain/errc.hpp"

using namespace anju;
using namespace anju::platform;

namespace {

constexpr std::int32_t kBeijing = 480;

/// 2025-11-24 was a Monday.
base::UtcMillis at(int day, int hour, int minute) { return *base::to_utc({2025, 11, day, hour, minute, 0}, kBeijing); }

constexpr std::uint8_t kMonday = 1, kFriday = 1 << 4, kSunday = 1 << 6, kAlways = 0x7F;

}  // namespace

TEST_CASE("em-timed-switch: off from the border on, on again from the other, also over midnight") {
  const SwitchSchedule nights{{kAlways, 22 * 60, 6 * 60}};
  CHECK_FALSE(is_off(nights, at(24, 21, 59), kBeijing));
  CHECK(is_off(nights, at(24, 22, 0), kBeijing));
  CHECK(is_off(nights, at(25, 5, 59), kBeijing));
  CHECK_FALSE(is_off(nights, at(25, 6, 0), kBeijing));
  // A period belongs to the day on which it begins.
  const SwitchSchedule sunday{{kSunday, 22 * 60, 6 * 60}};
  CHECK(is_off(sunday, at(24, 1, 0), kBeijing));  // Monday morning
  CHECK_FALSE(is_off(sunday, at(24, 23, 0), kBeijing));
  CHECK(is_off(sunday, at(30, 23, 0), kBeijing));
  // Two that overlap are one long one.
  const SwitchSchedule both{{kMonday, 8 * 60, 12 * 60}, {kMonday, 10 * 60, 14 * 60}};
  CHECK(is_off(both, at(24, 11, 0), kBeijing));
  CHECK(is_off(both, at(24, 13, 0), kBeijing));
  CHECK_FALSE(is_off(both, at(24, 14, 0), kBeijing));
  CHECK_FALSE(is_off({}, at(24, 11, 0), kBeijing));
}

TEST_CASE("em-timed-switch: the next border is the first moment at which something changes, over weeks, in any zone") {
  CHECK_FALSE(next_change({}, at(24, 0, 0), kBeijing));
  for (const std::int32_t offset : {kBeijing, -570, 0, 345}) {
    const SwitchSchedule schedule{{kMonday | kFriday, 22 * 60, 6 * 60}, {kSunday, 0, 1}};
    base::UtcMillis now = at(24, 0, 0);
    for (int i = 0; i < 40; ++i) {
      const auto next = next_change(schedule, now, offset);
      REQUIRE(next);
      REQUIRE(*next > now);
      // Minute by minute nothing changes before it.
      for (base::UtcMillis t = now; t < *next; t = t + base::minutes(1)) REQUIRE(is_off(schedule, t, offset) == is_off(schedule, now, offset));
      now = *next;
    }
  }
}

TEST_CASE("em-timed-switch: what is no schedule is refused by field, and what is one is stored and read back") {
  CHECK(check({{kMonday, 0, 1439}}));
  CHECK(check({{0, 0, 5}}).error().where == "schedule[0].days");
  CHECK(check({{kMonday, 0, 5}, {kMonday, 1440, 5}}).error().where == "schedule[1].off");
  CHECK(check({{kMonday, 5, 5}}).error().where == "schedule[0].on");
  CHECK(check(SwitchSchedule(kMostSwitchPeriods + 1, {kMonday, 0, 5})).error().where == "schedule");
  const SwitchSchedule schedule{{kMonday, 0, 1439}, {kAlways, 1320, 360}};
  CHECK(schedule_text(schedule) == "1:0-1439,127:1320-360");
  CHECK(parse_schedule(schedule_text(schedule)) == schedule);
  CHECK(parse_schedule("") == SwitchSchedule{});
  for (const char* bad : {"1:0", "1:0-5;", "x", "0:0-5", "1:-1-5", "300:0-5"}) {
    CAPTURE(bad);
    CHECK_FALSE(parse_schedule(bad));
  }
}

TEST_CASE("wc-annual-fee: a year later is the same day, and the day after February's end where there is none") {
  const auto day = [](int year, int month, int d) { return static_cast<std::int32_t>(base::to_utc({year, month, d, 0, 0, 0}, 0)->value / 86'400'000); };
  CHECK(years_later(day(2025, 11, 24), 1) == day(2026, 11, 24));
  CHECK(years_later(day(2024, 2, 29), 1) == day(2025, 3, 1));
  CHECK(years_later(day(2024, 2, 29), 4) == day(2028, 2, 29));
  CHECK(begin_of(day(2025, 11, 24), kBeijing) == at(24, 0, 0));
}
