// What the office settles with a household: opening and closing its account, and putting right what was wrong.

#include <algorithm>

#include "platform/domain/ledger_checks.hpp"
#include "platform/domain/ledger_impl.hpp"

namespace anju::platform {
namespace {

constexpr std::size_t kMostShort = 120;

base::Result<> check(const Household& household) {
  if (auto ok = check_text(household.customer, 1, kMostName, "customer"); !ok) return ok;
  if (auto ok = check_text(household.mobile, 0, kMostShort, "mobile"); !ok) return ok;
  if (auto ok = check_text(household.unit, 0, kMostName, "unit"); !ok) return ok;
  if (auto ok = check_text(household.voltage, 0, kMostShort, "voltage"); !ok) return ok;
  if (auto ok = check_text(household.area, 0, kMostName, "area"); !ok) return ok;
  if (auto ok = check_text(household.address, 0, kMostName, "address"); !ok) return ok;
  return check_text(household.note, 0, kMostNote, "note");
}

}  // namespace

/// The document that was made under the key, of this group of decisions or of earlier ones.
base::Result<std::optional<StoredDocument>> Ledger::Impl::find_document(std::int64_t organisation, const std::string& key) {
  const auto made = [&](const auto& rows) -> std::optional<StoredDocument> {
    for (const auto& row : rows) {
      if (row.key == key && row.owner.organisation == organisation) return document_of(row);
    }
    return std::nullopt;
  };
  if (auto found = made(batch.openings)) return found;
  if (auto found = made(batch.settlements)) return found;
  if (auto found = made(batch.adjustments)) return found;
  if (auto found = made(batch.register_changes)) return found;
  if (auto found = made(batch.fee_payments)) return found;
  return archive.find_document(organisation, key);
}

/// Where the running account began, with what was booked in this group of decisions.
base::Result<Boundary> Ledger::Impl::find_boundary(const MeterState& meter) {
  auto found = archive.find_boundary(meter.id);
  if (!found) return found;
  Boundary boundary = std::move(*found);
  const Opening* opened = nullptr;
  for (const Opening& row : batch.openings) {
    if (row.meter == meter.id) opened = &row;
  }
  if (opened != nullptr) boundary = {opened->start, opened->recharge, opened->adjustment, {}, {}, opened->billed};
  bool since = opened == nullptr;  // a settlement of the opening's own, or one after that
  for (const Settlement& row : batch.settlements) {
    if (row.meter != meter.id) continue;
    since = since || row.opening == opened->id;
    if (since) boundary = {row.to, row.recharge, row.adjustment, {}, {}, row.billed};
  }
  for (const StoredRecharge& row : batch.recharges) {
    if (row.meter == meter.id && row.id > boundary.recharge) boundary.recharged = boundary.recharged + row.amount;
  }
  for (const Adjustment& row : batch.adjustments) {
    if (row.meter == meter.id && row.id > boundary.adjustment) boundary.adjusted = boundary.adjusted + row.amount;
  }
  return boundary;
}

/// Moves `amount` from an account of the site to the meter's; below zero the other way.
std::int64_t Ledger::Impl::move_money(MeterState& meter, AccountKind kind, base::Money amount, base::UtcMillis now) {
  Account& other = site_account(sites.at(meter.owner.site), kind);
  other.balance = other.balance - amount;
  meter.account.balance = meter.account.balance + amount;
  const bool takes = amount.micro_yuan < 0;
  const std::int64_t transfer = book(meter, TransferKind::correction, takes ? meter.account.id : other.id, takes ? other.id : meter.account.id,
                                     takes ? -amount : amount, now)
                                    .id;
  return transfer;
}

Outcome Ledger::Impl::decide(const Order& order, const OpenAccount& what, base::UtcMillis now) {
  MeterState* meter = find_meter(order.scope, what.meter);
  if (meter == nullptr) return base::fail(Errc::not_found, "meter");
  if (!base::is_id(what.key)) return base::fail(Errc::bad_field, "id");
  if (auto ok = check(what.household); !ok) return base::pass(ok);
  if (auto ok = check_settings(what.settings); !ok) return base::pass(ok);
  auto first = find_document(order.scope.organisation, what.key);
  if (!first) return base::pass(first);
  if (*first) {
    if ((*first)->kind != DocumentKind::opening || (*first)->meter != meter->id) return base::fail(Errc::key_reused, "id");
    return Answer(Booked{false, (*first)->id, meter->account.balance});
  }
  if (auto ok = check_plan(order.scope.organisation, meter->owner.site, what.price_plan, meter->kind); !ok) return base::pass(ok);
  if (meter->opening != 0) return base::fail(Errc::conflict, "opening");
  if (meter->account.balance.micro_yuan != 0) return base::fail(Errc::conflict, "balance");

  Opening& row = batch.openings.emplace_back();
  row.id = ++newest.opening;
  row.owner = meter->owner;
  row.key = what.key;
  row.meter = meter->id;
  row.household = what.household;
  row.start = stand_of(meter->metering.last);
  row.recharge = newest.recharge;
  row.adjustment = newest.adjustment;
  row.billed = meter->metering.accrued.ever;
  row.at = now;
  row.by = order.who;
  row.steps_anew = true;
  meter->opening = row.id;
  const std::int64_t id = row.id;
  // Who pays for the higher steps is who has used the lower ones, not who lives where somebody has.
  meter->metering.accrued.month = meter->metering.accrued.year = base::Quantity(0);
  meter->settings = what.settings;
  batch.settings.push_back({meter->id, {}, {}, what.settings});
  const auto changes = plan_changes.find(index_of(*meter));
  const bool to_come = changes != plan_changes.end() && changes->second.back().from > now;
  if (to_come || plan_at(*meter, now) != what.price_plan) change_plan(*meter, what.price_plan, now, order.who, now);
  touch(*meter, kMetering | kSupply);
  settle(*meter, CommandCause::person, now);
  return Answer(Booked{true, id, meter->account.balance});
}

Outcome Ledger::Impl::decide(const Order& order, const Settle& what, base::UtcMillis now) {
  MeterState* meter = find_meter(order.scope, what.meter);
  if (meter == nullptr) return base::fail(Errc::not_found, "meter");
  if (!base::is_id(what.key)) return base::fail(Errc::bad_field, "id");
  if (auto ok = check_text(what.note, 0, kMostNote, "note"); !ok) return base::pass(ok);
  auto first = find_document(order.scope.organisation, what.key);
  if (!first) return base::pass(first);
  if (*first) {
    if ((*first)->kind != DocumentKind::settlement || (*first)->meter != meter->id) return base::fail(Errc::key_reused, "id");
    return Answer(Booked{false, (*first)->id, meter->account.balance});
  }
  // What the clerk saw is what is paid: anything newer is looked at first.
  if (what.opening.value_or(meter->opening) != meter->opening) return base::fail(Errc::conflict, "opening");
  if (what.register_at != meter->metering.last.at) return base::fail(Errc::conflict, "reading");
  if (what.balance != meter->account.balance) return base::fail(Errc::conflict, "balance");
  if (what.close && meter->opening == 0) return base::fail(Errc::conflict, "opening");
  const auto boundary = find_boundary(*meter);
  if (!boundary) return base::pass(boundary);

  Settlement row;
  row.id = ++newest.settlement;
  row.owner = meter->owner;
  row.key = what.key;
  row.meter = meter->id;
  row.opening = meter->opening;
  row.at = now;
  row.from = boundary->from;
  row.to = stand_of(meter->metering.last);
  row.billed = meter->metering.accrued.ever;
  row.quantity = row.billed - boundary->billed;
  row.recharged = boundary->recharged;
  row.adjusted = boundary->adjusted;
  row.balance = meter->account.balance;
  row.fee = boundary->recharged + boundary->adjusted - row.balance;  // after opening or settlement the balance was zero
  row.method = what.method;
  row.closes = what.close;
  row.note = what.note;
  row.by = order.who;
  row.recharge = newest.recharge;
  row.adjustment = newest.adjustment;
  if (row.balance.micro_yuan != 0) {
    row.transfer = move_money(*meter, account_of(what.method), -row.balance, now);
    meter->supply.moved = true;
  }
  if (what.close) meter->opening = 0;
  touch(*meter, kSupply);
  const std::int64_t id = row.id;
  batch.settlements.push_back(std::move(row));
  settle(*meter, CommandCause::person, now);
  return Answer(Booked{true, id, meter->account.balance});
}

Outcome Ledger::Impl::decide(const Order& order, const AdjustBalance& what, base::UtcMillis now) {
  MeterState* meter = find_meter(order.scope, what.meter);
  if (meter == nullptr) return base::fail(Errc::not_found, "meter");
  if (!base::is_id(what.key)) return base::fail(Errc::bad_field, "id");
  if (what.amount.micro_yuan == 0 || what.amount > kGreatestRecharge || what.amount < -kGreatestRecharge) return base::fail(Errc::bad_field, "amount");
  if (auto ok = check_text(what.note, 1, kMostNote, "note"); !ok) return base::pass(ok);
  auto first = find_document(order.scope.organisation, what.key);
  if (!first) return base::pass(first);
  if (*first) {
    if ((*first)->kind != DocumentKind::adjustment || (*first)->meter != meter->id || (*first)->amount != what.amount) return base::fail(Errc::key_reused, "id");
    return Answer(Booked{false, (*first)->id, meter->account.balance});
  }
  if (what.opening.value_or(meter->opening) != meter->opening) return base::fail(Errc::conflict, "opening");
  if (what.balance != meter->account.balance) return base::fail(Errc::conflict, "balance");
  const auto after = base::checked_add(meter->account.balance, what.amount);
  if (!after) return base::fail(Errc::bad_field, "amount");
  const std::int64_t transfer = move_money(*meter, AccountKind::correction, what.amount, now);
  meter->supply.moved = true;
  touch(*meter, kSupply);
  const std::int64_t id = ++newest.adjustment;
  batch.adjustments.push_back({id, meter->owner, what.key, meter->id, transfer, now, what.amount, *after, what.note, order.who});
  settle(*meter, what.amount.micro_yuan > 0 ? CommandCause::recharged : CommandCause::person, now);
  return Answer(Booked{true, id, meter->account.balance});
}

}  // namespace anju::platform
