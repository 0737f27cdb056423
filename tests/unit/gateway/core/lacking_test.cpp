// A device that lacks registers of its model is read without them; what its line and its profile say of format and patience; profiles that are out.

#include <algorithm>
#include <utility>

#include <doctest/doctest.h>

#include "gateway/core/errc.hpp"
#include "protocols/modbus/errc.hpp"
#include "tests/unit/gateway/core/profile_bench.hpp"
#include "tests/unit/gateway/core/site_bench.hpp"

using namespace anju;
using namespace anju::gateway;
using namespace anju::gateway::testing;

namespace {

std::string tariff(const std::string& name, int at) {
  return bench::with(bench::with(bench::kEnergy, "energy_total", name), "100", std::to_string(at));
}

/// Total at 100, relay at 104: one block with a gap of two. With `more` keys and points.
struct Site : SiteBench {
  explicit Site(const std::string& keys = "", const std::string& points = "") : SiteBench(at_site(10, 1), models(keys, points)) {
    add_modbus(3, "small").registers = {{100, 0}, {101, 7}, {102, 0}, {103, 0}, {104, 1}};
  }
  static GatewayOptions models(const std::string& keys, const std::string& points) {
    using namespace bench;
    GatewayOptions options;
    const auto relay = with(kRelay, "200", "104");
    options.profiles["small"] = std::make_shared<const DeviceProfile>(parsed(joined({kHead + keys, kEnergy, relay, kTrip, points})));
    return options;
  }
  FakeModbus& meter() { return buses[base::LineId("l1")].devices.front(); }
  void begin() {
    start();
    run_for(base::seconds(30));
  }
  [[nodiscard]] std::size_t count() const { return readings(wire::ReadingKind::interval).size(); }
};

}  // namespace

TEST_CASE("lacking: a gap that cannot be read along costs its block, not the reading, and is not tried again") {
  Site site;
  site.meter().registers.erase(102);
  site.begin();
  CHECK(site.count() == 1);
  CHECK(site.alarms("bad_value", true) == 0);
  CHECK(site.meter().requests == 3);
  site.run_until(at_site(10, 16));
  CHECK(site.count() == 2);
  CHECK(site.meter().requests == 5);
  const auto trip = site.order("3", wire::CommandKind::trip);
  site.command(trip);
  site.run_for(base::seconds(30));
  CHECK(site.story(trip.id) == "acked failed:contradicted");
}

TEST_CASE("lacking: without its relay a device is read by its total, told once, remembered, and not switched") {
  Site site;
  site.meter().registers.erase(104);
  site.begin();
  CHECK(site.count() == 1);
  CHECK(site.alarms("bad_value", true) == 1);
  const auto asked = site.meter().requests;
  site.run_until(at_site(10, 31));
  CHECK(site.count() == 3);
  CHECK(site.meter().requests == asked + 2);
  CHECK(site.alarms("bad_value", true) == 1);
  CHECK(site.alarms("bad_value", false) == 0);
  const auto trip = site.order("3", wire::CommandKind::trip);
  site.command(trip);
  site.run_for(base::seconds(5));
  CHECK(site.story(trip.id) == "failed:illegal_data_address");  // looked for once more: it may have been starting up
  CHECK(site.meter().writes == 0);
  // The archive comes again: what was learned stays.
  ++site.archive.version;
  site.start();
  site.run_until(at_site(10, 46));
  CHECK(site.meter().requests == asked + 4);
  // It was starting up: now that it answers, an order is carried out and seen, and nobody has to come.
  site.meter().registers[104] = 1;
  const auto again = site.order("3", wire::CommandKind::trip);
  site.command(again);
  site.run_for(base::seconds(1));
  site.meter().registers[104] = 0;
  site.run_for(base::seconds(10));
  CHECK(site.story(again.id) == "acked verified");
  // And the rounds see it again: the alarm is over, and a hand at the relay is noticed.
  site.meter().registers[104] = 1;
  site.run_until(at_site(11, 1));
  CHECK(site.alarms("bad_value", false) == 1);
  CHECK(site.relay("3") == wire::Relay::closed);
}

TEST_CASE("lacking: a tariff that is missing leaves the total") {
  Site site("", bench::joined({tariff("energy_sharp", 110), tariff("energy_peak", 112), tariff("energy_flat", 114), tariff("energy_valley", 116)}));
  for (std::uint16_t at = 105; at < 117; ++at) site.meter().registers[at] = 1;
  site.begin();
  REQUIRE(site.count() == 1);
  CHECK_FALSE(site.readings(wire::ReadingKind::interval).back().tariffs);
  CHECK(site.readings(wire::ReadingKind::interval).back().total == base::Quantity(700));
  const auto asked = site.meter().requests;
  site.run_until(at_site(10, 16));
  CHECK(site.count() == 2);
  CHECK(site.meter().requests == asked + 2);
  CHECK(site.alarms("bad_value", true) == 0);
}

