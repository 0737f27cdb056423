#include "firmware-sim/devices/wire.hpp"

#include <algorithm>
#include <cstdlib>
#include <iterator>

namespace anju::sim {

std::byte garbled(std::byte value, std::size_t position) {
  constexpr std::uint8_t kPatterns[] = {0x95, 0x2C, 0xE3, 0x5A, 0xB7};
  return value ^ std::byte{kPatterns[position % std::size(kPatterns)]};
}

std::size_t WireQueue::send(base::ByteView bytes, std::int64_t start_us, std::int64_t per_character_us, WireFormat format) {
  std::size_t met = 0;
  for (std::size_t i = 0; i < bytes.size() && bytes_.size() < kMaxBytes; ++i) {
    const std::int64_t from = start_us + static_cast<std::int64_t>(i) * per_character_us;
    const WireByte mine{from, from + per_character_us, bytes[i], format};
    busy_until_us_ = std::max(busy_until_us_, mine.end_us);

    const auto arrived_before = [&mine](const WireByte& one) { return one.end_us <= mine.start_us; };
    const bool last = bytes_.empty() || arrived_before(bytes_.back());  // as most are
    const auto other = last ? bytes_.end() : std::partition_point(bytes_.begin(), bytes_.end(), arrived_before);
    if (other == bytes_.end() || other->start_us >= mine.end_us) {
      bytes_.insert(other, mine);
      continue;
    }
    ++met;
    // Out of step by more than a quarter of a character nothing of either is left.
    const bool in_step = std::abs(other->start_us - mine.start_us) * 4 <= per_character_us;
    other->value = in_step ? other->value & mine.value : garbled(other->value & mine.value, i);
  }
  return met;
}

std::size_t WireQueue::disturb(std::int64_t start_us, std::int64_t end_us) {
  std::size_t damaged = 0;
  for (WireByte& one : bytes_) {
    if (one.start_us >= end_us) break;
    if (one.end_us <= start_us) continue;
    one.value = garbled(one.value, damaged);
    ++damaged;
  }
  return damaged;
}

std::int64_t WireQueue::burst_end_us() const {
  std::int64_t end_us = bytes_.front().end_us;
  for (const WireByte& one : bytes_) {
    if (one.start_us > end_us) break;
    end_us = one.end_us;
  }
  return end_us;
}

const WireByte* WireQueue::arrived(std::int64_t now_us) const {
  return !bytes_.empty() && bytes_.front().end_us <= now_us ? &bytes_.front() : nullptr;
}

}  // namespace anju::sim
