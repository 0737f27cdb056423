#pragma once

// Why a message is refused.

#include <string_view>

namespace anju::wire {

enum class Errc {
  not_json,        ///< the body is no JSON object, or nested deeper than kMaxDepth
  too_large,       ///< more bytes than kMaxPayload, or more items than the field's limit
  missing_field,   ///< a required field is absent; `where` is its path
  bad_field,       ///< a field has the wrong type, form or range; `where` is its path
  unknown_kind,    ///< an event or command kind this version does not know; the sender is newer
  bad_topic,       ///< not a topic of ours
  bad_envelope,    ///< no authentication code in front of the body
  bad_mac,         ///< the authentication code does not fit topic, body and key: forged, or the wrong key
};

constexpr std::string_view to_string(Errc errc) {
  switch (errc) {
    case Errc::not_json: return "not_json";
    case Errc::too_large: return "too_large";
    case Errc::missing_field: return "missing_field";
    case Errc::bad_field: return "bad_field";
    case Errc::unknown_kind: return "unknown_kind";
    case Errc::bad_topic: return "bad_topic";
    case Errc::bad_envelope: return "bad_envelope";
    case Errc::bad_mac: return "bad_mac";
  }
  return "unknown";
}

}  // namespace anju::wire
