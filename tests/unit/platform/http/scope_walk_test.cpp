// Every endpoint as each role that an organisation starts with, and as somebody who is bound to one of two communities.

#include "platform/http/handlers.hpp"
#include "platform/catalog/catalog.hpp"
#include "platform/catalog/presets.hpp"
#include "tests/unit/platform/http/sample_rows.hpp"
#include "tests/unit/platform/http/staff.hpp"

using namespace anju;
using namespace anju::platform;

namespace {

std::string number(std::int64_t value) { return std::to_string(value); }

std::string concrete(std::string_view path) {
  std::string out;
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (path[i] != '{') {
      out += path[i];
      continue;
    }
    const auto name = path.substr(i + 1, path.find('}', i) - i - 1);
    out += name == "gateway" ? "gw" : name == "command" ? "trip-1" : "1";
    i = path.find('}', i);
  }
  return out;
}

/// Row 1 of every resource of communities, at the site "site" of organisation 1.
void fill(Staff& api) {
  api.as("admin");
  for (bool further = true; further;) {
    further = false;
    for (const catalog::Resource* resource : catalog::resources()) {
      if (resource->place != catalog::Place::site || (resource->actions & catalog::kCreate) == 0) continue;
      if (api.call(Method::get, "/" + std::string(resource->name) + "/1", "", api.session).status == 200) continue;
      further = api.call(Method::post, "/" + std::string(resource->name), sample_body(*resource, false), api.session).status == 201 || further;
    }
  }
}

}  // namespace

TEST_CASE("rights: each preset role opens exactly what it holds") {
  Staff api;
  fill(api);
  for (const catalog::Preset& preset : catalog::presets(OrganisationKind::property)) {
    CAPTURE(preset.name);
    const std::string login = "p" + number(static_cast<std::int64_t>(api.user.size()) + 100);
    api.as("admin").hire(login, {api.role(std::string(preset.name))}, R"(["site"])");
    const Session session = api.log_in(login);
    const bool everything = preset.permissions.front() == kEverything;
    std::set<std::string> held(preset.permissions.begin(), preset.permissions.end());
    if (everything) {
      held.clear();
      for (const auto code : all_permissions())
        if (may_hold(OrganisationKind::property, code)) held.emplace(code);
    }
    std::set<std::string> said;
    const auto shown = ApiFixture::json(api.call(Method::get, "/session", "", session));
    for (const auto& one : shown.at("permissions").as_array()) said.emplace(one.as_string());
    CHECK(said == held);
    int open = 0, closed = 0;
    for (const Route& route : routes()) {
      if (!is_of_the_staff(route) || route.permission == "self") continue;
      CAPTURE(route.operation_id);
      // A body that every endpoint refuses, so that nothing changes between two of them; what takes none is asked of a row that is not there.
      const bool without_body = route.method == Method::del || route.path.ends_with("/enable") || route.path.ends_with("/disable");
      std::string path = concrete(route.path);
      if (without_body) std::replace(path.begin(), path.end(), '1', '9');
      const Response response = api.call(route.method, path, route.method == Method::get || without_body ? "" : R"({"nothing":1,"scope":1})", session);
      const bool forbidden = response.code == "forbidden";
      // Who may see personal data sees that of rows that he may read.
      const bool reads = route.handle != &reveal_record || held.contains(std::string(route.resource->right) + ":read");
      CHECK(forbidden == !(reads && held.contains(std::string(route.permission))));
      (forbidden ? closed : open) += 1;
    }
    if (!everything) CHECK(closed > 0);
    CHECK(open > 0);
  }
}

TEST_CASE("rights: ten-house-auditor-role: sees the houses of his communities and nothing else") {
  Staff api;
  fill(api);
  api.as("admin").hire("auditor", {api.role("房屋审核员")}, R"(["site"])");
  api.as("auditor");
  CHECK(api.total("/houses") == 1);
  for (const Route& route : routes()) {
    if (!is_of_the_staff(route) || route.permission == "self" || route.permission == "house:read") continue;
    CAPTURE(route.operation_id);
    CHECK(api.call(route.method, concrete(route.path), "{}", api.session).status == 403);
  }
}

TEST_CASE("rights: ten-community-admin-role: runs his communities, and neither people, gateways nor prices") {
  Staff api;
  fill(api);
  api.as("admin").hire("community", {api.role("小区管理员")}, R"(["site"])");
  api.as("community");
  api.ask(Method::post, "/areas", R"({"site":"site","name":"花园"})", 201);
  api.ask(Method::get, "/meters/1", {}, 200);
  for (const char* path : {"/users", "/roles", "/departments", "/audit"}) CHECK(api.call(Method::get, path, "", api.session).status == 403);
  CHECK(api.call(Method::post, "/price-plans", R"({"name":"mine","kind":"total","total":"0.1"})", api.session).status == 403);
  CHECK(api.call(Method::post, "/gateways", "{}", api.session).status == 403);
}

