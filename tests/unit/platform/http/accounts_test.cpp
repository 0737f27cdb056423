// Reviews, accounts, registrations and statistics of organisations, and acting for one below the own: through the whole API.

#include <boost/json/serialize.hpp>

#include "platform/domain/organisation.hpp"
#include "tests/unit/platform/http/tenants.hpp"

using namespace anju;
using namespace anju::platform;

namespace {

std::string number(std::int64_t value) { return std::to_string(value); }

std::string text(const boost::json::value& object, const char* name) { return std::string(object.at(name).as_string()); }

struct Reviews : Tenants {
  std::string waiting;  ///< path of a provider that waits
  explicit Reviews(const std::string& phone = "13900000001") {
    as("system");
    waiting = "/providers/" + number(ask(Method::post, "/providers", R"({"name":"新服务商","contact":"陈","phone":")" + phone + "\"}", 201).at("id").as_int64());
  }
  std::int64_t users(const std::string& login) { return site.count("SELECT count(*) FROM user WHERE login = '" + login + "'"); }
};

}  // namespace

TEST_CASE("accounts: ten-provider-review: approved makes a login of the mobile with a password that is shown once; rejected makes none") {
  Reviews api;
  CHECK(text(api.ask(Method::get, api.waiting, {}, 200), "review") == "pending");
  api.ask(Method::post, api.waiting + "/reject", R"({"note":"资料不全"})", 204);
  const auto rejected = api.ask(Method::get, api.waiting, {}, 200);
  CHECK(text(rejected, "review") == "rejected");
  CHECK(text(rejected, "review_note") == "资料不全");
  CHECK(api.users("13900000001") == 0);
  api.refused(Method::post, api.waiting + "/reject", R"({"note":"x"})", 409, "conflict", "review");

  const auto made = api.ask(Method::post, api.waiting + "/approve", "{}", 200);
  CHECK(text(made, "login") == "13900000001");
  CHECK(text(api.ask(Method::get, api.waiting, {}, 200), "review") == "approved");
  const Response in = api.try_login("13900000001", text(made, "password"));
  CHECK(in.status == 200);
  CHECK(ApiFixture::json(in).at("must_change_password").as_bool());
  CHECK(text(ApiFixture::json(in).at("organisation"), "kind") == "provider");
  api.refused(Method::post, api.waiting + "/approve", "{}", 409, "conflict", "review");
  api.refused(Method::post, api.waiting + "/reject", R"({"note":"x"})", 409, "conflict", "review");
  CHECK(api.users("13900000001") == 1);
  CHECK(api.site.count("SELECT count(*) FROM audit WHERE action = 'approve_provider' AND result = 'ok'") == 1);
  CHECK(api.site.count("SELECT count(*) FROM audit WHERE detail LIKE '%" + text(made, "password") + "%' OR detail LIKE '%13900000001%'") == 0);
}

TEST_CASE("accounts: ten-provider-review: nobody approves himself, his like or what is above him") {
  Reviews api;
  api.sql("UPDATE organisation SET review = 'pending' WHERE name = 'provider'");
  const auto denied = [&](const char* who, const std::string& target) {
    CAPTURE(who);
    if (!api.as(who).may("provider:review")) {  // no provider may stand below
      api.refused(Method::post, target + "/approve", "{}", 403, "forbidden", "");
      api.refused(Method::post, target + "/reject", R"({"note":"x"})", 403, "forbidden", "");
      return;
    }
    api.refused(Method::post, target + "/approve", "{}", 404, "not_found", "providers");
    api.refused(Method::post, target + "/reject", R"({"note":"x"})", 404, "not_found", "providers");
  };
  denied("provider", api.path("providers", "provider"));
  denied("provider", api.waiting);
  denied("property", api.path("providers", "provider"));
  denied("stranger", api.path("providers", "provider"));
  denied("operator", api.waiting);
  denied("system", api.path("providers", "property"));  // of another kind
  CHECK(api.site.count("SELECT count(*) FROM organisation WHERE review = 'pending'") == 2);
  api.add("clerk", kSystemOrganisation, {"provider:read", "provider:edit", "provider:create"}, false, false);
  api.as("clerk").refused(Method::post, api.waiting + "/approve", "{}", 403, "forbidden", "");
}

