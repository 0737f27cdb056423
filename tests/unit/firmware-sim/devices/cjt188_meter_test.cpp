#include "firmware-sim/devices/cjt188_meter.hpp"

#include <doctest/doctest.h>

#include "firmware-sim/devices/line.hpp"
#include "protocols/cjt188/message.hpp"
#include "protocols/dlt645/message.hpp"
#include "tests/unit/firmware-sim/devices/meter_fixture.hpp"

using namespace anju;
using namespace anju::sim;
using base::Millis;
using base::Quantity;
using cjt188::DiOrder;
using cjt188::StatusMap;
using cjt188::ValveState;
using test::kStart;

namespace {

cjt188::Address address(std::string_view text) {
  return cjt188::Address::parse(text).value();
}

const cjt188::Address kAddress = address("78330011223344");

/// A m3 an hour, 100.00 m3 at the start; the valve travels five seconds.
Cjt188Setup tap() {
  Cjt188Setup setup;
  setup.address = kAddress;
  setup.options.status_map = StatusMap::closed_01;
  setup.water.start = Quantity(1'000'000);
  setup.water.flow = {{0, 10'000}};
  setup.water.valve_delay = base::seconds(5);
  return setup;
}

/// One master and one meter: what is asked, what comes back decoded, and that it really answers the request.
struct Conversation {
  explicit Conversation(Cjt188Setup setup) : options(setup.options), meter(std::move(setup), kStart) {}

  std::optional<ReplyFaults::Shaped> send(const cjt188::Request& request, Millis after) {
    sent = cjt188::make_request(options, to, ++ser, request).value();
    return meter.on_frame(sent, kStart + after);
  }
  std::optional<cjt188::Reply> ask(const cjt188::Request& request, Millis after = Millis(0)) {
    const auto shaped = send(request, after);
    if (!shaped) return std::nullopt;
    const auto found = cjt188::find_frame_at_end(shaped->bytes);
    REQUIRE(found);
    CHECK(cjt188::answers(sent, found->frame));
    const auto received = cjt188::decode_reply(found->frame, options);
    REQUIRE(received);
    return received->reply;
  }
  cjt188::Metering read(Millis after) {
    const auto reply = ask(cjt188::ReadData{}, after);
    REQUIRE(reply);
    return cjt188::decode_metering(std::get<cjt188::ReadReply>(*reply).value).value();
  }
  ValveState valve(Millis after) { return cjt188::valve_state(*read(after).status, options.status_map); }

  cjt188::Options options;  ///< of the master
  Cjt188Meter meter;
  cjt188::Address to = kAddress;
  cjt188::Frame sent;
  std::uint8_t ser = 0;
};

}  // namespace

TEST_CASE("cjt188 meter: the register is read as it has grown, with the meter's time and status") {
  Conversation one(tap());
  const cjt188::Metering at_first = one.read(Millis(0));
  CHECK(at_first.total == Quantity(1'000'000));
  CHECK(at_first.settle_day_total == Quantity(1'000'000));
  CHECK(at_first.status == cjt188::StatusWord{});
  CHECK(at_first.time == base::to_civil(kStart, 480));
  const cjt188::Metering later = one.read(base::minutes(90));
  CHECK(later.total == Quantity(1'015'000));
  CHECK(later.settle_day_total == Quantity(1'000'000));
  CHECK(later.time == base::to_civil(kStart + base::minutes(90), 480));
}

TEST_CASE("cjt188 meter: the settlement-day total is the register at the first of the month, however late it is asked for") {
  Conversation one(tap());
  const base::CivilTime start = base::to_civil(kStart, 480);
  const base::UtcMillis first = base::to_utc({start.year, start.month + 1, 1, 0, 0, 0}, 480).value();
  const std::int64_t until_then = (first - kStart).value * 10'000 / 3'600'000;
  const cjt188::Metering after = one.read(first - kStart + base::hours(30));
  CHECK(after.settle_day_total == Quantity((1'000'000 + until_then) / 100 * 100));
  CHECK(after.total == Quantity((1'000'000 + until_then + 300'000) / 100 * 100));
}

TEST_CASE("cjt188 meter: a request in the other byte order, of another type or for another meter gets no answer") {
  Conversation one(tap());
  one.options.di_order = DiOrder::low_byte_first;
  CHECK_FALSE(one.ask(cjt188::ReadData{}));
  CHECK_FALSE(one.ask(cjt188::ReadAddress{}));
  CHECK_FALSE(one.ask(cjt188::Valve{}));
  one.options.di_order = DiOrder::high_byte_first;
  one.options.meter_type = cjt188::kGas;
  CHECK_FALSE(one.ask(cjt188::ReadData{}));
  one.options.meter_type = cjt188::kColdWater;
  one.to = address("78330011223345");
  CHECK_FALSE(one.ask(cjt188::ReadData{}));
  CHECK(one.meter.statistics().replies == 0);
  Cjt188Setup swapped = tap();
  swapped.options.di_order = DiOrder::low_byte_first;
  CHECK(Conversation(swapped).ask(cjt188::ReadData{}));
}

TEST_CASE("cjt188 meter: the wildcard reads, also the address and the real type, but never writes") {
  Cjt188Setup setup = tap();
  setup.options.meter_type = cjt188::kHotWater;
  Conversation one(setup);
  one.to = cjt188::kWildcard;
  one.options.meter_type = cjt188::kAnyType;
  const auto shaped = one.send(cjt188::ReadAddress{}, Millis(0));
  REQUIRE(shaped);
  const auto frame = cjt188::find_frame(shaped->bytes)->frame;
  CHECK(frame.address == kAddress);
  CHECK(frame.meter_type == cjt188::kHotWater);
  CHECK(cjt188::answers(one.sent, frame));
  CHECK(one.ask(cjt188::ReadData{}));
  CHECK_FALSE(one.ask(cjt188::Valve{0x99}));
  CHECK_FALSE(one.ask(cjt188::WriteBase{Quantity(0)}));
  CHECK(one.meter.statistics().valve_orders == 0);
  setup.answers_any_type = false;
  Conversation deaf(setup);
  deaf.options.meter_type = cjt188::kAnyType;
  CHECK_FALSE(deaf.ask(cjt188::ReadAddress{}));
}

TEST_CASE("cjt188 meter: an acknowledgement comes before the valve has moved, and nothing flows once it has closed") {
  Cjt188Setup setup = tap();
  setup.water.flow = {{0, 3'600'000}};  // a tenth of a m3 a second
  Conversation one(setup);
  const auto ack = std::get<cjt188::Ack>(*one.ask(cjt188::Valve{0x99}));
  CHECK(cjt188::valve_state(*ack.status, StatusMap::closed_01) == ValveState::open);
  CHECK(one.valve(Millis(4'999)) == ValveState::open);
  CHECK(one.valve(Millis(5'000)) == ValveState::closed);
  CHECK(one.read(base::hours(1)).total == Quantity(1'005'000));
  CHECK(one.ask(cjt188::Valve{0x55}, base::hours(1)));
  CHECK(one.valve(base::hours(1) + base::seconds(5)) == ValveState::open);
  CHECK(one.meter.statistics().valve_orders == 2);
}

TEST_CASE("cjt188 meter: each status map tells the valve in its own bits, and only one can tell that it moves") {
  struct Case {
    StatusMap map;
    ValveState travelling;
    std::uint8_t closed;
  };
  for (const auto& c : {Case{StatusMap::closed_01, ValveState::open, 0x01}, Case{StatusMap::closed_10, ValveState::moving, 0x02},
                        Case{StatusMap::high_bits, ValveState::open, 0x40}, Case{StatusMap::none, ValveState::unknown, 0x00}}) {
    CAPTURE(cjt188::to_string(c.map));
    Cjt188Setup setup = tap();
    setup.options.status_map = c.map;
    Conversation one(setup);
    CHECK(one.ask(cjt188::Valve{0x99}));
    CHECK(one.valve(base::seconds(2)) == c.travelling);
    CHECK(one.read(base::seconds(5)).status == cjt188::StatusWord{{c.closed, 0}});
  }
}

TEST_CASE("cjt188 meter: a stuck valve takes every order and stays; told as a fault where the meter notices") {
  for (const bool reports : {false, true}) {
    Cjt188Setup setup = tap();
    setup.reports_fault = reports;
    Conversation one(setup);
    one.meter.set_fault(Fault{.kind = FaultKind::relay_stuck}, kStart);
    CHECK(std::holds_alternative<cjt188::Ack>(*one.ask(cjt188::Valve{0x99})));
    CHECK(one.valve(base::minutes(1)) == (reports ? ValveState::fault : ValveState::open));
    one.meter.clear_faults(kStart + base::minutes(1));
    CHECK(one.ask(cjt188::Valve{0x99}, base::minutes(1)));
    CHECK(one.valve(base::minutes(2)) == ValveState::closed);
  }
}

TEST_CASE("cjt188 meter: a vendor's own codes move the valve, the query moves nothing, others are refused") {
  Cjt188Setup setup = tap();
  setup.options.valve_open = 0x66;
  setup.options.valve_close = 0x77;
  Conversation one(setup);
  CHECK(std::holds_alternative<cjt188::ErrorReply>(*one.ask(cjt188::Valve{0x99})));
  CHECK(std::holds_alternative<cjt188::Ack>(*one.ask(cjt188::Valve{0x00})));
  CHECK(one.meter.statistics().valve_orders == 0);
  CHECK(std::holds_alternative<cjt188::Ack>(*one.ask(cjt188::Valve{0x77})));
  CHECK(one.valve(base::seconds(5)) == ValveState::closed);
  CHECK(one.meter.statistics().refusals == 1);
  setup.water.valve = false;
  CHECK(std::holds_alternative<cjt188::ErrorReply>(*Conversation(setup).ask(cjt188::Valve{0x77})));
}

TEST_CASE("cjt188 meter: forms of reply are the setup's: bare acknowledgement, short form, no clock, weak battery") {
  Cjt188Setup setup = tap();
  setup.options.ack = cjt188::AckForm::bare;
  CHECK_FALSE(std::get<cjt188::Ack>(*Conversation(setup).ask(cjt188::Valve{0x99})).status.has_value());
  setup = tap();
  setup.short_form = true;
  const cjt188::Metering brief = Conversation(setup).read(Millis(0));
  CHECK(brief.total == Quantity(1'000'000));
  CHECK_FALSE(brief.status.has_value());
  setup = tap();
  setup.clock_set = false;
  CHECK_FALSE(Conversation(setup).read(Millis(0)).time.has_value());
  setup = tap();
  setup.battery_low = true;
  CHECK(cjt188::battery_low(*Conversation(setup).read(Millis(0)).status, StatusMap::closed_01) == true);
  setup.options.status_map = StatusMap::closed_10;  // has no bit for it
  CHECK(Conversation(setup).read(Millis(0)).status == cjt188::StatusWord{});
}

TEST_CASE("cjt188 meter: base value and address are written, what it does not know is refused") {
  Conversation one(tap());
  CHECK(std::holds_alternative<cjt188::Ack>(*one.ask(cjt188::WriteBase{Quantity(12'345'600)})));
  CHECK(one.read(Millis(0)).total == Quantity(12'345'600));
  CHECK(std::holds_alternative<cjt188::ErrorReply>(*one.ask(cjt188::ReadData{{0xD120}})));
  CHECK(std::holds_alternative<cjt188::ErrorReply>(*one.ask(cjt188::WriteData{{0xA011}, {std::byte{1}}})));
  CHECK(std::holds_alternative<cjt188::Ack>(*one.ask(cjt188::WriteAddress{address("78330011223345")})));
  CHECK_FALSE(one.ask(cjt188::ReadData{}));
  one.to = address("78330011223345");
  CHECK(one.ask(cjt188::ReadData{}));
}

TEST_CASE("cjt188 meter: faults of the replies damage what a healthy meter would have sent, when the scenario says") {
  Cjt188Setup setup = tap();
  setup.preamble = 2;
  setup.faults = {{Fault{.kind = FaultKind::silent}, base::seconds(10), base::seconds(20)},
                  {Fault{.kind = FaultKind::late, .value = 1400}, base::seconds(30), base::seconds(40)},
                  {Fault{.kind = FaultKind::wrong_checksum}, base::seconds(50), base::seconds(60)},
                  {Fault{.kind = FaultKind::noise, .value = 7}, base::seconds(70), {}}};
  Conversation one(setup);
  CHECK(one.send(cjt188::ReadData{}, Millis(0))->bytes.size() == 2 + 35);
  CHECK(one.send(cjt188::ReadData{}, Millis(0))->delay == Millis(60));
  CHECK_FALSE(one.send(cjt188::Valve{0x99}, base::seconds(15)));
  CHECK(one.valve(base::seconds(25)) == ValveState::closed);  // it hears and obeys
  CHECK(one.send(cjt188::ReadData{}, base::seconds(35))->delay == Millis(1400));
  CHECK(cjt188::find_frame(one.send(cjt188::ReadData{}, base::seconds(55))->bytes).error().is(cjt188::Errc::checksum));
  CHECK(cjt188::find_frame(one.send(cjt188::ReadData{}, base::seconds(75))->bytes)->skipped == 7);
}

TEST_CASE("line: electricity and water meters share a line, each hears its own protocol") {
  std::vector<Meter> meters;
  meters.emplace_back(test::plain_setup("000000000161"), kStart);
  std::vector<Cjt188Meter> water;
  water.emplace_back(tap(), kStart);
  Line line("shared", 2400, std::move(meters), std::move(water));
  std::int64_t at = kStart.value * 1000;
  const auto exchange = [&](const base::Bytes& request) {
    line.on_master_bytes(request, at, 2400);
    base::Bytes received;
    while (const auto next = line.next_event_us()) {
      at = *next;
      const base::Bytes some = line.advance(at);
      received.insert(received.end(), some.begin(), some.end());
    }
    at += 100'000;
    return received;
  };
  for (int round = 0; round < 3; ++round) {
    const auto electricity = test::request("000000000161", 0x11, "00000100");
    const auto energy = dlt645::find_frame(exchange(dlt645::encode(electricity, 4).value()));
    REQUIRE(energy);
    CHECK(dlt645::answers(electricity, energy->frame));
    const auto tap_request = cjt188::make_request({}, kAddress, 1, cjt188::ReadData{}).value();
    const auto volume = cjt188::find_frame(exchange(cjt188::encode(tap_request, 4).value()));
    REQUIRE(volume);
    CHECK(cjt188::answers(tap_request, volume->frame));
  }
  CHECK(line.statistics().requests == 6);
  CHECK(line.statistics().replies == 6);
  CHECK(line.statistics().overlaps == 0);
  CHECK(line.statistics().collisions == 0);
}
