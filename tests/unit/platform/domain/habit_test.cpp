// What is unlike a meter, and the alarms that follow.

#include "tests/unit/platform/domain/site_fixture.hpp"

#include <doctest/doctest.h>

#include "platform/domain/habit.hpp"

using namespace anju;
using namespace anju::platform;

namespace {

constexpr auto kElectric = wire::MeterKind::electricity;

std::string active(const SiteFixture& f) {
  std::map<std::string, bool> last;
  for (const Alarm& alarm : f.alarms) last[alarm.code] = alarm.active;
  std::string all;
  for (const auto& [code, on] : last) all += on ? code + " " : "";
  return all;
}

}  // namespace

TEST_CASE("suspicious consumption: three idle days after use are told, days without power or before any use are not") {
  Habit habit;
  for (int i = 0; i < 5; ++i) CHECK_FALSE(end_day(habit, base::Quantity(0), true, kElectric).no_use);  // never used
  habit = {};
  end_day(habit, base::Quantity(5'0000), true, kElectric);
  CHECK_FALSE(end_day(habit, base::Quantity(0), true, kElectric).no_use);
  CHECK_FALSE(end_day(habit, base::Quantity(0), true, kElectric).no_use);
  CHECK(end_day(habit, base::Quantity(0), true, kElectric).no_use);
  CHECK_FALSE(end_day(habit, base::Quantity(1), true, kElectric).no_use);
  for (int i = 0; i < 5; ++i) CHECK_FALSE(end_day(habit, base::Quantity(0), false, kElectric).no_use);
}

TEST_CASE("suspicious consumption: a day of five times the usual is told once a week is known, and small numbers are not") {
  Habit habit;
  for (int i = 0; i < kKnownDays - 1; ++i) CHECK_FALSE(end_day(habit, base::Quantity(i == 3 ? 90'0000 : 2'0000), true, kElectric).jump);
  habit = {base::Quantity(2'0000), kUsualDays, 0, 0};
  Habit same = habit;
  CHECK_FALSE(end_day(same, base::Quantity(10'0000), true, kElectric).jump);
  same = habit;
  CHECK(end_day(same, base::Quantity(10'0010), true, kElectric).jump);
  same = {base::Quantity(100), kUsualDays, 0, 0};
  CHECK_FALSE(end_day(same, base::Quantity(4'9999), true, kElectric).jump);
  CHECK(end_day(same, base::Quantity(5'0000), true, wire::MeterKind::water).jump);
  // The mean follows: after a month of the new use nothing is unusual.
  for (int i = 0; i < 30; ++i) end_day(habit, base::Quantity(40'0000), true, kElectric);
  CHECK_FALSE(end_day(habit, base::Quantity(40'0000), true, kElectric).jump);
}

TEST_CASE("suspicious consumption: water through three whole nights is a leak; one dry quarter of an hour is none") {
  const auto nights = [](auto wet) {
    Night night;
    Habit habit;
    base::UtcMillis before = kStart;
    for (int step = 1; step <= 4 * 24 * 5; ++step) {
      const base::UtcMillis at = kStart + base::minutes(15 * step);
      note_night(night, habit, before, at, base::Quantity(wet(step % 96) ? 10 : 0), 480);
      before = at;
    }
    return habit.wet_nights;
  };
  CHECK(nights([](int) { return true; }) == 5);
  CHECK(nights([](int quarter) { return quarter != 12; }) == 0);      // dry at three o'clock
  CHECK(nights([](int quarter) { return quarter != 30; }) == 5);      // dry after the night
  CHECK(nights([](int) { return false; }) == 0);
  // Registers that are too far apart say nothing of the hours between.
  Night night;
  Habit habit;
  note_night(night, habit, kStart, kStart + base::hours(4), base::Quantity(10), 480);
  CHECK(night.wet == 0);
}

TEST_CASE("suspicious consumption: energy behind an open relay is an alarm until it is closed or nothing runs") {
  SiteFixture f;
  f.read(0);
  f.pass(base::minutes(5));
  f.status(wire::Relay::open);
  f.pass(base::minutes(15));
  f.read(1000);  // some of it was before the relay opened
  CHECK(active(f).find("use_while_cut") == std::string::npos);
  f.pass(base::minutes(15));
  f.read(1100);
  CHECK(active(f).find("use_while_cut") == std::string::npos);  // the dial's last digit
  f.pass(base::minutes(15));
  f.read(1'0000);
  CHECK(active(f).find("use_while_cut") != std::string::npos);
  f.pass(base::minutes(15));
  f.read(1'0000);
  CHECK(active(f).find("use_while_cut") == std::string::npos);
}

TEST_CASE("suspicious consumption: alarms of days come and go with the readings, and a gateway cannot raise or clear them") {
  SiteFixture f;
  REQUIRE(f.recharge("r1", 900'000'000));
  std::int64_t total = 0;
  const auto day = [&](std::int64_t used) {
    f.pass(base::hours(23));
    f.read(total += used);
    f.pass(base::hours(1));
  };
  for (int i = 0; i < 9; ++i) day(2'0000);
  day(30'0000);
  f.read(total);
  CHECK(active(f) == "use_jump ");
  f.event(wire::AlarmEvent{"use_jump", base::DeviceId("m1"), {}, f.now, false, ""});
  CHECK(active(f).find("use_jump") != std::string::npos);
  day(2'0000);
  f.read(total);
  CHECK(active(f).find("use_jump") == std::string::npos);
  for (int i = 0; i < 4; ++i) day(0);
  f.read(total);
  CHECK(active(f).find("no_use") != std::string::npos);
  day(1'0000);
  f.read(total);
  CHECK(active(f).find("no_use") == std::string::npos);
}
