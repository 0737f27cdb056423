// A valve is believed when it had the time to move, not when the meter repeats what it was told.

#include <optional>
#include <string>
#include <variant>

#include <doctest/doctest.h>

#include "tests/unit/gateway/core/profile_bench.hpp"
#include "tests/unit/gateway/core/site_bench.hpp"

using namespace anju;
using namespace anju::gateway;
using namespace anju::gateway::testing;

namespace {

constexpr std::string_view kWater = "78330011223344";
constexpr const char* kMainValve = R"([[point]]
name = "valve"
function = 3
address = 200
type = "u16"
states = { 0 = "closed", 1 = "open", 2 = "moving" }
)";
/// Of a maker without a word for "moving".
constexpr const char* kMuteValve = R"([[point]]
name = "valve"
function = 3
address = 200
type = "u16"
states = { 0 = "closed", 1 = "open" }
)";
constexpr const char* kVolume = R"([[point]]
name = "volume_total"
function = 3
address = 100
type = "u32"
unit = "L"
)";
constexpr const char* kShut = R"([[action]]
name = "trip"
writes = [{ function = 6, address = 200, value = 0 }]
verify = { point = "valve", state = "closed" }
)";

constexpr const char* kUnshut = R"([[action]]
name = "close"
writes = [{ function = 6, address = 200, value = 1 }]
verify = { point = "valve", state = "open" }
)";

GatewayOptions models() {
  using namespace bench;
  GatewayOptions options;
  const auto add = [&](const std::string& text) {
    auto profile = std::make_shared<const DeviceProfile>(parsed(text));
    options.profiles[profile->name] = profile;
  };
  add(joined({kHead, kEnergy, kRelay, kTrip}));
  const auto water = [](const char* name) { return with(with(kHead, "electricity", "water"), "\"small\"", name) + "travel_s = 40"; };
  add(joined({water("\"tap\""), kVolume, kMainValve, kShut, kUnshut}));
  add(joined({water("\"mute\""), kVolume, kMuteValve, kShut}));
  return options;
}

struct Site : SiteBench {
  explicit Site(const std::string& status_map = "closed_10") : SiteBench(at_site(10, 1), models()) {
    wire::MeterProfile spoken;
    spoken.dialect = "cjt188";
    spoken.status_map = status_map;
    add(address(1));
    add_water(kWater, spoken);
    add_modbus(3, "small").registers = {{100, 0}, {101, 7}, {200, 1}};
    add_modbus(5, "mute", wire::MeterKind::water).registers = {{100, 0}, {101, 7}, {200, 1}};
    add_modbus(4, "tap", wire::MeterKind::water).registers = {{100, 0}, {101, 7}, {200, 1}};
    for (auto& one : bus().devices) {
      one.written = [](FakeModbus& device, std::uint16_t at, std::uint16_t value) { device.registers[at] = value; };
    }
  }
  FakeBus& bus() { return buses[base::LineId("l1")]; }
  FakeWater& water() { return bus().waters.front(); }
  FakeModbus& mute() { return bus().devices[1]; }
  FakeModbus& tap() { return bus().devices.back(); }
  wire::Command trip(std::string_view who) { return ordered(who, wire::CommandKind::trip); }
  wire::Command ordered(std::string_view who, wire::CommandKind kind, base::Millis life = base::minutes(5)) {
    const auto made = order(who, kind, life);
    command(made);
    return made;
  }
  /// How the contact stood by the last word of an order.
  [[nodiscard]] wire::Relay relay_of(const wire::Command& of) const {
    auto last = wire::Relay::unknown;
    for (const auto& event : events) {
      const auto* said = std::get_if<wire::CommandEvent>(&event);
      if (said != nullptr && said->command == of.id) last = said->relay;
    }
    return last;
  }
  void begin() {
    start();
    run_for(base::seconds(30));
  }
};

}  // namespace

TEST_CASE("valve: a meter that repeats the order is not believed before the valve's travel time, of either protocol") {
  Site site;
  site.water().travel = base::Millis(0);
  site.begin();
  REQUIRE(site.relay(kWater) == wire::Relay::closed);
  const auto cjt = site.trip(kWater), modbus = site.trip("4");
  site.run_for(base::seconds(9));
  CHECK(site.story(cjt.id) == "acked");
  CHECK(site.relay(kWater) == wire::Relay::closed);
  site.run_for(base::seconds(3));
  CHECK(site.story(cjt.id) == "acked verified");
  CHECK(site.relay(kWater) == wire::Relay::open);
  site.run_for(base::seconds(26));
  CHECK(site.story(modbus.id) == "acked");
  site.run_for(base::seconds(4));
  CHECK(site.story(modbus.id) == "acked verified");
}

