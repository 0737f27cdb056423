#include "platform/store/releases.hpp"

#include <soci/soci.h>

#include <map>
#include <mutex>
#include <utility>

#include "platform/domain/errc.hpp"
#include "platform/store/audit_chain.hpp"
#include "platform/store/database.hpp"
#include "platform/store/question.hpp"
#include "platform/store/statement.hpp"
#include "protocols/wire/detail.hpp"

namespace anju::platform {
namespace {

constexpr const char* kColumns = "SELECT r.id, r.version, r.architecture, r.size, r.sha256, r.minimum, r.spool, r.signed_by, r.note, r.by, r.at_ms, r.organisation FROM gateway_release r";

ReleaseRow read_release(Select& row, const Scope& scope) {
  ReleaseRow read;
  read.id = row.integer();
  NewRelease& release = read.release;
  release.version = wire::parse_version(row.text()).value_or(wire::Version{});
  release.architecture = row.text();
  release.size = row.integer();
  release.sha256 = row.text();
  release.minimum = wire::parse_version(row.text()).value_or(wire::Version{});
  release.spool = row.integer();
  // No key has an empty name.
  if (std::string signer = row.text(); !signer.empty()) release.signed_by = std::move(signer);
  release.note = row.text();
  read.by = row.text();
  read.at = row.time();
  read.own = row.integer() == scope.organisation;
  return read;
}

/// How often each release is being ordered: between the look at it and the ledger's commit. From several threads.
struct Holds {
  std::mutex mutex;
  std::map<std::int64_t, int> of;
};

class SociReleaseDesk : public ReleaseDesk {
 public:
  base::Result<> open(const std::string& url) { return open_session(session_, url); }

  base::Result<AddedRelease> add(const Scope& scope, const NewRelease& release, const std::function<bool()>& place, const AuditEntry& audit) override {
    return change("upload_release", audit, [&](AuditEntry& row) -> base::Result<AddedRelease> {
      if (scope.sites) return base::fail(Errc::beyond_rights, "release");
      const std::string version = wire::to_string(release.version);
      row.detail = wire::detail({{"version", version}, {"architecture", release.architecture}});
      Question same(session_);
      same.text("SELECT r.id, r.sha256 FROM gateway_release r WHERE r.removed_ms IS NULL AND ").belonging(scope.organisation, "r");
      same.text(" AND r.version = ").value(version).text(" AND r.architecture = ").value(release.architecture);
      const auto known = same.first([](Select& found) {
        const std::int64_t id = found.integer();
        return std::pair(id, found.text());
      });
      if (known && known->second != release.sha256) return base::fail(Errc::conflict, "version");
      if (!known) {
        Question own(session_);
        own.text("SELECT count(*) FROM gateway_release r WHERE r.removed_ms IS NULL AND ").belonging(scope.organisation, "r");
        if (own.number() >= kMostOwnReleases) return base::fail(Errc::too_many, "own_releases");
        if (Question(session_).text("SELECT count(*) FROM gateway_release WHERE removed_ms IS NULL").number() >= kMostReleases)
          return base::fail(Errc::too_many, "releases");
      }
      if (!place()) return base::fail(Errc::store_failed, "the file of the release cannot be written");
      if (known) return AddedRelease{known->first, false};
      const std::int64_t id = Statement(session_, "INSERT INTO gateway_release(organisation, version, architecture, size, sha256, minimum, spool, signed_by, note, by, at_ms)"
                                                  " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id")
                                  .insert_all({scope.organisation, version, release.architecture, release.size, release.sha256, wire::to_string(release.minimum),
                                               release.spool, release.signed_by ? Statement::Value(*release.signed_by) : Statement::Value(), release.note, audit.who,
                                               audit.at.value});
      return AddedRelease{id, true};
    });
  }

  base::Result<std::vector<ReleaseRow>> list(const Scope& scope) override {
    const std::lock_guard lock(mutex_);
    return guarded("releases", [&]() -> base::Result<std::vector<ReleaseRow>> {
      std::vector<ReleaseRow> all;
      std::map<std::int64_t, std::int64_t> wanted;
      Question counted(session_);
      counted.text("SELECT u.release, count(*) FROM gateway_upgrade u WHERE u.wanted = 1 AND (").within(scope, "u");
      // Whose it is sees what keeps him from removing it, also where those gateways are of organisations below.
      counted.text(" OR u.release IN (SELECT r.id FROM gateway_release r WHERE ").belonging(scope.organisation, "r").text(")) GROUP BY u.release").rows([&](Select& row) {
        const std::int64_t release = row.integer();
        wanted[release] = row.integer();
      });
      Question asked(session_);
      asked.text(kColumns);
      visible(asked, scope).text(" ORDER BY r.id DESC").rows([&](Select& row) { all.push_back(read_release(row, scope)); });
      for (ReleaseRow& one : all) one.wanted = wanted[one.id];
      return all;
    });
  }

