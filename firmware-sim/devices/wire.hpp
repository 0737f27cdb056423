#pragma once

// The arithmetic of a paced half-duplex wire: when each byte has arrived, and what is left of bytes that were sent at
// the same time. Times are microseconds of one clock. Nothing here knows a frame or a meter.

#include <cstddef>
#include <cstdint>
#include <deque>

#include "protocols/base/bytes.hpp"

namespace anju::sim {

/// Speed and parity of whoever sends or listens. Stop bits are not looked at: a receiver needs one, and a sender of two is heard by both.
struct WireFormat {
  /// parity: N, E or O; 0: nobody can tell (a pseudo terminal and a serial server have none), and it is taken to be right.
  constexpr WireFormat(std::uint32_t rate, char bit = 0) : baud(rate), parity(bit) {}

  std::uint32_t baud;
  char parity;

  /// Both make the same bytes of the same bits.
  [[nodiscard]] constexpr bool hears(const WireFormat& other) const {
    return baud == other.baud && (parity == other.parity || parity == 0 || other.parity == 0);
  }
};

/// One character on the wire.
struct WireByte {
  std::int64_t start_us = 0;
  std::int64_t end_us = 0;  ///< only now has it arrived
  std::byte value{};
  WireFormat format{0};  ///< of its sender
};

/// Start, eight data, parity unless there is none, stop. Rounded up, so that the wire is never faster than the real one.
[[nodiscard]] constexpr std::int64_t character_us(const WireFormat& format) {
  const std::int64_t bits = format.parity == 'N' ? 10'000'000 : 11'000'000;
  return (bits + format.baud - 1) / format.baud;
}

/// What a receiver makes of a character sent at another speed: some other byte. Never the value itself.
[[nodiscard]] std::byte garbled(std::byte value, std::size_t position);

/// The characters of one direction, in order of time.
class WireQueue {
 public:
  static constexpr std::size_t kMaxBytes = 65'536;  ///< what is sent beyond it is lost

  /// Puts bytes on the wire one behind the other, the first at start_us. Where they meet bytes that are already there,
  /// two senders drive the pair at once: the receiver gets one byte in that place, the zeros of both (identical bytes
  /// sent at the same instant survive, as on a real pair). Returns how many bytes met.
  std::size_t send(base::ByteView bytes, std::int64_t start_us, std::int64_t per_character_us, WireFormat format = 0);

  /// Damages what overlaps start_us..end_us (another sender spoke); returns how many bytes.
  std::size_t disturb(std::int64_t start_us, std::int64_t end_us);

  /// The next byte that has arrived by now_us, if any.
  [[nodiscard]] const WireByte* arrived(std::int64_t now_us) const;
  void pop() { bytes_.pop_front(); }

  [[nodiscard]] bool empty() const { return bytes_.empty(); }
  [[nodiscard]] const WireByte& front() const { return bytes_.front(); }
  /// When the last byte of the burst that begins at the front will have arrived. Only with bytes on the wire.
  [[nodiscard]] std::int64_t burst_end_us() const;
  /// When the last byte put here will have arrived; 0 when nothing was ever sent.
  [[nodiscard]] std::int64_t busy_until_us() const { return busy_until_us_; }

 private:
  std::deque<WireByte> bytes_;
  std::int64_t busy_until_us_ = 0;
};

}  // namespace anju::sim
