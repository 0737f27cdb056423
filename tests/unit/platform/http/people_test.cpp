// Users, roles, departments and posts through the whole API and the real store.

#include "platform/http/permissions.hpp"
#include "tests/unit/platform/http/staff.hpp"

using namespace anju;
using namespace anju::platform;

namespace {

std::string number(std::int64_t value) { return std::to_string(value); }

bool holds(const boost::json::value& list, std::string_view word) {
  const auto& all = list.as_array();
  return std::any_of(all.begin(), all.end(), [&](const auto& one) { return one.as_string() == word; });
}

}  // namespace

TEST_CASE("users: ten-user-crud: added, found by every filter, changed, deleted") {
  Staff api;
  api.as("property");
  const auto department = api.first_department().at("id").as_int64();
  const auto post = api.ask(Method::post, "/posts", R"({"department":)" + number(department) + R"(,"name":"收费员"})", 201).at("id").as_int64();
  const auto made = api.ask(Method::post, "/users",
                            R"({"login":"wang.li","name":"王丽","phone":"13900000001","email":"wang@example.com","department":)" + number(department) + R"(,"post":)" +
                                number(post) + R"(,"note":"n"})",
                            201);
  CHECK(made.at("login").as_string() == "wang.li");
  CHECK(made.at("kind").as_string() == "property");
  CHECK(made.at("organisation").at("id").as_int64() == api.id["property"]);
  CHECK(made.at("enabled").as_bool());
  CHECK(made.at("password").as_string().size() == 19);  // answered once
  const std::string path = "/users/" + number(made.at("id").as_int64());
  CHECK(api.ask(Method::get, path, {}, 200).as_object().count("password") == 0);
  CHECK(boost::json::serialize(api.ask(Method::get, path, {}, 200)).find("argon2") == std::string::npos);
  const auto finance = api.role("财务");
  api.ask(Method::put, path + "/roles", R"({"was":[],"roles":[)" + number(finance) + "]}", 204);
  for (const std::string& filter :
       {std::string("search=wang.l"), std::string("search=王丽"), std::string("search=13900000001"), "role=" + number(finance), std::string("kind=property&search=wang"),
        std::string("enabled=true&search=wang"), "organisation=" + number(api.id["property"]) + "&search=wang",
        "created_from=" + number(api.now.value) + "&created_to=" + number(api.now.value + 1) + "&search=wang", "department=" + number(department), "post=" + number(post)}) {
    CAPTURE(filter);
    CHECK(api.total("/users?" + filter) == 1);
  }
  for (const std::string& filter : {std::string("role=") + number(api.role("客服")), std::string("kind=provider"), std::string("enabled=false"),
                                    "created_from=" + number(api.now.value + 1), "created_to=" + number(api.now.value)}) {
    CAPTURE(filter);
    CHECK(api.total("/users?search=wang&" + filter) == 0);
  }
  const auto changed = api.ask(Method::put, path, R"({"version":1,"name":"王莉","phone":"13900000002"})", 200);
  CHECK(changed.at("name").as_string() == "王莉");
  CHECK(changed.at("login").as_string() == "wang.li");
  CHECK(changed.at("department").is_null());
  // A login and a mobile are each once over all organisations, and none is the other's.
  api.as("sister").refused(Method::post, "/users", R"({"login":"wang.li","name":"x"})", 409, "conflict", "login");
  api.refused(Method::post, "/users", R"({"login":"13900000002","name":"x"})", 409, "conflict", "login");
  api.refused(Method::post, "/users", R"({"login":"other","name":"x","phone":"13900000002"})", 409, "conflict", "phone");
  api.refused(Method::post, "/users", R"({"login":"other","name":"x","phone":"13800000006"})", 409, "conflict", "phone");  // a property's own
  api.refused(Method::post, "/users", R"({"login":"ab","name":"x"})", 400, "bad_field", "login");
  api.refused(Method::post, "/users", R"({"login":"other","name":"x","password":"short"})", 400, "bad_field", "password");
  api.refused(Method::get, path, {}, 404, "not_found", "");
  api.as("property").ask(Method::del, path, {}, 204);
  api.refused(Method::get, path, {}, 404, "not_found", "");
}

