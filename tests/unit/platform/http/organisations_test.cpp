// The tree of organisations through the whole API and the real store, also as somebody who wants more than is his.

#include "platform/catalog/catalog.hpp"
#include "tests/unit/platform/http/tenants.hpp"

using namespace anju;
using namespace anju::platform;

namespace {

std::string number(std::int64_t value) { return std::to_string(value); }

std::string below(std::int64_t organisation, const std::string& fields) { return R"({"organisation":)" + number(organisation) + "," + fields + "}"; }

}  // namespace

TEST_CASE("organisations: ten-operator-create: only the system makes operating companies, and each has a number of its own") {
  Tenants api;
  const auto made = api.as("system").ask(Method::post, "/operators", R"({"name":"湛佳运营","contact":"王先生","phone":"0759-1234567","city":"湛江"})", 201);
  CHECK(made.at("organisation").at("id").as_int64() == api.id["system"]);
  CHECK(made.at("enabled").as_bool());
  CHECK(made.at("number").as_string().size() == 6);
  CHECK(made.as_object().count("site") == 0);
  CHECK(api.total("/operators") == 2);
  const auto second = api.ask(Method::post, "/operators", R"({"name":"湛佳运营"})", 201);
  CHECK(second.at("number") != made.at("number"));
  for (const char* other : {"operator", "provider", "property", "collective", "merchant"}) {
    CAPTURE(other);
    api.as(other).refused(Method::post, "/operators", R"({"name":"x"})", 403, "forbidden", "");
    api.refused(Method::get, "/operators", {}, 403, "forbidden", "");
  }
}

TEST_CASE("organisations: each sees what is below it, nothing beside or above it, and never itself") {
  Tenants api;
  const auto seen = [&](const std::string& who) {
    api.as(who);
    std::string all;
    for (const char* resource : {"operators", "providers", "properties", "collectives", "merchants"}) {
      if (!api.may(std::string(catalog::find(resource)->right) + ":read")) continue;
      const auto page = api.ask(Method::get, std::string("/") + resource + "?page_size=100&sort=name", {}, 200);
      for (const auto& row : page.at("rows").as_array()) (all += all.empty() ? "" : " ") += std::string(row.at("name").as_string());
    }
    return all;
  };
  CHECK(seen("system") == "operator provider stranger Anju Other operated property sister strange collective merchant");
  CHECK(seen("operator") == "operated");
  CHECK(seen("provider") == "property sister collective merchant");
  CHECK(seen("property") == "collective");
  CHECK(seen("collective").empty());
  CHECK(seen("foreign").empty());
  api.as("system");
  CHECK(api.total("/properties?organisation=" + number(api.id["provider"])) == 2);
  CHECK(api.total("/properties?search=sist") == 1);
  CHECK(api.total("/properties?search=13800000004") == 1);
  CHECK(api.total("/properties?enabled=false") == 0);
  CHECK(api.ask(Method::get, api.path("properties", "property"), {}, 200).at("sites").as_int64() == 1);
}

TEST_CASE("organisations: what is beside, above or elsewhere is not there, whatever one does") {
  Tenants api;
  const auto nothing = [&](const std::string& resource, const std::string& name) {
    const std::string target = api.path(resource, name);
    CAPTURE(target);
    const std::string phone = R"({"version":1,"name":"x"})";
    if (!api.may(std::string(catalog::find(resource)->right) + ":read")) {  // nothing of the kind may stand below
      api.ask(Method::get, target, {}, 403);
      api.ask(Method::put, target, phone, 403);
      api.ask(Method::post, target + "/disable", "{}", 403);
      api.ask(Method::del, target, {}, 403);
      return;
    }
    api.refused(Method::get, target, {}, 404, "not_found", "");
    api.refused(Method::put, target, phone, 404, "not_found", resource);
    api.refused(Method::post, target + "/disable", "{}", 404, "not_found", resource);
    api.refused(Method::del, target, {}, 404, "not_found", resource);
  };
  api.as("property");
  nothing("properties", "sister");
  nothing("properties", "property");  // itself
  nothing("providers", "provider");   // above
  nothing("operators", "operator");
  nothing("merchants", "merchant");
  nothing("properties", "collective");  // of another kind
  api.as("stranger");
  nothing("properties", "property");
  nothing("collectives", "collective");
  api.as("provider");
  nothing("providers", "provider");
  nothing("providers", "stranger");
}

TEST_CASE("organisations: nobody creates below an organisation that is not his, nor where such a one cannot stand") {
  Tenants api;
  const std::string fields = R"("name":"x","phone":"13900000000")", plain = R"("name":"x")";
  api.as("provider");
  api.refused(Method::post, "/properties", below(api.id["stranger"], fields), 404, "not_found", "organisation");
  api.refused(Method::post, "/properties", below(api.id["system"], fields), 404, "not_found", "organisation");
  api.refused(Method::post, "/properties", below(4711, fields), 404, "not_found", "organisation");
  api.refused(Method::post, "/properties", below(api.id["merchant"], fields), 400, "bad_field", "organisation");
  api.refused(Method::post, "/providers", "{" + fields + "}", 403, "forbidden", "");
  api.refused(Method::post, "/providers", below(api.id["property"], fields), 403, "forbidden", "");
  CHECK(api.ask(Method::post, "/collectives", below(api.id["sister"], plain), 201).at("organisation").at("title").as_string() == "sister");
  api.as("collective").refused(Method::post, "/collectives", "{" + plain + "}", 403, "forbidden", "");
  api.as("system");
  CHECK(api.total("/properties") == 6);
}

