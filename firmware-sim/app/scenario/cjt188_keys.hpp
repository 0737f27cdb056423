#pragma once

// The keys of [[line.water_meter]]: one water meter that speaks CJ/T188, or several with consecutive numbers. Included by this folder's
// sources only.

#include <vector>

#include "firmware-sim/app/scenario/meter_keys.hpp"
#include "firmware-sim/app/scenario/toml_table.hpp"

namespace anju::sim {

[[nodiscard]] std::vector<Cjt188Setup> read_cjt188_meters(TomlTable& table, const SiteDefaults& defaults);

}  // namespace anju::sim