TEST_CASE("users: ten-user-crud: a company makes people for those below it, of their kind") {
  Staff api;
  const auto made = api.as("provider").ask(Method::post, "/users", R"({"login":"clerk","name":"c","organisation":)" + number(api.id["property"]) + "}", 201);
  CHECK(made.at("kind").as_string() == "property");
  CHECK(api.as("property").total("/users?search=clerk") == 1);
  CHECK(api.as("sister").total("/users?search=clerk") == 0);
  api.refused(Method::post, "/users", R"({"login":"clerk2","name":"c","organisation":)" + number(api.id["property"]) + "}", 404, "not_found", "organisation");
  api.as("property").refused(Method::post, "/users", R"({"login":"clerk2","name":"c","organisation":)" + number(api.id["provider"]) + "}", 404, "not_found", "organisation");
}

TEST_CASE("users: a person who has done something is not deleted, because the audit log names him") {
  Staff api;
  api.as("property");
  api.hire("zhao", {api.role("客服")});
  api.as("zhao");
  api.as("property").refused(Method::del, api.of("zhao"), {}, 409, "in_use", "audit");
  api.ask(Method::post, api.of("zhao") + "/disable", {}, 200);
}

TEST_CASE("users: ten-user-enable: who is disabled is out at once, in every session, and does not come in again") {
  Staff api;
  api.as("property");
  api.hire("zhao", {api.role("客服")});
  const Session one = api.log_in("zhao"), two = api.log_in("zhao");
  CHECK(api.call(Method::get, "/meters", "", one).status == 200);
  api.ask(Method::post, api.of("zhao") + "/disable", {}, 200);
  for (const Session& session : {one, two}) {
    CHECK(api.call(Method::get, "/meters", "", session).status == 401);
    CHECK(api.call(Method::get, "/session", "", session).status == 401);
  }
  const Response closed = api.try_login("zhao", ApiFixture::kPassword), wrong = api.try_login("zhao", "wrong password");
  CHECK(closed.status == 401);
  CHECK(closed.body == wrong.body);
  api.ask(Method::post, api.of("zhao") + "/enable", {}, 200);
  CHECK(api.try_login("zhao", ApiFixture::kPassword).status == 200);
  CHECK(api.call(Method::get, "/meters", "", one).status == 401);  // what ended stays ended
}

TEST_CASE("users: ten-user-reset-password: a drawn password, to be changed, and all sessions ended") {
  Staff api;
  api.as("property");
  api.hire("zhao", {api.role("客服")});
  const Session before = api.log_in("zhao");
  const auto drawn = api.ask(Method::put, api.of("zhao") + "/password", "{}", 200);
  const std::string password(drawn.at("password").as_string());
  CHECK(api.call(Method::get, "/session", "", before).status == 401);
  CHECK(api.try_login("zhao", ApiFixture::kPassword).status == 401);
  const Response in = api.try_login("zhao", password);
  CHECK(in.status == 200);
  CHECK(ApiFixture::json(in).at("must_change_password").as_bool());
  CHECK(api.site.count("SELECT count(*) FROM audit WHERE detail LIKE '%" + password + "%'") == 0);
  api.refused(Method::put, "/users/" + number(api.ask(Method::get, "/users?search=property", {}, 200).at("rows").at(0).at("id").as_int64()) + "/password", "{}", 409,
              "own_account", "");
}

