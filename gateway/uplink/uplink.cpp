#include "gateway/uplink/uplink.hpp"

#include <algorithm>
#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "gateway/uplink/window.hpp"
#include "protocols/wire/detail.hpp"
#include "protocols/wire/topic.hpp"

namespace anju::gateway {
namespace {

using namespace std::chrono_literals;

// Between Paho's thread and the loop; what comes beyond either is dropped and counted. The whole box has 64 MB.
constexpr std::size_t kMaxWaiting = 1000;
constexpr std::size_t kMaxWaitingBytes = 4 * 1024 * 1024;
constexpr auto kTick = 1s;
constexpr base::Millis kStateEvery = base::seconds(60);
constexpr base::Millis kAlarmOver = base::minutes(10);  // without another bad message

base::UtcMillis now() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return base::UtcMillis(std::chrono::duration_cast<std::chrono::milliseconds>(since).count());
}

/// For spans only: does not jump when the clock of the box is set.
base::UtcMillis steady_now() {
  const auto since = std::chrono::steady_clock::now().time_since_epoch();
  return base::UtcMillis(std::chrono::duration_cast<std::chrono::milliseconds>(since).count());
}

/// Raised once, however often its cause repeats, and over when the cause stayed away: a flood of forged messages must
/// not fill the spool with alarms.
struct Latch {
  const char* code;
  bool raised = false;
  base::UtcMillis last;
};

}  // namespace

struct Uplink::Impl : std::enable_shared_from_this<Uplink::Impl> {
  boost::asio::io_context& io;
  UplinkOptions options;
  Stream& stream;
  UplinkHandlers handlers;
  std::string up_topic, state_topic, ack_topic, command_topic, archive_topic;
  Window window;
  boost::asio::steady_timer timer;
  UplinkStatistics statistics;
  Latch bad_mac{"bad_mac", false, {}}, bad_message{"bad_message", false, {}};
  std::size_t read_ahead = kMaxBatchEvents;  // events of many readings are large, and few of them make a batch
  bool state_wanted = false;
  base::UtcMillis state_at;
  base::UtcMillis renewed_at{-kRenewOnce.value};
  std::int64_t told_after = -1;  ///< how everything stands was said once more in the events after this one; -1: not under this epoch
  bool stopped = false;

  // Touched by Paho's thread and the client's own.
  std::atomic<std::size_t> waiting{0}, waiting_bytes{0};
  std::atomic<std::int64_t> dropped{0};
  std::mutex will_mutex;
  wire::GatewayState will;

  std::unique_ptr<mqtt::Client> client;  // last: its threads end before anything else does

  Impl(boost::asio::io_context& the_io, UplinkOptions the_options, Stream& the_stream, UplinkHandlers the_handlers)
      : io(the_io),
        options(std::move(the_options)),
        stream(the_stream),
        handlers(std::move(the_handlers)),
        up_topic(topic(wire::Channel::up)),
        state_topic(topic(wire::Channel::state)),
        ack_topic(topic(wire::Channel::ack)),
        command_topic(topic(wire::Channel::command)),
        archive_topic(topic(wire::Channel::archive)),
        window(stream.epoch(), stream.last_seq()),
        timer(io) {
    will.epoch = stream.epoch();
  }

  [[nodiscard]] std::string topic(wire::Channel channel, base::DeviceId device = {}) const {
    return wire::format({options.site, options.gateway, channel, std::move(device)});
  }

  /// Runs `work` on the loop, if this still exists then.
  template <class Work>
  void on_loop(Work work) {
    boost::asio::post(io, [self = weak_from_this(), work = std::move(work)] {
      const auto impl = self.lock();
      if (impl && !impl->stopped) work(*impl);
    });
  }

  base::Result<> create_client() {
    if (options.mqtt.client_id.empty()) options.mqtt.client_id = options.gateway.value;
    mqtt::Handlers on;
    on.connected = [this] { on_loop([](Impl& impl) { impl.on_connected(); }); };
    on.disconnected = [this](const std::string& why) { on_loop([why](Impl& impl) { impl.on_disconnected(why); }); };
    on.message = [this](std::string_view topic, std::string_view payload, bool) {
      // A broker may deliver on any topic. Others than ours are not ours to read, nor to put into a log.
      if (topic != ack_topic && topic != command_topic && topic != archive_topic) return void(dropped.fetch_add(1));
      const bool fits = waiting < kMaxWaiting && waiting_bytes + payload.size() <= kMaxWaitingBytes;
      if (!fits || payload.size() > wire::kMaxPayload) return void(dropped.fetch_add(1));
      waiting.fetch_add(1);
      waiting_bytes.fetch_add(payload.size());
      boost::asio::post(io, [self = weak_from_this(), topic = std::string(topic), payload = std::string(payload)] {
        const auto impl = self.lock();
        if (!impl) return;
        impl->waiting.fetch_sub(1);
        impl->waiting_bytes.fetch_sub(payload.size());
        if (!impl->stopped) impl->on_message(topic, payload);
      });
    };
    auto made = mqtt::Client::create(options.mqtt, {ack_topic, command_topic, archive_topic}, std::move(on),
                                     [this] { return make_will(); });
    if (!made) return base::pass(made);
    client = std::move(*made);
    return {};
  }

