#include "protocols/cjt188/metering.hpp"

#include <doctest/doctest.h>

using namespace anju::cjt188;
using anju::base::Bytes;
using anju::base::CivilTime;
using anju::base::from_hex;
using anju::base::Quantity;
using anju::base::to_hex;

namespace {

Bytes bytes(std::string_view hex) {
  return from_hex(hex).value();
}

// The value of the vector "metering data reply 556677.00 m3".
constexpr const char* kLong = "007766552C 007766552C 31012211051520 2184";

}  // namespace

TEST_CASE("cjt188 metering: the published reply gives its totals, time and status") {
  const Metering metering = decode_metering(bytes(kLong)).value();
  CHECK(metering.total == Quantity(5'566'770'000));
  CHECK(metering.settle_day_total == Quantity(5'566'770'000));
  CHECK(metering.time == CivilTime{2015, 5, 11, 22, 1, 31});
  CHECK(metering.status == StatusWord{{0x21, 0x84}});
  CHECK(text_of(*metering.time) == "2015-05-11T22:01:31");
  CHECK(to_hex(encode_metering(metering).value()) == to_hex(bytes(kLong)));
}

TEST_CASE("cjt188 metering: seven zero bytes are a clock that was never set, so there is no time") {
  // cnblogs.com/cj94/p/18534598: 2.00 m3, status 00 FF.
  const Metering metering = decode_metering(bytes("000200002C 000200002C 00000000000000 00FF")).value();
  CHECK(metering.total == Quantity(20'000));
  CHECK_FALSE(metering.time.has_value());
  CHECK(metering.status == StatusWord{{0x00, 0xFF}});
  CHECK(to_hex(encode_metering(metering).value()) == "000200002C000200002C0000000000000000FF");
}

TEST_CASE("cjt188 metering: the short form has a total and nothing else") {
  const Metering metering = decode_metering(bytes("785634122C01")).value();
  CHECK(metering.total == Quantity(1'234'567'800));
  CHECK_FALSE(metering.settle_day_total.has_value());
  CHECK_FALSE(metering.time.has_value());
  CHECK_FALSE(metering.status.has_value());
  CHECK(metering.short_form_byte == 1);
  CHECK(to_hex(encode_metering(metering).value()) == "785634122C01");
}

TEST_CASE("cjt188 metering: every pair of nibbles is read as two decimal digits or refused, in every place of the register") {
  for (unsigned value = 0; value < 256; ++value) {
    for (std::size_t place = 0; place < 4; ++place) {
      Bytes five = bytes("000000002C");
      five[place] = static_cast<std::byte>(value);
      const auto read = decode_register(five);
      const unsigned high = value >> 4, low = value & 15;
      CAPTURE(value);
      REQUIRE(read.has_value() == (high <= 9 && low <= 9));
      if (!read) {
        CHECK(read.error().is(Errc::not_bcd));
        continue;
      }
      std::int64_t expected = high * 10 + low;
      for (std::size_t i = 0; i < place; ++i) expected *= 100;
      CHECK(*read == Quantity(expected * 100));
    }
  }
}

TEST_CASE("cjt188 metering: what does not fit is an error that names the bytes, never a number") {
  struct Case {
    const char* value;
    Errc errc;
    const char* where;
  };
  for (const auto& c : {
           Case{"00776655 2C 00776655 2C 31012211051520 21", Errc::unexpected_length,
                "007766552C007766552C3101221105152021: 18 bytes for 901F"},
           Case{"", Errc::unexpected_length, ": 0 bytes for 901F"},
           Case{"00776655 2C", Errc::unexpected_length, "007766552C: 5 bytes for 901F"},
           Case{"007A6655 2C 00", Errc::not_bcd, "007A6655"},
           Case{"FFFFFFFF 2C 00", Errc::no_value, "FFFFFFFF2C"},
           Case{"FFFFFFFF FF FF", Errc::no_value, "FFFFFFFFFF"},
           Case{"00776655 2D 00", Errc::unknown_unit, "unit 2D"},
           Case{"00776655 29 00", Errc::unexpected_unit, "unit 29 (L)"},
           Case{"00776655 05 00", Errc::unexpected_unit, "unit 05 (kWh)"},
           Case{"00776655 2C 00776F55 2C 31012211051520 2184", Errc::not_bcd, "00776F55"},
           Case{"00776655 2C 00776655 35 31012211051520 2184", Errc::unexpected_unit, "unit 35 (m3/h)"},
           Case{"00776655 2C 00776655 2C 31012211131520 2184", Errc::bad_time, "time 31012211131520"},
           Case{"00776655 2C 00776655 2C 31012230021520 2184", Errc::bad_time, "time 31012230021520"},
           Case{"00776655 2C 00776655 2C 60012211051520 2184", Errc::bad_time, "time 60012211051520"},
           Case{"00776655 2C 00776655 2C 3101221105152A 2184", Errc::bad_time, "time 3101221105152A"},
           Case{"00776655 2C 00776655 2C 31012211052015 2184", Errc::bad_time, "time 31012211052015"},  // the year's bytes swapped
           Case{"00776655 2C 00776655 2C FFFFFFFFFFFFFF 2184", Errc::bad_time, "time FFFFFFFFFFFFFF"},
       }) {
    CAPTURE(c.value);
    const auto refused = decode_metering(bytes(c.value));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().is(c.errc));
    CHECK(refused.error().where == c.where);
  }
}

TEST_CASE("cjt188 metering: a clock that shows nonsense does not hide the total") {
  const Bytes value = bytes("007766552C 007766552C 31012211131520 2184");
  CHECK(decode_metering(value).error().is(Errc::bad_time));
  CHECK(decode_total(value).value() == Quantity(5'566'770'000));
  CHECK(decode_total(bytes("785634122C01")).value() == Quantity(1'234'567'800));
  CHECK(decode_total(bytes("785634122C")).error().is(Errc::unexpected_length));
  CHECK(decode_total(bytes("78563A122C01")).error().is(Errc::not_bcd));
}

TEST_CASE("cjt188 metering: a meter without a settlement day leaves it FF, and that is no number and no failure") {
  const Metering metering = decode_metering(bytes("007766552C FFFFFFFFFF 31012211051520 2184")).value();
  CHECK(metering.total == Quantity(5'566'770'000));
  CHECK_FALSE(metering.settle_day_total.has_value());
}

TEST_CASE("cjt188 metering: a register is written as the meter shows it, cut and not rounded, within its eight digits") {
  CHECK(to_hex(encode_register(Quantity(0)).value()) == "000000002C");
  CHECK(to_hex(encode_register(Quantity(199)).value()) == "010000002C");
  CHECK(to_hex(encode_register(Quantity(9'999'999'999)).value()) == "999999992C");
  CHECK(encode_register(Quantity(10'000'000'000)).error().is(Errc::out_of_range));
  CHECK(encode_register(Quantity(-1)).error().is(Errc::out_of_range));
  CHECK(decode_register(bytes("999999992C")).value() == kMaxRegister);
  CHECK(decode_register(bytes("99999999")).error().is(Errc::bad_length));
}

TEST_CASE("cjt188 metering: what neither form can hold is refused before it is sent") {
  CHECK(encode_metering({.total = Quantity(1), .settle_day_total = Quantity(1), .time = {}, .status = {}}).error().is(Errc::out_of_range));
  const CivilTime time{2026, 11, 22, 12, 0, 0};
  CHECK(encode_metering({.total = Quantity(1), .settle_day_total = {}, .time = time, .status = {}}).error().is(Errc::out_of_range));
  for (const CivilTime& bad : {CivilTime{2026, 2, 29, 0, 0, 0}, CivilTime{1999, 12, 31, 23, 59, 59}, CivilTime{2100, 1, 1, 0, 0, 0}}) {
    CHECK(encode_metering({.total = {}, .settle_day_total = {}, .time = bad, .status = StatusWord{}}).error().is(Errc::bad_time));
  }
  CHECK(encode_metering({.total = Quantity(-1), .settle_day_total = {}, .time = {}, .status = {}}).error().is(Errc::out_of_range));
}

TEST_CASE("cjt188 unit: m3 and the others of the standard have names, an unknown code has none") {
  CHECK(unit_name(0x2C) == "m3");
  CHECK(unit_name(0x05) == "kWh");
  CHECK_FALSE(unit_name(0x2D).has_value());
  CHECK_FALSE(unit_name(0xFF).has_value());
}
