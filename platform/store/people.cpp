#include "platform/store/people.hpp"

#include <algorithm>

#include "platform/domain/errc.hpp"
#include "platform/store/audit_chain.hpp"
#include "platform/store/database.hpp"
#include "platform/store/question.hpp"
#include "platform/store/rights.hpp"
#include "platform/store/statement.hpp"

namespace anju::platform {
namespace {

using Ids = std::vector<std::int64_t>;

Ids read_ids(Question& question) {
  Ids all;
  question.rows([&](Select& row) { all.push_back(row.integer()); });
  return all;
}

std::vector<std::string> read_texts(Question& question) {
  std::vector<std::string> all;
  question.rows([&](Select& row) { all.push_back(row.text()); });
  return all;
}

bool has(const Ids& all, std::int64_t id) { return std::find(all.begin(), all.end(), id) != all.end(); }

template <class T>
bool same_set(std::vector<T> one, std::vector<T> other) {
  for (auto* all : {&one, &other}) {
    std::sort(all->begin(), all->end());
    all->erase(std::unique(all->begin(), all->end()), all->end());
  }
  return one == other;
}

class SociPeople : public PeopleDesk {
 public:
  explicit SociPeople(soci::session& session) : session_(session) {}

  base::Result<> set_user_roles(const Scope& scope, std::int64_t user, const ListedIds& roles, const AuditEntry& audit) override {
    return change("set_user_roles", audit, [&]() -> base::Result<> {
      const std::int64_t organisation = organisation_of(scope, user);
      if (organisation == 0) return base::fail(Errc::not_found, "users");
      return regrant(scope, user, organisation, roles, audit);
    });
  }

  base::Result<> set_role_users(const Scope& scope, std::int64_t role, const ListedIds& users, const AuditEntry& audit) override {
    return change("set_role_users", audit, [&]() -> base::Result<> {
      if (!find_role(scope, role)) return base::fail(Errc::not_found, "roles");
      const Ids& wanted = users.now;
      for (const std::int64_t user : wanted)
        if (organisation_of(scope, user) == 0) return base::fail(Errc::not_found, "users");
      Question now(session_);
      reach_user(now.text("SELECT r.id FROM user_role x JOIN \"user\" r ON r.id = x.person WHERE "), scope).text(" AND x.role = ").value(role);
      const Ids held = read_ids(now);
      if (!same_set(held, users.was)) return base::fail(Errc::conflict, "");
      Ids touched;
      for (const std::int64_t user : held)
        if (!has(wanted, user)) touched.push_back(user);
      for (const std::int64_t user : wanted)
        if (!has(held, user) && !has(touched, user)) touched.push_back(user);
      for (const std::int64_t user : touched) {
        Question theirs(session_);
        theirs.text("SELECT role FROM user_role WHERE person = ").value(user);
        const Ids had = read_ids(theirs);
        ListedIds roles{had, had};
        if (std::erase(roles.now, role) == 0) roles.now.push_back(role);
        if (auto done = regrant(scope, user, organisation_of(scope, user), roles, audit); !done) return done;
      }
      return {};
    });
  }

  base::Result<> set_user_sites(const Scope& scope, std::int64_t user, const ListedCodes& codes, const AuditEntry& audit) override {
    return change("set_user_sites", audit, [&]() -> base::Result<> {
      const std::int64_t organisation = organisation_of(scope, user);
      if (organisation == 0) return base::fail(Errc::not_found, "users");
      const auto who = asking(session_, audit.who, "user:bind");
      if (!who) return base::pass(who);
      if (auto covered = check_covered(session_, *who, user, "user"); !covered) return covered;
      if (auto bound = rebind("user_site", "person", user, organisation, scope, codes); !bound) return bound;
      return check_covered(session_, *who, user, "sites");
    });
  }

