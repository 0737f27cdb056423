// Which prices hold when: plans and their versions, and the plans of meters, all from a moment on.

#include <algorithm>

#include "platform/domain/ledger_checks.hpp"
#include "platform/domain/ledger_impl.hpp"
#include "platform/domain/price_timeline.hpp"

namespace anju::platform {
namespace {

/// Error: bad_field "from".
base::Result<base::UtcMillis> moment_of(std::optional<base::UtcMillis> from, base::UtcMillis now) {
  if (!from) return now;
  if (*from < now || *from > now + kFarthestChange) return base::fail(Errc::bad_field, "from");
  return *from;
}

}  // namespace

/// The prices since the meter's last register, up to `until`.
std::span<const Stretch> Ledger::Impl::find_stretches(const MeterState& meter, base::UtcMillis until) {
  static const std::vector<MeterPlan> kNone;
  const auto found = plan_changes.find(index_of(meter));
  platform::find_stretches(stretches, meter.plan, found == plan_changes.end() ? kNone : found->second, meter.metering.last.at, until,
                           [this](std::int64_t plan) -> const PriceHistory& { return plans.at(plan).history; });
  return stretches;
}

/// The register has moved on, and its energy was billed at `newest` in the end.
void Ledger::Impl::follow_prices(MeterState& meter, const Stretch& newest, base::UtcMillis now) {
  if (meter.metering.price_version != newest.version && !by_registers(*newest.prices)) clear("tariffs_missing", meter.gateway, meter.id, "", 0, now);
  meter.metering.price_version = newest.version;
  const auto found = plan_changes.find(index_of(meter));
  if (found == plan_changes.end()) return;
  auto& changes = found->second;
  if (changes.front().from > meter.metering.last.at) return;
  while (!changes.empty() && changes.front().from <= meter.metering.last.at) {
    meter.plan = static_cast<std::int32_t>(changes.front().plan);
    changes.erase(changes.begin());
  }
  // With the register: a start in between would not find the change any more, nor its plan before its moment comes.
  save_plan(meter, plan_at(meter, std::max(now, meter.metering.last.at)));
  if (changes.empty()) plan_changes.erase(found);
}

/// Which plan lists show, and which one a start begins with where no change is to come.
void Ledger::Impl::save_plan(MeterState& meter, std::int64_t plan) {
  std::erase_if(batch.plan_changes, [&](const PlanChange& saved) { return saved.meter == meter.id; });
  batch.plan_changes.push_back({meter.id, plan});
}

/// The plan of the meter that is in force at a moment after its last register.
std::int64_t Ledger::Impl::plan_at(const MeterState& meter, base::UtcMillis moment) const {
  std::int64_t plan = meter.plan;
  if (const auto found = plan_changes.find(index_of(meter)); found != plan_changes.end()) {
    for (const MeterPlan& change : found->second) {
      if (change.from <= moment) plan = change.plan;
    }
  }
  return plan;
}

void Ledger::Impl::change_plan(MeterState& meter, std::int64_t plan, base::UtcMillis from, const std::string& who, base::UtcMillis now) {
  MeterPlan change{++newest.meter_plan, meter.owner, meter.id, plan, plan_at(meter, from - base::Millis(1)), from, now, meter.metering.newest_reading, who};
  batch.meter_plans.push_back(change);
  begin_plan_change(std::move(change), now);
}

/// Limits given as energy are worth what energy costs now.
void Ledger::Impl::follow_limits(MeterState& meter, base::UtcMillis now) {
  SupplySettings settings = meter.settings;
  price_limits(settings, reference_price(plans.at(plan_at(meter, now)).history.at(now).prices));
  if (settings == meter.settings) return;
  meter.settings = settings;
  batch.settings.push_back({meter.id, {}, {}, settings});
}

/// From `change.from` on, whatever was to come after that.
void Ledger::Impl::begin_plan_change(MeterPlan change, base::UtcMillis now) {
  MeterState* meter = find_meter(change.meter);
  if (meter == nullptr) return;
  const MeterIndex index = index_of(*meter);
  if (change.from > now) {
    plan_changes_due.emplace(change.from, index);
  } else {
    save_plan(*meter, change.plan);
  }
  add(plan_changes[index], std::move(change));
}

/// Each change is a row of its own: names are unique, and decided one after the other they can be stored one after the other. The newest state alone
/// could not where one plan takes the name that another one gave up.
void Ledger::Impl::save(PricePlan& plan, base::UtcMillis now) {
  plan.version = plan.history.at(now).version;
  batch.plans.push_back({plan, now});
}

/// What lists show as the price or the plan of now follows when its moment comes.
void Ledger::Impl::tick_prices(base::UtcMillis now) {
  while (!plans_due.empty() && plans_due.begin()->first <= now) {
    const auto found = plans.find(plans_due.begin()->second);
    if (found != plans.end() && found->second.history.at(now).version != found->second.version) save(found->second, now);
    plans_due.erase(plans_due.begin());
  }
  while (!plan_changes_due.empty() && plan_changes_due.begin()->first <= now) {
    MeterState& meter = meters[plan_changes_due.begin()->second];
    plan_changes_due.erase(plan_changes_due.begin());
    const auto found = plan_changes.find(index_of(meter));
    if (found == plan_changes.end() || meter.owner == Owner{}) continue;
    save_plan(meter, plan_at(meter, now));
    touch(meter, kSupply);
  }
}

/// Errors: not_found (price_plan), bad_field (price_plan: it is for something else).
base::Result<> Ledger::Impl::check_plan(std::int64_t organisation, std::int64_t site, std::int64_t id, wire::MeterKind kind) {
  const PricePlan* plan = find_plan(organisation, site, id);
  if (plan == nullptr) return base::fail(Errc::not_found, "price_plan");
  const Utility utility = kind == wire::MeterKind::electricity ? Utility::electricity : Utility::water;
  if (plan->utility != utility) return base::fail(Errc::bad_field, "price_plan");
  return {};
}

Outcome Ledger::Impl::decide(const Order& order, const PutPricePlan& what, base::UtcMillis now) {
  if (auto ok = check_text(what.name, 1, kMostName, "name"); !ok) return base::pass(ok);
  if (auto ok = platform::check(what.prices); !ok) return base::pass(ok);
  const auto from = moment_of(what.from, now);
  if (!from || (what.plan == 0 && what.from)) return base::fail(Errc::bad_field, "from");
  const auto known = plans.find(what.plan);
  const Utility utility = known == plans.end() ? what.utility : known->second.utility;
  if (utility == Utility::water && by_registers(what.prices)) return base::fail(Errc::bad_field, "slots");
  for (const auto& [id, plan] : plans) {
    if (id != what.plan && plan.organisation == order.scope.organisation && plan.name == what.name) return base::fail(Errc::conflict, "name");
  }
  std::int64_t site = 0;
  if (what.plan != 0) {
    const auto found = plans.find(what.plan);
    if (found == plans.end() || found->second.organisation != order.scope.organisation) return base::fail(Errc::not_found, "price_plan");
    if (found->second.site != 0 && !order.scope.covers(found->second.organisation, found->second.site))
      return base::fail(Errc::not_found, "price_plan");
    if (found->second.history.all().size() >= kMostVersions) return base::fail(Errc::too_many, "versions");
    site = found->second.site;
  }
  // A new plan holds for all sites.
  if (site == 0 && order.scope.sites) return base::fail(Errc::beyond_rights, "price_plan");
  const std::int64_t id = what.plan != 0 ? what.plan : ++newest.plan;
  PricePlan& plan = plans[id];
  plan.id = id;
  plan.organisation = order.scope.organisation;
  plan.name = what.name;
  plan.utility = utility;
  // The same prices change nothing, unless they take the place of what was to come.
  const auto replaces = [&] { return what.from && plan.history.after(*from - base::Millis(1)) != nullptr; };
  if (plan.history.all().empty() || plan.history.at(*from).prices != what.prices || replaces()) {
    const std::int64_t version = ++newest.plan_version;
    batch.plan_versions.push_back({version, plan.organisation, plan.site, id, what.prices, *from, now, newest.reading, order.who});
    plan.history.add({version, *from, what.prices});
    if (*from > now) plans_due.emplace(*from, id);
  }
  save(plan, now);
  return Answer(Created{id});
}

Outcome Ledger::Impl::decide(const Order& order, const ChangePricePlan& what, base::UtcMillis now) {
  MeterState* meter = find_meter(order.scope, what.meter);
  if (meter == nullptr) return base::fail(Errc::not_found, "meter");
  if (auto ok = check_plan(order.scope.organisation, meter->owner.site, what.price_plan, meter->kind); !ok) return base::pass(ok);
  const auto from = moment_of(what.from, now);
  if (!from) return base::fail(Errc::bad_field, "from");
  const auto found = plan_changes.find(index_of(*meter));
  if (found != plan_changes.end() && found->second.size() >= kPlanChangesPerMeter) return base::fail(Errc::too_many, "from");
  change_plan(*meter, what.price_plan, *from, order.who, now);
  touch(*meter, kSupply);
  return Answer(Done{});
}

}  // namespace anju::platform
