// Rooms, residents, their houses and housing sources through the whole API and the real store.

#include "tests/unit/platform/http/office.hpp"

using namespace anju;
using namespace anju::platform;

namespace {

struct Community : Office {
  std::string type = number(add("house-types", R"("name":"住宅","rate":"2.5")"));
  std::string building = number(add("buildings", R"("number":"03","name":"3号楼","with_units":true)"));
  std::string unit = number(add("units", R"("number":"2","name":"2单元","building":)" + building));

  std::string house(const std::string& room) {
    return number(add("houses", R"("number":")" + room + R"(","building":)" + building + R"(,"unit":)" + unit + R"(,"type":)" + type));
  }
};

}  // namespace

TEST_CASE("residents: spc-resident-file: type, papers, phone and the days of moving are kept, and rows are found by a span of days") {
  Office office;
  const std::string id = number(office.add(
      "residents", R"("name":"王建国","type":"owner","id_type":"id_card","id_number":"330106198001011234","phone":"13800000000","moved_in":"2026-03-01")"));
  const auto row = office.ask(Method::get, "/residents/" + id, {}, 200);
  CHECK(row.at("moved_in").as_string() == "2026-03-01");
  CHECK(row.at("moved_out").is_null());
  CHECK(row.at("id_type").as_string() == "id_card");
  office.add("residents", R"("name":"李秀英","type":"tenant","moved_in":"2026-04-01","moved_out":"2026-10-31")");
  office.add("residents", R"("name":"陈静","type":"visitor")");
  CHECK(office.total("/residents?moved_in_from=2026-03-01&moved_in_to=2026-03-31") == 1);
  CHECK(office.total("/residents?moved_in_from=2026-03-02") == 1);
  CHECK(office.total("/residents?moved_in_to=2026-04-01") == 2);
  CHECK(office.total("/residents?type=visitor") == 1);
  CHECK(office.total("/residents?search=1380000") == 1);
  office.refused(Method::get, "/residents?moved_in_from=today", {}, 400, "bad_field", "moved_in_from");
  for (const char* wrong : {R"("2026-02-30")", R"("1.3.2026")", "20260301"})
    office.refused(Method::post, "/residents", R"({"site":"site","name":"x","type":"owner","moved_in":)" + std::string(wrong) + "}", 400, "bad_field",
                   "moved_in");
  const auto moved = office.ask(Method::put, "/residents/" + id, R"({"version":1,"name":"王建国","type":"owner","moved_out":"2026-11-01"})", 200);
  CHECK(moved.at("moved_in").is_null());
  CHECK(moved.at("moved_out").as_string() == "2026-11-01");
}

TEST_CASE("residents: spc-resident-file: a resident has several houses, a house several members, and comes back to one on another day") {
  Community office;
  const std::string first = office.house("0901"), second = office.house("0902");
  const std::string wang = number(office.add("residents", R"("name":"王建国","type":"owner")"));
  const std::string li = number(office.add("residents", R"("name":"李秀英","type":"family")"));
  const auto member = [&](const std::string& house, const std::string& resident, const std::string& more) {
    return R"({"site":"site","house":)" + house + R"(,"resident":)" + resident + R"(,"relation":"owner")" + more + "}";
  };
  const auto made = office.ask(Method::post, "/house-members", member(first, wang, R"(,"since":"2020-01-01","until":"2024-12-31")"), 201);
  CHECK(made.at("house").at("title").as_string() == "3号楼 2单元 0901");
  CHECK(made.at("resident").at("title").as_string() == "王**");
  office.ask(Method::post, "/house-members", member(first, wang, R"(,"since":"2026-01-01")"), 201);
  office.refused(Method::post, "/house-members", member(first, wang, R"(,"since":"2026-01-01")"), 409, "conflict", "resident");
  office.ask(Method::post, "/house-members", member(second, wang, ""), 201);
  office.refused(Method::post, "/house-members", member(second, wang, ""), 409, "conflict", "resident");
  office.ask(Method::post, "/house-members", member(first, li, ""), 201);
  CHECK(office.total("/house-members?house=" + first) == 3);
  CHECK(office.total("/house-members?resident=" + wang) == 3);
  office.refused(Method::del, "/residents/" + wang, {}, 409, "in_use", "house-members");
  office.refused(Method::del, "/houses/" + second, {}, 409, "in_use", "house-members");
}

TEST_CASE("residents: what is personal stands in no audit row") {
  Community office;
  const std::string resident = number(office.add("residents", R"("name":"赵强","type":"owner","id_number":"330106","phone":"13911112222","note":"Hund")"));
  office.add("house-members", R"("relation":"owner","house":)" + office.house("0101") + R"(,"resident":)" + resident);
  const auto audit = office.ask(Method::get, "/audit?page_size=100", {}, 200);
  CHECK(audit.at("rows").as_array().size() > 5);
  for (const auto& row : audit.at("rows").as_array())
    for (const char* word : {"赵强", "330106", "13911112222", "Hund"}) CHECK(std::string(row.at("detail").as_string()).find(word) == std::string::npos);
}

