#pragma once

// Many histories, each drawn from one number: the size of the site, which kinds of faults are on, how much happens. "Swarm testing":
// a run in which everything goes wrong at once hides what only a few faults together can show.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "tests/scenario/world/audit.hpp"
#include "tests/scenario/world/story.hpp"

namespace anju::scenario {

[[nodiscard]] Story draw_story(std::uint64_t seed);

/// One line: what kind of story it is.
[[nodiscard]] std::string outline(const Story& story);

struct Told {
  Findings findings;
  std::int64_t device_s = 0;  ///< meters x virtual time
  std::int64_t readings = 0, transfers = 0, commits = 0, kills = 0, messages = 0, lost = 0, crossings = 0, verified = 0;
  base::Millis failed_at;  ///< of the first finding, when it was seen while it ran; else the length
  void add(const Told& more);
};

/// Plays it from the beginning to the audit. tell: gets a line for whatever happens. over: asked now and then; true ends it, unaudited.
[[nodiscard]] Told play(const Story& story, const std::function<void(const std::string&)>& tell = {},
                        const std::function<bool()>& over = {});

/// A shorter story that ends with the same kind of finding. enough: asked before every try; true: what there is will do.
[[nodiscard]] Story shrink(const Story& story, const Told& told, const std::function<bool()>& enough);

/// What a finding is about, without its numbers: stories that end alike have the same.
[[nodiscard]] std::string kind_of(const Findings& findings);

struct SwarmOptions {
  double seconds = 60;
  int jobs = 1;                        ///< processes beside each other
  std::optional<std::uint64_t> only;   ///< this story and no other
  bool shrink = true;
  double shrink_seconds = 60;
  std::string program = "swarm";       ///< for the line that says how to see it again
};
struct Swarm {
  Told sum;
  std::int64_t stories = 0, violations = 0;
  double seconds = 0;
  std::vector<std::string> reports;  ///< of the violations, ready to be printed
  [[nodiscard]] double device_years_per_min() const;
};
/// Stories of fresh seeds until the time is over, or until the first violation.
[[nodiscard]] Swarm run_swarm(const SwarmOptions& options);

}  // namespace anju::scenario
