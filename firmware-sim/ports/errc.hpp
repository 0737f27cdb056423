#pragma once

// Why a port of the simulator cannot be opened.

#include <string_view>

namespace anju::sim {

enum class PortErrc {
  bad_port,       ///< not pty:/path or tcp:address:port
  cannot_create,  ///< the system refused the pseudo terminal, its link or the socket; `where` says what and why
  port_in_use,    ///< the TCP port, or the path of the link, belongs to somebody else
};

constexpr std::string_view to_string(PortErrc errc) {
  switch (errc) {
    case PortErrc::bad_port: return "bad_port";
    case PortErrc::cannot_create: return "cannot_create";
    case PortErrc::port_in_use: return "port_in_use";
  }
  return "unknown";
}

}  // namespace anju::sim
