// Clearing a meter's registers (清零): the one command that cannot be undone.

#include "gateway/core/command.hpp"

#include <doctest/doctest.h>

#include "tests/unit/gateway/core/site_bench.hpp"

namespace anju::gateway::testing {
namespace {

const std::string kA = "000000000001", kB = "000000000002";

/// The stream as far as it tells of one device: "reading 1234.56" and "acked", "failed:…" in their order.
std::string stream(const SiteBench& b, std::string_view address) {
  std::string text;
  const auto add = [&text](const std::string& what) { text += (text.empty() ? "" : ", ") + what; };
  for (const auto& event : b.events) {
    if (const auto* together = std::get_if<wire::ReadingsEvent>(&event)) {
      for (const auto& reading : together->readings) {
        if (reading.device == SiteBench::device(address)) add("reading " + base::format(reading.total));
      }
    }
    const auto* command = std::get_if<wire::CommandEvent>(&event);
    if (command == nullptr || command->device != SiteBench::device(address)) continue;
    add(std::string(wire::to_string(command->phase)) + (command->reason.empty() ? "" : ":" + command->reason));
  }
  return text;
}

SiteBench one_meter() {
  SiteBench b(at_site(10, 1), {.poll = false});
  b.add(kA);
  return b;
}

wire::Command clear(SiteBench& b, base::Millis run = base::minutes(2)) {
  const auto order = b.order(kA, wire::CommandKind::clear);
  b.command(order);
  b.run_for(run);
  return order;
}

}  // namespace

TEST_CASE("em-clear: a reading of all registers, the clearing, verified, a reading of what is left, in this order") {
  auto b = one_meter();
  b.start();
  clear(b);
  CHECK(stream(b, kA) == "reading 1234.56, acked, verified, reading 0.00");
  CHECK(b.meter(kA).clear_commands == 1);
  const auto readings = b.readings(wire::ReadingKind::on_demand);
  REQUIRE(readings.size() == 2);
  CHECK(readings[0].tariffs);
  CHECK(readings[1].tariffs);
}

TEST_CASE("em-clear: a meter that refuses says so, and nothing is tried again") {
  auto b = one_meter();
  b.meter(kA).refuse_clear = 0x04;
  b.start();
  clear(b);
  CHECK(stream(b, kA) == "reading 1234.56, failed:not_authorised");
  CHECK(b.meter(kA).clear_commands == 1);
}

TEST_CASE("em-clear: without an answer the register says whether it acted; what acted is not sent twice") {
  auto b = one_meter();
  b.meter(kA).silent_clears = 1;
  b.start();
  clear(b);
  CHECK(stream(b, kA) == "reading 1234.56, verified, reading 0.00");
  CHECK(b.meter(kA).clear_commands == 1);
}

TEST_CASE("em-clear: a meter that acted unheard and was used for hours since is not cleared again") {
  auto b = one_meter();
  b.meter(kA).silent_clears = 1;
  b.start();
  const auto order = b.order(kA, wire::CommandKind::clear, base::hours(6));
  b.command(order);
  while (b.meter(kA).clear_commands == 0) b.run_for(base::Millis(50));
  b.meter(kA).silent = true;
  b.run_for(base::hours(3));
  b.meter(kA).silent = false;
  b.meter(kA).values[0x0001FF00] = "0005000000050000000000000000000000000000";
  b.run_for(base::minutes(5));
  CHECK(stream(b, kA) == "reading 1234.56, verified, reading 5.00");
  CHECK(b.meter(kA).clear_commands == 1);
}

TEST_CASE("em-clear: a meter that did not hear it is read again before it is sent again, three times at most") {
  for (const int deaf : {1, 9}) {
    CAPTURE(deaf);
    auto b = one_meter();
    b.meter(kA).deaf_to_clears = deaf;
    b.start();
    clear(b);
    CHECK(stream(b, kA) == (deaf == 1 ? "reading 1234.56, reading 1234.56, acked, verified, reading 0.00"
                                      : "reading 1234.56, reading 1234.56, reading 1234.56, failed:no_answer"));
    CHECK(b.meter(kA).clear_commands == (deaf == 1 ? 2 : 3));
  }
}

TEST_CASE("em-clear: an acknowledgement alone is no success") {
  auto b = one_meter();
  b.meter(kA).clear_stuck = true;
  b.start();
  clear(b);
  CHECK(stream(b, kA) == "reading 1234.56, acked, failed:contradicted");
  CHECK(b.meter(kA).clear_commands == 1);
}

TEST_CASE("em-clear: a meter without the block of all registers is cleared by its total") {
  auto b = one_meter();
  b.meter(kA).values.erase(0x0001FF00);
  b.start();
  clear(b);
  CHECK(stream(b, kA) == "reading 1234.56, acked, verified, reading 0.00");
}

TEST_CASE("em-clear: while the stream is not durable nothing is cleared; afterwards the register is read again first") {
  auto b = one_meter();
  b.gateway.stored(false);
  b.start();
  clear(b, base::seconds(70));
  CHECK(b.meter(kA).clear_commands == 0);
  b.meter(kA).values[0x0001FF00] = "0040120000000000000000000000000000000000";  // used since
  b.gateway.stored(true);
  b.run_for(base::minutes(1));
  CHECK(stream(b, kA).ends_with("reading 1240.00, acked, verified, reading 0.00"));
  CHECK(b.meter(kA).clear_commands == 1);

  auto never = one_meter();
  never.gateway.stored(false);
  never.start();
  clear(never, base::minutes(10));
  CHECK(stream(never, kA).ends_with("expired:expired"));
  CHECK(never.meter(kA).clear_commands == 0);
}

TEST_CASE("em-clear: a meter of 1997 has no such function") {
  auto b = one_meter();
  b.archive.devices[0].profile.dialect = "dlt645-1997";
  b.meter(kA).edition = dlt645::Edition::y1997;
  b.start();
  clear(b);
  CHECK(stream(b, kA) == "refused:not_supported");
  CHECK(b.meter(kA).requests == 0);
}

TEST_CASE("em-clear: after a restart it is never sent again, the register says what became of it") {
  for (const bool acted : {true, false}) {
    for (const bool acked : {true, false}) {
      CAPTURE(acted);
      CAPTURE(acked);
      auto b = one_meter();
      if (acted) b.meter(kA).values[0x0001FF00].assign(40, '0');
      const auto order = b.order(kA, wire::CommandKind::clear);
      std::optional<wire::CommandPhase> phase;
      if (acked) phase = wire::CommandPhase::acked;
      Gateway restarted({.poll = false}, b.journal, {AcceptedCommand{order, phase}});
      b.gateway.~Gateway();
      new (&b.gateway) Gateway(std::move(restarted));
      b.start();
      b.run_for(base::minutes(1));
      CHECK(b.meter(kA).clear_commands == 0);
      CHECK(stream(b, kA) == (acted   ? "verified, reading 0.00"
                              : acked ? "reading 1234.56, failed:contradicted"
                                      : "reading 1234.56, failed:no_answer"));
    }
  }
}

TEST_CASE("em-clear: no reading of the plan nor of another order comes between the two readings of a clear") {
  SiteBench b(at_site(10, 14, 50));
  b.add(kA);
  b.add(kB);
  b.meter(kA).clear_stuck = true;  // it takes ten seconds, the slot of 10:15 among them
  b.start();
  b.run_for(base::seconds(6));
  const auto before = b.readings(wire::ReadingKind::interval).size();
  const auto order = b.order(kA, wire::CommandKind::clear);
  b.command(order);
  b.run_for(base::seconds(2));
  const auto again = b.order(kA, wire::CommandKind::clear);
  b.command(again);
  b.command(b.order(kA, wire::CommandKind::read));
  b.run_for(base::seconds(6));
  CHECK(b.story(order.id) == "acked");
  CHECK(b.story(again.id) == "refused:too_many_commands");
  const auto text = stream(b, kA);
  CHECK(text.substr(text.find("acked")) == "acked, refused:too_many_commands, verified");  // the read: without its number
  b.run_for(base::minutes(1));
  CHECK(b.story(order.id) == "acked failed:contradicted");
  CHECK(b.readings(wire::ReadingKind::interval).size() == before + 1);  // B's; A's comes with the next slot
}

TEST_CASE("em-clear: a meter that is replaced meanwhile is neither cleared nor taken for cleared") {
  auto b = one_meter();
  b.meter(kA).clear_stuck = true;
  b.start();
  const auto order = b.order(kA, wire::CommandKind::clear);
  b.command(order);
  b.run_for(base::seconds(3));
  b.buses.begin()->second.meters.push_back(make_fake(kB));
  b.meter(kB).values[0x0001FF00] = "0900000000000000000000000000000000000000";
  b.archive.version = 2;
  b.archive.devices[0].address = kB;
  b.happen(ArchiveArrived{b.archive});
  b.run_for(base::minutes(1));
  CHECK(b.story(order.id) == "acked failed:cancelled");
  CHECK(b.meter(kB).clear_commands == 0);
}

TEST_CASE("archive: a device whose dialect this gateway does not speak is left out, said so, and disturbs nobody") {
  SiteBench b(at_site(10, 1));
  b.add(kA);
  b.add(kB);
  b.archive.devices[1].profile.dialect = "mqtt";
  b.archive.devices[1].kind = wire::MeterKind::hot_water;
  b.start();
  b.run_for(base::minutes(20));
  CHECK(b.alarms("bad_device", true) == 1);
  CHECK(b.meter(kB).requests == 0);
  CHECK(b.readings(wire::ReadingKind::interval).size() == 2);  // A's: at the start and at 10:15
  const auto order = b.order(kB, wire::CommandKind::clear);
  b.command(order);
  CHECK(b.story(order.id) == "refused:unknown_device");
  for (const auto& line : b.gateway.state(b.now).devices) CHECK(line.id == SiteBench::device(kA));
}

}  // namespace anju::gateway::testing
