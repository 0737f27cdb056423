#include "protocols/modbus/value.hpp"

#include <doctest/doctest.h>

#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <random>

#include "protocols/base/decimal.hpp"
#include "tests/unit/protocols/noise.hpp"

using namespace anju::modbus;

namespace {

using Registers = std::vector<std::uint16_t>;

std::string decoded(Type type, Order order, const Registers& registers, Ratio ratio = {}) {
  const auto value = decode_value(type, order, registers, ratio);
  return value ? std::to_string(*value) : std::string(value.error().code);
}
std::string encoded(Type type, Order order, std::int64_t value, std::int64_t scale = 1) {
  const auto registers = encode_value(type, order, value, scale);
  if (!registers) return std::string(registers.error().code);
  std::string text;
  for (const std::uint16_t one : *registers) {
    char hex[5];
    std::snprintf(hex, sizeof hex, "%04X", one);
    text += hex;
  }
  return text;
}

Registers of_float(float value) {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  return {static_cast<std::uint16_t>(bits >> 16), static_cast<std::uint16_t>(bits & 0xFFFF)};
}
Registers of_double(double value) {
  const auto bits = std::bit_cast<std::uint64_t>(value);
  return {static_cast<std::uint16_t>(bits >> 48), static_cast<std::uint16_t>(bits >> 32 & 0xFFFF), static_cast<std::uint16_t>(bits >> 16 & 0xFFFF),
          static_cast<std::uint16_t>(bits & 0xFFFF)};
}

constexpr std::array kOrders{Order::abcd, Order::badc, Order::cdab, Order::dcba};
constexpr std::array kTypes{Type::u16, Type::i16, Type::u32, Type::i32, Type::u48, Type::u64, Type::i64, Type::float32, Type::float64, Type::bcd16, Type::bcd32};

}  // namespace

TEST_CASE("value: the four orders of 01020304, and the same two rules for longer and shorter values") {
  const auto number = std::to_string(0x01020304);
  CHECK(decoded(Type::u32, Order::abcd, {0x0102, 0x0304}) == number);
  CHECK(decoded(Type::u32, Order::badc, {0x0201, 0x0403}) == number);
  CHECK(decoded(Type::u32, Order::cdab, {0x0304, 0x0102}) == number);
  CHECK(decoded(Type::u32, Order::dcba, {0x0403, 0x0201}) == number);
  const auto longer = std::to_string(0x0001020304050607);
  CHECK(decoded(Type::u64, Order::abcd, {0x0001, 0x0203, 0x0405, 0x0607}) == longer);
  CHECK(decoded(Type::u64, Order::badc, {0x0100, 0x0302, 0x0504, 0x0706}) == longer);
  CHECK(decoded(Type::u64, Order::cdab, {0x0607, 0x0405, 0x0203, 0x0001}) == longer);
  CHECK(decoded(Type::u64, Order::dcba, {0x0706, 0x0504, 0x0302, 0x0100}) == longer);
  CHECK(decoded(Type::u48, Order::cdab, {0x0506, 0x0304, 0x0102}) == std::to_string(0x010203040506));
  CHECK(decoded(Type::u16, Order::abcd, {0x0102}) == std::to_string(0x0102));
  CHECK(decoded(Type::u16, Order::dcba, {0x0201}) == std::to_string(0x0102));
}

TEST_CASE("value: signs") {
  CHECK(decoded(Type::i16, Order::abcd, {0xFFFF}) == "-1");
  CHECK(decoded(Type::u16, Order::abcd, {0xFFFF}) == "65535");
  CHECK(decoded(Type::i16, Order::abcd, {0x8000}) == "-32768");
  CHECK(decoded(Type::i32, Order::abcd, {0x8000, 0}) == "-2147483648");
  CHECK(decoded(Type::i64, Order::abcd, {0xFFFF, 0xFFFF, 0xFFFF, 0xFFFE}) == "-2");
  CHECK(decoded(Type::i64, Order::abcd, {0x8000, 0, 0, 0}) == "out_of_range");
  CHECK(decoded(Type::u64, Order::abcd, {0x8000, 0, 0, 0}) == "out_of_range");
}

TEST_CASE("value: the 48-bit energy counter of meters.md 3.2 is high x 2^32 + low") {
  CHECK(decoded(Type::u48, Order::abcd, {0x0001, 0x0000, 0x0002}, {100, 1}) == std::to_string((4294967296 + 2) * 100));
}

