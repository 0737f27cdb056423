#include "protocols/wire/enrolment.hpp"

#include <doctest/doctest.h>

#include "protocols/wire/errc.hpp"

using namespace anju;
using namespace anju::wire;

namespace {

const std::string kKey(64, 'a');

std::string answer(const std::string& field, const std::string& value) {
  std::string text = R"({"site":"garden","gateway":"gw-1","key":")" + kKey + R"(","broker_url":"mqtts://b:8883","user":"gw-1","password":"ab12","ca":""})";
  const auto at = text.find("\"" + field + "\":");
  REQUIRE(at != std::string::npos);
  const auto begin = at + field.size() + 3;
  auto end = text.find("\",\"", begin);
  end = end == std::string::npos ? text.size() - 1 : end + 1;
  return text.replace(begin, end - begin, value);
}

}  // namespace

TEST_CASE("enrolment: a code is read as people type it") {
  for (const char* typed : {"ABCDE-23456", "abcde23456", " ABC DE-234 56 ", "a-b-c-d-e-2-3-4-5-6"}) {
    CAPTURE(typed);
    const auto code = read_code(typed);
    REQUIRE(code);
    CHECK(*code == "ABCDE23456");
  }
  CHECK(shown_code("ABCDE23456") == "ABCDE-23456");
}

TEST_CASE("enrolment: what is no code is refused, and so is every letter that looks like another") {
  for (const char* typed : {"", "ABCDE-2345", "ABCDE-234567", "ABCDE_23456", "ABCDE-2345\xe4", "0BCDE23456", "1BCDE23456", "IBCDE23456", "LBCDE23456", "OBCDE23456", "UBCDE23456"}) {
    CAPTURE(typed);
    const auto code = read_code(typed);
    REQUIRE_FALSE(code);
    CHECK(code.error().is(Errc::bad_field));
    CHECK(code.error().where == "code");
  }
  CHECK(read_code(std::string(100'000, '-')).error().is(Errc::bad_field));
}

TEST_CASE("enrolment: an answer comes back as it was, a certificate with its lines too") {
  const std::string ca = "-----BEGIN CERTIFICATE-----\n" + std::string(4000, 'x') + "\n-----END CERTIFICATE-----\n";
  const Enrolment sent{base::SiteId("garden"), base::GatewayId("gw-1"), kKey, "mqtts://broker:8883", "gw-1", "00ff", ca};
  const auto got = decode_enrolment(encode(sent));
  REQUIRE(got);
  CHECK(got->site.value == "garden");
  CHECK(got->gateway.value == "gw-1");
  CHECK(got->key == kKey);
  CHECK(got->broker_url == sent.broker_url);
  CHECK(got->user == "gw-1");
  CHECK(got->password == "00ff");
  CHECK(got->ca == ca);
  CHECK(decode_enrolment(answer("ca", "\"\"")));
}

TEST_CASE("enrolment: an answer that would write something else into a file is refused by the field's name") {
  struct Case {
    const char *field, *value;
  };
  for (const auto& [field, value] : {Case{"site", R"("a/b")"}, Case{"gateway", R"("../gw")"}, Case{"gateway", "7"}, Case{"key", R"("abc")"}, Case{"broker_url", R"("http://b")"},
                                     Case{"broker_url", R"("mqtt://b\"\nuser=")"}, Case{"user", R"("a\"b")"}, Case{"password", R"("a b")"}, Case{"ca", R"("hello")"}, Case{"ca", "1"}}) {
    CAPTURE(field);
    CAPTURE(value);
    const auto got = decode_enrolment(answer(field, value));
    REQUIRE_FALSE(got);
    CHECK(got.error().is(Errc::bad_field));
    CHECK(got.error().where == field);
  }
  CHECK(decode_enrolment("{}").error().is(Errc::missing_field));
  CHECK(decode_enrolment("<html>").error().is(Errc::not_json));
  CHECK(decode_enrolment(std::string(kMaxEnrolment + 1, ' ')).error().is(Errc::too_large));
}

TEST_CASE("enrolment: a pin is what the console and curl write") {
  const std::string good = "sha256//" + std::string(43, 'A') + "=";
  CHECK(is_pin(good));
  for (const std::string& bad : {std::string(), good.substr(8), good.substr(0, 51), good + "=", "sha256//" + std::string(44, 'A'), "sha256//" + std::string(42, 'A') + " =", "sha1//" + good.substr(8)}) {
    CAPTURE(bad);
    CHECK_FALSE(is_pin(bad));
  }
}
