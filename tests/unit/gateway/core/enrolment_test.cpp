#include "gateway/core/enrolment.hpp"

#include <doctest/doctest.h>

#include "gateway/core/errc.hpp"
#include "gateway/core/toml_tree.hpp"

using namespace anju;
using namespace anju::gateway;

namespace {

wire::Enrolment answer() {
  return {base::SiteId("garden"), base::GatewayId("gw-1"), std::string(64, 'a'), "mqtts://broker:8883", "gw-1", "00ff", "-----BEGIN CERTIFICATE-----\n"};
}

const TomlValue* find(const TomlTable& table, std::string_view key) {
  for (const TomlMember& member : table)
    if (member.key == key) return &member.value;
  return nullptr;
}
std::string text(const TomlTable& table, std::string_view key) {
  const TomlValue* value = find(table, key);
  REQUIRE(value != nullptr);
  return std::get<std::string>(value->value);
}
TomlTable mqtt_of(const TomlTable& table) {
  const TomlValue* value = find(table, "mqtt");
  REQUIRE(value != nullptr);
  return std::get<TomlTable>(value->value);
}

}  // namespace

TEST_CASE("enrolment: the platform's address is read as people write it") {
  struct Case {
    const char* text;
    bool tls;
    const char* host;
    int port;
    bool loopback;
  };
  for (const auto& [text, tls, host, port, loopback] :
       {Case{"https://anju.example.com", true, "anju.example.com", 443, false}, Case{"https://anju.example.com:8080/", true, "anju.example.com", 8080, false},
        Case{"http://127.0.0.1:8080", false, "127.0.0.1", 8080, true}, Case{"http://localhost", false, "localhost", 80, true}, Case{"http://[::1]:8080", false, "::1", 8080, true},
        Case{"https://[2001:db8::7]", true, "2001:db8::7", 443, false}, Case{"http://127.evil.example", false, "127.evil.example", 80, false},
        Case{"http://10.0.0.1", false, "10.0.0.1", 80, false}}) {
    CAPTURE(text);
    const auto address = parse_platform(text);
    REQUIRE(address);
    CHECK(address->tls == tls);
    CHECK(address->host == host);
    CHECK(address->port == port);
    CHECK(is_loopback(*address) == loopback);
  }
}

TEST_CASE("enrolment: what is no address of a platform is refused with the rule") {
  for (const char* text : {"", "anju.example.com", "ftp://a", "https://", "https://a:0", "https://a:65536", "https://a:x", "https://a/b", "https://u@a", "https://a b", "https://a\r\nX: y",
                           "https://2001:db8::7", "https://[::1", "https://::1]", "https://[]", "https://:8080"}) {
    CAPTURE(text);
    const auto address = parse_platform(text);
    REQUIRE_FALSE(address);
    CHECK(address.error().is(Errc::bad_uri));
    CHECK_FALSE(address.error().where.empty());
  }
}

TEST_CASE("enrolment: the configuration is one that this program reads, whatever the paths") {
  for (const char* config : {"/etc/anju/gateway.toml", "/tmp/\"quoted\" \\ 花园\n/gateway.toml"}) {
    CAPTURE(config);
    const auto files = files_of(answer(), config, "");
    const auto table = parse_toml("gateway.toml", config_text(answer(), files));
    REQUIRE(table);
    CHECK(text(*table, "site") == "garden");
    CHECK(text(*table, "gateway") == "gw-1");
    CHECK(text(*table, "key_file") == files.key);
    CHECK(text(*table, "data") == "/var/lib/anju-gateway/gw-1");
    CHECK(table->size() == 5);
    const TomlTable mqtt = mqtt_of(*table);
    CHECK(text(mqtt, "url") == "mqtts://broker:8883");
    CHECK(text(mqtt, "user") == "gw-1");
    CHECK(text(mqtt, "password") == "00ff");
    CHECK(text(mqtt, "ca_file") == files.ca);
    CHECK(files.key.ends_with("/gw-1.key"));
  }
  auto bare = answer();
  bare.user = bare.password = bare.ca = "";
  const auto table = parse_toml("gateway.toml", config_text(bare, files_of(bare, "/etc/anju/gateway.toml", "/data")));
  REQUIRE(table);
  CHECK(text(mqtt_of(*table), "ca_file") == "/etc/ssl/certs/ca-certificates.crt");
  CHECK(mqtt_of(*table).size() == 2);
  CHECK(text(*table, "data") == "/data");
}

TEST_CASE("enrolment: what the platform may think better of is asked again, and all tries end before it forgets the box") {
  CHECK(step_after(200) == EnrolStep::done);
  for (const int status : {429, 500, 502, 503}) CHECK(step_after(status) == EnrolStep::again);
  for (const int status : {201, 301, 400, 403, 404, 409, 413}) CHECK(step_after(status) == EnrolStep::refused);
  std::int64_t all_s = 0;
  for (int attempt = 1; attempt < kMostEnrolTries; ++attempt) {
    CHECK(pause_before(attempt, 0) >= (attempt == 1 ? 2 : pause_before(attempt - 1, 0)));
    all_s += pause_before(attempt, 100'000);
  }
  CHECK(all_s + 20 * kMostEnrolTries < 600);
  CHECK(pause_before(-5, -5) == 2);
  CHECK(pause_before(1, 30) == 30);
}
