// How a story is drawn. The figures are those of real sites, but for the faults, which a site sees in years and a story in days.

#include <algorithm>
#include <array>

#include "tests/scenario/swarm/swarm.hpp"
#include "tests/scenario/world/timeline.hpp"

namespace anju::scenario {
namespace {

/// Per story of some days, for each kind of fault that is on.
constexpr std::int64_t kMostFaults = 12;

struct Draft {
  Dice dice;
  Story story;

  Happening& add(What what) {
    const base::Millis last(story.length.value - base::minutes(10).value);
    auto& made = story.happenings.emplace_back();
    made.at = dice.between(base::minutes(2), last);
    made.what = what;
    made.dice = dice.next();
    return made;
  }
  int any_meter() { return static_cast<int>(dice.between(1, story.gateways * story.lines * story.meters_per_line)); }
  int any_gateway() { return static_cast<int>(dice.between(1, story.gateways)); }
  /// Short ones are more frequent than long ones.
  base::Millis span(base::Millis least, base::Millis most) {
    const auto first = dice.between(least, most), second = dice.between(least, first);
    return second;
  }

  void draw_site() {
    // 1 to 4 gateways with one or two lines; most sites are small.
    story.gateways = static_cast<int>(std::min(dice.between(1, 4), dice.between(1, 4)));
    story.lines = static_cast<int>(dice.between(1, 2));
    // A line carries 32 meters of one unit load; today's have a quarter or an eighth of one.
    story.meters_per_line = static_cast<int>(std::min(dice.between(1, 48), dice.between(1, 48)));
    // Hourly to daily, as sites read prepaid meters; every tenth more often.
    constexpr std::array<std::int64_t, 10> kMinutes{30, 60, 60, 120, 120, 240, 360, 720, 720, 1440};
    story.reading_minutes = kMinutes[static_cast<std::size_t>(dice.below(10))];
    // Long enough for some readings of each meter, and for a month to be among the stories.
    const std::int64_t days = std::min(dice.between(1, 30), dice.between(1, 30));
    story.length = base::hours(24 * std::max<std::int64_t>(days, story.reading_minutes * 4 / 1440));
  }

  void draw_faults() {
    for (std::size_t i = 0; i < kFaults; ++i) {
      const auto what = static_cast<What>(i);
      if (!dice.chance(400)) continue;
      for (std::int64_t n = dice.between(1, kMostFaults); n > 0; --n) draw_fault(what);
    }
  }

  void draw_fault(What what) {
    Happening& made = add(what);
    made.whom = any_gateway();
    switch (what) {
      case What::weather: made.span = span(base::minutes(1), base::hours(24)); break;
      case What::gateway_kill: made.span = span(base::seconds(1), base::hours(1)); break;
      case What::platform_kill: made.span = span(base::seconds(1), base::minutes(30)); break;
      case What::gateway_full:
      case What::platform_full: made.span = span(base::seconds(10), base::hours(2)); break;
      case What::clock:
        made.span = span(base::minutes(1), base::hours(12));
        made.value = span(base::seconds(1), base::hours(6)).value * (dice.chance(500) ? 1 : -1);
        break;
      case What::network: made.span = span(base::seconds(5), base::hours(24)); break;
      case What::line_cut: made.span = span(base::seconds(1), base::hours(6)); break;
      case What::meter_fault:
        made.whom = any_meter();
        made.span = span(base::minutes(5), base::hours(12));
        break;
      case What::meter_jump: made.whom = any_meter(); break;
      case What::old_card:
        made.span = span(base::minutes(15), base::hours(2));
        made.value = span(base::minutes(1), base::hours(48)).value;
        break;
      case What::box_swap: made.span = span(base::minutes(5), base::hours(2)); break;
      case What::restore: made.value = span(base::minutes(1), base::hours(48)).value; break;
      default: break;
    }
  }

  void draw_people() {
    const std::int64_t meters = story.gateways * story.lines * story.meters_per_line;
    const std::int64_t days = story.length.value / base::hours(24).value;
    // A meter uses some 10 to 40 yuan a day, and every few days somebody buys about as much as was used.
    const std::int64_t recharges = std::min<std::int64_t>(meters * days / dice.between(1, 6) + 1, 600);
    const std::int64_t most = std::min<std::int64_t>(60'000'000 * std::max<std::int64_t>(meters * days / recharges, 1), 900'000'000);
    for (std::int64_t n = 0; n < recharges; ++n) {
      Happening& made = add(What::recharge);
      made.whom = any_meter();
      made.value = most;
    }
    for (const What what : {What::order, What::cancel, What::price, What::plan, What::settings, What::accept}) {
      if (!dice.chance(600)) continue;
      for (std::int64_t n = dice.between(1, std::min<std::int64_t>(meters * 2, 40)); n > 0; --n) {
        Happening& made = add(what);
        made.whom = any_meter();
        made.span = span(base::Millis(1), base::minutes(5));
      }
    }
  }
};

}  // namespace

Story draw_story(std::uint64_t seed) {
  Draft draft{Dice(seed), {}};
  draft.story.seed = seed;
  draft.draw_site();
  draft.draw_faults();
  draft.draw_people();
  std::ranges::stable_sort(draft.story.happenings, {}, &Happening::at);
  return std::move(draft.story);
}

std::string outline(const Story& story) {
  const std::size_t meters = story.meters.empty() ? static_cast<std::size_t>(story.gateways * story.lines * story.meters_per_line)
                                                  : story.meters.size();
  std::string text = "seed " + std::to_string(story.seed) + ": " + std::to_string(meters) + " meters at " + std::to_string(story.gateways) +
                     " gateways, read every " + std::to_string(story.reading_minutes) + " minutes for " +
                     std::to_string(story.length.value / 3'600'000) + " hours;";
  std::array<int, kFaults + 8> counts{};
  for (const auto& what : story.happenings) ++counts[static_cast<std::size_t>(what.what)];
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] != 0) text += " " + std::to_string(counts[i]) + " " + std::string(to_string(static_cast<What>(i)));
  }
  return text;
}

}  // namespace anju::scenario
