#pragma once

// Why a CJ/T188 frame or value is refused.

#include <string_view>

namespace anju::cjt188 {

enum class Errc {
  need_more,           ///< a frame may have begun, its end has not arrived; not a failure while bytes can still come
  no_frame,            ///< nothing in these bytes can begin a frame
  checksum,            ///< the sum over 68 .. last data byte differs; `where` has both values in hex
  end_byte,            ///< the byte behind the checksum is not 16
  bad_length,          ///< L is above kMaxData, or does not fit the function
  bad_address,         ///< not 14 hex digits; or AA where one meter's address should be
  not_bcd,             ///< a nibble above 9 where a number should be
  bad_time,            ///< a time that does not exist
  unexpected_length,   ///< the value has neither form of 901F; the bytes are kept, no number is made of them
  unknown_identifier,  ///< the identifier does not belong to the function, or stands in the other byte order
  unknown_function,    ///< a control code the protocol does not have
  unknown_unit,        ///< a unit code that is in no table
  unexpected_unit,     ///< a unit of the standard that is no m3: no quantity is made of it
  no_value,            ///< all FF: the meter has nothing to say here
  out_of_range,        ///< an argument does not fit its field
  refused_by_meter,    ///< the meter answered with an error frame (C1, C4, …); `where` has its status word
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
    case Errc::unknown_unit: return "unknown_unit";
    case Errc::unexpected_unit: return "unexpected_unit";
    case Errc::no_value: return "no_value";
    case Errc::out_of_range: return "out_of_range";
    case Errc::refused_by_meter: return "refused_by_meter";
  }
  return "unknown";
}

}  // namespace anju::cjt188
