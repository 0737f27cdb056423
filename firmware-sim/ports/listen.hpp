#pragma once

// Opens a listening socket and says in words why it cannot.

#include <cstdint>
#include <string>

#include <boost/asio/ip/tcp.hpp>

#include "protocols/base/result.hpp"

namespace anju::sim {

struct Endpoint {
  std::string address;
  std::uint16_t port = 0;
};

/// "127.0.0.1:7001" or "[::1]:7001". Error: bad_port.
[[nodiscard]] base::Result<Endpoint> parse_endpoint(const std::string& text);

/// Errors: bad_port (not an IP address), cannot_create, port_in_use.
[[nodiscard]] base::Result<boost::asio::ip::tcp::acceptor> listen(boost::asio::io_context& loop,
                                                                  const Endpoint& endpoint);

}  // namespace anju::sim
