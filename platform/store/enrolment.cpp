#include "platform/store/enrolment.hpp"

#include <soci/soci.h>

#include <mutex>
#include <utility>
#include <vector>

#include "platform/domain/errc.hpp"
#include "platform/store/audit_chain.hpp"
#include "platform/store/database.hpp"
#include "platform/store/question.hpp"
#include "platform/store/statement.hpp"
#include "protocols/wire/detail.hpp"

namespace anju::platform {
namespace {

struct Gateway {
  std::int64_t id = 0, organisation = 0, site = 0;
};

/// A stored code with the gateway that it is of. newest: no other was made for that gateway since.
struct Code {
  std::int64_t id = 0, organisation = 0;
  std::string site, gateway, ended, nonce_hash;
  base::UtcMillis expires, ended_at;
  bool newest = false;
};

class SociEnrolmentDesk : public EnrolmentDesk {
 public:
  base::Result<> open(const std::string& url) { return open_session(session_, url); }

  base::Result<Credential> newest(const Scope& scope, const std::string& code, base::UtcMillis now) override {
    const std::lock_guard lock(mutex_);
    return guarded("enrolment", [&]() -> base::Result<Credential> {
      const Gateway gateway = find(scope, code);
      if (gateway.id == 0) return base::fail(Errc::not_found, "gateway");
      Credential known;
      Question asked(session_);
      asked.text("SELECT e.by, e.created_ms, e.expires_ms, e.ended, COALESCE(e.ended_ms, 0), e.reused FROM enrolment e WHERE e.gateway = ").value(gateway.id);
      asked.text(" ORDER BY e.id DESC LIMIT 1").rows([&](Select& row) {
        EnrolmentRow one;
        one.by = row.text();
        one.created = base::UtcMillis(row.integer());
        one.expires = base::UtcMillis(row.integer());
        const std::string ended = row.text();
        const base::UtcMillis at(row.integer());
        one.reused = row.integer();
        if (!ended.empty()) one.ended = at;
        one.state = ended == "used" ? EnrolmentState::used : !ended.empty() ? EnrolmentState::cancelled : one.expires <= now ? EnrolmentState::expired : EnrolmentState::open;
        known.enrolment = std::move(one);
      });
      Question revoked(session_);
      revoked.text("SELECT r.by, r.note, r.at_ms FROM revocation r WHERE r.gateway = ").value(gateway.id);
      revoked.text(" AND NOT EXISTS (SELECT 1 FROM enrolment e WHERE e.gateway = r.gateway AND e.ended = 'used' AND e.ended_ms > r.at_ms) ORDER BY r.id DESC LIMIT 1");
      revoked.rows([&](Select& row) {
        Revocation one;
        one.by = row.text();
        one.note = row.text();
        one.at = base::UtcMillis(row.integer());
        known.revocation = std::move(one);
      });
      return known;
    });
  }

  base::Result<> create(const Scope& scope, const std::string& code, const std::string& code_hash, const AuditEntry& audit) override {
    return change("create_enrolment", audit, [&](AuditEntry&) -> base::Result<> {
      const Gateway gateway = find(scope, code);
      if (gateway.id == 0) return base::fail(Errc::not_found, "gateway");
      end_open(gateway.id, "replaced", audit.at);
      Statement(session_, "INSERT INTO enrolment(organisation, site, gateway, code_hash, by, created_ms, expires_ms, ended, nonce_hash, reused)"
                          " VALUES(?, ?, ?, ?, ?, ?, ?, '', '', 0)")
          .write(gateway.organisation, gateway.site, gateway.id, code_hash, audit.who, audit.at, audit.at + kEnrolmentFor);
      return {};
    });
  }

  base::Result<> cancel(const Scope& scope, const std::string& code, const AuditEntry& audit) override {
    return change("cancel_enrolment", audit, [&](AuditEntry&) -> base::Result<> {
      const Gateway gateway = find(scope, code);
      if (gateway.id == 0) return base::fail(Errc::not_found, "gateway");
      Question open(session_);
      open.text("SELECT count(*) FROM enrolment WHERE ended = '' AND gateway = ").value(gateway.id).text(" AND expires_ms > ").value(audit.at.value);
      if (open.number() == 0) return base::fail(Errc::not_found, "enrolment");
      end_open(gateway.id, "cancelled", audit.at);
      return {};
    });
  }

