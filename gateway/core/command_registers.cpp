// What a command makes of registers: reading them now, and clearing them with a reading before and after.

#include "gateway/core/command.hpp"
#include "gateway/core/errc.hpp"
#include "gateway/core/poll_plan.hpp"
#include "protocols/dlt645/errc.hpp"

namespace anju::gateway {

void RunningCommand::on_energy(const Meter& meter, const Outcome& outcome, base::UtcMillis now, CommandStep& step) {
  const auto energy = registers_of(meter, outcome);
  if (!energy) {
    if (doing_ == Doing::read_energy && energy.error().is(dlt645::Errc::no_such_data))
      return begin(Doing::read_total, now);
    if (is_busy(energy.error())) return later(energy.error(), now);
    return fail(energy.error(), now, step);
  }
  refused_.reset();
  step.readings.push_back({meter.id, now, wire::ReadingKind::on_demand, energy->total, energy->tariffs});
  begin(Doing::read_status, now);
}

void RunningCommand::on_read_status(const Meter& meter, const Outcome& outcome, base::UtcMillis now, CommandStep& step) {
  const auto state = supply_of(meter, outcome);
  if (!state && is_busy(state.error())) return later(state.error(), now);
  if (!state && !is_permanent(state.error())) return fail(state.error(), now, step);
  if (state) step.supply = supply_ = *state;
  report(wire::CommandPhase::verified, {}, now, step);
}

void RunningCommand::on_clear_reading(const Meter& meter, const Outcome& outcome, base::UtcMillis now, CommandStep& step) {
  const auto energy = registers_of(meter, outcome);
  if (!energy) {
    if (total_only_ || !energy.error().is(dlt645::Errc::no_such_data)) return fail(energy.error(), now, step);
    total_only_ = true;
    next_ = now;
    return;
  }
  rounds_ = 0;
  const wire::Reading reading{meter.id, now, wire::ReadingKind::on_demand, energy->total, energy->tariffs};
  // Before: what was used until now must be in the stream, and stay there, before it is gone from the meter.
  const auto go_on = [&] {
    step.readings.push_back(reading);
    before_ = reading.total;
    begin(Doing::clear, now + kClearAfter);
  };
  if (doing_ == Doing::read_before) return go_on();

  // A register never goes back by itself. Without an answer to 1A nothing but that tells whether it acted, however long ago.
  const bool nearly_zero = reading.total < kNearlyZero;
  const bool went_back = before_ && reading.total < *before_;
  const bool was_zero = !before_ || before_->e4 == 0;
  if (went_back || (nearly_zero && (acked_ || was_zero))) {
    report(wire::CommandPhase::verified, {}, now, step);
    step.readings_after.push_back(reading);
  } else if (!before_) {  // after a restart: it may have acted, and have been used since
    step.readings.push_back(reading);
    fail(base::Error(acked_ ? Errc::contradicted : Errc::no_answer), now, step);
  } else if (!acked_) {
    if (refused_ || sends_ >= kMostSends) return fail(refused_.value_or(base::Error(Errc::no_answer)), now, step);
    go_on();
  } else if (now >= verify_until_) {
    fail(base::Error(Errc::contradicted), now, step);
  } else {
    next_ = now + kVerifyAgain;
  }
}

}  // namespace anju::gateway
