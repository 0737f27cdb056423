#pragma once

// Plays a station on a real broker: what it wants kept goes to its file, what it wants to say goes out after that. All that
// is decided is the station's; here are a client, a file and a timer. Everything of it runs on the thread of the io_context.

#include <functional>
#include <memory>
#include <string>

#include <boost/asio/io_context.hpp>

#include "firmware-sim/ports/port_clock.hpp"
#include "firmware-sim/ports/station_file.hpp"
#include "firmware-sim/station/station.hpp"
#include "protocols/base/result.hpp"
#include "protocols/mqtt/client.hpp"

namespace anju::sim {

struct MqttPortHandlers {
  std::function<std::string()> draw_epoch;  ///< 32 hex digits nobody has drawn before
  std::function<void(bool connected, const std::string& why)> connection;
  std::function<void(const std::string& why)> failed;  ///< its file takes no more: it has stopped
};

class MqttPort {
 public:
  virtual ~MqttPort() = default;
  MqttPort(const MqttPort&) = delete;
  MqttPort& operator=(const MqttPort&) = delete;
  /// Says that it goes and disconnects; blocks for at most a few seconds.
  virtual void stop() = 0;

 protected:
  MqttPort() = default;
};

/// options: url, user, password, tls; the client id is the gateway's. station and clock must outlive the port.
/// Errors: those of mqtt::Client::create.
[[nodiscard]] base::Result<std::unique_ptr<MqttPort>> open_mqtt_port(boost::asio::io_context& loop, mqtt::Options options,
                                                                     StationFile file, Station& station,
                                                                     const PortClock& clock, MqttPortHandlers handlers);

}  // namespace anju::sim
