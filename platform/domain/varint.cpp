#include "platform/domain/varint.hpp"

namespace anju::platform {

void put_varint(std::string& out, std::uint64_t value) {
  for (; value >= 128; value >>= 7) out += static_cast<char>(value | 128);
  out += static_cast<char>(value);
}

void put_zigzag(std::string& out, std::int64_t value) { put_varint(out, zigzag(value)); }

bool take_varint(std::string_view& in, std::uint64_t& value) {
  value = 0;
  for (unsigned shift = 0; shift < 64; shift += 7) {
    if (in.empty()) return false;
    const auto byte = static_cast<unsigned char>(in.front());
    in.remove_prefix(1);
    if (shift == 63 && byte > 1) return false;
    value |= static_cast<std::uint64_t>(byte & 127) << shift;
    if (byte < 128) return true;
  }
  return false;
}

bool take_zigzag(std::string_view& in, std::int64_t& value) {
  std::uint64_t raw = 0;
  if (!take_varint(in, raw)) return false;
  value = unzigzag(raw);
  return true;
}

}  // namespace anju::platform
