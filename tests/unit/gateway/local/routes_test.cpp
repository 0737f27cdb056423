#include "gateway/local/routes.hpp"

#include <algorithm>

#include <doctest/doctest.h>

#include "gateway/local/page.hpp"
#include "gateway/local/server.hpp"
#include "tests/unit/gateway/local/routes_bench.hpp"

namespace anju::gateway::testing {
namespace {

const std::string kA = address(1);

std::string header(const LocalResponse& response, std::string_view name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return {};
}

}  // namespace

TEST_CASE("page: without a session nothing but the page itself is given out") {
  RoutesBench b(2);
  for (const char* path : {"/", "/page.js", "/words.js", "/page.css"}) {
    INFO(path);
    const auto file = b.get(path);
    CHECK(file.status == 200);
    CHECK(file.body.size() > 300);
    auto again = RoutesBench::request(path);
    again.if_none_match = header(file, "ETag");
    REQUIRE(again.if_none_match.size() > 10);
    CHECK(b.routes.answer(again).status == 304);
    CHECK(b.routes.answer(again).body.empty());
  }
  for (const char* path : {"/api/state", "/api/devices", "/api/device?id=m000000000001", "/api/trace?line=l1", "/api/switch-test", "/api/nothing"}) {
    INFO(path);
    CHECK(RoutesBench::error(b.get(path)) == "401 not_logged_in");
    b.token = std::string(kTokenDigits, 'F');
    CHECK(RoutesBench::error(b.get(path)) == "401 not_logged_in");
    b.token.clear();
  }
  for (const char* path : {"/api/look", "/api/switch-test", "/api/logout"}) CHECK(RoutesBench::error(b.post(path, boost::json::object{})) == "401 not_logged_in");
  CHECK(b.asked_facts == 0);
  CHECK(RoutesBench::error(b.get("/../etc/passwd")) == "404 not_found");
}

TEST_CASE("page: the PIN opens a session in a cookie that scripts and other sites do not get") {
  RoutesBench b(1);
  CHECK(RoutesBench::error(b.post("/api/login", {{"pin", "00000000"}})) == "401 wrong_pin");
  const auto entered = b.post("/api/login", {{"pin", "12345678"}});
  CHECK(entered.status == 200);
  const auto cookie = header(entered, "Set-Cookie");
  CHECK(cookie.starts_with(std::string(kSessionCookie) + "=FFFF"));
  CHECK(cookie.ends_with("; Path=/; Max-Age=28800; HttpOnly; SameSite=Strict"));
  b.token = cookie_of(cookie.substr(0, cookie.find(';')), kSessionCookie);
  CHECK(b.get("/api/state").status == 200);
  CHECK(header(b.post("/api/logout", std::string()), "Set-Cookie").find("Max-Age=0") != std::string::npos);
  CHECK(RoutesBench::error(b.get("/api/state")) == "401 not_logged_in");
  for (const auto& line : b.log) CHECK(line.find("12345678") == std::string::npos);
}

TEST_CASE("page: another PIN, drawn while the gateway runs, ends the session") {
  RoutesBench b(1);
  b.log_in();
  CHECK(b.get("/api/state").status == 200);
  b.pin = "87654321";
  CHECK(RoutesBench::error(b.get("/api/state")) == "401 not_logged_in");
  b.pin.clear();  // its file is damaged
  CHECK(RoutesBench::error(b.post("/api/login", {{"pin", ""}})) == "401 wrong_pin");
}

TEST_CASE("page: the fifth wrong PIN makes everybody wait, and says how long") {
  RoutesBench b(1);
  for (int i = 0; i < 5; ++i) CHECK(RoutesBench::error(b.post("/api/login", {{"pin", "00000000"}})) == "401 wrong_pin");
  const auto refused = b.post("/api/login", {{"pin", "12345678"}});
  CHECK(RoutesBench::error(refused) == "429 too_many_tries");
  CHECK(header(refused, "Retry-After") == "10");
  b.more = base::seconds(10);
  CHECK(b.post("/api/login", {{"pin", "12345678"}}).status == 200);
}

TEST_CASE("page: a change that does not come from the page is refused, with a session or without") {
  RoutesBench b(1);
  b.log_in();
  for (const char* path : {"/api/login", "/api/logout", "/api/look", "/api/switch-test"}) {
    auto forged = RoutesBench::request(path);
    forged.post = true;
    forged.token = b.token;
    forged.body = R"({"pin":"12345678","device":"m000000000001","address":"000000000001"})";
    CHECK(RoutesBench::error(b.routes.answer(forged)) == "403 not_from_page");
  }
  CHECK(b.get("/api/state").status == 200);
  auto rebound = RoutesBench::request("/api/state");
  rebound.token = b.token;
  rebound.host = "evil.com:8090";
  CHECK(RoutesBench::error(b.routes.answer(rebound)) == "421 bad_host");
}

TEST_CASE("page: bodies that say nothing are refused, whatever they are") {
  RoutesBench b(1);
  b.log_in();
  const std::string deep(10'000, '[');
  for (const std::string& body : {std::string(), std::string("{"), std::string("[]"), std::string("null"), std::string("{\"pin\":12345678,\"device\":[]}"), std::string("\xFF\xFE\x00", 3), deep,
                                  std::string("{\"pin\":null}")}) {
    for (const char* path : {"/api/login", "/api/look", "/api/switch-test"}) CHECK(RoutesBench::error(b.post(path, body)) == "400 bad_request");
  }
  CHECK(RoutesBench::error(b.post("/api/look", {{"device", "nobody"}})) == "404 unknown_device");
  CHECK(RoutesBench::error(b.post("/api/switch-test", {{"device", "nobody"}, {"address", kA}})) == "404 unknown_device");
  CHECK(RoutesBench::error(b.get("/api/device?id=nobody")) == "404 unknown_device");
  CHECK(RoutesBench::error(b.get("/api/device")) == "404 unknown_device");
  CHECK(RoutesBench::error(b.get("/api/trace?line=nowhere")) == "404 unknown_line");
  CHECK(RoutesBench::error(b.get("/api/trace?line=l1&after=x")) == "400 bad_request");
  CHECK(RoutesBench::error(b.get("/api/devices?from=-1")) == "400 bad_request");
  CHECK(b.site.gateway.running_commands() == 0);
}

TEST_CASE("page: the state names lines with their counts, and is made once for all who look within a second") {
  RoutesBench b(3);
  b.facts.gateway = "gw-1";
  b.facts.broker_why = "refused";
  b.facts.network.push_back({"wlan0", true, {"192.168.1.7"}, -56});
  b.site.meter(address(3)).silent = true;
  b.site.run_for(base::hours(1));
  b.log_in();
  const auto state = b.json("/api/state");
  CHECK(state.at("gateway").as_string() == "gw-1");
  CHECK(state.at("clock_set").as_bool());
  CHECK(state.at("network").as_array().at(0).at("signal_dbm").as_int64() == -56);
  const auto& line = state.at("lines").as_array().at(0).as_object();
  CHECK(line.at("up").as_bool());
  CHECK(line.at("devices").as_int64() == 3);
  CHECK(line.at("silent").as_int64() == 1);
  CHECK(line.at("ok").as_int64() + line.at("refused").as_int64() == b.site.gateway.state(b.site.now).lines[0].ok);
  CHECK(line.at("timeouts").as_int64() > 0);
  CHECK(line.at("causes").as_array().empty());  // a meter that is merely silent is no noisy line
  for (int i = 0; i < 20; ++i) CHECK(b.get("/api/state").status == 200);
  CHECK(b.asked_facts == 1);
  b.more = base::Millis(1000);
  CHECK(b.get("/api/state").status == 200);
  CHECK(b.asked_facts == 2);
}

TEST_CASE("page: devices come in portions, by line, by a part of the address, or those that are silent") {
  RoutesBench b(120);
  b.site.meter(address(7)).silent = true;
  b.site.run_for(base::hours(2));
  b.log_in();
  const auto first = b.json("/api/devices"), last = b.json("/api/devices?from=100");
  CHECK(first.at("total").as_int64() == 120);
  CHECK(first.at("devices").as_array().size() == kDevicesTogether);
  CHECK(last.at("devices").as_array().size() == 20);
  CHECK(last.at("devices").as_array().at(19).at("address").as_string() == address(120));
  CHECK(b.json("/api/devices?search=00119").at("total").as_int64() == 1);
  CHECK(b.json("/api/devices?line=elsewhere").at("total").as_int64() == 0);
  const auto silent = b.json("/api/devices?silent=1");
  REQUIRE(silent.at("total").as_int64() == 1);
  const auto& device = silent.at("devices").as_array().at(0).as_object();
  CHECK(device.at("address").as_string() == address(7));
  CHECK(device.at("last_seen").is_null() == (b.site.gateway.device_state(SiteBench::device(address(7))).last_seen.value == 0));
  CHECK(b.json("/api/devices?from=99999999999").at("devices").as_array().empty());
}

TEST_CASE("page: who looks at a device sees its register and momentary values within seconds") {
  RoutesBench b(2);
  b.log_in();
  const auto before = b.json("/api/device?id=m000000000001");
  CHECK(before.at("live").is_null());
  CHECK(before.at("reading").is_null());
  CHECK(b.post("/api/look", {{"device", "m000000000001"}}).status == 200);
  b.site.run_for(base::seconds(8));
  const auto after = b.json("/api/device?id=m000000000001");
  REQUIRE(!after.at("live").is_null());
  CHECK(after.at("live").at("voltage_v").as_string() == "230.0");
  CHECK(after.at("reading").at("total").as_string() == "1234.56");
  CHECK(after.at("read_reason").as_string().empty());
  CHECK(after.at("relay").as_string() == "closed");
  CHECK(b.json("/api/device?id=m000000000002").at("live").is_null());
}

TEST_CASE("page: a device that is silent is said to be, and no more devices are remembered than the limit") {
  RoutesBench b(12);
  b.log_in();
  b.site.meter(kA).silent = true;
  CHECK(b.post("/api/look", {{"device", "m" + kA}}).status == 200);
  b.site.run_for(base::seconds(70));
  CHECK(b.json("/api/device?id=m" + kA).at("read_reason").as_string() == "no_answer");
  for (int i = 2; i <= 12; ++i) {
    CHECK(b.post("/api/look", {{"device", "m" + address(i)}}).status == 200);
    b.site.run_for(base::seconds(10));
  }
  int known = 0;
  for (int i = 1; i <= 12; ++i) known += b.json("/api/device?id=m" + address(i)).at("reading").is_null() ? 0 : 1;
  CHECK(known == static_cast<int>(kMostLooked));
}

TEST_CASE("page: impatient tapping does not pile up orders beyond what the core keeps") {
  RoutesBench b(2);
  b.log_in();
  for (int i = 0; i < 1000; ++i) CHECK(b.post("/api/look", {{"device", "m" + kA}, {"read", "1"}}).status == 200);
  CHECK(b.site.gateway.running_commands() <= kMostLooked * 2);
  b.site.run_for(base::minutes(2));
  CHECK(b.site.gateway.running_commands() == 0);
}

TEST_CASE("page: nor does going from one silent device to the next") {
  RoutesBench b(12);
  b.log_in();
  for (int i = 1; i <= 12; ++i) b.site.meter(address(i)).silent = true;
  int refused = 0;
  for (int i = 0; i < 400; ++i) refused += b.post("/api/look", {{"device", "m" + address(1 + i % 12)}}).status == 429 ? 1 : 0;
  CHECK(refused > 0);
  CHECK(b.site.gateway.running_commands() <= kMostOrders);
  b.site.run_for(base::minutes(5));
  CHECK(b.site.gateway.running_commands() == 0);
  CHECK(b.post("/api/look", {{"device", "m" + address(1)}}).status == 200);
}

TEST_CASE("page: the trace has both directions with their meaning, and only what is new") {
  RoutesBench b(2);
  b.log_in();
  const auto all = b.json("/api/trace?line=l1");
  const auto& traces = all.at("traces").as_array();
  REQUIRE(traces.size() > 3);
  REQUIRE(traces.size() <= kTracesTogether);
  const auto& one = traces.at(0).as_object();
  CHECK(one.at("outcome").as_string() == "ok");
  CHECK(one.at("request").at("facts").at("direction").as_string() == "master");
  CHECK(one.at("request").at("facts").at("function").as_string() == "read_data");
  CHECK(one.at("reply").at("facts").at("direction").as_string() == "meter");
  CHECK(one.at("delay_ms").as_int64() == 100);
  const auto last = all.at("last").as_int64();
  CHECK(traces.at(traces.size() - 1).at("number").as_int64() == last);
  CHECK(b.json("/api/trace?line=l1&after=" + std::to_string(last)).at("traces").as_array().empty());
  b.site.meter(kA).silent = true;
  CHECK(b.post("/api/look", {{"device", "m" + kA}}).status == 200);
  b.site.run_for(base::seconds(5));
  const auto more = b.json("/api/trace?line=l1&after=" + std::to_string(last));
  REQUIRE(!more.at("traces").as_array().empty());
  CHECK(more.at("traces").as_array().at(0).at("number").as_int64() == last + 1);
  CHECK(more.at("traces").as_array().at(0).at("outcome").as_string() == "no_answer");
  CHECK(more.at("traces").as_array().at(0).at("reply").is_null());
}

TEST_CASE("page: the trace hides the meters' passwords unless they are asked for") {
  RoutesBench b(1);
  b.log_in();
  auto command = b.site.order(kA, wire::CommandKind::trip);
  b.site.command(command);
  b.site.run_for(base::seconds(20));
  REQUIRE(b.site.meter(kA).relay_open);
  const auto relay = [&](const std::string& more) {
    const auto all = b.json("/api/trace?line=l1" + more);
    for (const auto& trace : all.at("traces").as_array()) {
      const auto& request = trace.at("request").as_object();
      if (request.at("facts").at("function").as_string() == "relay_control") return request;
    }
    FAIL("no 1C in the trace");
    return boost::json::object();
  };
  const auto shown = relay("&passwords=1"), hidden = relay("");
  const std::string hex(shown.at("hex").as_string()), masked(hidden.at("hex").as_string());
  CHECK(hex.find('*') == std::string::npos);
  CHECK(shown.at("facts").at("password_wire").as_string() != "***");
  REQUIRE(masked.size() == hex.size());
  CHECK(std::ranges::count(masked, '*') == 2 * (3 + 1));  // and the checksum
  for (std::size_t i = 0; i < hex.size(); ++i) CHECK((masked[i] == hex[i] || masked[i] == '*'));
  for (const char* key : {"password_wire", "data_wire", "checksum"}) CHECK(hidden.at("facts").at(key).as_string() == "***");
  CHECK(hidden.at("facts").at("relay_action") == shown.at("facts").at("relay_action"));
}

TEST_CASE("page: who comes on the socket of the data folder needs no PIN and no page, everybody else does") {
  RoutesBench b(1);
  const auto ask = [&b](bool own, bool post, std::string_view target) {
    auto request = RoutesBench::request(target);
    request.own = own;
    request.post = post;
    request.host = own ? "localhost" : "192.168.1.7";
    return RoutesBench::error(b.routes.answer(request));
  };
  CHECK(ask(true, false, "/api/state") == "200");
  CHECK(ask(true, false, "/api/devices?search=1") == "200");
  CHECK(ask(true, true, "/api/acceptance/cancel") == "409 no_acceptance");
  CHECK(ask(true, false, "/api/nothing") == "404 not_found");
  CHECK(ask(false, false, "/api/state") == "401 not_logged_in");
  CHECK(ask(false, true, "/api/acceptance/cancel") == "403 not_from_page");
  b.pin.clear();  // the page is turned off and nobody has drawn one
  CHECK(ask(true, false, "/api/state") == "200");
}

}  // namespace anju::gateway::testing
