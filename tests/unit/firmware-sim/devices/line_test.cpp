#include "firmware-sim/devices/line.hpp"

#include "protocols/modbus/rtu.hpp"
#include "tests/unit/firmware-sim/devices/meter_fixture.hpp"

using namespace anju;
using namespace anju::sim;
using namespace anju::sim::test;

namespace {

constexpr std::int64_t kBegin = kStart.value * 1000;
constexpr std::uint32_t kBaud = 2400;

Line line_of(std::initializer_list<const char*> addresses, std::int64_t delay_ms = 60) {
  std::vector<Meter> meters;
  for (const char* address : addresses) {
    MeterSetup setup = plain_setup(address);
    setup.response_delay = base::Millis(delay_ms);
    meters.emplace_back(setup, kStart);
  }
  return {"test", kBaud, std::move(meters)};
}

base::Bytes read_total(const std::string& address) {
  return dlt645::encode(request(address, 0x11, "00000100"), 4).value();
}

constexpr std::int64_t span_us(std::size_t characters) {
  return static_cast<std::int64_t>(characters) * character_us(kBaud);
}

/// 20 bytes, then Td = 60 ms, then 24 bytes.
constexpr std::int64_t kReplyBegin = kBegin + span_us(20) + 60'000;
constexpr std::int64_t kReplyEnd = kReplyBegin + span_us(24);

}  // namespace

TEST_CASE("line: a reply begins Td after the request's last bit and takes its own time on the wire") {
  Line line = line_of({"000000000161"});
  line.on_master_bytes(read_total("000000000161"), kBegin, kBaud);
  CHECK(line.advance(kBegin + span_us(20) - 1).empty());
  CHECK(line.statistics().requests == 0);
  CHECK(line.advance(kBegin + span_us(20)).empty());
  CHECK(line.statistics().requests == 1);
  CHECK(line.advance(kReplyBegin + span_us(1) - 1).empty());
  CHECK(line.advance(kReplyBegin + span_us(1)).size() == 1);
  CHECK(line.advance(kReplyEnd - 1).size() == 22);
  CHECK(line.advance(kReplyEnd).size() == 1);
  CHECK_FALSE(line.next_event_us());
}

TEST_CASE("line: how late it is played changes nothing on the wire") {
  Line line = line_of({"000000000161"});
  line.on_master_bytes(read_total("000000000161"), kBegin, kBaud);
  CHECK(line.advance(kReplyEnd).size() == 24);
}

TEST_CASE("line: wakes up at the request's end, then every few milliseconds, and at the reply's last byte") {
  Line line = line_of({"000000000161"});
  line.on_master_bytes(read_total("000000000161"), kBegin, kBaud);
  CHECK(line.next_event_us() == kBegin + span_us(20));
  std::int64_t last = 0;
  int wakeups = 0;
  while (const auto next = line.next_event_us()) {
    REQUIRE(*next > last);
    last = *next;
    (void)line.advance(last);
    ++wakeups;
  }
  CHECK(last == kReplyEnd);
  CHECK(wakeups <= 25);
}

TEST_CASE("line: a request in pieces is one request") {
  Line line = line_of({"000000000161"});
  std::int64_t at = kBegin;
  for (const std::byte byte : read_total("000000000161")) {
    line.on_master_bytes({&byte, 1}, at, kBaud);
    at += 20'000;
    (void)line.advance(at);
  }
  CHECK(line.advance(at + 1'000'000).size() == 24);
  CHECK(line.statistics().requests == 1);
  CHECK(line.statistics().overlaps == 0);
}