  base::Result<> revoke(const Scope& scope, const std::string& code, const std::string& note, const std::function<bool(const std::string&)>& drop_key,
                        const AuditEntry& audit) override {
    return change("revoke_gateway", audit, [&](AuditEntry&) -> base::Result<> {
      const Gateway gateway = find(scope, code);
      if (gateway.id == 0) return base::fail(Errc::not_found, "gateway");
      end_open(gateway.id, "cancelled", audit.at);
      // The box that used the last code could hear the answer again.
      Statement(session_, "UPDATE enrolment SET nonce_hash = '' WHERE gateway = ? AND ended = 'used'").write(gateway.id);
      if (!drop_key(code)) return base::fail(Errc::store_failed, "the key file of " + code + " cannot be removed");
      Statement(session_, "INSERT INTO revocation(organisation, site, gateway, by, at_ms, note) VALUES(?, ?, ?, ?, ?, ?)")
          .write(gateway.organisation, gateway.site, gateway.id, audit.who, audit.at, note);
      return {};
    });
  }

  base::Result<Redemption> redeem(const std::string& code_hash, const std::string& nonce_hash, const std::function<bool(const std::string&)>& replace_key,
                                  const AuditEntry& audit) override {
    return change("redeem_enrolment", audit, [&](AuditEntry& row) -> base::Result<Redemption> {
      const Code code = find(code_hash);
      const bool used = code.ended == "used";
      if (code.id == 0 || (!used && (!code.ended.empty() || code.expires <= audit.at))) return base::fail(Errc::not_found, "code");
      Redemption done{Redeemed::now, code.site, code.gateway};
      row.organisation = code.organisation;
      row.who = "gateway " + code.gateway;
      row.object = row.who;
      if (used) {
        const bool repeats = code.newest && code.nonce_hash == nonce_hash && audit.at - code.ended_at < kEnrolmentRepeats;
        done.outcome = repeats ? Redeemed::repeated : Redeemed::refused;
        row.detail = wire::detail({{"code", repeats ? "repeated" : "used"}});
        if (!repeats) row.result = "conflict";
        if (!repeats) Statement(session_, "UPDATE enrolment SET reused = reused + 1 WHERE id = ?").write(code.id);
        return done;
      }
      if (!replace_key(code.gateway)) return base::fail(Errc::store_failed, "the key file of " + code.gateway + " cannot be written");
      Statement(session_, "UPDATE enrolment SET ended = 'used', ended_ms = ?, nonce_hash = ? WHERE id = ?").write(audit.at, nonce_hash, code.id);
      return done;
    });
  }

 private:
  Gateway find(const Scope& scope, const std::string& code) {
    Gateway found;
    Question(session_).text("SELECT g.id, g.organisation, g.site FROM gateway g WHERE ").within(scope, "g").text(" AND g.code = ").value(code).rows([&](Select& row) {
      found.id = row.integer();
      found.organisation = row.integer();
      found.site = row.integer();
    });
    return found;
  }

  Code find(const std::string& code_hash) {
    Code found;
    Question asked(session_);
    asked.text("SELECT e.id, e.organisation, s.code, g.code, e.ended, e.nonce_hash, e.expires_ms, COALESCE(e.ended_ms, 0),"
               " CASE WHEN e.id = (SELECT max(n.id) FROM enrolment n WHERE n.gateway = e.gateway) THEN 1 ELSE 0 END"
               " FROM enrolment e JOIN gateway g ON g.id = e.gateway JOIN site s ON s.id = g.site WHERE e.code_hash = ");
    asked.value(code_hash).rows([&](Select& row) {
      found.id = row.integer();
      found.organisation = row.integer();
      found.site = row.text();
      found.gateway = row.text();
      found.ended = row.text();
      found.nonce_hash = row.text();
      found.expires = base::UtcMillis(row.integer());
      found.ended_at = base::UtcMillis(row.integer());
      found.newest = row.integer() == 1;
    });
    return found;
  }

  void end_open(std::int64_t gateway, const char* why, base::UtcMillis at) {
    Statement(session_, "UPDATE enrolment SET ended = ?, ended_ms = ? WHERE gateway = ? AND ended = ''").write(std::string(why), at, gateway);
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
};

}  // namespace

base::Result<std::unique_ptr<EnrolmentDesk>> open_enrolment_desk(const std::string& url) {
  auto desk = std::make_unique<SociEnrolmentDesk>();
  if (auto opened = desk->open(url); !opened) return base::pass(opened);
  return std::unique_ptr<EnrolmentDesk>(std::move(desk));
}

}  // namespace anju::platform
