// Modbus TCP on a line: every sending has a number, old answers are dropped, and the place in the connection is kept or given up.

#include <array>
#include <memory>
#include <random>

#include <doctest/doctest.h>

#include "gateway/core/errc.hpp"
#include "gateway/core/gateway.hpp"
#include "gateway/core/meter.hpp"
#include "protocols/modbus/message.hpp"
#include "protocols/modbus/tcp.hpp"
#include "tests/unit/protocols/noise.hpp"

using namespace anju;
using namespace anju::gateway;

namespace {

/// A Line whose other side is the test.
struct Bench {
  Line line;
  base::UtcMillis now{1'800'000'000'000};
  std::vector<modbus::tcp::Message> asked;
  std::vector<Done> done;
  std::vector<std::string> reopened;
  int flushes = 0;

  Bench() { happen(PortOpened{}); }
  void happen(LineEvent event) {
    for (auto& action : line.step(std::move(event), now)) {
      if (const auto* write = std::get_if<Write>(&action)) {
        const auto found = modbus::tcp::find(write->bytes);
        REQUIRE(found);
        CHECK(found->consumed == write->bytes.size());
        asked.push_back(found->message);
      }
      if (const auto* one = std::get_if<Done>(&action)) done.push_back(*one);
      if (const auto* why = std::get_if<Reopen>(&action)) reopened.push_back(why->why);
      if (std::holds_alternative<FlushInput>(action)) ++flushes;
    }
  }
  void wait(std::int64_t ms) {
    const auto end = now + base::Millis(ms);
    for (auto at = line.wake(); at && *at <= end; at = line.wake()) {
      now = std::max(now, *at);
      happen(Tick{});
    }
    now = end;
    happen(Tick{});
  }
  /// So many registers from each of these addresses.
  void read(std::uint64_t id, std::uint8_t unit, std::vector<std::uint16_t> addresses) {
    ModbusRound round;
    round.transaction = 0;
    for (const auto at : addresses) {
      round.asked.push_back(*modbus::tcp::make_request(unit, modbus::Read{modbus::Function::read_holding_registers, at, 1}));
    }
    Exchange exchange;
    exchange.id = id;
    exchange.device = base::DeviceId("u" + std::to_string(unit));
    exchange.request = std::move(round);
    exchange.format = format_of(ModbusServer{});
    exchange.priority = Priority::control;  // a poll of a device that nobody has heard is not repeated at once
    happen(Submit{std::move(exchange)});
  }
  static base::Bytes answer(const modbus::tcp::Message& to, std::uint16_t value) {
    return *modbus::tcp::encode({to.transaction, *modbus::make_reply(to.frame.unit, modbus::RegistersReply{modbus::Function::read_holding_registers, {value}})});
  }
  /// What the last Done brought, a register per part; -1: nothing.
  [[nodiscard]] std::vector<int> values() const {
    if (done.empty() || !done.back().outcome) return {-1};
    std::vector<int> all;
    for (const auto& frame : std::get<ModbusRound>(*done.back().outcome).heard) {
      const auto reply = modbus::decode_reply(frame.pdu);
      all.push_back(std::get<modbus::RegistersReply>(*reply).values.front());
    }
    return all;
  }
};

base::Bytes part(const base::Bytes& bytes, std::size_t from, std::size_t to) {
  return {bytes.begin() + static_cast<std::ptrdiff_t>(from), bytes.begin() + static_cast<std::ptrdiff_t>(to)};
}

}  // namespace

TEST_CASE("modbus tcp: several units behind one address are asked in turn, each sending with a number of its own") {
  Bench b;
  b.read(1, 3, {10});
  b.read(2, 7, {10, 20});
  REQUIRE(b.asked.size() == 1);
  CHECK(b.asked[0].frame.unit == 3);
  b.happen(Received{Bench::answer(b.asked[0], 111)});
  CHECK(b.values() == std::vector{111});
  b.wait(50);
  REQUIRE(b.asked.size() == 2);
  b.happen(Received{Bench::answer(b.asked[1], 222)});
  b.wait(50);
  REQUIRE(b.asked.size() == 3);
  b.happen(Received{Bench::answer(b.asked[2], 333)});
  CHECK(b.values() == std::vector{222, 333});
  CHECK(b.asked[0].transaction != b.asked[1].transaction);
  CHECK(b.asked[1].transaction != b.asked[2].transaction);
  CHECK(b.flushes == 0);
}

TEST_CASE("modbus tcp: an answer that comes too late is dropped, also when all but its number fits") {
  Bench b;
  b.read(1, 3, {10, 20});
  b.wait(1300);
  REQUIRE(b.asked.size() == 2);  // the same once more
  CHECK(b.asked[1].frame == b.asked[0].frame);
  b.happen(Received{Bench::answer(b.asked[0], 999)});
  CHECK(b.done.empty());
  b.happen(Received{Bench::answer(b.asked[1], 111)});
  b.wait(50);
  REQUIRE(b.asked.size() == 3);
  // The first sending's answer a second time, and the second's: neither is of register 20.
  b.happen(Received{Bench::answer(b.asked[0], 998)});
  b.happen(Received{Bench::answer(b.asked[1], 997)});
  CHECK(b.done.empty());
  b.happen(Received{Bench::answer(b.asked[2], 222)});
  CHECK(b.values() == std::vector{111, 222});
  CHECK(b.line.statistics().mismatched == 3);
}

