#include "tests/scenario/swarm/swarm.hpp"

#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <memory>
#include <random>
#include <sstream>

namespace anju::scenario {
namespace {

using Clock = std::chrono::steady_clock;

/// A story that takes longer than this does not end by itself.
constexpr unsigned kLongestStory_s = 600;
constexpr std::size_t kMostLines = 120;

double since(Clock::time_point began) {
  return std::chrono::duration<double>(Clock::now() - began).count();
}

std::uint64_t fresh_seed() {
  std::random_device device;
  return (static_cast<std::uint64_t>(device()) << 16U ^ device()) & 0xFFFF'FFFF'FFFFU;
}

std::string report(const Story& story, const Told& told, const SwarmOptions& options) {
  std::string text = "VIOLATION in " + outline(story) + "\n";
  for (std::size_t i = 0; i < told.findings.size() && i < 5; ++i) text += "  " + told.findings[i] + "\n";
  text += "  to see it again: ANJU_SEED=" + std::to_string(story.seed) + " " + options.program + "\n";
  if (!options.shrink) return text;
  const auto began = Clock::now();
  ::alarm(0);
  const Story shorter = shrink(story, told, [&] { return since(began) > options.shrink_seconds; });
  std::vector<std::string> lines;
  const Told again = play(shorter, [&](const std::string& line) { lines.push_back(line); });
  text += "the shortest story found in " + std::to_string(static_cast<int>(since(began))) + " s: " + outline(shorter) + "\n";
  const std::size_t first = lines.size() > kMostLines ? lines.size() - kMostLines : 0;
  if (first != 0) text += "  (" + std::to_string(first) + " lines before)\n";
  for (std::size_t i = first; i < lines.size(); ++i) text += "  " + lines[i] + "\n";
  for (std::size_t i = 0; i < again.findings.size() && i < 5; ++i) text += "  " + again.findings[i] + "\n";
  return text;
}

/// What one process does. It writes a word per story, so that whoever started it knows what it did not live to tell.
/// found: shared by all of them.
void work(const SwarmOptions& options, std::FILE* out, volatile int* found) {
  const auto began = Clock::now();
  const auto over = [&] { return *found != 0 || (!options.only && since(began) > options.seconds); };
  do {
    const std::uint64_t seed = options.only ? *options.only : fresh_seed();
    std::fprintf(out, "begin %llu\n", static_cast<unsigned long long>(seed));
    std::fflush(out);
    if (!options.only) ::alarm(kLongestStory_s);
    const Story story = draw_story(seed);
    const Told told = play(story, {}, over);
    std::fprintf(out, "end %lld %lld %lld %lld %lld %lld %lld %lld %lld %.3f\n", static_cast<long long>(told.device_s),
                 static_cast<long long>(told.readings), static_cast<long long>(told.transfers), static_cast<long long>(told.commits),
                 static_cast<long long>(told.kills), static_cast<long long>(told.messages), static_cast<long long>(told.lost),
                 static_cast<long long>(told.crossings), static_cast<long long>(told.verified), since(began));
    std::fflush(out);
    if (told.findings.empty()) continue;
    *found = 1;
    const std::string text = report(story, told, options);
    std::fprintf(out, "violation\n%s", text.c_str());
    return;
  } while (!options.only && !over());
}

void read_back(std::FILE* file, int status, Swarm& swarm) {
  std::rewind(file);
  std::string seed;
  char line[4096];
  bool open = false;
  while (std::fgets(line, sizeof line, file) != nullptr) {
    std::istringstream words(line);
    std::string word;
    words >> word;
    if (word == "begin") {
      words >> seed;
      open = true;
    } else if (word == "end") {
      Told told;
      double seconds = 0;
      words >> told.device_s >> told.readings >> told.transfers >> told.commits >> told.kills >> told.messages >> told.lost >>
          told.crossings >> told.verified >> seconds;
      swarm.sum.add(told);
      swarm.seconds = std::max(swarm.seconds, seconds);
      ++swarm.stories;
      open = false;
    } else if (word == "violation") {
      ++swarm.violations;
      std::string text;
      while (std::fgets(line, sizeof line, file) != nullptr) text += line;
      swarm.reports.push_back(std::move(text));
    }
  }
  if (!open && status == 0) return;
  ++swarm.violations;
  swarm.reports.push_back("VIOLATION: seed " + seed + " ended its process, or did not end (status " + std::to_string(status) + ")\n");
}

}  // namespace

double Swarm::device_years_per_min() const {
  constexpr double kYear_s = 365.25 * 86'400;
  return seconds > 0 ? static_cast<double>(sum.device_s) / kYear_s / (seconds / 60) : 0;
}

Swarm run_swarm(const SwarmOptions& options) {
  struct Job {
    ::pid_t pid = 0;
    std::FILE* file = nullptr;
  };
  std::vector<Job> jobs;
  void* const shared = ::mmap(nullptr, sizeof(int), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  auto* const found = static_cast<volatile int*>(shared);
  for (int i = 0; i < options.jobs; ++i) {
    Job job;
    job.file = std::tmpfile();
    std::fflush(nullptr);
    job.pid = ::fork();
    if (job.pid == 0) {
      work(options, job.file, found);
      std::fflush(nullptr);
      ::_exit(0);
    }
    jobs.push_back(job);
  }
  Swarm swarm;
  for (const Job& job : jobs) {
    int status = 0;
    ::waitpid(job.pid, &status, 0);
    read_back(job.file, status, swarm);
    std::fclose(job.file);
  }
  ::munmap(shared, sizeof(int));
  return swarm;
}

}  // namespace anju::scenario
