#pragma once

// A whole Gateway on fake buses, run in virtual time.

#include <algorithm>
#include <cstdio>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "gateway/core/gateway.hpp"
#include "tests/unit/gateway/core/fake_bus.hpp"

namespace anju::gateway::testing {

inline base::UtcMillis at_site(int hour, int minute, int second = 0) {
  return *base::to_utc({2026, 11, 21, hour, minute, second}, 480);
}

class SiteBench {
 public:
  MemoryJournal journal;
  Gateway gateway;
  std::map<base::LineId, FakeBus> buses;
  base::UtcMillis now;
  wire::Archive archive;
  std::vector<wire::Event> events;
  std::vector<wire::LiveValues> live;
  std::vector<DeviceRemark> remarks;
  std::int64_t counter = 0;
  bool ports_open = true;
  std::vector<wire::CommandEvent> local;                 ///< of local commands
  std::vector<TestState> tests;                          ///< what was told of switch tests
  std::string kept_test;                                 ///< as a file remembers them, with blanks between
  bool disk_full = false;
  std::function<void(const GatewayOutput&)> watch = {};  ///< sees every step's output once it was performed

  explicit SiteBench(base::UtcMillis start, GatewayOptions options = {}) : gateway(std::move(options), journal, {}), now(start) {}

  FakeMeter& add(std::string_view address, std::string line = "l1") {
    if (std::ranges::find(archive.lines, base::LineId(line), &wire::ArchiveLine::id) == archive.lines.end()) {
      archive.lines.push_back({base::LineId(line), "serial:///dev/" + line});
    }
    archive.devices.push_back({device(address), base::LineId(line), std::string(address), std::nullopt, {}});
    auto& bus = buses[base::LineId(line)];
    bus.meters.push_back(make_fake(address));
    return bus.meters.back();
  }
  FakeWater& add_water(std::string_view address, const wire::MeterProfile& profile, std::string line = "l1") {
    archive.devices.push_back({device(address), base::LineId(line), std::string(address), std::nullopt, profile, wire::MeterKind::water, true});
    FakeWater water;
    water.address = *cjt188::Address::parse(address);
    water.options = {cjt188::kColdWater, profile.low_byte_first ? cjt188::DiOrder::low_byte_first : cjt188::DiOrder::high_byte_first,
                     *cjt188::parse_status_map(profile.status_map), cjt188::kValveOpen, cjt188::kValveClose, cjt188::AckForm::any};
    auto& bus = buses[base::LineId(line)];
    bus.waters.push_back(water);
    return bus.waters.back();
  }
  /// Of a model that the gateway knows; without one, of none.
  FakeModbus& add_modbus(std::uint8_t unit, const std::string& model, wire::MeterKind kind = wire::MeterKind::electricity, const std::string& line = "l1") {
    if (std::ranges::find(archive.lines, base::LineId(line), &wire::ArchiveLine::id) == archive.lines.end()) {
      archive.lines.push_back({base::LineId(line), "serial:///dev/" + line});
    }
    wire::MeterProfile profile;
    profile.dialect = "modbus";
    profile.model = model;
    archive.devices.push_back({device(std::to_string(unit)), base::LineId(line), std::to_string(unit), std::nullopt, profile, kind, true});
    auto& bus = buses[base::LineId(line)];
    bus.devices.push_back({});
    bus.devices.back().unit = unit;
    return bus.devices.back();
  }
  FakeMeter& meter(std::string_view address, std::string line = "l1") {
    return buses[base::LineId(line)].meter(address);
  }
  static base::DeviceId device(std::string_view address) { return base::DeviceId("m" + std::string(address)); }

