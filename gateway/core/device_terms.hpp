#pragma once

// The words of device profiles: what a device can be, measure, be in and be told. The lists are closed: a profile that needs another word needs
// somebody to think about what the rest of Anju does with it.

#include <cstdint>
#include <optional>
#include <string_view>

#include "protocols/wire/down.hpp"

namespace anju::gateway {

/// What a number counts. Each has one unit in which Anju keeps it, fine enough that every source unit is a whole multiple of it.
enum class Dimension {
  energy,        ///< 1/10 000 kWh (base::Quantity)
  volume,        ///< 1/10 000 m3 (base::Quantity)
  voltage,       ///< mV
  current,       ///< mA
  power,         ///< 1/10 000 kW
  temperature,   ///< 1/100 degC
  flow,          ///< 1/10 000 m3/h
  frequency,     ///< 1/1000 Hz
  power_factor,  ///< 1/1000
  percent,       ///< 1/10 %
  ratio,         ///< 1/100; a factor that a device keeps in a register (transformers)
  exponent,      ///< n of a factor 10^n that a device keeps in a register
  state,         ///< no number: one State
  alarms,        ///< no number: a set of Alarm
  clock,         ///< no number: a wall time
};

/// Digits behind the point of the unit in which a dimension is kept; 0 for exponents and what is no number.
[[nodiscard]] int decimals_of(Dimension dimension);
/// "kWh", "m3", "V" … as it is written behind format_decimal(units, decimals_of). Empty for what has none.
[[nodiscard]] std::string_view unit_of(Dimension dimension);

enum class PointName {
  energy_total,  ///< forward active energy: what is billed
  energy_sharp, energy_peak, energy_flat, energy_valley,
  energy_reverse,
  volume_total,  ///< forward: what is billed
  volume_reverse,
  voltage_a, voltage_b, voltage_c,
  current_a, current_b, current_c,
  power, power_a, power_b, power_c,  ///< active
  frequency,
  power_factor,
  temperature, temperature_target,
  flow,
  relay, valve, temperature_valve,
  automatic,  ///< the device's own control of temperature
  pipe,
  battery,    ///< a voltage or a percentage
  alarms,
  clock,
  current_ratio, voltage_ratio, decimal_exponent,  ///< only as `scale` of others
};

enum class State { open, closed, moving, fault, on, off, full, empty };

enum class Alarm {
  battery_low, valve_fault, sensor_fault, leak, empty_pipe, reverse_flow, over_voltage, under_voltage, over_current, overload, over_temperature, clock_fault,
  tamper, low_water,
};

/// trip cuts the supply, close restores it, of a relay as of a valve: Anju's words for orders.
enum class ActionName { trip, close, temperature_valve_open, temperature_valve_close, automatic_on, automatic_off, set_clock };

/// A unit in which a maker counts: `factor` of the dimension's own unit. Named, never a free number: of two profiles with free factors one is
/// upside down (seen for the same field: 0.001 in one file, 1000 in the next).
struct SourceUnit {
  std::string_view name;
  Dimension dimension;
  std::int64_t factor;
};

[[nodiscard]] std::optional<wire::MeterKind> meter_kind_of(std::string_view text);
[[nodiscard]] std::optional<PointName> point_name_of(std::string_view text);
[[nodiscard]] std::optional<State> state_of(std::string_view text);
[[nodiscard]] std::optional<Alarm> alarm_of(std::string_view text);
[[nodiscard]] std::optional<ActionName> action_name_of(std::string_view text);
/// Null for a name that is in no table, or is of another dimension.
[[nodiscard]] const SourceUnit* source_unit_of(std::string_view text, Dimension dimension);

[[nodiscard]] std::string_view to_string(PointName name);
[[nodiscard]] std::string_view to_string(State state);
[[nodiscard]] std::string_view to_string(Alarm alarm);
[[nodiscard]] std::string_view to_string(ActionName name);

/// What a point of this name holds; of a battery voltage, see may_be.
[[nodiscard]] Dimension dimension_of(PointName name);
[[nodiscard]] bool may_be(PointName name, Dimension dimension);
/// relay, valve, temperature_valve: open, closed, moving, fault; automatic: on, off, fault; pipe: full, empty.
[[nodiscard]] bool may_be(PointName name, State state);

/// Whether something is supplied through it: a relay that is closed supplies, a valve that is open does. Empty when the state does not say, and for
/// every other point. Everything that compares orders with states asks here and nowhere else.
[[nodiscard]] std::optional<bool> supplies(PointName name, State state);

}  // namespace anju::gateway
