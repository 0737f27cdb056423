#include "protocols/modbus/explain.hpp"

#include <optional>
#include <string>

#include "protocols/modbus/candidate.hpp"
#include "protocols/modbus/crc.hpp"
#include "protocols/modbus/explain_pdu.hpp"
#include "protocols/modbus/fields.hpp"
#include "protocols/modbus/rtu.hpp"
#include "protocols/modbus/tcp.hpp"

namespace anju::modbus {
namespace {

constexpr std::size_t kLeastFrame = 4;  // unit, function, CRC

void add_front(Explanation& out, std::string protocol, std::size_t skipped) {
  out.facts.push_back({"protocol", std::move(protocol)});
  if (skipped > 0) out.facts.push_back({"leading_noise_bytes", static_cast<std::int64_t>(skipped)});
}

void add_unit(Explanation& out, std::uint8_t unit, std::string_view direction) {
  out.facts.push_back({"unit", static_cast<std::int64_t>(unit)});
  out.facts.push_back({"direction", std::string(direction)});
}

void add_crc(Explanation& out, std::uint16_t crc) {
  base::Bytes wire;
  put_byte(wire, crc & 0xFF);
  put_byte(wire, crc >> 8);
  out.facts.push_back({"crc_wire", base::to_hex(wire)});
}

void finish(Explanation& out, std::size_t consumed, std::size_t all) {
  out.consumed = consumed;
  if (consumed < all) out.facts.push_back({"trailing_bytes", static_cast<std::int64_t>(all - consumed)});
}

void refuse(Explanation& out, base::Error error) {
  out.facts.push_back({"error", std::string(error.code)});
  out.refused = std::move(error);
}

base::Error checksum_error(const Candidate& candidate) {
  return {Errc::checksum, "expected " + hex_word(candidate.crc_right) + ", found " + hex_word(candidate.crc_found)};
}

/// What a question reads; nothing where it does something else.
std::optional<Read> read_of(const Frame& request) {
  const auto asked = decode_request(request.pdu);
  const Read* read = asked ? std::get_if<Read>(&*asked) : nullptr;
  return read != nullptr ? std::optional(*read) : std::nullopt;
}

/// Which of the two a whole frame can be; both have a right CRC.
std::string_view direction_of(bool request, bool reply) { return request && reply ? "either" : request ? "master" : "device"; }

/// True when bytes at this place are a frame; then it is told.
bool explain_at(Explanation& out, base::ByteView bytes, std::size_t at) {
  const base::ByteView rest = bytes.subspan(at);
  const Candidate asked = judge_request(rest), answered = judge_reply(rest);
  bool request = asked.shape == Shape::good, reply = answered.shape == Shape::good;
  if (!request && !reply) return false;
  // Where both lengths fit, the one that makes sense is meant.
  if (request && reply) {
    const bool sound = decode_request(frame_of(rest, asked).pdu).has_value(), sound_reply = decode_reply(frame_of(rest, answered).pdu).has_value();
    request = sound || !sound_reply;
    reply = sound_reply || !sound;
  }
  const Candidate& whole = request ? asked : answered;
  const Frame frame = frame_of(rest, whole);
  add_front(out, "modbus-rtu", at);
  add_unit(out, frame.unit, direction_of(request, reply));
  if (request) {
    explain_request(out, frame.pdu);
  } else {
    explain_reply(out, frame.pdu, std::nullopt);
  }
  add_crc(out, whole.crc_found);
  finish(out, at + whole.size, bytes.size());
  return true;
}

/// All bytes are one frame of a function we do not speak.
bool explain_foreign(Explanation& out, base::ByteView bytes) {
  if (bytes.size() < kLeastFrame || bytes.size() > rtu::kMaxFrame || crc16(bytes) != 0) return false;
  const std::uint8_t code = base::to_u8(bytes[1]);
  if (function_of(static_cast<std::uint8_t>(code & ~kExceptionBit))) return false;
  const Candidate whole = judge_size(bytes, bytes.size() - 3);
  const Frame frame = frame_of(bytes, whole);
  add_front(out, "modbus-rtu", 0);
  out.facts.push_back({"unit", static_cast<std::int64_t>(frame.unit)});
  explain_unknown(out, frame.pdu);
  out.remarks.emplace_back(Errc::unknown_function, hex_byte(code));
  add_crc(out, whole.crc_found);
  finish(out, bytes.size(), bytes.size());
  return true;
}

/// Why there is no frame: what the first place that could begin one lacks.
void explain_suspect(Explanation& out, base::ByteView bytes) {
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    const Candidate asked = judge_request(bytes.subspan(at)), answered = judge_reply(bytes.subspan(at));
    const bool broken = asked.shape == Shape::checksum || answered.shape == Shape::checksum;
    if (!broken && asked.shape == Shape::none && answered.shape == Shape::none) continue;
    add_front(out, "modbus-rtu", at);
    out.facts.push_back({"unit", static_cast<std::int64_t>(base::to_u8(bytes[at]))});
    if (!broken) return refuse(out, Errc::need_more);
    return refuse(out, checksum_error(asked.shape == Shape::checksum ? asked : answered));
  }
  refuse(out, bytes.empty() ? base::Error(Errc::need_more) : base::Error(Errc::no_frame));
}

}  // namespace

