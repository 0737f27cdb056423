#pragma once

// The timer between a Line and its descriptor: hands on what the master wrote, and wakes up when the next bytes of the
// meters have arrived.

#include <cstdint>
#include <functional>
#include <utility>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "firmware-sim/devices/line.hpp"
#include "firmware-sim/ports/port_clock.hpp"

namespace anju::sim {

class LinePlayer {
 public:
  using Transmit = std::function<void(base::ByteView)>;

  /// transmit: what the master receives now. It must not wait; what a full buffer does not take is lost, as on a wire.
  LinePlayer(boost::asio::io_context& loop, Line& line, const PortClock& clock, Transmit transmit)
      : timer_(loop), line_(line), clock_(clock), transmit_(std::move(transmit)) {}

  void received(base::ByteView bytes, std::uint32_t master_baud) {
    line_.on_master_bytes(bytes, clock_.now_us(), master_baud);
    play();
  }

 private:
  void play() {
    const base::Bytes arrived = line_.advance(clock_.now_us());
    if (!arrived.empty()) transmit_(arrived);
    const auto next_us = line_.next_event_us();
    if (!next_us) return;
    timer_.expires_at(clock_.at(*next_us));
    timer_.async_wait([this](const boost::system::error_code& cancelled) {
      if (!cancelled) play();
    });
  }

  boost::asio::steady_timer timer_;
  Line& line_;
  const PortClock& clock_;
  Transmit transmit_;
};

}  // namespace anju::sim
