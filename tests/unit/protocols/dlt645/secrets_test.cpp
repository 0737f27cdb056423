#include "protocols/dlt645/secrets.hpp"

#include <string>

#include <doctest/doctest.h>

#include "protocols/dlt645/message.hpp"

using namespace anju;
using namespace anju::dlt645;

namespace {

/// "..**": a star for each secret byte of the data field and the checksum of this frame; preamble, address and end have none.
std::string secrets_of(int control, std::string_view data) {
  const Frame frame{Address::parse("000000000161").value(), static_cast<std::uint8_t>(control), base::from_hex(data).value()};
  const auto bytes = encode(frame, 2).value();
  const auto secret = secret_bytes(bytes);
  REQUIRE(secret.size() == bytes.size());
  std::string shown;
  for (std::size_t i = 0; i < secret.size(); ++i) {
    const bool inside = i >= 12 && i + 1 < secret.size();
    if (!inside) CHECK_FALSE(secret[i]);
    if (inside) shown += secret[i] ? '*' : '.';
  }
  return shown;
}

}  // namespace

TEST_CASE("secrets: the password's bytes and the checksum, and nothing else, of every frame that carries one") {
  struct Row {
    const char* name;
    int control;
    const char *data, *secret;
  };
  const Row rows[] = {
      {"read", 0x11, "00010000", "....."},
      {"its answer", 0x91, "0001000012345678", "........."},
      {"write", 0x14, "0201000402AABBCC01020304123456", ".....***.......*"},
      {"relay", 0x1C, "02AABBCC010203041A00235912312026", ".***............*"},
      {"clear", 0x1A, "02AABBCC01020304", ".***....*"},
      {"clear demand", 0x19, "02AABBCC01020304", ".***....*"},
      {"clear events", 0x1B, "02AABBCC01020304FFFFFFFF", ".***........*"},
      {"change the password", 0x18, "040C000402AABBCC02DDEEFF", ".....***.****"},
      {"its answer", 0x98, "02DDEEFF", ".****"},
      {"security", 0x03, "0102030405", "******"},
      {"1997: write", 0x04, "10C0AABBCCDD1234", "..****..*"},
      {"1997: change the password", 0x0F, "02AABBCC02DDEEFF", ".***.****"},
      {"refused", 0xDC, "04", ".."},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    std::string expected(row.secret);
    CHECK(secrets_of(row.control, row.data) == expected);
  }
}

TEST_CASE("secrets: a frame that is cut short, damaged or an echo hides its password all the same") {
  const Frame frame{Address::parse("000000000161").value(), 0x1C, base::from_hex("02AABBCC010203041A00235912312026").value()};
  const auto whole = encode(frame, 0).value();
  for (std::size_t length = 12; length <= whole.size(); ++length) {
    CAPTURE(length);
    const auto secret = secret_bytes(base::ByteView(whole).first(length));
    for (std::size_t i = 11; i < std::min<std::size_t>(length, 14); ++i) CHECK(secret[i]);
  }
  auto twice = whole;
  twice[whole.size() - 2] ^= std::byte{1};
  twice.insert(twice.end(), whole.begin(), whole.end());
  const auto secret = secret_bytes(twice);
  for (const std::size_t from : {std::size_t{11}, whole.size() + 11}) {
    for (std::size_t i = 0; i < 3; ++i) CHECK(secret[from + i]);
  }
  CHECK(secret_bytes({}).empty());
}
