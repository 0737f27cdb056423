#pragma once

// How long raw readings are kept. A cut takes the oldest of them away, in the order in which they came, after their deductions were computed again
// from them; what it leaves behind is enough to go on and to verify. Sums by hour, day, month and year are no part of it: they stay.

#include <cstdint>
#include <optional>
#include <string>

#include "protocols/base/result.hpp"
#include "protocols/base/time.hpp"

namespace anju::platform {

/// A dispute about a bill may reach back over a year and the reading of the year before.
inline constexpr std::int64_t kLeastKeepDays = 400;
inline constexpr std::int64_t kMostKeepDays = 36'500;

struct CutOutcome {
  std::int64_t blocks = 0, readings = 0, kept = 0;  ///< that went; of the readings, how many stayed as single ones. No blocks: nothing is old enough
  std::string wrong = {};  ///< why nothing went: the books contradict themselves, or are damaged. In words, with ids
  std::int64_t meter = 0;  ///< whose books, 0: it is no one meter's
};

/// What went so far.
struct CutSoFar {
  std::int64_t readings = 0;              ///< kept ones included
  std::optional<base::UtcMillis> until;   ///< all readings later than this are there; nothing: none went
};

class RetentionStore {
 public:
  virtual ~RetentionStore() = default;
  /// One transaction: some thousand readings, of which none was read at `before` or later, or nothing. Error: store_failed.
  [[nodiscard]] virtual base::Result<CutOutcome> cut(base::UtcMillis now, base::UtcMillis before) = 0;
  [[nodiscard]] virtual base::Result<CutSoFar> so_far() = 0;
};

}  // namespace anju::platform