TEST_CASE("organisations: kind, parent, review, number and version are not for a request to set") {
  Tenants api;
  api.as("provider");
  const std::string fields = R"({"name":"x","phone":"13900000000",)";
  for (const char* field : {"kind", "parent", "review", "number", "version", "id", "enabled", "sites", "permissions"}) {
    CAPTURE(field);
    api.refused(Method::post, "/properties", fields + '"' + field + R"(":1})", 400, "bad_field", field);
  }
  const std::string own = api.path("properties", "property");
  for (const char* field : {"kind", "parent", "organisation", "review", "number", "phone", "enabled"}) {
    CAPTURE(field);
    api.refused(Method::put, own, std::string(R"({"version":1,"name":"x",")") + field + R"(":1})", 400, "bad_field", field);
  }
  CHECK(api.ask(Method::get, own, {}, 200).at("name").as_string() == "property");
}

TEST_CASE("organisations: ten-provider-mobile-login ten-group-property-mobile-login: the mobile is needed, unique over all logins, and stays") {
  Tenants api;
  api.as("system");
  api.add("13911111111", 1, {}, false, false);
  for (const char* resource : {"/providers", "/properties"}) {
    CAPTURE(resource);
    api.refused(Method::post, resource, R"({"name":"x"})", 400, "bad_field", "phone");
    for (const char* wrong : {"1380000000", "23800000000", "1380000000a", "138000000000"})
      api.refused(Method::post, resource, std::string(R"({"name":"x","phone":")") + wrong + "\"}", 400, "bad_field", "phone");
    api.refused(Method::post, resource, R"({"name":"x","phone":"13911111111"})", 409, "conflict", "phone");  // somebody's login
    api.refused(Method::post, resource, R"({"name":"x","phone":"13800000002"})", 409, "conflict", "phone");  // a provider's
    api.refused(Method::post, resource, R"({"name":"x","phone":"13800000003"})", 409, "conflict", "phone");  // a property's
  }
  api.refused(Method::put, api.path("providers", "provider"), R"({"version":1,"name":"provider","phone":"13900000000"})", 400, "bad_field", "phone");
  const auto changed = api.ask(Method::put, api.path("providers", "provider"), R"({"version":1,"name":"新名","contact":"李","email":"a@b.cn"})", 200);
  CHECK(changed.at("phone").as_string() == "138****0002");
  CHECK(changed.at("name").as_string() == "新名");
  api.refused(Method::put, api.path("providers", "provider"), R"({"version":2,"name":"x","email":"nobody"})", 400, "bad_field", "email");
}

TEST_CASE("organisations: ten-provider-crud ten-provider-submerchant: providers are found by name, mobile, type, status and review; merchants belong to one") {
  Tenants api;
  api.as("system");
  api.ask(Method::post, "/providers", R"({"name":"佛山充电","contact":"陈","phone":"13900000001","email":"c@d.cn","type":"company"})", 201);
  CHECK(api.total("/providers?search=%E4%BD%9B%E5%B1%B1") == 1);
  CHECK(api.total("/providers?search=13900000001") == 1);
  CHECK(api.total("/providers?type=company") == 1);
  CHECK(api.total("/providers?review=pending") == 1);
  CHECK(api.total("/providers?review=approved") == 2);
  CHECK(api.total("/providers?enabled=true&review=pending&search=139") == 1);
  api.as("provider");
  const auto merchant = api.ask(Method::post, "/merchants", R"({"name":"小店","type":"person"})", 201);
  CHECK(merchant.at("organisation").at("id").as_int64() == api.id["provider"]);
  api.as("stranger").refused(Method::get, "/merchants/" + number(merchant.at("id").as_int64()), {}, 404, "not_found", "");
}

