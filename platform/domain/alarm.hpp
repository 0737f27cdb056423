#pragma once

// Which alarms a person may clear: those that tell of something past, because nothing that happens later takes them back.
// All others go when their cause does; clearing them would hide what still holds.

#include <algorithm>
#include <array>
#include <string_view>

namespace anju::platform {

/// command_under_way: of the command that made the alarm; false when there is none.
[[nodiscard]] inline bool is_clearable(std::string_view code, bool command_under_way) {
  constexpr std::array<std::string_view, 8> kPast{"event_quarantined", "events_lost", "stream_replaced", "upgrade_failed", "upgrade_blocked",
                                                  "spool_damaged",     "bad_line",    "bad_device"};
  if (code == "command_unanswered") return !command_under_way;
  return std::find(kPast.begin(), kPast.end(), code) != kPast.end();
}

}  // namespace anju::platform
