#include "gateway/core/command.hpp"

#include <algorithm>
#include <utility>

#include "gateway/core/errc.hpp"
#include "gateway/core/poll_plan.hpp"
#include "gateway/core/shadow.hpp"

namespace anju::gateway {
namespace {

/// For a meter whose clock cannot be read: in use in the field for the same reason (shared reference meters.md 1.3).
constexpr base::CivilTime kFarFuture{2099, 12, 31, 23, 59, 59};

bool moves(wire::CommandKind kind) {
  return kind == wire::CommandKind::trip || kind == wire::CommandKind::close;
}

bool is_switch(wire::CommandKind kind) {
  switch (kind) {
    case wire::CommandKind::trip:
    case wire::CommandKind::close:
    case wire::CommandKind::keep_power_on:
    case wire::CommandKind::keep_power_off: return true;
    case wire::CommandKind::read:
    case wire::CommandKind::set_clock:
    case wire::CommandKind::live:
    case wire::CommandKind::clear:
    case wire::CommandKind::temperature_valve_open:
    case wire::CommandKind::temperature_valve_close:
    case wire::CommandKind::automatic_on:
    case wire::CommandKind::automatic_off: return false;
  }
  return false;
}

/// What no meter of DL/T645 can do.
bool is_for_water(wire::CommandKind kind) {
  return kind == wire::CommandKind::temperature_valve_open || kind == wire::CommandKind::temperature_valve_close ||
         kind == wire::CommandKind::automatic_on || kind == wire::CommandKind::automatic_off;
}

bool has_tariffs(const Meter& meter) {
  return meter.profile.tariffs && has(meter, Item::energy);
}

Switch switch_of(wire::CommandKind kind, bool permit) {
  switch (kind) {
    case wire::CommandKind::close: return permit ? Switch::close_permit : Switch::close_direct;
    case wire::CommandKind::keep_power_on: return Switch::keep_power_on;
    case wire::CommandKind::keep_power_off: return Switch::keep_power_off;
    default: break;
  }
  return Switch::trip;
}

}  // namespace

std::optional<base::Error> refusal(const wire::Command& command, std::int64_t last_counter, bool known_device,
                                   base::UtcMillis now) {
  if (now < kClockSetFrom) return base::Error(Errc::clock_not_set);
  if (command.counter <= last_counter) return base::Error(Errc::old_counter, std::to_string(last_counter));
  if (now >= command.expires) return base::Error(Errc::expired);
  if (!known_device) return base::Error(Errc::unknown_device, command.device.value);
  if (is_for_water(command.kind)) return base::Error(Errc::not_supported, std::string(wire::to_string(command.kind)));
  return std::nullopt;
}

RunningCommand::RunningCommand(wire::Command command, bool resumed, std::optional<wire::CommandPhase> earlier,
                               int utc_offset_minutes)
    : command_(std::move(command)),
      utc_offset_minutes_(utc_offset_minutes),
      touched_(resumed && command_.kind != wire::CommandKind::read && command_.kind != wire::CommandKind::live),
      perhaps_taken_(touched_),
      resumed_(resumed),
      resumed_acked_(earlier == wire::CommandPhase::acked),
      acked_(resumed_acked_) {}

bool RunningCommand::moves_relay() const {
  return moves(command_.kind);
}

base::UtcMillis RunningCommand::end() const {
  if (command_.kind == wire::CommandKind::live) return command_.issued + base::seconds(command_.seconds);
  const bool looking = doing_ == Doing::read_state && perhaps_taken_;
  const bool verifying = looking || doing_ == Doing::verify || doing_ == Doing::check_clear;
  return verifying ? std::max(command_.expires, verify_until_) : command_.expires;
}

std::optional<base::UtcMillis> RunningCommand::wake() const {
  if (is_finished() || asking_) return std::nullopt;
  return next_ ? std::min(*next_, end()) : end();
}

CommandStep RunningCommand::start(const Meter& meter, base::UtcMillis now, std::optional<base::Millis> clock, base::UtcMillis travels_until) {
  CommandStep step;
  offset_ = clock;
  learned_ = clock.has_value();
  permit_ = command_.kind == wire::CommandKind::close && meter.profile.close == wire::CloseMethod::permit;
  if (is_switch(command_.kind) && !can_verify(meter)) {
    // What cannot be verified is not sent.
    fail(base::Error(Errc::not_supported, "status"), now, step);
    return step;
  }
  // One that would end before the valve has arrived is better tried than not sent at all.
  const auto first = moves_relay() && travels_until < command_.expires ? std::max(now, travels_until) : now;
  if (is_switch(command_.kind)) {
    if (resumed_) {
      // When it was sent nobody knows any more: a valve may have begun to move this moment.
      look_for_it(resumed_acked_ ? Doing::verify : Doing::read_state, meter, base::Millis(0), now);
    } else if (!has(meter, Item::status)) {
      begin(Doing::read_state, first);  // it has said that it lacks its contact's register: nothing is sent unless it answers now
    } else {
      begin(meter.profile.short_relay_command || offset_ ? Doing::send : Doing::read_day, first);
    }
  } else if (command_.kind == wire::CommandKind::read) {
    begin(has_tariffs(meter) ? Doing::read_energy : Doing::read_total, now);
  } else if (command_.kind == wire::CommandKind::set_clock) {
    begin(resumed_ ? Doing::check_day : Doing::write_day, now);
  } else if (command_.kind == wire::CommandKind::clear) {
    total_only_ = !has_tariffs(meter);
    begin(resumed_ ? Doing::check_clear : Doing::read_before, now);
  } else {
    begin(Doing::live, end());
    step.live_until = end();
  }
  if (now >= end()) {
    over(now, step);
  } else if (doing_ != Doing::live && next_ && now >= *next_) {
    ask(meter, now, step);
  }
  return step;
}

void RunningCommand::begin(Doing doing, base::UtcMillis at) {
  if (doing_ != doing) rounds_ = 0;
  doing_ = doing;
  next_ = at;
}

CommandStep RunningCommand::tick(const Meter& meter, base::UtcMillis now) {
  CommandStep step;
  if (is_finished() || asking_) return step;
  if (now >= end()) {
    over(now, step);
  } else if (next_ && now >= *next_ && doing_ != Doing::live) {
    ask(meter, now, step);
  }
  return step;
}

CommandStep RunningCommand::live_seen(base::UtcMillis now) {
  CommandStep step;
  if (doing_ == Doing::live) report(wire::CommandPhase::verified, {}, now, step);
  return step;
}

CommandStep RunningCommand::abandon(std::string_view reason, base::UtcMillis now, base::Millis travel) {
  CommandStep step;
  if (moves_relay() && doing_ == Doing::send && asking_) still_until_ = now + travel;
  if (!is_finished()) report(wire::CommandPhase::failed, reason, now, step);
  return step;
}

base::Result<LineFrame> RunningCommand::question(const Meter& meter, base::UtcMillis now) const {
  switch (doing_) {
    case Doing::read_state:
    case Doing::verify:
    case Doing::wait_button:
    case Doing::read_status: return read_request(meter, Item::status);
    case Doing::read_day:
    case Doing::check_day: return read_request(meter, Item::clock_day);
    case Doing::read_time:
    case Doing::check_time: return read_request(meter, Item::clock_time);
    case Doing::read_energy: return read_request(meter, Item::energy);
    case Doing::read_total: return read_request(meter, Item::energy_total);
    case Doing::send: {
      // By the meter's own clock: a meter that is an hour late would call our hour from now its past.
      const auto valid = now + offset_.value_or(base::Millis(0)) + (command_.expires - now) + kValidMargin;
      const auto civil = offset_ ? base::to_civil(valid, utc_offset_minutes_) : kFarFuture;
      return switch_request(meter, switch_of(command_.kind, permit_), civil.year > 2099 ? kFarFuture : civil);
    }
    case Doing::write_day:
      return write_day_request(meter, base::to_civil(now + base::Millis(500), utc_offset_minutes_));
    case Doing::write_time: {
      // What the meter hears is as late as the line is slow; half a second rounds to the nearest second.
      const auto heard = now + line_time(32, meter.format) + base::Millis(500);
      return write_time_request(meter, base::to_civil(heard, utc_offset_minutes_));
    }
    case Doing::read_before:
    case Doing::check_clear: return read_request(meter, total_only_ ? Item::energy_total : Item::energy);
    case Doing::clear: return clear_request(meter);
    case Doing::live:
    case Doing::finished: break;
  }
  return base::fail(Errc::not_supported);
}

void RunningCommand::ask(const Meter& meter, base::UtcMillis now, CommandStep& step) {
  auto request = question(meter, now);
  if (!request) {
    // A meter without a clock we can read gets a valid-until far away; one without a status word cannot be verified.
    if (doing_ == Doing::read_day || doing_ == Doing::read_time) {
      begin(Doing::send, now);
      return ask(meter, now, step);
    }
    if (doing_ == Doing::read_status) return report(wire::CommandPhase::verified, {}, now, step);
    return fail(request.error(), now, step);
  }
  const bool looking = command_.kind == wire::CommandKind::read || doing_ == Doing::wait_button;
  CommandStep::Question ask{
      std::move(*request), looking ? Priority::commissioning : Priority::control, acts() ? 1 : 2, {}};
  // What changes the device is never sent after the expiry; what reads it may still settle what happened.
  if (!touched_ || acts()) ask.not_after = command_.expires;
  step.ask = std::move(ask);
  asking_ = true;
  next_.reset();
}

CommandStep RunningCommand::answered(const Meter& meter, const Outcome& outcome, base::UtcMillis asked,
                                     base::UtcMillis now) {
  CommandStep step;
  if (is_finished()) return step;
  asking_ = false;
  const bool not_sent = !outcome && (outcome.error().is(Errc::expired) || outcome.error().is(Errc::queue_full));
  if (acts() && !not_sent) touched_ = true;
  if (acts() && !not_sent && !outcome) perhaps_taken_ = true;
  if (doing_ == Doing::send || doing_ == Doing::clear) {
    if (!not_sent) ++sends_;
    on_sent(meter, outcome, now, step);
  } else if (!outcome) {
    silence(outcome.error(), now, step);
  } else {
    switch (doing_) {
      case Doing::read_state:
      case Doing::verify:
      case Doing::wait_button: on_state(meter, outcome, now, step); break;
      case Doing::read_day:
      case Doing::check_day: on_clock_day(meter, outcome, now); break;
      case Doing::read_time: on_clock_time(meter, outcome, asked, now, step); break;
      case Doing::read_energy:
      case Doing::read_total: on_energy(meter, outcome, now, step); break;
      case Doing::read_status: on_read_status(meter, outcome, now, step); break;
      case Doing::write_day:
      case Doing::write_time: on_clock_write(meter, outcome, now, step); break;
      case Doing::check_time: on_clock_check(meter, outcome, asked, now, step); break;
      case Doing::read_before:
      case Doing::check_clear: on_clear_reading(meter, outcome, now, step); break;
      case Doing::send:
      case Doing::clear:
      case Doing::live:
      case Doing::finished: break;
    }
  }
  if (is_finished() || asking_) return step;
  if (now >= end()) {
    over(now, step);
  } else if (next_ && now >= *next_) {
    ask(meter, now, step);
  }
  return step;
}

void RunningCommand::silence(const base::Error& error, base::UtcMillis now, CommandStep& step) {
  ++rounds_;
  if (error.is(Errc::expired)) return over(now, step);
  // Nothing was changed, so a silent device may be given up; once it was touched only the expiry ends the asking.
  if (!touched_ && rounds_ >= kMostRounds && !error.is(Errc::line_down) && !error.is(Errc::queue_full)) {
    return fail(error, now, step);
  }
  if (doing_ == Doing::read_state && was_refused() && rounds_ >= kMostRounds) return fail(*refused_, now, step);
  const auto delay = base::Millis(kRetryFirst.value << std::min(rounds_ - 1, 5));
  next_ = now + std::min(delay, kRetryLongest);
}

base::Millis RunningCommand::busy_delay() {
  return std::min(base::Millis(kRetryFirst.value << std::min(busy_++, 5)), kRetryLongest);
}

/// The device is there and cannot answer now.
void RunningCommand::later(const base::Error& error, base::UtcMillis now) {
  if (!refused_ || is_busy(*refused_)) refused_ = error;  // a final word stays one
  next_ = now + busy_delay();
}

bool RunningCommand::acts() const {
  return doing_ == Doing::send || doing_ == Doing::write_day || doing_ == Doing::write_time || doing_ == Doing::clear;
}

/// The device has said no, and left everything as it was.
bool RunningCommand::was_refused() const {
  return refused_ && !is_busy(*refused_) && !perhaps_taken_;
}

void RunningCommand::over(base::UtcMillis now, CommandStep& step) {
  if (doing_ == Doing::wait_button) return fail(base::Error(Errc::button_not_pressed), now, step);
  if (refused_) return fail(*refused_, now, step);
  if (touched_)
    return fail(base::Error((doing_ == Doing::verify && supply_) || (doing_ == Doing::check_clear && acked_) ? Errc::contradicted : Errc::no_answer), now, step);
  if (command_.kind == wire::CommandKind::live) return fail(base::Error(Errc::no_answer), now, step);
  report(wire::CommandPhase::expired, to_string(Errc::expired), now, step);
}

void RunningCommand::fail(const base::Error& error, base::UtcMillis now, CommandStep& step) {
  report(wire::CommandPhase::failed, error.code, now, step);
}

void RunningCommand::report(wire::CommandPhase phase, std::string_view reason, base::UtcMillis now, CommandStep& step) {
  step.events.push_back({command_.id, command_.device, now, phase, std::string(reason), relay()});
  if (phase == wire::CommandPhase::acked) return;
  doing_ = Doing::finished;
  next_.reset();
}

}  // namespace anju::gateway
