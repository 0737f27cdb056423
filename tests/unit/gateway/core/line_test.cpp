#include "gateway/core/line.hpp"

#include <doctest/doctest.h>

#include "gateway/core/errc.hpp"
#include "tests/unit/gateway/core/fake_bus.hpp"

namespace anju::gateway::testing {
namespace {

constexpr std::uint32_t kTotal = 0x00010000;
const std::string kA = "000000000001", kB = "000000000002", kC = "000000000003";

LineBench bench(std::initializer_list<std::string> addresses) {
  LineBench bench;
  for (const auto& address : addresses) bench.bus.meters.push_back(make_fake(address));
  return bench;
}

std::string code(const Done* done) {
  if (done == nullptr) return "not done";
  return done->outcome ? "ok" : std::string(done->outcome.error().code);
}

}  // namespace

TEST_CASE("line: an exchange sets the format, flushes, writes, and ends with the reply") {
  Line line;
  const base::UtcMillis now(1000);
  CHECK(line.step(PortOpened{}, now).empty());
  LineBench helper;
  const auto actions = line.step(Submit{helper.read(kA, kTotal, 7)}, now);
  REQUIRE(actions.size() == 3);
  CHECK(std::get<SetFormat>(actions[0]).format == SerialFormat{});
  CHECK(std::holds_alternative<FlushInput>(actions[1]));
  CHECK(base::to_hex(std::get<Write>(actions[2]).bytes) ==
        "FEFEFEFE68010000000000681104333334"
        "33B316");
}

TEST_CASE("line: every meter of a queue is read in order, one exchange at a time") {
  auto b = bench({kA, kB, kC});
  std::uint64_t id = 1;
  for (const auto& address : {kA, kB, kC}) b.submit(b.read(address, kTotal, id++));
  b.run_for(base::seconds(3));
  REQUIRE(b.done.size() == 3);
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(b.done[i].id == i + 1);
    CHECK(code(&b.done[i]) == "ok");
  }
  CHECK(b.bus.overlaps == 0);
  CHECK(b.line.statistics().counts.ok == 3);
  CHECK(b.line.statistics(base::DeviceId("m" + kA))->delays.percentile(50) == base::Millis(100));
}

TEST_CASE("line: a closed port asks nothing, and what waits is asked when it opens") {
  LineBench b;
  b.bus.meters.push_back(make_fake(kA));
  b.happen(PortClosed{"pulled"});
  b.submit(b.read(kA, kTotal, 1));
  b.run_for(base::seconds(60));
  CHECK(b.done.empty());
  b.happen(PortOpened{});
  b.run_for(base::seconds(1));
  CHECK(code(b.find(1)) == "ok");
}

TEST_CASE("line: closing the port ends the exchange under way as line_down") {
  auto b = bench({kA});
  b.submit(b.read(kA, kTotal, 1));
  b.happen(PortClosed{"pulled"});
  CHECK(code(b.find(1)) == "line_down");
}

TEST_CASE("line: silence is retried, then reported as no_answer") {
  auto b = bench({});
  b.submit(b.read(kA, kTotal, 1, Priority::commissioning));
  b.run_for(base::seconds(10));
  CHECK(code(b.find(1)) == "no_answer");
  CHECK(b.bus.requests.size() == 2);
}

TEST_CASE("line: a silent poll is repeated at once only when the device was heard before") {
  auto b = bench({kA});
  b.submit(b.read(kB, kTotal, 1));  // there is none
  b.run_for(base::seconds(4));
  CHECK(code(b.find(1)) == "no_answer");
  CHECK(b.bus.requests.size() == 1);
  b.submit(b.read(kA, kTotal, 2));
  b.run_for(base::seconds(1));
  REQUIRE(code(b.find(2)) == "ok");
  b.bus.meters[0].silent = true;
  b.submit(b.read(kA, kTotal, 3));
  b.run_for(base::seconds(4));
  CHECK(code(b.find(3)) == "no_answer");
  CHECK(b.bus.requests.size() == 4);
}

