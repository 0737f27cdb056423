// The desk, the house page, meters in rooms and prepaid management through the whole API and the real store.

#include "platform/store/desk.hpp"
#include "tests/unit/platform/http/office.hpp"

using namespace anju;
using namespace anju::platform;

namespace {

/// Two houses of building 3, unit 2: 0901 with a room, and 0902.
struct Estate : Office {
  std::string type = number(add("house-types", R"("name":"住宅","rate":"2.5")"));
  std::string building = number(add("buildings", R"("number":"03","name":"3号楼","with_units":true)"));
  std::string unit = number(add("units", R"("number":"2","name":"2单元","building":)" + building));
  std::string first = house("0901", R"(,"owner":"王建国","phone":"13800001111")");
  std::string second = house("0902", R"(,"owner":"李秀英","phone":"13900002222")");
  std::string room = number(add("rooms", R"("name":"整套","number":"1","house":)" + first));

  std::string house(const std::string& door, const std::string& more) {
    return number(add("houses", R"("number":")" + door + R"(","building":)" + building + R"(,"unit":)" + unit + R"(,"type":)" + type + more));
  }
  boost::json::value move(int meter, const std::string& room, const std::string& was, int status) {
    return ask(Method::put, "/meters/" + std::to_string(meter) + "/room", R"({"room":)" + room + R"(,"was":)" + was + "}", status);
  }
  /// "kind: title, title" per group that has hits.
  std::string found(const std::string& words) {
    std::string all;
    const auto desk = ask(Method::get, "/desk?search=" + words, {}, 200);
    for (const auto& group : desk.at("groups").as_array()) {
      const auto& rows = group.at("rows").as_array();
      if (rows.empty()) continue;
      all += (all.empty() ? "" : "; ") + std::string(group.at("kind").as_string()) + ":";
      for (const auto& row : rows) all += " " + std::string(row.at("title").as_string());
    }
    return all;
  }
  boost::json::array rows(const std::string& target) { return ask(Method::get, target, {}, 200).at("rows").as_array(); }
};

}  // namespace

TEST_CASE("rooms: spc-room-bind-meter: a meter is linked, moved and unlinked, its page and list show the room, and history stays") {
  Estate estate;
  const std::string other = number(estate.add("rooms", R"("name":"次卧","number":"2","house":)" + estate.second));
  const std::string typed(estate.ask(Method::get, "/meters/1", {}, 200).at("room").as_string());
  const auto linked = estate.move(1, estate.room, "null", 200);
  CHECK(linked.at("linked_room").at("name").as_string() == "整套");
  CHECK(number(linked.at("linked_room").at("house").as_int64()) == estate.first);
  CHECK(linked.at("room").as_string() == typed);
  estate.now = estate.now + base::minutes(1);
  estate.move(1, other, estate.room, 200);
  CHECK(estate.rows("/meters?search=m1").at(0).at("linked_room").at("name").as_string() == "次卧");
  CHECK(estate.total("/meters?search=%E6%AC%A1%E5%8D%A7") == 1);  // 次卧
  CHECK(estate.total("/meters?search=%E6%95%B4%E5%A5%97") == 0);  // 整套
  CHECK(estate.rows("/rooms/" + other + "/meters").at(0).at("until").is_null());
  const auto history = estate.rows("/rooms/" + estate.room + "/meters");
  REQUIRE(history.size() == 1);
  CHECK(history[0].at("until").as_int64() == estate.now.value);
  CHECK(history[0].at("until_by").as_string() == "admin");
  estate.move(1, "null", other, 200);
  CHECK(estate.ask(Method::get, "/meters/1", {}, 200).at("linked_room").is_null());
  CHECK(estate.total("/meters?house=" + estate.second) == 0);
  int noted = 0;
  for (const auto& row : estate.rows("/audit?action=move_meter")) {
    CHECK(row.at("object").as_string() == "meter 1");
    noted += std::string(row.at("detail").as_string()).find("room=次卧; room_before=整套") != std::string::npos ? 1 : 0;
  }
  CHECK(noted == 1);
}