TEST_CASE("modbus tcp: a late answer may arrive in pieces across everything; the next one is found behind it") {
  for (std::size_t cut = 1; cut < 11; ++cut) {
    CAPTURE(cut);
    Bench b;
    b.read(1, 3, {10});
    b.wait(1050);  // the pause behind a try without an answer
    const auto late = Bench::answer(b.asked[0], 999);
    b.happen(Received{part(late, 0, cut)});
    b.wait(300);
    REQUIRE(b.asked.size() == 2);
    auto rest = part(late, cut, late.size());
    const auto right = Bench::answer(b.asked[1], 111);
    rest.insert(rest.end(), right.begin(), right.end());
    b.happen(Received{rest});
    CHECK(b.values() == std::vector{111});
    CHECK(b.reopened.empty());
  }
}

TEST_CASE("modbus tcp: what is no message, or breaks off, closes the connection, and the next one works") {
  const base::Bytes foreign{std::byte{0}, std::byte{1}, std::byte{'H'}, std::byte{'T'}, std::byte{'T'}, std::byte{'P'}};
  for (const bool half : {false, true}) {
    CAPTURE(half);
    Bench b;
    b.read(1, 3, {10});
    b.happen(Received{half ? part(Bench::answer(b.asked[0], 5), 0, 9) : foreign});
    b.wait(half ? 1700 : 0);
    REQUIRE(b.reopened.size() == 1);
    CHECK(b.reopened[0].find("Modbus TCP") != std::string::npos);
    b.happen(PortClosed{"lost"});
    b.wait(500);
    b.happen(PortOpened{});
    b.read(2, 3, {10});
    b.wait(10);
    b.happen(Received{Bench::answer(b.asked.back(), 77)});
    b.wait(10);
    b.happen(Received{Bench::answer(b.asked.back(), 77)});
    CHECK(b.values() == std::vector{77});
    CHECK(b.reopened.size() == 1);
  }
}

TEST_CASE("modbus tcp: units 255 and 0 are asked and answer for themselves, each by its own number; on a serial line they are no devices") {
  for (const std::uint8_t unit : {std::uint8_t{255}, std::uint8_t{0}}) {
    CAPTURE(unit);
    Bench b;
    b.read(1, unit, {10});
    REQUIRE(b.asked.size() == 1);
    CHECK(b.asked[0].frame.unit == unit);
    // An answer in another unit's name is none.
    b.happen(Received{*modbus::tcp::encode({b.asked[0].transaction, *modbus::make_reply(1, modbus::RegistersReply{modbus::Function::read_holding_registers, {9}})})});
    CHECK(b.done.empty());
    b.happen(Received{Bench::answer(b.asked[0], 111)});
    CHECK(b.values() == std::vector{111});

    wire::ArchiveDevice device{base::DeviceId("d"), base::LineId("l1"), std::to_string(unit), std::nullopt, {}};
    device.profile.dialect = "modbus", device.profile.model = "any";
    Profiles profiles;
    profiles["any"] = std::make_shared<const DeviceProfile>();
    CHECK(make_meter(device, *parse_line_uri("modbus-tcp://10.0.0.8:502"), profiles));
    for (const char* uri : {"serial:///dev/ttyS1?baud=9600&format=8N1", "tcp://10.0.0.7:4001"}) CHECK(make_meter(device, *parse_line_uri(uri), profiles).error().is(Errc::bad_address));
  }
}

TEST_CASE("modbus tcp: a server that closes while it is asked is a line that is down") {
  Bench b;
  b.read(1, 3, {10});
  b.happen(PortClosed{"the port was lost"});
  REQUIRE(b.done.size() == 1);
  CHECK(b.done[0].outcome.error().is(Errc::line_down));
}

TEST_CASE("modbus tcp: whatever bytes come, asked for or not, every question ends, and one of the next two is answered by its own answer") {
  const auto seed = noise::seed();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  constexpr std::array kMeaningful{0x00, 0x01, 0x02, 0x03, 0x05, 0x06, 0x83, 0xFF};
  for (int round = 0; round < 300; ++round) {
    CAPTURE(round);
    Bench b;
    const bool unasked = random() % 4 == 0;
    if (!unasked) b.read(1, 3, {10});
    for (auto pieces = 1 + random() % 4; pieces > 0; --pieces) {
      auto heard = unasked || random() % 2 == 0 ? noise::bytes(random, 400, kMeaningful) : Bench::answer(b.asked.back(), 7);
      noise::mutate(heard, random);
      b.happen(Received{heard});
      b.wait(static_cast<std::int64_t>(random() % 300));
    }
    b.wait(20'000);
    CHECK(b.done.size() == (unasked ? 0U : 1U));
    // What broke off may cost the next question, too: then the connection is made again.
    for (std::uint64_t id = 2; b.values() != std::vector{4242}; ++id) {
      REQUIRE(id < 4);
      if (!b.reopened.empty()) b.happen(PortOpened{});
      const auto ended = b.done.size();
      b.read(id, 3, {11});
      b.wait(10);
      b.happen(Received{Bench::answer(b.asked.back(), 4242)});
      b.wait(20'000);
      REQUIRE(b.done.size() > ended);
    }
  }
}

TEST_CASE("modbus tcp: another's number, unit or function is never taken for the answer") {
  Bench b;
  b.read(1, 3, {10});
  auto other = b.asked[0];
  ++other.transaction;
  b.happen(Received{Bench::answer(other, 1)});
  other = b.asked[0];
  ++other.frame.unit;
  b.happen(Received{Bench::answer(other, 2)});
  CHECK(b.done.empty());
  CHECK(b.line.statistics().mismatched == 2);
}

TEST_CASE("modbus tcp: meters of other protocols have no place on such a line") {
  wire::ArchiveDevice device{base::DeviceId("d"), base::LineId("l"), "000000000001", std::nullopt, {}};
  const auto refused = make_meter(device, ModbusServer{"h", 502}, {});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().is(Errc::not_supported));
}
