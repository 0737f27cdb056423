// What a command makes of the answers about relay and valve: sent, perhaps taken, seen in the state.

#include <algorithm>
#include <utility>

#include "gateway/core/command.hpp"
#include "gateway/core/errc.hpp"
#include "gateway/core/poll_plan.hpp"
#include "gateway/core/shadow.hpp"
#include "protocols/dlt645/errc.hpp"
#include "protocols/modbus/errc.hpp"

namespace anju::gateway {

/// What was sent shows in the state, but in a valve's only when that had time to move.
void RunningCommand::look_for_it(Doing where, const Meter& meter, base::Millis least, base::UtcMillis now) {
  const auto travel = moves_relay() ? travel_of(meter) : base::Millis(0);
  begin(where, now + std::max(least, travel));
  still_until_ = now + travel;
  verify_until_ = still_until_ + kVerifyWindow;
}

void RunningCommand::on_sent(const Meter& meter, const Outcome& outcome, base::UtcMillis now, CommandStep& step) {
  if (!outcome && (outcome.error().is(Errc::expired) || outcome.error().is(Errc::queue_full))) return silence(outcome.error(), now, step);
  const auto unknown = doing_ == Doing::clear ? Doing::check_clear : Doing::read_state;  // whether it acted is read
  if (!outcome) {
    forget_clock();
    return look_for_it(unknown, meter, kVerifyFirst, now);
  }
  const auto ack = ack_of(meter, outcome);
  if (ack) {
    acked_ = perhaps_taken_ = true;
    refused_.reset();
    report(wire::CommandPhase::acked, {}, now, step);
    return look_for_it(doing_ == Doing::clear ? Doing::check_clear : Doing::verify, meter, kVerifyFirst, now);
  }
  const auto& error = ack.error();
  perhaps_taken_ = perhaps_taken_ || error.is(modbus::Errc::acknowledge) || was_taken_in_part(outcome);
  // A wrong password is no matter of the clock, and a further try may lock the meter.
  if (learned_ && !perhaps_taken_ && !is_busy(error) && !error.is(dlt645::Errc::not_authorised)) {
    refused_ = error;
    --sends_;
    forget_clock();
    return begin(Doing::read_day, now);
  }
  const auto travel = moves_relay() ? travel_of(meter) : base::Millis(0);
  if (!perhaps_taken_ && !is_busy(error) && travel == base::Millis(0)) return fail(error, now, step);
  refused_ = error;
  met_moving_ = false;
  if (!perhaps_taken_ && !is_busy(error)) {
    // Protocols without a word for "not now" refuse what comes while the valve is on its way from an order that nobody here knows of, a hand or a timer.
    verify_until_ = now + travel + kVerifyWindow;
    return begin(Doing::read_state, now + kVerifyFirst);
  }
  if (is_busy(error)) --sends_;  // its time is what limits it
  if (!perhaps_taken_) return later(error, now);
  look_for_it(unknown, meter, is_busy(error) ? busy_delay() : kVerifyFirst, now);
}

/// Perhaps the meter's clock is another one by now, and valid-until lay in its past: what is sent again goes by the clock as it is then.
void RunningCommand::forget_clock() {
  if (std::exchange(learned_, false)) offset_.reset();
}

bool RunningCommand::agrees(const SupplyState& state) const {
  switch (command_.kind) {
    case wire::CommandKind::trip: return state.open && !state.moving;
    case wire::CommandKind::close: return !state.open && !state.off_commanded && !state.moving;
    case wire::CommandKind::keep_power_on: return state.keep_power;
    case wire::CommandKind::keep_power_off: return !state.keep_power;
    default: return true;
  }
}

void RunningCommand::on_state(const Meter& meter, const Outcome& outcome, base::UtcMillis now, CommandStep& step) {
  const auto state = supply_of(meter, outcome);
  if (!state) {
    if (is_busy(state.error())) return later(state.error(), now);
    // On its way a valve may show what no table has; only where it arrives counts.
    const bool after_write = doing_ == Doing::verify || (doing_ == Doing::read_state && perhaps_taken_);
    met_moving_ = was_refused() && is_unknown_state(state.error());
    const bool may_arrive = (after_write && !is_permanent(state.error())) || met_moving_;
    if (!may_arrive || now >= verify_until_) return fail(was_refused() ? *refused_ : state.error(), now, step);
    next_ = now + kVerifyAgain;
    return;
  }
  supply_ = *state;
  step.supply = *state;
  if (agrees(*state)) return report(wire::CommandPhase::verified, {}, now, step);
  rounds_ = 0;
  if (doing_ == Doing::read_state && state->moving) {
    if (!perhaps_taken_) met_moving_ = true;
    next_ = now + (now < verify_until_ ? kVerifyAgain : kButtonAgain);  // it obeys already, or comes from somewhere: an order in between could stop it
  } else if (doing_ == Doing::read_state) {
    const bool final_no = refused_ && !is_busy(*refused_) && !met_moving_;
    if (final_no || sends_ >= kMostSends || now >= command_.expires) return fail(refused_.value_or(base::Error(Errc::no_answer)), now, step);
    const bool clock_known = offset_.has_value();
    begin(clock_known ? Doing::send : Doing::read_day, now);
  } else if (permit_ && state->open && !state->off_commanded) {
    begin(Doing::wait_button, now + kButtonAgain);
  } else if (now >= verify_until_) {
    fail(base::Error(Errc::contradicted), now, step);
  } else {
    next_ = now + kVerifyAgain;
  }
}

wire::Relay RunningCommand::relay() const {
  if (!supply_) return wire::Relay::unknown;
  // A trip is verified by the contact: a model that does not tell its orders has nothing else to say.
  if (command_.kind == wire::CommandKind::trip && supply_->open) return wire::Relay::open;
  return relay_of(*supply_, permit_ || supply_->off_commanded);
}

}  // namespace anju::gateway
