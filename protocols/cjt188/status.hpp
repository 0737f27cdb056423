#pragma once

// The status word ST and what a vendor means by it. There are several meanings in the field, so a device has a map; without one the word
// is shown as it is and no valve state is made of it. Source: meters.md 2.3.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "protocols/base/bytes.hpp"
#include "protocols/base/result.hpp"
#include "protocols/cjt188/errc.hpp"

namespace anju::cjt188 {

/// Two bytes in wire order. The first has the valve, the second is the vendor's own (hftangyu.com/563).
struct StatusWord {
  std::array<std::uint8_t, 2> wire{};
  auto operator<=>(const StatusWord&) const = default;
  [[nodiscard]] std::string text() const;  ///< wire order, "2184"
};

/// Where a vendor has put the valve in the first byte. Read from three sources, one each.
enum class StatusMap : std::uint8_t {
  none,       ///< not known: no valve state, no battery
  closed_01,  ///< (a) bits 1-0: 00 open, 01 closed, 11 fault; battery low in bit 2 (the bit from memory of the standard)
  closed_10,  ///< (b) bits 1-0: 00 open, 10 closed, 01 moving, 11 fault; nothing is known about the battery
  high_bits,  ///< (c) bits 7-6: 00 open, 01 closed, 11 fault; battery low in bit 5 (sdqr_energy_node_class, cj188.h)
};

[[nodiscard]] std::string_view to_string(StatusMap map);

enum class ValveState : std::uint8_t {
  open,
  closed,
  moving,
  fault,    ///< the meter says that its valve is out of order
  unknown,  ///< no map, or bits the map does not have
};

[[nodiscard]] std::string_view to_string(ValveState state);

[[nodiscard]] ValveState valve_state(const StatusWord& status, StatusMap map);
/// nullopt: the map does not say.
[[nodiscard]] std::optional<bool> battery_low(const StatusWord& status, StatusMap map);

/// The word a meter of this map sends; for the simulator. Error: out_of_range (the map has no bits for this state; `none` only writes
/// `unknown`, and only `closed_01` and `high_bits` can say that the battery is low).
[[nodiscard]] base::Result<StatusWord> status_word(ValveState state, bool battery_is_low, StatusMap map);

// Bytes behind A017. Open and close differ between vendors and are options of the device; a vendor may have more of them.
inline constexpr std::uint8_t kValveOpen = 0x55;
inline constexpr std::uint8_t kValveClose = 0x99;

/// "open" (55), "close" (99), and the vendors' "free_open" (66), "free_close" (77) and "query" (00); nullopt for any other byte.
/// For a person: a driver compares with the codes of its device.
[[nodiscard]] std::optional<std::string_view> usual_valve_action(std::uint8_t code);

}  // namespace anju::cjt188
