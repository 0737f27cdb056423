#include "protocols/cjt188/abbreviation.hpp"

#include <doctest/doctest.h>

using namespace anju::cjt188;

TEST_CASE("cjt188 address: an abbreviated one agrees in the first bytes of the wire and has AA behind them") {
  const Address meter = Address::parse("78330011223344").value();
  for (const char* text : {"AAAAAAAAAAAAAA", "AAAAAAAAAAAA44", "AA330011223344", "78330011223344"}) CHECK(abbreviates(Address::parse(text).value(), meter));
  for (const char* text : {"AAAAAAAAAA3345", "783300AA223344", "7833001122AAAA", "AAAAAAAAAAAA45"}) CHECK_FALSE(abbreviates(Address::parse(text).value(), meter));
}