TEST_CASE("valve: nor is it believed when nobody heard the acknowledgement, or when the gateway was started anew meanwhile") {
  Site site;
  site.water().travel = base::Millis(0);
  site.water().lose_acks = 1;
  site.begin();
  const auto lost = site.trip(kWater);
  site.run_for(base::seconds(9));
  CHECK(site.story(lost.id).empty());
  site.run_for(base::seconds(5));
  CHECK(site.story(lost.id) == "verified");
  CHECK(site.water().valve_commands == 1);

  const auto meter = *make_meter(site.archive.devices[1], {}, {});
  for (const auto phase : {std::optional(wire::CommandPhase::acked), std::optional<wire::CommandPhase>()}) {
    RunningCommand resumed(site.order(kWater, wire::CommandKind::trip), true, phase, 480);
    CHECK_FALSE(resumed.start(meter, site.now).ask);
    CHECK_FALSE(resumed.tick(meter, site.now + base::Millis(9'999)).ask);
    CHECK(resumed.tick(meter, site.now + base::seconds(10)).ask);
  }
}

TEST_CASE("valve: what a poll or a look sees while it travels is not told as its state") {
  Site site;
  site.begin();
  site.run_until(at_site(10, 14, 55));
  const auto modbus = site.trip("4");
  site.run_until(at_site(10, 15, 15));
  const auto look = site.order("4", wire::CommandKind::read);
  site.command(look);
  site.run_until(at_site(10, 15, 30));
  CHECK(site.story(look.id) == "verified");
  CHECK(site.story(modbus.id) == "acked");
  CHECK(site.relay("4") == wire::Relay::closed);
  site.run_for(base::seconds(20));
  CHECK(site.relay("4") == wire::Relay::open);
}

TEST_CASE("valve: an order that ends while the valve travels is judged when it has arrived") {
  Site site;
  site.begin();
  auto order = site.order("4", wire::CommandKind::trip, base::seconds(10));
  site.command(order);
  site.run_for(base::seconds(60));
  CHECK(site.story(order.id) == "acked verified");
}

TEST_CASE("valve: relays of electricity meters wait for nothing") {
  Site site;
  site.begin();
  const auto dlt645 = site.trip(address(1)), modbus = site.trip("3");
  site.run_for(base::seconds(3));
  CHECK(site.story(dlt645.id) == "acked verified");
  CHECK(site.story(modbus.id) == "acked verified");
}

TEST_CASE("valve: one that a poll met on its way is looked at again after its travel time, three times at most before the next slot") {
  Site site;
  site.begin();
  site.tap().registers[200] = 2;
  site.run_until(at_site(10, 15, 10));
  const auto before = site.tap().requests;
  site.run_until(at_site(10, 15, 35));
  CHECK(site.tap().requests == before);
  site.tap().registers[200] = 0;
  site.run_until(at_site(10, 15, 50));
  CHECK(site.tap().requests == before + 1);
  CHECK(site.relay("4") == wire::Relay::open);
  // One that never arrives costs no more than that.
  site.tap().registers[200] = 2;
  site.run_until(at_site(10, 29, 59));
  const auto stuck = site.tap().requests;
  site.run_until(at_site(10, 44, 59));
  CHECK(site.tap().requests == stuck + 2 + kMostMoving);
}

TEST_CASE("valve: an order that follows one whose valve still travels waits for that, and takes no refusal for it") {
  Site site;
  site.water().refuses_moving = true;
  site.begin();
  const auto trip = site.trip(kWater);
  site.run_for(base::seconds(3));
  CHECK(site.story(trip.id) == "acked");
  const auto close = site.ordered(kWater, wire::CommandKind::close);
  site.run_for(base::seconds(6));
  CHECK(site.story(trip.id) == "acked failed:superseded");
  CHECK(site.story(close.id).empty());
  CHECK(site.water().valve_commands == 1);
  CHECK(site.relay(kWater) == wire::Relay::closed);  // as it was before both
  site.run_for(base::seconds(3));
  CHECK(site.story(close.id) == "acked");
  site.run_for(base::seconds(12));
  CHECK(site.story(close.id) == "acked verified");
  CHECK(site.water().valve_commands == 2);
  CHECK(site.relay(kWater) == wire::Relay::closed);
}

TEST_CASE("valve: an order that would end before that is sent at once, one for another device too") {
  Site site;
  site.begin();
  (void)site.trip("4");
  site.run_for(base::seconds(3));
  const auto writes = site.tap().writes;
  const auto hurried = site.ordered("4", wire::CommandKind::close, base::seconds(20));
  const auto other = site.trip(kWater);
  site.run_for(base::seconds(3));
  CHECK(site.tap().writes == writes + 1);
  CHECK(site.story(hurried.id) == "acked");
  CHECK(site.story(other.id) == "acked");
}

TEST_CASE("valve: an order that follows one whose answer is still on its way waits as if the valve moved") {
  Site site;
  site.begin();
  const auto trip = site.trip("4");
  while (site.tap().writes == 0) site.run_for(base::Millis(1));
  REQUIRE(site.story(trip.id).empty());
  const auto close = site.ordered("4", wire::CommandKind::close);
  CHECK(site.story(trip.id) == "failed:superseded");
  site.run_for(base::seconds(38));
  CHECK(site.tap().writes == 1);
  site.run_for(base::seconds(50));
  CHECK(site.story(close.id) == "acked verified");
  CHECK(site.tap().writes == 2);
}

TEST_CASE("valve: of three orders in one travel the last one counts, and nothing is sent of the one between") {
  Site site;
  site.begin();
  (void)site.trip("4");
  site.run_for(base::seconds(5));
  const auto between = site.ordered("4", wire::CommandKind::close);
  site.run_for(base::seconds(5));
  const auto last = site.trip("4");
  site.run_for(base::seconds(25));
  CHECK(site.story(between.id) == "failed:superseded");
  CHECK(site.tap().writes == 1);
  site.run_for(base::seconds(50));
  CHECK(site.story(last.id) == "acked verified");
  CHECK(site.tap().writes == 2);
  CHECK(site.relay("4") == wire::Relay::open);
}

TEST_CASE("valve: a clock that is set back during a travel holds no later order up") {
  Site site;
  site.begin();
  (void)site.trip("4");
  site.run_for(base::seconds(5));
  site.now = site.now - base::hours(5);
  site.happen(Tick{});
  const auto close = site.ordered("4", wire::CommandKind::close);
  site.run_for(base::seconds(50));
  CHECK(site.story(close.id) == "acked verified");
}

TEST_CASE("valve: a reading that is ordered during a travel does not tell what was ordered for how it stands") {
  Site site;
  site.begin();
  (void)site.trip("4");
  site.run_for(base::seconds(5));
  const auto early = site.ordered("4", wire::CommandKind::read);
  site.run_for(base::seconds(5));
  CHECK(site.story(early.id) == "verified");
  CHECK(site.relay_of(early) == wire::Relay::unknown);
  CHECK(site.readings(wire::ReadingKind::on_demand).size() == 1);
  site.run_for(base::seconds(40));
  const auto late = site.ordered("4", wire::CommandKind::read);
  site.run_for(base::seconds(5));
  CHECK(site.relay_of(late) == wire::Relay::open);
}

TEST_CASE("valve: a refusal of one that somebody else set moving means not now, and the order comes again when it stands") {
  Site site;
  site.begin();
  site.tap().registers[200] = 2;
  site.tap().refuses = [](FakeModbus& device, const modbus::Request& request) -> std::optional<std::uint8_t> {
    const bool write = !std::holds_alternative<modbus::Read>(request);
    return write && device.registers[200] == 2 ? std::optional<std::uint8_t>(4) : std::nullopt;
  };
  const auto trip = site.trip("4");
  site.run_for(base::seconds(20));
  CHECK(site.story(trip.id).empty());
  CHECK(site.tap().writes == 0);
  site.tap().registers[200] = 1;
  site.run_for(base::seconds(45));
  CHECK(site.story(trip.id) == "acked verified");
  CHECK(site.tap().writes == 1);

  // Of a maker that has no word for it.
  Site mute("high_bits");
  mute.water().refuses_moving = true;
  mute.begin();
  mute.water().arrives = mute.now + base::seconds(6);
  const auto later = mute.trip(kWater);
  mute.run_for(base::seconds(5));
  CHECK(mute.story(later.id).empty());
  mute.run_for(base::seconds(15));
  CHECK(mute.story(later.id) == "acked verified");
  CHECK(mute.water().valve_commands == 2);
}

TEST_CASE("valve: a refusal of one that stands still is the last word, and so is one of a valve that shows nonsense for ever") {
  Site site("high_bits");
  site.water().refuses = true;
  site.begin();
  const auto trip = site.trip(kWater);
  site.run_for(base::seconds(3));
  CHECK(site.story(trip.id) == "failed:refused_by_meter");
  CHECK(site.water().valve_commands == 1);

  site.water().arrives = site.now + base::hours(2);
  const auto again = site.trip(kWater);
  site.run_for(base::seconds(15));
  CHECK(site.story(again.id).empty());
  site.run_for(base::seconds(10));
  CHECK(site.story(again.id) == "failed:refused_by_meter");
}

TEST_CASE("valve: one that a poll meets where no table has a word for it is looked at again before anybody is told") {
  Site site;
  site.begin();
  site.mute().registers[200] = 7;
  site.run_until(at_site(10, 15, 30));
  CHECK(site.alarms("bad_value", true) == 0);
  CHECK(site.relay("5") == wire::Relay::closed);
  const auto before = site.mute().requests;
  site.mute().registers[200] = 0;
  site.run_until(at_site(10, 16));
  CHECK(site.mute().requests == before + 1);
  CHECK(site.relay("5") == wire::Relay::open);
  CHECK(site.alarms("bad_value", true) == 0);
}

TEST_CASE("valve: one that shows nonsense for good is told once, and is over when it does not any more") {
  Site site;
  site.begin();
  site.mute().registers[200] = 7;
  site.run_until(at_site(10, 16));
  CHECK(site.alarms("bad_value", true) == 1);
  const auto before = site.mute().requests;
  site.run_until(at_site(11, 1));
  CHECK(site.mute().requests == before + 3 * 2);
  CHECK(site.alarms("bad_value", true) == 1);
  CHECK(site.alarms("bad_value", false) == 0);
  site.mute().registers[200] = 1;
  site.run_until(at_site(11, 16));
  CHECK(site.alarms("bad_value", false) == 1);
}
