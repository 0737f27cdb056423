#pragma once

// Plays a Line in real time on something a master can open: a pseudo terminal (`pty:/path/of/link`) or a transparent
// serial server (`tcp:127.0.0.1:7001`). All arithmetic of the wire is the Line's; here are only descriptors and a
// timer. Everything runs on the thread of the io_context.

#include <memory>
#include <string>

#include <boost/asio/io_context.hpp>

#include "firmware-sim/devices/line.hpp"
#include "firmware-sim/ports/port_clock.hpp"
#include "protocols/base/result.hpp"

namespace anju::sim {

class PacedPort {
 public:
  virtual ~PacedPort() = default;
  PacedPort(const PacedPort&) = delete;
  PacedPort& operator=(const PacedPort&) = delete;

  /// Where a master finds it, for the log: "/tmp/x (/dev/pts/3)" or "127.0.0.1:7001".
  [[nodiscard]] virtual std::string where() const = 0;

 protected:
  PacedPort() = default;
};

/// uri: `pty:/absolute/path` makes a pseudo terminal and a symbolic link to it at that path; a link left behind by an
/// earlier run is replaced, anything else there is not touched. `tcp:address:port` listens; one connection at a time,
/// as serial servers do, further ones are closed at once. line and clock must outlive the port. Errors: bad_port,
/// cannot_create, port_in_use.
[[nodiscard]] base::Result<std::unique_ptr<PacedPort>> open_port(boost::asio::io_context& loop, const std::string& uri,
                                                                 Line& line, const PortClock& clock);

}  // namespace anju::sim
