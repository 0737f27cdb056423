#include "platform/jobs/job_queue.hpp"

#include <filesystem>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <thread>

#include "platform/store/jobs.hpp"
#include "platform/store/users.hpp"
#include "tests/unit/platform/scratch_folder.hpp"
#include "tests/unit/platform/store/scratch_database.hpp"

using namespace anju;
using namespace anju::platform;

namespace {

struct Desk {
  StoredSite site;
  ScratchFolder folder;
  base::UtcMillis now = site.now;
  std::vector<std::string> log;
  std::unique_ptr<JobStore> store;
  std::unique_ptr<JobQueue> queue;
  JobOwner owner{{1}, 7};

  Desk() { open(); }

  /// Also a restart.
  void open() {
    queue.reset();
    auto opened = open_job_store(site.url());
    REQUIRE(opened);
    store = std::move(*opened);
    queue = std::make_unique<JobQueue>(JobQueuePorts{*store, folder.path, [this] { return now; }, [this](std::string_view line) { log.emplace_back(line); }});
  }

  base::Result<std::int64_t> submit(JobWork work, JobKind kind = JobKind::export_rows) {
    NewJob job;
    job.owner = owner;
    job.kind = kind;
    job.list = "meters";
    job.title = "Meters";
    job.permission = "meter:export";
    job.audit.organisation = 1;
    job.audit.who = "anna";
    job.audit.action = "upload_house";
    return queue->submit(std::move(job), std::move(work));
  }

  Job job(std::int64_t id) {
    const auto found = store->find(owner, id);
    REQUIRE(found);
    REQUIRE(*found);
    return **found;
  }
};

JobEnd write_file(JobRun& run) {
  std::ofstream(run.path()) << "rows";
  JobEnd end;
  end.done = 4;
  end.file = "meters.xlsx";
  end.bytes = 4;
  return end;
}

}  // namespace

TEST_CASE("jobs: export: one runs after the other, and its row says how far it came and what it left") {
  Desk desk;
  std::vector<int> order;
  const auto first = desk.submit([&](JobRun& run) {
    order.push_back(1);
    CHECK(run.told(2, 4));
    CHECK(desk.job(run.id()).state == JobState::running);
    CHECK(desk.job(run.id()).done == 2);
    return write_file(run);
  });
  const auto second = desk.submit([&](JobRun& run) {
    order.push_back(2);
    return write_file(run);
  });
  REQUIRE(first);
  REQUIRE(second);
  CHECK(desk.job(*second).state == JobState::waiting);
  CHECK(desk.queue->run_one());
  CHECK(desk.queue->run_one());
  CHECK_FALSE(desk.queue->run_one());
  CHECK(order == std::vector{1, 2});
  const Job done = desk.job(*first);
  CHECK(done.state == JobState::done);
  CHECK(done.done == 4);
  CHECK(done.total == 4);
  CHECK(done.file == "meters.xlsx");
  CHECK(std::filesystem::exists(desk.queue->path(*first)));
}

TEST_CASE("jobs: one that waits is cancelled at once, one that runs is told so, one that throws has failed; no file stays") {
  Desk desk;
  const auto runs = desk.submit([&](JobRun& run) {
    std::ofstream(run.path()) << "half";
    desk.queue->cancel(run.id());
    JobEnd end;
    end.state = run.told(1, 2) ? JobState::done : JobState::cancelled;
    return end;
  });
  const auto waits = desk.submit(write_file);
  const auto throws = desk.submit([](JobRun&) -> JobEnd { throw std::runtime_error("oops"); });
  desk.queue->cancel(*waits);
  CHECK(desk.job(*waits).state == JobState::cancelled);
  while (desk.queue->run_one()) {
  }
  CHECK(desk.job(*runs).state == JobState::cancelled);
  CHECK_FALSE(std::filesystem::exists(desk.queue->path(*runs)));
  CHECK(desk.job(*throws).state == JobState::failed);
  CHECK(desk.job(*throws).reason == "internal");
  CHECK(desk.log.size() == 1);
}

TEST_CASE("jobs: a restart interrupts what was open, and an import that had written something gets its audit row") {
  Desk desk;
  const auto waits = desk.submit(write_file);
  REQUIRE(desk.submit([](JobRun&) { return JobEnd(); }, JobKind::import_rows));
  {
    soci::session session;
    REQUIRE(open_session(session, desk.site.url()));
    session << "UPDATE job SET state = 'running', created = 200, failed = 3 WHERE kind = 'import'";
  }
  std::ofstream(desk.folder.path + "/upload-3") << "left behind";
  desk.open();
  REQUIRE(desk.queue->recover());
  CHECK(desk.job(*waits).state == JobState::interrupted);
  CHECK_FALSE(desk.queue->run_one());
  CHECK_FALSE(std::filesystem::exists(desk.folder.path + "/upload-3"));
  CHECK(desk.site.count("SELECT count(*) FROM audit WHERE action = 'upload_house' AND who = 'anna' AND result = 'interrupted'"
                        " AND detail LIKE '%created=200%'") == 1);
}

TEST_CASE("jobs: limits: five open ones of a person, and nobody's files beyond seven days") {
  Desk desk;
  for (int i = 0; i < kMostOpenJobs; ++i) CHECK(desk.submit(write_file));
  const auto further = desk.submit(write_file);
  REQUIRE_FALSE(further);
  CHECK(further.error().is(Errc::too_many));
  CHECK(further.error().where == "open_jobs");
  desk.owner.user = 8;
  CHECK(desk.submit(write_file));
  desk.owner.user = 7;
  while (desk.queue->run_one()) {
  }
  CHECK(desk.submit(write_file));
  while (desk.queue->run_one()) {
  }
  desk.now = desk.now + kJobsKept + base::seconds(1);
  const auto kept = desk.submit(write_file);
  while (desk.queue->run_one()) {
  }
  desk.queue->clean();
  CHECK(desk.store->list(desk.owner, false, 1, 100)->total == 1);
  CHECK(std::filesystem::exists(desk.queue->path(*kept)));
  CHECK_FALSE(std::filesystem::exists(desk.queue->path(1)));
}

TEST_CASE("jobs: another person, another organisation and another data scope do not see it") {
  Desk desk;
  const auto id = desk.submit(write_file);
  REQUIRE(id);
  for (const JobOwner& other : {JobOwner{{1}, 8}, JobOwner{{2}, 7}, JobOwner{{1, std::vector<std::int64_t>{1}}, 7}}) {
    CHECK_FALSE(desk.store->find(other, *id)->has_value());
    CHECK(desk.store->list(other, false, 1, 100)->total == 0);
  }
  CHECK(desk.store->list(desk.owner, true, 1, 100)->total == 1);
}

TEST_CASE("jobs: on its own thread a job runs, and stopping waits for it") {
  Desk desk;
  desk.queue->start();
  const auto id = desk.submit([](JobRun& run) {
    JobEnd end;
    while (run.told(1, 2)) std::this_thread::yield();
    end.state = JobState::cancelled;
    return end;
  });
  while (desk.job(*id).state == JobState::waiting) std::this_thread::yield();
  desk.queue->stop();
  CHECK(desk.job(*id).state == JobState::interrupted);
}
