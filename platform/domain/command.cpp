#include "platform/domain/command.hpp"

#include <charconv>

namespace anju::platform {

std::string_view to_string(CommandState state) {
  switch (state) {
    case CommandState::queued: return "queued";
    case CommandState::sent: return "sent";
    case CommandState::acked: return "acked";
    case CommandState::verified: return "verified";
    case CommandState::failed: return "failed";
    case CommandState::expired: return "expired";
    case CommandState::cancelled: return "cancelled";
  }
  return "queued";
}

std::string_view to_string(CommandCause cause) {
  switch (cause) {
    case CommandCause::forced: return "forced";
    case CommandCause::arrears: return "arrears";
    case CommandCause::recharged: return "recharged";
    case CommandCause::reconcile: return "reconcile";
    case CommandCause::person: return "person";
    case CommandCause::stale_reading: return "stale_reading";
    case CommandCause::scheduled: return "scheduled";
    case CommandCause::fee: return "fee";
  }
  return "person";
}

base::Millis expiry_of(wire::CommandKind kind) {
  const bool relay = kind == wire::CommandKind::trip || kind == wire::CommandKind::close;
  return relay || kind == wire::CommandKind::keep_power_on || kind == wire::CommandKind::keep_power_off ? kRelayExpiry : kOtherExpiry;
}

base::CommandId wire_id(const Command& command) {
  return base::CommandId("c" + std::to_string(command.id) + "-" + std::to_string(command.counter));
}

std::optional<Attempt> parse_wire_id(std::string_view text) {
  if (text.empty() || text.front() != 'c') return std::nullopt;
  const char* end = text.data() + text.size();
  Attempt attempt;
  const auto id = std::from_chars(text.data() + 1, end, attempt.command);
  if (id.ec != std::errc() || id.ptr == end || *id.ptr != '-') return std::nullopt;
  const auto counter = std::from_chars(id.ptr + 1, end, attempt.counter);
  if (counter.ec != std::errc() || counter.ptr != end || attempt.command <= 0 || attempt.counter <= 0) return std::nullopt;
  return attempt;
}

wire::Command to_wire(const Command& command, const base::DeviceId& device) {
  wire::Command message;
  message.id = wire_id(command);
  message.counter = command.counter;
  message.device = device;
  message.kind = command.kind;
  message.seconds = command.seconds;
  message.target_dc = command.target_dc;
  message.issued = command.sent.value_or(command.created);
  message.expires = command.expires;
  return message;
}

namespace {

/// The attempt came to nothing: another one while there are tries and time left.
void fail_attempt(Command& command, const std::string& reason, base::UtcMillis now) {
  command.reason = reason;
  // A clearing that was not answered may have been carried out; once more, and what was used since would be gone.
  if (command.attempts >= kCommandTries || command.kind == wire::CommandKind::clear) return mark_ended(command, CommandState::failed, reason, now);
  command.state = CommandState::queued;
  command.next_try = now + kRetryAfter;
}

}  // namespace

bool hear(Command& command, const wire::CommandEvent& event, std::int64_t counter, base::UtcMillis now) {
  if (is_final(command.state)) return false;
  // A database restored from a backup deals ids again: an attempt from before this command belongs to a namesake.
  if (counter < command.created.value) return false;
  const bool newest = counter == command.counter;
  switch (event.phase) {
    case wire::CommandPhase::acked:
      if (!newest || command.state != CommandState::sent) return false;
      command.state = CommandState::acked;
      command.acked = now;
      return true;
    case wire::CommandPhase::verified: mark_ended(command, CommandState::verified, "", now); return true;
    case wire::CommandPhase::expired:
      if (!newest) return false;
      mark_ended(command, CommandState::expired, event.reason, now);
      return true;
    case wire::CommandPhase::refused:
      // seen_command: the gateway has it already and its own answer is on the way.
      if (!newest || event.reason == "seen_command" || command.state != CommandState::sent) return false;
      if (event.reason == "old_counter" || event.reason == "too_many_commands") {
        // A later command overtook this one, or the gateway has its hands full; nobody touched the device: that was no try.
        command.reason = event.reason;
        command.state = CommandState::queued;
        --command.attempts;
        command.next_try = now + (event.reason == "old_counter" ? kOvertakenAfter : kRetryAfter);
        return true;
      }
      fail_attempt(command, event.reason, now);
      return true;
    case wire::CommandPhase::failed:
      if (!newest || command.state == CommandState::queued) return false;
      fail_attempt(command, event.reason, now);
      return true;
  }
  return false;
}

Due due(const Command& command, bool gateway_online, base::UtcMillis now) {
  if (is_final(command.state)) return Due::nothing;
  if (now >= command.expires) {
    // No gateway begins it any more. But what a device did about a clearing must not be missed: its register is another one.
    const bool may_be_done = command.kind == wire::CommandKind::clear && command.attempts > 0 && command.state != CommandState::queued;
    return may_be_done && now < command.expires + base::hours(24) ? Due::nothing : Due::expire;
  }
  if (!gateway_online || now < command.next_try) return Due::nothing;
  switch (command.state) {
    case CommandState::queued: return Due::send;
    case CommandState::sent: return Due::resend;
    case CommandState::acked: return Due::nothing;
    case CommandState::verified:
    case CommandState::failed:
    case CommandState::expired:
    case CommandState::cancelled: return Due::nothing;
  }
  return Due::nothing;
}

void mark_sent(Command& command, std::int64_t counter, base::UtcMillis now) {
  if (command.state == CommandState::queued) {
    ++command.attempts;
    command.counter = counter;
    command.sent = now;
    command.state = CommandState::sent;
  }
  command.next_try = now + kResendAfter;
}

void mark_ended(Command& command, CommandState state, std::string reason, base::UtcMillis now) {
  command.state = state;
  command.reason = std::move(reason);
  command.ended = now;
}

}  // namespace anju::platform
