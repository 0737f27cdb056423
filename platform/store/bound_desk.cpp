#include <soci/soci.h>

#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "platform/domain/errc.hpp"
#include "platform/store/audit_chain.hpp"
#include "platform/store/bound_rows.hpp"
#include "platform/store/bound_users.hpp"
#include "platform/store/database.hpp"
#include "platform/store/queries_meter.hpp"
#include "platform/store/question.hpp"
#include "platform/store/read_pool.hpp"
#include "platform/store/statement.hpp"

namespace anju::platform {
namespace {

/// Of one change, one per organisation that is to know of it; as handed in it is one.
using AuditRows = std::vector<AuditEntry>;

class SociBoundDesk : public BoundDesk {
 public:
  base::Result<> open(const std::string& url, std::size_t connections) {
    if (auto opened = open_session(session_, url); !opened) return opened;
    return pool_.open(url, connections);
  }

  base::Result<std::optional<BoundUserList>> of_meter(const Scope& scope, std::int64_t meter, base::UtcMillis now) override {
    return pool_.ask("bound_users", [&](soci::session& s) -> base::Result<std::optional<BoundUserList>> {
      if (!meter_in_scope(s, scope, meter)) return std::nullopt;
      return read_bound_users(s, meter, now);
    });
  }

  base::Result<std::int64_t> share(const Scope& scope, std::int64_t meter, const NewShare& made, const AuditEntry& audit) override {
    return change("share_meter", audit, [&](AuditRows&) -> base::Result<std::int64_t> {
      // A meter that was taken away with its books has a row, and no supply.
      const bool there = Question(session_).text("SELECT count(*) FROM meter_supply WHERE meter = ").value(meter).number() == 1;
      if (!there || !meter_in_scope(session_, scope, meter)) return base::fail(Errc::not_found, "meter");
      Question open(session_);
      open.text("SELECT count(*) FROM meter_share WHERE ended = '' AND used < uses AND meter = ").value(meter).text(" AND expires_ms > ").value(audit.at.value);
      if (open.number() >= kMostOpenShares) return base::fail(Errc::too_many, "shares");
      std::int64_t organisation = 0, site = 0;
      Question(session_).text("SELECT m.organisation, m.site FROM meter m WHERE m.id = ").value(meter).rows([&](Select& row) {
        organisation = row.integer();
        site = row.integer();
      });
      Statement insert(session_,
                       "INSERT INTO meter_share(organisation, site, meter, token_hash, by, created_ms, expires_ms, uses, used, ended) VALUES(?, ?, ?, ?, ?, ?, ?, ?, 0, '')"
                       " RETURNING id");
      const base::UtcMillis expires = audit.at + base::hours(24 * made.days);
      return insert.insert_all({organisation, site, meter, made.token_hash, audit.who, audit.at.value, expires.value, made.uses});
    });
  }

  base::Result<> revoke(const Scope& scope, std::int64_t meter, std::int64_t share, const AuditEntry& audit) override {
    return change("revoke_share", audit, [&](AuditRows&) -> base::Result<> {
      if (!meter_in_scope(session_, scope, meter)) return base::fail(Errc::not_found, "meter");
      Question there(session_);
      there.text("SELECT count(*) FROM meter_share WHERE ended = '' AND id = ").value(share).text(" AND meter = ").value(meter);
      if (there.number() == 0) return base::fail(Errc::not_found, "share");
      Statement(session_, "UPDATE meter_share SET ended_ms = ?, ended = 'revoked' WHERE id = ?").write(audit.at, share);
      return {};
    });
  }

  base::Result<> unbind(const Scope& scope, std::int64_t meter, std::int64_t binding, const AuditEntry& audit) override {
    return change("unbind_user", audit, [&](AuditRows&) -> base::Result<> {
      if (!meter_in_scope(session_, scope, meter)) return base::fail(Errc::not_found, "meter");
      Question there(session_);
      there.text("SELECT count(*) FROM bound_meter WHERE until_ms IS NULL AND id = ").value(binding).text(" AND meter = ").value(meter);
      if (there.number() == 0) return base::fail(Errc::not_found, "binding");
      end_binding(binding, "unbound", audit.at);
      // He has the code he came by, on his phone or on a slip: as long as it is open he is back in a minute.
      Statement(session_, "UPDATE meter_share SET ended_ms = ?, ended = 'revoked' WHERE ended = '' AND used < uses AND expires_ms > ?"
                          " AND id = (SELECT share FROM bound_meter WHERE id = ?)")
          .write(audit.at, audit.at, binding);
      return {};
    });
  }

  base::Result<std::optional<SharedMeter>> look(const std::string& share_hash, base::UtcMillis now) override {
    return pool_.ask("look_at_share", [&](soci::session& s) -> base::Result<std::optional<SharedMeter>> {
      const auto share = find_open_share(s, share_hash, now);
      if (!share) return std::nullopt;
      return share->shown;
    });
  }

