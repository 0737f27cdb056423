#pragma once

// Reading and writing the fields of a data field in order. Private to this folder.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "protocols/base/bytes.hpp"
#include "protocols/dlt645/data_id.hpp"
#include "protocols/dlt645/frame.hpp"

namespace anju::dlt645 {

inline void put(base::Bytes& out, base::ByteView bytes) {
  out.insert(out.end(), bytes.begin(), bytes.end());
}
inline void put(base::Bytes& out, std::uint8_t value) {
  out.push_back(std::byte{value});
}

template <std::size_t N>
void put(base::Bytes& out, const std::array<std::uint8_t, N>& values) {
  put(out, std::as_bytes(std::span(values)));
}

/// DI0 first.
inline void put(base::Bytes& out, const DataId& di) {
  for (std::size_t i = 0; i < di.size(); ++i) put(out, static_cast<std::uint8_t>(di.value >> (8 * i) & 0xFF));
}

/// Takes fields from the front; the caller has checked the length before.
class Fields {
 public:
  explicit Fields(base::ByteView bytes) : rest_(bytes) {}

  [[nodiscard]] std::size_t size() const { return rest_.size(); }
  [[nodiscard]] base::ByteView take(std::size_t count) {
    const base::ByteView taken = rest_.first(std::min(count, rest_.size()));
    rest_ = rest_.subspan(taken.size());
    return taken;
  }
  [[nodiscard]] base::ByteView rest() { return take(rest_.size()); }
  [[nodiscard]] std::uint8_t u8() {
    const base::ByteView one = take(1);
    return one.empty() ? std::uint8_t{0} : base::to_u8(one[0]);
  }
  template <std::size_t N>
  [[nodiscard]] std::array<std::uint8_t, N> array() {
    std::array<std::uint8_t, N> values{};
    std::ranges::transform(take(N), values.begin(), base::to_u8);
    return values;
  }
  [[nodiscard]] DataId di(Edition edition) {
    DataId di{.value = 0, .edition = edition};
    const base::ByteView bytes = take(di.size());
    for (std::size_t i = bytes.size(); i-- > 0;) di.value = di.value << 8 | base::to_u8(bytes[i]);
    return di;
  }

 private:
  base::ByteView rest_;
};

[[nodiscard]] inline base::Bytes copy(base::ByteView bytes) {
  return {bytes.begin(), bytes.end()};
}

}  // namespace anju::dlt645
