#include "platform/http/handlers.hpp"
#include "platform/http/routes.hpp"

#include "platform/catalog/masking.hpp"
#include "platform/domain/rights.hpp"
#include "platform/http/error.hpp"
#include "platform/http/openapi.hpp"
#include "platform/catalog/catalog.hpp"
#include "tests/unit/platform/http/sample_rows.hpp"
#include "tests/unit/platform/http/tenants.hpp"

using namespace anju;
using namespace anju::platform;

namespace {

std::string_view verb(Method method) {
  switch (method) {
    case Method::get: return "get";
    case Method::post: return "post";
    case Method::put: return "put";
    case Method::del: return "delete";
  }
  return "?";
}

std::string line(std::string_view method, std::string_view path, std::string_view operation,
                 std::string_view permission) {
  return std::string(method) + " " + std::string(path) + " " + std::string(operation) + " " + std::string(permission);
}

/// A path with every {name} filled in. known: what stands for some of them; 1 for the rest.
std::string concrete(std::string_view path, const std::map<std::string, std::string>& known = {}) {
  std::string out;
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (path[i] != '{') {
      out += path[i];
      continue;
    }
    const auto name = path.substr(i + 1, path.find('}', i) - i - 1);
    const auto found = known.find(std::string(name));
    out += found != known.end() ? found->second : name == "gateway" ? "gw" : name == "command" ? "trip-1" : "1";
    i = path.find('}', i);
  }
  return out;
}

}  // namespace

TEST_CASE("routes: the table and openapi.json name the same endpoints with the same permissions") {
  std::set<std::string> in_table, in_file;
  for (const Route& route : routes())
    in_table.insert(line(verb(route.method), route.path, route.operation_id, route.permission));
  const auto description = boost::json::parse(openapi_text());
  for (const auto& path : description.at("paths").as_object())
    for (const auto& operation : path.value().as_object())
      in_file.insert(line(operation.key(), path.key(), operation.value().at("operationId").as_string(),
                          operation.value().at("x-permission").as_string()));
  CHECK(in_table.size() == routes().size());
  CHECK(in_table == in_file);
}

TEST_CASE("routes: the description that is served is the file and the catalogue") {
  ApiFixture fixture;
  CHECK(fixture.call(Method::get, "/openapi.json").body == openapi_text());
}

TEST_CASE("routes: the description names every code of a refusal") {
  const auto description = boost::json::parse(openapi_text());
  const std::string codes(
      description.at_pointer("/components/schemas/Error/properties/code/description").as_string().c_str());
  for (int i = 0; i <= static_cast<int>(Refusal::internal); ++i) {
    const std::string code(to_string(static_cast<Refusal>(i)));
    CAPTURE(code);
    CHECK((codes + ",").find(" " + code + ",") != std::string::npos);
  }
}

TEST_CASE("rights: of every endpoint a stranger sees 401, and nothing happens") {
  ApiFixture fixture;
  int seen = 0;
  for (const Route& route : routes()) {
    if (route.permission == "public") continue;
    CAPTURE(route.operation_id);
    CHECK(fixture.call(route.method, concrete(route.path)).status == 401);
    CHECK(fixture.call(route.method, concrete(route.path), "{}", {"invented", "invented"}).status == 401);
    ++seen;
  }
  CHECK(seen == static_cast<int>(routes().size()) - 7);
}

TEST_CASE("rights: without its permission every endpoint answers 403 and leaves an audit row") {
  ApiFixture fixture;
  const Session session = fixture.log_in("nobody");
  int denied = 0;
  for (const Route& route : routes()) {
    if (!is_of_the_staff(route) || route.permission == "self") continue;
    CAPTURE(route.operation_id);
    const Response response = fixture.call(route.method, concrete(route.path), "{}", session);
    CHECK(response.status == 403);
    CHECK(response.code == "forbidden");
    ++denied;
  }
  CHECK(fixture.site.count("SELECT count(*) FROM audit WHERE who = 'nobody' AND result = 'forbidden'") == denied);
}

TEST_CASE("rights: one permission opens exactly its endpoints") {
  ApiFixture fixture;
  const Session session = fixture.log_in("reader");
  for (const Route& route : routes()) {
    if (!is_of_the_staff(route) || route.permission == "self") continue;
    CAPTURE(route.operation_id);
    const int status = fixture.call(route.method, concrete(route.path), "{}", session).status;
    if (route.permission == "meter:read") {
      CHECK(status == 200);
    } else {
      CHECK(status == 403);
    }
  }
}