TEST_CASE("em-account-status: a linked meter's row has code, name, type and area of its housing source, by which it is found") {
  Estate estate;
  const std::string area = number(estate.add("areas", R"("name":"未来科技城")"));
  const std::string source = number(estate.add("sources", R"("code":"0000200001","name":"田家园","type":"centralised","zone":)" + area));
  const std::string room = number(estate.add("rooms", R"("name":"A01","number":"1","source":)" + source));
  CHECK(estate.rows("/meters?search=m1").at(0).at("source").is_null());
  CHECK(estate.total("/meters?source_code=00002") == 0);
  estate.move(1, room, "null", 200);
  estate.move(2, estate.room, "null", 200);
  const auto linked = estate.rows("/meters?source_code=00002");
  REQUIRE(linked.size() == 1);
  CHECK(linked[0].at("id").as_int64() == 1);
  CHECK(linked[0].at("source").at("code").as_string() == "0000200001");
  CHECK(linked[0].at("source").at("name").as_string() == "田家园");
  CHECK(linked[0].at("source").at("type").as_string() == "centralised");
  CHECK(linked[0].at("source").at("zone").as_string() == "未来科技城");
  CHECK(estate.total("/meters?zone=" + area) == 1);
  CHECK(estate.total("/meters?zone=99") == 0);
  CHECK(estate.rows("/meters?search=m2").at(0).at("source").at("code").as_string().empty());
  estate.refused(Method::get, "/meters?zone=x", {}, 400, "bad_field", "zone");
  estate.refused(Method::get, "/meters?source_code=000000000000000000001", {}, 400, "bad_field", "source_code");
}

TEST_CASE("rooms: spc-room-bind-meter: one open room per meter; who saw another room is told, and nothing changes") {
  Estate estate;
  estate.move(1, estate.room, "null", 200);
  CHECK(estate.move(1, estate.room, "null", 409).at("code").as_string() == "conflict");
  CHECK(estate.move(1, estate.room, estate.room, 409).at("field").as_string() == "room");
  estate.refused(Method::put, "/meters/1/room", R"({"room":999,"was":)" + estate.room + "}", 404, "not_found", "room");
  estate.refused(Method::put, "/meters/99/room", R"({"room":)" + estate.room + "}", 404, "not_found", "meter");
  estate.refused(Method::put, "/meters/1/room", R"({"room":"1"})", 400, "bad_field", "room");
  estate.move(2, estate.room, "null", 200);
  CHECK(estate.rows("/rooms/" + estate.room + "/meters").size() == 2);
  estate.refused(Method::del, "/rooms/" + estate.room, {}, 409, "in_use", "meters");
  const std::string closed = number(estate.add("rooms", R"("name":"停用","number":"9")"));
  estate.ask(Method::post, "/rooms/" + closed + "/disable", "{}", 200);
  estate.refused(Method::put, "/meters/3/room", R"({"room":)" + closed + "}", 409, "disabled", "room");
  CHECK(estate.site.count("SELECT count(*) FROM room_meter") == 2);
}

TEST_CASE("rooms: spc-room-bind-meter: another organisation's rooms and meters are not there") {
  Estate estate;
  estate.move(1, estate.room, "null", 200);
  const Session mine = estate.admin;
  estate.admin = estate.log_in("foreign");
  estate.move(1, "null", estate.room, 404);
  estate.ask(Method::get, "/rooms/" + estate.room + "/meters", {}, 404);
  estate.ask(Method::get, "/houses/" + estate.first + "/overview", {}, 404);
  CHECK(estate.found("0901").empty());
  CHECK(estate.total("/prepaid/sources") == 0);
  estate.admin = mine;
  CHECK(estate.ask(Method::get, "/meters/1", {}, 200).at("linked_room").at("name").as_string() == "整套");
}

TEST_CASE("desk: a house is found by its number in every form, by owner and by phone") {
  Estate estate;
  const std::string house = "3号楼 2单元 0901";
  for (const char* words : {"3-2-901", "3-2-0901", "03-2-0901", "3/2/901", "3%E5%8F%B7%E6%A5%BC2%E5%8D%95%E5%85%83901%E5%AE%A4", "3-901", "3%20901"}) {
    CAPTURE(words);
    CHECK(estate.found(words) == "house: " + house);
  }
  CHECK(estate.found("3-2-90") == "house: " + house + " 3号楼 2单元 0902");
  CHECK(estate.found("3-1-901").empty());
  CHECK(estate.found("2-2-901").empty());
  CHECK(estate.found("901") == "house: " + house);
  CHECK(estate.found("090") == "house: " + house + " 3号楼 2单元 0902");
  CHECK(estate.found("%E7%8E%8B") == "house: " + house);
  CHECK(estate.found("%E5%BB%BA%E5%9B%BD") == "house: " + house);
  CHECK(estate.found("13800001") == "house: " + house);
  estate.refused(Method::get, "/desk", {}, 400, "bad_field", "search");
  CHECK(estate.found("%25").empty());
}

