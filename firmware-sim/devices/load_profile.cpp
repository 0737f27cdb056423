#include "firmware-sim/devices/load_profile.hpp"

#include "firmware-sim/devices/day_profile.hpp"

namespace anju::sim {

std::int64_t watts_at(const LoadProfile& profile, int minute_of_day, std::int64_t absolute_minute) {
  if (profile.steps.empty()) return 0;
  const std::int64_t watts = step_in_force(profile.steps, minute_of_day).watts;
  if (profile.noise_percent == 0) return watts;
  const auto span = static_cast<std::uint64_t>(2 * profile.noise_percent + 1);
  const auto percent = static_cast<std::int64_t>(mix(profile.seed, static_cast<std::uint64_t>(absolute_minute)) % span);
  return watts * (100 + percent - profile.noise_percent) / 100;
}

Tariff tariff_at(const TariffSchedule& schedule, int minute_of_day) {
  return schedule.empty() ? Tariff::flat : step_in_force(schedule, minute_of_day).tariff;
}

TariffSchedule usual_schedule() {
  return {{0, Tariff::valley},     {7 * 60, Tariff::flat},   {8 * 60, Tariff::peak},  {11 * 60, Tariff::flat},
          {15 * 60, Tariff::peak}, {19 * 60, Tariff::sharp}, {21 * 60, Tariff::flat}, {23 * 60, Tariff::valley}};
}

std::uint64_t mix(std::uint64_t seed, std::uint64_t index) {
  std::uint64_t z = seed + (index + 1) * 0x9E3779B97F4A7C15ULL;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31);
}

}  // namespace anju::sim
