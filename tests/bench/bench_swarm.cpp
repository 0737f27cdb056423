// How much of a site's life the simulation plays in a minute, and whether anything was wrong in it: fresh seeds, one process per core.
// Usage: bench_swarm [--json FILE] [--minutes N] [--jobs N] [--seed N] [--no-shrink]. One seed (or ANJU_SEED): plays it, and tells it if it ends badly.
// Exit 1 when there was a violation.

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string>

#include "tests/scenario/swarm/swarm.hpp"

using namespace anju::scenario;

int main(int argc, char** argv) {
  SwarmOptions options;
  options.jobs = 2;
  options.program = "build/release/bench/bench_swarm";
  std::string json;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    const char* value = i + 1 < argc ? argv[i + 1] : "";
    if (word == "--no-shrink") {
      options.shrink = false;
      continue;
    }
    if (word == "--json") json = value;
    if (word == "--minutes") options.seconds = std::stod(value) * 60;
    if (word == "--jobs") options.jobs = std::stoi(value);
    if (word == "--seed") options.only = std::stoull(value);
    ++i;
  }
  if (const char* seed = std::getenv("ANJU_SEED")) options.only = std::stoull(seed);
  if (options.only) options.jobs = 1;
  const Swarm swarm = run_swarm(options);
  for (const auto& report : swarm.reports) std::fputs(report.c_str(), stdout);
  const auto& sum = swarm.sum;
  std::printf("%lld stories in %.1f s on %d cores: %.1f device-years (%.1f per minute), %lld readings, %lld transfers, %lld commits, "
              "%lld kills, %lld messages and %lld lost, %lld crossings, %lld commands verified; %lld violations\n",
              static_cast<long long>(swarm.stories), swarm.seconds, options.jobs, static_cast<double>(sum.device_s) / (365.25 * 86'400),
              swarm.device_years_per_min(), static_cast<long long>(sum.readings), static_cast<long long>(sum.transfers),
              static_cast<long long>(sum.commits), static_cast<long long>(sum.kills), static_cast<long long>(sum.messages),
              static_cast<long long>(sum.lost), static_cast<long long>(sum.crossings), static_cast<long long>(sum.verified),
              static_cast<long long>(swarm.violations));
  if (!json.empty()) {
    std::ofstream(json) << "[{\"bench\": \"swarm\", \"case\": \"swarm\", \"metric\": \"device_years_per_min\", \"value\": "
                        << swarm.device_years_per_min() << ", \"unit\": \"device-years/min\"},\n"
                        << " {\"bench\": \"swarm\", \"case\": \"swarm\", \"metric\": \"violations\", \"value\": " << swarm.violations
                        << ", \"unit\": \"\"}]\n";
  }
  return swarm.violations == 0 ? 0 : 1;
}
