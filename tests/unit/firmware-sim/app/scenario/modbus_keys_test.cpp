#include "firmware-sim/app/scenario/modbus_keys.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>

#include "tests/source_dir.hpp"
#include "tests/unit/firmware-sim/app/scenario/scenario_text.hpp"

using namespace anju;
using namespace anju::sim;
using namespace anju::sim::testing;

TEST_CASE("scenario: a Modbus device has the registers of its profile, every shipped profile can be simulated") {
  const Lookup models = [](const std::string& model) -> std::optional<std::string> {
    std::ifstream input(test::source_dir() + "/gateway/profiles/" + model + ".toml");
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
  int shipped = 0;
  for (const auto& file : std::filesystem::directory_iterator(test::source_dir() + "/gateway/profiles")) {
    if (file.path().extension() != ".toml") continue;
    CAPTURE(file.path().string());
    CHECK(with("unit = 1\nmodel = '" + file.path().stem().string() + "'\n").has_value());
    ++shipped;
  }
  CHECK(shipped >= 6);
  std::ifstream mixed(test::source_dir() + "/firmware-sim/scenarios/scan32.toml");
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

TEST_CASE("scenario: the faults of a Modbus device are read, and each that makes no sense is named") {
  const Lookup models = [](const std::string& model) -> std::optional<std::string> {
    std::ifstream input(test::source_dir() + "/gateway/profiles/" + model + ".toml");
    return input ? std::optional(std::string(std::istreambuf_iterator<char>(input), {})) : std::nullopt;
  };
  const auto with = [&](const std::string& faults) {
    return parse_scenario(kLine + "[[line.modbus_meter]]\nunit = 1\ncount = 2\nmodel = 'pzem-014'\nfault = [" + faults + "]\n", "site.toml",
                          [](const std::string&) { return std::nullopt; }, models);
  };
  const auto scenario = with("{ kind = 'exception', value = 6, every = 2, at = '90s', until = '2m' }, { kind = 'register_jump', value = '1.5' }, "
                             "{ kind = 'words_swapped' }, { kind = 'clock_adrift', value = -60 }");
  if (!scenario) FAIL(scenario.error().where);
  for (const ModbusSetup& meter : scenario->lines[0].modbus_meters) {
    REQUIRE(meter.faults.size() == 4);
    CHECK(meter.faults[0].fault.kind == FaultKind::exception);
    CHECK(meter.faults[0].fault.value == 6);
    CHECK(meter.faults[0].fault.every == 2);
    CHECK(meter.faults[0].after == base::seconds(90));
    CHECK(meter.faults[0].until == base::minutes(2));
    CHECK(meter.faults[1].fault.value == 15'000);
    CHECK_FALSE(meter.faults[1].until);
    CHECK(meter.faults[2].fault.kind == FaultKind::words_swapped);
    CHECK(meter.faults[3].fault.value == -60);
  }
  const auto refused = [&](const std::string& faults) {
    const auto read = with(faults);
    return read ? std::string("taken") : read.error().where;
  };
  CHECK(refused("{ kind = 'valve_stuck' }").find("kind: silent, silent_first") != std::string::npos);
  CHECK(refused("{ kind = 'exception' }").find("value: the exception's code") != std::string::npos);
  CHECK(refused("{ kind = 'exception', value = 12 }").find("value") != std::string::npos);
  CHECK(refused("{ kind = 'late', value = -1 }").find("value") != std::string::npos);
  CHECK(refused("{ kind = 'silent', often = 2 }").find("often") != std::string::npos);
}
