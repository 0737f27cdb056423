// Concentrators, 数据下发 and what scans found, through the whole API, the ledger and the real store.

#include <soci/soci.h>

#include "platform/store/database.hpp"
#include "platform/store/question.hpp"
#include "tests/unit/platform/http/office.hpp"

using namespace anju;
using namespace anju::platform;

namespace {

struct Concentrators : Office {
  /// A registration at the fixture's gateway; more: further members, with a comma in front.
  boost::json::value enter(const std::string& device, const std::string& address, const std::string& more = "", int status = 201) {
    return ask(Method::post, "/meters",
               R"({"device":")" + device + R"(","name":"表 )" + device + R"(","address":")" + address +
                   R"(","gateway":"gw","line":"l1","price_plan":1,"start_reading":{"total":"100"},"mode":"prepaid","alarm_1":"20","alarm_2":"10","overdraft":"0","auto_trip":true)" + more + "}",
               status);
  }
  boost::json::object device(const std::string& id) {
    const auto gateway = ask(Method::get, "/gateways/gw", {}, 200);
    for (const auto& one : gateway.at("device_states").as_array())
      if (one.at("id").as_string() == id.c_str()) return one.as_object();
    return {};
  }
  std::string state(const std::string& id) { return std::string(device(id).at("dispatch").as_string()); }
  /// The gateway says which archive it holds.
  void hold() {
    wire::GatewayState said;
    said.online = true;
    said.at = site.now = now = now + base::seconds(1);
    said.epoch = site.ledger->position(1, epoch).epoch;
    said.archive_version = site.ledger->archive_of(1)->version;
    said.last_seq = site.ledger->position(1, epoch).through;
    site.ledger->hear_state(1, said, now);
    site.commit();
  }
  void event(wire::Event what) {
    const std::int64_t next = site.ledger->position(1, epoch).through + 1;
    const std::vector<wire::Event> events{std::move(what)};
    CHECK(site.ledger->take(1, epoch, next, events, now).through == next);
    site.commit();
  }
  std::string epoch = text("SELECT epoch FROM stream WHERE id = (SELECT stream FROM gateway WHERE code = 'gw')");
  std::string text(const std::string& query) {
    soci::session session;
    REQUIRE(open_session(session, site.url()));
    Select row(session, 1, query);
    REQUIRE(row.next());
    return row.text();
  }
};

wire::FoundDevice found(const std::string& address, const std::string& dialect = "dlt645-2007") {
  wire::FoundDevice device;
  device.dialect = dialect;
  device.address = address;
  return device;
}

}  // namespace

