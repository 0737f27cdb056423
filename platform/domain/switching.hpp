#pragma once

// When a meter supplies by the clock (定时断电, em-timed-switch), and for how long its yearly fee is paid (年费, wc-annual-fee). Pure: what
// holds at a moment, and when that changes next.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/base/money.hpp"
#include "protocols/base/result.hpp"
#include "protocols/base/time.hpp"

namespace anju::platform {

/// Off from minute `off` to minute `on` of the site's day, beginning on these days; over midnight when on <= off.
struct SwitchPeriod {
  std::uint8_t days = 0;  ///< bit 0: Monday … bit 6: Sunday; not 0
  std::int16_t off = 0, on = 0;  ///< 0..1439, not equal
  auto operator<=>(const SwitchPeriod&) const = default;
};
using SwitchSchedule = std::vector<SwitchPeriod>;
inline constexpr std::size_t kMostSwitchPeriods = 14;

/// Errors: bad_field; `where` is schedule[i].days, .off or .on.
[[nodiscard]] base::Result<> check(const SwitchSchedule& schedule);
[[nodiscard]] bool is_off(const SwitchSchedule& schedule, base::UtcMillis at, std::int32_t utc_offset_minutes);
/// The next moment after `at` at which a period begins or ends; nullopt: the schedule is empty.
[[nodiscard]] std::optional<base::UtcMillis> next_change(const SwitchSchedule& schedule, base::UtcMillis at, std::int32_t utc_offset_minutes);
/// "days:off-on,…" as it is stored; parse_schedule takes it back. Empty: none.
[[nodiscard]] std::string schedule_text(const SwitchSchedule& schedule);
[[nodiscard]] std::optional<SwitchSchedule> parse_schedule(std::string_view text);

/// What using the device costs a year. Paid through the day before `paid_until` (days since 1970-01-01 of the site's calendar).
struct AnnualFee {
  base::Money yearly;
  std::int32_t paid_until = 0;
  auto operator<=>(const AnnualFee&) const = default;
};
inline constexpr std::int64_t kMostFeeYears = 10;
/// The same day of a later year; 29 February becomes 1 March.
[[nodiscard]] std::int32_t years_later(std::int32_t day, std::int64_t years);
/// The first moment of a day of the site's calendar.
[[nodiscard]] base::UtcMillis begin_of(std::int32_t day, std::int32_t utc_offset_minutes);

}  // namespace anju::platform
