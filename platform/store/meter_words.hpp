#pragma once

// Days of a site's own calendar, and what a page of meters is filtered by: shared by the questions about meters.

#include <cstdint>

#include "protocols/base/time.hpp"

namespace anju::platform {

inline constexpr std::int64_t kDayMs = 86'400'000;

/// Days since 1970-01-01.
inline std::int64_t calendar_day(base::UtcMillis at, int offset_minutes) { return (at.value + offset_minutes * 60'000LL) / kDayMs; }
inline base::UtcMillis start_of(std::int64_t day, int offset_minutes) { return base::UtcMillis(day * kDayMs - offset_minutes * 60'000LL); }

/// YYYYMM of a day; / 100 is its year. What meter_sum is kept by.
inline std::int64_t month_of(std::int64_t day) {
  const base::CivilTime civil = base::to_civil(base::UtcMillis(day * kDayMs), 0);
  return civil.year * 100 + civil.month;
}

/// Of a filtered history at most so many rows are walked for one page; the cursor goes on behind them.
inline constexpr std::int64_t kMostWalked = 20'000;

}  // namespace anju::platform
