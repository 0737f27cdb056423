#include "protocols/cjt188/abbreviation.hpp"

#include <algorithm>

namespace anju::cjt188 {

bool abbreviates(const Address& asked, const Address& exact) {
  const auto given = std::ranges::mismatch(asked.wire, exact.wire).in1;
  return std::all_of(given, asked.wire.end(), [](std::uint8_t pair) { return pair == 0xAA; });
}

}  // namespace anju::cjt188
