#include "firmware-sim/ports/mqtt_port.hpp"

#include <atomic>
#include <chrono>
#include <mutex>
#include <utility>

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

namespace anju::sim {
namespace {

constexpr std::chrono::milliseconds kTick(200);
constexpr std::size_t kMostWaiting_messages = 1000;  // between Paho's thread and the loop; further ones are dropped, they come again

class Port final : public MqttPort {
 public:
  Port(boost::asio::io_context& loop, StationFile file, Station& station, const PortClock& clock, MqttPortHandlers handlers)
      : loop_(loop),
        file_(std::move(file)),
        station_(station),
        clock_(clock),
        handlers_(std::move(handlers)),
        timer_(loop),
        offline_(station.offline_state(clock.now())) {}
  ~Port() override {
    if (client_) client_->stop();
  }

  base::Result<> start(mqtt::Options options) {
    options.client_id = station_.setup().gateway.value;
    mqtt::Handlers on;
    on.connected = [this] { boost::asio::post(loop_, [this] { connection(true, {}); }); };
    on.disconnected = [this](const std::string& why) {
      boost::asio::post(loop_, [this, why] { connection(false, why); });
    };
    on.message = [this](std::string_view topic, std::string_view payload, bool) {
      if (payload.size() > wire::kMaxPayload || waiting_ >= kMostWaiting_messages) return;
      waiting_.fetch_add(1);
      boost::asio::post(loop_, [this, topic = std::string(topic), payload = std::string(payload)] {
        waiting_.fetch_sub(1);
        if (!stopped_) perform(station_.message(topic, payload, clock_.now()));
      });
    };
    auto made = mqtt::Client::create(std::move(options), station_.subscriptions(), std::move(on), [this] { return will(); });
    if (!made) return base::pass(made);
    client_ = std::move(*made);
    client_->start();
    tick();
    return {};
  }

  void stop() override {
    if (std::exchange(stopped_, true)) return;
    timer_.cancel();
    const StationOutput last = station_.stop(clock_.now());
    if (file_.append(last.records) && file_.sync()) publish(last);
    client_->stop();
  }

 private:
  void connection(bool up, const std::string& why) {
    if (stopped_) return;
    if (handlers_.connection) handlers_.connection(up, why);
    if (up) {
      perform(station_.connected(clock_.now()));
    } else {
      station_.disconnected();
    }
  }

  void tick() {
    perform(station_.tick(clock_.now()));
    if (stopped_) return;
    timer_.expires_after(kTick);
    timer_.async_wait([this](const boost::system::error_code& cancelled) {
      if (!cancelled && !stopped_) tick();
    });
  }

  void perform(const StationOutput& out) {
    base::Result<> kept = file_.append(out.records);
    if (kept && !out.publish.empty()) kept = file_.sync();
    if (kept && file_.is_mostly_history()) kept = file_.replace(station_.snapshot());
    if (!kept) return fail(kept.error());
    publish(out);
    if (out.renew.empty()) return;
    const StationOutput anew = station_.renew(handlers_.draw_epoch(), clock_.now());
    if (kept = file_.replace(station_.snapshot()); !kept) return fail(kept.error());
    publish(anew);
  }

  void publish(const StationOutput& out) {
    // What does not go out now, the station sends again.
    for (const Outgoing& one : out.publish) (void)client_->publish(one.topic, one.payload, one.qos, one.retained);
    const std::lock_guard lock(mutex_);
    offline_ = station_.offline_state(clock_.now());
  }

  void fail(const base::Error& error) {
    stopped_ = true;
    timer_.cancel();
    handlers_.failed(error.where);
  }

  /// On the client's own thread.
  mqtt::Will will() {
    wire::GatewayState state;
    {
      const std::lock_guard lock(mutex_);
      state = offline_;
    }
    state.at = clock_.now();
    const std::string topic = station_.topic(wire::Channel::state);
    return {topic, wire::seal(station_.setup().keys.up, topic, wire::encode(state))};
  }

  boost::asio::io_context& loop_;
  StationFile file_;
  Station& station_;
  const PortClock& clock_;
  MqttPortHandlers handlers_;
  boost::asio::steady_timer timer_;
  bool stopped_ = false;
  std::atomic<std::size_t> waiting_{0};
  std::mutex mutex_;
  wire::GatewayState offline_;
  std::unique_ptr<mqtt::Client> client_;  // last: its threads end before anything else does
};

}  // namespace

base::Result<std::unique_ptr<MqttPort>> open_mqtt_port(boost::asio::io_context& loop, mqtt::Options options,
                                                       StationFile file, Station& station, const PortClock& clock,
                                                       MqttPortHandlers handlers) {
  auto port = std::make_unique<Port>(loop, std::move(file), station, clock, std::move(handlers));
  if (auto started = port->start(std::move(options)); !started) return base::pass(started);
  return port;
}

}  // namespace anju::sim