  base::Result<BoundNow> bind(const NewBinding& binding, const AuditEntry& audit) override {
    return change("bind_meter", audit, [&](AuditRows& rows) -> base::Result<BoundNow> {
      const auto share = find_open_share(session_, binding.share_hash, audit.at);
      if (!share) return base::fail(Errc::not_found, "code");
      BoundNow bound{0, binding.user, true};
      AuditEntry& row = rows.front();
      row.organisation = share->organisation;
      row.object = "meter " + std::to_string(share->meter);
      if (bound.user.id != 0) {
        Question had(session_);
        bound.binding = had.text("SELECT id FROM bound_meter WHERE until_ms IS NULL AND bound_user = ").value(bound.user.id).text(" AND meter = ").value(share->meter).number();
        bound.created = bound.binding == 0;
        if (!bound.created) {
          rows.clear();
          return bound;
        }
      }
      if (count_bound("meter", share->meter) >= kMostBoundUsers) return base::fail(Errc::too_many, "users");
      if (bound.user.id != 0 && count_bound("bound_user", bound.user.id) >= kMostOwnMeters) return base::fail(Errc::too_many, "meters");
      if (bound.user.id == 0) add_user(bound.user, binding, audit.at);
      row.who = "bound user " + std::to_string(bound.user.id);
      const HouseholdOf household = household_now(session_, share->meter, audit.at);
      Statement(session_, "UPDATE meter_share SET used = used + 1 WHERE id = ?").write(share->id);
      Statement insert(session_,
                       "INSERT INTO bound_meter(bound_user, organisation, site, meter, share, opening, since_ms, from_ms, ended) VALUES(?, ?, ?, ?, ?, ?, ?, ?, '') RETURNING id");
      bound.binding = insert.insert_all(
          {bound.user.id, share->organisation, share->site, share->meter, share->id, household.opening, audit.at.value, household.from.value});
      return bound;
    });
  }

  base::Result<std::optional<BoundSession>> session(const std::string& token_hash, base::UtcMillis now) override {
    return pool_.ask("bound_session", [&](soci::session& s) -> base::Result<std::optional<BoundSession>> { return find_bound_session(s, token_hash, now); });
  }
  base::Result<> touch(const std::string& token_hash, base::UtcMillis now) override {
    return write("touch_bound_session", [&] { Statement(session_, "UPDATE bound_session SET seen_ms = ? WHERE token_hash = ?").write(now, token_hash); });
  }
  base::Result<> end_session(const std::string& token_hash, const AuditEntry& audit) override {
    return change("end_bound_session", audit, [&](AuditRows& rows) -> base::Result<> {
      const std::int64_t user = Question(session_).text("SELECT bound_user FROM bound_session WHERE token_hash = ").value(token_hash).number();
      tell_each(rows, user);
      Statement(session_, "DELETE FROM bound_session WHERE token_hash = ?").write(token_hash);
      Question others(session_);
      others.text("SELECT count(*) FROM bound_session WHERE bound_user = ").value(user).text(" AND created_ms > ").value((audit.at - kBoundAbsolute).value);
      others.text(" AND seen_ms > ").value((audit.at - kBoundIdle).value);
      if (others.number() == 0) Statement(session_, "UPDATE bound_user SET sms = 0 WHERE id = ?").write(user);
      return {};
    });
  }
  base::Result<> sweep(base::UtcMillis now) override {
    return write("sweep_bound_sessions", [&] {
      Statement(session_, "DELETE FROM bound_session WHERE created_ms <= ? OR seen_ms <= ?").write(now - kBoundAbsolute, now - kBoundIdle);
    });
  }

  base::Result<> change_user(const BoundUser& user, const AuditEntry& audit) override {
    return change("change_bound_user", audit, [&](AuditRows& rows) -> base::Result<> {
      Question same(session_);
      same.text("SELECT count(*) FROM bound_user WHERE id = ").value(user.id).text(" AND name = ").value(user.name).text(" AND language = ").value(std::string(to_string(user.language)));
      same.text(" AND sms = ").value(std::int64_t{user.sms});
      if (same.number() == 1) {
        rows.clear();
        return {};
      }
      tell_each(rows, user.id);
      Statement(session_, "UPDATE bound_user SET name = ?, language = ?, sms = ? WHERE id = ?").write(user.name, to_string(user.language), user.sms ? 1 : 0, user.id);
      return {};
    });
  }