  [[nodiscard]] mqtt::Will make_will() {
    const std::lock_guard lock(will_mutex);
    wire::GatewayState state = will;
    state.online = false;
    state.at = now();
    return {state_topic, wire::seal(options.keys.up, state_topic, wire::encode(state))};
  }

  void on_connected() {
    statistics.connected = true;
    if (handlers.connection) handlers.connection(true, {});
    window.connected(stream.through(), steady_now());
    publish_state();
    pump();
  }

  void on_disconnected(const std::string& why) {
    statistics.connected = false;
    window.disconnected();
    if (handlers.connection) handlers.connection(false, why);
  }

  void raise(Latch& latch, const std::string& detail) {
    latch.last = steady_now();
    if (std::exchange(latch.raised, true)) return;
    if (handlers.alarm) handlers.alarm({latch.code, {}, {}, now(), true, detail});
  }

  void on_message(const std::string& topic, const std::string& payload) {
    const auto body = wire::open(options.keys.down, topic, payload);
    if (!body) {
      ++statistics.bad_mac;
      return raise(bad_mac, wire::detail({{"reason", std::string(body.error().code)}, {"topic", topic}}));
    }
    const auto refuse = [&](const base::Error& error) {
      ++statistics.bad_message;
      raise(bad_message,
            wire::detail({{"reason", std::string(error.code)}, {"text", error.where}, {"topic", topic}}));
    };
    if (topic == ack_topic) {
      const auto ack = wire::decode_ack(*body);
      return ack ? on_ack(*ack) : refuse(ack.error());
    }
    if (topic == command_topic) {
      const auto command = wire::decode_command(*body);
      return command ? handlers.command(*command) : refuse(command.error());
    }
    if (topic == archive_topic) {
      const auto archive = wire::decode_archive(*body);
      return archive ? handlers.archive(*archive) : refuse(archive.error());
    }
  }

  void on_ack(const wire::Ack& ack) {
    ++statistics.acks;
    statistics.acked_at = steady_now();
    switch (window.acknowledged(ack.epoch, ack.through, ack.resend, steady_now())) {
      case AckOutcome::progress:
        // Refused only for an acknowledgement that the window has refused already.
        (void)stream.acknowledge(ack.epoch, ack.through);
        break;
      case AckOutcome::again:
        if (ack.through + 1 < stream.first_seq()) tell_gone();
        stream.rewind(ack.through);
        break;
      case AckOutcome::nothing_new: break;
      case AckOutcome::foreign_epoch: return;
      case AckOutcome::beyond:
        return renew("the platform has event " + std::to_string(ack.through) + " of this spool, which is not there");
    }
    // What the platform does not have of it is numbered anew, also where an earlier life of the platform had acknowledged it.
    if (ack.over) return renew("the platform has ended this epoch", ack.through);
    pump();
  }

  /// known: so much of the epoch the platform has; nothing: what it has acknowledged.
  void renew(const std::string& why, std::optional<std::int64_t> known = {}) {
    const base::UtcMillis at = steady_now();
    if (at - renewed_at < kRenewOnce) return;
    renewed_at = at;
    if (known) {
      if (*known + 1 < stream.first_seq()) tell_gone();
      stream.rewind(*known);
    }
    const std::string before = stream.epoch();
    if (handlers.renew) handlers.renew(why);
    if (stream.epoch() == before) return;
    told_after = -1;
    // The disk went back: what was said since may have been taken for what had gone out under those numbers before.
    if (!known) tell_gone();
    window = Window(stream.epoch(), stream.last_seq());
    if (!statistics.connected) return;
    window.connected(stream.through(), at);
    publish_state();
    pump();
  }

  /// Once, for as long as what is said then is itself kept: an old word that the broker repeats fills no spool.
  void tell_gone() {
    if (told_after >= 0 && stream.first_seq() <= told_after + 1) return;
    told_after = stream.last_seq();
    on_loop([](Impl& impl) {
      if (impl.handlers.events_gone) impl.handlers.events_gone();
    });
  }

