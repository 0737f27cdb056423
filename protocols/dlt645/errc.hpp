#pragma once

// Why a DL/T645 frame or value is refused. The first group is about the bytes, the second about what a meter says.

#include <string_view>

namespace anju::dlt645 {

enum class Errc {
  need_more,          ///< a frame may have begun, its end has not arrived; not a failure while bytes can still come
  no_frame,           ///< nothing in these bytes can begin a frame
  checksum,           ///< the sum over first 68 .. last data byte differs; `where` has both values in hex
  end_byte,           ///< the byte behind the checksum is not 16
  bad_length,         ///< L is above 200, or does not fit the function
  bad_address,        ///< not 12 decimal digits (AA only where a wildcard is allowed)
  not_bcd,            ///< a nibble above 9 where a number should be
  bad_time,           ///< a time field that does not exist
  unexpected_length,  ///< the value's length differs from the identifier's; the bytes are kept, no number is made of them
  unknown_identifier, ///< in no table; the bytes are kept, no unit is invented
  unknown_function,   ///< a control code this edition does not have
  no_value,           ///< all FF (or a time of all zeros): the meter has nothing to say here
  out_of_range,       ///< an argument does not fit its field
  // what a meter answers (error byte of D1..DC, meters.md 1.4); several may be set, the first that matters is named
  other_error,         ///< bit 0
  no_such_data,        ///< bit 1: a property of the model, do not ask again
  not_authorised,      ///< bit 2: password wrong or not authorised; never retried, a meter may lock
  baud_not_changeable, ///< bit 3
  too_many_year_zones, ///< bit 4
  too_many_day_slots,  ///< bit 5
  too_many_tariffs,    ///< bit 6
};

constexpr std::string_view to_string(Errc errc) {
  switch (errc) {
    case Errc::need_more: return "need_more";
    case Errc::no_frame: return "no_frame";
    case Errc::checksum: return "checksum";
    case Errc::end_byte: return "end_byte";
    case Errc::bad_length: return "bad_length";
    case Errc::bad_address: return "bad_address";
    case Errc::not_bcd: return "not_bcd";
    case Errc::bad_time: return "bad_time";
    case Errc::unexpected_length: return "unexpected_length";
    case Errc::unknown_identifier: return "unknown_identifier";
    case Errc::unknown_function: return "unknown_function";
    case Errc::no_value: return "no_value";
    case Errc::out_of_range: return "out_of_range";
    case Errc::other_error: return "other_error";
    case Errc::no_such_data: return "no_such_data";
    case Errc::not_authorised: return "not_authorised";
    case Errc::baud_not_changeable: return "baud_not_changeable";
    case Errc::too_many_year_zones: return "too_many_year_zones";
    case Errc::too_many_day_slots: return "too_many_day_slots";
    case Errc::too_many_tariffs: return "too_many_tariffs";
  }
  return "unknown";
}

}  // namespace anju::dlt645
