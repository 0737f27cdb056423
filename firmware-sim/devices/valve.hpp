#pragma once

// A motor valve: it reaches the ordered position after a while, and a stuck one never does.

#include <optional>

#include "protocols/base/time.hpp"

namespace anju::sim {

class Valve {
 public:
  Valve() = default;
  Valve(base::Millis delay, bool open) : delay_(delay), open_(open) {}

  void order(bool open, base::UtcMillis now) {
    advance(now);
    move_.reset();
    if (stuck_ || open_ == open) return;
    move_ = Move{now + delay_, open};
    advance(now);  // a valve without delay has moved already
  }
  void advance(base::UtcMillis now) {
    if (!move_ || move_->at > now) return;
    open_ = move_->open;
    move_.reset();
  }
  [[nodiscard]] std::optional<base::UtcMillis> moves_at() const {
    return move_ ? std::optional(move_->at) : std::nullopt;
  }
  /// A stuck valve takes every order and stays where it is.
  void set_stuck(bool stuck) {
    stuck_ = stuck;
    if (stuck_) move_.reset();
  }
  [[nodiscard]] bool is_open() const { return open_; }
  [[nodiscard]] bool is_stuck() const { return stuck_; }
  /// Open, or on its way there.
  [[nodiscard]] bool is_wanted_open() const { return move_ ? move_->open : open_; }

 private:
  struct Move {
    base::UtcMillis at;
    bool open;
  };
  base::Millis delay_{2000};
  bool open_ = true;
  bool stuck_ = false;
  std::optional<Move> move_;
};

}  // namespace anju::sim
