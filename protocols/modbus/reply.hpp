#pragma once

// What a device answers: one struct per shape, and their way into a PDU and back. A reply alone does not say which registers it is about:
// whether it belongs to a request is answers() in message.hpp. Source: Modbus Application Protocol V1.1b3, 6.1 to 6.6, 6.11, 6.12, section 7.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

#include "protocols/base/bytes.hpp"
#include "protocols/base/result.hpp"
#include "protocols/modbus/errc.hpp"
#include "protocols/modbus/function.hpp"

namespace anju::modbus {

/// 01, 02: eight bits to a byte, the first asked one lowest in the first byte. How many of the last byte's bits mean something only the request
/// knows.
struct BitsReply {
  Function function = Function::read_coils;
  base::Bytes packed;  ///< 1..250 bytes
  bool operator==(const BitsReply&) const = default;

  /// The bit of the asked address + at; false behind the end.
  [[nodiscard]] bool bit(std::size_t at) const;
};

/// 03, 04
struct RegistersReply {
  Function function = Function::read_holding_registers;
  std::vector<std::uint16_t> values;  ///< 1..125
  bool operator==(const RegistersReply&) const = default;
};

/// 05, 06, 0F, 10: what was written where, as the request said it. Accepted, nothing more: whether the device did it is read back.
struct WriteReply {
  Function function = Function::write_register;
  std::uint16_t address = 0;
  std::uint16_t word = 0;  ///< 05: FF00 or 0000; 06: the value; 0F, 10: how many
  bool operator==(const WriteReply&) const = default;
};

struct ExceptionReply {
  Function function = Function::read_holding_registers;
  std::uint8_t code = 0;
  bool operator==(const ExceptionReply&) const = default;

  /// illegal_function for 01 and so on; unknown_exception for what the specification does not name. `where` has the function.
  [[nodiscard]] base::Error error() const;
};

using Reply = std::variant<BitsReply, RegistersReply, WriteReply, ExceptionReply>;

/// The PDU. Errors: illegal_function (a shape with a function of another), illegal_data_value (no values, or more than the function allows).
[[nodiscard]] base::Result<base::Bytes> encode(const Reply& reply);

/// Total over any bytes. Errors: unknown_function, bad_length (empty, or not as long as it says), illegal_data_value (half a register, a coil that is
/// neither FF00 nor 0000).
[[nodiscard]] base::Result<Reply> decode_reply(base::ByteView pdu);

/// The code with which a device answers a request that decode_request refused, for the simulator; empty when it says nothing (bad_length).
[[nodiscard]] std::optional<std::uint8_t> exception_of(const base::Error& refused);

}  // namespace anju::modbus