TEST_CASE("accounts: nothing is added below a provider that was not approved") {
  Reviews api;
  const std::string id = api.waiting.substr(api.waiting.rfind('/') + 1);
  for (const char* state : {"pending", "rejected"}) {
    api.sql(std::string("UPDATE organisation SET review = '") + state + "' WHERE id = " + id);
    api.refused(Method::post, "/merchants", R"({"name":"x","organisation":)" + id + "}", 409, "disabled", "organisation");
    api.refused(Method::post, api.waiting + "/account", R"({"name":"x"})", 409, "disabled", "organisation");
  }
}

TEST_CASE("accounts: ten-provider-mobile-login: a mobile that became somebody's login meanwhile makes no second one") {
  Reviews api;
  api.add("13900000001", 1, {}, false, false);
  api.refused(Method::post, api.waiting + "/approve", "{}", 409, "conflict", "phone");
  CHECK(text(api.ask(Method::get, api.waiting, {}, 200), "review") == "pending");
  CHECK(api.users("13900000001") == 1);
}

TEST_CASE("accounts: ten-property-company-account ten-operator-create: the one above makes the first login, once, and sees it") {
  Tenants api;
  const std::string fresh = "/properties/" + number(api.as("provider").ask(Method::post, "/properties", R"({"name":"新物业","phone":"13900000001"})", 201).at("id").as_int64());
  CHECK(api.ask(Method::get, fresh + "/accounts", {}, 200).as_array().empty());
  const auto made = api.ask(Method::post, fresh + "/account", R"({"name":"白晓华","email":"b@c.cn"})", 201);
  CHECK(text(made, "login") == "13900000001");
  CHECK(api.try_login("13900000001", text(made, "password")).status == 200);
  const auto accounts = api.ask(Method::get, fresh + "/accounts", {}, 200);
  REQUIRE(accounts.as_array().size() == 1);
  CHECK(text(accounts.at(0), "name") == "白晓华");
  CHECK(accounts.at(0).at("administrator").as_bool());
  CHECK(boost::json::serialize(accounts).find("argon2") == std::string::npos);
  api.refused(Method::post, fresh + "/account", R"({"name":"x","login":"other"})", 409, "conflict", "account");

  // A name and a password of one's own choice; an operating company has no mobile to log in by.
  const std::string company = "/operators/" + number(api.as("system").ask(Method::post, "/operators", R"({"name":"运营"})", 201).at("id").as_int64());
  api.refused(Method::post, company + "/account", R"({"name":"x"})", 400, "bad_field", "login");
  api.refused(Method::post, company + "/account", R"({"name":"x","login":"admin"})", 409, "conflict", "login");
  api.refused(Method::post, company + "/account", R"({"name":"x","login":"13800000002"})", 409, "conflict", "login");  // a provider's mobile
  api.refused(Method::post, company + "/account", R"({"name":"x","login":"zhanjia","phone":"13800000002"})", 409, "conflict", "phone");
  api.refused(Method::post, company + "/account", R"({"name":"x","login":"zhanjia","password":"short"})", 400, "bad_field", "password");
  for (const char* field : {"organisation", "permissions", "all_permissions", "roles"})
    api.refused(Method::post, company + "/account", std::string(R"({"name":"x","login":"zhanjia",")") + field + R"(":1})", 400, "bad_field", field);
  CHECK(text(api.ask(Method::post, company + "/account", R"({"name":"x","login":"zhanjia","password":"a good password"})", 201), "password") == "a good password");
  CHECK(api.try_login("zhanjia", "a good password").status == 200);
}

TEST_CASE("accounts: nobody makes or sees the accounts of an organisation that is not below him") {
  Tenants api;
  for (const auto& [who, resource, name] : std::initializer_list<std::array<const char*, 3>>{
           {"property", "properties", "sister"}, {"property", "properties", "property"}, {"property", "providers", "provider"},
           {"stranger", "properties", "property"}, {"stranger", "merchants", "merchant"}, {"system", "operators", "provider"}}) {
    CAPTURE(who);
    CAPTURE(name);
    const std::string target = api.as(who).path(resource, name);
    api.refused(Method::post, target + "/account", R"({"name":"x","login":"thief"})", 404, "not_found", "organisation");
    api.refused(Method::get, target + "/accounts", {}, 404, "not_found", "");
  }
  CHECK(api.site.count("SELECT count(*) FROM user WHERE login = 'thief'") == 0);
}

TEST_CASE("accounts: ten-provider-enable ten-group-property-enable: a disabled one gets no users; its own login still works") {
  Tenants api;
  const std::int64_t fresh = api.as("provider").ask(Method::post, "/properties", R"({"name":"x","phone":"13900000001"})", 201).at("id").as_int64();
  api.as("system").ask(Method::post, api.path("providers", "provider") + "/disable", "{}", 200);
  api.refused(Method::post, "/properties/" + number(fresh) + "/account", R"({"name":"x"})", 409, "disabled", "organisation");
  CHECK(api.try_login("provider", ApiFixture::kPassword).status == 200);
  CHECK(api.try_login("property", ApiFixture::kPassword).status == 200);
  api.as("property");
  CHECK(api.total("/meters") == 0);
}

TEST_CASE("accounts: ten-community-create: communities are of property companies, and whoever is above acts for one of them") {
  Tenants api;
  const std::string community = R"({"code":"garden","name":"田家园","kind":"residential"})";
  for (const char* other : {"system", "operator", "provider", "collective", "merchant"})
    api.as(other).refused(Method::post, "/communities", community, 403, "forbidden", "");
  api.as("provider").ask(Method::put, "/session/organisation", R"({"organisation":)" + std::to_string(api.id["property"]) + "}", 200);
  api.ask(Method::post, "/communities", community, 201);
  CHECK(api.as("property").total("/communities?search=garden") == 1);
  CHECK(api.as("sister").total("/communities?search=garden") == 0);
}

TEST_CASE("accounts: ten-group-property-enable: a disabled one gets no gateways or communities; its meters work on") {
  Tenants api;
  const std::string gateway = R"({"id":"gw-2","name":"x","site":"site","lines":[{"id":"l1","uri":"tcp://127.0.0.1:1"}]})";
  api.as("system").ask(Method::post, "/properties/1/disable", "{}", 200);
  api.as("admin").refused(Method::post, "/gateways", gateway, 409, "disabled", "organisation");
  CHECK(api.keys.count("gw-2") == 0);
  api.refused(Method::post, "/communities", R"({"code":"garden","name":"田家园","kind":"residential"})", 409, "disabled", "organisation");
  CHECK(api.total("/meters") == 3);
  api.ask(Method::post, "/meters/1/recharges", R"({"id":"r-9","amount":"1","method":"cash"})", 201);
  api.as("system").ask(Method::post, "/properties/1/enable", "{}", 200);
  api.as("admin").ask(Method::post, "/gateways", gateway, 201);
}

TEST_CASE("accounts: ten-merchant-login: a stranger registers a provider that waits; the answer never says whether the mobile is known") {
  Tenants api;
  const auto apply = [&](const std::string& phone, const std::string& address) {
    Request request;
    request.method = Method::post;
    request.path = "/api/v1/registrations";
    request.content_type = "application/json";
    request.address = address;
    request.body = R"({"name":"新商户","contact":"赵","phone":")" + phone + R"(","email":"z@y.cn"})";
    return api.send(std::move(request));
  };
  const std::int64_t before = api.site.count("SELECT count(*) FROM organisation");
  const Response fresh = apply("13900000001", "198.51.100.1");
  CHECK(fresh.status == 202);
  for (const char* known : {"13900000001", "13800000002", "13800000003"}) {  // twice; a provider's; a property's
    const Response again = apply(known, std::string("198.51.100.") + known[10]);
    CHECK(again.status == fresh.status);
    CHECK(again.body == fresh.body);
    CHECK(again.headers == fresh.headers);
  }
  CHECK(api.site.count("SELECT count(*) FROM organisation") == before + 1);
  CHECK(api.try_login("13900000001", "anything at all").status == 401);

  api.as("system");
  const auto rows = api.ask(Method::get, "/providers?review=pending", {}, 200).at("rows").as_array();
  REQUIRE(rows.size() == 1);
  CHECK(text(rows[0], "contact") == "赵**");
  CHECK(rows[0].at("organisation").at("id").as_int64() == kSystemOrganisation);
  const auto made = api.ask(Method::post, "/providers/" + number(rows[0].at("id").as_int64()) + "/approve", "{}", 200);
  CHECK(api.try_login("13900000001", text(made, "password")).status == 200);
  CHECK(api.site.count("SELECT count(*) FROM audit WHERE action = 'register_provider' AND organisation = " + number(kSystemOrganisation)) == 4);
  CHECK(api.site.count("SELECT count(*) FROM audit WHERE action = 'register_provider' AND (detail <> '' OR object LIKE '%139%')") == 0);
}

TEST_CASE("accounts: registrations are limited by address, and in all by how many may wait") {
  Tenants api;
  const auto apply = [&](const std::string& body, const std::string& address) {
    Request request;
    request.method = Method::post;
    request.path = "/api/v1/registrations";
    request.content_type = "application/json";
    request.address = address;
    request.body = body;
    return api.send(std::move(request));
  };
  const auto form = [](int n) { return R"({"name":"x","contact":"y","phone":"1391000)" + number(1000 + n) + "\"}"; };
  for (int i = 0; i < 5; ++i) CHECK(apply(form(i), "198.51.100.1").status == 202);
  const Response stopped = apply(form(5), "198.51.100.1");
  CHECK(stopped.status == 429);
  CHECK(stopped.code == "too_many");
  CHECK(apply(form(5), "198.51.100.2").status == 202);
  api.now = api.now + base::minutes(2);
  CHECK(apply(form(6), "198.51.100.1").status == 202);
  CHECK(apply(R"({"name":"x","contact":"y","phone":"1"})", "198.51.100.3").code == "bad_field");
  CHECK(apply(R"({"name":"x","contact":"y","phone":"13910001111","review":"approved"})", "198.51.100.3").code == "bad_field");
  CHECK(apply(R"({"name":"x","contact":"y","phone":"13910001111","kind":"system"})", "198.51.100.3").code == "bad_field");

  api.sql("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) INSERT INTO organisation(id, number, name, kind, parent, review, phone, created_ms)"
          " SELECT 500000 + i, 'n' || i, 'x', 'provider', 1000000000, 'pending', 'p' || i, 0 FROM n");
  const Response full = apply(form(7), "198.51.100.4");
  CHECK(full.code == "limit_reached");
  CHECK(apply(form(0), "198.51.100.5").body == full.body);  // a known mobile gets the same words
}

