#include "firmware-sim/app/scenario/scenario.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <set>
#include <string>

using namespace anju;
using namespace anju::sim;

namespace {

base::Result<Scenario> parse(const std::string& text) {
  const Lookup lookup = [](const std::string& name) {
    return name == "FOLDER" ? std::optional<std::string>("/run/x") : std::nullopt;
  };
  return parse_scenario(text, "site.toml", lookup);
}

const std::string kLine = "[[line]]\nport = 'pty:/tmp/a'\n";

Scenario shipped(const std::string& name) {
  std::ifstream input(std::string(ANJU_SOURCE_DIR) + "/firmware-sim/scenarios/" + name);
  const std::string text(std::istreambuf_iterator<char>(input), {});
  const auto scenario = parse(text);
  if (!scenario) FAIL(scenario.error().where);
  return *scenario;
}

}  // namespace

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

TEST_CASE("scenario: every key of a water meter on a line reaches it, its faults as well") {
  const auto scenario = parse(kLine + R"(
[[line.meter]]
address = "000000000161"
[[line.water_meter]]
address = "78330011223399"
count = 2
room = "3-2-9{nn}"
first_room = 7
meter_type = "11"
di_order = "low_byte_first"
status_map = "high_bits"
valve_open_code = "66"
valve_close_code = "77"
ack = "bare"
preamble = 1
response_delay_ms = 250
answers_any_type = false
short_form = true
clock_set = false
battery_low = true
reports_fault = true
start_m3 = "12.34"
flow_m3_h = 0.5
noise_percent = 10
energy_factor = 60
valve_open = false
valve_travel_s = 9
clock_offset_s = -30
fault = [{ kind = "late", value = 900, every = 3, at = "10s", until = "1m" }, { kind = "leak", value = "0.02", at = "5s" }, { kind = "silent" }]
)");
  if (!scenario) FAIL(scenario.error().where);
  REQUIRE(scenario->lines[0].meters.size() == 1);
  REQUIRE(scenario->lines[0].water_meters.size() == 2);
  const Cjt188Setup& meter = scenario->lines[0].water_meters[1];
  CHECK(meter.address.text() == "78330011223400");
  CHECK(meter.options == cjt188::Options{.meter_type = 0x11,
                                         .di_order = cjt188::DiOrder::low_byte_first,
                                         .status_map = cjt188::StatusMap::high_bits,
                                         .valve_open = 0x66,
                                         .valve_close = 0x77,
                                         .ack = cjt188::AckForm::bare});
  CHECK(meter.preamble == 1);
  CHECK(meter.response_delay == base::Millis(250));
  CHECK_FALSE(meter.answers_any_type);
  CHECK(meter.short_form);
  CHECK_FALSE(meter.clock_set);
  CHECK(meter.battery_low);
  CHECK(meter.reports_fault);
  CHECK(meter.water.label == "3-2-908");
  CHECK(meter.water.start == base::Quantity(123'400));
  CHECK(value_at(meter.water.flow, 0) == 5'000);
  CHECK(meter.water.noise_percent == 10);
  CHECK(meter.water.speed == 60);
  CHECK_FALSE(meter.water.valve_open);
  CHECK(meter.water.valve_delay == base::seconds(9));
  CHECK(meter.water.clock_offset == base::seconds(-30));
  REQUIRE(meter.faults.size() == 2);
  CHECK(meter.faults[0].fault.kind == FaultKind::late);
  CHECK(meter.faults[0].fault.value == 900);
  CHECK(meter.faults[0].fault.every == 3);
  CHECK(meter.faults[0].after == base::seconds(10));
  CHECK(meter.faults[0].until == base::minutes(1));
  CHECK(meter.faults[1].fault.kind == FaultKind::silent);
  REQUIRE(meter.water.faults.size() == 1);
  CHECK(meter.water.faults[0].fault == WaterFault::leak);
  CHECK(meter.water.faults[0].value == 200);
  CHECK(scenario->lines[0].water_meters[0].water.seed != meter.water.seed);
}

TEST_CASE("scenario: a water meter on a line that cannot be is refused with its key") {
  const auto refused = [](const std::string& keys) {
    const auto scenario = parse(kLine + "[[line.water_meter]]\n" + keys);
    REQUIRE_FALSE(scenario);
    return std::string(scenario.error().code) + " " + scenario.error().where;
  };
  const std::string good = "address = '78330011223344'\n";
  struct Case {
    std::string keys;
    const char* code;
    const char* key;
  };
  for (const auto& c : {Case{"", "missing_key", "address"}, Case{"address = '161'\n", "bad_value", "address"},
                        Case{"address = 'AAAAAAAAAAAAAA'\n", "bad_value", "address"},
                        Case{"address = '7833001122334F'\ncount = 2\n", "bad_value", "address"},
                        Case{"address = '78339999999999'\ncount = 2\n", "bad_value", "address"},
                        Case{good + "di_order = 'big'\n", "bad_value", "di_order"}, Case{good + "status_map = 'd'\n", "bad_value", "status_map"},
                        Case{good + "meter_type = 'AA'\n", "bad_value", "meter_type"},
                        Case{good + "valve_open_code = '99'\n", "bad_value", "valve_open_code"},
                        Case{good + "valve_travel_s = 601\n", "out_of_range", "valve_travel_s"},
                        Case{good + "fault = [{ kind = 'relay_stuck' }]\n", "bad_value", "kind"},
                        Case{good + "load_kw = 1\n", "unknown_key", "load_kw"},
                        Case{good + "[[line.water_meter]]\n" + good, "duplicate", "address"}}) {
    CAPTURE(c.keys);
    const std::string said = refused(c.keys);
    CHECK(said.starts_with(c.code));
    CHECK(said.find(c.key) != std::string::npos);
  }
}

TEST_CASE("scenario: a Modbus device has the registers of its profile, every shipped profile can be simulated") {
  const Lookup models = [](const std::string& model) -> std::optional<std::string> {
    std::ifstream input(std::string(ANJU_SOURCE_DIR) + "/gateway/profiles/" + model + ".toml");
    return input ? std::optional(std::string(std::istreambuf_iterator<char>(input), {})) : std::nullopt;
  };
  const auto with = [&](const std::string& keys) {
    return parse_scenario(kLine + "[[line.modbus_meter]]\n" + keys, "site.toml", [](const std::string&) { return std::nullopt; }, models);
  };
  const auto scenario = with("unit = 12\ncount = 2\nmodel = 'hiking-dds238-zn-sr'\nload_kw = 1.5\nrelay_open = true\nbaud = 4800\n");
  if (!scenario) FAIL(scenario.error().where);
  REQUIRE(scenario->lines[0].modbus_meters.size() == 2);
  const ModbusSetup& meter = scenario->lines[0].modbus_meters[1];
  CHECK(meter.unit == 13);
  CHECK(meter.watts == 1500);
  CHECK(meter.format->baud == 4800);
  CHECK(meter.format->parity == 'N');
  CHECK_FALSE(meter.supplied);
  CHECK(meter.map.points.front().name == "energy_total");
  CHECK(meter.map.points.front().address == 0x0A);
  CHECK(meter.map.points.front().factor == 100);
  REQUIRE(meter.map.orders.size() == 2);
  CHECK(meter.map.orders[0].writes.at(0) == modbus::Request(modbus::WriteRegisters{0x1A, {0}}));
  CHECK(meter.map.orders[0].state == "open");
  for (const char* model : {"acrel-ddsy1352", "anju-hot-water", "chint-ddsu666", "chint-dtsu666", "eastron-sdm120", "eastron-sdm230", "eastron-sdm630",
                            "hiking-dds238-zn-sr", "pzem-014", "schneider-iem3155", "xintai-water"}) {
    CAPTURE(model);
    const auto one = with(std::string("unit = 1\nmodel = '") + model + "'\n");
    CHECK(one.has_value());
  }
  std::ifstream mixed(std::string(ANJU_SOURCE_DIR) + "/firmware-sim/scenarios/scan32.toml");
  const auto line = parse_scenario(std::string(std::istreambuf_iterator<char>(mixed), {}), "scan32.toml", [](const std::string&) { return std::nullopt; }, models);
  if (!line) FAIL(line.error().where);
  CHECK(line->lines[0].meters.size() == 14);
  CHECK(line->lines[0].water_meters.size() == 10);
  CHECK(line->lines[0].modbus_meters.size() == 5);
  const auto refused = [&](const std::string& keys) { return with(keys).error().where; };
  CHECK(refused("model = 'pzem-014'\n").find("unit") != std::string::npos);
  CHECK(refused("unit = 1\n").find("model") != std::string::npos);
  CHECK(refused("unit = 1\nmodel = 'none'\n").find("no profile") != std::string::npos);
  CHECK(refused("unit = 247\ncount = 2\nmodel = 'pzem-014'\n").find("count") != std::string::npos);
  CHECK(refused("unit = 1\nmodel = 'pzem-014'\nformat = '9N1'\n").find("format") != std::string::npos);
  CHECK(refused("unit = 1\nmodel = 'pzem-014'\n[[line.modbus_meter]]\nunit = 1\nmodel = 'pzem-014'\n").find("twice") != std::string::npos);
}
