#include "firmware-sim/devices/water_meter.hpp"

#include <doctest/doctest.h>

using namespace anju;
using namespace anju::sim;

namespace {

/// 2026-11-21 10:00:00 at +08:00.
constexpr base::UtcMillis kStart{1'795'226'400'000};

WaterSetup tap(std::int64_t flow_e4) {
  WaterSetup setup;
  setup.address = "000000000011";
  setup.start = base::Quantity(1'000'000);
  setup.flow = {{0, flow_e4}};
  return setup;
}

std::string total(WaterMeter& meter, base::Millis after) {
  meter.advance(kStart + after);
  return base::format(meter.total());
}

}  // namespace

TEST_CASE("water meter: the register grows by flow and time, however often it is asked") {
  WaterMeter seldom(tap(3'333), kStart), often(tap(3'333), kStart);
  for (int second = 1; second <= 3 * 3600; ++second) often.advance(kStart + base::seconds(second));
  CHECK(total(seldom, base::hours(3)) == "100.9999");
  CHECK(often.total() == seldom.total());
  WaterSetup fast = tap(3'333);
  fast.speed = 60;
  WaterMeter sixty(fast, kStart);
  CHECK(total(sixty, base::minutes(3)) == "100.9999");
}

TEST_CASE("water meter: the flow follows the hours of the day, its noise is always the same") {
  WaterSetup setup = tap(0);
  setup.flow = {{0, 1'000}, {11 * 60, 20'000}};
  WaterMeter meter(setup, kStart);
  CHECK(total(meter, base::hours(1)) == "100.10");
  CHECK(total(meter, base::hours(2)) == "102.10");
  setup.noise_percent = 30;
  WaterMeter one(setup, kStart), two(setup, kStart);
  CHECK(total(one, base::hours(9)) == total(two, base::hours(9)));
  CHECK(one.total() != meter.total());
}

TEST_CASE("wm-valve: nothing flows while the valve is closed, and it closes only after its delay") {
  WaterMeter meter(tap(36'000'000), kStart);  // a decilitre a millisecond: exact to the moment
  CHECK(meter.order_main_valve(false, kStart));
  CHECK(total(meter, base::Millis(2000)) == "102.00");
  CHECK_FALSE(meter.main_valve().is_open());
  CHECK(total(meter, base::hours(5)) == "102.00");
  CHECK(meter.order_main_valve(true, kStart + base::hours(5)));
  CHECK(total(meter, base::hours(5) + base::Millis(2100)) == "102.10");
}

TEST_CASE("wm-valve: a meter without a valve refuses, one that is kept open does not close") {
  WaterSetup setup = tap(10'000);
  setup.valve = false;
  WaterMeter without(setup, kStart);
  CHECK_FALSE(without.order_main_valve(false, kStart));
  CHECK_FALSE(without.keep_open(true));
  CHECK(without.main_valve().is_open());
  WaterMeter kept(tap(10'000), kStart);
  CHECK(kept.keep_open(true));
  CHECK_FALSE(kept.order_main_valve(false, kStart));
  CHECK(kept.keep_open(false));
  CHECK(kept.order_main_valve(false, kStart));
}

TEST_CASE("wm-valve: a stuck valve takes the order and goes on supplying; a leak runs through a closed one") {
  WaterMeter meter(tap(10'000), kStart);
  meter.set_fault(WaterFault::valve_stuck, 0, kStart);
  CHECK(meter.order_main_valve(false, kStart));
  CHECK(total(meter, base::hours(1)) == "101.00");
  meter.clear_fault(WaterFault::valve_stuck, kStart + base::hours(1));
  CHECK(meter.order_main_valve(false, kStart + base::hours(1)));
  meter.advance(kStart + base::hours(2));
  const base::Quantity closed = meter.total();
  CHECK(total(meter, base::hours(3)) == base::format(closed));
  meter.set_fault(WaterFault::leak, 500, kStart + base::hours(3));
  CHECK(total(meter, base::hours(5)) == base::format(closed + base::Quantity(1'000)));
}

TEST_CASE("water meter: planned faults come and go at their time, whether or not somebody asks then") {
  WaterSetup setup = tap(0);
  setup.faults = {{WaterFault::leak, 10'000, base::hours(1), base::hours(3)},
                  {WaterFault::register_jump, 500'000, base::hours(4), std::nullopt}};
  WaterMeter meter(setup, kStart);
  CHECK(total(meter, base::hours(9)) == "52.00");
}

TEST_CASE("wm-clear: cleared it counts from zero; a lost supply forgets neither register nor valve") {
  WaterMeter meter(tap(10'000), kStart);
  meter.advance(kStart + base::Millis(1'234'567));
  const auto kept = meter.kept();
  WaterMeter again(tap(10'000), kStart);
  again.restore(kept);
  CHECK(again.kept() == kept);
  meter.clear();
  CHECK(meter.total() == base::Quantity(0));
}
