#pragma once

// What a line does to bytes, for the tests of every protocol.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <random>
#include <span>
#include <vector>

#include "protocols/base/bytes.hpp"

namespace anju::noise {

/// ANJU_SEED=n repeats a run.
inline std::uint64_t seed() {
  const char* given = std::getenv("ANJU_SEED");
  return given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device{}();
}

/// 0 to `most` bytes. Those that mean something to the parser are over-represented, or random input would never get far.
inline base::Bytes bytes(std::mt19937_64& random, std::size_t most, std::span<const int> meaningful) {
  base::Bytes made(random() % (most + 1));
  for (std::byte& b : made) b = static_cast<std::byte>(random() % 3 == 0 ? static_cast<std::uint64_t>(meaningful[random() % meaningful.size()]) : random() & 0xFF);
  return made;
}

/// One to four bytes are changed, lost or added.
inline void mutate(base::Bytes& bytes, std::mt19937_64& random) {
  for (auto changes = 1 + random() % 4; changes > 0 && !bytes.empty(); --changes) {
    const auto at = static_cast<std::ptrdiff_t>(random() % bytes.size());
    switch (random() % 4) {
      case 0: bytes[static_cast<std::size_t>(at)] = static_cast<std::byte>(random() & 0xFF); break;
      case 1: bytes.erase(bytes.begin() + at); break;
      case 2: bytes.insert(bytes.begin() + at, static_cast<std::byte>(random() & 0xFF)); break;
      case 3: bytes[static_cast<std::size_t>(at)] ^= static_cast<std::byte>(1U << (random() % 8)); break;
    }
  }
}

inline base::Bytes joined(base::Bytes a, base::ByteView b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

/// What a receiver set to 8N1 makes of bytes sent as 8E1, back to back: eleven bits a byte, sampled as ten. On a
/// missing stop bit the usual UART takes that bit for the next start bit.
inline base::Bytes received_as_8n1(base::ByteView sent) {
  std::vector<bool> line;
  for (const std::byte b : sent) {
    line.push_back(false);
    bool parity = false;
    for (int bit = 0; bit < 8; ++bit) {
      const bool one = (base::to_u8(b) >> bit & 1) != 0;
      line.push_back(one);
      parity = parity != one;
    }
    line.push_back(parity);
    line.push_back(true);
  }
  line.insert(line.end(), 20, true);  // idle
  base::Bytes received;
  for (std::size_t at = 0; at + 9 < line.size();) {
    if (line[at]) {
      ++at;
      continue;
    }
    unsigned value = 0;
    for (std::size_t bit = 0; bit < 8; ++bit) value |= static_cast<unsigned>(line[at + 1 + bit]) << bit;
    received.push_back(static_cast<std::byte>(value));
    at += line[at + 9] ? 10 : 9;
  }
  return received;
}

}  // namespace anju::noise
