#include "gateway/core/modbus_meter.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

#include "gateway/core/errc.hpp"
#include "tests/source_dir.hpp"
#include "tests/unit/gateway/core/site_bench.hpp"

using namespace anju;
using namespace anju::gateway;
using namespace anju::gateway::testing;

namespace {

/// Shipped ones.
Profiles shipped(std::initializer_list<std::string> names) {
  Profiles profiles;
  for (const auto& name : names) {
    std::ifstream file(test::source_dir() + "/gateway/profiles/" + name + ".toml");
    const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    auto profile = parse_profile(name, text);
    REQUIRE(profile);
    profiles[name] = std::make_shared<const DeviceProfile>(*profile);
  }
  return profiles;
}

struct Site : SiteBench {
  Site() : SiteBench(at_site(10, 1), {.poll = true, .profiles = shipped({"chint-ddsu666", "anju-hot-water"})}) {}
  FakeBus& bus() { return buses[base::LineId("l1")]; }
  FakeModbus& device_of(std::uint8_t unit) { return *std::ranges::find(bus().devices, unit, &FakeModbus::unit); }
  [[nodiscard]] std::vector<base::Quantity> totals(std::uint8_t unit) const {
    std::vector<base::Quantity> all;
    for (const auto& reading : readings(wire::ReadingKind::interval)) {
      if (reading.device == device(std::to_string(unit))) all.push_back(reading.total);
    }
    return all;
  }
  [[nodiscard]] wire::Relay relay(std::uint8_t unit) const { return SiteBench::relay(std::to_string(unit)); }
  wire::Command order_of(std::uint8_t unit, wire::CommandKind kind) { return order(std::to_string(unit), kind); }
};

/// 1234.5 kWh in an IEEE float.
void put_chint(FakeModbus& device) {
  device.registers = {{0x4000, 0x449A}, {0x4001, 0x5000}, {0x2000, 0x4366}, {0x2001, 0x8000}, {0x2002, 0x40A0}, {0x2003, 0}};
}

/// 12 345 L, 41.5 degC, the valve open. Its valve needs 4 s, in which it is moving.
void put_hot_water(FakeModbus& device) {
  device.registers = {{0, 0}, {1, 12345}, {2, 0}, {3, 415}, {4, 450}, {5, 3600}, {6, 0}, {0x20, 0x0001}};
}

}  // namespace

TEST_CASE("modbus: a device is read on a line of DL/T645 meters with its own rate and format, one question at a time") {
  Site site;
  site.add(address(1));
  put_chint(site.add_modbus(3, "chint-ddsu666"));
  site.add(address(2));
  site.start();
  site.run_for(base::seconds(30));
  CHECK(site.totals(3) == std::vector{base::Quantity(12'345'000)});
  CHECK(site.readings(wire::ReadingKind::interval).size() == 3);
  CHECK(site.bus().overlaps == 0);
  CHECK(site.device_of(3).asked_with == SerialFormat{9600, 8, 'N', 1});
  CHECK(site.bus().format.baud == 2400);
}

