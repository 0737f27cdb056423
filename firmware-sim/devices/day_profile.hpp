#pragma once

// A quantity over the hours of the day: water that flows, air around a boiler. Pure: the same arguments always give the
// same value.

#include <cstdint>
#include <vector>

namespace anju::sim {

/// The step in force: the last one that began, or yesterday's last before the first step of the day. steps: not empty,
/// ascending by from_minute.
template <class Steps>
[[nodiscard]] const typename Steps::value_type& step_in_force(const Steps& steps, int minute_of_day) {
  const typename Steps::value_type* found = &steps.back();
  for (const auto& step : steps) {
    if (step.from_minute > minute_of_day) break;
    found = &step;
  }
  return *found;
}

struct DayStep {
  int from_minute = 0;  ///< 0..1439
  std::int64_t value = 0;
};

/// Ascending by from_minute; empty means 0 all day.
using DayProfile = std::vector<DayStep>;

[[nodiscard]] inline std::int64_t value_at(const DayProfile& profile, int minute_of_day) {
  return profile.empty() ? 0 : step_in_force(profile, minute_of_day).value;
}

}  // namespace anju::sim
