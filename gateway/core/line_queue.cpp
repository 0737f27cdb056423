#include "gateway/core/line_queue.hpp"

#include <utility>

namespace anju::gateway {

bool LineQueue::push(Exchange exchange) {
  if (waiting_.size() >= kMostWaiting) return false;
  waiting_.push_back(std::move(exchange));
  return true;
}

void LineQueue::push_again(Exchange exchange) {
  waiting_.push_back(std::move(exchange));
}

void LineQueue::put_back(Exchange exchange) {
  if (exchange.priority == Priority::poll) {
    if (forced_) in_front_ = kMostInFront;  // its turn has come and is not over
  } else if (in_front_ > 0) {
    --in_front_;
  }
  waiting_.push_front(std::move(exchange));
}

std::vector<Exchange> LineQueue::remove(const base::DeviceId& device) {
  std::vector<Exchange> removed;
  for (auto& exchange : waiting_) {
    if (exchange.device == device) removed.push_back(exchange);
  }
  std::erase_if(waiting_, [&](const Exchange& exchange) { return exchange.device == device; });
  return removed;
}

std::vector<Exchange> LineQueue::remove_expired(base::UtcMillis now) {
  auto expired = [now](const Exchange& exchange) { return exchange.not_after.value > 0 && now >= exchange.not_after; };
  std::vector<Exchange> removed;
  for (auto& exchange : waiting_) {
    if (expired(exchange)) removed.push_back(exchange);
  }
  if (!removed.empty()) std::erase_if(waiting_, expired);
  return removed;
}

std::optional<base::UtcMillis> LineQueue::first_expiry() const {
  std::optional<base::UtcMillis> first;
  for (const auto& exchange : waiting_) {
    if (exchange.not_after.value > 0 && (!first || exchange.not_after < *first)) first = exchange.not_after;
  }
  return first;
}

}  // namespace anju::gateway
