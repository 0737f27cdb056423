#include "gateway/core/device_terms.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace anju::gateway {
namespace {


struct DimensionRow {
  int decimals;
  std::string_view unit;
};
constexpr std::array kDimensions{
    DimensionRow{4, "kWh"}, DimensionRow{4, "m3"}, DimensionRow{3, "V"}, DimensionRow{3, "A"}, DimensionRow{4, "kW"}, DimensionRow{2, "degC"},
    DimensionRow{4, "m3/h"}, DimensionRow{3, "Hz"}, DimensionRow{3, ""}, DimensionRow{1, "%"}, DimensionRow{2, ""}, DimensionRow{0, ""},
    DimensionRow{0, ""}, DimensionRow{0, ""}, DimensionRow{0, ""},
};
static_assert(kDimensions.size() == static_cast<std::size_t>(Dimension::clock) + 1);

struct PointRow {
  PointName name;
  std::string_view text;
  Dimension dimension;
};
using enum Dimension;
constexpr std::array kPoints{
    PointRow{PointName::energy_total, "energy_total", energy}, PointRow{PointName::energy_sharp, "energy_sharp", energy},
    PointRow{PointName::energy_peak, "energy_peak", energy}, PointRow{PointName::energy_flat, "energy_flat", energy},
    PointRow{PointName::energy_valley, "energy_valley", energy}, PointRow{PointName::energy_reverse, "energy_reverse", energy},
    PointRow{PointName::volume_total, "volume_total", volume}, PointRow{PointName::volume_reverse, "volume_reverse", volume},
    PointRow{PointName::voltage_a, "voltage_a", voltage}, PointRow{PointName::voltage_b, "voltage_b", voltage},
    PointRow{PointName::voltage_c, "voltage_c", voltage}, PointRow{PointName::current_a, "current_a", current},
    PointRow{PointName::current_b, "current_b", current}, PointRow{PointName::current_c, "current_c", current},
    PointRow{PointName::power, "power", power}, PointRow{PointName::power_a, "power_a", power}, PointRow{PointName::power_b, "power_b", power},
    PointRow{PointName::power_c, "power_c", power}, PointRow{PointName::frequency, "frequency", frequency},
    PointRow{PointName::power_factor, "power_factor", power_factor}, PointRow{PointName::temperature, "temperature", temperature},
    PointRow{PointName::temperature_target, "temperature_target", temperature}, PointRow{PointName::flow, "flow", flow},
    PointRow{PointName::relay, "relay", state}, PointRow{PointName::valve, "valve", state},
    PointRow{PointName::temperature_valve, "temperature_valve", state}, PointRow{PointName::automatic, "automatic", state},
    PointRow{PointName::pipe, "pipe", state}, PointRow{PointName::battery, "battery", voltage}, PointRow{PointName::alarms, "alarms", alarms},
    PointRow{PointName::clock, "clock", clock}, PointRow{PointName::current_ratio, "current_ratio", ratio},
    PointRow{PointName::voltage_ratio, "voltage_ratio", ratio}, PointRow{PointName::decimal_exponent, "decimal_exponent", exponent},
};
static_assert(std::ranges::all_of(kPoints, [](const PointRow& row) { return &row == &kPoints[static_cast<std::size_t>(row.name)]; }), "in the order of PointName");
static_assert(kPoints.size() == static_cast<std::size_t>(PointName::decimal_exponent) + 1);

constexpr std::array kUnits{
    SourceUnit{"MWh", energy, 10'000'000}, SourceUnit{"kWh", energy, 10'000}, SourceUnit{"0.1kWh", energy, 1'000}, SourceUnit{"0.01kWh", energy, 100},
    SourceUnit{"0.001kWh", energy, 10}, SourceUnit{"Wh", energy, 10}, SourceUnit{"0.1Wh", energy, 1},
    SourceUnit{"m3", volume, 10'000}, SourceUnit{"0.1m3", volume, 1'000}, SourceUnit{"0.01m3", volume, 100}, SourceUnit{"0.001m3", volume, 10},
    SourceUnit{"L", volume, 10}, SourceUnit{"10L", volume, 100}, SourceUnit{"0.1L", volume, 1},
    SourceUnit{"V", voltage, 1'000}, SourceUnit{"0.1V", voltage, 100}, SourceUnit{"0.01V", voltage, 10}, SourceUnit{"mV", voltage, 1},
    SourceUnit{"A", current, 1'000}, SourceUnit{"0.1A", current, 100}, SourceUnit{"0.01A", current, 10}, SourceUnit{"mA", current, 1},
    SourceUnit{"kW", power, 10'000}, SourceUnit{"0.01kW", power, 100}, SourceUnit{"0.001kW", power, 10}, SourceUnit{"W", power, 10},
    SourceUnit{"0.1W", power, 1},
    SourceUnit{"degC", temperature, 100}, SourceUnit{"0.1degC", temperature, 10}, SourceUnit{"0.01degC", temperature, 1},
    SourceUnit{"m3/h", flow, 10'000}, SourceUnit{"0.01m3/h", flow, 100}, SourceUnit{"0.001m3/h", flow, 10}, SourceUnit{"L/h", flow, 10},
    SourceUnit{"L/min", flow, 600},
    SourceUnit{"Hz", frequency, 1'000}, SourceUnit{"0.1Hz", frequency, 100}, SourceUnit{"0.01Hz", frequency, 10}, SourceUnit{"0.001Hz", frequency, 1},
    SourceUnit{"1", power_factor, 1'000}, SourceUnit{"0.01", power_factor, 10}, SourceUnit{"0.001", power_factor, 1},
    SourceUnit{"%", percent, 10}, SourceUnit{"0.1%", percent, 1},
    SourceUnit{"x1", ratio, 100}, SourceUnit{"x0.1", ratio, 10}, SourceUnit{"x0.01", ratio, 1},
    SourceUnit{"10^n", exponent, 1},
};

constexpr std::array<std::string_view, 8> kStates{"open", "closed", "moving", "fault", "on", "off", "full", "empty"};
constexpr std::array<std::string_view, 14> kAlarms{"battery_low", "valve_fault", "sensor_fault", "leak", "empty_pipe", "reverse_flow", "over_voltage",
                                                   "under_voltage", "over_current", "overload", "over_temperature", "clock_fault", "tamper", "low_water"};
static_assert(kStates.size() == static_cast<std::size_t>(State::empty) + 1 && kAlarms.size() == static_cast<std::size_t>(Alarm::low_water) + 1);
constexpr std::array<std::string_view, 7> kActions{"trip", "close", "temperature_valve_open", "temperature_valve_close", "automatic_on", "automatic_off",
                                                   "set_clock"};

template <class Enum, std::size_t n>
std::optional<Enum> found(const std::array<std::string_view, n>& names, std::string_view text) {
  const auto at = std::ranges::find(names, text);
  return at == names.end() ? std::nullopt : std::optional(static_cast<Enum>(at - names.begin()));
}

const PointRow& row_of(PointName name) { return kPoints[static_cast<std::size_t>(name)]; }

}  // namespace

int decimals_of(Dimension dimension) { return kDimensions[static_cast<std::size_t>(dimension)].decimals; }
std::string_view unit_of(Dimension dimension) { return kDimensions[static_cast<std::size_t>(dimension)].unit; }

std::optional<wire::MeterKind> meter_kind_of(std::string_view text) {
  using enum wire::MeterKind;
  const std::array kinds{electricity, water, hot_water};
  const auto kind = std::ranges::find(kinds, text, [](wire::MeterKind one) { return wire::to_string(one); });
  return kind == kinds.end() ? std::nullopt : std::optional(*kind);
}

std::optional<State> state_of(std::string_view text) { return found<State>(kStates, text); }
std::optional<Alarm> alarm_of(std::string_view text) { return found<Alarm>(kAlarms, text); }
std::optional<ActionName> action_name_of(std::string_view text) { return found<ActionName>(kActions, text); }

std::optional<PointName> point_name_of(std::string_view text) {
  const auto row = std::ranges::find(kPoints, text, &PointRow::text);
  return row == kPoints.end() ? std::nullopt : std::optional(row->name);
}

const SourceUnit* source_unit_of(std::string_view text, Dimension dimension) {
  const auto unit = std::ranges::find_if(kUnits, [&](const SourceUnit& one) { return one.name == text && one.dimension == dimension; });
  return unit == kUnits.end() ? nullptr : &*unit;
}

std::string_view to_string(PointName name) { return row_of(name).text; }
std::string_view to_string(State one) { return kStates[static_cast<std::size_t>(one)]; }
std::string_view to_string(Alarm alarm) { return kAlarms[static_cast<std::size_t>(alarm)]; }
std::string_view to_string(ActionName name) { return kActions[static_cast<std::size_t>(name)]; }

Dimension dimension_of(PointName name) { return row_of(name).dimension; }

bool may_be(PointName name, Dimension dimension) {
  return dimension == row_of(name).dimension || (name == PointName::battery && dimension == percent);
}

bool may_be(PointName name, State one) {
  switch (one) {
    case State::open:
    case State::closed:
    case State::moving: return name == PointName::relay || name == PointName::valve || name == PointName::temperature_valve;
    case State::fault: return name == PointName::relay || name == PointName::valve || name == PointName::temperature_valve || name == PointName::automatic;
    case State::on:
    case State::off: return name == PointName::automatic;
    case State::full:
    case State::empty: return name == PointName::pipe;
  }
  return false;
}

std::optional<bool> supplies(PointName name, State one) {
  if (one != State::open && one != State::closed) return std::nullopt;
  if (name == PointName::relay) return one == State::closed;
  if (name == PointName::valve) return one == State::open;
  return std::nullopt;
}

}  // namespace anju::gateway
