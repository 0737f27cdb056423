// Communities through the whole API, the ledger and the real store.

#include "platform/catalog/catalog.hpp"
#include "platform/http/handlers.hpp"
#include "platform/http/routes.hpp"
#include "tests/unit/platform/http/office.hpp"

using namespace anju;
using namespace anju::platform;

namespace {

const std::string kNew = R"("code":"tianjia","name":"田家园","kind":"residential","province":"广东省","city":"深圳市",)"
                         R"("address":"福田区 1 号","contact":"孙悦","phone":"0755-1","latitude":"22.5431","longitude":"114.0579")";

std::string changed(int version, const std::string& more) {
  return R"({"version":)" + number(version) + R"(,"name":"田家园","kind":"residential","utc_offset_minutes":480,"greatest_power_w":100000)" + more + "}";
}

}  // namespace

TEST_CASE("communities: every change of what the ledger writes has a handler of its own") {
  for (const Route& route : routes()) {
    if (route.resource == nullptr || route.method == Method::get || route.resource->writer == catalog::Writer::office) continue;
    if (route.handle == &reveal_record) continue;  // shows, and changes nothing
    CAPTURE(std::string(route.operation_id));
    bool generic = false;
    for (const auto handle : {&create_record, &change_record, &enable_record, &disable_record, &remove_record, &import_records})
      generic = generic || route.handle == handle;
    CHECK_FALSE(generic);
  }
}

TEST_CASE("communities: ten-community-create: province, city, name, contact, phone, address and position are stored and shown") {
  Office office;
  const auto made = office.ask(Method::post, "/communities", "{" + kNew + "}", 201);
  CHECK(made.at("site").as_string() == "tianjia");
  CHECK(made.at("province").as_string() == "广东省");
  CHECK(made.at("latitude").as_string() == "22.543100");
  CHECK(made.at("longitude").as_string() == "114.057900");
  CHECK(made.at("utc_offset_minutes").as_int64() == 480);
  CHECK(made.at("greatest_power_w").as_int64() == 100'000);
  CHECK(made.at("version").as_int64() == 1);
  CHECK(made.at("enabled").as_bool());
  // It is a site like the first one: houses, gateways and selectors know it at once.
  office.ask(Method::post, "/areas", R"({"site":"tianjia","name":"东区"})", 201);
  office.ask(Method::post, "/gateways", R"({"id":"gw-t","name":"T","site":"tianjia","lines":[]})", 201);
  const auto sites = office.ask(Method::get, "/sites", {}, 200);
  REQUIRE(sites.as_array().size() == 2);
  CHECK(sites.at(1).at("city").as_string() == "深圳市");
  CHECK(sites.at(1).at("latitude").as_string() == "22.543100");
  CHECK(sites.at(0).as_object().if_contains("latitude") == nullptr);

  const std::string id = number(made.at("id").as_int64());
  const auto after = office.ask(Method::put, "/communities/" + id, changed(1, R"(,"city":"广州市")"), 200);
  CHECK(after.at("city").as_string() == "广州市");
  CHECK(after.at("latitude").is_null());
  CHECK(after.at("code").as_string() == "tianjia");
  CHECK(after.at("version").as_int64() == 2);
  office.refused(Method::put, "/communities/" + id, changed(1, ""), 409, "conflict", "");
}

TEST_CASE("communities: a form that sends back the masks of whom to call changes nobody") {
  Office office;
  const auto made = office.ask(Method::post, "/communities", "{" + kNew + "}", 201);
  CHECK(made.at("contact").as_string() == "孙**");
  const std::string path = "/communities/" + number(made.at("id").as_int64());
  const std::string masks = R"(,"contact":")" + std::string(made.at("contact").as_string()) + R"(","phone":")" + std::string(made.at("phone").as_string()) + "\"";
  CHECK(made.at("phone").as_string() != "0755-1");
  office.ask(Method::put, path, changed(1, masks), 200);
  const auto clear = office.ask(Method::post, path + "/reveal", "{}", 200);
  CHECK(clear.at("contact").as_string() == "孙悦");
  CHECK(clear.at("phone").as_string() == "0755-1");
}

