// The installer's switch test as the page asks for it; its rules are tested in core/switch_test_test.cpp.

#include <doctest/doctest.h>

#include "tests/unit/gateway/local/routes_bench.hpp"

namespace anju::gateway::testing {
namespace {

const std::string kA = address(1), kB = address(2);

LocalResponse begin(RoutesBench& b, const std::string& which = kA) {
  return b.post("/api/switch-test", {{"device", "m" + which}, {"address", which}});
}
LocalResponse close(RoutesBench& b, const std::string& which = kA) {
  return b.post("/api/switch-test", {{"device", "m" + which}, {"address", which}, {"close", "1"}});
}
std::string word(const boost::json::object& test, const char* key) {
  return std::string(test.at(key).as_string());
}
/// "step result reason".
std::string stands(RoutesBench& b) {
  const auto answer = b.json("/api/switch-test");
  if (answer.at("test").is_null()) return "none";
  const auto& test = answer.at("test").as_object();
  return word(test, "step") + " " + word(test, "result") + (word(test, "reason").empty() ? "" : " " + word(test, "reason"));
}
std::string outcome(RoutesBench& b) {
  const auto end = b.site.now + base::minutes(8);
  while (b.site.now < end && !stands(b).starts_with("done")) b.site.run_for(base::Millis(100));
  return stands(b);
}

}  // namespace

TEST_CASE("page: a switch test is begun by the meter's own address, and told with its device") {
  RoutesBench b(2);
  b.log_in();
  CHECK(stands(b) == "none");
  CHECK(RoutesBench::error(b.post("/api/switch-test", {{"device", "m" + kA}, {"address", kB}})) == "409 other_address");
  CHECK(RoutesBench::error(b.post("/api/switch-test", {{"device", "m" + kA}})) == "400 bad_request");
  CHECK(RoutesBench::error(b.post("/api/switch-test", {{"device", "nobody"}, {"address", kA}})) == "404 unknown_device");
  CHECK(stands(b) == "none");
  REQUIRE(begin(b).status == 200);
  CHECK(stands(b) == "reading running");
  CHECK(RoutesBench::error(begin(b, kB)) == "409 test_running");
  CHECK(RoutesBench::error(close(b)) == "409 test_running");
  CHECK(outcome(b) == "done passed");
  const auto test = b.json("/api/device?id=m" + kA).at("test").as_object();
  CHECK(test.at("opened_after_ms").as_int64() > 300);
  CHECK(test.at("closed_after_ms").as_int64() > 300);
  CHECK(b.json("/api/device?id=m" + kB).at("test").is_null());
  CHECK(b.log.back().find("switch test of m" + kA) != std::string::npos);
}

TEST_CASE("page: what was left open is closed by the button of its device alone, and the button is never in the way of the gateway") {
  RoutesBench b(2);
  b.log_in();
  CHECK(RoutesBench::error(close(b)) == "409 not_left_open");
  REQUIRE(begin(b).status == 200);
  while (stands(b) != "closing running") b.site.run_for(base::Millis(5));
  b.site.meter(kA).silent = true;
  REQUIRE(outcome(b) == "done left_open no_answer");
  CHECK(RoutesBench::error(begin(b, kB)) == "409 close_first");
  CHECK(RoutesBench::error(close(b, kB)) == "409 not_left_open");
  REQUIRE(close(b).status == 200);
  CHECK(stands(b) == "closing left_open no_answer");
  REQUIRE(close(b).status == 200);  // tapped twice
  REQUIRE(outcome(b) == "done left_open no_answer");
  b.site.meter(kA).silent = false;
  b.site.run_for(base::minutes(2));  // nobody taps
  CHECK(stands(b) == "done failed closed_later");
  CHECK(!b.site.meter(kA).relay_open);
  CHECK(RoutesBench::error(close(b)) == "409 not_left_open");
}

TEST_CASE("page: a meter that waits for its button is shown so") {
  RoutesBench b(1);
  b.site.archive.version = 2;
  b.site.archive.devices[0].profile.close = wire::CloseMethod::permit;
  b.site.start();
  b.site.run_for(base::seconds(10));
  b.log_in();
  REQUIRE(begin(b).status == 200);
  const auto end = b.site.now + base::minutes(1);
  while (b.site.now < end && stands(b) != "awaiting_button running") b.site.run_for(base::Millis(100));
  REQUIRE(stands(b) == "awaiting_button running");
  b.site.meter(kA).relay_open = false;
  CHECK(outcome(b) == "done passed");
}

}  // namespace anju::gateway::testing
