#include "firmware-sim/app/scenario/scenario.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "firmware-sim/app/scenario/cjt188_keys.hpp"
#include "firmware-sim/app/scenario/meter_keys.hpp"
#include "firmware-sim/app/scenario/modbus_keys.hpp"
#include "firmware-sim/app/scenario/shared_keys.hpp"
#include "firmware-sim/app/scenario/station_keys.hpp"
#include "firmware-sim/app/scenario/toml_table.hpp"

namespace anju::sim {
namespace {

LinePlan read_line(TomlTable& table, std::size_t index) {
  LinePlan plan;
  plan.name = table.text("name").value_or("line" + std::to_string(index + 1));
  plan.port = table.required_text("port", "pty:/absolute/path or tcp:address:port");
  if (!plan.port.starts_with("pty:/") && !plan.port.starts_with("tcp:")) {
    table.complain(ScenarioErrc::bad_value, "port", "pty:/absolute/path or tcp:address:port");
  }
  plan.format = WireFormat(read_baud(table, "baud", 2400), read_parity(table, "format", 'E'));
  return plan;
}

void read_modbus(TomlTable& table, const SiteDefaults& defaults, const Lookup& models, LinePlan& plan) {
  std::set<std::uint8_t> units;
  for (TomlTable& one : table.tables("modbus_meter")) {
    for (ModbusSetup& meter : read_modbus_meters(one, defaults, models)) {
      if (!units.insert(meter.unit).second) one.complain(ScenarioErrc::duplicate, "unit", std::to_string(meter.unit) + " is there twice on this line");
      plan.modbus_meters.push_back(std::move(meter));
    }
  }
}

void read_lines(TomlTable& root, SiteDefaults defaults, const Lookup& models, std::set<std::string>& addresses, Scenario& scenario) {
  std::set<std::string> names;
  std::vector<TomlTable> lines = root.tables("line");
  if (lines.empty() && !root.has("station")) {
    root.complain(ScenarioErrc::missing_key, "line", "at least one [[line]] or [[station]]");
  }
  if (lines.size() > kMaxLines) root.complain(ScenarioErrc::out_of_range, "line", "at most 64 lines");
  for (TomlTable& table : lines) {
    LinePlan plan = read_line(table, scenario.lines.size());
    if (!names.insert(plan.name).second)
      table.complain(ScenarioErrc::duplicate, "name", "each line has a name of its own");
    defaults.format = plan.format;
    for (TomlTable& one : table.tables("meter")) {
      MeterPlan meters = read_meters(one, defaults);
      for (MeterSetup& meter : meters.meters) {
        if (!addresses.insert(meter.address.text()).second) {
          one.complain(ScenarioErrc::duplicate, one.has("address") ? "address" : "first_address",
                       meter.address.text() + " is there twice");
        }
        plan.meters.push_back(std::move(meter));
      }
      if (addresses.size() > kMaxMeters) table.complain(ScenarioErrc::out_of_range, "meter", "at most 10000 meters");
      std::move(meters.faults.begin(), meters.faults.end(), std::back_inserter(scenario.faults));
    }
    for (TomlTable& one : table.tables("water_meter")) {
      for (Cjt188Setup& meter : read_cjt188_meters(one, defaults)) {
        if (!addresses.insert(meter.address.text()).second) {
          one.complain(ScenarioErrc::duplicate, "address", meter.address.text() + " is there twice");
        }
        plan.water_meters.push_back(std::move(meter));
      }
      if (addresses.size() > kMaxMeters) table.complain(ScenarioErrc::out_of_range, "water_meter", "at most 10000 meters");
    }
    read_modbus(table, defaults, models, plan);
    table.finish();
    scenario.lines.push_back(std::move(plan));
  }
}

void read_stations(TomlTable& root, const SiteDefaults& defaults, std::set<std::string>& addresses, Scenario& scenario) {
  std::set<std::string> names;
  std::set<std::string> files;
  for (TomlTable& table : root.tables("station")) {
    StationPlan plan = read_station(table, defaults);
    if (!names.insert(plan.gateway).second) {
      table.complain(ScenarioErrc::duplicate, "gateway", "each station has a name of its own");
    }
    if (!plan.spool_file.empty() && !files.insert(plan.spool_file).second) {
      table.complain(ScenarioErrc::duplicate, "spool_file", "each station has a file of its own");
    }
    for (const WaterSetup& device : plan.devices) {
      if (!addresses.insert(device.address).second) {
        table.complain(ScenarioErrc::duplicate, "device", device.address + " is there twice");
      }
    }
    scenario.stations.push_back(std::move(plan));
  }
  if (scenario.stations.size() > kMaxStations) root.complain(ScenarioErrc::out_of_range, "station", "at most 200 stations");
}

}  // namespace

base::Result<Scenario> parse_scenario(std::string_view text, const std::string& file, const Lookup& lookup, const Lookup& models) {
  const toml::parse_result parsed = toml::parse(text, file);
  if (!parsed) {
    const toml::parse_error& error = parsed.error();
    return base::fail(ScenarioErrc::not_toml,
                      file + ":" + std::to_string(error.source().begin.line) + ": " + std::string(error.description()));
  }
  Complaints complaints{file, lookup, std::nullopt};
  TomlTable root(parsed.table(), "", complaints);
  Scenario scenario;
  SiteDefaults defaults;
  if (auto clock = root.table("clock")) {
    defaults.energy_factor = clock->integer("energy_factor", 1, 1, 1'000'000);
    defaults.utc_offset_minutes = static_cast<int>(clock->integer("utc_offset_minutes", 480, -720, 840));
    clock->finish();
  }
  if (auto control = root.table("control")) {
    scenario.control = control->required_text("listen", "address:port");
    control->finish();
  }
  std::set<std::string> addresses;  // of all, so that the control port can name any of them
  read_lines(root, defaults, models, addresses, scenario);
  read_stations(root, defaults, addresses, scenario);
  root.finish();
  if (complaints.first) return tl::unexpected(*complaints.first);
  return scenario;
}

}  // namespace anju::sim
