// Histories of fresh seeds for a minute. ANJU_SEED=17 plays that one, ANJU_SWARM_SECONDS another time.

#include <cstdlib>
#include <string>

#include <doctest/doctest.h>

#include "tests/scenario/swarm/swarm.hpp"

namespace anju::scenario {

TEST_CASE("swarm: nothing is wrong in a minute of fresh histories") {
  SwarmOptions options;
  options.program = "build/asan/tests/swarm";
  if (const char* seconds = std::getenv("ANJU_SWARM_SECONDS")) options.seconds = std::atof(seconds);
  if (const char* seed = std::getenv("ANJU_SEED")) options.only = std::strtoull(seed, nullptr, 10);
  const Swarm swarm = run_swarm(options);
  MESSAGE(swarm.stories << " stories, " << static_cast<double>(swarm.sum.device_s) / (365.25 * 86'400) << " device-years, "
                        << swarm.sum.kills << " kills, " << swarm.sum.crossings << " crossings, " << swarm.sum.verified
                        << " commands verified");
  for (const auto& report : swarm.reports) MESSAGE(report);
  CHECK(swarm.stories > 0);
  CHECK(swarm.violations == 0);
}

}  // namespace anju::scenario
