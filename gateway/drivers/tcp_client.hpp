#pragma once

// One connection to a transparent serial server; many of them accept only one. Private to this folder.

#include <boost/asio/ip/tcp.hpp>

#include "gateway/drivers/reopened_stream.hpp"

namespace anju::gateway {

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
