#include "protocols/cjt188/status.hpp"

#include <doctest/doctest.h>

#include <array>

#include "protocols/cjt188/options.hpp"

using namespace anju::cjt188;

TEST_CASE("cjt188 status: the same word means another valve state in each vendor's map, and none without a map") {
  struct Case {
    std::uint8_t first;
    ValveState a, b, c;
  };
  using enum ValveState;
  for (const auto& row : {Case{0x00, open, open, open}, Case{0x01, closed, moving, open}, Case{0x02, unknown, closed, open},
                          Case{0x03, fault, fault, open}, Case{0x40, open, open, closed}, Case{0x80, open, open, unknown},
                          Case{0xC0, open, open, fault}, Case{0x21, closed, moving, open}, Case{0x7D, closed, moving, closed}}) {
    CAPTURE(int{row.first});
    for (const std::uint8_t second : std::array<std::uint8_t, 3>{0x00, 0x84, 0xFF}) {  // the second byte is the vendor's own
      const StatusWord word{{row.first, second}};
      CHECK(valve_state(word, StatusMap::none) == unknown);
      CHECK(valve_state(word, StatusMap::closed_01) == row.a);
      CHECK(valve_state(word, StatusMap::closed_10) == row.b);
      CHECK(valve_state(word, StatusMap::high_bits) == row.c);
    }
  }
}

TEST_CASE("cjt188 status: the battery stands where the map says, and is unknown where it says nothing") {
  CHECK(battery_low({{0x04, 0}}, StatusMap::closed_01) == true);
  CHECK(battery_low({{0x20, 0}}, StatusMap::closed_01) == false);
  CHECK(battery_low({{0x20, 0}}, StatusMap::high_bits) == true);
  CHECK(battery_low({{0x04, 0}}, StatusMap::high_bits) == false);
  CHECK_FALSE(battery_low({{0x24, 0}}, StatusMap::closed_10).has_value());
  CHECK_FALSE(battery_low({{0x24, 0}}, StatusMap::none).has_value());
}

TEST_CASE("cjt188 status: what a map can say is written so that it is read the same, what it cannot is refused") {
  int written = 0;
  for (const StatusMap map : {StatusMap::none, StatusMap::closed_01, StatusMap::closed_10, StatusMap::high_bits}) {
    for (const ValveState state : {ValveState::open, ValveState::closed, ValveState::moving, ValveState::fault, ValveState::unknown}) {
      for (const bool low : {false, true}) {
        CAPTURE(to_string(map));
        CAPTURE(to_string(state));
        const auto word = status_word(state, low, map);
        if (!word) {
          CHECK(word.error().is(Errc::out_of_range));
          continue;
        }
        ++written;
        CHECK(valve_state(*word, map) == state);
        CHECK(battery_low(*word, map).value_or(false) == low);
      }
    }
  }
  CHECK(written == 1 + 3 * 2 + 4 + 3 * 2);  // none says only "unknown"; (a) and (c) three states with a battery, (b) four without
  CHECK(status_word(ValveState::moving, false, StatusMap::closed_01).error().where == "valve: no bits for moving in closed_01");
  CHECK(StatusWord{{0x21, 0x84}}.text() == "2184");
}

TEST_CASE("cjt188 status: the usual valve codes have names, the others do not") {
  CHECK(usual_valve_action(0x55) == "open");
  CHECK(usual_valve_action(0x99) == "close");
  CHECK(usual_valve_action(0x66) == "free_open");
  CHECK(usual_valve_action(0x77) == "free_close");
  CHECK(usual_valve_action(0x00) == "query");
  CHECK_FALSE(usual_valve_action(0x9A).has_value());
}

TEST_CASE("cjt188 options: every value of a profile is read as it is written, anything else is refused with what there is") {
  for (const DiOrder order : {DiOrder::high_byte_first, DiOrder::low_byte_first}) CHECK(parse_di_order(to_string(order)) == order);
  for (const StatusMap map : {StatusMap::none, StatusMap::closed_01, StatusMap::closed_10, StatusMap::high_bits}) {
    CHECK(parse_status_map(to_string(map)) == map);
  }
  for (const AckForm form : {AckForm::any, AckForm::with_status, AckForm::bare}) CHECK(parse_ack_form(to_string(form)) == form);
  CHECK(parse_di_order("big").error().where == "di_order: big, there is high_byte_first, low_byte_first");
  CHECK(parse_status_map("").error().is(Errc::out_of_range));
  CHECK(parse_ack_form("Any").error().is(Errc::out_of_range));
  CHECK(parse_meter_type("10") == 0x10);
  CHECK(parse_meter_type("aa") == kAnyType);
  for (const char* bad : {"", "1", "010", "0F", "4A", "AB", "zz"}) CHECK(parse_meter_type(bad).error().is(Errc::out_of_range));
  CHECK(parse_valve_code("66") == 0x66);
  CHECK(parse_valve_code("0x66").error().where == "valve code: 0x66, two hex digits are wanted");
}

TEST_CASE("cjt188 options: open and close with one code are refused") {
  CHECK(check(Options{}));
  CHECK(check(Options{.valve_open = 0x66, .valve_close = 0x77}));
  CHECK(check(Options{.valve_open = 0x99}).error().is(Errc::out_of_range));
}

TEST_CASE("cjt188 identifier: text, both byte orders, and which of them a frame is in") {
  CHECK(DataId::parse("901F").value() == kMetering);
  CHECK(kMetering.text() == "901F");
  for (const char* bad : {"", "90", "901F0", "90 1F", "90XF"}) CHECK(DataId::parse(bad).error().is(Errc::unknown_identifier));
  anju::base::Bytes wire;
  put(wire, kMetering, DiOrder::high_byte_first);
  put(wire, kMetering, DiOrder::low_byte_first);
  CHECK(anju::base::to_hex(wire) == "901F1F90");
  struct Case {
    const char* wire;
    std::optional<DiOrder> order;
  };
  for (const auto& c : {Case{"901F", DiOrder::high_byte_first}, Case{"1F90", DiOrder::low_byte_first}, Case{"0A81", DiOrder::low_byte_first},
                        Case{"A017", DiOrder::high_byte_first}, Case{"17A0", DiOrder::low_byte_first}, Case{"2BD1", DiOrder::low_byte_first},
                        Case{"D120", DiOrder::high_byte_first}, Case{"D2D3", std::nullopt}, Case{"850A", std::nullopt},
                        Case{"90", std::nullopt}, Case{"", std::nullopt}}) {
    CAPTURE(c.wire);
    CHECK(order_of(anju::base::from_hex(c.wire).value()) == c.order);
  }
}
