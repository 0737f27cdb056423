#pragma once

// The check of an RTU frame: CRC-16 with the polynomial A001 (8005 reflected), beginning with FFFF.
// Source: Modbus over Serial Line V1.02, 2.5.1.2 and 6.2.2.

#include <cstdint>

#include "protocols/base/bytes.hpp"

namespace anju::modbus {

/// Travels low byte first; over a frame with its CRC in that order the result is 0.
[[nodiscard]] std::uint16_t crc16(base::ByteView bytes);

}  // namespace anju::modbus
