#include "firmware-sim/station/station_order.hpp"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace anju::sim {
namespace {

using wire::CommandKind;
using wire::CommandPhase;

bool moves_main(CommandKind kind) {
  return kind == CommandKind::trip || kind == CommandKind::close;
}

bool keeps(CommandKind kind) {
  return kind == CommandKind::keep_power_on || kind == CommandKind::keep_power_off;
}

bool is_about_temperature(CommandKind kind) {
  return kind == CommandKind::temperature_valve_open || kind == CommandKind::temperature_valve_close ||
         kind == CommandKind::automatic_on || kind == CommandKind::automatic_off;
}

}  // namespace

bool can(const WaterMeter& device, CommandKind kind) {
  if (moves_main(kind) || keeps(kind)) return device.setup().valve;
  return !is_about_temperature(kind) || device.boiler() != nullptr;
}

wire::Relay relay_of(const WaterMeter& device) {
  const Valve& valve = device.main_valve();
  if (!valve.is_open()) return wire::Relay::open;
  return valve.is_wanted_open() ? wire::Relay::closed : wire::Relay::opening;
}

bool StationOrder::replaces(const StationOrder& older) const {
  if (older.command_.device != command_.device) return false;
  const CommandKind mine = command_.kind, other = older.command_.kind;
  return (moves_main(mine) && moves_main(other)) || (keeps(mine) && keeps(other)) ||
         (is_about_temperature(mine) && is_about_temperature(other));
}

StationOrder::Step StationOrder::tick(WaterMeter& device, base::UtcMillis now) {
  Step step;
  if (finished_ || now < next_) return step;
  if (device.is_silent()) {
    next_ = now + kVerifyEvery;
    const bool given_up = acted_ ? now >= verify_until_ : ++silences_ >= kMostTries;
    if (given_up) report(CommandPhase::failed, "no_answer", &device, now, step);
  } else if (command_.kind == CommandKind::live) {
    look(device, now, step);
  } else if (acted_) {
    verify(device, now, step);
  } else {
    act(device, now, step);
  }
  return step;
}

wire::CommandEvent StationOrder::abandon(std::string_view reason, base::UtcMillis now) {
  Step step;
  report(CommandPhase::failed, reason, nullptr, now, step);
  return std::get<wire::CommandEvent>(step.events.front());
}

void StationOrder::act(WaterMeter& device, base::UtcMillis now, Step& step) {
  if (now >= command_.expires) return report(CommandPhase::expired, "expired", &device, now, step);
  if (command_.kind == CommandKind::read) {
    read(device, now, step);
    return report(CommandPhase::verified, {}, &device, now, step);
  }
  if (!(resumed_ && agrees(device, now))) {
    if (command_.kind == CommandKind::clear) read(device, now, step);
    if (!order(device, now)) return report(CommandPhase::failed, "other_error", &device, now, step);
    report(CommandPhase::acked, {}, &device, now, step);
  }
  acted_ = true;
  verify_until_ = now + kVerifyFor;
  next_ = now + kVerifyAfter;
  // A register is zero at once, and no other reading may come between the two of a clear.
  if (command_.kind == CommandKind::clear) verify(device, now, step);
}

void StationOrder::verify(const WaterMeter& device, base::UtcMillis now, Step& step) {
  if (agrees(device, now)) {
    report(CommandPhase::verified, {}, &device, now, step);
    if (command_.kind == CommandKind::clear) read(device, now, step);
  } else if (now >= verify_until_) {
    report(CommandPhase::failed, "contradicted", &device, now, step);
  } else {
    next_ = now + kVerifyEvery;
  }
}

void StationOrder::look(const WaterMeter& device, base::UtcMillis now, Step& step) {
  if (now >= command_.issued + base::seconds(command_.seconds)) {
    if (!verified_) return report(CommandPhase::expired, "expired", &device, now, step);
    finished_ = true;
    return;
  }
  wire::LiveValues values;
  values.device = command_.device;
  values.at = now;
  values.energy_kwh = base::format(device.total());
  values.relay = relay_of(device);
  step.live = values;
  next_ = now + kLiveEvery;
  if (std::exchange(verified_, true)) return;
  report(CommandPhase::verified, {}, &device, now, step);
  finished_ = false;  // it goes on looking
}

bool StationOrder::order(WaterMeter& device, base::UtcMillis now) {
  Boiler* boiler = device.boiler();
  switch (command_.kind) {
    case CommandKind::trip: return device.order_main_valve(false, now);
    case CommandKind::close: return device.order_main_valve(true, now);
    case CommandKind::keep_power_on: return device.keep_open(true);
    case CommandKind::keep_power_off: return device.keep_open(false);
    case CommandKind::set_clock: device.set_clock(now); return true;
    case CommandKind::clear: device.clear(); return true;
    case CommandKind::temperature_valve_open:
    case CommandKind::temperature_valve_close:
      if (boiler != nullptr) boiler->set_valve(command_.kind == CommandKind::temperature_valve_open, now);
      return boiler != nullptr;
    case CommandKind::automatic_on:
      if (boiler != nullptr) boiler->automatic_on(command_.target_dc, now);
      return boiler != nullptr;
    case CommandKind::automatic_off:
      if (boiler != nullptr) boiler->automatic_off();
      return boiler != nullptr;
    case CommandKind::read:
    case CommandKind::live: return true;
  }
  return false;
}

bool StationOrder::agrees(const WaterMeter& device, base::UtcMillis now) const {
  const Boiler* boiler = device.boiler();
  switch (command_.kind) {
    case CommandKind::trip: return !device.main_valve().is_open();
    case CommandKind::close: return device.main_valve().is_open() && device.main_valve().is_wanted_open();
    case CommandKind::keep_power_on: return device.is_kept_open();
    case CommandKind::keep_power_off: return !device.is_kept_open();
    case CommandKind::set_clock: return std::abs(device.clock_ahead(now).value) <= 30'000;
    case CommandKind::clear: return device.total() < kCleared;
    case CommandKind::temperature_valve_open: return boiler != nullptr && boiler->valve().is_open();
    case CommandKind::temperature_valve_close: return boiler != nullptr && !boiler->valve().is_open();
    case CommandKind::automatic_on:
      return boiler != nullptr && boiler->is_automatic() && boiler->target_dc() == command_.target_dc;
    case CommandKind::automatic_off: return boiler != nullptr && !boiler->is_automatic();
    case CommandKind::read:
    case CommandKind::live: return true;
  }
  return false;
}

void StationOrder::read(const WaterMeter& device, base::UtcMillis now, Step& step) const {
  const wire::Reading reading{command_.device, now, wire::ReadingKind::on_demand, device.total(), std::nullopt};
  step.events.emplace_back(wire::ReadingsEvent{{reading}});
}

void StationOrder::report(CommandPhase phase, std::string_view reason, const WaterMeter* device, base::UtcMillis now,
                          Step& step) {
  const wire::Relay relay = device == nullptr ? wire::Relay::unknown : relay_of(*device);
  step.events.emplace_back(
      wire::CommandEvent{command_.id, command_.device, now, phase, std::string(reason), relay});
  if (phase != CommandPhase::acked) finished_ = true;
}

}  // namespace anju::sim
