#pragma once

// Bytes, hex text and packed BCD. Shared by every codec.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/base/result.hpp"

namespace anju::base {

using Bytes = std::vector<std::byte>;
using ByteView = std::span<const std::byte>;

[[nodiscard]] constexpr std::uint8_t to_u8(std::byte b) { return std::to_integer<std::uint8_t>(b); }

/// Upper case, no spaces.
[[nodiscard]] std::string to_hex(ByteView bytes);

/// Accepts both cases and blanks between bytes. Error: not_hex.
[[nodiscard]] Result<Bytes> from_hex(std::string_view text);

/// Packed BCD, low byte first: `78 56 34 12` is 12345678. At most 9 bytes (18 digits).
/// Errors: not_bcd (a nibble above 9), out_of_range (more than 9 bytes).
[[nodiscard]] Result<std::int64_t> decode_bcd(ByteView low_byte_first);

/// Writes `count` bytes of packed BCD, low byte first. Error: out_of_range (negative, or too many digits).
[[nodiscard]] Result<Bytes> encode_bcd(std::int64_t value, std::size_t count);

}  // namespace anju::base
