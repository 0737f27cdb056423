#pragma once

// Why a Modbus frame or value is refused. The first group is about the bytes, the second about values, the third is what a device answers.

#include <string_view>

namespace anju::modbus {

enum class Errc {
  need_more,         ///< a frame may have begun, its end has not arrived; not a failure while bytes can still come
  no_frame,          ///< nothing in these bytes can begin the frame that is looked for
  checksum,          ///< whole by its length, the CRC differs; `where` has both values in hex
  bad_length,        ///< a PDU that is longer or shorter than its function says, or a length field outside its limits
  wrong_protocol,    ///< the protocol field of the MBAP header is not 0: the connection speaks something else, or lost its place
  bad_unit,          ///< 248..255 are reserved on a serial line; a broadcast (0) can only write
  unknown_function,  ///< a reply of a function that we do not speak
  // a value
  unexpected_length,  ///< the number of registers differs from the type's; no number is made of them
  not_bcd,            ///< a nibble above 9 where a digit should be
  not_a_number,       ///< a floating-point register that holds infinity or no number
  out_of_range,       ///< does not fit: too large for the result, or for the registers it should be written to
  // what a device answers (exception replies), and what is refused before it is sent because a device would refuse it
  illegal_function,                  ///< 01: the device does not have this function
  illegal_data_address,              ///< 02: no such register there, or an address and count that run past 65535
  illegal_data_value,                ///< 03: a count, a byte count or a value that the function does not allow
  server_device_failure,             ///< 04
  acknowledge,                       ///< 05: accepted, takes long; not an answer
  server_device_busy,                ///< 06: ask again later
  negative_acknowledge,              ///< 07: of the old Modicon documents
  memory_parity_error,               ///< 08
  gateway_path_unavailable,          ///< 0A: said by a gateway in between
  gateway_target_failed_to_respond,  ///< 0B: the gateway in between heard nothing: as good as no answer
  unknown_exception,                 ///< 09, 00 or above 0B; `where` has the code
};

constexpr std::string_view to_string(Errc errc) {
  switch (errc) {
    case Errc::need_more: return "need_more";
    case Errc::no_frame: return "no_frame";
    case Errc::checksum: return "checksum";
    case Errc::bad_length: return "bad_length";
    case Errc::wrong_protocol: return "wrong_protocol";
    case Errc::bad_unit: return "bad_unit";
    case Errc::unknown_function: return "unknown_function";
    case Errc::unexpected_length: return "unexpected_length";
    case Errc::not_bcd: return "not_bcd";
    case Errc::not_a_number: return "not_a_number";
    case Errc::out_of_range: return "out_of_range";
    case Errc::illegal_function: return "illegal_function";
    case Errc::illegal_data_address: return "illegal_data_address";
    case Errc::illegal_data_value: return "illegal_data_value";
    case Errc::server_device_failure: return "server_device_failure";
    case Errc::acknowledge: return "acknowledge";
    case Errc::server_device_busy: return "server_device_busy";
    case Errc::negative_acknowledge: return "negative_acknowledge";
    case Errc::memory_parity_error: return "memory_parity_error";
    case Errc::gateway_path_unavailable: return "gateway_path_unavailable";
    case Errc::gateway_target_failed_to_respond: return "gateway_target_failed_to_respond";
    case Errc::unknown_exception: return "unknown_exception";
  }
  return "unknown";
}

}  // namespace anju::modbus
