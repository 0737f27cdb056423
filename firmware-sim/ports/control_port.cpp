#include "firmware-sim/ports/control_port.hpp"

#include <istream>
#include <string>
#include <utility>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/write.hpp>

#include "firmware-sim/ports/control.hpp"
#include "firmware-sim/ports/listen.hpp"

namespace anju::sim {
namespace {

using boost::asio::ip::tcp;
using boost::system::error_code;

/// What the connections share. It outlives them: the port owns it, and the loop is not run after the port has gone.
struct Shared {
  Site& site;
  std::vector<Station>& stations;
  const PortClock& clock;
  std::function<void()> on_quit;
  int connections = 0;
};

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(tcp::socket socket, std::shared_ptr<Shared> shared)
      : socket_(std::move(socket)), shared_(std::move(shared)), buffer_(kMaxControlLine) {
    ++shared_->connections;
  }
  ~Connection() { --shared_->connections; }

  void read() {
    boost::asio::async_read_until(socket_, buffer_, '\n',
                                  [self = shared_from_this()](const error_code& error, std::size_t) {
                                    if (!error) self->answer();  // else: gone, or a line that was too long
                                  });
  }

 private:
  void answer() {
    std::istream stream(&buffer_);
    std::string line;
    std::getline(stream, line);
    ControlAnswer answer = answer_control(shared_->site, shared_->stations, line, shared_->clock.now());
    answer_ = std::move(answer.line) + "\n";
    const auto written = [self = shared_from_this(), quit = answer.quit](const error_code& error, std::size_t) {
      if (quit) return self->shared_->on_quit();
      if (!error) self->read();
    };
    boost::asio::async_write(socket_, boost::asio::buffer(answer_), written);
  }

  tcp::socket socket_;
  std::shared_ptr<Shared> shared_;
  boost::asio::streambuf buffer_;
  std::string answer_;
};

class TcpControlPort final : public ControlPort {
 public:
  TcpControlPort(tcp::acceptor acceptor, Site& site, std::vector<Station>& stations, const PortClock& clock,
                 std::function<void()> on_quit)
      : acceptor_(std::move(acceptor)), shared_(std::make_shared<Shared>(Shared{site, stations, clock, std::move(on_quit)})) {
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
      if (!error && shared_->connections < kMaxControlConnections) {
        std::make_shared<Connection>(std::move(socket), shared_)->read();
      }
      accept();
    });
  }

  tcp::acceptor acceptor_;
  std::shared_ptr<Shared> shared_;
};

}  // namespace

base::Result<std::unique_ptr<ControlPort>> open_control_port(boost::asio::io_context& loop, const std::string& where,
                                                             Site& site, std::vector<Station>& stations, const PortClock& clock,
                                                             std::function<void()> on_quit) {
  const auto endpoint = parse_endpoint(where);
  if (!endpoint) return base::pass(endpoint);
  auto acceptor = listen(loop, *endpoint);
  if (!acceptor) return base::pass(acceptor);
  return std::make_unique<TcpControlPort>(std::move(*acceptor), site, stations, clock, std::move(on_quit));
}

}  // namespace anju::sim
