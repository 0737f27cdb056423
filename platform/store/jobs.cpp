#include "platform/store/jobs.hpp"

#include <algorithm>
#include <mutex>
#include <utility>

#include "platform/store/audit_chain.hpp"
#include "platform/store/database.hpp"
#include "platform/store/question.hpp"
#include "platform/store/statement.hpp"
#include "platform/store/words.hpp"
#include "protocols/wire/detail.hpp"

namespace anju::platform {
namespace {

constexpr const char* kColumns =
    "SELECT j.id, j.kind, j.state, j.list, j.title, j.permission, j.remark, j.who, j.reason, j.done, j.total, j.bytes, j.created, j.updated,"
    " j.unchanged, j.failed, j.errors, j.file, j.created_ms, j.started_ms, j.ended_ms FROM job j";
constexpr const char* kOpen = "j.state IN ('waiting', 'running')";

/// What stands in the column `scope`.
std::string scope_text(const Scope& scope) {
  std::string reach = scope.below ? "+" : "";
  if (scope.people) {
    reach += "p" + std::to_string(scope.people->user);
    for (const std::int64_t department : scope.people->departments) reach += "." + std::to_string(department);
    reach += " ";
  }
  if (!scope.sites) return reach + "*";
  std::vector<std::int64_t> sites = *scope.sites;
  std::sort(sites.begin(), sites.end());
  std::string text = reach;
  for (const std::int64_t site : sites) (text += text == reach ? "" : ",") += std::to_string(site);
  return text;
}

Question& of(Question& question, const JobOwner& owner) {
  return question.text(" WHERE ").belonging(owner.scope.organisation, "j").text(" AND j.owner = ").value(owner.user).text(" AND j.scope = ").value(
      scope_text(owner.scope));
}

Job read_job(Select& row) {
  Job job;
  job.id = row.integer();
  job.kind = row.word<JobKind>(2);
  job.state = row.word<JobState>(6);
  job.list = row.text();
  job.title = row.text();
  job.permission = row.text();
  job.remark = row.text();
  job.who = row.text();
  job.reason = row.text();
  job.done = row.integer();
  job.total = row.integer();
  job.bytes = row.integer();
  job.counts.created = row.integer();
  job.counts.updated = row.integer();
  job.counts.unchanged = row.integer();
  job.counts.failed = row.integer();
  job.errors = row.text();
  job.file = row.text();
  job.created = row.time();
  job.started = row.maybe_time();
  job.ended = row.maybe_time();
  return job;
}

std::string counts_text(const Job& job) {
  return wire::detail({{"created", std::to_string(job.counts.created)},
                       {"updated", std::to_string(job.counts.updated)},
                       {"unchanged", std::to_string(job.counts.unchanged)},
                       {"failed", std::to_string(job.counts.failed)},
                       {"state", std::string(to_string(JobState::interrupted))}});
}

class SociJobStore : public JobStore {
 public:
  base::Result<> open(const std::string& url) { return open_session(session_, url); }

  base::Result<std::int64_t> add(const NewJob& job, base::UtcMillis now) override {
    return change("add_job", [&]() -> base::Result<std::int64_t> {
      if (number(std::string("SELECT count(*) FROM job j WHERE ") + kOpen) >= kMostOpenJobsOfAll) return base::fail(Errc::too_many, "busy_platform");
      const auto mine = [&](const char* what, const std::string& further) {
        return Question(session_)
            .text(std::string("SELECT ") + what + " FROM job j WHERE ")
            .belonging(job.owner.scope.organisation, "j")
            .text(" AND j.owner = ")
            .value(job.owner.user)
            .text(further)
            .number();
      };
      if (mine("count(*)", std::string(" AND ") + kOpen) >= kMostOpenJobs) return base::fail(Errc::too_many, "open_jobs");
      if (mine("coalesce(sum(j.bytes), 0)", "") >= kMostKeptBytes) return base::fail(Errc::too_many, "kept_bytes");
      Statement(session_,
                "INSERT INTO job(organisation, owner, scope, who, address, action, kind, state, list, title, permission, remark, reason, done, total, bytes,"
                " created, updated, unchanged, failed, errors, file, created_ms) VALUES(?, ?, ?, ?, ?, ?, ?, 'waiting', ?, ?, ?, ?, '', 0, ?, 0, 0, 0, 0, 0,"
                " '', '', ?)")
          .write(job.owner.scope.organisation, job.owner.user, scope_text(job.owner.scope), job.audit.who, job.audit.address, job.audit.action,
                 to_string(job.kind), job.list, job.title, job.permission, job.remark, job.total, now);
      return number("SELECT max(id) FROM job");
    });
  }

  base::Result<Page<Job>> list(const JobOwner& owner, bool open_only, std::int64_t page, std::int64_t size) override {
    return ask("list_jobs", [&]() -> base::Result<Page<Job>> {
      Page<Job> found;
      const std::string further = open_only ? std::string(" AND ") + kOpen : std::string();
      Question count(session_);
      found.total = of(count.text("SELECT count(*) FROM job j"), owner).text(further).number();
      Question select(session_);
      of(select.text(kColumns), owner).text(further + " ORDER BY j.id DESC LIMIT ").value(size).text(" OFFSET ").value((page - 1) * size);
      select.rows([&](Select& row) { found.rows.push_back(read_job(row)); });
      return found;
    });
  }