  /// Sends what the window allows. What cannot be published now stays in the stream and is tried at the next tick.
  void pump() {
    while (const std::int64_t next = window.next(stream.last_seq())) {
      // What a restored platform asks for may have made room long ago: it is told so and goes on from what is kept.
      const std::int64_t from = std::max(next, stream.first_seq());
      const auto events = stream.read(from, read_ahead);
      if (!events || (events->empty() ? from <= stream.last_seq() : events->front().seq != from)) return;
      const std::size_t count = batch_size(*events);
      read_ahead = std::clamp<std::size_t>(2 * count, 4, kMaxBatchEvents);
      std::vector<std::string> texts;
      texts.reserve(count);
      for (std::size_t i = 0; i < count; ++i) texts.push_back((*events)[i].text);
      const std::string body = wire::join_up(stream.epoch(), from, texts, next < from ? next : 0);
      if (!client->publish(up_topic, wire::seal(options.keys.up, up_topic, body), 1, false)) return;
      window.sent(from + static_cast<std::int64_t>(count) - 1, steady_now());
      ++statistics.batches_sent;
    }
  }

  void publish_state() {
    if (!statistics.connected) return;
    wire::GatewayState state = handlers.state();
    state.online = true;
    state.at = now();
    state.epoch = stream.epoch();
    state.last_seq = stream.last_seq();
    std::string payload = wire::seal(options.keys.up, state_topic, wire::encode(state));
    if (payload.size() > wire::kMaxPayload) {  // thousands of devices: their statistics are what can be missed
      state.devices.clear();
      payload = wire::seal(options.keys.up, state_topic, wire::encode(state));
    }
    if (!client->publish(state_topic, payload, 1, true)) return;
    state_wanted = false;
    state_at = steady_now();
    state.lines.clear();
    state.devices.clear();
    const std::lock_guard lock(will_mutex);
    will = std::move(state);
  }

  void publish_offline() {
    if (!client->connected()) return;
    const mqtt::Will last = make_will();
    (void)client->publish(last.topic, last.payload, 1, true);
  }

  void on_tick() {
    const base::UtcMillis at = steady_now();
    (void)window.tick(at);
    pump();
    if (state_wanted || at - state_at >= kStateEvery) publish_state();
    for (Latch* latch : {&bad_mac, &bad_message}) {
      if (!latch->raised || at - latch->last < kAlarmOver) continue;
      latch->raised = false;
      if (handlers.alarm) handlers.alarm({latch->code, {}, {}, now(), false, ""});
    }
    wait();
  }

  void wait() {
    timer.expires_after(kTick);
    timer.async_wait([self = weak_from_this()](const boost::system::error_code& error) {
      const auto impl = self.lock();
      if (impl && !impl->stopped && !error) impl->on_tick();
    });
  }

  void stop() {
    if (std::exchange(stopped, true)) return;
    timer.cancel();
    publish_offline();
    client->stop();
    statistics.connected = false;
  }
};

base::Result<std::unique_ptr<Uplink>> Uplink::create(boost::asio::io_context& io, UplinkOptions options, Stream& stream,
                                                     UplinkHandlers handlers) {
  auto impl = std::make_shared<Impl>(io, std::move(options), stream, std::move(handlers));
  if (auto created = impl->create_client(); !created) return base::pass(created);
  return std::unique_ptr<Uplink>(new Uplink(std::move(impl)));
}

Uplink::Uplink(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {}
Uplink::~Uplink() {
  stop();
}

void Uplink::start() {
  {
    const std::lock_guard lock(impl_->will_mutex);
    impl_->will = impl_->handlers.state();
    impl_->will.epoch = impl_->stream.epoch();
    impl_->will.last_seq = impl_->stream.last_seq();
    impl_->will.lines.clear();
    impl_->will.devices.clear();
  }
  impl_->client->start();
  impl_->wait();
}

void Uplink::stop() {
  impl_->stop();
}
void Uplink::appended() {
  impl_->pump();
}
void Uplink::state_changed() {
  impl_->state_wanted = true;
}

void Uplink::publish_live(const wire::LiveValues& values) {
  if (!impl_->statistics.connected) return;
  const std::string topic = impl_->topic(wire::Channel::live, values.device);
  (void)impl_->client->publish(topic, wire::seal(impl_->options.keys.up, topic, wire::encode(values)), 0, false);
}

UplinkStatistics Uplink::statistics() const {
  UplinkStatistics statistics = impl_->statistics;
  statistics.dropped = impl_->dropped;
  return statistics;
}

}  // namespace anju::gateway
