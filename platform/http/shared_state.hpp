#pragma once

// What connections share with their server. Loop only.

#include <cstddef>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include <boost/asio/dispatch.hpp>
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
  /// Somebody's rights were changed.
  virtual void rights_changed() {}
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
  std::size_t uploads = 0;
};

/// An object of the loop that also ends there, whoever lets go of it last: a worker may hold an answer, and with it the connection, a
/// moment longer than the loop does.
template <class T, class... Arguments>
[[nodiscard]] std::shared_ptr<T> make_on_loop(SharedState& state, Arguments&&... arguments) {
  return std::shared_ptr<T>(new T(std::forward<Arguments>(arguments)..., state), [&io = state.io](T* ended) {
    boost::asio::dispatch(io, [owned = std::unique_ptr<T>(ended)] {});
  });
}

}  // namespace anju::platform