  base::Result<std::vector<OwnMeterRow>> own_meters(std::int64_t user) override {
    return pool_.ask("own_meters", [&](soci::session& s) -> base::Result<std::vector<OwnMeterRow>> { return read_own_meters(s, user); });
  }
  base::Result<std::optional<OwnMeter>> own_meter(std::int64_t user, std::int64_t binding) override {
    return pool_.ask("own_meter", [&](soci::session& s) -> base::Result<std::optional<OwnMeter>> { return read_own_meter(s, user, binding); });
  }
  base::Result<std::optional<OwnUses>> own_use(std::int64_t user, std::int64_t binding, base::UtcMillis now) override {
    return pool_.ask("own_use", [&](soci::session& s) -> base::Result<std::optional<OwnUses>> { return read_own_use(s, user, binding, now); });
  }
  base::Result<std::optional<std::vector<OwnRecord>>> own_records(std::int64_t user, std::int64_t binding) override {
    return pool_.ask("own_records", [&](soci::session& s) -> base::Result<std::optional<std::vector<OwnRecord>>> { return read_own_records(s, user, binding); });
  }
  base::Result<std::optional<std::vector<OwnMessage>>> own_messages(std::int64_t user, std::int64_t binding) override {
    return pool_.ask("own_messages", [&](soci::session& s) -> base::Result<std::optional<std::vector<OwnMessage>>> { return read_own_messages(s, user, binding); });
  }

  base::Result<> leave(std::int64_t user, std::int64_t binding, const AuditEntry& audit) override {
    return change("leave_meter", audit, [&](AuditRows& rows) -> base::Result<> {
      std::int64_t organisation = 0, meter = 0;
      Question(session_)
          .text("SELECT b.organisation, b.meter FROM bound_meter b WHERE b.until_ms IS NULL AND b.bound_user = ")
          .value(user)
          .text(" AND b.id = ")
          .value(binding)
          .rows([&](Select& found) {
            organisation = found.integer();
            meter = found.integer();
          });
      if (organisation == 0) return base::fail(Errc::not_found, "binding");
      rows.front().organisation = organisation;
      rows.front().object = "meter " + std::to_string(meter);
      end_binding(binding, "left", audit.at);
      return {};
    });
  }

 private:
  [[nodiscard]] std::int64_t count_bound(const std::string& column, std::int64_t id) {
    return Question(session_).text("SELECT count(*) FROM bound_meter WHERE until_ms IS NULL AND " + column + " = ").value(id).number();
  }

  void add_user(BoundUser& user, const NewBinding& binding, base::UtcMillis now) {
    Statement insert(session_, "INSERT INTO bound_user(name, mobile, language, sms, created_ms) VALUES(?, ?, ?, ?, ?) RETURNING id");
    user.id = insert.insert_all({user.name, user.mobile, std::string(to_string(user.language)), std::int64_t{user.sms}, now.value});
    Statement(session_, "INSERT INTO bound_session(token_hash, csrf_token, bound_user, created_ms, seen_ms) VALUES(?, ?, ?, ?, ?)")
        .write(binding.session_hash, binding.csrf_token, user.id, now, now);
  }

  void end_binding(std::int64_t binding, const char* why, base::UtcMillis at) {
    Statement(session_, "UPDATE bound_meter SET until_ms = ?, ended = ? WHERE id = ?").write(at, std::string(why), binding);
  }

  /// He is of no organisation: each in which he has a meter has the row, and where he has none left nobody.
  void tell_each(AuditRows& rows, std::int64_t user) {
    AuditEntry row = std::move(rows.front());
    rows.clear();
    Question(session_)
        .text("SELECT DISTINCT organisation FROM bound_meter WHERE until_ms IS NULL AND bound_user = ")
        .value(user)
        .text(" ORDER BY organisation")
        .rows([&](Select& found) {
          row.organisation = found.integer();
          rows.push_back(row);
        });
  }

  /// work(audit rows) and those rows in one transaction; the work says whose row it is where the caller cannot know, and that there is none
  /// where it changed nothing.
  template <class Work>
  auto change(const char* what, const AuditEntry& audit, Work&& work) -> decltype(work(std::declval<AuditRows&>())) {
    const std::lock_guard lock(mutex_);
    return guarded(what, [&] {
      return immediately(session_, [&] {
        AuditRows rows{audit};
        auto result = work(rows);
        if (result) {
          for (AuditEntry& row : rows) row.result = "ok";
          write_audit(session_, rows);
        }
        return result;
      });
    });
  }

  /// The same without a row: nobody looks for it.
  template <class Work>
  base::Result<> write(const char* what, Work&& work) {
    const std::lock_guard lock(mutex_);
    return guarded(what, [&] {
      return immediately(session_, [&]() -> base::Result<> {
        work();
        return {};
      });
    });
  }

  soci::session session_;
  std::mutex mutex_;  ///< changes come one after the other
  ReadPool pool_;
};

}  // namespace

base::Result<std::unique_ptr<BoundDesk>> open_bound_desk(const std::string& url, std::size_t connections) {
  auto desk = std::make_unique<SociBoundDesk>();
  if (auto opened = desk->open(url, connections); !opened) return base::pass(opened);
  return std::unique_ptr<BoundDesk>(std::move(desk));
}

}  // namespace anju::platform
