// The shell against a real Mosquitto; the platform is a client in this test. It waits for events, never for a time.

#include "gateway/uplink/uplink.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <chrono>
#include <vector>

#include "gateway/uplink/window.hpp"
#include "protocols/wire/topic.hpp"
#include "tests/unit/mqtt/broker.hpp"

using namespace anju;
using namespace anju::gateway;

namespace {

class MemoryStream final : public Stream {
 public:
  void add(const wire::Event& event) {
    const auto* readings = std::get_if<wire::ReadingsEvent>(&event);
    events_.push_back({last_seq() + 1, readings != nullptr ? readings->readings.size() : 0, wire::encode(event)});
  }
  const std::string& epoch() const override { return epoch_; }
  std::int64_t first_seq() const override { return first_; }
  std::int64_t last_seq() const override { return static_cast<std::int64_t>(events_.size()); }
  std::int64_t through() const override { return through_; }
  base::Result<std::vector<StoredEvent>> read(std::int64_t from, std::size_t most) override {
    const auto begin = static_cast<std::size_t>(from - 1);
    const auto end = std::min(events_.size(), begin + most);
    return std::vector<StoredEvent>(events_.begin() + static_cast<std::ptrdiff_t>(begin),
                                    events_.begin() + static_cast<std::ptrdiff_t>(end));
  }
  base::Result<> acknowledge(std::string_view, std::int64_t through) override {
    through_ = std::max(through_, through);
    return {};
  }
  void rewind(std::int64_t through) override { through_ = std::min(through_, through); }
  /// The oldest ones make room.
  void forget(std::int64_t through) { first_ = through + 1; }
  /// What a spool does that begins a new stream.
  void renew(const std::string& epoch) {
    events_.erase(events_.begin(), events_.begin() + static_cast<std::ptrdiff_t>(through_));
    for (std::size_t i = 0; i < events_.size(); ++i) events_[i].seq = static_cast<std::int64_t>(i) + 1;
    through_ = 0;
    first_ = 1;
    epoch_ = epoch;
  }

 private:
  std::string epoch_ = "e1";
  std::int64_t first_ = 1;
  std::vector<StoredEvent> events_;
  std::int64_t through_ = 0;
};

wire::Event reading(int n) {
  return wire::ReadingsEvent{{{base::DeviceId("m1"), base::UtcMillis(n), {}, base::Quantity(n), {}}}};
}

/// Gateway and platform on one loop.
struct Site {
  test::Broker broker;
  boost::asio::io_context io;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work{io.get_executor()};
  wire::GatewayKeys keys = *wire::derive_keys("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
  MemoryStream stream;
  std::unique_ptr<mqtt::Client> platform;
  std::unique_ptr<Uplink> uplink;

  // What the platform saw.
  std::string epoch = "e1";
  std::int64_t last = 0, applied = 0, batches = 0;
  std::vector<std::pair<std::int64_t, std::int64_t>> gone;  ///< from, through
  bool answers = true;
  std::vector<wire::GatewayState> states;
  std::vector<wire::LiveValues> lives;
  // What the gateway saw.
  std::vector<wire::Command> commands;
  std::vector<wire::Archive> archives;
  std::vector<wire::AlarmEvent> alarms;
  std::vector<std::string> renewals;
  int told_gone = 0;

  Site() {
    mqtt::Handlers on;
    on.message = [this](std::string_view topic, std::string_view payload, bool) {
      boost::asio::post(
          io, [this, topic = std::string(topic), payload = std::string(payload)] { receive(topic, payload); });
    };
    platform = *mqtt::Client::create(options("platform"), {"anju/v1/+/+/up", "anju/v1/+/+/state", "anju/v1/+/+/live/+"},
                                     on, {});
    platform->start();
    UplinkHandlers handlers;
    handlers.state = [] {
      wire::GatewayState state;
      state.software = "test";
      return state;
    };
    handlers.command = [this](const wire::Command& command) { commands.push_back(command); };
    handlers.archive = [this](const wire::Archive& archive) { archives.push_back(archive); };
    handlers.renew = [this](const std::string& why) {
      renewals.push_back(why);
      stream.renew("e" + std::to_string(renewals.size() + 1));
    };
    handlers.alarm = [this](const wire::AlarmEvent& alarm) { alarms.push_back(alarm); };
    handlers.events_gone = [this] { ++told_gone; };
    auto made =
        Uplink::create(io, {base::SiteId("garden"), base::GatewayId("gw-1"), keys, options("")}, stream, handlers);
    REQUIRE(made);
    uplink = std::move(*made);
  }
  ~Site() {
    uplink->stop();
    platform->stop();
  }

  [[nodiscard]] mqtt::Options options(std::string id) const {
    mqtt::Options options;
    options.url = broker.url();
    options.client_id = std::move(id);
    options.backoff_least_ms = 20;
    options.backoff_most_ms = 200;
    return options;
  }

  void receive(const std::string& topic, const std::string& payload) {
    const auto parsed = wire::parse_topic(topic);
    REQUIRE(parsed);
    const auto body = wire::open(keys.up, topic, payload);
    REQUIRE(body);
    if (parsed->channel == wire::Channel::state) {
      states.push_back(*wire::decode_state(*body));
      const auto& state = states.back();
      if (state.online) say(wire::Channel::ack, wire::encode(wire::Ack{state.epoch, state.epoch == epoch ? last : 0}));
    }
    if (parsed->channel == wire::Channel::live) lives.push_back(*wire::decode_live(*body));
    if (parsed->channel == wire::Channel::up) apply(*wire::decode_up(*body));
  }

  void apply(const wire::UpBatch& batch) {
    ++batches;
    if (!answers) return;
    if (batch.epoch != epoch && batch.seq == 1) {
      epoch = batch.epoch;
      last = 0;
    }
    if (batch.gone != 0 && batch.gone <= last + 1 && batch.seq > last + 1) {
      gone.emplace_back(last + 1, batch.seq - 1);
      last = batch.seq - 1;
    }
    const bool gap = batch.seq > last + 1;
    const auto end = batch.seq + static_cast<std::int64_t>(batch.events.size()) - 1;
    if (!gap && end > last) {
      applied += end - last;
      last = end;
    }
    say(wire::Channel::ack, wire::encode(wire::Ack{batch.epoch, last, gap}));
  }

  void say(wire::Channel channel, const std::string& body, bool forged = false) {
    const std::string topic = wire::format({base::SiteId("garden"), base::GatewayId("gw-1"), channel, {}});
    std::string payload = wire::seal(keys.down, topic, body);
    if (forged) payload[3] = payload[3] == '0' ? '1' : '0';
    REQUIRE(platform->publish(topic, payload, 1, channel == wire::Channel::archive));
  }

  template <class Condition>
  bool until(Condition condition) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(1);
    while (!condition() && std::chrono::steady_clock::now() < end) io.run_one_for(std::chrono::milliseconds(100));
    return condition();
  }
};

bool missing_broker() {
  if (!test::Broker::program().empty()) return false;
  MESSAGE("skipped: mosquitto is not installed");
  return true;
}

}  // namespace