TEST_CASE("desk: residents, rooms, meters and recharges are found, and lead to their house") {
  Estate estate;
  const std::string tenant = number(estate.add("residents", R"("name":"陈静","type":"tenant","phone":"15000003333")"));
  estate.add("house-members", R"("relation":"tenant","house":)" + estate.second + R"(,"resident":)" + tenant);
  estate.move(1, estate.room, "null", 200);
  CHECK(estate.found("%E9%99%88%E9%9D%99") == "resident: 陈静");
  CHECK(estate.found("1500000") == "resident: 陈静");
  CHECK(estate.found("%E6%95%B4") == "room: 整套");
  CHECK(estate.found("m1") == "meter: m1");
  CHECK(estate.found("000000000001") == "meter: m1");
  CHECK(estate.found("r-1-0") == "recharge: r-1-0");
  const auto desk = estate.ask(Method::get, "/desk?search=r-1-0", {}, 200);
  const auto& recharge = desk.at("groups").as_array().back().at("rows").at(0);
  CHECK(recharge.at("amount").as_string() == "20.00");
  CHECK(number(recharge.at("house").as_int64()) == estate.first);
  CHECK(recharge.at("meter").as_int64() == 1);
  const auto person = estate.ask(Method::get, "/desk?search=%E9%99%88", {}, 200).at("groups").at(1).at("rows").at(0);
  CHECK(number(person.at("house").as_int64()) == estate.second);
  CHECK(person.at("detail").as_string() == "3号楼 2单元 0902");
}

TEST_CASE("desk: what the session may not read is not searched, and names and phones are masked") {
  Estate estate;
  estate.ApiFixture::add("clerk", 1, {"desk:read", "house:read"}, false, false);
  estate.admin = estate.log_in("clerk");
  const auto desk = estate.ask(Method::get, "/desk?search=901", {}, 200);
  REQUIRE(desk.at("groups").as_array().size() == 1);
  CHECK(desk.at("groups").at(0).at("kind").as_string() == "house");
  CHECK(desk.at("groups").at(0).at("rows").at(0).at("phone").as_string() == "138****1111");
  CHECK(desk.at("groups").at(0).at("rows").at(0).at("detail").as_string() == "王**");
  const auto house = estate.ask(Method::get, "/houses/" + estate.first + "/overview", {}, 200);
  for (const char* part : {"members", "meters", "recharges", "alarms"}) CHECK(house.at(part).is_null());
}

TEST_CASE("desk: residents are masked where they are found and on the page of their house, unless the session may see personal data") {
  Estate estate;
  const std::string tenant = number(estate.add("residents", R"("name":"陈静","type":"tenant","phone":"15000003333")"));
  estate.add("house-members", R"("relation":"tenant","house":)" + estate.second + R"(,"resident":)" + tenant);
  const auto hit = [&] { return estate.ask(Method::get, "/desk?search=15000003333", {}, 200).at("groups").at(1).at("rows").at(0); };
  const auto member = [&] { return estate.ask(Method::get, "/houses/" + estate.second + "/overview", {}, 200).at("members").at(0); };
  CHECK(hit().at("title").as_string() == "陈静");
  CHECK(member().at("name").as_string() == "陈静");
  estate.ApiFixture::add("clerk", 1, {"desk:read", "house:read", "resident:read"}, false, false);
  estate.admin = estate.log_in("clerk");
  CHECK(hit().at("title").as_string() == "陈**");
  CHECK(hit().at("phone").as_string() == "150****3333");
  CHECK(hit().at("detail").as_string() == "3号楼 2单元 0902");
  CHECK(member().at("name").as_string() == "陈**");
  CHECK(member().at("phone").as_string() == "150****3333");
}

