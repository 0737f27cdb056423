#include "gateway/core/backoff.hpp"

#include <algorithm>

namespace anju::gateway {

void Backoff::succeeded(const base::DeviceId& device) {
  dead_.erase(device);
}

void Backoff::forget(const base::DeviceId& device) {
  dead_.erase(device);
}

void Backoff::lost(base::Millis cost) {
  // Where the clock was set ahead while the question was out it seems to have cost hours.
  budget_us_ = std::max(budget_us_ - std::min(cost, kMostBudget).value * 1000, -kMostBudget.value * 1000);
}

void Backoff::failed(const base::DeviceId& device, int tries, base::UtcMillis now) {
  if (device.value.empty()) return;  // a scan of unknown addresses has nobody to back off from
  auto [found, fresh] = dead_.try_emplace(device);
  auto& dead = found->second;
  dead.interval = fresh ? kFirstProbe : std::min(dead.interval * 2, kLongestProbe);
  dead.tries = std::min(dead.tries + tries, kUnreachableAfter);
  dead.next = now + dead.interval;
}

bool Backoff::is_reachable(const base::DeviceId& device) const {
  const auto found = dead_.find(device);
  return found == dead_.end() || found->second.tries < kUnreachableAfter;
}

base::UtcMillis Backoff::probe_at(const base::DeviceId& device, base::Millis cost, base::UtcMillis now) const {
  const auto found = dead_.find(device);
  if (found == dead_.end()) return now;
  const std::int64_t missing_us = std::min(cost, kMostBudget).value * 1000 - budget_us_;
  const auto affordable = missing_us <= 0 ? now : now + base::Millis(missing_us / (10 * kProbePercent) + 1);
  return std::max(found->second.next, affordable);
}

void Backoff::advance(base::UtcMillis now) {
  if (started_ && now > last_) {
    const std::int64_t passed_ms = std::min((now - last_).value, kMostBudget.value * 100);
    budget_us_ = std::min(budget_us_ + passed_ms * 10 * kProbePercent, kMostBudget.value * 1000);
  }
  last_ = now;
  started_ = true;
}

void Backoff::shift(base::Millis by) {
  last_ = last_ + by;
  for (auto& [device, dead] : dead_) dead.next = dead.next + by;
}

}  // namespace anju::gateway
