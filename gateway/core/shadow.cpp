#include "gateway/core/shadow.hpp"

#include <cstdlib>

namespace anju::gateway {

wire::Relay to_wire(dlt645::RelayState state) {
  switch (state) {
    case dlt645::RelayState::closed: return wire::Relay::closed;
    case dlt645::RelayState::open: return wire::Relay::open;
    case dlt645::RelayState::opening: return wire::Relay::opening;
    case dlt645::RelayState::awaiting_button: return wire::Relay::awaiting_button;
  }
  return wire::Relay::unknown;
}

void Shadow::status(const dlt645::StatusWord3& word, bool awaiting) {
  // Bit 6 is an extension. A model without it would look as if it always waited for the button while it is open, so it
  // is believed only of a device that has shown it once.
  command_bit_ = command_bit_ || word.off_commanded;
  now_.relay = to_wire(dlt645::relay_state(word, command_bit_));
  if (awaiting && word.relay_open && !word.off_commanded) now_.relay = wire::Relay::awaiting_button;
  now_.keep_power = word.keep_power;
}

std::optional<wire::StatusEvent> Shadow::news(const base::DeviceId& device, base::UtcMillis now) {
  if (!known_) return std::nullopt;
  auto same = [this] {
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
