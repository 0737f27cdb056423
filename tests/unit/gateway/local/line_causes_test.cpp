#include "gateway/local/line_causes.hpp"

#include <set>

#include <boost/json/parse.hpp>
#include <doctest/doctest.h>

#include "gateway/local/acceptance_report.hpp"
#include "tests/unit/gateway/local/routes_bench.hpp"

namespace anju::gateway::testing {
namespace {

const base::LineId kLine("l1");
// Read 00010000 of meter 000000000161, which nobody here is: shared reference meters.md 1.9.
const char* const kForeign = "FEFEFEFE68610100000000681104333334331416";

void hear_another_master(SiteBench& site) {
  for (int i = 0; i < 2; ++i) {
    site.happen(LineHappened{kLine, Received{bytes_of(kForeign)}});
    site.run_for(base::seconds(2));
  }
}

}  // namespace

TEST_CASE("causes: each has a code, and its own text in both languages") {
  std::set<std::string_view> texts, codes;
  for (auto cause = LineCause::second_master; cause <= LineCause::termination; cause = static_cast<LineCause>(static_cast<int>(cause) + 1)) {
    for (const auto text : text_of(cause)) CHECK(texts.insert(text).second);
    CHECK(codes.insert(to_string(cause)).second);
  }
  CHECK(codes.size() == 11);
  CHECK_FALSE(codes.contains("unknown"));
  CHECK_FALSE(texts.contains(""));
}

TEST_CASE("causes: the page's state names them with the evidence, and counts refusals apart from what answers") {
  RoutesBench b(2);
  const auto line = [&b] {
    b.more = b.more + base::seconds(2);  // the page's state is kept for a second
    return b.json("/api/state").at("lines").at(0).as_object();
  };
  const auto counts = [&b] { return b.site.gateway.line(kLine)->statistics().counts; };
  b.site.meter(address(1)).values.clear();  // it refuses every register from now on
  b.site.run_for(base::hours(1));
  b.log_in();
  REQUIRE(counts().refused > 0);
  REQUIRE(counts().ok > 0);
  CHECK(line().at("ok").as_int64() == counts().ok);
  CHECK(line().at("refused").as_int64() == counts().refused);
  CHECK(line().at("causes").as_array().empty());
  const auto device = b.json("/api/device?id=m" + address(1));
  const auto& own = b.site.gateway.line(kLine)->statistics(base::DeviceId("m" + address(1)))->counts;
  CHECK(device.at("refused").as_int64() == own.refused);
  CHECK(device.at("ok").as_int64() == own.ok);
  CHECK(boost::json::parse(quality_text(b.site.gateway, b.site.now)).at("devices").at("m" + address(1)).as_int64() == own.refused);

  hear_another_master(b.site);
  const auto causes = line().at("causes").as_array();
  REQUIRE(causes.size() == 1);
  CHECK(causes[0].at("cause") == "second_master");
  CHECK(causes[0].at("confidence") == "certain");
  CHECK(causes[0].at("device") == "");
  CHECK(causes[0].at("seen").as_int64() == 2);
  CHECK(causes[0].at("text").at(1).as_string().starts_with("Another master"));
  const auto quality = boost::json::parse(quality_text(b.site.gateway, b.site.now));
  CHECK(quality.at("lines").at(0).at("line") == "l1");
  CHECK(quality.at("lines").at(0).at("causes").at(0).at("cause") == "second_master");
  const auto traces = b.json("/api/trace?line=l1").at("traces").as_array();
  bool shown = false;
  for (const auto& trace : traces) {
    if (trace.at("outcome") != "unasked") continue;
    shown = true;
    CHECK(trace.at("request").is_null());
    CHECK(trace.at("reply").at("facts").at("address") == "000000000161");
  }
  CHECK(shown);
}

TEST_CASE("causes: the acceptance says what a line looks like in place of a fixed sentence") {
  RoutesBench b(1);
  b.log_in();
  hear_another_master(b.site);
  REQUIRE(b.post("/api/acceptance", boost::json::object{{"installer", "Li Lei"}, {"switches", boost::json::array{}}}).status == 200);
  for (int i = 0; i < 120; ++i) {
    b.site.run_for(base::seconds(1));
    b.routes.tick();
  }
  const auto report = b.json("/api/acceptance/report.json");
  REQUIRE(report.at("step") == "done");
  REQUIRE(report.at("lines").at(0).at("causes").as_array().size() == 1);
  CHECK(report.at("lines").at(0).at("causes").at(0).at("cause") == "second_master");
  const auto page = b.get("/api/acceptance/report.html").body;
  CHECK(page.find("certain, 2/") != std::string::npos);
  CHECK(page.find("Another master asks on this line") != std::string::npos);
}

TEST_CASE("causes: a sentence has how sure, of how many, and whose") {
  const LineFinding finding{LineCause::same_address, Confidence::certain, base::DeviceId("m1"), 3, 9};
  CHECK(sentence(finding, 1) == "certain, 3/9, m1: " + std::string(text_of(LineCause::same_address)[1]));
  CHECK(sentence(finding, 0).starts_with("确定, 3/9, m1: "));
}

}  // namespace anju::gateway::testing
