#include "gateway/core/point_value.hpp"

#include <doctest/doctest.h>

#include <array>

#include "gateway/core/point_plan.hpp"
#include "tests/unit/gateway/core/profile_bench.hpp"

namespace anju::gateway {
namespace {

using namespace bench;
using modbus::Function;
using modbus::Read;

constexpr auto kHolding = Function::read_holding_registers;

/// Registers from an address on, as one reply gave them.
ReadRegisters registers(std::uint16_t address, std::vector<std::uint16_t> values, Function function = kHolding) {
  ReadRegisters read;
  const Read block{function, address, static_cast<std::uint16_t>(values.size())};
  REQUIRE(read.put(block, modbus::RegistersReply{function, std::move(values)}).has_value());
  return read;
}

std::string said(const DeviceProfile& profile, PointName name, const ReadRegisters& read) {
  const auto value = decode_point(profile, name, read);
  return value ? text_of(*value) : std::string(value.error().code);
}

std::string with_point(const std::string& keys) { return joined({kHead, kEnergy, "[[point]]", keys}); }

const base::CivilTime kNow{2026, 11, 22, 12, 34, 56};

}  // namespace

TEST_CASE("point: a register in its named unit") {
  const DeviceProfile profile = parsed(joined({kHead, kEnergy}));
  CHECK(said(profile, PointName::energy_total, registers(100, {0x0001, 0x86A0})) == "1000.0000");  // 100 000 x 0.01 kWh
  CHECK(said(profile, PointName::energy_total, registers(100, {0x0001})) == "not_read");
  CHECK(said(profile, PointName::energy_total, registers(100, {0, 1}, Function::read_input_registers)) == "not_read");
  CHECK(said(profile, PointName::power, registers(100, {0, 1})) == "unknown_point");
  const auto value = decode_point(profile, PointName::energy_total, registers(100, {0, 1}));
  CHECK(std::get<Measured>(*value) == Measured{100, Dimension::energy});
}

TEST_CASE("point: an absent value is no number, with or without a sign") {
  const DeviceProfile profile = parsed(with_point("name = \"temperature\"\nfunction = 3\naddress = 1\ntype = \"i16\"\nunit = \"0.1degC\"\nabsent = 0x8000"));
  CHECK(said(profile, PointName::temperature, registers(1, {0x8000})) == "no_value");
  CHECK(said(profile, PointName::temperature, registers(1, {0x8001})) == "-3276.70");
  CHECK(said(profile, PointName::temperature, registers(1, {0xFFFF})) == "-0.10");
  CHECK(said(profile, PointName::temperature, registers(1, {452})) == "45.20");
}

TEST_CASE("point: a floating-point register is rounded to what Anju keeps, and refused when it is no number") {
  const DeviceProfile profile = parsed(with_point("name = \"voltage_a\"\nfunction = 3\naddress = 1\ntype = \"float32\"\nunit = \"V\""));
  CHECK(said(profile, PointName::voltage_a, registers(1, {0x4366, 0x3334})) == "230.200");
  CHECK(said(profile, PointName::voltage_a, registers(1, {0x7FC0, 0x0000})) == "not_a_number");
  CHECK(said(profile, PointName::voltage_a, registers(1, {0x7F00, 0x0000})) == "out_of_range");
}

TEST_CASE("point: ratios and exponents of other registers multiply exactly, and are rounded once") {
  const DeviceProfile profile = parsed(joined({kHead, with(kEnergy, "unit = \"0.01kWh\"", "unit = \"0.01kWh\"\nscale = [\"current_ratio\", \"voltage_ratio\"]"), R"(
[[point]]
name = "current_ratio"
function = 3
address = 6
type = "u16"
unit = "x1"
[[point]]
name = "voltage_ratio"
function = 3
address = 7
type = "u16"
unit = "x0.1"
[[point]]
name = "decimal_exponent"
function = 3
address = 8
type = "i16"
unit = "10^n"
[[point]]
name = "power"
function = 3
address = 9
type = "u16"
unit = "W"
scale = ["decimal_exponent"]
)"}));
  ReadRegisters read = registers(6, {40, 15, 0xFFFE, 12345});  // 40, 1.5, 10^-2
  CHECK(said(profile, PointName::energy_total, read) == "not_read");
  REQUIRE(read.put(Read{kHolding, 100, 2}, modbus::RegistersReply{kHolding, {0, 100'0}}).has_value());
  CHECK(said(profile, PointName::energy_total, read) == "600.0000");  // 10.00 kWh x 40 x 1.5
  CHECK(said(profile, PointName::power, read) == "0.1235");           // 123.45 W in 0.1 W: half away from zero
  CHECK(said(profile, PointName::power, registers(8, {2, 12345})) == "1234.5000");
  CHECK(said(profile, PointName::power, registers(8, {10, 1})) == "out_of_range");
  // A ratio of 0 was never set: an energy of 0 would be a lie.
  ReadRegisters unset = registers(6, {0, 10});
  REQUIRE(unset.put(Read{kHolding, 100, 2}, modbus::RegistersReply{kHolding, {0, 1}}).has_value());
  CHECK(said(profile, PointName::energy_total, unset) == "out_of_range");
}

TEST_CASE("point: a state is one of the map, or no state") {
  const DeviceProfile& water = shipped("xintai-water");
  const auto valve = [&](std::uint16_t word) { return said(water, PointName::valve, registers(0x1C, {word})); };
  CHECK(valve(0x0001) == "open");
  CHECK(valve(0x0002) == "closed");
  CHECK(valve(0x0009) == "open");  // the battery's bit is masked out
  CHECK(valve(0x0005) == "fault");
  CHECK(valve(0x0000) == "unknown_state");
  CHECK(valve(0x0003) == "unknown_state");
  CHECK(said(water, PointName::alarms, registers(0x1C, {0x000C})) == "valve_fault battery_low");
  CHECK(said(water, PointName::alarms, registers(0x1C, {0x0001})) == "");
  CHECK(said(water, PointName::pipe, registers(7, {0x00AA})) == "full");
  CHECK(said(water, PointName::flow, registers(5, {0x1E85, 0x0B3F})) == "0.5450");  // the example of the driver the map is from
}

TEST_CASE("point: coils") {
  const DeviceProfile& controller = shipped("anju-hot-water");
  ReadRegisters read;
  const Read coil{Function::read_coils, 2, 1};
  REQUIRE(read.put(coil, modbus::BitsReply{Function::read_coils, {std::byte{0x01}}}).has_value());
  CHECK(said(controller, PointName::automatic, read) == "on");
  REQUIRE(read.put(coil, modbus::BitsReply{Function::read_coils, {std::byte{0xFE}}}).has_value());  // the padding says nothing
  CHECK(said(controller, PointName::automatic, read) == "off");
}

TEST_CASE("point: replies that do not fit their read are refused, exceptions have their names") {
  ReadRegisters read;
  const Read block{kHolding, 10, 2};
  CHECK(read.put(block, modbus::RegistersReply{kHolding, {1}}).error().is(ProfileErrc::bad_reply));
  CHECK(read.put(block, modbus::RegistersReply{Function::read_input_registers, {1, 2}}).error().is(ProfileErrc::bad_reply));
  CHECK(read.put(block, modbus::WriteReply{Function::write_register, 10, 2}).error().is(ProfileErrc::bad_reply));
  CHECK(read.put(Read{Function::read_coils, 0, 9}, modbus::BitsReply{Function::read_coils, {std::byte{1}}}).error().is(ProfileErrc::bad_reply));
  CHECK(read.put(block, modbus::ExceptionReply{kHolding, 2}).error().is(modbus::Errc::illegal_data_address));
  CHECK_FALSE(read.at(kHolding, 10).has_value());
}

TEST_CASE("clock: every layout is read as it is written") {
  const std::array<std::pair<const char*, std::vector<std::uint16_t>>, 5> layouts{{
      {"clock_yyyy_first", {2026, 11, 22, 12, 34, 56}},
      {"clock_yy_first", {26, 11, 22, 12, 34, 56}},
      {"clock_yy_last", {56, 34, 12, 22, 11, 26}},
      {"clock_bytes", {0x1A0B, 0x160C, 0x2238}},
      {"clock_bcd", {0x2611, 0x2212, 0x3456}},
  }};
  for (const auto& [layout, words] : layouts) {
    CAPTURE(layout);
    const std::string name(layout);
    const DeviceProfile profile = parsed(joined({with_point("name = \"clock\"\nfunction = 3\naddress = 40\ntype = \"" + name + "\""), R"([[action]]
name = "set_clock"
writes = [{ function = 16, address = 40, clock = ")" + name + R"(" }]
verify = { point = "clock", within_s = 5 }
)"}));
    CHECK(said(profile, PointName::clock, registers(40, words)) == "2026-11-22 12:34:56");
    const ProfileAction& action = *profile.find(ActionName::set_clock);
    const auto writes = writes_of(action, kNow);
    REQUIRE(writes.has_value());
    CHECK(writes->at(0) == modbus::Request(modbus::WriteRegisters{40, words}));
    const auto read = decode_point(profile, PointName::clock, registers(40, words));
    CHECK(is_verified(action, *read, base::CivilTime{2026, 11, 22, 12, 35, 1}));
    CHECK(is_verified(action, *read, base::CivilTime{2026, 11, 22, 12, 34, 51}));
    CHECK_FALSE(is_verified(action, *read, base::CivilTime{2026, 11, 22, 12, 35, 2}));
    CHECK_FALSE(is_verified(action, *read, base::CivilTime{2026, 11, 22, 12, 34, 50}));
    auto impossible = words;
    for (auto& word : impossible) word = 0;
    CHECK(said(profile, PointName::clock, registers(40, impossible)) == "bad_time");
    CHECK((writes_of(action, base::CivilTime{2100, 1, 1, 0, 0, 0}).has_value()) == (name == "clock_yyyy_first"));
  }
  const DeviceProfile bcd = parsed(with_point("name = \"clock\"\nfunction = 3\naddress = 40\ntype = \"clock_bcd\""));
  CHECK(said(bcd, PointName::clock, registers(40, {0x261A, 0x2212, 0x3456})) == "bad_time");
}

TEST_CASE("action: done is what was read, not what was acknowledged") {
  const DeviceProfile& water = shipped("xintai-water");
  const ProfileAction& trip = *water.find(ActionName::trip);
  CHECK(writes_of(trip, kNow).value() == std::vector<modbus::Request>{modbus::WriteRegister{0x1C, 2}});
  CHECK(is_verified(trip, State::closed, kNow));
  for (const State other : {State::open, State::moving, State::fault}) CHECK_FALSE(is_verified(trip, other, kNow));
  CHECK_FALSE(is_verified(trip, Measured{2, Dimension::flow}, kNow));
  CHECK_FALSE(is_verified(trip, kNow, kNow));
  const ProfileAction& by_hand = *shipped("anju-hot-water").find(ActionName::temperature_valve_open);
  CHECK(writes_of(by_hand, kNow).value() == std::vector<modbus::Request>{modbus::WriteCoil{2, false}, modbus::WriteCoil{1, true}});
  CHECK_FALSE(is_verified(*shipped("anju-hot-water").find(ActionName::set_clock), State::open, kNow));
}

TEST_CASE("point: a meter from its registers to its values, by the shipped profiles") {
  // Chint DDSU666: 230.2 V, 1.5 A, 0.345 kW, 1234.5 kWh as floats.
  const DeviceProfile& chint = shipped("chint-ddsu666");
  CHECK(said(chint, PointName::voltage_a, registers(0x2000, {0x4366, 0x3333})) == "230.200");
  CHECK(said(chint, PointName::current_a, registers(0x2002, {0x3FC0, 0x0000})) == "1.500");
  CHECK(said(chint, PointName::power, registers(0x2004, {0x3EB0, 0xA3D7})) == "0.3450");
  CHECK(said(chint, PointName::energy_total, registers(0x4000, {0x449A, 0x5000})) == "1234.5000");
  // PZEM-014: low word first.
  const DeviceProfile& pzem = shipped("pzem-014");
  const ReadRegisters ten = registers(0, {2302, 0x1170, 0x0001, 3450, 0, 0xE240, 0x0001, 500, 98, 0xFFFF}, Function::read_input_registers);
  CHECK(said(pzem, PointName::voltage_a, ten) == "230.200");
  CHECK(said(pzem, PointName::current_a, ten) == "70.000");
  CHECK(said(pzem, PointName::power, ten) == "0.3450");
  CHECK(said(pzem, PointName::energy_total, ten) == "123.4560");
  CHECK(said(pzem, PointName::frequency, ten) == "50.000");
  CHECK(said(pzem, PointName::power_factor, ten) == "0.980");
  CHECK(said(pzem, PointName::alarms, ten) == "overload");
  // Schneider iEM3155: Wh in 64 bits.
  CHECK(said(shipped("schneider-iem3155"), PointName::energy_total, registers(0xC83, {0, 0, 0x0012, 0xD687})) == "1234.5670");
  // Hiking DDS238: power with a sign; the relay is cut by function 16.
  const DeviceProfile& hiking = shipped("hiking-dds238-zn-sr");
  CHECK(said(hiking, PointName::power, registers(0xE, {0xFF9C})) == "-0.1000");
  CHECK(writes_of(*hiking.find(ActionName::trip), kNow).value() == std::vector<modbus::Request>{modbus::WriteRegisters{0x1A, {0}}});
}

}  // namespace anju::gateway
