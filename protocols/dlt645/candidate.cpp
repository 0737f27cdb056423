#include "protocols/dlt645/candidate.hpp"

#include <algorithm>

namespace anju::dlt645 {
namespace {

constexpr std::byte kStart{0x68};
constexpr std::byte kEnd{0x16};
constexpr std::byte kWakeUp{0xFE};
constexpr std::size_t kAddressAt = 1, kSecondStartAt = 7, kControlAt = 8, kLengthAt = 9, kDataAt = 10;

}  // namespace

Candidate judge(base::ByteView bytes) {
  if (bytes.empty() || bytes[0] != kStart) return {};
  if (bytes.size() <= kSecondStartAt) return {.shape = Shape::unfinished};
  if (bytes[kSecondStartAt] != kStart) return {};
  if (bytes.size() <= kLengthAt) return {.shape = Shape::unfinished};
  const std::size_t length = base::to_u8(bytes[kLengthAt]);
  const std::size_t size = kDataAt + length + 2;
  if (length > kMaxData) return {.shape = Shape::too_long, .size = size};
  if (bytes.size() < size) return {.shape = Shape::unfinished};

  unsigned sum = 0;
  for (const std::byte b : bytes.first(size - 2)) sum += base::to_u8(b);
  Candidate whole{.shape = Shape::good,
                  .size = size,
                  .checksum_right = static_cast<std::uint8_t>(sum & 0xFF),
                  .checksum_found = base::to_u8(bytes[size - 2]),
                  .end_found = base::to_u8(bytes[size - 1])};
  if (whole.checksum_right != whole.checksum_found) {
    whole.shape = Shape::checksum;
  } else if (bytes[size - 1] != kEnd) {
    whole.shape = Shape::end_byte;
  }
  return whole;
}

Frame fields_of(base::ByteView bytes, const Candidate& candidate) {
  Frame frame;
  std::transform(bytes.begin() + kAddressAt, bytes.begin() + kSecondStartAt, frame.address.wire.begin(), base::to_u8);
  frame.control = base::to_u8(bytes[kControlAt]);
  const base::ByteView data = bytes.subspan(kDataAt, candidate.size - kDataAt - 2);
  frame.data.reserve(data.size());
  // Unsigned 8-bit arithmetic: data bytes CD..FF travel as 00..32.
  for (const std::byte b : data) frame.data.push_back(static_cast<std::byte>((base::to_u8(b) - 0x33) & 0xFF));
  return frame;
}

std::size_t preamble_before(base::ByteView bytes, std::size_t at) {
  std::size_t count = 0;
  while (count < kMaxPreamble && count < at && bytes[at - count - 1] == kWakeUp) ++count;
  return count;
}

}  // namespace anju::dlt645
