#include "gateway/core/profile_point.hpp"

#include <array>
#include <charconv>

namespace anju::gateway {
namespace {

constexpr std::int64_t kAddressSpace = 65536;
constexpr std::array<std::string_view, 5> kClocks{"clock_yyyy_first", "clock_yy_first", "clock_yy_last", "clock_bytes", "clock_bcd"};
constexpr std::string_view kClockList = "clock_yyyy_first, clock_yy_first, clock_yy_last, clock_bytes, clock_bcd";
constexpr std::string_view kOrderList = "ABCD, BADC, CDAB, DCBA";
constexpr std::string_view kPointList = "the names of device_terms.hpp";

std::optional<ClockLayout> clock_of(std::string_view text) {
  const auto at = std::ranges::find(kClocks, text);
  return at == kClocks.end() ? std::nullopt : std::optional(static_cast<ClockLayout>(at - kClocks.begin()));
}

std::optional<PointType> type_of(std::string_view text) {
  if (text == "bit") return BitType{};
  if (const auto type = modbus::type_of(text)) return *type;
  if (const auto clock = clock_of(text)) return *clock;
  return std::nullopt;
}

/// "12" or "0x0C". Error: empty.
std::optional<std::uint64_t> raw_of(std::string_view text) {
  const bool hex = text.starts_with("0x");
  if (hex) text.remove_prefix(2);
  std::uint64_t value = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value, hex ? 16 : 10);
  if (text.empty() || failure != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// The wire's address of what a file calls `key`, for so many registers.
std::uint16_t address_of(ProfileKeys& keys, std::string_view key, const PointDefaults& defaults, std::size_t size) {
  const std::int64_t least = defaults.base, most = kAddressSpace - 1 + defaults.base - (static_cast<std::int64_t>(size) - 1);
  return static_cast<std::uint16_t>(keys.number(key, least, most) - defaults.base);
}

modbus::Function read_function(ProfileKeys& keys) {
  const auto code = keys.number("function", 1, 4);
  return *modbus::function_of(static_cast<std::uint8_t>(code));
}

bool is_whole_without_sign(const PointType& type) {
  const auto* number = std::get_if<modbus::Type>(&type);
  if (number == nullptr) return std::holds_alternative<BitType>(type);
  using enum modbus::Type;
  return *number == u16 || *number == u32 || *number == u48 || *number == u64;
}

void read_number(ProfileKeys& keys, Point& point) {
  const auto dimensions = {dimension_of(point.name), Dimension::percent};
  const std::string text = keys.text("unit");
  const SourceUnit* unit = nullptr;
  for (const Dimension dimension : dimensions) {
    if (unit == nullptr && may_be(point.name, dimension)) unit = source_unit_of(text, dimension);
  }
  if (unit == nullptr && !text.empty()) keys.wrong("unit", "is '" + text + "', which is no unit of " + std::string(to_string(point.name)));
  if (unit != nullptr) point.unit = *unit;
  if (!std::holds_alternative<modbus::Type>(point.type)) keys.wrong("type", "has to be a number's");
  for (const TomlValue& value : keys.array("scale", 3)) {
    const auto* name = std::get_if<std::string>(&value.value);
    const auto scale = name == nullptr ? std::nullopt : point_name_of(*name);
    const bool can_scale = scale && (dimension_of(*scale) == Dimension::ratio || dimension_of(*scale) == Dimension::exponent);
    if (!can_scale) {
      keys.wrong("scale", "has to list points that are ratios or exponents");
      return;
    }
    point.scale.push_back(*scale);
  }
  if (!point.scale.empty() && (point.unit.dimension == Dimension::ratio || point.unit.dimension == Dimension::exponent)) {
    keys.wrong("scale", "cannot stand at a ratio or exponent");
  }
}

void read_states(ProfileKeys& keys, Point& point) {
  for (const TomlMember& member : keys.table("states")) {
    const auto raw = raw_of(member.key);
    const auto* text = std::get_if<std::string>(&member.value.value);
    const auto state = text == nullptr ? std::nullopt : state_of(*text);
    if (!raw || (*raw & ~point.mask) != 0) return keys.wrong("states", "has '" + member.key + "', which is no number within the mask: write 2 or 0x02");
    if (!state || !may_be(point.name, *state)) {
      return keys.wrong("states", "has a state at " + member.key + " that " + std::string(to_string(point.name)) + " cannot have");
    }
    for (const auto& [other, ignored] : point.states) {
      if (other == *raw) return keys.wrong("states", "has the value " + member.key + " twice");
    }
    point.states.emplace_back(*raw, *state);
  }
  if (point.states.empty()) keys.wrong("states", "has to say which value means what: { 0 = \"open\", 1 = \"closed\" }");
  if (!is_whole_without_sign(point.type)) keys.wrong("type", "of a state has to be bit, u16, u32, u48 or u64");
}

void read_bits(ProfileKeys& keys, Point& point) {
  const std::uint64_t width = point.size() * 16;
  for (const TomlMember& member : keys.table("bits")) {
    const auto bit = raw_of(member.key);
    const auto* text = std::get_if<std::string>(&member.value.value);
    const auto alarm = text == nullptr ? std::nullopt : alarm_of(*text);
    if (!bit || *bit >= width) return keys.wrong("bits", "has '" + member.key + "', which is no bit of the type: 0 is the lowest");
    if (!alarm) return keys.wrong("bits", "has no alarm of the list at " + member.key);
    point.bits.emplace_back(static_cast<unsigned>(*bit), *alarm);
  }
  if (point.bits.empty()) keys.wrong("bits", "has to say which bit means what: { 0 = \"battery_low\" }");
  if (!is_whole_without_sign(point.type) || std::holds_alternative<BitType>(point.type)) keys.wrong("type", "of alarms has to be u16, u32, u48 or u64");
}

/// Keys that belong to another sort of point.
void refuse(ProfileKeys& keys, std::initializer_list<std::string_view> others, PointName name) {
  for (const auto key : others) {
    if (keys.has(key)) keys.wrong(key, "has no meaning for " + std::string(to_string(name)));
  }
}

ProfileWrite read_write(ProfileKeys& keys, const PointDefaults& defaults) {
  keys.only({"function", "address", "value", "values", "clock"});
  const auto code = keys.number("function", 5, 16);
  const auto function = modbus::function_of(static_cast<std::uint8_t>(code));
  std::vector<std::int64_t> values;
  const bool coil = code == 5 || code == 15, one = code == 5 || code == 6;
  if (!function) keys.wrong("function", "has to be 5, 6, 15 or 16");
  if (keys.has("clock")) {
    if (code != 16) keys.wrong("function", "of a clock has to be 16");
    refuse(keys, {"value", "values"}, PointName::clock);
    const auto layout = keys.word("clock", clock_of, kClockList).value_or(ClockLayout::clock_yyyy_first);
    const auto address = address_of(keys, "address", defaults, registers_of(layout));
    return {.request = modbus::WriteRegisters{.address = address, .values = {}}, .clock = layout};
  }
  const std::int64_t most = coil ? 1 : 65535;
  if (one || keys.has("value")) {
    values.push_back(keys.number("value", 0, most));
    if (keys.has("values")) keys.wrong("values", "has no meaning beside 'value'");
  } else {
    for (const TomlValue& value : keys.array("values", 16)) values.push_back(keys.number("values", value, 0, most));
    if (values.empty()) keys.wrong("values", "is missing: add it, or 'value'");
  }
  const auto address = address_of(keys, "address", defaults, std::max<std::size_t>(values.size(), 1));
  if (code == 5) return {.request = modbus::WriteCoil{.address = address, .on = values[0] != 0}, .clock = {}};
  if (code == 6) return {.request = modbus::WriteRegister{.address = address, .value = static_cast<std::uint16_t>(values[0])}, .clock = {}};
  if (code == 15) return {.request = modbus::WriteCoils{.address = address, .on = std::vector<bool>(values.begin(), values.end())}, .clock = {}};
  modbus::WriteRegisters many{.address = address, .values = {}};
  for (const std::int64_t value : values) many.values.push_back(static_cast<std::uint16_t>(value));
  return {.request = std::move(many), .clock = {}};
}

/// Which point and state an action has to be verified by.
bool verifies(ActionName action, const Verification& verify) {
  const auto state_is = [&](PointName point, State state) { return verify.point == point && verify.state == state; };
  switch (action) {
    case ActionName::trip: return verify.state && supplies(verify.point, *verify.state) == false;
    case ActionName::close: return verify.state && supplies(verify.point, *verify.state) == true;
    case ActionName::temperature_valve_open: return state_is(PointName::temperature_valve, State::open);
    case ActionName::temperature_valve_close: return state_is(PointName::temperature_valve, State::closed);
    case ActionName::automatic_on: return state_is(PointName::automatic, State::on);
    case ActionName::automatic_off: return state_is(PointName::automatic, State::off);
    case ActionName::set_clock: return verify.point == PointName::clock && !verify.state;
  }
  return false;
}

Verification read_verification(ProfileKeys& keys, ActionName action) {
  Verification verify;
  verify.point = keys.word("point", point_name_of, kPointList).value_or(PointName::relay);
  if (action == ActionName::set_clock) {
    keys.only({"point", "within_s"});
    verify.within = base::seconds(keys.number("within_s", 1, 600));
  } else {
    keys.only({"point", "state"});
    verify.state = keys.word("state", state_of, "open, closed, on, off");
  }
  return verify;
}

}  // namespace

std::size_t registers_of(ClockLayout layout) { return layout == ClockLayout::clock_bytes || layout == ClockLayout::clock_bcd ? 3 : 6; }

std::size_t Point::size() const {
  if (const auto* number = std::get_if<modbus::Type>(&type)) return modbus::registers_of(*number);
  const auto* clock = std::get_if<ClockLayout>(&type);
  return clock == nullptr ? 1 : registers_of(*clock);
}

Point read_point(ProfileKeys& keys, const PointDefaults& defaults) {
  keys.only({"name", "function", "address", "type", "order", "unit", "scale", "absent", "mask", "states", "bits"});
  Point point;
  point.name = keys.word("name", point_name_of, kPointList).value_or(PointName::alarms);
  keys.rename(keys.place() + std::string(to_string(point.name)) + ": ");
  point.function = read_function(keys);
  point.type = keys.word("type", type_of, "bit, u16, i16, u32, i32, u48, u64, i64, float32, float64, bcd16, bcd32, " + std::string(kClockList))
                   .value_or(PointType(modbus::Type::u16));
  if (modbus::reads_bits(point.function) != std::holds_alternative<BitType>(point.type)) {
    keys.wrong("type", "has to be bit with functions 1 and 2, and with no other");
  }
  point.order = keys.has("order") ? keys.word("order", modbus::order_of, kOrderList).value_or(defaults.order) : defaults.order;
  point.address = address_of(keys, "address", defaults, point.size());
  constexpr std::int64_t kMost = 9'223'372'036'854'775'807;
  if (keys.has("absent")) point.absent = static_cast<std::uint64_t>(keys.number("absent", 0, kMost));
  if (keys.has("mask")) point.mask = static_cast<std::uint64_t>(keys.number("mask", 1, kMost));
  switch (dimension_of(point.name)) {
    case Dimension::state:
      refuse(keys, {"unit", "scale", "bits"}, point.name);
      read_states(keys, point);
      break;
    case Dimension::alarms:
      refuse(keys, {"unit", "scale", "states", "mask"}, point.name);
      read_bits(keys, point);
      break;
    case Dimension::clock:
      refuse(keys, {"unit", "scale", "states", "bits", "mask", "absent", "order"}, point.name);
      if (!std::holds_alternative<ClockLayout>(point.type)) keys.wrong("type", "has to be one of " + std::string(kClockList));
      break;
    case Dimension::energy:
    case Dimension::volume:
    case Dimension::voltage:
    case Dimension::current:
    case Dimension::power:
    case Dimension::temperature:
    case Dimension::flow:
    case Dimension::frequency:
    case Dimension::power_factor:
    case Dimension::percent:
    case Dimension::ratio:
    case Dimension::exponent:
      refuse(keys, {"states", "bits", "mask"}, point.name);
      read_number(keys, point);
      break;
  }
  return point;
}

ProfileAction read_action(ProfileKeys& keys, const PointDefaults& defaults) {
  keys.only({"name", "writes", "verify"});
  ProfileAction action;
  action.name = keys.word("name", action_name_of, "trip, close, temperature_valve_open, temperature_valve_close, automatic_on, automatic_off, set_clock")
                    .value_or(ActionName::trip);
  keys.rename(keys.place() + std::string(to_string(action.name)) + ": ");
  for (const TomlValue& value : keys.array("writes", kMostWrites)) {
    ProfileKeys write(keys.fault(), keys.table("writes", value), keys.place() + "write " + std::to_string(action.writes.size() + 1) + ": ");
    action.writes.push_back(read_write(write, defaults));
    if (action.writes.back().clock && action.name != ActionName::set_clock) write.wrong("clock", "belongs to set_clock");
  }
  if (action.writes.empty()) keys.wrong("writes", "has to list at least one write");
  if (!keys.has("verify")) {
    keys.wrong("verify", "is missing: an acknowledgement is not a success, say which point has to say what");
    return action;
  }
  ProfileKeys verify(keys.fault(), keys.table("verify"), keys.place() + "verify: ");
  action.verify = read_verification(verify, action.name);
  if (!verifies(action.name, action.verify)) {
    keys.wrong("verify", "does not prove " + std::string(to_string(action.name)) +
                             ": trip is a relay that is open or a valve that is closed, close the reverse; the others their own point");
  }
  return action;
}

Hole read_hole(ProfileKeys& keys, const PointDefaults& defaults) {
  keys.only({"function", "first", "last"});
  Hole hole;
  hole.function = read_function(keys);
  hole.first = address_of(keys, "first", defaults, 1);
  hole.last = address_of(keys, "last", defaults, 1);
  if (hole.last < hole.first) keys.wrong("last", "has to be at or behind 'first'");
  return hole;
}

}  // namespace anju::gateway
