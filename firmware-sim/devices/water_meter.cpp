#include "firmware-sim/devices/water_meter.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <utility>

#include "firmware-sim/devices/load_profile.hpp"
#include "firmware-sim/devices/meter_clock.hpp"

namespace anju::sim {
namespace {

constexpr std::int64_t kMinute = 60'000, kSecond = 1000, kHour = 3'600'000;

constexpr std::array<std::pair<WaterFault, std::string_view>, 5> kNames{{
    {WaterFault::silent, "silent"},
    {WaterFault::valve_stuck, "valve_stuck"},
    {WaterFault::leak, "leak"},
    {WaterFault::register_jump, "register_jump"},
    {WaterFault::clock_adrift, "clock_adrift"},
}};

}  // namespace

std::optional<WaterFault> water_fault(std::string_view name) {
  for (const auto& [fault, text] : kNames) {
    if (text == name) return fault;
  }
  return std::nullopt;
}

WaterMeter::WaterMeter(WaterSetup setup, base::UtcMillis start)
    : setup_(std::move(setup)),
      total_(setup_.start),
      main_(setup_.valve_delay, setup_.valve_open || !setup_.valve),
      clock_(setup_.clock_offset, 0, start, setup_.utc_offset_minutes),
      advanced_to_(start) {
  if (setup_.boiler) boiler_.emplace(*setup_.boiler);
  for (const PlannedFault& fault : setup_.faults) {
    changes_.push_back({start + fault.after, fault, true});
    if (fault.until) changes_.push_back({start + *fault.until, fault, false});
  }
  std::ranges::stable_sort(changes_, std::ranges::greater{}, &Change::at);
}

void WaterMeter::advance(base::UtcMillis now) {
  // Flow is constant between full minutes, temperature goes by full seconds: the sum does not depend on how often
  // somebody asks.
  planned(advanced_to_);
  while (advanced_to_ < now) {
    const base::UtcMillis from = advanced_to_;
    const std::int64_t step = boiler_ ? kSecond : kMinute;
    base::UtcMillis to = std::min(now, base::UtcMillis((from.value / step + 1) * step));
    if (const auto moves = main_.moves_at(); moves && *moves > from) to = std::min(to, *moves);
    if (!changes_.empty() && changes_.back().at > from) to = std::min(to, changes_.back().at);

    const std::int64_t e4 = (main_.is_open() ? flow_e4(from) : 0) + leak_e4_;
    carried_ += e4 * (to - from).value * setup_.speed;
    total_.e4 = (total_.e4 + carried_ / kHour) % kWaterRolloverE4;
    carried_ %= kHour;
    advanced_to_ = to;
    main_.advance(to);
    if (boiler_ && to.value % kSecond == 0) {
      boiler_->second(value_at(setup_.ambient, minute_of_day(to, setup_.utc_offset_minutes)), setup_.speed, to);
    }
    planned(to);
  }
}

void WaterMeter::planned(base::UtcMillis now) {
  while (!changes_.empty() && changes_.back().at <= now) {
    const Change change = changes_.back();
    changes_.pop_back();
    if (change.begins) {
      begin(change.fault.fault, change.fault.value, change.at);
    } else {
      end(change.fault.fault, change.at);
    }
  }
}

bool WaterMeter::order_main_valve(bool open, base::UtcMillis now) {
  if (!setup_.valve || (kept_open_ && !open)) return false;
  main_.order(open, now);
  return true;
}

bool WaterMeter::keep_open(bool keep) {
  if (setup_.valve) kept_open_ = keep;
  return setup_.valve;
}

void WaterMeter::set_fault(WaterFault fault, std::int64_t value, base::UtcMillis now) {
  advance(now);
  begin(fault, value, now);
}

void WaterMeter::clear_fault(std::optional<WaterFault> fault, base::UtcMillis now) {
  advance(now);
  end(fault, now);
}

void WaterMeter::begin(WaterFault fault, std::int64_t value, base::UtcMillis now) {
  switch (fault) {
    case WaterFault::silent: silent_ = true; break;
    case WaterFault::valve_stuck:
      main_.set_stuck(true);
      if (boiler_) boiler_->set_stuck(true);
      break;
    case WaterFault::leak: leak_e4_ = std::max<std::int64_t>(value, 0); break;
    case WaterFault::register_jump: total_.e4 = std::max<std::int64_t>(total_.e4 - value, 0); break;
    case WaterFault::clock_adrift: clock_.disturb(base::seconds(value), 0, now); break;
  }
}

void WaterMeter::end(std::optional<WaterFault> fault, base::UtcMillis now) {
  const auto gone = [fault](WaterFault one) { return !fault || *fault == one; };
  if (gone(WaterFault::silent)) silent_ = false;
  if (gone(WaterFault::leak)) leak_e4_ = 0;
  if (gone(WaterFault::clock_adrift)) clock_ = MeterClock(setup_.clock_offset, 0, now, setup_.utc_offset_minutes);
  if (!gone(WaterFault::valve_stuck)) return;
  main_.set_stuck(false);
  if (boiler_) boiler_->set_stuck(false);
}

WaterMeter::Kept WaterMeter::kept() const {
  Kept kept{total_.e4, carried_, main_.is_open(), kept_open_, std::nullopt};
  if (boiler_) kept.boiler = boiler_->kept();
  return kept;
}

void WaterMeter::restore(const Kept& kept) {
  total_.e4 = kept.total_e4;
  carried_ = kept.carried;
  main_ = Valve(setup_.valve_delay, kept.valve_open || !setup_.valve);
  kept_open_ = kept.kept_open && setup_.valve;
  if (boiler_ && kept.boiler) boiler_->restore(*kept.boiler);
}

std::int64_t WaterMeter::flow_e4(base::UtcMillis at) const {
  const std::int64_t e4 = value_at(setup_.flow, minute_of_day(at, setup_.utc_offset_minutes));
  if (setup_.noise_percent == 0) return e4;
  const auto span = static_cast<std::uint64_t>(2 * setup_.noise_percent + 1);
  const auto drawn = mix(setup_.seed, static_cast<std::uint64_t>(at.value / kMinute)) % span;
  return e4 * (100 + static_cast<std::int64_t>(drawn) - setup_.noise_percent) / 100;
}

}  // namespace anju::sim