Explanation explain(base::ByteView bytes) {
  Explanation out;
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    if (explain_at(out, bytes, at)) return out;
  }
  if (!explain_foreign(out, bytes)) explain_suspect(out, bytes);
  return out;
}

Explanation explain_reply(base::ByteView bytes, const Frame& request) {
  Explanation out;
  const auto found = rtu::find_reply_at_end(bytes, request);
  add_front(out, "modbus-rtu", found ? found->skipped : 0);
  add_unit(out, request.unit, "device");
  if (!found) {
    refuse(out, found.error());
    return out;
  }
  explain_reply(out, found->frame.pdu, read_of(request));
  add_crc(out, static_cast<std::uint16_t>(base::to_u8(bytes[found->consumed - 2]) | base::to_u8(bytes[found->consumed - 1]) << 8));
  finish(out, found->consumed, bytes.size());
  return out;
}

Explanation explain_tcp(base::ByteView bytes) {
  Explanation out;
  add_front(out, "modbus-tcp", 0);
  const auto found = tcp::find(bytes);
  if (!found) {
    refuse(out, found.error());
    return out;
  }
  const Frame& frame = found->message.frame;
  out.facts.push_back({"transaction", static_cast<std::int64_t>(found->message.transaction)});
  const auto request = decode_request(frame.pdu);
  const auto reply = decode_reply(frame.pdu);
  add_unit(out, frame.unit, direction_of(request.has_value(), reply.has_value()));
  if (request) {
    explain_request(out, frame.pdu);
  } else {
    explain_reply(out, frame.pdu, std::nullopt);
  }
  finish(out, found->consumed, bytes.size());
  return out;
}

Explanation explain_tcp_reply(base::ByteView bytes, const tcp::Message& request) {
  Explanation out;
  add_front(out, "modbus-tcp", 0);
  std::size_t at = 0;
  std::int64_t late = 0;
  auto found = tcp::find(bytes);
  while (found && !tcp::answers(request, found->message)) {
    at += found->consumed;
    ++late;
    found = tcp::find(bytes.subspan(at));
  }
  if (late > 0) out.facts.push_back({"late_answers", late});
  if (!found) {
    refuse(out, found.error());
    return out;
  }
  out.facts.push_back({"transaction", static_cast<std::int64_t>(found->message.transaction)});
  add_unit(out, found->message.frame.unit, "device");
  explain_reply(out, found->message.frame.pdu, read_of(request.frame));
  finish(out, at + found->consumed, bytes.size());
  return out;
}

}  // namespace anju::modbus
