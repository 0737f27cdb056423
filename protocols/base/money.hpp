#pragma once

// The three units that money and energy are counted in. Integers only; text is exact ("23.11").
// What a price times a quantity is worth, and where the rest goes, is the ledger's business (platform/domain).

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "protocols/base/result.hpp"

namespace anju::base {

/// An amount of money in micro-yuan (1 yuan = 1 000 000).
struct Money {
  std::int64_t micro_yuan = 0;
  constexpr Money() = default;
  explicit constexpr Money(std::int64_t value) : micro_yuan(value) {}
  auto operator<=>(const Money&) const = default;
};

/// An amount of energy or water in 1/10 000 of the billing unit (kWh or m3).
struct Quantity {
  std::int64_t e4 = 0;
  constexpr Quantity() = default;
  explicit constexpr Quantity(std::int64_t value) : e4(value) {}
  auto operator<=>(const Quantity&) const = default;
};

/// A price in 1/100 000 yuan per billing unit.
struct Price {
  std::int64_t e5 = 0;
  constexpr Price() = default;
  explicit constexpr Price(std::int64_t value) : e5(value) {}
  auto operator<=>(const Price&) const = default;
};

/// Sums of equal units. Values from outside are at most kMaxDecimal, so a sum of a thousand of them cannot overflow;
/// a running balance uses checked_add.
constexpr Money operator+(Money a, Money b) { return Money(a.micro_yuan + b.micro_yuan); }
constexpr Money operator-(Money a, Money b) { return Money(a.micro_yuan - b.micro_yuan); }
constexpr Money operator-(Money a) { return Money(-a.micro_yuan); }
constexpr Quantity operator+(Quantity a, Quantity b) { return Quantity(a.e4 + b.e4); }
constexpr Quantity operator-(Quantity a, Quantity b) { return Quantity(a.e4 - b.e4); }
constexpr Quantity operator-(Quantity a) { return Quantity(-a.e4); }

/// Error: out_of_range when the sum does not fit int64.
[[nodiscard]] Result<Money> checked_add(Money a, Money b);

/// "23.11" <-> Money: up to 6 decimals read, at least 2 written. Errors: as parse_decimal.
[[nodiscard]] Result<Money> parse_money(std::string_view text);
[[nodiscard]] std::string format(Money money);

/// "152.30" <-> Quantity: up to 4 decimals read, at least 2 written. Errors: as parse_decimal.
[[nodiscard]] Result<Quantity> parse_quantity(std::string_view text);
[[nodiscard]] std::string format(Quantity quantity);

/// "0.5583" <-> Price: up to 5 decimals read, at least 2 written. Errors: as parse_decimal.
[[nodiscard]] Result<Price> parse_price(std::string_view text);
[[nodiscard]] std::string format(Price price);

}  // namespace anju::base
