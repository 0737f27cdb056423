#include "gateway/local/message.hpp"

#include <random>

#include <doctest/doctest.h>

#include "gateway/local/listen.hpp"
#include "gateway/local/network.hpp"

namespace anju::gateway::testing {

TEST_CASE("message: a target is a path and plain names with values; anything else is none") {
  const auto target = parse_target("/api/devices?line=l1&from=50&search=");
  REQUIRE(target);
  CHECK(target->path == "/api/devices");
  CHECK(target->query.at("line") == "l1");
  CHECK(target->query.at("from") == "50");
  CHECK(target->query.at("search").empty());
  for (const char* wrong : {"", "api", "*", "http://evil/", "/a b", "/a%00", "/?x", "/?a=b&c", "/?a=%31", "/\x01", "/?a=b#c"}) {
    INFO(wrong);
    CHECK(!parse_target(wrong));
  }
  CHECK(parse_target("/" + std::string(kMostTarget - 1, 'a')));
  CHECK(!parse_target("/" + std::string(kMostTarget, 'a')));
}

TEST_CASE("message: a cookie is found among others, by its whole name") {
  CHECK(cookie_of("anju_local=ab", "anju_local") == "ab");
  CHECK(cookie_of("a=1; anju_local=ab; b=2", "anju_local") == "ab");
  CHECK(cookie_of("xanju_local=no; anju_local2=no;anju_local=ab", "anju_local") == "ab");
  for (const char* none : {"", "anju_local", "anju_localx=1", ";;;", "=ab", "a=anju_local=b"}) CHECK(cookie_of(none, "anju_local").empty());
}

TEST_CASE("message: the host is an address or a name that nobody can own in the internet") {
  for (const char* ours : {"192.168.1.7:8090", "192.168.1.7", "[fe80::1]:8090", "[::1]", "localhost:8090", "gw-1", "gw-1.local", "box.lan:80", "gw.home.arpa"}) {
    INFO(ours);
    CHECK(is_local_host(ours));
  }
  for (const char* foreign : {"", "evil.com", "evil.com:8090", "192.168.1.7.evil.com", "local.evil.com", "evil.com:", "gw:x", "[evil.com]:80", "[::1", "[]", "a b", "192.168.1.7:8090:1"}) {
    INFO(foreign);
    CHECK(!is_local_host(foreign));
  }
}

TEST_CASE("message: any bytes are taken without harm") {
  std::mt19937 random(20261122);
  for (int i = 0; i < 20'000; ++i) {
    std::string text(random() % 60, ' ');
    for (auto& c : text) c = static_cast<char>(random() % 4 == 0 ? "/?&=;:[].%"[random() % 10] : static_cast<char>(random() % 256));
    if (const auto target = parse_target("/" + text)) CHECK(target->path.starts_with('/'));
    (void)cookie_of(text, "a");
    (void)is_local_host(text);
    (void)parse_listen(text);
    (void)signal_of(text, "wlan0");
  }
}

TEST_CASE("listen: an address of this machine and a port") {
  const auto four = parse_listen("0.0.0.0:8090"), six = parse_listen("[::]:0");
  REQUIRE(four);
  CHECK(four->address == "0.0.0.0");
  CHECK(four->port == 8090);
  REQUIRE(six);
  CHECK(six->address == "::");
  for (const char* wrong : {"", "8090", ":8090", "0.0.0.0", "0.0.0.0:", "0.0.0.0:65536", "0.0.0.0:-1", "0.0.0.0:80x", "localhost:8090", "::1:80", "[0.0.0.0]:80", "256.0.0.1:80"}) {
    INFO(wrong);
    const auto listen = parse_listen(wrong);
    REQUIRE(!listen);
    CHECK(listen.error().is(ListenErrc::bad_listen));
  }
}

TEST_CASE("network: the signal of a wireless interface, also where the driver writes a byte") {
  // /proc/net/wireless of Linux 6.1; the second line as older drivers write the level.
  const std::string text =
      "Inter-| sta-|   Quality        |   Discarded packets               | Missed | WE\n"
      " face | tus | link level noise |  nwid  crypt   frag  retry   misc | beacon | 22\n"
      " wlan0: 0000   54.  -56.  -256        0      0      0      0     72        0\n"
      " wlan1: 0000   54.  200.  0        0      0      0      0     72        0\n"
      " wlan2: 0000   54.  0.  0        0      0      0      0     72        0\n";
  CHECK(signal_of(text, "wlan0") == -56);
  CHECK(signal_of(text, "wlan1") == -56);
  CHECK(signal_of(text, "wlan2") == std::nullopt);
  CHECK(signal_of(text, "wlan") == std::nullopt);
  CHECK(signal_of("", "wlan0") == std::nullopt);
}

}  // namespace anju::gateway::testing
