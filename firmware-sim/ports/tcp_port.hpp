#pragma once

// A line behind a transparent serial server: bytes of one TCP connection, paced as on the wire. A socket has no baud
// rate, so the master is taken to be at the line's.

#include <cstdint>

#include "firmware-sim/ports/paced_port.hpp"

namespace anju::sim {

/// Errors: cannot_create, port_in_use.
[[nodiscard]] base::Result<std::unique_ptr<PacedPort>> open_tcp_port(boost::asio::io_context& loop,
                                                                     const std::string& address, std::uint16_t port,
                                                                     Line& line, const PortClock& clock);

}  // namespace anju::sim
