// The catalogue's resources through the whole API and the real store.

#include "platform/catalog/catalog.hpp"
#include "tests/unit/platform/http/office.hpp"

using namespace anju;
using namespace anju::platform;

TEST_CASE("records: spc-building-file: a building is added, found, changed, and its number is given once in a site") {
  Office office;
  const std::int64_t id = office.add("buildings", R"("number":"01","name":"1号楼","with_units":true)");
  const auto row = office.ask(Method::get, "/buildings/" + number(id), {}, 200);
  CHECK(row.at("number").as_string() == "01");
  CHECK(row.at("with_units").as_bool());
  CHECK(row.at("enabled").as_bool());
  CHECK(row.at("version").as_int64() == 1);
  CHECK(row.at("created_at").as_int64() == office.now.value);

  office.refused(Method::post, "/buildings", R"({"site":"site","number":"01","name":"again"})", 409, "conflict", "number");
  const auto changed = office.ask(Method::put, "/buildings/" + number(id), R"({"version":1,"number":"02","name":"2号楼","with_units":true})", 200);
  CHECK(changed.at("version").as_int64() == 2);
  CHECK(changed.at("name").as_string() == "2号楼");
  CHECK(office.add("buildings", R"("number":"01","name":"1号楼")") != 0);
  CHECK(office.total("/buildings?search=2%E5%8F%B7") == 1);
  CHECK(office.total("/buildings?site=site") == 2);
  CHECK(office.total("/buildings?site=elsewhere") == 0);
}

TEST_CASE("records: who changes what somebody else changed meanwhile is told, and nothing is overwritten") {
  Office office;
  const std::int64_t id = office.add("areas", R"("name":"东区")");
  office.ask(Method::put, "/areas/" + number(id), R"({"version":1,"name":"西区"})", 200);
  office.refused(Method::put, "/areas/" + number(id), R"({"version":1,"name":"北区"})", 409, "conflict", "");
  CHECK(office.ask(Method::get, "/areas/" + number(id), {}, 200).at("name").as_string() == "西区");
}

TEST_CASE("records: spc-unit-toggle: a house of a divided building needs one of its units, another building's is refused") {
  Office office;
  const std::string divided = number(office.add("buildings", R"("number":"01","name":"1","with_units":true)"));
  const std::string plain = number(office.add("buildings", R"("number":"02","name":"2","with_units":false)"));
  const std::string other = number(office.add("buildings", R"("number":"03","name":"3","with_units":true)"));
  const std::string unit = number(office.add("units", R"("building":)" + divided + R"(,"number":"1")"));
  const std::string foreign = number(office.add("units", R"("building":)" + other + R"(,"number":"1")"));
  const std::string type = number(office.add("house-types", R"("name":"住宅","rate":"2.50")"));
  const auto house = [&](const std::string& building, const std::string& rest) {
    return R"({"site":"site","number":"0101","type":)" + type + R"(,"building":)" + building + rest + "}";
  };
  office.refused(Method::post, "/houses", house(divided, ""), 400, "bad_field", "unit");
  office.refused(Method::post, "/houses", house(plain, R"(,"unit":)" + unit), 400, "bad_field", "unit");
  office.refused(Method::post, "/houses", house(divided, R"(,"unit":)" + foreign), 400, "bad_field", "unit");
  office.refused(Method::post, "/houses", house("999", ""), 404, "not_found", "building");

  const auto made = office.ask(Method::post, "/houses", house(divided, R"(,"unit":)" + unit + R"(,"area":"89.50","owner":"王先生")"), 201);
  CHECK(made.at("unit").at("title").as_string() == "1 1");
  CHECK(made.at("area").as_string() == "89.50");
  CHECK(made.at("zone").is_null());
  office.refused(Method::post, "/houses", house(divided, R"(,"unit":)" + unit), 409, "conflict", "number");
  CHECK(office.ask(Method::post, "/houses", house(plain, ""), 201).at("unit").is_null());
  office.refused(Method::post, "/houses", house(plain, ""), 409, "conflict", "number");
  CHECK(office.total("/houses?building=" + divided) == 1);
  CHECK(office.total("/houses?search=%E7%8E%8B") == 1);

  // The switch may be taken back later: a house keeps the unit that it was given.
  office.ask(Method::put, "/buildings/" + divided, R"({"version":1,"number":"01","name":"1","with_units":false})", 200);
  office.ask(Method::put, "/houses/" + number(made.at("id").as_int64()), R"({"version":1,"number":"0102","type":)" + type + "}", 200);
}

