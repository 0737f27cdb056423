#include "protocols/mqtt/no_delay.hpp"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>

#include "protocols/mqtt/client.hpp"
#include "protocols/mqtt/url.hpp"
#include "tests/unit/mqtt/broker.hpp"

using namespace anju;

namespace {

int no_delay_of(int socket) {
  int value = -1;
  socklen_t size = sizeof value;
  return getsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &value, &size) == 0 ? value : -1;
}

}  // namespace

TEST_CASE("no delay: set for connections to the broker's port only") {
  const int server = socket(AF_INET, SOCK_STREAM, 0), client = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in at{};
  at.sin_family = AF_INET;
  at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof at;
  REQUIRE(bind(server, reinterpret_cast<sockaddr*>(&at), sizeof at) == 0);
  REQUIRE(listen(server, 1) == 0);
  REQUIRE(getsockname(server, reinterpret_cast<sockaddr*>(&at), &size) == 0);
  REQUIRE(connect(client, reinterpret_cast<sockaddr*>(&at), sizeof at) == 0);
  const int accepted = accept(server, nullptr, nullptr);
  REQUIRE(accepted >= 0);

  CHECK(no_delay_of(client) == 0);
  mqtt::set_no_delay(ntohs(at.sin_port));
  CHECK(no_delay_of(client) == 1);
  CHECK(no_delay_of(accepted) == 0);
  for (const int socket : {accepted, client, server}) close(socket);
  CHECK(mqtt::sockets_to(ntohs(at.sin_port)).empty());
}

TEST_CASE("no delay: holds for a client's connection to the broker") {
  if (test::Broker::program().empty()) return;
  test::Broker broker;
  std::atomic<bool> connected = false;
  mqtt::Options options;
  options.url = broker.url();
  options.client_id = "quick";
  options.backoff_least_ms = 20;
  options.backoff_most_ms = 200;
  const mqtt::Handlers handlers{[&connected] {
                                  connected = true;
                                  connected.notify_one();
                                },
                                [](const std::string&) {}, [](std::string_view, std::string_view, bool) {}};
  auto client = mqtt::Client::create(options, {}, handlers, {});
  REQUIRE(client);
  (*client)->start();
  connected.wait(false);
  const auto sockets = mqtt::sockets_to(mqtt::parse_url(broker.url())->port);
  REQUIRE(sockets.size() == 1);
  CHECK(no_delay_of(sockets.front()) == 1);
}
