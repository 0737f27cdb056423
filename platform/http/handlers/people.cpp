// Users, roles and departments beyond their rows: passwords, roles and communities of people.

#include <memory>

#include "platform/catalog/detail.hpp"
#include "platform/catalog/resource.hpp"
#include "platform/http/answers.hpp"
#include "platform/http/api.hpp"
#include "platform/http/fields.hpp"
#include "platform/http/handlers.hpp"
#include "platform/http/permissions.hpp"
#include "platform/http/records_json.hpp"
#include "platform/http/secrets.hpp"
#include "protocols/base/decimal.hpp"
#include "protocols/wire/detail.hpp"

namespace anju::platform {
namespace {

namespace json = boost::json;

/// Of what somebody saw: as many as the longest of these lists shows.
constexpr std::size_t kMostWas = 1'000;

json::array ids(const std::vector<Named>& all) {
  json::array array;
  for (const Named& one : all) array.push_back(json::object{{"id", one.id}, {"name", one.name}});
  return array;
}

json::array texts(const std::vector<std::string>& all) {
  json::array array;
  for (const std::string& one : all) array.push_back(json::value(one));
  return array;
}

std::string joined(const std::vector<std::int64_t>& ids) {
  std::string text;
  for (const std::int64_t id : ids) (text += text.empty() ? "" : " ") += std::to_string(id);
  return text;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) (text += text.empty() ? "" : " ") += word;
  return text;
}

Response done() {
  Response response;
  response.status = 204;
  return response;
}

/// Asks on the store thread, where sessions are read and changed, too: an answer never lags behind what was changed before.
void ask(Api& api, Reply reply, std::function<Response(PeopleDesk&)> question) {
  auto work = [&api, reply, question = std::move(question)] {
    Response response = question(api.ports().users.people());
    if (!response.fault.empty()) api.ports().log("a query failed: " + response.fault);
    reply(std::move(response));
  };
  if (!api.run().store(std::move(work))) reply(refuse(Refusal::busy));
}

/// One change of people with its audit row; 204.
void change(const Call& call, Api& api, std::string detail, Reply reply, std::function<base::Result<>(PeopleDesk&, const AuditEntry&)> work) {
  auto on_desk = [&api, work = std::move(work)](catalog::Records&, const AuditEntry& audit) -> base::Result<std::int64_t> {
    if (auto result = work(api.ports().users.people(), audit); !result) return base::pass(result);
    return 0;
  };
  api.change(call, std::move(detail), std::move(reply), std::move(on_desk), [](std::int64_t) { return done(); });
}

/// A hash of that password, computed where a flood of them costs one core; then `then` on the loop.
void hash(Api& api, Reply reply, std::string password, std::function<void(std::string)> then) {
  auto work = [&api, reply, password = std::move(password), then = std::move(then)] {
    std::string made = hash_password(password, api.auth().rules().password_cost);
    api.run().loop([reply, then, made = std::move(made)]() mutable {
      if (made.empty()) return reply(refuse(Refusal::busy));
      then(std::move(made));
    });
  };
  if (!api.run().passwords(std::move(work))) reply(refuse(Refusal::busy));
}

}  // namespace

void create_user(const Call& call, Api& api, Reply reply) {
  Fields fields(call.request);
  catalog::Home home;
  if (fields.has("organisation")) home.organisation = fields.integer("organisation", 1, base::kMaxDecimal);
  const bool given = fields.has("password");
  std::string password = given ? fields.secret("password", 10, 256) : draw_password();
  std::vector<catalog::Value> values = read_values(fields, *call.resource, false, "password");
  if (fields.problem()) return reply(refuse(*fields.problem()));
  std::string detail = catalog::detail_of(*call.resource, values, {}, false);
  auto make = [&api, call, home, values = std::move(values), detail = std::move(detail), reply, drawn = given ? std::string() : password](std::string hashed) {
    catalog::Home with = home;
    with.secret = std::move(hashed);
    auto work = [&resource = *call.resource, scope = call.caller.scope(), with, values](catalog::Records& records, AuditEntry audit) {
      audit.detail.clear();  // the store knows what departments and roles are called
      return records.create(resource, scope, with, values, audit);
    };
    auto show = [&api, &resource = *call.resource, scope = call.caller.scope(), drawn](std::int64_t id) {
      const auto found = api.ports().records.find(resource, scope, id);
      if (!found) return query_failed(found.error());
      json::object row{{"id", id}};  // who sees only some departments may make what he does not see
      if (*found) row = json_of(resource, **found);
      if (!drawn.empty()) row["password"] = drawn;
      return json_response(row, 201);
    };
    api.change(call, detail, reply, std::move(work), std::move(show));
  };
  hash(api, reply, std::move(password), std::move(make));
}

