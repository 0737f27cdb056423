#include "firmware-sim/app/scenario/station_keys.hpp"

#include <cstdio>
#include <utility>

#include "firmware-sim/app/scenario/shared_keys.hpp"
#include "protocols/base/id.hpp"

namespace anju::sim {
namespace {

constexpr std::int64_t kMostDegrees_dc = 1000;

std::vector<PlannedFault> read_faults(TomlTable& table) {
  std::vector<PlannedFault> faults;
  for (TomlTable one : table.tables("fault")) {
    PlannedFault planned;
    const auto fault = water_fault(one.required_text("kind", "the fault's name"));
    if (!fault) one.complain(ScenarioErrc::bad_value, "kind", "silent, valve_stuck, leak, register_jump or clock_adrift");
    planned.fault = fault.value_or(WaterFault::silent);
    planned.value = planned.fault == WaterFault::clock_adrift ? one.integer("value", 0, -100'000'000, 100'000'000)
                                                              : one.decimal("value", 4).value_or(0);
    planned.after = one.duration("at").value_or(base::Millis(0));
    planned.until = one.duration("until");
    one.finish();
    faults.push_back(planned);
  }
  return faults;
}

BoilerSetup read_boiler(TomlTable& table) {
  BoilerSetup boiler;
  const auto degrees = [&table](std::string_view key, std::int64_t otherwise_dc) {
    const std::int64_t value = table.decimal(key, 1).value_or(otherwise_dc);
    if (value > kMostDegrees_dc) table.complain(ScenarioErrc::out_of_range, key, "0 to 100 degrees");
    return value;
  };
  boiler.start_dc = degrees("temperature_c", boiler.start_dc);
  boiler.supply_dc = degrees("supply_c", boiler.supply_dc);
  boiler.hysteresis_dc = degrees("hysteresis_c", boiler.hysteresis_dc);
  boiler.warming = base::seconds(table.integer("warming_s", boiler.warming.value / 1000, 1, 1'000'000));
  boiler.cooling = base::seconds(table.integer("cooling_s", boiler.cooling.value / 1000, 1, 1'000'000));
  return boiler;
}

WaterSetup read_device(TomlTable& table, const SiteDefaults& defaults) {
  WaterSetup setup;
  const auto number = static_cast<std::uint64_t>(read_address(table, "address"));
  char digits[13];
  std::snprintf(digits, sizeof digits, "%012llu", static_cast<unsigned long long>(number));
  setup.address = digits;
  setup.id = table.text("id").value_or("");
  setup.label = table.text("room").value_or("");
  setup.seed = number;
  setup.utc_offset_minutes = defaults.utc_offset_minutes;
  const std::string kind = table.text("kind").value_or("water");
  if (kind != "water" && kind != "hot_water") table.complain(ScenarioErrc::bad_value, "kind", "water or hot_water");
  setup.valve = table.flag("valve", true);
  if (kind == "hot_water" && !setup.valve) table.complain(ScenarioErrc::bad_value, "valve", "a controller has one");
  read_water(table, number, setup);
  setup.speed = table.integer("energy_factor", defaults.energy_factor, 1, 1'000'000);
  setup.valve_delay = base::Millis(table.integer("valve_delay_ms", 2000, 0, 600'000));
  if (kind == "hot_water") {
    setup.boiler = read_boiler(table);
    setup.boiler->valve_delay = setup.valve_delay;
    setup.ambient = read_profile(table, "ambient_c", "ambient", 1, kMostDegrees_dc, 200);
  }
  setup.faults = read_faults(table);
  table.finish();
  return setup;
}

std::string read_id(TomlTable& table, std::string_view key) {
  const std::string rule = "1 to 64 of A-Z a-z 0-9 _ -";
  std::string id = table.required_text(key, rule);
  if (!base::is_id(id)) table.complain(ScenarioErrc::bad_value, key, rule);
  return id;
}

}  // namespace

StationPlan read_station(TomlTable& table, const SiteDefaults& defaults) {
  StationPlan plan;
  plan.site = read_id(table, "site");
  plan.gateway = read_id(table, "gateway");
  plan.broker = table.required_text("broker", "mqtt://host:port, or mqtts:// with ca_file");
  if (plan.broker.starts_with("tcp://")) plan.broker.replace(0, 3, "mqtt");
  plan.key_file = table.required_text("key_file", "the file that anju-platform made for this gateway");
  plan.spool_file = table.text("spool_file").value_or("");
  plan.user = table.text("user").value_or("");
  plan.password = table.text("password").value_or("");
  plan.ca_file = table.text("ca_file").value_or("");
  plan.tls_certificate_file = table.text("tls_certificate_file").value_or("");
  plan.tls_key_file = table.text("tls_key_file").value_or("");
  for (TomlTable& device : table.tables("device")) plan.devices.push_back(read_device(device, defaults));
  if (plan.devices.empty()) table.complain(ScenarioErrc::missing_key, "device", "at least one [[station.device]]");
  if (plan.devices.size() > kMaxMeters) table.complain(ScenarioErrc::out_of_range, "device", "at most 10000 devices");
  table.finish();
  return plan;
}

}  // namespace anju::sim
