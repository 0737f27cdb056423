#pragma once

// One HTTP connection: reads requests one after the other, hands them to Api or StaticFiles, writes the answers. Loop
// only.

#include <string>
#include <string_view>

#include <boost/asio/ip/tcp.hpp>

#include "platform/http/shared_state.hpp"

namespace anju::platform {

/// Begins to serve; the connection keeps itself alive.
void serve_connection(boost::asio::ip::tcp::socket socket, SharedState& state);

/// Who really asks: of a proxy's X-Forwarded-For the last entry, which is the one the proxy itself has seen; what stands before it was
/// sent by the client. The peer itself when it is not the proxy, or when that entry is no address.
[[nodiscard]] std::string client_address(const std::string& peer, std::string_view proxy, std::string_view forwarded_for);

}  // namespace anju::platform
