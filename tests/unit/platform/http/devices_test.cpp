// Meters of three protocols through the whole API, the ledger and the real store.

#include <boost/json/serialize.hpp>

#include "platform/http/rows/lists.hpp"
#include "tests/unit/platform/http/office.hpp"

using namespace anju;
using namespace anju::platform;

namespace {

/// A registration; more: further members, with a comma in front.
std::string meter(const std::string& device, const std::string& address, const std::string& more) {
  return R"({"device":")" + device + R"(","name":"表 )" + device + R"(","address":")" + address +
         R"(","gateway":"gw","line":"l1","start_reading":{"total":"0"},"mode":"prepaid","alarm_1":"20","alarm_2":"10","overdraft":"0","auto_trip":true)" + more + "}";
}

constexpr const char* kMapped = R"(,"kind":"water","profile":{"dialect":"cjt188","status_map":"closed_01"})";
constexpr const char* kModbus = R"(,"price_plan":1,"profile":{"dialect":"modbus","model":"eastron-sdm120"})";

struct Devices : Office {
  std::string water_plan = R"(,"price_plan":)" +
                           number(ask(Method::post, "/price-plans", R"({"name":"民用水","kind":"total","total":"3.5","utility":"water"})", 201).at("id").as_int64());
};

}  // namespace

TEST_CASE("wm-add-scan: a water meter of CJ/T188 and a Modbus meter are registered, and shown with how they are spoken to") {
  Devices office;
  const auto water = office.ask(Method::post, "/meters",
                                meter("w01", "33780012345a0b", office.water_plan + R"(,"kind":"water","baud":2400,"profile":{"dialect":"cjt188","meter_type":"12",)"
                                                               R"("low_byte_first":true,"status_map":"closed_10","valve_open":"A5","valve_close":"5A","travel_s":40})"), 201);
  CHECK(water.at("address").as_string() == "33780012345A0B");
  CHECK(water.at("baud").as_int64() == 2400);
  const auto profile = water.at("profile").as_object();
  CHECK(profile.size() == 7);
  CHECK(profile.at("dialect").as_string() == "cjt188");
  CHECK(profile.at("meter_type").as_string() == "12");
  CHECK(profile.at("low_byte_first").as_bool());
  CHECK(profile.at("status_map").as_string() == "closed_10");
  CHECK(profile.at("valve_open").as_string() == "A5");
  CHECK(profile.at("travel_s").as_int64() == 40);
  const auto power = office.ask(Method::post, "/meters", meter("p01", "17", std::string(kModbus) + R"(,"valve":false)"), 201);
  CHECK(power.at("address").as_string() == "17");
  CHECK(power.at("profile").at("model").as_string() == "eastron-sdm120");
  CHECK(power.at("baud").is_null());
  CHECK_FALSE(power.at("valve").as_bool());
  // Found by part of the address in either case.
  CHECK(office.ask(Method::get, "/meters?search=345a0", {}, 200).at("total").as_int64() == 1);
  bool found = false;
  const auto desk = office.ask(Method::get, "/desk?search=33780012345a", {}, 200);
  for (const auto& group : desk.at("groups").as_array())
    for (const auto& row : group.at("rows").as_array()) found = found || row.at("id") == water.at("id");
  CHECK(found);
  // A meter of DL/T645 as before; what would let somebody switch it is not shown.
  const auto old = office.ask(Method::get, "/meters/1", {}, 200).at("profile").as_object();
  CHECK(old.at("dialect").as_string() == "dlt645-2007");
  CHECK(old.at("close").as_string() == "direct");
  for (const char* secret : {"password", "access_level", "operator_code"}) CHECK_FALSE(old.contains(secret));
  office.check_books();
}

