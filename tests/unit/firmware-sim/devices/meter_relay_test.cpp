#include "tests/unit/firmware-sim/devices/meter_fixture.hpp"

using namespace anju;
using namespace anju::sim;
using namespace anju::sim::test;

namespace {

std::string status(Meter& meter, base::UtcMillis now) {
  return ask(meter, 0x11, "03050004", now).substr(11);
}

}  // namespace

TEST_CASE("meter: the published trip command is accepted at its time and refused after its valid-until") {
  // Shared reference meters.md 1.3: valid until 2021-07-09 23:59:59.
  const base::Bytes trip =
      bytes("FE FE FE FE 68 94 35 21 90 88 55 68 1C 10 35 33 33 33 33 33 33 33 4D 33 8C 8C 56 3C 3A 54 A5 16");
  const base::UtcMillis in_time = base::to_utc({2021, 7, 9, 23, 59, 59}, 480).value();
  Meter meter(plain_setup("558890213594"), in_time);
  const auto accepted = meter.on_request(trip, in_time);
  REQUIRE(accepted.has_value());
  CHECK(base::to_hex(accepted->bytes) == base::to_hex(bytes("FE FE FE FE 68 94 35 21 90 88 55 68 9C 00 C3 16")));
  meter.advance(in_time + base::seconds(1));
  CHECK(meter.relay().is_open());

  Meter later(plain_setup("558890213594"), in_time + base::seconds(1));
  const auto refused = later.on_request(trip, in_time + base::seconds(1));
  REQUIRE(refused.has_value());
  CHECK(said(dlt645::find_frame(refused->bytes)->frame) == "DC 01");
}

TEST_CASE("meter: a clock adrift makes a command fail whose time is not over") {
  MeterSetup setup = plain_setup();
  Meter meter(setup, kStart);
  meter.set_fault({FaultKind::clock_adrift, 7200}, kStart);
  const std::string until_11 =
      "0200000000000000"
      "1A00"
      "000011211126";
  CHECK(ask(meter, 0x1C, until_11, kStart) == "DC 01");
  meter.clear_fault(FaultKind::clock_adrift, kStart);
  CHECK(ask(meter, 0x1C, until_11, kStart) == "9C ");
}

TEST_CASE("meter: status word 3 shows the contact, the order, alarm and keep-power") {
  MeterSetup setup = plain_setup();
  setup.relay_delay = base::Millis(300);
  Meter meter(setup, kStart);
  CHECK(status(meter, kStart) == "0000");
  ask(meter, 0x1C, relay_data("1A"), kStart);
  CHECK(status(meter, kStart) == "4000");                      // ordered, not yet moved
  CHECK(status(meter, kStart + base::Millis(300)) == "5000");  // open
  ask(meter, 0x1C, relay_data("1B"), kStart + base::seconds(1));
  CHECK(status(meter, kStart + base::hours(1)) == "1000");  // waits for the button
  CHECK(meter.press_button(kStart + base::hours(1)));
  CHECK(status(meter, kStart + base::hours(2)) == "0000");
  ask(meter, 0x1C, relay_data("2A"), kStart + base::hours(2));
  ask(meter, 0x1C, relay_data("3A"), kStart + base::hours(2));
  CHECK(status(meter, kStart + base::hours(2)) == "8010");
  CHECK(ask(meter, 0x1C, relay_data("1A"), kStart + base::hours(2)) == "DC 01");
}

TEST_CASE("meter: after too many wrong passwords even the right one is refused, until the lock is over") {
  MeterSetup setup = plain_setup();
  setup.access.tries = 3;
  setup.access.lock = base::hours(1);
  Meter meter(setup, kStart);
  for (int i = 0; i < 2; ++i) CHECK(ask(meter, 0x1C, relay_data("1A", "111111"), kStart) == "DC 04");
  CHECK(ask(meter, 0x1C, relay_data("1A"), kStart) == "9C ");  // a right one starts the count again
  for (int i = 0; i < 3; ++i) CHECK(ask(meter, 0x1C, relay_data("1A", "111111"), kStart) == "DC 04");
  CHECK(ask(meter, 0x1C, relay_data("1C"), kStart + base::minutes(59)) == "DC 04");
  CHECK(ask(meter, 0x1C, relay_data("1C"), kStart + base::minutes(60)) == "9C ");
}

TEST_CASE("meter: a relay command of the wrong shape is refused") {
  struct Row {
    std::string name;
    const char* data;
  };
  const Row rows[] = {
      {"unknown order",
       "0200000000000000"
       "1F00"
       "595923311299"},
      {"valid-until not BCD",
       "0200000000000000"
       "1A00"
       "5959233112A9"},
      {"valid-until does not exist",
       "0200000000000000"
       "1A00"
       "595923310299"},
      {"short form",
       "0200000000000000"
       "1A"},
      {"no order", "0200000000000000"},
      {"empty", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    Meter meter(plain_setup(), kStart);
    CHECK(ask(meter, 0x1C, row.data, kStart) == "DC 01");
    CHECK_FALSE(meter.relay().commanded_off());
  }
}

TEST_CASE("meter: an old meter takes the short relay command and no other") {
  MeterSetup setup = plain_setup();
  setup.short_relay_command = true;
  Meter meter(setup, kStart);
  CHECK(ask(meter, 0x1C, relay_data("1A"), kStart) == "DC 01");
  CHECK(ask(meter, 0x1C,
            "0200000000000000"
            "1A",
            kStart) == "9C ");
}

TEST_CASE("meter: functions it does not have are refused") {
  Meter meter(plain_setup(), kStart);
  CHECK(ask(meter, 0x17, "08", kStart) == "D7 01");
  CHECK(ask(meter, 0x19, "0200000000000000", kStart) == "D9 01");
}
