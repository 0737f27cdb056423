#pragma once

// Takes old readings away at night (platform/domain/retention.hpp), one small cut after the other on a thread of its own. Without start() a test does
// each step itself.

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "platform/domain/retention.hpp"

namespace anju::platform {

struct RetentionPorts {
  RetentionStore& store;
  std::int64_t keep_days = kLeastKeepDays;
  std::function<base::UtcMillis()> now;
  std::function<std::int32_t()> utc_offset_minutes;  ///< of the clock that says when it is night
  /// After each night's work, with what stopped it: an alarm is raised, or goes.
  std::function<void(const std::string& wrong, std::int64_t meter)> tell;
  std::function<void(std::string_view line)> log;
};

class RetentionJob {
 public:
  /// What is begun ends at the border at the latest; the rest goes the next night.
  static constexpr std::int64_t kNightBeginsHour = 1, kNightEndsHour = 5;
  /// Between two cuts, so that the ledger has the database most of the time.
  static constexpr std::int64_t kPauseMs = 250;
  static constexpr std::int64_t kLookEveryMs = 60'000;

  explicit RetentionJob(RetentionPorts ports) : ports_(std::move(ports)) {}
  ~RetentionJob() { stop(); }
  RetentionJob(const RetentionJob&) = delete;
  RetentionJob& operator=(const RetentionJob&) = delete;

  void start();
  /// Joins the thread after the cut that is under way. Idempotent.
  void stop();

  /// One cut, if it is night and tonight's work is not done; false: nothing is to be done now.
  bool step();

 private:
  void end_night(std::int64_t night, const std::string& wrong, std::int64_t meter);

  RetentionPorts ports_;
  std::int64_t done_night_ = -1;  ///< days since 1970-01-01 of that clock
  CutOutcome tonight_;
  std::thread thread_;
  std::mutex mutex_;  ///< stopping_
  std::condition_variable stopped_;
  bool stopping_ = false;
};

}  // namespace anju::platform