TEST_CASE("em-list: every list of meters says what protocol each speaks, page by page, and after another device took its place") {
  Devices office;
  office.ask(Method::post, "/meters", meter("w01", "33780012345A0B", office.water_plan + kMapped), 201);
  const std::string power = number(office.ask(Method::post, "/meters", meter("p01", "17", kModbus), 201).at("id").as_int64());
  const auto spoken = [](const boost::json::value& row) {
    const auto* model = row.as_object().if_contains("model");
    return std::string(row.at("dialect").as_string()) + (model != nullptr ? " " + std::string(model->as_string()) : "");
  };
  std::vector<std::string> listed;
  for (int page = 1; page <= 5; ++page) {
    const auto rows = office.ask(Method::get, "/meters?page_size=1&page=" + number(page), {}, 200).at("rows").as_array();
    REQUIRE(rows.size() == 1);
    listed.push_back(spoken(rows.front()));
  }
  CHECK(listed == std::vector<std::string>{"dlt645-2007", "dlt645-2007", "dlt645-2007", "cjt188", "modbus eastron-sdm120"});
  CHECK(spoken(office.ask(Method::get, "/meters?search=p01", {}, 200).at("rows").at(0)) == "modbus eastron-sdm120");
  CHECK(spoken(office.ask(Method::get, "/meters/" + power, {}, 200)) == "modbus eastron-sdm120");
  std::vector<std::string> behind;
  const auto gateway = office.ask(Method::get, "/gateways/gw", {}, 200);
  for (const auto& device : gateway.at("device_states").as_array()) behind.push_back(spoken(device));
  CHECK(behind == listed);
  const auto sheet = meter_rows(*office.queries, {{1}, Language::en, *office.queries->sites({1}), office.now}, {})->next(10);
  REQUIRE(sheet);
  REQUIRE(sheet->size() == 5);
  CHECK((*sheet)[0][8] == Cell("DL/T645-2007"));
  CHECK((*sheet)[4][8] == Cell("Modbus eastron-sdm120"));
  office.now = office.now + base::minutes(20);
  office.ask(Method::post, "/meters/" + power + "/register-changes",
             R"({"id":"x1","kind":"replace","last":{"total":"0"},"start":{"total":"5"},"address":"202311000042","profile":{"dialect":"dlt645-1997"}})", 201);
  CHECK(spoken(office.ask(Method::get, "/meters?search=p01", {}, 200).at("rows").at(0)) == "dlt645-1997");
}

TEST_CASE("wm-add-scan: what does not fit together is refused by its field, with the rule") {
  Devices office;
  const auto before = office.site.count("SELECT count(*) FROM meter");
  const auto refused = [&](const std::string& body, const std::string& field, const std::string& rule) {
    const auto answer = office.ask(Method::post, "/meters", body, 400);
    CHECK(answer.at("field").as_string() == field);
    CHECK_MESSAGE(std::string(answer.at("message").as_string()).find(rule) != std::string::npos, std::string(answer.at("message").as_string()));
  };
  refused(meter("w01", "202311000042", office.water_plan + kMapped), "address", "14 hex digits");
  refused(meter("w01", "AA330011223344", office.water_plan + kMapped), "address", "not beginning with AA");
  refused(meter("p01", "248", kModbus), "address", "1 to 247");
  refused(meter("p01", "255", kModbus), "address", "on a line of Modbus TCP");
  refused(meter("p01", "0", kModbus), "address", "on a line of Modbus TCP");
  refused(meter("p01", "", kModbus), "address", "address");
  refused(meter("e01", "33780012345678", R"(,"price_plan":1)"), "address", "12 digits");
  refused(meter("w01", "33780012345678", office.water_plan + R"(,"kind":"water","profile":{"dialect":"cjt188"})"), "profile.status_map", "valve must be false");
  refused(meter("w01", "33780012345678", office.water_plan + R"(,"kind":"hot_water","profile":{"dialect":"cjt188","status_map":"closed_01"})"), "profile.dialect", "water");
  refused(meter("w01", "202311000042", office.water_plan + R"(,"kind":"water")"), "profile.dialect", "DL/T645 counts electricity");
  refused(meter("p01", "17", R"(,"price_plan":1,"profile":{"dialect":"modbus"})"), "profile.model", "file");
  refused(meter("p01", "17", R"(,"price_plan":1,"profile":{"dialect":"modbus","model":"../x"})"), "profile.model", "");
  // A member of another dialect is a mistake, not a wish.
  refused(meter("p01", "17", R"(,"price_plan":1,"profile":{"dialect":"modbus","model":"x","password":"123456"})"), "profile.password", "modbus");
  refused(meter("e01", "202311000042", R"(,"price_plan":1,"profile":{"model":"x"})"), "profile.model", "dlt645-2007");
  refused(meter("w01", "33780012345678", office.water_plan + R"(,"kind":"water","profile":{"dialect":"cjt188","status_map":"closed_01","close":"direct"})"), "profile.close", "cjt188");
  refused(meter("w01", "33780012345678", office.water_plan + R"(,"kind":"water","profile":{"dialect":"cjt188","status_map":"closed_01","travel_s":121})"), "profile.travel_s", "120");
  refused(meter("e01", "202311000042", R"(,"price_plan":1,"valve":false)"), "valve", "Modbus");
  CHECK(office.site.count("SELECT count(*) FROM meter") == before);
  office.ask(Method::post, "/meters", meter("p01", "17", kModbus), 201);
  CHECK(office.ask(Method::post, "/meters", meter("p02", "17", kModbus), 409).at("field").as_string() == "address");
}

