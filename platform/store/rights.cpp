#include "platform/store/rights.hpp"

#include <sstream>

#include "platform/domain/errc.hpp"
#include "platform/store/question.hpp"

namespace anju::platform {
namespace {

std::vector<std::int64_t> ids(Question& question) {
  std::vector<std::int64_t> all;
  question.rows([&](Select& row) { all.push_back(row.integer()); });
  return all;
}

// Only sites of the person's own organisation, whatever is bound: a site that moves away takes nobody with it.
std::vector<std::int64_t> sites_of_user(soci::session& session, std::int64_t user) {
  Question sites(session);
  sites.text("SELECT t.id FROM user_site x JOIN site t ON t.id = x.site JOIN \"user\" u ON u.id = x.person WHERE t.organisation = u.organisation AND u.id = ");
  return ids(sites.value(user).text(" ORDER BY t.id"));
}

std::vector<std::int64_t> sites_of_departments(soci::session& session, const std::vector<std::int64_t>& departments) {
  if (departments.empty()) return {};
  Question sites(session);
  sites.text("SELECT DISTINCT t.id FROM department_site x JOIN site t ON t.id = x.site JOIN department d ON d.id = x.department"
             " WHERE t.organisation = d.organisation AND d.enabled = 1 AND ");
  return ids(sites.among("d.id", departments).text(" ORDER BY t.id"));
}

}  // namespace

std::vector<std::string> split_words(const std::string& text) {
  std::istringstream words(text);
  std::vector<std::string> all;
  for (std::string word; words >> word;) all.push_back(word);
  return all;
}

std::vector<std::int64_t> departments_below(soci::session& session, std::int64_t department) {
  Question below(session);
  below.text("WITH RECURSIVE below(id) AS (SELECT id FROM department WHERE id = ").value(department);
  return ids(below.text(" UNION ALL SELECT d.id FROM below JOIN department d ON d.parent = below.id) SELECT id FROM below ORDER BY id"));
}

std::vector<std::int64_t> people_of_department(soci::session& session, std::int64_t department) {
  Question found(session);
  found.text("WITH RECURSIVE above(id) AS (SELECT id FROM department WHERE id = ").value(department);
  return ids(found.text(" UNION ALL SELECT d.parent FROM above JOIN department d ON d.id = above.id WHERE d.parent IS NOT NULL)"
                        " SELECT u.id FROM \"user\" u WHERE u.department IN (SELECT id FROM above)"));
}

std::optional<Rights> read_rights(soci::session& session, std::int64_t user) {
  struct Row {
    std::int64_t organisation = 0;
    OrganisationKind kind = OrganisationKind::merchant;
    bool administrator = false;
    std::vector<std::string> own;
    std::int64_t department = 0;
  };
  Question person(session);
  // A disabled department gives its people nothing: neither communities nor colleagues.
  person.text("SELECT u.organisation, o.kind, u.all_permissions, u.permissions, d.id FROM \"user\" u JOIN organisation o ON o.id = u.organisation"
              " LEFT JOIN department d ON d.id = u.department AND d.enabled = 1 WHERE u.id = ");
  const auto found = person.value(user).first([](Select& row) {
    Row read;
    read.organisation = row.integer();
    read.kind = organisation_kind(row.text()).value_or(OrganisationKind::merchant);
    read.administrator = row.flag();
    read.own = split_words(row.text());
    read.department = row.integer();
    return read;
  });
  if (!found) return std::nullopt;

  std::vector<Grant> grants;
  bool by_site = false, by_department = false;
  Question roles(session);
  roles.text("SELECT r.name, r.scope, r.permissions FROM user_role x JOIN role r ON r.id = x.role WHERE r.enabled = 1 AND x.person = ");
  roles.value(user).text(" ORDER BY r.id").rows([&](Select& row) {
    Grant grant;
    grant.name = row.text();
    grant.scope = data_scope(row.text()).value_or(DataScope::self);
    grant.permissions = split_words(row.text());
    by_site = by_site || grant.scope == DataScope::sites || grant.scope == DataScope::self;
    by_department = by_department || grant.scope == DataScope::department || grant.scope == DataScope::department_below;
    grants.push_back(std::move(grant));
  });
  if (!found->own.empty()) grants.push_back({"", DataScope::all, found->own});  // given by hand, before there were roles

  Bindings bound;
  bound.user = user;
  if (by_site) bound.sites = sites_of_user(session, user);
  if (by_department && found->department != 0) {
    bound.departments = {found->department};
    bound.below = departments_below(session, found->department);
    bound.department_sites = sites_of_departments(session, bound.departments);
    bound.below_sites = sites_of_departments(session, bound.below);
  }
  return rights_of(found->organisation, found->kind, found->administrator, grants, bound);
}

std::optional<Person> person_of(soci::session& session, std::string_view login) {
  const std::int64_t user = Question(session).text("SELECT id FROM \"user\" WHERE enabled = 1 AND login = ").value(std::string(login)).number();
  if (user == 0) return std::nullopt;
  return Person{user, read_rights(session, user).value_or(Rights{})};
}

base::Result<Person> asking(soci::session& session, std::string_view login, std::string_view permission) {
  auto who = person_of(session, login);
  if (!who || !who->rights.may(permission)) return base::fail(Errc::beyond_rights, std::string(permission));
  return std::move(*who);
}

base::Result<> check_covered(soci::session& session, const Person& who, std::int64_t user, const char* where) {
  const auto rights = read_rights(session, user);
  if (!rights || !who.rights.covers(*rights)) return base::fail(Errc::beyond_rights, where);
  return {};
}

Held held_by(soci::session& session, const std::vector<std::int64_t>& people) {
  Held all;
  for (const std::int64_t person : people) all.emplace_back(person, read_rights(session, person).value_or(Rights{}));
  return all;
}

base::Result<> check_changed(soci::session& session, const Person& who, const Held& before) {
  for (const auto& [person, was] : before) {
    const Rights is = read_rights(session, person).value_or(Rights{});
    const bool same = was.covers(is) && is.covers(was);
    if (!same && !(who.rights.covers(was) && who.rights.covers(is))) return base::fail(Errc::beyond_rights, "users");
  }
  return {};
}

std::int64_t count_administrators(soci::session& session, std::int64_t organisation) {
  Question all(session);
  all.text("SELECT count(*) FROM \"user\" u WHERE u.enabled = 1 AND u.organisation = ").value(organisation);
  return all.text(" AND (u.all_permissions = 1 OR EXISTS(SELECT 1 FROM user_role x JOIN role r ON r.id = x.role"
                  " WHERE x.person = u.id AND r.enabled = 1 AND r.permissions = '*' AND r.scope IN ('all', 'company')))")
      .number();
}

base::Result<> check_administrators(soci::session& session, std::int64_t organisation, std::int64_t before) {
  if (before > 0 && count_administrators(session, organisation) == 0) return base::fail(Errc::last_administrator, "user");
  return {};
}

}  // namespace anju::platform
