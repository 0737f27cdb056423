#include "protocols/modbus/crc.hpp"

#include <array>
#include <cstddef>

namespace anju::modbus {
namespace {

constexpr std::array<std::uint16_t, 256> kTable = [] {
  std::array<std::uint16_t, 256> table{};
  for (unsigned byte = 0; byte < table.size(); ++byte) {
    unsigned crc = byte;
    for (int bit = 0; bit < 8; ++bit) crc = (crc & 1U) != 0 ? crc >> 1 ^ 0xA001U : crc >> 1;
    table[byte] = static_cast<std::uint16_t>(crc);
  }
  return table;
}();

}  // namespace

std::uint16_t crc16(base::ByteView bytes) {
  unsigned crc = 0xFFFF;
  for (const std::byte b : bytes) crc = crc >> 8 ^ kTable[(crc ^ base::to_u8(b)) & 0xFFU];
  return static_cast<std::uint16_t>(crc);
}

}  // namespace anju::modbus
