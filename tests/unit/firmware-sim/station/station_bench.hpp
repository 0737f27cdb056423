#pragma once

// A station and a platform that speak over a broker that may lose everything, in virtual time. The platform does what the
// rules of the wire say: it takes last + 1, ignores what is older, asks again where there is a gap.

#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "firmware-sim/station/station.hpp"
#include "protocols/wire/topic.hpp"

namespace anju::sim::test {

/// 2026-11-21 10:01:00 at +08:00.
inline constexpr base::UtcMillis kTen{1'795'226'460'000};

inline WaterSetup water(const std::string& address, std::int64_t flow_e4 = 36'000) {
  WaterSetup setup;
  setup.address = address;
  setup.start = base::Quantity(1'000'000);
  setup.flow = {{0, flow_e4}};
  return setup;
}

inline WaterSetup hot(const std::string& address) {
  WaterSetup setup = water(address);
  setup.boiler = BoilerSetup{};
  setup.ambient = {{0, 200}};
  return setup;
}

class Bench {
 public:
  explicit Bench(std::vector<WaterSetup> devices) {
    setup_.site = base::SiteId("garden");
    setup_.gateway = base::GatewayId("k-1");
    setup_.keys = *wire::derive_keys(std::string(64, '7'));
    setup_.devices = std::move(devices);
    archive.version = 1;
    archive.lines = {{base::LineId("air"), "mqtt://k-1"}};
    for (const WaterSetup& device : setup_.devices) add(device);
    start();
  }

  void add(const WaterSetup& device) {
    wire::ArchiveDevice wanted;
    wanted.id = base::DeviceId("m" + device.address);
    wanted.line = base::LineId("air");
    wanted.address = device.address;
    wanted.profile.dialect = "mqtt";
    wanted.kind = device.boiler ? wire::MeterKind::hot_water : wire::MeterKind::water;
    wanted.valve = device.valve;
    archive.devices.push_back(wanted);
  }

  /// The power comes back: everything is forgotten but the records.
  void start() {
    const auto memory = read_memory(file);
    REQUIRE(memory);
    station.emplace(setup_, *memory, "epoch" + std::to_string(++lives_), now);
  }
  void connect() {
    perform(station->connected(now));
    send_archive();
    say({station->stream().epoch(), epoch == station->stream().epoch() ? last : 0, false, false});
  }
  void disconnect() { station->disconnected(); }
  void send_archive() { hear(wire::Channel::archive, wire::encode(archive)); }
  void say(const wire::Ack& ack) { hear(wire::Channel::ack, wire::encode(ack)); }

  wire::Command order(const std::string& address, wire::CommandKind kind, std::int64_t target_dc = 0) {
    wire::Command command;
    command.id = base::CommandId("c" + std::to_string(++orders_));
    command.counter = now.value + orders_;
    command.device = base::DeviceId("m" + address);
    command.kind = kind;
    command.issued = now;
    command.expires = now + base::minutes(5);
    command.target_dc = target_dc;
    if (kind == wire::CommandKind::live) command.seconds = 20;
    return command;
  }
  void send(const wire::Command& command) { hear(wire::Channel::command, wire::encode(command)); }
  wire::Command command(const std::string& address, wire::CommandKind kind, std::int64_t target_dc = 0) {
    const wire::Command made = order(address, kind, target_dc);
    send(made);
    return made;
  }

  void run(base::Millis span) {
    const base::UtcMillis end = now + span;
    while (now < end) {
      now = std::min(now + base::Millis(200), end);
      perform(station->tick(now));
    }
  }

  /// "acked verified" and the like.
  [[nodiscard]] std::string story(const wire::Command& command) const {
    std::string text;
    for (const wire::Event& event : applied) {
      const auto* said = std::get_if<wire::CommandEvent>(&event);
      if (said == nullptr || said->command != command.id) continue;
      text += (text.empty() ? "" : " ") + std::string(wire::to_string(said->phase));
      if (!said->reason.empty()) text += ":" + said->reason;
    }
    return text;
  }
  [[nodiscard]] std::vector<wire::Reading> readings(const std::string& address) const {
    std::vector<wire::Reading> all;
    for (const wire::Event& event : applied) {
      const auto* together = std::get_if<wire::ReadingsEvent>(&event);
      if (together == nullptr) continue;
      for (const auto& reading : together->readings) {
        if (reading.device.value == "m" + address) all.push_back(reading);
      }
    }
    return all;
  }
  [[nodiscard]] std::vector<wire::StatusEvent> statuses(const std::string& address) const {
    std::vector<wire::StatusEvent> all;
    for (const wire::Event& event : applied) {
      const auto* status = std::get_if<wire::StatusEvent>(&event);
      if (status != nullptr && status->device.value == "m" + address) all.push_back(*status);
    }
    return all;
  }
  WaterMeter& device(std::size_t index = 0) { return station->devices()[index]; }

  base::UtcMillis now = kTen;
  wire::Archive archive;
  std::optional<Station> station;
  std::string file;  ///< what has been kept

  // The broker and the platform.
  bool loses_up = false, answers = true;
  std::string epoch;
  std::int64_t last = 0;
  std::vector<wire::Event> applied;
  std::int64_t batches = 0, published = 0;
  std::vector<wire::GatewayState> states;
  std::vector<wire::LiveValues> lives;

 private:
  void hear(wire::Channel channel, const std::string& body) {
    const std::string topic = station->topic(channel);
    perform(station->message(topic, wire::seal(setup_.keys.down, topic, body), now));
  }

  void perform(StationOutput out) {
    file += out.records;
    for (const Outgoing& one : out.publish) {
      ++published;
      receive(one);
    }
    if (out.renew.empty()) return;
    out = station->renew("epoch" + std::to_string(++lives_), now);
    file = station->snapshot();
    for (const Outgoing& one : out.publish) receive(one);
    say({station->stream().epoch(), 0, false, false});
  }

  void receive(const Outgoing& one) {
    const auto body = wire::open(setup_.keys.up, one.topic, one.payload);
    REQUIRE(body);
    const auto topic = wire::parse_topic(one.topic);
    REQUIRE(topic);
    if (topic->channel == wire::Channel::state) states.push_back(*wire::decode_state(*body));
    if (topic->channel == wire::Channel::live) lives.push_back(*wire::decode_live(*body));
    if (topic->channel != wire::Channel::up || loses_up) return;
    const auto batch = wire::decode_up(*body);
    REQUIRE(batch);
    ++batches;
    if (batch->epoch != epoch) epoch = batch->epoch, last = 0;
    std::int64_t seq = batch->seq;
    if (batch->gone > 0 && batch->gone <= last + 1) last = std::max(last, batch->seq - 1);
    if (seq > last + 1) {
      if (answers) say({epoch, last, true, false});
      return;
    }
    for (const wire::Event& event : batch->events) {
      if (seq++ <= last) continue;
      // Every event was kept before it came here.
      CHECK(file.find("event " + std::to_string(seq - 1) + " ") != std::string::npos);
      applied.push_back(event);
      last = seq - 1;
    }
    if (answers) say({epoch, last, false, false});
  }

  StationSetup setup_;
  int lives_ = 0;
  std::int64_t orders_ = 0;
};

}  // namespace anju::sim::test
