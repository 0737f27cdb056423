#include "gateway/core/device_terms.hpp"

#include <doctest/doctest.h>

namespace anju::gateway {

TEST_CASE("terms: a relay that is closed supplies, a valve that is open does") {
  CHECK(supplies(PointName::relay, State::closed) == true);
  CHECK(supplies(PointName::relay, State::open) == false);
  CHECK(supplies(PointName::valve, State::open) == true);
  CHECK(supplies(PointName::valve, State::closed) == false);
  for (const State unclear : {State::moving, State::fault}) {
    CHECK_FALSE(supplies(PointName::relay, unclear).has_value());
    CHECK_FALSE(supplies(PointName::valve, unclear).has_value());
  }
  // A temperature valve mixes water; closed, it does not cut anybody off.
  CHECK_FALSE(supplies(PointName::temperature_valve, State::closed).has_value());
  CHECK_FALSE(supplies(PointName::automatic, State::on).has_value());
}

TEST_CASE("terms: every word comes back from its name, and no other word does") {
  for (int i = 0; i <= static_cast<int>(PointName::decimal_exponent); ++i) CHECK(point_name_of(to_string(static_cast<PointName>(i))) == static_cast<PointName>(i));
  for (int i = 0; i <= static_cast<int>(State::empty); ++i) CHECK(state_of(to_string(static_cast<State>(i))) == static_cast<State>(i));
  for (int i = 0; i <= static_cast<int>(Alarm::low_water); ++i) CHECK(alarm_of(to_string(static_cast<Alarm>(i))) == static_cast<Alarm>(i));
  for (int i = 0; i <= static_cast<int>(ActionName::set_clock); ++i) CHECK(action_name_of(to_string(static_cast<ActionName>(i))) == static_cast<ActionName>(i));
  CHECK(meter_kind_of("hot_water") == wire::MeterKind::hot_water);
  CHECK(meter_kind_of("electricity") == wire::MeterKind::electricity);
  CHECK_FALSE(meter_kind_of("gas"));
  CHECK_FALSE(point_name_of("").has_value());
  CHECK_FALSE(point_name_of("Relay").has_value());
  CHECK_FALSE(state_of("shut").has_value());
}

TEST_CASE("terms: a source unit is a whole multiple of what Anju keeps") {
  CHECK(source_unit_of("kWh", Dimension::energy)->factor == 10'000);  // base::Quantity
  CHECK(source_unit_of("Wh", Dimension::energy)->factor == 10);
  CHECK(source_unit_of("L", Dimension::volume)->factor == 10);
  CHECK(source_unit_of("L/min", Dimension::flow)->factor == 600);  // 0.06 m3/h
  CHECK(source_unit_of("0.1V", Dimension::voltage)->factor == 100);
  CHECK(source_unit_of("0.1degC", Dimension::temperature)->factor == 10);
  CHECK(source_unit_of("kWh", Dimension::power) == nullptr);
  CHECK(source_unit_of("kwh", Dimension::energy) == nullptr);
  CHECK(source_unit_of("0.01", Dimension::energy) == nullptr);
  CHECK(unit_of(Dimension::energy) == "kWh");
  CHECK(decimals_of(Dimension::energy) == 4);
}

}  // namespace anju::gateway
