#include "firmware-sim/app/scenario/station_keys.hpp"

#include <doctest/doctest.h>

#include <string>

#include "tests/unit/firmware-sim/app/scenario/scenario_text.hpp"

using namespace anju;
using namespace anju::sim;
using namespace anju::sim::testing;

TEST_CASE("scenario: every key reaches the station and its devices") {
  const auto scenario = parse(R"(
[clock]
energy_factor = 60
[[station]]
site = "garden"
gateway = "k-1"
broker = "tcp://127.0.0.1:1883"
key_file = "${FOLDER}/k-1.key"
spool_file = "${FOLDER}/k-1.spool"
user = "u"
password = "p"
[[station.device]]
id = "w-1"
address = "000000000011"
room = "1-1"
valve = false
start_m3 = "12.3456"
flow = [[0, 0.1], ["18:30", 2.5]]
noise_percent = 10
clock_offset_s = -7
valve_delay_ms = 100
fault = [{ kind = "leak", value = "0.02", at = "10s", until = "1m" }, { kind = "clock_adrift", value = 400 }]
[[station.device]]
address = "000000000012"
kind = "hot_water"
energy_factor = 2
temperature_c = 41.5
supply_c = 65
ambient_c = 18.5
warming_s = 300
cooling_s = 900
hysteresis_c = 0.5
)");
  if (!scenario) FAIL(scenario.error().where);
  CHECK(scenario->lines.empty());
  REQUIRE(scenario->stations.size() == 1);
  const StationPlan& plan = scenario->stations[0];
  CHECK(plan.broker == "mqtt://127.0.0.1:1883");
  CHECK(plan.key_file == "/run/x/k-1.key");
  CHECK(plan.spool_file == "/run/x/k-1.spool");
  CHECK(plan.user + plan.password == "up");
  REQUIRE(plan.devices.size() == 2);
  const WaterSetup& water = plan.devices[0];
  CHECK(water.id == "w-1");
  CHECK(water.address == "000000000011");
  CHECK_FALSE(water.valve);
  CHECK(water.start.e4 == 123'456);
  CHECK(value_at(water.flow, 60) == 1'000);
  CHECK(value_at(water.flow, 18 * 60 + 30) == 25'000);
  CHECK(water.speed == 60);
  CHECK(water.clock_offset.value == -7000);
  REQUIRE(water.faults.size() == 2);
  CHECK(water.faults[0].value == 200);
  CHECK(water.faults[0].until->value == 60'000);
  CHECK(water.faults[1].value == 400);
  const WaterSetup& hot = plan.devices[1];
  CHECK(hot.speed == 2);
  REQUIRE(hot.boiler);
  CHECK(hot.boiler->start_dc == 415);
  CHECK(hot.boiler->supply_dc == 650);
  CHECK(hot.boiler->hysteresis_dc == 5);
  CHECK(hot.boiler->warming.value == 300'000);
  CHECK(value_at(hot.ambient, 0) == 185);
}

TEST_CASE("scenario: a station that cannot be is refused with the key and the rule") {
  const std::string station = "[[station]]\nsite='g'\ngateway='k'\nbroker='mqtt://h:1'\nkey_file='k'\n";
  const std::string device = "[[station.device]]\naddress='000000000011'\n";
  struct Row {
    std::string text, says;
  };
  const std::vector<Row> rows{
      {station, "device: at least one"},
      {"[[station]]\nsite='g'\ngateway='not an id'\nbroker='b'\nkey_file='k'\n" + device, "gateway: 1 to 64"},
      {station + device + device, "000000000011 is there twice"},
      {station + device + "kind='gas'\n", "kind: water or hot_water"},
      {station + device + "kind='hot_water'\nvalve=false\n", "valve: a controller has one"},
      {station + device + "temperature_c=20\n", "temperature_c: no such key"},
      {station + device + "flow_m3_h=1001\n", "flow_m3_h: not above"},
      {station + device + "fault=[{kind='late'}]\n", "kind: silent, valve_stuck"},
      {station + device + station + "[[station.device]]\naddress='000000000012'\n", "gateway: each station"},
      {kLine + "[[line.meter]]\naddress='000000000011'\n" + station + device, "000000000011 is there twice"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const auto scenario = parse(row.text);
    REQUIRE_FALSE(scenario.has_value());
    CHECK(scenario.error().where.find(row.says) != std::string::npos);
    CAPTURE(scenario.error().where);
  }
}

TEST_CASE("scenario: the shipped water site has a controller, a meter without a valve and one that leaks") {
  const Scenario site = shipped("water.toml");
  REQUIRE(site.stations.size() == 2);
  CHECK(site.stations[0].devices.size() == 5);
  CHECK_FALSE(site.stations[0].devices[2].valve);
  CHECK(site.stations[0].devices[3].faults[0].fault == WaterFault::leak);
  CHECK(site.stations[1].devices[0].boiler.has_value());
  constexpr std::int64_t kBelieved_e4 = 200'000;  // an hour
  for (const StationPlan& station : site.stations) {
    for (const WaterSetup& device : station.devices) {
      for (const DayStep& step : device.flow) CHECK(step.value * device.speed <= kBelieved_e4);
    }
  }
}
