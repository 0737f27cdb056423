// What a device says no to, or "not now": the final word comes after a look at its state wherever something may have been taken.

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <utility>

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

/// Total at 100, relay `at`, four tariffs from 300: blocks of their own.
struct Blocks : SiteBench {
  using Refusal = std::function<std::optional<std::uint8_t>(const modbus::Read&)>;
  Blocks(int relay, Refusal refusal) : SiteBench(at_site(10, 1), models(relay)) {
    add_modbus(3, "small").registers = {{100, 0}, {101, 7}, {102, 0}, {103, 0}, {static_cast<std::uint16_t>(relay), 1}};
    for (std::uint16_t i = 300; i < 308; ++i) device().registers[i] = 0;
    refuse(std::move(refusal));
    start();
    run_for(base::seconds(20));
  }
  static GatewayOptions models(int relay) {
    using namespace bench;
    const auto at = [](const char* name, int address) { return with(with(kEnergy, "energy_total", name), "100", std::to_string(address)); };
    const auto tariffs = joined({at("energy_sharp", 300), at("energy_peak", 302), at("energy_flat", 304), at("energy_valley", 306)});
    GatewayOptions options;
    options.profiles["small"] = std::make_shared<const DeviceProfile>(parsed(joined({kHead, kEnergy, with(kRelay, "200", std::to_string(relay)), tariffs})));
    return options;
  }
  FakeModbus& device() { return buses[base::LineId("l1")].devices.front(); }
  using SiteBench::device;
  void refuse(Refusal refusal) {
    device().refuses = [refusal = std::move(refusal)](FakeModbus&, const modbus::Request& request) {
      const auto* read = std::get_if<modbus::Read>(&request);
      return read == nullptr || !refusal ? std::nullopt : refusal(*read);
    };
  }
  [[nodiscard]] std::size_t count() const { return readings(wire::ReadingKind::interval).size(); }
  [[nodiscard]] wire::Reading last() const { return readings(wire::ReadingKind::interval).back(); }
  [[nodiscard]] std::string alarm() const {
    std::string detail;
    for (const auto& event : events) {
      if (const auto* said = std::get_if<wire::AlarmEvent>(&event); said != nullptr && said->code == "bad_value") detail = said->detail;
    }
    return detail;
  }
};

}  // namespace

TEST_CASE("refusal: of the tariffs' block leaves the total, whatever the exception, and the tariffs are there again when it is over") {
  for (const std::uint8_t code : std::initializer_list<std::uint8_t>{1, 2, 3, 4, 7, 8, 9, 100}) {
    CAPTURE(code);
    Blocks site(200, [code](const modbus::Read& read) { return read.address >= 300 ? std::optional(code) : std::nullopt; });
    REQUIRE(site.count() == 1);
    CHECK(site.last().total == base::Quantity(700));
    CHECK_FALSE(site.last().tariffs);
    CHECK(site.relay("3") == wire::Relay::closed);
    CHECK(site.alarms("bad_value", true) == 0);
    site.refuse(nullptr);
    const auto read = site.order("3", wire::CommandKind::read);
    if (code <= 2) site.command(read);  // it said that it has none: asked again when somebody wants to know
    site.run_until(at_site(10, 16));
    REQUIRE(site.count() == 2);
    CHECK(site.last().tariffs);
  }
}

TEST_CASE("refusal: of the relay's block leaves the total, is told with what the device said, and is over with it") {
  Blocks site(200, [](const modbus::Read& read) { return read.address == 200 ? std::optional(kFailure) : std::nullopt; });
  REQUIRE(site.count() == 1);
  CHECK(site.last().tariffs);
  CHECK(site.relay("3") == wire::Relay::unknown);
  CHECK(site.alarms("bad_value", true) == 1);
  CHECK(site.alarm() == "reason=server_device_failure; text=relay");
  site.refuse(nullptr);
  site.run_until(at_site(10, 16));
  CHECK(site.relay("3") == wire::Relay::closed);
  CHECK(site.alarms("bad_value", false) == 1);
}

TEST_CASE("refusal: of a block that holds the total and the relay takes neither with it: they are read apart") {
  // Too long for this device; and one whose relay is out of order.
  Blocks most(104, [](const modbus::Read& read) { return read.count > 2 ? std::optional<std::uint8_t>(3) : std::nullopt; });
  CHECK(most.count() == 1);
  CHECK(most.last().tariffs);
  CHECK(most.relay("3") == wire::Relay::closed);
  CHECK(most.device().requests == 2 + 6);
  most.run_until(at_site(10, 16));
  CHECK(most.count() == 2);
  CHECK(most.device().requests == 2 + 6 + 6);  // remembered

  Blocks broken(104, [](const modbus::Read& read) { return read.address + read.count > 104 && read.address < 200 ? std::optional(kFailure) : std::nullopt; });
  CHECK(broken.count() == 1);
  CHECK(broken.last().total == base::Quantity(700));
  CHECK(broken.alarm() == "reason=server_device_failure; text=relay");
}

TEST_CASE("refusal: of the total there is no reading, it is told by its name, and asked again in the next slot") {
  for (const std::uint8_t code : std::initializer_list<std::uint8_t>{1, 3, 4}) {
    CAPTURE(code);
    Blocks site(200, [code](const modbus::Read& read) { return read.address == 100 ? std::optional(code) : std::nullopt; });
    CHECK(site.count() == 0);
    CHECK(site.alarms("bad_value", true) == 1);
    CHECK(site.alarm().ends_with("text=energy_total"));
    site.refuse(nullptr);
    site.run_until(at_site(10, 16));
    CHECK(site.count() == 1);
    CHECK(site.alarms("bad_value", false) == 1);
  }
}

TEST_CASE("refusal: a device that fails as a whole has said of no register that it lacks it") {
  Blocks site(200, [](const modbus::Read& read) { return std::optional<std::uint8_t>(read.address == 306 || read.count > 2 ? 2 : 4); });
  CHECK(site.count() == 0);
  site.refuse(nullptr);
  site.run_until(at_site(10, 16));
  REQUIRE(site.count() == 1);
  CHECK(site.last().tariffs);
  const auto asked = site.device().requests;
  site.run_until(at_site(10, 31));
  CHECK(site.device().requests == asked + 3);
}

TEST_CASE("refusal: a gateway in between that has no way to the device ends the round, and nothing is made of what came before") {
  Blocks site(200, [](const modbus::Read& read) { return read.address == 200 ? std::optional<std::uint8_t>(10) : std::nullopt; });
  CHECK(site.count() == 0);
  CHECK(site.device().requests == 2 + 1);  // the tariffs were not asked for; its contact once more, by itself
}

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
