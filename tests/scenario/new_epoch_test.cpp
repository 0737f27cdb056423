// What a person does with boxes and disks, and what disks do by themselves: streams end, begin anew, go back.

#include <algorithm>

#include "tests/scenario/seeds.hpp"

namespace anju::scenario {
namespace {

const platform::Stream& stream_of(World& world, const std::string& epoch) {
  for (const auto& [id, row] : world.platform().tables().streams) {
    if (row.epoch == epoch) return row;
  }
  static const platform::Stream kNone;
  return kNone;
}

bool alarmed(World& world, const std::string& code) {
  return std::ranges::any_of(world.platform().tables().alarms,
                             [&](const auto& alarm) { return alarm.second.code == code; });
}

/// The box is off from `off` on for ten minutes; what happens to it meanwhile is `then`.
void while_off(World& world, base::Millis off, const std::function<void(GatewayBox&)>& then) {
  GatewayBox& box = world.gateway(0);
  world.time().after(off, [&box, then] {
    box.power_off();
    then(box);
  });
  world.time().after(off + base::minutes(10), [&box] { box.power_on(); });
}

}  // namespace

TEST_CASE("scenario: a gateway is replaced by a new box, and later the old one is put back: nothing is lost or twice") {
  (void)for_seeds(2, [](std::uint64_t seed, Tally& sum) {
    Climate climate;
    climate.weather = {100, 100, 100, 20, base::minutes(2), 500};
    World world(seed, climate);
    while_off(world, base::hours(3), [](GatewayBox& box) { box.swap(); });
    while_off(world, base::hours(6), [](GatewayBox& box) { box.swap(); });
    world.run();
    check(world, sum);
    CHECK(alarmed(world, "stream_replaced"));
    CHECK(world.gateway(0).spool().epoch() == "e-gw-1-3");  // the platform had ended the first
    CHECK(stream_of(world, "e-gw-1").last_seq > 0);
    CHECK(stream_of(world, "e-gw-1-2").last_seq > 0);
  });
}

TEST_CASE("scenario: a disk that lost what was sent is noticed before other events get the same numbers") {
  (void)for_seeds(2, [](std::uint64_t seed, Tally& sum) {
    Climate climate;
    World world(seed, climate);
    bool lied = false;
    while_off(world, base::hours(3), [&](GatewayBox& box) {
      const auto taken = stream_of(world, box.spool().epoch()).last_seq;
      lied = taken > 3;
      box.disk().lose_last(box.spool().last_seq() - taken + 3);
    });
    world.run();
    check(world, sum);
    CHECK(lied);
    CHECK(world.gateway(0).spool().epoch() == "e-gw-1-2");
  });
}

TEST_CASE("scenario: events that the platform cannot read are kept aside and hold nothing up") {
  (void)for_seeds(2, [](std::uint64_t seed, Tally& sum) {
    Climate climate;
    climate.weather = {100, 100, 100, 20, base::minutes(2), 500};
    climate.gateway_kills = 2;
    climate.platform_kills = 4;
    World world(seed, climate);
    for (int n = 0; n < 20; ++n) {
      world.time().after(base::minutes(30 * n), [&world] { world.gateway(0).disk().append_unknown(); });
    }
    world.run();
    check(world, sum);
    CHECK(world.platform().tables().quarantined.size() == 20);
    CHECK(alarmed(world, "event_quarantined"));
  });
}

}  // namespace anju::scenario
