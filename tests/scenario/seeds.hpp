#pragma once

// Which seeds a test runs: a few by default, so that every run of the tests is quick and the same; ANJU_SEEDS=1000 runs
// that many, ANJU_SEED=17 only that one, to see a failure again.

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <string>

#include <doctest/doctest.h>

#include "tests/scenario/world/world.hpp"

namespace anju::scenario {

struct Tally {
  std::int64_t seeds = 0, virtual_s = 0, steps = 0, readings = 0, transfers = 0, commits = 0, crashes = 0, lost = 0;
  Watch::Seen seen;
};

inline std::string join(const Findings& findings) {
  std::string text;
  for (std::size_t i = 0; i < findings.size() && i < 8; ++i) text += "\n  " + findings[i];
  if (findings.size() > 8) text += "\n  and " + std::to_string(findings.size() - 8) + " more";
  return text;
}

/// Runs `one` for every seed and prints what was simulated. `one` leaves the world settled; it is audited here.
inline Tally for_seeds(int usual, const std::function<void(std::uint64_t seed, Tally& tally)>& one) {
  const char* many = std::getenv("ANJU_SEEDS");
  const char* only = std::getenv("ANJU_SEED");
  const std::uint64_t first = only != nullptr ? std::strtoull(only, nullptr, 10) : 1;
  const std::uint64_t count = only != nullptr   ? 1
                              : many != nullptr ? std::strtoull(many, nullptr, 10)
                                                : static_cast<std::uint64_t>(usual);
  const auto began = std::chrono::steady_clock::now();
  Tally tally;
  for (std::uint64_t seed = first; seed < first + count; ++seed) {
    ++tally.seeds;
    one(seed, tally);
  }
  const double real_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  MESSAGE(tally.seeds << " seeds, " << tally.virtual_s / 3600 << " virtual hours in " << real_s << " s ("
                      << static_cast<std::int64_t>(static_cast<double>(tally.virtual_s) / real_s)
                      << " times real time, " << static_cast<std::int64_t>(static_cast<double>(tally.steps) / real_s)
                      << " steps/s): " << tally.readings << " readings, " << tally.transfers << " transfers, "
                      << tally.commits << " commits, " << tally.crashes << " kills, " << tally.lost
                      << " messages lost, " << tally.seen.crossings << " crossings, " << tally.seen.verified
                      << " commands verified (" << tally.seen.trips << " trips, " << tally.seen.forced << " by hand, "
                      << tally.seen.reconnections << " reconnections), " << tally.seen.stale_reads
                      << " reads before a trip");
  return tally;
}

inline void count(Tally& tally, World& world) {
  tally.virtual_s += world.age().value / 1000;
  tally.steps += world.time().steps();
  tally.readings += static_cast<std::int64_t>(world.platform().tables().readings.size());
  tally.transfers += static_cast<std::int64_t>(world.platform().tables().transfers.size());
  tally.commits += world.platform().commits();
  tally.crashes += world.crashes();
  tally.lost += world.broker().lost();
  const auto& seen = world.watch().seen();
  tally.seen.verified += seen.verified;
  tally.seen.trips += seen.trips;
  tally.seen.reconnections += seen.reconnections;
  tally.seen.crossings += seen.crossings;
  tally.seen.stale_reads += seen.stale_reads;
  tally.seen.forced += seen.forced;
}

inline void check(World& world, Tally& tally) {
  const Findings findings = world.audit();
  CHECK_MESSAGE(findings.empty(), join(findings));
  count(tally, world);
}

}  // namespace anju::scenario
