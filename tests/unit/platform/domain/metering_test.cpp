#include "platform/domain/billing.hpp"
#include "platform/domain/metering.hpp"

#include <doctest/doctest.h>

#include <random>

#include "platform/domain/account.hpp"
#include "platform/domain/errc.hpp"

using namespace anju;
using namespace anju::platform;

namespace {

constexpr base::UtcMillis kNow{1'764'000'000'000};
constexpr base::UtcMillis kBefore = kNow - base::hours(1);

Register at(std::int64_t total) { return {kBefore, base::Quantity(total), {}, false, {}, 0}; }

base::Result<Measured> judge(const Register& last, std::int64_t total, base::UtcMillis when = kNow) {
  return measure(last, {when, base::Quantity(total), {}}, PlanKind::total, {10'000}, kNow);
}

}  // namespace

TEST_CASE("metering: what is judged from the total register") {
  struct Row {
    const char* name;
    std::int64_t last, next;
    std::int64_t used;         // when it is taken
    const char* error;
  };
  const Row rows[] = {
      {"growth", 1'000'000, 1'012'300, 12'300, ""},
      {"nothing used", 1'000'000, 1'000'000, 0, ""},
      {"backward", 1'000'000, 999'900, 0, "backward"},
      {"more than 10 kW x 1 h x 1.5 + 5 kWh", 0, 200'001, 0, "impossible_jump"},
      {"exactly that", 0, 200'000, 200'000, ""},
      {"rollover", 9'999'990'000, 10'000, 20'000, ""},
      {"rollover with too large a step", 9'999'990'000, 300'000, 0, "backward"},
      {"back from the middle of the dial is no rollover", 9'899'999'900, 0, 0, "backward"},
      {"above the dial", 0, 10'000'000'000, 0, "out_of_range"},
      {"negative", 0, -1, 0, "out_of_range"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const auto measured = judge(at(row.last), row.next);
    if (*row.error != 0) {
      REQUIRE_FALSE(measured);
      CHECK(measured.error().code == row.error);
    } else {
      REQUIRE(measured);
      CHECK(measured->use.total == base::Quantity(row.used));
      CHECK(measured->next.total == base::Quantity(row.next));
      CHECK(measured->next.rollovers == (row.next < row.last ? 1 : 0));
    }
  }
}

TEST_CASE("metering: a repeated or older reading holds nothing new; an older one above the register contradicts") {
  const auto again = judge(at(500), 500, kBefore);
  REQUIRE(again);
  CHECK(again->stale);
  const auto older = judge(at(500), 400, kBefore - base::hours(1));
  REQUIRE(older);
  CHECK(older->stale);
  CHECK(older->next == at(500));
  CHECK(judge(at(500), 600, kBefore - base::hours(1)).error().is(Errc::out_of_order));
}

TEST_CASE("metering: a reading from the future is refused, so that it cannot block the ones to come") {
  CHECK(judge(at(500), 600, kNow + base::minutes(6)).error().is(Errc::in_the_future));
  CHECK(judge(at(500), 600, kNow + base::minutes(4)));
}

TEST_CASE("metering: the four tariffs, the rest in flat") {
  Register last = at(100'0000);
  last.tariffs = {base::Quantity(10'0000), base::Quantity(20'0000), base::Quantity(30'0000), base::Quantity(40'0000)};
  last.tariffs_known = true;
  const auto next = [&](std::int64_t total, Tariffs tariffs) {
    return measure(last, {kNow, base::Quantity(total), tariffs}, PlanKind::tou, {10'000}, kNow);
  };
  const Tariffs grown{base::Quantity(11'0000), base::Quantity(22'0000), base::Quantity(30'0000), base::Quantity(40'0000)};
  const auto exact = next(103'0000, grown);
  REQUIRE(exact);
  CHECK(exact->use.tariffs == Tariffs{base::Quantity(1'0000), base::Quantity(2'0000), {}, {}});
  const auto rest = next(103'5000, grown);
  REQUIRE(rest);
  CHECK(rest->use.tariffs[2] == base::Quantity(5000));
  const auto rounding = next(102'9700, grown);
  REQUIRE(rounding);
  CHECK(rounding->use.tariffs[2] == base::Quantity(-300));
  CHECK(next(102'9400, grown).error().is(Errc::tariffs_exceed_total));
}

TEST_CASE("metering: energy billed as flat while the tariffs were unknown goes back to them when they are read again") {
  Register last = at(0);
  last.tariffs_known = true;
  auto first = measure(last, {kNow - base::minutes(30), base::Quantity(1'0000), {}}, PlanKind::tou, {10'000}, kNow);
  REQUIRE(first);
  CHECK(first->use.tariffs[2] == base::Quantity(1'0000));
  const Tariffs peak_only{base::Quantity(0), base::Quantity(3'0000), base::Quantity(0), base::Quantity(0)};
  auto second = measure(first->next, {kNow, base::Quantity(3'0000), peak_only}, PlanKind::tou, {10'000}, kNow);
  REQUIRE(second);
  CHECK(second->use.tariffs == Tariffs{base::Quantity(0), base::Quantity(3'0000), base::Quantity(-1'0000), base::Quantity(0)});
  CHECK(second->use.total == base::Quantity(2'0000));
}

TEST_CASE("metering: what was too large a step once does not become possible by waiting") {
  const Register last = at(0);
  const base::Quantity jumped(1'000'0000);
  REQUIRE(judge(last, jumped.e4).error().is(Errc::impossible_jump));
  const Register doubted = doubt(last, jumped);
  const base::UtcMillis weeks_later = kNow + base::hours(24 * 30);
  const auto later = [&](std::int64_t total) { return measure(doubted, {weeks_later, base::Quantity(total), {}}, PlanKind::total, {10'000}, weeks_later); };
  CHECK(measure(last, {weeks_later, jumped, {}}, PlanKind::total, {10'000}, weeks_later));  // nobody doubted it: a long outage
  CHECK(later(1'000'0000).error().is(Errc::impossible_jump));
  CHECK(later(1'200'0000).error().is(Errc::impossible_jump));
  const auto back = later(900'0000);
  REQUIRE(back);
  CHECK_FALSE(back->next.suspect);
  CHECK(doubt(doubted, base::Quantity(2'000'0000)).suspect == jumped);
  CHECK(doubt(doubted, base::Quantity(500'0000)).suspect == base::Quantity(500'0000));
  CHECK_FALSE(doubt(at(500), base::Quantity(400)).suspect);
}

TEST_CASE("metering: a dial cleared near its end is no rollover, however long one waits") {
  const Register last = at(9'950'000'000);
  REQUIRE(judge(last, 0).error().is(Errc::backward));
  const base::UtcMillis later = kNow + base::hours(24 * 30);
  CHECK(measure(doubt(last, base::Quantity(0)), {later, base::Quantity(10'000), {}}, PlanKind::total, {10'000}, later).error().is(Errc::backward));
}

TEST_CASE("metering: a total that jumped ahead of its tariffs and came back is given back as flat") {
  Register last = at(100'0000);
  last.tariffs_known = true;
  const auto read = [&](std::int64_t minutes, std::int64_t total, std::int64_t peak) {
    auto measured = measure(last, {kBefore + base::minutes(minutes), base::Quantity(total), Tariffs{base::Quantity(0), base::Quantity(peak), {}, {}}}, PlanKind::tou, {10'000}, kNow);
    if (measured) last = measured->next;
    return measured;
  };
  const auto jump = read(15, 104'0000, 1'0000);  // 1 kWh at peak, 3 of nowhere
  REQUIRE(jump);
  CHECK(jump->use.tariffs == Tariffs{base::Quantity(0), base::Quantity(1'0000), base::Quantity(3'0000), {}});
  CHECK(read(30, 102'0000, 2'0000).error().is(Errc::backward));
  const auto after = read(45, 105'0000, 5'0000);
  REQUIRE(after);
  CHECK(after->use.total == base::Quantity(1'0000));
  CHECK(after->use.tariffs == Tariffs{base::Quantity(0), base::Quantity(4'0000), base::Quantity(-3'0000), {}});
  CHECK(read(60, 105'5000, 5'6000).error().is(Errc::tariffs_exceed_total));
}

TEST_CASE("metering: what was billed as flat at old prices is not given back at new ones") {
  Register last = at(0);
  last.tariffs_known = true;
  last.unsplit = base::Quantity(3'0000);
  const Sample sample{kNow, base::Quantity(1'0000), Tariffs{base::Quantity(0), base::Quantity(4'0000), {}, {}}};
  CHECK(measure(last, sample, PlanKind::tou, {10'000}, kNow)->use.tariffs == Tariffs{base::Quantity(0), base::Quantity(4'0000), base::Quantity(-3'0000), {}});
  const auto anew = measure(last, sample, PlanKind::tou, {10'000}, kNow, true);
  REQUIRE(anew);
  CHECK(anew->use.tariffs == Tariffs{base::Quantity(0), {}, base::Quantity(1'0000), {}});
  CHECK(anew->next.unsplit == base::Quantity(0));
  CHECK(anew->next.tariffs == *sample.tariffs);
}

namespace {

/// What a use costs at one list of prices, whenever it was.
std::int64_t nano_yuan(const Prices& prices, Use use) {
  if (use.tariffs == Tariffs{}) use.tariffs[kFlat] = use.total;
  const Stretch always{base::UtcMillis(0), 1, &prices};
  const auto made = bill({&always, 1}, use, kNow, kNow + base::minutes(15), {}, 480);
  REQUIRE(made);
  return made->nano_yuan;
}

}  // namespace

TEST_CASE("money: price x quantity by hand, and its undoing") {
  // reliability.md section 2: 0.61234 yuan x 0.0500 and x 0.0347 kWh, then the second taken back.
  const Prices prices{PlanKind::total, base::Price(61'234), {}};
  const auto nano = [&](std::int64_t e4) { return nano_yuan(prices, {base::Quantity(e4), {}}); };
  const Deduction first = deduct(nano(500), 0);
  const Deduction second = deduct(nano(347), first.remainder_nano);
  CHECK(first.amount == base::Money(30'617));
  CHECK(second == Deduction{base::Money(21'248), 198});
  CHECK(deduct(-nano(347), second.remainder_nano) == Deduction{base::Money(-21'248), 0});
}

TEST_CASE("money: a price times a whole dial fits") {
  const Prices prices{PlanKind::total, kGreatestPrice, {}};
  CHECK(nano_yuan(prices, {kDialSpan, {}}) == 1'000'000'000'000'000'000);
}

TEST_CASE("metering: a period billed in random slices costs exactly what one run costs") {
  // Registers with a resolution of 0.01 kWh as the dial shows them; energies between are finer.
  for (unsigned seed = 1; seed <= 200; ++seed) {
    CAPTURE(seed);
    std::mt19937_64 random(seed);
    const auto below = [&random](std::uint64_t most) { return static_cast<std::int64_t>(random() % most); };
    const bool tou = seed % 2 == 0;
    const Prices prices{tou ? PlanKind::tou : PlanKind::total, base::Price(below(200'000)),
                        {base::Price(below(200'000)), base::Price(below(200'000)), base::Price(below(200'000)), base::Price(below(200'000))}};
    struct Reading {
      base::UtcMillis at;
      std::int64_t total;
      Tariffs tariffs;
    };
    std::vector<Reading> readings;
    std::array<std::int64_t, 4> fine{};  // 1e-6 kWh
    const std::int64_t offset = seed % 5 == 0 ? 9'999'990'000 : 0;
    base::UtcMillis when = kNow;
    for (int i = 0; i < 50; ++i) {
      when = when + base::minutes(1 + below(60));
      fine[static_cast<std::size_t>(below(4))] += below(1'500'000);
      Reading reading{when, 0, {}};
      std::int64_t sum = 0;
      for (std::size_t k = 0; k < 4; ++k) {
        reading.tariffs[k] = base::Quantity(fine[k] / 10'000 * 100);
        sum += fine[k];
      }
      reading.total = (sum / 10'000 * 100 + offset) % kDialSpan.e4;
      readings.push_back(reading);
    }
    const auto bill = [&](auto&& taken) {
      Register last{kNow, base::Quantity(offset), {}, true, {}, 0};
      std::int64_t amount = 0;
      std::int16_t rest = 0;
      std::int64_t energy = 0;
      for (std::size_t i = 0; i < readings.size(); ++i) {
        if (i + 1 != readings.size() && !taken(i)) continue;
        const bool with_tariffs = i + 1 == readings.size() || below(4) != 0;
        Sample sample{readings[i].at, base::Quantity(readings[i].total), {}};
        if (with_tariffs) sample.tariffs = readings[i].tariffs;
        const auto measured = measure(last, sample, prices.kind, {10'000}, when);
        REQUIRE(measured);
        last = measured->next;
        energy += measured->use.total.e4;
        std::int64_t parts = 0;
        for (const base::Quantity part : measured->use.tariffs) parts += part.e4;
        CHECK(parts == measured->use.total.e4);
        const Deduction deduction = deduct(nano_yuan(prices, measured->use), rest);
        amount += deduction.amount.micro_yuan;
        rest = deduction.remainder_nano;
      }
      return std::tuple(energy, amount, rest);
    };
    const auto whole = bill([](std::size_t) { return false; });
    CHECK(bill([](std::size_t) { return true; }) == whole);
    CHECK(bill([&](std::size_t) { return below(2) == 0; }) == whole);
    CHECK(bill([&](std::size_t) { return below(5) == 0; }) == whole);
  }
}
