#pragma once

// The life of one command: queued -> sent -> acked -> verified, or failed, expired, cancelled (design rule 5).
//
// An attempt is one wire id `c<id>-<counter>`. While it stays unanswered and unexpired the same bytes are sent again; a failure
// starts a new attempt (new counter, new wire id), three in all. `verified` comes only from the device being read again.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "protocols/base/id.hpp"
#include "protocols/base/result.hpp"
#include "protocols/base/time.hpp"
#include "protocols/wire/down.hpp"
#include "protocols/wire/up.hpp"

namespace anju::platform {

enum class CommandState : std::uint8_t { queued, sent, acked, verified, failed, expired, cancelled };
[[nodiscard]] std::string_view to_string(CommandState state);
[[nodiscard]] constexpr bool is_final(CommandState state) { return state >= CommandState::verified; }

enum class CommandCause : std::uint8_t { forced, arrears, recharged, reconcile, person, stale_reading, scheduled, fee };
inline constexpr int kCommandCauses = 8;
[[nodiscard]] std::string_view to_string(CommandCause cause);

inline constexpr int kCommandTries = 3;
inline constexpr base::Millis kResendAfter = base::seconds(10);    ///< unanswered for so long: the same bytes again
inline constexpr base::Millis kRetryAfter = base::seconds(5);      ///< after a failure, before the next attempt
inline constexpr base::Millis kOvertakenAfter = base::seconds(1); ///< refused as old_counter, before the next attempt, until the expiry
inline constexpr base::Millis kEscalateAfter = base::seconds(60);  ///< not ended for so long: a person is told (L8)
inline constexpr base::Millis kRelayExpiry = base::hours(1);       ///< trip, close, keep-power; what is wanted stays wanted
inline constexpr base::Millis kOtherExpiry = base::minutes(10);    ///< read, set_clock, live
/// The two by kind.
[[nodiscard]] base::Millis expiry_of(wire::CommandKind kind);
inline constexpr base::Millis kReconcileAfter = base::minutes(10); ///< a relay order failed for good: tried anew after so long

struct Command {
  std::int64_t id = 0;
  std::string code;  ///< the id people use, made by who asked
  std::int64_t meter = 0;
  wire::CommandKind kind = wire::CommandKind::read;
  CommandState state = CommandState::queued;
  CommandCause cause = CommandCause::person;
  std::string by;
  std::string note;
  std::int64_t seconds = 0;
  std::int64_t crossing = 0;
  base::Millis reading_age;
  base::UtcMillis created;
  std::optional<base::UtcMillis> sent, acked, ended;
  base::UtcMillis expires;
  std::int32_t attempts = 0;
  std::int64_t counter = 0;  ///< of the newest attempt, 0: none yet
  std::string reason;
  bool escalated = false;
  std::int64_t target_dc = 0;  ///< automatic_on only
  // Not stored: a restart begins these anew.
  base::UtcMillis next_try;  ///< queued: not before; sent: resend at
  auto operator<=>(const Command&) const = default;
};

[[nodiscard]] base::CommandId wire_id(const Command& command);
/// The row's id and the attempt's counter from a wire id of ours; nothing for any other text.
struct Attempt {
  std::int64_t command = 0;
  std::int64_t counter = 0;
  auto operator<=>(const Attempt&) const = default;
};
[[nodiscard]] std::optional<Attempt> parse_wire_id(std::string_view text);

/// The message of the newest attempt.
[[nodiscard]] wire::Command to_wire(const Command& command, const base::DeviceId& device);

/// A word of the gateway about the command. True when the command changed.
/// A refusal of an attempt that was sent twice (old counter, seen id) never undoes what an earlier answer said.
bool hear(Command& command, const wire::CommandEvent& event, std::int64_t counter, base::UtcMillis now);

/// What is due at `now` for a command that has not ended.
enum class Due { nothing, send, resend, expire };
[[nodiscard]] Due due(const Command& command, bool gateway_online, base::UtcMillis now);

/// Marks an attempt as sent. counter: of the new attempt (Due::send), or the old one (Due::resend).
void mark_sent(Command& command, std::int64_t counter, base::UtcMillis now);
void mark_ended(Command& command, CommandState state, std::string reason, base::UtcMillis now);

}  // namespace anju::platform