TEST_CASE("line: a wrong checksum fails soon, is retried, and is reported as bad_frame") {
  auto b = bench({kA});
  b.bus.meters[0].wrong_sum = true;
  const auto start = b.now;
  b.submit(b.read(kA, kTotal, 1));
  b.run_for(base::seconds(10));
  CHECK(code(b.find(1)) == "bad_frame");
  CHECK(b.bus.requests.size() == 2);
  CHECK(b.line.statistics().counts.bad_frames == 2);
  CHECK(b.find(1)->asked - start < base::seconds(1));  // the second try did not wait for the whole deadline
}

TEST_CASE("line: noise in front of a reply does no harm") {
  auto b = bench({kA});
  b.bus.meters[0].noise = "FF6800FF16";
  b.submit(b.read(kA, kTotal, 1));
  b.run_for(base::seconds(3));
  CHECK(code(b.find(1)) == "ok");
}

TEST_CASE("line: our own echo and other meters' frames are discarded, and the wait goes on") {
  auto b = bench({kA});
  b.submit(b.read(kA, kTotal, 1));
  b.bus.send(*dlt645::encode(b.bus.requests[0], 4), b.now);  // echo
  auto other = make_fake(kB);
  const auto foreign = other.answer(std::get<dlt645::Frame>(b.read(kB, kTotal, 0).request), b.now);
  b.happen(Received{*dlt645::encode(*foreign, 0)});
  b.run_for(base::seconds(3));
  CHECK(code(b.find(1)) == "ok");
  CHECK(std::get<dlt645::Frame>(*b.find(1)->outcome).address.text() == kA);
  CHECK(b.line.statistics().mismatched == 2);
}

TEST_CASE("line: stale input before a request is discarded and counted") {
  auto b = bench({kA});
  b.happen(Received{bytes_of("010203")});
  CHECK(b.line.statistics().stale_bytes == 3);
  b.submit(b.read(kA, kTotal, 1));
  b.run_for(base::seconds(1));
  CHECK(code(b.find(1)) == "ok");
}

TEST_CASE("line: rule 3: a reply after the timeout is attributed to nobody else") {
  auto b = bench({kA, kB});
  b.bus.meters[0].delay_ms = 1150;  // behind the first deadline, inside the next exchange
  auto late = b.read(kA, kTotal, 1);
  late.tries = 1;
  b.submit(late);
  b.submit(b.read(kB, kTotal, 2));
  b.run_for(base::seconds(5));
  CHECK(code(b.find(1)) == "no_answer");
  REQUIRE(code(b.find(2)) == "ok");
  CHECK(std::get<dlt645::Frame>(*b.find(2)->outcome).address.text() == kB);
}

TEST_CASE("line: a late reply within the guard time teaches the device's delay") {
  auto b = bench({kA});
  b.bus.meters[0].delay_ms = 1050;
  b.submit(b.read(kA, kTotal, 1, Priority::commissioning));
  b.run_for(base::seconds(6));
  CHECK(code(b.find(1)) == "ok");  // the second try waits long enough
  CHECK(b.line.statistics().late_bytes > 0);
}

TEST_CASE("line: rule 5: in front of a frame are 3.5 characters that say nothing, all but one of which may be FE; a device may have its own pause") {
  auto b = bench({kA});
  b.submit(b.read(kA, kTotal, 1));
  b.submit(b.read(kA, kTotal, 2));
  b.run_for(base::seconds(3));
  // request 20 characters, Td 100 ms, reply 24 characters, one character (4.6 ms at 2400)
  constexpr std::int64_t kExchange = 92 + 100 + 110;
  CHECK(b.find(2)->asked - b.find(1)->asked == base::Millis(kExchange + 5));
  b.submit(b.read(kA, kTotal, 11));
  auto bare = b.read(kA, kTotal, 12);
  bare.preamble = 0;
  b.submit(bare);
  b.run_for(base::seconds(3));
  CHECK(b.find(12)->asked - b.find(11)->asked == base::Millis(kExchange + 16));
  auto slow = b.read(kA, kTotal, 3);
  slow.pause = base::Millis(200);
  b.submit(slow);
  b.submit(b.read(kA, kTotal, 4));
  b.run_for(base::seconds(3));
  CHECK(b.find(4)->asked - b.find(3)->asked == base::Millis(kExchange + 200));
}