TEST_CASE("organisations: a category is of an organisation, and only its own merchants get it") {
  Tenants api;
  const auto category = [&](const std::string& who) {
    return number(api.as(who).ask(Method::post, "/merchant-categories", R"({"name":"餐饮"})", 201).at("id").as_int64());
  };
  const std::string system = category("system"), own = category("provider");
  api.refused(Method::post, "/merchant-categories", R"({"name":"餐饮"})", 409, "conflict", "name");
  CHECK(api.total("/merchant-categories") == 1);
  CHECK(api.ask(Method::get, "/merchant-categories/" + own, {}, 200).at("organisation").at("title").as_string() == "provider");
  api.refused(Method::post, "/merchants", R"({"name":"x","category":)" + system + "}", 404, "not_found", "category");
  CHECK(api.ask(Method::post, "/merchants", R"({"name":"x","category":)" + own + "}", 201).at("category").at("title").as_string() == "餐饮");
  api.refused(Method::del, "/merchant-categories/" + own, {}, 409, "in_use", "merchants");
  api.refused(Method::post, "/merchant-categories", below(api.id["stranger"], R"("name":"x")"), 404, "not_found", "organisation");
  const auto given = api.ask(Method::post, "/merchant-categories", below(api.id["property"], R"("name":"x")"), 201);
  CHECK(given.at("organisation").at("title").as_string() == "property");
  CHECK(api.total("/merchant-categories") == 2);
  CHECK(api.total("/merchant-categories?organisation=" + number(api.id["property"])) == 1);
  api.as("stranger");
  CHECK(api.total("/merchant-categories") == 0);
  api.refused(Method::get, "/merchant-categories/" + own, {}, 404, "not_found", "");
  api.as("system");
  CHECK(api.total("/merchant-categories") == 3);
}

TEST_CASE("organisations: ten-provider-enable ten-group-property-enable: below a disabled one nothing is added; it can be enabled again") {
  Tenants api;
  api.as("system").ask(Method::post, api.path("providers", "provider") + "/disable", "{}", 200);
  api.refused(Method::post, "/properties", below(api.id["provider"], R"("name":"x","phone":"13900000000")"), 409, "disabled", "organisation");
  api.refused(Method::post, "/merchant-categories", below(api.id["provider"], R"("name":"x")"), 409, "disabled", "organisation");
  api.refused(Method::post, "/collectives", below(api.id["property"], R"("name":"x")"), 409, "disabled", "organisation");  // two above
  api.as("provider").refused(Method::post, "/merchants", R"({"name":"x"})", 409, "disabled", "organisation");  // its people still log in
  api.as("stranger").ask(Method::post, "/merchants", R"({"name":"x"})", 201);
  api.as("system").ask(Method::post, api.path("providers", "provider") + "/enable", "{}", 200);
  api.as("provider").ask(Method::post, "/merchants", R"({"name":"x"})", 201);
}

TEST_CASE("organisations: one with anything below it, people or sites is not deleted; an empty one leaves no trace in the tree") {
  Tenants api;
  api.as("system").refused(Method::del, api.path("providers", "provider"), {}, 409, "in_use", "users");
  api.sql("DELETE FROM session; DELETE FROM \"user\" WHERE login IN ('provider', 'property', 'stranger', 'merchant')");
  const Session fresh = api.log_in("system");
  api.session = fresh;
  api.refused(Method::del, api.path("providers", "provider"), {}, 409, "in_use", "properties");
  api.refused(Method::del, api.path("properties", "property"), {}, 409, "in_use", "communities");
  api.sql("UPDATE site SET removed_ms = 1, code = code || '.9' WHERE code = 'property'");
  const auto stays = api.ask(Method::del, api.path("properties", "property"), {}, 409);
  CHECK(stays.at("field").as_string() == "removed-communities");
  CHECK(std::string(stays.at("message").as_string()).find("disable it instead") != std::string::npos);
  // A release that is there holds it and says so; one that was removed does not, though its row stays.
  api.sql("INSERT INTO gateway_release(organisation, version, architecture, size, sha256, minimum, spool, note, by, at_ms) VALUES(" + number(api.id["merchant"]) +
          ", '0.2.0', 'arm64', 1, 'a', '0.1.0', 1, '', 'x', 1)");
  api.refused(Method::del, api.path("merchants", "merchant"), {}, 409, "in_use", "releases");
  auto desk = open_release_desk(api.site.url());
  REQUIRE(desk);
  REQUIRE((*desk)->remove(Scope{api.id["merchant"]}, 1, AuditEntry{}));
  api.ask(Method::del, api.path("merchants", "merchant"), {}, 204);
  CHECK(api.site.count("SELECT count(*) FROM gateway_release") == 1);
  CHECK(api.site.count("SELECT count(*) FROM organisation_below WHERE descendant = " + number(api.id["merchant"])) == 0);
  CHECK(api.site.count("SELECT count(*) FROM organisation_below") ==
        api.site.count("SELECT count(*) FROM organisation o WHERE o.parent IS NOT NULL") +
            api.site.count("SELECT count(*) FROM organisation o JOIN organisation p ON p.id = o.parent WHERE p.parent IS NOT NULL") +
            api.site.count("SELECT count(*) FROM organisation o JOIN organisation p ON p.id = o.parent JOIN organisation q ON q.id = p.parent WHERE q.parent IS NOT NULL"));
}

TEST_CASE("organisations: an id that stands in the audit log is not dealt again") {
  Tenants api;
  const std::int64_t gone = api.as("system").ask(Method::post, "/operators", R"({"name":"x"})", 201).at("id").as_int64();
  AuditEntry row;
  row.at = api.now;
  row.organisation = gone;
  REQUIRE(api.users->append_audit({&row, 1}));
  api.ask(Method::del, "/operators/" + number(gone), {}, 204);
  CHECK(api.ask(Method::post, "/operators", R"({"name":"y"})", 201).at("id").as_int64() == gone + 1);
}
