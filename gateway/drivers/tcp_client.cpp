#include "gateway/drivers/tcp_client.hpp"

#include <array>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <boost/asio/connect.hpp>

namespace anju::gateway {
namespace {

void watch_peer(boost::asio::ip::tcp::socket& socket) {
  using boost::asio::detail::socket_option::integer;
  boost::system::error_code ignored;
  socket.set_option(boost::asio::socket_base::keep_alive(true), ignored);
  socket.set_option(integer<IPPROTO_TCP, TCP_KEEPIDLE>(kProbeAfter_s), ignored);
  socket.set_option(integer<IPPROTO_TCP, TCP_KEEPINTVL>(kProbeEvery_s), ignored);
  socket.set_option(integer<IPPROTO_TCP, TCP_KEEPCNT>(kProbes), ignored);
  // Probes pause while bytes are under way; this is what ends those.
  socket.set_option(integer<IPPROTO_TCP, TCP_USER_TIMEOUT>(static_cast<int>(kPeerSilent.value)), ignored);
}

}  // namespace

std::string TcpStream::explain(const boost::system::error_code& error) const {
  const auto place = server_.host + ":" + std::to_string(server_.port);
  if (error == boost::asio::error::operation_aborted) return place + " does not answer: check address, cable and power";
  if (error == boost::asio::error::connection_refused)
    return place + " refuses the connection: is another program connected to it?";
  return "cannot connect to " + place + ": " + error.message();
}

void TcpStream::open() {
  const auto attempt = ++attempt_;
  auto self = std::static_pointer_cast<TcpStream>(shared_from_this());
  deadline_.expires_after(std::chrono::milliseconds(kConnectTimeout.value));
  deadline_.async_wait([self, attempt](boost::system::error_code error) {
    if (error || attempt != self->attempt_ || self->is_open()) return;
    self->resolver_.cancel();
    boost::system::error_code ignored;
    self->stream_.close(ignored);  // the connect ends with operation_aborted
  });
  resolver_.async_resolve(
      server_.host, std::to_string(server_.port),
      [self, attempt](boost::system::error_code error, boost::asio::ip::tcp::resolver::results_type places) {
        if (attempt != self->attempt_ || self->stopped_) return;
        if (error) return self->failed(self->explain(error));
        boost::asio::async_connect(
            self->stream_, places,
            [self, attempt](boost::system::error_code failure, const boost::asio::ip::tcp::endpoint&) {
              if (attempt != self->attempt_ || self->stopped_) return;
              self->deadline_.cancel();
              if (failure) return self->failed(self->explain(failure));
              boost::system::error_code ignored;
              self->stream_.set_option(boost::asio::ip::tcp::no_delay(true), ignored);
              watch_peer(self->stream_);
              self->succeeded();
            });
      });
}

void TcpStream::close_stream(boost::system::error_code& error) {
  ++attempt_;
  resolver_.cancel();
  deadline_.cancel();
  stream_.close(error);
}

void TcpStream::flush_input() {
  std::array<std::byte, 512> stale;
  while (stream_.is_open() && ::recv(stream_.native_handle(), stale.data(), stale.size(), MSG_DONTWAIT) > 0) {
  }
}

}  // namespace anju::gateway
