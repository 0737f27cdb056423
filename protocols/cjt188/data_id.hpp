#pragma once

// Data identifiers and the two byte orders in which meters want them. `90 1F` and `1F 90` are both in production and have the same
// checksum; a meter of the other order gives no answer. Source: meters.md 2.2, 2.3.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "protocols/base/bytes.hpp"
#include "protocols/base/result.hpp"
#include "protocols/cjt188/errc.hpp"

namespace anju::cjt188 {

struct DataId {
  std::uint16_t value = 0;
  auto operator<=>(const DataId&) const = default;

  /// Four hex digits, "901F". Error: unknown_identifier.
  [[nodiscard]] static base::Result<DataId> parse(std::string_view text);
  [[nodiscard]] std::string text() const;
};

inline constexpr DataId kMetering{0x901F};      ///< total, settlement-day total, time, status
inline constexpr DataId kReadAddress{0x810A};   ///< of read_address
inline constexpr DataId kBaseValue{0xA016};     ///< of write_base
inline constexpr DataId kValve{0xA017};         ///< of write
inline constexpr DataId kWriteAddress{0xA018};  ///< of write_address

/// Which byte of an identifier goes first. A driver's manual (ng-gateway.com) names the first as the 2004 edition's and the second as
/// the 2018 edition's; meters of either edition are found with both, so it is an option of the device and not of the edition.
enum class DiOrder : std::uint8_t {
  high_byte_first,  ///< 90 1F
  low_byte_first,   ///< 1F 90
};

[[nodiscard]] std::string_view to_string(DiOrder order);
[[nodiscard]] constexpr DiOrder other(DiOrder order) {
  return order == DiOrder::high_byte_first ? DiOrder::low_byte_first : DiOrder::high_byte_first;
}

/// Appends the two bytes.
void put(base::Bytes& out, const DataId& di, DiOrder order);
/// Reads the first two bytes; at least two, the caller has checked.
[[nodiscard]] DataId read_di(base::ByteView bytes, DiOrder order);

/// In which order the first two bytes name an identifier we know. nullopt: fewer than two bytes, in neither, or in both (D2D3).
/// For a person and for a scan; a driver knows the order of its device.
[[nodiscard]] std::optional<DiOrder> order_of(base::ByteView data);

}  // namespace anju::cjt188
