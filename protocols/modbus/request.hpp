#pragma once

// What a master asks: one struct per shape, and their way into a PDU (function and data, without unit and check) and back. The gateway encodes,
// the simulator decodes. Addresses are those of the wire, from 0; the numbers 40001 and 30001 of manuals are not known here.
// Source: Modbus Application Protocol V1.1b3, 6.1 to 6.6, 6.11, 6.12.

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "protocols/base/bytes.hpp"
#include "protocols/base/result.hpp"
#include "protocols/modbus/errc.hpp"
#include "protocols/modbus/function.hpp"

namespace anju::modbus {

/// 01, 02 (1..2000 bits), 03, 04 (1..125 registers).
struct Read {
  Function function = Function::read_holding_registers;
  std::uint16_t address = 0;
  std::uint16_t count = 1;
  bool operator==(const Read&) const = default;
};

/// 05: FF00 or 0000 on the wire.
struct WriteCoil {
  std::uint16_t address = 0;
  bool on = false;
  bool operator==(const WriteCoil&) const = default;
};

/// 06
struct WriteRegister {
  std::uint16_t address = 0;
  std::uint16_t value = 0;
  bool operator==(const WriteRegister&) const = default;
};

/// 0F: 1..1968 coils.
struct WriteCoils {
  std::uint16_t address = 0;
  std::vector<bool> on;
  bool operator==(const WriteCoils&) const = default;
};

/// 10: 1..123 registers.
struct WriteRegisters {
  std::uint16_t address = 0;
  std::vector<std::uint16_t> values;
  bool operator==(const WriteRegisters&) const = default;
};

using Request = std::variant<Read, WriteCoil, WriteRegister, WriteCoils, WriteRegisters>;

[[nodiscard]] Function function_of(const Request& request);

/// The PDU. Errors name what a device would answer: illegal_function (a Read with a function that writes), illegal_data_value (the count),
/// illegal_data_address (the last address is above 65535).
[[nodiscard]] base::Result<base::Bytes> encode(const Request& request);

/// Total over any bytes. Errors: bad_length (not as long as the function says, or empty), illegal_function, illegal_data_value (count, byte count,
/// a coil that is neither FF00 nor 0000, padding bits that are set), illegal_data_address. The latter three are what a device answers: exception_of.
[[nodiscard]] base::Result<Request> decode_request(base::ByteView pdu);

/// Length of the request's PDU as far as its first bytes tell it; 0 when more are needed (0F and 10 have their byte count at the sixth), empty for a
/// function we do not speak.
[[nodiscard]] std::optional<std::size_t> request_size(base::ByteView begin);

}  // namespace anju::modbus