TEST_CASE("em-detail: a meter is replaced by one of another protocol, and its row says so") {
  Devices office;
  const std::string path = "/meters/" + number(office.ask(Method::post, "/meters", meter("p01", "17", kModbus), 201).at("id").as_int64());
  office.now = office.now + base::minutes(20);
  const auto replace = [&](const std::string& key, const std::string& more, int status) {
    return office.ask(Method::post, path + "/register-changes", R"({"id":")" + key + R"(","kind":"replace","last":{"total":"0"},"start":{"total":"5"})" + more + "}", status);
  };
  const auto wrong = replace("x1", R"(,"address":"202311000042")", 400);  // it is a Modbus meter
  CHECK(wrong.at("field").as_string() == "address");
  CHECK(std::string(wrong.at("message").as_string()).find("1 to 247") != std::string::npos);
  CHECK(replace("x1", R"(,"profile":{"dialect":"dlt645-2007"})", 400).at("field").as_string() == "address");
  CHECK(replace("x1", R"(,"address":"202311000042","profile":{"dialect":"dlt645-2007","model":"x"})", 400).at("field").as_string() == "profile.model");
  CHECK(replace("x1", R"(,"address":"202311000042","profile":{"dialect":"cjt188"})", 400).at("field").as_string() == "address");
  replace("x1", R"(,"address":"202311000042","baud":1200,"profile":{"dialect":"dlt645-1997"})", 201);
  const auto now = office.ask(Method::get, path, {}, 200);
  CHECK(now.at("address").as_string() == "202311000042");
  CHECK(now.at("profile").at("dialect").as_string() == "dlt645-1997");
  CHECK(now.at("baud").as_int64() == 1200);
  CHECK(office.site.count("SELECT count(*) FROM audit WHERE detail LIKE '%dialect%dlt645-1997%'") == 1);
  office.check_books();
}

