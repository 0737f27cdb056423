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

TEST_CASE("local command: it is carried out and verified, the platform's counter and stream of outcomes do not move") {
  auto b = site(2);
  b.start();
  b.run_for(base::seconds(30));
  b.happen(LocalCommandArrived{local(b, "t", wire::CommandKind::trip)});
  b.run_for(base::seconds(20));
  CHECK(story(b) == "t:acked t:verified");
  CHECK(b.meter(kA).relay_open);
  CHECK(!stream_has_commands(b));
  CHECK(b.gateway.state(b.now).last_counter == 0);
  CHECK(b.journal.accepted()->empty());
  // The platform hears of it as of any other change.
  const auto told = std::ranges::any_of(b.events, [](const auto& event) {
    const auto* status = std::get_if<wire::StatusEvent>(&event);
    return status != nullptr && status->device == SiteBench::device(kA) && status->relay == wire::Relay::open;
  });
  CHECK(told);
  b.command(b.order(kA, wire::CommandKind::close));
  b.run_for(base::seconds(20));
  CHECK(b.story(base::CommandId("c1")) == "acked verified");
}

TEST_CASE("local command: an order of the platform that is running is not replaced, one that comes later replaces it") {
  auto b = site(1);
  b.meter(kA).delay_ms = 400;
  b.start();
  b.run_for(base::seconds(30));
  b.command(b.order(kA, wire::CommandKind::close));
  b.happen(LocalCommandArrived{local(b, "t", wire::CommandKind::trip)});
  CHECK(story(b) == "t:refused/too_many_commands");
  CHECK(b.gateway.is_moving(SiteBench::device(kA)));
  b.run_for(base::seconds(20));
  CHECK(b.story(base::CommandId("c1")) == "acked verified");
  CHECK(!b.meter(kA).relay_open);
  CHECK(!b.gateway.is_moving(SiteBench::device(kA)));

  b.local.clear();
  b.happen(LocalCommandArrived{local(b, "u", wire::CommandKind::trip)});
  b.command(b.order(kA, wire::CommandKind::close));
  CHECK(story(b) == "u:failed/superseded");
  b.run_for(base::seconds(20));
  CHECK(b.story(base::CommandId("c2")) == "acked verified");
  CHECK(!b.meter(kA).relay_open);
}

TEST_CASE("local command: what it may not do is refused, with nothing sent") {
  auto b = site(1);
  b.start();
  b.run_for(base::seconds(30));
  const auto asked = b.meter(kA).requests;
  for (const auto kind : {wire::CommandKind::clear, wire::CommandKind::automatic_on, wire::CommandKind::temperature_valve_open}) {
    b.local.clear();
    b.happen(LocalCommandArrived{local(b, "x", kind)});
    CHECK(story(b) == "x:refused/not_supported");
  }
  b.local.clear();
  auto foreign = local(b, "y", wire::CommandKind::trip);
  foreign.device = base::DeviceId("nobody");
  b.happen(LocalCommandArrived{foreign});
  auto late = local(b, "z", wire::CommandKind::trip);
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
  b.happen(LocalCommandArrived{local(b, "t", wire::CommandKind::trip)});
  b.archive.version = 2;
  b.archive.devices.clear();
  b.happen(ArchiveArrived{b.archive});
  CHECK(story(b) == "t:failed/unknown_device");
  CHECK(!stream_has_commands(b));
  CHECK(b.gateway.running_commands() == 0);
}

}  // namespace anju::gateway::testing
