#pragma once

// Work that outlives a request: exports that are too long for an answer, and imports. A job is a row, so that people see it in the download
// centre; what it does is a function in memory, so that a restart interrupts it. Files lie in one folder and are named after the job.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/domain/audit.hpp"
#include "platform/domain/queries.hpp"
#include "platform/domain/scope.hpp"
#include "protocols/base/result.hpp"
#include "protocols/base/time.hpp"

namespace anju::platform {

/// Whose job it is. Nobody else sees it, not even the same person once the data scope has become another: a file holds what the scope held.
struct JobOwner {
  Scope scope;
  std::int64_t user = 0;
};

enum class JobKind { export_rows, import_rows };
enum class JobState {
  waiting,
  running,
  done,
  failed,       ///< `reason` says why
  cancelled,    ///< by its owner
  interrupted,  ///< the platform stopped meanwhile; what an import had done by then stays
};
[[nodiscard]] std::string_view to_string(JobKind kind);
[[nodiscard]] std::string_view to_string(JobState state);

/// What an import did with the rows.
struct ImportCounts {
  std::int64_t created = 0, updated = 0, unchanged = 0, failed = 0;
};

struct NewJob {
  JobOwner owner;
  JobKind kind = JobKind::export_rows;
  std::string list;        ///< which: of the path
  std::string title;       ///< of the list, in the person's language
  std::string permission;  ///< that it was made with; needed for the file, too
  std::string remark;      ///< the query, or the name of the file
  std::int64_t total = 0;  ///< rows, when known; otherwise 0
  AuditEntry audit;        ///< who asked; its own row is written when an import ends
};

struct Job {
  std::int64_t id = 0;
  JobKind kind = JobKind::export_rows;
  JobState state = JobState::waiting;
  std::string list, title, permission, remark, who;
  std::string reason;  ///< of failed: a code
  std::int64_t done = 0, total = 0, bytes = 0;
  ImportCounts counts;
  std::string errors;  ///< of an import: the first bad rows, as JSON
  std::string file;    ///< name to save it under; empty: there is none
  base::UtcMillis created;
  std::optional<base::UtcMillis> started, ended;
};

/// How a job ended.
struct JobEnd {
  JobState state = JobState::done;
  std::string reason, errors, file;
  std::int64_t done = 0, bytes = 0;
  std::string detail;  ///< of the audit row; empty: none
};

// Limits. Who reaches one is told (too_many), and what to do about it.
inline constexpr std::int64_t kMostOpenJobs = 5;          ///< of one person, waiting or running
inline constexpr std::int64_t kMostOpenJobsOfAll = 100;   ///< of everybody
inline constexpr std::int64_t kMostKeptJobs = 50;         ///< of one person; the oldest that ended make room
inline constexpr std::int64_t kMostKeptBytes = 1'000'000'000;  ///< files of one person
inline constexpr base::Millis kJobsKept = base::hours(7 * 24);

/// The rows. Blocking; from several threads at once. Error: store_failed.
class JobStore {
 public:
  virtual ~JobStore() = default;
  /// Errors: too_many (`where`: open_jobs, busy_platform or kept_bytes).
  [[nodiscard]] virtual base::Result<std::int64_t> add(const NewJob& job, base::UtcMillis now) = 0;
  [[nodiscard]] virtual base::Result<Page<Job>> list(const JobOwner& owner, bool open_only, std::int64_t page, std::int64_t size) = 0;
  /// nullopt: not there, or not this owner's.
  [[nodiscard]] virtual base::Result<std::optional<Job>> find(const JobOwner& owner, std::int64_t id) = 0;
  [[nodiscard]] virtual base::Result<> started(std::int64_t id, base::UtcMillis now) = 0;
  [[nodiscard]] virtual base::Result<> progress(std::int64_t id, std::int64_t done, std::int64_t total) = 0;
  /// With its audit row, if it has one: audit's detail is replaced by end's.
  [[nodiscard]] virtual base::Result<> ended(std::int64_t id, const JobEnd& end, const AuditEntry& audit) = 0;
  [[nodiscard]] virtual base::Result<> remove(std::int64_t id) = 0;
  /// At the start of the program: what was open is interrupted; imports get the audit row that they owe.
  [[nodiscard]] virtual base::Result<> interrupt(base::UtcMillis now) = 0;
  /// Jobs that ended before, and what is too many of a person: ids, whose files go first.
  [[nodiscard]] virtual base::Result<std::vector<std::int64_t>> outdated(base::UtcMillis ended_before) = 0;
};

/// What a running job sees of the outside. Its own thread only.
class JobRun {
 public:
  virtual ~JobRun() = default;
  [[nodiscard]] virtual std::int64_t id() const = 0;
  /// Rows so far, of so many (0: not known). False: the job was cancelled, or the platform stops; end soon.
  [[nodiscard]] virtual bool told(std::int64_t done, std::int64_t total) = 0;
  /// Where the file of its result belongs.
  [[nodiscard]] virtual std::string path() const = 0;
};
using JobWork = std::function<JobEnd(JobRun& run)>;

class JobDesk {
 public:
  virtual ~JobDesk() = default;
  /// Blocking. Errors: as JobStore::add.
  [[nodiscard]] virtual base::Result<std::int64_t> submit(NewJob job, JobWork work) = 0;
  /// Blocking: a job that waits has ended when this returns, one that runs will end soon.
  virtual void cancel(std::int64_t id) = 0;
  /// Blocking: the row and the file of a job that has ended. Error: store_failed.
  [[nodiscard]] virtual base::Result<> remove(std::int64_t id) = 0;
  /// Of a job's result; may be missing.
  [[nodiscard]] virtual std::string path(std::int64_t id) const = 0;
  [[nodiscard]] virtual JobStore& store() = 0;
};

}  // namespace anju::platform
