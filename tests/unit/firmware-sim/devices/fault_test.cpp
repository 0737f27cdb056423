#include "firmware-sim/devices/fault.hpp"

#include "tests/unit/firmware-sim/devices/meter_fixture.hpp"

using namespace anju;
using namespace anju::sim;
using namespace anju::sim::test;

namespace {

std::optional<Reply> read_total(Meter& meter, base::UtcMillis now = kStart) {
  return meter.on_frame(request("000000000161", 0x11, "00000100"), now);
}

}  // namespace

TEST_CASE("fault: every name is known and every kind has one") {
  for (const char* name : {"silent", "silent_first", "late", "wrong_checksum", "noise", "half_frame", "relay_stuck",
                           "clock_adrift", "register_jump"}) {
    CAPTURE(name);
    const auto kind = fault_kind(name);
    REQUIRE(kind.has_value());
    CHECK(to_string(*kind) == name);
  }
  CHECK_FALSE(fault_kind("Silent"));
  // What only a Modbus device can do is no fault of a meter.
  for (const char* name : {"exception", "wrong_unit", "words_swapped"}) {
    CAPTURE(name);
    CHECK_FALSE(fault_kind(name));
    REQUIRE(modbus_fault_kind(name));
    CHECK(to_string(*modbus_fault_kind(name)) == name);
    CHECK(kModbusFaults.find(name) != std::string_view::npos);
  }
  CHECK(modbus_fault_kind("late") == FaultKind::late);
}

TEST_CASE("fault: a silent meter obeys but does not reply, and talks again when cleared") {
  Meter meter(plain_setup(), kStart);
  meter.set_fault({FaultKind::silent}, kStart);
  CHECK_FALSE(read_total(meter));
  CHECK_FALSE(meter.on_frame(request("000000000161", 0x1C, relay_data("1A")), kStart));
  CHECK(meter.relay().commanded_off());
  CHECK(meter.has_fault());
  meter.clear_fault(std::nullopt, kStart);
  CHECK(read_total(meter));
  CHECK_FALSE(meter.has_fault());
}

TEST_CASE("fault: silent for the first requests, which are not obeyed either") {
  Meter meter(plain_setup(), kStart);
  meter.set_fault({FaultKind::silent_first, 2}, kStart);
  CHECK_FALSE(meter.on_frame(request("000000000161", 0x1C, relay_data("1A")), kStart));
  CHECK_FALSE(meter.relay().commanded_off());
  CHECK_FALSE(read_total(meter));
  CHECK(read_total(meter));
}

TEST_CASE("fault: late replies come when they are told to") {
  Meter meter(plain_setup(), kStart);
  meter.set_fault({FaultKind::late, 1500}, kStart);
  CHECK(read_total(meter)->delay == base::Millis(1500));
}

TEST_CASE("fault: a wrong checksum is refused by the receiver for that reason") {
  Meter meter(plain_setup(), kStart);
  meter.set_fault({FaultKind::wrong_checksum}, kStart);
  const auto found = dlt645::find_frame(read_total(meter)->bytes);
  REQUIRE_FALSE(found.has_value());
  CHECK(found.error().is(dlt645::Errc::checksum));
}

TEST_CASE("fault: noise stands in front of a whole frame") {
  Meter meter(plain_setup(), kStart);
  const std::size_t healthy = read_total(meter)->bytes.size();
  meter.set_fault({FaultKind::noise, 6}, kStart);
  const auto reply = read_total(meter);
  CHECK(reply->bytes.size() == healthy + 6);
  CHECK(dlt645::find_frame(reply->bytes).has_value());
}

TEST_CASE("fault: a half frame breaks off in the middle") {
  Meter meter(plain_setup(), kStart);
  const std::size_t healthy = read_total(meter)->bytes.size();
  meter.set_fault({FaultKind::half_frame}, kStart);
  const auto reply = read_total(meter);
  CHECK(reply->bytes.size() == healthy / 2);
  CHECK_FALSE(dlt645::find_frame(reply->bytes).has_value());
}

TEST_CASE("fault: every n-th reply only") {
  Meter meter(plain_setup(), kStart);
  meter.set_fault({FaultKind::late, 900, 3}, kStart);
  int late = 0;
  for (int i = 0; i < 9; ++i) late += read_total(meter)->delay == base::Millis(900) ? 1 : 0;
  CHECK(late == 3);
}

TEST_CASE("fault: a stuck relay acknowledges, the contact never moves") {
  Meter meter(plain_setup(), kStart);
  meter.set_fault({FaultKind::relay_stuck}, kStart);
  CHECK(ask(meter, 0x1C, relay_data("1A"), kStart) == "9C ");
  CHECK(ask(meter, 0x11, "03050004", kStart + base::hours(1)) ==
        "91 03050004"
        "4000");
}

TEST_CASE("fault: a register jumps back and stays there, never below zero") {
  MeterSetup setup = plain_setup();
  setup.start.total = base::Quantity(50'000);
  Meter meter(setup, kStart);
  meter.set_fault({FaultKind::register_jump, 15'000}, kStart);
  CHECK(meter.registers().total == base::Quantity(35'000));
  meter.clear_fault(std::nullopt, kStart);
  CHECK(meter.registers().total == base::Quantity(35'000));
  meter.set_fault({FaultKind::register_jump, 1'000'000}, kStart);
  CHECK(meter.registers().total == base::Quantity(0));
}