TEST_CASE("line: half a request is forgotten after the longest gap") {
  Line line = line_of({"000000000161"});
  const base::Bytes whole = read_total("000000000161");
  line.on_master_bytes(base::ByteView(whole).first(12), kBegin, kBaud);
  line.on_master_bytes(base::ByteView(whole).subspan(12), kBegin + 700'000, kBaud);
  CHECK(line.advance(kBegin + 3'000'000).empty());
  CHECK(line.statistics().requests == 0);
}

TEST_CASE("line: a master at another baud rate is heard by nobody") {
  for (const std::uint32_t baud : {300U, 1200U, 4800U, 9600U, 0U}) {
    CAPTURE(baud);
    Line line = line_of({"000000000161"});
    line.on_master_bytes(read_total("000000000161"), kBegin, baud);
    CHECK(line.advance(kBegin + 5'000'000).empty());
    CHECK(line.statistics().requests == 0);
    CHECK(line.statistics().wrong_baud_bytes == 20);
    line.on_master_bytes(read_total("000000000161"), kBegin + 6'000'000, kBaud);
    CHECK(line.advance(kBegin + 9'000'000).size() == 24);
  }
}

TEST_CASE("line: two meters that answer at once are heard as garbage and counted") {
  for (const std::int64_t skew_ms : {0, 3, 40}) {
    CAPTURE(skew_ms);
    MeterSetup first = plain_setup("201908143865");
    MeterSetup second = plain_setup("560012337765");
    second.response_delay = base::Millis(60 + skew_ms);
    Line line("test", kBaud, {Meter(first, kStart), Meter(second, kStart)});
    line.on_master_bytes(read_total("AAAAAAAAAA65"), kBegin, kBaud);
    const base::Bytes heard = line.advance(kBegin + 2'000'000);
    CHECK(heard.size() >= 24);
    CHECK_FALSE(dlt645::find_frame(heard).has_value());
    CHECK(line.statistics().collisions == 1);

    line.on_master_bytes(read_total("AAAAAAAA3865"), kBegin + 3'000'000, kBaud);
    CHECK(dlt645::find_frame(line.advance(kBegin + 6'000'000)).has_value());
  }
}

TEST_CASE("line: a request before the last reply has ended is an overlap, and damages that reply") {
  Line line = line_of({"000000000161", "000000000162"});
  line.on_master_bytes(read_total("000000000161"), kBegin, kBaud);
  (void)line.advance(kReplyBegin + 10'000);
  line.on_master_bytes(read_total("000000000162"), kReplyBegin + 10'000, kBaud);
  const base::Bytes heard = line.advance(kReplyBegin + 2'000'000);
  CHECK(line.statistics().overlaps == 1);
  CHECK_FALSE(dlt645::find_frame(heard).has_value());
}

TEST_CASE("line: a request right behind the reply is none") {
  Line line = line_of({"000000000161", "000000000162"});
  line.on_master_bytes(read_total("000000000161"), kBegin, kBaud);
  (void)line.advance(kReplyEnd);
  line.on_master_bytes(read_total("000000000162"), kReplyEnd, kBaud);
  CHECK(line.advance(kReplyEnd + 2'000'000).size() == 24);
  CHECK(line.statistics().overlaps == 0);
  CHECK(line.statistics().requests == 2);
}

TEST_CASE("line: nobody answered: the window of 500 ms counts, what comes after it is fair") {
  for (const std::int64_t wait_us : {499'000, 500'000}) {
    CAPTURE(wait_us);
    Line line = line_of({"000000000161"});
    line.on_master_bytes(read_total("000000000999"), kBegin, kBaud);
    const std::int64_t heard = kBegin + span_us(20);
    (void)line.advance(heard + wait_us);
    line.on_master_bytes(read_total("000000000161"), heard + wait_us, kBaud);
    (void)line.advance(heard + 3'000'000);
    CHECK(line.statistics().overlaps == (wait_us < 500'000 ? 1 : 0));
  }
}

TEST_CASE("line: a reply later than the window is the meter's fault, and meets the next exchange") {
  Line line = line_of({"000000000161", "000000000162"});
  line.meters()[0].set_fault({FaultKind::late, 800}, kStart);
  line.on_master_bytes(read_total("000000000161"), kBegin, kBaud);
  const std::int64_t second = kBegin + span_us(20) + 700'000;
  (void)line.advance(second);
  line.on_master_bytes(read_total("000000000162"), second, kBaud);
  (void)line.advance(second + 3'000'000);
  CHECK(line.statistics().overlaps == 0);
  CHECK(line.statistics().requests <= 2);
}

TEST_CASE("line: after a broadcast the wire is free at once") {
  Line line = line_of({"000000000161"});
  const base::Bytes time = dlt645::encode(request("999999999999", 0x08, "000012211126"), 4).value();
  line.on_master_bytes(time, kBegin, kBaud);
  line.on_master_bytes(read_total("000000000161"), kBegin, kBaud);
  CHECK(line.advance(kBegin + 2'000'000).size() == 24);
  CHECK(line.statistics().overlaps == 0);
}

TEST_CASE("line: any bytes in, nothing but a healthy line afterwards") {
  Line line = line_of({"000000000161"});
  std::int64_t at = kBegin;
  for (std::uint64_t i = 0; i < 200; ++i) {
    base::Bytes noise;
    for (std::uint64_t k = 0; k < mix(1, i) % 300; ++k)
      noise.push_back(std::byte(mix(i, k) % 7 == 0 ? 0x68 : mix(i, k) & 0xFF));
    line.on_master_bytes(noise, at, kBaud);
    at += 2'000'000;
    (void)line.advance(at);
  }
  line.on_master_bytes(read_total("000000000161"), at + 1'000'000, kBaud);
  CHECK(dlt645::find_frame(line.advance(at + 3'000'000)).has_value());
}

namespace {

/// An electricity meter at 2400 8E1, a water meter at 9600 8E1 and a Modbus device at 9600 8N1 on one pair.
Line mixed_line() {
  MeterSetup electricity = plain_setup("000000000161");
  Cjt188Setup water;
  water.address = cjt188::Address::parse("78330011223344").value();
  water.format = WireFormat(9600, 'E');
  ModbusSetup modbus;
  modbus.unit = 17;
  modbus.format = WireFormat(9600, 'N');
  modbus.map.points.push_back({"voltage_a", modbus::Function::read_holding_registers, 0, modbus::Type::u16, modbus::Order::abcd, 100, {}});
  std::vector<Meter> meters;
  meters.emplace_back(electricity, kStart);
  return {"test", WireFormat(kBaud, 'E'), std::move(meters), {Cjt188Meter(water, kStart)}, {ModbusMeter(modbus, kStart)}};
}

base::Bytes read_water() {
  return cjt188::encode(cjt188::make_request({}, cjt188::kWildcard, 1, cjt188::ReadData{}).value(), 4).value();
}

base::Bytes read_unit(std::uint8_t unit) {
  return modbus::rtu::encode(modbus::make_request(unit, modbus::Read{modbus::Function::read_holding_registers, 0, 1}).value()).value();
}

}  // namespace

TEST_CASE("line: a meter hears only frames in its own rate and parity") {
  struct Case {
    base::Bytes request;
    WireFormat format;
    std::size_t answer;
  };
  const std::vector<Case> cases{
      {read_total("000000000161"), {2400, 'E'}, 24}, {read_total("000000000161"), {2400, 'N'}, 0}, {read_total("000000000161"), {9600, 'E'}, 0},
      {read_total("000000000161"), 2400, 24},  // nobody can tell the parity of a pseudo terminal
      {read_water(), {9600, 'E'}, 39}, {read_water(), {9600, 'N'}, 0}, {read_water(), {2400, 'E'}, 0}, {read_water(), {9600, 'O'}, 0},
      {read_unit(17), {9600, 'N'}, 7}, {read_unit(17), {9600, 'E'}, 0}, {read_unit(18), {9600, 'N'}, 0}};
  for (const Case& one : cases) {
    CAPTURE(base::to_hex(one.request));
    CAPTURE(one.format.baud);
    CAPTURE(one.format.parity);
    Line line = mixed_line();
    line.on_master_bytes(one.request, kBegin, one.format);
    CHECK(line.advance(kBegin + 3'000'000).size() == one.answer);
  }
}

TEST_CASE("line: who changes his rate while a meter answers hears noise") {
  Line line = mixed_line();
  line.on_master_bytes(read_unit(17), kBegin, WireFormat(9600, 'N'));
  (void)line.advance(kBegin + 8 * character_us(WireFormat(9600, 'N')));  // the request has arrived
  CHECK(line.statistics().requests == 1);
  const std::byte other{0};
  line.on_master_bytes({&other, 1}, kBegin + 1'000'000, WireFormat(2400, 'E'));
  const auto heard = line.advance(kBegin + 2'000'000);
  const auto asked = modbus::make_request(17, modbus::Read{modbus::Function::read_holding_registers, 0, 1}).value();
  CHECK(heard.size() == 7);
  CHECK_FALSE(modbus::rtu::find_reply(heard, asked));
}

TEST_CASE("line: a Modbus request in two goes is one, behind a silence it is none; protocols do not disturb each other") {
  Line line = mixed_line();
  const auto request = read_unit(17);
  const WireFormat format(9600, 'N');
  line.on_master_bytes(base::ByteView(request).first(3), kBegin, format);
  line.on_master_bytes(base::ByteView(request).subspan(3), kBegin + 10'000, format);
  CHECK(line.advance(kBegin + 500'000).size() == 7);
  line.on_master_bytes(base::ByteView(request).first(3), kBegin + 600'000, format);
  line.on_master_bytes(base::ByteView(request).subspan(3), kBegin + 700'000, format);
  CHECK(line.advance(kBegin + 1'500'000).empty());
  // The half frame of before is forgotten, whatever is asked next.
  line.on_master_bytes(read_total("000000000161"), kBegin + 1'500'000, WireFormat(2400, 'E'));
  CHECK(line.advance(kBegin + 3'000'000).size() == 24);
  line.on_master_bytes(request, kBegin + 3'000'000, format);
  CHECK(line.advance(kBegin + 4'000'000).size() == 7);
  CHECK(line.statistics().requests == 3);
}
