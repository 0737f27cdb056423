#pragma once

// What must hold for the Modbus codec whatever the bytes are. The fuzzer, the replay of its corpus and the seeded random test all check the same
// rules.

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "protocols/modbus/explain.hpp"
#include "protocols/modbus/rtu.hpp"
#include "protocols/modbus/tcp.hpp"
#include "protocols/modbus/value.hpp"

namespace anju::modbus::rules {

/// A PDU that is understood is written again byte for byte, and both readings of it are.
inline std::string pdu_survives(base::ByteView pdu) {
  if (const auto request = decode_request(pdu)) {
    const auto again = encode(*request);
    if (!again || !std::ranges::equal(*again, pdu)) return "a request is written differently than it was read";
    if (request_size(pdu) != pdu.size()) return "a request is not as long as its begin says";
    const auto expected = expected_reply(pdu);
    if (!expected || expected->size > kMaxPdu || expected->begin.size() > expected->size) return "a request without a possible answer";
  }
  if (const auto reply = decode_reply(pdu)) {
    const auto again = encode(*reply);
    if (!again || !std::ranges::equal(*again, pdu)) return "a reply is written differently than it was read";
  }
  return "";
}

/// A frame that was found stands in the input exactly as it is written again.
inline std::string found_is_in_the_input(base::ByteView bytes, const rtu::Found& found) {
  if (found.consumed > bytes.size() || found.skipped > found.consumed) return "consumed more than there is";
  const auto again = rtu::encode(found.frame);
  if (!again) return "a found frame cannot be written";
  return std::ranges::equal(*again, bytes.subspan(found.skipped, found.consumed - found.skipped)) ? "" : "a found frame is written differently";
}

inline std::string search_holds(base::ByteView bytes, const Frame& request) {
  const auto found = rtu::find_reply(bytes, request), at_end = rtu::find_reply_at_end(bytes, request);
  if (found.has_value() != at_end.has_value()) return "the search depends on whether more may come";
  if (!found) return !found.error().is(Errc::need_more) && found.error().code != at_end.error().code ? "two reasons for one refusal" : "";
  if (!answers(request, found->frame)) return "what was found is no answer";
  return found_is_in_the_input(bytes, *found);
}

inline std::string told_whole(const Explanation& told) {
  const bool last_is_error = !told.facts.empty() && told.facts.back().key == "error";
  if (told.refused.has_value() != last_is_error) return "refused without a reason, or a reason without a refusal";
  return told.refused.has_value() != (told.consumed == 0) ? "consumed although refused, or the reverse" : "";
}

/// The first byte picks type and order, the rest are registers.
inline std::string value_survives(base::ByteView bytes) {
  if (bytes.empty()) return "";
  const std::uint8_t pick = base::to_u8(bytes[0]);
  const auto type = static_cast<Type>(pick % (static_cast<int>(Type::bcd32) + 1));
  const auto order = static_cast<Order>(pick >> 6);
  std::vector<std::uint16_t> registers;
  for (std::size_t at = 1; at + 1 < bytes.size() && registers.size() < registers_of(type); at += 2) {
    registers.push_back(static_cast<std::uint16_t>(base::to_u8(bytes[at]) << 8 | base::to_u8(bytes[at + 1])));
  }
  const auto value = decode_value(type, order, registers);
  (void)decode_value(type, order, registers, {kMostNumerator, 1});
  (void)decode_value(type, order, registers, {1, kMostDenominator});
  if (!value) return "";
  const auto again = encode_value(type, order, *value);
  if (!again) return "a value cannot be written again";
  const auto twice = decode_value(type, order, *again);
  return twice && *twice == *value ? "" : "a value changes when it is written and read again";
}

/// Empty, or the rule these bytes break.
inline std::string broken(base::ByteView bytes) {
  static const std::array kRequests{Frame{0x11, encode(Read{Function::read_holding_registers, 0x6B, 3}).value()},
                                    Frame{0x11, encode(Read{Function::read_coils, 0x13, 37}).value()}, Frame{0x11, encode(WriteCoil{0xAC, true}).value()},
                                    Frame{0x0A, encode(Read{Function::read_holding_registers, 0, 2}).value()}};
  if (std::string rule = pdu_survives(bytes); !rule.empty()) return rule;
  if (std::string rule = value_survives(bytes); !rule.empty()) return rule;
  for (const Frame& request : kRequests) {
    if (std::string rule = search_holds(bytes, request); !rule.empty()) return rule;
    if (std::string rule = told_whole(explain_reply(bytes, request)); !rule.empty()) return rule;
  }
  if (std::string rule = told_whole(explain(bytes)); !rule.empty()) return rule;
  if (std::string rule = told_whole(explain_tcp(bytes)); !rule.empty()) return rule;
  if (const auto request = rtu::find_request(bytes)) {
    if (std::string rule = found_is_in_the_input(bytes, *request); !rule.empty()) return rule;
    if (std::string rule = pdu_survives(request->frame.pdu); !rule.empty()) return rule;
    if (explain(bytes).refused) return "a request was found and not explained";
  }
  if (const auto message = tcp::find(bytes)) {
    const auto again = tcp::encode(message->message);
    if (!again || !std::ranges::equal(*again, bytes.first(message->consumed))) return "a message is written differently than it was read";
  }
  return "";
}

/// The same bytes as unit and PDU of a sound frame, and of its answer's search: a fuzzer seldom guesses a CRC.
inline std::string broken_inside_a_frame(base::ByteView bytes) {
  if (bytes.size() < 2 || bytes.size() > 1 + kMaxPdu || base::to_u8(bytes[0]) > kLastUnit) return "";
  const Frame frame{base::to_u8(bytes[0]), base::Bytes(bytes.begin() + 1, bytes.end())};
  const auto wire = rtu::encode(frame);
  if (!wire) return "a sound frame cannot be written";
  if (decode_request(frame.pdu) && rtu::find_request(*wire).map([](const rtu::Found& found) { return found.frame; }) != frame) {
    return "a written request is not found again";
  }
  return broken(*wire);
}

}  // namespace anju::modbus::rules
