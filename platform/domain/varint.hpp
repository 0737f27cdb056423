#pragma once

// Whole numbers in as few bytes as they need. Pure.
// varint: seven bits a byte, the lowest first, 128 in all but the last (LEB128). zigzag: 0, -1, 1, -2, … as 0, 1, 2, 3, …

#include <cstdint>
#include <string>
#include <string_view>

namespace anju::platform {

void put_varint(std::string& out, std::uint64_t value);
void put_zigzag(std::string& out, std::int64_t value);
/// Takes one off the front; false: cut off, or longer than 64 bits.
[[nodiscard]] bool take_varint(std::string_view& in, std::uint64_t& value);
[[nodiscard]] bool take_zigzag(std::string_view& in, std::int64_t& value);

[[nodiscard]] constexpr std::uint64_t zigzag(std::int64_t value) { return (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63); }
[[nodiscard]] constexpr std::int64_t unzigzag(std::uint64_t value) { return static_cast<std::int64_t>((value >> 1) ^ (~(value & 1) + 1)); }

}  // namespace anju::platform
