#pragma once

// Which prices a meter's use falls under: its plan from moment to moment, and of each plan the versions from moment to moment.

#include <algorithm>
#include <vector>

#include "platform/domain/billing.hpp"
#include "platform/domain/records.hpp"

namespace anju::platform {

/// Adds a later word about a meter's plan: it replaces whatever was to come from its own moment on.
inline void add(std::vector<MeterPlan>& changes, MeterPlan change) {
  while (!changes.empty() && changes.back().from >= change.from) changes.pop_back();
  changes.push_back(std::move(change));
}

/// Fills `out` with the prices of the time (from, until]: the first holds at `from`, the last until `until`; what begins at `until` itself
/// prices nothing of it. plan: in force at `from`; changes: after `from`, as add() leaves them. history_of: plan id -> const PriceHistory& that outlives `out`.
template <class HistoryOf>
void find_stretches(std::vector<Stretch>& out, std::int64_t plan, const std::vector<MeterPlan>& changes, base::UtcMillis from, base::UtcMillis until,
                    const HistoryOf& history_of) {
  out.clear();
  const auto hold = [&](std::int64_t held, base::UtcMillis begin, base::UtcMillis end) {
    const PriceHistory& history = history_of(held);
    const PlanPrices* version = &history.at(begin);
    out.push_back({begin, version->version, &version->prices});
    while ((version = history.after(version->from)) != nullptr && version->from <= end) {
      if (version->from > begin) out.push_back({version->from, version->version, &version->prices});
    }
  };
  for (const MeterPlan& change : changes) {
    if (change.from >= until) break;
    hold(plan, from, change.from - base::Millis(1));
    plan = change.plan;
    from = change.from;
  }
  hold(plan, from, std::max(from, until - base::Millis(1)));
}

}  // namespace anju::platform
