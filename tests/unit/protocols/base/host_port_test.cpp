#include "protocols/base/host_port.hpp"

#include <random>

#include <doctest/doctest.h>

#include "tests/unit/protocols/noise.hpp"

namespace anju::base {

TEST_CASE("host and port: names, addresses, with and without a port") {
  const struct {
    const char *text, *host;
    bool brackets;
    int port;  // -1: left out
  } cases[] = {
      {"broker.example:1883", "broker.example", false, 1883}, {"gw-1_a", "gw-1_a", false, -1},     {"127.0.0.1:0", "127.0.0.1", false, 0},
      {"[::1]:8090", "::1", true, 8090},                      {"[2001:db8::7]", "2001:db8::7", true, -1}, {"[::ffff:10.0.0.1]:65535", "::ffff:10.0.0.1", true, 65535},
      {"[fe80::1%eth0]:80", "fe80::1%eth0", true, 80},
  };
  for (const auto& one : cases) {
    CAPTURE(one.text);
    const auto parsed = parse_host_port(one.text);
    REQUIRE(parsed);
    CHECK(parsed->host == one.host);
    CHECK(parsed->brackets == one.brackets);
    CHECK((parsed->port ? int{*parsed->port} : -1) == one.port);
  }
  CHECK(parse_host_port(std::string(kLongestHost, 'a')));
}

TEST_CASE("host and port: what is wrong says whether it is the host or the port") {
  for (const char* host : {"", ":80", "a b", "a/b", "u@a", "a?b", "a\r\nX", "::1", "::1:80", "2001:db8::7", "a:1:2", "[::1", "[::1]x:1", "[::1]80", "[]", "[]:80", "[host]:80", "[127.0.0.1]:80",
                           "[::1%]:80", "::1]", "a]:80", "\xe8\x8a\xb1:80"}) {
    CAPTURE(host);
    const auto parsed = parse_host_port(host);
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().is(HostPortErrc::bad_host));
    CHECK_FALSE(parsed.error().where.empty());
  }
  for (const char* port : {"a:", "a:x", "a:80x", "a:-1", "a:+1", "a: 1", "a:65536", "a:99999999999999999999", "[::1]:"}) {
    CAPTURE(port);
    const auto parsed = parse_host_port(port);
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().is(HostPortErrc::bad_port));
  }
  CHECK_FALSE(parse_host_port(std::string(kLongestHost + 1, 'a')));
}

TEST_CASE("host and port: whatever bytes come, a host that is taken keeps a request on its line") {
  const auto seed = noise::seed();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  for (int i = 0; i < 20'000; ++i) {
    std::string text(random() % 40, ' ');
    for (auto& c : text) c = static_cast<char>(random() % 3 == 0 ? random() % 256 : "[]:.%-_a1"[random() % 9]);
    const auto parsed = parse_host_port(text);
    if (!parsed) continue;
    CHECK(parsed->host.find_first_of(" \r\n/@?#[]") == std::string::npos);
    const auto host = parsed->brackets ? "[" + parsed->host + "]" : parsed->host;
    CHECK(text.starts_with(host));  // nothing was lost or made up
    CHECK(parsed->port.has_value() == (text.size() > host.size()));
  }
}

}  // namespace anju::base
