#pragma once

// The data items a simulated meter has: identifier -> bytes as they stand in a reply. Source: shared reference
// meters.md 1.5 to 1.8. A reply's frame, its errors and its faults are meter.cpp's business.

#include <cstdint>
#include <deque>
#include <optional>

#include "firmware-sim/devices/registers.hpp"
#include "protocols/base/bytes.hpp"
#include "protocols/base/time.hpp"
#include "protocols/dlt645/frame.hpp"

namespace anju::sim {

/// What was in the registers when the meter's day began.
struct DayFreeze {
  base::CivilTime at;
  RegisterBlock registers;
};

inline constexpr std::size_t kMaxDayFreezes = 62;  ///< then the oldest is forgotten

/// Everything that can be read at one moment.
struct Snapshot {
  dlt645::Address address;
  RegisterBlock registers;
  int phases = 1;          ///< 1 or 3
  std::int64_t watts = 0;  ///< through the meter at this moment, all phases together
  std::int64_t decivolts = 2200;
  std::int64_t milliamps = 0;  ///< of each phase
  std::int64_t power_factor_e3 = 980;
  base::CivilTime clock;
  std::uint16_t status_word_3 = 0;
  const std::deque<DayFreeze>* freezes = nullptr;  ///< yesterday first
};

/// identifier: DI3 DI2 DI1 DI0 in reading order. Nothing when this meter has no such data.
[[nodiscard]] std::optional<base::Bytes> read_item(const Snapshot& snapshot, std::uint32_t identifier);

/// The 1997 edition: two-byte identifiers, whole volts, amperes with two decimals.
[[nodiscard]] std::optional<base::Bytes> read_item_1997(const Snapshot& snapshot, std::uint16_t identifier);

}  // namespace anju::sim
