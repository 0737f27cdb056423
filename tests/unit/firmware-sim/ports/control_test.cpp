#include "firmware-sim/ports/control.hpp"

#include <string>

#include "tests/unit/firmware-sim/devices/meter_fixture.hpp"

using namespace anju;
using namespace anju::sim;
using namespace anju::sim::test;

namespace {

struct Bench {
  Site site;
  std::vector<Station> stations = {};
  base::UtcMillis now = kStart;

  static Bench make() {
    std::vector<Meter> meters;
    for (const char* address : {"000000000161", "000000000162"}) {
      MeterSetup setup = plain_setup(address);
      setup.label = "3-2-901";
      setup.start.total = base::Quantity(123'456);
      meters.emplace_back(setup, kStart);
    }
    std::vector<Line> lines;
    lines.emplace_back("east", 2400, std::move(meters));
    return {Site(std::move(lines), {}, kStart)};
  }
  std::string ask(const std::string& request) { return answer_control(site, stations, request, now).line; }
  Meter& meter(std::size_t index) { return site.lines()[0].meters()[index]; }
};

}  // namespace

TEST_CASE("control: registers tells every meter's, as shown and exactly") {
  Bench bench = Bench::make();
  const std::string answer = bench.ask(R"({"do":"registers"})");
  CHECK(answer.starts_with(
      R"({"ok":true,"meters":[{"address":"000000000161","label":"3-2-901","line":"east","total":"12.34",)"
      R"("exact_total":"12.3456","tariffs":["0.00","0.00","0.00","0.00"],"relay":"closed","keep_power":false)"));
  CHECK(answer.find(R"("lines":[{"line":"east","baud":2400,"meters":2,"requests":0)") != std::string::npos);
  CHECK(answer.find('\n') == std::string::npos);
}

TEST_CASE("control: faults of one meter or of all are set and cleared") {
  Bench bench = Bench::make();
  CHECK(bench.ask(R"({"do":"fault","meter":"000000000161","fault":"silent"})") == R"({"ok":true})");
  CHECK(bench.meter(0).has_fault());
  CHECK_FALSE(bench.meter(1).has_fault());
  CHECK(bench.ask(R"({"do":"fault","meter":"*","fault":"late","value":900,"every":2})") == R"({"ok":true})");
  CHECK(bench.meter(1).has_fault());
  CHECK(bench.ask(R"({"do":"clear","meter":"000000000161","fault":"silent"})") == R"({"ok":true})");
  CHECK(bench.meter(0).has_fault());
  CHECK(bench.ask(R"({"do":"clear","meter":"*"})") == R"({"ok":true})");
  CHECK_FALSE(bench.meter(0).has_fault());
}

TEST_CASE("control: load, register and button act on the meter") {
  Bench bench = Bench::make();
  CHECK(bench.ask(R"({"do":"load","meter":"000000000161","kw":"3.6"})") == R"({"ok":true})");
  bench.now = kStart + base::seconds(10);
  bench.ask(R"({"do":"statistics"})");
  CHECK(bench.meter(0).registers().total == base::Quantity(123'556));
  CHECK(bench.ask(R"({"do":"set_register","meter":"000000000161","total":"7.5"})") == R"({"ok":true})");
  CHECK(bench.meter(0).registers().total == base::Quantity(75'000));
  CHECK(bench.ask(R"({"do":"fault","meter":"000000000161","fault":"register_jump","value":"2.5"})") ==
        R"({"ok":true})");
  CHECK(bench.meter(0).registers().total == base::Quantity(50'000));

  CHECK(bench.ask(R"({"do":"press_button","meter":"000000000161"})") == R"({"ok":true,"closing":0})");
  ask(bench.meter(0), 0x1C, relay_data("1A"), bench.now);
  bench.now = bench.now + base::seconds(1);
  ask(bench.meter(0), 0x1C, relay_data("1B"), bench.now);
  CHECK(bench.ask(R"({"do":"registers"})").find(R"("relay":"waiting_for_button")") != std::string::npos);
  CHECK(bench.ask(R"({"do":"press_button","meter":"000000000161"})") == R"({"ok":true,"closing":1})");
}

TEST_CASE("control: quit answers and ends") {
  Bench bench = Bench::make();
  const ControlAnswer answer = answer_control(bench.site, bench.stations, R"({"do":"quit"})", kStart);
  CHECK(answer.quit);
  CHECK(answer.line == R"({"ok":true})");
}

TEST_CASE("control: a request that is none is answered with what would be right") {
  struct Row {
    std::string request;
    std::string said;
  };
  const Row rows[] = {
      {"", "one JSON object"},
      {"[1]", "one JSON object"},
      {R"({"do":"registers")", "one JSON object"},
      {R"({"do":"reboot"})", "do: registers"},
      {R"({"do":1})", "do: registers"},
      {R"({"do":"load","kw":"1"})", "meter:"},
      {R"({"do":"load","meter":"000000000999","kw":"1"})", "meter:"},
      {R"({"do":"load","meter":"*","kw":1.5})", "kw:"},
      {R"({"do":"load","meter":"*","kw":"-1"})", "kw:"},
      {R"({"do":"load","meter":"*","kw":"101"})", "kw:"},
      {R"({"do":"fault","meter":"*","fault":"broken"})", "fault:"},
      {R"({"do":"fault","meter":"*","fault":"register_jump","value":3})", "value:"},
      {R"({"do":"clear","meter":"*","fault":"broken"})", "fault:"},
      {R"({"do":"set_register","meter":"*","total":"1000000"})", "total:"},
  };
  Bench bench = Bench::make();
  for (const Row& row : rows) {
    CAPTURE(row.request);
    const std::string answer = bench.ask(row.request);
    CHECK(answer.starts_with(R"({"ok":false,"error":")"));
    CHECK(answer.find(row.said) != std::string::npos);
  }
}

TEST_CASE("control: devices of stations are told, set and disturbed by address; \"*\" of a common verb means the meters on lines") {
  Bench bench = Bench::make();
  StationSetup setup;
  setup.gateway = base::GatewayId("k-1");
  WaterSetup water;
  water.address = "000000000011";
  water.start = base::Quantity(1'000'000);
  setup.devices.push_back(water);
  water.address = "000000000012";
  water.boiler = BoilerSetup{};
  water.ambient = {{0, 200}};
  setup.devices.push_back(water);
  bench.stations.emplace_back(setup, StationMemory{}, "e1", kStart);
  CHECK(bench.ask(R"({"do":"flow","meter":"000000000011","m3_h":"2.5"})") == R"({"ok":true})");
  bench.now = kStart + base::hours(2);
  const std::string told = bench.ask(R"({"do":"registers"})");
  CHECK(told.find(R"("address":"000000000011","id":"","label":"","gateway":"k-1","kind":"water","total":"105.00","valve":"open")") !=
        std::string::npos);
  CHECK(told.find(R"("stations":[{"gateway":"k-1","connected":false,"epoch":"e1","last_seq":0)") != std::string::npos);
  CHECK(bench.ask(R"({"do":"temperature","meter":"000000000012","c":"35.5"})") == R"({"ok":true})");
  CHECK(bench.ask(R"({"do":"registers"})").find(R"("temperature_c":"35.5","target_c":null)") != std::string::npos);
  CHECK(bench.ask(R"({"do":"temperature","meter":"000000000011","c":"35.5"})").starts_with(R"({"ok":false)"));
  CHECK(bench.ask(R"({"do":"fault","meter":"000000000011","fault":"leak","value":"0.1"})") == R"({"ok":true})");
  CHECK(bench.ask(R"({"do":"fault","meter":"000000000011","fault":"late"})").starts_with(R"({"ok":false)"));
  CHECK(bench.ask(R"({"do":"set_register","meter":"000000000012","total":"7"})") == R"({"ok":true})");
  CHECK(bench.ask(R"({"do":"set_register","meter":"*","total":"9"})") == R"({"ok":true})");
  CHECK(bench.stations[0].devices()[1].total() == base::Quantity(70'000));
  CHECK(bench.ask(R"({"do":"flow","meter":"000000000099","m3_h":"1"})").starts_with(R"({"ok":false)"));
}

TEST_CASE("control: a water meter on a line is told, broken, mended and set by its address") {
  Cjt188Setup setup;
  setup.address = cjt188::Address::parse("78330011223344").value();
  setup.water.label = "3-2-901";
  setup.water.start = base::Quantity(123'456);
  std::vector<Cjt188Meter> water;
  water.emplace_back(setup, kStart);
  std::vector<Line> lines;
  lines.emplace_back("east", 2400, std::vector<Meter>{}, std::move(water));
  Bench bench{Site(std::move(lines), {}, kStart)};
  const Cjt188Meter& meter = bench.site.lines()[0].water_meters()[0];
  CHECK(bench.ask(R"({"do":"registers"})").find(
            R"("water_meters":[{"address":"78330011223344","label":"3-2-901","line":"east","total":"12.34","exact_total":"12.3456","valve":"open","moving":false)") !=
        std::string::npos);
  const auto read = [&] {
    Cjt188Meter& asked = *bench.site.find(setup.address);
    return asked.on_frame(cjt188::make_request({}, setup.address, 1, cjt188::ReadData{}).value(), bench.now).has_value();
  };
  CHECK(read());
  CHECK(bench.ask(R"({"do":"fault","meter":"78330011223344","fault":"silent"})") == R"({"ok":true})");
  CHECK_FALSE(read());
  CHECK(bench.ask(R"({"do":"fault","meter":"78330011223344","fault":"valve_stuck"})") == R"({"ok":true})");
  CHECK(meter.water().main_valve().is_stuck());
  CHECK(bench.ask(R"({"do":"clear","meter":"78330011223344"})") == R"({"ok":true})");
  CHECK(read());
  CHECK_FALSE(meter.water().main_valve().is_stuck());
  CHECK(bench.ask(R"({"do":"fault","meter":"78330011223344","fault":"register_jump","value":"2.3456"})") == R"({"ok":true})");
  CHECK(meter.water().total() == base::Quantity(100'000));
  CHECK(bench.ask(R"({"do":"set_register","meter":"78330011223344","total":"7.5"})") == R"({"ok":true})");
  CHECK(meter.water().total() == base::Quantity(75'000));
  CHECK(bench.ask(R"({"do":"flow","meter":"78330011223344","m3_h":"2"})") == R"({"ok":true})");
  bench.now = kStart + base::hours(1);
  CHECK(bench.ask(R"({"do":"registers"})").find(R"("total":"9.50")") != std::string::npos);
  CHECK(bench.ask(R"({"do":"fault","meter":"78330011223344","fault":"relay_stuck"})").starts_with(R"({"ok":false)"));
  CHECK(bench.ask(R"({"do":"fault","meter":"78330011223344","fault":"leak"})").starts_with(R"({"ok":false)"));
  CHECK(bench.ask(R"({"do":"set_register","meter":"78330011223345","total":"7.5"})").starts_with(R"({"ok":false)"));
}

TEST_CASE("control: a Modbus device is told, broken, mended and set by its unit; where lines share a unit the line is named") {
  const auto device = [](std::uint8_t unit) {
    ModbusSetup setup;
    setup.unit = unit;
    setup.start = base::Quantity(123'456);
    setup.map.name = "small";
    setup.map.points = {{"energy_total", modbus::Function::read_holding_registers, 1, modbus::Type::u32, modbus::Order::abcd, 100, {}}};
    return ModbusMeter(setup, kStart);
  };
  std::vector<Line> lines;
  lines.emplace_back("east", WireFormat(9600, 'N'), std::vector<Meter>{}, std::vector<Cjt188Meter>{}, std::vector<ModbusMeter>{device(17), device(18)});
  lines.emplace_back("west", WireFormat(9600, 'N'), std::vector<Meter>{}, std::vector<Cjt188Meter>{}, std::vector<ModbusMeter>{device(18)});
  Bench bench{Site(std::move(lines), {}, kStart)};
  const auto at = [&](std::size_t line, std::size_t index) -> ModbusMeter& { return bench.site.lines()[line].modbus_meters()[index]; };
  CHECK(bench.ask(R"({"do":"registers"})").find(R"("modbus_meters":[{"unit":17,"model":"small","label":"","line":"east","total":"12.3456")") != std::string::npos);
  CHECK(bench.ask(R"({"do":"fault","meter":"17","fault":"exception","value":6})") == R"({"ok":true})");
  CHECK(at(0, 0).has_fault());
  CHECK(bench.ask(R"({"do":"registers"})").find(R"("faulty":true)") != std::string::npos);
  CHECK(bench.ask(R"({"do":"clear","meter":"17","fault":"late"})") == R"({"ok":true})");
  CHECK(at(0, 0).has_fault());
  CHECK(bench.ask(R"({"do":"clear","meter":"17"})") == R"({"ok":true})");
  CHECK_FALSE(at(0, 0).has_fault());
  CHECK(bench.ask(R"({"do":"fault","meter":"18","fault":"silent"})").find("line: ") != std::string::npos);
  CHECK(bench.ask(R"({"do":"fault","meter":"18","line":"west","fault":"silent"})") == R"({"ok":true})");
  CHECK_FALSE(at(0, 1).has_fault());
  CHECK(at(1, 0).has_fault());
  CHECK(bench.ask(R"({"do":"fault","meter":"17","fault":"register_jump","value":"2.3456"})") == R"({"ok":true})");
  CHECK(at(0, 0).total() == base::Quantity(100'000));
  CHECK(bench.ask(R"({"do":"set_register","meter":"17","total":"7.5"})") == R"({"ok":true})");
  CHECK(bench.ask(R"({"do":"load","meter":"17","kw":"2"})") == R"({"ok":true})");
  bench.now = kStart + base::hours(1);
  bench.ask(R"({"do":"statistics"})");
  CHECK(at(0, 0).total() == base::Quantity(95'000));
  struct Row {
    const char* request;
    const char* said;
  };
  for (const Row& row : {Row{R"({"do":"fault","meter":"17","fault":"valve_stuck"})", "fault: silent"}, Row{R"({"do":"fault","meter":"17","fault":"exception"})", "value: "},
                         Row{R"({"do":"fault","meter":"17","fault":"exception","value":12})", "value: "}, Row{R"({"do":"fault","meter":"17","fault":"register_jump"})", "value: "},
                         Row{R"({"do":"load","meter":"17","kw":"101"})", "kw: "}, Row{R"({"do":"set_register","meter":"17","total":"1000000"})", "total: "},
                         Row{R"({"do":"fault","meter":"19","fault":"silent"})", "meter: "}, Row{R"({"do":"fault","meter":"17","line":"north","fault":"silent"})", "meter: "},
                         Row{R"({"do":"clear","meter":"17","fault":"broken"})", "fault: "}}) {
    CAPTURE(row.request);
    const std::string answer = bench.ask(row.request);
    CHECK(answer.starts_with(R"({"ok":false,"error":")"));
    CHECK(answer.find(row.said) != std::string::npos);
  }
  CHECK_FALSE(at(0, 0).has_fault());
}
