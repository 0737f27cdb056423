#include "firmware-sim/devices/modbus_meter.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "protocols/modbus/errc.hpp"
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

/// The same bytes, as they come; nothing: it is silent.
std::optional<ReplyFaults::Shaped> raw(ModbusMeter& meter, base::UtcMillis now = kStart) {
  return meter.on_frame(modbus::make_request(17, modbus::Read{Function::read_holding_registers, 0x0A, 2}).value(), now);
}
std::string judged(const std::optional<ReplyFaults::Shaped>& shaped, std::uint8_t unit = 17) {
  if (!shaped) return "silent";
  const auto frame = modbus::make_request(unit, modbus::Read{Function::read_holding_registers, 0x0A, 2}).value();
  const auto found = modbus::rtu::find_reply_at_end(shaped->bytes, frame);
  return found ? "well" : std::string(found.error().code);
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

TEST_CASE("modbus meter: a silent one obeys, one that ignores its first requests does not") {
  ModbusMeter meter(setup_of(), kStart);
  const auto trip = modbus::make_request(17, modbus::WriteRegisters{0x20, {0}}).value();
  meter.set_fault({FaultKind::silent_first, 2}, kStart);
  CHECK_FALSE(meter.on_frame(trip, kStart));
  CHECK(judged(raw(meter)) == "silent");
  CHECK(judged(raw(meter, kStart + base::seconds(1))) == "well");
  CHECK(meter.state_of("relay") == "closed");
  meter.set_fault({FaultKind::silent}, kStart + base::seconds(2));
  CHECK_FALSE(meter.on_frame(trip, kStart + base::seconds(2)));
  CHECK(judged(raw(meter, kStart + base::seconds(3))) == "silent");
  CHECK(meter.state_of("relay") == "open");
  CHECK(meter.has_fault());
  meter.clear_fault(std::nullopt, kStart + base::seconds(4));
  CHECK_FALSE(meter.has_fault());
  CHECK(judged(raw(meter, kStart + base::seconds(4))) == "well");
}

TEST_CASE("modbus meter: damaged replies are damaged in the way that is asked for, every n-th of them") {
  ModbusMeter meter(setup_of(), kStart);
  const auto healthy = raw(meter).value();
  const auto now_with = [&](const Fault& fault) {
    meter.clear_fault(std::nullopt, kStart);
    meter.set_fault(fault, kStart);
    return raw(meter);
  };
  CHECK(now_with({FaultKind::late, 900})->delay == base::Millis(900));
  CHECK(judged(now_with({FaultKind::wrong_checksum})) == "checksum");
  CHECK(judged(now_with({FaultKind::noise, 5})) == "well");
  CHECK(raw(meter)->bytes.size() == healthy.bytes.size() + 5);
  const auto half = now_with({FaultKind::half_frame});
  CHECK(half->bytes.size() == healthy.bytes.size() / 2);
  CHECK(judged(half) == "need_more");
  int wrong = judged(now_with({FaultKind::wrong_checksum, 0, 3})) == "checksum" ? 1 : 0;
  for (int i = 1; i < 9; ++i) wrong += judged(raw(meter)) == "checksum" ? 1 : 0;
  CHECK(wrong == 3);
}

TEST_CASE("modbus meter: an exception on request refuses whatever is asked, and what is refused is not done") {
  for (const auto code : std::array<std::uint8_t, 5>{1, 2, 3, 4, 6}) {
    CAPTURE(code);
    ModbusMeter meter(setup_of(), kStart);
    meter.set_fault({FaultKind::exception, code}, kStart);
    CHECK(read(meter, 0x0A, 2, kStart) == modbus::Reply(modbus::ExceptionReply{Function::read_holding_registers, code}));
    CHECK(ask(meter, modbus::WriteRegisters{0x20, {0}}, kStart) == modbus::Reply(modbus::ExceptionReply{Function::write_registers, code}));
    meter.clear_fault(FaultKind::exception, kStart + base::seconds(1));
    CHECK(std::get<modbus::RegistersReply>(read(meter, 0x20, 1, kStart + base::seconds(1))).values.at(0) == 1);
    CHECK(meter.statistics().writes == 0);
    CHECK(meter.statistics().exceptions == 2);
  }
  ModbusMeter busy(setup_of(), kStart);
  busy.set_fault({FaultKind::exception, 6, 2}, kStart);
  int refused = 0;
  for (int i = 0; i < 6; ++i) refused += std::holds_alternative<modbus::ExceptionReply>(read(busy, 0x0A, 2, kStart)) ? 1 : 0;
  CHECK(refused == 3);
}

TEST_CASE("modbus meter: a reply in the next unit's name is a whole frame of that unit; behind 247 comes 1") {
  ModbusMeter meter(setup_of(), kStart);
  meter.set_fault({FaultKind::wrong_unit}, kStart);
  CHECK(judged(raw(meter)) == "no_frame");
  CHECK(judged(raw(meter), 18) == "well");
  auto last = setup_of();
  last.unit = 247;
  ModbusMeter other(last, kStart);
  other.set_fault({FaultKind::wrong_unit}, kStart);
  const auto shaped = other.on_frame(modbus::make_request(247, modbus::Read{Function::read_holding_registers, 0x0A, 2}).value(), kStart);
  CHECK(judged(shaped, 1) == "well");
}

TEST_CASE("modbus meter: words swapped concern numbers of several registers, nothing else") {
  ModbusMeter meter(setup_of(), kStart);
  meter.set_fault({FaultKind::words_swapped}, kStart);
  CHECK(read(meter, 0x0A, 5, kStart) == modbus::Reply(modbus::RegistersReply{Function::read_holding_registers, {0x0001, 0xE240, 0, 0, 2298}}));
  CHECK(std::get<modbus::RegistersReply>(read(meter, 0x20, 1, kStart)).values.at(0) == 1);
  CHECK(base::format(meter.total()) == "1234.56");
  meter.clear_fault(FaultKind::words_swapped, kStart);
  CHECK(std::get<modbus::RegistersReply>(read(meter, 0x0A, 2, kStart)).values.at(0) == 0xE240);
}

TEST_CASE("modbus meter: a stuck relay acknowledges and stays, also in the midst of a move") {
  ModbusMeter meter(setup_of(), kStart);
  const auto written = modbus::Reply(modbus::WriteReply{Function::write_registers, 0x20, 1});
  CHECK(ask(meter, modbus::WriteRegisters{0x20, {0}}, kStart) == written);
  meter.set_fault({FaultKind::relay_stuck}, kStart + base::Millis(100));
  CHECK(ask(meter, modbus::WriteRegisters{0x20, {0}}, kStart + base::Millis(100)) == written);
  meter.advance(kStart + base::hours(1));
  CHECK(meter.state_of("relay") == "closed");
  meter.clear_fault(FaultKind::relay_stuck, kStart + base::hours(1));
  CHECK(ask(meter, modbus::WriteRegisters{0x20, {0}}, kStart + base::hours(1)) == written);
  meter.advance(kStart + base::hours(2));
  CHECK(meter.state_of("relay") == "open");
}

TEST_CASE("modbus meter: a register jumps back and stays there, never below zero; a clock goes wrong and is right again") {
  auto setup = setup_of();
  setup.map.points.push_back({"clock", Function::read_holding_registers, 0x30, ModbusClock::yy_first, modbus::Order::abcd, 1, {}});
  ModbusMeter meter(setup, kStart);
  meter.set_fault({FaultKind::register_jump, 2'345'600}, kStart);
  CHECK(base::format(meter.total()) == "1000.00");
  meter.clear_fault(std::nullopt, kStart);
  CHECK(base::format(meter.total()) == "1000.00");
  meter.set_fault({FaultKind::register_jump, 99'000'000}, kStart);
  CHECK(meter.total() == base::Quantity(0));
  // 2027-01-15 16:00 at the site
  const auto minute = [&] { return std::get<modbus::RegistersReply>(read(meter, 0x30, 6, kStart)).values.at(4); };
  CHECK(minute() == 0);
  meter.set_fault({FaultKind::clock_adrift, 780}, kStart);
  CHECK(minute() == 13);
  CHECK(meter.has_fault());
  meter.clear_fault(FaultKind::clock_adrift, kStart);
  CHECK(minute() == 0);
}

TEST_CASE("modbus meter: planned faults come and go in their time, and what it used until then counts") {
  auto setup = setup_of(3'600);
  setup.faults = {{Fault{.kind = FaultKind::silent}, base::seconds(10), base::seconds(20)},
                  {Fault{.kind = FaultKind::register_jump, .value = 100}, base::seconds(30), std::nullopt}};
  ModbusMeter meter(setup, kStart);
  CHECK(judged(raw(meter, kStart + base::seconds(9))) == "well");
  CHECK(judged(raw(meter, kStart + base::seconds(10))) == "silent");
  CHECK(judged(raw(meter, kStart + base::seconds(20))) == "well");
  // 3.6 kW are 0.001 kWh a second; 0.01 kWh go back after 30 of them.
  meter.advance(kStart + base::seconds(40));
  CHECK(base::format(meter.total()) == "1234.59");
}
