// Water meters and hot-water controllers in the ledger: m3, valves, temperatures.

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

/// The same site with a plan for water, and a water meter w1.
struct WaterFixture : SiteFixture {
  std::int64_t plan = 0;
  explicit WaterFixture(wire::MeterKind kind = wire::MeterKind::water, bool valve = true) {
    PutPricePlan what{0, "water", {PlanKind::total, base::Price(350'000), {}}};
    what.utility = Utility::water;
    plan = std::get<Created>(*ask(what)).id;
    meter = std::get<Created>(*ask(water(kind, valve))).id;
  }
  RegisterMeter water(wire::MeterKind kind, bool valve, const std::string& device = "w1") {
    RegisterMeter what;
    what.gateway = "gw";
    what.line = "l1";
    what.device = device;
    what.name = device;
    what.address = std::string(11, '9') + device.substr(1);
    what.price_plan = plan;
    what.kind = kind;
    what.valve = valve;
    what.profile.dialect = "mqtt";
    return what;
  }
  void read_water(std::int64_t total_e4) { read(total_e4, {}, "w1"); }
  void say(wire::Relay relay, std::optional<wire::HotWater> hot_water = {}) {
    event(wire::StatusEvent{base::DeviceId("w1"), now, true, relay, false, {}, hot_water});
  }
};

}  // namespace

TEST_CASE("wm-unit-price, wm-valve: m3 at the price of water; used up, the valve closes; paid, it opens") {
  WaterFixture f;
  f.say(wire::Relay::closed);
  REQUIRE(f.recharge("r1", 35'000'000));
  f.pass(base::hours(24));
  f.read_water(4'0000);  // 4 m3 at 3.50
  CHECK(f.balance() == base::Money(21'000'000));
  f.pass(base::hours(24));
  f.read_water(10'0000);
  CHECK(f.balance() == base::Money(0));
  REQUIRE(f.newest_sent().kind == wire::CommandKind::trip);
  CHECK(f.newest_sent().device == base::DeviceId("w1"));
  f.answer(f.newest_sent(), wire::CommandPhase::verified, wire::Relay::open);
  REQUIRE(f.recharge("r2", 10'000'000));
  CHECK(f.newest_sent().kind == wire::CommandKind::close);
  f.answer(f.newest_sent(), wire::CommandPhase::verified, wire::Relay::closed);
  CHECK(f.state().supply.reason == WantedReason::none);
}

TEST_CASE("en-analysis: water is summed as m3 beside the energy, never into it") {
  WaterFixture f;
  f.pass(base::hours(24));
  f.read_water(4'0000);
  REQUIRE(f.last.site_days.size() == 1);
  CHECK(f.last.site_days.front().water == base::Quantity(4'0000));
  CHECK(f.last.site_days.front().quantity == base::Quantity(0));
  CHECK(f.last.site_days.front().water_deducted == base::Money(14'000'000));
  CHECK(f.last.site_days.front().deducted == base::Money(14'000'000));
  f.read(3'0000, {}, "m1");
  CHECK(f.last.site_days.front().water == base::Quantity(0));
  CHECK(f.last.site_days.front().quantity == base::Quantity(3'0000));
}

TEST_CASE("wm-params: a meter without a valve is never cut off, and an order for one is refused") {
  WaterFixture f(wire::MeterKind::water, false);
  f.pass(base::hours(24));
  f.read_water(10'0000);
  CHECK(f.balance() == base::Money(-35'000'000));
  CHECK(f.state().supply.account == AccountState::arrears);
  CHECK(f.state().supply.reason == WantedReason::none);
  CHECK(f.sent.empty());
  CHECK(f.crossings.empty());
  refused(f.command("c1", Ask::trip), Errc::no_valve, "kind");
  refused(f.command("c1", Ask::release), Errc::no_valve, "kind");
  refused(f.ask(ChangeSchedule{f.meter, {{1, 0, 5}}}), Errc::no_valve, "schedule");
  refused(f.ask(ChangeAnnualFee{f.meter, AnnualFee{base::Money(1), 0}}), Errc::no_valve, "annual_fee");
  CHECK_FALSE(f.ledger.archive_of(1)->devices.back().valve);
}

TEST_CASE("wm-unit-price: a plan is for one utility, and water has no four registers") {
  WaterFixture f;
  refused(f.ask(ChangePricePlan{f.meter, 1}), Errc::bad_field, "price_plan");
  RegisterMeter electric = f.water(wire::MeterKind::electricity, true, "w2");
  refused(f.ask(electric), Errc::bad_field, "price_plan");
  RegisterMeter blind = f.water(wire::MeterKind::hot_water, false, "w3");
  refused(f.ask(blind), Errc::bad_field, "valve");
  PutPricePlan four{0, "four", {PlanKind::tou, {}, {base::Price(1), base::Price(2), base::Price(3), base::Price(4)}}};
  four.utility = Utility::water;
  refused(f.ask(four), Errc::bad_field, "slots");
  four.prices.slots = {{0, 2}, {480, 1}};
  CHECK(f.ask(four));
  // A plan keeps its utility, whatever a change says.
  PutPricePlan change{f.plan, "water", {PlanKind::total, base::Price(400'000), {}}};
  REQUIRE(f.ask(change));
  CHECK(f.last.plans.front().plan.utility == Utility::water);
}

TEST_CASE("wm-read-now: water runs slower than electricity: what no pipe can let through is refused") {
  WaterFixture f;
  f.pass(base::hours(1));
  f.read_water(50'0000);  // 50 m3 in an hour
  CHECK(f.readings.back().reason == "impossible_jump");
  f.read_water(20'0000);
  CHECK(f.readings.back().state == ReadingState::used);
}

TEST_CASE("wc-read-temp, wc-main-valve, wc-temp-valve, wc-auto-control: what a controller says and does") {
  WaterFixture f(wire::MeterKind::hot_water);
  CHECK_FALSE(f.state().supply.hot_water);
  f.say(wire::Relay::closed, wire::HotWater{415, std::nullopt, false, wire::Valve::closed});
  REQUIRE(f.state().supply.hot_water);
  CHECK(f.state().supply.hot_water->temperature_dc == 415);
  CHECK(f.state().supply.hot_water_at == f.now);
  OrderCommand automatic{"c1", f.meter, Ask::automatic_on, "", 0};
  refused(f.ask(automatic), Errc::bad_field, "target_c");
  automatic.target_dc = 450;
  REQUIRE(f.ask(automatic));
  CHECK(f.newest_sent().kind == wire::CommandKind::automatic_on);
  CHECK(f.newest_sent().target_dc == 450);
  f.answer(f.newest_sent(), wire::CommandPhase::verified);
  f.say(wire::Relay::closed, wire::HotWater{415, 450, true, wire::Valve::open});
  CHECK(f.state().supply.hot_water->automatic);
  REQUIRE(f.command("c2", Ask::temperature_valve_close));
  CHECK(f.newest_sent().kind == wire::CommandKind::temperature_valve_close);
  REQUIRE(f.command("c3", Ask::trip));
  f.pass(base::seconds(11));
  CHECK(f.state().supply.reason == WantedReason::forced);
  refused(f.command("c4", Ask::keep_power_on), Errc::not_for_kind, "kind");
  refused(f.command("c4", Ask::set_clock), Errc::not_for_kind, "kind");
  // A status without temperatures leaves what was known.
  f.say(wire::Relay::open);
  CHECK(f.state().supply.hot_water->temperature_dc == 415);
}

TEST_CASE("wc-temp-valve: only a hot-water controller has one") {
  WaterFixture f;
  for (const Ask ask : {Ask::temperature_valve_open, Ask::temperature_valve_close, Ask::automatic_off}) refused(f.command("c1", ask), Errc::not_for_kind, "kind");
  f.say(wire::Relay::closed, wire::HotWater{415, std::nullopt, false, wire::Valve::closed});
  CHECK_FALSE(f.state().supply.hot_water);
}
