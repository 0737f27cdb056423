#pragma once

// The baud word Z (function 17 and identifiers 04000701..05): a bit field with exactly one bit set. It is neither the
// rate / 300 in BCD nor shifted by a bit, as two libraries in the field have it. Source: meters.md 1.6.

#include <array>
#include <cstdint>
#include <string>

#include "protocols/base/result.hpp"
#include "protocols/dlt645/errc.hpp"

namespace anju::dlt645 {

struct BaudRow {
  std::uint8_t word;
  int rate;
};

inline constexpr std::array kBaudWords{BaudRow{0x02, 600},  BaudRow{0x04, 1200}, BaudRow{0x08, 2400},
                                       BaudRow{0x10, 4800}, BaudRow{0x20, 9600}, BaudRow{0x40, 19200}};

/// Bits per second. Error: out_of_range (not exactly one of the six bits).
[[nodiscard]] inline base::Result<int> baud_of(std::uint8_t word) {
  for (const BaudRow& row : kBaudWords) {
    if (row.word == word) return row.rate;
  }
  return base::fail(Errc::out_of_range, "baud word " + std::to_string(word));
}

/// Error: out_of_range (the word has no bit for this rate).
[[nodiscard]] inline base::Result<std::uint8_t> baud_word(int rate) {
  for (const BaudRow& row : kBaudWords) {
    if (row.rate == rate) return row.word;
  }
  return base::fail(Errc::out_of_range, "baud " + std::to_string(rate));
}

}  // namespace anju::dlt645