TEST_CASE("records: spc-house-type-billing: a disabled type is not given to further houses, those that have it keep it") {
  Office office;
  const std::string building = number(office.add("buildings", R"("number":"01","name":"1")"));
  const std::string type = number(office.add("house-types", R"("name":"商铺","rate":"5")"));
  const std::string house = number(office.add("houses", R"("number":"0101","building":)" + building + R"(,"type":)" + type));
  CHECK_FALSE(office.ask(Method::post, "/house-types/" + type + "/disable", "{}", 200).at("enabled").as_bool());
  office.refused(Method::post, "/houses", R"({"site":"site","number":"0102","building":)" + building + R"(,"type":)" + type + "}", 409,
                 "disabled", "type");
  office.ask(Method::put, "/houses/" + house, R"({"version":1,"number":"0101","type":)" + type + "}", 200);
  CHECK(office.total("/house-types?enabled=true") == 0);
  office.ask(Method::post, "/house-types/" + type + "/enable", "{}", 200);
  CHECK(office.total("/house-types?enabled=true") == 1);
}

TEST_CASE("records: what others refer to is not deleted, and the refusal says by what") {
  Office office;
  const std::string building = number(office.add("buildings", R"("number":"01","name":"1","with_units":true)"));
  const std::string unit = number(office.add("units", R"("building":)" + building + R"(,"number":"1")"));
  office.refused(Method::del, "/buildings/" + building, {}, 409, "in_use", "units");
  office.ask(Method::del, "/units/" + unit, {}, 204);
  office.ask(Method::del, "/buildings/" + building, {}, 204);
  office.refused(Method::del, "/buildings/" + building, {}, 404, "not_found", "buildings");
}

TEST_CASE("records: bad input names the field, and nothing is added") {
  Office office;
  const auto bad = [&](const char* target, const char* body, const char* field) {
    CAPTURE(body);
    office.refused(Method::post, target, body, 400, "bad_field", field);
  };
  bad("/buildings", R"({"number":"01","name":"1"})", "site");
  bad("/buildings", R"({"site":"site","name":"1"})", "number");
  bad("/buildings", R"({"site":"site","number":"","name":"1"})", "number");
  bad("/buildings", R"({"site":"site","number":"01234567890","name":"1"})", "number");
  bad("/buildings", R"({"site":"site","number":"01","name":"a\nb"})", "name");
  bad("/buildings", R"({"site":"site","number":"01","name":"1","with_units":1})", "with_units");
  bad("/house-types", R"({"site":"site","name":"x","rate":2.5})", "rate");
  bad("/house-types", R"({"site":"site","name":"x","rate":"2.555"})", "rate");
  bad("/house-types", R"({"site":"site","name":"x","rate":"-1"})", "rate");
  bad("/houses", R"({"site":"site","number":"1","building":"1","type":1})", "building");
  bad("/contacts", R"({"site":"site","department":"d","name":"n","phone":"1","position":10000})", "position");
  for (const char* resource : {"buildings", "house-types", "houses", "contacts"}) CHECK(office.total("/" + std::string(resource)) == 0);
  office.refused(Method::get, "/buildings?sort=note", {}, 400, "bad_field", "sort");
  office.refused(Method::get, "/buildings?with_units=maybe", {}, 400, "bad_field", "with_units");
}

TEST_CASE("records: lists are sorted and paged, and the total is that of the question") {
  Office office;
  for (const char* name : {"b", "d", "a", "c"}) office.add("areas", R"("name":")" + std::string(name) + "\"");
  const auto names = [&](const std::string& target) {
    std::string all;
    const auto page = office.ask(Method::get, target, {}, 200);
    for (const auto& row : page.at("rows").as_array()) all += row.at("name").as_string().c_str();
    return all;
  };
  CHECK(names("/areas") == "cadb");
  CHECK(names("/areas?sort=name") == "abcd");
  CHECK(names("/areas?sort=-name") == "dcba");
  CHECK(names("/areas?sort=name&page=2&page_size=3") == "d");
  CHECK(office.total("/areas?sort=name&page=2&page_size=3") == 4);
  CHECK(office.total("/areas?search=%25") == 0);
}

TEST_CASE("records: another organisation's rows are not there, and cannot be referred to") {
  Office office;
  const std::string building = number(office.add("buildings", R"("number":"01","name":"1","with_units":true)"));
  const Session mine = office.admin;
  office.admin = office.log_in("foreign");
  CHECK(office.total("/buildings") == 0);
  office.refused(Method::get, "/buildings/" + building, {}, 404, "not_found", "");
  office.refused(Method::put, "/buildings/" + building, R"({"version":1,"number":"01","name":"x"})", 404, "not_found", "buildings");
  office.refused(Method::post, "/buildings/" + building + "/disable", "{}", 404, "not_found", "buildings");
  office.refused(Method::del, "/buildings/" + building, {}, 404, "not_found", "buildings");
  office.refused(Method::post, "/buildings", R"({"site":"site","number":"02","name":"x"})", 404, "not_found", "site");
  office.refused(Method::post, "/units", R"({"site":"elsewhere","number":"1","building":)" + building + "}", 404, "not_found", "building");
  office.admin = mine;
  CHECK(office.ask(Method::get, "/buildings/" + building, {}, 200).at("name").as_string() == "1");
}

