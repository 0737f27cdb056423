// What a command makes of the answers about the meter's clock: for valid-until, and where the clock itself is set.

#include <cstdlib>

#include "gateway/core/command.hpp"
#include "gateway/core/errc.hpp"
#include "gateway/core/poll_plan.hpp"
#include "protocols/dlt645/errc.hpp"

namespace anju::gateway {

void RunningCommand::on_clock_day(const Meter& meter, const Outcome& outcome, base::UtcMillis now) {
  const auto day = day_of(meter, outcome);
  if (day) day_ = *day;
  const bool checking = doing_ == Doing::check_day;
  begin(checking ? Doing::check_time : day ? Doing::read_time : Doing::send, now);
}

void RunningCommand::on_clock_time(const Meter& meter, const Outcome& outcome, base::UtcMillis asked, base::UtcMillis now,
                                   CommandStep& step) {
  const auto time = time_of(meter, outcome);
  if (time && day_) {
    const auto offset = clock_offset(*day_, *time, asked, utc_offset_minutes_);
    if (offset) step.clock_offset = offset_ = *offset;
  }
  begin(Doing::send, now);
}

void RunningCommand::on_clock_write(const Meter& meter, const Outcome& outcome, base::UtcMillis now, CommandStep& step) {
  const auto ack = ack_of(meter, outcome);
  if (!ack) {
    if (!perhaps_taken_) return fail(ack.error(), now, step);
    refused_ = ack.error();
    return begin(Doing::check_day, now);
  }
  perhaps_taken_ = true;
  if (doing_ == Doing::write_day) return begin(Doing::write_time, now);
  report(wire::CommandPhase::acked, {}, now, step);
  begin(Doing::check_day, now);
}

void RunningCommand::on_clock_check(const Meter& meter, const Outcome& outcome, base::UtcMillis asked, base::UtcMillis now,
                                    CommandStep& step) {
  const auto time = time_of(meter, outcome);
  if (!time || !day_) return fail(time ? base::Error(dlt645::Errc::bad_time) : time.error(), now, step);
  const auto offset = clock_offset(*day_, *time, asked, utc_offset_minutes_);
  if (!offset) return fail(offset.error(), now, step);
  step.clock_offset = *offset;
  if (std::abs(offset->value) <= kClockGood.value) return report(wire::CommandPhase::verified, {}, now, step);
  if (resumed_ && !resumed_acked_ && sends_++ == 0) return begin(Doing::write_day, now);
  fail(refused_.value_or(base::Error(Errc::contradicted)), now, step);
}

}  // namespace anju::gateway
