#include "tests/scenario/seeds.hpp"

namespace anju::scenario {
namespace {

Climate storm() {
  Climate climate;
  climate.weather = {150, 150, 150, 30, base::minutes(2), 500};
  return climate;
}

}  // namespace

TEST_CASE("scenario: a broker that drops, repeats, reorders and truncates costs time and nothing else") {
  const Tally tally = for_seeds(8, [](std::uint64_t seed, Tally& sum) {
    Climate climate = storm();
    climate.device_faults = 8;
    climate.line_faults = 3;
    World world(seed, climate);
    world.run();
    check(world, sum);
  });
  CHECK(tally.lost > 100 * tally.seeds);
  CHECK(tally.seen.verified > 5 * tally.seeds);
}

TEST_CASE("scenario: what is billed under loss and kills is, to the nano-yuan, what a clean run bills") {
  (void)for_seeds(4, [](std::uint64_t seed, Tally& sum) {
    Climate clean;
    clean.supply = false;
    World calm(seed, clean);
    calm.run();
    check(calm, sum);

    Climate rough = storm();
    rough.supply = false;
    rough.device_faults = 8;
    rough.line_faults = 3;
    rough.gateway_kills = 6;
    rough.platform_kills = 6;
    World world(seed, rough);
    world.run();
    check(world, sum);

    const auto expected = calm.outcome();
    const auto reached = world.outcome();
    for (const auto& [device, text] : expected) {
      CHECK_MESSAGE(reached.at(device) == text, "seed " << seed << ", " << device);
    }
  });
}

}  // namespace anju::scenario
