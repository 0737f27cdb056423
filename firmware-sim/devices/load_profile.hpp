#pragma once

// What hangs behind a meter: kW over the hours of the day, with a little repeatable noise, and the meter's table of
// tariffs over the day. Pure: the same arguments always give the same watts.

#include <cstdint>
#include <vector>

namespace anju::sim {

inline constexpr int kMinutesOfDay = 1440;

/// From this minute of the day on, until the next step (the last one lasts past midnight until the first).
struct LoadStep {
  int from_minute = 0;     ///< 0..1439
  std::int64_t watts = 0;  ///< 0..100 000
};

struct LoadProfile {
  std::vector<LoadStep> steps;  ///< ascending by from_minute; empty means no load
  int noise_percent = 0;        ///< 0..100: every minute differs from its step by at most this much
  std::uint64_t seed = 0;

  [[nodiscard]] static LoadProfile constant(std::int64_t watts) { return {{{0, watts}}, 0, 0}; }
};

/// minute_of_day picks the step; absolute_minute (any running count of minutes) picks the noise.
[[nodiscard]] std::int64_t watts_at(const LoadProfile& profile, int minute_of_day, std::int64_t absolute_minute);

enum class Tariff : std::uint8_t { sharp = 0, peak = 1, flat = 2, valley = 3 };  ///< 尖 峰 平 谷: registers 1 to 4

struct TariffStep {
  int from_minute = 0;
  Tariff tariff = Tariff::flat;
};

/// Ascending by from_minute, as LoadStep. Empty means flat all day.
using TariffSchedule = std::vector<TariffStep>;

[[nodiscard]] Tariff tariff_at(const TariffSchedule& schedule, int minute_of_day);

/// A common residential day: valley 23-7, flat, peak 8-11 and 15-19, sharp 19-21.
[[nodiscard]] TariffSchedule usual_schedule();

/// A repeatable number from two others (splitmix64); the noise of every simulated thing.
[[nodiscard]] std::uint64_t mix(std::uint64_t seed, std::uint64_t index);

}  // namespace anju::sim
