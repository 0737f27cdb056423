#pragma once

// Exact decimal text <-> scaled integers. Knows no unit; money.hpp gives the units.

#include <cstdint>
#include <string>
#include <string_view>

#include "protocols/base/result.hpp"

namespace anju::base {

/// Largest absolute value that parse_decimal accepts, in the smallest unit: what JavaScript counts exactly
/// (9 007 199 254 740 991 micro-yuan are nine billion yuan), and sums of a thousand of them stay inside int64.
inline constexpr std::int64_t kMaxDecimal = 9'007'199'254'740'991;

/// Parses [-]digits[.digits] into units of 10^-decimals. decimals: 0..9.
/// Errors: not_a_decimal, too_many_decimals (nothing is rounded), out_of_range (above kMaxDecimal).
[[nodiscard]] Result<std::int64_t> parse_decimal(std::string_view text, int decimals);

/// Writes units of 10^-decimals with at least `least` digits behind the point and no further trailing zeros.
[[nodiscard]] std::string format_decimal(std::int64_t units, int decimals, int least);

}  // namespace anju::base
