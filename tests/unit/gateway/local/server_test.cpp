// The page's HTTP on loopback: what is asked wrongly, slowly or too much must end with its connection and nothing else.

#include "gateway/local/server.hpp"

#include <sys/socket.h>

#include <atomic>
#include <cstdlib>
#include <memory>
#include <random>
#include <thread>
#include <vector>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <doctest/doctest.h>

namespace anju::gateway::testing {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using std::chrono::milliseconds;

const std::string kGood = "GET /api/x HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";

class Server {
 public:
  explicit Server(ServerPatience patience = {}) {
    auto created = LocalServer::create(io_, {"127.0.0.1", 0}, [this](const LocalRequest& request) {
      ++asked;
      return LocalResponse{200, "application/json", "{\"path\":\"" + request.path + "\",\"body\":" + std::to_string(request.body.size()) + "}", {}};
    }, patience);
    REQUIRE(created);
    server_ = std::move(*created);
    port = server_->port();
    thread_ = std::thread([this] { io_.run(); });
  }
  ~Server() {
    asio::post(io_, [this] { server_.reset(); });
    thread_.join();  // every connection ends: nothing is left to run
  }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  std::uint16_t port = 0;
  std::atomic<int> asked{0};

 private:
  asio::io_context io_;
  std::unique_ptr<LocalServer> server_;
  std::thread thread_;
};

class Client {
 public:
  explicit Client(std::uint16_t port) : socket_(io_) {
    socket_.connect({asio::ip::address_v4::loopback(), port});
    timeval patience{5, 0};
    ::setsockopt(socket_.native_handle(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  }
  /// False: the other side has closed.
  bool send(std::string_view bytes) {
    boost::system::error_code failed;
    asio::write(socket_, asio::buffer(bytes.data(), bytes.size()), failed);
    return !failed;
  }
  void finish() {
    boost::system::error_code ignored;
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
  }
  /// One answer with its body; what came until the end where there is none.
  std::string answer() {
    while (true) {
      if (const auto head = heard_.find("\r\n\r\n"); head != std::string::npos) {
        const auto at = heard_.find("Content-Length: ");
        const std::size_t length = at < head ? std::strtoull(heard_.c_str() + at + 16, nullptr, 10) : 0;
        if (heard_.size() >= head + 4 + length) {
          auto one = heard_.substr(0, head + 4 + length);
          heard_.erase(0, one.size());
          return one;
        }
      }
      if (!more()) return std::exchange(heard_, {});
    }
  }
  /// Everything up to the end of the connection; false when it did not end in five seconds.
  bool ends() {
    while (more()) {}
    return ended_;
  }
  [[nodiscard]] const std::string& heard() const { return heard_; }

 private:
  bool more() {
    char bytes[4096];
    // Blocking, unlike Asio's own read, which would wait again when the time is over.
    const auto count = ::recv(socket_.native_handle(), bytes, sizeof bytes, 0);
    if (count > 0) heard_.append(bytes, static_cast<std::size_t>(count));
    ended_ = ended_ || count == 0 || (count < 0 && errno == ECONNRESET);
    return count > 0;
  }
  asio::io_context io_;
  tcp::socket socket_;
  std::string heard_;
  bool ended_ = false;
};

std::string status(const std::string& answer) {
  return answer.starts_with("HTTP/1.") ? answer.substr(9, 3) : "none";
}

}  // namespace

TEST_CASE("server: a connection answers one request after the other, with the headers that keep a browser from guessing") {
  Server server;
  Client client(server.port);
  REQUIRE(client.send(kGood + "POST /api/y HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"));
  const auto first = client.answer();
  CHECK(status(first) == "200");
  CHECK(first.ends_with("{\"path\":\"/api/x\",\"body\":0}"));
  CHECK(first.find("Content-Security-Policy: default-src 'self'; object-src 'none'") != std::string::npos);
  CHECK(first.find("unsafe-inline") == std::string::npos);
  CHECK(first.find("X-Content-Type-Options: nosniff") != std::string::npos);
  CHECK(first.find("Cache-Control: no-store") != std::string::npos);
  CHECK(client.answer().ends_with("{\"path\":\"/api/y\",\"body\":3}"));
}

TEST_CASE("server: what is wrong is told so where it can be, and nobody is asked") {
  struct Case {
    const char* name;
    std::string bytes;
    const char* status;
  };
  const Case cases[]{
      {"no HTTP", "hello\r\n\r\n", "400"},
      {"TLS", std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xFC\x03\x03\r\n\r\n", 15), "400"},
      {"no such version", "GET / HTTP/9.9\r\n\r\n", "400"},
      {"two lengths", "POST / HTTP/1.1\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", "400"},
      {"negative length", "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", "400"},
      {"bad chunk", "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "400"},
      {"bad header", "GET / HTTP/1.1\r\nno colon\r\n\r\n", "400"},
      {"other method", "DELETE /api/x HTTP/1.1\r\nHost: a\r\n\r\n", "405"},
      {"CONNECT", "CONNECT evil.com:80 HTTP/1.1\r\nHost: a\r\n\r\n", "405"},
      {"foreign target", "GET http://evil.com/ HTTP/1.1\r\nHost: a\r\n\r\n", "404"},
      {"escapes", "GET /%2e%2e/etc HTTP/1.1\r\nHost: a\r\n\r\n", "404"},
      {"long target", "GET /" + std::string(2000, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n", "404"},
      {"long header", "GET / HTTP/1.1\r\nX: " + std::string(9000, 'a') + "\r\n\r\n", "431"},
      {"endless header", "GET / HTTP/1.1\r\nX: " + std::string(20'000, 'a'), "431"},
      {"long body", "POST / HTTP/1.1\r\nContent-Length: 16385\r\n\r\n" + std::string(16'385, 'a'), "413"},
      {"endless body", "POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n", "413"},
      {"long chunks", "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5000\r\n" + std::string(0x5000, 'a') + "\r\n0\r\n\r\n", "413"},
  };
  Server server;
  for (const auto& one : cases) {
    INFO(one.name);
    Client client(server.port);
    (void)client.send(one.bytes);
    CHECK(status(client.answer()) == one.status);
  }
  CHECK(server.asked == 0);
  Client client(server.port);
  REQUIRE(client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 16384\r\n\r\n" + std::string(16'384, 'a')));
  CHECK(client.answer().ends_with("\"body\":16384}"));
}

TEST_CASE("server: who sends slowly, or nothing, is cut off in time, however often a byte comes") {
  Server server({milliseconds(400), milliseconds(400), milliseconds(100)});
  for (const std::string& begun : {std::string(), std::string("GET /"), kGood.substr(0, kGood.size() - 2), std::string("POST / HTTP/1.1\r\nContent-Length: 100\r\n\r\nabc")}) {
    Client client(server.port);
    const auto began = std::chrono::steady_clock::now();
    REQUIRE(client.send(begun));
    CHECK(client.ends());
    CHECK(std::chrono::steady_clock::now() - began < milliseconds(4000));
  }
  Client dripping(server.port);
  const auto began = std::chrono::steady_clock::now();
  REQUIRE(dripping.send("GET / HTTP/1.1\r\nX: "));
  while (dripping.send("a") && std::chrono::steady_clock::now() - began < milliseconds(5000)) std::this_thread::sleep_for(milliseconds(50));
  CHECK(std::chrono::steady_clock::now() - began < milliseconds(4500));
  CHECK(server.asked == 0);
}

namespace {

/// As many as the server keeps; the first was heard of last.
std::vector<std::unique_ptr<Client>> fill(Server& server) {
  std::vector<std::unique_ptr<Client>> silent;
  for (std::size_t i = 0; i < kMostConnections; ++i) {
    silent.push_back(std::make_unique<Client>(server.port));
    REQUIRE(silent.back()->send(kGood));
    REQUIRE(status(silent.back()->answer()) == "200");
  }
  REQUIRE(silent.front()->send(kGood));
  REQUIRE(status(silent.front()->answer()) == "200");
  return silent;
}

constexpr milliseconds kLong = std::chrono::hours(1);

}  // namespace

TEST_CASE("server: the seventeenth connection waits for nobody while the others are in use") {
  Server server({kLong, kLong, kLong});
  const auto silent = fill(server);
  Client late(server.port);
  (void)late.send(kGood);
  CHECK(late.ends());
  CHECK(late.heard().empty());
}

TEST_CASE("server: of connections that are not in use any more the one that kept silent longest makes room") {
  Server server({kLong, kLong, milliseconds(0)});
  const auto silent = fill(server);
  Client later(server.port);
  REQUIRE(later.send(kGood));
  CHECK(status(later.answer()) == "200");
  CHECK(silent[1]->ends());
  REQUIRE(silent[0]->send(kGood));
  CHECK(status(silent[0]->answer()) == "200");
}

TEST_CASE("server: garbage of all kinds, and it still answers") {
  const char* given = std::getenv("ANJU_SEED");
  const auto seed = given == nullptr ? std::random_device()() : static_cast<unsigned>(std::strtoul(given, nullptr, 10));
  MESSAGE("ANJU_SEED=", seed);
  std::mt19937 random(seed);
  Server server({milliseconds(500), milliseconds(500), milliseconds(0)});
  const std::string parts[]{"GET ", "POST ", "/", "/api/state", " HTTP/1.1", "\r\n", "\r\n\r\n", "Content-Length: ", "Transfer-Encoding: chunked", "Cookie: anju_local=", "Host: a", "0", "99", ":", "\n", std::string(1, '\0')};
  for (int i = 0; i < 300; ++i) {
    Client client(server.port);
    std::string bytes;
    for (auto piece = random() % 12; piece > 0; --piece) {
      if (random() % 4 == 0) {
        for (auto j = random() % 40; j > 0; --j) bytes += static_cast<char>(random() % 256);
      } else {
        bytes += parts[random() % std::size(parts)];
      }
    }
    (void)client.send(bytes);
    client.finish();
    CHECK(client.ends());
  }
  Client client(server.port);
  REQUIRE(client.send(kGood));
  CHECK(status(client.answer()) == "200");
}

TEST_CASE("server: a port that is taken is an error that names it") {
  Server server;
  asio::io_context io;
  const auto second = LocalServer::create(io, {"127.0.0.1", server.port}, [](const LocalRequest&) { return LocalResponse{}; });
  REQUIRE(!second);
  CHECK(second.error().is(ListenErrc::cannot_listen));
  CHECK(second.error().where.find(std::to_string(server.port)) != std::string::npos);
}

}  // namespace anju::gateway::testing