TEST_CASE("desk: who sees only masks finds people by a whole name or number, never part by part") {
  Estate estate;
  estate.add("residents", R"("name":"陈静","type":"tenant","phone":"15000003333")");
  const std::string house = "house: 3号楼 2单元 0901";
  estate.ApiFixture::add("clerk", 1, {"desk:read", "house:read", "resident:read"}, false, false);
  estate.admin = estate.log_in("clerk");
  for (const char* part : {"1", "13800001", "1380000111", "138000011110", "15000003", "%E7%8E%8B", "%E7%8E%8B%E5%BB%BA", "%E5%BB%BA%E5%9B%BD", "%E9%99%88", "%E9%9D%99"}) {
    CAPTURE(part);
    CHECK(estate.found(part).empty());
  }
  CHECK(estate.found("13800001111") == house);
  CHECK(estate.found("%E7%8E%8B%E5%BB%BA%E5%9B%BD") == house);
  CHECK(estate.found("15000003333") == "resident: 陈**");
  CHECK(estate.found("%E9%99%88%E9%9D%99") == "resident: 陈**");
  CHECK(estate.found("090") == house + " 3号楼 2单元 0902");
}

TEST_CASE("desk: the same number in two communities is told apart by the community's name") {
  Estate estate;
  estate.ask(Method::post, "/communities", R"({"code":"tianjia","name":"田家园","kind":"residential"})", 201);
  const auto add = [&](const std::string& resource, const std::string& fields) {
    return number(estate.ask(Method::post, "/" + resource, R"({"site":"tianjia",)" + fields + "}", 201).at("id").as_int64());
  };
  const std::string building = add("buildings", R"("number":"03","name":"3号楼","with_units":true)");
  const std::string unit = add("units", R"("number":"2","name":"2单元","building":)" + building);
  add("houses", R"("number":"0901","building":)" + building + R"(,"unit":)" + unit + R"(,"type":)" + add("house-types", R"("name":"住宅","rate":"2.5")"));
  const auto rows = estate.ask(Method::get, "/desk?search=3-2-901", {}, 200).at("groups").at(0).at("rows").as_array();
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].at("title") == rows[1].at("title"));
  CHECK(rows[0].at("community").as_string() == "Site");
  CHECK(rows[1].at("community").as_string() == "田家园");
  for (const char* words : {"m1", "r-1-0", "%E6%95%B4"}) {
    CAPTURE(words);
    const auto desk = estate.ask(Method::get, "/desk?search=" + std::string(words), {}, 200);
    for (const auto& group : desk.at("groups").as_array())
      for (const auto& row : group.at("rows").as_array()) CHECK(row.at("community").as_string() == "Site");
  }
}

TEST_CASE("desk: of many only the first are shown, and that there are more") {
  Estate estate;
  for (int i = 0; i < 9; ++i) estate.house("11" + std::to_string(10 + i), "");
  const auto desk = estate.ask(Method::get, "/desk?search=11", {}, 200);
  CHECK(desk.at("groups").at(0).at("rows").as_array().size() == 6);
  CHECK(desk.at("groups").at(0).at("more").as_bool());
}

TEST_CASE("desk: numbers of houses as people write them") {
  CHECK(house_number_words("3-2-901") == std::vector<std::string>{"3", "2", "901"});
  CHECK(house_number_words("3栋2单元901") == std::vector<std::string>{"3", "2", "901"});
  CHECK(house_number_words("A座1203") == std::vector<std::string>{"A", "1203"});
  CHECK(house_number_words("901").empty());
  CHECK(house_number_words("1-2-3-4").empty());
  CHECK(house_number_words("王3").empty());
  CHECK(spellings("03") == std::vector<std::string>{"3", "03", "003", "0003"});
  CHECK(spellings("0") == std::vector<std::string>{"0", "00", "000", "0000"});
  CHECK(spellings("A") == std::vector<std::string>{"A"});
}

TEST_CASE("desk: the house page has its people, meters with balance and state, recharges and open alarms") {
  Estate estate;
  const std::string wang = number(estate.add("residents", R"("name":"王建国","type":"owner","phone":"13800001111")"));
  const std::string old = number(estate.add("residents", R"("name":"赵强","type":"tenant")"));
  estate.add("house-members", R"("relation":"tenant","until":"2024-12-31","house":)" + estate.first + R"(,"resident":)" + old);
  estate.add("house-members", R"("relation":"owner","since":"2020-01-01","house":)" + estate.first + R"(,"resident":)" + wang);
  estate.move(1, estate.room, "null", 200);
  const auto page = estate.ask(Method::get, "/houses/" + estate.first + "/overview", {}, 200);
  REQUIRE(page.at("members").as_array().size() == 2);
  CHECK(page.at("members").at(0).at("name").as_string() == "王建国");
  CHECK(page.at("members").at(0).at("since").as_string() == "2020-01-01");
  CHECK(page.at("members").at(1).at("until").as_string() == "2024-12-31");
  REQUIRE(page.at("meters").as_array().size() == 1);
  CHECK(page.at("meters").at(0).at("balance").as_string() == estate.ask(Method::get, "/meters/1", {}, 200).at("balance").as_string());
  const auto& recharges = page.at("recharges").as_array();
  REQUIRE(recharges.size() > 1);
  CHECK(recharges[0].at("at").as_int64() > recharges[1].at("at").as_int64());
  for (const auto& row : recharges) {
    CHECK(row.at("meter").as_int64() == 1);
    CHECK_FALSE(row.as_object().contains("sale"));  // it names the household, in clear
  }
  CHECK(page.at("alarms").as_array().size() == static_cast<std::size_t>(estate.total("/alarms?active=true&meter=1")));
  CHECK(estate.ask(Method::get, "/houses/" + estate.second + "/overview", {}, 200).at("meters").as_array().empty());
}

