#include "protocols/base/bytes.hpp"

#include <doctest/doctest.h>

#include "protocols/base/errc.hpp"
#include "protocols/base/id.hpp"

using namespace anju::base;

TEST_CASE("bytes: hex text is read with blanks and refused when it is not whole") {
  CHECK(to_hex(from_hex("fe 68 0A").value()) == "FE680A");
  CHECK(from_hex("").value().empty());
  for (const char* bad : {"F", "FE 6 8", "0x68", "FG"}) {
    CAPTURE(bad);
    REQUIRE_FALSE(from_hex(bad));
    CHECK(from_hex(bad).error().is(Errc::not_hex));
  }
}

TEST_CASE("bytes: BCD is low byte first, and a nibble above 9 is no number") {
  CHECK(decode_bcd(from_hex("78563412").value()).value() == 12345678);
  CHECK(to_hex(encode_bcd(12345678, 4).value()) == "78563412");
  CHECK(to_hex(encode_bcd(7, 2).value()) == "0700");
  for (const char* bad : {"0A", "A0", "FFFFFFFF", "00FA"}) {
    CAPTURE(bad);
    CHECK(decode_bcd(from_hex(bad).value()).error().is(Errc::not_bcd));
  }
  CHECK(encode_bcd(100, 1).error().is(Errc::out_of_range));
  CHECK(encode_bcd(-1, 1).error().is(Errc::out_of_range));
}

TEST_CASE("id: what does not fit a topic is no id") {
  CHECK(DeviceId::parse("m-001", "device").value().value == "m-001");
  for (const char* bad : {"", "a/b", "a+b", "#", "a b", "\xe5\xae\x89", "01234567890123456789012345678901234567890123456789012345678901234"}) {
    CAPTURE(bad);
    CHECK(DeviceId::parse(bad, "device").error().is(Errc::bad_id));
  }
}
