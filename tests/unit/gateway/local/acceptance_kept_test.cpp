// The report of an acceptance over a restart: it is what it was, it says what it does not speak for any more, and whatever lies in its file harms nobody.

#include <cstdlib>
#include <functional>
#include <random>
#include <string>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <doctest/doctest.h>

#include "gateway/local/acceptance_report.hpp"
#include "protocols/wire/errc.hpp"
#include "tests/unit/gateway/local/acceptance_bench.hpp"

namespace anju::gateway::testing {
namespace {

const std::string kA = address(1), kB = address(2), kC = address(3);

/// Accepts with a switch test of the first device, to its end.
void accept(AcceptanceBench& b, std::vector<std::string> switches = {kA}) {
  REQUIRE(b.post("/api/acceptance", AcceptanceBench::body(std::move(switches))).status == 200);
  REQUIRE(b.finish() >= 0);
}

/// What a site with every kind of value keeps.
std::string rich_text() {
  AcceptanceBench b(3, [](SiteBench& site) {
    site.meter(kB).silent = true;
    site.meter(kC).clock_offset_s = 1000;
  });
  b.facts.acknowledged_ago = base::Millis(1200);
  b.facts.used_bytes = 4096;
  b.facts.network.push_back({"wlan0", true, {"192.168.1.7", "fd00::7"}, -86});
  b.facts.network.push_back({"eth0", false, {}, {}});
  b.facts.clock_synchronised.reset();
  b.facts.broker_why = "bad byte \xFF and " + std::string(2000, 'x');
  accept(b);
  REQUIRE(!b.disk_report.empty());
  return b.disk_report;
}

std::string error(const base::Result<AcceptanceReport>& report) {
  return report ? "none" : std::string(report.error().code) + " " + report.error().where;
}

/// The same document without one of its fields, for every field.
void without_each(const boost::json::value& value, const std::function<void(const std::string&)>& visit, boost::json::value& place) {
  if (const auto* object = value.if_object()) {
    for (const auto& [key, field] : *object) {
      auto& there = place.as_object();
      const auto kept = there[key];
      there.erase(key);
      visit(std::string(key));
      there[key] = kept;
      without_each(field, visit, there[key]);
    }
  } else if (const auto* array = value.if_array(); array != nullptr && !array->empty()) {
    without_each(array->front(), visit, place.as_array().front());
  }
}

}  // namespace

TEST_CASE("kept acceptance: a report that is read again is the one that was written, whatever a library had said in it") {
  const auto text = rich_text();
  const auto report = decode_report(text);
  REQUIRE_MESSAGE(report, error(report));
  CHECK(boost::json::serialize(report_json(*report)) + "\n" == text);
  CHECK(report->verdict() == AcceptanceVerdict::failed);
  CHECK(report->devices.size() == 3);
  CHECK(report->devices[0].test == TestResult::passed);
  CHECK(report->devices[1].readings.empty());
  CHECK(std::abs(report->devices[2].clock_offset_s.value_or(0) - 1000) <= 1);  // the meter tells whole seconds
  CHECK(report->facts.network.size() == 2);
  CHECK(report->facts.network[0].signal_dbm == -86);
  CHECK(!report->facts.clock_synchronised);
  CHECK(report->facts.broker_why.size() == wire::kMaxText);
  const auto again = report_html(*report, {});
  CHECK(again.find("-86 dBm") != std::string::npos);
  CHECK(again.find("4 KiB") != std::string::npos);
  CHECK(again.find("data-testid=\"changed\"") == std::string::npos);
}

TEST_CASE("kept acceptance: the paper is the same before and after a restart") {
  AcceptanceBench b(2);
  accept(b);
  const auto paper = b.get("/api/acceptance/report.html").body;
  AcceptanceBench restarted(2);
  restarted.disk_report = b.disk_report;
  CHECK(restarted.get("/api/acceptance/report.html").body == paper);
  CHECK(boost::json::serialize(restarted.report()) == boost::json::serialize(b.report()));
}

TEST_CASE("kept acceptance: after a restart it is shown with its date, until the next one takes its place") {
  AcceptanceBench b(2);
  accept(b);
  const auto first = b.now_json();
  CHECK(first.at("kept") == true);
  CHECK(first.at("changed").is_null());
  AcceptanceBench restarted(2);
  restarted.disk_report = b.disk_report;
  const auto shown = restarted.now_json();
  CHECK(boost::json::serialize(shown) == boost::json::serialize(first));
  CHECK(shown.at("ended").as_int64() == first.at("ended").as_int64());
  CHECK(restarted.site_found() == "passed");
  CHECK(restarted.site.meter(kA).relay_commands == 0);
  CHECK(!restarted.routes.wants_tick());

  REQUIRE(restarted.post("/api/acceptance", AcceptanceBench::body({}, "Han Meimei")).status == 200);
  CHECK(restarted.now_json().at("step") == "reading");
  CHECK(restarted.disk_report == b.disk_report);  // a power cut now leaves the one before
  REQUIRE(restarted.finish() >= 0);
  CHECK(restarted.report().at("installer") == "Han Meimei");
  CHECK(restarted.disk_report.find("Han Meimei") != std::string::npos);
}

TEST_CASE("kept acceptance: one that was ended early is not kept, and the one before stays") {
  AcceptanceBench b(2);
  accept(b);
  const auto kept = b.disk_report;
  REQUIRE(b.post("/api/acceptance", AcceptanceBench::body({}, "Han Meimei")).status == 200);
  REQUIRE(b.post("/api/acceptance/cancel", boost::json::object{}).status == 200);
  CHECK(b.now_json().at("kept") == false);
  CHECK(b.now_json().at("why_not_kept") == "ended_early");
  CHECK(b.report().at("installer") == "Han Meimei");
  CHECK(b.disk_report == kept);
}

TEST_CASE("kept acceptance: a disk that takes no report is said, and the report is there until the gateway ends") {
  AcceptanceBench b(1);
  b.disk_write_fails = "acceptance.json: cannot be written (No space left on device)";
  accept(b);
  CHECK(b.now_json().at("kept") == false);
  CHECK(b.now_json().at("why_not_kept").as_string() == b.disk_write_fails.c_str());
  CHECK(b.site_found() == "passed");
  CHECK(b.log.back().find("No space left") != std::string::npos);
  b.disk_write_fails.clear();
  accept(b);
  CHECK(b.now_json().at("kept") == true);
}

TEST_CASE("kept acceptance: devices that came, went or are others since are named, and nothing passes for them") {
  AcceptanceBench b(3);
  accept(b);
  AcceptanceBench restarted(3);
  restarted.disk_report = b.disk_report;
  auto& devices = restarted.site.archive.devices;
  const auto change = [&](auto how) {
    how();
    ++restarted.site.archive.version;
    restarted.site.happen(ArchiveArrived{restarted.site.archive});
    return restarted.now_json().at("changed");
  };
  const auto names = [](const boost::json::value& changed, const char* what) {
    std::string text = std::to_string(changed.at(what).at("count").to_number<std::int64_t>());
    for (const auto& one : changed.at(what).at("devices").as_array()) text += " " + std::string(one.at("id").as_string()) + "=" + std::string(one.at("address").as_string());
    return text;
  };
  const auto whole = devices;
  CHECK(change([] {}).is_null());  // another archive with the same devices
  auto changed = change([&] { devices.pop_back(); });
  CHECK(names(changed, "removed") == "1 m" + kC + "=" + kC);
  CHECK(names(changed, "added") == "0");
  CHECK(names(changed, "altered") == "0");
  CHECK(changed.at("archive_version") == restarted.site.archive.version);

  changed = change([&] { devices = whole, devices.push_back(whole[0]), devices.back().id = base::DeviceId("new"), devices.back().address = address(9); });
  CHECK(names(changed, "added") == "1 new=" + address(9));
  CHECK(names(changed, "removed") == "0");
  CHECK(restarted.report().at("changed").at("added").at("count") == 1);
  CHECK(restarted.report().at("verdict") == "passed");  // as it was; what it does not speak for stands beside it
  const auto paper = restarted.get("/api/acceptance/report.html").body;
  CHECK(paper.find("data-changed=\"new\"") != std::string::npos);
  CHECK(paper.find("class=\"verdict passed\"") == std::string::npos);
  CHECK(paper.find("data-testid=\"changed\"") < paper.find("Passed"));
  CHECK(restarted.disk_report == b.disk_report);

  using Change = void (*)(wire::ArchiveDevice&);
  for (const Change alter : {Change([](wire::ArchiveDevice& one) { one.address = address(9); }), Change([](wire::ArchiveDevice& one) { one.valve = false; }),
                             Change([](wire::ArchiveDevice& one) { one.baud = 9600; }), Change([](wire::ArchiveDevice& one) { one.profile.dialect = "dlt645-1997"; }),
                             Change([](wire::ArchiveDevice& one) { one.kind = wire::MeterKind::water; }),
                             Change([](wire::ArchiveDevice& one) { one.profile.valve_close = "33"; })}) {
    changed = change([&] { devices = whole, alter(devices[1]); });
    CHECK(names(changed, "altered") == "1 m" + kB + "=" + devices[1].address);
    CHECK(names(changed, "removed") == "0");
  }
  CHECK(change([&] { devices = whole, devices[1].profile.password = "123456"; }).is_null());  // no report keeps one
  devices = whole;
  changed = change([&] { restarted.site.archive.lines[0].uri = "serial:///dev/elsewhere?baud=2400"; });
  CHECK(names(changed, "altered").starts_with("3 "));
  changed = change([&] { devices.clear(), restarted.site.archive.lines.clear(); });
  CHECK(names(changed, "removed").starts_with("3 "));
}

TEST_CASE("kept acceptance: of many changes the first are named and all are counted, and without an archive all is gone") {
  AcceptanceReport report;
  for (std::size_t i = 0; i < kMostNamed + 7; ++i) {
    AcceptedDevice device;
    device.entry.id = base::DeviceId("d" + std::to_string(i));
    report.devices.push_back(device);
  }
  const auto changes = changes_since(report, nullptr);
  CHECK(changes.removed.count == kMostNamed + 7);
  CHECK(changes.removed.named.size() == kMostNamed);
  CHECK(changes.removed.named.front() == ChangedDevice{"d0", ""});
  CHECK(changes.archive_version == 0);
  CHECK(changes_json(changes).at("removed").at("count") == kMostNamed + 7);
  CHECK(changes_since(AcceptanceReport{}, nullptr).any() == false);
}

TEST_CASE("kept acceptance: garbage in its file is an error that says so, and the next acceptance replaces it") {
  const auto good = rich_text();
  struct Case {
    const char* name;
    std::string text, error;
  };
  auto forged = good, other = good, later = good, early = good;
  forged.replace(forged.find("\"verdict\":\"failed\""), 18, "\"verdict\":\"passed\"");
  other.replace(other.find("\"gw-1\""), 6, "\"gw-2\"");
  later.replace(later.find("anju-acceptance-1"), 17, "anju-acceptance-2");
  early.replace(early.find("\"step\":\"done\""), 13, "\"step\":\"reading\"");
  for (const auto& [name, text, expected] : {
           Case{"cut short by the power", good.substr(0, good.size() / 2), "not_json"}, Case{"zeros", std::string(4096, '\0'), "not_json"}, Case{"a list", "[]", "not_json"},
           Case{"nothing known", "{}", "missing_field: format"}, Case{"of a later version", later, "bad_field: format"},
           Case{"one that is not over", early, "bad_field: step"}, Case{"a verdict that was put in", forged, "bad_field: verdict"},
           Case{"of another gateway", other, "it is of gateway gw-2 of site garden"}, Case{"too much", std::string(kMostReport + 1, ' '), "too_large"},
       }) {
    INFO(name);
    AcceptanceBench b(1);
    b.disk_report = text;
    const auto answer = b.json("/api/acceptance");
    CHECK(answer.at("acceptance").is_null());
    CHECK(answer.at("kept_error").as_string() == expected.c_str());
    CHECK(b.log.back().find(expected) != std::string::npos);
    const auto said = b.log.size();
    CHECK(RoutesBench::error(b.get("/api/acceptance/report.json")) == "404 no_acceptance");
    CHECK(RoutesBench::error(b.get("/api/acceptance/report.html")) == "404 no_acceptance");
    CHECK(b.log.size() == said);  // once
    CHECK(b.get("/api/state").status == 200);
    accept(b);
    CHECK(b.json("/api/acceptance").at("kept_error").as_string().empty());
    CHECK(decode_report(b.disk_report));
  }
  AcceptanceBench b(1);
  b.disk_read_fails = "acceptance.json: Input/output error";
  CHECK(b.json("/api/acceptance").at("kept_error").as_string() == ("not_durable: " + b.disk_read_fails).c_str());
}

TEST_CASE("kept acceptance: no field may be missing, but those that may be null") {
  const auto whole = boost::json::parse(rich_text());
  auto document = whole;
  int fields = 0;
  std::string read_all_the_same;
  without_each(whole, [&](const std::string& key) {
    ++fields;
    if (decode_report(boost::json::serialize(document))) read_all_the_same += key + " ";
  }, document);
  CHECK(fields > 70);
  // What is computed from the rest, what is text for readers, and what null says as well.
  CHECK(read_all_the_same == "progress devices devices_done tests tests_done acknowledged_ago_ms clock_synchronised signal_dbm fails text baud clock_offset_s test ");
}

TEST_CASE("kept acceptance: whatever bytes lie there, they are a report that can be shown, or an error") {
  const char* given = std::getenv("ANJU_SEED");
  const std::uint64_t seed = given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device{}();
  MESSAGE("ANJU_SEED=" << seed);
  std::mt19937_64 random(seed);
  const auto good = rich_text();
  int read = 0;
  for (int round = 0; round < 3000; ++round) {
    auto text = good;
    for (auto changes = 1 + random() % 3; changes > 0; --changes) {
      const auto at = random() % text.size();
      switch (random() % 4) {
        case 0: text[at] = static_cast<char>(random()); break;
        case 1: text[at] = static_cast<char>('0' + random() % 10); break;
        case 2: text.erase(at, 1 + random() % 20); break;
        default: text.insert(at, text.substr(random() % text.size(), random() % 40)); break;
      }
    }
    const auto report = decode_report(text);
    if (!report) continue;
    ++read;
    CHECK(!report_html(*report, changes_since(*report, nullptr)).empty());
    CHECK(decode_report(boost::json::serialize(report_json(*report))));
  }
  CHECK(read > 0);
}

}  // namespace anju::gateway::testing