TEST_CASE("modbus: registers in several blocks are one reading, and the valve travels with them") {
  Site site;
  put_hot_water(site.add_modbus(9, "anju-hot-water", wire::MeterKind::hot_water));
  site.start();
  site.run_for(base::seconds(20));
  CHECK(site.totals(9) == std::vector{base::Quantity(123'450)});
  CHECK(site.relay(9) == wire::Relay::closed);
  CHECK(site.device_of(9).requests == 2);
}

TEST_CASE("modbus: a block that the device lacks leaves the reading of the others, and somebody is told") {
  Site site;
  put_hot_water(site.add_modbus(9, "anju-hot-water", wire::MeterKind::hot_water));
  site.device_of(9).registers.erase(0x20);
  site.start();
  site.run_for(base::seconds(20));
  CHECK(site.totals(9) == std::vector{base::Quantity(123'450)});
  CHECK(site.relay(9) == wire::Relay::unknown);
  CHECK(site.alarms("bad_value", true) == 1);
}

TEST_CASE("modbus: a valve is closed by its profile's action and verified by its point when it has arrived") {
  Site site;
  put_hot_water(site.add_modbus(9, "anju-hot-water", wire::MeterKind::hot_water));
  site.device_of(9).written = [](FakeModbus& device, std::uint16_t address, std::uint16_t value) {
    CHECK(address == 0);
    CHECK(value == 0);
    device.registers[0x20] = 0x0002;
  };
  site.start();
  site.run_for(base::seconds(20));
  const auto trip = site.order_of(9, wire::CommandKind::trip);
  site.command(trip);
  site.run_for(base::seconds(4));
  CHECK(site.story(trip.id) == "acked");
  CHECK(site.relay(9) == wire::Relay::closed);
  site.device_of(9).registers[0x20] = 0x0000;
  site.run_for(base::seconds(8));
  CHECK(site.story(trip.id) == "acked verified");
  CHECK(site.relay(9) == wire::Relay::open);
  CHECK(site.device_of(9).writes == 1);
}

TEST_CASE("modbus: what a device's profile cannot do is refused, and nothing is written") {
  Site site;
  put_chint(site.add_modbus(3, "chint-ddsu666"));
  put_hot_water(site.add_modbus(9, "anju-hot-water", wire::MeterKind::hot_water));
  site.start();
  site.run_for(base::seconds(20));
  const auto trip = site.order_of(3, wire::CommandKind::trip), keep = site.order_of(9, wire::CommandKind::keep_power_on);
  site.command(trip);
  site.command(keep);
  site.run_for(base::seconds(10));
  CHECK(site.story(trip.id) == "failed:not_supported");
  CHECK(site.story(keep.id) == "failed:not_supported");
  CHECK(site.device_of(3).writes + site.device_of(9).writes == 0);
}

TEST_CASE("modbus: momentary values come in the units of the field") {
  Site site;
  put_chint(site.add_modbus(3, "chint-ddsu666"));
  site.start();
  site.run_for(base::seconds(20));
  auto look = site.order_of(3, wire::CommandKind::live);
  look.seconds = 30;
  site.command(look);
  site.run_for(base::seconds(10));
  REQUIRE_FALSE(site.live.empty());
  CHECK(site.live.front().voltage_v == "230.500");
  CHECK_FALSE(site.live.front().power_kw);  // it has no such register, and is not waited for
  CHECK(site.live.size() >= 3);
}

TEST_CASE("modbus: a model that no file describes, and a unit that cannot be, are told and not asked") {
  Site site;
  site.add_modbus(5, "nobody-knows");
  site.start();
  site.run_for(base::seconds(20));
  CHECK(site.alarms("bad_device", true) == 1);
  CHECK(site.device_of(5).requests == 0);
  wire::MeterProfile profile;
  profile.model = "chint-ddsu666";
  const auto known = shipped({"chint-ddsu666"});
  for (const auto* unit : {"0", "248", "", "1x", "-1"}) CHECK(make_modbus_meter(unit, profile, known).error().is(Errc::bad_address));
  CHECK(make_modbus_meter("255", profile, known).error().is(Errc::bad_address));
  CHECK(make_modbus_meter("247", profile, known)->unit == 247);
  // Over Modbus TCP the device at the address itself.
  CHECK(make_modbus_meter("255", profile, known, true)->unit == 255);
  CHECK(make_modbus_meter("0", profile, known, true)->unit == 0);
  for (const auto* unit : {"248", "254", "256", "", "-1"}) CHECK(make_modbus_meter(unit, profile, known, true).error().is(Errc::bad_address));
}

TEST_CASE("modbus: an answer that comes too late is not taken for that of another register") {
  Site site;
  put_chint(site.add_modbus(3, "chint-ddsu666"));
  site.start();
  site.run_for(base::seconds(20));
  auto look = site.order_of(3, wire::CommandKind::live);
  look.seconds = 600;
  site.command(look);
  site.run_for(base::minutes(3));
  REQUIRE(site.gateway.line(base::LineId("l1"))->first_byte_deadline(SiteBench::device("3")) == kFirstByteLeast);
  // Voltage and energy are two registers each: nothing in the answers tells them apart.
  auto& device = site.device_of(3);
  device.delays[0x2000] = 720;
  for (const auto before = device.requests; device.requests == before;) site.run_for(base::Millis(50));
  const auto read = site.order_of(3, wire::CommandKind::read);
  site.command(read);
  site.run_for(base::seconds(10));
  CHECK(site.story(read.id) == "verified");
  const auto readings = site.readings(wire::ReadingKind::on_demand);
  REQUIRE(readings.size() == 1);
  CHECK(readings[0].total == base::Quantity(12'345'000));
}

TEST_CASE("modbus: a device that answers only some of its registers is told as one that cannot be reached, and backed off") {
  Site site;
  put_hot_water(site.add_modbus(9, "anju-hot-water", wire::MeterKind::hot_water));
  site.device_of(9).delays[0x20] = -1;
  site.start();
  site.run_until(at_site(10, 16));
  CHECK(site.totals(9).empty());
  bool told = false;
  for (const auto& event : site.events) {
    const auto* status = std::get_if<wire::StatusEvent>(&event);
    told = told || (status != nullptr && !status->reachable);
  }
  CHECK(told);
  CHECK(site.device_of(9).requests < 60);
}
