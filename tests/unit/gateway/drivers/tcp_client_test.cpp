#include "gateway/drivers/tcp_client.hpp"

#include <array>

#include <doctest/doctest.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <boost/asio/buffer.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>

#include "tests/unit/gateway/drivers/port_bench.hpp"

namespace anju::gateway::testing {
namespace {

using boost::asio::ip::tcp;

/// A serial server on a free port of the loopback.
class Server {
 public:
  explicit Server(boost::asio::io_context& io) : acceptor_(io, {boost::asio::ip::address_v4::loopback(), 0}), client_(io) {
    port_ = acceptor_.local_endpoint().port();
    accept();
  }
  [[nodiscard]] TcpServer uri() const { return {"127.0.0.1", port_, {}}; }
  [[nodiscard]] int accepted() const { return accepted_; }
  tcp::socket& client() { return client_; }
  void close_client() { client_.close(); }
  void stop() {
    close_client();
    acceptor_.close();
  }
  void listen_again() {
    acceptor_.open(tcp::v4());
    acceptor_.set_option(tcp::acceptor::reuse_address(true));
    acceptor_.bind({boost::asio::ip::address_v4::loopback(), port_});
    acceptor_.listen();
    accept();
  }

 private:
  void accept() {
    acceptor_.async_accept([this](boost::system::error_code error, tcp::socket client) {
      if (error) return;
      client_ = std::move(client);
      ++accepted_;
      accept();
    });
  }
  tcp::acceptor acceptor_;
  tcp::socket client_;
  std::uint16_t port_ = 0;
  int accepted_ = 0;
};

/// The driver's socket: the one whose peer is the server. -1: there is none.
int socket_to(std::uint16_t port) {
  for (int fd = 3; fd < 256; ++fd) {
    sockaddr_in peer{};
    socklen_t size = sizeof peer;
    if (::getpeername(fd, reinterpret_cast<sockaddr*>(&peer), &size) == 0 && peer.sin_family == AF_INET &&
        ntohs(peer.sin_port) == port) {
      return fd;
    }
  }
  return -1;
}

int option(int fd, int level, int name) {
  int value = -1;
  socklen_t size = sizeof value;
  CHECK(::getsockopt(fd, level, name, &value, &size) == 0);
  return value;
}

struct Connected {
  PortBench bench;
  Server server{bench.io};
  Connected() {
    bench.start(server.uri());
    REQUIRE(bench.wait([&] { return bench.opened == 1 && server.accepted() == 1; }));
  }
};

}  // namespace

TEST_CASE("tcp client: bytes pass both ways") {
  Connected line;
  line.bench.write("request");
  line.bench.write("!");
  std::array<char, 8> heard{};
  bool whole = false;
  boost::asio::async_read(line.server.client(), boost::asio::buffer(heard),
                          [&](boost::system::error_code error, std::size_t) { whole = !error; });
  REQUIRE(line.bench.wait([&] { return whole; }));
  CHECK(std::string_view(heard.data(), heard.size()) == "request!");
  boost::asio::write(line.server.client(), boost::asio::buffer("reply", 5));
  CHECK(line.bench.wait([&] { return line.bench.received == "reply"; }));
  CHECK(line.bench.reasons.empty());
}

TEST_CASE("tcp client: what lies unread is no answer to the next request") {
  Connected line;
  boost::asio::write(line.server.client(), boost::asio::buffer("stale", 5));
  pollfd readable{socket_to(line.server.uri().port), POLLIN, 0};
  REQUIRE(::poll(&readable, 1, 10'000) == 1);
  line.bench.port->perform(FlushInput{});
  boost::asio::write(line.server.client(), boost::asio::buffer("fresh", 5));
  CHECK(line.bench.wait([&] { return line.bench.received.size() >= 5; }));
  CHECK(line.bench.received == "fresh");
}

TEST_CASE("tcp client: a lost connection is said and opened again by itself") {
  Connected line;
  line.server.close_client();
  REQUIRE(line.bench.wait([&] { return line.bench.opened == 2 && line.server.accepted() == 2; }));
  REQUIRE(line.bench.reasons.size() == 1);
  CHECK(line.bench.last_reason_has("the port was lost"));
  boost::asio::write(line.server.client(), boost::asio::buffer("back", 4));
  CHECK(line.bench.wait([&] { return line.bench.received == "back"; }));
}

TEST_CASE("tcp client: a connection that lost its place is closed by the line's word and opened again, also of Modbus TCP") {
  PortBench bench;
  Server server(bench.io);
  bench.start(ModbusServer{"127.0.0.1", server.uri().port});
  REQUIRE(bench.wait([&] { return bench.opened == 1 && server.accepted() == 1; }));
  bench.port->perform(Reopen{"no such talk"});
  REQUIRE(bench.wait([&] { return bench.opened == 2 && server.accepted() == 2; }));
  REQUIRE(bench.reasons.size() == 1);
  CHECK(bench.reasons[0] == "no such talk");
}

TEST_CASE("tcp client: a server that is gone is tried until it is back, and the reason is said once") {
  Connected line;
  line.server.stop();
  REQUIRE(line.bench.wait([&] { return line.bench.reasons.size() == 2; }));
  CHECK(line.bench.reasons[0].find("the port was lost") != std::string::npos);
  CHECK(line.bench.last_reason_has("refuses the connection: is another program connected to it?"));
  CHECK(line.bench.last_reason_has("127.0.0.1:" + std::to_string(line.server.uri().port)));
  line.server.listen_again();
  CHECK(line.bench.wait([&] { return line.bench.opened == 2; }));
  CHECK(line.bench.reasons.size() == 2);
}

TEST_CASE("tcp client: a peer that says nothing any more is lost after half a minute, idle or asked") {
  const Connected line;
  const int fd = socket_to(line.server.uri().port);
  REQUIRE(fd >= 0);
  CHECK(option(fd, SOL_SOCKET, SO_KEEPALIVE) == 1);
  CHECK(option(fd, IPPROTO_TCP, TCP_KEEPIDLE) == 15);
  CHECK(option(fd, IPPROTO_TCP, TCP_KEEPINTVL) == 5);
  CHECK(option(fd, IPPROTO_TCP, TCP_KEEPCNT) == 3);
  CHECK(option(fd, IPPROTO_TCP, TCP_USER_TIMEOUT) == 30'000);
  CHECK(option(fd, IPPROTO_TCP, TCP_NODELAY) == 1);
}

TEST_CASE("tcp client: more bytes than a line can have waiting mean that the port hangs") {
  Connected line;
  line.bench.write(kMostUnwritten);
  CHECK(line.bench.reasons.empty());
  line.bench.write(1);
  REQUIRE(line.bench.wait([&] { return !line.bench.reasons.empty(); }));
  CHECK(line.bench.last_reason_has("takes no more bytes"));
  CHECK(line.bench.wait([&] { return line.bench.opened == 2; }));
}

TEST_CASE("port: a destroyed one closes its connection and calls nobody") {
  Connected line;
  boost::asio::write(line.server.client(), boost::asio::buffer("late", 4));
  line.bench.port.reset();
  bool closed = false;
  std::array<char, 1> none{};
  line.server.client().async_read_some(boost::asio::buffer(none),
                                       [&](boost::system::error_code error, std::size_t) { closed = bool(error); });
  CHECK(line.bench.wait([&] { return closed; }));
  CHECK(line.bench.received.empty());
  CHECK(line.bench.reasons.empty());
  CHECK(line.bench.opened == 1);
}

}  // namespace anju::gateway::testing
