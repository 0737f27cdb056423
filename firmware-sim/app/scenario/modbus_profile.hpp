#pragma once

// A profile of a Modbus device (gateway/profiles/*.toml) as the simulator needs it: which register holds what. The gateway's reader is the judge of
// such a file; this one is written apart from it, so that a mistake of one shows against the other. Included by this folder's sources only.

#include <string>

#include "firmware-sim/app/scenario/scenario.hpp"
#include "firmware-sim/devices/modbus_meter.hpp"

namespace anju::sim {

/// text: the whole file; file: its name for messages. What is not simulated (orders for a clock) is left out. Errors: not_toml, bad_value; `where` is
/// "file: place: rule".
[[nodiscard]] base::Result<ModbusMap> parse_modbus_map(std::string_view text, const std::string& file);

}  // namespace anju::sim
