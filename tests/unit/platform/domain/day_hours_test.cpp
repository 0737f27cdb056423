#include "platform/domain/day_hours.hpp"

#include <random>

#include "protocols/base/decimal.hpp"
#include "tests/unit/platform/domain/site_fixture.hpp"

using namespace anju;
using namespace anju::platform;

namespace {

constexpr std::int64_t kKwh = 10'000;

HourUse hour(int of_day, std::int64_t e4, std::int64_t micro_yuan) { return {static_cast<std::int8_t>(of_day), base::Quantity(e4), base::Money(micro_yuan)}; }

}  // namespace

TEST_CASE("hours of a day: what is written is read again") {
  const std::vector<HourUse> days[] = {
      {},
      {hour(0, 1, 0)},
      {hour(23, 1, 60)},
      {hour(0, 12'345, 740'700), hour(1, 2'345, 140'700), hour(7, 2'345, 140'701), hour(23, 99, 5'940)},
      {hour(3, 0, -5), hour(4, 10, -base::kMaxDecimal), hour(5, base::kMaxDecimal, base::kMaxDecimal), hour(6, base::kMaxDecimal, 1)},
  };
  for (const auto& day : days) {
    const auto read = decode_hours(encode_hours(day));
    REQUIRE(read);
    CHECK(*read == day);
  }
  CHECK(encode_hours({}).empty());
}

TEST_CASE("hours of a day: of a meter that shows hundredths an hour at one price takes three bytes") {
  std::mt19937_64 random(7);
  std::int64_t shown = 0, billed = 0, paid = 0;
  std::vector<HourUse> day;
  for (int h = 0; h < 24; ++h) {
    shown += static_cast<std::int64_t>(random() % 300) * 100;
    const std::int64_t amount = shown * 61'234 / 1000 - paid;
    day.push_back(hour(h, shown - billed, amount));
    billed = shown;
    paid += amount;
  }
  CHECK(encode_hours(day).size() <= 24 * 3 + 4);
}

TEST_CASE("hours of a day: any bytes give hours or an error") {
  const std::string whole = encode_hours({hour(2, 5'000, 300'000), hour(9, 6'000, 360'000)});
  for (std::size_t cut = 1; cut < whole.size(); ++cut) {
    const auto read = decode_hours(std::string_view(whole).substr(0, cut));
    if (read) CHECK(read->size() == 1);
  }
  using namespace std::string_view_literals;
  for (const std::string_view bad : {"\x01"sv, "\x00\x02\x00"sv, "\x01\x01\x17\x00"sv, "\x01\x02"sv}) CHECK_FALSE(decode_hours(bad));
  std::mt19937_64 random(3);
  for (int i = 0; i < 20'000; ++i) {
    std::string bytes(random() % 40, '\0');
    for (char& c : bytes) c = static_cast<char>(random());
    if (const auto read = decode_hours(bytes)) CHECK(*decode_hours(encode_hours(*read)) == *read);
  }
}

TEST_CASE("hours of a day: an hour is the site's, whatever its offset") {
  CHECK(hour_of(base::UtcMillis(0), 480) == 8);
  CHECK(hour_of(base::UtcMillis(0), -60) == 23);
  CHECK(hour_of(base::UtcMillis(15 * 60'000), 345) == 6);
  CHECK(hour_of(base::UtcMillis(-1), 0) == 23);
}

TEST_CASE("hours of a day: what the day has beyond its finished hours was used in the running one") {
  RunningHours running{encode_hours({hour(2, 100, 6'000)}), 5, true};
  const auto all = hours_so_far(running, base::Quantity(150), base::Money(9'000));
  REQUIRE(all);
  CHECK(*all == std::vector<HourUse>{hour(2, 100, 6'000), hour(5, 50, 3'000)});
  CHECK(hours_so_far(running, base::Quantity(100), base::Money(6'000))->size() == 1);
  CHECK_FALSE(hours_so_far(running, base::Quantity(99), base::Money(6'000)));
  running.hour = 2;
  CHECK_FALSE(hours_so_far(running, base::Quantity(150), base::Money(9'000)));
}

TEST_CASE("stream: a day's hours are kept with its sums, by the site's clock") {
  SiteFixture site;  // midnight
  const auto use = [&site](base::Millis span, std::int64_t total) {
    site.pass(span);
    site.read(total);
  };
  use(base::minutes(10), 1 * kKwh);
  use(base::minutes(30), 3 * kKwh);
  REQUIRE(site.last.hours.empty());  // the same hour
  use(base::minutes(80), 7 * kKwh);  // 02:00
  REQUIRE(site.last.hours.size() == 1);
  CHECK(site.last.hours[0].hours.hour == 2);
  CHECK(decode_hours(site.last.hours[0].hours.finished) == std::vector<HourUse>{hour(0, 3 * kKwh, 1'800'000)});
  use(base::hours(3), 7 * kKwh);  // nothing used: no hour begins
  CHECK(site.last.hours.empty());
  CHECK(site.last.meter_days.empty());

  // What comes late changes a finished hour no more than a finished day: the register that shows it counts.
  SUBCASE("the day ends") { use(base::hours(20), 8 * kKwh); }
  SUBCASE("the next day is idle") { use(base::hours(24), 7 * kKwh); }
  REQUIRE(site.last.meter_days.size() == 1);
  const MeterDay& day = site.last.meter_days[0];
  CHECK(day.quantity == base::Quantity(7 * kKwh));
  REQUIRE(day.hours);
  CHECK(decode_hours(*day.hours) == std::vector<HourUse>{hour(0, 3 * kKwh, 1'800'000), hour(2, 4 * kKwh, 2'400'000)});
  const auto running = hours_so_far(site.state().hours, site.state().metering.day_quantity, site.state().metering.day_amount);
  REQUIRE(running);
  if (site.state().metering.day_quantity == base::Quantity(0)) {
    CHECK(running->empty());
  } else {
    CHECK(*running == std::vector<HourUse>{hour(1, 1 * kKwh, 600'000)});
  }
}

TEST_CASE("stream: a reading that comes late changes no finished hour") {
  SiteFixture site;
  site.pass(base::minutes(70));
  site.read(2 * kKwh);  // 01:10
  const base::UtcMillis early = site.now - base::minutes(30);
  site.pass(base::minutes(60));
  site.read(5 * kKwh);  // 02:10
  const RunningHours before = site.state().hours;
  const wire::Reading late{base::DeviceId("m1"), early, wire::ReadingKind::interval, base::Quantity(1 * kKwh), {}};
  site.event(wire::ReadingsEvent{{late}});
  CHECK(site.readings.back().state == ReadingState::recorded);
  CHECK(site.state().hours == before);
}

TEST_CASE("stream: a day whose hours cancel out keeps them all the same") {
  // Sharp, peak, flat, valley: what a register shows before the total does is taken from flat, and given back with another.
  SiteFixture site(Prices{PlanKind::tou, {}, {base::Price(90'000), base::Price(70'000), base::Price(50'000), base::Price(30'000)}});
  const auto show = [&site](base::Millis later, std::int64_t total, std::int64_t peak, std::int64_t valley) {
    site.pass(later);
    site.read(total, Tariffs{base::Quantity(0), base::Quantity(peak), base::Quantity(0), base::Quantity(valley)});
  };
  show(base::minutes(10), 0, 0, 0);
  show(base::hours(7), 0, 0, 100);
  CHECK(site.state().metering.day_amount == base::Money(-2'000));
  show(base::hours(2), 0, 100, 100);
  CHECK(site.state().metering.day_amount == base::Money(0));
  show(base::minutes(30), 1 * kKwh + 200, 1 * kKwh + 100, 100);
  const auto running = hours_so_far(site.state().hours, site.state().metering.day_quantity, site.state().metering.day_amount);
  REQUIRE(running);
  CHECK(*running == std::vector<HourUse>{hour(7, 0, -2'000), hour(9, 10'200, 712'000)});
}