TEST_CASE("users: ten-user-bind-stations: a person sees the communities bound to him, from the next request on") {
  Staff api;
  api.sql("INSERT INTO site(id, organisation, code, name, utc_offset_minutes, greatest_power_w, created_ms)"
          " VALUES((SELECT max(id) + 1 FROM site), " + number(api.id["property"]) +
          ", 'second', 'Second', 480, 100000, 0)");
  api.as("property");
  api.hire("guard", {api.make_role("保安", "sites", R"(["meter:read","area:read","area:create"])")}, R"(["property"])");
  const Session guard = api.log_in("guard");
  const auto sites = [&] {
    std::string all;
    const auto list = ApiFixture::json(api.call(Method::get, "/sites", "", guard));
    const auto session = ApiFixture::json(api.call(Method::get, "/session", "", guard)).at("sites");
    for (const auto& row : list.as_array()) (all += all.empty() ? "" : " ") += std::string(row.at("id").as_string());
    CHECK(session.as_array().size() == list.as_array().size());
    return all;
  };
  CHECK(sites() == "property");
  CHECK(api.call(Method::post, "/areas", R"({"site":"second","name":"a"})", guard).status == 404);
  api.ask(Method::put, api.of("guard") + "/sites", R"({"was":["property"],"sites":["second"]})", 204);
  CHECK(sites() == "second");
  CHECK(api.call(Method::post, "/areas", R"({"site":"second","name":"a"})", guard).status == 201);
  const auto rights = api.ask(Method::get, api.of("guard") + "/rights", {}, 200);
  CHECK(rights.at("bound").as_array().size() == 1);
  CHECK(rights.at("scope").as_string() == "sites");
  CHECK(rights.at("roles").as_array().size() == 1);
  CHECK(holds(rights.at("permissions"), "area:create"));
  api.ask(Method::put, api.of("guard") + "/sites", R"({"was":["second"],"sites":[]})", 204);
  CHECK(sites().empty());
  api.refused(Method::put, api.of("guard") + "/sites", R"({"was":[],"sites":["sister"]})", 404, "not_found", "sites");
}

TEST_CASE("roles: ten-role-crud: what an editor makes, finds, changes and deletes") {
  Staff api;
  api.as("property");
  const auto made = api.ask(Method::post, "/roles", R"({"name":"抄表员","kind":"property","scope":"company","permissions":["meter:read","home:read","meter:read"],"note":"n"})", 201);
  CHECK(boost::json::serialize(made.at("permissions")) == R"(["home:read","meter:read"])");
  const std::string path = "/roles/" + number(made.at("id").as_int64());
  CHECK(api.total("/roles?search=抄表&kind=property&scope=company&enabled=true&organisation=" + number(api.id["property"])) == 1);
  CHECK(api.total("/roles?search=抄表&kind=collective") == 0);
  const auto changed = api.ask(Method::put, path, R"({"version":1,"name":"抄表","scope":"sites","permissions":["meter:read"]})", 200);
  CHECK(boost::json::serialize(changed.at("permissions")) == R"(["meter:read"])");
  api.refused(Method::post, "/roles", R"({"name":"抄表","kind":"property","scope":"company","permissions":[]})", 409, "conflict", "name");
  api.refused(Method::post, "/roles", R"({"name":"x","kind":"property","scope":"company","permissions":["meter:explode"]})", 400, "bad_field", "permissions");
  api.refused(Method::post, "/roles", R"({"name":"x","kind":"property","scope":"everywhere","permissions":[]})", 400, "bad_field", "scope");
  api.refused(Method::post, "/roles", R"({"name":"x","kind":"provider","scope":"company","permissions":[]})", 400, "bad_field", "kind");
  api.ask(Method::post, "/roles", R"({"name":"户","kind":"collective","scope":"company","permissions":["meter:read"]})", 201);
  api.as("sister").refused(Method::get, path, {}, 404, "not_found", "");
  api.as("property").ask(Method::del, path, {}, 204);
}

TEST_CASE("roles: each new organisation has its own, and the administrator's means everything of its kind") {
  Staff api;
  api.as("property");
  std::string names;
  const auto roles = api.ask(Method::get, "/roles?page_size=100&sort=name", {}, 200);
  for (const auto& row : roles.at("rows").as_array())
    if (row.at("organisation").at("id").as_int64() == api.id["property"]) names += std::string(row.at("name").as_string()) + " ";
  for (const char* name : {"管理员", "小区管理员", "房屋审核员", "财务", "客服", "安装调试", "只读"}) CHECK(names.find(name) != std::string::npos);
  const auto administrator = api.role("管理员");
  const std::string path = "/roles/" + number(administrator);
  const auto row = api.ask(Method::get, path, {}, 200);
  CHECK(holds(row.at("permissions"), "user:reset"));
  CHECK_FALSE(holds(row.at("permissions"), "operator:create"));
  // Saved again as it is shown, it still means everything, also what comes later.
  api.ask(Method::put, path, R"({"version":1,"name":"管理员","scope":"all","note":"x","permissions":)" + boost::json::serialize(row.at("permissions")) + "}", 200);
  CHECK(api.site.count("SELECT count(*) FROM role WHERE permissions = '*' AND id = " + number(administrator)) == 1);
  api.hire("boss", {administrator});
  CHECK(ApiFixture::json(api.call(Method::get, "/session", "", api.log_in("boss"))).at("scope").as_string() == "all");
  CHECK(api.call(Method::post, "/collectives", R"({"name":"c"})", api.log_in("boss")).status == 201);
}

