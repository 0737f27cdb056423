#pragma once

// How long to wait before the next attempt to connect. Pure.

#include <algorithm>
#include <cstdint>

namespace anju::mqtt {

/// Doubles from least_ms with every failure in a row (0: the first attempt after a connection was lost) up to most_ms,
/// and takes a random half off, so that ten thousand gateways do not come back in the same instant. random: any 32
/// bits. The result is between half of the doubled value and all of it.
[[nodiscard]] constexpr std::int64_t backoff_ms(int failures, std::int64_t least_ms, std::int64_t most_ms,
                                                std::uint32_t random) {
  std::int64_t span = least_ms;
  for (int i = 0; i < failures && span < most_ms; ++i) span *= 2;
  span = std::max<std::int64_t>(std::min(span, most_ms), 1);
  const std::int64_t half = (span + 1) / 2;
  return half + static_cast<std::int64_t>(random % static_cast<std::uint64_t>(span - half + 1));
}

}  // namespace anju::mqtt
