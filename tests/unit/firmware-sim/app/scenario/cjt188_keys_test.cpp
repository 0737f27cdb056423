#include "firmware-sim/app/scenario/cjt188_keys.hpp"

#include <doctest/doctest.h>

#include <string>

#include "tests/unit/firmware-sim/app/scenario/scenario_text.hpp"

using namespace anju;
using namespace anju::sim;
using namespace anju::sim::testing;

TEST_CASE("scenario: every key of a water meter on a line reaches it, its faults as well") {
  const auto scenario = parse(kLine + R"(
[[line.meter]]
address = "000000000161"
[[line.water_meter]]
address = "78330011223399"
count = 2
room = "3-2-9{nn}"
first_room = 7
meter_type = "11"
di_order = "low_byte_first"
status_map = "high_bits"
valve_open_code = "66"
valve_close_code = "77"
ack = "bare"
preamble = 1
response_delay_ms = 250
answers_any_type = false
short_form = true
clock_set = false
battery_low = true
reports_fault = true
start_m3 = "12.34"
flow_m3_h = 0.5
noise_percent = 10
energy_factor = 60
valve_open = false
valve_travel_s = 9
clock_offset_s = -30
fault = [{ kind = "late", value = 900, every = 3, at = "10s", until = "1m" }, { kind = "leak", value = "0.02", at = "5s" }, { kind = "silent" }]
)");
  if (!scenario) FAIL(scenario.error().where);
  REQUIRE(scenario->lines[0].meters.size() == 1);
  REQUIRE(scenario->lines[0].water_meters.size() == 2);
  const Cjt188Setup& meter = scenario->lines[0].water_meters[1];
  CHECK(meter.address.text() == "78330011223400");
  CHECK(meter.options == cjt188::Options{.meter_type = 0x11,
                                         .di_order = cjt188::DiOrder::low_byte_first,
                                         .status_map = cjt188::StatusMap::high_bits,
                                         .valve_open = 0x66,
                                         .valve_close = 0x77,
                                         .ack = cjt188::AckForm::bare});
  CHECK(meter.preamble == 1);
  CHECK(meter.response_delay == base::Millis(250));
  CHECK_FALSE(meter.answers_any_type);
  CHECK(meter.short_form);
  CHECK_FALSE(meter.clock_set);
  CHECK(meter.battery_low);
  CHECK(meter.reports_fault);
  CHECK(meter.water.label == "3-2-908");
  CHECK(meter.water.start == base::Quantity(123'400));
  CHECK(value_at(meter.water.flow, 0) == 5'000);
  CHECK(meter.water.noise_percent == 10);
  CHECK(meter.water.speed == 60);
  CHECK_FALSE(meter.water.valve_open);
  CHECK(meter.water.valve_delay == base::seconds(9));
  CHECK(meter.water.clock_offset == base::seconds(-30));
  REQUIRE(meter.faults.size() == 2);
  CHECK(meter.faults[0].fault.kind == FaultKind::late);
  CHECK(meter.faults[0].fault.value == 900);
  CHECK(meter.faults[0].fault.every == 3);
  CHECK(meter.faults[0].after == base::seconds(10));
  CHECK(meter.faults[0].until == base::minutes(1));
  CHECK(meter.faults[1].fault.kind == FaultKind::silent);
  REQUIRE(meter.water.faults.size() == 1);
  CHECK(meter.water.faults[0].fault == WaterFault::leak);
  CHECK(meter.water.faults[0].value == 200);
  CHECK(scenario->lines[0].water_meters[0].water.seed != meter.water.seed);
}

TEST_CASE("scenario: a water meter on a line that cannot be is refused with its key") {
  const auto refused = [](const std::string& keys) {
    const auto scenario = parse(kLine + "[[line.water_meter]]\n" + keys);
    REQUIRE_FALSE(scenario);
    return std::string(scenario.error().code) + " " + scenario.error().where;
  };
  const std::string good = "address = '78330011223344'\n";
  struct Case {
    std::string keys;
    const char* code;
    const char* key;
  };
  for (const auto& c : {Case{"", "missing_key", "address"}, Case{"address = '161'\n", "bad_value", "address"},
                        Case{"address = 'AAAAAAAAAAAAAA'\n", "bad_value", "address"},
                        Case{"address = '7833001122334F'\ncount = 2\n", "bad_value", "address"},
                        Case{"address = '78339999999999'\ncount = 2\n", "bad_value", "address"},
                        Case{good + "di_order = 'big'\n", "bad_value", "di_order"}, Case{good + "status_map = 'd'\n", "bad_value", "status_map"},
                        Case{good + "meter_type = 'AA'\n", "bad_value", "meter_type"},
                        Case{good + "valve_open_code = '99'\n", "bad_value", "valve_open_code"},
                        Case{good + "valve_travel_s = 601\n", "out_of_range", "valve_travel_s"},
                        Case{good + "fault = [{ kind = 'relay_stuck' }]\n", "bad_value", "kind"},
                        Case{good + "load_kw = 1\n", "unknown_key", "load_kw"},
                        Case{good + "[[line.water_meter]]\n" + good, "duplicate", "address"}}) {
    CAPTURE(c.keys);
    const std::string said = refused(c.keys);
    CHECK(said.starts_with(c.code));
    CHECK(said.find(c.key) != std::string::npos);
  }
}
