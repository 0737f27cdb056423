#include "gateway/core/gateway.hpp"

#include <doctest/doctest.h>

#include "tests/unit/gateway/core/site_bench.hpp"

namespace anju::gateway::testing {

TEST_CASE("archive: an older or equal version changes nothing") {
  auto b = site(2);
  b.archive.version = 5;
  b.start();
  auto other = b.archive;
  other.devices.clear();
  other.version = 5;
  b.happen(ArchiveArrived{other});
  CHECK(b.gateway.state(b.now).devices.size() == 2);
  other.version = 6;
  b.happen(ArchiveArrived{other});
  CHECK(b.gateway.state(b.now).devices.empty());
  CHECK(b.gateway.archive_version() == 6);
}

TEST_CASE("archive: a change does not lose a running command") {
  auto b = site(2);
  b.start();
  const auto order = b.order(address(1), wire::CommandKind::trip);
  b.command(order);
  b.run_for(base::Millis(150));
  b.archive.version = 2;
  b.archive.lines[0].uri = "serial:///dev/other?baud=2400";
  b.happen(ArchiveArrived{b.archive});
  b.run_for(base::seconds(40));
  CHECK(b.story(order.id) == "acked verified");
}

TEST_CASE("archive: the answer of a replaced meter is not the reading of its successor") {
  auto b = site(1);
  b.start();
  b.run_for(base::Millis(150));  // the old meter was asked, its reply is on the way
  b.buses.begin()->second.meters.push_back(make_fake(address(9)));
  b.buses.begin()->second.meters.back().values[0x0001FF00] = "0900000000000000000000000000000000000000";
  b.archive.version = 2;
  b.archive.devices[0].address = address(9);
  b.happen(ArchiveArrived{b.archive});
  b.run_for(base::seconds(10));
  for (const auto& reading : b.readings(wire::ReadingKind::interval)) CHECK(base::format(reading.total) == "0.09");
  CHECK(b.readings(wire::ReadingKind::interval).size() == 1);
}

TEST_CASE("archive: a removed meter's command fails, a removed line closes its port") {
  auto b = site(2);
  b.meter(address(1)).silent = true;
  b.start();
  const auto order = b.order(address(1), wire::CommandKind::trip);
  b.command(order);
  b.archive.version = 2;
  b.archive.devices.clear();
  b.archive.lines.clear();
  const auto out = b.gateway.step(ArchiveArrived{b.archive}, b.now);
  REQUIRE(out.ports.size() == 1);
  CHECK_FALSE(out.ports[0].uri);
  CHECK(b.gateway.running_commands() == 0);
}

TEST_CASE("archive: a meter that is moved to another line is asked there, and an order to it is carried out there") {  // con-meter-link-params
  auto b = site(1);
  b.meter(address(1)).silent = true;  // it hangs on the other port
  b.add(address(2), "l2");
  b.buses[base::LineId("l2")].meters.push_back(make_fake(address(1)));
  const auto read = [&b] {
    const auto all = b.readings(wire::ReadingKind::interval);
    return std::ranges::count(all, b.device(address(1)), &wire::Reading::device);
  };
  b.start();
  b.run_for(base::minutes(1));
  CHECK(read() == 0);
  const auto order = b.order(address(1), wire::CommandKind::trip);
  b.command(order);
  b.run_for(base::Millis(100));
  b.archive.version = 2;
  b.archive.devices[0].line = base::LineId("l2");
  b.happen(ArchiveArrived{b.archive});
  b.run_for(base::minutes(2));
  CHECK(read() == 1);
  CHECK(b.story(order.id) == "acked verified");
  CHECK(b.relay(address(1)) == wire::Relay::open);
}

TEST_CASE("archive: what a device says of its own characters wins over its line, its rate stays") {  // con-meter-link-params
  wire::ArchiveDevice device{base::DeviceId("d"), base::LineId("l"), "000000000161", std::nullopt, {}};
  device.profile.format = "7O2";
  const auto line = *parse_line_uri("serial:///dev/ttyS1?baud=4800&format=8N1");
  CHECK(make_meter(device, line, {})->format == SerialFormat{4800, 7, 'O', 2});
  device.baud = 1200;
  CHECK(make_meter(device, line, {})->format == SerialFormat{1200, 7, 'O', 2});
  device.profile.format.clear();
  CHECK(make_meter(device, line, {})->format == SerialFormat{1200, 8, 'N', 1});
}

}  // namespace anju::gateway::testing
