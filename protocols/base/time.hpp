#pragma once

// Points in time. UTC milliseconds everywhere; wall time of a site only where a device or a person needs it, with the
// offset handed in. Nobody asks a clock here.

#include <compare>
#include <cstdint>
#include <string>

#include "protocols/base/result.hpp"

namespace anju::base {

/// Milliseconds since 1970-01-01T00:00:00Z.
struct UtcMillis {
  std::int64_t value = 0;
  constexpr UtcMillis() = default;
  explicit constexpr UtcMillis(std::int64_t millis) : value(millis) {}
  auto operator<=>(const UtcMillis&) const = default;
};

/// A span of time in milliseconds.
struct Millis {
  std::int64_t value = 0;
  constexpr Millis() = default;
  explicit constexpr Millis(std::int64_t millis) : value(millis) {}
  auto operator<=>(const Millis&) const = default;
};

constexpr UtcMillis operator+(UtcMillis at, Millis span) { return UtcMillis(at.value + span.value); }
constexpr UtcMillis operator-(UtcMillis at, Millis span) { return UtcMillis(at.value - span.value); }
constexpr Millis operator-(UtcMillis a, UtcMillis b) { return Millis(a.value - b.value); }
constexpr Millis operator+(Millis a, Millis b) { return Millis(a.value + b.value); }
constexpr Millis operator*(Millis a, std::int64_t n) { return Millis(a.value * n); }
constexpr Millis seconds(std::int64_t n) { return Millis(n * 1000); }
constexpr Millis minutes(std::int64_t n) { return Millis(n * 60'000); }
constexpr Millis hours(std::int64_t n) { return Millis(n * 3'600'000); }

/// Wall time of a site, as meters and people write it. weekday: 0 = Sunday.
struct CivilTime {
  int year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0;
  auto operator<=>(const CivilTime&) const = default;
};

/// True when the date exists (leap years included) and the time of day is 00:00:00 to 23:59:59.
[[nodiscard]] bool exists(const CivilTime& time);

/// utc_offset_minutes: east of Greenwich positive (China: 480).
[[nodiscard]] CivilTime to_civil(UtcMillis at, int utc_offset_minutes);

/// Error: bad_time when the civil time does not exist.
[[nodiscard]] Result<UtcMillis> to_utc(const CivilTime& time, int utc_offset_minutes);

/// 0 = Sunday .. 6 = Saturday.
[[nodiscard]] int weekday(const CivilTime& time);

/// First millisecond of the site's day in which `at` lies.
[[nodiscard]] UtcMillis start_of_day(UtcMillis at, int utc_offset_minutes);

/// "2026-11-21T01:02:03Z" (milliseconds are written only when there are any); for logs and tests.
[[nodiscard]] std::string format_utc(UtcMillis at);

/// "2026-11-21" of the site's day.
[[nodiscard]] std::string format_day(UtcMillis at, int utc_offset_minutes);

}  // namespace anju::base