TEST_CASE("concentrators: con-register: a gateway gets an asset number of eight digits, once in the company, and a place in the tree") {
  Concentrators office;
  const std::string source = number(office.add("sources", R"("code":"S1","name":"1 号公寓","type":"centralised")"));
  const auto body = [&](const std::string& more) { return R"({"site":"site","gateway":"gw","name":"配电房",)" + more + "}"; };
  for (const char* wrong : {"1234567", "123456789", "1234567x", "１２３４５６７８"})
    office.refused(Method::post, "/concentrators", body(R"("asset_number":")" + std::string(wrong) + '"'), 400, "bad_field", "asset_number");
  office.refused(Method::post, "/concentrators", R"({"site":"site","gateway":"nobody","name":"x"})", 404, "not_found", "gateway");
  const auto made = office.ask(Method::post, "/concentrators", body(R"("asset_number":"16100610","source":)" + source + R"(,"supply_unit":"城东","installed":"2026-11-22")"), 201);
  CHECK(made.at("asset_number").as_string() == "16100610");
  CHECK(made.at("source").at("title").as_string() == "1 号公寓");
  CHECK(made.at("online").as_bool());
  CHECK(made.at("meters").as_int64() == 3);
  office.refused(Method::post, "/concentrators", body(R"("note":"again")"), 409, "conflict", "gateway");
  office.refused(Method::del, "/sources/" + source, {}, 409, "in_use", "concentrators");
  // Another gateway cannot have the same number; without one it may be, like others.
  office.ask(Method::post, "/gateways", R"({"site":"site","id":"gw2","name":"B","lines":[]})", 201);
  office.refused(Method::post, "/concentrators", R"({"site":"site","gateway":"gw2","name":"B","asset_number":"16100610"})", 409, "conflict", "asset_number");
  const std::string other = number(office.add("concentrators", R"("gateway":"gw2","name":"B")"));
  CHECK_FALSE(office.ask(Method::get, "/concentrators/" + other, {}, 200).at("online").as_bool());
  office.refused(Method::put, "/concentrators/" + other, R"({"version":1,"name":"B","asset_number":"16100610"})", 409, "conflict", "asset_number");
  office.refused(Method::put, "/concentrators/" + other, R"({"version":1,"name":"B","gateway":"gw"})", 400, "bad_field", "gateway");
  CHECK(office.total("/concentrators?search=16100610") == 1);
  CHECK(office.total("/concentrators?source=" + source) == 1);
  CHECK(office.total("/concentrators?online=true") == 1);
}

TEST_CASE("concentrators: con-dispatch-status: prepared, dispatched, confirmed, withdrawn, and refused with the gateway's reason") {
  Concentrators office;
  const std::string id = number(office.enter("p1", "000000000101", R"(,"dispatch":false,"baud":1200,"profile":{"format":"8N1"})").at("id").as_int64());
  CHECK(office.state("p1") == "prepared");
  CHECK(office.device("p1").at("format").as_string() == "8N1");
  CHECK(office.device("p1").at("baud").as_int64() == 1200);
  CHECK_FALSE(office.device("m1").contains("format"));
  office.refused(Method::post, "/meters/" + id + "/commands", R"({"id":"c1","kind":"read"})", 409, "not_dispatched", "");
  office.refused(Method::post, "/meters/" + id + "/withdraw", "{}", 409, "conflict", "dispatch");
  CHECK(office.ask(Method::post, "/meters/" + id + "/dispatch", "{}", 200).at("dispatch").as_string() == "dispatched");
  office.refused(Method::post, "/meters/" + id + "/dispatch", "{}", 409, "conflict", "dispatch");
  office.hold();
  CHECK(office.state("p1") == "confirmed");
  CHECK(office.state("m1") == "confirmed");
  CHECK(office.ask(Method::get, "/meters?search=p1", {}, 200).at("rows").at(0).at("dispatch").as_string() == "confirmed");

  office.event(wire::AlarmEvent{"bad_device", base::DeviceId("p1"), {}, office.now, true, "reason=unknown_profile"});
  CHECK(office.state("p1") == "refused");
  CHECK(office.device("p1").at("refusal").as_string() == "reason=unknown_profile");
  office.ask(Method::post, "/meters/" + id + "/dispatch", "{}", 200);
  CHECK(office.state("p1") == "dispatched");
  CHECK_FALSE(office.device("p1").contains("refusal"));
  office.ask(Method::post, "/meters/" + id + "/withdraw", "{}", 200);
  CHECK(office.state("p1") == "withdrawing");
  office.hold();
  CHECK(office.state("p1") == "prepared");
  office.ask(Method::del, "/meters/" + id, {}, 204);
  CHECK(office.device("p1").empty());
  office.check_books();
}

TEST_CASE("concentrators: con-dispatch-status: a household's meter is taken back after a confirmation only, and the audit log says so") {
  Concentrators office;
  const std::string id = number(office.enter("p1", "000000000101").at("id").as_int64());
  office.ask(Method::post, "/meters/" + id + "/openings",
             R"({"id":"o1","customer":"李秀英","settlement_method":"cash","opened_on":1493654400000,"price_plan":1,"mode":"prepaid","alarm_1":"20","alarm_2":"10","overdraft":"0","auto_trip":true})", 201);
  CHECK(office.device("p1").at("opened").as_bool());
  office.refused(Method::post, "/meters/" + id + "/withdraw", "{}", 409, "needs_confirmation", "");
  CHECK(office.state("p1") == "dispatched");
  office.ask(Method::post, "/meters/" + id + "/withdraw", R"({"confirmed":true})", 200);
  CHECK(office.state("p1") == "withdrawing");
  CHECK(office.text("SELECT count(*) FROM audit WHERE action = 'withdraw_meter' AND detail = 'confirmed=yes' AND result = 'ok'") == "1");
  CHECK(office.text("SELECT count(*) FROM command WHERE meter = " + id) == "0");
  office.check_books();
}

TEST_CASE("concentrators: con-meter-link-params: what a line cannot have is refused by its field, with the rule") {
  Concentrators office;
  for (const char* wrong : {"9E1", "8e1", "8E", ""})
    CHECK(office.enter("p1", "000000000101", R"(,"profile":{"format":")" + std::string(wrong) + R"("})", 400).at("field").as_string() == "profile.format");
  office.ask(Method::post, "/gateways", R"({"site":"site","id":"gw2","name":"B","lines":[{"id":"s","uri":"tcp://10.0.0.7:4001?baud=9600&format=8N1"}]})", 201);
  const auto at = [&](const std::string& more) {
    return R"({"device":"s1","name":"s1","address":"000000000201","gateway":"gw2","line":"s","price_plan":1,"start_reading":{"total":"0"},"mode":"prepaid","alarm_1":"20","alarm_2":"10","overdraft":"0","auto_trip":true)" + more + "}";
  };
  office.refused(Method::post, "/meters", at(R"(,"profile":{"format":"8E1"})"), 400, "bad_field", "profile.format");
  office.refused(Method::post, "/meters", at(R"(,"baud":2400)"), 400, "bad_field", "baud");
  CHECK(office.ask(Method::post, "/meters", at(R"(,"baud":9600,"profile":{"format":"8N1"})"), 201).at("profile").at("format").as_string() == "8N1");
}

TEST_CASE("concentrators: con-bind: what was found waits until it is registered or dismissed, and comes back when its meter is deleted") {
  Concentrators office;
  auto second = found("17", "modbus");
  second.models = {"chint-ddsu666", "eastron-sdm120"};
  office.event(wire::FoundEvent{base::LineId("l1"), office.now, {found("000000000001"), found("000000000301"), second}});
  const auto shown = [&](const std::string& asked = "") {
    std::string all;
    const auto rows = office.ask(Method::get, "/gateways/gw/found" + asked, {}, 200);
    for (const auto& row : rows.as_array()) all += std::string(row.at("address").as_string()) + " ";
    return all;
  };
  CHECK(shown() == "000000000301 17 ");  // 000000000001 is a meter of the fixture
  const auto rows = office.ask(Method::get, "/gateways/gw/found", {}, 200);
  CHECK(rows.at(1).at("models").as_array().size() == 2);
  CHECK(rows.at(0).at("total").is_null());
  const std::string id = number(office.enter("b1", "000000000301", R"(,"dispatch":false)").at("id").as_int64());
  CHECK(shown() == "17 ");
  const std::string other = number(rows.at(1).at("id").as_int64());
  office.ask(Method::put, "/gateways/gw/found/" + other, R"({"dismissed":true})", 204);
  CHECK(shown().empty());
  CHECK(shown("?dismissed=true") == "17 ");
  office.event(wire::FoundEvent{base::LineId("l1"), office.now, {second}});
  CHECK(shown().empty());
  office.ask(Method::put, "/gateways/gw/found/" + other, R"({"dismissed":false})", 204);
  office.ask(Method::del, "/meters/" + id, {}, 204);
  CHECK(shown() == "000000000301 17 ");
  office.refused(Method::put, "/gateways/gw/found/9999", R"({"dismissed":true})", 404, "not_found", "found");
  office.refused(Method::put, "/gateways/gw/found/" + other, "{}", 400, "bad_field", "dismissed");
}
