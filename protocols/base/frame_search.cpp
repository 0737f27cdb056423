#include "protocols/base/frame_search.hpp"

namespace anju::base {
namespace {

constexpr std::byte kStart{0x68};
constexpr std::byte kEnd{0x16};
constexpr std::byte kWakeUp{0xFE};

std::string hex(std::uint8_t value) {
  const std::byte byte{value};
  return to_hex({&byte, 1});
}

std::uint8_t sum_of(ByteView bytes) {
  unsigned sum = 0;
  for (const std::byte b : bytes) sum += to_u8(b);
  return static_cast<std::uint8_t>(sum & 0xFF);
}

}  // namespace

Candidate judge(ByteView bytes, const FrameLayout& layout) {
  if (bytes.empty() || bytes[0] != kStart) return {};
  if (layout.second_start_at != 0) {
    if (bytes.size() <= layout.second_start_at) return {.shape = Shape::unfinished};
    if (bytes[layout.second_start_at] != kStart) return {};
  }
  if (bytes.size() <= layout.length_at) return {.shape = Shape::unfinished};
  Candidate whole{.shape = Shape::too_long, .data = to_u8(bytes[layout.length_at])};
  whole.size = layout.length_at + 1 + whole.data + 2;
  if (whole.data > layout.max_data) return whole;
  if (bytes.size() < whole.size) return {.shape = Shape::unfinished};

  whole.checksum_right = sum_of(bytes.first(whole.size - 2));
  whole.checksum_found = to_u8(bytes[whole.size - 2]);
  whole.end_found = to_u8(bytes[whole.size - 1]);
  if (whole.checksum_right != whole.checksum_found) {
    whole.shape = Shape::checksum;
  } else {
    whole.shape = bytes[whole.size - 1] == kEnd ? Shape::good : Shape::end_byte;
  }
  return whole;
}

std::size_t preamble_before(ByteView bytes, std::size_t at) {
  std::size_t count = 0;
  while (count < kMaxPreamble && count < at && bytes[at - count - 1] == kWakeUp) ++count;
  return count;
}

FrameSearch search_frame(ByteView bytes, const FrameLayout& layout) {
  FrameSearch result;
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    const Candidate candidate = judge(bytes.subspan(at), layout);
    switch (candidate.shape) {
      case Shape::none: break;
      case Shape::unfinished: result.unfinished = true; break;
      case Shape::too_long:
      case Shape::checksum:
      case Shape::end_byte:
        if (!result.suspect) result.suspect = Place{at, candidate};
        break;
      case Shape::good: return {.found = Place{at, candidate}, .suspect = {}};
    }
  }
  // FE at the end may be the beginning of a preamble, and nothing at all may be the beginning of anything.
  if (bytes.empty() || bytes.back() == kWakeUp) result.unfinished = true;
  return result;
}

Bytes seal_frame(ByteView from_start, std::size_t preamble) {
  Bytes bytes(preamble, kWakeUp);
  bytes.reserve(preamble + from_start.size() + 2);
  bytes.insert(bytes.end(), from_start.begin(), from_start.end());
  bytes.push_back(std::byte{sum_of(from_start)});
  bytes.push_back(kEnd);
  return bytes;
}

std::string reason(const Candidate& candidate, const FrameLayout& layout) {
  switch (candidate.shape) {
    case Shape::too_long: return "L " + std::to_string(candidate.data) + " is above " + std::to_string(layout.max_data);
    case Shape::checksum: return "expected " + hex(candidate.checksum_right) + ", found " + hex(candidate.checksum_found);
    case Shape::end_byte: return "expected 16, found " + hex(candidate.end_found);
    case Shape::none:
    case Shape::unfinished:
    case Shape::good: break;
  }
  return "";
}

}  // namespace anju::base