  base::Result<HeldRelease> hold(const Scope& scope, std::int64_t id) override {
    const std::lock_guard lock(mutex_);
    return guarded("releases", [&]() -> base::Result<HeldRelease> {
      auto found = find(scope, id);
      if (!found) return base::fail(Errc::not_found, "release");
      const std::lock_guard counting(holds_->mutex);
      ++holds_->of[id];
      auto let_go = [holds = holds_, id](void*) {
        const std::lock_guard ended(holds->mutex);
        if (--holds->of[id] == 0) holds->of.erase(id);
      };
      return HeldRelease{std::move(*found), std::shared_ptr<void>(nullptr, std::move(let_go))};
    });
  }

  base::Result<std::string> remove(const Scope& scope, std::int64_t id, const AuditEntry& audit) override {
    return change("remove_release", audit, [&](AuditEntry& row) -> base::Result<std::string> {
      const auto found = find(scope, id);
      if (!found) return base::fail(Errc::not_found, "release");
      if (!found->own || scope.sites) return base::fail(Errc::beyond_rights, "release");
      if (is_held(id) || Question(session_).text("SELECT count(*) FROM gateway_upgrade WHERE wanted = 1 AND release = ").value(id).number() > 0)
        return base::fail(Errc::in_use, "gateways");
      row.detail = wire::detail({{"version", wire::to_string(found->release.version)}, {"architecture", found->release.architecture}});
      Statement(session_, "UPDATE gateway_release SET removed_ms = ?, organisation = NULL WHERE id = ?").write(audit.at, id);
      Question others(session_);
      others.text("SELECT count(*) FROM gateway_release WHERE removed_ms IS NULL AND sha256 = ").value(found->release.sha256);
      return others.number() > 0 ? std::string() : found->release.sha256;
    });
  }

  base::Result<std::vector<std::string>> files() override {
    const std::lock_guard lock(mutex_);
    return guarded("releases", [&]() -> base::Result<std::vector<std::string>> {
      std::vector<std::string> all;
      Question(session_).text("SELECT sha256 FROM gateway_release WHERE removed_ms IS NULL").rows([&](Select& row) { all.push_back(row.text()); });
      return all;
    });
  }

 private:
  /// Its own, and those of the organisations above it.
  static Question& visible(Question& asked, const Scope& scope) {
    return asked.text(" WHERE r.removed_ms IS NULL AND ").lent(scope, "r");
  }

  std::optional<ReleaseRow> find(const Scope& scope, std::int64_t id) {
    Question asked(session_);
    asked.text(kColumns);
    return visible(asked, scope).text(" AND r.id = ").value(id).first([&](Select& row) { return read_release(row, scope); });
  }

  bool is_held(std::int64_t id) {
    const std::lock_guard counting(holds_->mutex);
    return holds_->of.contains(id);
  }

  /// work(audit row) and that row in one transaction.
  template <class Work>
  auto change(const char* what, const AuditEntry& audit, Work&& work) -> decltype(work(std::declval<AuditEntry&>())) {
    const std::lock_guard lock(mutex_);
    return guarded(what, [&] {
      return immediately(session_, [&] {
        AuditEntry row = audit;
        row.result = "ok";
        auto result = work(row);
        if (result) write_audit(session_, {&row, 1});
        return result;
      });
    });
  }

  soci::session session_;
  std::mutex mutex_;
  std::shared_ptr<Holds> holds_ = std::make_shared<Holds>();  // an order under way may outlive the desk
};

}  // namespace

base::Result<std::unique_ptr<ReleaseDesk>> open_release_desk(const std::string& url) {
  auto desk = std::make_unique<SociReleaseDesk>();
  if (auto opened = desk->open(url); !opened) return base::pass(opened);
  return std::unique_ptr<ReleaseDesk>(std::move(desk));
}

}  // namespace anju::platform
