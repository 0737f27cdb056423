// An order goes out at once where the meter's clock was read within a day, and by the clock as it is where that cannot be relied on.

#include <doctest/doctest.h>

#include "tests/unit/gateway/core/site_bench.hpp"

namespace anju::gateway::testing {
namespace {

const std::string kA = "000000000001";
constexpr std::int64_t kBehind_s = -100;

/// A meter that is 100 s late, read by an order just before; what was asked since is in `asked`.
struct Known {
  SiteBench site{at_site(10, 1), {.poll = false}};
  std::size_t before = 0;

  Known() {
    site.add(kA);
    site.start();
    site.meter(kA).clock_offset_s = kBehind_s;
    order(wire::CommandKind::trip);
    CHECK(asked() == "day time 1C status");
    order(wire::CommandKind::close);
    CHECK(asked() == "1C status");
  }
  std::string order(wire::CommandKind kind, base::Millis run = base::seconds(40)) {
    before = requests().size();
    const auto command = site.order(kA, kind);
    site.command(command);
    site.run_for(run);
    return site.story(command.id);
  }
  std::vector<dlt645::Frame>& requests() { return site.buses.begin()->second.requests; }
  std::string asked() {
    std::string text;
    for (std::size_t i = before; i < requests().size(); ++i) {
      const auto received = dlt645::decode_request(requests()[i]);
      const auto* read = received ? std::get_if<dlt645::ReadData>(&received->request) : nullptr;
      const auto di = read == nullptr ? 0 : read->di.value;
      if (!text.empty()) text += " ";
      text += di == 0x04000101 ? "day" : di == 0x04000102 ? "time" : di == 0x04000503 ? "status" : requests()[i].control == 0x1C ? "1C" : "write";
    }
    return text;
  }
  /// How far valid-until of the last 1C lies behind the expiry of its order, by the meter's clock as it is.
  [[nodiscard]] base::Millis margin(base::UtcMillis expires) {
    return *base::to_utc(*site.meter(kA).last_valid_until, 480) - (expires + base::seconds(site.meter(kA).clock_offset_s));
  }
};

}  // namespace

TEST_CASE("known clock: a trip is the first thing on the wire, valid by the meter's clock, and verified as before") {
  Known k;
  const auto expires = k.site.now + base::minutes(5);
  CHECK(k.order(wire::CommandKind::trip) == "acked verified");
  CHECK(k.asked() == "1C status");
  CHECK(std::abs(k.margin(expires).value - kValidMargin.value) < 2000);
  CHECK(k.site.meter(kA).relay_open);
}

TEST_CASE("known clock: after more than 26 hours, or when the gateway's clock was set back, it is read first") {
  Known k;
  k.site.run_for(kClockKnown);
  CHECK(k.order(wire::CommandKind::trip) == "acked verified");
  CHECK(k.asked() == "day time 1C status");
  k.site.now = k.site.now - base::hours(2);
  k.site.meter(kA).clock_offset_s = 7200 + kBehind_s;  // the meter's own did not change
  CHECK(k.order(wire::CommandKind::close) == "acked verified");
  CHECK(k.asked() == "day time 1C status");
}

TEST_CASE("known clock: one that is adrift is not relied on") {
  Known k;
  k.site.run_for(kClockKnown);
  k.site.meter(kA).clock_offset_s = -7200;
  for (const auto kind : {wire::CommandKind::trip, wire::CommandKind::close}) {
    CHECK(k.order(kind) == "acked verified");
    CHECK(k.asked() == "day time 1C status");
  }
}

TEST_CASE("known clock: setting it makes what was known of it void, and the check behind it is what is known then") {
  Known k;
  CHECK(k.order(wire::CommandKind::set_clock) == "acked verified");
  CHECK(k.asked() == "write write day time");
  CHECK(k.site.meter(kA).clock_offset_s == 0);
  const auto expires = k.site.now + base::minutes(5);
  CHECK(k.order(wire::CommandKind::trip) == "acked verified");
  CHECK(k.asked() == "1C status");
  CHECK(std::abs(k.margin(expires).value - kValidMargin.value) < 2000);

  k.order(wire::CommandKind::close);
  k.site.meter(kA).lose_replies = 100;  // perhaps it is set, perhaps not
  k.order(wire::CommandKind::set_clock, base::minutes(6));
  k.site.meter(kA).lose_replies = 0;
  CHECK(k.order(wire::CommandKind::trip) == "acked verified");
  CHECK(k.asked() == "day time 1C status");
}

TEST_CASE("known clock: a meter that refuses the time, because somebody has set its clock, gets the order again by its clock as it is") {
  Known k;
  k.site.meter(kA).clock_offset_s = 7200;  // valid-until is its past
  const auto expires = k.site.now + base::minutes(5);
  CHECK(k.order(wire::CommandKind::trip) == "acked verified");
  CHECK(k.asked() == "1C day time 1C status");
  CHECK(std::abs(k.margin(expires).value - kValidMargin.value) < 2000);
}

TEST_CASE("known clock: who refuses for another reason is asked once more and believed then; a wrong password is not tried twice") {
  Known k;
  k.site.meter(kA).refuse_relay = 0x01;
  k.site.meter(kA).relay_commands = 0;
  CHECK(k.order(wire::CommandKind::trip) == "failed:other_error");
  CHECK(k.asked() == "1C day time 1C");
  CHECK(k.site.meter(kA).relay_commands == 2);
  k.site.meter(kA).refuse_relay = 0x04;
  k.site.meter(kA).relay_commands = 0;
  CHECK(k.order(wire::CommandKind::trip) == "failed:not_authorised");
  CHECK(k.asked() == "1C");
}

TEST_CASE("known clock: no answer to the order: the state is read, and what is sent again goes by the clock as it is") {
  Known k;
  k.site.meter(kA).relay_stuck = true;
  k.site.meter(kA).lose_replies = 1;
  CHECK(k.order(wire::CommandKind::trip, base::seconds(60)) == "acked failed:contradicted");
  CHECK(k.asked().starts_with("1C status day time 1C status"));
}

TEST_CASE("known clock: on a busy line a trip is the next thing behind the exchange under way") {
  constexpr int kMeters = 20;
  SiteBench b(at_site(10, 1));
  for (int i = 1; i <= kMeters; ++i) b.add(address(i));
  b.archive.reading_minutes = 5;
  b.start();
  b.run_until(at_site(10, 9, 50));  // the clocks are read behind the registers of 10:05
  const auto& requests = b.buses.begin()->second.requests;
  int busy = 0;
  for (int i = 1; i <= kMeters; ++i) {
    b.run_until(at_site(10, 5, 1) + base::minutes(5 * i) + base::Millis(61 * i));  // in the middle of a round of readings
    busy += b.gateway.line(base::LineId("l1"))->waiting() > 0;
    const auto sent = requests.size();
    const auto order = b.order(address(i), wire::CommandKind::trip);
    b.command(order);
    b.run_for(base::seconds(20));
    REQUIRE(requests.size() > sent);
    CHECK(requests[sent].control == 0x1C);
    CHECK(b.story(order.id) == "acked verified");
  }
  CHECK(busy == kMeters);
}

TEST_CASE("known clock: another meter under the same id begins without one") {
  Known k;
  k.site.archive.devices.clear();
  k.site.buses.clear();
  k.site.add("000000000002");
  k.site.archive.devices.front().id = SiteBench::device(kA);
  ++k.site.archive.version;
  k.site.start();
  k.before = 0;
  const auto command = k.site.order(kA, wire::CommandKind::trip);
  k.site.command(command);
  k.site.run_for(base::seconds(30));
  CHECK(k.asked() == "day time 1C status");
}

}  // namespace anju::gateway::testing