TEST_CASE("roles: ten-role-enable: a disabled role is void at the next request, and is given to nobody") {
  Staff api;
  api.as("property");
  const auto service = api.role("客服");
  api.hire("zhao", {service});
  const Session zhao = api.log_in("zhao");
  CHECK(api.call(Method::get, "/meters", "", zhao).status == 200);
  api.ask(Method::post, "/roles/" + number(service) + "/disable", {}, 200);
  CHECK(api.call(Method::get, "/meters", "", zhao).status == 403);
  api.hire("qian");
  api.refused(Method::put, api.of("qian") + "/roles", R"({"was":[],"roles":[)" + number(service) + "]}", 409, "disabled", "role");
  api.ask(Method::post, "/roles/" + number(service) + "/enable", {}, 200);
  CHECK(api.call(Method::get, "/meters", "", zhao).status == 200);
}

TEST_CASE("roles: a changed role holds at the next request, not at the next login") {
  Staff api;
  api.as("property");
  const auto role = api.make_role("r", "company", R"(["meter:read"])");
  api.hire("zhao", {role});
  const Session zhao = api.log_in("zhao");
  CHECK(api.call(Method::get, "/gateways", "", zhao).status == 403);
  api.ask(Method::put, "/roles/" + number(role), R"({"version":1,"name":"r","scope":"company","permissions":["gateway:read"]})", 200);
  CHECK(api.call(Method::get, "/gateways", "", zhao).status == 200);
  CHECK(api.call(Method::get, "/meters", "", zhao).status == 403);
}

TEST_CASE("roles: ten-role-delete-guard: a role that somebody has is not deleted") {
  Staff api;
  api.as("property");
  const auto role = api.role("财务");
  api.hire("zhao", {role});
  api.refused(Method::del, "/roles/" + number(role), {}, 409, "in_use", "users");
  api.ask(Method::put, api.of("zhao") + "/roles", R"({"was":[)" + number(role) + R"(],"roles":[]})", 204);
  api.ask(Method::del, "/roles/" + number(role), {}, 204);
}

TEST_CASE("roles: ten-role-assign-users: from the role's page") {
  Staff api;
  api.as("property");
  const auto role = api.role("财务");
  api.hire("zhao", {role});
  api.hire("qian");
  api.ask(Method::put, "/roles/" + number(role) + "/users", R"({"was":[)" + number(api.user["zhao"]) + R"(],"users":[)" + number(api.user["qian"]) + "]}", 204);
  const auto users = api.ask(Method::get, "/roles/" + number(role) + "/users", {}, 200);
  REQUIRE(users.as_array().size() == 1);
  CHECK(users.at(0).at("id").as_int64() == api.user["qian"]);
  CHECK(api.call(Method::get, "/meters", "", api.log_in("zhao")).status == 403);
  api.refused(Method::put, "/roles/" + number(role) + "/users", R"({"was":[],"users":[999999]})", 404, "not_found", "users");
  CHECK(api.ask(Method::get, "/roles/" + number(role) + "/users", {}, 200).as_array().size() == 1);
}

