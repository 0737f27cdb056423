#include "tests/unit/firmware-sim/devices/meter_fixture.hpp"

using namespace anju;
using namespace anju::sim;
using namespace anju::sim::test;

namespace {

MeterSetup used() {
  MeterSetup setup = plain_setup();
  setup.start = {base::Quantity(12'345'600), {base::Quantity(1), base::Quantity(2), base::Quantity(3), base::Quantity(4)}};
  return setup;
}

/// Data of 1A: PA, password, operator 0.
std::string clear_data(const std::string& password) {
  return "02" + password + "00000000";
}

}  // namespace

TEST_CASE("em-clear: meter: 1A with level and password sets every register to zero, and it counts on from there") {
  MeterSetup setup = used();
  setup.load = LoadProfile::constant(1000);
  Meter meter(setup, kStart);
  CHECK(ask(meter, 0x1A, clear_data("000000"), kStart) == "9A ");
  CHECK(meter.registers() == RegisterBlock{});
  CHECK(meter.statistics().clears == 1);
  meter.advance(kStart + base::hours(1));
  CHECK(base::format(meter.registers().total) == "1.00");
}

TEST_CASE("em-clear: meter: a wrong password is refused and locks after a few; the register stays") {
  Meter meter(used(), kStart);
  for (int i = 0; i < 5; ++i) CHECK(ask(meter, 0x1A, clear_data("111111"), kStart) == "DA 04");
  CHECK(ask(meter, 0x1A, clear_data("000000"), kStart) == "DA 04");
  CHECK(meter.registers().total == base::Quantity(12'345'600));
  CHECK(meter.statistics().clears == 0);
}

TEST_CASE("em-clear: meter: one of 1997 does not know the code, and nobody clears by an abbreviated address") {
  MeterSetup setup = used();
  setup.edition = dlt645::Edition::y1997;
  Meter old(setup, kStart);
  CHECK_FALSE(old.on_frame(request("000000000161", 0x1A, clear_data("000000")), kStart).has_value());
  CHECK(old.registers().total == base::Quantity(12'345'600));
  Meter meter(used(), kStart);
  CHECK_FALSE(meter.on_frame(request("AAAAAAAAAA61", 0x1A, clear_data("000000")), kStart).has_value());
  CHECK(meter.registers().total == base::Quantity(12'345'600));
}
