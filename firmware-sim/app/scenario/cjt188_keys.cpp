#include "firmware-sim/app/scenario/cjt188_keys.hpp"

#include <cstdio>
#include <utility>

#include "firmware-sim/app/scenario/shared_keys.hpp"
#include "protocols/base/decimal.hpp"

namespace anju::sim {
namespace {

constexpr std::size_t kVendor = 4;  // digits of the vendor code, in front of ten of the number
constexpr std::int64_t kNumbers = 10'000'000'000;

/// Reads a text with a codec's parser; what the parser refuses is the complaint.
template <class Value>
void read_option(TomlTable& table, std::string_view key, base::Result<Value> (*parse)(std::string_view), Value& value) {
  const auto text = table.text(key);
  if (!text) return;
  const auto parsed = parse(*text);
  if (parsed) {
    value = *parsed;
  } else {
    table.complain(ScenarioErrc::bad_value, key, parsed.error().where);
  }
}

cjt188::Options read_options(TomlTable& table) {
  cjt188::Options options;
  read_option(table, "meter_type", cjt188::parse_meter_type, options.meter_type);
  if (options.meter_type == cjt188::kAnyType) table.complain(ScenarioErrc::bad_value, "meter_type", "a meter has a type of its own: 10 to 49");
  read_option(table, "di_order", cjt188::parse_di_order, options.di_order);
  read_option(table, "status_map", cjt188::parse_status_map, options.status_map);
  read_option(table, "valve_open_code", cjt188::parse_valve_code, options.valve_open);
  read_option(table, "valve_close_code", cjt188::parse_valve_code, options.valve_close);
  read_option(table, "ack", cjt188::parse_ack_form, options.ack);
  if (const auto sound = cjt188::check(options); !sound) table.complain(ScenarioErrc::bad_value, "valve_open_code", sound.error().where);
  return options;
}

/// Faults of the replies go to the one list, those of water and valve to the other.
void read_faults(TomlTable& table, Cjt188Setup& setup) {
  for (TomlTable one : table.tables("fault")) {
    const std::string name = one.required_text("kind", "the fault's name");
    const base::Millis after = one.duration("at").value_or(base::Millis(0));
    const auto until = one.duration("until");
    const auto water = name == "silent" ? std::nullopt : water_fault(name);  // silent is a fault of the replies
    if (water) {
      const bool is_clock = *water == WaterFault::clock_adrift;
      const std::int64_t value = is_clock ? one.integer("value", 0, -100'000'000, 100'000'000) : one.decimal("value", 4).value_or(0);
      setup.water.faults.push_back({*water, value, after, until});
      one.finish();
      continue;
    }
    Fault fault{.kind = fault_kind(name).value_or(FaultKind::relay_stuck)};
    fault.value = one.integer("value", 0, 0, 100'000'000);
    fault.every = static_cast<int>(one.integer("every", 1, 1, 1'000'000));
    if (fault.kind == FaultKind::relay_stuck) {  // the one kind that the names above leave over, and unknown ones
      one.complain(ScenarioErrc::bad_value, "kind",
                   "silent, silent_first, late, wrong_checksum, noise, half_frame, valve_stuck, leak, register_jump or clock_adrift");
    }
    setup.faults.push_back({fault, after, until});
    one.finish();
  }
}

/// The address with its number (the ten low digits) counted up.
std::optional<cjt188::Address> counted_up(const std::string& text, std::int64_t by) {
  if (by == 0) {
    const auto address = cjt188::Address::parse(text);
    return address && !address->is_wildcard() ? std::optional(*address) : std::nullopt;
  }
  const auto number = text.size() == 14 ? base::parse_decimal(text.substr(kVendor), 0) : base::Result<std::int64_t>(-1);
  if (!number || *number < 0 || *number + by >= kNumbers) return std::nullopt;
  char digits[24];
  std::snprintf(digits, sizeof digits, "%010lld", static_cast<long long>(*number + by));
  const auto address = cjt188::Address::parse(text.substr(0, kVendor) + digits);
  return address ? std::optional(*address) : std::nullopt;
}

}  // namespace

std::vector<Cjt188Setup> read_cjt188_meters(TomlTable& table, const SiteDefaults& defaults) {
  const std::string rule = "fourteen hex digits: four of the vendor, ten of the number (decimal where a count is given)";
  const std::string first = table.required_text("address", rule);
  const std::int64_t count = table.integer("count", 1, 1, static_cast<std::int64_t>(kMaxMeters));
  const std::string pattern = table.text("room").value_or("");
  const std::int64_t first_room = table.integer("first_room", 1, 0, 1'000'000);

  Cjt188Setup setup;
  setup.options = read_options(table);
  setup.preamble = static_cast<std::size_t>(table.integer("preamble", 4, 0, 4));
  setup.response_delay = base::Millis(table.integer("response_delay_ms", 60, 0, 500));
  setup.answers_any_type = table.flag("answers_any_type", true);
  setup.answers_abbreviated = table.flag("answers_abbreviated", false);
  setup.format = read_own_format(table, defaults.format);
  setup.short_form = table.flag("short_form", false);
  setup.clock_set = table.flag("clock_set", true);
  setup.battery_low = table.flag("battery_low", false);
  setup.reports_fault = table.flag("reports_fault", false);
  setup.water.utc_offset_minutes = defaults.utc_offset_minutes;
  setup.water.speed = table.integer("energy_factor", defaults.energy_factor, 1, 1'000'000);
  setup.water.valve = table.flag("valve", true);
  setup.water.valve_delay = base::seconds(table.integer("valve_travel_s", 5, 0, 600));
  read_faults(table, setup);

  std::vector<Cjt188Setup> meters;
  for (std::int64_t i = 0; i < count; ++i) {
    const auto address = counted_up(first, i);
    if (!address) {
      table.complain(ScenarioErrc::bad_value, "address", rule);
      break;
    }
    setup.address = *address;
    setup.water.address = address->text();
    setup.water.label = room(pattern, first_room + i);
    std::uint64_t number = 0;
    for (const std::uint8_t pair : address->wire) number = number << 8 | pair;
    read_water(table, number, setup.water);
    meters.push_back(setup);
  }
  table.finish();
  return meters;
}

}  // namespace anju::sim
