#pragma once

// A port under test: what it reported, and waiting for that with a limit. Ports live in real time; a wait ends with the
// event, so only a failing test takes long.

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include "gateway/drivers/port.hpp"

namespace anju::gateway::testing {

class PortBench {
 public:
  boost::asio::io_context io;
  int opened = 0;
  std::vector<std::string> reasons;  ///< of every `closed`
  std::string received;
  std::unique_ptr<Port> port;

  void start(const LineUri& uri) {
    PortHandlers handlers;
    handlers.opened = [this] { ++opened; };
    handlers.closed = [this](std::string why) { reasons.push_back(std::move(why)); };
    handlers.received = [this](const base::Bytes& bytes) {
      received.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    };
    port = create_port(io, uri, std::move(handlers));
    port->start();
  }
  void write(std::string_view text) {
    const auto* bytes = reinterpret_cast<const std::byte*>(text.data());
    port->perform(Write{base::Bytes(bytes, bytes + text.size())});
  }
  void write(std::size_t count) { port->perform(Write{base::Bytes(count)}); }

  /// Runs until `done` holds, ten seconds at most; false when it does not.
  template <class Done>
  [[nodiscard]] bool wait(Done done) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (!done() && std::chrono::steady_clock::now() < end) io.run_one_until(end);
    return done();
  }
  [[nodiscard]] bool last_reason_has(std::string_view text) const {
    return !reasons.empty() && reasons.back().find(text) != std::string::npos;
  }

 private:
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_{io.get_executor()};
};

}  // namespace anju::gateway::testing
