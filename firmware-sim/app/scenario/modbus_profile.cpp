#include "firmware-sim/app/scenario/modbus_profile.hpp"

#define TOML_EXCEPTIONS 0

#include <array>
#include <cstdint>
#include <cstdlib>
#include <utility>

#include <toml++/toml.h>

namespace anju::sim {
namespace {

/// How much of the unit in which values are kept one of these is: 1/10 000 kWh, m3, kW and m3/h; mV, mA; 1/100 degC; 1/1000 of Hz and power factor;
/// 1/10 %; 1/100 of a ratio.
constexpr std::array<std::pair<std::string_view, std::int64_t>, 47> kUnits{{
    {"MWh", 10'000'000}, {"kWh", 10'000}, {"0.1kWh", 1'000}, {"0.01kWh", 100}, {"0.001kWh", 10}, {"Wh", 10}, {"0.1Wh", 1},
    {"m3", 10'000}, {"0.1m3", 1'000}, {"0.01m3", 100}, {"0.001m3", 10}, {"L", 10}, {"10L", 100}, {"0.1L", 1},
    {"V", 1'000}, {"0.1V", 100}, {"0.01V", 10}, {"mV", 1}, {"A", 1'000}, {"0.1A", 100}, {"0.01A", 10}, {"mA", 1},
    {"kW", 10'000}, {"0.01kW", 100}, {"0.001kW", 10}, {"W", 10}, {"0.1W", 1},
    {"degC", 100}, {"0.1degC", 10}, {"0.01degC", 1}, {"m3/h", 10'000}, {"0.01m3/h", 100}, {"0.001m3/h", 10}, {"L/h", 10}, {"L/min", 600},
    {"Hz", 1'000}, {"0.1Hz", 100}, {"0.01Hz", 10}, {"0.001Hz", 1}, {"1", 1'000}, {"0.01", 10}, {"0.001", 1},
    {"%", 10}, {"0.1%", 1}, {"x1", 100}, {"x0.1", 10}, {"x0.01", 1},
}};
constexpr std::array<std::pair<std::string_view, ModbusClock>, 5> kClocks{{{"clock_yyyy_first", ModbusClock::yyyy_first}, {"clock_yy_first", ModbusClock::yy_first},
                                                                          {"clock_yy_last", ModbusClock::yy_last}, {"clock_bytes", ModbusClock::bytes},
                                                                          {"clock_bcd", ModbusClock::bcd}}};

/// Keeps the first thing that is wrong.
class Reader {
 public:
  explicit Reader(std::string file) : file_(std::move(file)) {}

  std::int64_t number(const toml::table& table, std::string_view key, std::int64_t least, std::int64_t most, std::optional<std::int64_t> otherwise = {}) {
    const auto value = table[key].value_exact<std::int64_t>();
    if (!value && otherwise && !table.contains(key)) return *otherwise;
    if (!value || *value < least || *value > most) wrong(key, "a number from " + std::to_string(least) + " to " + std::to_string(most));
    return value && *value >= least && *value <= most ? *value : least;
  }
  std::string text(const toml::table& table, std::string_view key) { return table[key].value_or(std::string()); }
  void wrong(std::string_view key, const std::string& rule) {
    if (!error_) error_ = base::Error(ScenarioErrc::bad_value, file_ + ": " + place + std::string(key) + ": " + rule);
  }
  [[nodiscard]] const std::optional<base::Error>& error() const { return error_; }

  std::string place;
  std::int64_t base = 0;
  modbus::Order order = modbus::Order::abcd;

 private:
  std::string file_;
  std::optional<base::Error> error_;
};

modbus::Function function_of(Reader& reader, const toml::table& table, std::int64_t least, std::int64_t most) {
  const auto function = modbus::function_of(static_cast<std::uint8_t>(reader.number(table, "function", least, most)));
  if (!function) reader.wrong("function", "one that reads or writes");
  return function.value_or(modbus::Function::read_holding_registers);
}

std::uint16_t address_of(Reader& reader, const toml::table& table, std::string_view key) {
  return static_cast<std::uint16_t>(reader.number(table, key, reader.base, 65'535 + reader.base) - reader.base);
}

ModbusPoint read_point(Reader& reader, const toml::table& table) {
  ModbusPoint point;
  point.name = reader.text(table, "name");
  reader.place = "point " + point.name + ": ";
  point.function = function_of(reader, table, 1, 4);
  point.address = address_of(reader, table, "address");
  const std::string type = reader.text(table, "type");
  const auto number = modbus::type_of(type);
  const auto clock = std::find_if(kClocks.begin(), kClocks.end(), [&](const auto& row) { return row.first == type; });
  if (number) point.type = *number;
  if (type == "bit") point.type = std::monostate();
  if (clock != kClocks.end()) point.type = clock->second;
  if (!number && type != "bit" && clock == kClocks.end()) reader.wrong("type", "no type");
  point.order = reader.order;
  if (table.contains("order")) point.order = modbus::order_of(reader.text(table, "order")).value_or(reader.order);
  if (const std::string unit = reader.text(table, "unit"); !unit.empty() && unit != "10^n") {
    const auto row = std::find_if(kUnits.begin(), kUnits.end(), [&](const auto& one) { return one.first == unit; });
    if (row == kUnits.end()) reader.wrong("unit", "no unit");
    if (row != kUnits.end()) point.factor = row->second;
  }
  if (const auto* states = table["states"].as_table()) {
    for (const auto& [key, value] : *states) {
      point.states.emplace_back(std::strtoull(std::string(key.str()).c_str(), nullptr, 0), value.value_or(std::string()));
    }
  }
  return point;
}

std::optional<modbus::Request> read_write(Reader& reader, const toml::table& table) {
  if (table.contains("clock")) return std::nullopt;
  const auto function = function_of(reader, table, 5, 16);
  const std::uint16_t address = address_of(reader, table, "address");
  std::vector<std::uint16_t> values;
  if (table.contains("value")) values.push_back(static_cast<std::uint16_t>(reader.number(table, "value", 0, 65'535)));
  if (const auto* list = table["values"].as_array()) {
    for (const auto& value : *list) values.push_back(static_cast<std::uint16_t>(value.value_or<std::int64_t>(0)));
  }
  if (values.empty()) {
    reader.wrong("value", "is missing");
    return std::nullopt;
  }
  switch (function) {
    case modbus::Function::write_coil: return modbus::WriteCoil{address, values[0] != 0};
    case modbus::Function::write_register: return modbus::WriteRegister{address, values[0]};
    case modbus::Function::write_coils: return modbus::WriteCoils{address, std::vector<bool>(values.begin(), values.end())};
    case modbus::Function::write_registers: return modbus::WriteRegisters{address, values};
    case modbus::Function::read_coils:
    case modbus::Function::read_discrete_inputs:
    case modbus::Function::read_holding_registers:
    case modbus::Function::read_input_registers: break;
  }
  reader.wrong("function", "5, 6, 15 or 16");
  return std::nullopt;
}

void read_order(Reader& reader, const toml::table& table, ModbusMap& map) {
  reader.place = "action " + reader.text(table, "name") + ": ";
  ModbusOrder order;
  if (const auto* verify = table["verify"].as_table()) order.point = reader.text(*verify, "point"), order.state = reader.text(*verify, "state");
  if (const auto* writes = table["writes"].as_array()) {
    for (const auto& one : *writes) {
      const auto request = one.is_table() ? read_write(reader, *one.as_table()) : std::nullopt;
      if (!request) return;  // a clock, which nobody sets here
      order.writes.push_back(*request);
    }
  }
  if (!order.writes.empty() && !order.state.empty()) map.orders.push_back(std::move(order));
}

}  // namespace

base::Result<ModbusMap> parse_modbus_map(std::string_view text, const std::string& file) {
  const toml::parse_result parsed = toml::parse(text, file);
  if (!parsed) return base::fail(ScenarioErrc::not_toml, file + ": " + std::string(parsed.error().description()));
  const toml::table& root = parsed.table();
  Reader reader(file);
  ModbusMap map;
  map.name = reader.text(root, "name");
  const std::string format = reader.text(root, "format");
  if (format.size() != 3) reader.wrong("format", "as delivered, like 8N1");
  map.format = WireFormat(static_cast<std::uint32_t>(reader.number(root, "baud", 300, 115'200)), format.size() == 3 ? format[1] : 'N');
  map.max_gap = static_cast<std::size_t>(reader.number(root, "max_gap", 0, 125, 8));
  reader.base = reader.number(root, "base", 0, 1);
  if (root.contains("order")) reader.order = modbus::order_of(reader.text(root, "order")).value_or(modbus::Order::abcd);
  if (const auto* holes = root["unreadable"].as_array()) {
    for (const auto& one : *holes) {
      const auto* hole = one.as_table();
      if (hole != nullptr) map.unreadable.push_back({function_of(reader, *hole, 1, 4), address_of(reader, *hole, "first"), address_of(reader, *hole, "last")});
    }
  }
  if (const auto* points = root["point"].as_array()) {
    for (const auto& one : *points) {
      if (one.is_table()) map.points.push_back(read_point(reader, *one.as_table()));
    }
  }
  if (const auto* actions = root["action"].as_array()) {
    for (const auto& one : *actions) {
      if (one.is_table()) read_order(reader, *one.as_table(), map);
    }
  }
  if (map.points.empty()) reader.wrong("point", "at least one");
  if (reader.error()) return tl::unexpected(*reader.error());
  return map;
}

}  // namespace anju::sim
