#include "protocols/mqtt/url.hpp"

#include <doctest/doctest.h>

#include "protocols/mqtt/client.hpp"

using namespace anju::mqtt;

TEST_CASE("mqtt url: host and port, with their defaults") {
  struct Row {
    const char* text;
    bool tls;
    const char* host;
    int port;
  };
  for (const Row& row :
       {Row{"mqtt://127.0.0.1:1883", false, "127.0.0.1", 1883}, Row{"mqtt://broker", false, "broker", 1883},
        Row{"mqtts://broker.example/", true, "broker.example", 8883},
        Row{"mqtts://broker:65535", true, "broker", 65535}, Row{"mqtt://[::1]:2000", false, "[::1]", 2000}}) {
    CAPTURE(row.text);
    const auto url = parse_url(row.text);
    REQUIRE(url);
    CHECK(url->tls == row.tls);
    CHECK(url->host == row.host);
    CHECK(url->port == row.port);
  }
}

TEST_CASE("mqtt url: everything else is bad_url") {
  for (const char* text : {"", "broker:1883", "tcp://broker:1883", "http://broker", "mqtt://", "mqtt://:1883",
                           "mqtt://a:0", "mqtt://a:65536", "mqtt://a:x", "mqtt://a:", "mqtt://u:p@a:1", "mqtt://a/b",
                           "mqtt://[::1", "mqtt://[::1]x:1"}) {
    CAPTURE(text);
    const auto url = parse_url(text);
    REQUIRE_FALSE(url);
    CHECK(url.error().is(Errc::bad_url));
  }
}

TEST_CASE("mqtt client: TLS files are checked before anything is connected, and named") {
  const auto refused = [](const char* url, Tls tls) {
    Options options;
    options.url = url;
    options.tls = std::move(tls);
    auto client = Client::create(options, {}, {}, {});
    REQUIRE_FALSE(client);
    return client.error();
  };
  CHECK(refused("mqtts://a", {}).is(Errc::tls_files));
  CHECK(refused("mqtts://a", {"/nowhere/ca.pem", "", ""}).where.find("/nowhere/ca.pem") != std::string::npos);
  CHECK(refused("mqtts://a", {"/etc/hostname", "/etc/hostname", ""}).is(Errc::tls_files));
  CHECK(refused("mqtt://a", {"/etc/hostname", "", ""}).is(Errc::bad_url));
}
