#include "firmware-sim/devices/fault.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <utility>

#include "firmware-sim/devices/load_profile.hpp"

namespace anju::sim {
namespace {

constexpr std::array<std::pair<FaultKind, std::string_view>, 12> kNames{{
    {FaultKind::silent, "silent"},
    {FaultKind::silent_first, "silent_first"},
    {FaultKind::late, "late"},
    {FaultKind::wrong_checksum, "wrong_checksum"},
    {FaultKind::noise, "noise"},
    {FaultKind::half_frame, "half_frame"},
    {FaultKind::relay_stuck, "relay_stuck"},
    {FaultKind::clock_adrift, "clock_adrift"},
    {FaultKind::register_jump, "register_jump"},
    {FaultKind::exception, "exception"},
    {FaultKind::wrong_unit, "wrong_unit"},
    {FaultKind::words_swapped, "words_swapped"},
}};

constexpr bool is_of_modbus_only(FaultKind kind) {
  return kind == FaultKind::exception || kind == FaultKind::wrong_unit || kind == FaultKind::words_swapped;
}

}  // namespace

std::optional<FaultKind> fault_kind(std::string_view name) {
  const auto kind = modbus_fault_kind(name);
  return kind && !is_of_modbus_only(*kind) ? kind : std::nullopt;
}

std::optional<FaultKind> modbus_fault_kind(std::string_view name) {
  for (const auto& [kind, text] : kNames) {
    if (text == name) return kind;
  }
  return std::nullopt;
}

std::string_view to_string(FaultKind kind) {
  for (const auto& [known, text] : kNames) {
    if (known == kind) return text;
  }
  return "unknown";
}

FaultPlan::FaultPlan(const std::vector<TimedFault>& faults, base::UtcMillis start) {
  for (const TimedFault& one : faults) {
    changes_.push_back({start + one.after, one.fault, true});
    if (one.until) changes_.push_back({start + *one.until, one.fault, false});
  }
  std::ranges::stable_sort(changes_, std::ranges::greater{}, &Change::at);
}

std::optional<FaultPlan::Change> FaultPlan::take(base::UtcMillis now) {
  if (changes_.empty() || changes_.back().at > now) return std::nullopt;
  const Change change = changes_.back();
  changes_.pop_back();
  return change;
}

bool ReplyFaults::set(const Fault& fault) {
  switch (fault.kind) {
    case FaultKind::silent: silent_ = true; return true;
    case FaultKind::silent_first: swallow_ = std::max<std::int64_t>(fault.value, 0); return true;
    case FaultKind::late: late_ = fault; return true;
    case FaultKind::wrong_checksum: wrong_checksum_ = fault; return true;
    case FaultKind::noise: noise_ = fault; return true;
    case FaultKind::half_frame: half_frame_ = fault; return true;
    case FaultKind::relay_stuck:
    case FaultKind::clock_adrift:
    case FaultKind::register_jump:
    case FaultKind::exception:
    case FaultKind::wrong_unit:
    case FaultKind::words_swapped: return false;
  }
  return false;
}

void ReplyFaults::clear(std::optional<FaultKind> kind) {
  const auto gone = [kind](FaultKind one) { return !kind || *kind == one; };
  if (gone(FaultKind::silent)) silent_ = false;
  if (gone(FaultKind::silent_first)) swallow_ = 0;
  if (gone(FaultKind::late)) late_.reset();
  if (gone(FaultKind::wrong_checksum)) wrong_checksum_.reset();
  if (gone(FaultKind::noise)) noise_.reset();
  if (gone(FaultKind::half_frame)) half_frame_.reset();
}

bool ReplyFaults::swallows_request() {
  if (swallow_ == 0) return false;
  --swallow_;
  return true;
}

std::optional<ReplyFaults::Shaped> ReplyFaults::shape(base::Bytes healthy, base::Millis delay, std::uint64_t seed) {
  if (silent_) return std::nullopt;
  ++replies_;
  if (hits(late_)) delay = base::Millis(late_->value);
  if (hits(wrong_checksum_) && healthy.size() >= 2) {
    std::byte& checksum = healthy[healthy.size() - 2];
    checksum = static_cast<std::byte>(base::to_u8(checksum) + 1);
  }
  if (hits(half_frame_)) healthy.resize(healthy.size() / 2);
  if (hits(noise_)) {
    base::Bytes noise;
    for (std::int64_t i = 0; i < std::clamp<std::int64_t>(noise_->value, 1, kMaxNoise); ++i) {
      noise.push_back(
          static_cast<std::byte>(mix(seed + static_cast<std::uint64_t>(replies_), static_cast<std::uint64_t>(i))));
    }
    healthy.insert(healthy.begin(), noise.begin(), noise.end());
  }
  return Shaped{std::move(healthy), delay};
}

bool ReplyFaults::any() const {
  return silent_ || swallow_ > 0 || late_ || wrong_checksum_ || noise_ || half_frame_;
}

bool ReplyFaults::hits(const std::optional<Fault>& fault) const {
  return fault && replies_ % std::max(fault->every, 1) == 0;
}

}  // namespace anju::sim
