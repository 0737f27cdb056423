#include "gateway/core/shadow.hpp"

#include <cstdlib>

namespace anju::gateway {

void Shadow::supply(const SupplyState& state, bool awaiting) {
  if (state.moving) return;  // where it arrives is the news
  // What was ordered is an extension of the standard. A model without it would look as if it always waited for the button while it is open, so
  // it is believed only of a device that has shown it once.
  has_order_ = has_order_ || state.off_commanded;
  now_.relay = relay_of(state, has_order_);
  if (awaiting && state.open && !state.off_commanded) now_.relay = wire::Relay::awaiting_button;
  now_.keep_power = state.keep_power;
}

std::optional<wire::StatusEvent> Shadow::news(const base::DeviceId& device, base::UtcMillis now) {
  if (!known_) return std::nullopt;
  auto same = [this, now] {
    // A clock that was set makes the time of what was told wrong, in either direction.
    if (told_ && std::abs(now.value - told_->at.value) >= kTellAgainAfter.value) return false;
    if (!told_ || told_->reachable != now_.reachable || told_->relay != now_.relay ||
        told_->keep_power != now_.keep_power) {
      return false;
    }
    if (told_->clock_offset_s.has_value() != now_.clock_offset_s.has_value()) return false;
    return !now_.clock_offset_s || std::abs(*now_.clock_offset_s - *told_->clock_offset_s) < kClockNews_s;
  };
  if (same()) return std::nullopt;
  now_.device = device;
  now_.at = now;
  told_ = now_;
  return now_;
}

}  // namespace anju::gateway
