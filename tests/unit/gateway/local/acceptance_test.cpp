#include "gateway/local/acceptance.hpp"

#include <doctest/doctest.h>

#include "tests/unit/gateway/local/acceptance_bench.hpp"

namespace anju::gateway::testing {
namespace {

const std::string kA = address(1), kB = address(2), kC = address(3);

}  // namespace

TEST_CASE("acceptance: every meter is read three times, a chosen one is switched, and all of it is in the report") {
  AcceptanceBench b(3);
  REQUIRE(b.post("/api/acceptance", AcceptanceBench::body({kB})).status == 200);
  CHECK(RoutesBench::error(b.post("/api/acceptance", AcceptanceBench::body())) == "409 acceptance_running");
  CHECK(RoutesBench::error(b.get("/api/acceptance/report.json")) == "404 no_acceptance");
  REQUIRE(b.finish() >= 0);
  const auto report = b.report();
  CHECK(b.site_found() == "passed");
  CHECK(report.at("installer") == "Li Lei");
  CHECK(report.at("progress").at("tests_done") == 1);
  for (const auto& device : report.at("devices").as_array()) {
    INFO(device.at("id").as_string());
    REQUIRE(device.at("readings").as_array().size() == 3);
    CHECK(device.at("readings").at(0).at("total").as_string().size() > 2);
    CHECK(device.at("asked") == 3);
    CHECK(device.at("ok").as_int64() >= 6);  // registers and state, three times
    CHECK(device.at("timeouts") == 0);
    CHECK(device.at("state") == "closed");
    CHECK(device.at("clock_offset_s") == 0);
    CHECK(device.at("verdict") == "passed");
  }
  CHECK(report.at("devices").at(0).at("test").is_null());
  CHECK(report.at("devices").at(1).at("test").at("result") == "passed");
  CHECK(report.at("devices").at(1).at("test").at("opened_after_ms").as_int64() > 0);
  CHECK(b.site.meter(kA).relay_commands == 0);
  CHECK(b.site.meter(kB).relay_commands == 2);
  CHECK(!b.site.meter(kB).relay_open);
  CHECK(b.site.meter(kC).relay_commands == 0);
}

TEST_CASE("acceptance: what is wrong with a meter is its own finding") {
  AcceptanceBench b(6, [](SiteBench& site) {
    site.meter(address(1)).silent = true;
    site.meter(address(2)).clock_offset_s = 1000;
    site.meter(address(3)).relay_stuck = true;
    site.meter(address(4)).keep_power = true;
    site.meter(address(5)).delay_ms = 700;
    site.meter(address(6)).lose_replies = 1;
  });
  REQUIRE(b.post("/api/acceptance", AcceptanceBench::body({address(1), address(3), address(4)})).status == 200);
  REQUIRE(b.finish() >= 0);
  CHECK(b.found("m" + address(1)) == "failed no_answer");
  const auto silent = b.report().at("devices").at(0).as_object();
  CHECK(silent.at("state").as_string().empty());  // what was known before says nothing now
  CHECK(silent.at("readings").as_array().empty());
  CHECK(b.found("m" + address(2)) == "remarks clock_adrift");
  CHECK(b.found("m" + address(3)) == "failed switch_failed");
  CHECK(b.found("m" + address(4)) == "remarks switch_not_done");
  CHECK(b.found("m" + address(5)) == "remarks slow");
  CHECK(b.found("m" + address(6)) == "remarks disturbed");
  CHECK(b.site_found() == "failed");
  CHECK(b.site.meter(address(1)).relay_commands == 0);
  CHECK(b.site.meter(address(4)).relay_commands == 0);
}

TEST_CASE("acceptance: tariffs that were not read are a remark where the archive wants them") {
  AcceptanceBench b(3, [](SiteBench& site) {
    for (const int lacks : {1, 2}) site.meter(address(lacks)).values.erase(0x0001FF00);
    site.archive.devices[1].profile.tariffs = false;
  });
  ++b.site.archive.version;
  b.site.start();
  REQUIRE(b.post("/api/acceptance", AcceptanceBench::body()).status == 200);
  REQUIRE(b.finish() >= 0);
  CHECK(b.found("m" + kA) == "remarks tariffs_unread");
  CHECK(b.found("m" + kB) == "passed");
  CHECK(b.found("m" + kC) == "passed");
}

TEST_CASE("acceptance: the platform has to confirm what was read, and the site's own troubles are findings") {
  AcceptanceBench b(1);
  b.facts.through = 6;
  b.facts.clock_synchronised = false;
  b.facts.network.push_back({"wlan0", true, {}, -86});
  REQUIRE(b.post("/api/acceptance", AcceptanceBench::body()).status == 200);
  const auto seconds = b.finish();
  CHECK(seconds >= kSettle.value / 1000);  // it is given the time
  CHECK(b.site_found() == "failed not_acknowledged clock_alone weak_signal");
  CHECK(b.found("m" + kA) == "passed");

  b.facts.connected = false, b.facts.broker_why = "refused", b.facts.full = true;
  b.facts.clock_synchronised.reset(), b.facts.network.clear();
  REQUIRE(b.post("/api/acceptance", AcceptanceBench::body()).status == 200);
  CHECK(b.finish() < 30);  // nobody is waited for who is not there
  CHECK(b.site_found() == "failed broker_down spool_full clock_unknown");
}

TEST_CASE("acceptance: a line that is down fails its meters at once, an archive without meters fails the site") {
  AcceptanceBench b(2);
  b.site.happen(LineHappened{base::LineId("l1"), PortClosed{"unplugged"}});
  REQUIRE(b.post("/api/acceptance", AcceptanceBench::body({kA})).status == 200);
  CHECK(b.finish() < 5);
  CHECK(b.found("m" + kA) == "failed line_down");
  CHECK(b.found("m" + kB) == "failed line_down");
  CHECK(b.site_found() == "failed line_closed");
  CHECK(b.report().at("devices").at(0).at("found").at(0).at("detail") == "unplugged");

  AcceptanceBench none(0);
  REQUIRE(none.post("/api/acceptance", AcceptanceBench::body()).status == 200);
  CHECK(none.finish() >= 0);
  CHECK(none.site_found() == "failed no_devices");
}

TEST_CASE("acceptance: it can be ended, says what is missing, and a switch test under way is finished by itself") {
  AcceptanceBench b(2);
  CHECK(RoutesBench::error(b.post("/api/acceptance/cancel", boost::json::object{})) == "409 no_acceptance");
  REQUIRE(b.post("/api/acceptance", AcceptanceBench::body({kA})).status == 200);
  b.site.run_for(base::Millis(300));
  REQUIRE(b.post("/api/acceptance/cancel", boost::json::object{}).status == 200);
  CHECK(b.site_found() == "incomplete");
  CHECK(b.found("m" + kA) == "incomplete not_checked");
  CHECK(b.site.meter(kA).relay_commands == 0);

  REQUIRE(b.post("/api/acceptance", AcceptanceBench::body({kA})).status == 200);
  for (int i = 0; i < 600 && !b.site.meter(kA).relay_open; ++i) {
    b.site.run_for(base::Millis(100));
    b.routes.tick();
  }
  REQUIRE(b.site.meter(kA).relay_open);
  REQUIRE(b.post("/api/acceptance/cancel", boost::json::object{}).status == 200);
  b.site.run_for(base::seconds(30));
  CHECK(!b.site.meter(kA).relay_open);
  CHECK(b.site.kept_test.empty());
  CHECK(b.found("m" + kA) == "remarks not_checked");
  CHECK(b.report().at("verdict") == "incomplete");
}

TEST_CASE("acceptance: an archive that changes in between leaves nothing hanging") {
  AcceptanceBench b(3);
  REQUIRE(b.post("/api/acceptance", AcceptanceBench::body({kC})).status == 200);
  b.site.archive.devices.erase(b.site.archive.devices.begin() + 1, b.site.archive.devices.end());
  ++b.site.archive.version;
  b.site.happen(ArchiveArrived{b.site.archive});
  REQUIRE(b.finish() >= 0);
  CHECK(b.found("m" + kA) == "passed");
  CHECK(b.found("m" + kB) == "failed bad_entry");
  CHECK(b.found("m" + kC) == "failed bad_entry");
  CHECK(b.site.meter(kC).relay_commands == 0);
}

TEST_CASE("acceptance: who asks wrongly gets the field, and nothing begins") {
  AcceptanceBench b(1);
  const auto refused = [&](const boost::json::object& body) { return RoutesBench::error(b.post("/api/acceptance", body)); };
  CHECK(refused({}) == "400 bad_request");
  CHECK(refused(AcceptanceBench::body({}, "")) == "400 bad_request");
  CHECK(refused(AcceptanceBench::body({}, "   ")) == "400 bad_request");
  CHECK(refused(AcceptanceBench::body({}, "a\nb")) == "400 bad_request");
  CHECK(refused(AcceptanceBench::body({}, std::string(kMostInstaller + 1, 'a'))) == "400 bad_request");
  CHECK(refused({{"installer", "Li"}, {"switches", "m1"}}) == "400 bad_request");
  CHECK(refused({{"installer", "Li"}, {"switches", boost::json::array{"m1"}}}) == "400 bad_request");
  CHECK(refused(AcceptanceBench::body({kB})) == "404 unknown_device");
  CHECK(refused({{"installer", "Li"}, {"switches", boost::json::array{boost::json::object{{"device", "m" + kA}, {"address", kB}}}}}) == "409 other_address");
  CHECK(b.json("/api/acceptance").at("acceptance").is_null());
  CHECK(b.site.gateway.running_commands() == 0);
}

TEST_CASE("acceptance: in the page of the report what came from outside is escaped") {
  AcceptanceBench b(1);
  b.facts.broker_why = "<script>alert(1)</script>";
  b.facts.connected = false;
  b.facts.site = "a\"b";
  REQUIRE(b.post("/api/acceptance", AcceptanceBench::body({kA}, "<b>O'Neill & Söhne</b>")).status == 200);
  REQUIRE(b.finish() >= 0);
  const auto page = b.get("/api/acceptance/report.html");
  CHECK(page.content_type == "text/html; charset=utf-8");
  CHECK(page.body.find("<script") == std::string::npos);
  CHECK(page.body.find("&lt;script&gt;alert(1)&lt;/script&gt;") != std::string::npos);
  CHECK(page.body.find("&lt;b&gt;O&#39;Neill &amp; Söhne&lt;/b&gt;") != std::string::npos);
  CHECK(page.body.find("a&quot;b") != std::string::npos);
  CHECK(page.body.find("http") == std::string::npos);  // it loads nothing
  const auto total = std::string(b.report().at("devices").at(0).at("readings").at(2).at("total").as_string());
  CHECK(page.body.find(total + " kWh") != std::string::npos);
  bool alone = false;
  for (const auto& [name, value] : page.headers) alone = alone || (name == "Content-Security-Policy" && value.starts_with("default-src 'none'"));
  CHECK(alone);
}

}  // namespace anju::gateway::testing
