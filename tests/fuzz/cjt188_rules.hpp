#pragma once

// What must hold for the CJ/T188 codec whatever the bytes are. The fuzzer, the replay of its corpus and the seeded random test all check the
// same rules.

#include <algorithm>
#include <cstddef>
#include <string>

#include "protocols/cjt188/explain.hpp"
#include "protocols/cjt188/message.hpp"
#include "protocols/cjt188/metering.hpp"

namespace anju::cjt188::rules {

/// A frame that was found stands in the input exactly as it is written again.
inline std::string found_is_in_the_input(base::ByteView bytes, const Found& found) {
  if (found.consumed > bytes.size() || found.skipped + found.preamble > found.consumed) return "consumed more than there is";
  const auto again = encode(found.frame, found.preamble);
  if (!again) return "a found frame cannot be written";
  const base::ByteView source = bytes.subspan(found.skipped, found.consumed - found.skipped);
  return std::ranges::equal(*again, source) ? "" : "a found frame is written differently";
}

/// What was decoded, in either byte order, is built again as the same frame.
inline std::string message_survives(const Frame& frame) {
  for (const DiOrder order : {DiOrder::high_byte_first, DiOrder::low_byte_first}) {
    const Options options{.meter_type = frame.meter_type, .di_order = order};
    if (const auto request = decode_request(frame, order)) {
      const auto again = make_request(options, frame.address, request->ser, request->request);
      if (!again || *again != frame) return "a request is built differently than it was read";
    }
    if (const auto reply = decode_reply(frame, options)) {
      const auto again = make_reply(options, frame.address, reply->ser, reply->reply);
      if (!again || *again != frame) return "a reply is built differently than it was read";
    }
  }
  if (answers(frame, frame) || answers(frame, frame, Bus::point_to_point)) return "a frame answers itself";
  return "";
}

/// A decoded value is written as bytes that are read as the same value; where it is one, the total alone is the same.
inline std::string metering_survives(base::ByteView value) {
  const auto metering = decode_metering(value);
  const auto total = decode_total(value);
  if (!metering) return "";
  if (!total || *total != metering->total) return "the total alone is another";
  const auto again = encode_metering(*metering);
  if (!again || again->size() != value.size()) return "a value cannot be written again";
  const auto twice = decode_metering(*again);
  return twice && *twice == *metering ? "" : "a value changes when it is written and read again";
}

/// Empty, or the rule these bytes break.
inline std::string broken(base::ByteView bytes) {
  if (std::string rule = metering_survives(bytes); !rule.empty()) return rule;
  const auto found = find_frame(bytes);
  const auto at_end = find_frame_at_end(bytes);
  const base::Explanation told = explain(bytes);
  if (found.has_value() != at_end.has_value()) return "the search depends on whether more may come";
  if (found.has_value() == told.refused.has_value()) return "explained although refused, or the reverse";
  const bool has_reason = !told.facts.empty() && told.facts.back().key == "error";
  if (told.refused.has_value() != has_reason) return "refused without a reason";
  if (!found) {
    const bool waits = found.error().is(Errc::need_more);
    return !waits && found.error().code != at_end.error().code ? "two reasons for one refusal" : "";
  }
  if (told.consumed != found->consumed) return "another frame was explained than found";
  if (std::string rule = found_is_in_the_input(bytes, *found); !rule.empty()) return rule;
  return message_survives(found->frame);
}

/// The same bytes as control byte and data field of a sound frame: a fuzzer seldom guesses a checksum.
inline std::string broken_inside_a_frame(base::ByteView bytes) {
  if (bytes.empty() || bytes.size() > kMaxData + 1) return "";
  const Frame frame{kColdWater, kWildcard, base::to_u8(bytes[0]), base::Bytes(bytes.begin() + 1, bytes.end())};
  const auto wire = encode(frame, 0);
  const auto found = wire.and_then([](const base::Bytes& written) { return find_frame(written); });
  if (!found || found->frame != frame) return "a written frame is not found again";
  return broken(*wire);
}

}  // namespace anju::cjt188::rules
