// What goes wrong: kills of gateways and platform, faults of meters, lines that are cut.

#include "tests/scenario/world/world.hpp"

namespace anju::scenario {

void World::plan_kills() {
  const std::int64_t span = (end_ - time_.now()).value;
  for (int n = 0; n < climate_.gateway_kills; ++n) {
    for (std::size_t i = 0; i < gateways_.size(); ++i) {
      time_.after(base::Millis(trouble_.below(span)), [this, i] { kill_gateway(i); });
    }
  }
  for (int n = 0; n < climate_.platform_kills; ++n) {
    time_.after(base::Millis(trouble_.below(span)), [this] { kill_platform(); });
  }
}

void World::kill_gateway(std::size_t i) {
  GatewayBox& box = *gateways_[i];
  box.power_off_at(trouble_.chance(500) ? Crash::before_commit : Crash::after_commit);
  time_.after(trouble_.between(base::seconds(1), base::minutes(20)), [&box] { box.power_on(); });
}

void World::kill_platform() {
  platform_->power_off_at(trouble_.chance(500) ? Crash::before_commit : Crash::after_commit);
  time_.after(trouble_.between(base::seconds(1), base::minutes(10)), [this] { platform_->power_on(); });
}

void World::plan_faults() {
  const std::int64_t span = (end_ - time_.now()).value;
  for (int n = 0; n < climate_.device_faults; ++n) {
    time_.after(base::Millis(trouble_.below(span)), [this] {
      const auto& device = devices_[static_cast<std::size_t>(trouble_.below(static_cast<std::int64_t>(devices_.size())))];
      break_something(trouble_, device, true, base::Millis(0));
    });
  }
  for (int n = 0; n < climate_.line_faults; ++n) {
    time_.after(base::Millis(trouble_.below(span)), [this] {
      field_.cut(static_cast<std::size_t>(trouble_.below(static_cast<std::int64_t>(field_.lines()))),
                 trouble_.between(base::seconds(1), base::minutes(30)));
    });
  }
}

/// span: 0: drawn. jumps: also its register may be put back.
void World::break_something(Dice& dice, const std::string& device, bool jumps, base::Millis span) {
  sim::Fault fault;
  switch (dice.below(jumps ? 10 : 8)) {
    case 0: fault = {sim::FaultKind::silent, 0, 1}; break;
    case 1: fault = {sim::FaultKind::silent_first, dice.between(1, 5), 1}; break;
    case 2: fault = {sim::FaultKind::late, dice.between(500, 3000), 2}; break;
    case 3: fault = {sim::FaultKind::wrong_checksum, 0, 2}; break;
    case 4: fault = {sim::FaultKind::noise, dice.between(1, 30), 1}; break;
    case 5: fault = {sim::FaultKind::half_frame, 0, 3}; break;
    case 6: fault = {sim::FaultKind::relay_stuck, 0, 1}; break;
    case 7: fault = {sim::FaultKind::clock_adrift, dice.between(-7200, 7200), 1}; break;
    default: fault = {sim::FaultKind::register_jump, dice.between(1, 300) * 100, 1}; break;
  }
  sim::Meter& meter = field_.meter(device);
  // These two change the registers themselves, so they have no place in a comparison of what is billed.
  if (!climate_.supply && (fault.kind == sim::FaultKind::register_jump || fault.kind == sim::FaultKind::clock_adrift))
    return;
  if (fault.kind == sim::FaultKind::register_jump) {
    meter.advance(time_.now());
    if (meter.registers().total.e4 < fault.value) return;
    jumped_.insert(device);
  }
  meter.set_fault(fault, time_.now());
  tell(device + " has the fault " + std::string(sim::to_string(fault.kind)) + " " + std::to_string(fault.value));
  time_.after(span.value != 0 ? span : dice.between(base::minutes(5), base::hours(4)),
              [this, device, kind = fault.kind] { field_.meter(device).clear_fault(kind, time_.now()); });
}

}  // namespace anju::scenario
