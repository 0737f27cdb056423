#pragma once

// What waits for a line, and who is next. Control goes before commissioning before poll; probes of dead devices wait
// for their time and budget; a device that has just cost a timeout lets others go first.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "gateway/core/backoff.hpp"
#include "gateway/core/exchange.hpp"

namespace anju::gateway {

/// An exchange above this many waiting ones is refused with queue_full. A plan keeps one per device, a person a few.
inline constexpr std::size_t kMostWaiting = 2048;
/// Exchanges of higher priority that may overtake a waiting poll in a row.
inline constexpr int kMostInFront = 4;

class LineQueue {
 public:
  /// False: full, nothing was taken.
  [[nodiscard]] bool push(Exchange exchange);
  /// Behind others of its priority, for another try.
  void push_again(Exchange exchange);

  /// What next() gave and could not be sent yet: in front of its priority.
  void put_back(Exchange exchange);

  struct Choice {
    std::optional<Exchange> exchange;
    std::optional<base::UtcMillis> later;  ///< when there will be one, if nothing new comes; empty when nothing waits
  };
  /// avoid: the device that has just failed; it is chosen only when nobody else can be. cost: of a failed probe.
  /// least: what has a lower priority stays where it is.
  template <class CostOf>
  [[nodiscard]] Choice next(base::UtcMillis now, const Backoff& backoff, const base::DeviceId& avoid, Priority least, CostOf&& cost_of);

  /// Takes out everything that waits for a device; its askers have to be told.
  [[nodiscard]] std::vector<Exchange> remove(const base::DeviceId& device);
  /// Takes out what may not be sent any more.
  [[nodiscard]] std::vector<Exchange> remove_expired(base::UtcMillis now);
  /// When the next remove_expired has something to do.
  [[nodiscard]] std::optional<base::UtcMillis> first_expiry() const;
  [[nodiscard]] std::size_t size() const { return waiting_.size(); }

 private:
  std::deque<Exchange> waiting_;  ///< by time of arrival; short, so it is searched
  int in_front_ = 0;
  bool forced_ = false;  ///< the exchange given last was a poll whose turn had come before others
};

template <class CostOf>
LineQueue::Choice LineQueue::next(base::UtcMillis now, const Backoff& backoff, const base::DeviceId& avoid, Priority least,
                                  CostOf&& cost_of) {
  Choice choice;
  constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  std::size_t best = kNone, best_avoided = kNone, oldest_poll = kNone;
  for (std::size_t i = 0; i < waiting_.size(); ++i) {
    const auto& exchange = waiting_[i];
    if (exchange.priority > least) continue;
    // A person's or the platform's order is tried at once, also with a dead device: only polls are backed off.
    if (exchange.priority == Priority::poll) {
      const auto at =
          backoff.is_dead(exchange.device) ? backoff.probe_at(exchange.device, cost_of(exchange), now) : now;
      if (at > now) {
        if (!choice.later || at < *choice.later) choice.later = at;
        continue;
      }
      if (oldest_poll == kNone && exchange.device != avoid) oldest_poll = i;
    }
    auto& slot = exchange.device == avoid && !avoid.value.empty() ? best_avoided : best;
    if (slot == kNone || exchange.priority < waiting_[slot].priority) slot = i;
  }
  if (best == kNone) best = best_avoided;
  if (best == kNone) return choice;
  forced_ = false;
  if (waiting_[best].priority == Priority::poll) {
    in_front_ = 0;
  } else if (oldest_poll != kNone && ++in_front_ > kMostInFront) {
    best = oldest_poll;
    in_front_ = 0;
    forced_ = true;
  }
  choice.exchange = std::move(waiting_[best]);
  waiting_.erase(waiting_.begin() + static_cast<std::ptrdiff_t>(best));
  return choice;
}

}  // namespace anju::gateway
