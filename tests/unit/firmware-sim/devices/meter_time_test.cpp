#include "tests/unit/firmware-sim/devices/meter_fixture.hpp"

using namespace anju;
using namespace anju::sim;
using namespace anju::sim::test;
using base::Quantity;

namespace {

MeterSetup loaded(std::int64_t watts) {
  MeterSetup setup = plain_setup();
  setup.load = LoadProfile::constant(watts);
  return setup;
}

}  // namespace

TEST_CASE("meter: energy does not depend on how often it is asked") {
  MeterSetup setup = loaded(1234);
  setup.load.noise_percent = 30;
  setup.energy_factor = 17;
  Meter often(setup, kStart), seldom(setup, kStart);
  const base::UtcMillis end = kStart + base::hours(30);
  for (base::UtcMillis now = kStart; now < end; now = now + base::Millis(7919)) often.advance(now);
  often.advance(end);
  seldom.advance(end);
  CHECK(seldom.registers().total > Quantity(0));
  CHECK(often.registers() == seldom.registers());
}

TEST_CASE("meter: the energy factor speeds up the register, not the power shown") {
  MeterSetup setup = loaded(4000);
  setup.energy_factor = 200;
  Meter meter(setup, kStart);
  meter.advance(kStart + base::seconds(75));
  CHECK(meter.registers().total == Quantity(166'666));  // 4 kW x 75 s x 200 = 16.6666… kWh
  CHECK(meter.snapshot(kStart + base::seconds(75)).watts == 4000);
}

TEST_CASE("meter: consumption stops at the instant the relay opens and goes on when it closes") {
  MeterSetup setup = loaded(3600);  // 10 units a second
  setup.relay_delay = base::Millis(500);
  Meter meter(setup, kStart);
  CHECK(ask(meter, 0x1C, relay_data("1A"), kStart + base::seconds(10)) == "9C ");
  meter.advance(kStart + base::hours(1));
  CHECK(meter.relay().is_open());
  CHECK(meter.registers().total == Quantity(105));  // 10.5 s
  CHECK(meter.snapshot(kStart + base::hours(1)).watts == 0);
  CHECK(ask(meter, 0x1C, relay_data("1C"), kStart + base::hours(1)) == "9C ");
  meter.advance(kStart + base::hours(1) + base::Millis(1500));
  CHECK(meter.registers().total == Quantity(115));
}

TEST_CASE("meter: the tariff in force takes the energy, by the meter's own clock") {
  MeterSetup setup = loaded(3600);
  setup.tariffs = {{0, Tariff::flat}, {10 * 60 + 1, Tariff::peak}};
  Meter meter(setup, kStart);
  setup.clock_offset = base::seconds(30);
  Meter ahead(setup, kStart);
  meter.advance(kStart + base::minutes(2));
  ahead.advance(kStart + base::minutes(2));
  CHECK(meter.registers().tariffs[2] == Quantity(600));
  CHECK(meter.registers().tariffs[1] == Quantity(600));
  CHECK(ahead.registers().tariffs[2] == Quantity(300));
  CHECK(ahead.registers().tariffs[1] == Quantity(900));
}

TEST_CASE("meter: each midnight freezes the registers, the youngest first") {
  Meter meter(loaded(3600), kStart);                           // 3.6 kWh an hour
  const base::UtcMillis late = kStart + base::hours(24 + 15);  // 01:00 of the day after tomorrow
  CHECK(ask(meter, 0x11, "01000605", late) ==
        "91 01000605"
        "0000231126");
  // 14 h to the first midnight: 50.40 kWh; 24 h more: 136.80.
  CHECK(ask(meter, 0x11, "02010605", late).substr(0, 19) ==
        "91 02010605"
        "40500000");
  CHECK(ask(meter, 0x11, "01010605", late).substr(0, 19) ==
        "91 01010605"
        "80360100");
  CHECK(ask(meter, 0x11, "03010605", late).substr(0, 19) ==
        "91 03010605"
        "00000000");  // before the start
  CHECK(ask(meter, 0x11, "04010605", late) == "D1 02");
}

TEST_CASE("meter: only so many freezes are kept") {
  Meter meter(loaded(0), kStart);
  const base::UtcMillis late = kStart + base::hours(24 * 100);
  meter.advance(late);
  CHECK(meter.snapshot(late).freezes->size() == kMaxDayFreezes);
}

TEST_CASE("meter: a clock ahead freezes at its own midnight") {
  MeterSetup setup = loaded(3600);
  setup.clock_offset = base::hours(1);
  Meter meter(setup, kStart);
  meter.advance(kStart + base::hours(13) + base::minutes(30));
  REQUIRE(meter.snapshot(kStart).freezes->size() == 2);
  CHECK(meter.snapshot(kStart).freezes->front().registers.total == Quantity(13 * 36'000));
}

TEST_CASE("meter: a crystal that runs fast shows more time than has passed") {
  MeterSetup setup = plain_setup();
  setup.clock_drift_ppm = 1000;
  Meter meter(setup, kStart);
  CHECK(ask(meter, 0x11, "02010004", kStart + base::seconds(1000)) ==
        "91 02010004"
        "411610");  // 10:16:41, not :40
}

TEST_CASE("meter: date and time are set by a write with the password") {
  Meter meter(plain_setup(), kStart);
  const std::string access = "0200000000000000";
  CHECK(ask(meter, 0x14, "01010004" + access + "04241226", kStart) == "94 ");
  CHECK(ask(meter, 0x14, "02010004" + access + "302015", kStart) == "94 ");
  CHECK(ask(meter, 0x11, "01010004", kStart) ==
        "91 01010004"
        "04241226");
  CHECK(ask(meter, 0x11, "02010004", kStart + base::seconds(5)) ==
        "91 02010004"
        "352015");
}

TEST_CASE("meter: a write that is wrong changes nothing and says why") {
  struct Row {
    std::string name;
    const char* data;
    const char* reply;
  };
  const Row rows[] = {
      {"wrong password",
       "02010004"
       "0211111100000000"
       "302015",
       "D4 04"},
      {"wrong level",
       "02010004"
       "0400000000000000"
       "302015",
       "D4 04"},
      {"unknown item",
       "02030004"
       "0200000000000000"
       "302015",
       "D4 02"},
      {"hour 25",
       "02010004"
       "0200000000000000"
       "302025",
       "D4 01"},
      {"not BCD",
       "02010004"
       "0200000000000000"
       "3020AA",
       "D4 01"},
      {"too long",
       "02010004"
       "0200000000000000"
       "30201500",
       "D4 01"},
      {"too short",
       "02010004"
       "0200",
       "D4 01"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    Meter meter(plain_setup(), kStart);
    CHECK(ask(meter, 0x14, row.data, kStart) == row.reply);
    CHECK(meter.clock().read(kStart) == kStart);
  }
}

TEST_CASE("meter: a broadcast sets the clock of every meter, a time that does not exist of none") {
  Meter meter(plain_setup(), kStart);
  CHECK_FALSE(meter.on_frame(request("999999999999", 0x08, "302015241226"), kStart));
  CHECK(ask(meter, 0x11, "02010004", kStart) ==
        "91 02010004"
        "302015");
  CHECK_FALSE(meter.on_frame(request("999999999999", 0x08, "302015310226"), kStart));
  CHECK(ask(meter, 0x11, "01010004", kStart) ==
        "91 01010004"
        "04241226");
}