TEST_CASE("roles: lists of people, roles and communities are saved only by who saw them as they are") {
  Staff api;
  api.sql("INSERT INTO site(id, organisation, code, name, utc_offset_minutes, greatest_power_w, created_ms)"
          " VALUES((SELECT max(id) + 1 FROM site), " + number(api.id["property"]) + ", 'second', 'Second', 480, 100000, 0)");
  api.as("property");
  const auto role = api.role("财务"), other = api.role("客服");
  api.hire("zhao", {role}, R"(["property"])");
  api.hire("qian");
  const std::string zhao = number(api.user["zhao"]), qian = number(api.user["qian"]), id = number(role), department = number(api.first_department().at("id").as_int64());
  const auto stale = [&](const std::string& path, const std::string& body) { api.refused(Method::put, path, body, 409, "conflict", ""); };
  const auto lacking = [&](const std::string& path, const std::string& body) { api.refused(Method::put, path, body, 400, "bad_field", "was"); };
  // Both saw zhao; the first adds qian, the second would take him out again without knowing.
  api.ask(Method::put, "/roles/" + id + "/users", R"({"was":[)" + zhao + R"(],"users":[)" + zhao + "," + qian + "]}", 204);
  stale("/roles/" + id + "/users", R"({"was":[)" + zhao + R"(],"users":[)" + zhao + "]}");
  lacking("/roles/" + id + "/users", R"({"users":[]})");
  CHECK(api.ask(Method::get, "/roles/" + id + "/users", {}, 200).as_array().size() == 2);
  stale(api.of("qian") + "/roles", R"({"was":[],"roles":[)" + number(other) + "]}");  // he got one meanwhile
  lacking(api.of("qian") + "/roles", R"({"roles":[]})");
  api.ask(Method::put, api.of("qian") + "/roles", R"({"was":[)" + id + "," + id + R"(],"roles":[)" + number(other) + "]}", 204);
  stale("/roles/" + id + "/users", R"({"was":[)" + qian + "," + zhao + R"(],"users":[]})");
  api.ask(Method::put, api.of("zhao") + "/sites", R"({"was":["property"],"sites":["second","property"]})", 204);
  stale(api.of("zhao") + "/sites", R"({"was":["property"],"sites":[]})");
  lacking(api.of("zhao") + "/sites", R"({"sites":[]})");
  api.ask(Method::put, "/departments/" + department + "/sites", R"({"was":[],"sites":["second"]})", 204);
  stale("/departments/" + department + "/sites", R"({"was":[],"sites":["property"]})");
  lacking("/departments/" + department + "/sites", R"({"sites":[]})");
  CHECK(api.ask(Method::get, "/departments/" + department + "/sites", {}, 200).at("sites").as_array().size() == 1);
}

TEST_CASE("departments: ten-dept-tree: the first is there, more below it, eight deep, and people in them") {
  Staff api;
  api.as("property");
  const auto first = api.first_department();
  CHECK(first.at("name").as_string() == "property");
  CHECK(first.at("parent").is_null());
  std::int64_t parent = first.at("id").as_int64();
  for (int depth = 2; depth <= 8; ++depth)
    parent = api.ask(Method::post, "/departments", R"({"name":"d","parent":)" + number(parent) + "}", 201).at("id").as_int64();
  api.refused(Method::post, "/departments", R"({"name":"d","parent":)" + number(parent) + "}", 409, "limit_reached", "");
  api.hire("zhao", {}, "[]", R"(,"department":)" + number(parent));
  api.refused(Method::del, "/departments/" + number(parent), {}, 409, "in_use", "users");
  api.refused(Method::del, "/departments/" + number(first.at("id").as_int64()), {}, 409, "in_use", "departments");
}

TEST_CASE("departments: ten-dept-crud: a disabled one is not given to further people, posts and departments") {
  Staff api;
  api.as("property");
  const auto made = api.ask(Method::post, "/departments", R"({"name":"工程部","position":2,"head":"李","phone":"0759-1","email":"a@example.com"})", 201);
  const std::string id = number(made.at("id").as_int64()), path = "/departments/" + id;
  CHECK(api.total("/departments?search=工程&enabled=true") == 1);
  api.refused(Method::post, "/departments", R"({"name":"工程部"})", 409, "conflict", "name");
  CHECK(api.ask(Method::put, path, R"({"version":1,"name":"工程","position":1})", 200).at("position").as_int64() == 1);
  api.ask(Method::post, path + "/disable", {}, 200);
  api.refused(Method::post, "/users", R"({"login":"zhao","name":"z","department":)" + id + "}", 409, "disabled", "department");
  api.refused(Method::post, "/posts", R"({"name":"p","department":)" + id + "}", 409, "disabled", "department");
  api.refused(Method::post, "/departments", R"({"name":"p","parent":)" + id + "}", 409, "disabled", "parent");
  api.as("sister").refused(Method::post, "/posts", R"({"name":"p","department":)" + id + "}", 404, "not_found", "department");
  api.as("property").ask(Method::del, path, {}, 204);
}

