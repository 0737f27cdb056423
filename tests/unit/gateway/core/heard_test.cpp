#include "gateway/core/heard.hpp"

#include <cstdlib>
#include <random>

#include <doctest/doctest.h>

#include "gateway/core/unasked.hpp"
#include "tests/unit/gateway/core/fake_bus.hpp"
#include "tests/unit/gateway/core/uart_wire.hpp"

namespace anju::gateway::testing {
namespace {

// Read 00010000 of meter 000000000161 and its answer, 0.26 kWh: shared reference meters.md 1.9.
const char* const kAsked = "FEFEFEFE68610100000000681104333334331416";
const char* const kAnswer = "FEFEFEFE6861010000000068910833333433593333338A16";
// Read two registers of unit 1 and its answer; CRCs by the codec's own encoder.
base::Bytes registers_asked() { return *modbus::rtu::encode(*modbus::make_request(1, modbus::Read{modbus::Function::read_holding_registers, 0, 4})); }
base::Bytes registers_answer() {
  return *modbus::rtu::encode(*modbus::make_reply(1, modbus::RegistersReply{modbus::Function::read_holding_registers, {1, 0x1122, 0x3344, 0x5566}}));
}

Trace tried(base::Bytes request, base::Bytes reply, std::string outcome = "bad_frame", FrameProtocol protocol = FrameProtocol::dlt645) {
  return Trace{base::UtcMillis(1000), base::DeviceId("m1"), protocol, std::move(request), std::move(reply), std::move(outcome), base::Millis(100), 1};
}
Trace dlt(base::Bytes reply, std::string outcome = "bad_frame") { return tried(bytes_of(kAsked), std::move(reply), std::move(outcome)); }

base::Bytes joined(base::Bytes a, const base::Bytes& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

}  // namespace

TEST_CASE("uart: in the sender's own format bytes are read as they were sent") {
  for (const Uart one : {Uart{2400, true}, Uart{9600, false}}) CHECK(as_read(bytes_of(kAnswer), one, one) == bytes_of(kAnswer));
}

TEST_CASE("heard: 8E1 read as 8N1 goes wrong behind the first byte of an even number of ones, and is told by that") {
  const auto heard = as_read(bytes_of(kAnswer), {2400, true}, {2400, false});
  CHECK(base::to_hex(heard).starts_with("FEFEFEFE6861010000000068910833CD"));  // 33: the first with a 0 for its parity
  CHECK(hear(dlt(heard)).look == Look::parity);
  const auto modbus = as_read(registers_answer(), {9600, true}, {9600, false});
  CHECK(hear(tried(registers_asked(), modbus, "bad_frame", FrameProtocol::modbus_rtu)).look == Look::parity);
  // One flipped bit elsewhere is no parity: the byte behind 33 is right here.
  auto flipped = bytes_of(kAnswer);
  flipped[18] ^= std::byte{0x04};
  CHECK(hear(dlt(flipped)).look == Look::damaged);
}

TEST_CASE("heard: no parity read as even parity is read right by a receiver that goes on") {
  CHECK(as_read(bytes_of(kAnswer), {2400, false}, {2400, true}) == bytes_of(kAnswer));
}

TEST_CASE("heard: a sender at half the rate or slower leaves no single bit") {
  for (const std::int64_t receiver : {4800, 9600}) {
    CHECK(hear(dlt(as_read(bytes_of(kAnswer), {2400, true}, {receiver, true}))).look == Look::slow_sender);
    CHECK(overhear(dlt(as_read(bytes_of(kAsked), {2400, true}, {receiver, false})), nullptr).look == Look::slow_sender);
  }
  // A faster sender leaves a few bytes that look like nothing.
  CHECK(hear(dlt(as_read(bytes_of(kAnswer), {9600, true}, {2400, true}))).look == Look::garbage);
}

TEST_CASE("heard: exchanged wires are told by what 68, 33 and 00 turn into") {
  for (const Uart one : {Uart{2400, true}, Uart{9600, false}}) CHECK(hear(dlt(as_read(bytes_of(kAnswer), one, one, true))).look == Look::inverted);
}

TEST_CASE("heard: what is no frame") {
  struct Row {
    const char* name;
    std::string reply;
    Look look;
  };
  const std::string whole = kAnswer;
  const Row rows[]{
      {"nothing", "", Look::silence},
      {"our own question only", kAsked, Look::silence},
      {"a break", "00", Look::level},
      {"breaks and glitches", "00FF00FFFF", Look::level},
      {"half of the answer", whole.substr(0, 30), Look::cut},
      {"a wrong sum", "FEFEFEFE6861010000000068910833333433593333338B16", Look::damaged},
      {"a damaged address", "FEFEFEFE6861010000400068910833333433593333338A16", Look::damaged},
      {"a glitch", "A7", Look::garbage},
      {"noise", "A55BD70B2AE3914D", Look::garbage},
      {"another meter's answer", "FEFEFEFE6862010000000068910833333433593333338B16", Look::whole},
  };
  for (const auto& row : rows) {
    INFO(row.name);
    CHECK(hear(dlt(bytes_of(row.reply), row.reply.empty() ? "no_answer" : "bad_frame")).look == row.look);
  }
}

TEST_CASE("heard: echo, a second answer, foreign questions, and what lies beside a whole frame") {
  const auto asked = bytes_of(kAsked), answer = bytes_of(kAnswer);
  auto heard = hear(dlt(joined(asked, answer), "ok"));
  CHECK(heard.echo);
  CHECK(heard.look == Look::whole);
  CHECK(heard.answers == 1);
  CHECK(heard.questions == 0);
  CHECK_FALSE(heard.noise);
  heard = hear(dlt(joined(answer, answer), "ok"));
  CHECK(heard.answers == 2);
  CHECK_FALSE(heard.echo);
  CHECK(hear(dlt(joined(bytes_of("FEFE68620100000000681104333334331516"), answer), "ok")).questions == 1);
  CHECK(hear(dlt(joined(answer, bytes_of("00")), "ok")).level);
  CHECK(hear(dlt(joined(bytes_of("FF"), answer), "ok")).level);
  heard = hear(dlt(joined(bytes_of("A713"), answer), "ok"));
  CHECK(heard.noise);
  CHECK_FALSE(heard.level);
}

TEST_CASE("heard: the answer to a Modbus write is its question, and no echo") {
  const auto write = *modbus::rtu::encode(*modbus::make_request(1, modbus::WriteRegister{7, 1}));
  CHECK_FALSE(hear(tried(write, write, "ok", FrameProtocol::modbus_rtu)).echo);
  CHECK(hear(tried(write, write, "ok", FrameProtocol::modbus_rtu)).answers == 1);
  CHECK(hear(tried(registers_asked(), joined(registers_asked(), registers_answer()), "ok", FrameProtocol::modbus_rtu)).echo);
}

TEST_CASE("heard: unasked bytes are questions in any protocol, or the last answer once more") {
  const auto last = dlt(bytes_of(kAnswer), "ok");
  const auto burst = [](base::Bytes bytes) { return tried({}, std::move(bytes), std::string(kUnasked)); };
  CHECK(overhear(burst(bytes_of(kAsked)), nullptr).questions == 1);
  CHECK(overhear(burst(registers_asked()), &last).questions == 1);
  CHECK(overhear(burst(bytes_of("FEFEFEFE68104433221100337801031F90008016")), &last).questions == 1);  // CJ/T188, meters.md 2.3
  CHECK(overhear(burst(bytes_of(kAnswer)), &last).answers == 1);
  CHECK(overhear(burst(bytes_of(kAnswer)), &last).questions == 0);
  CHECK(overhear(burst(registers_answer()), &last).questions == 0);
  CHECK(overhear(burst({}), nullptr).look == Look::silence);
}

TEST_CASE("heard: any bytes, asked and heard, in any protocol, are looked at and nothing else") {
  const char* given = std::getenv("ANJU_SEED");
  const auto seed = given == nullptr ? 7U : static_cast<unsigned>(std::strtoul(given, nullptr, 10));
  MESSAGE("ANJU_SEED=", seed);
  std::mt19937 random(seed);
  const auto bytes = [&random](std::size_t most) {
    base::Bytes some(random() % (most + 1));
    const base::Bytes likely = bytes_of("68FE00FF16680111030491");
    for (auto& byte : some) byte = random() % 2 == 0 ? likely[random() % likely.size()] : static_cast<std::byte>(random());
    return some;
  };
  for (int i = 0; i < 2000; ++i) {
    auto request = random() % 2 == 0 ? bytes(40) : random() % 2 == 0 ? bytes_of(kAsked) : registers_asked();
    const auto trace = tried(std::move(request), bytes(kTraceBytes), random() % 2 == 0 ? "ok" : "bad_frame", static_cast<FrameProtocol>(random() % 4));
    const auto heard = hear(trace);
    CHECK(heard.answers * 4 <= static_cast<int>(kTraceBytes));
    const auto over = overhear(trace, &trace);
    CHECK(over.questions * 4 <= static_cast<int>(kTraceBytes));
  }
}

}  // namespace anju::gateway::testing
