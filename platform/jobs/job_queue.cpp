#include "platform/jobs/job_queue.hpp"

#include <chrono>
#include <exception>
#include <filesystem>
#include <optional>
#include <utility>

namespace anju::platform {
namespace {

constexpr base::Millis kTellEvery = base::seconds(1);  ///< progress is a commit, so not for every batch
constexpr std::chrono::hours kCleanEvery{1};

JobEnd ended(JobState state) {
  JobEnd end;
  end.state = state;
  return end;
}

}  // namespace

class JobQueue::Run : public JobRun {
 public:
  Run(JobQueue& queue, std::int64_t id) : queue_(queue), id_(id) {}
  [[nodiscard]] std::int64_t id() const override { return id_; }
  [[nodiscard]] std::string path() const override { return queue_.path(id_); }
  [[nodiscard]] bool told(std::int64_t done, std::int64_t total) override {
    const base::UtcMillis now = queue_.ports_.now();
    if (!last_ || now - *last_ >= kTellEvery) {
      last_ = now;
      if (const auto said = queue_.ports_.store.progress(id_, done, total); !said) queue_.ports_.log("the progress of a job could not be written: " + said.error().where);
    }
    return queue_.wanted();
  }

 private:
  JobQueue& queue_;
  std::int64_t id_;
  std::optional<base::UtcMillis> last_;
};

std::string JobQueue::path(std::int64_t id) const { return ports_.folder + "/job-" + std::to_string(id); }

base::Result<> JobQueue::recover() {
  if (auto done = ports_.store.interrupt(ports_.now()); !done) return done;
  // What an answer or an upload left behind, by its name: somebody may have set a folder that holds more than ours.
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(ports_.folder, ignored)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with("answer-") || name.starts_with("upload-")) std::filesystem::remove(entry.path(), ignored);
  }
  clean();
  return {};
}

void JobQueue::start() {
  thread_ = std::thread([this] { work(); });
}

void JobQueue::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

base::Result<std::int64_t> JobQueue::submit(NewJob job, JobWork work) {
  auto id = ports_.store.add(job, ports_.now());
  if (!id) return id;
  {
    const std::lock_guard lock(mutex_);
    queue_.push_back({*id, std::move(job.audit), std::move(work)});
  }
  changed_.notify_all();
  return id;
}

void JobQueue::cancel(std::int64_t id) {
  std::optional<Waiting> dropped;
  {
    const std::lock_guard lock(mutex_);
    if (running_ == id) cancelled_ = true;
    for (auto one = queue_.begin(); one != queue_.end(); ++one) {
      if (one->id != id) continue;
      dropped = std::move(*one);
      queue_.erase(one);
      break;
    }
  }
  if (dropped) finish(*dropped, ended(JobState::cancelled));
}

base::Result<> JobQueue::remove(std::int64_t id) {
  std::error_code ignored;
  std::filesystem::remove(path(id), ignored);
  return ports_.store.remove(id);
}

bool JobQueue::wanted() {
  const std::lock_guard lock(mutex_);
  return !cancelled_ && !stopping_;
}

bool JobQueue::run_one() {
  Waiting job;
  {
    const std::lock_guard lock(mutex_);
    if (queue_.empty() || stopping_) return false;
    job = std::move(queue_.front());
    queue_.pop_front();
    running_ = job.id;
    cancelled_ = false;
  }
  if (const auto begun = ports_.store.started(job.id, ports_.now()); !begun) ports_.log("a job's begin could not be written: " + begun.error().where);
  JobEnd end;
  try {
    Run run(*this, job.id);
    end = job.work(run);
  } catch (const std::exception& failure) {
    ports_.log(std::string("a job threw: ") + failure.what());
    end = ended(JobState::failed);
    end.reason = "internal";
  }
  bool stopped = false;
  {
    const std::lock_guard lock(mutex_);
    running_ = 0;
    stopped = stopping_ && !cancelled_;
  }
  if (end.state == JobState::cancelled && stopped) end.state = JobState::interrupted;
  finish(job, end);
  return true;
}

void JobQueue::finish(const Waiting& job, const JobEnd& end) {
  std::error_code ignored;
  if (end.file.empty()) std::filesystem::remove(path(job.id), ignored);
  AuditEntry audit = job.audit;
  audit.at = ports_.now();
  if (const auto done = ports_.store.ended(job.id, end, audit); !done) ports_.log("a job's end could not be written: " + done.error().where);
}

void JobQueue::clean() {
  const auto old = ports_.store.outdated(ports_.now() - kJobsKept);
  if (!old) return ports_.log("old jobs could not be looked for: " + old.error().where);
  for (const std::int64_t id : *old) {
    if (const auto removed = remove(id); !removed) return ports_.log("an old job could not be deleted: " + removed.error().where);
  }
}

void JobQueue::work() {
  auto next_clean = std::chrono::steady_clock::now() + kCleanEvery;
  for (;;) {
    while (run_one()) {
    }
    if (std::chrono::steady_clock::now() >= next_clean) {
      clean();
      next_clean = std::chrono::steady_clock::now() + kCleanEvery;
    }
    std::unique_lock lock(mutex_);
    changed_.wait_until(lock, next_clean, [this] { return stopping_ || !queue_.empty(); });
    if (stopping_) return;
  }
}

}  // namespace anju::platform
