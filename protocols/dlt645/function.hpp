#pragma once

// The control byte: which function, which edition, which direction. One table per edition, because a code of one means
// something else, or nothing, in the other (a library in the field clears the demand of a 2007 meter with the code of
// 1997). Source: meters.md 1.1, 1.2, 1.8.

#include <cstdint>
#include <string_view>

#include "protocols/base/result.hpp"
#include "protocols/dlt645/data_id.hpp"
#include "protocols/dlt645/errc.hpp"

namespace anju::dlt645 {

enum class Function {
  security,         ///< 03, state-grid extension with an ESAM: named, its content is not interpreted
  broadcast_time,   ///< 08, never answered
  read_data,        ///< 11
  read_follow_up,   ///< 12
  read_address,     ///< 13
  write_data,       ///< 14
  write_address,    ///< 15
  freeze,           ///< 16
  change_baud,      ///< 17
  change_password,  ///< 18
  clear_demand,     ///< 19
  clear_meter,      ///< 1A
  clear_events,     ///< 1B
  relay_control,    ///< 1C: relay, alarm, keep-power
};

[[nodiscard]] std::string_view to_string(Function function);

inline constexpr std::uint8_t kFromMeter = 0x80;    ///< D7
inline constexpr std::uint8_t kErrorReply = 0x40;   ///< D6
inline constexpr std::uint8_t kMoreFollows = 0x20;  ///< D5
inline constexpr std::uint8_t kCodeMask = 0x1F;     ///< D4..D0

struct Control {
  Edition edition = Edition::y2007;  ///< 08 exists in both and is given as 2007
  Function function = Function::read_data;
  bool from_meter = false;
  bool error = false;
  bool more = false;
  bool operator==(const Control&) const = default;
};

/// Errors: unknown_function (the code, or an error or more-follows bit in a request, is in neither edition).
[[nodiscard]] base::Result<Control> parse_control(std::uint8_t control);

/// D4..D0 of a function. Error: unknown_function (this edition does not have it).
[[nodiscard]] base::Result<std::uint8_t> code_of(Edition edition, Function function);

}  // namespace anju::dlt645
