#include "gateway/core/line_statistics.hpp"

#include <algorithm>

namespace anju::gateway {

void Delays::add(base::Millis delay) {
  samples_[next_] = static_cast<std::int32_t>(std::clamp<std::int64_t>(delay.value, 0, 60'000));
  next_ = (next_ + 1) % kSamples;
  count_ = std::min(count_ + 1, kSamples);
}

base::Millis Delays::percentile(int percent) const {
  if (count_ == 0) return base::Millis(0);
  auto sorted = samples_;
  const auto rank = (count_ * static_cast<std::size_t>(percent) + 99) / 100;
  const auto index = static_cast<std::ptrdiff_t>(rank == 0 ? 0 : rank - 1);
  std::nth_element(sorted.begin(), sorted.begin() + index, sorted.begin() + static_cast<std::ptrdiff_t>(count_));
  return base::Millis(sorted[static_cast<std::size_t>(index)]);
}

void MinuteShare::add(base::UtcMillis from, base::UtcMillis to) {
  // A span longer than the window (a machine that slept) fills it once, not once per minute slept.
  std::int64_t at = std::max(from.value, to.value - 60'000);
  while (at < to.value) {
    const std::int64_t second = at / 1000;
    const std::int64_t end = std::min(to.value, (second + 1) * 1000);
    auto& bucket = buckets_[static_cast<std::size_t>(second % 60)];
    if (bucket.second != second) bucket = Bucket{second, 0};
    bucket.millis += static_cast<std::int32_t>(end - at);
    at = end;
  }
}

std::int64_t MinuteShare::permille(base::UtcMillis now) const {
  std::int64_t total = 0;
  for (const auto& bucket : buckets_) {
    if (bucket.second > now.value / 1000 - 60 && bucket.second <= now.value / 1000) total += bucket.millis;
  }
  return std::min<std::int64_t>(1000, total / 60);
}

}  // namespace anju::gateway
