// The socket in the data folder on which this program's own verbs ask: whose it is, and what is told of its requests.

#include "gateway/local/server.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <utility>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/write.hpp>
#include <doctest/doctest.h>

namespace anju::gateway::testing {
namespace {

namespace asio = boost::asio;
using unix_socket = asio::local::stream_protocol;

struct Folder {
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "anju-own-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path = name;
  }
  ~Folder() { std::filesystem::remove_all(path); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string path;
};

LocalHandler handler() {
  return [](const LocalRequest& request) { return LocalResponse{200, "text/plain", request.own ? "own" : "foreign", {}}; };
}

/// One request and its answer, with the server's loop run in between.
template <class Protocol>
std::string ask(asio::io_context& io, const typename Protocol::endpoint& endpoint) {
  typename Protocol::socket socket(io);
  socket.connect(endpoint);
  asio::write(socket, asio::buffer(std::string("GET /api/x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")));
  std::string heard;
  for (int i = 0; i < 1000 && heard.find("\r\n\r\n") == std::string::npos; ++i) {
    io.run_for(std::chrono::milliseconds(5));
    io.restart();
    boost::system::error_code failed;
    socket.non_blocking(true);
    char bytes[4096];
    const auto count = socket.read_some(asio::buffer(bytes), failed);
    heard.append(bytes, count);
  }
  return heard.substr(heard.find("\r\n\r\n") + 4);
}

}  // namespace

TEST_CASE("own socket: nobody else may connect, from its first instant on, and it goes with its server") {
  const Folder folder;
  const auto path = folder.path + "/local.sock";
  asio::io_context io;
  const auto before = ::umask(0);
  auto server = LocalServer::create_own(io, path, handler());
  ::umask(before);
  REQUIRE(server);
  struct stat facts {};
  REQUIRE(::stat(path.c_str(), &facts) == 0);
  CHECK(S_ISSOCK(facts.st_mode));
  CHECK((facts.st_mode & 07777) == 0600);
  CHECK((*server)->port() == 0);
  server->reset();
  CHECK_FALSE(std::filesystem::exists(path));
}

TEST_CASE("own socket: its requests are told from those of the network") {
  const Folder folder;
  const auto path = folder.path + "/local.sock";
  asio::io_context io;
  auto own = LocalServer::create_own(io, path, handler());
  auto page = LocalServer::create(io, {"127.0.0.1", 0}, handler());
  REQUIRE(own);
  REQUIRE(page);
  CHECK(ask<unix_socket>(io, unix_socket::endpoint(path)) == "own");
  CHECK(ask<asio::ip::tcp>(io, {asio::ip::address_v4::loopback(), (*page)->port()}) == "foreign");
}

TEST_CASE("own socket: what a killed gateway left is replaced, a folder that is not there and a name that is too long are errors") {
  const Folder folder;
  const auto path = folder.path + "/local.sock";
  asio::io_context io;
  {
    unix_socket::acceptor killed(io, unix_socket::endpoint(path));  // its name stays behind
  }
  REQUIRE(std::filesystem::exists(path));
  auto server = LocalServer::create_own(io, path, handler());
  REQUIRE(server);
  CHECK(ask<unix_socket>(io, unix_socket::endpoint(path)) == "own");
  const auto nowhere = LocalServer::create_own(io, folder.path + "/none/local.sock", handler());
  REQUIRE_FALSE(nowhere);
  CHECK(nowhere.error().is(ListenErrc::cannot_listen));
  CHECK(nowhere.error().where.starts_with(folder.path + "/none/local.sock: "));
  CHECK_FALSE(LocalServer::create_own(io, folder.path + "/" + std::string(108, 'a'), handler()));
}

}  // namespace anju::gateway::testing
