#pragma once

// A meter's day by hours of the site's clock, in few bytes: what the values of `meter_day.hours` and `meter_hour.finished` hold. What a register
// showed counts in the hour in which it was read, as it counts on the day. Pure. Any bytes give hours or an error.
//
//   varint   unit, which divides all quantities: meters that show hundredths have 100 or a multiple of it
//   of each hour in which something was deducted, rising:
//   varint   its quantity in units, doubled; + 1: hours were left out before it
//   [varint  how many, less one]
//   zigzag   its amount, less what it would be at the price per unit of the hour before it (0 for the first)
//
// No bytes: nothing was deducted. varint, zigzag: varint.hpp.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/base/money.hpp"
#include "protocols/base/result.hpp"
#include "protocols/base/time.hpp"

namespace anju::platform {

struct HourUse {
  std::int8_t hour = 0;  ///< 0..23 of the site's day
  base::Quantity quantity;
  base::Money amount;  ///< negative: given back
  auto operator<=>(const HourUse&) const = default;
};

inline constexpr std::int8_t kHoursOfDay = 24;

/// 0..23
[[nodiscard]] std::int8_t hour_of(base::UtcMillis at, std::int32_t utc_offset_minutes);

/// hours: rising; quantities 0..kMaxDecimal, amounts -kMaxDecimal..kMaxDecimal.
[[nodiscard]] std::string encode_hours(const std::vector<HourUse>& hours);
/// Error: store_failed.
[[nodiscard]] base::Result<std::vector<HourUse>> decode_hours(std::string_view bytes);

/// The running day of a meter. Its sums stand in Metering; what they have beyond the finished hours was used in `hour`.
struct RunningHours {
  std::string finished;  ///< encode_hours, of hours before `hour`
  std::int8_t hour = 0;
  bool known = true;  ///< false: the day began when hours were not kept yet
  auto operator<=>(const RunningHours&) const = default;
};

/// All hours of the running day. quantity, amount: of the whole day. Error: store_failed.
[[nodiscard]] base::Result<std::vector<HourUse>> hours_so_far(const RunningHours& running, base::Quantity quantity, base::Money amount);

}  // namespace anju::platform