  base::Result<> set_department_sites(const Scope& scope, std::int64_t department, const ListedCodes& codes, const AuditEntry& audit) override {
    return change("set_department_sites", audit, [&]() -> base::Result<> {
      const std::int64_t organisation = find_department(scope, department);
      if (organisation == 0) return base::fail(Errc::not_found, "departments");
      const auto who = asking(session_, audit.who, "department:bind");
      if (!who) return base::pass(who);
      // Who works there, or in a department above it that reaches down, gets and loses what it has.
      // What a disabled one will give when it is enabled again is given now: it counts as enabled while that is asked.
      const std::int64_t enabled = Question(session_).text("SELECT enabled FROM department WHERE id = ").value(department).number();
      Statement enable(session_, "UPDATE department SET enabled = ? WHERE id = ?");
      enable.write(std::int64_t{1}, department);
      const Held before = held_by(session_, people_of_department(session_, department));
      if (auto bound = rebind("department_site", "department", department, organisation, scope, codes); !bound) return bound;
      if (auto checked = check_changed(session_, *who, before); !checked) return checked;
      enable.write(enabled, department);
      return {};
    });
  }

  base::Result<> reset_password(const Scope& scope, std::int64_t user, std::string_view hash, const AuditEntry& audit) override {
    return change("reset_password", audit, [&]() -> base::Result<> {
      if (organisation_of(scope, user) == 0) return base::fail(Errc::not_found, "users");
      const auto who = asking(session_, audit.who, "user:reset");
      if (!who) return base::pass(who);
      if (who->user == user) return base::fail(Errc::own_account, "user");  // the own password is changed with the old one
      if (auto covered = check_covered(session_, *who, user, "user"); !covered) return covered;
      Statement(session_, "UPDATE \"user\" SET password_hash = ?, must_change_password = 1, version = version + 1, updated_ms = ? WHERE id = ?")
          .write(hash, audit.at, user);
      Statement(session_, "DELETE FROM session WHERE \"user\" = ?").write(user);
      return {};
    });
  }

  base::Result<> set_profile(std::int64_t user, std::string_view name, std::string_view phone, std::string_view email, const AuditEntry& audit) override {
    return change("set_profile", audit, [&]() -> base::Result<> {
      const std::string words(phone);
      if (!words.empty()) {
        Question taken(session_);
        taken.text("SELECT (SELECT count(*) FROM \"user\" u WHERE u.id <> ").value(user).text(" AND (u.login = ").value(words);
        taken.text(" OR u.phone = ").value(words);
        taken.text(")) + (SELECT count(*) FROM organisation o WHERE o.kind IN ('provider', 'property') AND o.phone = ").value(words);
        taken.text(" AND o.id NOT IN (SELECT w.organisation FROM \"user\" w WHERE w.id = ").value(user).text("))");
        if (taken.number() != 0) return base::fail(Errc::conflict, "phone");
      }
      Statement(session_, "UPDATE \"user\" SET name = ?, phone = ?, email = ?, version = version + 1, updated_ms = ? WHERE id = ?")
          .write(name, phone, email, audit.at, user);
      return {};
    });
  }

  base::Result<> set_settings(std::int64_t user, std::string_view settings, const AuditEntry& audit) override {
    return change("set_settings", audit, [&]() -> base::Result<> {
      Statement(session_, "UPDATE \"user\" SET settings = ? WHERE id = ?").write(settings, user);
      return {};
    });
  }

  base::Result<std::string> settings(std::int64_t user) override {
    return guarded(session_, "settings", [&]() -> base::Result<std::string> {
      return Question(session_).text("SELECT settings FROM \"user\" WHERE id = ").value(user).first([](Select& row) { return row.text(); }).value_or("{}");
    });
  }

  base::Result<std::optional<PersonRights>> person(const Scope& scope, std::int64_t user) override {
    return guarded(session_, "person", [&]() -> base::Result<std::optional<PersonRights>> {
      if (organisation_of(scope, user) == 0) return std::nullopt;
      PersonRights person;
      Question roles(session_);
      roles.text("SELECT r.id, r.name FROM user_role x JOIN role r ON r.id = x.role WHERE x.person = ").value(user).text(" ORDER BY r.id");
      roles.rows([&](Select& row) {
        const std::int64_t id = row.integer();
        person.roles.push_back({id, row.text()});
      });
      Question bound(session_);
      const std::int64_t organisation = organisation_of(scope, user);
      const Scope reached = reached_of(organisation, scope);  // what the asker does not reach he does not learn
      bound.text("SELECT t.code FROM user_site x JOIN community t ON t.id = x.site WHERE ").within(reached, "t", "id").text(" AND x.person = ").value(user);
      bound.text(" ORDER BY t.id");
      person.bound = read_texts(bound);
      person.rights = read_rights(session_, user).value_or(Rights{});
      if (person.rights.scope.sites) {
        Question codes(session_);
        codes.text("SELECT t.code FROM community t WHERE ").within(person.rights.scope, "t", "id").text(" AND ").within(reached, "t", "id").text(" ORDER BY t.id");
        person.sites = read_texts(codes);
      }
      return person;
    });
  }