TEST_CASE("uplink: the stream arrives in order, is acknowledged, and goes on after kill -9 of the broker") {
  if (missing_broker()) return;
  Site site;
  REQUIRE(site.until([&] { return site.platform->connected(); }));
  for (int n = 1; n <= 1000; ++n) site.stream.add(reading(n));
  site.uplink->start();
  CHECK(site.until([&] { return site.stream.through() == 1000; }));
  CHECK(site.applied == 1000);
  CHECK(site.uplink->statistics().batches_sent >= 10);

  site.broker.kill_hard();
  REQUIRE(site.until([&] { return !site.uplink->statistics().connected; }));
  for (int n = 1001; n <= 1300; ++n) {
    site.stream.add(reading(n));
    site.uplink->appended();
  }
  site.broker.start();
  REQUIRE(site.until([&] { return site.platform->connected() && site.uplink->statistics().connected; }));
  CHECK(site.until([&] { return site.stream.through() == 1300; }));
  CHECK(site.applied == 1300);
}

TEST_CASE("uplink: a platform that does not answer holds at most four batches") {
  if (missing_broker()) return;
  Site site;
  site.answers = false;
  REQUIRE(site.until([&] { return site.platform->connected(); }));
  for (int n = 1; n <= 1000; ++n) site.stream.add(reading(n));
  site.uplink->start();
  CHECK(site.until([&] { return site.batches == 4; }));
  site.say(wire::Channel::archive,
           R"({"version":1,"lines":[],"devices":[]})");  // a marker behind what may have been sent
  REQUIRE(site.until([&] { return site.archives.size() == 1; }));
  CHECK(site.batches == 4);
  CHECK(site.stream.through() == 0);
}

