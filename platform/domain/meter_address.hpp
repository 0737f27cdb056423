#pragma once

// The address of a meter as it lies in memory: one number for the 12 digits of DL/T645, the 14 hex digits of CJ/T188 and the unit of Modbus. A
// million of them are held, and a text would take four times as much. Which of them a device may have is the wire's rule (wire::is_address).

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace anju::platform {

class MeterAddress {
 public:
  static constexpr std::size_t kMostDigits = 14;

  /// No address: no text parses to it.
  constexpr MeterAddress() = default;
  /// text: 1 to 14 hex digits of either case, as the wire has them. Leading zeros count: "1" and "01" differ. Empty for any other text.
  [[nodiscard]] static std::optional<MeterAddress> parse(std::string_view text);
  /// What was parsed, in upper case: the form in which an address is stored and compared. Empty for no address.
  [[nodiscard]] std::string text() const;
  bool operator==(const MeterAddress&) const = default;

 private:
  constexpr explicit MeterAddress(std::uint64_t packed) : packed_(packed) {}
  std::uint64_t packed_ = 0;  ///< how many digits in the top byte; below it the digits, four bits each, the last one lowest
};
static_assert(sizeof(MeterAddress) == 8);

}  // namespace anju::platform