TEST_CASE("rights: what belongs to another organisation is not there") {
  Tenants fixture;
  // A row 1 of every resource of the catalogue; of organisations one of each kind.
  const Session owner = fixture.log_in("admin");
  std::map<std::string, std::string> known;
  for (const char* kind : {"operator", "provider", "property", "collective", "merchant"}) known[kind] = std::to_string(fixture.id.at(kind));
  std::size_t made = 0;
  for (bool further = true; further;) {  // those that refer to others after them
    further = false;
    for (const catalog::Resource* resource : catalog::resources()) {
      if (resource->place == catalog::Place::tree || (resource->actions & catalog::kCreate) == 0) continue;
      if (fixture.call(Method::get, "/" + std::string(resource->name) + "/1", "", owner).status == 200) continue;
      const Response response = fixture.call(Method::post, "/" + std::string(resource->name), sample_body(*resource, false), owner);
      const bool allowed = may_hold(OrganisationKind::property, std::string(resource->right) + ":create");
      CHECK_MESSAGE((allowed ? response.status == 201 || response.status == 404 : response.status == 403), response.body);
      further = further || response.status == 201;
      made += response.status == 201;
    }
  }
  // Organisations and a community are there, and so are the people, roles and departments that they began with; merchants are of providers.
  CHECK(made + 6 + 3 + 1 == catalog::resources().size());
  const Session session = fixture.log_in("foreign");
  const std::map<std::string, std::string> bodies{
      {"change_meter_settings",
       R"({"name":"x","mode":"prepaid","alarm_1":"20","alarm_2":"10","overdraft":"0","auto_trip":true})"},
      {"change_meter_price_plan", R"({"price_plan":1})"},
      {"withdraw_meter", "{}"},
      {"change_meter_device", R"({"address":"000000000001","profile":{"dialect":"dlt645-2007"}})"},
      {"dismiss_found_device", R"({"dismissed":true})"},
      {"order_command", R"({"id":"c9","kind":"trip"})"},
      {"accept_reading", R"({"billed":"1","register_at":0})"},
      {"recharge", R"({"id":"k9","amount":"1","method":"cash"})"},
      {"open_household", R"({"id":"o9","customer":"x","settlement_method":"cash","opened_on":0,"price_plan":1,"mode":"prepaid","alarm_1":"20","alarm_2":"10","overdraft":"0","auto_trip":true})"},
      {"settle_household", R"({"id":"s9","reading":0,"balance":"0","method":"cash","close":false})"},
      {"adjust_balance", R"({"id":"a9","amount":"1","balance":"0","note":"x"})"},
      {"change_register", R"({"id":"g9","kind":"typed","last":{"total":"5"}})"},
      {"change_switch_schedule", R"({"schedule":[]})"},
      {"change_annual_fee", R"({"yearly":null})"},
      {"pay_annual_fee", R"({"id":"f9","yearly":"120","paid_until":"2026-01-01","years":1,"method":"cash"})"},
      {"change_subscribers", R"({"version":0,"rows":[{"name":"x","mobile":"13800000000","language":"en","kinds":["cut_off"]}]})"},
      {"clear_alarm", R"({"note":"seen"})"},
      {"share_meter", "{}"},
      {"revoke_gateway", R"({"note":"x"})"},
      {"order_upgrade", R"({"release":1})"},
      {"change_price_plan", R"({"name":"mine","kind":"total","total":"0.1"})"},
      {"reject_provider", R"({"note":"x"})"},
      {"move_meter", R"({"room":1})"},

      {"change_user_roles", R"({"was":[],"roles":[]})"},
      {"change_user_sites", R"({"was":[],"sites":[]})"},
      {"reset_password", "{}"},
      {"change_role_users", R"({"was":[],"users":[]})"},
      {"change_department_sites", R"({"was":[],"sites":[]})"}};
  int seen = 0;
  for (const Route& route : routes()) {
    if (route.path.find('{') == std::string_view::npos || route.permission == "bound") continue;
    CAPTURE(route.operation_id);
    const auto given = bodies.find(std::string(route.operation_id));
    std::string body = given == bodies.end() ? std::string() : given->second;
    if (route.resource != nullptr && route.method == Method::put) body = sample_body(*route.resource, true);
    if (route.operation_id.ends_with("_account")) body = R"({"login":"mine","name":"x"})";
    // A property company holds no rights about what cannot stand below it.
    const bool reads = route.handle != &reveal_record || may_hold(OrganisationKind::property, std::string(route.resource->right) + ":read");
    const int expected = reads && may_hold(OrganisationKind::property, route.permission) ? 404 : 403;
    CHECK(fixture.call(route.method, concrete(route.path, known), body, session).status == expected);
    ++seen;
  }
  int personal = 0;
  for (const catalog::Resource* resource : catalog::resources()) personal += catalog::has_personal(*resource);
  CHECK(seen == 31 + 5 + 2 + 13 + 5 + 4 + 8 + 6 + 4 + 4 + 3 + static_cast<int>(catalog::resources().size()) * 5 + personal);  // jobs; reveal of what holds personal data
  for (const char* list : {"/meters", "/alarms"})
    CHECK(ApiFixture::json(fixture.call(Method::get, list, "", session)).at("total").as_int64() == 0);
  const auto audit = ApiFixture::json(fixture.call(Method::get, "/audit", "", session));
  CHECK(audit.at("rows").as_array().size() > 0);
  for (const auto& row : audit.at("rows").as_array()) CHECK(row.at("who").as_string() == "foreign");
  CHECK(fixture.call(Method::get, "/gateways", "", session).body == "[]");
  CHECK(fixture.call(Method::get, "/price-plans", "", session).body == "[]");
  CHECK(ApiFixture::json(fixture.call(Method::get, "/home", "", session)).at("meters").as_int64() == 0);
}
