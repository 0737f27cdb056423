#include "protocols/dlt645/value.hpp"

#include <doctest/doctest.h>

#include "protocols/dlt645/baud.hpp"

using namespace anju::dlt645;
using anju::base::Bytes;
using anju::base::CivilTime;
using anju::base::from_hex;
using anju::base::Quantity;
using anju::base::to_hex;

namespace {

Bytes bytes(std::string_view hex) {
  return from_hex(hex).value();
}
DataId di(std::string_view text) {
  return DataId::parse(text).value();
}

std::string joined(const Value& value) {
  std::string text;
  for (const auto& item : value.items) {
    if (!text.empty()) text += ' ';
    text += item ? text_of(*item) : "-";
  }
  return text;
}

struct Row {
  const char* di;
  const char* wire;
  const char* text;
};

// Layouts of meters.md 1.6, 1.7, 1.8.
constexpr Row kRows[] = {
    {"00010000", "26000000", "0.26"},
    {"00010000", "78563412", "123456.78"},
    {"00010000", "99999999", "999999.99"},  // unsigned: the top bit belongs to the digit 9
    {"00020000", "00000080", "800000.00"},
    {"00000000", "50120080", "-12.50"},  // combined energy carries a sign
    {"00040000", "23000100", "100.23"},
    {"0001FF00", "1500000001000000020000000300000009000000", "0.15 0.01 0.02 0.03 0.09"},
    {"0001FF00", "15000000", "0.15"},
    {"00010007", "00010000", "1.00"},
    {"00900200", "11230000", "23.11"},
    {"02010100", "4822", "224.8"},
    {"0201FF00", "48220023FFFF", "224.8 230.0 -"},  // a phase that is not there
    {"02020100", "380200", "0.238"},
    {"02020100", "001280", "-1.200"},
    {"02030000", "563412", "12.3456"},
    {"0203FF00", "563412000100000180000000", "12.3456 0.0100 -0.0100 0.0000"},
    {"02060000", "9989", "-0.999"},
    {"02800002", "9949", "49.99"},
    {"02800020", "83550000", "0.5583"},
    {"03110000", "120000", "12"},
    {"03110001", "000000010126300000010126", "2026-01-01T00:00:00 2026-01-01T00:00:30"},
    {"04000101", "06211126", "2026-11-21"},
    {"04000102", "571501", "01:15:57"},
    {"04000402", "080202412200", "002241020208"},
    {"04000503", "5010", "1050"},
    {"040005FF", "0100020003000400050006000700", "0001 0002 0003 0004 0005 0006 0007"},
    {"04000701", "08", "2400"},
    {"05060101", "2600000001000000", "0.26 0.01"},
    {"05060001", "0000211126", "2026-11-21T00:00:00"},
    {"1D000101", "595923090721", "2021-07-09T23:59:59"},
    {"9010", "01000000", "0.01"},
    {"B611", "0001", "100"},
    {"B621", "5012", "12.50"},
    {"C020", "10", "10"},
};

}  // namespace

TEST_CASE("value: every form is read exactly, and written back to the same bytes") {
  for (const Row& row : kRows) {
    CAPTURE(row.di);
    CAPTURE(row.wire);
    const auto value = decode_value(di(row.di), bytes(row.wire));
    REQUIRE(value);
    CHECK(joined(*value) == row.text);
    CHECK(to_hex(encode_value(di(row.di), *value).value()) == row.wire);
  }
}

TEST_CASE("value: minus zero is zero") {
  CHECK(joined(decode_value(di("02060000"), bytes("0080")).value()) == "0.000");
}

TEST_CASE("value: -12.5 with one decimal in three bytes is 25 01 80: the sign is bit 7 of the top byte") {
  CHECK(to_hex(encode_value(di("02020100"), Value{{Number{-125, 1, Unit::ampere}}}).value()) == "002581");
  CHECK(joined(decode_value(di("02020100"), bytes("002581")).value()) == "-12.500");
  CHECK(to_hex(encode_value(di("02030000"), Value{{Number{-125, 4, Unit::kw}}}).value()) == "250180");
}

