#pragma once

// The keys of [[station]] and [[station.device]]. Included by this folder's sources only.

#include "firmware-sim/app/scenario/meter_keys.hpp"
#include "firmware-sim/app/scenario/toml_table.hpp"

namespace anju::sim {

[[nodiscard]] StationPlan read_station(TomlTable& table, const SiteDefaults& defaults);

}  // namespace anju::sim
