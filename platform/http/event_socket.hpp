#pragma once

// One open event stream (WebSocket). Loop only.

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>

#include "platform/http/shared_state.hpp"

namespace anju::platform {

/// Accepts the upgrade and pushes the caller's events until the client leaves, falls behind, or its session ends.
void serve_events(boost::beast::tcp_stream stream, boost::beast::http::request<boost::beast::http::string_body> upgrade,
                  Caller caller, SharedState& state);

/// A page of another site cannot open the stream with our user's cookie: a browser's Origin must name the host it
/// asked. An absent origin is no browser.
[[nodiscard]] bool origin_fits(std::string_view origin, std::string_view host);

}  // namespace anju::platform
