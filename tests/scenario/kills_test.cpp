#include "tests/scenario/seeds.hpp"

namespace anju::scenario {

TEST_CASE("scenario: a gateway that loses power at any commit acts once and forgets nothing") {
  const Tally tally = for_seeds(6, [](std::uint64_t seed, Tally& sum) {
    Climate climate;
    climate.gateway_kills = 8;
    climate.device_faults = 4;
    World world(seed, climate);
    world.run();
    check(world, sum);
  });
  CHECK(tally.crashes > 5 * tally.seeds);
}

TEST_CASE("scenario: a platform that is killed before or after any commit lets nothing out that it does not know") {
  const Tally tally = for_seeds(6, [](std::uint64_t seed, Tally& sum) {
    Climate climate;
    climate.platform_kills = 25;
    climate.device_faults = 4;
    World world(seed, climate);
    world.run();
    check(world, sum);
  });
  CHECK(tally.crashes > 5 * tally.seeds);
}

TEST_CASE("scenario: kills of both sides under a lossy broker change no total") {
  const Tally tally = for_seeds(6, [](std::uint64_t seed, Tally& sum) {
    Climate climate;
    climate.weather = {100, 100, 100, 20, base::minutes(5), 500};
    climate.gateway_kills = 6;
    climate.platform_kills = 12;
    climate.device_faults = 8;
    climate.line_faults = 3;
    World world(seed, climate);
    world.run();
    check(world, sum);
  });
  CHECK(tally.crashes > 5 * tally.seeds);
}

}  // namespace anju::scenario