TEST_CASE("accounts: ten-property-company-create: several companies at once, all or none; an error names row and field") {
  Tenants api;
  api.as("provider");
  const auto rows = [](const std::string& list) { return R"({"rows":[)" + list + "]}"; };
  const std::string good = R"({"name":"甲","phone":"13900000001","contact":"钟"},{"name":"乙","phone":"13900000002"})";
  const std::int64_t before = api.total("/properties");
  api.refused(Method::post, "/properties/batch", rows(good + R"(,{"name":"丙","phone":"1"})"), 400, "bad_field", "rows[2].phone");
  api.refused(Method::post, "/properties/batch", rows(good + R"(,{"phone":"13900000003"})"), 400, "bad_field", "rows[2].name");
  api.refused(Method::post, "/properties/batch", rows(good + R"(,{"name":"丙","phone":"13900000002"})"), 409, "conflict", "rows[2].phone");
  api.refused(Method::post, "/properties/batch", rows(good + R"(,{"name":"丙","phone":"13800000005"})"), 409, "conflict", "rows[2].phone");
  api.refused(Method::post, "/properties/batch", rows(good + R"(,{"name":"丙","phone":"13900000003","organisation":)" + number(api.id["stranger"]) + "}"), 404, "not_found",
              "rows[2].organisation");
  api.refused(Method::post, "/properties/batch", rows(good + R"(,{"name":"丙","phone":"13900000003","number":"1"})"), 400, "bad_field", "rows[2].number");
  api.refused(Method::post, "/properties/batch", rows(""), 400, "bad_field", "rows");
  std::string many = good;
  for (int i = 0; i < 199; ++i) many += R"(,{"name":"x","phone":"1391000)" + number(1000 + i) + "\"}";
  api.refused(Method::post, "/properties/batch", rows(many), 400, "bad_field", "rows");
  CHECK(api.total("/properties") == before);
  CHECK(api.ask(Method::post, "/properties/batch", rows(good), 201).at("ids").as_array().size() == 2);
  CHECK(api.total("/properties") == before + 2);
  CHECK(api.site.count("SELECT count(*) FROM audit WHERE action = 'create_properties' AND result = 'ok' AND object LIKE 'property %'") == 2);
}

