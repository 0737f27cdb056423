#include "firmware-sim/app/scenario/scenario.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>

#include "tests/unit/firmware-sim/app/scenario/scenario_text.hpp"

using namespace anju;
using namespace anju::sim;
using namespace anju::sim::testing;

TEST_CASE("scenario: a range gives consecutive addresses and rooms") {
  const auto scenario =
      parse(kLine + "[[line.meter]]\nfirst_address = '000000000109'\ncount = 3\nroom = '3-2-9{nn}'\nfirst_room = 9\n");
  REQUIRE(scenario.has_value());
  const auto& meters = scenario->lines[0].meters;
  REQUIRE(meters.size() == 3);
  CHECK(meters[0].address.text() == "000000000109");
  CHECK(meters[2].address.text() == "000000000111");
  CHECK(meters[0].label == "3-2-909");
  CHECK(meters[2].label == "3-2-911");
  CHECK(meters[0].seed != meters[1].seed);
  CHECK(meters[0].start.total != meters[1].start.total);
}

TEST_CASE("scenario: every key reaches the meter") {
  const auto scenario = parse(R"(
[clock]
energy_factor = 50
utc_offset_minutes = 60
[control]
listen = "127.0.0.1:0"
[[line]]
name = "a"
port = "tcp:127.0.0.1:7001"
baud = 9600
[[line.meter]]
address = "558890213594"
start_kwh = "1234.5678"
load = [[0, 0.2], ["18:30", "1.5"], [23, 1]]
noise_percent = 10
tariffs = [[0, "valley"], ["08:30", "sharp"]]
phases = 3
preamble = 1
response_delay_ms = 120
relay_delay_ms = 900
relay_open = true
access_level = 4
password = "123456"
password_tries = 3
edition = 1997
short_relay_command = true
split_blocks = true
clock_offset_s = -30
clock_drift_ppm = 20
fault = [{ kind = "late", value = 1500, every = 3, at = "90s", until = "2m" },
  { kind = "register_jump", value = "1.5" }]
)");
  if (!scenario) FAIL(scenario.error().where);
  CHECK(scenario->control == "127.0.0.1:0");
  CHECK(scenario->lines[0].format.baud == 9600);
  const MeterSetup& meter = scenario->lines[0].meters.at(0);
  CHECK(meter.energy_factor == 50);
  CHECK(meter.utc_offset_minutes == 60);
  CHECK(meter.start.total == base::Quantity(12'345'678));
  CHECK(meter.start.tariffs[0] + meter.start.tariffs[1] + meter.start.tariffs[2] + meter.start.tariffs[3] ==
        meter.start.total);
  CHECK(watts_at(meter.load, 18 * 60 + 29, 0) <= 220);
  CHECK(meter.load.steps[1].from_minute == 18 * 60 + 30);
  CHECK(meter.load.steps[1].watts == 1500);
  CHECK(meter.load.noise_percent == 10);
  CHECK(tariff_at(meter.tariffs, 9 * 60) == Tariff::sharp);
  CHECK(meter.phases == 3);
  CHECK(meter.preamble == 1);
  CHECK(meter.response_delay == base::Millis(120));
  CHECK(meter.relay_delay == base::Millis(900));
  CHECK(meter.relay_open);
  CHECK(meter.access.level == 4);
  CHECK(meter.access.password == std::array<std::uint8_t, 3>{0x56, 0x34, 0x12});
  CHECK(meter.access.tries == 3);
  CHECK(meter.edition == dlt645::Edition::y1997);
  CHECK(meter.short_relay_command);
  CHECK(meter.split_blocks);
  CHECK(meter.clock_offset == base::seconds(-30));
  CHECK(meter.clock_drift_ppm == 20);
  REQUIRE(scenario->faults.size() == 2);
  CHECK(scenario->faults[0].after == base::seconds(90));
  CHECK(scenario->faults[0].cleared_after == base::seconds(120));
  CHECK(scenario->faults[0].fault.every == 3);
  CHECK(scenario->faults[1].fault.value == 15'000);
}

TEST_CASE("scenario: names in texts are filled in, with a default where there is one") {
  const auto scenario = parse("[[line]]\nport = 'pty:${FOLDER}/a${MORE:--b}'\n");
  REQUIRE(scenario.has_value());
  CHECK(scenario->lines[0].port == "pty:/run/x/a-b");
}

TEST_CASE("scenario: what is wrong is said with file, line, key and rule") {
  struct Row {
    std::string text;
    ScenarioErrc code;
    std::string where;
  };
  const std::string meter = kLine + "[[line.meter]]\naddress = '000000000101'\n";
  const Row rows[] = {
      {"[[line]\n", ScenarioErrc::not_toml, "site.toml:1: "},
      {"", ScenarioErrc::missing_key, "line: at least one [[line]]"},
      {"line = 3\n", ScenarioErrc::wrong_type, "site.toml:1: line: an array"},
      {"[[line]]\nbaud = 2400\n", ScenarioErrc::missing_key, "site.toml:1: line[0].port: pty:/"},
      {"[[line]]\nport = 'com3'\n", ScenarioErrc::bad_value, "site.toml:2: line[0].port: pty:/"},
      {"[[line]]\nport = 'pty:${NOWHERE}/a'\n", ScenarioErrc::not_set,
       "site.toml:2: line[0].port: ${NOWHERE} has no value"},
      {kLine + "baud = 2401\n", ScenarioErrc::out_of_range, "site.toml:3: line[0].baud: 300, 600"},
      {kLine + "baud = '2400'\n", ScenarioErrc::wrong_type, "site.toml:3: line[0].baud: a whole number"},
      {kLine + "parity = 'E'\n", ScenarioErrc::unknown_key, "site.toml:3: line[0].parity: no such key"},
      {kLine + "name = 'a'\n" + kLine + "name = 'a'\n", ScenarioErrc::duplicate, "line[1].name"},
      {meter + "preamble = 5\n", ScenarioErrc::out_of_range,
       "site.toml:5: line[0].meter[0].preamble: a whole number from 0 to 4"},
      {meter + "edition = 2004\n", ScenarioErrc::out_of_range, "1997 or 2007"},
      {meter + "password = '1234'\n", ScenarioErrc::bad_value, "six digits"},
      {meter + "load = [[18, 1], [7, 2]]\n", ScenarioErrc::bad_value,
       "site.toml:5: line[0].meter[0].load: kW over the day, ascending"},
      {meter + "load = [['24:00', 1]]\n", ScenarioErrc::bad_value, "load"},
      {meter + "load_kw = 101\n", ScenarioErrc::out_of_range, "0 to 100 kW"},
      {meter + "load_kw = -1\n", ScenarioErrc::bad_value, "load_kw: a number, 0 or more"},
      {meter + "start_kwh = '1.23456'\n", ScenarioErrc::bad_value, "at most 4 decimals"},
      {meter + "tariffs = [[0, 'cheap']]\n", ScenarioErrc::bad_value, "tariffs over the day"},
      {meter + "relay_open = 1\n", ScenarioErrc::wrong_type, "true or false"},
      {meter + "fault = [{ kind = 'tired' }]\n", ScenarioErrc::bad_value, "line[0].meter[0].fault[0].kind: silent"},
      {meter + "fault = [{ kind = 'silent', at = '90' }]\n", ScenarioErrc::bad_value, "a duration such as"},
      {meter + "fault = [{ kind = 'silent', when = '90s' }]\n", ScenarioErrc::unknown_key, "when"},
      {kLine + "[[line.meter]]\naddress = '101'\n", ScenarioErrc::bad_value, "twelve decimal digits"},
      {kLine + "[[line.meter]]\n", ScenarioErrc::missing_key, "address: twelve decimal digits"},
      {kLine + "[[line.meter]]\nfirst_address = '999999999999'\ncount = 2\n", ScenarioErrc::out_of_range,
       "addresses end"},
      {meter + "[[line.meter]]\nfirst_address = '000000000100'\ncount = 2\n", ScenarioErrc::duplicate,
       "000000000101 is there twice"},
      {"[control]\n" + kLine, ScenarioErrc::missing_key, "control.listen"},
      {"[clock]\nenergy_factor = 0\n" + kLine, ScenarioErrc::out_of_range, "site.toml:2: clock.energy_factor"},
      {"[clocks]\n" + kLine, ScenarioErrc::unknown_key, "site.toml:1: clocks"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const auto scenario = parse(row.text);
    REQUIRE_FALSE(scenario.has_value());
    CHECK(scenario.error().is(row.code));
    CHECK_MESSAGE(scenario.error().where.find(row.where) != std::string::npos, scenario.error().where);
  }
}

TEST_CASE("scenario: the demo site has forty meters on two lines, one of them hungry") {
  const Scenario garden = shipped("garden.toml");
  REQUIRE(garden.lines.size() == 2);
  CHECK(garden.lines[0].meters.size() == 20);
  CHECK(garden.lines[1].meters.size() == 20);
  CHECK(garden.lines[0].format.baud == 2400);
  CHECK(garden.lines[1].format.baud == 9600);
  const MeterSetup& hungry = garden.lines[0].meters[0];
  CHECK(hungry.label == "3-2-901");
  // 10 yuan at 1.5 yuan/kWh are 6.67 kWh: a spectator sees it end within minutes.
  Meter meter(hungry, base::UtcMillis(0));
  meter.advance(base::UtcMillis(0) + base::minutes(1));
  CHECK(meter.registers().total - hungry.start.total < base::Quantity(66'700));
  meter.advance(base::UtcMillis(0) + base::minutes(3));
  CHECK(meter.registers().total - hungry.start.total > base::Quantity(66'700));
}

TEST_CASE("scenario: no meter of the demo site seems to use more than a platform believes") {
  constexpr std::int64_t kBelieved = 150'000;  // W, as the demo's site is set up
  for (const LinePlan& line : shipped("garden.toml").lines) {
    for (const MeterSetup& meter : line.meters) {
      for (int minute = 0; minute < kMinutesOfDay; ++minute) {
        REQUIRE(watts_at(meter.load, minute, minute) * meter.energy_factor <= kBelieved);
      }
    }
  }
}

TEST_CASE("scenario: the scan site has eight meters, some with the same low digits") {
  const Scenario site = shipped("scan8.toml");
  REQUIRE(site.lines.size() == 1);
  CHECK(site.lines[0].meters.size() == 8);
  std::set<std::uint8_t> low;
  for (const MeterSetup& meter : site.lines[0].meters) low.insert(meter.address.wire[0]);
  CHECK(low.size() < 8);
}