TEST_CASE("value: BCD digits are decimal, and nothing else") {
  CHECK(decoded(Type::bcd16, Order::abcd, {0x1234}) == "1234");
  CHECK(decoded(Type::bcd32, Order::abcd, {0x0012, 0x3456}) == "123456");
  CHECK(decoded(Type::bcd32, Order::cdab, {0x3456, 0x0012}) == "123456");
  CHECK(decoded(Type::bcd16, Order::abcd, {0x123A}) == "not_bcd");
  CHECK(decoded(Type::bcd32, Order::abcd, {0xFFFF, 0xFFFF}) == "not_bcd");
}

TEST_CASE("value: a floating-point register becomes a whole number of the asked unit, to the nearest, halves away from zero") {
  CHECK(decoded(Type::float32, Order::abcd, {0x4366, 0x3334}, {10, 1}) == "2302");  // 230.2 V in 0.1 V
  CHECK(decoded(Type::float32, Order::dcba, {0x3433, 0x6643}, {10, 1}) == "2302");
  CHECK(decoded(Type::float32, Order::dcba, {0x1E85, 0x0B3F}, {1000, 1}) == "545");  // 0.545 m3/h of the Xintai water meter's protocol paper
  CHECK(decoded(Type::float32, Order::abcd, of_float(0.5F)) == "1");
  CHECK(decoded(Type::float32, Order::abcd, of_float(-0.5F)) == "-1");
  CHECK(decoded(Type::float32, Order::abcd, of_float(1.5F)) == "2");
  CHECK(decoded(Type::float32, Order::abcd, of_float(2.5F)) == "3");
  CHECK(decoded(Type::float32, Order::abcd, of_float(0.49999997F)) == "0");
  CHECK(decoded(Type::float32, Order::abcd, of_float(12345.67F), {10'000, 1}) == "123456699");  // the nearest that 24 bits have is 12345.669921875
  CHECK(decoded(Type::float64, Order::abcd, of_double(12345.67), {10'000, 1}) == "123456700");
  CHECK(decoded(Type::float32, Order::abcd, of_float(0.0F)) == "0");
  CHECK(decoded(Type::float32, Order::abcd, of_float(-0.0F)) == "0");
  CHECK(decoded(Type::float32, Order::abcd, {0x0000, 0x0001}, {kMostNumerator, 1}) == "0");  // the smallest there is
  CHECK(decoded(Type::float64, Order::abcd, {0x0000, 0x0000, 0x0000, 0x0001}) == "0");
}

TEST_CASE("value: what is no number, or too large to be exact, is never published") {
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  CHECK(decoded(Type::float32, Order::abcd, of_float(kInfinity)) == "not_a_number");
  CHECK(decoded(Type::float32, Order::abcd, of_float(-kInfinity)) == "not_a_number");
  CHECK(decoded(Type::float32, Order::abcd, {0x7FC0, 0x0000}) == "not_a_number");
  CHECK(decoded(Type::float32, Order::abcd, {0xFFFF, 0xFFFF}) == "not_a_number");  // what an absent value looks like
  CHECK(decoded(Type::float64, Order::abcd, {0x7FF0, 0, 0, 0}) == "not_a_number");
  CHECK(decoded(Type::float32, Order::abcd, of_float(3.4e38F)) == "out_of_range");
  CHECK(decoded(Type::float64, Order::abcd, of_double(1.7e308)) == "out_of_range");
  CHECK(decoded(Type::float64, Order::abcd, of_double(9007199254740991.0)) == "9007199254740991");
  CHECK(decoded(Type::float64, Order::abcd, of_double(9007199254740992.0)) == "out_of_range");
  CHECK(decoded(Type::float64, Order::abcd, of_double(-9007199254740991.0)) == "-9007199254740991");
}

TEST_CASE("value: a wrong number of registers gives no number") {
  for (const Type type : kTypes) {
    CAPTURE(to_string(type));
    CHECK(decoded(type, Order::abcd, Registers(registers_of(type) - 1)) == "unexpected_length");
    CHECK(decoded(type, Order::abcd, Registers(registers_of(type) + 1)) == "unexpected_length");
  }
}

TEST_CASE("value: a ratio multiplies and divides once, rounded once") {
  CHECK(scaled(Exact{false, 7, 0}, {1, 2}).value() == 4);
  CHECK(scaled(Exact{true, 7, 0}, {1, 2}).value() == -4);
  CHECK(scaled(Exact{false, 1, 0}, {1, 3}).value() == 0);
  CHECK(scaled(Exact{false, 12345, 0}, {40 * 100, 10}).value() == 4938000);  // a ratio of 4.0, in 0.01 units
  for (const Ratio bad : {Ratio{0, 1}, Ratio{-1, 1}, Ratio{kMostNumerator + 1, 1}, Ratio{1, 0}, Ratio{1, kMostDenominator + 1}}) {
    CHECK(scaled(Exact{false, 1, 0}, bad).error().is(Errc::out_of_range));
  }
}

TEST_CASE("value: names are those of the profiles, and come back") {
  for (const Type type : kTypes) CHECK(type_of(to_string(type)) == type);
  for (const Order order : kOrders) CHECK(order_of(to_string(order)) == order);
  CHECK_FALSE(type_of("uint16").has_value());
  CHECK_FALSE(order_of("abcd").has_value());
}

TEST_CASE("value: writing refuses what does not fit") {
  CHECK(encoded(Type::u16, Order::abcd, 65535) == "FFFF");
  CHECK(encoded(Type::u16, Order::abcd, 65536) == "out_of_range");
  CHECK(encoded(Type::u16, Order::abcd, -1) == "out_of_range");
  CHECK(encoded(Type::i16, Order::abcd, -32768) == "8000");
  CHECK(encoded(Type::i16, Order::abcd, -32769) == "out_of_range");
  CHECK(encoded(Type::i16, Order::abcd, 32768) == "out_of_range");
  CHECK(encoded(Type::i64, Order::abcd, std::numeric_limits<std::int64_t>::min()) == "8000000000000000");
  CHECK(encoded(Type::bcd16, Order::abcd, 9999) == "9999");
  CHECK(encoded(Type::bcd16, Order::abcd, 10000) == "out_of_range");
  CHECK(encoded(Type::bcd16, Order::abcd, -1) == "out_of_range");
  CHECK(encoded(Type::u32, Order::cdab, 0x01020304) == "03040102");
  CHECK(encoded(Type::u16, Order::abcd, 2300, 100) == "0017");
  CHECK(encoded(Type::u16, Order::abcd, 2350, 100) == "out_of_range");  // 23.5 are not whole units
  CHECK(encoded(Type::u16, Order::abcd, 1, 0) == "out_of_range");
  CHECK(encoded(Type::float32, Order::abcd, 2302, 10) == "43663333");  // 230.2 V
  CHECK(encoded(Type::float32, Order::abcd, -1, 2) == "BF000000");
  CHECK(encoded(Type::float32, Order::abcd, 16777217) == "4B800000");  // ties to even: 2^24
  CHECK(encoded(Type::float64, Order::abcd, 1, kMostDenominator) == "3E112E0BE826D695");  // 1e-9
}

TEST_CASE("value: written and read again is the same, in every type and order; floats as the machine's own") {
  const std::uint64_t start = anju::noise::seed();
  MESSAGE("ANJU_SEED=" << start);
  std::mt19937_64 random(start);
  int written = 0;
  for (int i = 0; i < 50'000; ++i) {
    const auto value = static_cast<std::int64_t>(random() >> (11 + random() % 53)) * (random() % 4 == 0 ? -1 : 1);
    const Type type = kTypes[random() % kTypes.size()];
    const Order order = kOrders[random() % kOrders.size()];
    CAPTURE(value);
    CAPTURE(to_string(type));
    if (const auto registers = encode_value(type, order, value)) {
      const auto again = decode_value(type, order, *registers);
      if (type == Type::float32) {
        CHECK(*registers == encode_value(Type::float32, order, static_cast<std::int64_t>(static_cast<float>(value))).value());
        CHECK(encode_value(Type::float32, Order::abcd, value).value() == of_float(static_cast<float>(value)));
      } else {
        REQUIRE(again.has_value());  // 53 bits: within base::kMaxDecimal
        CHECK(*again == value);
        ++written;
      }
    }
    // Any bits of a float: the integer is the nearest one to value x 100, as long double (64 bits of mantissa) computes it.
    const auto bits = static_cast<std::uint32_t>(random());
    float number = 0;
    std::memcpy(&number, &bits, sizeof number);
    const auto decoded_bits = decode_value(Type::float32, Order::abcd, Registers{static_cast<std::uint16_t>(bits >> 16), static_cast<std::uint16_t>(bits & 0xFFFF)}, {100, 1});
    CAPTURE(bits);
    if (!std::isfinite(number)) {
      CHECK(decoded_bits.error().is(Errc::not_a_number));
    } else if (const long double wanted = std::round(static_cast<long double>(number) * 100); std::fabs(wanted) > static_cast<long double>(anju::base::kMaxDecimal)) {
      CHECK(decoded_bits.error().is(Errc::out_of_range));
    } else {
      CHECK(decoded_bits.value() == static_cast<std::int64_t>(wanted));
    }
  }
  CHECK(written > 10'000);
}
