// A small site on a real database (SQLite; with ANJU_TEST_POSTGRESQL a PostgreSQL) whose platform is killed right before and right after
// its first commit, then its second, and so on: a run for each, then `verify`. Old readings go from it meanwhile. ANJU_COMMITS=all takes every one, without it every ninth.

#include <cstdlib>

#include <doctest/doctest.h>

#include "tests/scenario/seeds.hpp"
#include "tests/unit/platform/store/scratch_database.hpp"

namespace anju::scenario {
namespace {

Story morning() {
  Story story;
  story.seed = 5;
  story.gateways = story.lines = 1;
  story.meters_per_line = 3;
  story.length = base::hours(4);
  const auto add = [&](std::int64_t minute, What what, int whom, std::uint64_t dice, std::int64_t value = 0) {
    story.happenings.push_back({base::minutes(minute), what, whom, base::seconds(1), value, dice});
  };
  add(5, What::recharge, 1, 1, 3'000'000);
  add(40, What::order, 2, 2);
  add(65, What::price, 0, 3);
  add(80, What::settings, 3, 4);
  add(95, What::plan, 1, 5);
  add(100, What::recharge, 1, 6, 9'000'000);
  add(110, What::meter_jump, 3, 7);
  add(125, What::order, 3, 8);
  add(150, What::accept, 3, 9);
  add(160, What::recharge, 2, 10, 9'000'000);
  add(170, What::cancel, 2, 11);
  return story;
}

/// Kills it there; how many commits there were in all.
std::int64_t live(std::int64_t commit, Crash crash, bool& died) {
  const platform::ScratchDatabase database;
  const Story story = morning();
  World world(story, database.url());
  world.platform().power_off_at(commit, crash);
  std::int64_t gone = 0;
  for (int minute = 60; minute < 240; minute += 25) {
    world.time().after(base::minutes(minute), [&] {
      const auto went = world.platform().forget_readings(base::minutes(40));
      CHECK_MESSAGE(went, "killed at commit " << commit << ", nothing went: " << (went ? "" : went.error().where));
      gone += went.value_or(0);
    });
  }
  world.play(story);
  died = world.platform().crashes() > 0;
  CHECK(gone > 0);
  const Findings findings = world.audit();
  CHECK_MESSAGE(findings.empty(), "killed " << (crash == Crash::before_commit ? "before" : "after") << " commit " << commit << join(findings));
  return world.platform().commits();
}

}  // namespace

TEST_CASE("scenario: killed before or after each commit on a real database, nothing is lost or twice, and verify agrees") {
  const char* all = std::getenv("ANJU_COMMITS");
  const std::int64_t stride = all != nullptr ? 1 : 9;
  bool died = false;
  const std::int64_t commits = live(0, Crash::none, died);
  REQUIRE(commits > 30);
  std::int64_t runs = 0;
  // The first ones found the site.
  for (std::int64_t commit = 4; commit <= commits; commit += stride, ++runs) {
    for (const Crash crash : {Crash::before_commit, Crash::after_commit}) {
      (void)live(commit, crash, died);
      CHECK(died);
    }
  }
  MESSAGE(2 * runs << " runs of " << commits << " commits");
}

}  // namespace anju::scenario