TEST_CASE("lacking: four tariffs that a meter of DL/T645 once refused are read again a day later, or with the next reading on demand") {
  for (const bool ordered : {false, true}) {
    CAPTURE(ordered);
    auto b = site(1);
    auto& values = b.meter(address(1)).values;
    const auto block = values[0x0001FF00];
    values.erase(0x0001FF00);
    b.start();
    b.run_for(base::seconds(30));
    const auto last = [&b] { return b.readings(wire::ReadingKind::interval).back(); };
    REQUIRE(b.readings(wire::ReadingKind::interval).size() == 1);
    CHECK(last().total == base::Quantity(12'345'600));
    CHECK_FALSE(last().tariffs);
    values[0x0001FF00] = block;
    if (ordered) {
      const auto read = b.order(address(1), wire::CommandKind::read);
      b.command(read);
      b.run_for(base::seconds(10));
      CHECK(b.story(read.id) == "verified");
      CHECK(b.readings(wire::ReadingKind::on_demand).back().tariffs);
      b.run_until(at_site(10, 16));
    } else {
      b.run_until(at_site(10, 14) + kAskForAllAfter);
      CHECK_FALSE(last().tariffs);
      b.run_until(at_site(10, 16) + kAskForAllAfter);
    }
    CHECK(last().tariffs);
  }
}

TEST_CASE("lacking: a meter that has no four tariffs is asked for them once a day, and once when the clock was set back") {
  auto b = site(1);
  b.meter(address(1)).values.erase(0x0001FF00);
  b.start();
  const auto asked = [&b] {
    return std::ranges::count_if(b.buses.begin()->second.requests, [](const dlt645::Frame& frame) {
      const auto request = dlt645::decode_request(frame);
      const auto* read = request ? std::get_if<dlt645::ReadData>(&request->request) : nullptr;
      return read != nullptr && read->di.value == 0x0001FF00;
    });
  };
  b.run_for(base::hours(72));
  CHECK(asked() == 3);
  b.now = b.now - base::hours(200);
  b.happen(Tick{});
  b.run_for(base::hours(1));
  CHECK(asked() == 4);
}

TEST_CASE("lacking: a meter of DL/T645 that refuses everything, its total too, is told and read again, with its tariffs, when it answers") {
  auto b = site(1);
  auto& values = b.meter(address(1)).values;
  const auto all = std::exchange(values, {});
  b.start();
  b.run_until(at_site(10, 31));
  CHECK(b.readings(wire::ReadingKind::interval).empty());
  CHECK(b.alarms("bad_value", true) == 1);
  values = all;
  b.run_until(at_site(10, 46));
  REQUIRE(b.readings(wire::ReadingKind::interval).size() == 1);
  CHECK(b.readings(wire::ReadingKind::interval).back().tariffs);
  CHECK(b.alarms("bad_value", false) == 1);
}