TEST_CASE("accounts: ten-group-property-crud: a property company is added below a provider, found by it, its name, mobile and state, and changed") {
  Tenants api;
  const std::string provider = number(api.id["provider"]);
  const auto made = api.as("system").ask(
      Method::post, "/properties",
      R"({"organisation":)" + provider + R"(,"name":"碧海物业","contact":"吴静","phone":"13900000001","email":"w@x.cn","province":"广东省","city":"湛江市","address":"海滨大道 8 号"})", 201);
  const std::string target = "/properties/" + number(made.at("id").as_int64());
  CHECK(text(made.at("organisation"), "title") == "provider");
  CHECK(text(made, "province") == "广东省");
  CHECK(api.total("/properties?organisation=" + provider + "&search=%E7%A2%A7%E6%B5%B7&enabled=true") == 1);
  CHECK(api.total("/properties?organisation=" + number(api.id["operator"]) + "&search=%E7%A2%A7%E6%B5%B7") == 0);
  CHECK(api.total("/properties?search=13900000001") == 1);
  const auto changed = api.as("provider").ask(
      Method::put, target, R"({"version":1,"name":"碧海集团","contact":"李","email":"l@x.cn","province":"广东省","city":"湛江市","address":"人民大道 1 号"})", 200);
  CHECK(text(changed, "address") == "人民大道 1 号");
  CHECK(text(changed, "phone") == "139****0001");
  api.ask(Method::post, target + "/disable", "{}", 200);
  CHECK(api.total("/properties?enabled=false") == 1);
  api.ask(Method::del, target, {}, 204);
  CHECK(api.site.count("SELECT count(*) FROM audit WHERE detail LIKE '%13900000001%' OR detail LIKE '%吴静%' OR detail LIKE '%w@x.cn%'") == 0);
}

