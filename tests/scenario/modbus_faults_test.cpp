// The gateway's core and Modbus devices that misbehave, as a scenario file of the simulator has them, in virtual time.

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "firmware-sim/app/scenario/scenario.hpp"
#include "firmware-sim/devices/line.hpp"
#include "gateway/core/gateway.hpp"
#include "gateway/core/journal.hpp"
#include "tests/source_dir.hpp"

using namespace anju;

namespace {

constexpr base::UtcMillis kStart{1'795'230'060'000};  // a minute behind a full hour
constexpr std::int64_t kTotal = 12'345'600, kOther = 20'000'000;

std::string profile_text(const std::string& name) {
  std::ifstream file(test::source_dir() + "/gateway/profiles/" + name + ".toml");
  return {std::istreambuf_iterator<char>(file), {}};
}

gateway::Profiles profiles() {
  const std::string name = "hiking-dds238-zn-sr";
  auto profile = gateway::parse_profile(name, profile_text(name));
  REQUIRE(profile);
  gateway::Profiles made;
  made[name] = std::make_shared<const gateway::DeviceProfile>(*std::move(profile));
  return made;
}

/// Units 17, whose faults are given, and 18, which is well; both stand still, so whatever is read has to be what they have.
std::vector<sim::ModbusMeter> devices(const std::string& faults) {
  const std::string text = "[[line]]\nport = 'pty:/x'\n[[line.modbus_meter]]\nunit = 17\nmodel = 'hiking-dds238-zn-sr'\nstart = '1234.56'\nfault = [" + faults +
                           "]\n[[line.modbus_meter]]\nunit = 18\nmodel = 'hiking-dds238-zn-sr'\nstart = '2000'\n";
  const auto scenario = sim::parse_scenario(text, "site.toml", [](const std::string&) { return std::nullopt; },
                                            [](const std::string& model) { return std::optional(profile_text(model)); });
  if (!scenario) FAIL(scenario.error().where);
  std::vector<sim::ModbusMeter> made;
  for (const auto& setup : scenario->lines[0].modbus_meters) made.emplace_back(setup, kStart);
  return made;
}

class Bench {
 public:
  explicit Bench(const std::string& faults) : line_("l1", sim::WireFormat(9600, 'N'), {}, {}, devices(faults)), gateway_({.poll = true, .profiles = profiles()}, journal_, {}) {
    wire::Archive archive;
    archive.reading_minutes = 1;
    archive.lines.push_back({base::LineId("l1"), "serial:///dev/ttyS1?baud=9600&format=8N1"});
    wire::MeterProfile profile;
    profile.dialect = "modbus";
    profile.model = "hiking-dds238-zn-sr";
    for (const char* unit : {"17", "18"}) archive.devices.push_back({base::DeviceId(unit), base::LineId("l1"), unit, std::nullopt, profile, wire::MeterKind::electricity, true});
    happen(gateway::ArchiveArrived{std::move(archive)});
  }

  void run_until(base::UtcMillis end) {
    while (true) {
      const auto wire_us = line_.next_event_us();
      const auto bytes_at = wire_us ? std::optional(base::UtcMillis((*wire_us + 999) / 1000)) : std::nullopt;
      const auto wake = gateway_.wake(now);
      auto at = end;
      if (bytes_at) at = std::min(at, *bytes_at);
      if (wake) at = std::min(at, *wake);
      if (at >= end) break;
      now = std::max(now, at);
      if (bytes_at && *bytes_at <= now) {
        auto heard = line_.advance(now.value * 1000);
        if (!heard.empty()) happen(gateway::LineHappened{base::LineId("l1"), gateway::Received{std::move(heard)}});
        if (!wake || *wake > now) continue;
      }
      happen(gateway::Tick{});
    }
    now = end;
  }

  /// What was read of the unit since the last call.
  std::vector<std::int64_t> totals(const std::string& unit) {
    std::vector<std::int64_t> all;
    for (const auto& event : events) {
      const auto* together = std::get_if<wire::ReadingsEvent>(&event);
      if (together == nullptr) continue;
      for (const auto& reading : together->readings) {
        if (reading.device.value == unit && reading.kind == wire::ReadingKind::interval) all.push_back(reading.total.e4);
      }
    }
    return all;
  }
  std::string order(const std::string& unit, wire::CommandKind kind) {
    ++counter_;
    const base::CommandId id("c" + std::to_string(counter_));
    happen(gateway::CommandArrived{{id, counter_, base::DeviceId(unit), kind, 0, now, now + base::minutes(2)}});
    run_until(now + base::minutes(3));
    std::string story;
    for (const auto& event : events) {
      const auto* command = std::get_if<wire::CommandEvent>(&event);
      if (command == nullptr || command->command != id) continue;
      story += (story.empty() ? "" : " ") + std::string(wire::to_string(command->phase)) + (command->reason.empty() ? "" : ":" + command->reason);
    }
    return story;
  }
  [[nodiscard]] bool is_reachable(const std::string& unit) const { return gateway_.is_reachable(base::DeviceId(unit)); }
  sim::ModbusMeter& device(std::size_t index) { return line_.modbus_meters()[index]; }
  [[nodiscard]] const sim::LineStatistics& wire() const { return line_.statistics(); }

