#pragma once

// Performs what gateway/core decides: ports, timer and clock for a whole gateway, or for one line of an installer's
// verb. One thread, that of the io_context.

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "gateway/core/gateway.hpp"
#include "gateway/drivers/port.hpp"

namespace anju::gateway {

[[nodiscard]] base::UtcMillis system_now();

struct ShellHandlers {
  /// Has to make them durable before it returns, or keep them until it can.
  std::function<void(std::vector<wire::Event>)> events;
  std::function<void(const wire::LiveValues&)> live;
  std::function<void(const wire::CommandEvent&)> local;  ///< of local commands; may feed() further ones
  std::function<bool(const std::vector<base::DeviceId>&)> keep_test;  ///< as GatewayOutput::keep_test; without it no switch test opens anything
  std::function<void(const TestState&)> test;                ///< of the switch test; may feed()
  std::function<void(const wire::Archive&)> archive;
  std::function<void()> state_changed;
  std::function<void(const DeviceRemark&)> remark;
  std::function<void(const base::LineId&, const std::string& why)> port;  ///< why: empty when it opened
};

class GatewayShell {
 public:
  GatewayShell(boost::asio::io_context& io, Gateway& gateway, ShellHandlers handlers);
  void feed(GatewayEvent event);

 private:
  void perform(GatewayOutput out);
  void open(const PortChange& change);
  void arm();

  boost::asio::io_context& io_;
  Gateway& gateway_;
  ShellHandlers handlers_;
  std::map<base::LineId, std::unique_ptr<Port>> ports_;
  boost::asio::steady_timer timer_;
};

/// One line, asked synchronously: `read`.
class LineShell {
 public:
  explicit LineShell(const LineUri& uri);
  /// Waits until the port is open. Error: line_down, `where` says what to do.
  [[nodiscard]] base::Result<> open(std::chrono::milliseconds timeout = std::chrono::seconds(6));
  [[nodiscard]] Outcome exchange(Exchange exchange);

 private:
  void happen(LineEvent event);
  void arm();

  boost::asio::io_context io_;
  Line line_;
  std::unique_ptr<Port> port_;
  boost::asio::steady_timer timer_;
  std::string why_closed_;
  std::optional<Outcome> outcome_;
  std::uint64_t next_id_ = 1;
};

}  // namespace anju::gateway
