#include "firmware-sim/app/scenario/meter_keys.hpp"

#include <utility>

#include "firmware-sim/app/scenario/shared_keys.hpp"
#include "protocols/base/decimal.hpp"

namespace anju::sim {
namespace {

constexpr std::int64_t kMaxWatts = 100'000;
constexpr std::int64_t kAddresses = 1'000'000'000'000;

LoadProfile read_load(TomlTable& table) {
  LoadProfile load;
  const std::string rule = R"(kW over the day, ascending: [[0, 0.2], [18, 1.5], ["22:30", 0.3]])";
  if (table.has("load_kw")) {
    const std::int64_t watts = table.decimal("load_kw", 3).value_or(0);
    if (watts > kMaxWatts) table.complain(ScenarioErrc::out_of_range, "load_kw", "0 to 100 kW");
    load = LoadProfile::constant(watts);
  }
  for (const auto& [from, node] : day_pairs(table, "load", rule)) {
    const std::int64_t watts = table.decimal_of(*node, "load", 3).value_or(0);
    if (watts > kMaxWatts) table.complain(ScenarioErrc::out_of_range, "load", "0 to 100 kW");
    load.steps.push_back({from, watts});
  }
  if (table.has("load") && table.has("load_kw"))
    table.complain(ScenarioErrc::duplicate, "load_kw", "either load or load_kw");
  load.noise_percent = static_cast<int>(table.integer("noise_percent", 0, 0, 100));
  return load;
}

TariffSchedule read_tariffs(TomlTable& table) {
  if (!table.has("tariffs")) return usual_schedule();
  const std::string rule =
      R"(tariffs over the day, ascending: [[0, "valley"], [7, "flat"], ["08:30", "peak"], [19, "sharp"]])";
  TariffSchedule schedule;
  for (const auto& [from, node] : day_pairs(table, "tariffs", rule)) {
    const std::string name = node->value_or(std::string());
    if (name == "sharp")
      schedule.push_back({from, Tariff::sharp});
    else if (name == "peak")
      schedule.push_back({from, Tariff::peak});
    else if (name == "flat")
      schedule.push_back({from, Tariff::flat});
    else if (name == "valley")
      schedule.push_back({from, Tariff::valley});
    else
      table.complain(ScenarioErrc::bad_value, "tariffs", rule);
  }
  return schedule;
}

AccessSetup read_access(TomlTable& table) {
  AccessSetup access;
  access.level = static_cast<std::uint8_t>(table.integer("access_level", access.level, 0, 99));
  access.tries = static_cast<int>(table.integer("password_tries", access.tries, 1, 1000));
  const std::string password = table.text("password").value_or("000000");
  const auto digits = password.size() == 6 ? base::parse_decimal(password, 0) : base::Result<std::int64_t>(-1);
  const auto wire = digits && *digits >= 0 ? base::encode_bcd(*digits, 3) : base::fail(ScenarioErrc::bad_value);
  if (!wire) {
    table.complain(ScenarioErrc::bad_value, "password", "six digits");
    return access;
  }
  for (std::size_t i = 0; i < access.password.size(); ++i) access.password[i] = base::to_u8((*wire)[i]);
  return access;
}

RegisterBlock read_start(TomlTable& table, std::uint64_t address) {
  // Without a start every meter has a past of its own, and always the same one.
  const auto written = table.decimal("start_kwh", 4);
  RegisterBlock block;
  block.total.e4 = written ? *written : static_cast<std::int64_t>(mix(address, 1) % 500'000) * 100;
  if (block.total.e4 >= kRolloverE4) table.complain(ScenarioErrc::out_of_range, "start_kwh", "below 1000000 kWh");
  const std::int64_t quarter = block.total.e4 / 4;
  block.tariffs = {base::Quantity(quarter), base::Quantity(quarter), base::Quantity(quarter),
                   base::Quantity(block.total.e4 - 3 * quarter)};
  return block;
}

std::vector<ScheduledFault> read_faults(TomlTable& table, const std::vector<MeterSetup>& meters) {
  std::vector<ScheduledFault> faults;
  for (TomlTable one : table.tables("fault")) {
    ScheduledFault planned;
    const auto kind = fault_kind(one.required_text("kind", "the fault's name"));
    if (kind)
      planned.fault.kind = *kind;
    else
      one.complain(
          ScenarioErrc::bad_value, "kind",
          "silent, silent_first, late, wrong_checksum, noise, half_frame, relay_stuck, clock_adrift or register_jump");
    planned.fault.value = planned.fault.kind == FaultKind::register_jump
                              ? one.decimal("value", 4).value_or(0)
                              : one.integer("value", 0, -100'000'000, 100'000'000);
    planned.fault.every = static_cast<int>(one.integer("every", 1, 1, 1'000'000));
    planned.after = one.duration("at").value_or(base::Millis(0));
    planned.cleared_after = one.duration("until");
    one.finish();
    for (const MeterSetup& meter : meters) {
      planned.meter = meter.address;
      faults.push_back(planned);
    }
  }
  return faults;
}

dlt645::Address address_of(std::int64_t number) {
  dlt645::Address address;
  const auto wire = base::encode_bcd(number, address.wire.size());
  for (std::size_t i = 0; wire && i < address.wire.size(); ++i) address.wire[i] = base::to_u8((*wire)[i]);
  return address;
}

}  // namespace

MeterPlan read_meters(TomlTable& table, const SiteDefaults& defaults) {
  const bool range = table.has("first_address");
  const std::int64_t first = read_address(table, range ? "first_address" : "address");
  const std::int64_t count = range ? table.integer("count", 1, 1, static_cast<std::int64_t>(kMaxMeters)) : 1;
  if (first + count > kAddresses) table.complain(ScenarioErrc::out_of_range, "count", "addresses end at 999999999999");

  MeterSetup setup;
  setup.load = read_load(table);
  setup.tariffs = read_tariffs(table);
  setup.access = read_access(table);
  setup.energy_factor = table.integer("energy_factor", defaults.energy_factor, 1, 1'000'000);
  setup.utc_offset_minutes = defaults.utc_offset_minutes;
  setup.phases = table.integer("phases", 1, 1, 3) == 3 ? 3 : 1;
  setup.preamble = static_cast<std::size_t>(table.integer("preamble", 4, 0, 4));
  setup.response_delay = base::Millis(table.integer("response_delay_ms", 60, 0, 500));
  setup.relay_delay = base::Millis(table.integer("relay_delay_ms", 300, 0, 600'000));
  setup.relay_open = table.flag("relay_open", false);
  setup.short_relay_command = table.flag("short_relay_command", false);
  setup.split_blocks = table.flag("split_blocks", false);
  setup.clock_offset = base::seconds(table.integer("clock_offset_s", 0, -1'000'000'000, 1'000'000'000));
  setup.clock_drift_ppm = table.integer("clock_drift_ppm", 0, -10'000, 10'000);
  const std::int64_t edition = table.integer("edition", 2007, 1997, 2007);
  if (edition != 1997 && edition != 2007) table.complain(ScenarioErrc::out_of_range, "edition", "1997 or 2007");
  setup.edition = edition == 1997 ? dlt645::Edition::y1997 : dlt645::Edition::y2007;
  setup.format = read_own_format(table, defaults.format);
  const std::string pattern = table.text("room").value_or("");
  const std::int64_t first_room = table.integer("first_room", 1, 0, 1'000'000);

  MeterPlan plan;
  for (std::int64_t i = 0; i < count; ++i) {
    const auto number = static_cast<std::uint64_t>(first + i);
    setup.address = address_of(first + i);
    setup.label = room(pattern, first_room + i);
    setup.seed = number;
    setup.load.seed = number;
    setup.start = read_start(table, number);
    plan.meters.push_back(setup);
  }
  plan.faults = read_faults(table, plan.meters);
  table.finish();
  return plan;
}

}  // namespace anju::sim
