#include "firmware-sim/devices/modbus_meter.hpp"

#include <doctest/doctest.h>

#include "protocols/modbus/rtu.hpp"

using namespace anju;
using namespace anju::sim;
using modbus::Function;

namespace {

constexpr base::UtcMillis kStart{1'800'000'000'000};

ModbusSetup setup_of(std::int64_t watts = 0) {
  ModbusSetup setup;
  setup.unit = 17;
  setup.watts = watts;
  setup.start = base::Quantity(12'345'600);
  setup.map.name = "test";
  setup.map.max_gap = 2;
  setup.map.unreadable = {{Function::read_holding_registers, 0x21, 0x21}};
  setup.map.points = {
      {"energy_total", Function::read_holding_registers, 0x0A, modbus::Type::u32, modbus::Order::cdab, 100, {}},
      {"voltage_a", Function::read_holding_registers, 0x0E, modbus::Type::u16, modbus::Order::abcd, 100, {}},
      {"relay", Function::read_holding_registers, 0x20, modbus::Type::u16, modbus::Order::abcd, 1, {{0, "open"}, {1, "closed"}}},
      {"alarms", Function::read_holding_registers, 0x20, modbus::Type::u16, modbus::Order::abcd, 1, {}},  // in the relay's register
      {"frequency", Function::read_holding_registers, 0x22, modbus::Type::u16, modbus::Order::abcd, 10, {}},
  };
  setup.map.orders = {{{modbus::WriteRegisters{0x20, {0}}}, "relay", "open"}, {{modbus::WriteRegisters{0x20, {1}}}, "relay", "closed"}};
  return setup;
}

modbus::Reply ask(ModbusMeter& meter, const modbus::Request& request, base::UtcMillis now) {
  const auto frame = modbus::make_request(17, request).value();
  const auto shaped = meter.on_frame(frame, now);
  REQUIRE(shaped);
  CHECK(shaped->delay == base::Millis(30));
  const auto found = modbus::rtu::find_reply(shaped->bytes, frame);
  REQUIRE(found);
  return modbus::decode_reply(found->frame.pdu).value();
}

modbus::Reply read(ModbusMeter& meter, std::uint16_t address, std::uint16_t count, base::UtcMillis now, Function function = Function::read_holding_registers) {
  return ask(meter, modbus::Read{function, address, count}, now);
}

}  // namespace

TEST_CASE("modbus meter: registers say what the device measures, gaps are 0, and other registers are refused") {
  ModbusMeter meter(setup_of(), kStart);
  // 1234.56 kWh in 0.01 kWh is 123456 = 0001E240H, low word first; 229.8 V in 0.1 V.
  CHECK(read(meter, 0x0A, 5, kStart) == modbus::Reply(modbus::RegistersReply{Function::read_holding_registers, {0xE240, 0x0001, 0, 0, 2298}}));
  CHECK(read(meter, 0x0B, 1, kStart) == modbus::Reply(modbus::RegistersReply{Function::read_holding_registers, {0x0001}}));
  CHECK(read(meter, 0x09, 2, kStart) == modbus::Reply(modbus::ExceptionReply{Function::read_holding_registers, 2}));
  CHECK(read(meter, 0x0E, 2, kStart) == modbus::Reply(modbus::ExceptionReply{Function::read_holding_registers, 2}));
  CHECK(read(meter, 0x20, 3, kStart) == modbus::Reply(modbus::ExceptionReply{Function::read_holding_registers, 2}));  // 21H is in the way
  CHECK(read(meter, 0, 1, kStart, Function::read_input_registers) == modbus::Reply(modbus::ExceptionReply{Function::read_input_registers, 1}));
  CHECK(meter.statistics().exceptions == 4);
}

TEST_CASE("modbus meter: an order moves the relay after its time, what no order has is refused and moves nothing") {
  ModbusMeter meter(setup_of(2000), kStart);
  const auto relay = [&](base::UtcMillis at) { return std::get<modbus::RegistersReply>(read(meter, 0x20, 1, at)).values.at(0); };
  CHECK(relay(kStart) == 1);
  CHECK(ask(meter, modbus::WriteRegisters{0x20, {7}}, kStart) == modbus::Reply(modbus::ExceptionReply{Function::write_registers, 3}));
  CHECK(ask(meter, modbus::WriteRegisters{0x0A, {0}}, kStart) == modbus::Reply(modbus::ExceptionReply{Function::write_registers, 2}));
  CHECK(ask(meter, modbus::WriteRegister{0x20, 0}, kStart) == modbus::Reply(modbus::ExceptionReply{Function::write_register, 1}));
  CHECK(relay(kStart + base::seconds(2)) == 1);
  const auto ordered = kStart + base::minutes(30);
  CHECK(ask(meter, modbus::WriteRegisters{0x20, {0}}, ordered) == modbus::Reply(modbus::WriteReply{Function::write_registers, 0x20, 1}));
  CHECK(relay(ordered + base::Millis(299)) == 1);
  CHECK(relay(ordered + base::Millis(300)) == 0);
  // 2 kW for half an hour and 0.3 s, then nothing.
  CHECK(base::format(meter.total()) == "1235.5601");
  meter.advance(ordered + base::hours(5));
  CHECK(base::format(meter.total()) == "1235.5601");
  CHECK(meter.state_of("relay") == "open");
  CHECK(meter.statistics().writes == 1);
}

TEST_CASE("modbus meter: other units and broadcasts get no answer") {
  ModbusMeter meter(setup_of(), kStart);
  CHECK_FALSE(meter.on_frame(modbus::make_request(18, modbus::Read{}).value(), kStart));
  CHECK_FALSE(meter.on_frame(modbus::make_request(0, modbus::WriteRegisters{0x20, {0}}).value(), kStart));
  CHECK(meter.statistics().requests == 0);
}
