// What a change does to the people behind it: who holds a role, works in a department, administers a company.

#include "platform/catalog/catalog.hpp"
#include "tests/unit/platform/http/staff.hpp"

using namespace anju;
using namespace anju::platform;

namespace {

std::string number(std::int64_t value) { return std::to_string(value); }

/// A company with two communities; its first department has both.
struct Company : Staff {
  std::int64_t department = 0;
  Company() {
    sql("INSERT INTO site(id, organisation, code, name, utc_offset_minutes, greatest_power_w, created_ms)"
        " SELECT max(id) + 1, " + number(id["property"]) + ", 'second', 'Second', 480, 100000, 0 FROM site");
    as("property");
    department = first_department().at("id").as_int64();
    ask(Method::put, "/departments/" + number(department) + "/sites", R"({"was":[],"sites":["property","second"]})", 204);
  }
  Company& as(const std::string& login) {
    Staff::as(login);
    return *this;
  }
  /// A department below the first one takes over the second community.
  std::int64_t divided() {
    const auto below = ask(Method::post, "/departments", R"({"name":"收费","parent":)" + number(department) + "}", 201).at("id").as_int64();
    ask(Method::put, "/departments/" + number(department) + "/sites", R"({"was":["property","second"],"sites":["property"]})", 204);
    ask(Method::put, "/departments/" + number(below) + "/sites", R"({"was":[],"sites":["second"]})", 204);
    return below;
  }
  std::size_t sites() { return ask(Method::get, "/session", {}, 200).at("sites").as_array().size(); }
};

std::string role_with(const char* scope, const char* permissions) {
  return std::string(R"({"version":1,"name":"r","scope":")") + scope + R"(","permissions":)" + permissions + "}";
}

constexpr const char* kEditor = R"(["role:read","role:edit","role:enable"])";

}  // namespace

TEST_CASE("holders: a role's reach is not turned so that those who have it, oneself included, reach further") {
  Company api;
  const auto role = api.make_role("r", "sites", kEditor);
  api.hire("mary", {role}, R"(["second"])", R"(,"department":)" + number(api.department));
  api.as("mary").refused(Method::put, "/roles/" + number(role), role_with("department_below", kEditor), 403, "beyond_own_rights", "users");
  CHECK(api.sites() == 1);
  // The same words change nobody.
  api.ask(Method::put, "/roles/" + number(role), role_with("sites", kEditor), 200);
}

TEST_CASE("holders: nobody gives a role a permission, or life, whose holders are where he does not reach") {
  Company api;
  const auto own = api.make_role("own", "sites", R"(["role:read","role:edit","role:enable","meter:recharge"])"), other = api.make_role("r", "sites", R"(["meter:recharge"])");
  api.hire("here", {own}, R"(["property"])");
  api.hire("there", {other}, R"(["second"])");
  api.ask(Method::post, "/roles/" + number(other) + "/disable", "{}", 200);
  api.as("here").refused(Method::post, "/roles/" + number(other) + "/enable", "{}", 403, "beyond_own_rights", "users");
  api.as("property").ask(Method::post, "/roles/" + number(other) + "/enable", "{}", 200);
}

TEST_CASE("holders: who binds a department gives its people no more than he has") {
  Company api;
  const auto below = api.ask(Method::post, "/departments", R"({"name":"收费","parent":)" + number(api.department) + "}", 201).at("id").as_int64();
  const auto binder = api.make_role("binder", "department_below", R"(["department:read","department:bind"])");
  const auto cashier = api.make_role("cashier", "department", R"(["meter:read","meter:recharge"])");
  api.hire("binder", {binder}, "[]", R"(,"department":)" + number(api.department));
  api.hire("cashier", {cashier}, "[]", R"(,"department":)" + number(below));
  api.as("binder").refused(Method::put, "/departments/" + number(below) + "/sites", R"({"was":[],"sites":["second"]})", 403, "beyond_own_rights", "users");
  // Closed, it gives nothing now, but will when somebody opens it.
  api.as("property").ask(Method::post, "/departments/" + number(below) + "/disable", "{}", 200);
  api.as("binder").refused(Method::put, "/departments/" + number(below) + "/sites", R"({"was":[],"sites":["second"]})", 403, "beyond_own_rights", "users");
  CHECK(api.site.count("SELECT enabled FROM department WHERE id = " + number(below)) == 0);
  api.as("property").ask(Method::post, "/departments/" + number(below) + "/enable", "{}", 200);
  CHECK(api.as("cashier").sites() == 0);
  api.as("property").ask(Method::put, "/departments/" + number(below) + "/sites", R"({"was":[],"sites":["second"]})", 204);
  CHECK(api.as("cashier").sites() == 1);
}

TEST_CASE("holders: a disabled department gives its people no community and no colleague; enabled again it gives both") {
  Company api;
  const auto below = api.divided();
  constexpr const char* kRights = R"(["user:read","department:read","department:enable","department:bind"])";
  const auto head = api.make_role("head", "department_below", kRights), clerk = api.make_role("clerk", "department", kRights);
  api.hire("head", {head}, "[]", R"(,"department":)" + number(api.department));
  api.hire("clerk", {clerk}, "[]", R"(,"department":)" + number(below));
  api.hire("mate", {}, "[]", R"(,"department":)" + number(below));
  CHECK(api.as("head").sites() == 2);
  CHECK(api.as("clerk").sites() == 1);
  CHECK(api.total("/users") == 2);
  const std::string path = "/departments/" + number(below);
  // Nobody closes his own, and finds himself before a closed door.
  api.refused(Method::post, path + "/disable", "{}", 409, "own_account", "");
  api.as("head").ask(Method::post, path + "/disable", "{}", 200);
  CHECK(api.as("clerk").sites() == 0);
  CHECK(api.total("/users") == 1);
  api.refused(Method::get, path, {}, 404, "not_found", "");
  // Who is above sees it and its people, to enable it again, but reaches nothing by it.
  CHECK(api.as("head").sites() == 1);
  CHECK(api.total("/users") == 3);
  CHECK(api.ask(Method::get, path + "/sites", {}, 200).at("sites").as_array().empty());
  api.ask(Method::put, path + "/sites", R"({"was":[],"sites":[]})", 204);  // what he does not see stays
  api.refused(Method::post, path + "/enable", "{}", 403, "beyond_own_rights", "users");
  api.as("property").ask(Method::post, path + "/enable", "{}", 200);
  CHECK(api.as("clerk").sites() == 1);
  CHECK(api.total("/users") == 2);
  CHECK(api.as("head").sites() == 2);
}

TEST_CASE("holders: who may not close a department does not delete it either, where others reach a community by it") {
  Company api;
  const auto below = api.divided();
  const auto boss = api.make_role("boss", "department_below", R"(["meter:read","meter:recharge"])");
  const auto mate = api.make_role("mate", "department_below", R"(["department:read","department:enable","department:delete"])");
  api.hire("boss", {boss}, "[]", R"(,"department":)" + number(api.department));
  api.hire("mate", {mate}, "[]", R"(,"department":)" + number(api.department));
  const std::string path = "/departments/" + number(below);
  api.as("mate").refused(Method::post, path + "/disable", "{}", 403, "beyond_own_rights", "users");
  api.refused(Method::del, path, {}, 403, "beyond_own_rights", "users");
  CHECK(api.as("boss").sites() == 2);
  api.as("property").ask(Method::del, path, {}, 204);
  CHECK(api.as("boss").sites() == 1);
}

TEST_CASE("holders: a post that people have stays in its department until they leave it") {
  Staff api;
  api.as("property");
  const auto first = api.first_department().at("id").as_int64();
  const auto other = api.ask(Method::post, "/departments", R"({"name":"收费"})", 201).at("id").as_int64();
  const auto post = api.ask(Method::post, "/posts", R"({"name":"岗","department":)" + number(first) + "}", 201).at("id").as_int64();
  api.hire("zhao", {}, "[]", R"(,"department":)" + number(first) + R"(,"post":)" + number(post));
  const auto body = [](const char* name, std::int64_t department, int version) {
    return R"({"version":)" + number(version) + R"(,"name":")" + name + R"(","department":)" + number(department) + "}";
  };
  api.refused(Method::put, "/posts/" + number(post), body("岗", other, 1), 409, "in_use", "users");
  api.ask(Method::put, "/posts/" + number(post), body("新岗", first, 1), 200);
  api.ask(Method::put, api.of("zhao"), R"({"version":1,"name":"zhao","department":)" + number(first) + "}", 200);
  CHECK(api.ask(Method::put, "/posts/" + number(post), body("新岗", other, 2), 200).at("department").at("id").as_int64() == other);
}

TEST_CASE("holders: an administrator by role who edits its note stays one") {
  Staff api;
  api.as("property");
  const auto role = api.role("管理员");
  api.hire("boss", {role});
  const auto row = api.as("boss").ask(Method::get, "/roles/" + number(role), {}, 200);
  const std::string body = R"({"version":1,"name":"管理员","scope":"all","note":"n","permissions":)" + boost::json::serialize(row.at("permissions")) + "}";
  api.ask(Method::put, "/roles/" + number(role), body, 200);
  CHECK(api.site.count("SELECT count(*) FROM role WHERE permissions = '*' AND id = " + number(role)) == 1);
  CHECK(api.may("user:create"));
}

TEST_CASE("holders: a role from above does not take the last administrator of a company below") {
  Staff api;
  api.as("property").hire("only");
  api.as("provider");
  const auto role = api.make_role("all", "all", boost::json::serialize(api.ask(Method::get, "/roles?page_size=100", {}, 200).at("rows").at(0).at("permissions")));
  api.sql("UPDATE role SET permissions = '*', kind = 'property' WHERE id = " + number(role));
  api.sql("INSERT INTO user_role(person, role) VALUES(" + number(api.user["only"]) + ", " + number(role) + ")");
  api.sql("UPDATE \"user\" SET all_permissions = 0 WHERE login = 'property'");
  api.refused(Method::post, "/roles/" + number(role) + "/disable", "{}", 409, "last_administrator", "");
}

TEST_CASE("holders: ten-provider-review: only who may everything approves, because with it comes an administrator") {
  Staff api;
  api.as("system");
  const auto reviewer = api.make_role("reviewer", "all", R"(["provider:read","provider:review"])", "system");
  api.hire("reviewer", {reviewer});
  api.sql("UPDATE organisation SET review = 'pending' WHERE id = " + number(api.id["stranger"]));
  api.as("reviewer").refused(Method::post, "/providers/" + number(api.id["stranger"]) + "/approve", "{}", 403, "beyond_own_rights", "account");
}

TEST_CASE("holders: a community's manager changes neither which readings are believed nor their calendar") {
  Company api;
  const auto role = api.make_role("manager", "sites", R"(["community:read","community:edit"])");
  api.hire("manager", {role}, R"(["second"])");
  const auto row = api.as("manager").ask(Method::get, "/communities", {}, 200).at("rows").at(0);
  const std::string path = "/communities/" + number(row.at("id").as_int64());
  const auto body = [](const char* power, const char* offset) {
    return std::string(R"({"version":1,"name":"新名","kind":"residential","utc_offset_minutes":)") + offset + R"(,"greatest_power_w":)" + power + "}";
  };
  api.refused(Method::put, path, body("1", "480"), 403, "beyond_own_rights", "greatest_power_w");
  api.refused(Method::put, path, body("100000", "0"), 403, "beyond_own_rights", "utc_offset_minutes");
}

TEST_CASE("holders: a mobile is not found digit by digit by who sees only its mask") {
  Staff api;
  api.as("property");
  api.hire("lili", {}, "[]", R"(,"phone":"13911112222")");
  const auto role = api.make_role("r", "company", R"(["user:read"])");
  api.hire("curious", {role});
  api.as("curious");
  CHECK(api.total("/users?search=13911") == 0);
  CHECK(api.total("/users?search=13911112222") == 1);
  CHECK(api.as("property").total("/users?search=13911") == 1);
  // Neither in the list of a company's accounts.
  const auto reader = api.as("provider").make_role("r", "all", R"(["property:read","user:read"])", "provider");
  api.hire("reader2", {reader});
  const auto accounts = api.as("reader2").ask(Method::get, "/properties/" + number(api.id["property"]) + "/accounts", {}, 200);
  CHECK(boost::json::serialize(accounts).find("13911112222") == std::string::npos);
  CHECK(boost::json::serialize(accounts).find("139****2222") != std::string::npos);
}
