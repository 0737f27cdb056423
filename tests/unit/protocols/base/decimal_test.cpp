#include "protocols/base/decimal.hpp"

#include <doctest/doctest.h>

#include <limits>

#include "protocols/base/errc.hpp"
#include "protocols/base/money.hpp"

using namespace anju::base;

TEST_CASE("decimal: text and units agree exactly") {
  struct Row {
    const char* text;
    int decimals;
    std::int64_t units;
    const char* written;  // with at least two decimals
  };
  for (const Row& row : {Row{"0", 6, 0, "0.00"}, Row{"23.11", 6, 23'110'000, "23.11"}, Row{"-3.32", 6, -3'320'000, "-3.32"},
                         Row{"0.000001", 6, 1, "0.000001"}, Row{"-0.5", 4, -5000, "-0.50"},
                         Row{"152.3000", 4, 1'523'000, "152.30"}, Row{"0.55830", 5, 55'830, "0.5583"}}) {
    CAPTURE(row.text);
    const auto units = parse_decimal(row.text, row.decimals);
    REQUIRE(units);
    CHECK(*units == row.units);
    CHECK(format_decimal(*units, row.decimals, 2) == row.written);
  }
  CHECK(format_decimal(std::numeric_limits<std::int64_t>::min(), 6, 2) == "-9223372036854.775808");
}

TEST_CASE("decimal: what is not exact is refused, not rounded") {
  struct Row {
    const char* text;
    Errc errc;
  };
  for (const Row& row :
       {Row{"", Errc::not_a_decimal}, Row{"-", Errc::not_a_decimal}, Row{"1.", Errc::not_a_decimal},
        Row{".5", Errc::not_a_decimal}, Row{"1e3", Errc::not_a_decimal}, Row{"+1", Errc::not_a_decimal},
        Row{" 1", Errc::not_a_decimal}, Row{"1,5", Errc::not_a_decimal}, Row{"0.0000001", Errc::too_many_decimals},
        Row{"9007199254.740992", Errc::out_of_range}, Row{"99999999999999999999999", Errc::out_of_range}}) {
    CAPTURE(row.text);
    const auto money = parse_money(row.text);
    REQUIRE_FALSE(money);
    CHECK(money.error().is(row.errc));
  }
}
