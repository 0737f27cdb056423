#include <doctest/doctest.h>

#include "tests/unit/gateway/core/site_bench.hpp"

using namespace anju;
using namespace anju::gateway;
using namespace anju::gateway::testing;

namespace {

constexpr std::string_view kWater = "78330011223344", kOther = "78330011223355";

wire::MeterProfile profile(std::string_view map = "closed_10", bool low_byte_first = false) {
  wire::MeterProfile made;
  made.dialect = "cjt188";
  made.status_map = map;
  made.low_byte_first = low_byte_first;
  return made;
}

/// An electricity meter and one water meter, read once.
struct Mixed : SiteBench {
  explicit Mixed(const wire::MeterProfile& spoken = profile()) : SiteBench(at_site(10, 1)) {
    add(address(1));
    water_profile = spoken;
    add_water(kWater, spoken).total = base::Quantity(123'400);
    start();
    run_for(base::seconds(20));
  }
  wire::MeterProfile water_profile;
  FakeWater& water() { return buses[base::LineId("l1")].waters.front(); }
  [[nodiscard]] std::vector<base::Quantity> totals() const {
    std::vector<base::Quantity> all;
    for (const auto& reading : readings(wire::ReadingKind::interval)) {
      if (reading.device == device(kWater)) all.push_back(reading.total);
    }
    return all;
  }
  [[nodiscard]] wire::Relay relay() const { return SiteBench::relay(kWater); }
};

}  // namespace

TEST_CASE("cjt188: electricity and water of both byte orders are read on one line, one question at a time") {
  SiteBench b(at_site(10, 1));
  b.add(address(1));
  b.add_water(kWater, profile()).total = base::Quantity(123'400);
  b.add_water(kOther, profile("high_bits", true)).total = base::Quantity(5'556'600);
  b.start();
  b.run_for(base::seconds(30));
  const auto readings = b.readings(wire::ReadingKind::interval);
  REQUIRE(readings.size() == 3);
  for (const auto& reading : readings) {
    if (reading.device == SiteBench::device(kWater)) CHECK(reading.total == base::Quantity(123'400));
    if (reading.device == SiteBench::device(kOther)) CHECK(reading.total == base::Quantity(5'556'600));
    if (reading.device != SiteBench::device(address(1))) CHECK_FALSE(reading.tariffs);
  }
  const auto& bus = b.buses[base::LineId("l1")];
  CHECK(bus.overlaps == 0);
  // One answer has the register and the valve.
  for (const auto& water : bus.waters) CHECK(water.requests == 1);
}

TEST_CASE("cjt188: a valve that is told to close is verified when it has arrived, not when it has said yes") {
  Mixed b;
  REQUIRE(b.relay() == wire::Relay::closed);
  const auto trip = b.order(kWater, wire::CommandKind::trip);
  b.command(trip);
  b.run_for(base::seconds(5));
  CHECK(b.story(trip.id) == "acked");
  CHECK(b.relay() == wire::Relay::closed);
  b.run_for(base::seconds(10));
  CHECK(b.story(trip.id) == "acked verified");
  CHECK(b.relay() == wire::Relay::open);
  const auto close = b.order(kWater, wire::CommandKind::close);
  b.command(close);
  b.run_for(base::seconds(15));
  CHECK(b.story(close.id) == "acked verified");
  CHECK(b.relay() == wire::Relay::closed);
  CHECK(b.water().valve_commands == 2);
}

TEST_CASE("cjt188: a valve that says yes and stays is contradicted after its travel time, not before") {
  Mixed b;
  b.water().stuck = true;
  const auto trip = b.order(kWater, wire::CommandKind::trip);
  b.command(trip);
  b.run_for(base::seconds(b.water_profile.travel_s));
  CHECK(b.story(trip.id) == "acked");
  b.run_for(kVerifyWindow + base::seconds(5));
  CHECK(b.story(trip.id) == "acked failed:contradicted");
  CHECK(b.relay() == wire::Relay::closed);
}

TEST_CASE("cjt188: a valve whose state nobody can read is not switched, and its meter is read all the same") {
  Mixed b(profile("none"));
  CHECK(b.totals() == std::vector{base::Quantity(123'400)});
  const auto trip = b.order(kWater, wire::CommandKind::trip);
  b.command(trip);
  b.run_for(base::seconds(5));
  CHECK(b.story(trip.id) == "failed:not_supported");
  CHECK(b.water().valve_commands == 0);
}

TEST_CASE("cjt188: what the protocol does not have is refused at once, and nothing is sent") {
  Mixed b;
  const auto requests = b.water().requests;
  for (const auto kind : {wire::CommandKind::keep_power_on, wire::CommandKind::set_clock, wire::CommandKind::clear}) {
    const auto order = b.order(kWater, kind);
    b.command(order);
    b.run_for(base::seconds(5));
    CHECK(b.story(order.id) == (kind == wire::CommandKind::clear ? "refused:not_supported" : "failed:not_supported"));
  }
  CHECK(b.water().requests == requests);
}

TEST_CASE("cjt188: a meter that refuses says so, and the valve is not asked again") {
  Mixed b;
  b.water().refuses = true;
  const auto trip = b.order(kWater, wire::CommandKind::trip);
  b.command(trip);
  b.run_for(base::seconds(30));
  CHECK(b.story(trip.id) == "failed:refused_by_meter");
  CHECK(b.water().valve_commands == 1);
}

TEST_CASE("cjt188: reading now brings the register and the valve in one exchange") {
  Mixed b;
  b.water().total = base::Quantity(130'000);
  const auto read = b.order(kWater, wire::CommandKind::read);
  b.command(read);
  b.run_for(base::seconds(5));
  CHECK(b.story(read.id) == "verified");
  const auto readings = b.readings(wire::ReadingKind::on_demand);
  REQUIRE(readings.size() == 1);
  CHECK(readings[0].total == base::Quantity(130'000));
}

TEST_CASE("cjt188: the answer to an earlier question is not taken for the later one's") {
  Mixed b;
  // Slower than it is waited for: what it says comes while the next question is under way.
  b.water().delay_ms = 4200;
  b.run_until(at_site(10, 15, 30));
  b.water().delay_ms = 100;
  b.water().total = base::Quantity(200'000);
  b.run_until(at_site(10, 30, 30));
  for (const auto& total : b.totals()) CHECK((total == base::Quantity(123'400) || total == base::Quantity(200'000)));
  CHECK(b.totals().back() == base::Quantity(200'000));
}

TEST_CASE("cjt188: a valve that is out of order is an alarm, and the register counts") {
  Mixed b;
  b.water().broken = true;
  b.water().total = base::Quantity(150'000);
  b.run_until(at_site(10, 16));
  CHECK(b.totals().back() == base::Quantity(150'000));
  CHECK(b.alarms("bad_value", true) == 1);
  CHECK(b.relay() == wire::Relay::closed);
}

TEST_CASE("cjt188: an address that several meters answer to is none of a device") {
  for (const char* shared : {"AAAAAAAAAAAAAA", "aa330011223344"}) {
    SiteBench b(at_site(10, 1));
    b.add(address(1));
    b.add_water(shared, profile());
    b.start();
    b.run_for(base::seconds(20));
    CHECK(b.alarms("bad_device", true) == 1);
    CHECK(b.buses[base::LineId("l1")].waters.front().requests == 0);
  }
}

TEST_CASE("cjt188: a close that waits for a button is refused where no button is") {
  auto waits = profile();
  waits.close = wire::CloseMethod::permit;
  Mixed b(waits);
  const auto close = b.order(kWater, wire::CommandKind::close);
  b.command(close);
  b.run_for(base::seconds(5));
  CHECK(b.story(close.id) == "failed:not_supported");
  CHECK(b.water().valve_commands == 0);
}

TEST_CASE("cjt188: a meter whose clock shows nonsense is read and switched all the same") {
  Mixed b;
  b.water().bad_clock = true;
  const auto trip = b.order(kWater, wire::CommandKind::trip);
  b.command(trip);
  b.run_for(base::seconds(20));
  CHECK(b.story(trip.id) == "acked verified");
  b.run_until(at_site(10, 16));
  CHECK(b.totals().size() == 2);
}

TEST_CASE("cjt188: an order whose answer is lost is not sent again to a valve that moves") {
  Mixed b;
  b.water().lose_acks = 1;
  const auto trip = b.order(kWater, wire::CommandKind::trip);
  b.command(trip);
  b.run_for(base::seconds(30));
  CHECK(b.story(trip.id) == "verified");
  CHECK(b.water().valve_commands == 1);
}

TEST_CASE("cjt188: the alarm of a valve that stays out of order is raised once") {
  Mixed b;
  b.water().broken = true;
  b.run_until(at_site(11, 1));
  CHECK(b.totals().size() == 5);
  CHECK(b.alarms("bad_value", true) == 1);
  CHECK(b.alarms("bad_value", false) == 0);
}