void reset_password(const Call& call, Api& api, Reply reply) {
  Fields fields(call.request);
  fields.only({});
  if (fields.problem()) return reply(refuse(*fields.problem()));
  std::string password = draw_password();
  auto make = [&api, call, reply, drawn = password](std::string hashed) {
    auto work = [&api, scope = call.caller.scope(), user = call.number("user"), hashed = std::move(hashed)](
                    catalog::Records&, const AuditEntry& audit) -> base::Result<std::int64_t> {
      if (auto result = api.ports().users.people().reset_password(scope, user, hashed, audit); !result) return base::pass(result);
      return user;
    };
    api.change(call, {}, reply, std::move(work), [drawn](std::int64_t) { return json_response(json::object{{"password", drawn}}); });
  };
  hash(api, reply, std::move(password), std::move(make));
}

void get_user_rights(const Call& call, Api& api, Reply reply) {
  ask(api, std::move(reply), [scope = call.caller.scope(), user = call.number("user")](PeopleDesk& people) {
    const auto found = people.person(scope, user);
    if (!found) return query_failed(found.error());
    if (!*found) return refuse(Refusal::not_found);
    const PersonRights& person = **found;
    json::array permissions;
    for (const auto permission : all_permissions())
      if (person.rights.may(permission)) permissions.emplace_back(permission);
    json::object answer{{"roles", ids(person.roles)},
                        {"bound", texts(person.bound)},
                        {"administrator", person.rights.everything},
                        {"scope", to_string(person.rights.widest)},
                        {"permissions", std::move(permissions)}};
    answer["sites"] = person.sites ? json::value(texts(*person.sites)) : json::value(nullptr);
    return json_response(answer);
  });
}

void change_user_roles(const Call& call, Api& api, Reply reply) {
  Fields fields(call.request);
  fields.only({"roles", "was"});
  ListedIds roles{fields.integers("roles", kMostRolesOfUser, 1, base::kMaxDecimal), fields.integers("was", kMostWas, 1, base::kMaxDecimal)};
  if (fields.problem()) return reply(refuse(*fields.problem()));
  std::string detail = wire::detail({{"roles", joined(roles.now)}});
  change(call, api, std::move(detail), std::move(reply),
         [scope = call.caller.scope(), user = call.number("user"), roles = std::move(roles)](PeopleDesk& people, const AuditEntry& audit) {
           return people.set_user_roles(scope, user, roles, audit);
         });
}

void change_user_sites(const Call& call, Api& api, Reply reply) {
  Fields fields(call.request);
  fields.only({"sites", "was"});
  ListedCodes sites{fields.texts("sites", kMostSitesOfUser, 64), fields.texts("was", kMostWas, 64)};
  if (fields.problem()) return reply(refuse(*fields.problem()));
  std::string detail = wire::detail({{"sites", joined(sites.now)}});
  change(call, api, std::move(detail), std::move(reply),
         [scope = call.caller.scope(), user = call.number("user"), sites = std::move(sites)](PeopleDesk& people, const AuditEntry& audit) {
           return people.set_user_sites(scope, user, sites, audit);
         });
}

void list_role_users(const Call& call, Api& api, Reply reply) {
  ask(api, std::move(reply), [scope = call.caller.scope(), role = call.number("role")](PeopleDesk& people) {
    const auto found = people.role_users(scope, role);
    if (!found) return query_failed(found.error());
    if (!*found) return refuse(Refusal::not_found);
    return json_response(ids(**found));
  });
}

void change_role_users(const Call& call, Api& api, Reply reply) {
  Fields fields(call.request);
  fields.only({"users", "was"});
  ListedIds users{fields.integers("users", kMostUsersOfRole, 1, base::kMaxDecimal), fields.integers("was", kMostWas, 1, base::kMaxDecimal)};
  if (fields.problem()) return reply(refuse(*fields.problem()));
  std::string detail = wire::detail({{"users", joined(users.now)}});
  change(call, api, std::move(detail), std::move(reply),
         [scope = call.caller.scope(), role = call.number("role"), users = std::move(users)](PeopleDesk& people, const AuditEntry& audit) {
           return people.set_role_users(scope, role, users, audit);
         });
}

void list_department_sites(const Call& call, Api& api, Reply reply) {
  ask(api, std::move(reply), [scope = call.caller.scope(), department = call.number("department")](PeopleDesk& people) {
    const auto found = people.department_sites(scope, department);
    if (!found) return query_failed(found.error());
    if (!*found) return refuse(Refusal::not_found);
    return json_response(json::object{{"sites", texts(**found)}});
  });
}

void change_department_sites(const Call& call, Api& api, Reply reply) {
  Fields fields(call.request);
  fields.only({"sites", "was"});
  ListedCodes sites{fields.texts("sites", kMostSitesOfUser, 64), fields.texts("was", kMostWas, 64)};
  if (fields.problem()) return reply(refuse(*fields.problem()));
  std::string detail = wire::detail({{"sites", joined(sites.now)}});
  change(call, api, std::move(detail), std::move(reply),
         [scope = call.caller.scope(), department = call.number("department"), sites = std::move(sites)](PeopleDesk& people, const AuditEntry& audit) {
           return people.set_department_sites(scope, department, sites, audit);
         });
}

void list_permissions(const Call& call, Api&, Reply reply) { reply(json_response(permissions_json(call.caller))); }

}  // namespace anju::platform