TEST_CASE("posts: ten-post-crud: of a department, found by it, not given when disabled") {
  Staff api;
  api.as("property");
  const auto department = api.first_department().at("id").as_int64();
  const auto other = api.ask(Method::post, "/departments", R"({"name":"工程部"})", 201).at("id").as_int64();
  api.refused(Method::post, "/posts", R"({"name":"电工"})", 400, "bad_field", "department");
  const auto made = api.ask(Method::post, "/posts", R"({"name":"电工","position":3,"department":)" + number(department) + "}", 201);
  const std::string id = number(made.at("id").as_int64()), path = "/posts/" + id;
  CHECK(api.total("/posts?search=电工&department=" + number(department)) == 1);
  CHECK(api.ask(Method::put, path, R"({"version":1,"name":"电工长","department":)" + number(other) + "}", 200).at("department").at("id").as_int64() == other);
  api.refused(Method::post, "/users", R"({"login":"zhao","name":"z","department":)" + number(department) + R"(,"post":)" + id + "}", 400, "bad_field", "post");
  api.ask(Method::post, path + "/disable", {}, 200);
  api.refused(Method::post, "/users", R"({"login":"zhao","name":"z","department":)" + number(other) + R"(,"post":)" + id + "}", 409, "disabled", "post");
  api.ask(Method::del, path, {}, 204);
}

