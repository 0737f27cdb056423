#pragma once

// What a UART reads of bytes that another one sent at its own rate and parity, or over exchanged wires: the line bit by bit, in whole numbers. Rules of
// a 16550: a falling edge begins a character; bits are read in their middle; a stop bit that is 0 is taken for the next start bit, unless the whole
// character was 0 (a break, read as 00: the line has to rise first).

#include <cstddef>
#include <cstdint>
#include <vector>

#include "protocols/base/bytes.hpp"

namespace anju::gateway::testing {

struct Uart {
  std::int64_t baud = 2400;
  bool even_parity = true;
};

inline base::Bytes as_read(base::ByteView sent, Uart sender, Uart receiver, bool exchanged = false) {
  std::vector<bool> bits;
  for (const auto byte : sent) {
    bool odd = false;
    bits.push_back(false);
    for (unsigned i = 0; i < 8; ++i) {
      const bool bit = ((base::to_u8(byte) >> i) & 1U) != 0;
      bits.push_back(bit);
      odd = odd != bit;
    }
    if (sender.even_parity) bits.push_back(odd);
    bits.push_back(true);
  }
  // One unit of time is such that both bits take a whole number of steps.
  const std::int64_t sent_bit = 16 * receiver.baud, read_bit = 16 * sender.baud, step = sender.baud;
  const auto level = [&](std::int64_t at) {
    const auto i = static_cast<std::size_t>(at < 0 ? 0 : at / sent_bit);
    return (at < 0 || i >= bits.size() || bits[i]) != exchanged;
  };
  const auto end = static_cast<std::int64_t>(bits.size()) * sent_bit + 12 * read_bit;
  base::Bytes heard;
  std::int64_t at = -2 * sent_bit;
  bool before = level(at);
  while ((at += step) < end) {
    const bool now = level(at);
    bool begins = before && !now;
    before = now;
    std::int64_t start = at;
    while (begins && !level(start + read_bit / 2)) {
      unsigned value = 0;
      for (unsigned i = 0; i < 8; ++i) value |= level(start + read_bit * (3 + 2 * static_cast<std::int64_t>(i)) / 2) ? 1U << i : 0U;
      heard.push_back(static_cast<std::byte>(value));
      at = start + read_bit * (receiver.even_parity ? 21 : 19) / 2;
      const bool is_break = value == 0 && !level(at) && !(receiver.even_parity && level(at - read_bit));
      begins = !level(at) && !is_break;
      if (is_break) {
        while (at < end && !level(at)) at += step;
      }
      start = at - read_bit / 2;
      before = level(at);
    }
  }
  return heard;
}

}  // namespace anju::gateway::testing
