#pragma once

// Keeps dead meters from eating a line's time. A device whose exchange failed is asked again at growing intervals, and
// all polls without an answer together draw on a budget of kProbePercent of the line's time: the first ones, which tell
// that a device is dead, overdraw it, and probes wait until it is made up for. Pure bookkeeping.

#include <cstdint>
#include <map>

#include "protocols/base/id.hpp"
#include "protocols/base/time.hpp"

namespace anju::gateway {

/// A tenth may be lost; what first tries overdraw beyond the limit of kMostBudget has to fit in, too.
inline constexpr std::int64_t kProbePercent = 8;
inline constexpr base::Millis kFirstProbe = base::seconds(5);
inline constexpr base::Millis kLongestProbe = base::minutes(5);
/// Unused budget is saved up to this much, so that a line that was quiet can look for its dead meters at once. No more is
/// owed, either: after a cable was mended the first probe comes within kMostBudget / kProbePercent, and those that answer cost nothing.
inline constexpr base::Millis kMostBudget = base::seconds(10);
/// Failed tries in a row after which a device counts as unreachable.
inline constexpr int kUnreachableAfter = 3;

class Backoff {
 public:
  void succeeded(const base::DeviceId& device);
  /// A try of a poll without an answer took so long.
  void lost(base::Millis cost);
  /// One exchange of `tries` tries failed.
  void failed(const base::DeviceId& device, int tries, base::UtcMillis now);
  void forget(const base::DeviceId& device);

  /// True when the last exchange with the device failed: what it is asked next is a probe.
  [[nodiscard]] bool is_dead(const base::DeviceId& device) const { return dead_.contains(device); }
  [[nodiscard]] bool is_reachable(const base::DeviceId& device) const;
  /// When a probe that may cost as much as `cost` can be sent, if nothing else draws on the budget before that.
  [[nodiscard]] base::UtcMillis probe_at(const base::DeviceId& device, base::Millis cost, base::UtcMillis now) const;

  /// Lets time pass; the budget grows by kProbePercent of it.
  void advance(base::UtcMillis now);
  /// The clock was set back: everything planned moves with it.
  void shift(base::Millis by);

 private:
  struct Dead {
    int tries = 0;
    base::Millis interval;
    base::UtcMillis next;
  };
  std::map<base::DeviceId, Dead> dead_;
  base::UtcMillis last_;
  std::int64_t budget_us_ = 0;
  bool started_ = false;
};

}  // namespace anju::gateway
