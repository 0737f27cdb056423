#include "platform/domain/ledger_impl.hpp"

namespace anju::platform {

StoredTransfer& Ledger::Impl::book(MeterState& meter, TransferKind kind, std::int64_t debit, std::int64_t credit,
                                   base::Money amount, base::UtcMillis at) {
  StoredTransfer& row = batch.transfers.emplace_back();
  row.id = ++newest.transfer;
  row.owner = meter.owner;
  row.kind = kind;
  row.debit = debit;
  row.credit = credit;
  row.amount = amount;
  row.at = at;
  row.meter = meter.id;
  row.previous = meter.account.newest_transfer;
  row.balance = meter.account.balance;
  meter.account.newest_transfer = row.id;
  touch(meter, kAccount | kMoney);
  return row;
}

std::optional<std::string> Ledger::Impl::hours_of_day(const MeterState& meter) {
  if (!meter.hours.known) return std::nullopt;
  const auto hours = hours_so_far(meter.hours, meter.metering.day_quantity, meter.metering.day_amount);
  if (!hours) return std::nullopt;
  return encode_hours(*hours);
}

/// newest_prices: in force at `at`.
void Ledger::Impl::book_use(GatewayState& gateway, MeterState& meter, const Use& use, const Bill& priced, const Stretch& newest_prices,
                            std::int64_t reading, base::UtcMillis at) {
  SiteState& site = *gateway.site;
  const std::int32_t day = day_of(at, site.site.card.utc_offset_minutes);
  Metering& metering = meter.metering;
  if (day != metering.day) {
    if (day > metering.day) end_day(meter, at);
    if (metering.day_quantity.e4 != 0 || metering.day_amount.micro_yuan != 0 || !meter.hours.finished.empty()) {
      batch.meter_days.push_back({meter.id, metering.day, meter.owner, metering.day_quantity, metering.day_amount, hours_of_day(meter)});
    }
    meter.hours = {};
    metering.day = day;
    metering.day_quantity = base::Quantity(0);
    metering.day_amount = base::Money(0);
  }
  SiteDay& sums = site_day(site, day);
  ++sums.readings;
  metering.accrued = priced.accrued;
  const std::int64_t nano = priced.nano_yuan;
  if (use.total.e4 == 0 && nano == 0) return;
  const std::int8_t hour = hour_of(at, site.site.card.utc_offset_minutes);
  const bool first = meter.hours.finished.empty() && metering.day_quantity.e4 == 0 && metering.day_amount.micro_yuan == 0;
  if (meter.hours.known && (first || hour != meter.hours.hour)) {
    meter.hours.finished = hours_of_day(meter).value_or("");
    meter.hours.hour = hour;
    touch(meter, kHours);
  }

  // A use below one micro-yuan is a transfer, too: of nothing, but it says what is carried.
  const Deduction deduction = deduct(nano, meter.account.remainder_nano);
  Account& revenue = site_account(site, AccountKind::revenue);
  meter.account.balance = meter.account.balance - deduction.amount;
  meter.account.remainder_nano = deduction.remainder_nano;
  revenue.balance = revenue.balance + deduction.amount;
  const bool back = deduction.amount.micro_yuan < 0;  // a tariff gives back what flat was charged for
  StoredTransfer& row = book(meter, TransferKind::deduction, back ? revenue.id : meter.account.id,
                             back ? meter.account.id : revenue.id, back ? -deduction.amount : deduction.amount, at);
  row.reading = reading;
  row.plan_version = newest_prices.version;
  row.quantity = use.total;
  row.nano_yuan = nano;
  metering.day_quantity = metering.day_quantity + use.total;
  metering.day_amount = metering.day_amount + deduction.amount;
  if (meter.kind == wire::MeterKind::electricity) {
    sums.quantity = sums.quantity + use.total;
  } else {
    sums.water = sums.water + use.total;
    sums.water_deducted = sums.water_deducted + deduction.amount;
  }
  sums.deducted = sums.deducted + deduction.amount;
  if (newest_prices.prices->kind == PlanKind::tou && meter.kind == wire::MeterKind::electricity) {
    for (std::size_t i = 0; i < priced.tariffs.size(); ++i) sums.tariffs[i] = sums.tariffs[i] + priced.tariffs[i];
  }
  if (!meter.supply.moved) {
    meter.supply.moved = true;
    touch(meter, kSupply);
  }
}

}  // namespace anju::platform
