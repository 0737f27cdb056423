#include "platform/store/users.hpp"

#include <soci/soci.h>

#include "platform/store/audit_chain.hpp"
#include "platform/store/database.hpp"
#include "platform/store/people.hpp"
#include "platform/store/question.hpp"
#include "platform/store/rights.hpp"
#include "platform/store/settle.hpp"
#include "platform/store/statement.hpp"

namespace anju::platform {
namespace {

constexpr const char* kUserColumns =
    "u.id, u.organisation, o.name, o.kind, o.number, u.login, u.name, u.phone, u.email, u.password_hash, u.must_change_password, u.enabled";

std::string join(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) (text += text.empty() ? "" : " ") += word;
  return text;
}

OrganisationCard read_card(Select& reader) {
  OrganisationCard card;
  card.id = reader.integer();
  card.name = reader.text();
  card.kind = organisation_kind(reader.text()).value_or(OrganisationKind::merchant);
  card.number = reader.text();
  return card;
}

User read_user(Select& reader) {
  User user;
  user.id = reader.integer();
  user.home = read_card(reader);
  user.organisation = user.home.id;
  user.organisation_name = user.home.name;
  user.login = reader.text();
  user.name = reader.text();
  user.phone = reader.text();
  user.email = reader.text();
  user.password_hash = reader.text();
  user.must_change_password = reader.flag();
  user.enabled = reader.flag();
  return user;
}

/// The rest of what a session knows of its user.
void add_rights(soci::session& session, User& user) {
  user.rights = read_rights(session, user.id).value_or(Rights{});
  if (!user.rights.scope.sites) return;
  std::vector<std::string> codes;
  Question sites(session);
  sites.text("SELECT t.code FROM community t WHERE ").within(user.rights.scope, "t", "id").text(" ORDER BY t.id").rows([&](Select& row) {
    codes.push_back(row.text());
  });
  user.sites = std::move(codes);
}

/// The organisation that a session has entered, if its user still reaches it.
std::optional<OrganisationCard> read_acting(soci::session& session, std::int64_t organisation, const Rights& rights) {
  if (organisation == 0 || !rights.scope.below || !rights.may("organisation:enter")) return std::nullopt;
  Question entered(session);
  entered.text("SELECT o.id, o.name, o.kind, o.number FROM organisation o WHERE ").under(rights.scope, "o").text(" AND o.id = ").value(organisation);
  return entered.first(read_card);
}

class SociUserStore : public UserStore {
 public:
  soci::session& session() { return session_; }

  base::Result<std::optional<User>> find_user(std::string_view login) override {
    return guarded(session_, "find_user", [&]() -> base::Result<std::optional<User>> {
      const std::string words(login);
      if (words.empty()) return std::nullopt;
      auto found = Question(session_)
                       .text(std::string("SELECT ") + kUserColumns + " FROM \"user\" u JOIN organisation o ON o.id = u.organisation WHERE u.login = ")
                       .value(words)
                       .text(" OR u.phone = ")
                       .value(words)
                       .first(read_user);
      if (found) add_rights(session_, *found);
      return found;
    });
  }

  base::Result<std::int64_t> add_user(const NewUser& user) override {
    return guarded("add_user", [&]() -> base::Result<std::int64_t> {
      return immediately(session_, [&]() -> base::Result<std::int64_t> {
        if (Question(session_).text("SELECT count(*) FROM \"user\" WHERE login = ").value(user.login).number() != 0)
          return base::fail(Errc::conflict, "login");
        Statement insert(session_,
                         "INSERT INTO \"user\"(organisation, login, name, password_hash, must_change_password, all_permissions, permissions,"
                         " created_ms) VALUES(?, ?, ?, ?, ?, ?, ?, 0) RETURNING id");
        return insert.insert_all({user.organisation, user.login, user.name, user.password_hash, std::int64_t{user.must_change_password},
                                  std::int64_t{user.all_permissions}, join(user.permissions)});
      });
    });
  }

  base::Result<> set_password(std::int64_t user, std::string_view expected, std::string_view hash, bool must_change) override {
    return guarded(session_, "set_password", [&]() -> base::Result<> {
      Question still(session_);
      still.text("SELECT count(*) FROM \"user\" WHERE id = ").value(user).text(" AND password_hash = ");
      if (still.value(std::string(expected)).number() == 0) return base::fail(Errc::conflict, "password");
      long long id = user;
      int flag = must_change ? 1 : 0;
      const std::string text(hash);
      session_ << "UPDATE \"user\" SET password_hash = :hash, must_change_password = :flag WHERE id = :id", soci::use(text),
          soci::use(flag), soci::use(id);
      return {};
    });
  }

  base::Result<> add_session(const SessionRecord& session, std::string_view password_hash) override {
    return guarded(session_, "add_session", [&]() -> base::Result<> {
      Question still(session_);
      still.text("SELECT count(*) FROM \"user\" WHERE enabled = 1 AND id = ").value(session.user).text(" AND password_hash = ");
      if (still.value(std::string(password_hash)).number() == 0) return base::fail(Errc::conflict, "password");
      long long user = session.user, created = session.created.value, seen = session.seen.value;
      session_ << "INSERT INTO session(token_hash, csrf_token, \"user\", created_ms, seen_ms) VALUES(:hash, :csrf, :user, "
                  ":created, :seen)",
          soci::use(session.token_hash), soci::use(session.csrf_token), soci::use(user), soci::use(created),
          soci::use(seen);
      return {};
    });
  }

