#include "protocols/wire/envelope.hpp"

#include <doctest/doctest.h>

#include "protocols/wire/errc.hpp"

using namespace anju::wire;

namespace {
constexpr const char* kSecret = "000102030405060708090A0B0C0D0E0F101112131415161718191a1b1c1d1e1f";
constexpr const char* kTopic = "anju/v1/garden/gw-1/up";
constexpr const char* kBody = R"({"epoch":"e1","seq":1,"events":[]})";
}  // namespace

TEST_CASE("envelope: the code is HMAC-SHA-256 over topic, zero and body, with a key of one direction") {
  // Computed with Python's hmac module: hmac(hmac(secret, b"anju up"), topic + b"\0" + body), and the same for down.
  const auto keys = derive_keys(kSecret);
  REQUIRE(keys);
  CHECK(seal(keys->up, kTopic, kBody) ==
        std::string("d569fa2d8c867ab3686f4d596074c535b53b8261b93ee5c2cba943a66a03c572 ") + kBody);
  CHECK(seal(keys->down, kTopic, kBody) ==
        std::string("623eb9ef65117b8050461325dbca9b70ab3856195a378420fd4ca51279c0d88f ") + kBody);
}

TEST_CASE("envelope: the body comes back exactly, also when it is empty") {
  const auto keys = derive_keys(kSecret);
  REQUIRE(keys);
  for (const std::string& body : {std::string(kBody), std::string(), std::string("a\0b ", 4)}) {
    const std::string payload = seal(keys->up, kTopic, body);
    const auto opened = open(keys->up, kTopic, payload);
    REQUIRE(opened);
    CHECK(*opened == body);
  }
}

TEST_CASE("envelope: every changed character, another topic and the other direction are refused") {
  const auto keys = derive_keys(kSecret);
  REQUIRE(keys);
  const std::string payload = seal(keys->up, kTopic, kBody);
  for (std::size_t i = 0; i < payload.size(); ++i) {
    std::string changed = payload;
    changed[i] = changed[i] == '0' ? '1' : '0';
    CAPTURE(i);
    const auto opened = open(keys->up, kTopic, changed);
    REQUIRE_FALSE(opened);
    CHECK(opened.error().is(i == 64 ? Errc::bad_envelope : Errc::bad_mac));
  }
  CHECK(open(keys->up, "anju/v1/garden/gw-2/up", payload).error().is(Errc::bad_mac));
  CHECK(open(keys->down, kTopic, payload).error().is(Errc::bad_mac));
}

TEST_CASE("envelope: what has no code in front, or is too large, is refused before anything is computed") {
  const auto keys = derive_keys(kSecret);
  REQUIRE(keys);
  const std::string payload = seal(keys->up, kTopic, kBody);
  for (const std::string& bad : {std::string(), std::string(kBody), payload.substr(1), payload.substr(0, 64),
                                 "G" + payload.substr(1), std::string(65, ' '), " " + payload}) {
    CAPTURE(bad);
    CHECK(open(keys->up, kTopic, bad).error().is(Errc::bad_envelope));
  }
  CHECK(open(keys->up, kTopic, std::string(kMaxPayload + 1, '0')).error().is(Errc::too_large));
}

TEST_CASE("envelope: a key file holds 64 hex digits and nothing else") {
  for (const char* bad : {"", "00", "000102030405060708090A0B0C0D0E0F101112131415161718191a1b1c1d1e1g",
                          "000102030405060708090A0B0C0D0E0F101112131415161718191a1b1c1d1e1f00",
                          "00 0102030405060708090A0B0C0D0E0F101112131415161718191a1b1c1d1e "}) {
    CAPTURE(bad);
    const auto keys = derive_keys(bad);
    REQUIRE_FALSE(keys);
    CHECK(keys.error().is(Errc::bad_field));
    CHECK(keys.error().where == "key");
  }
}