  base::Result<std::optional<std::vector<Named>>> role_users(const Scope& scope, std::int64_t role) override {
    return guarded(session_, "role_users", [&]() -> base::Result<std::optional<std::vector<Named>>> {
      if (!find_role(scope, role)) return std::nullopt;
      std::vector<Named> all;
      Question users(session_);
      reach_user(users.text("SELECT r.id, r.name FROM user_role x JOIN \"user\" r ON r.id = x.person WHERE "), scope).text(" AND x.role = ").value(role);
      users.text(" ORDER BY r.id LIMIT 1000").rows([&](Select& row) {
        const std::int64_t id = row.integer();
        all.push_back({id, row.text()});
      });
      return all;
    });
  }

  base::Result<std::optional<std::vector<std::string>>> department_sites(const Scope& scope, std::int64_t department) override {
    return guarded(session_, "department_sites", [&]() -> base::Result<std::optional<std::vector<std::string>>> {
      const std::int64_t organisation = find_department(scope, department);
      if (organisation == 0) return std::nullopt;
      Question codes(session_);
      codes.text("SELECT t.code FROM department_site x JOIN community t ON t.id = x.site WHERE ").within(reached_of(organisation, scope), "t", "id");
      codes.text(" AND x.department = ").value(department).text(" ORDER BY t.id");
      return read_texts(codes);
    });
  }

 private:
  struct RoleRow {
    std::int64_t organisation = 0;
    std::string kind;
    bool enabled = false;
    Grant grant;
  };

  /// Of the communities of that organisation those within the scope.
  static Scope reached_of(std::int64_t organisation, const Scope& scope) {
    return Scope{organisation, organisation == scope.organisation ? scope.sites : std::nullopt};
  }

  /// Rows `r` of people that the scope reaches.
  static Question& reach_user(Question& question, const Scope& scope) {
    question.below(scope, "r");
    if (!scope.people) return question;
    question.text(" AND (r.id = ").value(scope.people->user);
    if (!scope.people->departments.empty()) question.among(" OR r.department", scope.people->departments);
    return question.text(")");
  }

  /// Of a person within the scope; 0: not there.
  std::int64_t organisation_of(const Scope& scope, std::int64_t user) {
    Question found(session_);
    return reach_user(found.text("SELECT r.organisation FROM \"user\" r WHERE "), scope).text(" AND r.id = ").value(user).number();
  }

  std::int64_t find_department(const Scope& scope, std::int64_t department) {
    if (scope.people && !has(scope.people->departments, department)) return 0;
    Question found(session_);
    return found.text("SELECT d.organisation FROM department d WHERE ").below(scope, "d").text(" AND d.id = ").value(department).number();
  }

  std::optional<RoleRow> find_role(const Scope& scope, std::int64_t role) {
    Question found(session_);
    found.text("SELECT r.organisation, r.kind, r.enabled, r.name, r.scope, r.permissions FROM role r WHERE ").below(scope, "r").text(" AND r.id = ");
    return found.value(role).first([](Select& row) {
      RoleRow read;
      read.organisation = row.integer();
      read.kind = row.text();
      read.enabled = row.flag();
      read.grant.name = row.text();
      read.grant.scope = data_scope(row.text()).value_or(DataScope::all);
      read.grant.permissions = split_words(row.text());
      return read;
    });
  }

