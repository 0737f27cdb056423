#pragma once

// What a use costs. Between two registers only the sum is known, so use is cut wherever the price may differ: where another version or plan
// begins, at the borders of time slots, and where the months and years begin that steps are counted over. Between two cuts it is
// spread evenly over time, in whole units that always add up. Gateways read at the borders of slots, so there is nearly nothing to
// spread; where a reading at a border is missing the bill is marked as estimated.

#include <cstdint>
#include <span>

#include "platform/domain/metering.hpp"
#include "platform/domain/tariff.hpp"
#include "protocols/base/result.hpp"
#include "protocols/base/time.hpp"

namespace anju::platform {

/// Prices that hold from a moment on, until the next stretch begins.
struct Stretch {
  base::UtcMillis from;
  std::int64_t version = 0;
  const Prices* prices = nullptr;
};

/// Use of the month and of the year (of the site's calendar) that a moment lies in, and of all time. >= 0.
struct Accrued {
  base::Quantity month, year, ever;
  auto operator<=>(const Accrued&) const = default;
};

struct Bill {
  std::int64_t nano_yuan = 0;  ///< exact: price 1e-5 x quantity 1e-4
  Tariffs tariffs;             ///< of the use, what was billed at which of four prices; what had one price counts as flat. Sums to the use
  Accrued accrued;             ///< at the end
  bool estimated = false;      ///< the price changed between the registers, further from both than kAligned
  auto operator<=>(const Bill&) const = default;
};

/// A register that was read so close to a border stands for it.
inline constexpr base::Millis kAligned = base::minutes(5);

/// use: of the time (from, to]; its tariffs sum to its total, and count where a stretch is by_registers. stretches: rising, the first begins at or before
/// `from`. before: at `from`. from >= to: all was used at the last moment.
/// Error: out_of_range when the value does not fit int64.
[[nodiscard]] base::Result<Bill> bill(std::span<const Stretch> stretches, const Use& use, base::UtcMillis from, base::UtcMillis to, Accrued before,
                                      std::int32_t utc_offset_minutes);

/// What is accrued at `to` when nothing was used since `from`, where `before` held.
[[nodiscard]] Accrued idle(Accrued before, base::UtcMillis from, base::UtcMillis to, std::int32_t utc_offset_minutes);

}  // namespace anju::platform