TEST_CASE("communities: searched, sorted and paged like every list; ten-scope-uses: asked for by the kind of place") {
  Office office;
  for (const auto& [code, kind] : {std::pair{"b", "school"}, {"a", "office"}, {"c", "school"}})
    office.ask(Method::post, "/communities", std::string(R"({"code":")") + code + R"(","name":")" + code + R"(","kind":")" + kind + "\"}", 201);
  CHECK(office.total("/communities") == 4);
  CHECK(office.total("/communities?kind=school") == 2);
  CHECK(office.total("/communities?search=Sit") == 1);
  CHECK(office.total("/communities?site=a") == 1);
  const auto page = office.ask(Method::get, "/communities?sort=-code&page_size=2", {}, 200);
  CHECK(page.at("rows").at(1).at("code").as_string() == "c");
  office.refused(Method::get, "/communities?kind=castle", {}, 400, "bad_field", "kind");
}

TEST_CASE("communities: bad input names the field, and nothing is added") {
  Office office;
  const auto bad = [&](const std::string& more, const char* field) {
    CAPTURE(more);
    office.refused(Method::post, "/communities", R"({"name":"N","kind":"school",)" + more + "}", 400, "bad_field", field);
  };
  bad(R"("code":"two words")", "code");
  bad(R"("code":"n","latitude":"1")", "longitude");
  bad(R"("code":"n","longitude":"1")", "latitude");
  bad(R"("code":"n","latitude":"90.000001","longitude":"1")", "latitude");
  bad(R"("code":"n","latitude":"1.1234567","longitude":"1")", "latitude");
  bad(R"("code":"n","greatest_power_w":0)", "greatest_power_w");
  bad(R"("code":"n","utc_offset_minutes":"480")", "utc_offset_minutes");
  office.refused(Method::post, "/communities", R"({"code":"elsewhere","name":"N","kind":"school"})", 409, "conflict", "code");
  office.refused(Method::post, "/communities", R"({"code":"n","name":"Site","kind":"school"})", 409, "conflict", "name");
  office.refused(Method::put, "/communities/1", R"({"version":1,"name":"Site","kind":"school","greatest_power_w":1})", 400, "bad_field",
                 "utc_offset_minutes");
  CHECK(office.total("/communities") == 1);
}

TEST_CASE("communities: a disabled one takes no new houses, gateways or meters; its money goes on") {
  Office office;
  office.ask(Method::post, "/communities/1/disable", "{}", 200);
  office.refused(Method::post, "/areas", R"({"site":"site","name":"x"})", 409, "disabled", "site");
  office.refused(Method::post, "/gateways", R"({"id":"g2","name":"G","site":"site","lines":[]})", 409, "disabled", "site");
  office.ask(Method::post, "/meters/1/recharges", R"({"id":"k1","amount":"10","method":"cash"})", 201);
  CHECK_FALSE(office.ask(Method::get, "/sites", {}, 200).at(0).at("enabled").as_bool());
  office.ask(Method::post, "/communities/1/enable", "{}", 200);
  office.add("areas", R"("name":"x")");
}

TEST_CASE("communities: one with anything below it is not deleted, and the refusal says with what") {
  Office office;
  office.refused(Method::del, "/communities/1", {}, 409, "in_use", "gateways");
  const std::string id = number(office.ask(Method::post, "/communities", "{" + kNew + "}", 201).at("id").as_int64());
  office.ask(Method::post, "/areas", R"({"site":"tianjia","name":"东区"})", 201);
  office.refused(Method::del, "/communities/" + id, {}, 409, "in_use", "areas");
  office.ask(Method::del, "/areas/1", {}, 204);
  office.ask(Method::del, "/communities/" + id, {}, 204);
  office.refused(Method::get, "/communities/" + id, {}, 404, "not_found", "");
  CHECK(office.ask(Method::get, "/sites", {}, 200).as_array().size() == 1);
}

