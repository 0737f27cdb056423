#include "gateway/core/gateway.hpp"

#include <doctest/doctest.h>

#include "tests/unit/gateway/core/site_bench.hpp"

namespace anju::gateway::testing {

TEST_CASE("line alarm: raised when a port stays closed, over when it opens; polling goes on by itself") {
  auto b = site(1);
  b.start();
  b.run_for(base::seconds(10));
  b.happen(LineHappened{base::LineId("l1"), PortClosed{"pulled"}});
  b.run_for(base::hours(1));
  CHECK(b.alarms("line_down", true) == 1);
  const auto before = b.readings(wire::ReadingKind::interval).size();
  b.happen(LineHappened{base::LineId("l1"), PortOpened{}});
  b.run_for(base::seconds(10));
  CHECK(b.alarms("line_down", false) == 1);
  CHECK(b.readings(wire::ReadingKind::interval).size() == before + 1);
}

TEST_CASE("gateway: a clock set back by hours stops neither polls nor commands") {
  auto b = site(2);
  b.start();
  b.run_for(base::seconds(30));
  b.now = b.now - base::hours(5);
  b.happen(Tick{});
  const auto before = b.readings(wire::ReadingKind::interval).size();
  b.run_for(base::minutes(20));
  CHECK(b.readings(wire::ReadingKind::interval).size() > before);
  const auto order = b.order(address(1), wire::CommandKind::trip);
  b.command(order);
  b.run_for(base::seconds(20));
  CHECK(b.story(order.id) == "acked verified");
}

TEST_CASE("gateway: a platform that lacks events which are not kept is told again how every device and line stands") {
  auto b = site(2);
  b.start();
  b.run_for(base::seconds(30));
  b.events.clear();
  b.happen(EventsGone{});
  b.run_for(base::seconds(1));
  const auto told = std::ranges::count_if(b.events, [](const wire::Event& event) {
    const auto* status = std::get_if<wire::StatusEvent>(&event);
    return status != nullptr && status->relay == wire::Relay::closed && status->reachable;
  });
  CHECK(told == 2);
  CHECK(b.alarms("line_down", false) == 1);
  CHECK(b.alarms("clock_adrift", false) == 2);
  CHECK(b.alarms("clock_not_set", false) == 1);

  b.happen(LineHappened{base::LineId("l1"), PortClosed{"pulled"}});
  b.run_for(base::hours(1));
  b.events.clear();
  b.happen(EventsGone{});
  CHECK(b.alarms("line_down", false) == 1);
  CHECK(b.alarms("line_down", true) == 1);
}

TEST_CASE("gateway: how a device stands is said once more every six hours, changed or not") {
  auto b = site(1);
  b.start();
  b.run_for(base::minutes(10));
  auto told = [&b] {
    return std::ranges::count_if(b.events, [](const wire::Event& event) { return std::holds_alternative<wire::StatusEvent>(event); });
  };
  b.events.clear();
  b.run_for(base::hours(5));
  CHECK(told() == 0);
  b.run_for(base::hours(8));
  REQUIRE(told() == 2);
  b.events.clear();
  b.now = b.now + base::hours(-30);  // the clock is set: what was said has a time that never was
  b.run_for(base::minutes(30));
  CHECK(told() == 1);
}

TEST_CASE("commands: one that a later one overtook is refused, and the state says at once which counter comes next") {
  auto b = site(1);
  b.start();
  b.run_for(base::seconds(20));
  const auto first = b.order(address(1), wire::CommandKind::read);
  const auto second = b.order(address(1), wire::CommandKind::read);
  b.command(second);
  const auto out = b.gateway.step(CommandArrived{first}, b.now);
  REQUIRE(out.events.size() == 1);
  CHECK(std::get<wire::CommandEvent>(out.events[0]).reason == "old_counter");
  CHECK(out.state_changed);
}

}  // namespace anju::gateway::testing