TEST_CASE("accounts: ten-property-company-stats ten-multi-community-scope: sums are of all sites of a company, and of all companies below") {
  Tenants api;
  // A day of metering lies at Anju (1); it moves below the operator's company, which gets a second site.
  const auto whole = [&](const std::string& target) { return api.ask(Method::get, target + "/statistics", {}, 200); };
  api.as("system");
  const auto anju = whole("/properties/1");
  CHECK(anju.at("sites").as_int64() == 1);
  CHECK(anju.at("gateways").as_int64() == 1);
  CHECK(anju.at("meters").as_int64() == 3);
  CHECK(anju.at("staff").as_int64() == api.site.count("SELECT count(*) FROM user WHERE organisation = 1"));
  CHECK(anju.at("alarms").as_int64() == api.site.count("SELECT count(*) FROM alarm WHERE active = 1 AND organisation = 1"));
  CHECK(text(anju, "balance_yuan") == format(base::Money(api.site.count("SELECT sum(balance_micro_yuan) FROM account WHERE kind = 'meter' AND organisation = 1"))));
  const auto month = number((api.now + base::hours(8)).value / 86'400'000 - base::to_civil(api.now, 480).day + 1);
  CHECK(text(anju, "recharged_month_yuan") == format(base::Money(api.site.count("SELECT sum(recharged_micro_yuan) FROM site_day WHERE day >= " + month))));
  CHECK(text(anju, "energy_month_kwh") == format(base::Quantity(api.site.count("SELECT sum(quantity_e4) FROM site_day WHERE day >= " + month))));
  CHECK(text(anju, "recharged_month_yuan") != "0.00");

  const auto before = whole(api.path("providers", "provider"));
  CHECK(before.at("properties").as_int64() == 2);
  CHECK(before.at("sites").as_int64() == 2);
  CHECK(before.at("meters").as_int64() == 0);
  CHECK(before.at("staff").as_int64() == 5);  // its own, two properties', a collective's, a merchant's
  api.sql("UPDATE organisation SET parent = " + number(api.id["property"]) + " WHERE id = 1;"
          "INSERT INTO organisation_below(ancestor, descendant) VALUES(" + number(api.id["provider"]) + ", 1), (" + number(api.id["property"]) + ", 1)");
  const auto after = whole(api.path("providers", "provider"));
  CHECK(after.at("meters").as_int64() == 3);
  CHECK(after.at("sites").as_int64() == 3);
  CHECK(text(after, "balance_yuan") == text(anju, "balance_yuan"));
  CHECK(whole(api.path("operators", "operator")).at("properties").as_int64() == 1);

  // Next month nothing was recharged yet.
  api.now = api.now + base::hours(24 * 31);
  api.as("admin").session = api.log_in("system");
  CHECK(text(whole("/properties/1"), "recharged_month_yuan") == "0.00");
  for (const char* who : {"stranger", "foreign"}) {
    api.session = api.log_in(who);
    const bool may = api.may("property:read");
    api.refused(Method::get, "/properties/1/statistics", {}, may ? 404 : 403, may ? "not_found" : "forbidden", "");
  }
}

