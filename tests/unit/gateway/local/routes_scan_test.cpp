// A scan as the page asks for it.

#include <doctest/doctest.h>

#include <boost/json/array.hpp>

#include "gateway/local/routes.hpp"
#include "tests/unit/gateway/local/routes_bench.hpp"

namespace anju::gateway::testing {
namespace {

boost::json::object body(boost::json::array protocols = {"dlt645"}, std::string line = "l1") {
  return {{"line", std::move(line)}, {"protocols", std::move(protocols)}, {"quick", "1"}};
}

boost::json::object scan_of(RoutesBench& b) {
  return b.json("/api/scan").at("scan").as_object();
}

/// Seconds until it was over; -1: not within ten minutes. Somebody looks all the time.
int finish(RoutesBench& b) {
  for (int i = 0; i < 600; ++i) {
    if (!scan_of(b).at("running").as_bool()) return i;
    b.site.run_for(base::seconds(1));
    b.routes.tick();
  }
  return -1;
}

}  // namespace

TEST_CASE("page scan: what hangs on the line is found, and whom the archive does not know is said") {
  RoutesBench b(2);
  b.site.buses[base::LineId("l1")].meters.push_back(make_fake("000000077001"));
  b.log_in();
  CHECK(b.json("/api/scan").at("scan").is_null());
  CHECK(RoutesBench::error(b.get("/api/scan/result.json")) == "404 no_scan");
  REQUIRE(b.post("/api/scan", body()).status == 200);
  CHECK(RoutesBench::error(b.post("/api/scan", body())) == "409 scan_running");
  CHECK(scan_of(b).at("seconds_left").as_int64() > 5);
  CHECK(scan_of(b).at("round_seconds_left").as_int64() > 1);
  CHECK(scan_of(b).at("round_seconds_left").as_int64() <= scan_of(b).at("seconds_left").as_int64());
  CHECK(b.json("/api/state").at("lines").at(0).at("scanning").as_bool());
  // One thing at a time owns the meters.
  const boost::json::object acceptance{{"installer", "Li"}, {"switches", boost::json::array()}};
  CHECK(RoutesBench::error(b.post("/api/acceptance", acceptance)) == "409 scan_running");
  REQUIRE(finish(b) > 0);
  const auto over = scan_of(b);
  CHECK(over.at("why").as_string() == "complete");
  CHECK(!b.json("/api/state").at("lines").at(0).at("scanning").as_bool());
  REQUIRE(over.at("found").as_array().size() >= 3);
  int unknown = 0;
  for (const auto& one : over.at("found").as_array()) {
    const bool is_new = one.at("address").as_string() == "000000077001";
    INFO(one.at("address").as_string());
    CHECK(one.at("unknown").as_bool() == is_new);
    CHECK(one.at("answers").as_bool());
    unknown += is_new ? 1 : 0;
  }
  CHECK(unknown >= 1);

  const auto result = b.json("/api/scan/result.json");
  CHECK(result.at("complete").as_bool());
  const auto& entries = result.at("archive").as_object();
  CHECK(entries.at("lines").at(0).at("id").as_string() == "l1");
  CHECK(entries.at("devices").as_array().size() >= 3);

  // It is a remark of the acceptance that follows.
  b.facts.connected = b.facts.clock_synchronised.emplace(true);
  b.facts.through = b.facts.last_seq = 3;
  REQUIRE(b.post("/api/acceptance", acceptance).status == 200);
  CHECK(RoutesBench::error(b.post("/api/scan", body())) == "409 acceptance_running");
  for (int i = 0; i < 120; ++i) b.site.run_for(base::seconds(1)), b.routes.tick();
  const auto report = b.json("/api/acceptance/report.json");
  CHECK(report.at("verdict").as_string() == "remarks");
  REQUIRE(report.at("found").as_array().size() == 1);
  CHECK(report.at("found").at(0).at("code").as_string() == "not_in_archive");
  CHECK(report.at("unknown").at(0).at("address").as_string() == "000000077001");
  CHECK(report.at("unknown").at(0).at("total").as_string() == "1234.56");
}

TEST_CASE("page scan: it can be ended, and one that nobody looks at ends by itself") {
  RoutesBench b(1);
  b.log_in();
  CHECK(RoutesBench::error(b.post("/api/scan/cancel", boost::json::object{})) == "409 no_scan");
  REQUIRE(b.post("/api/scan", body({"dlt645", "cjt188", "modbus"})).status == 200);
  CHECK(b.routes.wants_tick());
  b.site.run_for(base::seconds(5));
  REQUIRE(b.post("/api/scan/cancel", boost::json::object{}).status == 200);
  CHECK(scan_of(b).at("why").as_string() == "cancelled");
  CHECK(!b.routes.wants_tick());

  REQUIRE(b.post("/api/scan", body({"modbus"})).status == 200);
  b.more = base::Millis(kForgotten.value - 7000);
  b.routes.tick();
  REQUIRE(!b.site.gateway.scan()->is_over());
  b.more = kForgotten;
  b.routes.tick();
  CHECK(b.site.gateway.scan()->why() == ScanEnd::cancelled);
}

TEST_CASE("page scan: who asks wrongly gets the field, and no line is lent") {
  RoutesBench b(1);
  b.log_in();
  CHECK(RoutesBench::error(b.post("/api/scan", std::string("[]"))) == "400 bad_request");
  CHECK(RoutesBench::error(b.post("/api/scan", body({}))) == "400 bad_request");
  CHECK(RoutesBench::error(b.post("/api/scan", body({"lonworks"}))) == "400 bad_request");
  CHECK(RoutesBench::error(b.post("/api/scan", body({7}))) == "400 bad_request");
  CHECK(RoutesBench::error(b.post("/api/scan", body({"dlt645"}, "nowhere"))) == "404 unknown_line");
  b.site.happen(LineHappened{base::LineId("l1"), PortClosed{"unplugged"}});
  CHECK(RoutesBench::error(b.post("/api/scan", body())) == "409 line_down");
  CHECK(b.site.gateway.scan() == nullptr);
}

}  // namespace anju::gateway::testing
