#include "gateway/uplink/window.hpp"

#include <algorithm>

namespace anju::gateway {

std::size_t batch_size(std::span<const StoredEvent> events) {
  std::size_t count = 0, readings = 0, bytes = 0;
  for (const StoredEvent& event : events) {
    readings += event.readings;
    bytes += event.text.size() + 1;
    if (count > 0 && (count == kMaxBatchEvents || readings > kMaxBatchReadings || bytes > kMaxBatchBytes)) break;
    ++count;
  }
  return count;
}

void Window::connected(std::int64_t through, base::UtcMillis now) {
  connected_ = true;
  through_ = through;
  patience_ = kResendLeast;
  restart(now);
}

void Window::restart(base::UtcMillis now) {
  sent_ = through_;
  ends_.clear();
  progress_at_ = now;
}

std::int64_t Window::next(std::int64_t last_seq) const {
  if (!connected_ || !positioned_ || ends_.size() >= kMaxBatches || sent_ >= last_seq) return 0;
  return sent_ + 1;
}

void Window::sent(std::int64_t last, base::UtcMillis now) {
  if (ends_.empty()) progress_at_ = now;  // the time without progress begins with the first batch that waits
  sent_ = last;
  known_ = std::max(known_, last);
  ends_.push_back(sent_);
}

AckOutcome Window::acknowledged(std::string_view epoch, std::int64_t through, bool resend, base::UtcMillis now) {
  if (epoch != epoch_) return AckOutcome::foreign_epoch;
  if (through > known_) return AckOutcome::beyond;
  positioned_ = true;
  if (resend) {
    if (through == through_ && now - asked_at_ < kResendOnce) return AckOutcome::nothing_new;
    asked_at_ = now;
    through_ = through;
    restart(now);
    return AckOutcome::again;
  }
  if (through <= through_) return AckOutcome::nothing_new;
  through_ = through;
  sent_ = std::max(sent_, through);  // after a restart here the platform may know more than this window does
  while (!ends_.empty() && ends_.front() <= through) ends_.pop_front();
  progress_at_ = now;
  patience_ = kResendLeast;
  return AckOutcome::progress;
}

bool Window::tick(base::UtcMillis now) {
  if (is_waiting() && now - progress_at_ >= kPositionWait) positioned_ = true;
  if (!connected_ || ends_.empty() || now - progress_at_ < patience_) return false;
  patience_ = std::min(patience_ * 2, kResendMost);
  restart(now);
  return true;
}

}  // namespace anju::gateway
