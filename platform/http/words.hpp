#pragma once

// The contract's words and the domain's enumerators, side by side; the order is the enumerator's.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "protocols/wire/device_words.hpp"

namespace anju::platform {

inline constexpr std::array<std::string_view, 2> kModes{"prepaid", "reading"};
inline constexpr std::array<std::string_view, 5> kRelays{"unknown", "closed", "open", "opening", "awaiting_button"};
inline constexpr std::array<std::string_view, 4> kAccountStates{"normal", "low_1", "low_2", "arrears"};
inline constexpr std::array<std::string_view, 2> kPlanKinds{"total", "tou"};
inline constexpr std::array<std::string_view, 4> kTariffs{"sharp", "peak", "flat", "valley"};
enum class TariffIndex : std::uint8_t { sharp, peak, flat, valley };
inline constexpr std::array<std::string_view, 3> kStepPeriods{"none", "month", "year"};
inline constexpr std::array<std::string_view, 5> kMethods{"cash", "transfer", "wechat", "alipay", "free"};
inline constexpr std::array<std::string_view, 12> kAsks{"trip", "release",   "keep_power_on", "keep_power_off",
                                                        "read", "set_clock", "live",          "clear",
                                                        "temperature_valve_open", "temperature_valve_close", "automatic_on", "automatic_off"};
using wire::kMeterKinds;
inline constexpr std::array<std::string_view, 2> kUtilities{"electricity", "water"};
inline constexpr std::array<std::string_view, 3> kLedgerKinds{"deduction", "recharge", "correction"};
inline constexpr std::array<std::string_view, 2> kSteps{"hour", "day"};

/// The enumerator of a word; the first one for a word that was refused already.
template <class Enum>
[[nodiscard]] constexpr Enum enum_of(std::span<const std::string_view> words, std::string_view word) {
  for (std::size_t i = 0; i < words.size(); ++i)
    if (words[i] == word) return static_cast<Enum>(i);
  return static_cast<Enum>(0);
}

}  // namespace anju::platform
