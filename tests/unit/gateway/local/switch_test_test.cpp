// The installer's switch test, on whole gateways with fake meters.

#include "gateway/local/switch_test.hpp"

#include <doctest/doctest.h>

#include "tests/unit/gateway/local/routes_bench.hpp"

namespace anju::gateway::testing {
namespace {

const std::string kA = address(1);
const std::string kDevice = "m" + kA;

LocalResponse begin(RoutesBench& b) {
  return b.post("/api/switch-test", {{"device", kDevice}, {"address", kA}});
}
/// "step result reason".
std::string stands(RoutesBench& b) {
  const auto answer = b.json("/api/switch-test");
  if (answer.at("test").is_null()) return "none";
  const auto& test = answer.at("test").as_object();
  auto text = std::string(test.at("step").as_string()) + " " + std::string(test.at("result").as_string());
  if (!test.at("reason").as_string().empty()) text += " " + std::string(test.at("reason").as_string());
  return text;
}
template <class Condition>
void wait(RoutesBench& b, Condition condition) {
  const auto end = b.site.now + base::minutes(2);
  while (!condition()) {
    REQUIRE(b.site.now < end);
    b.site.run_for(base::Millis(5));
  }
}
/// Until it is done; then how it stands.
std::string outcome(RoutesBench& b, base::Millis longest = base::minutes(8)) {
  const auto end = b.site.now + longest;
  while (b.site.now < end && stands(b).find("running") != std::string::npos) b.site.run_for(base::Millis(100));
  return stands(b);
}

}  // namespace

TEST_CASE("switch test: opened and closed, each only once it was read back") {
  RoutesBench b(2);
  b.log_in();
  CHECK(stands(b) == "none");
  REQUIRE(begin(b).status == 200);
  CHECK(stands(b) == "reading running");
  while (!b.site.meter(kA).relay_open) {
    CHECK(b.json("/api/switch-test").at("test").at("opened_after_ms").as_int64() == 0);
    b.site.run_for(base::Millis(50));
    REQUIRE(stands(b).find("running") != std::string::npos);
  }
  CHECK(outcome(b) == "done passed");
  CHECK(!b.site.meter(kA).relay_open);
  CHECK(b.site.meter(kA).relay_commands == 2);
  CHECK(b.site.meter(address(2)).relay_commands == 0);
  const auto test = b.json("/api/device?id=" + kDevice).at("test").as_object();
  CHECK(test.at("opened_after_ms").as_int64() > 300);
  CHECK(test.at("closed_after_ms").as_int64() > 300);
  CHECK(b.log.back().find("passed") != std::string::npos);
  REQUIRE(begin(b).status == 200);  // and again
  CHECK(outcome(b) == "done passed");
}

TEST_CASE("switch test: refused where it may not be cut off or would be switched on, with nothing sent") {
  struct Case {
    const char* name;
    void (*set)(FakeMeter&);
    const char* expected;
  };
  const Case cases[]{
      {"keep-power", [](FakeMeter& meter) { meter.keep_power = true; }, "done refused keep_power"},
      {"cut off by the platform", [](FakeMeter& meter) { meter.relay_open = meter.off_commanded = true; }, "done refused not_closed"},
      {"cut off, and this model does not tell by whom", [](FakeMeter& meter) { meter.relay_open = true; }, "done refused not_closed"},
      {"about to open", [](FakeMeter& meter) { meter.off_commanded = true; }, "done refused not_closed"},
      {"silent", [](FakeMeter& meter) { meter.silent = true; }, "done failed no_answer"},
  };
  for (const auto& one : cases) {
    INFO(one.name);
    RoutesBench b(1);
    b.log_in();
    one.set(b.site.meter(kA));  // behind the gateway's back: what it read before is not believed
    REQUIRE(begin(b).status == 200);
    CHECK(outcome(b) == one.expected);
    CHECK(b.site.meter(kA).relay_commands == 0);
  }
}

TEST_CASE("switch test: refused at once where the order makes no sense") {
  RoutesBench b(2);
  b.log_in();
  CHECK(RoutesBench::error(b.post("/api/switch-test", {{"device", kDevice}, {"address", address(2)}})) == "409 other_address");
  CHECK(RoutesBench::error(b.post("/api/switch-test", {{"device", kDevice}})) == "400 bad_request");
  b.site.command(b.site.order(kA, wire::CommandKind::trip));
  CHECK(RoutesBench::error(begin(b)) == "409 device_busy");
  b.site.run_for(base::seconds(20));
  b.site.command(b.site.order(kA, wire::CommandKind::close));
  b.site.run_for(base::seconds(20));
  REQUIRE(begin(b).status == 200);
  CHECK(RoutesBench::error(b.post("/api/switch-test", {{"device", "m" + address(2)}, {"address", address(2)}})) == "409 test_running");
  CHECK(RoutesBench::error(begin(b)) == "409 test_running");
  CHECK(outcome(b) == "done passed");
  b.site.archive.version = 2;
  b.site.archive.devices[0].valve = false;
  b.site.start();
  CHECK(RoutesBench::error(begin(b)) == "409 no_switch");
}

TEST_CASE("switch test: an acknowledgement of a stuck relay is not believed, and it is closed all the same") {
  RoutesBench b(1);
  b.log_in();
  b.site.meter(kA).relay_stuck = true;
  REQUIRE(begin(b).status == 200);
  CHECK(outcome(b) == "done failed contradicted");
  CHECK(b.site.meter(kA).relay_commands > 1);
}

TEST_CASE("switch test: answers that are lost change nothing of the end") {
  for (int lost = 1; lost <= 6; ++lost) {
    INFO(lost);
    RoutesBench b(1);
    b.log_in();
    REQUIRE(begin(b).status == 200);
    wait(b, [&] { return !(b.site.meter(kA).relay_commands == 0); });
    b.site.meter(kA).lose_replies = lost;
    const auto end = outcome(b);
    CHECK((end == "done passed" || end == "done failed no_answer"));
    CHECK(!b.site.meter(kA).relay_open);
  }
}

TEST_CASE("switch test: who falls silent while open is said to be left so") {
  RoutesBench b(1);
  b.log_in();
  REQUIRE(begin(b).status == 200);
  wait(b, [&] { return b.site.meter(kA).relay_open; });
  wait(b, [&] { return !stands(b).starts_with("tripping"); });
  b.site.meter(kA).silent = true;
  CHECK(outcome(b) == "done left_open no_answer");
  CHECK(b.site.meter(kA).relay_open);
  b.site.meter(kA).silent = false;
  CHECK(RoutesBench::error(begin(b)) == "409 close_first");  // no second test by mistake: it would forget what the first has left
}

TEST_CASE("switch test: what was left open is closed once more, and only that") {
  RoutesBench b(2);
  b.log_in();
  const auto close = [&b] { return b.post("/api/switch-test", {{"device", kDevice}, {"address", kA}, {"close", "1"}}); };
  CHECK(RoutesBench::error(close()) == "409 not_left_open");
  REQUIRE(begin(b).status == 200);
  wait(b, [&] { return b.site.meter(kA).relay_open; });
  CHECK(RoutesBench::error(close()) == "409 test_running");
  wait(b, [&] { return !stands(b).starts_with("tripping"); });
  b.site.meter(kA).silent = true;
  REQUIRE(outcome(b) == "done left_open no_answer");
  b.site.meter(kA).silent = false;
  CHECK(RoutesBench::error(b.post("/api/switch-test", {{"device", "m" + address(2)}, {"address", address(2)}, {"close", "1"}})) == "409 not_left_open");
  REQUIRE(close().status == 200);
  CHECK(outcome(b) == "done failed closed_later");
  CHECK(!b.site.meter(kA).relay_open);
  CHECK(RoutesBench::error(close()) == "409 not_left_open");
}

TEST_CASE("switch test: a meter that closes by its button says so, and passes once somebody pressed it") {
  RoutesBench b(1);
  b.site.archive.version = 2;
  b.site.archive.devices[0].profile.close = wire::CloseMethod::permit;
  b.site.start();
  b.site.run_for(base::seconds(10));
  b.log_in();
  REQUIRE(begin(b).status == 200);
  const auto end = b.site.now + base::minutes(1);
  while (b.site.now < end && !stands(b).starts_with("awaiting_button")) b.site.run_for(base::Millis(100));
  REQUIRE(stands(b) == "awaiting_button running");
  CHECK(b.site.meter(kA).relay_open);
  b.site.meter(kA).relay_open = false;
  CHECK(outcome(b) == "done passed");
}

TEST_CASE("switch test: a button that nobody presses leaves it open, and says so") {
  RoutesBench b(1);
  b.site.archive.version = 2;
  b.site.archive.devices[0].profile.close = wire::CloseMethod::permit;
  b.site.start();
  b.site.run_for(base::seconds(10));
  b.log_in();
  REQUIRE(begin(b).status == 200);
  CHECK(outcome(b) == "done left_open button_not_pressed");
}

TEST_CASE("switch test: an order of the platform takes over, and the test does not undo it") {
  RoutesBench b(1);
  b.log_in();
  REQUIRE(begin(b).status == 200);
  wait(b, [&] { return stands(b).starts_with("closing"); });
  b.site.command(b.site.order(kA, wire::CommandKind::trip));
  CHECK(stands(b) == "done failed superseded");
  b.site.run_for(base::minutes(2));
  CHECK(b.site.meter(kA).relay_open);
  CHECK(b.site.story(base::CommandId("c1")) == "acked verified");
}

TEST_CASE("switch test: what is about to be opened is remembered before, and forgotten with the end") {
  RoutesBench b(1);
  b.log_in();
  REQUIRE(begin(b).status == 200);
  CHECK(b.kept_test.empty());
  wait(b, [&] { return !b.kept_test.empty(); });
  CHECK(b.kept_test == kDevice);
  CHECK(b.site.meter(kA).relay_commands == 0);
  CHECK(outcome(b) == "done passed");
  CHECK(b.kept_test.empty());

  b.disk_full = true;
  REQUIRE(begin(b).status == 200);
  CHECK(outcome(b) == "done refused not_durable");
  CHECK(b.site.meter(kA).relay_commands == 2);
}

TEST_CASE("switch test: a gateway that ended between the halves closes the meter at its next start") {
  RoutesBench b(1);
  b.log_in();
  b.site.meter(kA).relay_open = b.site.meter(kA).off_commanded = true;
  b.kept_test = kDevice;
  b.routes.resume_test(kDevice);
  CHECK(outcome(b) == "done failed restarted");
  CHECK(!b.site.meter(kA).relay_open);
  CHECK(b.kept_test.empty());
}

TEST_CASE("switch test: after a restart an order of the platform goes before what the test had opened") {
  RoutesBench b(1);
  b.log_in();
  b.site.command(b.site.order(kA, wire::CommandKind::trip));
  b.kept_test = kDevice;
  b.routes.resume_test(kDevice);
  CHECK(stands(b) == "done failed too_many_commands");
  CHECK(b.kept_test.empty());
  b.site.run_for(base::minutes(1));
  CHECK(b.site.meter(kA).relay_open);
  for (const char* none : {"", "no such id!", "gone"}) b.routes.resume_test(none);
  b.site.run_for(base::minutes(1));
  CHECK(b.site.meter(kA).relay_open);
}

TEST_CASE("switch test: what may still be open is remembered until it was closed, however often the next start cannot reach it") {
  RoutesBench b(2);
  b.log_in();
  b.site.meter(kA).relay_open = b.site.meter(kA).off_commanded = true;
  b.kept_test = kDevice;
  const auto now = b.site.now;
  b.site.now = base::UtcMillis(1000);  // a box without a clock, before anybody told it the time
  b.routes.resume_test(kDevice);
  CHECK(stands(b) == "done left_open clock_not_set");
  CHECK(b.kept_test == kDevice);
  // Meanwhile no other flat is put at risk.
  b.site.now = now;
  b.log_in();
  CHECK(RoutesBench::error(b.post("/api/switch-test", {{"device", SiteBench::device(address(2)).value}, {"address", address(2)}})) == "409 close_first");
  b.routes.resume_test(kDevice);
  CHECK(outcome(b) == "done failed restarted");
  CHECK(!b.site.meter(kA).relay_open);
  CHECK(b.kept_test.empty());
}

TEST_CASE("switch test: a device that leaves the archive ends it") {
  RoutesBench b(2);
  b.log_in();
  REQUIRE(begin(b).status == 200);
  b.site.archive.version = 2;
  b.site.archive.devices.erase(b.site.archive.devices.begin());
  b.site.start();
  CHECK(stands(b) == "done failed unknown_device");
}

}  // namespace anju::gateway::testing
