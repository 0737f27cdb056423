#include "protocols/dlt645/candidate.hpp"

#include <algorithm>

namespace anju::dlt645 {
namespace {

constexpr std::size_t kAddressAt = 1, kControlAt = 8;

}  // namespace

Frame fields_of(base::ByteView bytes, const base::Candidate& candidate) {
  Frame frame;
  std::ranges::transform(bytes.subspan(kAddressAt, frame.address.wire.size()), frame.address.wire.begin(), base::to_u8);
  frame.control = base::to_u8(bytes[kControlAt]);
  const base::ByteView data = bytes.subspan(kLayout.length_at + 1, candidate.data);
  frame.data.reserve(data.size());
  // Unsigned 8-bit arithmetic: data bytes CD..FF travel as 00..32.
  for (const std::byte b : data) frame.data.push_back(static_cast<std::byte>((base::to_u8(b) - 0x33) & 0xFF));
  return frame;
}

}  // namespace anju::dlt645
