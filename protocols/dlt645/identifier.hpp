#pragma once

// The table of data identifiers: what a register is called, how long it is, how it is written and in which unit, so
// that nobody ever types a scale by hand. What is not in here is kept as bytes. Source: meters.md 1.6, 1.8; rows marked
// in the table rest on memory of the standard.

#include <cstdint>
#include <span>
#include <string_view>

#include "protocols/base/result.hpp"
#include "protocols/dlt645/data_id.hpp"
#include "protocols/dlt645/errc.hpp"

namespace anju::dlt645 {

enum class Unit { none, kwh, kvarh, yuan, yuan_per_kwh, volt, ampere, kw, kvar, kva, hertz };

/// "kWh", "yuan/kWh", …; empty for none.
[[nodiscard]] std::string_view to_string(Unit unit);

enum class Form {
  number,       ///< packed BCD, scaled by `decimals`
  digits,       ///< packed BCD that is a name, not a number
  day,          ///< YYMMDDWW
  time_of_day,  ///< hhmmss
  minute,       ///< YYMMDDhhmm
  moment,       ///< YYMMDDhhmmss
  word,         ///< binary, low byte first
  baud_word,    ///< see baud.hpp
  opaque,       ///< vendor or mixed content: bytes only
};

/// One row: an identifier, or the consecutive ones from first to last (last 1 to 12 settlement days and the like).
struct Identifier {
  DataId first;
  DataId last;
  std::string_view name;
  Form form = Form::opaque;
  std::uint8_t bytes = 0;  ///< of one item; 0 for opaque
  std::uint8_t decimals = 0;
  Unit unit = Unit::none;
  bool is_signed = false;      ///< bit 7 of the top byte is the sign; otherwise it is part of the digit
  std::uint8_t min_items = 1;  ///< a block holds min_items to max_items items of the same form
  std::uint8_t max_items = 1;
  std::uint32_t in_2007 = 0;  ///< rows of 1997: the identifier of `first` with the same meaning

  [[nodiscard]] constexpr bool is_block() const { return max_items > 1; }
};

[[nodiscard]] std::span<const Identifier> identifiers();

/// nullptr when the table has no row for it.
[[nodiscard]] const Identifier* find_identifier(const DataId& di);

/// The identifier with the same meaning in `edition`. Error: unknown_identifier (that edition has none we know).
[[nodiscard]] base::Result<DataId> in_edition(const DataId& di, Edition edition);

// What the poll plan and the commands read.
inline constexpr DataId kForwardActiveTotal{.value = 0x00010000};
inline constexpr DataId kForwardActiveBlock{.value = 0x0001FF00};  ///< total, sharp, peak, flat, valley in one exchange
inline constexpr DataId kVoltageA{.value = 0x02010100};
inline constexpr DataId kCurrentA{.value = 0x02020100};
inline constexpr DataId kActivePowerTotal{.value = 0x02030000};
inline constexpr DataId kDate{.value = 0x04000101};
inline constexpr DataId kTimeOfDay{.value = 0x04000102};
inline constexpr DataId kCommunicationAddress{.value = 0x04000401};
inline constexpr DataId kMeterNumber{.value = 0x04000402};
inline constexpr DataId kStatusWord3{.value = 0x04000503};
inline constexpr DataId kDailyFreezeYesterday{.value = 0x05060101};

}  // namespace anju::dlt645
