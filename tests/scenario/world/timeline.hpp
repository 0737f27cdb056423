#pragma once

// Virtual time: what is to happen, in order of its moment, and among equals in the order it was asked for. The same
// calls always give the same run, so a seed is a whole history.

#include <algorithm>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "protocols/base/time.hpp"

namespace anju::scenario {

class Timeline {
 public:
  explicit Timeline(base::UtcMillis start) : now_(start) {}

  [[nodiscard]] base::UtcMillis now() const { return now_; }
  [[nodiscard]] std::int64_t steps() const { return steps_; }

  /// A moment that has passed already means: next.
  void at(base::UtcMillis when, std::function<void()> what) {
    heap_.push_back({std::max(when, now_), ++order_, std::move(what)});
    std::ranges::push_heap(heap_, later);
  }
  void after(base::Millis span, std::function<void()> what) { at(now_ + span, std::move(what)); }

  void run_until(base::UtcMillis end) {
    while (!heap_.empty() && heap_.front().at <= end) {
      std::ranges::pop_heap(heap_, later);
      Entry entry = std::move(heap_.back());
      heap_.pop_back();
      now_ = entry.at;
      ++steps_;
      entry.what();
    }
    now_ = end;
  }
  void run_for(base::Millis span) { run_until(now_ + span); }

 private:
  struct Entry {
    base::UtcMillis at;
    std::int64_t order = 0;
    std::function<void()> what;
  };
  static bool later(const Entry& a, const Entry& b) { return a.at != b.at ? a.at > b.at : a.order > b.order; }

  base::UtcMillis now_;
  std::int64_t order_ = 0, steps_ = 0;
  std::vector<Entry> heap_;
};

/// Seeded chance. One per actor, so that what the broker does to a message does not change what a person does next.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15U + 0x1234567U) {}

  std::uint64_t next() {  // splitmix64
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15U);
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31U);
  }
  /// 0 .. n - 1
  std::int64_t below(std::int64_t n) { return static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(n)); }
  std::int64_t between(std::int64_t least, std::int64_t most) { return least + below(most - least + 1); }
  base::Millis between(base::Millis least, base::Millis most) { return base::Millis(between(least.value, most.value)); }
  bool chance(int permille) { return permille > 0 && below(1000) < permille; }

 private:
  std::uint64_t state_;
};

}  // namespace anju::scenario
