#pragma once

// A line on a pseudo terminal. Linux gives a pty no speed of its own, but it keeps the speed the master has set, so a
// master at the wrong baud rate is noticed; parity it does not keep.

#include "firmware-sim/ports/paced_port.hpp"

namespace anju::sim {

/// link: absolute path. Errors: cannot_create, port_in_use.
[[nodiscard]] base::Result<std::unique_ptr<PacedPort>> open_pty_port(boost::asio::io_context& loop,
                                                                     const std::string& link, Line& line,
                                                                     const PortClock& clock);

}  // namespace anju::sim
