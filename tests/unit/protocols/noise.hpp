#pragma once

// What a line does to bytes, for the tests of every protocol.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <random>
#include <span>

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

}  // namespace anju::noise
