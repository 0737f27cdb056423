#pragma once

// Registers <-> exact numbers. What a register means is a device's profile; here are the shapes: integers, IEEE 754, BCD, and the orders in which
// makers put bytes and words. No floating point is computed with: a floating-point register is taken apart into mantissa and exponent.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "protocols/base/result.hpp"
#include "protocols/modbus/errc.hpp"

namespace anju::modbus {

enum class Type {
  u16, i16, u32, i32,
  u48,  ///< three registers
  u64, i64,
  float32, float64,
  bcd16,  ///< four digits
  bcd32,  ///< eight digits
};

/// How ABCD, the big-endian value, stands in the registers. Longer and shorter values by the same two rules: bytes swapped within each register
/// (BA, BADCFEHG), registers in reverse order (CDAB, GHEFCDAB), or both (DCBA, HGFEDCBA).
enum class Order { abcd, badc, cdab, dcba };

[[nodiscard]] std::string_view to_string(Type type);
[[nodiscard]] std::string_view to_string(Order order);
/// "float32", "CDAB". Empty for another text.
[[nodiscard]] std::optional<Type> type_of(std::string_view text);
[[nodiscard]] std::optional<Order> order_of(std::string_view text);

/// 1 to 4.
[[nodiscard]] std::size_t registers_of(Type type);

/// A number as the registers have it: (negative ? -1 : 1) * mantissa * 2^exponent. Integers have exponent 0.
struct Exact {
  bool negative = false;
  std::uint64_t mantissa = 0;
  int exponent = 0;  ///< -1074 .. 971
  bool operator==(const Exact&) const = default;
};

/// Errors: unexpected_length (registers_of), not_bcd, not_a_number (infinity or NaN).
[[nodiscard]] base::Result<Exact> decode_exact(Type type, Order order, std::span<const std::uint16_t> registers);

/// numerator / denominator, both at least 1.
struct Ratio {
  std::int64_t numerator = 1;
  std::int64_t denominator = 1;
};
inline constexpr std::int64_t kMostNumerator = 1'000'000'000'000, kMostDenominator = 1'000'000'000;

/// number * ratio as a whole number, rounded to the nearest, halves away from zero. Integers with denominator 1 are exact.
/// Error: out_of_range (above base::kMaxDecimal, or a ratio outside its limits).
[[nodiscard]] base::Result<std::int64_t> scaled(const Exact& number, Ratio ratio);

/// Both in one: the value times ratio. Errors: as decode_exact and scaled.
[[nodiscard]] base::Result<std::int64_t> decode_value(Type type, Order order, std::span<const std::uint16_t> registers, Ratio ratio = {});

/// The way back, for the simulator and for writes: value / scale, where scale is how many of the value's units are one of the register's (1 .. 10^9).
/// Integers and BCD: exact. float32, float64: the nearest, ties to even. Errors: out_of_range (does not fit, not a whole number of the
/// register's units, negative without a sign, scale).
[[nodiscard]] base::Result<std::vector<std::uint16_t>> encode_value(Type type, Order order, std::int64_t value, std::int64_t scale = 1);

}  // namespace anju::modbus
