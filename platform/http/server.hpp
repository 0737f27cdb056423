#pragma once

// The HTTP server: sockets, threads and limits around Api, StaticFiles and EventHub. One thread owns all connections
// and sessions; queries, the user store and password hashes have threads of their own.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "platform/http/api.hpp"
#include "platform/http/event_hub.hpp"

namespace anju::platform {

/// What is said at a limit: further connections are closed at once; a request that is too large or too slow ends its
/// connection; a full executor answers busy; a WebSocket that does not keep up is closed.
struct ServerOptions {
  std::string host = "127.0.0.1";
  std::uint16_t port = 8080;  ///< 0: any free one
  std::string web;            ///< folder of the console; may be missing
  std::string proxy;          ///< address of a reverse proxy whose X-Forwarded-For is believed; empty: none is

  std::size_t most_connections = 2000;
  std::size_t most_per_address = 500;  ///< a reverse proxy is one address
  std::size_t most_sockets = 500;      ///< open event streams
  std::uint32_t header_bytes = 16 * 1024;
  std::uint64_t body_bytes = 64 * 1024;  ///< the largest honest one, a gateway with all its lines, has 12 KB
  std::uint64_t upload_bytes = 20 * 1024 * 1024;  ///< of routes whose body is a file
  std::size_t most_uploads = 4;                   ///< under way at once; a further one is told busy
  base::Millis upload_timeout = base::seconds(120);
  base::Millis release_timeout = base::minutes(10);  ///< of the largest bodies, Route::file_bytes
  base::Millis header_timeout = base::seconds(60);  ///< also how long an idle connection is kept
  base::Millis body_timeout = base::seconds(15);
  base::Millis write_timeout = base::seconds(30);
  std::size_t socket_queue = 2000;  ///< messages that wait for one WebSocket

  std::size_t read_threads = 2;
  std::size_t most_reads_waiting = 1000;
  std::size_t most_store_waiting = 2000;
  std::size_t most_passwords_waiting = 32;
};

enum class ListenErrc {
  bad_address,  ///< host is no IP address of ours
  in_use,       ///< another program listens there
  forbidden,    ///< ports below 1024 need rights
};
[[nodiscard]] std::string_view to_string(ListenErrc errc);

class Server {
 public:
  /// Binds the port. The ports and the hub must live until the server is destroyed; the desk must not call back any
  /// more then. Errors: ListenErrc; `where` is "host:port" and the system's words.
  [[nodiscard]] static base::Result<std::unique_ptr<Server>> create(ServerOptions options, Ports ports, EventHub& hub,
                                                                    AuthRules rules);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  void start();
  /// Takes no further request, lets those under way finish for up to `patience`, and joins all threads. Idempotent.
  void stop(base::Millis patience);
  [[nodiscard]] std::uint16_t port() const;

 private:
  struct Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace anju::platform