TEST_CASE("communities: a refusal says in words what uses it, also who is bound to it") {
  Office office;
  const std::string id = number(office.ask(Method::post, "/communities", "{" + kNew + "}", 201).at("id").as_int64());
  const std::string user = number(office.ask(Method::post, "/users", R"({"login":"zhao","name":"赵"})", 201).at("id").as_int64());
  office.ask(Method::put, "/users/" + user + "/sites", R"({"was":[],"sites":["tianjia"]})", 204);
  const auto refused = office.ask(Method::del, "/communities/" + id, {}, 409);
  CHECK(refused.at("field").as_string() == "users");
  CHECK(refused.at("message").as_string() == "it is still used by: Users; change or delete those first");
  CHECK(office.ask(Method::del, "/communities/1", {}, 409).at("message").as_string() == "it is still used by: gateways; change or delete those first");
  office.ask(Method::put, "/users/" + user + "/sites", R"({"was":["tianjia"],"sites":[]})", 204);
  office.ask(Method::del, "/communities/" + id, {}, 204);
}

TEST_CASE("communities: a removed one sets no calendar, is not counted, and is bound to nobody") {
  Office office;
  const auto made = office.ask(Method::post, "/communities", "{" + kNew + "}", 201);
  office.ask(Method::del, "/communities/" + number(made.at("id").as_int64()), {}, 204);
  CHECK(office.ask(Method::get, "/energy", {}, 200).at("sites").as_array().size() == 1);
  CHECK(office.ask(Method::get, "/home", {}, 200).at("counters").at("communities").as_int64() == 1);
  const auto tree = office.ask(Method::get, "/organisations/tree", {}, 200);
  for (const auto& node : tree.as_array()) CHECK(node.at("sites").as_int64() == 1);
}

TEST_CASE("communities: a change and its audit row are one transaction, and a contact's data is not in it") {
  Office office;
  office.ask(Method::post, "/communities", "{" + kNew + "}", 201);
  int seen = 0;
  const auto audit = office.ask(Method::get, "/audit?page_size=100&action=create_community", {}, 200);
  for (const auto& row : audit.at("rows").as_array()) {
    const std::string detail(row.at("detail").as_string());
    CHECK(detail.find("孙悦") == std::string::npos);
    CHECK(detail.find("0755-1") == std::string::npos);
    CHECK(detail.find("code=tianjia") != std::string::npos);
    CHECK(row.at("result").as_string() == "ok");
    ++seen;
  }
  CHECK(seen == 1);
}

TEST_CASE("projects: ten-project-menu: every community of the account with its counts, and lists narrowed to one") {
  Office office;
  office.ask(Method::post, "/communities", "{" + kNew + "}", 201);
  office.ask(Method::post, "/gateways", R"({"id":"gw-t","name":"T","site":"tianjia","lines":[]})", 201);
  const auto projects = office.ask(Method::get, "/projects", {}, 200);
  REQUIRE(projects.as_array().size() == 2);
  CHECK(projects.at(0).at("meters").as_int64() == 3);
  CHECK(projects.at(0).at("gateways").as_int64() == 1);
  CHECK(projects.at(0).at("gateways_online").as_int64() == 1);
  CHECK(projects.at(1).at("meters").as_int64() == 0);
  CHECK(projects.at(1).at("gateways").as_int64() == 1);
  CHECK(projects.at(1).at("gateways_online").as_int64() == 0);
  const auto home = office.ask(Method::get, "/home", {}, 200);
  CHECK(projects.at(0).at("meters_in_arrears").as_int64() == home.at("meters_in_arrears").as_int64());
  CHECK(projects.at(0).at("alarms").as_int64() == office.total("/alarms?active=true"));

  CHECK(office.total("/meters") == 3);
  CHECK(office.total("/meters?site=site") == 3);
  CHECK(office.total("/meters?site=tianjia") == 0);
  CHECK(office.total("/meters?site=elsewhere") == 0);
  CHECK(office.total("/alarms?site=tianjia") == 0);
  CHECK(office.total("/alarms?site=site") == office.total("/alarms"));
  CHECK(office.ask(Method::get, "/gateways?site=tianjia", {}, 200).as_array().size() == 1);
  CHECK(office.ask(Method::get, "/home?site=tianjia", {}, 200).at("meters").as_int64() == 0);
  CHECK(office.ask(Method::get, "/home?site=site", {}, 200).at("meters").as_int64() == 3);

  const Session mine = office.admin;
  office.admin = office.log_in("foreign");
  const auto foreign = office.ask(Method::get, "/projects", {}, 200);
  REQUIRE(foreign.as_array().size() == 1);
  CHECK(foreign.at(0).at("id").as_string() == "elsewhere");
  CHECK(office.total("/meters?site=site") == 0);
}
