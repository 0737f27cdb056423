#pragma once

// What a meter usually uses, and what is unlike it: nothing at all, far more than usual, water in every hour of the night, use although it is
// cut off. Pure; alarms follow from it (ledger_habit.cpp). None of it moves money.

#include <cstdint>

#include "protocols/base/money.hpp"
#include "protocols/base/time.hpp"
#include "protocols/wire/down.hpp"

namespace anju::platform {

/// Of the finished days of a meter. Stored when a day ends.
struct Habit {
  base::Quantity usual_day;      ///< a mean that forgets: of the last fourteen days or so
  std::int16_t days = 0;         ///< that it rests on, at most kUsualDays
  std::int16_t idle_days = 0;    ///< in a row: supplied, and nothing was used
  std::int16_t wet_nights = 0;   ///< in a row: water ran from two to five without a pause
  auto operator<=>(const Habit&) const = default;
};
inline constexpr std::int16_t kUsualDays = 14;
inline constexpr std::int16_t kKnownDays = 7;    ///< before so many days nothing is called unusual
inline constexpr std::int16_t kIdleDays = 3;
inline constexpr std::int16_t kWetNights = 3;
inline constexpr std::int64_t kJumpFactor = 5;
/// A jump below this is none, whatever is usual.
[[nodiscard]] constexpr base::Quantity least_jump(wire::MeterKind kind) { return base::Quantity(kind == wire::MeterKind::electricity ? 50'000 : 10'000); }
/// What is used while it is cut off is more than the dial's last digits.
inline constexpr base::Quantity kNothing{200};

struct Unusual {
  bool no_use = false, jump = false;
  auto operator<=>(const Unusual&) const = default;
};
/// A day has ended. supplied: it was not cut off.
Unusual end_day(Habit& habit, base::Quantity used, bool supplied, wire::MeterKind kind);

/// The night that is running, two to five by the site's clock. Not stored: a restart forgets one.
struct Night {
  std::int32_t day = 0;   ///< whose morning it is
  std::int8_t wet = 0;    ///< registers that had grown
  bool dry = false;       ///< one had not
};
/// A register was read at `at`, with so much more than the one before at `from`. True when `habit` has changed: a night has ended.
bool note_night(Night& night, Habit& habit, base::UtcMillis from, base::UtcMillis at, base::Quantity used, std::int32_t utc_offset_minutes);

}  // namespace anju::platform
