#include "platform/store/organisation_desk.hpp"

#include "platform/domain/organisation.hpp"
#include "platform/store/audit_chain.hpp"
#include "platform/store/database.hpp"
#include "platform/store/organisation.hpp"
#include "platform/store/question.hpp"
#include "platform/store/rights.hpp"
#include "platform/store/settle.hpp"
#include "platform/store/statement.hpp"

namespace anju::platform {
namespace {

struct Applicant {
  std::string name, contact, phone, email, review;
};

class SociOrganisationDesk : public OrganisationDesk {
 public:
  soci::session& session() { return session_; }

  base::Result<MadeAccount> approve(const Scope& scope, std::int64_t provider, const std::string& password_hash, const AuditEntry& audit) override {
    return change("approve", [&]() -> base::Result<MadeAccount> {
      const auto found = find(scope, "provider", provider);
      if (!found) return base::fail(Errc::not_found, "providers");
      if (found->review == to_string(Review::approved)) return base::fail(Errc::conflict, "review");
      // With it comes an administrator, who may everything: only who may that makes one.
      if (const auto who = person_of(session_, audit.who); !who || !who->rights.everything) return base::fail(Errc::beyond_rights, "account");
      if (user_has(found->phone)) return base::fail(Errc::conflict, "phone");
      review(provider, Review::approved, {}, audit.at);
      settle(session_, provider);
      const std::int64_t user = insert(provider, {found->phone, name_of(*found), found->phone, found->email, password_hash}, audit.at);
      note(audit, {});
      return MadeAccount{user, found->phone};
    });
  }

  base::Result<> reject(const Scope& scope, std::int64_t provider, const std::string& words, const AuditEntry& audit) override {
    return change("reject", [&]() -> base::Result<> {
      const auto found = find(scope, "provider", provider);
      if (!found) return base::fail(Errc::not_found, "providers");
      if (found->review != to_string(Review::pending)) return base::fail(Errc::conflict, "review");
      review(provider, Review::rejected, words, audit.at);
      note(audit, {});
      return {};
    });
  }

  base::Result<MadeAccount> add_account(const Scope& scope, std::string_view kind, std::int64_t organisation, const NewAccount& account,
                                        const AuditEntry& audit) override {
    return change("add_account", [&]() -> base::Result<MadeAccount> {
      const auto found = find(scope, kind, organisation);
      if (!found) return base::fail(Errc::not_found, "organisation");
      if (is_closed(session_, organisation)) return base::fail(Errc::disabled, "organisation");
      // An administrator may everything: only who may that makes one.
      if (const auto who = person_of(session_, audit.who); !who || !who->rights.everything) return base::fail(Errc::beyond_rights, "account");
      Question there(session_);
      there.text("SELECT count(*) FROM \"user\" u WHERE u.all_permissions = 1 AND ").belonging(organisation, "u");
      if (there.number() != 0) return base::fail(Errc::conflict, "account");
      NewAccount made = account;
      if (made.login.empty()) made.login = found->phone;
      if (made.login.empty()) return base::fail(Errc::bad_field, "login");
      if (made.name.empty()) made.name = name_of(*found);
      if (made.phone.empty() && logs_in_by_phone(*organisation_kind(kind))) made.phone = found->phone;
      if (made.login == found->phone ? user_has(made.login) : login_taken(session_, made.login)) return base::fail(Errc::conflict, "login");
      if (!made.phone.empty() && (made.phone == found->phone ? user_has(made.phone) : login_taken(session_, made.phone)))
        return base::fail(Errc::conflict, "phone");
      const std::int64_t user = insert(organisation, made, audit.at);
      note(audit, "user " + std::to_string(user));
      return MadeAccount{user, made.login};
    });
  }

  base::Result<> register_provider(const Registration& registration, const AuditEntry& audit) override {
    return change("register_provider", [&]() -> base::Result<> {
      Question waiting(session_);
      waiting.text("SELECT count(*) FROM organisation WHERE kind = 'provider' AND review = 'pending' AND parent = ").value(kSystemOrganisation);
      if (waiting.number() >= kMostPendingRegistrations) return base::fail(Errc::too_many, "registrations");
      AuditEntry entry = audit;
      entry.organisation = kSystemOrganisation;
      if (login_taken(session_, registration.phone)) {
        note(entry, {}, "exists");
        return {};
      }
      const auto number = draw_number(session_);
      if (!number) return base::pass(number);
      const std::int64_t id = next_organisation(session_);
      Statement(session_,
                "INSERT INTO organisation(id, number, name, kind, parent, review, contact, phone, email, created_ms, updated_ms)"
                " VALUES(?, ?, ?, 'provider', ?, ?, ?, ?, ?, ?, ?)")
          .write(id, *number, registration.name, kSystemOrganisation, to_string(Review::pending), registration.contact, registration.phone,
                 registration.email, audit.at, audit.at);
      put_below(session_, kSystemOrganisation, id);
      note(entry, "provider " + std::to_string(id));
      return {};
    });
  }

 private:
  std::optional<Applicant> find(const Scope& scope, std::string_view kind, std::int64_t id) {
    Question select(session_);
    select.text("SELECT o.name, o.contact, o.phone, o.email, o.review FROM organisation o WHERE ").under(scope, "o");
    select.text(" AND o.kind = ").value(std::string(kind)).text(" AND o.id = ").value(id);
    return select.first([](Select& row) {
      Applicant found;
      found.name = row.text();
      found.contact = row.text();
      found.phone = row.text();
      found.email = row.text();
      found.review = row.text();
      return found;
    });
  }

  static std::string name_of(const Applicant& found) { return found.contact.empty() ? found.name : found.contact; }

  bool user_has(const std::string& login) {
    Question taken(session_);
    return taken.text("SELECT count(*) FROM \"user\" WHERE login = ").value(login).text(" OR phone = ").value(login).number() != 0;
  }

  void review(std::int64_t organisation, Review review, const std::string& words, base::UtcMillis at) {
    Statement(session_, "UPDATE organisation SET review = ?, review_note = ?, version = version + 1, updated_ms = ? WHERE id = ?")
        .write(to_string(review), words, at, organisation);
  }

  std::int64_t insert(std::int64_t organisation, const NewAccount& account, base::UtcMillis at) {
    Statement(session_,
              "INSERT INTO \"user\"(organisation, login, name, phone, email, password_hash, must_change_password, all_permissions, permissions, created_ms)"
              " VALUES(?, ?, ?, ?, ?, ?, 1, 1, '', ?)")
        .write(organisation, account.login, account.name, account.phone, account.email, account.password_hash, at);
    return Question(session_).text("SELECT id FROM \"user\" WHERE login = ").value(account.login).number();
  }

  /// object: beside what the path names.
  void note(AuditEntry audit, const std::string& object, const char* result = "ok") {
    if (!object.empty()) audit.object += (audit.object.empty() ? "" : " ") + object;
    audit.result = result;
    write_audit(session_, {&audit, 1});
  }

  template <class Work>
  auto change(const char* what, Work&& work) -> decltype(work()) {
    return guarded(what, [&] { return immediately(session_, work); });
  }

  soci::session session_;
};

}  // namespace

base::Result<std::unique_ptr<OrganisationDesk>> open_organisation_desk(const std::string& url) {
  auto desk = std::make_unique<SociOrganisationDesk>();
  if (auto opened = open_session(desk->session(), url); !opened) return base::pass(opened);
  return std::unique_ptr<OrganisationDesk>(std::move(desk));
}

}  // namespace anju::platform
