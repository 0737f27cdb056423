#pragma once

// The bytes behind an identifier <-> exact values. Numbers are scaled integers with their decimals and unit; nothing is
// rounded, nothing invented: what does not fit its row of the table is an error, and the bytes stay with the caller.

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "protocols/base/bytes.hpp"
#include "protocols/base/money.hpp"
#include "protocols/base/time.hpp"
#include "protocols/dlt645/clock.hpp"
#include "protocols/dlt645/identifier.hpp"
#include "protocols/dlt645/relay.hpp"

namespace anju::dlt645 {

/// units x 10^-decimals of a unit.
struct Number {
  std::int64_t units = 0;
  int decimals = 0;
  Unit unit = Unit::none;
  bool operator==(const Number&) const = default;
};

/// A number that names something: "002241020208", reading order.
struct Digits {
  std::string text;
  bool operator==(const Digits&) const = default;
};

struct Word {
  std::uint32_t bits = 0;
  std::size_t bytes = 2;
  bool operator==(const Word&) const = default;
};

struct BaudRate {
  int bits_per_second = 2400;
  bool operator==(const BaudRate&) const = default;
};

using Item = std::variant<Number, Digits, CalendarDay, TimeOfDay, base::CivilTime, Word, BaudRate>;

/// One item, or those of a block in their order; in a block an item may be missing (all FF: a phase that is not there).
struct Value {
  std::vector<std::optional<Item>> items;
  bool operator==(const Value&) const = default;
};

/// "0.26" with exactly the decimals of the item; words as hex in reading order; times as in clock.hpp; rates as digits.
[[nodiscard]] std::string text_of(const Item& item);

/// Errors: unknown_identifier (also an opaque one); unexpected_length (`where` has the bytes); not_bcd; no_value (all
/// FF, a moment of all zeros); bad_time; out_of_range (baud word). Never a number made of a wrong length.
[[nodiscard]] base::Result<Value> decode_value(const DataId& di, base::ByteView bytes);

/// The way back, for the simulator and for writes; a missing item becomes FF. A number may have fewer decimals than the
/// identifier, and more only when they are zeros.
/// Errors: unknown_identifier; unexpected_length (number of items); out_of_range (kind of item, unit, too large,
/// negative without a sign); bad_time.
[[nodiscard]] base::Result<base::Bytes> encode_value(const DataId& di, const Value& value);

/// Errors: out_of_range (another unit, or more decimals than the type keeps).
[[nodiscard]] base::Result<base::Quantity> to_quantity(const Number& number);  ///< kWh
[[nodiscard]] base::Result<base::Money> to_money(const Number& number);        ///< yuan
[[nodiscard]] base::Result<base::Price> to_price(const Number& number);        ///< yuan/kWh

struct EnergyRegisters {
  base::Quantity total;
  std::optional<std::array<base::Quantity, 4>> tariffs;  ///< sharp, peak, flat, valley; absent when one of them is
  bool operator==(const EnergyRegisters&) const = default;
};

/// A single energy register or a block of total and tariffs, of either edition. Errors: as decode_value, and
/// out_of_range when the identifier is no active energy; no_value when the total is missing.
[[nodiscard]] base::Result<EnergyRegisters> decode_energy(const DataId& di, base::ByteView bytes);

/// Registers as the meter shows them: cut, not rounded, to the decimals of the identifier. Errors: as encode_value.
[[nodiscard]] base::Result<base::Bytes> encode_energy(const DataId& di, std::span<const base::Quantity> registers);

/// Value of 04000503. Errors: unexpected_length, no_value.
[[nodiscard]] base::Result<StatusWord3> decode_status_word_3(base::ByteView two);
[[nodiscard]] base::Bytes encode_status_word_3(const StatusWord3& status);

}  // namespace anju::dlt645
