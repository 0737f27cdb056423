#pragma once

// How much one question about a report may reach, where its period alone does not bound it.

#include <cstdint>

namespace anju::platform::catalog {

/// Meters times days of the collected registers (采集日志), where every meter and day is a row: beyond it a page is refused with too_many
/// (`where`: from), because a search that finds nothing looks at all of them. 1366 meters for a year, 71 000 for a week.
inline constexpr std::int64_t kMostCollected = 500'000;

}  // namespace anju::platform::catalog
