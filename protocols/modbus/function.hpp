#pragma once

// The functions we speak, and the limits of each. Source: Modbus Application Protocol V1.1b3, section 6.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace anju::modbus {

enum class Function : std::uint8_t {
  read_coils = 0x01,
  read_discrete_inputs = 0x02,
  read_holding_registers = 0x03,
  read_input_registers = 0x04,
  write_coil = 0x05,
  write_register = 0x06,
  write_coils = 0x0F,
  write_registers = 0x10,
};

inline constexpr std::uint8_t kExceptionBit = 0x80;  ///< set in the function of an exception reply

inline constexpr std::size_t kMaxPdu = 253;
inline constexpr std::size_t kMaxReadBits = 2000, kMaxReadRegisters = 125;
inline constexpr std::size_t kMaxWriteBits = 1968, kMaxWriteRegisters = 123;

/// Empty for every other code, exception replies included.
[[nodiscard]] constexpr std::optional<Function> function_of(std::uint8_t code) {
  const bool known = (code >= 0x01 && code <= 0x06) || code == 0x0F || code == 0x10;
  return known ? std::optional(static_cast<Function>(code)) : std::nullopt;
}

[[nodiscard]] constexpr std::uint8_t code_of(Function function) { return static_cast<std::uint8_t>(function); }

[[nodiscard]] constexpr bool reads_bits(Function function) {
  return function == Function::read_coils || function == Function::read_discrete_inputs;
}
[[nodiscard]] constexpr bool reads_registers(Function function) {
  return function == Function::read_holding_registers || function == Function::read_input_registers;
}
[[nodiscard]] constexpr bool reads(Function function) { return reads_bits(function) || reads_registers(function); }

constexpr std::string_view to_string(Function function) {
  switch (function) {
    case Function::read_coils: return "read_coils";
    case Function::read_discrete_inputs: return "read_discrete_inputs";
    case Function::read_holding_registers: return "read_holding_registers";
    case Function::read_input_registers: return "read_input_registers";
    case Function::write_coil: return "write_coil";
    case Function::write_register: return "write_register";
    case Function::write_coils: return "write_coils";
    case Function::write_registers: return "write_registers";
  }
  return "unknown";
}

}  // namespace anju::modbus
