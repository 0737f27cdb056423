#pragma once

// What must hold for the DL/T645 codec whatever the bytes are. The fuzzer, the replay of its corpus and the seeded
// random test all check the same rules.

#include <algorithm>
#include <cstddef>
#include <string>
#include <variant>

#include "protocols/dlt645/block_join.hpp"
#include "protocols/dlt645/explain.hpp"
#include "protocols/dlt645/message.hpp"
#include "protocols/dlt645/value.hpp"

namespace anju::dlt645::rules {

/// A frame that was found stands in the input exactly as it is written again.
inline std::string found_is_in_the_input(base::ByteView bytes, const Found& found) {
  if (found.consumed > bytes.size() || found.skipped + found.preamble > found.consumed)
    return "consumed more than there is";
  const auto again = encode(found.frame, found.preamble);
  if (!again) return "a found frame cannot be written";
  const base::ByteView source = bytes.subspan(found.skipped, found.consumed - found.skipped);
  return std::ranges::equal(*again, source) ? "" : "a found frame is written differently";
}

/// What was decoded is built again as the same frame.
inline std::string message_survives(const Frame& frame) {
  if (const auto request = decode_request(frame)) {
    const auto again = make_request(request->edition, frame.address, request->request);
    if (!again || *again != frame) return "a request is built differently than it was read";
  }
  if (const auto reply = decode_reply(frame)) {
    const auto again = make_reply(reply->edition, frame.address, reply->reply);
    if (!again || *again != frame) return "a reply is built differently than it was read";
    if (const auto* read = std::get_if<ReadReply>(&reply->reply)) {
      const auto joined = join(BlockJoin::begin(read->di), *read);
      if (joined && joined->complete == read->more) return "a block is complete although more follows";
      if (joined && next_request(*joined).has_value() != read->more) return "a block asks for what does not follow";
    }
  }
  if (answers(frame, frame) || answers(frame, frame, Bus::point_to_point)) return "a frame answers itself";
  return "";
}

/// A decoded value is written as bytes that are read as the same value.
inline std::string value_survives(const DataId& di, base::ByteView bytes) {
  const auto value = decode_value(di, bytes);
  if (!value) return "";
  const auto again = encode_value(di, *value);
  if (!again || again->size() != bytes.size()) return "a value cannot be written again";
  const auto twice = decode_value(di, *again);
  return twice && *twice == *value ? "" : "a value changes when it is written and read again";
}

/// The first byte picks a row of the table, the rest is its value.
inline std::string table_survives(base::ByteView bytes) {
  if (bytes.empty()) return "";
  const auto rows = identifiers();
  const Identifier& row = rows[base::to_u8(bytes[0]) % rows.size()];
  (void)decode_energy(row.first, bytes.subspan(1));
  return value_survives(row.first, bytes.subspan(1));
}

inline bool has_refusal_fact(const Explanation& told) {
  return !told.facts.empty() && told.facts.back().key == "error";
}

/// Empty, or the rule these bytes break.
inline std::string broken(base::ByteView bytes) {
  if (std::string rule = table_survives(bytes); !rule.empty()) return rule;
  const auto found = find_frame(bytes);
  const auto at_end = find_frame_at_end(bytes);
  const Explanation told = explain(bytes);
  if (found.has_value() != at_end.has_value()) return "the search depends on whether more may come";
  if (found.has_value() == told.refused.has_value()) return "explained although refused, or the reverse";
  if (told.refused.has_value() != has_refusal_fact(told)) return "refused without a reason";
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
  const Frame frame{kWildcard, base::to_u8(bytes[0]), base::Bytes(bytes.begin() + 1, bytes.end())};
  const auto wire = encode(frame, 0);
  const auto found = wire.and_then([](const base::Bytes& written) { return find_frame(written); });
  if (!found || found->frame != frame) return "a written frame is not found again";
  return broken(*wire);
}

}  // namespace anju::dlt645::rules
