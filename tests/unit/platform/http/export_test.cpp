// Lists as spreadsheets, through the whole API and the real store.

#include "platform/http/export.hpp"

#include <map>

#include "platform/catalog/catalog.hpp"
#include "platform/catalog/record_rows.hpp"
#include "platform/http/rows/lists.hpp"
#include "tests/unit/platform/http/api_fixture.hpp"

using namespace anju;
using namespace anju::platform;

namespace {

struct Office : ApiFixture {
  Session admin = log_in("admin");

  Office() {
    for (const auto& [path, body] : std::initializer_list<std::pair<const char*, const char*>>{
             {"/buildings", R"({"site":"site","number":"01","name":"1号楼"})"},
             {"/house-types", R"({"site":"site","name":"高层","rate":"9.95"})"},
             {"/houses", R"({"site":"site","building":1,"number":"0101","type":1,"area":"89.3","owner":"王小明","phone":"13800001234","note":"=1+1"})"},
             {"/houses", R"({"site":"site","building":1,"number":"0102","type":1,"area":"120"})"},
             {"/houses", R"({"site":"site","building":1,"number":"0103","type":1})"},
             {"/houses", R"({"site":"site","building":1,"number":"0104","type":1,"area":"60"})"}})
      REQUIRE(call(Method::post, path, body, admin).status == 201);
  }

  std::vector<CellRow> rows(const catalog::Listing& listing, std::int64_t batch, bool clear = true) {
    const catalog::Resource& houses = *catalog::find("houses");
    const auto source = catalog::record_rows(*records, houses, {{1}, listing, Language::zh, clear, *queries->sites({1})});
    std::vector<CellRow> all;
    for (;;) {
      auto part = source->next(batch);
      REQUIRE(part);
      if (part->empty()) break;
      for (CellRow& row : *part) all.push_back(std::move(row));
    }
    CHECK(source->count() == static_cast<std::int64_t>(all.size()));
    return all;
  }
};

std::vector<std::string> numbers(const std::vector<CellRow>& rows) {
  std::vector<std::string> all;
  for (const CellRow& row : rows) all.push_back(std::get<std::string>(row[3]));
  return all;
}

}  // namespace

TEST_CASE("export: a row says references by title, flags and states in words, times in the site's zone, and numbers as numbers") {
  Office office;
  const auto row = office.rows({}, 100).back();
  const std::string time = time_text(office.now, 480);
  CHECK(row == CellRow{"Site", "1号楼", Cell(), "0101", "高层", Number{8930, 2}, Cell(), "王小明", "13800001234", Cell(), "", "=1+1", "启用", time, time});
  CHECK(time_text(base::UtcMillis(1'763'687'758'000), 480) == "2025-11-21 09:15:58");
}

TEST_CASE("export: personal fields are masked for who may not see them") {
  Office office;
  const auto row = office.rows({}, 100, false).back();
  CHECK(row[7] == Cell("王**"));
  CHECK(row[8] == Cell("138****1234"));
}

TEST_CASE("export: batches continue where the last one ended, in the list's order, also where the sorted field is empty") {
  Office office;
  const catalog::Resource& houses = *catalog::find("houses");
  for (const std::int64_t batch : {1, 2, 3, 100}) {
    CAPTURE(batch);
    catalog::Listing listing;
    CHECK(numbers(office.rows(listing, batch)) == std::vector<std::string>{"0104", "0103", "0102", "0101"});
    listing.sort = catalog::find(houses, "area");
    CHECK(numbers(office.rows(listing, batch)) == std::vector<std::string>{"0103", "0104", "0101", "0102"});
    listing.descending = true;
    CHECK(numbers(office.rows(listing, batch)) == std::vector<std::string>{"0102", "0101", "0104", "0103"});
    listing.search = "010";
    listing.sort = catalog::find(houses, "owner");
    CHECK(office.rows(listing, batch).size() == 4);
  }
}

