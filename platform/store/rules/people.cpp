#include "platform/store/rules/people.hpp"

#include <algorithm>

#include "platform/domain/errc.hpp"
#include "platform/store/organisation.hpp"
#include "platform/store/question.hpp"
#include "platform/store/rights.hpp"
#include "platform/store/statement.hpp"

namespace anju::platform {
namespace {

using catalog::Value;

std::string word(const Change& change, const std::vector<Value>& values, std::string_view field) {
  const auto* found = catalog::find(change.resource, field);
  if (found == nullptr) return {};
  const auto* text = std::get_if<std::string>(&values[static_cast<std::size_t>(found - change.resource.fields.data())]);
  return text == nullptr ? std::string() : *text;
}

std::int64_t number(const Change& change, const std::vector<Value>& values, std::string_view field) {
  const auto* found = catalog::find(change.resource, field);
  if (found == nullptr) return 0;
  const auto* value = std::get_if<std::int64_t>(&values[static_cast<std::size_t>(found - change.resource.fields.data())]);
  return value == nullptr ? 0 : *value;
}

// ---- users

/// ten-user-crud: login and mobile are each once over all organisations, and no mobile is somebody else's login.
base::Result<> check_free(const Change& change, const std::string& words, const char* field) {
  if (words.empty()) return {};
  Question taken(change.session);
  taken.text("SELECT (SELECT count(*) FROM \"user\" u WHERE u.id <> ").value(change.id).text(" AND (u.login = ").value(words);
  taken.text(" OR u.phone = ").value(words).text(")) + (SELECT count(*) FROM organisation o WHERE o.kind IN ('provider', 'property') AND o.phone = ");
  taken.value(words).text(" AND NOT EXISTS(SELECT 1 FROM \"user\" w WHERE w.organisation = o.id AND w.id = ").value(change.id).text("))");
  if (taken.number() != 0) return base::fail(Errc::conflict, field);
  return {};
}

/// Who sees some departments only puts people into those only.
base::Result<> check_department(const Change& change, std::int64_t department, const char* field) {
  if (!change.scope.people) return {};
  const auto& own = change.scope.people->departments;
  if (std::find(own.begin(), own.end(), department) != own.end()) return {};
  return base::fail(Errc::not_found, field);
}

base::Result<> adding_user(const Change& change, std::vector<Value>& values, Columns& columns) {
  if (const auto who = asking(change.session, change.who, "user:create"); !who) return base::pass(who);
  if (auto free = check_free(change, word(change, values, "login"), "login"); !free) return free;
  if (auto free = check_free(change, word(change, values, "phone"), "phone"); !free) return free;
  if (auto allowed = check_department(change, number(change, values, "department"), "department"); !allowed) return allowed;
  columns.emplace_back("password_hash", std::string(change.secret));
  columns.emplace_back("must_change_password", std::int64_t{1});
  columns.emplace_back("all_permissions", std::int64_t{0});
  columns.emplace_back("permissions", std::string());
  return {};
}

base::Result<> changing_user(const Change& change, std::vector<Value>& values) {
  const auto who = asking(change.session, change.who, "user:edit");
  if (!who) return base::pass(who);
  if (auto covered = check_covered(change.session, *who, change.id, "user"); !covered) return covered;
  const std::int64_t before = Question(change.session).text("SELECT department FROM \"user\" WHERE id = ").value(change.id).number();
  const std::int64_t after = number(change, values, "department");
  if (after != before) {
    if (auto allowed = check_department(change, after, "department"); !allowed) return allowed;
    // What the new department has, the person gets by his roles.
    Statement(change.session, "UPDATE \"user\" SET department = ? WHERE id = ?").write(after == 0 ? std::optional<std::int64_t>() : after, change.id);
    if (auto covered = check_covered(change.session, *who, change.id, "department"); !covered) return covered;
  }
  return check_free(change, word(change, values, "phone"), "phone");
}

base::Result<> check_other(const Change& change, std::string_view permission) {
  const auto who = asking(change.session, change.who, permission);
  if (!who) return base::pass(who);
  if (who->user == change.id) return base::fail(Errc::own_account, "user");
  return check_covered(change.session, *who, change.id, "user");
}

/// Enabled people who may everything, without this one.
base::Result<> check_left(const Change& change) {
  const std::int64_t before = count_administrators(change.session, change.organisation);
  Statement(change.session, "UPDATE \"user\" SET enabled = 0 WHERE id = ?").write(change.id);
  return check_administrators(change.session, change.organisation, before);
}

base::Result<> enabling_user(const Change& change, bool enabled) {
  if (auto other = check_other(change, "user:enable"); !other) return other;
  if (enabled) return {};
  if (auto left = check_left(change); !left) return left;
  Statement(change.session, "DELETE FROM session WHERE \"user\" = ?").write(change.id);
  return {};
}

/// ten-user-crud: only who has done nothing is deleted; the audit log names the others for ever.
base::Result<> removing_user(const Change& change) {
  if (auto other = check_other(change, "user:delete"); !other) return other;
  Question done(change.session);
  done.text("SELECT EXISTS(SELECT 1 FROM audit a JOIN \"user\" u ON u.login = a.who WHERE u.id = ").value(change.id).text(")");
  if (done.number() != 0) return base::fail(Errc::in_use, "audit");
  if (auto left = check_left(change); !left) return left;
  Statement(change.session, "DELETE FROM session WHERE \"user\" = ?").write(change.id);
  Statement(change.session, "DELETE FROM user_role WHERE person = ?").write(change.id);
  Statement(change.session, "DELETE FROM user_site WHERE person = ?").write(change.id);
  return {};
}

std::string_view user_expression(std::string_view field) {
  if (field == "kind") return "(SELECT k.kind FROM organisation k WHERE k.id = r.organisation)";
  if (field == "role") return "(SELECT min(x.role) FROM user_role x WHERE x.person = r.id)";  // the first; the page of the user shows all
  return {};
}

bool filter_users(Question& question, std::string_view field, const Value& value) {
  if (field != "role") return false;
  question.text(" AND EXISTS(SELECT 1 FROM user_role x WHERE x.person = r.id AND x.role = ").value(std::get<std::int64_t>(value)).text(")");
  return true;
}

void reach_users(Question& question, const Scope& scope) {
  if (!scope.people) return;
  question.text(" AND (r.id = ").value(scope.people->user);
  if (!scope.people->departments.empty()) question.among(" OR r.department", scope.people->departments);
  question.text(")");
}

// ---- roles

Grant grant_of(const std::string& scope, const std::string& permissions) {
  return {"", data_scope(scope).value_or(DataScope::all), split_words(permissions)};
}

/// Nobody grants what he has not. Words such as "*property" say that the codes are all that such an organisation may hold: who may
/// everything grants that, too.
base::Result<> check_grantable(const Person& who, Grant role) {
  std::erase_if(role.permissions, [](const std::string& one) { return one.size() > 1 && one.starts_with('*'); });
  const std::string beyond = who.rights.beyond(role);
  if (!beyond.empty()) return base::fail(Errc::beyond_rights, beyond);
  return {};
}

/// The role as it stands; who could not have made it does not touch it.
base::Result<> check_own(const Change& change, const Person& who) {
  Question stored(change.session);
  const auto role = stored.text("SELECT scope, permissions FROM role WHERE id = ").value(change.id).first([](Select& row) {
    const std::string scope = row.text();
    return grant_of(scope, row.text());
  });
  if (!role) return base::fail(Errc::not_found, "roles");
  return check_grantable(who, *role);
}

/// "*property a:read …" of a role for property companies becomes "*" where who asks may everything, and otherwise "a:read …".
void settle_permissions(const Change& change, const Person& who, const std::string& kind, std::vector<Value>& values) {
  const std::vector<std::string> words = split_words(word(change, values, "permissions"));
  std::string text;
  if (who.rights.everything && std::find(words.begin(), words.end(), "*" + kind) != words.end()) {
    text = kEverything;
  } else {
    for (const std::string& one : words)
      if (!one.starts_with('*')) (text += text.empty() ? "" : " ") += one;
  }
  values[static_cast<std::size_t>(catalog::find(change.resource, "permissions") - change.resource.fields.data())] = text;
}

base::Result<> adding_role(const Change& change, std::vector<Value>& values, Columns&) {
  const auto who = asking(change.session, change.who, "role:create");
  if (!who) return base::pass(who);
  const auto own = Question(change.session).text("SELECT kind FROM organisation WHERE id = ").value(change.organisation).first([](Select& row) {
    return organisation_kind(row.text()).value_or(OrganisationKind::merchant);
  });
  const auto kind = organisation_kind(word(change, values, "kind"));
  if (!own || !kind || !reaches(*own, *kind)) return base::fail(Errc::bad_field, "kind");
  if (auto grantable = check_grantable(*who, grant_of(word(change, values, "scope"), word(change, values, "permissions"))); !grantable) return grantable;
  settle_permissions(change, *who, word(change, values, "kind"), values);
  return {};
}

std::string kind_of_role(const Change& change) {
  return Question(change.session).text("SELECT kind FROM role WHERE id = ").value(change.id).first([](Select& row) { return row.text(); }).value_or("");
}

std::vector<std::int64_t> holders_of(const Change& change) {
  std::vector<std::int64_t> all;
  Question(change.session).text("SELECT person FROM user_role WHERE role = ").value(change.id).rows([&](Select& row) { all.push_back(row.integer()); });
  return all;
}

/// What follows from a changed role is known only once it is changed; so each of its rules undoes nothing, and the whole is undone. Nobody's
/// rights are carried beyond the asker's that way, and no organisation of its holders loses its last administrator.
base::Result<> with_holders(const Change& change, const Person& who, const char* sql, const std::vector<Value>& row) {
  const Held before = held_by(change.session, holders_of(change));
  std::vector<std::pair<std::int64_t, std::int64_t>> administrators;
  Question(change.session)
      .text("SELECT DISTINCT u.organisation FROM user_role x JOIN \"user\" u ON u.id = x.person WHERE x.role = ")
      .value(change.id)
      .rows([&](Select& read) { administrators.emplace_back(read.integer(), 0); });
  for (auto& [organisation, count] : administrators) count = count_administrators(change.session, organisation);
  Statement(change.session, sql).write_all(row);
  for (const auto& [organisation, count] : administrators)
    if (auto left = check_administrators(change.session, organisation, count); !left) return left;
  return check_changed(change.session, who, before);
}

base::Result<> changing_role(const Change& change, std::vector<Value>& values) {
  const auto who = asking(change.session, change.who, "role:edit");
  if (!who) return base::pass(who);
  if (auto own = check_own(change, *who); !own) return own;
  if (auto grantable = check_grantable(*who, grant_of(word(change, values, "scope"), word(change, values, "permissions"))); !grantable) return grantable;
  settle_permissions(change, *who, kind_of_role(change), values);
  return with_holders(change, *who, "UPDATE role SET scope = ?, permissions = ? WHERE id = ?",
                      {word(change, values, "scope"), word(change, values, "permissions"), change.id});
}

base::Result<> enabling_role(const Change& change, bool enabled) {
  const auto who = asking(change.session, change.who, "role:enable");
  if (!who) return base::pass(who);
  if (auto own = check_own(change, *who); !own) return own;
  return with_holders(change, *who, "UPDATE role SET enabled = ? WHERE id = ?", {std::int64_t{enabled}, change.id});
}

base::Result<> removing_role(const Change& change) {
  const auto who = asking(change.session, change.who, "role:delete");
  if (!who) return base::pass(who);
  return check_own(change, *who);
}

// ---- departments and posts

/// ten-dept-tree: as deep as people can still see.
base::Result<> adding_department(const Change& change, std::vector<Value>& values, Columns&) {
  const std::int64_t parent = number(change, values, "parent");
  if (auto allowed = check_department(change, parent, "parent"); !allowed) return allowed;
  Question depth(change.session);
  depth.text("WITH RECURSIVE above(id) AS (SELECT id FROM department WHERE id = ").value(parent);
  depth.text(" UNION ALL SELECT d.parent FROM above JOIN department d ON d.id = above.id WHERE d.parent IS NOT NULL) SELECT count(*) FROM above");
  if (depth.number() >= kMostDepartmentDepth) return base::fail(Errc::too_many, "departments below each other");
  return {};
}

/// What a department has its people get and lose by this: nobody gives them more than he has, takes what
/// he could not give, or closes the department that he himself works in and sees by.
base::Result<> enabling_department(const Change& change, bool enabled) {
  const auto who = asking(change.session, change.who, "department:enable");
  if (!who) return base::pass(who);
  const Held before = held_by(change.session, people_of_department(change.session, change.id));
  Statement(change.session, "UPDATE department SET enabled = ? WHERE id = ?").write(std::int64_t{enabled}, change.id);
  const bool own = Question(change.session).text("SELECT department FROM \"user\" WHERE id = ").value(who->user).number() == change.id;
  const auto now = read_rights(change.session, who->user);
  if (own && !(now && now->covers(who->rights))) return base::fail(Errc::own_account, "department");
  return check_changed(change.session, *who, before);
}

/// As disabling: those above it lose what they reach by it.
base::Result<> removing_department(const Change& change) {
  const auto who = asking(change.session, change.who, "department:delete");
  if (!who) return base::pass(who);
  const Held before = held_by(change.session, people_of_department(change.session, change.id));
  Statement(change.session, "DELETE FROM department_site WHERE department = ?").write(change.id);
  return check_changed(change.session, *who, before);
}

void reach_departments(Question& question, const Scope& scope) {
  if (!scope.people) return;
  if (scope.people->departments.empty()) {
    question.text(" AND 1 = 0");
  } else {
    question.among(" AND r.id", scope.people->departments);
  }
}

base::Result<> adding_post(const Change& change, std::vector<Value>& values, Columns&) {
  return check_department(change, number(change, values, "department"), "department");
}

/// Its holders are of its department: they leave it before it moves.
base::Result<> changing_post(const Change& change, std::vector<Value>& values) {
  const std::int64_t department = number(change, values, "department");
  Question left(change.session);
  left.text("SELECT count(*) FROM \"user\" u JOIN post p ON p.id = u.post WHERE p.id = ").value(change.id).text(" AND p.department <> ").value(department);
  if (left.number() != 0) return base::fail(Errc::in_use, "users");
  return check_department(change, department, "department");
}

void reach_posts(Question& question, const Scope& scope) {
  if (!scope.people) return;
  if (scope.people->departments.empty()) {
    question.text(" AND 1 = 0");
  } else {
    question.among(" AND r.department", scope.people->departments);
  }
}

}  // namespace

const Rules kUserRules{.adding = &adding_user, .changing = &changing_user, .enabling = &enabling_user, .removing = &removing_user,
                       .expression = &user_expression, .filter = &filter_users, .reach = &reach_users};
const Rules kRoleRules{.adding = &adding_role, .changing = &changing_role,
                       .enabling = &enabling_role, .removing = &removing_role};
const Rules kDepartmentRules{.adding = &adding_department, .enabling = &enabling_department, .removing = &removing_department, .reach = &reach_departments};
const Rules kPostRules{.adding = &adding_post, .changing = &changing_post, .reach = &reach_posts};

}  // namespace anju::platform
