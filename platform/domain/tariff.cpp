#include "platform/domain/tariff.hpp"

#include <algorithm>

#include "platform/domain/errc.hpp"

namespace anju::platform {
namespace {

base::Result<> check_slots(const Prices& prices) {
  const auto& slots = prices.slots;
  if (slots.empty()) return {};
  if (prices.kind != PlanKind::tou || slots.size() > kMostSlots || slots.front().minute != 0) return base::fail(Errc::bad_field, "slots");
  for (std::size_t i = 0; i < slots.size(); ++i) {
    const bool placed = slots[i].minute >= 0 && slots[i].minute < 1440 && slots[i].minute % kSlotMinutes == 0 && slots[i].tariff < 4;
    const bool follows = i == 0 || (slots[i].minute > slots[i - 1].minute && slots[i].tariff != slots[i - 1].tariff);
    if (!placed || !follows) return base::fail(Errc::bad_field, "slots");
  }
  return {};
}

base::Result<> check_steps(const Prices& prices) {
  const auto& steps = prices.steps;
  if (steps.empty() != (prices.step_period == StepPeriod::none)) return base::fail(Errc::bad_field, "step_period");
  if (steps.size() > kMostSteps) return base::fail(Errc::bad_field, "steps");
  base::Quantity below{0};
  const base::Price dearest = prices.kind == PlanKind::total ? prices.total : *std::max_element(prices.tariffs.begin(), prices.tariffs.end());
  for (const PriceStep& step : steps) {
    if (step.above <= below || step.above > kGreatestStepBorder) return base::fail(Errc::bad_field, "steps");
    if (step.add.e5 < 0 || step.add > kGreatestPrice || dearest.e5 + step.add.e5 > kGreatestPrice.e5) return base::fail(Errc::bad_field, "steps");
    below = step.above;
  }
  return {};
}

}  // namespace

std::string_view to_string(Utility utility) { return utility == Utility::water ? "water" : "electricity"; }
std::string_view to_string(PlanKind kind) { return kind == PlanKind::total ? "total" : "tou"; }

std::string_view to_string(StepPeriod period) {
  switch (period) {
    case StepPeriod::none: return "none";
    case StepPeriod::month: return "month";
    case StepPeriod::year: return "year";
  }
  return "none";
}

base::Result<> check(const Prices& prices) {
  const auto fits = [](base::Price price) { return price.e5 >= 0 && price <= kGreatestPrice; };
  if (!fits(prices.total)) return base::fail(Errc::bad_field, "total");
  constexpr std::array<std::string_view, 4> kNames{"sharp", "peak", "flat", "valley"};
  for (std::size_t i = 0; i < 4; ++i) {
    if (!fits(prices.tariffs[i])) return base::fail(Errc::bad_field, std::string(kNames[i]));
  }
  if (auto ok = check_slots(prices); !ok) return base::pass(ok);
  return check_steps(prices);
}

void PriceHistory::add(PlanPrices version) {
  while (!versions_.empty() && versions_.back().from >= version.from) versions_.pop_back();
  versions_.push_back(std::move(version));
}

const PlanPrices& PriceHistory::at(base::UtcMillis moment) const {
  const auto later = std::upper_bound(versions_.begin(), versions_.end(), moment,
                                      [](base::UtcMillis when, const PlanPrices& version) { return when < version.from; });
  return later == versions_.begin() ? versions_.front() : *std::prev(later);
}

const PlanPrices* PriceHistory::after(base::UtcMillis moment) const {
  const auto later = std::upper_bound(versions_.begin(), versions_.end(), moment,
                                      [](base::UtcMillis when, const PlanPrices& version) { return when < version.from; });
  if (later == versions_.begin() && !versions_.empty()) return versions_.size() > 1 ? &versions_[1] : nullptr;
  return later == versions_.end() ? nullptr : &*later;
}

}  // namespace anju::platform
