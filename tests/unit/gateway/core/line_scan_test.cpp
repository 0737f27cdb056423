#include "gateway/core/line_scan.hpp"

#include <doctest/doctest.h>

#include "gateway/core/errc.hpp"
#include "tests/unit/gateway/core/site_bench.hpp"

namespace anju::gateway::testing {
namespace {

const base::LineId kLine("l1");

/// Only what the bench's line has: DL/T645 at its own rate.
ScanWanted wanted(bool quick = true) {
  ScanWanted scan{kLine, {}, quick};
  scan.choice.cjt188 = scan.choice.modbus = false;
  scan.choice.bauds = {2400};
  scan.choice.formats = {SerialFormat{}};
  return scan;
}

std::string found(const SiteBench& b) {
  std::string text;
  for (const auto& one : b.gateway.scan()->found()) text += (text.empty() ? "" : " ") + one.text() + (one.answers ? "" : "?");
  return text;
}

/// What the office was told, event by event.
std::vector<std::size_t> told(const SiteBench& b) {
  std::vector<std::size_t> devices;
  for (const auto& event : b.events) {
    if (const auto* found = std::get_if<wire::FoundEvent>(&event)) devices.push_back(found->devices.size());
  }
  return devices;
}

std::size_t readings(const SiteBench& b) {
  return b.readings(wire::ReadingKind::interval).size();
}

bool is_over(const SiteBench& b) {
  return b.gateway.scan()->is_over();
}

void run_to_end(SiteBench& b, int most_s = 900) {
  for (int i = 0; i < most_s && !is_over(b); ++i) b.run_for(base::seconds(1));
}

}  // namespace

TEST_CASE("line scan: the running gateway finds what hangs on its own line, known or not, and goes on reading behind it") {
  auto b = site(3);
  b.buses[kLine].meters.push_back(make_fake("000000077001"));  // nobody told the gateway
  b.start();
  b.run_for(base::seconds(30));
  const auto before = readings(b);
  CHECK(!b.gateway.refuse_scan(kLine));
  b.happen(wanted());
  CHECK(b.gateway.refuse_scan(kLine)->is(Errc::too_many_commands));
  REQUIRE(!is_over(b));
  run_to_end(b);
  REQUIRE(b.gateway.scan()->why() == ScanEnd::complete);
  CHECK(b.gateway.scan()->found().size() == 4);
  for (int i = 1; i <= 3; ++i) CHECK(found(b).find(address(i)) != std::string::npos);
  CHECK(found(b).find("000000077001") != std::string::npos);
  CHECK(found(b).find('?') == std::string::npos);
  for (const auto& one : b.gateway.scan()->found()) CHECK(one.total.has_value());
  CHECK(told(b) == std::vector<std::size_t>{4});
  CHECK(b.buses[kLine].overlaps == 0);
  b.run_for(base::minutes(16));
  CHECK(readings(b) > before);
  // Nothing was thought to be dead because it was not asked.
  for (int i = 1; i <= 3; ++i) CHECK(b.gateway.is_reachable(SiteBench::device(address(i))));
  CHECK(b.alarms("line_down", true) == 0);
}

TEST_CASE("line scan: polls wait, an order of the platform goes between its questions") {
  auto b = site(3);
  b.start();
  b.run_for(base::seconds(30));
  const auto before = readings(b);
  auto slow = wanted(false);
  slow.choice.bauds = {4800, 9600, 19'200, 38'400};  // 247 units in each: the scan is long
  slow.choice.modbus = true;
  b.run_until(at_site(10, 14));
  b.happen(slow);
  REQUIRE(!is_over(b));
  b.run_until(at_site(10, 15, 20));
  CHECK(readings(b) == before);  // the slot has come, its polls wait
  REQUIRE(!is_over(b));
  const auto ordered = b.now;
  b.command(b.order(address(2), wire::CommandKind::trip));
  b.run_for(base::seconds(20));
  CHECK(b.story(base::CommandId("c1")) == "acked verified");
  CHECK(b.meter(address(2)).relay_open);
  CHECK(b.now - ordered <= base::seconds(20));
  REQUIRE(!is_over(b));
  CHECK(b.buses[kLine].overlaps == 0);
  b.happen(ScanUnwanted{});
  CHECK(b.gateway.scan()->why() == ScanEnd::cancelled);
  b.run_for(base::seconds(30));
  CHECK(readings(b) > before);
}

TEST_CASE("line scan: what was found is kept when the port is lost, the archive changes the line, or it takes too long") {
  auto b = site(1);
  b.start();
  b.run_for(base::seconds(30));
  auto both = wanted(false);
  both.choice.modbus = true;
  both.choice.bauds = {};
  both.choice.formats = {};
  b.happen(both);
  for (int i = 0; i < 100 && found(b).empty(); ++i) b.run_for(base::seconds(1));
  REQUIRE(found(b) == address(1));
  b.happen(LineHappened{kLine, PortClosed{"unplugged"}});
  CHECK(b.gateway.scan()->why() == ScanEnd::line_down);
  CHECK(found(b) == address(1));
  CHECK(told(b) == std::vector<std::size_t>{1});
  CHECK(b.gateway.refuse_scan(kLine)->is(Errc::line_down));
  b.happen(LineHappened{kLine, PortOpened{}});
  b.run_for(base::minutes(16));
  CHECK(b.gateway.is_reachable(SiteBench::device(address(1))));

  b.happen(both);
  b.run_for(base::seconds(5));
  b.archive.lines[0].uri = "serial:///dev/other";
  ++b.archive.version;
  b.happen(ArchiveArrived{b.archive});
  CHECK(b.gateway.scan()->why() == ScanEnd::archive_changed);

  b.run_for(base::seconds(5));
  b.happen(both);
  REQUIRE(!is_over(b));
  b.now = b.now + kLongestScan + base::seconds(1);
  b.happen(Tick{});
  CHECK(b.gateway.scan()->why() == ScanEnd::too_long);
  CHECK(!b.gateway.refuse_scan(kLine));
}

TEST_CASE("line scan: a clock that is set back holds nothing up") {
  auto b = site(1);
  b.start();
  b.run_for(base::seconds(30));
  b.happen(wanted());
  b.run_for(base::Millis(700));
  b.now = b.now - base::hours(2000);
  for (auto& [line, bus] : b.buses) bus = FakeBus(bus);  // what was under way is lost
  run_to_end(b);
  CHECK(b.gateway.scan()->why() == ScanEnd::complete);
}

TEST_CASE("line scan: a line of Modbus TCP, or of no archive, is not scanned") {
  SiteBench b(at_site(10, 1));
  b.archive.lines.push_back({kLine, "modbus-tcp://10.0.0.7:502"});
  b.start();
  CHECK(b.gateway.refuse_scan(kLine)->is(Errc::not_supported));
  CHECK(b.gateway.refuse_scan(base::LineId("nowhere"))->is(Errc::line_down));
  b.happen(wanted());
  CHECK(b.gateway.scan() == nullptr);
}

}  // namespace anju::gateway::testing
