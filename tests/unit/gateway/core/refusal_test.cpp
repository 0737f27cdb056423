// What a device says no to, or "not now": the final word comes after a look at its state wherever something may have been taken.

#include <doctest/doctest.h>

#include "gateway/core/errc.hpp"
#include "tests/unit/gateway/core/profile_bench.hpp"
#include "tests/unit/gateway/core/site_bench.hpp"

using namespace anju;
using namespace anju::gateway;
using namespace anju::gateway::testing;

namespace {

constexpr std::uint8_t kAcknowledge = 5, kBusy = 6, kNobody = 11, kFailure = 4;

/// A relay that needs two writes: a key, then the order.
struct Site : SiteBench {
  Site() : SiteBench(at_site(10, 1), models()) {
    add_modbus(3, "small").registers = {{100, 0}, {101, 7}, {200, 1}};
    device().written = [](FakeModbus& one, std::uint16_t at, std::uint16_t value) { one.registers[at] = value; };
    start();
    run_for(base::seconds(20));
  }
  static GatewayOptions models() {
    using namespace bench;
    GatewayOptions options;
    const auto trip = with(kTrip, "[{ function", "[{ function = 6, address = 210, value = 4711 }, { function");
    options.profiles["small"] = std::make_shared<const DeviceProfile>(parsed(joined({kHead, kEnergy, kRelay, trip})));
    return options;
  }
  FakeModbus& device() { return buses[base::LineId("l1")].devices.front(); }
  using SiteBench::device;
  wire::Command trip(base::Millis life = base::minutes(2)) {
    const auto made = order("3", wire::CommandKind::trip, life);
    command(made);
    return made;
  }
  /// The next `times` writes to a register are answered so; `acts`: and obeyed.
  void refuse(std::uint16_t at, std::uint8_t code, int times, bool acts) {
    device().refuses = [at, code, times, acts](FakeModbus& one, const modbus::Request& request) mutable -> std::optional<std::uint8_t> {
      const auto* write = std::get_if<modbus::WriteRegister>(&request);
      if (write == nullptr || write->address != at || times == 0) return std::nullopt;
      --times;
      ++one.writes;
      if (acts) one.registers[at] = write->value;
      return code;
    };
  }
};

}  // namespace

TEST_CASE("refusal: of the first write ends the order at once, nothing was touched") {
  Site site;
  site.refuse(210, kFailure, 1, false);
  const auto trip = site.trip();
  site.run_for(base::seconds(2));
  CHECK(site.story(trip.id) == "failed:server_device_failure");
  CHECK(site.device().writes == 1);
}

TEST_CASE("refusal: behind a write that was taken the state is read, and what it says is the word") {
  for (const bool acts : {true, false}) {
    CAPTURE(acts);
    Site site;
    site.refuse(200, kFailure, 1, acts);
    const auto trip = site.trip();
    site.run_for(base::seconds(5));
    CHECK(site.story(trip.id) == (acts ? "verified" : "failed:server_device_failure"));
    CHECK(site.device().writes == 2);
  }
}

TEST_CASE("refusal: a device that is busy afterwards does not undo its word: nothing is sent again") {
  Site site;
  int busy = 2;
  site.refuse(200, kFailure, 1, false);
  const auto writes = site.device().refuses;
  site.device().refuses = [writes, busy](FakeModbus& one, const modbus::Request& request) mutable -> std::optional<std::uint8_t> {
    if (one.writes == 2 && std::holds_alternative<modbus::Read>(request) && busy-- > 0) return kBusy;
    return writes(one, request);
  };
  const auto trip = site.trip();
  site.run_for(base::seconds(20));
  CHECK(site.story(trip.id) == "failed:server_device_failure");
  CHECK(site.device().writes == 2);
}

TEST_CASE("refusal: busy is asked again while the order lives, and said when it has ended") {
  Site site;
  site.refuse(210, kBusy, 3, false);
  const auto trip = site.trip();
  site.run_for(base::seconds(15));
  CHECK(site.story(trip.id) == "acked verified");
  CHECK(site.device().writes == 5);

  Site always;
  always.refuse(210, kBusy, 1000, false);
  const auto vain = always.trip(base::seconds(100));
  always.run_for(base::seconds(99));
  CHECK(always.story(vain.id).empty());
  always.run_for(base::seconds(2));
  CHECK(always.story(vain.id) == "failed:server_device_busy");
  CHECK(always.device().writes > kMostSends);
  CHECK(always.device().writes < 12);
}

TEST_CASE("refusal: 'accepted, takes long' is looked at before it is sent again") {
  Site site;
  site.refuse(200, kAcknowledge, 1, true);
  const auto taken = site.trip();
  site.run_for(base::seconds(5));
  CHECK(site.story(taken.id) == "verified");
  CHECK(site.device().writes == 2);

  Site idle;
  idle.refuse(200, kAcknowledge, 2, false);
  const auto again = idle.trip();
  idle.run_for(base::seconds(20));
  CHECK(idle.story(again.id) == "acked verified");
  CHECK(idle.device().writes == 6);
}

TEST_CASE("refusal: that a gateway in between heard nothing is no answer: the state is read, and the device counts as silent") {
  Site site;
  site.refuse(200, kNobody, 1, true);
  const auto taken = site.trip();
  site.run_for(base::seconds(5));
  CHECK(site.story(taken.id) == "verified");
  CHECK(site.device().writes == 2);

  site.device().refuses = [](FakeModbus&, const modbus::Request&) { return std::optional(kNobody); };
  const auto before = site.device().requests;
  site.run_until(at_site(10, 29));
  const auto* line = site.gateway.line(base::LineId("l1"));
  CHECK_FALSE(line->is_reachable(SiteBench::device("3")));
  CHECK(site.device().requests - before < 40);
  CHECK(site.alarms("bad_value", true) == 0);
}

TEST_CASE("refusal: a reading that meets a busy device is taken when it has time; one that never has is given up until the next slot") {
  Site site;
  int busy = 3;
  site.device().refuses = [&busy](FakeModbus&, const modbus::Request&) { return busy-- > 0 ? std::optional(kBusy) : std::nullopt; };
  const auto read = site.order("3", wire::CommandKind::read);
  site.command(read);
  site.run_for(base::seconds(15));
  CHECK(site.story(read.id) == "verified");
  CHECK(site.readings(wire::ReadingKind::on_demand).size() == 1);

  busy = 4;
  const auto had = site.readings(wire::ReadingKind::interval).size();
  site.run_until(at_site(10, 16));
  CHECK(site.readings(wire::ReadingKind::interval).size() == had + 1);
  CHECK(site.alarms("bad_value", true) == 0);

  busy = 1'000'000;
  const auto before = site.device().requests;
  site.run_until(at_site(10, 44));
  CHECK(site.device().requests - before <= 4 * kMostBusy);
  CHECK(site.alarms("bad_value", true) == 1);
}
