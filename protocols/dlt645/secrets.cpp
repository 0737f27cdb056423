#include "protocols/dlt645/secrets.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace anju::dlt645 {
namespace {

constexpr std::byte kBegin{0x68};
constexpr std::size_t kSecondBegin = 7, kControl = 8, kLength = 9, kData = 10;
constexpr std::size_t kAll = 256;

/// Bytes of the data field that belong to a password.
struct Place {
  std::uint8_t control;
  std::size_t at, count;
};
constexpr std::array kPlaces{
    Place{0x03, 0, kAll},                       // the security module's business: not looked into
    Place{0x04, 2, 4},                          // 1997
    Place{0x0F, 1, 3},    Place{0x0F, 5, 3},    // 1997: old and new
    Place{0x8F, 0, kAll},                       // and the new one once more
    Place{0x14, 5, 3},                          // behind the identifier and PA
    Place{0x18, 5, 3},    Place{0x18, 9, 3},    // old and new
    Place{0x98, 1, 3},                          // the new one once more
    Place{0x19, 1, 3},    Place{0x1A, 1, 3},    Place{0x1C, 1, 3},
    Place{0x1B, 1, 3},
    Place{0x83, 0, kAll},
};

}  // namespace

std::vector<bool> secret_bytes(base::ByteView bytes) {
  std::vector<bool> secret(bytes.size(), false);
  for (std::size_t begin = 0; begin + kData < bytes.size(); ++begin) {
    if (bytes[begin] != kBegin || bytes[begin + kSecondBegin] != kBegin) continue;
    const auto control = std::to_integer<std::uint8_t>(bytes[begin + kControl]);
    const std::size_t end = begin + kData + std::to_integer<std::size_t>(bytes[begin + kLength]);
    for (const Place& place : kPlaces) {
      if (place.control != control) continue;
      const std::size_t from = begin + kData + place.at;
      for (std::size_t i = from; i < std::min({from + place.count, end, bytes.size()}); ++i) secret[i] = true;
      if (end < bytes.size()) secret[end] = true;
    }
  }
  return secret;
}

bool is_secret_fact(std::string_view key) {
  constexpr std::array<std::string_view, 6> kSecret{"password_wire", "old_password_wire", "data_wire", "checksum", "checksum_found", "value_wire"};
  return std::ranges::find(kSecret, key) != kSecret.end();
}

}  // namespace anju::dlt645
