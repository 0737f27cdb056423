#pragma once

// What the base types refuse.

#include <string_view>

namespace anju::base {

enum class Errc {
  not_a_decimal,      ///< text is not [-]digits[.digits]
  too_many_decimals,  ///< more digits behind the point than the unit has
  out_of_range,       ///< outside what the type or the field allows
  not_hex,            ///< an odd number of hex digits, or something that is none
  not_bcd,            ///< a nibble above 9
  too_short,          ///< fewer bytes than asked for
  bad_id,             ///< an id is 1 to 64 of A-Z a-z 0-9 _ -
  bad_time,           ///< not a date or time of day that exists
};

constexpr std::string_view to_string(Errc errc) {
  switch (errc) {
    case Errc::not_a_decimal: return "not_a_decimal";
    case Errc::too_many_decimals: return "too_many_decimals";
    case Errc::out_of_range: return "out_of_range";
    case Errc::not_hex: return "not_hex";
    case Errc::not_bcd: return "not_bcd";
    case Errc::too_short: return "too_short";
    case Errc::bad_id: return "bad_id";
    case Errc::bad_time: return "bad_time";
  }
  return "unknown";
}

}  // namespace anju::base
