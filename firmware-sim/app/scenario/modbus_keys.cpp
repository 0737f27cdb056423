#include "firmware-sim/app/scenario/modbus_keys.hpp"

#include "firmware-sim/app/scenario/modbus_profile.hpp"
#include "firmware-sim/app/scenario/shared_keys.hpp"

namespace anju::sim {
namespace {

constexpr std::int64_t kMaxWatts = 100'000, kLastUnit = 247;

ModbusMap read_map(TomlTable& table, const Lookup& models) {
  const std::string model = table.required_text("model", "the name of a profile: chint-ddsu666 …");
  if (model.empty()) return {};
  const auto text = models ? models(model) : std::nullopt;
  if (!text) {
    table.complain(ScenarioErrc::bad_value, "model", "no profile of the name " + model);
    return {};
  }
  auto map = parse_modbus_map(*text, model + ".toml");
  if (map) return *std::move(map);
  table.complain(ScenarioErrc::bad_value, "model", map.error().where);
  return {};
}

std::vector<TimedFault> read_faults(TomlTable& table) {
  std::vector<TimedFault> faults;
  for (TomlTable one : table.tables("fault")) {
    const auto kind = modbus_fault_kind(one.required_text("kind", "the fault's name"));
    if (!kind) one.complain(ScenarioErrc::bad_value, "kind", std::string(kModbusFaults));
    TimedFault timed{.fault = {.kind = kind.value_or(FaultKind::silent)}, .after = {}, .until = {}};
    if (kind == FaultKind::register_jump) {
      timed.fault.value = one.decimal("value", 4).value_or(0);
    } else if (kind == FaultKind::exception) {
      timed.fault.value = one.integer("value", 0, 0, kMaxException);
      if (timed.fault.value == 0) one.complain(ScenarioErrc::out_of_range, "value", "the exception's code, 1 to 11");
    } else {
      timed.fault.value = one.integer("value", 0, kind == FaultKind::clock_adrift ? -100'000'000 : 0, 100'000'000);
    }
    timed.fault.every = static_cast<int>(one.integer("every", 1, 1, 1'000'000));
    timed.after = one.duration("at").value_or(base::Millis(0));
    timed.until = one.duration("until");
    one.finish();
    faults.push_back(timed);
  }
  return faults;
}

}  // namespace

std::vector<ModbusSetup> read_modbus_meters(TomlTable& table, const SiteDefaults& defaults, const Lookup& models) {
  ModbusSetup setup;
  const std::int64_t unit = table.integer("unit", 0, 1, kLastUnit);
  if (!table.has("unit")) table.complain(ScenarioErrc::missing_key, "unit", "1 to 247");
  const std::int64_t count = table.integer("count", 1, 1, kLastUnit);
  if (unit + count - 1 > kLastUnit) table.complain(ScenarioErrc::out_of_range, "count", "units end at 247");
  setup.map = read_map(table, models);
  setup.format = read_own_format(table, setup.map.format).value_or(setup.map.format);
  setup.watts = table.decimal("load_kw", 3).value_or(0);
  if (table.has("flow_m3_h")) {
    setup.watts = table.decimal("flow_m3_h", 3).value_or(0);
    if (table.has("load_kw")) table.complain(ScenarioErrc::duplicate, "flow_m3_h", "either load_kw or flow_m3_h");
  }
  if (setup.watts > kMaxWatts) table.complain(ScenarioErrc::out_of_range, "load_kw", "0 to 100");
  setup.energy_factor = table.integer("energy_factor", defaults.energy_factor, 1, 1'000'000);
  setup.response_delay = base::Millis(table.integer("response_delay_ms", 30, 0, 5000));
  setup.relay_delay = base::Millis(table.integer("relay_delay_ms", 300, 0, 600'000));
  setup.supplied = !table.flag("relay_open", false);
  setup.utc_offset_minutes = defaults.utc_offset_minutes;
  setup.faults = read_faults(table);
  const auto start = table.decimal("start", 4);
  if (start.value_or(0) >= kRolloverE4) table.complain(ScenarioErrc::out_of_range, "start", "below 1000000 kWh or m3");
  const std::string pattern = table.text("room").value_or("");
  const std::int64_t first_room = table.integer("first_room", 1, 0, 1'000'000);

  std::vector<ModbusSetup> meters;
  for (std::int64_t i = 0; i < count && unit + i <= kLastUnit; ++i) {
    setup.unit = static_cast<std::uint8_t>(unit + i);
    setup.label = room(pattern, first_room + i);
    // Without a start every device has a past of its own, and always the same one.
    setup.start = base::Quantity(start.value_or(static_cast<std::int64_t>(mix(static_cast<std::uint64_t>(unit + i), 1) % 500'000) * 100));
    meters.push_back(setup);
  }
  table.finish();
  return meters;
}

}  // namespace anju::sim
