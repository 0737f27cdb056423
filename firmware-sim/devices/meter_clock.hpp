#pragma once

// A meter's own idea of the time: an offset to the true time and a crystal that runs fast or slow. A master may set it.

#include <cstdint>

#include "protocols/base/time.hpp"

namespace anju::sim {

/// 0..1439. Asked for each simulated minute of each meter: without the calendar.
[[nodiscard]] inline int minute_of_day(base::UtcMillis at, int utc_offset_minutes) {
  return static_cast<int>((at - base::start_of_day(at, utc_offset_minutes)).value / 60'000);
}

class MeterClock {
 public:
  MeterClock() = default;
  /// offset: ahead positive. drift_ppm: fast positive; counts from `since` on.
  MeterClock(base::Millis offset, std::int64_t drift_ppm, base::UtcMillis since, int utc_offset_minutes)
      : offset_(offset), drift_ppm_(drift_ppm), since_(since), utc_offset_minutes_(utc_offset_minutes) {}

  /// What the meter believes to be UTC at the true time `now`.
  [[nodiscard]] base::UtcMillis read(base::UtcMillis now) const {
    return now + offset_ + base::Millis((now - since_).value * drift_ppm_ / 1'000'000);
  }
  [[nodiscard]] base::CivilTime civil(base::UtcMillis now) const {
    return base::to_civil(read(now), utc_offset_minutes_);
  }
  [[nodiscard]] int minute_of_day(base::UtcMillis now) const { return sim::minute_of_day(read(now), utc_offset_minutes_); }

  /// Days since 1970 of the meter's own calendar; changes at its midnight.
  [[nodiscard]] std::int64_t day(base::UtcMillis now) const {
    return base::start_of_day(read(now), utc_offset_minutes_).value / 86'400'000;
  }

  /// Sets the wall time the meter shows at `now`; the drift goes on from there. False when the time does not exist.
  [[nodiscard]] bool set(const base::CivilTime& shown, base::UtcMillis now) {
    const auto believed = base::to_utc(shown, utc_offset_minutes_);
    if (!believed) return false;
    offset_ = *believed - now;
    since_ = now;
    return true;
  }

  /// Puts the clock wrong by `by` (ahead positive) and lets it drift.
  void disturb(base::Millis by, std::int64_t drift_ppm, base::UtcMillis now) {
    offset_ = (read(now) - now) + by;
    drift_ppm_ = drift_ppm;
    since_ = now;
  }

  [[nodiscard]] int utc_offset_minutes() const { return utc_offset_minutes_; }

 private:
  base::Millis offset_{0};
  std::int64_t drift_ppm_ = 0;
  base::UtcMillis since_{0};
  int utc_offset_minutes_ = 480;
};

}  // namespace anju::sim
