// People who want more than they have: through roles, through others, through departments, through two sessions, through a word too many
// in a request.

#include "platform/catalog/catalog.hpp"
#include "tests/unit/platform/http/sample_rows.hpp"
#include "tests/unit/platform/http/staff.hpp"

using namespace anju;
using namespace anju::platform;

namespace {

std::string number(std::int64_t value) { return std::to_string(value); }

constexpr const char* kClerk =
    R"(["meter:read","home:read","role:read","role:create","role:edit","role:enable","role:delete","role:grant","user:read","user:create","user:edit","user:enable","user:delete","user:reset","user:bind","department:read","department:create","department:bind"])";

struct Office : Staff {
  std::int64_t clerk_role = 0, administrator = 0;
  Office() {
    as("property");
    administrator = ask(Method::get, "/users?search=property", {}, 200).at("rows").at(0).at("id").as_int64();
    clerk_role = make_role("文员", "company", kClerk);
    hire("clerk", {clerk_role});
    as("clerk");
  }
};

}  // namespace

TEST_CASE("thieves: nobody makes a role with what he has not") {
  Office api;
  const auto make = [](const char* scope, const char* permissions) {
    return std::string(R"({"name":"x","kind":"property","scope":")") + scope + R"(","permissions":)" + permissions + "}";
  };
  api.refused(Method::post, "/roles", make("company", R"(["meter:read","meter:switch"])"), 403, "beyond_own_rights", "meter:switch");
  api.refused(Method::post, "/roles", make("all", R"(["meter:read"])"), 403, "beyond_own_rights", "scope");
  api.refused(Method::post, "/roles", make("company", R"(["*"])"), 400, "bad_field", "permissions");
  // All that a company may hold at all, word for word, is "everything" to administrators only.
  std::string everything = "[";
  for (const auto code : all_permissions()) everything += (everything.size() > 1 ? ",\"" : "\"") + std::string(code) + '"';
  const auto refused = api.ask(Method::post, "/roles", make("company", (everything + "]").c_str()), 403);
  CHECK(refused.at("code").as_string() == "beyond_own_rights");
  api.ask(Method::post, "/roles", make("company", R"(["meter:read"])"), 201);
}

TEST_CASE("thieves: nobody enlarges, enables, deletes or hands out a role that he could not have made") {
  Office api;
  const auto finance = api.role("财务"), boss = api.role("管理员");
  for (const auto role : {finance, boss}) {
    const std::string path = "/roles/" + number(role);
    CHECK(api.ask(Method::put, path, R"({"version":1,"name":"y","scope":"company","permissions":["meter:read"]})", 403).at("code").as_string() == "beyond_own_rights");
    CHECK(api.ask(Method::post, path + "/disable", {}, 403).at("code").as_string() == "beyond_own_rights");
    CHECK(api.ask(Method::del, path, {}, 403).at("code").as_string() == "beyond_own_rights");
    CHECK(api.ask(Method::put, api.of("clerk") + "/roles", R"({"was":[)" + number(api.clerk_role) + R"(],"roles":[)" + number(api.clerk_role) + "," + number(role) + "]}", 403).at("code").as_string() ==
          "beyond_own_rights");
    CHECK(api.ask(Method::put, path + "/users", R"({"was":[],"users":[)" + number(api.user["clerk"]) + "]}", 403).at("code").as_string() == "beyond_own_rights");
  }
  // His own, too.
  std::string more(kClerk);
  more.insert(1, R"("meter:switch",)");
  api.refused(Method::put, "/roles/" + number(api.clerk_role), R"({"version":1,"name":"文员","scope":"company","permissions":)" + more + "}", 403, "beyond_own_rights",
              "meter:switch");
  CHECK(api.ask(Method::get, "/session", {}, 200).at("roles").as_array().size() == 1);
}

TEST_CASE("thieves: nobody resets, disables, renames, binds or robs somebody who is above him") {
  Office api;
  const std::string above = "/users/" + number(api.administrator);
  const auto beyond = [&](Method method, const std::string& path, const std::string& body) {
    CAPTURE(path);
    CHECK(api.ask(method, path, body, 403).at("code").as_string() == "beyond_own_rights");
  };
  beyond(Method::put, above + "/password", "{}");
  beyond(Method::post, above + "/disable", "");
  beyond(Method::post, above + "/enable", "");
  beyond(Method::del, above, "");
  beyond(Method::put, above, R"({"version":1,"name":"x"})");
  beyond(Method::put, above + "/sites", R"({"was":[],"sites":[]})");
  beyond(Method::put, above + "/roles", R"({"was":[],"roles":[]})");
  CHECK(api.try_login("property", ApiFixture::kPassword).status == 200);
  // Of somebody who has less, or as much, all of it goes.
  api.hire("zhao", {api.make_role("r", "company", R"(["meter:read"])")});
  api.ask(Method::put, api.of("zhao") + "/password", "{}", 200);
  api.ask(Method::post, api.of("zhao") + "/disable", {}, 200);
}

TEST_CASE("thieves: who manages a department grants neither people nor communities beyond it") {
  Office api;
  api.sql("INSERT INTO site(id, organisation, code, name, utc_offset_minutes, greatest_power_w, created_ms)"
          " VALUES((SELECT max(id) + 1 FROM site), " + number(api.id["property"]) +
          ", 'second', 'Second', 480, 100000, 0)");
  api.as("property");
  const auto first = api.first_department().at("id").as_int64();
  const auto mine = api.ask(Method::post, "/departments", R"({"name":"甲"})", 201).at("id").as_int64();
  const auto below = api.ask(Method::post, "/departments", R"({"name":"甲一","parent":)" + number(mine) + "}", 201).at("id").as_int64();
  api.ask(Method::put, "/departments/" + number(mine) + "/sites", R"({"was":[],"sites":["second"]})", 204);
  api.ask(Method::put, "/departments/" + number(first) + "/sites", R"({"was":[],"sites":["property","second"]})", 204);
  const auto role = api.make_role("部门经理", "department_below", kClerk);
  api.hire("head", {role}, "[]", R"(,"department":)" + number(mine));
  api.hire("mate", {}, "[]", R"(,"department":)" + number(below));
  api.hire("other", {}, "[]", R"(,"department":)" + number(first));
  api.as("head");
  CHECK(api.ask(Method::get, "/session", {}, 200).at("sites").as_array().size() == 1);
  CHECK(api.total("/users") == 2);
  CHECK(api.total("/departments") == 2);
  api.refused(Method::get, api.of("other"), {}, 404, "not_found", "");
  api.refused(Method::put, api.of("other") + "/password", "{}", 404, "not_found", "users");
  api.refused(Method::put, api.of("other") + "/roles", R"({"was":[],"roles":[]})", 404, "not_found", "users");
  api.refused(Method::post, "/users", R"({"login":"spy","name":"s","department":)" + number(first) + "}", 404, "not_found", "department");
  api.refused(Method::post, "/users", R"({"login":"spy","name":"s"})", 404, "not_found", "department");
  api.refused(Method::post, "/departments", R"({"name":"乙"})", 404, "not_found", "parent");
  api.refused(Method::put, "/departments/" + number(mine) + "/sites", R"({"was":[],"sites":["property","second"]})", 404, "not_found", "sites");
  api.refused(Method::put, "/departments/" + number(first) + "/sites", R"({"was":[],"sites":["second"]})", 404, "not_found", "departments");
  api.refused(Method::put, api.of("mate") + "/sites", R"({"was":[],"sites":["property"]})", 404, "not_found", "sites");
  // He moves neither himself nor a colleague to where there is more.
  api.refused(Method::put, api.of("head"), R"({"version":1,"name":"h","department":)" + number(first) + "}", 404, "not_found", "department");
  api.refused(Method::put, api.of("mate"), R"({"version":1,"name":"m","department":)" + number(first) + "}", 404, "not_found", "department");
  api.refused(Method::post, "/roles", R"({"name":"x","kind":"property","scope":"sites","permissions":["meter:read"]})", 403, "beyond_own_rights", "scope");
  api.hire("aide", {api.make_role("助理", "department", R"(["meter:read"])")}, R"(["second"])", R"(,"department":)" + number(below));
  CHECK(api.call(Method::get, "/sites", "", api.log_in("aide")).body.find("property") == std::string::npos);
}

TEST_CASE("thieves: two sessions give no more than one: what was taken away in between is gone") {
  Office api;
  const Session clerk = api.log_in("clerk");
  api.hire("zhao");
  const auto role = api.make_role("r", "company", R"(["meter:read"])");
  api.as("property").ask(Method::put, api.of("clerk") + "/roles", R"({"was":[)" + number(api.clerk_role) + R"(],"roles":[]})", 204);
  CHECK(api.call(Method::put, api.of("zhao") + "/roles", R"({"was":[],"roles":[)" + number(role) + "]}", clerk).status == 403);
  CHECK(api.call(Method::get, "/users", "", clerk).status == 403);
}

TEST_CASE("thieves: nobody demotes himself, and the last administrator stays whatever is tried") {
  Office api;
  api.as("property");
  const auto role = api.role("管理员");
  const std::string path = "/roles/" + number(role);
  api.refused(Method::post, "/users/" + number(api.administrator) + "/disable", {}, 409, "own_account", "");
  api.refused(Method::del, "/users/" + number(api.administrator), {}, 409, "own_account", "");
  api.hire("boss", {role});
  api.as("boss").ask(Method::post, "/users/" + number(api.administrator) + "/disable", {}, 200);
  // Now he is the last.
  const std::string none = R"({"was":[)" + number(role) + R"(],"roles":[]})";
  api.refused(Method::put, api.of("boss") + "/roles", none, 409, "own_account", "");
  api.refused(Method::put, path + "/users", R"({"was":[)" + number(api.user["boss"]) + R"(],"users":[]})", 409, "own_account", "");
  api.refused(Method::post, path + "/disable", {}, 409, "last_administrator", "");
  api.refused(Method::put, path, R"({"version":1,"name":"管理员","scope":"all","permissions":["meter:read"]})", 409, "last_administrator", "");
  api.refused(Method::post, api.of("boss") + "/disable", {}, 409, "own_account", "");
  api.as("provider").refused(Method::post, api.of("boss") + "/disable", {}, 409, "last_administrator", "");
  api.refused(Method::put, api.of("boss") + "/roles", none, 409, "last_administrator", "");
  CHECK(api.call(Method::get, "/users", "", api.log_in("boss")).status == 200);
}

TEST_CASE("thieves: roles, users and departments of another company are not there, whatever is asked") {
  Office api;
  const auto role = api.clerk_role, user = api.user["clerk"];
  const auto department = api.as("property").first_department().at("id").as_int64();
  for (const char* stranger : {"sister", "strange", "foreign", "collective", "merchant"}) {
    CAPTURE(stranger);
    api.as(stranger);
    for (const std::string& path : {"/users/" + number(user), "/users/" + number(user) + "/rights", "/roles/" + number(role), "/roles/" + number(role) + "/users",
                                    "/departments/" + number(department), "/departments/" + number(department) + "/sites"})
      CHECK(api.ask(Method::get, path, {}, 404).at("code").as_string() == "not_found");
    api.ask(Method::put, "/users/" + number(user) + "/password", "{}", 404);
    api.ask(Method::put, "/users/" + number(user) + "/roles", R"({"was":[],"roles":[]})", 404);
    api.ask(Method::put, "/roles/" + number(role) + "/users", R"({"was":[],"users":[]})", 404);
    api.ask(Method::put, "/departments/" + number(department) + "/sites", R"({"was":[],"sites":[]})", 404);
    CHECK(api.total("/users?search=clerk") == 0);
  }
  // A foreign role is not given either, and a foreign department not taken.
  api.as("sister");
  const auto own = api.ask(Method::get, "/users?search=sister", {}, 200).at("rows").at(0).at("id").as_int64();
  api.refused(Method::put, "/users/" + number(own) + "/roles", R"({"was":[],"roles":[)" + number(role) + "]}", 404, "not_found", "roles");
  api.refused(Method::post, "/users", R"({"login":"spy","name":"s","department":)" + number(department) + "}", 404, "not_found", "department");
}

TEST_CASE("thieves: tenant, roles, rights and scope come from the session: every endpoint refuses them in a request") {
  Office api;
  api.as("property");
  int refused = 0;
  for (const Route& route : routes()) {
    if (route.method == Method::get || route.method == Method::del || route.operation_id == "log_in" || route.permission == kBoundPermission) continue;
    CAPTURE(route.operation_id);
    std::string path;
    for (std::size_t i = 0; i < route.path.size(); ++i) {
      if (route.path[i] != '{') {
        path += route.path[i];
      } else {
        path += "1";
        i = route.path.find('}', i);
      }
    }
    const bool reads_body = !route.path.ends_with("/enable") && !route.path.ends_with("/disable");
    if (!reads_body) continue;
    for (const char* word : {"organisation", "permissions", "all_permissions", "scope", "roles", "administrator"}) {
      if (route.resource != nullptr && catalog::find(*route.resource, word) != nullptr) continue;
      if (route.resource != nullptr && route.resource->place != catalog::Place::site && route.method == Method::post && std::string_view(word) == "organisation") continue;
      if (route.operation_id == "change_user_roles" && std::string_view(word) == "roles") continue;
      std::string body = "{}";
      if (route.resource != nullptr) body = sample_body(*route.resource, route.method == Method::put);
      body.insert(body.size() - 1, (body == "{}" ? "\"" : ",\"") + std::string(word) + "\":1");
      const Response response = api.call(route.method, path, body, api.session);
      CAPTURE(word);
      CAPTURE(response.body);
      CHECK((response.status == 400 || response.status == 403 || response.status == 404));
      CHECK(response.status != 200);
      refused += response.status == 400;
    }
  }
  CHECK(refused > 100);
  CHECK(api.site.count("SELECT count(*) FROM \"user\" WHERE organisation = 1") == 5);
}