TEST_CASE("rooms: spc-room-add: name, number and area, with or without the house they belong to") {
  Community office;
  const std::string zone = number(office.add("areas", R"("name":"东区")"));
  const std::string first = office.house("0901"), second = office.house("0902");
  const std::string alone = number(office.add("rooms", R"("name":"配电房","number":"1","zone":)" + zone));
  CHECK(office.ask(Method::get, "/rooms/" + alone, {}, 200).at("house").is_null());
  office.add("rooms", R"("name":"1号室","number":"1","house":)" + first);
  office.add("rooms", R"("name":"1号室","number":"1","house":)" + second);
  office.refused(Method::post, "/rooms", R"({"site":"site","name":"again","number":"1","house":)" + first + "}", 409, "conflict", "number");
  office.refused(Method::post, "/rooms", R"({"site":"site","name":"again","number":"1"})", 409, "conflict", "number");
  office.refused(Method::post, "/rooms", R"({"site":"site","name":"x"})", 400, "bad_field", "number");
  CHECK(office.total("/rooms?house=" + first) == 1);
  CHECK(office.total("/rooms?zone=" + zone) == 1);
  office.refused(Method::del, "/houses/" + first, {}, 409, "in_use", "rooms");
}

TEST_CASE("sources: spc-listing-source-types, spc-source-search: three types, found by code, name and area, page by page") {
  Office office;
  const std::string zone = number(office.add("areas", R"("name":"未来科技城")"));
  const std::string big = number(office.add("sources", R"("code":"00002","name":"田家园未来科技城店","type":"centralised","zone":)" + zone));
  office.add("sources", R"("code":"00001","name":"远洋心里3-2-901","type":"distributed","address":"杭州市江干区")");
  office.add("sources", R"("code":"00172","name":"海曙中心","type":"room")");
  office.refused(Method::post, "/sources", R"({"site":"site","code":"00172","name":"x","type":"room"})", 409, "conflict", "code");
  office.refused(Method::post, "/sources", R"({"site":"site","code":"9","name":"x","type":"castle"})", 400, "bad_field", "type");
  CHECK(office.total("/sources?search=0000") == 2);
  CHECK(office.total("/sources?search=%E6%B5%B7%E6%9B%99") == 1);
  CHECK(office.total("/sources?zone=" + zone) == 1);
  CHECK(office.total("/sources?type=distributed") == 1);
  const auto page = office.ask(Method::get, "/sources?sort=code&page=2&page_size=2", {}, 200);
  CHECK(page.at("total").as_int64() == 3);
  CHECK(page.at("rows").at(0).at("code").as_string() == "00172");
  const std::string room = number(office.add("rooms", R"("name":"A01","number":"A01","source":)" + big));
  CHECK(office.ask(Method::get, "/rooms/" + room, {}, 200).at("source").at("title").as_string() == "田家园未来科技城店");
  office.refused(Method::del, "/sources/" + big, {}, 409, "in_use", "rooms");
}

TEST_CASE("catalogue: a title of several fields reads as people say it") {
  Community office;
  const std::string plain = number(office.add("buildings", R"("number":"04","name":"4号楼")"));
  const std::string unnamed = number(office.add("units", R"("number":"3","building":)" + office.building));
  CHECK(unnamed != office.unit);
  const auto shown = [&](const std::string& house) { return office.ask(Method::get, "/houses/" + house, {}, 200); };
  CHECK(shown(office.house("0901")).at("unit").at("title").as_string() == "3号楼 2单元");
  office.unit = unnamed;
  CHECK(shown(office.house("0901")).at("unit").at("title").as_string() == "3号楼 3");
  const std::string flat = number(office.add("houses", R"("number":"0101","building":)" + plain + R"(,"type":)" + office.type));
  const std::string room = number(office.add("rooms", R"("name":"r","number":"1","house":)" + flat));
  CHECK(office.ask(Method::get, "/rooms/" + room, {}, 200).at("house").at("title").as_string() == "4号楼 0101");
}

TEST_CASE("records: the audit log names what a row refers to by its title, and persons by their number") {
  Community office;
  const std::string house = office.house("0901");
  const std::string resident = number(office.add("residents", R"("name":"赵强","type":"owner")"));
  office.add("house-members", R"("relation":"owner","since":"2026-03-01","house":)" + house + R"(,"resident":)" + resident);
  office.ask(Method::put, "/houses/" + house, R"({"version":1,"number":"0902","type":)" + office.type + "}", 200);
  office.refused(Method::post, "/rooms", R"({"site":"site","name":"x","number":"1","house":999})", 404, "not_found", "house");
  std::string all;
  const auto audit = office.ask(Method::get, "/audit?page_size=100", {}, 200);
  for (const auto& row : audit.at("rows").as_array()) all += std::string(row.at("detail").as_string()) + "\n";
  CHECK(all.find("building=3号楼; unit=3号楼 2单元; number=0901; type=住宅") != std::string::npos);
  CHECK(all.find("number=0902; type=住宅") != std::string::npos);
  CHECK(all.find("house=3号楼 2单元 0901; resident=#" + resident + "; relation=owner; since=2026-03-01") != std::string::npos);
  CHECK(all.find("house=#999") != std::string::npos);
}