TEST_CASE("value: a nibble above 9 is a data error, all FF is no value, and neither becomes a number") {
  for (const char* bad : {"0A000000", "A0000000", "0000000A", "000000A0", "FFFFFF00", "FFFFFF7F"}) {
    CAPTURE(bad);
    CHECK(decode_value(di("00010000"), bytes(bad)).error().is(Errc::not_bcd));
  }
  CHECK(decode_value(di("00010000"), bytes("FFFFFFFF")).error().is(Errc::no_value));
  CHECK(decode_value(di("02020100"), bytes("FFFFFF")).error().is(Errc::no_value));
  CHECK(decode_value(di("0201FF00"), bytes("FFFFFFFFFFFF")).error().is(Errc::no_value));
  CHECK(decode_value(di("0201FF00"), bytes("48220A00FFFF")).error().is(Errc::not_bcd));
  CHECK(decode_value(di("04000503"), bytes("FFFF")).error().is(Errc::no_value));
  CHECK(decode_value(di("04000402"), bytes("08020241220A")).error().is(Errc::not_bcd));
}

TEST_CASE("value: five value bytes for a four-byte energy are refused with their bytes, no number is made of them") {
  const auto refused = decode_value(di("00010000"), bytes("3726000001"));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().is(Errc::unexpected_length));
  CHECK(refused.error().where == "3726000001: 5 bytes for 00010000");
  for (const char* other : {"", "26", "260000", "2600000026000000"}) {
    CAPTURE(other);
    CHECK(decode_value(di("00010000"), bytes(other)).error().is(Errc::unexpected_length));
  }
  CHECK(decode_value(di("0201FF00"), bytes("")).error().is(Errc::unexpected_length));
  CHECK(decode_value(di("0201FF00"), bytes("0000000000000000")).error().is(Errc::unexpected_length));
  CHECK(decode_value(di("040005FF"), bytes("0100")).error().is(Errc::unexpected_length));
}

TEST_CASE("value: an identifier in no table keeps its bytes and gets no unit and no scale") {
  CHECK(decode_value(di("04600101"), bytes("3C00")).error().is(Errc::unknown_identifier));
  CHECK(decode_value(di("028011FF"), bytes("3C00")).error().is(Errc::unknown_identifier));
  CHECK(encode_value(di("04600101"), Value{{Number{}}}).error().is(Errc::unknown_identifier));
}

TEST_CASE("value: a time is accepted only when it exists, and an event that never happened is no value") {
  for (const char* bad : {"605923090721", "596023090721", "595924090721", "595923000721", "595923320721",
                          "595923091321", "595923300221", "3B5923090721", "59592309072A"}) {
    CAPTURE(bad);
    CHECK(decode_value(di("1D000101"), bytes(bad)).error().is(Errc::bad_time));
  }
  CHECK(decode_value(di("1D000101"), bytes("000000000000")).error().is(Errc::no_value));
  CHECK(decode_value(di("04000101"), bytes("07211126")).error().is(Errc::bad_time));
  CHECK(decode_value(di("04000101"), bytes("06290226")).error().is(Errc::bad_time));
  CHECK(decode_value(di("04000102"), bytes("605959")).error().is(Errc::bad_time));
  CHECK(decode_value(di("05060001"), bytes("6000211126")).error().is(Errc::bad_time));
  CHECK(to_hex(encode_moment({2099, 12, 31, 23, 59, 59}).value()) == "595923311299");
  CHECK(encode_moment({1999, 12, 31, 0, 0, 0}).error().is(Errc::bad_time));
  CHECK(encode_day({2026, 11, 21, 7}).error().is(Errc::bad_time));
  CHECK(encode_time_of_day({24, 0, 0}).error().is(Errc::bad_time));
  CHECK(encode_minute({2026, 11, 31, 0, 0, 0}).error().is(Errc::bad_time));
}

TEST_CASE("value: the baud word is a bit field: neither BCD of rate / 300 nor shifted by a bit") {
  CHECK(baud_word(2400).value() == 0x08);
  CHECK(baud_word(9600).value() == 0x20);
  for (const BaudRow& row : kBaudWords) CHECK(baud_of(row.word).value() == row.rate);
  for (const char* bad : {"00", "01", "80", "18", "32"}) {  // 32: 9600 / 300 in BCD
    CAPTURE(bad);
    CHECK(decode_value(di("04000701"), bytes(bad)).error().is(Errc::out_of_range));
  }
  CHECK(baud_word(300).error().is(Errc::out_of_range));
}