TEST_CASE("line: a question of Modbus, or at another rate, waits for 3.5 characters of silence; what is more urgent goes first") {
  auto b = bench({kA});
  b.bus.devices.push_back({});
  b.bus.devices.back().registers[0] = 7;
  auto modbus = b.read(kA, kTotal, 2);
  modbus.device = base::DeviceId("modbus");
  modbus.request = ModbusRound{{*modbus::make_request(1, modbus::Read{modbus::Function::read_holding_registers, 0, 1})}, {}, {}};
  b.submit(b.read(kA, kTotal, 1));
  b.submit(modbus);
  b.run_for(base::Millis(92 + 100 + 110 + 6));  // the silence has begun
  REQUIRE(code(b.find(1)) == "ok");
  CHECK(b.bus.devices[0].requests == 0);
  b.submit(b.read(kA, kTotal, 3, Priority::control));
  b.run_for(base::seconds(2));
  REQUIRE(b.done.size() == 3);
  CHECK(b.done[1].id == 3);
  CHECK(code(b.find(2)) == "ok");
  CHECK(b.find(2)->asked - b.find(3)->asked >= base::Millis(92 + 100 + 110 + 16));
  CHECK(b.bus.overlaps == 0);
}

TEST_CASE("line: rule 6: the defaults work with a response delay of 500 ms at every rate") {
  for (const std::int64_t baud : {1200, 2400, 4800, 9600}) {
    CAPTURE(baud);
    auto b = bench({kA});
    b.bus.meters[0].delay_ms = 500;
    for (std::uint64_t id = 1; id <= 60; ++id) {
      auto exchange = b.read(kA, 0x0001FF00, id);
      exchange.format.baud = baud;
      b.submit(exchange);
    }
    b.run_for(base::minutes(3));
    CHECK(b.done.size() == 60);
    CHECK(b.line.statistics().counts.ok == 60);
    CHECK(b.line.statistics().counts.timeouts == 0);
    CHECK(b.line.first_byte_deadline(base::DeviceId("m" + kA)) >= base::Millis(700));
  }
}

TEST_CASE("line: the learned deadline is never below p99 plus margin, nor below what the standard allows") {
  auto b = bench({kA});
  b.bus.meters[0].delay_ms = 30;
  for (std::uint64_t id = 1; id <= 30; ++id) b.submit(b.read(kA, kTotal, id));
  b.run_for(base::seconds(30));
  CHECK(b.line.first_byte_deadline(base::DeviceId("m" + kA)) == kFirstByteLeast);
  b.bus.meters[0].silent = true;
  b.submit(b.read(kA, kTotal, 100));
  b.run_for(base::seconds(10));
  CHECK(b.line.first_byte_deadline(base::DeviceId("m" + kA)) == kFirstByteStart);
}

TEST_CASE("line: control goes before commissioning before poll") {
  auto b = bench({kA, kB, kC});
  b.submit(b.read(kA, kTotal, 1));
  b.submit(b.read(kB, kTotal, 2));
  b.submit(b.read(kC, kTotal, 3, Priority::commissioning));
  b.submit(b.read(kC, kTotal, 4, Priority::control));
  b.run_for(base::seconds(5));
  REQUIRE(b.done.size() == 4);
  CHECK(b.done[1].id == 4);
  CHECK(b.done[2].id == 3);
  CHECK(b.done[3].id == 2);
}

TEST_CASE("line: a poll does not starve behind control for ever") {
  auto b = bench({kA, kB});
  b.submit(b.read(kA, kTotal, 1, Priority::control));
  b.submit(b.read(kB, kTotal, 1000));
  for (std::uint64_t id = 2; id <= 50; ++id) b.submit(b.read(kA, kTotal, id, Priority::control));
  b.run_for(base::minutes(1));
  const auto poll = std::ranges::find(b.done, std::uint64_t{1000}, &Done::id) - b.done.begin();
  CHECK(poll <= kMostInFront + 1);
}

TEST_CASE("line: rule 2: a command to a dead device delays no other device by more than one timeout") {
  auto b = bench({kA, kB});
  b.bus.meters[0].silent = true;
  b.submit(b.read(kA, kTotal, 1, Priority::control));
  b.submit(b.read(kB, kTotal, 2));
  const auto start = b.now;
  b.run_for(base::seconds(10));
  CHECK(code(b.find(1)) == "no_answer");
  CHECK(b.find(2)->asked - start <= line_time(20, SerialFormat{}) + kFirstByteStart + kGuard);
}