  base::UtcMillis now = kStart;
  std::vector<wire::Event> events;

 private:
  void happen(gateway::GatewayEvent event) {
    auto out = gateway_.step(std::move(event), now);
    for (auto& one : out.events) {
      if (const auto* command = std::get_if<wire::CommandEvent>(&one)) journal_.reached(*command);
      events.push_back(std::move(one));
    }
    for (auto& action : out.lines) {
      if (const auto* format = std::get_if<gateway::SetFormat>(&action.action)) {
        format_ = sim::WireFormat(static_cast<std::uint32_t>(format->format.baud), format->format.parity);
      }
      if (const auto* write = std::get_if<gateway::Write>(&action.action)) line_.on_master_bytes(write->bytes, now.value * 1000, format_);
    }
    for (const auto& port : out.ports) {
      if (port.uri) happen(gateway::LineHappened{port.line, gateway::PortOpened{}});
    }
  }

  sim::Line line_;
  gateway::MemoryJournal journal_;
  gateway::Gateway gateway_;
  sim::WireFormat format_{9600, 'N'};
  std::int64_t counter_ = 0;
};

bool all_are(const std::vector<std::int64_t>& totals, std::int64_t right) {
  return std::ranges::all_of(totals, [right](std::int64_t one) { return one == right; });
}

}  // namespace

TEST_CASE("modbus faults: what a device that misbehaves says is right or not taken, its neighbour is read all the time, and it is read again when it is well") {
  struct Row {
    std::string_view fault;
    bool read_meanwhile;
  };
  for (const Row& row : {Row{"kind = 'silent'", false}, Row{"kind = 'late', value = 1500", false}, Row{"kind = 'wrong_checksum'", false},
                         Row{"kind = 'wrong_checksum', every = 3", true}, Row{"kind = 'noise', value = 6", true}, Row{"kind = 'half_frame'", false},
                         Row{"kind = 'half_frame', every = 3", true}, Row{"kind = 'wrong_unit'", false}, Row{"kind = 'wrong_unit', every = 3", true},
                         Row{"kind = 'exception', value = 1", false}, Row{"kind = 'exception', value = 2", false}, Row{"kind = 'exception', value = 3", false},
                         Row{"kind = 'exception', value = 4", false}, Row{"kind = 'exception', value = 6", false}, Row{"kind = 'exception', value = 6, every = 3", true}}) {
    CAPTURE(std::string(row.fault));
    Bench bench("{ " + std::string(row.fault) + ", at = '3m', until = '13m' }");
    bench.run_until(kStart + base::minutes(3));
    const auto before = bench.totals("17").size();
    CHECK(before >= 2);
    bench.run_until(kStart + base::minutes(13));
    const auto during = bench.totals("17").size() - before;
    CHECK((during > 0) == row.read_meanwhile);
    CHECK(bench.totals("18").size() >= 12);
    bench.run_until(kStart + base::minutes(30));
    CHECK(bench.totals("17").size() - before - during >= 5);
    CHECK(bench.is_reachable("17"));
    CHECK(all_are(bench.totals("17"), kTotal));
    CHECK(all_are(bench.totals("18"), kOther));
    CHECK(bench.wire().overlaps == 0);
  }
}

TEST_CASE("modbus faults: a relay that does not move and one that refuses are told as such, and nobody believes the acknowledgement") {
  Bench stuck("{ kind = 'relay_stuck', at = '1m' }");
  stuck.run_until(kStart + base::minutes(2));
  CHECK(stuck.order("17", wire::CommandKind::trip) == "acked failed:contradicted");
  CHECK(stuck.device(0).state_of("relay") == "closed");
  CHECK(stuck.order("18", wire::CommandKind::trip) == "acked verified");
  CHECK(stuck.device(1).state_of("relay") == "open");

  Bench busy("{ kind = 'exception', value = 6, at = '1m', until = '10m' }");
  busy.run_until(kStart + base::minutes(2));
  CHECK(busy.order("17", wire::CommandKind::trip).starts_with("failed:"));
  CHECK(busy.device(0).state_of("relay") == "closed");
  CHECK(busy.device(0).statistics().writes == 0);
  busy.run_until(kStart + base::minutes(11));
  CHECK(busy.order("17", wire::CommandKind::trip) == "acked verified");
  CHECK(busy.device(0).state_of("relay") == "open");
}

TEST_CASE("modbus faults: a model with the words the other way round is read as its profile says, whatever number that makes") {
  Bench bench("{ kind = 'words_swapped' }");
  bench.run_until(kStart + base::minutes(3));
  REQUIRE_FALSE(bench.totals("17").empty());
  // 123456 = 0001E240H of 0.01 kWh becomes E2400001H.
  CHECK(all_are(bench.totals("17"), 3'795'845'121 * 100));
  CHECK(all_are(bench.totals("18"), kOther));
}
