#include "firmware-sim/ports/tcp_port.hpp"

#include <array>
#include <optional>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "firmware-sim/ports/line_player.hpp"
#include "firmware-sim/ports/listen.hpp"

namespace anju::sim {
namespace {

using boost::asio::ip::tcp;
using boost::system::error_code;

class TcpPort final : public PacedPort {
 public:
  TcpPort(boost::asio::io_context& loop, tcp::acceptor acceptor, Line& line, const PortClock& clock)
      : acceptor_(std::move(acceptor)),
        line_(line),
        player_(loop, line, clock, [this](base::ByteView bytes) { transmit(bytes); }) {
    accept();
  }

  [[nodiscard]] std::string where() const override {
    error_code ignored;
    const tcp::endpoint local = acceptor_.local_endpoint(ignored);
    return local.address().to_string() + ":" + std::to_string(local.port());
  }

 private:
  void accept() {
    acceptor_.async_accept([this](const error_code& error, tcp::socket socket) {
      if (error == boost::asio::error::operation_aborted) return;
      if (!error && !master_) {
        error_code ignored;
        socket.set_option(tcp::no_delay(true), ignored);
        socket.non_blocking(true, ignored);
        master_ = std::move(socket);
        read();
      }
      accept();  // a second master's socket closes here
    });
  }

  void read() {
    master_->async_read_some(boost::asio::buffer(buffer_), [this](const error_code& error, std::size_t count) {
      if (error == boost::asio::error::operation_aborted) return;
      if (error) {
        master_.reset();
        return;
      }
      player_.received(std::as_bytes(std::span(buffer_).first(count)), line_.baud());
      read();
    });
  }

  void transmit(base::ByteView bytes) {
    if (!master_) return;
    error_code lost;  // nobody reads: the buffer is full and the rest is lost, as on a wire
    master_->write_some(boost::asio::buffer(bytes.data(), bytes.size()), lost);
  }

  tcp::acceptor acceptor_;
  std::optional<tcp::socket> master_;
  Line& line_;
  LinePlayer player_;
  std::array<char, 1024> buffer_{};
};

}  // namespace

base::Result<std::unique_ptr<PacedPort>> open_tcp_port(boost::asio::io_context& loop, const std::string& address,
                                                       std::uint16_t port, Line& line, const PortClock& clock) {
  auto acceptor = listen(loop, {address, port});
  if (!acceptor) return base::pass(acceptor);
  return std::make_unique<TcpPort>(loop, std::move(*acceptor), line, clock);
}

}  // namespace anju::sim
