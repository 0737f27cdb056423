#include "platform/domain/billing.hpp"

#include <doctest/doctest.h>

#include <random>

#include "platform/domain/errc.hpp"

namespace anju::platform {
namespace {

constexpr std::int64_t kMinute = 60'000, kHour = 60 * kMinute, kDay = 24 * kHour;
constexpr std::int32_t kBeijing = 480;
/// 2026-11-01 00:00 in Beijing.
constexpr base::UtcMillis kNovember{1'793'462'400'000};

base::UtcMillis at(std::int64_t day, std::int64_t hour = 0, std::int64_t minute = 0) {
  return base::UtcMillis(kNovember.value + (day - 1) * kDay + hour * kHour + minute * kMinute);
}

Use flat(std::int64_t e4) {
  Use use;
  use.total = use.tariffs[kFlat] = base::Quantity(e4);
  return use;
}

Prices one_price(std::int64_t e5) { return {PlanKind::total, base::Price(e5), {}}; }

Prices four_prices() { return {PlanKind::tou, {}, {base::Price(120'000), base::Price(90'000), base::Price(60'000), base::Price(30'000)}}; }

/// Valley from 22:00 to 08:00, else peak.
Prices day_and_night() {
  Prices prices = four_prices();
  prices.slots = {{0, 3}, {480, 1}, {1320, 3}};
  return prices;
}

Bill one(const Prices& prices, const Use& use, base::UtcMillis from, base::UtcMillis to, Accrued before = {}) {
  const Stretch stretch{from, 1, &prices};
  const auto made = bill({&stretch, 1}, use, from, to, before, kBeijing);
  REQUIRE(made);
  return *made;
}

}  // namespace

TEST_CASE("em-unit-price: one price is price x quantity, whatever the time") {
  const Prices prices = one_price(61'234);
  CHECK(one(prices, flat(500), at(1), at(2)).nano_yuan == 61'234 * 500);
  CHECK(one(prices, flat(500), at(1), at(400)).nano_yuan == 61'234 * 500);
  CHECK_FALSE(one(prices, flat(500), at(1), at(400)).estimated);
}

TEST_CASE("em-price-plan: the meter's registers say what was used at which of four prices") {
  Use use;
  use.tariffs = {base::Quantity(1), base::Quantity(20), base::Quantity(300), base::Quantity(4000)};
  use.total = base::Quantity(4321);
  const Bill made = one(four_prices(), use, at(1), at(2));
  CHECK(made.nano_yuan == 120'000 * 1 + 90'000 * 20 + 60'000 * 300 + 30'000LL * 4000);
  CHECK(made.tariffs == use.tariffs);
}

TEST_CASE("time slots: the clock of the site splits where the meter cannot") {
  const Prices prices = day_and_night();
  CHECK(one(prices, flat(1000), at(1, 9), at(1, 10)).nano_yuan == 90'000 * 1000);
  CHECK(one(prices, flat(1000), at(1, 23), at(2, 7)).nano_yuan == 30'000 * 1000);
  // 07:45 to 08:15: half and half, and no register at the border.
  const Bill split = one(prices, flat(1001), at(1, 7, 45), at(1, 8, 15));
  CHECK(split.tariffs[3] == base::Quantity(500));
  CHECK(split.tariffs[1] == base::Quantity(501));
  CHECK(split.estimated);
  // A register within five minutes of the border stands for it.
  CHECK_FALSE(one(prices, flat(1001), at(1, 7, 45), at(1, 8, 3)).estimated);
  CHECK_FALSE(one(prices, flat(1001), at(1, 7, 58), at(1, 8, 15)).estimated);
  // Midnight is no border where the same tariff goes on.
  CHECK_FALSE(one(prices, flat(1001), at(1, 23), at(2, 1)).estimated);
  // Nothing used, nothing estimated.
  CHECK_FALSE(one(prices, flat(0), at(1, 7), at(1, 9)).estimated);
}

TEST_CASE("a price that changes between two readings is cut there by time") {
  const Prices before = one_price(50'000), after = one_price(100'000);
  const std::array<Stretch, 2> stretches{Stretch{at(1), 1, &before}, Stretch{at(1, 6), 2, &after}};
  const auto made = bill(stretches, flat(2400), at(1), at(2), {}, kBeijing);
  REQUIRE(made);
  CHECK(made->nano_yuan == 50'000LL * 600 + 100'000LL * 1800);
  CHECK(made->estimated);
  // A reading at the very moment: all before it is at the old price, and the next interval is at the new one.
  const auto until = bill(stretches, flat(2400), at(1), at(1, 6), {}, kBeijing);
  CHECK(until->nano_yuan == 50'000LL * 2400);
  CHECK_FALSE(until->estimated);
  const auto from = bill(stretches, flat(2400), at(1, 6), at(1, 7), {}, kBeijing);
  CHECK(from->nano_yuan == 100'000LL * 2400);
}

TEST_CASE("steps: what goes above costs more, by month or by year, and the count begins anew with the period") {
  Prices prices = one_price(50'000);
  prices.step_period = StepPeriod::month;
  prices.steps = {{base::Quantity(2'000'000), base::Price(5'000)}, {base::Quantity(4'000'000), base::Price(30'000)}};
  SUBCASE("within a step") {
    CHECK(one(prices, flat(1'000'000), at(1), at(2)).nano_yuan == 50'000LL * 1'000'000);
    CHECK(one(prices, flat(1'000'000), at(1), at(2), {base::Quantity(2'500'000), {}, {}}).nano_yuan == 55'000LL * 1'000'000);
    CHECK(one(prices, flat(1'000'000), at(1), at(2), {base::Quantity(9'000'000), {}, {}}).nano_yuan == 80'000LL * 1'000'000);
  }
  SUBCASE("across both borders") {
    const Bill made = one(prices, flat(5'000'000), at(1), at(2));
    CHECK(made.nano_yuan == 50'000LL * 5'000'000 + 5'000LL * 2'000'000 + 30'000LL * 1'000'000);
    CHECK(made.accrued == Accrued{base::Quantity(5'000'000), base::Quantity(5'000'000), base::Quantity(5'000'000)});
    CHECK_FALSE(made.estimated);
  }
  SUBCASE("over the end of the month the energy is spread by time, and said to be") {
    // 12 hours in November, 12 in December, which begins with nothing used.
    const Bill made = one(prices, flat(2'000'000), at(30, 12), at(31, 12), {base::Quantity(2'000'000), base::Quantity(7'000'000), base::Quantity(8'000'000)});
    CHECK(made.nano_yuan == 55'000LL * 1'000'000 + 50'000LL * 1'000'000);
    CHECK(made.accrued == Accrued{base::Quantity(1'000'000), base::Quantity(9'000'000), base::Quantity(10'000'000)});
    CHECK(made.estimated);
  }
  SUBCASE("by year") {
    prices.step_period = StepPeriod::year;
    CHECK(one(prices, flat(1'000'000), at(1), at(2), {base::Quantity(0), base::Quantity(3'000'000), {}}).nano_yuan == 55'000LL * 1'000'000);
    const Bill made = one(prices, flat(2'000'000), at(61, 12), at(62, 12), {base::Quantity(0), base::Quantity(9'000'000), {}});
    CHECK(made.accrued.year == base::Quantity(1'000'000));
    CHECK(made.nano_yuan == 80'000LL * 1'000'000 + 50'000LL * 1'000'000);
  }
  SUBCASE("a month's border without steps is no estimate") { CHECK_FALSE(one(one_price(1), flat(100), at(30, 12), at(31, 12)).estimated); }
}

TEST_CASE("steps: what nobody uses turns the months and years, and costs nothing") {
  const Accrued before{base::Quantity(3), base::Quantity(5), base::Quantity(9)};
  CHECK(idle(before, at(1), at(2), kBeijing) == before);
  CHECK(idle(before, at(2), at(2), kBeijing) == before);
  CHECK(idle(before, at(30, 12), at(31, 12), kBeijing) == Accrued{base::Quantity(0), base::Quantity(5), base::Quantity(9)});
  CHECK(idle(before, at(30, 12), at(62, 12), kBeijing) == Accrued{base::Quantity(0), base::Quantity(0), base::Quantity(9)});
  CHECK(idle(before, at(30, 12), at(4000), kBeijing) == Accrued{base::Quantity(0), base::Quantity(0), base::Quantity(9)});
}

TEST_CASE("what fits no 64 bits is an error, not a wrong sum") {
  const Prices prices = one_price(kGreatestPrice.e5);
  const Stretch stretch{at(1), 1, &prices};
  const auto made = bill({&stretch, 1}, flat(kDialSpan.e4 * 10), at(1), at(2), {}, kBeijing);
  REQUIRE_FALSE(made);
  CHECK(made.error().is(Errc::out_of_range));
}

namespace {

/// The same by brute force: a use that is even to the minute, minute by minute, with a calendar of our own.
struct Slow {
  __extension__ using int128 = __int128;
  std::vector<std::pair<base::UtcMillis, Prices>> versions;
  std::int64_t month = 0, year = 0;
  int128 nano = 0;

  static std::array<int, 2> month_of(base::UtcMillis moment) {
    const auto civil = base::to_civil(moment, kBeijing);
    return {civil.year, civil.month};
  }
  void run(base::UtcMillis from, base::UtcMillis to, std::int64_t per_minute) {
    for (base::UtcMillis minute = from; minute < to; minute = minute + base::minutes(1)) {
      if (minute != from) {
        const auto now = month_of(minute), before = month_of(minute - base::minutes(1));
        if (now != before) month = 0;
        if (now[0] != before[0]) year = 0;
      }
      const Prices* prices = &versions.front().second;
      for (const auto& [begin, of] : versions)
        if (begin <= minute) prices = &of;
      std::int64_t price = prices->total.e5;
      if (prices->kind == PlanKind::tou) {
        const auto civil = base::to_civil(minute, kBeijing);
        std::size_t tariff = kFlat;
        for (const TimeSlot& slot : prices->slots)
          if (slot.minute <= civil.hour * 60 + civil.minute) tariff = slot.tariff;
        price = prices->tariffs[tariff].e5;
      }
      for (std::int64_t unit = 0; unit < per_minute; ++unit) {
        const std::int64_t used = prices->step_period == StepPeriod::year ? year : month;
        std::int64_t add = 0;
        for (const PriceStep& step : prices->steps)
          if (used >= step.above.e4) add = step.add.e5;
        nano += price + add;
        ++month;
        ++year;
      }
    }
  }
};

}  // namespace

TEST_CASE("any plan, any borders: the same as minute by minute, and whatever it is cut into adds up") {
  std::mt19937_64 random(20261121);
  const auto below = [&](std::int64_t n) { return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(n)); };
  for (int round = 0; round < 300; ++round) {
    Slow slow;
    const base::UtcMillis begin(kNovember.value - 2 * 31 * kDay + below(90 * 48) * 30 * kMinute);
    base::UtcMillis moment = begin;
    for (std::int64_t n = 1 + below(3); n > 0; --n) {
      Prices prices = below(2) == 0 ? one_price(1 + below(100'000)) : four_prices();
      if (prices.kind == PlanKind::tou && below(3) != 0) {
        std::int16_t minute = 0;
        std::uint8_t tariff = static_cast<std::uint8_t>(below(4));
        for (std::int64_t slots = 1 + below(6); slots > 0 && minute < 1440; --slots) {
          prices.slots.push_back({minute, tariff});
          minute = static_cast<std::int16_t>(minute + 30 * (1 + below(10)));
          tariff = static_cast<std::uint8_t>((tariff + 1 + below(3)) % 4);
        }
      }
      if (below(2) == 0) {
        prices.step_period = below(2) == 0 ? StepPeriod::month : StepPeriod::year;
        std::int64_t above = 0;
        for (std::int64_t steps = 1 + below(3); steps > 0; --steps) prices.steps.push_back({base::Quantity(above += 1 + below(20'000)), base::Price(below(50'000))});
      }
      REQUIRE(check(prices));
      slow.versions.emplace_back(moment, prices);
      moment = moment + base::minutes(1 + below(3 * 24 * 60));
    }
    std::vector<Stretch> stretches;
    for (const auto& [from, prices] : slow.versions) stretches.push_back({from, 1, &prices});
    const base::UtcMillis end = begin + base::minutes(2 + below(6 * 24 * 60));
    const std::int64_t per_minute = below(4);
    Accrued accrued{base::Quantity(below(10'000)), base::Quantity(10'000 + below(20'000)), base::Quantity(100'000)};
    slow.month = accrued.month.e4;
    slow.year = accrued.year.e4;
    slow.run(begin, end, per_minute);

    // In one go, and in pieces at any minute: the energy of a minute is whole, so nothing is rounded between.
    const auto whole = bill(stretches, flat((end - begin).value / kMinute * per_minute), begin, end, accrued, kBeijing);
    REQUIRE(whole);
    CHECK(whole->nano_yuan == slow.nano);
    CHECK(whole->accrued == Accrued{base::Quantity(slow.month), base::Quantity(slow.year), base::Quantity(100'000 + (end - begin).value / kMinute * per_minute)});
    std::int64_t pieces = 0;
    Accrued running = accrued;
    for (base::UtcMillis from = begin; from < end;) {
      const base::UtcMillis to = std::min(end, from + base::minutes(1 + below(2 * 24 * 60)));
      std::vector<Stretch> seen;
      for (const Stretch& stretch : stretches) {
        if (stretch.from <= from) seen.clear();
        if (stretch.from <= to) seen.push_back(stretch);
      }
      const auto part = bill(seen, flat((to - from).value / kMinute * per_minute), from, to, running, kBeijing);
      REQUIRE(part);
      pieces += part->nano_yuan;
      running = part->accrued;
      from = to;
    }
    CHECK(pieces == slow.nano);
    CHECK(running == whole->accrued);
  }
}

TEST_CASE("parts of four registers are dealt out whole: energy never appears or vanishes") {
  std::mt19937_64 random(7);
  const Prices before = one_price(10'000), after = four_prices();
  for (int round = 0; round < 200; ++round) {
    Use use;
    for (auto& part : use.tariffs) part = base::Quantity(static_cast<std::int64_t>(random() % 1000));
    if (round % 3 == 0) use.tariffs[kFlat] = base::Quantity(-static_cast<std::int64_t>(random() % 500));
    for (const auto& part : use.tariffs) use.total = use.total + part;
    const base::UtcMillis border = at(1) + base::Millis(1 + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(kDay - 2)));
    const std::array<Stretch, 2> stretches{Stretch{at(1), 1, &before}, Stretch{border, 2, &after}};
    const auto made = bill(stretches, use, at(1), at(2), {}, kBeijing);
    REQUIRE(made);
    base::Quantity sum;
    for (const auto& part : made->tariffs) sum = sum + part;
    CHECK(sum == use.total);
    CHECK(made->accrued.month == use.total);
  }
}

TEST_CASE("what a plan may be: slots cover the day once, steps rise, nothing is dearer than the limit") {
  const auto wrong = [](const Prices& prices) {
    const auto checked = check(prices);
    return checked ? std::string() : checked.error().where;
  };
  CHECK(wrong(day_and_night()).empty());
  Prices prices = day_and_night();
  prices.slots[0].minute = 30;
  CHECK(wrong(prices) == "slots");
  prices = day_and_night();
  prices.slots[1].minute = 481;
  CHECK(wrong(prices) == "slots");
  prices = day_and_night();
  prices.slots[1].tariff = 3;
  CHECK(wrong(prices) == "slots");
  prices = one_price(1);
  prices.slots = day_and_night().slots;
  CHECK(wrong(prices) == "slots");
  prices = one_price(kGreatestPrice.e5);
  prices.steps = {{base::Quantity(1), base::Price(1)}};
  CHECK(wrong(prices) == "step_period");
  prices.step_period = StepPeriod::year;
  CHECK(wrong(prices) == "steps");
  prices.total = base::Price(1);
  CHECK(wrong(prices).empty());
  prices.steps.push_back(prices.steps[0]);
  CHECK(wrong(prices) == "steps");
}

TEST_CASE("a version holds from its moment on, and replaces what was to come after it") {
  PriceHistory history;
  history.add({1, at(1), one_price(10)});
  history.add({2, at(20), one_price(20)});
  history.add({3, at(25), one_price(30)});
  CHECK(history.at(at(19)).version == 1);
  CHECK(history.at(at(20)).version == 2);
  CHECK(history.at(at(30)).version == 3);
  CHECK(history.at(base::UtcMillis(0)).version == 1);
  REQUIRE(history.after(at(21)) != nullptr);
  CHECK(history.after(at(21))->version == 3);
  history.add({4, at(22), one_price(40)});
  CHECK(history.at(at(30)).version == 4);
  CHECK(history.after(at(22)) == nullptr);
  history.add({5, at(10), one_price(50)});
  CHECK(history.at(at(21)).version == 5);
}

}  // namespace anju::platform