TEST_CASE("scope: ten-multi-community-scope: who is bound to one community finds nothing of another, through any endpoint") {
  Staff api;
  fill(api);
  api.sql("INSERT INTO site(id, organisation, code, name, utc_offset_minutes, greatest_power_w, created_ms)"
          " VALUES((SELECT max(id) + 1 FROM site), 1, 'second', 'Second', 480, 100000, 0)");
  api.as("admin").hire("here", {api.make_role("everything here", "sites", "[]")}, R"(["site"])");
  api.hire("there", {}, R"(["second"])");
  // Everything that a company may hold, at the communities bound to him.
  api.sql("UPDATE role SET permissions = '*' WHERE name = 'everything here'");
  api.ask(Method::put, api.of("there") + "/roles", R"({"was":[],"roles":[)" + number(api.role("everything here")) + "]}", 204);
  const Session here = api.log_in("here"), there = api.log_in("there");
  const std::map<std::string, std::string> bodies{
      {"change_meter_settings", R"({"name":"x","mode":"prepaid","alarm_1":"20","alarm_2":"10","overdraft":"0","auto_trip":true})"},
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
      {"share_meter", "{}"},
      {"revoke_gateway", R"({"note":"x"})"},
      {"order_upgrade", R"({"release":1})"},
      {"clear_alarm", R"({"note":"seen"})"}};
  int seen = 0, lists = 0;
  for (const Route& route : routes()) {
    CAPTURE(route.operation_id);
    const bool of_site = route.resource != nullptr ? route.resource->place == catalog::Place::site
                                                   : route.permission.starts_with("meter:") || route.permission.starts_with("gateway:") || route.permission.starts_with("alarm:");
    if (!of_site || route.permission == "public" || route.operation_id.starts_with("template_")) continue;
    if (route.resource != nullptr && !route.resource->of_site && route.path.find('{') == std::string_view::npos) continue;  // below
    const bool of_row = route.path.find('{') != std::string_view::npos;
    if (of_row) {
      const auto given = bodies.find(std::string(route.operation_id));
      std::string body = given == bodies.end() ? std::string() : given->second;
      if (route.resource != nullptr && route.method == Method::put) body = sample_body(*route.resource, true);
      CHECK(api.call(route.method, concrete(route.path), body, there).status == 404);
      // The same question is answered where he belongs: the 404 is the scope's.
      if (route.method == Method::get) CHECK(api.call(route.method, concrete(route.path), "", here).status == 200);
      ++seen;
    } else if (route.handle == &import_records) {
      CHECK(api.call(route.method, std::string(route.path) + "?site=site", "x", there).status == 404);
      ++seen;
    } else if (route.method == Method::post && route.resource != nullptr) {
      CHECK(api.call(route.method, concrete(route.path), sample_body(*route.resource, false), there).status == 404);
      ++seen;
    } else if (route.handle == &export_records) {
      for (const auto& [who, rows] : {std::pair(there, "rows=0"), std::pair(here, "rows=1")}) {
        CHECK(api.call(route.method, std::string(route.path), "", who).status == 200);
        CHECK(api.site.count("SELECT count(*) FROM audit WHERE action = '" + std::string(route.operation_id) + "' AND detail LIKE '%" + rows + "%'") == 1);
      }
      ++seen;
    } else if (route.method == Method::get && route.resource != nullptr) {
      CHECK(ApiFixture::json(api.call(route.method, std::string(route.path), "", there)).at("total").as_int64() == 0);
      CHECK(ApiFixture::json(api.call(route.method, std::string(route.path), "", here)).at("total").as_int64() > 0);
      ++lists;
    }
  }
  CHECK(seen > 70);
  CHECK(lists > 10);
  // A community is its own site: each sees his, and who is bound to some adds none.
  for (const auto& [who, site] : {std::pair(here, "site"), std::pair(there, "second")}) {
    const auto communities = ApiFixture::json(api.call(Method::get, "/communities", "", who)).at("rows").as_array();
    REQUIRE(communities.size() == 1);
    CHECK(communities.at(0).at("code").as_string() == site);
    CHECK(api.call(Method::post, "/communities", sample_body(*catalog::find("communities"), false), who).status == 403);
  }
  for (const char* list : {"/meters", "/alarms"}) {
    CHECK(ApiFixture::json(api.call(Method::get, list, "", there)).at("total").as_int64() == 0);
    CHECK(ApiFixture::json(api.call(Method::get, list, "", here)).at("total").as_int64() > 0);
  }
  CHECK(api.call(Method::get, "/gateways", "", there).body == "[]");
  CHECK(ApiFixture::json(api.call(Method::get, "/home", "", there)).at("meters").as_int64() == 0);
  CHECK(ApiFixture::json(api.call(Method::get, "/sites", "", there)).as_array().size() == 1);
  // The log names no community, so he sees what he did himself.
  const auto log = ApiFixture::json(api.call(Method::get, "/audit", "", there));
  for (const auto& row : log.at("rows").as_array()) CHECK(row.at("who").as_string() == "there");
  // A plan of all communities is not his to change or to make.
  const std::string plan = R"({"name":"mine","kind":"total","total":"0.1"})";
  CHECK(api.call(Method::put, "/price-plans/1", plan, there).code == "beyond_own_rights");
  CHECK(api.call(Method::post, "/price-plans", plan, there).code == "beyond_own_rights");
  // Of people he sees himself.
  CHECK(ApiFixture::json(api.call(Method::get, "/users", "", there)).at("total").as_int64() == 1);
  CHECK(ApiFixture::json(api.call(Method::get, "/departments", "", there)).at("total").as_int64() == 0);
}
