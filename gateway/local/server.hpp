#pragma once

// HTTP for the installer's page, on the gateway's own loop: a few connections, small requests, each answered at once by one function. Whoever is slow,
// large or wrong is cut off; the lines never wait for it.

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include <boost/asio/io_context.hpp>

#include "gateway/local/listen.hpp"
#include "gateway/local/message.hpp"
#include "protocols/base/result.hpp"

namespace anju::gateway {

inline constexpr std::size_t kMostConnections = 16;
inline constexpr std::uint32_t kMostHeader = 8 * 1024;
inline constexpr std::size_t kMostBody = 16 * 1024;
inline constexpr std::string_view kSessionCookie = "anju_local";
inline constexpr std::string_view kPageHeader = "X-Anju-Page";

/// Times that tests shorten.
struct ServerPatience {
  std::chrono::milliseconds request = std::chrono::seconds(10);  ///< from the first wait for it to its last byte; also how long a silent connection is kept
  std::chrono::milliseconds write = std::chrono::seconds(15);
  /// When all connections are taken, the one that has kept us waiting longest makes room, if it has for so long.
  std::chrono::milliseconds grace = std::chrono::seconds(2);
};

/// Answers at once, in bounded work.
using LocalHandler = std::function<LocalResponse(const LocalRequest&)>;

/// A server of one kind of socket: TCP for the page, or a unix-domain socket in the data folder for the verbs of this program.
class LocalServer {
 public:
  /// Error: cannot_listen, `where` says why.
  [[nodiscard]] static base::Result<std::unique_ptr<LocalServer>> create(boost::asio::io_context& io, const Listen& listen, LocalHandler handler,
                                                                         ServerPatience patience = {});
  /// On the name of a socket that only this user and root may connect to, from its first instant on: its requests are `own`. One that a killed gateway has
  /// left is replaced; a living one has to be ruled out before. Error: cannot_listen.
  [[nodiscard]] static base::Result<std::unique_ptr<LocalServer>> create_own(boost::asio::io_context& io, const std::string& path, LocalHandler handler,
                                                                             ServerPatience patience = {});
  ~LocalServer();
  LocalServer(const LocalServer&) = delete;
  LocalServer& operator=(const LocalServer&) = delete;
  /// 0 where it has none.
  [[nodiscard]] std::uint16_t port() const;
  [[nodiscard]] std::size_t connections() const;

 private:
  struct Kind;  ///< what is behind it, of one kind of socket
  template <class Protocol>
  struct Of;
  explicit LocalServer(std::unique_ptr<Kind> kind);
  std::unique_ptr<Kind> kind_;
};

}  // namespace anju::gateway
