#include "platform/domain/habit.hpp"

#include <algorithm>

namespace anju::platform {
namespace {

constexpr std::int64_t kDay = 86'400'000, kHour = 3'600'000;
constexpr std::int64_t kNightBegins = 2 * kHour, kNightEnds = 5 * kHour;
constexpr std::int8_t kLeastRegisters = 3;  // one an hour

}  // namespace

Unusual end_day(Habit& habit, base::Quantity used, bool supplied, wire::MeterKind kind) {
  Unusual unusual;
  habit.idle_days = supplied && used.e4 == 0 ? static_cast<std::int16_t>(std::min(habit.idle_days + 1, 9999)) : std::int16_t{0};
  unusual.no_use = habit.idle_days >= kIdleDays && habit.usual_day.e4 > 0;
  unusual.jump = habit.days >= kKnownDays && used >= least_jump(kind) && used.e4 / kJumpFactor > habit.usual_day.e4;
  if (habit.days < kUsualDays) ++habit.days;
  habit.usual_day = habit.usual_day + base::Quantity((used.e4 - habit.usual_day.e4) / habit.days);
  return unusual;
}

bool note_night(Night& night, Habit& habit, base::UtcMillis from, base::UtcMillis at, base::Quantity used, std::int32_t utc_offset_minutes) {
  const std::int64_t local = at.value + std::int64_t{utc_offset_minutes} * 60'000;
  const auto day = static_cast<std::int32_t>(local / kDay);
  const std::int64_t time = local % kDay;
  bool ended = false;
  if (night.day != day || time >= kNightEnds) {
    if (night.wet > 0 || night.dry) {
      const bool wet = !night.dry && night.wet >= kLeastRegisters;
      habit.wet_nights = wet ? static_cast<std::int16_t>(std::min(habit.wet_nights + 1, 9999)) : std::int16_t{0};
      ended = true;
    }
    night = {day, 0, false};
  }
  const bool inside = time > kNightBegins && time < kNightEnds && at - from <= base::hours(1) + base::minutes(5);
  if (!inside) return ended;
  if (used.e4 > 0) {
    night.wet = static_cast<std::int8_t>(std::min(night.wet + 1, 100));
  } else {
    night.dry = true;
  }
  return ended;
}

}  // namespace anju::platform
