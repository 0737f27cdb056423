// Makes a bad story short: fewer meters, less time, whole kinds of happenings left out, then single ones, then single faults of
// messages. Delta debugging (Zeller's ddmin) over what was drawn; every try is a whole run.

#include <algorithm>

#include "tests/scenario/swarm/swarm.hpp"
#include "tests/scenario/world/world.hpp"

namespace anju::scenario {
namespace {

class Shrinker {
 public:
  Shrinker(Story story, const Told& told, const std::function<bool()>& enough)
      : best_(std::move(story)), kind_(kind_of(told.findings)), enough_(enough), failed_at_(told.failed_at) {}

  Story run() {
    cut_time();
    for (bool better = true; better && !enough_();) {
      const auto before = size();
      drop_kinds();
      drop_meters();
      drop_happenings();
      cut_time();
      better = size() < before;
    }
    drop_message_faults();
    return best_;
  }

 private:
  [[nodiscard]] std::size_t size() const {
    return best_.happenings.size() + best_.meters.size() + static_cast<std::size_t>(best_.length.value / 3'600'000);
  }

  bool try_it(Story story) {
    if (enough_()) return false;
    const Told told = play(story);
    if (kind_of(told.findings) != kind_) return false;
    best_ = std::move(story);
    failed_at_ = told.failed_at;
    return true;
  }

  /// To the full hour after what went wrong; what cannot happen any more goes, too.
  void cut_time() {
    const std::int64_t hour = base::hours(1).value;
    Story story = best_;
    story.length = std::min(story.length, base::Millis((failed_at_.value / hour + 1) * hour));
    std::erase_if(story.happenings, [&](const Happening& what) { return what.at > story.length; });
    if (story.length < best_.length || story.happenings.size() < best_.happenings.size()) (void)try_it(std::move(story));
    // What is found only by the audit at the end may be there long before.
    for (base::Millis length(best_.length.value / 2 / hour * hour); length.value >= hour && !enough_(); length = base::Millis(best_.length.value / 2 / hour * hour)) {
      story = best_;
      story.length = length;
      std::erase_if(story.happenings, [&](const Happening& what) { return what.at > story.length; });
      if (!try_it(std::move(story))) break;
    }
  }

  void drop_kinds() {
    for (std::size_t i = 0; i <= static_cast<std::size_t>(What::accept); ++i) {
      Story story = best_;
      if (std::erase_if(story.happenings, [&](const Happening& what) { return what.what == static_cast<What>(i); }) != 0)
        (void)try_it(std::move(story));
    }
  }

  /// Leaves out parts, halves first and single ones last, as long as the rest still ends badly.
  template <class Item, class Put>
  void drop(std::vector<Item> items, Put put) {
    for (std::size_t parts = 2; !items.empty() && !enough_();) {
      const std::size_t size = (items.size() + parts - 1) / parts;
      bool dropped = false;
      for (std::size_t from = 0; from < items.size() && !enough_();) {
        std::vector<Item> rest = items;
        const auto first = rest.begin() + static_cast<std::ptrdiff_t>(from);
        rest.erase(first, first + static_cast<std::ptrdiff_t>(std::min(size, rest.size() - from)));
        Story story = best_;
        if (put(story, rest) && try_it(std::move(story))) {
          items = std::move(rest);
          dropped = true;
        } else {
          from += size;
        }
      }
      if (size == 1 && !dropped) return;
      parts = dropped ? std::max<std::size_t>(parts - 1, 2) : std::min(parts * 2, std::max<std::size_t>(items.size(), 1));
      if (items.size() <= 1 && size == 1) return;
    }
  }

  void drop_meters() {
    std::vector<int> meters(best_.meters.begin(), best_.meters.end());
    if (meters.empty()) {
      for (int i = 1; i <= best_.gateways * best_.lines * best_.meters_per_line; ++i) meters.push_back(i);
    }
    drop(meters, [](Story& story, const std::vector<int>& rest) {
      story.meters = {rest.begin(), rest.end()};
      return !rest.empty();
    });
  }

  void drop_happenings() {
    drop(best_.happenings, [](Story& story, const std::vector<Happening>& rest) {
      story.happenings = rest;
      return true;
    });
  }

  void drop_message_faults() {
    const bool weather = std::ranges::any_of(best_.happenings, [](const auto& what) { return what.what == What::weather; });
    if (!weather || enough_()) return;
    std::vector<std::uint64_t> faults;
    {
      World world(best_);
      world.broker().narrate([&](std::uint64_t fault, const std::string&) { faults.push_back(fault); });
      world.play(best_, [&] { return !world.watch().findings().empty(); });
    }
    std::ranges::sort(faults);
    faults.erase(std::unique(faults.begin(), faults.end()), faults.end());
    drop(faults, [](Story& story, const std::vector<std::uint64_t>& rest) {
      story.message_faults.emplace(rest.begin(), rest.end());
      return true;
    });
  }

  Story best_;
  std::string kind_;
  const std::function<bool()>& enough_;
  base::Millis failed_at_;
};

}  // namespace

Story shrink(const Story& story, const Told& told, const std::function<bool()>& enough) {
  return Shrinker(story, told, enough).run();
}

}  // namespace anju::scenario
