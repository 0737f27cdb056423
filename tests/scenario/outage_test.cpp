#include "tests/scenario/seeds.hpp"

namespace anju::scenario {

TEST_CASE(
    "scenario: after hours without network the backlog arrives whole, and nothing is tripped on what is old in it") {
  const Tally tally = for_seeds(6, [](std::uint64_t seed, Tally& sum) {
    Climate climate;
    climate.outage = base::hours(8);
    climate.gateway_kills = 2;
    climate.device_faults = 4;
    World world(seed, climate);
    world.run();
    check(world, sum);
  });
  if (tally.seeds > 5) CHECK(tally.seen.stale_reads > 0);
}

}  // namespace anju::scenario
