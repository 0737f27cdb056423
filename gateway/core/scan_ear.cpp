#include "gateway/core/scan_ear.hpp"

#include <algorithm>
#include <utility>

namespace anju::gateway {
namespace {

/// Behind the last byte of a frame the line has to stay quiet this long; adapters hand over in portions.
constexpr base::Millis kQuiet(60);
/// A line that never falls silent must not hold the scan.
constexpr base::Millis kLongestAnswer(2500);
/// Characters of silence that a device of Modbus needs between an answer and the next question: 3.5.
constexpr std::size_t kBetweenFrames = 4;

}  // namespace

std::vector<PortAction> ScanEar::ask(const Probe& probe, base::UtcMillis now) {
  auto request = bytes_of(probe);
  probe_ = probe;
  heard_.clear();
  asked_at_ = now;
  sent_ = last_ = now + line_time(request.size(), probe.root.format);
  return {SetFormat{probe.root.format}, FlushInput{}, Write{std::move(request)}};
}

void ScanEar::received(base::ByteView bytes, base::UtcMillis now) {
  last_ = now;
  if (heard_.size() < kMostReceived) heard_.insert(heard_.end(), bytes.begin(), bytes.end());
}

base::UtcMillis ScanEar::deadline() const {
  if (!probe_) return {};
  const auto patience = sent_ + probe_->patience;
  if (heard_.empty()) return patience;
  // One meter alone, and it has answered: nobody else is waited for.
  if (probe_->is_exact() && has_frame(*probe_, heard_)) return last_;
  const auto quiet = last_ + (may_go_on(*probe_, heard_) ? kInterByte : kQuiet);
  return std::min(std::max(patience, quiet), patience + kLongestAnswer);
}

Heard ScanEar::take() {
  if (!probe_) return {};
  const auto probe = *std::exchange(probe_, std::nullopt);
  ready_at_ = last_ + line_time(kBetweenFrames, probe.root.format);
  if (heard_.empty()) return {};
  return hear(probe, heard_, std::max(last_ - sent_, base::Millis(0)));
}

}  // namespace anju::gateway
