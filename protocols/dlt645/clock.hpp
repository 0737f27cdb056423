#pragma once

// Time fields of the standard: packed BCD, the smallest unit first on the wire. Years are 2000 to 2099, as meters
// count. Every decoder checks that the time exists before it accepts it; a vendor that sends the year first is refused
// by that.

#include <compare>

#include "protocols/base/bytes.hpp"
#include "protocols/base/time.hpp"
#include "protocols/dlt645/errc.hpp"

namespace anju::dlt645 {

/// Date with the weekday the meter keeps beside it (0 = Sunday); the two may disagree, that is the meter's business.
struct CalendarDay {
  int year = 2000, month = 1, day = 1, weekday = 0;
  auto operator<=>(const CalendarDay&) const = default;
};

struct TimeOfDay {
  int hour = 0, minute = 0, second = 0;
  auto operator<=>(const TimeOfDay&) const = default;
};

/// ss mm hh DD MM YY (YYMMDDhhmmss). Errors: bad_time; bad_length (not 6 bytes).
[[nodiscard]] base::Result<base::CivilTime> decode_moment(base::ByteView six);
/// Error: bad_time (does not exist, or not in 2000..2099).
[[nodiscard]] base::Result<base::Bytes> encode_moment(const base::CivilTime& time);

/// mm hh DD MM YY (YYMMDDhhmm); the second is 0. Errors: bad_time; bad_length (not 5 bytes).
[[nodiscard]] base::Result<base::CivilTime> decode_minute(base::ByteView five);
[[nodiscard]] base::Result<base::Bytes> encode_minute(const base::CivilTime& time);

/// WW DD MM YY (identifier 04000101). Errors: bad_time; bad_length (not 4 bytes).
[[nodiscard]] base::Result<CalendarDay> decode_day(base::ByteView four);
[[nodiscard]] base::Result<base::Bytes> encode_day(const CalendarDay& day);

/// ss mm hh (identifier 04000102). Errors: bad_time; bad_length (not 3 bytes).
[[nodiscard]] base::Result<TimeOfDay> decode_time_of_day(base::ByteView three);
[[nodiscard]] base::Result<base::Bytes> encode_time_of_day(const TimeOfDay& time);

/// "2021-07-09T23:59:59", "2021-07-09", "23:59:59".
[[nodiscard]] std::string text_of(const base::CivilTime& time);
[[nodiscard]] std::string text_of(const CalendarDay& day);
[[nodiscard]] std::string text_of(const TimeOfDay& time);

}  // namespace anju::dlt645
