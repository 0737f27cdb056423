#pragma once

// What a gateway asks of a meter and what it hears, in words that no protocol owns.

#include <array>
#include <cstddef>
#include <optional>

#include "protocols/base/money.hpp"
#include "protocols/wire/up.hpp"

namespace anju::gateway {

/// What is read.
enum class Item {
  energy,        ///< total and tariffs in one answer
  energy_total,  ///< the total alone: kWh, or m3 of a water meter
  status,        ///< how the contact or valve stands
  clock_day,
  clock_time,
  freeze_time,   ///< when the last daily freeze was taken
  freeze,        ///< the registers frozen then
  voltage,       ///< phase A
  current,       ///< phase A
  power,         ///< active, total
};
inline constexpr std::size_t kItems = 10;

struct Registers {
  base::Quantity total;
  std::optional<std::array<base::Quantity, 4>> tariffs;  ///< sharp, peak, flat, valley; absent when one of them is
  bool operator==(const Registers&) const = default;
};

/// What a device says of its contact, or of its valve: a closed valve is an open contact, it does not supply.
struct SupplyState {
  bool open = false;
  bool off_commanded = false;  ///< the last order it took asks for off; false where it does not say
  bool keep_power = false;
  bool moving = false;  ///< a valve on its way: neither open nor closed, whatever `open` says
  bool operator==(const SupplyState&) const = default;
};

/// What is ordered of a contact or valve.
enum class Switch {
  trip,
  close_direct,
  close_permit,  ///< it closes when somebody presses the button at the meter
  keep_power_on,
  keep_power_off,
};

/// has_order: this model tells what was ordered; without it, what it says of that means nothing. A valve on its way is unknown.
[[nodiscard]] constexpr wire::Relay relay_of(const SupplyState& state, bool has_order) {
  if (state.moving) return wire::Relay::unknown;
  if (!has_order || state.open == state.off_commanded) return state.open ? wire::Relay::open : wire::Relay::closed;
  return state.open ? wire::Relay::awaiting_button : wire::Relay::opening;
}

}  // namespace anju::gateway
