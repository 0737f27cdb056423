#pragma once

// Big-endian words in bytes. Private to the codec.

#include <cstddef>
#include <cstdint>
#include <string>

#include "protocols/base/bytes.hpp"

namespace anju::modbus {

/// bytes[at] and bytes[at + 1]; the caller has looked at the length.
[[nodiscard]] inline std::uint16_t word_at(base::ByteView bytes, std::size_t at) {
  return static_cast<std::uint16_t>(base::to_u8(bytes[at]) << 8 | base::to_u8(bytes[at + 1]));
}

inline void put_byte(base::Bytes& bytes, std::size_t value) { bytes.push_back(static_cast<std::byte>(value & 0xFF)); }

inline void put_word(base::Bytes& bytes, std::uint16_t word) {
  put_byte(bytes, word >> 8);
  put_byte(bytes, word & 0xFF);
}

/// "00F3"
[[nodiscard]] inline std::string hex_word(std::uint16_t word) {
  base::Bytes bytes;
  put_word(bytes, word);
  return base::to_hex(bytes);
}

/// "83"
[[nodiscard]] inline std::string hex_byte(std::uint8_t value) {
  const std::byte byte{value};
  return base::to_hex({&byte, 1});
}

/// Bytes that so many bits take, eight to a byte.
[[nodiscard]] constexpr std::size_t bytes_of_bits(std::size_t bits) { return (bits + 7) / 8; }

}  // namespace anju::modbus
