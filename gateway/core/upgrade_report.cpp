#include "gateway/core/upgrade_report.hpp"

#include <utility>

#include "protocols/wire/detail.hpp"

namespace anju::gateway {
namespace {

wire::AlarmEvent trial_alarm(const UpgradeTrial& trial, base::UtcMillis now) {
  return {"upgrade_trial", {}, {}, now, true, wire::detail({{"version", to_string(trial.version)}})};
}

wire::AlarmEvent over(const char* code, base::UtcMillis now) {
  return {code, {}, {}, now, false, ""};
}

}  // namespace

UpgradeSaid UpgradeReport::look(const UpgradeFacts& facts, base::UtcMillis now) {
  UpgradeSaid said;
  look_at_blocked(facts.blocked, now, said);
  look_at_upgrade(facts, now, said);
  return said;
}

/// At each start while it lasts: the office may have taken it for mended. Its end is said where it had been raised.
void UpgradeReport::look_at_blocked(const UpgradeBlocked& blocked, base::UtcMillis now, UpgradeSaid& said) {
  if (std::exchange(said_blocked_, true)) return;
  const bool is_blocked = !blocked.reason.empty();
  if (is_blocked || was_blocked_) said.blocked = is_blocked;
  if (was_blocked_) said.alarms.push_back(over("upgrade_blocked", now));  // an alarm that is raised already would keep its old words
  if (is_blocked) said.alarms.push_back({"upgrade_blocked", {}, {}, now, true, wire::detail({{"reason", blocked.reason}, {"text", blocked.where}})});
}

void UpgradeReport::look_at_upgrade(const UpgradeFacts& facts, base::UtcMillis now, UpgradeSaid& said) {
  // Said at the start, and where the stream was numbered anew: what was awaited has another number now, or none.
  if (on_trial_ && facts.state.trial && epoch_ != facts.epoch) {
    epoch_ = facts.epoch;
    awaited_.reset();
    said.alarms.push_back(trial_alarm(*facts.state.trial, now));
    return;
  }
  if (on_trial_) {
    if (!awaited_ && facts.all_stored) awaited_ = facts.last_seq;
    said.confirm = facts.state.trial && facts.connected && awaited_ && facts.through >= *awaited_;
    if (facts.state.trial) return;
    on_trial_ = false;
  }
  const auto& last = facts.state.last;
  if (!last) return;
  const std::string outcome = last->order + " " + to_string(last->version) + " " + std::string(to_string(last->result)) + " " + last->reason;
  if (told_ == outcome) return;
  told_ = said.told = outcome;
  said.alarms.push_back(over("upgrade_trial", now));
  said.alarms.push_back(over("upgrade_failed", now));  // of the order before: an alarm that is raised already would keep its old words
  if (last->result != UpgradeResult::installed) {
    said.alarms.push_back({"upgrade_failed", {}, {}, now, true, wire::detail({{"version", to_string(last->version)}, {"reason", last->reason}})});
  }
}

}  // namespace anju::gateway
