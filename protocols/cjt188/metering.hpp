#pragma once

// The value behind 901F of a water or gas meter <-> exact quantities. Nothing is rounded, nothing invented: what does not fit is an error,
// and the bytes stay with the caller. Source: meters.md 2.2, 2.3.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "protocols/base/bytes.hpp"
#include "protocols/base/money.hpp"
#include "protocols/base/time.hpp"
#include "protocols/cjt188/errc.hpp"
#include "protocols/cjt188/status.hpp"

namespace anju::cjt188 {

inline constexpr std::uint8_t kCubicMetre = 0x2C;

/// "m3", "kWh", …; nullopt for a code that is in no table.
[[nodiscard]] std::optional<std::string_view> unit_name(std::uint8_t code);

// 8 BCD digits with two decimals: 0.00 to 999999.99.
inline constexpr std::size_t kRegisterBytes = 4;
inline constexpr base::Quantity kMaxRegister{9'999'999'900};

inline constexpr std::size_t kLongForm = 19;   ///< L = 16H: total, settlement-day total, time, status
inline constexpr std::size_t kShortForm = 6;   ///< L = 09H: total only, and one byte whose meaning no source tells

struct Metering {
  base::Quantity total;
  std::optional<base::Quantity> settle_day_total;  ///< absent in the short form, and when the meter has none (all FF)
  std::optional<base::CivilTime> time;             ///< the meter's clock; absent in the short form, and when it was never set (all 00)
  std::optional<StatusWord> status;                ///< always in the long form, never in the short one
  std::uint8_t short_form_byte = 0;                ///< the last byte of the short form, as it is
  bool operator==(const Metering&) const = default;
};

/// Either form, whichever the length says.
/// Errors: unexpected_length (`where` has the bytes); no_value (the total is all FF); not_bcd (a nibble above 9); unknown_unit;
/// unexpected_unit (no m3: how many decimals a meter that counts in litres sends is in no source); bad_time.
[[nodiscard]] base::Result<Metering> decode_metering(base::ByteView value);

/// The total alone, from either form: for a meter whose clock shows nonsense. Errors: as decode_metering, without those of the other fields.
[[nodiscard]] base::Result<base::Quantity> decode_total(base::ByteView value);

/// The way back, for the simulator: the long form with a status, the short form without. Registers are cut, not rounded, to two decimals.
/// Errors: out_of_range (a register outside 0..kMaxRegister; a settlement-day total or a time in the short form); bad_time (2000..2099).
[[nodiscard]] base::Result<base::Bytes> encode_metering(const Metering& metering);

/// Four BCD bytes and the unit 2C, as in 901F and A016. Errors: as decode_total (bad_length when it is not five bytes).
[[nodiscard]] base::Result<base::Quantity> decode_register(base::ByteView five);
/// Cut to two decimals. Error: out_of_range.
[[nodiscard]] base::Result<base::Bytes> encode_register(base::Quantity quantity);

/// "2015-05-11T22:01:31".
[[nodiscard]] std::string text_of(const base::CivilTime& time);

}  // namespace anju::cjt188
