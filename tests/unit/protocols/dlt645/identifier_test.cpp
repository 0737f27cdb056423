#include "protocols/dlt645/identifier.hpp"

#include <doctest/doctest.h>

#include <array>

using namespace anju::dlt645;

TEST_CASE("identifier: texts are reading order, eight digits are 2007 and four are 1997") {
  CHECK(DataId::parse("02010100").value() == kVoltageA);
  CHECK(kVoltageA.text() == "02010100");
  CHECK(DataId::parse("b611").value() == DataId{0xB611, Edition::y1997});
  CHECK(DataId{0xB611, Edition::y1997}.text() == "B611");
  for (const char* bad : {"", "9", "901", "90100", "0001000", "000100000", "0001 000", "0001000G"}) {
    CAPTURE(bad);
    CHECK(DataId::parse(bad).error().is(Errc::unknown_identifier));
  }
  CHECK(parse_edition("dlt645-1997").value() == Edition::y1997);
  CHECK(parse_edition("dlt645-2007").value() == Edition::y2007);
  CHECK(parse_edition("dlt645").error().is(Errc::out_of_range));
}

TEST_CASE("identifier: a range is found at both ends and not beyond") {
  CHECK(find_identifier(DataId{0x00010001})->name == "forward active energy, past settlement day");
  CHECK(find_identifier(DataId{0x0001000C})->name == "forward active energy, past settlement day");
  CHECK(find_identifier(DataId{0x0001000D}) == nullptr);
  CHECK(find_identifier(DataId{0x04000507})->form == Form::word);
  CHECK(find_identifier(DataId{0x04000508}) == nullptr);
  CHECK(find_identifier(DataId{0x9010}) == nullptr);  // an identifier of 1997 in the shape of 2007
}

TEST_CASE("identifier: forward and reverse totals are unsigned, combined totals and momentary values carry a sign") {
  for (const auto value : {0x00010000U, 0x0001FF00U, 0x00020000U, 0x02010100U, 0x05060101U, 0x00900200U}) {
    CHECK_FALSE(find_identifier(DataId{value})->is_signed);
  }
  for (const auto value : {0x00000000U, 0x00030000U, 0x02020100U, 0x02030000U, 0x02040000U, 0x02060000U}) {
    CHECK(find_identifier(DataId{value})->is_signed);
  }
}

TEST_CASE("identifier: what the poll plan reads has its equivalent of 1997, and the way back is the same") {
  struct Pair {
    std::uint32_t y2007, y1997;
  };
  for (const auto& pair :
       {Pair{0x00010000, 0x9010}, Pair{0x00010400, 0x9014}, Pair{0x0001FF00, 0x901F}, Pair{0x00020000, 0x9020},
        Pair{0x02010100, 0xB611}, Pair{0x0201FF00, 0xB61F}, Pair{0x02020100, 0xB621}, Pair{0x02030000, 0xB630},
        Pair{0x02040000, 0xB640}, Pair{0x02060000, 0xB650}, Pair{0x04000101, 0xC010}, Pair{0x04000102, 0xC011},
        Pair{0x04000402, 0xC032}, Pair{0x05060101, 0x921F}, Pair{0x04000503, 0xD113}}) {
    const DataId in_2007{pair.y2007}, in_1997{pair.y1997, Edition::y1997};
    CAPTURE(in_1997.text());
    CHECK(in_edition(in_2007, Edition::y1997).value() == in_1997);
    CHECK(in_edition(in_1997, Edition::y2007).value() == in_2007);
    CHECK(in_edition(in_2007, Edition::y2007).value() == in_2007);
  }
  CHECK(in_edition(DataId{0x02800020}, Edition::y1997).error().is(Errc::unknown_identifier));
  CHECK(in_edition(DataId{0xC020, Edition::y1997}, Edition::y2007).error().is(Errc::unknown_identifier));
}

TEST_CASE("identifier: every row of 1997 that means a row of 2007 points at one that exists and has the same form") {
  for (const Identifier& row : identifiers()) {
    if (row.in_2007 == 0) continue;
    CAPTURE(row.first.text());
    const Identifier* same = find_identifier(DataId{row.in_2007});
    REQUIRE(same != nullptr);
    CHECK(same->form == row.form);
    CHECK(same->unit == row.unit);
    CHECK(same->max_items == row.max_items);
  }
}
