#pragma once

// What a running gateway says about its own upgrade, as alarms of its stream, and when it may tell the launcher that it is fit to stay: not when it
// starts or finds the broker, but when the platform has acknowledged an event that it wrote itself. No old acknowledgement can stand for that one.

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gateway/core/upgrade.hpp"
#include "protocols/wire/up.hpp"

namespace anju::gateway {

/// What the launcher could not judge, so that something else than the confirmed release may run.
struct UpgradeBlocked {
  std::string reason;  ///< a code; empty: nothing
  std::string where;   ///< file and what the system said
};

/// How things stand at one look; looks are a second apart.
struct UpgradeFacts {
  UpgradeState state;       ///< what the launcher has written last
  UpgradeBlocked blocked;   ///< what it said when it started this program
  bool connected = false;   ///< to the broker
  bool all_stored = false;  ///< no event waits for the spool
  std::string epoch;        ///< of the stream, as the next two
  std::int64_t last_seq = 0, through = 0;
};

struct UpgradeSaid {
  std::vector<wire::AlarmEvent> alarms;  ///< upgrade_trial, upgrade_failed, upgrade_blocked: to be appended to the stream
  bool confirm = false;                  ///< tell the launcher; again at every look until it has written so
  std::string told;                      ///< not empty: to be kept for the next start, once the alarms are in the stream
  std::optional<bool> blocked;           ///< the same of upgrade_blocked: it was raised (true) or is over
};

class UpgradeReport {
 public:
  /// told: what was kept last; that outcome is not said again, because a person may have cleared its alarm. was_blocked: the other thing that was kept.
  UpgradeReport(bool on_trial, std::string told, bool was_blocked = false) : on_trial_(on_trial), told_(std::move(told)), was_blocked_(was_blocked) {}
  [[nodiscard]] UpgradeSaid look(const UpgradeFacts& facts, base::UtcMillis now);

 private:
  void look_at_upgrade(const UpgradeFacts& facts, base::UtcMillis now, UpgradeSaid& said);
  void look_at_blocked(const UpgradeBlocked& blocked, base::UtcMillis now, UpgradeSaid& said);
  bool on_trial_;
  std::string told_;
  bool was_blocked_, said_blocked_ = false;
  std::string epoch_;  ///< under which the trial was said; empty: not yet
  std::optional<std::int64_t> awaited_;  ///< a number of this stream that only this process can have used
};

}  // namespace anju::gateway
