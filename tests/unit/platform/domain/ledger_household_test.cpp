// Opening an account, settling it and putting it right: money moves once, and only what the clerk saw.

#include "tests/unit/platform/domain/site_fixture.hpp"

#include <doctest/doctest.h>

using namespace anju;
using namespace anju::platform;

namespace {

void refused(const Outcome& outcome, Errc errc, const std::string& where) {
  REQUIRE_FALSE(outcome);
  CHECK(outcome.error().is(errc));
  CHECK(outcome.error().where == where);
}

Booked booked(const Outcome& outcome) {
  REQUIRE_MESSAGE(outcome, (outcome ? std::string() : std::string(outcome.error().code) + " " + outcome.error().where));
  return std::get<Booked>(*outcome);
}

OpenAccount opening(const std::string& key, std::int64_t meter) {
  OpenAccount what;
  what.key = key;
  what.meter = meter;
  what.household.customer = "罗先生";
  what.household.mobile = "18698557165";
  what.household.voltage = "交流220V";
  what.price_plan = 1;
  return what;
}

Settle settle(SiteFixture& f, const std::string& key, bool close = false) {
  return {key, f.meter, f.state().metering.last.at, f.balance(), PayMethod::cash, close, ""};
}

}  // namespace

TEST_CASE("em-account-setup: an account is opened once, with settings and prices, from the registers of now on") {
  SiteFixture f;
  f.pass(base::minutes(15));
  f.read(5'0000);
  f.pass(base::minutes(15));
  refused(f.ask(opening("o1", f.meter)), Errc::conflict, "balance");
  booked(f.ask(AdjustBalance{"a0", f.meter, -f.balance(), f.balance(), "入住补平"}));
  OpenAccount what = opening("o1", f.meter);
  what.settings.alarm_1 = base::Money(30'000'000);
  const Booked made = booked(f.ask(what));
  CHECK(made.created);
  REQUIRE(f.last.openings.size() == 1);
  CHECK(f.last.openings.front().start.total == base::Quantity(5'0000));
  CHECK(f.state().opening == made.id);
  CHECK(f.state().settings.alarm_1 == base::Money(30'000'000));
  // The same key again is the same account; another one is refused.
  const Booked again = booked(f.ask(what));
  CHECK_FALSE(again.created);
  CHECK(again.id == made.id);
  CHECK(f.last.openings.empty());
  refused(f.ask(opening("o2", f.meter)), Errc::conflict, "opening");
  refused(f.ask(opening("o3", 99)), Errc::not_found, "meter");
  what = opening("o4", f.meter);
  what.household.customer.clear();
  refused(f.ask(what), Errc::bad_field, "customer");
}

TEST_CASE("em-settle, wm-settle: the rest is paid back and the balance is zero; the receipt holds registers, energy and money since the opening") {
  SiteFixture f;
  f.pass(base::minutes(15));
  f.read(5'0000);
  booked(f.ask(AdjustBalance{"a0", f.meter, -f.balance(), f.balance(), "补平"}));
  booked(f.ask(opening("o1", f.meter)));
  REQUIRE(f.recharge("r1", 20'000'000));
  f.pass(base::minutes(15));
  f.read(15'0000);  // ten kWh at 0.60
  booked(f.ask(AdjustBalance{"a1", f.meter, base::Money(1'000'000), f.balance(), "退"}));
  const auto cash = f.ledger.site_account(1, AccountKind::cash)->balance;
  const Settle what = settle(f, "s1", true);
  const Booked made = booked(f.ask(what));
  CHECK(made.balance == base::Money(0));
  REQUIRE(f.last.settlements.size() == 1);
  const Settlement& row = f.last.settlements.front();
  CHECK(row.from.total == base::Quantity(5'0000));
  CHECK(row.to.total == base::Quantity(15'0000));
  CHECK(row.quantity == base::Quantity(10'0000));
  CHECK(row.fee == base::Money(6'000'000));
  CHECK(row.recharged == base::Money(20'000'000));
  CHECK(row.adjusted == base::Money(1'000'000));
  CHECK(row.balance == base::Money(15'000'000));
  CHECK(f.ledger.site_account(1, AccountKind::cash)->balance == cash + base::Money(15'000'000));
  CHECK(f.state().opening == 0);
  // Repeated: nothing is paid twice.
  CHECK_FALSE(booked(f.ask(what)).created);
  CHECK(f.last.settlements.empty());
  CHECK(f.balance() == base::Money(0));
  Settle other = what;
  other.key = "s2";
  other.balance = {};
  refused(f.ask(other), Errc::conflict, "opening");  // nobody has it any more
  // The next household begins at nothing.
  booked(f.ask(opening("o2", f.meter)));
  CHECK(f.last.openings.front().start.total == base::Quantity(15'0000));
}

TEST_CASE("em-settle: what has come since the clerk looked is looked at first") {
  SiteFixture f;
  f.read(0);
  REQUIRE(f.recharge("r1", 20'000'000));
  const Settle seen = settle(f, "s1");
  f.pass(base::minutes(15));
  f.read(1'0000);
  refused(f.ask(seen), Errc::conflict, "reading");
  Settle newer = settle(f, "s1");
  REQUIRE(f.recharge("r2", 1'000'000));
  refused(f.ask(newer), Errc::conflict, "balance");
  CHECK(f.balance() == base::Money(20'400'000));
  booked(f.ask(settle(f, "s1")));
  CHECK(f.balance() == base::Money(0));
}

TEST_CASE("em-settle: a debt is collected; nothing to pay books nothing, and the next settlement begins where this one ended") {
  SiteFixture f;
  f.read(0);
  f.pass(base::minutes(15));
  f.read(10'0000);
  CHECK(f.balance() == base::Money(-6'000'000));
  booked(f.ask(settle(f, "s1")));
  CHECK(f.last.settlements.front().balance == base::Money(-6'000'000));
  CHECK(f.last.transfers.size() == 1);
  CHECK(f.ledger.site_account(1, AccountKind::cash)->balance == base::Money(-6'000'000));
  booked(f.ask(settle(f, "s2")));
  CHECK(f.last.settlements.front().transfer == 0);
  CHECK(f.last.transfers.empty());
  CHECK(f.last.settlements.front().quantity == base::Quantity(0));
  CHECK(f.last.settlements.front().from.total == base::Quantity(10'0000));
}

TEST_CASE("em-refund-adjust: money is given or taken with a reason, once per key, and only from the balance that was seen") {
  SiteFixture f;
  f.read(0);
  REQUIRE(f.recharge("r1", 5'000'000));
  const AdjustBalance what{"a1", f.meter, base::Money(-2'000'000), base::Money(5'000'000), "多充"};
  CHECK(booked(f.ask(what)).balance == base::Money(3'000'000));
  CHECK_FALSE(booked(f.ask(what)).created);
  CHECK(f.balance() == base::Money(3'000'000));
  AdjustBalance wrong = what;
  wrong.amount = base::Money(1);
  refused(f.ask(wrong), Errc::key_reused, "id");
  wrong.key = "a2";
  refused(f.ask(wrong), Errc::conflict, "balance");
  wrong.balance = base::Money(3'000'000);
  wrong.note.clear();
  refused(f.ask(wrong), Errc::bad_field, "note");
  wrong.note = "x";
  wrong.amount = {};
  refused(f.ask(wrong), Errc::bad_field, "amount");
  // Taking can lead into arrears like any use.
  booked(f.ask(AdjustBalance{"a3", f.meter, base::Money(-3'000'000), base::Money(3'000'000), "冲正"}));
  CHECK(f.state().supply.reason == WantedReason::arrears);
  booked(f.ask(AdjustBalance{"a4", f.meter, base::Money(3'000'000), base::Money(0), "冲正"}));
  CHECK(f.state().supply.reason == WantedReason::none);
}

TEST_CASE("em-params, em-overdraft: limits given as energy follow the price") {
  SiteFixture f({PlanKind::total, base::Price(50'000), {}});
  f.read(0);
  SupplySettings settings;
  settings.by_quantity = QuantityLimits{base::Quantity(20'0000), base::Quantity(10'0000), base::Quantity(4'0000)};
  REQUIRE(f.ask(ChangeSettings{f.meter, "m1", {}, settings}));
  CHECK(f.state().settings.overdraft == base::Money(2'000'000));
  CHECK(f.state().settings.alarm_1 == base::Money(10'000'000));
  f.pass(base::minutes(15));
  f.read(3'9900);
  CHECK(f.state().supply.reason == WantedReason::none);
  f.pass(base::minutes(15));
  f.read(4'0000);
  CHECK(f.state().supply.reason == WantedReason::arrears);
  // Twice the price: the same energy is allowed.
  REQUIRE(f.recharge("r1", 2'000'000));
  REQUIRE(f.ask(PutPricePlan{1, "plan", {PlanKind::total, base::Price(100'000), {}}}));
  f.pass(base::minutes(15));
  f.read(7'9900);
  CHECK(f.state().settings.overdraft == base::Money(4'000'000));
  CHECK(f.state().supply.reason == WantedReason::none);
  settings.by_quantity->alarm_2 = base::Quantity(-5'0000);
  refused(f.ask(ChangeSettings{f.meter, "m1", {}, settings}), Errc::bad_field, "limits.alarm_2");
}

namespace {

/// 0.50 yuan, and from the 100th kWh of a year on another 0.30.
Prices stepped(StepPeriod period) {
  Prices prices{PlanKind::total, base::Price(50'000), {}};
  prices.step_period = period;
  prices.steps = {{base::Quantity(100'0000), base::Price(30'000)}};
  return prices;
}

}  // namespace

TEST_CASE("steps: a household begins with the lowest, whatever was used before it") {
  StepPeriod period = StepPeriod::year;
  SUBCASE("by month") { period = StepPeriod::month; }
  SUBCASE("by year") {}
  SiteFixture f(stepped(period));
  f.read(0);
  f.pass(base::hours(24));
  f.read(150'0000);  // 100 at 0.50, 50 at 0.80
  CHECK(f.balance() == base::Money(-90'000'000));
  booked(f.ask(settle(f, "s1")));
  CHECK(f.state().metering.accrued.year == base::Quantity(150'0000));  // a settlement alone changes nothing
  booked(f.ask(opening("o1", f.meter)));
  CHECK(f.state().metering.accrued == Accrued{base::Quantity(0), base::Quantity(0), base::Quantity(150'0000)});
  CHECK(f.last.openings.front().steps_anew);
  REQUIRE(f.last.meterings.size() == 1);  // stored with it: a restart knows it, too
  CHECK(f.last.meterings.front().metering.accrued.month == base::Quantity(0));
  f.pass(base::hours(24));
  f.read(250'0000);
  CHECK(f.balance() == base::Money(-50'000'000));
  f.pass(base::hours(24));
  f.read(251'0000);
  CHECK(f.balance() == base::Money(-50'800'000));
}

TEST_CASE("em-account-setup: a change of plan that was to come was the household's before; the one that is chosen stays") {
  SiteFixture f;
  REQUIRE(f.ask(PutPricePlan{0, "other", {PlanKind::total, base::Price(900'000), {}}}));
  f.read(0);
  REQUIRE(f.ask(ChangePricePlan{f.meter, 2, f.now + base::hours(24)}));
  booked(f.ask(opening("o1", f.meter)));
  REQUIRE(f.last.meter_plans.size() == 1);
  CHECK(f.last.meter_plans.front().plan == 1);
  f.pass(base::hours(48));
  f.read(1'0000);
  CHECK(f.balance() == base::Money(-600'000));
}

TEST_CASE("em-settle, em-refund-adjust, recharge: who looked at one household moves no money of the next, at the same figures") {
  SiteFixture f;
  f.read(0);
  booked(f.ask(opening("o1", f.meter)));
  const std::int64_t first = f.state().opening;
  Settle seen = settle(f, "s-seen", true);
  seen.opening = first;
  booked(f.ask(settle(f, "s1", true)));
  booked(f.ask(opening("o2", f.meter)));
  CHECK(f.state().opening != first);
  refused(f.ask(seen), Errc::conflict, "opening");
  refused(f.ask(AdjustBalance{"a1", f.meter, base::Money(1'000'000), base::Money(0), "补", first}), Errc::conflict, "opening");
  refused(f.ask(Recharge{"r1", f.meter, base::Money(1'000'000), PayMethod::cash, "", first}), Errc::conflict, "opening");
  refused(f.ask(Recharge{"r1", f.meter, base::Money(1'000'000), PayMethod::cash, "", 0}), Errc::conflict, "opening");
  CHECK(f.balance() == base::Money(0));
  // The right one, and whoever names none.
  const std::int64_t now_there = f.state().opening;
  REQUIRE(f.ask(Recharge{"r1", f.meter, base::Money(1'000'000), PayMethod::cash, "", now_there}));
  booked(f.ask(AdjustBalance{"a1", f.meter, base::Money(1'000'000), base::Money(1'000'000), "补", now_there}));
  REQUIRE(f.recharge("r2", 1'000'000));
  // A retry after the household has gone is still answered with what was booked.
  seen = settle(f, "s2", true);
  seen.opening = now_there;
  booked(f.ask(seen));
  CHECK_FALSE(booked(f.ask(seen)).created);
  const Outcome again = f.ask(Recharge{"r1", f.meter, base::Money(1'000'000), PayMethod::cash, "", now_there});
  REQUIRE(again);
  CHECK_FALSE(std::get<Recharged>(*again).created);
}

TEST_CASE("em-settle: the receipt counts from the settlement before, also when the clock was set back after the opening, and all in one group") {
  SiteFixture f;
  f.read(0);
  const auto decide = [&f](auto what) { return f.ledger.decide(Order{Scope{1}, "wang", f.now, std::move(what)}, f.now); };
  const auto settled = [&](const std::string& key, bool close) { return booked(decide(settle(f, key, close))); };
  settled("s0", false);
  booked(decide(opening("o1", f.meter)));
  REQUIRE(decide(Recharge{"r1", f.meter, base::Money(100'000'000), PayMethod::cash, ""}));
  f.now = f.now - base::hours(2);
  settled("s1", false);
  REQUIRE(decide(Recharge{"r2", f.meter, base::Money(50'000'000), PayMethod::cash, ""}));
  settled("s2", true);
  // Nobody's, and nobody's later: it does not stand on the next one's receipt.
  REQUIRE(decide(Recharge{"r-between", f.meter, base::Money(5'000'000), PayMethod::cash, ""}));
  booked(decide(AdjustBalance{"a-between", f.meter, base::Money(-5'000'000), f.balance(), "充错"}));
  booked(decide(opening("o2", f.meter)));
  REQUIRE(decide(Recharge{"r3", f.meter, base::Money(7'000'000), PayMethod::cash, ""}));
  settled("s3", false);
  f.commit();
  REQUIRE(f.last.settlements.size() == 4);
  CHECK(f.last.settlements[1].recharged == base::Money(100'000'000));
  CHECK(f.last.settlements[2].recharged == base::Money(50'000'000));
  CHECK(f.last.settlements[2].fee == base::Money(0));
  CHECK(f.last.settlements[3].recharged == base::Money(7'000'000));
  CHECK(f.last.settlements[3].adjusted == base::Money(0));
}
