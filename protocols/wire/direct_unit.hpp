#pragma once

// The units of Modbus that only a network address has.

#include <string_view>

namespace anju::wire {

/// The device at a network address itself: no device of a serial line, where 0 is everybody and 255 reserved. Whether a line is one of Modbus TCP only its
/// URI says, so this goes beside is_address. Source: Modbus Messaging on TCP/IP V1.0b, 4.4.1.2.
[[nodiscard]] constexpr bool is_direct_unit(std::string_view dialect, std::string_view text) { return dialect == "modbus" && (text == "255" || text == "0"); }

}  // namespace anju::wire