  base::Result<std::optional<Found>> find_session(std::string_view token_hash) override {
    return guarded(session_, "find_session", [&]() -> base::Result<std::optional<Found>> {
      std::int64_t acting = 0;
      auto session = Question(session_)
          .text(std::string("SELECT s.token_hash, s.csrf_token, s.user, s.created_ms, s.seen_ms, s.acting, ") + kUserColumns +
                " FROM session s JOIN \"user\" u ON u.id = s.user JOIN organisation o ON o.id = u.organisation WHERE "
                "u.enabled = 1 AND s.token_hash = ")
          .value(std::string(token_hash))
          .first([&acting](Select& reader) {
            Found found;
            found.session.token_hash = reader.text();
            found.session.csrf_token = reader.text();
            found.session.user = reader.integer();
            found.session.created = reader.time();
            found.session.seen = reader.time();
            acting = reader.integer();
            found.user = read_user(reader);
            return found;
          });
      if (!session) return session;
      add_rights(session_, session->user);
      session->acting = read_acting(session_, acting, session->user.rights);
      return session;
    });
  }

  base::Result<bool> enter(std::string_view token_hash, std::optional<std::int64_t> organisation) override {
    return guarded("enter", [&]() -> base::Result<bool> {
      return immediately(session_, [&]() -> base::Result<bool> {
        const std::string hash(token_hash);
        Question allowed(session_);
        allowed.text("SELECT u.id FROM session s JOIN \"user\" u ON u.id = s.user WHERE u.enabled = 1 AND s.token_hash = ").value(hash);
        if (organisation) {
          allowed.text(" AND EXISTS(SELECT 1 FROM organisation_below b WHERE b.ancestor = u.organisation AND b.descendant = ");
          allowed.value(*organisation).text(")");
        }
        const std::int64_t user = allowed.number();
        if (user == 0) return false;
        if (organisation && !read_rights(session_, user).value_or(Rights{}).scope.below) return false;
        Statement(session_, "UPDATE session SET acting = ? WHERE token_hash = ?").write(organisation, hash);
        return true;
      });
    });
  }

  base::Result<> touch_session(std::string_view token_hash, base::UtcMillis seen) override {
    return guarded(session_, "touch_session", [&]() -> base::Result<> {
      const std::string hash(token_hash);
      long long at = seen.value;
      session_ << "UPDATE session SET seen_ms = :seen WHERE token_hash = :hash", soci::use(at), soci::use(hash);
      return {};
    });
  }

  base::Result<> remove_session(std::string_view token_hash) override {
    return guarded(session_, "remove_session", [&]() -> base::Result<> {
      const std::string hash(token_hash);
      session_ << "DELETE FROM session WHERE token_hash = :hash", soci::use(hash);
      return {};
    });
  }

  base::Result<> remove_other_sessions(std::int64_t user, std::string_view kept) override {
    return guarded(session_, "remove_other_sessions", [&]() -> base::Result<> {
      long long id = user;
      const std::string hash(kept);
      session_ << "DELETE FROM session WHERE \"user\" = :user AND token_hash <> :hash", soci::use(id), soci::use(hash);
      return {};
    });
  }

  base::Result<> remove_sessions_before(base::UtcMillis created, base::UtcMillis seen) override {
    return guarded(session_, "remove_sessions_before", [&]() -> base::Result<> {
      long long first = created.value, second = seen.value;
      session_ << "DELETE FROM session WHERE created_ms <= :created OR seen_ms <= :seen", soci::use(first),
          soci::use(second);
      return {};
    });
  }

  PeopleDesk& people() override { return *people_; }

  base::Result<> append_audit(std::span<const AuditEntry> entries) override {
    return guarded("append_audit", [&]() -> base::Result<> {
      return immediately(session_, [&]() -> base::Result<> {
        write_audit(session_, entries);
        return {};
      });
    });
  }

  base::Result<AuditCheck> check_audit() override {
    return guarded(session_, "check_audit", [&]() -> base::Result<AuditCheck> {
      AuditCheck check;
      soci::transaction reading(session_);
      std::string previous = no_audit_hash();
      Select reader(
          session_, 10,
          "SELECT id, organisation, at_ms, who, address, action, object, detail, result, hash FROM audit ORDER BY id");
      while (reader.next()) {
        const auto id = reader.integer();
        AuditEntry entry;
        entry.organisation = reader.maybe();
        entry.at = reader.time();
        entry.who = reader.text();
        entry.address = reader.text();
        entry.action = reader.text();
        entry.object = reader.text();
        entry.detail = reader.text();
        entry.result = reader.text();
        const std::string hash = reader.text();
        ++check.rows;
        if (id != check.rows || hash != audit_hash(previous, entry)) {
          check.broken_at = id;
          return check;
        }
        previous = hash;
      }
      return check;
    });
  }

 private:
  soci::session session_;
  std::unique_ptr<PeopleDesk> people_ = make_people_desk(session_);
};

}  // namespace

base::Result<std::unique_ptr<UserStore>> open_user_store(const std::string& url) {
  auto store = std::make_unique<SociUserStore>();
  if (auto opened = open_session(store->session(), url); !opened) return base::pass(opened);
  if (auto migrated = migrate(store->session()); !migrated) return base::pass(migrated);
  const auto settled = guarded("settle", [&] {
    return immediately(store->session(), [&]() -> base::Result<> {
      settle_all(store->session());
      return {};
    });
  });
  if (!settled) return base::pass(settled);
  return std::unique_ptr<UserStore>(std::move(store));
}

}  // namespace anju::platform
