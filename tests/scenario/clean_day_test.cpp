#include "tests/scenario/seeds.hpp"

namespace anju::scenario {

TEST_CASE("scenario: a day on which nothing goes wrong leaves books, registers and contacts in agreement") {
  const Tally tally = for_seeds(2, [](std::uint64_t seed, Tally& sum) {
    Climate climate;
    climate.length = base::hours(24);
    World world(seed, climate);
    world.run();
    check(world, sum);
  });
  CHECK(tally.seen.trips > 0);
  CHECK(tally.seen.reconnections > 0);
  CHECK(tally.seen.forced > 0);
}

}  // namespace anju::scenario
