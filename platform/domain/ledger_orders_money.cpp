// What people ask of the ledger: recharges, and readings that count after all.

#include <algorithm>

#include "platform/domain/ledger_checks.hpp"
#include "platform/domain/ledger_impl.hpp"

namespace anju::platform {

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

  if (what.opening.value_or(meter->opening) != meter->opening) return base::fail(Errc::conflict, "opening");
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
  // `billed` was reckoned from the register that the person saw. From another one it would bill what is billed already, or less than he meant.
  if (what.register_at != metering.last.at) return base::fail(Errc::conflict, "register_at");
  GatewayState& gateway = gateway_of(*meter);
  Use use;
  use.total = use.tariffs[kFlat] = what.billed;
  const Stretch newest_prices = find_stretches(*meter, sample.at).back();
  const auto priced = bill(stretches, use, metering.last.at, sample.at, metering.accrued, gateway.site->site.card.utc_offset_minutes);
  if (!priced) return base::fail(Errc::bad_field, "billed");

  batch.decisions.push_back({++newest.decision, meter->owner, meter->id, reading->id, metering.newest_reading, now, metering.last.total,
                             what.billed, newest_prices.version, newest.plan_version, newest.meter_plan, order.who, what.note});
  metering.last = anchor(metering.last, sample);
  follow_prices(*meter, newest_prices, now);
  touch(*meter, kMetering);
  book_use(gateway, *meter, use, *priced, newest_prices, reading->id, sample.at);
  clear("reading_quarantined", gateway.row.id, meter->id, "", 0, now);
  settle(*meter, CommandCause::person, now);
  return Answer(Done{});
}

}  // namespace anju::platform
