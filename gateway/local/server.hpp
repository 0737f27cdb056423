#pragma once

// HTTP for the installer's page, on the gateway's own loop: a few connections, small requests, each answered at once by one function. Whoever is slow,
// large or wrong is cut off; the lines never wait for it.

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>

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

class LocalServer {
 public:
  /// Error: cannot_listen, `where` says why.
  [[nodiscard]] static base::Result<std::unique_ptr<LocalServer>> create(boost::asio::io_context& io, const Listen& listen, LocalHandler handler,
                                                                         ServerPatience patience = {});
  ~LocalServer();
  LocalServer(const LocalServer&) = delete;
  LocalServer& operator=(const LocalServer&) = delete;
  [[nodiscard]] std::uint16_t port() const;
  [[nodiscard]] std::size_t connections() const;

  struct Impl;  ///< what its connections share

 private:
  explicit LocalServer(std::shared_ptr<Impl> impl);
  std::shared_ptr<Impl> impl_;
};

}  // namespace anju::gateway
