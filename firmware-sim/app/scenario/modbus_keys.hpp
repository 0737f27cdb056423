#pragma once

// The keys of [[line.modbus_meter]]: one Modbus device, or several of consecutive units. Included by this folder's sources only.

#include <vector>

#include "firmware-sim/app/scenario/meter_keys.hpp"
#include "firmware-sim/app/scenario/toml_table.hpp"

namespace anju::sim {

/// models: the text of the profile of that name.
[[nodiscard]] std::vector<ModbusSetup> read_modbus_meters(TomlTable& table, const SiteDefaults& defaults, const Lookup& models);

}  // namespace anju::sim
