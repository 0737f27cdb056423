#include "firmware-sim/devices/boiler.hpp"

#include <algorithm>

namespace anju::sim {

void Boiler::second(std::int64_t ambient_dc, std::int64_t factor, base::UtcMillis now) {
  valve_.advance(now);
  const std::int64_t goal = (valve_.is_open() ? setup_.supply_dc : ambient_dc) * kMicroPerTenth;
  const std::int64_t time_ms = std::max<std::int64_t>((valve_.is_open() ? setup_.warming : setup_.cooling).value, 1);
  const std::int64_t passed_ms = std::min(1000 * factor, time_ms);  // a fast simulator arrives, it does not overshoot
  micro_ += (goal - micro_) * passed_ms / time_ms;
  control(now);
}

void Boiler::control(base::UtcMillis now) {
  if (!automatic_ || !target_dc_) return;
  const std::int64_t above_dc = temperature_dc() - *target_dc_;
  if (above_dc <= -setup_.hysteresis_dc && !valve_.is_wanted_open()) valve_.order(true, now);
  if (above_dc >= setup_.hysteresis_dc && valve_.is_wanted_open()) valve_.order(false, now);
}

void Boiler::set_valve(bool open, base::UtcMillis now) {
  automatic_ = false;
  valve_.order(open, now);
}

void Boiler::automatic_on(std::int64_t target_dc, base::UtcMillis now) {
  automatic_ = true;
  target_dc_ = target_dc;
  control(now);
}

std::int64_t Boiler::temperature_dc() const {
  const std::int64_t half = micro_ < 0 ? -kMicroPerTenth / 2 : kMicroPerTenth / 2;
  return (micro_ + half) / kMicroPerTenth;
}

void Boiler::restore(const Kept& kept) {
  micro_ = kept.micro;
  valve_ = Valve(setup_.valve_delay, kept.valve_open);
  automatic_ = kept.automatic;
  target_dc_ = kept.target_dc;
}

}  // namespace anju::sim
