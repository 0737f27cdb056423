#include "protocols/modbus/rtu.hpp"

#include <optional>
#include <string>
#include <utility>

#include "protocols/modbus/candidate.hpp"
#include "protocols/modbus/crc.hpp"
#include "protocols/modbus/fields.hpp"

namespace anju::modbus::rtu {
namespace {

enum class MoreBytes { may_come, have_ended };

/// judge: what the bytes from a place on are. No bytes at all may be the begin of anything.
template <class Judge>
base::Result<Found> search(base::ByteView bytes, MoreBytes more, const Judge& judge) {
  std::optional<base::Error> suspect;
  bool unfinished = bytes.empty();
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    const Candidate candidate = judge(bytes.subspan(at));
    switch (candidate.shape) {
      case Shape::none: break;
      case Shape::unfinished: unfinished = true; break;
      case Shape::checksum:
        if (!suspect) {
          suspect = base::Error(Errc::checksum, "expected " + hex_word(candidate.crc_right) + ", found " + hex_word(candidate.crc_found));
        }
        break;
      case Shape::good: return Found{.frame = frame_of(bytes.subspan(at), candidate), .skipped = at, .consumed = at + candidate.size};
    }
  }
  if (unfinished && (more == MoreBytes::may_come || !suspect)) return base::fail(Errc::need_more);
  if (suspect) return tl::unexpected(*std::move(suspect));
  return base::fail(Errc::no_frame);
}

base::Result<Found> search_reply(base::ByteView bytes, MoreBytes more, const Frame& request) {
  const auto expected = expected_reply(request.pdu);
  if (!expected) return base::fail(Errc::no_frame, "the request is none");
  if (request.unit == kBroadcast) return base::fail(Errc::no_frame, "nobody answers a broadcast");
  return search(bytes, more, [&](base::ByteView rest) { return judge_answer(rest, request.unit, *expected); });
}

}  // namespace

base::Result<base::Bytes> encode(const Frame& frame) {
  if (frame.unit > kLastUnit) return base::fail(Errc::bad_unit, std::to_string(frame.unit) + " is above 247");
  if (frame.pdu.empty() || frame.pdu.size() > kMaxPdu) return base::fail(Errc::bad_length, std::to_string(frame.pdu.size()) + " bytes of PDU: 1 to 253");
  base::Bytes bytes;
  bytes.reserve(frame.pdu.size() + 3);
  put_byte(bytes, frame.unit);
  bytes.insert(bytes.end(), frame.pdu.begin(), frame.pdu.end());
  const std::uint16_t crc = crc16(bytes);
  put_byte(bytes, crc & 0xFF);
  put_byte(bytes, crc >> 8);
  return bytes;
}

base::Result<Found> find_reply(base::ByteView bytes, const Frame& request) { return search_reply(bytes, MoreBytes::may_come, request); }
base::Result<Found> find_reply_at_end(base::ByteView bytes, const Frame& request) { return search_reply(bytes, MoreBytes::have_ended, request); }
base::Result<Found> find_request(base::ByteView bytes) { return search(bytes, MoreBytes::may_come, judge_request); }
base::Result<Found> find_request_at_end(base::ByteView bytes) { return search(bytes, MoreBytes::have_ended, judge_request); }

}  // namespace anju::modbus::rtu