  /// ten-role-assign-users. The person's roles as given; each that comes or goes must be the caller's to give.
  base::Result<> regrant(const Scope& scope, std::int64_t user, std::int64_t organisation, const ListedIds& listed, const AuditEntry& audit) {
    const Ids& roles = listed.now;
    const auto who = asking(session_, audit.who, "role:grant");
    if (!who) return base::pass(who);
    if (roles.size() > kMostRolesOfUser) return base::fail(Errc::too_many, "roles of a user");
    if (auto covered = check_covered(session_, *who, user, "user"); !covered) return covered;
    Question theirs(session_);
    theirs.text("SELECT role FROM user_role WHERE person = ").value(user);
    const Ids held = read_ids(theirs);
    if (!same_set(held, listed.was)) return base::fail(Errc::conflict, "");
    const std::int64_t before = count_administrators(session_, organisation);
    Question of(session_);
    const std::string kind = of.text("SELECT kind FROM organisation WHERE id = ").value(organisation).first([](Select& row) { return row.text(); }).value_or("");

    const auto givable = [&](std::int64_t id, bool coming) -> base::Result<> {
      const auto role = find_role(scope, id);
      if (!role) return base::fail(Errc::not_found, "roles");
      if (const std::string beyond = who->rights.beyond(role->grant); !beyond.empty()) return base::fail(Errc::beyond_rights, beyond);
      if (!coming) return {};
      if (!role->enabled) return base::fail(Errc::disabled, "role");
      if (role->kind != kind) return base::fail(Errc::bad_field, "roles");
      // A role holds for its organisation and those below it.
      Question fits(session_);
      fits.text("SELECT count(*) FROM organisation o WHERE o.id = ").value(organisation).text(" AND ").below(Scope{role->organisation, {}, true}, "o", "id");
      return fits.number() == 0 ? base::Result<>(base::fail(Errc::not_found, "roles")) : base::Result<>();
    };
    for (const std::int64_t role : held) {
      if (has(roles, role)) continue;
      if (who->user == user) return base::fail(Errc::own_account, "roles");  // nobody demotes himself
      if (auto allowed = givable(role, false); !allowed) return allowed;
      Statement(session_, "DELETE FROM user_role WHERE person = ? AND role = ?").write(user, role);
    }
    for (std::size_t i = 0; i < roles.size(); ++i) {
      if (has(held, roles[i]) || std::find(roles.begin(), roles.begin() + static_cast<std::ptrdiff_t>(i), roles[i]) != roles.begin() + static_cast<std::ptrdiff_t>(i)) continue;
      if (auto allowed = givable(roles[i], true); !allowed) return allowed;
      Statement(session_, "INSERT INTO user_role(person, role) VALUES(?, ?)").write(user, roles[i]);
    }
    // Two roles together reach further than each: the union counts.
    if (auto covered = check_covered(session_, *who, user, "roles"); !covered) return covered;
    return check_administrators(session_, organisation, before);
  }

  /// The communities of `organisation` that the scope reaches are bound as given; the others stay as they are.
  base::Result<> rebind(const std::string& table, const std::string& column, std::int64_t id, std::int64_t organisation, const Scope& scope,
                        const ListedCodes& codes) {
    if (codes.now.size() > kMostSitesOfUser) return base::fail(Errc::too_many, "communities");
    const Scope reached = reached_of(organisation, scope);
    Ids wanted;
    for (const std::string& code : codes.now) {
      Question site(session_);
      const std::int64_t found = site.text("SELECT t.id FROM community t WHERE ").within(reached, "t", "id").text(" AND t.code = ").value(code).number();
      if (found == 0) return base::fail(Errc::not_found, "sites");
      if (!has(wanted, found)) wanted.push_back(found);
    }
    Question bound(session_);
    bound.text("SELECT x.site, t.code FROM " + table + " x JOIN community t ON t.id = x.site WHERE ").within(reached, "t", "id").text(" AND x." + column + " = ").value(id);
    Ids held;
    std::vector<std::string> had;
    bound.rows([&](Select& row) {
      held.push_back(row.integer());
      had.push_back(row.text());
    });
    if (!same_set(had, codes.was)) return base::fail(Errc::conflict, "");
    for (const std::int64_t site : held)
      if (!has(wanted, site)) Statement(session_, "DELETE FROM " + table + " WHERE " + column + " = ? AND site = ?").write(id, site);
    for (const std::int64_t site : wanted)
      if (!has(held, site)) Statement(session_, "INSERT INTO " + table + "(" + column + ", site) VALUES(?, ?)").write(id, site);
    return {};
  }

  template <class Work>
  base::Result<> change(const char* what, const AuditEntry& audit, Work&& work) {
    return guarded(what, [&] {
      return immediately(session_, [&]() -> base::Result<> {
        if (auto done = work(); !done) return done;
        AuditEntry row = audit;
        row.result = "ok";
        write_audit(session_, {&row, 1});
        return {};
      });
    });
  }

  soci::session& session_;
};

}  // namespace

std::unique_ptr<PeopleDesk> make_people_desk(soci::session& session) { return std::make_unique<SociPeople>(session); }

}  // namespace anju::platform
