#include "gateway/core/command.hpp"

#include <doctest/doctest.h>

#include "tests/unit/gateway/core/site_bench.hpp"

namespace anju::gateway::testing {
namespace {

const std::string kA = "000000000001", kB = "000000000002";

SiteBench bench() {
  SiteBench b(at_site(10, 1), {.poll = false});
  b.add(kA);
  return b;
}

}  // namespace

TEST_CASE("command: a trip is acked, and verified only by a later read of the state") {
  auto b = bench();
  b.start();
  const auto order = b.order(kA, wire::CommandKind::trip);
  b.command(order);
  b.run_for(base::seconds(20));
  CHECK(b.story(order.id) == "acked verified");
  CHECK(b.meter(kA).relay_open);
  const auto& last = b.buses.begin()->second.requests;
  REQUIRE(last.size() == 4);  // day, time, 1C, status
  CHECK(last[2].control == 0x1C);
  CHECK(last[3].control == 0x11);
}

TEST_CASE("command: close, keep-power on and off are verified by their own bits") {
  auto b = bench();
  b.start();
  b.meter(kA).relay_open = b.meter(kA).off_commanded = true;
  for (const auto kind :
       {wire::CommandKind::close, wire::CommandKind::keep_power_on, wire::CommandKind::keep_power_off}) {
    const auto order = b.order(kA, kind);
    b.command(order);
    b.run_for(base::seconds(20));
    CHECK(b.story(order.id) == "acked verified");
  }
  CHECK_FALSE(b.meter(kA).relay_open);
  CHECK_FALSE(b.meter(kA).keep_power);
}

TEST_CASE("command: valid-until is by the meter's clock, and a clock that is adrift is an alarm") {
  auto b = bench();
  b.start();
  b.meter(kA).clock_offset_s = -7200;
  const auto order = b.order(kA, wire::CommandKind::trip, base::minutes(5));
  b.command(order);
  b.run_for(base::seconds(20));
  CHECK(b.story(order.id) == "acked verified");
  REQUIRE(b.meter(kA).last_valid_until);
  const auto valid = *base::to_utc(*b.meter(kA).last_valid_until, 480);
  const auto meter_expiry = order.expires - base::hours(2) + kValidMargin;
  CHECK(std::abs((valid - meter_expiry).value) < 2000);
  CHECK(b.alarms("clock_adrift", true) == 1);
}

TEST_CASE("command: a relay that does not follow its acknowledgement is contradicted after the window") {
  auto b = bench();
  b.start();
  b.meter(kA).relay_stuck = true;
  const auto order = b.order(kA, wire::CommandKind::trip);
  b.command(order);
  b.run_for(base::seconds(30));
  CHECK(b.story(order.id) == "acked failed:contradicted");
  CHECK(b.meter(kA).relay_commands == 1);
}

TEST_CASE("command: a refusal for a wrong password is not retried") {
  auto b = bench();
  b.start();
  b.meter(kA).refuse_relay = 0x04;
  const auto order = b.order(kA, wire::CommandKind::trip);
  b.command(order);
  b.run_for(base::minutes(6));
  CHECK(b.story(order.id) == "failed:not_authorised");
  CHECK(b.meter(kA).relay_commands == 1);
}

TEST_CASE("command: an acknowledgement that got lost is unknown: the state is read, nothing is sent twice") {
  for (int lost = 1; lost <= 4; ++lost) {
    CAPTURE(lost);
    auto b = bench();
    b.start();
    const auto order = b.order(kA, wire::CommandKind::trip);
    b.command(order);
    // the clock reads are answered, then `lost` replies from 1C on are not
    while (b.meter(kA).relay_commands == 0 && b.meter(kA).requests < 2) b.run_for(base::Millis(50));
    b.meter(kA).lose_replies = lost;
    b.run_for(base::minutes(2));
    CHECK(b.story(order.id).ends_with("verified"));
    CHECK(b.meter(kA).relay_commands == 1);
  }
}

TEST_CASE("command: a failure at each step still ends verified, or the device was left alone") {
  for (int step = 0; step < 6; ++step) {
    CAPTURE(step);
    auto b = bench();
    b.start();
    const auto order = b.order(kA, wire::CommandKind::trip);
    b.command(order);
    for (int i = 0; i < 400 && b.meter(kA).requests < step; ++i) b.run_for(base::Millis(20));
    b.meter(kA).lose_replies = 1;
    b.run_for(base::minutes(2));
    CHECK(b.story(order.id).ends_with("verified"));
  }
}

TEST_CASE("command: a dead meter is given up after a few rounds, untouched") {
  auto b = bench();
  b.start();
  b.meter(kA).silent = true;
  const auto order = b.order(kA, wire::CommandKind::trip, base::hours(2));
  b.command(order);
  b.run_for(base::seconds(20));
  CHECK(b.story(order.id) == "failed:no_answer");
  CHECK(b.meter(kA).relay_commands == 0);
}

TEST_CASE("command: nothing is sent after the expiry, also not when the line comes back") {
  auto b = bench();
  b.ports_open = false;
  b.start();
  const auto order = b.order(kA, wire::CommandKind::trip, base::minutes(1));
  b.command(order);
  b.run_for(base::minutes(2));
  CHECK(b.story(order.id) == "expired:expired");
  b.happen(LineHappened{base::LineId("l1"), PortOpened{}});
  b.run_for(base::minutes(2));
  CHECK(b.meter(kA).requests == 0);
}

TEST_CASE("command: permit waits for the button and is verified when it was pressed") {
  auto b = bench();
  b.archive.devices[0].profile.close = wire::CloseMethod::permit;
  b.start();
  b.meter(kA).relay_open = b.meter(kA).off_commanded = true;
  const auto order = b.order(kA, wire::CommandKind::close, base::minutes(30));
  b.command(order);
  b.run_for(base::minutes(10));
  CHECK(b.story(order.id) == "acked");
  const bool waiting = std::ranges::any_of(b.events, [](const wire::Event& event) {
    const auto* status = std::get_if<wire::StatusEvent>(&event);
    return status != nullptr && status->relay == wire::Relay::awaiting_button;
  });
  CHECK(waiting);
  b.meter(kA).relay_open = false;
  b.run_for(base::seconds(10));
  CHECK(b.story(order.id) == "acked verified");
}

TEST_CASE("command: permit that nobody takes up fails with button_not_pressed") {
  auto b = bench();
  b.archive.devices[0].profile.close = wire::CloseMethod::permit;
  b.start();
  b.meter(kA).relay_open = b.meter(kA).off_commanded = true;
  const auto order = b.order(kA, wire::CommandKind::close, base::minutes(5));
  b.command(order);
  b.run_for(base::minutes(6));
  CHECK(b.story(order.id) == "acked failed:button_not_pressed");
}

TEST_CASE("command: a newer order for the relay takes the place of one that waits") {
  auto b = bench();
  b.archive.devices[0].profile.close = wire::CloseMethod::permit;
  b.start();
  b.meter(kA).relay_open = b.meter(kA).off_commanded = true;
  const auto close = b.order(kA, wire::CommandKind::close);
  b.command(close);
  b.run_for(base::seconds(30));
  const auto trip = b.order(kA, wire::CommandKind::trip);
  b.command(trip);
  b.run_for(base::seconds(30));
  CHECK(b.story(close.id) == "acked failed:superseded");
  CHECK(b.story(trip.id) == "acked verified");
}

TEST_CASE("command: old counter, unknown device, expired and an unset clock are refused and touch nothing") {
  auto b = bench();
  b.start();
  auto unknown = b.order("000000000099", wire::CommandKind::trip);
  b.command(unknown);
  CHECK(b.story(unknown.id) == "refused:unknown_device");
  auto late = b.order(kA, wire::CommandKind::trip);
  late.expires = b.now - base::seconds(1);
  b.command(late);
  CHECK(b.story(late.id) == "expired:expired");
  auto good = b.order(kA, wire::CommandKind::read);
  b.command(good);
  auto old = b.order(kA, wire::CommandKind::trip);
  old.counter = good.counter;
  b.command(old);
  CHECK(b.story(old.id) == "refused:old_counter");
  b.run_for(base::seconds(20));
  SiteBench unset(base::UtcMillis(5000), {.poll = false});
  unset.add(kA);
  unset.start();
  const auto order = unset.order(kA, wire::CommandKind::trip);
  unset.command(order);
  CHECK(unset.story(order.id) == "refused:clock_not_set");
  CHECK(b.meter(kA).relay_commands + unset.meter(kA).relay_commands == 0);
}

TEST_CASE("command: a refused order that is repeated without end is reported once") {
  auto b = bench();
  b.start();
  auto late = b.order(kA, wire::CommandKind::close);
  late.expires = b.now - base::seconds(1);
  for (int i = 0; i < 100; ++i) b.command(late);
  CHECK(b.story(late.id) == "expired:expired");
}

TEST_CASE("command: an order that is repeated is carried out once and reported once") {
  auto b = bench();
  b.start();
  const auto order = b.order(kA, wire::CommandKind::trip);
  for (int i = 0; i < 5; ++i) {
    b.command(order);
    b.run_for(base::seconds(1));
  }
  b.run_for(base::seconds(20));
  CHECK(b.story(order.id) == "acked verified");
  CHECK(b.meter(kA).relay_commands == 1);
}

TEST_CASE("command: after a restart the state is read before anything is sent again") {
  for (const bool acted : {true, false}) {
    for (const bool acked : {true, false}) {
      CAPTURE(acted);
      CAPTURE(acked);
      SiteBench b(at_site(10, 1), {.poll = false});
      b.add(kA);
      b.meter(kA).relay_open = b.meter(kA).off_commanded = acted;
      const auto order = b.order(kA, wire::CommandKind::trip);
      std::optional<wire::CommandPhase> phase;
      if (acked) phase = wire::CommandPhase::acked;
      Gateway restarted({.poll = false}, b.journal, {AcceptedCommand{order, phase}});
      b.gateway.~Gateway();
      new (&b.gateway) Gateway(std::move(restarted));
      b.start();
      b.run_for(base::seconds(1));
      REQUIRE(b.buses.begin()->second.requests.size() >= 1);
      CHECK(base::to_hex(b.buses.begin()->second.requests[0].data) == "03050004");  // status word 3
      b.run_for(base::seconds(30));
      CHECK(b.meter(kA).relay_commands == (acted || acked ? 0 : 1));
      CHECK(b.story(order.id).ends_with(acted || !acked ? "verified" : "failed:contradicted"));
    }
  }
}

TEST_CASE("command: read brings energy and status on demand, then verified") {
  auto b = bench();
  b.start();
  const auto order = b.order(kA, wire::CommandKind::read);
  b.command(order);
  b.run_for(base::seconds(5));
  CHECK(b.story(order.id) == "verified");
  REQUIRE(b.readings(wire::ReadingKind::on_demand).size() == 1);
  CHECK(base::format(b.readings(wire::ReadingKind::on_demand)[0].total) == "1234.56");
  const auto reading =
      std::ranges::find_if(b.events, [](const auto& e) { return std::holds_alternative<wire::ReadingsEvent>(e); });
  const auto verified =
      std::ranges::find_if(b.events, [](const auto& e) { return std::holds_alternative<wire::CommandEvent>(e); });
  CHECK(reading < verified);
}

TEST_CASE("command: set_clock writes and reads back") {
  auto b = bench();
  b.start();
  b.meter(kA).clock_offset_s = 4000;
  const auto order = b.order(kA, wire::CommandKind::set_clock);
  b.command(order);
  b.run_for(base::seconds(20));
  CHECK(b.story(order.id) == "acked verified");
}

TEST_CASE("command: live publishes momentary values every few seconds until its time is over") {
  SiteBench b(at_site(10, 1));
  b.add(kA);
  b.start();
  b.run_for(base::seconds(10));
  auto order = b.order(kA, wire::CommandKind::live);
  order.seconds = 30;
  b.command(order);
  b.run_for(base::minutes(2));
  CHECK(b.story(order.id) == "verified");
  CHECK(b.live.size() >= 6);
  CHECK(b.live.size() <= 11);
  CHECK(*b.live[0].voltage_v == "230.0");
  CHECK(*b.live[0].current_a == "5.000");
  CHECK(*b.live[0].power_kw == "0.1100");
}

TEST_CASE("command: rule 1: a full queue of three kinds of work never overlaps on the line") {
  SiteBench b(at_site(10, 1));
  for (int i = 1; i <= 32; ++i) {
    char address[13];
    std::snprintf(address, sizeof address, "%012d", i);
    b.add(address).delay_ms = 20 + i * 12;
  }
  b.meter("000000000007").silent = true;
  b.meter("000000000008").wrong_sum = true;
  b.start();
  for (int i = 0; i < 20; ++i) {
    b.command(b.order(kA, i % 2 == 0 ? wire::CommandKind::trip : wire::CommandKind::close));
    b.command(b.order(kB, wire::CommandKind::read));
    b.run_for(base::seconds(7));
  }
  CHECK(b.buses.begin()->second.overlaps == 0);
  CHECK(b.readings(wire::ReadingKind::interval).size() >= 30);
}

}  // namespace anju::gateway::testing
