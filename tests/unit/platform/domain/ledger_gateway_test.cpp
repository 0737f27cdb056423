#include "tests/unit/platform/domain/site_fixture.hpp"

using namespace anju;
using namespace anju::platform;

namespace {

wire::GatewayState word(base::UtcMillis at) {
  wire::GatewayState state;
  state.online = true;
  state.at = at;
  state.epoch = "e1";
  state.archive_version = 2;
  return state;
}

void quiet(SiteFixture& site, base::Millis span) {
  site.now = site.now + span;
  site.commit();
}

}  // namespace

TEST_CASE("gateway: silence is told to a person, although no last will came and old words are repeated") {
  SiteFixture site;
  const wire::GatewayState recorded = word(site.now + base::seconds(1));
  site.now = site.now + base::seconds(1);
  REQUIRE(site.hear(recorded));
  for (int minute = 0; minute < 4; ++minute) {
    quiet(site, base::minutes(1));
    (void)site.hear(recorded);  // by a broker that lets nothing else through
  }
  CHECK(site.alarms.empty());
  quiet(site, base::minutes(1));
  REQUIRE(site.alarms.size() == 1);
  CHECK(site.alarms[0].code == "gateway_offline");
  CHECK_FALSE(site.hear(recorded));
  CHECK(site.alarms.size() == 1);
  REQUIRE(site.command("c1", Ask::read));
  CHECK(site.sent.empty());  // it waits, and says so
  REQUIRE(site.hear(word(site.now)));
  CHECK(site.sent.size() == 1);
  CHECK_FALSE(site.alarms.back().active);
}

TEST_CASE("gateway: events that arrive are a sign of life, those that were here before are not") {
  SiteFixture site;
  REQUIRE(site.recharge("first", 100'000'000));
  for (int minute = 0; minute < 20; ++minute) {
    quiet(site, base::minutes(1));
    site.read(minute * 100);
  }
  CHECK(site.alarms.empty());
  for (int minute = 0; minute < 5; ++minute) {
    --site.seq;
    site.read(0);  // the newest event again
    quiet(site, base::minutes(1));
  }
  REQUIRE(site.alarms.size() == 1);
  CHECK(site.alarms[0].code == "gateway_offline");
}

TEST_CASE("gateway: a clock that ran ahead and was set right is heard at once") {
  SiteFixture site;
  REQUIRE(site.hear(word(site.now + base::hours(24))));
  quiet(site, kClockTolerance + base::seconds(1));
  CHECK(site.hear(word(site.now)));
}

TEST_CASE("gateway: events that it has and that do not arrive are told to a person, a backlog that drains is not") {
  SiteFixture site;
  REQUIRE(site.recharge("first", 100'000'000));
  const auto says = [&](std::int64_t last_seq, const char* epoch = "e1") {
    quiet(site, base::minutes(1));
    wire::GatewayState state = word(site.now);
    state.epoch = epoch;
    state.last_seq = last_seq;
    REQUIRE(site.hear(state));
  };
  for (int minute = 0; minute < 30; ++minute) {
    says(1000);
    site.read(minute * 100);
  }
  CHECK(site.alarms.empty());
  for (int minute = 0; minute < 9; ++minute) says(1000);
  CHECK(site.alarms.empty());
  says(1000);
  says(1000);
  REQUIRE(site.alarms.size() == 1);
  CHECK(site.alarms[0].code == "stream_behind");
  CHECK(site.alarms[0].critical);
  site.read(5000);
  says(1000);
  CHECK_FALSE(site.alarms.back().active);
  const std::size_t before = site.alarms.size();
  for (int minute = 0; minute < 12; ++minute) says(3, "never-seen");
  REQUIRE(site.alarms.size() == before + 1);
  CHECK(site.alarms.back().code == "stream_behind");
}

TEST_CASE("gateway: it can neither raise nor clear what only the platform finds out") {
  SiteFixture site;
  REQUIRE(site.recharge("first", 100'000'000));
  site.pass(base::minutes(15));
  site.read(100);
  site.pass(base::minutes(15));
  site.read(50);  // backward
  REQUIRE(site.alarms.size() == 1);
  REQUIRE(site.alarms[0].code == "reading_quarantined");
  for (const char* code : {"reading_quarantined", "gateway_offline", "stream_replaced", "stream_behind", "meter_unreachable",
                           "opened_by_hand", "closed_by_hand", "command_unanswered", "event_quarantined", "retention_stopped", "tariffs_missing"}) {
    for (const bool active : {false, true}) {
      CAPTURE(code);
      site.event(wire::AlarmEvent{code, base::DeviceId("m1"), {}, site.now, active, ""});
      CHECK(site.last.quarantined.size() == 1);
      for (const Alarm& alarm : site.last.alarms) CHECK(alarm.code == "event_quarantined");
    }
  }
  site.event(wire::AlarmEvent{"line_down", {}, base::LineId("l1"), site.now, true, ""});
  CHECK(site.alarms.back().code == "line_down");
}

TEST_CASE("gateway: a counter that would use up the range is not followed, one from before a restored backup is") {
  SiteFixture site;
  wire::GatewayState state = word(site.now + base::seconds(1));
  state.last_counter = wire::kMaxInteger;
  state.archive_version = wire::kMaxInteger;
  REQUIRE(site.hear(state));
  REQUIRE(site.command("c1", Ask::read));
  CHECK(site.newest_sent().counter == site.now.value);
  state.at = state.at + base::seconds(1);
  state.last_counter = site.now.value + 1'000'000;
  REQUIRE(site.hear(state));
  REQUIRE(site.command("c2", Ask::read));
  CHECK(site.newest_sent().counter == site.now.value + 1'000'001);
  CHECK(site.ledger.archive_of(1)->version == 2);
}

TEST_CASE("gateway: after a restored backup its archive is replaced by a version above the one it holds") {
  SiteFixture site;
  wire::GatewayState state = word(site.now + base::seconds(1));
  state.archive_version = 7;
  REQUIRE(site.hear(state));
  CHECK(site.ledger.archive_of(1)->version == 8);
}