TEST_CASE("accounts: ten-multi-community-scope: the tree shows the own organisation and what is below it") {
  Tenants api;
  const auto names = [&](const std::string& who, const std::string& search) {
    std::string all;
    const auto tree = api.as(who).ask(Method::get, "/organisations/tree" + search, {}, 200);
    for (const auto& node : tree.as_array()) (all += all.empty() ? "" : " ") += text(node, "name");
    return all;
  };
  CHECK(names("provider", "") == "provider property collective sister merchant");
  CHECK(names("collective", "") == "collective");
  CHECK(names("provider", "?search=ist") == "sister");
  CHECK(names("provider", "?search=strange").empty());
  const auto tree = api.as("property").ask(Method::get, "/organisations/tree", {}, 200);
  CHECK(tree.at(0).at("parent").as_int64() == api.id["provider"]);
  CHECK(tree.at(0).at("sites").as_int64() == 1);
  CHECK(text(tree.at(0), "kind") == "property");
  CHECK(text(tree.at(0), "review") == "approved");
  CHECK(api.as("system").ask(Method::get, "/organisations/tree?search=Anju", {}, 200).as_array().size() == 2);
}

TEST_CASE("acting: one below the own is entered, all is then its, the audit says who, and one comes back") {
  Tenants api;
  api.as("system");
  CHECK(api.total("/meters") == 0);
  const auto inside = api.ask(Method::put, "/session/organisation", R"({"organisation":1})", 200);
  CHECK(text(inside.at("acting"), "name") == "Anju");
  CHECK(text(inside.at("organisation"), "kind") == "system");
  CHECK(api.total("/meters") == 3);
  CHECK(api.total("/providers") == 0);
  api.ask(Method::post, "/areas", R"({"site":"site","name":"东区"})", 201);
  CHECK(api.site.count("SELECT count(*) FROM audit WHERE organisation = 1 AND who = 'system' AND action IN ('enter_organisation', 'create_area')") == 2);
  api.make_api();  // a restart: it is the session that remembers
  CHECK(text(api.ask(Method::get, "/session", {}, 200).at("acting"), "name") == "Anju");
  CHECK(api.total("/areas") == 1);
  // The people of the entered one see it in their own log.
  const Session mine = api.session;
  const auto log = api.as("admin").ask(Method::get, "/audit?action=enter_organisation", {}, 200);
  CHECK(log.at("rows").as_array().size() == 1);
  api.session = mine;
  const auto outside = api.ask(Method::put, "/session/organisation", R"({"organisation":null})", 200);
  CHECK(text(outside.at("acting"), "kind") == "system");
  CHECK(api.total("/meters") == 0);
  CHECK(api.total("/areas") == 0);
}

TEST_CASE("acting: a sibling, the parent, a stranger or nothing at all is not entered, nor by steps from an entered one") {
  Tenants api;
  const auto closed = [&](const char* who, std::int64_t organisation) {
    api.as(who).refused(Method::put, "/session/organisation", R"({"organisation":)" + number(organisation) + "}", 404, "not_found", "organisation");
    CHECK(text(api.ask(Method::get, "/session", {}, 200).at("acting"), "name") == who);
  };
  closed("property", api.id["sister"]);
  closed("property", api.id["provider"]);
  closed("property", api.id["property"]);
  closed("provider", api.id["strange"]);
  closed("operator", kSystemOrganisation);
  closed("provider", 4711);
  api.as("provider").ask(Method::put, "/session/organisation", R"({"organisation":)" + number(api.id["property"]) + "}", 200);
  api.refused(Method::put, "/session/organisation", R"({"organisation":)" + number(api.id["strange"]) + "}", 404, "not_found", "organisation");
  api.ask(Method::put, "/session/organisation", R"({"organisation":)" + number(api.id["sister"]) + "}", 200);  // below the user's own: across is fine
  api.refused(Method::get, api.path("properties", "property"), {}, 404, "not_found", "");
  api.refused(Method::put, "/session/organisation", R"({"organisation":1,"permissions":["meter:read"]})", 400, "bad_field", "permissions");
  // Rights stay the caller's.
  api.add("looker", api.id["provider"], {"organisation:enter", "area:read"}, false, false);
  api.as("looker").ask(Method::put, "/session/organisation", R"({"organisation":)" + number(api.id["property"]) + "}", 200);
  api.refused(Method::post, "/areas", R"({"site":"property","name":"x"})", 403, "forbidden", "");
  CHECK(api.total("/areas") == 0);
}
