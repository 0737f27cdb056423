// Orders of somebody at the gateway itself, beside those of the platform.

#include <doctest/doctest.h>

#include "tests/unit/gateway/core/site_bench.hpp"

namespace anju::gateway::testing {
namespace {

const std::string kA = address(1);

wire::Command local(const SiteBench& b, const char* id, wire::CommandKind kind) {
  return {base::CommandId(id), 0, SiteBench::device(kA), kind, 30, b.now, b.now + base::minutes(1)};
}
/// "trip:verified" and the like, in order.
std::string story(const SiteBench& b) {
  std::string story;
  for (const auto& event : b.local) {
    story += (story.empty() ? "" : " ") + event.command.value + ":" + std::string(wire::to_string(event.phase));
    if (!event.reason.empty()) story += "/" + event.reason;
  }
  return story;
}
bool stream_has_commands(const SiteBench& b) {
  return std::ranges::any_of(b.events, [](const auto& event) { return std::holds_alternative<wire::CommandEvent>(event); });
}

}  // namespace

TEST_CASE("local command: it is carried out, the platform's counter and stream of outcomes do not move") {
  auto b = site(2);
  b.start();
  b.run_for(base::seconds(30));
  const auto before = b.readings(wire::ReadingKind::on_demand).size();
  b.happen(LocalCommandArrived{local(b, "r", wire::CommandKind::read)});
  b.run_for(base::seconds(20));
  CHECK(story(b) == "r:verified");
  CHECK(!stream_has_commands(b));
  CHECK(b.gateway.state(b.now).last_counter == 0);
  CHECK(b.journal.accepted()->empty());
  CHECK(b.readings(wire::ReadingKind::on_demand).size() == before + 1);  // the platform has what was read
}

TEST_CASE("local command: what moves the contact waits for nobody, and is not replaced") {
  auto b = site(1);
  b.meter(kA).delay_ms = 400;
  b.start();
  b.run_for(base::seconds(30));
  b.command(b.order(kA, wire::CommandKind::close));
  b.happen(LocalCommandArrived{local(b, "r", wire::CommandKind::read)});
  CHECK(story(b) == "r:refused/too_many_commands");
  CHECK(b.gateway.is_moving(SiteBench::device(kA)));
  b.run_for(base::seconds(20));
  CHECK(b.story(base::CommandId("c1")) == "acked verified");
  CHECK(!b.gateway.is_moving(SiteBench::device(kA)));
}

TEST_CASE("local command: what it may not do is refused, with nothing sent") {
  auto b = site(1);
  b.start();
  b.run_for(base::seconds(30));
  const auto asked = b.meter(kA).requests;
  // A contact moves by a switch test or by the platform's word only.
  for (const auto kind : {wire::CommandKind::trip, wire::CommandKind::close, wire::CommandKind::keep_power_off, wire::CommandKind::set_clock, wire::CommandKind::clear,
                          wire::CommandKind::automatic_on, wire::CommandKind::temperature_valve_open}) {
    b.local.clear();
    b.happen(LocalCommandArrived{local(b, "x", kind)});
    CHECK(story(b) == "x:refused/not_supported");
  }
  b.local.clear();
  auto foreign = local(b, "y", wire::CommandKind::read);
  foreign.device = base::DeviceId("nobody");
  b.happen(LocalCommandArrived{foreign});
  auto late = local(b, "z", wire::CommandKind::read);
  late.expires = b.now;
  b.happen(LocalCommandArrived{late});
  CHECK(story(b) == "y:refused/unknown_device z:expired/expired");
  CHECK(b.meter(kA).requests == asked);
  CHECK(b.gateway.running_commands() == 0);
}

TEST_CASE("local command: it ends with its device") {
  auto b = site(1);
  b.start();
  b.run_for(base::seconds(30));
  b.meter(kA).silent = true;
  b.happen(LocalCommandArrived{local(b, "t", wire::CommandKind::read)});
  b.archive.version = 2;
  b.archive.devices.clear();
  b.happen(ArchiveArrived{b.archive});
  CHECK(story(b) == "t:failed/unknown_device");
  CHECK(!stream_has_commands(b));
  CHECK(b.gateway.running_commands() == 0);
}

}  // namespace anju::gateway::testing
