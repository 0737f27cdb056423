#include "firmware-sim/devices/relay.hpp"

namespace anju::sim {

bool Relay::order(RelayOrder order, base::UtcMillis now) {
  advance(now);
  switch (order) {
    case RelayOrder::trip:
      if (keep_power_) return false;
      commanded_off_ = true;
      waits_for_button_ = false;
      start(true, now);
      return true;
    case RelayOrder::close_permit:
      commanded_off_ = false;
      move_.reset();
      waits_for_button_ = open_;
      return true;
    case RelayOrder::close_direct:
      commanded_off_ = false;
      waits_for_button_ = false;
      start(false, now);
      return true;
    case RelayOrder::alarm_on: alarm_ = true; return true;
    case RelayOrder::alarm_off: alarm_ = false; return true;
    case RelayOrder::keep_power_on: keep_power_ = true; return true;
    case RelayOrder::keep_power_off: keep_power_ = false; return true;
  }
  return false;
}

bool Relay::press_button(base::UtcMillis now) {
  advance(now);
  if (!waits_for_button_ || stuck_) return false;  // the permission stands until the contact has closed
  waits_for_button_ = false;
  start(false, now);
  return true;
}

std::optional<base::UtcMillis> Relay::moves_at() const {
  if (!move_) return std::nullopt;
  return move_->at;
}

void Relay::advance(base::UtcMillis now) {
  if (!move_ || move_->at > now) return;
  open_ = move_->to_open;
  move_.reset();
}

void Relay::set_stuck(bool stuck) {
  stuck_ = stuck;
  if (stuck_) move_.reset();
}

void Relay::start(bool to_open, base::UtcMillis now) {
  move_.reset();
  if (stuck_ || open_ == to_open) return;
  move_ = Move{now + delay_, to_open};
  advance(now);  // a relay without delay has moved already
}

}  // namespace anju::sim
