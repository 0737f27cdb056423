#pragma once

// The gateway's side of MQTT: sends the stream within its window, publishes state and live values, and hands on what
// the platform says once its authentication code fits. It decides nothing about meters. All members and handlers belong
// to the thread of the io_context; Paho's thread only copies and posts to it, bounded.

#include <cstdint>
#include <functional>
#include <memory>

#include "gateway/core/stream.hpp"
#include "protocols/base/id.hpp"
#include "protocols/base/result.hpp"
#include "protocols/mqtt/client.hpp"
#include "protocols/wire/down.hpp"
#include "protocols/wire/envelope.hpp"
#include "protocols/wire/up.hpp"

namespace boost::asio {
class io_context;
}

namespace anju::gateway {

struct UplinkOptions {
  base::SiteId site;
  base::GatewayId gateway;
  wire::GatewayKeys keys;
  mqtt::Options mqtt;  ///< url, user, password, tls; client_id is set here when it is empty
};

struct UplinkHandlers {
  /// The state as it is now; online and the time are filled in here. Called every 60 s and after state_changed().
  std::function<wire::GatewayState()> state;
  std::function<void(const wire::Command&)>
      command;  ///< authentic and well-formed; counter and expiry are not checked here
  std::function<void(const wire::Archive&)> archive;  ///< the same; any version, also one that is known already
  std::function<void(const wire::AlarmEvent&)> alarm;  ///< bad_mac, bad_message: to be appended to the stream
  /// The stream has to be numbered anew under a fresh epoch: the platform ended this one, or has more of it than is here.
  /// Called at most once in kRenewOnce. Afterwards stream.epoch() is another one; if it is not, it is asked for again.
  std::function<void(const std::string& why)> renew;
  /// Events that the platform lacks made room long ago; what they said of the state of things is to be said again. May be empty.
  std::function<void()> events_gone;
  std::function<void(bool connected, const std::string& why)> connection;  ///< for the log; may be empty
};

/// Two boxes that run under one name would end each other's epochs for ever.
inline constexpr base::Millis kRenewOnce = base::minutes(10);

struct UplinkStatistics {
  bool connected = false;
  std::int64_t batches_sent = 0;
  std::int64_t acks = 0;
  base::UtcMillis acked_at;      ///< the last one, of a clock that only goes forward; 0: none yet
  std::int64_t bad_mac = 0;      ///< messages whose code did not fit
  std::int64_t bad_message = 0;  ///< authentic, but not understood
  std::int64_t dropped = 0;      ///< messages that came faster than the loop took them; the platform sends again
};

class Uplink {
 public:
  /// Connects nothing yet. stream and io outlive the uplink. Errors: those of mqtt::Client::create.
  [[nodiscard]] static base::Result<std::unique_ptr<Uplink>> create(boost::asio::io_context& io, UplinkOptions options,
                                                                    Stream& stream, UplinkHandlers handlers);
  ~Uplink();
  Uplink(const Uplink&) = delete;
  Uplink& operator=(const Uplink&) = delete;

  void start();
  void stop();  ///< publishes the state as offline and disconnects; blocks for at most a few seconds; idempotent

  void appended();       ///< events were appended to the stream: send what the window allows
  void state_changed();  ///< publish the state soon; many calls within a second are one message
  void publish_live(const wire::LiveValues& values);  ///< dropped while not connected
  [[nodiscard]] UplinkStatistics statistics() const;

 private:
  struct Impl;
  explicit Uplink(std::shared_ptr<Impl> impl);
  std::shared_ptr<Impl> impl_;
};

}  // namespace anju::gateway
