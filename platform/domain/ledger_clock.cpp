// The machine's clock was ahead and has been set right, as by NTP after a start with a wrong one. What was put off to a moment of the clock that was wrong
// would wait until then: it is looked at now, as a start would. Money needs none of this, it goes by the times of readings.

#include <algorithm>

#include "platform/domain/ledger_impl.hpp"

namespace anju::platform {

/// Small steps back add up: what counts is how far the clock has ever been.
void Ledger::Impl::follow_clock(base::UtcMillis now) {
  const bool went_back = now + kClockTolerance < farthest;
  farthest = went_back ? now : std::max(farthest, now);
  if (!went_back) return;

  switching_due.clear();
  for (const auto& [index, schedule] : schedules) switching_due.emplace(base::UtcMillis(0), index);
  for (const auto& [index, fee] : fees) switching_due.emplace(base::UtcMillis(0), index);
  for (auto& [index, at] : watch) at = std::min(at, now);
  for (auto& [id, open] : commands) {
    Command& command = open.command;
    if (is_final(command.state)) continue;
    command.next_try = std::min(command.next_try, now);
    const base::UtcMillis latest = now + expiry_of(command.kind);
    if (command.expires <= latest) continue;
    command.expires = latest;
    dirty_commands.insert(id);
  }
  for (auto& [id, plan] : plans) {
    for (const PlanPrices& version : plan.history.all()) {
      if (version.from > now) plans_due.emplace(version.from, id);
    }
    if (plan.history.at(now).version != plan.version) save(plan, now);
  }
  for (const auto& [index, changes] : plan_changes) {
    MeterState& meter = meters[index];
    if (meter.owner == Owner{}) continue;
    for (const MeterPlan& change : changes) {
      if (change.from > now) plan_changes_due.emplace(change.from, index);
    }
    save_plan(meter, plan_at(meter, now));
    touch(meter, kSupply);
  }
  for (MeterState& meter : meters) {
    if (meter.owner == Owner{} || meter.supply.reported <= now) continue;
    meter.supply.reported = now;  // or what is reported from now on would count as older
    touch(meter, kSupply);
  }
  for (const auto& gateway : gateways) {
    gateway->heard = std::min(gateway->heard, now);
    gateway->behind_since = std::min(gateway->behind_since, now);
    gateway->word_at = std::min(gateway->word_at, now);
    if (gateway->row.last_event <= now) continue;
    gateway->row.last_event = now;
    gateway->dirty = true;
  }
}

}  // namespace anju::platform
