#include "protocols/dlt645/relay.hpp"

#include <doctest/doctest.h>

#include "protocols/dlt645/value.hpp"

using namespace anju::dlt645;

TEST_CASE("status word 3: low byte first, contact in bit 4, last command in bit 6, keep-power in bit 12") {
  const auto status = decode_status_word_3(anju::base::from_hex("5010").value()).value();
  CHECK(status.relay_open);
  CHECK(status.off_commanded);
  CHECK(status.keep_power);
  CHECK(status.supply == Supply::mains);
  CHECK(status.type == MeterType::not_prepaid);
  CHECK_FALSE(status.programming_allowed);
  CHECK(decode_status_word_3(anju::base::from_hex("501000").value()).error().is(Errc::unexpected_length));
  CHECK(decode_status_word_3(anju::base::from_hex("FFFF").value()).error().is(Errc::no_value));
}

TEST_CASE("status word 3: every word is read and written back the same") {
  for (unsigned word = 0; word < 0x10000; ++word) {
    const auto status = parse_status_word_3(static_cast<std::uint16_t>(word));
    REQUIRE(to_word(status) == word);
  }
  StatusWord3 status;
  status.supply = Supply::battery;
  status.type = MeterType::prepaid_money;
  CHECK(anju::base::to_hex(encode_status_word_3(status)) == "0402");
}

TEST_CASE("relay: the state follows from contact and last command, or from the contact alone") {
  struct Case {
    bool open, off_commanded;
    RelayState state, by_contact;
  };
  for (const auto& c : {Case{false, false, RelayState::closed, RelayState::closed},
                        Case{true, true, RelayState::open, RelayState::open},
                        Case{false, true, RelayState::opening, RelayState::closed},
                        Case{true, false, RelayState::awaiting_button, RelayState::open}}) {
    StatusWord3 status;
    status.relay_open = c.open;
    status.off_commanded = c.off_commanded;
    CHECK(relay_state(status) == c.state);
    CHECK(relay_state(status, false) == c.by_contact);
  }
}

TEST_CASE("relay: 1B waits for the button and 1C closes at once; an unknown N1 is refused") {
  CHECK(parse_relay_action(0x1A).value() == RelayAction::trip);
  CHECK(parse_relay_action(0x1B).value() == RelayAction::close_permit);
  CHECK(parse_relay_action(0x1C).value() == RelayAction::close_direct);
  CHECK(parse_relay_action(0x3B).value() == RelayAction::keep_power_off);
  int known = 0;
  for (int n1 = 0; n1 < 256; ++n1) known += parse_relay_action(static_cast<std::uint8_t>(n1)) ? 1 : 0;
  CHECK(known == 7);
}
