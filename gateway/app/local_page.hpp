#pragma once

// Wires the installer's page to a running gateway: the file of its PIN, the server on the gateway's loop, and what the core gives out; and the same for
// the verbs of this program, on a socket in the data folder, whether the page is served or not.

#include <functional>
#include <memory>
#include <string>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "gateway/app/config.hpp"
#include "gateway/app/shell.hpp"
#include "gateway/local/routes.hpp"

namespace anju::gateway {

/// Where the PIN of the page lies in a data folder, mode 0600.
[[nodiscard]] std::string pin_file(const std::string& data_folder);
/// Draws one where there is none, or none that can be read; fresh: in any case. Error: bad_config (the file cannot be written).
[[nodiscard]] base::Result<std::string> keep_pin(const std::string& data_folder, bool fresh);

class LocalPage {
 public:
  LocalPage(boost::asio::io_context& io, const Config& config, const Gateway& gateway, GatewayShell& shell, std::function<LocalFacts()> facts);
  ~LocalPage();
  LocalPage(const LocalPage&) = delete;
  LocalPage& operator=(const LocalPage&) = delete;

  /// Listens; to the network not where that is turned off by an empty `listen`. No other gateway runs on the data folder: the status server has ruled that out.
  /// A port that is taken, or a PIN that cannot be kept, is logged and leaves the page out: the lines matter more.
  void start();
  /// Where it is served; empty: it is not.
  [[nodiscard]] const std::string& served() const { return served_; }
  [[nodiscard]] LocalRoutes& routes() { return routes_; }

 private:
  void tick_later();
  void listen();
  void listen_own();
  [[nodiscard]] LocalResponse answer(const LocalRequest& request);

  boost::asio::io_context& io_;
  boost::asio::steady_timer tick_;
  bool ticking_ = false;
  std::string data_, listen_;
  LocalRoutes routes_;
  std::unique_ptr<class LocalServer> server_, own_;
  std::string served_;
};

}  // namespace anju::gateway