  void happen(GatewayEvent event) {
    auto out = gateway.step(std::move(event), now);
    const GatewayOutput whole = watch ? out : GatewayOutput{};
    local.insert(local.end(), out.local.begin(), out.local.end());
    for (auto& e : out.events) {
      if (const auto* command = std::get_if<wire::CommandEvent>(&e)) journal.reached(*command);
      events.push_back(std::move(e));
    }
    for (auto& values : out.live) live.push_back(values);
    for (auto& remark : out.remarks) remarks.push_back(remark);
    for (auto& action : out.lines) {
      auto& bus = buses[action.line];
      if (auto* write = std::get_if<Write>(&action.action)) bus.write(write->bytes, now);
      if (auto* format = std::get_if<SetFormat>(&action.action)) bus.format = format->format;
    }
    for (auto& port : out.ports) {
      if (port.uri && ports_open) happen(LineHappened{port.line, PortOpened{}});
    }
    if (watch) watch(whole);
    tests.insert(tests.end(), out.tests.begin(), out.tests.end());
    if (!out.keep_test) return;
    const bool kept = out.keep_test->empty() || !disk_full;
    if (kept) {
      kept_test.clear();
      for (const auto& device : *out.keep_test) kept_test += (kept_test.empty() ? "" : " ") + device.value;
    }
    happen(SwitchTestKept{kept});
  }
  void start() { happen(ArchiveArrived{archive}); }

  void run_until(base::UtcMillis end) {
    while (true) {
      auto at = end;
      base::LineId first;
      for (const auto& [line, bus] : buses) {
        if (const auto next = bus.next(); next && *next <= at) at = *next, first = line;
      }
      const auto wake = gateway.wake(now);
      if (wake && *wake < at) at = *wake, first = base::LineId();
      if (at >= end && first.value.empty()) break;
      now = std::max(now, at);
      if (first.value.empty()) {
        happen(Tick{});
      } else {
        happen(LineHappened{first, Received{buses[first].take()}});
      }
    }
    now = std::max(now, end);
    happen(Tick{});
  }
  void run_for(base::Millis span) { run_until(now + span); }

  wire::Command order(std::string_view address, wire::CommandKind kind, base::Millis life = base::minutes(5)) {
    ++counter;
    return {base::CommandId("c" + std::to_string(counter)), counter, device(address), kind, 0, now, now + life};
  }
  void command(const wire::Command& command) { happen(CommandArrived{command}); }

  /// "acked verified/open" and the like: what was reported of a command, in order.
  [[nodiscard]] std::string story(const base::CommandId& id) const {
    std::string story;
    for (const auto& event : events) {
      const auto* command = std::get_if<wire::CommandEvent>(&event);
      if (command == nullptr || command->command != id) continue;
      if (!story.empty()) story += " ";
      story += std::string(wire::to_string(command->phase));
      if (!command->reason.empty()) story += ":" + command->reason;
    }
    return story;
  }
  [[nodiscard]] std::vector<wire::Reading> readings(wire::ReadingKind kind) const {
    std::vector<wire::Reading> all;
    for (const auto& event : events) {
      if (const auto* together = std::get_if<wire::ReadingsEvent>(&event)) {
        std::ranges::copy_if(together->readings, std::back_inserter(all),
                             [kind](const auto& r) { return r.kind == kind; });
      }
    }
    return all;
  }
  /// As the platform was told last.
  [[nodiscard]] wire::Relay relay(std::string_view who) const {
    auto last = wire::Relay::unknown;
    for (const auto& event : events) {
      const auto* status = std::get_if<wire::StatusEvent>(&event);
      if (status != nullptr && status->device == device(who)) last = status->relay;
    }
    return last;
  }
  [[nodiscard]] int alarms(std::string_view code, bool active) const {
    return static_cast<int>(std::ranges::count_if(events, [&](const wire::Event& event) {
      const auto* alarm = std::get_if<wire::AlarmEvent>(&event);
      return alarm != nullptr && alarm->code == code && alarm->active == active;
    }));
  }
};

/// 1 is 000000000001.
inline std::string address(int number) {
  char text[13];
  std::snprintf(text, sizeof text, "%012d", number);
  return text;
}

/// Meters 1 to `meters` on one line.
inline SiteBench site(int meters, base::UtcMillis start = at_site(10, 1)) {
  SiteBench b(start);
  for (int i = 1; i <= meters; ++i) b.add(address(i));
  return b;
}

}  // namespace anju::gateway::testing