TEST_CASE("lacking: a tariff that a Modbus device once refused is read again a day later, or with the next reading on demand") {
  for (const bool ordered : {false, true}) {
    CAPTURE(ordered);
    Site site("", bench::joined({tariff("energy_sharp", 110), tariff("energy_peak", 112), tariff("energy_flat", 114), tariff("energy_valley", 116)}));
    for (std::uint16_t at = 105; at < 117; ++at) site.meter().registers[at] = 1;
    site.begin();
    const auto last = [&site] { return site.readings(wire::ReadingKind::interval).back(); };
    REQUIRE(site.count() == 1);
    CHECK_FALSE(last().tariffs);
    site.meter().registers[117] = 4;
    if (ordered) {
      const auto read = site.order("3", wire::CommandKind::read);
      site.command(read);
      site.run_for(base::seconds(10));
      CHECK(site.story(read.id) == "verified");
      site.run_until(at_site(10, 16));
    } else {
      site.run_until(at_site(10, 14) + kAskForAllAfter);
      CHECK_FALSE(last().tariffs);
      site.run_until(at_site(10, 16) + kAskForAllAfter);
    }
    REQUIRE(last().tariffs);
    CHECK((*last().tariffs)[3] == base::Quantity(65'540 * 100));
    // In one question again, not point by point.
    const auto asked = site.meter().requests;
    site.run_for(base::minutes(15));
    CHECK(site.meter().requests == asked + 1);
  }
}

TEST_CASE("lacking: without what it is billed by there is no reading, and somebody is told") {
  Site site;
  site.meter().registers.erase(101);
  site.begin();
  CHECK(site.count() == 0);
  CHECK(site.alarms("bad_value", true) == 1);
  const auto read = site.order("3", wire::CommandKind::read);
  site.command(read);
  site.run_for(base::seconds(5));
  CHECK(site.story(read.id) == "failed:illegal_data_address");
}

TEST_CASE("lacking: a device that refuses everything for a while has lost nothing") {
  Site site;
  site.meter().refuses = [](FakeModbus&, const modbus::Request&) { return std::optional<std::uint8_t>(2); };
  site.begin();
  CHECK(site.count() == 0);
  site.meter().refuses = nullptr;
  const auto asked = site.meter().requests;
  site.run_until(at_site(10, 16));
  CHECK(site.count() == 1);
  CHECK(site.meter().requests == asked + 1);
}

TEST_CASE("format: what the line says wins, what it leaves open the profile says, and the device's own rate wins over both") {
  const SerialFormat own{9600, 8, 'N', 1};
  struct Row {
    const char* query;
    std::optional<std::int64_t> baud;
    SerialFormat asked;
    std::size_t remarks;
  };
  for (const Row& row : {Row{"", {}, own, 1}, Row{"?baud=2400", {}, {2400, 8, 'N', 1}, 2}, Row{"?format=8E1", {}, {9600, 8, 'E', 1}, 2},
                         Row{"?baud=9600&format=8N1", {}, own, 1}, Row{"?baud=2400&format=8E1", 19200, {19200, 8, 'E', 1}, 2}}) {
    CAPTURE(row.query);
    Site site;
    site.archive.lines.front().uri += row.query;
    site.archive.devices.front().baud = row.baud;
    site.begin();
    CHECK(site.meter().asked_with == row.asked);
    // One of them is always there: the profile is not confirmed.
    REQUIRE(site.remarks.size() == row.remarks);
    CHECK(site.remarks.front().text.find("small is not confirmed") != std::string::npos);
    if (row.remarks == 2) CHECK(site.remarks.back().text.find("profile small says 9600 8N1") != std::string::npos);
    ++site.archive.version;
    site.start();
    CHECK(site.remarks.size() == row.remarks);
  }
}

TEST_CASE("format: how long a device may take is its profile's word, above what a line would wait and below") {
  for (const auto& [keys, delay, count] : {std::tuple("timeout_ms = 2500\n", 2300, 1U), std::tuple("", 2300, 0U), std::tuple("timeout_ms = 300\n", 600, 0U)}) {
    CAPTURE(keys);
    Site site(keys);
    site.meter().delay_ms = delay;
    site.start();
    site.run_for(base::seconds(8));
    CHECK(site.count() == count);
  }
}

TEST_CASE("profiles: a refused one is its devices' trouble alone, and says why") {
  auto options = Site::models("", "");
  options.profiles.refused["broken"] = "broken.toml: line 3: no end of the text";
  SiteBench site(at_site(10, 1), options);
  site.add_modbus(3, "small").registers = {{100, 0}, {101, 7}, {102, 0}, {103, 0}, {104, 1}};
  site.add_modbus(4, "broken");
  site.start();
  site.run_for(base::seconds(20));
  CHECK(site.readings(wire::ReadingKind::interval).size() == 1);
  CHECK(site.alarms("bad_device", true) == 1);
  for (const auto& event : site.events) {
    const auto* alarm = std::get_if<wire::AlarmEvent>(&event);
    if (alarm == nullptr || alarm->code != "bad_device") continue;
    CHECK(alarm->device == SiteBench::device("4"));
    CHECK(alarm->detail.find("line 3: no end of the text") != std::string::npos);
    CHECK(alarm->detail.find("bad_profile") != std::string::npos);
  }
}

TEST_CASE("kind: a model that counts something else than the archive says is out, and everybody else runs") {
  Site site;
  site.add_modbus(4, "small", wire::MeterKind::water).registers = {{100, 0}, {101, 9}, {104, 1}};
  site.begin();
  CHECK(site.count() == 1);
  CHECK(site.buses[base::LineId("l1")].devices[1].requests == 0);
  REQUIRE(site.alarms("bad_device", true) == 1);
  const auto small = *make_meter(site.archive.devices[1], {}, Site::models("", "").profiles);
  CHECK(kind_of(small) == wire::MeterKind::electricity);
  CHECK(check_kind(small, wire::MeterKind::hot_water).error().is(Errc::other_kind));
  CHECK(check_kind(small, wire::MeterKind::electricity));
}

TEST_CASE("verbs: a valve is named by its own word, a relay by its") {
  const auto profiles = Site::models("", "").profiles;
  wire::ArchiveDevice device{base::DeviceId("d"), base::LineId("l"), "3", std::nullopt, {}};
  device.profile.dialect = "modbus";
  device.profile.model = "small";
  const auto relay = *make_meter(device, {}, profiles);
  CHECK(switch_name(relay) == "relay");
  CHECK(switch_text(relay, wire::Relay::open) == "open");
  device.profile.dialect = "cjt188";
  device.address = "78330011223344";
  const auto valve = *make_meter(device, {}, {});
  CHECK(switch_name(valve) == "valve");
  CHECK(switch_text(valve, wire::Relay::open) == "closed");
  CHECK(switch_text(valve, wire::Relay::closed) == "open");
  CHECK(switch_text(valve, wire::Relay::unknown) == "unknown");
  CHECK(remarks_of(valve).empty());
}
