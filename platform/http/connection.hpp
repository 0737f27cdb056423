#pragma once

// One HTTP connection: reads requests one after the other, hands them to Api or StaticFiles, writes the answers. Loop
// only.

#include <boost/asio/ip/tcp.hpp>

#include "platform/http/shared_state.hpp"

namespace anju::platform {

/// Begins to serve; the connection keeps itself alive.
void serve_connection(boost::asio::ip::tcp::socket socket, SharedState& state);

}  // namespace anju::platform
