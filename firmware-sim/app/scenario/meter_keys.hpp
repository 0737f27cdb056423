#pragma once

// The keys of [[line.meter]]: one meter, or a range of them. Included by this folder's sources only.

#include <vector>

#include "firmware-sim/app/scenario/toml_table.hpp"

namespace anju::sim {

struct SiteDefaults {
  std::int64_t energy_factor = 1;
  int utc_offset_minutes = 480;
  WireFormat format{2400, 'E'};  ///< of the line
};

struct MeterPlan {
  std::vector<MeterSetup> meters;
  std::vector<ScheduledFault> faults;
};

[[nodiscard]] MeterPlan read_meters(TomlTable& table, const SiteDefaults& defaults);

}  // namespace anju::sim
