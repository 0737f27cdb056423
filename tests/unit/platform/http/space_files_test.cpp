// The files of a community that are nothing but rows: houses, contacts, areas.

#include "tests/unit/platform/http/office.hpp"

using namespace anju;
using namespace anju::platform;

TEST_CASE("space: spc-house-file: community, building, unit, number, type, area, and the owner with the document that proves him") {
  Office office;
  const std::string building = number(office.add("buildings", R"("number":"03","name":"3号楼","with_units":true)"));
  const std::string unit = number(office.add("units", R"("building":)" + building + R"(,"number":"2")"));
  const std::string type = number(office.add("house-types", R"("name":"高层","rate":"2.50")"));
  const std::string fields = R"({"site":"site","building":)" + building + R"(,"unit":)" + unit + R"(,"number":"0901","type":)" + type +
                             R"(,"area":"89.30","owner":"王建国","phone":"13805711000","id_type":"id_card","id_number":"330106198001011000"})";
  const auto made = office.ask(Method::post, "/houses", fields, 201);
  CHECK(made.at("site").as_string() == "site");
  CHECK(made.at("area").as_string() == "89.30");
  CHECK(made.at("id_type").as_string() == "id_card");
  CHECK(made.at("id_number").as_string() == "330***********1000");
  const std::string path = "/houses/" + number(made.at("id").as_int64());
  CHECK(office.ask(Method::post, path + "/reveal", "{}", 200).at("id_number").as_string() == "330106198001011000");
  // Its mask comes back with the form and is no new number; no audit row knows the number.
  office.ask(Method::put, path,
             R"({"version":1,"number":"0901","type":)" + type + R"(,"owner":"王**","phone":"138****1000","id_type":"passport","id_number":"330***********1000"})", 200);
  const auto clear = office.ask(Method::post, path + "/reveal", "{}", 200);
  CHECK(clear.at("id_number").as_string() == "330106198001011000");
  CHECK(clear.at("owner").as_string() == "王建国");
  CHECK(clear.at("id_type").as_string() == "passport");
  CHECK(office.site.count("SELECT count(*) FROM audit WHERE detail LIKE '%330106%'") == 0);
  office.refused(Method::post, "/houses", R"({"site":"site","building":)" + building + R"(,"unit":)" + unit + R"(,"number":"0902","type":)" + type + R"(,"id_type":"visa"})", 400,
                 "bad_field", "id_type");
}

TEST_CASE("space: spc-contacts: the directory of the property's departments in its order, found by department, name and phone") {
  Office office;
  office.add("contacts", R"("department":"工程部","name":"钱进","phone":"0571-8800 0002","position":2)");
  office.add("contacts", R"("department":"客服中心","name":"孙悦","phone":"0571-8800 0001","position":1)");
  const auto rows = office.ask(Method::get, "/contacts?sort=position", {}, 200).at("rows").as_array();
  REQUIRE(rows.size() == 2);
  CHECK(rows.at(0).at("department").as_string() == "客服中心");
  CHECK(rows.at(0).at("phone").as_string() == "0571-8800 0001");  // whom residents call is no secret
  for (const char* words : {"%E5%B7%A5%E7%A8%8B", "%E9%92%B1", "0002"}) CHECK(office.total("/contacts?search=" + std::string(words)) == 1);
  office.refused(Method::post, "/contacts", R"({"site":"site","department":"保安部","name":"周"})", 400, "bad_field", "phone");
  office.ask(Method::del, "/contacts/1", {}, 204);
  CHECK(office.total("/contacts") == 1);
}

TEST_CASE("space: spc-area-mgmt: devices and rooms are divided by area; one that is in use stays") {
  Office office;
  const std::string zone = number(office.add("areas", R"("name":"一期")"));
  office.refused(Method::post, "/areas", R"({"site":"site","name":"一期"})", 409, "conflict", "name");
  const std::string room = number(office.add("rooms", R"("name":"901室","number":"1","zone":)" + zone));
  office.add("rooms", R"("name":"902室","number":"2")");
  CHECK(office.total("/rooms?zone=" + zone) == 1);
  office.ask(Method::put, "/meters/1/room", R"({"room":)" + room + R"(,"was":null})", 200);
  office.refused(Method::del, "/areas/" + zone, {}, 409, "in_use", "rooms");
  office.ask(Method::post, "/areas/" + zone + "/disable", "{}", 200);
  office.refused(Method::post, "/rooms", R"({"site":"site","name":"903室","number":"3","zone":)" + zone + "}", 409, "disabled", "zone");
}