TEST_CASE("settings: ten-settings-self: password, own data and how the console looks") {
  Staff api;
  api.as("property");
  api.hire("zhao");
  api.as("zhao");
  CHECK(api.ask(Method::get, "/session/settings", {}, 200).as_object().empty());
  api.ask(Method::put, "/session/settings", R"({"theme":"dark","language":"en","page_size":50})", 204);
  CHECK(api.ask(Method::get, "/session/settings", {}, 200).at("page_size").as_int64() == 50);
  api.refused(Method::put, "/session/settings", R"({"theme":"pink"})", 400, "bad_field", "theme");
  api.refused(Method::put, "/session/settings", R"({"script":"x"})", 400, "bad_field", "script");
  api.ask(Method::put, "/session/profile", R"({"name":"赵","phone":"13900000009","email":"z@example.com"})", 204);
  CHECK(api.ask(Method::get, "/session", {}, 200).at("name").as_string() == "赵");
  CHECK(api.try_login("13900000009", ApiFixture::kPassword).status == 200);  // the mobile is a login, too
  api.refused(Method::put, "/session/profile", R"({"name":"赵","phone":"13800000004"})", 409, "conflict", "phone");
  for (const char* field : {"organisation", "permissions", "all_permissions", "scope", "roles", "login", "enabled"})
    api.refused(Method::put, "/session/profile", std::string(R"({"name":"x",")") + field + R"(":1})", 400, "bad_field", field);
  api.ask(Method::put, "/session/password", R"({"old_password":"correct horse","new_password":"battery staple"})", 204);
  CHECK(api.try_login("zhao", "battery staple").status == 200);
}

TEST_CASE("settings: the own mobile is no way to learn whose numbers are known: some tries, then longer and longer waits") {
  Staff api;
  api.as("property");
  api.hire("lili", {}, "[]", R"(,"phone":"13911112222")");
  api.hire("zhao");
  api.as("zhao");
  const auto put = [&](const std::string& phone) {
    return api.call(Method::put, "/session/profile", R"({"name":"z","phone":")" + phone + R"("})", api.session);
  };
  // Those that are free tell as much as those that are not.
  CHECK(put("13911112222").status == 409);
  CHECK(put("13900000001").status == 204);
  CHECK(put("13900000001").status == 204);  // it is his now: no question
  CHECK(put("13911112222").status == 409);
  CHECK(put("13900000002").status == 204);
  CHECK(put("13911112222").status == 409);
  const Response waiting = put("13911112222");
  CHECK(waiting.status == 429);
  CHECK(ApiFixture::json(waiting).at("retry_after_s").as_int64() == 60);
  CHECK(put("13900000003").status == 429);
  api.ask(Method::put, "/session/profile", R"({"name":"zz","phone":"13900000002"})", 204);  // his name he may change
  api.now = api.now + base::minutes(1);
  CHECK(put("13911112222").status == 409);
  CHECK(ApiFixture::json(put("13911112222")).at("retry_after_s").as_int64() == 120);
}

TEST_CASE("login: ten-merchant-login: a number that is given must be the own organisation's, and tells nothing") {
  Staff api;
  const auto session = api.as("property").ask(Method::get, "/session", {}, 200);
  const std::string own(session.at("organisation").at("number").as_string());
  CHECK(own.size() == 6);
  const std::string other(api.as("sister").ask(Method::get, "/session", {}, 200).at("organisation").at("number").as_string());
  const auto log_in = [&](const std::string& password, const std::string& merchant) {
    return api.call(Method::post, "/session", R"({"user":"property","password":")" + password + R"(","merchant":")" + merchant + R"("})");
  };
  CHECK(log_in(ApiFixture::kPassword, own).status == 200);
  CHECK(log_in(ApiFixture::kPassword, "").status == 200);
  const std::string refused = log_in("wrong password", own).body;
  CHECK(log_in(ApiFixture::kPassword, other).body == refused);   // somebody's
  CHECK(log_in(ApiFixture::kPassword, "000000").body == refused);  // nobody's
  api.now = api.now + base::seconds(60);  // the third wrong one in a row has to wait
  CHECK(log_in("wrong password", other).body == refused);
}

TEST_CASE("groups: ten-user-groups: residents of a community in groups") {
  Staff api;
  api.as("property");
  const auto group = api.ask(Method::post, "/user-groups", R"({"site":"property","name":"老人"})", 201).at("id").as_int64();
  const auto resident = api.ask(Method::post, "/residents", R"({"site":"property","name":"陈","type":"owner"})", 201).at("id").as_int64();
  const std::string body = R"({"site":"property","user_group":)" + number(group) + R"(,"resident":)" + number(resident) + "}";
  api.ask(Method::post, "/group-members", body, 201);
  api.refused(Method::post, "/group-members", body, 409, "conflict", "resident");
  CHECK(api.total("/group-members?user_group=" + number(group)) == 1);
  api.refused(Method::del, "/user-groups/" + number(group), {}, 409, "in_use", "group-members");
  CHECK(api.as("sister").total("/user-groups") == 0);
}

TEST_CASE("permissions: everyone has a name in both languages, in the order of the menu, and only what the caller holds is listed") {
  for (const std::string_view code : all_permissions()) {
    CAPTURE(code);
    CHECK_FALSE(label_of_thing(code.substr(0, code.find(':'))).zh.empty());
    CHECK_FALSE(label_of_verb(code.substr(code.find(':') + 1)).en.empty());
  }
  Staff api;
  const auto codes = [&] {
    std::set<std::string> all;
    const auto groups = api.ask(Method::get, "/permissions", {}, 200);
    for (const auto& group : groups.as_array())
      for (const auto& thing : group.at("things").as_array())
        for (const auto& verb : thing.at("verbs").as_array()) all.emplace(verb.at("code").as_string());
    return all;
  };
  api.as("property");
  const auto whole = codes();
  CHECK(whole.contains("meter:switch"));
  CHECK_FALSE(whole.contains("operator:create"));
  CHECK(whole == [&] {
    std::set<std::string> held;
    const auto session = api.ask(Method::get, "/session", {}, 200);
    for (const auto& one : session.at("permissions").as_array()) held.emplace(one.as_string());
    return held;
  }());
  api.hire("clerk", {api.make_role("r", "company", R"(["role:read","meter:read"])")});
  api.as("clerk");
  CHECK(codes() == std::set<std::string>{"meter:read", "role:read"});
}