TEST_CASE("records: what a request may not set is refused, not ignored") {
  Office office;
  for (const char* more : {R"("organisation":2)", R"("id":77)", R"("version":9)", R"("enabled":false)", R"("invented":1)"}) {
    const std::string name = std::string(more).substr(1, std::string(more).find(':') - 2);
    office.refused(Method::post, "/areas", R"({"site":"site","name":"东区",)" + std::string(more) + "}", 400, "bad_field", name);
  }
  CHECK(office.total("/areas") == 0);
  const std::string id = number(office.add("areas", R"("name":"东区")"));
  office.refused(Method::put, "/areas/" + id, R"({"version":1,"name":"东区","site":"elsewhere"})", 400, "bad_field", "site");
  office.refused(Method::put, "/areas/" + id, R"({"version":1,"name":"东区","enabled":false})", 400, "bad_field", "enabled");
  CHECK(office.ask(Method::get, "/areas/" + id, {}, 200).at("site").as_string() == "site");
}

TEST_CASE("records: a change and its audit row are one transaction, and a person's data is not in it") {
  Office office;
  const std::string building = number(office.add("buildings", R"("number":"01","name":"1")"));
  const std::string type = number(office.add("house-types", R"("name":"住宅","rate":"2.5")"));
  const std::int64_t house =
      office.add("houses", R"("number":"0101","owner":"王先生","phone":"13800000000","building":)" + building + R"(,"type":)" + type);
  const auto audit = office.ask(Method::get, "/audit?page_size=100", {}, 200);
  int seen = 0;
  for (const auto& row : audit.at("rows").as_array()) {
    const std::string detail(row.at("detail").as_string());
    CHECK(detail.find("13800000000") == std::string::npos);
    CHECK(detail.find("王先生") == std::string::npos);
    if (row.at("action").as_string() != "create_house") continue;
    ++seen;
    CHECK(row.at("object").as_string() == "house " + number(house));
    CHECK(row.at("result").as_string() == "ok");
    CHECK(detail.find("number=0101") != std::string::npos);
  }
  CHECK(seen == 1);
  const auto check = office.users->check_audit();
  REQUIRE(check);
  CHECK_FALSE(check->broken_at);
}

TEST_CASE("records: the catalogue shows what the session may see and do") {
  Office office;
  // A property company's administrator holds everything but what cannot stand below it, such as providers.
  const auto own = std::count_if(catalog::resources().begin(), catalog::resources().end(), [](const catalog::Resource* one) {
    return may_hold(OrganisationKind::property, std::string(one->right) + ":read");
  });
  CHECK(own < static_cast<std::ptrdiff_t>(catalog::resources().size()));
  CHECK(office.ask(Method::get, "/catalog", {}, 200).at("resources").as_array().size() == static_cast<std::size_t>(own));
  office.add("areas", R"("name":"东区")");
  office.ApiFixture::add("clerk", 1, {"area:read", "area:edit"}, false, false);
  office.admin = office.log_in("clerk");
  const auto catalogue = office.ask(Method::get, "/catalog", {}, 200);
  const auto& resources = catalogue.at("resources").as_array();
  REQUIRE(resources.size() == 1);
  CHECK(resources[0].at("name").as_string() == "areas");
  CHECK(resources[0].at("actions").as_array() == boost::json::array{"edit"});
  CHECK(office.total("/areas") == 1);
  office.refused(Method::post, "/areas", R"({"site":"site","name":"x"})", 403, "forbidden", "");
  office.refused(Method::get, "/buildings", {}, 403, "forbidden", "");
}

TEST_CASE("records: every resource's table has the columns that its description names") {
  Office office;
  for (const catalog::Resource* resource : catalog::resources()) {
    CAPTURE(std::string(resource->name));
    catalog::Listing listing;
    listing.search = "x";
    for (const catalog::Field& field : resource->fields) {
      if (field.sort) listing.sort = &field;
    }
    CHECK(office.records->list(*resource, {1}, listing));
    CHECK(office.records->find(*resource, {1}, 1));
  }
}

TEST_CASE("records: blanks are no name: they go from both ends of a text, and what is left counts") {
  Office office;
  for (const char* blank : {"  ", "\xE3\x80\x80\xE3\x80\x80", "\xC2\xA0", " \xE2\x80\x8B "}) {
    CAPTURE(blank);
    office.refused(Method::post, "/areas", R"({"site":"site","name":")" + std::string(blank) + R"("})", 400, "bad_field", "name");
    office.refused(Method::post, "/communities", R"({"code":"n","kind":"school","name":")" + std::string(blank) + R"("})", 400, "bad_field", "name");
    office.refused(Method::post, "/users", R"({"login":"zhao","name":")" + std::string(blank) + R"("})", 400, "bad_field", "name");
  }
  office.refused(Method::post, "/users", R"({"login":"ab ","name":"x"})", 400, "bad_field", "login");
  const std::string id = number(office.add("areas", R"("name":" \u3000东 区\u00a0 ")"));
  CHECK(office.ask(Method::get, "/areas/" + id, {}, 200).at("name").as_string() == "东 区");
  office.refused(Method::post, "/areas", R"({"site":"site","name":"东 区 "})", 409, "conflict", "name");
}