TEST_CASE("export: the answer is a file of the list's query, named after the list, and the audit log says who took it") {
  Office office;
  const Response response = office.call(Method::get, "/houses/export?search=0101", {}, office.admin);
  CHECK(response.status == 200);
  CHECK(response.content_type == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
  CHECK(response.body.starts_with("PK"));
  REQUIRE(response.headers.size() == 2);
  CHECK(response.headers[0].second.starts_with("attachment; filename=\"houses-2025"));
  CHECK(office.site.count("SELECT count(*) FROM audit WHERE action = 'export_house' AND who = 'admin' AND detail = 'rows=1'") == 1);
  for (const char* list : {"/meters/export?search=x", "/audit/export?lang=en", "/buildings/export?sort=-number"}) {
    CAPTURE(list);
    CHECK(office.call(Method::get, list, {}, office.admin).body.starts_with("PK"));
  }
  CHECK(office.call(Method::get, "/houses/export?sort=note", {}, office.admin).code == "bad_field");
}

TEST_CASE("export: meters of every kind stand in one sheet, each with its kind, its unit, its room and the words of its valve") {
  Office office;
  StoredSite& site = office.site;
  site.ask(PutPricePlan{0, "water", {PlanKind::total, base::Price(350'007), {}}, {}, Utility::water});
  for (const auto& [device, kind, valve] : {std::tuple{"w1", wire::MeterKind::water, true}, std::tuple{"w2", wire::MeterKind::water, false}, std::tuple{"k1", wire::MeterKind::hot_water, true}}) {
    RegisterMeter meter;
    meter.gateway = "gw";
    meter.line = "l1";
    meter.device = meter.name = device;
    meter.room = "typed";
    meter.address = std::string("00000000010") + (device[0] == 'k' ? '3' : device[1]);
    meter.price_plan = 3;
    meter.kind = kind;
    meter.valve = valve;
    meter.profile.dialect = "mqtt";
    site.ask(meter);
  }
  wire::StatusEvent status;
  status.device = base::DeviceId("w1");
  status.at = site.now;
  status.relay = wire::Relay::open;
  site.now = site.now + base::minutes(15);
  const std::vector<wire::Event> events{status, wire::ReadingsEvent{{{base::DeviceId("w1"), site.now, wire::ReadingKind::interval, base::Quantity(12'300), {}}}}};
  site.ledger->take(1, "e1", site.seq + 1, events, site.now);
  site.commit();
  office.now = site.now;
  REQUIRE(office.call(Method::post, "/rooms", R"({"site":"site","name":"Room A","number":"1"})", office.admin).status == 201);
  REQUIRE(office.call(Method::put, "/meters/1/room", R"({"room":1})", office.admin).status == 200);

  const auto source = meter_rows(*office.queries, {{1}, Language::zh, *office.queries->sites({1}), office.now}, {});
  const std::vector<Column> heads = source->columns();
  std::map<std::string, std::map<std::string, Cell>> cells;  // by name of the meter, by head
  const auto rows = source->next(100);
  REQUIRE(rows);
  for (const CellRow& row : *rows) {
    REQUIRE(row.size() == heads.size());
    for (std::size_t i = 0; i < row.size(); ++i) {
      CHECK(heads[i].label.find("度") == std::string::npos);
      CHECK(heads[i].label.find("用电") == std::string::npos);
      cells[std::get<std::string>(row[1])][heads[i].label] = row[i];
    }
  }
  REQUIRE(cells.size() == 6);
  CHECK(source->title() == "表计");
  const auto text = [&](const char* meter, const char* head) {
    REQUIRE(cells.at(meter).contains(head));
    const auto* said = std::get_if<std::string>(&cells.at(meter).at(head));
    return said == nullptr ? std::string("(none)") : *said;
  };
  CHECK(text("m1", "表计类型") == "电表");
  CHECK(text("w1", "表计类型") == "水表");
  CHECK(text("k1", "表计类型") == "水控机");
  CHECK(text("m1", "单位") == "度");
  CHECK(text("w1", "单位") == "m³");
  CHECK(text("k1", "单位") == "m³");
  CHECK(text("m1", "房间") == "Room A");
  CHECK(text("w1", "房间") == "typed");
  CHECK(text("w1", "开关/阀门状态") == "阀门关");
  CHECK(text("w2", "开关/阀门状态") == "(none)");
  CHECK(cells.at("w1").at("最近读数") == Cell(Number{12'300, 4}));
  CHECK(cells.at("w1").at("今日用量") == Cell(Number{12'300, 4}));
}

TEST_CASE("export: a report of several kinds says per row what its quantities are in, and one of money alone does not") {
  ApiFixture fixture;
  {
    soci::session session;
    REQUIRE(open_session(session, fixture.site.url(), false));
    drop_triggers(session);
    session << "UPDATE meter SET kind = 'water' WHERE id = 2";
  }
  for (const catalog::Report* report : catalog::reports()) {
    CAPTURE(std::string(report->name));
    catalog::ReportAsk ask;
    ask.to = fixture.now + base::hours(1);
    const auto source = report_rows(*fixture.reports, *report, {{1}, Language::zh, *fixture.queries->sites({1}), fixture.now}, ask);
    const std::vector<Column> heads = source->columns();
    const auto at = [&](const char* title) {
      const auto found = std::find_if(heads.begin(), heads.end(), [title](const Column& one) { return one.label == title; });
      return static_cast<std::size_t>(found - heads.begin());
    };
    const std::string name(report->name);
    CHECK((at("单位") == heads.size()) == (name == "switches" || name == "orders" || name == "refunds" || name == "connections"));
    for (const Column& head : heads) CHECK(head.label.find("(度)") == std::string::npos);
    if (at("单位") == heads.size()) continue;
    const auto rows = source->next(5000);
    REQUIRE(rows);
    for (const CellRow& row : *rows) {
      REQUIRE(row.size() == heads.size());
      const bool water = row[at("电表编号")] == Cell("m2");
      CHECK(row[at("表计类型")] == Cell(water ? "水表" : "电表"));
      CHECK(row[at("单位")] == Cell(water ? "m³" : "度"));
    }
  }
}

TEST_CASE("export: the right to read a list is not the right to take it away") {
  ApiFixture fixture;
  fixture.add("clerk", 1, {"house:read", "house:export"}, false, false);
  const Session clerk = fixture.log_in("clerk"), reader = fixture.log_in("reader");
  CHECK(fixture.call(Method::get, "/houses/export", {}, clerk).status == 200);
  CHECK(fixture.call(Method::get, "/buildings/export", {}, clerk).status == 403);
  CHECK(fixture.call(Method::get, "/meters/export", {}, reader).status == 403);
}

TEST_CASE("records: personal data are masked in lists and details; who may have them shown leaves an audit row, and an unchanged mask changes nothing") {
  Office office;
  const auto listed = ApiFixture::json(office.call(Method::get, "/houses?search=0101", {}, office.admin)).at("rows").as_array().at(0);
  CHECK(listed.at("phone").as_string() == "138****1234");
  CHECK(listed.at("owner").as_string() == "王**");
  const std::string target = "/houses/" + std::to_string(listed.at("id").as_int64());
  CHECK(ApiFixture::json(office.call(Method::get, target, {}, office.admin)).at("owner").as_string() == "王**");

  const std::string change = R"({"version":1,"number":"0101","type":1,"owner":"王**","phone":"13900005678","note":""})";
  CHECK(office.call(Method::put, target, change, office.admin).status == 200);
  const auto clear = ApiFixture::json(office.call(Method::post, target + "/reveal", "{}", office.admin));
  CHECK(clear.at("owner").as_string() == "王小明");
  CHECK(clear.at("phone").as_string() == "13900005678");
  CHECK(office.site.count("SELECT count(*) FROM audit WHERE action = 'reveal_house' AND result = 'ok' AND object LIKE 'house %'") == 1);

  office.add("seer", 1, {"personal:read"}, false, false);
  office.add("clerk", 1, {"house:read"}, false, false);
  CHECK(office.call(Method::post, target + "/reveal", "{}", office.log_in("seer")).status == 403);
  CHECK(office.call(Method::post, target + "/reveal", "{}", office.log_in("clerk")).status == 403);
}

TEST_CASE("records: a mask is no name and no number: neither a new row nor another one takes it") {
  Office office;
  const auto listed = ApiFixture::json(office.call(Method::get, "/houses?search=0101", {}, office.admin)).at("rows").as_array().at(0);
  const std::string target = "/houses/" + std::to_string(listed.at("id").as_int64());
  const auto refused = [&](Method method, const std::string& path, const std::string& body, const char* field) {
    const Response response = office.call(method, path, body, office.admin);
    CHECK_MESSAGE(response.status == 400, response.body);
    if (response.status == 400) CHECK(ApiFixture::json(response).at("field").as_string() == field);
  };
  const std::string fresh = R"({"site":"site","number":"0909","building":)" + std::to_string(listed.at("building").at("id").as_int64()) + R"(,"type":1,)";
  refused(Method::post, "/houses", fresh + R"("phone":"138****1234"})", "phone");
  refused(Method::post, "/houses", fresh + R"("owner":"王**"})", "owner");
  refused(Method::post, "/residents", R"({"site":"site","name":"李**","type":"owner"})", "name");
  refused(Method::put, target, R"({"version":1,"number":"0101","type":1,"owner":"李**"})", "owner");
  refused(Method::put, target, R"({"version":1,"number":"0101","type":1,"phone":"138****9999"})", "phone");
  refused(Method::post, "/communities", R"({"code":"n","name":"N","kind":"school","contact":"孙**"})", "contact");
  const auto community = ApiFixture::json(office.call(Method::get, "/communities", {}, office.admin)).at("rows").as_array().at(0);
  refused(Method::put, "/communities/" + std::to_string(community.at("id").as_int64()),
          R"({"version":1,"name":"Site","kind":"school","utc_offset_minutes":480,"greatest_power_w":100000,"phone":"138****9999"})", "phone");
  CHECK(office.site.count("SELECT count(*) FROM house WHERE owner LIKE '%*%' OR phone LIKE '%*%'") == 0);
}
