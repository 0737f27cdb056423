#pragma once

// One connection to a transparent serial server; many of them accept only one. Private to this folder.

#include <boost/asio/ip/tcp.hpp>

#include "gateway/drivers/reopened_stream.hpp"

namespace anju::gateway {

/// A serial server that lost its power says nothing. After so long without a sign of life the connection counts as lost:
/// with bytes under way when none of them was acknowledged, on an idle one when it answered no probe. Long enough for the
/// pauses of a mobile network, short beside a reading's interval. Left alone, Linux repeats a request for 15 minutes
/// (tcp_retries2, 924.6 s) and asks an idle connection after two hours (tcp_keepalive_time).
/// Source: tcp(7); ip-sysctl of the kernel's documentation.
inline constexpr base::Millis kPeerSilent = base::seconds(30);
/// An idle connection is asked after kProbeAfter_s of silence, then every kProbeEvery_s; kProbes of them make kPeerSilent.
inline constexpr int kProbeAfter_s = 15, kProbeEvery_s = 5, kProbes = 3;
static_assert((kProbeAfter_s + kProbes * kProbeEvery_s) * 1000 == kPeerSilent.value);

class TcpStream final : public ReopenedStream<boost::asio::ip::tcp::socket> {
 public:
  TcpStream(boost::asio::io_context& io, TcpServer server, PortHandlers handlers)
      : ReopenedStream(io, std::move(handlers)), server_(std::move(server)), resolver_(io), deadline_(io) {}
  /// The serial server has its own settings.
  void set_format(const SerialFormat&) override {}
  void flush_input() override;

 private:
  void open() override;
  void close_stream(boost::system::error_code& error) override;
  [[nodiscard]] std::string explain(const boost::system::error_code& error) const;

  TcpServer server_;
  boost::asio::ip::tcp::resolver resolver_;
  boost::asio::steady_timer deadline_;
  std::uint64_t attempt_ = 0;
};

}  // namespace anju::gateway