  base::Result<std::optional<Job>> find(const JobOwner& owner, std::int64_t id) override {
    return ask("find_job", [&]() -> base::Result<std::optional<Job>> {
      Question select(session_);
      return of(select.text(kColumns), owner).text(" AND j.id = ").value(id).first(read_job);
    });
  }

  base::Result<> started(std::int64_t id, base::UtcMillis now) override {
    return change("started", [&]() -> base::Result<> {
      Statement(session_, "UPDATE job SET state = 'running', started_ms = ? WHERE id = ? AND state = 'waiting'").write(now, id);
      return {};
    });
  }

  base::Result<> progress(std::int64_t id, std::int64_t done, std::int64_t total) override {
    return change("progress", [&]() -> base::Result<> {
      Statement(session_, "UPDATE job SET done = ?, total = ? WHERE id = ?").write(done, total, id);
      return {};
    });
  }

  base::Result<> ended(std::int64_t id, const JobEnd& end, const AuditEntry& audit) override {
    return change("ended", [&]() -> base::Result<> {
      Statement(session_,
                "UPDATE job SET state = ?, reason = ?, errors = ?, file = ?, done = ?, total = CASE WHEN total < ? THEN ? ELSE total END, bytes = ?, ended_ms = ?"
                " WHERE id = ?")
          .write(to_string(end.state), end.reason, end.errors, end.file, end.done, end.done, end.done, end.bytes, audit.at, id);
      if (end.detail.empty()) return {};
      AuditEntry row = audit;
      row.object = "job " + std::to_string(id);
      row.detail = end.detail;
      row.result = end.state == JobState::done ? "ok" : end.reason.empty() ? std::string(to_string(end.state)) : end.reason;
      write_audit(session_, {&row, 1});
      return {};
    });
  }

  base::Result<> remove(std::int64_t id) override {
    return change("remove_job", [&]() -> base::Result<> {
      Statement(session_, "DELETE FROM job WHERE id = ?").write(id);
      return {};
    });
  }

  base::Result<> interrupt(base::UtcMillis now) override {
    return change("interrupt", [&]() -> base::Result<> {
      std::vector<AuditEntry> owed;
      Question open(session_);
      open.text("SELECT j.organisation, j.who, j.address, j.action, j.id, j.created, j.updated, j.unchanged, j.failed FROM job j"
                " WHERE j.kind = 'import' AND j.state = 'running'");
      open.rows([&](Select& row) {
        AuditEntry entry;
        entry.at = now;
        entry.organisation = row.integer();
        entry.who = row.text();
        entry.address = row.text();
        entry.action = row.text();
        entry.object = "job " + std::to_string(row.integer());
        Job job;
        job.counts.created = row.integer();
        job.counts.updated = row.integer();
        job.counts.unchanged = row.integer();
        job.counts.failed = row.integer();
        entry.detail = counts_text(job);
        entry.result = to_string(JobState::interrupted);
        if (job.counts.created + job.counts.updated > 0) owed.push_back(std::move(entry));
      });
      Statement(session_, "UPDATE job SET state = 'interrupted', ended_ms = ? WHERE state IN ('waiting', 'running')").write(now);
      write_audit(session_, owed);
      return {};
    });
  }

  base::Result<std::vector<std::int64_t>> outdated(base::UtcMillis ended_before) override {
    return ask("outdated", [&]() -> base::Result<std::vector<std::int64_t>> {
      std::vector<std::int64_t> ids;
      Question old(session_);
      old.text("SELECT j.id FROM job j WHERE j.ended_ms < ").value(ended_before.value);
      old.text(" OR (j.ended_ms IS NOT NULL AND (SELECT count(*) FROM job k WHERE k.organisation = j.organisation AND k.owner = j.owner AND k.id > j.id) >= ");
      old.value(kMostKeptJobs).text(")");
      old.rows([&](Select& row) { ids.push_back(row.integer()); });
      return ids;
    });
  }

 private:
  std::int64_t number(const std::string& query) { return Question(session_).text(query).number(); }

  template <class Work>
  auto ask(const char* what, Work&& work) -> decltype(work()) {
    const std::lock_guard lock(mutex_);
    return guarded(session_, what, [&] {
      soci::transaction reading(session_);
      return work();
    });
  }

  template <class Work>
  auto change(const char* what, Work&& work) -> decltype(work()) {
    const std::lock_guard lock(mutex_);
    return guarded(what, [&] { return immediately(session_, work); });
  }

  soci::session session_;
  std::mutex mutex_;  ///< between the threads of the requests and the one that works
};

}  // namespace

base::Result<std::unique_ptr<JobStore>> open_job_store(const std::string& url) {
  auto store = std::make_unique<SociJobStore>();
  if (auto opened = store->open(url); !opened) return base::pass(opened);
  return std::unique_ptr<JobStore>(std::move(store));
}

}  // namespace anju::platform
