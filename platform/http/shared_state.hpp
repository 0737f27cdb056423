#pragma once

// What connections share with their server. Loop only.

#include <cstddef>
#include <map>
#include <set>
#include <string>

#include <boost/asio/io_context.hpp>

#include "platform/http/server.hpp"
#include "platform/http/static_files.hpp"

namespace anju::platform {

/// A connection or a WebSocket, as the server ends it.
class Closable {
 public:
  virtual ~Closable() = default;
  /// No further request; what is under way may finish.
  virtual void wind_down() = 0;
};

struct SharedState {
  boost::asio::io_context& io;
  const ServerOptions& options;
  Api& api;
  EventHub& hub;
  const StaticFiles& files;
  Executor reads;
  bool stopping = false;
  std::set<Closable*> open;
  std::map<std::string, std::size_t> per_address;
  std::size_t sockets = 0;
};

}  // namespace anju::platform
