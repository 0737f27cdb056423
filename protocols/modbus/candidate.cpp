#include "protocols/modbus/candidate.hpp"

#include <algorithm>

#include "protocols/modbus/crc.hpp"

namespace anju::modbus {
namespace {

constexpr std::size_t kPduAt = 1, kCrcSize = 2, kExceptionSize = 2, kWriteReplySize = 5;

}  // namespace

Candidate judge_size(base::ByteView bytes, std::size_t pdu_size) {
  const std::size_t size = kPduAt + pdu_size + kCrcSize;
  if (pdu_size > kMaxPdu) return {};
  if (bytes.size() < size) return {.shape = Shape::unfinished};
  const auto right = crc16(bytes.first(size - kCrcSize));
  const auto found = static_cast<std::uint16_t>(base::to_u8(bytes[size - 2]) | base::to_u8(bytes[size - 1]) << 8);
  return {.shape = right == found ? Shape::good : Shape::checksum, .size = size, .crc_right = right, .crc_found = found};
}

Candidate judge_answer(base::ByteView bytes, std::uint8_t unit, const Expected& expected) {
  if (bytes.empty() || base::to_u8(bytes[0]) != unit) return {};
  const base::ByteView pdu = bytes.subspan(kPduAt);
  if (!pdu.empty() && pdu[0] == (expected.begin[0] | std::byte{kExceptionBit})) return judge_size(bytes, kExceptionSize);
  const std::size_t known = std::min(pdu.size(), expected.begin.size());
  if (!std::equal(pdu.begin(), pdu.begin() + static_cast<std::ptrdiff_t>(known), expected.begin.begin())) return {};
  return judge_size(bytes, expected.size);
}

Candidate judge_request(base::ByteView bytes) {
  if (bytes.empty() || base::to_u8(bytes[0]) > kLastUnit) return {};
  const auto size = request_size(bytes.subspan(kPduAt));
  if (!size) return {};
  return *size == 0 ? Candidate{.shape = Shape::unfinished} : judge_size(bytes, *size);
}

Candidate judge_reply(base::ByteView bytes) {
  if (bytes.empty() || bytes[0] == std::byte{kBroadcast} || base::to_u8(bytes[0]) > kLastUnit) return {};
  if (bytes.size() < 2) return {.shape = Shape::unfinished};
  const std::uint8_t code = base::to_u8(bytes[1]);
  const auto function = function_of(static_cast<std::uint8_t>(code & ~kExceptionBit));
  if (!function) return {};
  if ((code & kExceptionBit) != 0) return judge_size(bytes, kExceptionSize);
  if (!reads(*function)) return judge_size(bytes, kWriteReplySize);
  if (bytes.size() < 3) return {.shape = Shape::unfinished};
  const std::size_t count = base::to_u8(bytes[2]);
  if (count == 0 || (reads_registers(*function) && count % 2 != 0)) return {};
  return judge_size(bytes, 2 + count);
}

Frame frame_of(base::ByteView bytes, const Candidate& candidate) {
  const base::ByteView pdu = bytes.subspan(kPduAt, candidate.size - kPduAt - kCrcSize);
  return {.unit = base::to_u8(bytes[0]), .pdu = base::Bytes(pdu.begin(), pdu.end())};
}

}  // namespace anju::modbus
