#pragma once

// Which edition of the standard, and which data: the two things that name a register of a meter.

#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "protocols/base/result.hpp"

namespace anju::dlt645 {

enum class Edition {
  y2007,  ///< DL/T645-2007: identifiers of four bytes, read is 11
  y1997,  ///< DL/T645-1997: identifiers of two bytes, read is 01
};

/// "dlt645-2007", "dlt645-1997": the words of a device profile.
[[nodiscard]] std::string_view to_string(Edition edition);
/// Error: out_of_range (no edition has this name).
[[nodiscard]] base::Result<Edition> parse_edition(std::string_view text);

/// A data identifier. `value` in reading order: DI3 DI2 DI1 DI0, or DI1 DI0 in the edition of 1997.
struct DataId {
  std::uint32_t value = 0;
  Edition edition = Edition::y2007;
  auto operator<=>(const DataId&) const = default;

  /// Bytes on the wire: 4 or 2, DI0 first.
  [[nodiscard]] constexpr std::size_t size() const { return edition == Edition::y2007 ? 4 : 2; }
  /// "00010000" or "9010".
  [[nodiscard]] std::string text() const;
  /// Eight hex digits are 2007, four are 1997. Error: unknown_identifier (not the shape of one).
  [[nodiscard]] static base::Result<DataId> parse(std::string_view text);
};

}  // namespace anju::dlt645