TEST_CASE("line: rule 2: orders to a dead device do not put off when others are looked for") {
  for (const auto priority : {Priority::control, Priority::commissioning}) {
    auto b = bench({kA, kB});
    b.bus.meters[0].silent = b.bus.meters[1].silent = true;
    b.submit(b.read(kB, kTotal, 1));
    b.run_for(base::minutes(10));  // its next probe is due, and the budget is full
    REQUIRE(code(b.find(1)) == "no_answer");
    for (std::uint64_t id = 2; id < 22; ++id) b.submit(b.read(kA, kTotal, id, priority));
    b.run_for(base::minutes(2));
    REQUIRE(code(b.find(21)) == "no_answer");
    b.bus.meters[1].silent = false;
    b.submit(b.read(kB, kTotal, 22));
    b.run_for(base::seconds(2));
    CHECK(code(b.find(22)) == "ok");
  }
}

TEST_CASE("line: an exchange whose time is over is not sent, whether the port is open or not") {
  auto b = bench({kA});
  b.happen(PortClosed{"pulled"});
  auto exchange = b.read(kA, kTotal, 1, Priority::control);
  exchange.not_after = b.now + base::seconds(5);
  b.submit(exchange);
  b.run_for(base::seconds(4));
  CHECK(b.done.empty());
  b.run_for(base::seconds(2));
  CHECK(code(b.find(1)) == "expired");
  CHECK(b.bus.requests.empty());
}

TEST_CASE("line: a full queue refuses at once") {
  LineBench b;
  b.happen(PortClosed{"pulled"});
  for (std::uint64_t id = 1; id <= kMostWaiting; ++id) b.submit(b.read(kA, kTotal, id));
  CHECK(b.done.empty());
  b.submit(b.read(kA, kTotal, 9999));
  CHECK(code(b.find(9999)) == "queue_full");
}

TEST_CASE("line: a clock that is set back does not stop the line") {
  auto b = bench({kA, kB});
  b.bus.meters[0].silent = true;
  b.submit(b.read(kA, kTotal, 1));
  b.submit(b.read(kB, kTotal, 2));
  b.run_for(base::Millis(500));
  b.now = b.now - base::hours(3);
  b.happen(Tick{});
  b.run_for(base::seconds(10));
  CHECK(code(b.find(2)) == "ok");
}

TEST_CASE("line: a clock that is set ahead while a dead meter is looked for does not put off the next look") {
  auto b = bench({kA});
  b.bus.meters[0].silent = true;
  b.submit(b.read(kA, kTotal, 1));
  b.run_for(base::seconds(30));
  REQUIRE(code(b.find(1)) == "no_answer");
  b.submit(b.read(kA, kTotal, 2));  // a probe
  b.run_for(base::Millis(200));
  b.now = b.now + base::hours(24 * 365);  // a clock without a battery learns the time
  b.happen(Tick{});
  REQUIRE(code(b.find(2)) == "no_answer");
  b.bus.meters[0].silent = false;
  b.submit(b.read(kA, kTotal, 3));
  b.run_for(kLongestProbe);
  CHECK(code(b.find(3)) == "ok");
}

TEST_CASE("line: a transmitter that never falls silent does not hold the queue") {
  auto b = bench({kA});
  b.bus.meters[0].silent = true;
  b.submit(b.read(kA, kTotal, 1));
  const auto start = b.now;
  while (b.done.empty() && b.now - start < base::minutes(1)) {
    b.now = b.now + base::Millis(10);
    b.happen(Received{bytes_of("68")});
  }
  CHECK(code(b.find(1)) == "bad_frame");
  CHECK(b.now - start < base::seconds(12));
}

TEST_CASE("line: the ring of the last exchanges has bytes both ways and the outcome") {
  auto b = bench({kA});
  for (std::uint64_t id = 1; id <= kTraces + 8; ++id) b.submit(b.read(kA, kTotal, id));
  b.run_for(base::minutes(2));
  REQUIRE(b.line.traces().size() == kTraces);
  CHECK(b.line.traces().front().number == 9);
  CHECK(b.line.traces().back().number == kTraces + 8);
  CHECK(b.line.traces().back().outcome == "ok");
  CHECK(base::to_hex(b.line.traces().back().reply).starts_with("FEFEFEFE68010000000000689108"));
}

}  // namespace anju::gateway::testing
