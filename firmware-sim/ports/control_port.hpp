#pragma once

// The control port: a TCP socket, one JSON object per line in both directions (control.hpp). For tests and demos on
// loopback: it has no password and is not there unless the scenario asks for it. Runs on the loop's thread.

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <boost/asio/io_context.hpp>

#include "firmware-sim/devices/site.hpp"
#include "firmware-sim/ports/port_clock.hpp"
#include "firmware-sim/station/station.hpp"
#include "protocols/base/result.hpp"

namespace anju::sim {

inline constexpr int kMaxControlConnections = 16;  ///< further ones are closed at once

class ControlPort {
 public:
  virtual ~ControlPort() = default;
  ControlPort(const ControlPort&) = delete;
  ControlPort& operator=(const ControlPort&) = delete;
  [[nodiscard]] virtual std::string where() const = 0;

 protected:
  ControlPort() = default;
};

/// listen: "127.0.0.1:7645" (port 0: any free one, see where()). on_quit is called after the answer to `quit` has been
/// sent. site, stations and clock must outlive it. Errors: bad_port, port_in_use, cannot_create.
[[nodiscard]] base::Result<std::unique_ptr<ControlPort>> open_control_port(boost::asio::io_context& loop,
                                                                           const std::string& listen, Site& site,
                                                                           std::vector<Station>& stations,
                                                                           const PortClock& clock,
                                                                           std::function<void()> on_quit);

}  // namespace anju::sim
