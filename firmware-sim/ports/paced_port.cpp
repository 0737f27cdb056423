#include "firmware-sim/ports/paced_port.hpp"

#include <string_view>

#include "firmware-sim/ports/errc.hpp"
#include "firmware-sim/ports/listen.hpp"
#include "firmware-sim/ports/pty_port.hpp"
#include "firmware-sim/ports/tcp_port.hpp"

namespace anju::sim {

base::Result<std::unique_ptr<PacedPort>> open_port(boost::asio::io_context& loop, const std::string& uri, Line& line,
                                                   const PortClock& clock) {
  if (uri.starts_with("pty:/")) return open_pty_port(loop, uri.substr(4), line, clock);
  if (!uri.starts_with("tcp:")) {
    return base::fail(PortErrc::bad_port, "'" + uri + "': expected pty:/absolute/path or tcp:address:port");
  }
  const auto endpoint = parse_endpoint(uri.substr(4));
  if (!endpoint) return base::pass(endpoint);
  return open_tcp_port(loop, endpoint->address, endpoint->port, line, clock);
}

}  // namespace anju::sim