TEST_CASE("con-meter-link-params: how a meter is spoken to is corrected, the log says how, and of passwords only that there are others") {
  Devices office;
  office.ask(Method::post, "/gateways", R"({"site":"site","id":"two","name":"B","lines":[{"id":"a","uri":"tcp://10.0.0.7:4001"},{"id":"b","uri":"tcp://10.0.0.8:4001"}]})", 201);
  std::string made = meter("e01", "202311000042", R"(,"price_plan":1,"profile":{"dialect":"dlt645-2007","password":"123456"})");
  made.replace(made.find(R"("gateway":"gw","line":"l1")"), std::string(R"("gateway":"gw","line":"l1")").size(), R"("gateway":"two","line":"a")");
  const std::string id = number(office.ask(Method::post, "/meters", made, 201).at("id").as_int64()), path = "/meters/" + id + "/device";
  const auto registered = office.ask(Method::get, "/gateways/two", {}, 200).at("archive_version").as_int64();
  const auto wrong = [&](const std::string& body, int status, const std::string& code, const std::string& field) { office.refused(Method::put, path, body, status, code, field); };
  wrong(R"({"profile":{}})", 400, "bad_field", "address");
  wrong(R"({"address":"202311000042"})", 400, "bad_field", "profile");
  wrong(R"({"address":"202311000042","profile":{"dialect":"m-bus"}})", 400, "bad_field", "profile.dialect");
  wrong(R"({"address":"202311000042","profile":{"dialect":"modbus","model":"x"}})", 400, "bad_field", "profile.dialect");
  wrong(R"({"address":"202311000042","profile":{"status_map":"closed_01"}})", 400, "bad_field", "profile.status_map");
  wrong(R"({"address":"202311000042","profile":{"password":"12345"}})", 400, "bad_field", "profile.password");
  wrong(R"({"address":"202311000042","profile":{"format":"9E1"}})", 400, "bad_field", "profile.format");
  wrong(R"({"address":"202311000042","baud":200,"profile":{}})", 400, "bad_field", "baud");
  wrong(R"({"address":"202311000042","line":"z","profile":{}})", 404, "not_found", "line");
  wrong(R"({"address":"202311000043","profile":{}})", 409, "conflict", "address");
  const auto version = [&office] { return office.ask(Method::get, "/gateways/two", {}, 200).at("archive_version").as_int64(); };
  CHECK(version() == registered);

  const auto now = office.ask(Method::put, path,
                              R"({"address":"202311000042","line":"b","baud":1200,"profile":{"dialect":"dlt645-1997","close":"permit","preamble":1,"format":"8N1","password":"AB12CD"}})", 200);
  CHECK(now.at("line").as_string() == "b");
  CHECK(now.at("baud").as_int64() == 1200);
  CHECK(now.at("dialect").as_string() == "dlt645-1997");
  CHECK(now.at("profile").at("close").as_string() == "permit");
  CHECK(now.at("profile").at("format").as_string() == "8N1");
  CHECK(now.at("dispatch").as_string() == "dispatched");
  CHECK(version() == registered + 1);
  CHECK(office.site.count("SELECT count(*) FROM meter m JOIN line l ON l.id = m.line WHERE m.id = " + id +
                          " AND l.code = 'b' AND m.profile LIKE '%AB12CD%' AND m.address = '202311000042'") == 1);
  CHECK(office.site.count("SELECT count(*) FROM audit WHERE action = 'change_meter_device' AND result = 'ok' AND object = 'meter " + id +
                          "' AND detail LIKE '%line=b; dialect=dlt645-1997; baud=1200; options=close=permit, %format=8N1; secrets=password'") == 1);
  // Not among what was refused either.
  CHECK(office.site.count("SELECT count(*) FROM audit WHERE detail LIKE '%AB12CD%' OR detail LIKE '%12345%'") == 0);
  // What an answer has is taken back as it is, null included, and the password stays.
  office.ask(Method::put, path, R"({"address":"202311000042","baud":null,"profile":)" + boost::json::serialize(now.at("profile")) + "}", 200);
  CHECK(office.ask(Method::get, "/meters/" + id, {}, 200).at("baud").is_null());
  CHECK(office.site.count("SELECT count(*) FROM meter WHERE id = " + id + " AND profile LIKE '%AB12CD%'") == 1);
  CHECK(office.site.count("SELECT count(*) FROM register_change") == 0);
  office.check_books();
}

TEST_CASE("wm-read-now: CJ/T188 and Modbus are asked only what they can do") {
  Devices office;
  const std::string path = "/meters/" + number(office.ask(Method::post, "/meters", meter("p01", "17", kModbus), 201).at("id").as_int64()) + "/commands";
  for (const char* kind : {"keep_power_on", "set_clock", "clear"})
    office.refused(Method::post, path, std::string(R"({"id":"c1","kind":")") + kind + R"("})", 409, "not_for_kind", "");
  office.ask(Method::post, path, R"({"id":"c1","kind":"read"})", 202);
}
