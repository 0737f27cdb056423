#include "firmware-sim/devices/relay.hpp"

#include <doctest/doctest.h>

using namespace anju;
using base::Millis;
using base::UtcMillis;
using sim::Relay;
using sim::RelayOrder;

TEST_CASE("relay: the contact follows an order after the actuation delay, the commanded state at once") {
  Relay relay(Millis(300));
  REQUIRE(relay.order(RelayOrder::trip, UtcMillis(1000)));
  CHECK(relay.commanded_off());
  relay.advance(UtcMillis(1299));
  CHECK_FALSE(relay.is_open());
  relay.advance(UtcMillis(1300));
  CHECK(relay.is_open());
}

TEST_CASE("relay: a permit closes only when the button is pressed") {
  Relay relay(Millis(300), true);
  REQUIRE(relay.order(RelayOrder::close_permit, UtcMillis(0)));
  relay.advance(UtcMillis(60'000));
  CHECK(relay.is_open());
  CHECK(relay.waits_for_button());
  CHECK_FALSE(relay.commanded_off());
  CHECK(relay.press_button(UtcMillis(60'000)));
  relay.advance(UtcMillis(60'300));
  CHECK_FALSE(relay.is_open());
  CHECK_FALSE(relay.press_button(UtcMillis(61'000)));
}

TEST_CASE("relay: a direct close needs no button") {
  Relay relay(Millis(300), true);
  REQUIRE(relay.order(RelayOrder::close_direct, UtcMillis(0)));
  relay.advance(UtcMillis(300));
  CHECK_FALSE(relay.is_open());
}

TEST_CASE("relay: a trip is refused under keep-power and works after it") {
  Relay relay(Millis(0));
  REQUIRE(relay.order(RelayOrder::keep_power_on, UtcMillis(0)));
  CHECK_FALSE(relay.order(RelayOrder::trip, UtcMillis(1)));
  CHECK_FALSE(relay.commanded_off());
  REQUIRE(relay.order(RelayOrder::keep_power_off, UtcMillis(2)));
  CHECK(relay.order(RelayOrder::trip, UtcMillis(3)));
  CHECK(relay.is_open());
}

TEST_CASE("relay: a stuck relay takes the order and stays where it is") {
  Relay relay(Millis(100));
  relay.set_stuck(true);
  CHECK(relay.order(RelayOrder::trip, UtcMillis(0)));
  relay.advance(UtcMillis(10'000));
  CHECK(relay.commanded_off());
  CHECK_FALSE(relay.is_open());
}
