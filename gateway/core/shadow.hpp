#pragma once

// What the gateway last knew of a device, and whether the platform has been told.

#include <optional>

#include "gateway/core/item.hpp"
#include "protocols/base/id.hpp"
#include "protocols/base/time.hpp"
#include "protocols/wire/up.hpp"

namespace anju::gateway {

/// Smaller changes of a meter's clock are drift, not news.
inline constexpr std::int64_t kClockNews_s = 30;
/// Meter against gateway; above it valid-until times and freezes go wrong.
inline constexpr std::int64_t kClockAdrift_s = 300;

/// How a device stands is said once more after this time, changed or not: whatever made the platform believe something else
/// (a disk that went back, a database of another past) is over by then.
inline constexpr base::Millis kTellAgainAfter = base::hours(6);

class Shadow {
 public:
  void reachable(bool now_reachable) { now_.reachable = now_reachable, known_ = true; }
  /// awaiting: closing was permitted by a command that is still running, so an open relay waits for the button, also
  /// with a model that does not tell what was ordered.
  void supply(const SupplyState& state, bool awaiting);
  void clock_offset(base::Millis offset) { now_.clock_offset_s = offset.value / 1000; }

  [[nodiscard]] wire::Relay relay() const { return now_.relay; }
  [[nodiscard]] bool is_known() const { return known_; }
  [[nodiscard]] const wire::StatusEvent& now() const { return now_; }
  /// The platform has lost it.
  void tell_again() { told_.reset(); }
  /// The event to send when something changed since the last one.
  [[nodiscard]] std::optional<wire::StatusEvent> news(const base::DeviceId& device, base::UtcMillis now);

 private:
  bool known_ = false;
  bool has_order_ = false;  ///< it was seen to say that off is ordered: this model tells it
  wire::StatusEvent now_;
  std::optional<wire::StatusEvent> told_;
};

}  // namespace anju::gateway
