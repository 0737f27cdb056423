// What the clock decides: meters that are off at set times (定时断电), and devices whose yearly fee runs out (年费).

#include "platform/domain/ledger_checks.hpp"
#include "platform/domain/ledger_impl.hpp"

namespace anju::platform {
namespace {

constexpr std::int32_t kFarthestFee = 40'000;  // 2079

}  // namespace

void Ledger::Impl::begin_switching(std::vector<SavedSchedule> saved_schedules, std::vector<SavedFee> saved_fees) {
  const auto place = [this](std::int64_t id) -> std::optional<MeterIndex> {
    const MeterState* meter = find_meter(id);
    if (meter == nullptr) return std::nullopt;
    switching_due.emplace(base::UtcMillis(0), index_of(*meter));  // looked at by the first tick
    return index_of(*meter);
  };
  for (SavedSchedule& saved : saved_schedules) {
    if (const auto index = place(saved.meter)) schedules[*index] = std::move(saved.schedule);
  }
  for (const SavedFee& saved : saved_fees) {
    const auto index = place(saved.meter);
    if (index && saved.fee) fees[*index] = *saved.fee;
  }
}

void Ledger::Impl::tick_switching(base::UtcMillis now) {
  while (!switching_due.empty() && switching_due.begin()->first <= now) {
    MeterState& meter = meters[switching_due.begin()->second];
    switching_due.erase(switching_due.begin());
    if (meter.owner != Owner{}) look_at_clock(meter, now);
  }
}

/// What holds now, and when to look again.
void Ledger::Impl::look_at_clock(MeterState& meter, base::UtcMillis now) {
  const MeterIndex index = index_of(meter);
  const std::int32_t offset = gateway_of(meter).site->site.card.utc_offset_minutes;
  SupplyRecord& supply = meter.supply;
  const auto schedule = schedules.find(index);
  const auto fee = fees.find(index);
  const bool scheduled = schedule != schedules.end() && is_off(schedule->second, now, offset);
  const bool unpaid = fee != fees.end() && now >= begin_of(fee->second.paid_until, offset);
  if (schedule != schedules.end()) {
    if (const auto next = next_change(schedule->second, now, offset)) switching_due.emplace(*next, index);
  }
  if (fee != fees.end() && !unpaid) switching_due.emplace(begin_of(fee->second.paid_until, offset), index);
  if (scheduled == supply.scheduled && unpaid == supply.unpaid) return;
  const CommandCause cause = unpaid != supply.unpaid ? CommandCause::fee : CommandCause::scheduled;
  supply.scheduled = scheduled;
  supply.unpaid = unpaid;
  touch(meter, kSupply);
  settle(meter, cause, now);
}

Outcome Ledger::Impl::decide(const Order& order, const ChangeSchedule& what, base::UtcMillis now) {
  MeterState* meter = find_meter(order.scope, what.meter);
  if (meter == nullptr) return base::fail(Errc::not_found, "meter");
  if (auto ok = platform::check(what.schedule); !ok) return base::pass(ok);
  if (!meter->valve && !what.schedule.empty()) return base::fail(Errc::no_valve, "schedule");
  if (what.schedule.empty()) {
    schedules.erase(index_of(*meter));
  } else {
    schedules[index_of(*meter)] = what.schedule;
  }
  batch.schedules.push_back({meter->id, what.schedule});
  touch(*meter, kSupply);
  look_at_clock(*meter, now);
  return Answer(Done{});
}

Outcome Ledger::Impl::decide(const Order& order, const ChangeAnnualFee& what, base::UtcMillis now) {
  MeterState* meter = find_meter(order.scope, what.meter);
  if (meter == nullptr) return base::fail(Errc::not_found, "meter");
  if (what.fee) {
    if (!meter->valve) return base::fail(Errc::no_valve, "annual_fee");
    if (what.fee->yearly.micro_yuan < 0 || what.fee->yearly > kGreatestRecharge) return base::fail(Errc::bad_field, "yuan");
    if (what.fee->paid_until < 0 || what.fee->paid_until > kFarthestFee) return base::fail(Errc::bad_field, "paid_until");
    // Somebody has paid since the clerk looked, or he is about to take a paid time away: first the fee goes, then it is set anew.
    const auto known = fees.find(index_of(*meter));
    if (known != fees.end() && what.fee->paid_until < known->second.paid_until) return base::fail(Errc::conflict, "paid_until");
    fees[index_of(*meter)] = *what.fee;
  } else {
    fees.erase(index_of(*meter));
  }
  batch.fees.push_back({meter->id, what.fee});
  touch(*meter, kSupply);
  look_at_clock(*meter, now);
  return Answer(Done{});
}

Outcome Ledger::Impl::decide(const Order& order, const PayAnnualFee& what, base::UtcMillis now) {
  MeterState* meter = find_meter(order.scope, what.meter);
  if (meter == nullptr) return base::fail(Errc::not_found, "meter");
  if (!base::is_id(what.key)) return base::fail(Errc::bad_field, "id");
  if (what.years < 1 || what.years > kMostFeeYears) return base::fail(Errc::bad_field, "years");
  if (auto ok = check_text(what.note, 0, kMostNote, "note"); !ok) return base::pass(ok);
  auto first = find_document(order.scope.organisation, what.key);
  if (!first) return base::pass(first);
  if (*first) {
    if ((*first)->kind != DocumentKind::fee || (*first)->meter != meter->id) return base::fail(Errc::key_reused, "id");
    return Answer(Booked{false, (*first)->id, meter->account.balance});
  }
  const auto fee = fees.find(index_of(*meter));
  if (fee == fees.end()) return base::fail(Errc::conflict, "annual_fee");
  if (fee->second.yearly != what.seen.yearly) return base::fail(Errc::conflict, "yearly");
  if (fee->second.paid_until != what.seen.paid_until) return base::fail(Errc::conflict, "paid_until");

  const std::int32_t today = day_of(now, gateway_of(*meter).site->site.card.utc_offset_minutes);
  FeePayment row;
  row.id = ++newest.fee_payment;
  row.owner = meter->owner;
  row.key = what.key;
  row.meter = meter->id;
  row.years = what.years;
  row.amount = base::Money(fee->second.yearly.micro_yuan * what.years);
  // A device that nobody used for a year and longer begins anew.
  row.paid_from = years_later(fee->second.paid_until, 1) <= today ? today : fee->second.paid_until;
  row.paid_until = years_later(row.paid_from, what.years);
  if (row.paid_until > kFarthestFee) {
    --newest.fee_payment;
    return base::fail(Errc::bad_field, "years");
  }
  row.method = what.method;
  row.at = now;
  row.note = what.note;
  row.by = order.who;
  if (row.amount.micro_yuan != 0) {
    row.received = move_money(*meter, account_of(what.method), row.amount, now);
    row.passed_on = move_money(*meter, AccountKind::revenue, -row.amount, now);
  }
  fee->second.paid_until = row.paid_until;
  batch.fees.push_back({meter->id, fee->second});
  const std::int64_t id = row.id;
  batch.fee_payments.push_back(std::move(row));
  look_at_clock(*meter, now);
  return Answer(Booked{true, id, meter->account.balance});
}

}  // namespace anju::platform
