#include "gateway/core/gateway.hpp"

#include <doctest/doctest.h>

#include "tests/unit/gateway/core/site_bench.hpp"

namespace anju::gateway::testing {
namespace {

std::int64_t relay_events(const SiteBench& b, wire::Relay relay) {
  return std::ranges::count_if(b.events, [relay](const wire::Event& event) {
    const auto* status = std::get_if<wire::StatusEvent>(&event);
    return status != nullptr && status->relay == relay;
  });
}

}  // namespace

TEST_CASE("plan: every meter is read at the start and at each slot of the site's clock") {
  auto b = site(3);
  b.start();
  b.run_until(at_site(11, 0));
  const auto readings = b.readings(wire::ReadingKind::interval);
  CHECK(readings.size() == 3 * 4);  // 10:01, 10:15, 10:30, 10:45
  for (const auto& reading : readings) {
    const auto civil = base::to_civil(reading.at, 480);
    CHECK((civil.minute % 15 == 0 || civil.minute == 1));
    CHECK(base::format(reading.total) == "1234.56");
    REQUIRE(reading.tariffs);
    CHECK(base::format((*reading.tariffs)[3]) == "1234.50");
  }
}

TEST_CASE("plan: readings travel together and wait at most two seconds") {
  auto b = site(10);
  b.start();
  b.run_for(base::seconds(30));
  int events = 0;
  for (const auto& event : b.events) events += std::holds_alternative<wire::ReadingsEvent>(event) ? 1 : 0;
  CHECK(events >= 2);
  CHECK(events <= 6);
  CHECK(b.readings(wire::ReadingKind::interval).size() == 10);
}

TEST_CASE("plan: a meter without the block is read by its total, and never asked for the block again") {
  auto b = site(1);
  b.meter(address(1)).values.erase(0x0001FF00);
  b.start();
  b.run_for(base::hours(2));
  CHECK(b.readings(wire::ReadingKind::interval).size() == 9);  // 10:01, then each quarter to 12:00
  const auto blocks = std::ranges::count_if(b.buses.begin()->second.requests, [](const dlt645::Frame& frame) {
    return base::to_hex(frame.data) == "00FF0100";
  });
  CHECK(blocks == 1);
}

TEST_CASE("plan: the frozen register of the day is read after midnight, once its time says so") {
  auto b = site(1, *base::to_utc({2026, 11, 20, 23, 50, 0}, 480));
  auto& meter = b.meter(address(1));
  meter.values[0x05060101] = meter.values[0x0001FF00];
  meter.values[0x05060001] = "0000201126";  // frozen on the 20th: not yet
  b.start();
  b.run_until(at_site(0, 30));
  const auto before = b.readings(wire::ReadingKind::daily_freeze);
  REQUIRE(before.size() == 1);  // the 20th itself, read at the start
  CHECK(before[0].at == *base::to_utc({2026, 11, 20, 0, 0, 0}, 480));
  meter.values[0x05060001] = "0000211126";
  b.run_until(at_site(3, 0));
  const auto after = b.readings(wire::ReadingKind::daily_freeze);
  REQUIRE(after.size() == 2);
  CHECK(after[1].at == at_site(0, 0));
}

TEST_CASE("plan: a gateway whose clock was never set reads nothing and says so") {
  SiteBench b(base::UtcMillis(5000));
  b.add(address(1));
  b.start();
  b.run_for(base::minutes(1));
  CHECK(b.buses.begin()->second.requests.empty());
  CHECK(b.alarms("clock_not_set", true) == 1);
  b.now = at_site(10, 1);
  b.happen(Tick{});
  b.run_for(base::seconds(10));
  CHECK(b.alarms("clock_not_set", false) == 1);
  CHECK(b.readings(wire::ReadingKind::interval).size() == 1);
}

TEST_CASE("plan: an invalid value is an alarm and never a number") {
  auto b = site(1);
  b.meter(address(1)).values[0x0001FF00] = "5A34120001000000020000000300000050341200";
  b.start();
  b.run_for(base::minutes(31));
  CHECK(b.readings(wire::ReadingKind::interval).empty());
  CHECK(b.alarms("bad_value", true) == 1);
}

TEST_CASE("status: a change is one event, not one per poll") {
  auto b = site(1);
  b.start();
  b.run_for(base::hours(1));
  CHECK(relay_events(b, wire::Relay::closed) <= 2);  // the second one brings the clock
  b.meter(address(1)).relay_open = b.meter(address(1)).off_commanded = true;
  b.run_for(base::hours(1));
  CHECK(relay_events(b, wire::Relay::open) == 1);
}

TEST_CASE("status: an open relay of a model without bit 6 is open, not waiting for a button") {
  auto b = site(1);
  b.meter(address(1)).relay_open = true;
  b.start();
  b.run_for(base::minutes(5));
  CHECK(relay_events(b, wire::Relay::open) >= 1);
  CHECK(relay_events(b, wire::Relay::awaiting_button) == 0);
}

TEST_CASE(
    "rule 2: with a tenth of the meters dead every live one keeps its interval and a tenth of the time is wasted at "
    "most") {
  auto b = site(30);
  b.archive.reading_minutes = 1;
  for (const int dead : {7, 17, 27}) b.meter(address(dead)).silent = true;
  b.start();
  b.run_for(base::minutes(5));
  const auto before = b.gateway.line(base::LineId("l1"))->statistics().wasted_ms;
  const auto count = b.readings(wire::ReadingKind::interval).size();
  b.run_for(base::hours(1));
  const auto& statistics = b.gateway.line(base::LineId("l1"))->statistics();
  CHECK(statistics.wasted_ms - before <= 3'600'000 / 10 + 2000);
  std::map<base::DeviceId, std::vector<base::UtcMillis>> times;
  for (const auto& reading : b.readings(wire::ReadingKind::interval)) times[reading.device].push_back(reading.at);
  CHECK(times.size() == 27);
  for (const auto& [device, at] : times) {
    CAPTURE(device.value);
    REQUIRE(at.size() >= 64);
    for (std::size_t i = at.size() - 55; i + 1 < at.size(); ++i) {
      const auto gap = (at[i + 1] - at[i]).value;
      CHECK(gap >= 51'000);
      CHECK(gap <= 69'000);
    }
  }
  CHECK(b.readings(wire::ReadingKind::interval).size() - count >= 27 * 59);
}

TEST_CASE("rule 2: on a line that is never idle dead meters cost a tenth of the time, finding out that they are dead included") {
  auto b = site(120);
  b.archive.reading_minutes = 1;
  for (int dead = 10; dead <= 120; dead += 10) b.meter(address(dead)).silent = true;
  b.start();
  b.run_for(base::minutes(5));
  const auto& line = *b.gateway.line(base::LineId("l1"));
  CHECK(line.waiting() > 0);
  CHECK(line.statistics().wasted_ms <= 300'000 / 10);
  CHECK(line.statistics().counts.timeouts >= 12);
}

TEST_CASE("rule 2: a line on which everything is dead spends a tenth of its time on probes, and finds who comes back") {
  auto b = site(60);
  for (auto& meter : b.buses.begin()->second.meters) meter.silent = true;
  b.start();
  b.run_for(base::minutes(10));
  const auto before = b.gateway.line(base::LineId("l1"))->statistics().wasted_ms;
  b.run_for(base::hours(2));
  CHECK(b.gateway.line(base::LineId("l1"))->statistics().wasted_ms - before <=
        7'200'000 / 10 + kMostBudget.value + 2000);
  for (auto& meter : b.buses.begin()->second.meters) meter.silent = false;
  b.run_for(base::minutes(10));
  CHECK(b.readings(wire::ReadingKind::interval).size() >= 60);
}

TEST_CASE("rule 3: late replies of a slow meter are never another meter's reading") {
  auto b = site(4);
  for (int i = 1; i <= 4; ++i) {
    b.meter(address(i)).values[0x0001FF00] = "0" + std::to_string(i) + "00000000000000000000000000000000000000";
  }
  b.archive.reading_minutes = 1;
  b.meter(address(2)).delay_ms = 1300;
  b.start();
  b.run_for(base::minutes(20));
  for (const auto& reading : b.readings(wire::ReadingKind::interval)) {
    CHECK(reading.device == SiteBench::device(address(static_cast<int>(reading.total.e4 / 100))));
  }
}

TEST_CASE("rule 7: total and four tariffs are one request") {
  auto b = site(1);
  b.start();
  b.run_for(base::seconds(3));
  const auto& requests = b.buses.begin()->second.requests;
  REQUIRE(requests.size() >= 2);
  CHECK(base::to_hex(requests[0].data) == "00FF0100");
  CHECK(base::to_hex(requests[1].data) == "03050004");
}

TEST_CASE("plan: a clock that was years ahead and is set right stops nothing") {
  auto b = site(2, *base::to_utc({2040, 1, 1, 12, 0, 0}, 480));
  b.start();
  b.run_for(base::minutes(20));
  CHECK(b.readings(wire::ReadingKind::interval).size() == 4);
  b.events.clear();
  auto& requests = b.buses[base::LineId("l1")].requests;
  requests.clear();
  b.now = at_site(12, 0);  // NTP has answered
  b.happen(Tick{});
  b.run_for(base::hours(25));
  CHECK(b.readings(wire::ReadingKind::interval).size() == 2 * 100);
  const auto asks_day = [](const dlt645::Frame& frame) { return frame.data == bytes_of("01010004"); };
  CHECK(std::ranges::count_if(requests, asks_day) == 2);  // each meter's clock, once a day
}

}  // namespace anju::gateway::testing
