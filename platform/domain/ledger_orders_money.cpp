// What people ask of the ledger: prices, recharges, and readings that count after all.

#include <algorithm>

#include "platform/domain/ledger_checks.hpp"
#include "platform/domain/ledger_impl.hpp"

namespace anju::platform {

Outcome Ledger::Impl::decide(const Order& order, const PutPricePlan& what, base::UtcMillis now) {
  if (auto ok = check_text(what.name, 1, kMostName, "name"); !ok) return base::pass(ok);
  if (auto ok = platform::check(what.prices); !ok) return base::pass(ok);
  for (const auto& [id, plan] : plans) {
    if (id != what.plan && plan.organisation == order.scope.organisation && plan.name == what.name) return base::fail(Errc::conflict, "name");
  }
  std::int64_t site = 0;
  if (what.plan != 0) {
    const auto found = plans.find(what.plan);
    if (found == plans.end() || found->second.organisation != order.scope.organisation) return base::fail(Errc::not_found, "price_plan");
    if (found->second.site != 0 && !order.scope.covers(found->second.organisation, found->second.site))
      return base::fail(Errc::not_found, "price_plan");
    site = found->second.site;
  }
  // A new plan holds for all sites.
  if (site == 0 && order.scope.sites) return base::fail(Errc::beyond_rights, "price_plan");
  const std::int64_t id = what.plan != 0 ? what.plan : ++newest.plan;
  PricePlan& plan = plans[id];
  plan.id = id;
  plan.organisation = order.scope.organisation;
  plan.name = what.name;
  if (plan.version == 0 || plan.prices != what.prices) {
    plan.prices = what.prices;
    plan.version = ++newest.plan_version;
    batch.plan_versions.push_back({plan.version, plan.organisation, plan.site, id, plan.prices, now, order.who});
  }
  std::erase_if(batch.plans, [id](const SavedPlan& saved) { return saved.plan.id == id; });
  batch.plans.push_back({plan, now});
  return Answer(Created{id});
}

Outcome Ledger::Impl::decide(const Order& order, const Recharge& what, base::UtcMillis now) {
  MeterState* meter = find_meter(order.scope, what.meter);
  if (meter == nullptr) return base::fail(Errc::not_found, "meter");
  if (!base::is_id(what.key)) return base::fail(Errc::bad_field, "id");
  if (what.amount.micro_yuan <= 0 || what.amount > kGreatestRecharge) return base::fail(Errc::bad_field, "amount");
  if (auto ok = check_text(what.note, 0, kMostNote, "note"); !ok) return base::pass(ok);

  const std::string key = std::to_string(order.scope.organisation) + "/" + what.key;
  std::optional<StoredRecharge> first;
  if (const auto fresh = fresh_recharges.find(key); fresh != fresh_recharges.end()) {
    first = batch.recharges[fresh->second];
  } else {
    auto found = archive.find_recharge(order.scope.organisation, what.key);
    if (!found) return base::pass(found);
    first = std::move(*found);
  }
  if (first) {
    if (first->meter != what.meter || first->amount != what.amount || first->method != what.method) return base::fail(Errc::key_reused, "id");
    return Answer(Recharged{false, first->transfer, first->at, first->amount, meter->account.balance, first->balance_after, false});
  }

  const auto balance = base::checked_add(meter->account.balance, what.amount);
  if (!balance) return base::fail(Errc::bad_field, "amount");
  SiteState& site = sites.at(meter->owner.site);
  Account& source = site_account(site, account_of(what.method));
  source.balance = source.balance - what.amount;
  meter->account.balance = *balance;
  const StoredTransfer& transfer = book(*meter, TransferKind::recharge, source.id, meter->account.id, what.amount, now);
  const std::int64_t transfer_id = transfer.id;
  fresh_recharges[key] = batch.recharges.size();
  batch.recharges.push_back({++newest.recharge, meter->owner, what.key, meter->id, transfer_id, now, what.amount, what.method,
                             what.note, order.who, *balance});
  SiteDay& sums = site_day(site, day_of(now, site.site.card.utc_offset_minutes));
  sums.recharged = sums.recharged + what.amount;
  meter->supply.moved = true;
  touch(*meter, kSupply);
  settle(*meter, CommandCause::recharged, now);
  const auto pending = commands.find(meter->supply.pending_command);
  const bool reconnecting = pending != commands.end() && pending->second.command.kind == wire::CommandKind::close;
  return Answer(Recharged{true, transfer_id, now, what.amount, *balance, *balance, reconnecting});
}

Outcome Ledger::Impl::decide(const Order& order, const AcceptReading& what, base::UtcMillis now) {
  MeterState* meter = find_meter(order.scope, what.meter);
  if (meter == nullptr) return base::fail(Errc::not_found, "meter");
  if (what.billed.e4 < 0 || what.billed >= kDialSpan) return base::fail(Errc::bad_field, "billed");
  if (auto ok = check_text(what.note, 0, kMostNote, "note"); !ok) return base::pass(ok);

  std::optional<StoredReading> reading;
  const auto fresh = std::find_if(batch.readings.begin(), batch.readings.end(), [&](const StoredReading& r) { return r.id == what.reading; });
  if (fresh != batch.readings.end()) {
    reading = *fresh;
  } else {
    auto found = archive.find_reading(what.reading);
    if (!found) return base::pass(found);
    reading = std::move(*found);
  }
  if (!reading || reading->meter != meter->id) return base::fail(Errc::not_found, "reading");
  Metering& metering = meter->metering;
  Sample sample{reading->at, reading->total, {}};
  if (reading->has_tariffs) sample.tariffs = reading->tariffs;
  // A reading that is not newer than the register has been overtaken, or was accepted already: a repeat bills nothing twice.
  const bool decidable = reading->state == ReadingState::quarantined && reading->kind != wire::ReadingKind::daily_freeze &&
                         sample.at > metering.last.at && sample.at <= now + kClockTolerance && on_dial(sample);
  if (!decidable) return base::fail(Errc::conflict, "reading");
  const PricePlan& plan = plans.at(meter->plan);
  Use use;
  use.total = use.tariffs[kFlat] = what.billed;
  const auto nano = value_nano_yuan(plan.prices, use);
  if (!nano) return base::fail(Errc::bad_field, "billed");

  GatewayState& gateway = gateway_of(*meter);
  batch.decisions.push_back({++newest.decision, meter->owner, meter->id, reading->id, metering.newest_reading, now, metering.last.total,
                             what.billed, plan.version, order.who, what.note});
  metering.last = anchor(metering.last, sample);
  metering.price_version = plan.version;
  touch(*meter, kMetering);
  book_use(gateway, *meter, use, *nano, plan, reading->id, sample.at);
  clear("reading_quarantined", gateway.row.id, meter->id, "", 0, now);
  settle(*meter, CommandCause::person, now);
  return Answer(Done{});
}

}  // namespace anju::platform
