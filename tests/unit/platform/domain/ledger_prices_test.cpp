// Prices that change while a meter goes on: what is used is billed at the prices of its time.

#include "tests/unit/platform/domain/site_fixture.hpp"

#include <doctest/doctest.h>

using namespace anju;
using namespace anju::platform;

namespace {

Prices one_price(std::int64_t e5) { return {PlanKind::total, base::Price(e5), {}}; }

void refused(const Outcome& outcome, Errc errc, const std::string& where) {
  REQUIRE_FALSE(outcome);
  CHECK(outcome.error().is(errc));
  CHECK(outcome.error().where == where);
}

}  // namespace

TEST_CASE("ledger: a price that changes between two readings is billed by time, and the reading says that it is an estimate") {
  SiteFixture f(one_price(50'000));
  f.read(0);
  f.pass(base::hours(1));
  REQUIRE(f.ask(PutPricePlan{1, "plan", one_price(100'000)}));
  f.pass(base::hours(1));
  f.read(2'0000);
  CHECK(f.balance() == base::Money(-1'500'000));  // one kWh at 0.50, one at 1.00
  CHECK(f.readings.back().estimated);
  CHECK(f.readings.back().plan_version == 2);
  f.pass(base::hours(1));
  f.read(3'0000);
  CHECK(f.balance() == base::Money(-2'500'000));
  CHECK_FALSE(f.readings.back().estimated);
}

TEST_CASE("ledger: what was read before a change is billed at the old price, however late it arrives") {
  SiteFixture f(one_price(50'000));
  f.read(0);
  f.pass(base::hours(1));
  const base::UtcMillis read_at = f.now;
  f.pass(base::minutes(30));
  REQUIRE(f.ask(PutPricePlan{1, "plan", one_price(100'000)}));
  f.pass(base::hours(5));
  f.event(wire::ReadingsEvent{{{base::DeviceId("m1"), read_at, wire::ReadingKind::interval, base::Quantity(1'0000), {}}}});
  CHECK(f.balance() == base::Money(-500'000));
  CHECK(f.readings.back().plan_version == 1);
}

TEST_CASE("em-price-plan: a change with a date waits for it, shows then, and is replaced by a later word from its own date on") {
  SiteFixture f(one_price(50'000));
  f.read(0);
  const base::UtcMillis tomorrow = f.now + base::hours(24);
  REQUIRE(f.ask(PutPricePlan{1, "plan", one_price(100'000), tomorrow}));
  CHECK(f.last.plans.back().plan.version == 1);
  f.pass(base::hours(23));
  f.read(1'0000);
  CHECK(f.balance() == base::Money(-500'000));
  f.pass(base::hours(1));
  REQUIRE(f.last.plans.size() == 1);
  CHECK(f.last.plans.back().plan.version == 2);
  f.read(2'0000);
  CHECK(f.balance() == base::Money(-1'000'000));  // used before the moment
  f.pass(base::hours(1));
  f.read(3'0000);
  CHECK(f.balance() == base::Money(-2'000'000));

  // A word that comes later replaces what was to come.
  REQUIRE(f.ask(PutPricePlan{1, "plan", one_price(200'000), f.now + base::hours(48)}));
  REQUIRE(f.ask(PutPricePlan{1, "plan", one_price(60'000)}));
  f.pass(base::hours(72));
  f.read(4'0000);
  CHECK(f.balance() == base::Money(-2'600'000));
  // Renaming changes no price, and drops nothing that is to come.
  REQUIRE(f.ask(PutPricePlan{1, "plan", one_price(70'000), f.now + base::hours(1)}));
  REQUIRE(f.ask(PutPricePlan{1, "renamed", one_price(60'000)}));
  CHECK(f.last.plan_versions.empty());
  f.pass(base::hours(1));
  CHECK(f.last.plans.size() == 1);
}

TEST_CASE("ledger: a change of price is not for the past, nor for ever ahead, nor for a plan that is new") {
  SiteFixture f;
  refused(f.ask(PutPricePlan{1, "plan", one_price(1), f.now - base::Millis(1)}), Errc::bad_field, "from");
  refused(f.ask(PutPricePlan{1, "plan", one_price(1), f.now + kFarthestChange + base::Millis(1)}), Errc::bad_field, "from");
  refused(f.ask(PutPricePlan{0, "other", one_price(1), f.now + base::hours(1)}), Errc::bad_field, "from");
  refused(f.ask(ChangePricePlan{f.meter, 1, f.now - base::Millis(1)}), Errc::bad_field, "from");
  CHECK(f.last.empty());
}

TEST_CASE("em-unit-price: a meter changes its plan at a moment; energy on either side is billed by its own plan") {
  SiteFixture f(one_price(50'000));
  REQUIRE(f.ask(PutPricePlan{0, "dear", one_price(100'000)}));
  f.read(0);
  REQUIRE(f.ask(ChangePricePlan{f.meter, 2, f.now + base::hours(2)}));
  CHECK(f.last.plan_changes.empty());
  f.pass(base::hours(1));
  f.read(1'0000);
  CHECK(f.balance() == base::Money(-500'000));
  f.pass(base::hours(1));  // now lists show the new plan
  REQUIRE(f.last.plan_changes.size() == 1);
  CHECK(f.last.plan_changes.front().plan == 2);
  f.pass(base::hours(1));
  f.read(3'0000);
  CHECK(f.balance() == base::Money(-2'000'000));
  CHECK(f.readings.back().estimated);
  CHECK(f.readings.back().plan_version == 2);
  // At once, and back before the next reading: only what was used meanwhile is dear.
  REQUIRE(f.ask(ChangePricePlan{f.meter, 1}));
  CHECK(f.last.plan_changes.size() == 1);
  f.pass(base::hours(1));
  REQUIRE(f.ask(ChangePricePlan{f.meter, 2}));
  f.pass(base::hours(1));
  f.read(5'0000);
  CHECK(f.balance() == base::Money(-3'500'000));
}

TEST_CASE("time slots: billed by the clock of the site where the meter has no registers") {
  Prices prices{PlanKind::tou, {}, {base::Price(0), base::Price(100'000), base::Price(0), base::Price(20'000)}};
  prices.slots = {{0, 3}, {480, 1}};  // valley until 08:00, then peak
  SiteFixture f(prices);
  // The fixture's clock: bring it to 07:00 in Beijing.
  const std::int64_t day = 86'400'000, local = (f.now.value + 480 * 60'000) % day;
  f.pass(base::Millis((day - local) % day + 7 * 3'600'000));
  f.read(0);
  f.pass(base::hours(1));
  f.read(1'0000);
  CHECK(f.balance() == base::Money(-200'000));
  f.pass(base::hours(1));
  f.read(2'0000);
  CHECK(f.balance() == base::Money(-1'200'000));
  CHECK_FALSE(f.readings.back().estimated);
  // A day later, with nothing between: 15 of 24 hours at the peak, 8 at the valley, and one more at the peak.
  f.pass(base::hours(24));
  f.read(26'0000);
  CHECK(f.balance() == base::Money(-1'200'000 - 16 * 1'000'000 - 8 * 200'000));
  CHECK(f.readings.back().estimated);
}

TEST_CASE("steps: counted over the month by the ledger, through restarts of the count") {
  Prices prices = one_price(50'000);
  prices.step_period = StepPeriod::month;
  prices.steps = {{base::Quantity(10'0000), base::Price(50'000)}};
  SiteFixture f(prices);
  f.read(0);
  f.pass(base::hours(1));
  f.read(8'0000);
  CHECK(f.balance() == base::Money(-4'000'000));
  f.pass(base::hours(1));
  f.read(12'0000);  // two more at 0.50, two at 1.00
  CHECK(f.balance() == base::Money(-7'000'000));
  CHECK(f.state().metering.accrued.month == base::Quantity(12'0000));
}

namespace {

/// What was said of missing tariffs, in order: raised or over.
std::vector<bool> told_of_tariffs(const SiteFixture& f) {
  std::vector<bool> told;
  for (const Alarm& alarm : f.alarms) {
    if (alarm.code == "tariffs_missing") told.push_back(alarm.active);
  }
  return told;
}

}  // namespace

TEST_CASE("four prices: a meter that gives its total alone is billed as flat, told once, and put right when its registers come") {
  SiteFixture f({PlanKind::tou, {}, {base::Price(90'000), base::Price(70'000), base::Price(50'000), base::Price(30'000)}});
  const auto registers = [](std::int64_t peak) { return Tariffs{base::Quantity(0), base::Quantity(peak), base::Quantity(0), base::Quantity(0)}; };
  f.pass(base::hours(1));
  f.read(0, registers(0));
  CHECK(told_of_tariffs(f).empty());
  for (const std::int64_t total : {1'0000, 2'0000}) {
    f.pass(base::hours(1));
    f.read(total);
    CHECK(told_of_tariffs(f) == std::vector{true});
  }
  CHECK(f.balance() == base::Money(-1'000'000));
  f.pass(base::hours(1));
  f.read(3'0000, registers(3'0000));
  CHECK(f.balance() == base::Money(-2'100'000));
  CHECK(told_of_tariffs(f) == std::vector{true, false});

  // A plan that needs no registers ends it, too.
  f.pass(base::hours(1));
  f.read(4'0000);
  REQUIRE(f.ask(PutPricePlan{1, "plan", one_price(50'000)}));
  f.pass(base::hours(1));
  f.read(5'0000);
  CHECK(told_of_tariffs(f) == std::vector{true, false, true, false});

  // Also when the first register under it is a person's.
  REQUIRE(f.ask(PutPricePlan{1, "plan", {PlanKind::tou, {}, {base::Price(90'000), base::Price(70'000), base::Price(50'000), base::Price(30'000)}}}));
  for (const std::int64_t total : {6'0000, 7'0000}) {
    f.pass(base::hours(1));
    f.read(total);
  }
  REQUIRE(f.ask(PutPricePlan{1, "plan", one_price(50'000)}));
  f.pass(base::hours(1));
  REQUIRE(f.ask(ChangeRegister{.key = "typed", .meter = f.meter, .last = {base::Quantity(8'0000), std::nullopt}, .note = ""}));
  CHECK(told_of_tariffs(f) == std::vector{true, false, true, false, true, false});
}

TEST_CASE("four prices: who is billed by the clock or at one price needs no registers") {
  Prices slots{PlanKind::tou, {}, {base::Price(0), base::Price(100'000), base::Price(0), base::Price(20'000)}};
  slots.slots = {{0, 3}, {480, 1}};
  for (const Prices& prices : {slots, one_price(50'000)}) {
    SiteFixture f(prices);
    f.read(0);
    f.pass(base::hours(1));
    f.read(1'0000);
    CHECK(told_of_tariffs(f).empty());
  }
}