TEST_CASE("uplink: only what carries the right code reaches the gateway; forgeries raise one alarm") {
  if (missing_broker()) return;
  Site site;
  REQUIRE(site.until([&] { return site.platform->connected(); }));
  site.uplink->start();
  REQUIRE(site.until([&] { return site.uplink->statistics().connected && !site.states.empty(); }));
  CHECK(site.states.front().online);
  CHECK(site.states.front().software == "test");
  CHECK(site.states.front().epoch == "e1");

  const wire::Command command{base::CommandId("c1"),   1, base::DeviceId("m1"),
                              wire::CommandKind::trip, 0, base::UtcMillis(1),
                              base::UtcMillis(2)};
  site.stream.add(reading(1));
  site.say(wire::Channel::command, wire::encode(command), true);
  site.say(wire::Channel::ack, R"({"epoch":"e1","through":1})", true);
  site.say(wire::Channel::archive, R"({"version":1,"lines":[],"devices":[]})", true);
  site.say(wire::Channel::command, R"({"id":"c0"})");
  site.say(wire::Channel::command, wire::encode(command));
  REQUIRE(site.until([&] { return !site.commands.empty(); }));
  CHECK(site.commands == std::vector{command});
  CHECK(site.archives.empty());
  CHECK(site.stream.through() == 0);
  CHECK(site.uplink->statistics().bad_mac == 3);
  CHECK(site.uplink->statistics().bad_message == 1);
  REQUIRE(site.alarms.size() == 2);
  CHECK(site.alarms[0].code == "bad_mac");
  CHECK(site.alarms[1].code == "bad_message");
}

TEST_CASE("uplink: live values, changed state, and the word that the gateway has gone") {
  if (missing_broker()) return;
  Site site;
  REQUIRE(site.until([&] { return site.platform->connected(); }));
  site.uplink->start();
  REQUIRE(site.until([&] { return site.uplink->statistics().connected && !site.states.empty(); }));
  const wire::LiveValues values{base::DeviceId("m1"), base::UtcMillis(3), "220.1", {}, {}, {}, wire::Relay::closed};
  site.uplink->publish_live(values);
  REQUIRE(site.until([&] { return !site.lives.empty(); }));
  CHECK(site.lives.front() == values);
  site.uplink->state_changed();
  site.uplink->state_changed();
  REQUIRE(site.until([&] { return site.states.size() == 2; }));
  site.uplink->stop();
  REQUIRE(site.until([&] { return site.states.size() == 3; }));
  CHECK_FALSE(site.states.back().online);
  CHECK(site.states.back().software == "test");
}

TEST_CASE("uplink: a restored platform gets again what is kept, hears what is gone, and goes on from there") {
  if (missing_broker()) return;
  Site site;
  REQUIRE(site.until([&] { return site.platform->connected(); }));
  for (int n = 1; n <= 500; ++n) site.stream.add(reading(n));
  site.uplink->start();
  REQUIRE(site.until([&] { return site.stream.through() == 500; }));
  site.last = 100;  // yesterday's backup
  site.stream.forget(300);
  site.stream.add(reading(501));
  site.uplink->appended();
  CHECK(site.until([&] { return site.stream.through() == 501; }));
  CHECK(site.gone == std::vector<std::pair<std::int64_t, std::int64_t>>{{101, 300}});
  CHECK(site.applied == 500 + 201);
  CHECK(site.until([&] { return site.told_gone == 1; }));
}

TEST_CASE("uplink: what a restored platform lacks of an epoch that it calls over is numbered anew, though it was acknowledged once") {
  if (missing_broker()) return;
  Site site;
  REQUIRE(site.until([&] { return site.platform->connected(); }));
  for (int n = 1; n <= 10; ++n) site.stream.add(reading(n));
  site.uplink->start();
  REQUIRE(site.until([&] { return site.stream.through() == 10; }));
  site.epoch = "e0";  // of its backup
  site.applied = 0;
  site.say(wire::Channel::ack, wire::encode(wire::Ack{"e1", 4, false, true}));
  REQUIRE(site.until([&] { return site.epoch == "e2" && site.stream.through() == 6; }));
  CHECK(site.applied == 6);
}

TEST_CASE("uplink: a spool that has less than the platform, or whose epoch was ended, is numbered anew") {
  if (missing_broker()) return;
  Site site;
  REQUIRE(site.until([&] { return site.platform->connected(); }));
  site.last = 40;  // of which the disk of this gateway has lost the newest ten
  for (int n = 1; n <= 30; ++n) site.stream.add(reading(n));
  CHECK(site.stream.acknowledge("e1", 25));
  site.uplink->start();
  REQUIRE(site.until([&] { return site.epoch == "e2" && site.stream.through() == 5; }));
  CHECK(site.renewals.size() == 1);
  CHECK(site.applied == 5);
  // What was said under the numbers of the other life may have been taken for that one's.
  CHECK(site.until([&] { return site.told_gone == 1; }));
  site.stream.add(reading(31));
  site.uplink->appended();
  CHECK(site.until([&] { return site.stream.through() == 6; }));

  site.say(wire::Channel::ack, wire::encode(wire::Ack{"e1", 40, false, true}));  // of an epoch that is over here, too
  site.say(wire::Channel::ack, wire::encode(wire::Ack{"e2", 6, false, true}));
  site.say(wire::Channel::archive, R"({"version":1,"lines":[],"devices":[]})");
  REQUIRE(site.until([&] { return site.archives.size() == 1; }));
  CHECK(site.renewals.size() == 1);  // at most once in ten minutes
}
