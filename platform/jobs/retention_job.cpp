#include "platform/jobs/retention_job.hpp"

#include <chrono>

namespace anju::platform {

bool RetentionJob::step() {
  constexpr std::int64_t kHourMs = 3'600'000, kDayMs = 24 * kHourMs;
  const base::UtcMillis now = ports_.now();
  const std::int64_t local = now.value + ports_.utc_offset_minutes() * std::int64_t{60'000};
  const std::int64_t night = local / kDayMs, hour = local % kDayMs / kHourMs;
  if (hour < kNightBeginsHour || hour >= kNightEndsHour) {
    if (tonight_.blocks != 0) end_night(night, {}, 0);  // the rest tomorrow
    return false;
  }
  if (night == done_night_) return false;
  const auto made = ports_.store.cut(now, base::UtcMillis(now.value - ports_.keep_days * kDayMs));
  if (!made) {
    ports_.log("old readings: the store does not answer: " + made.error().where);
    return false;
  }
  if (made->blocks == 0) {
    end_night(night, made->wrong, made->meter);
    return false;
  }
  tonight_.blocks += made->blocks;
  tonight_.readings += made->readings;
  tonight_.kept += made->kept;
  return true;
}

void RetentionJob::end_night(std::int64_t night, const std::string& wrong, std::int64_t meter) {
  done_night_ = night;
  if (tonight_.blocks != 0) {
    ports_.log("old readings: " + std::to_string(tonight_.readings) + " in " + std::to_string(tonight_.blocks) + " blocks went, of them " +
               std::to_string(tonight_.kept) + " stay as single ones");
  }
  if (!wrong.empty()) ports_.log("old readings stay, the books contradict themselves: " + wrong);
  tonight_ = {};
  ports_.tell(wrong, meter);
}

void RetentionJob::start() {
  thread_ = std::thread([this] {
    for (;;) {
      const std::int64_t rest = step() ? kPauseMs : kLookEveryMs;
      std::unique_lock lock(mutex_);
      if (stopped_.wait_for(lock, std::chrono::milliseconds(rest), [this] { return stopping_; })) return;
    }
  });
}

void RetentionJob::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stopped_.notify_all();
  if (thread_.joinable()) thread_.join();
}

}  // namespace anju::platform
