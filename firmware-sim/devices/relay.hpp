#pragma once

// The relay of a prepaid meter: what 1C does to it, and when. The contact follows a command only after the actuation
// delay, so an acknowledgement and the contact really are two things. Source: shared reference meters.md 1.3, 1.5.

#include <optional>

#include "protocols/base/time.hpp"
#include "protocols/dlt645/relay.hpp"

namespace anju::sim {

using RelayOrder = dlt645::RelayAction;

class Relay {
 public:
  Relay() = default;
  explicit Relay(base::Millis actuation_delay, bool starts_open = false)
      : delay_(actuation_delay), open_(starts_open), commanded_off_(starts_open) {}

  /// False when the order is refused (a trip under keep-power); nothing changes then.
  [[nodiscard]] bool order(RelayOrder order, base::UtcMillis now);

  /// True when the relay was waiting for the button; it then closes after the actuation delay. A stuck one goes on waiting.
  bool press_button(base::UtcMillis now);

  /// When the contact will move, if it is going to.
  [[nodiscard]] std::optional<base::UtcMillis> moves_at() const;
  /// Lets the contact move if it is due.
  void advance(base::UtcMillis now);

  /// A stuck relay takes every order and never moves again until it is freed.
  void set_stuck(bool stuck);

  [[nodiscard]] bool is_open() const { return open_; }
  [[nodiscard]] bool commanded_off() const { return commanded_off_; }
  [[nodiscard]] bool waits_for_button() const { return waits_for_button_; }
  [[nodiscard]] bool keep_power() const { return keep_power_; }
  [[nodiscard]] bool alarm() const { return alarm_; }

 private:
  struct Move {
    base::UtcMillis at;
    bool to_open;
  };
  void start(bool to_open, base::UtcMillis now);

  base::Millis delay_{300};
  std::optional<Move> move_;
  bool open_ = false;
  bool commanded_off_ = false;
  bool waits_for_button_ = false;
  bool keep_power_ = false;
  bool alarm_ = false;
  bool stuck_ = false;
};

}  // namespace anju::sim