TEST_CASE("sources: spc-source-import-to-prepaid: ticking a source brings in all rooms below it, once") {
  Estate estate;
  const std::string source = number(estate.add("sources", R"("code":"00002","name":"田家园未来科技城店","type":"centralised")"));
  estate.refused(Method::post, "/prepaid/sources/" + source, "{}", 400, "bad_field", "source");
  for (const char* room : {"A01", "A02", "A03"})
    estate.add("rooms", R"("name":")" + std::string(room) + R"(","number":")" + room + R"(","source":)" + source);
  CHECK(estate.total("/prepaid/sources") == 0);
  const auto first = estate.ask(Method::post, "/prepaid/sources/" + source, "{}", 200);
  CHECK(first.at("rooms").as_int64() == 3);
  CHECK(first.at("already").as_int64() == 0);
  estate.add("rooms", R"("name":"A04","number":"A04","source":)" + source);
  CHECK(estate.rows("/prepaid/sources").at(0).at("waiting").as_int64() == 1);
  const auto again = estate.ask(Method::post, "/prepaid/sources/" + source, "{}", 200);
  CHECK(again.at("rooms").as_int64() == 1);
  CHECK(again.at("already").as_int64() == 3);
  CHECK(estate.rows("/prepaid/sources").at(0).at("rooms").as_int64() == 4);
  for (const char* words : {"0000", "%E7%94%B0%E5%AE%B6"}) CHECK(estate.total("/prepaid/sources?search=" + std::string(words)) == 1);
  CHECK(estate.total("/prepaid/sources?type=centralised&site=site") == 1);
  CHECK(estate.total("/prepaid/sources?type=room") == 0);
  estate.refused(Method::post, "/prepaid/sources/99", "{}", 404, "not_found", "source");
  estate.ask(Method::del, "/prepaid/sources/" + source, {}, 204);
  CHECK(estate.total("/prepaid/sources") == 0);
  estate.refused(Method::del, "/prepaid/sources/" + source, {}, 404, "not_found", "source");
  CHECK(estate.site.count("SELECT count(*) FROM prepaid_room WHERE until_by = 'admin'") == 4);
  estate.ask(Method::post, "/sources/" + source + "/disable", "{}", 200);
  estate.refused(Method::post, "/prepaid/sources/" + source, "{}", 409, "disabled", "source");
}

TEST_CASE("sources: spc-hierarchy: source, gateway, meter: a source counts and lists the meters of its rooms") {
  Estate estate;
  const std::string source = number(estate.add("sources", R"("code":"00001","name":"远洋心里","type":"distributed")"));
  const std::string one = number(estate.add("rooms", R"("name":"1号室","number":"1","source":)" + source));
  estate.add("rooms", R"("name":"2号室","number":"2","source":)" + source);
  estate.move(1, one, "null", 200);
  estate.move(2, one, "null", 200);
  estate.move(3, estate.room, "null", 200);
  CHECK(estate.total("/meters?source=" + source) == 0);
  estate.ask(Method::post, "/prepaid/sources/" + source, "{}", 200);
  const auto row = estate.rows("/prepaid/sources").at(0);
  CHECK(row.at("rooms").as_int64() == 2);
  CHECK(row.at("rooms_with_meter").as_int64() == 1);
  CHECK(row.at("meters").as_int64() == 2);
  CHECK(row.at("gateways").as_int64() == 1);
  const auto meters = estate.rows("/meters?source=" + source);
  REQUIRE(meters.size() == 2);
  for (const auto& meter : meters) CHECK(meter.at("gateway").as_string() == "gw");
}
