// Addresses of meters as one number.

#include "platform/domain/meter_address.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <random>
#include <set>

#include "platform/domain/store.hpp"
#include "protocols/wire/down.hpp"

using namespace anju;
using namespace anju::platform;

TEST_CASE("meter address: what the wire takes for one comes back as it was, in upper case") {
  struct Row {
    const char *dialect, *text, *stored;
  };
  for (const auto& [dialect, text, stored] : {Row{"dlt645-2007", "000000000000", "000000000000"}, Row{"dlt645-1997", "999999999999", "999999999999"},
                                              Row{"mqtt", "202311000777", "202311000777"}, Row{"cjt188", "00000000000000", "00000000000000"},
                                              Row{"cjt188", "ffffffffffffff", "FFFFFFFFFFFFFF"}, Row{"cjt188", "33780012345a0b", "33780012345A0B"},
                                              Row{"modbus", "1", "1"}, Row{"modbus", "247", "247"}}) {
    CAPTURE(text);
    REQUIRE(wire::is_address(dialect, text));
    const auto address = MeterAddress::parse(text);
    REQUIRE(address);
    CHECK(address->text() == stored);
    CHECK(MeterAddress::parse(stored) == address);
  }
}

TEST_CASE("meter address: texts that differ by more than case are different addresses") {
  std::set<std::string> texts;
  std::vector<MeterAddress> all;
  // The same value with another count of digits: a unit, a number of DL/T645 and one of CJ/T188 on one line.
  for (const char* text : {"1", "01", "001", "000000000001", "00000000000001", "10", "000000000010", "00000000000010", "A", "00000000000A00"}) {
    all.push_back(*MeterAddress::parse(text));
    texts.insert(all.back().text());
  }
  CHECK(texts.size() == all.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::size_t j = 0; j < all.size(); ++j) CHECK((all[i] == all[j]) == (i == j));
    CHECK_FALSE(all[i] == MeterAddress());
  }
}

TEST_CASE("meter address: no address has no text, and what is none is refused") {
  CHECK(MeterAddress().text().empty());
  for (const char* text : {"", "G", "1 ", " 1", "-1", "+1", "0x1", "~00000000007", "12345678901g", "000000000000000"}) {
    CAPTURE(text);
    CHECK_FALSE(MeterAddress::parse(text));
  }
  CHECK_FALSE(MeterAddress::parse(std::string_view("12\0", 3)));
}

TEST_CASE("meter address: any digits come back, and any bytes are answered") {
  const char* given = std::getenv("ANJU_SEED");
  std::mt19937_64 random(given != nullptr ? std::strtoull(given, nullptr, 10) : 188);
  constexpr std::string_view kHex = "0123456789ABCDEF";
  for (int i = 0; i < 20'000; ++i) {
    std::string digits(1 + random() % MeterAddress::kMostDigits, '0'), bytes(random() % 20, '\0');
    for (char& c : digits) c = kHex[random() % kHex.size()];
    for (char& c : bytes) c = static_cast<char>(random() % 256);
    const auto address = MeterAddress::parse(digits);
    REQUIRE(address);
    REQUIRE(address->text() == digits);
    const auto any = MeterAddress::parse(bytes);
    const bool hex = !bytes.empty() && bytes.size() <= MeterAddress::kMostDigits &&
                     bytes.find_first_not_of("0123456789ABCDEFabcdef") == std::string::npos;
    REQUIRE(any.has_value() == hex);
  }
}