TEST_CASE("value: what does not fit the identifier is not written") {
  CHECK(encode_value(di("00010000"), Value{{Number{100000000, 2, Unit::kwh}}}).error().is(Errc::out_of_range));
  CHECK(encode_value(di("00010000"), Value{{Number{-1, 2, Unit::kwh}}}).error().is(Errc::out_of_range));
  CHECK(encode_value(di("00000000"), Value{{Number{80000000, 2, Unit::kwh}}}).error().is(Errc::out_of_range));
  CHECK(encode_value(di("00000000"), Value{{Number{-79999999, 2, Unit::kwh}}}));
  CHECK(encode_value(di("00010000"), Value{{Number{1, 3, Unit::kwh}}}).error().is(Errc::out_of_range));
  CHECK(to_hex(encode_value(di("00010000"), Value{{Number{10, 3, Unit::kwh}}}).value()) == "01000000");
  CHECK(encode_value(di("00010000"), Value{{Number{1, 2, Unit::volt}}}).error().is(Errc::out_of_range));
  CHECK(encode_value(di("00010000"), Value{{Word{1, 2}}}).error().is(Errc::out_of_range));
  CHECK(encode_value(di("00010000"), Value{}).error().is(Errc::unexpected_length));
  CHECK(encode_value(di("04000503"), Value{{Word{0x10000, 2}}}).error().is(Errc::out_of_range));
  CHECK(encode_value(di("04000402"), Value{{Digits{"12"}}}).error().is(Errc::out_of_range));
  CHECK(encode_value(di("00010000"), Value{{Number{INT64_MAX, 0, Unit::kwh}}}).error().is(Errc::out_of_range));
  CHECK(encode_value(di("00000000"), Value{{Number{INT64_MIN, 2, Unit::kwh}}}).error().is(Errc::out_of_range));
}

TEST_CASE("energy: registers become exact quantities, tariffs in the order sharp, peak, flat, valley") {
  const auto block = decode_energy(kForwardActiveBlock, bytes("1500000001000000020000000300000009000000")).value();
  CHECK(block.total == Quantity(1500));
  REQUIRE(block.tariffs);
  CHECK((*block.tariffs)[0] == Quantity(100));
  CHECK((*block.tariffs)[3] == Quantity(900));
  CHECK_FALSE(decode_energy(kForwardActiveTotal, bytes("26000000")).value().tariffs);
  CHECK(decode_energy(DataId{0x9010, Edition::y1997}, bytes("01000000")).value().total == Quantity(100));
  CHECK_FALSE(decode_energy(kForwardActiveBlock, bytes("15000000010000000200000003000000FFFFFFFF")).value().tariffs);
  CHECK(decode_energy(kForwardActiveBlock, bytes("FFFFFFFF01000000")).error().is(Errc::no_value));
  CHECK(decode_energy(kVoltageA, bytes("4822")).error().is(Errc::out_of_range));
  CHECK(decode_energy(kStatusWord3, bytes("4822")).error().is(Errc::out_of_range));
}

TEST_CASE("energy: a meter cuts its register to its last digit and never rounds up") {
  const std::array registers{Quantity(1599), Quantity(99), Quantity(100), Quantity(0), Quantity(0)};
  CHECK(to_hex(encode_energy(kForwardActiveBlock, registers).value()) == "1500000000000000010000000000000000000000");
  CHECK(encode_energy(kForwardActiveTotal, registers).error().is(Errc::unexpected_length));
  CHECK(encode_energy(kVoltageA, std::array{Quantity(1)}).error().is(Errc::out_of_range));
}

TEST_CASE("money and price: exact, and only in their own unit") {
  CHECK(to_money(Number{2311, 2, Unit::yuan}).value() == anju::base::Money(23'110'000));
  CHECK(to_price(Number{5583, 4, Unit::yuan_per_kwh}).value() == anju::base::Price(55'830));
  CHECK(to_money(Number{2311, 2, Unit::kwh}).error().is(Errc::out_of_range));
  CHECK(to_quantity(Number{1, 5, Unit::kwh}).error().is(Errc::out_of_range));
}
