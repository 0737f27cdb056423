#pragma once

// Runs jobs one after the other on a thread of its own, tells the store how far they are, and throws away what is old. Without start() a
// test runs them itself.

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "platform/domain/jobs.hpp"

namespace anju::platform {

struct JobQueuePorts {
  JobStore& store;
  std::string folder;  ///< of the files; there already
  std::function<base::UtcMillis()> now;
  std::function<void(std::string_view line)> log;
};

class JobQueue : public JobDesk {
 public:
  explicit JobQueue(JobQueuePorts ports) : ports_(std::move(ports)) {}
  ~JobQueue() override { stop(); }

  /// What an earlier run left open is interrupted, its files go. Error: store_failed.
  [[nodiscard]] base::Result<> recover();
  void start();
  /// The job that runs is told to end; those that wait are interrupted by the next start. Joins the thread. Idempotent.
  void stop();

  base::Result<std::int64_t> submit(NewJob job, JobWork work) override;
  void cancel(std::int64_t id) override;
  base::Result<> remove(std::int64_t id) override;
  [[nodiscard]] std::string path(std::int64_t id) const override;
  [[nodiscard]] JobStore& store() override { return ports_.store; }

  /// Runs the next job here and now; false: none waits.
  bool run_one();
  /// Deletes jobs and files that are too old or too many.
  void clean();

 private:
  class Run;
  struct Waiting {
    std::int64_t id;
    AuditEntry audit;
    JobWork work;
  };
  void work();
  void finish(const Waiting& job, const JobEnd& end);
  [[nodiscard]] bool wanted();

  JobQueuePorts ports_;
  std::mutex mutex_;  ///< queue_, running_, cancelled_, stopping_
  std::condition_variable changed_;
  std::deque<Waiting> queue_;
  std::int64_t running_ = 0;  ///< 0: none
  bool cancelled_ = false;    ///< the one that runs
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace anju::platform
