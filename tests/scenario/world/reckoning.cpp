#include "tests/scenario/world/reckoning.hpp"

#include <algorithm>
#include <utility>

#include "tests/scenario/world/memory_store.hpp"

namespace anju::scenario {
namespace {

__extension__ using int128 = __int128;
using Four = std::array<std::int64_t, 4>;

constexpr std::int64_t kSpan = 10'000'000'000;   // of a dial, 1e-4 kWh
constexpr std::int64_t kLastDigits = 1000;       // five registers cut to 0.01 kWh, on either side
constexpr std::size_t kFlat = 2;

Four plain(const platform::Tariffs& tariffs) {
  return {tariffs[0].e4, tariffs[1].e4, tariffs[2].e4, tariffs[3].e4};
}

std::int64_t grown(std::int64_t from, std::int64_t to) {
  return to >= from ? to - from : to - from + kSpan;
}

/// Prices that hold from a moment on.
struct Held {
  base::UtcMillis from;
  const platform::Prices* prices = nullptr;
};

/// What had been said when something was decided.
struct Known {
  std::int64_t reading = 0;                 ///< a reading: words that came before it
  std::int64_t version = 0, meter_plan = 0;  ///< a person's decision: words up to these
  [[nodiscard]] bool knows(const platform::PlanVersion& word) const { return reading != 0 ? word.newest_reading < reading : word.id <= version; }
  [[nodiscard]] bool knows(const platform::MeterPlan& word) const { return reading != 0 ? word.newest_reading < reading : word.id <= meter_plan; }
};

/// Of what was known the newest word that had begun at that moment, on the meter's plan and on its prices.
const platform::Prices* prices_at(const Tables& tables, const MeterRow& meter, const Known& known, base::UtcMillis moment) {
  std::int64_t plan = 0;
  for (const auto& [id, word] : tables.meter_plans) {
    if (word.meter != meter.card.id) continue;
    if (plan == 0) plan = word.before;
    if (known.knows(word) && word.from <= moment) plan = word.plan;
  }
  if (plan == 0) plan = meter.card.plan;
  const platform::Prices* held = nullptr;
  for (const auto& [id, word] : tables.versions) {
    if (word.plan == plan && (held == nullptr || (known.knows(word) && word.since <= moment))) held = &word.prices;
  }
  return held;
}

/// All that holds in (from, until], in order.
std::vector<Held> prices_between(const Tables& tables, const MeterRow& meter, const Known& known, base::UtcMillis from, base::UtcMillis until) {
  std::set<base::UtcMillis> moments{from};
  const auto mark = [&](base::UtcMillis moment) {
    if (moment > from && moment < until) moments.insert(moment);
  };
  for (const auto& [id, word] : tables.versions) mark(word.since);
  for (const auto& [id, word] : tables.meter_plans) mark(word.from);
  std::vector<Held> held;
  for (const base::UtcMillis moment : moments) held.push_back({moment, prices_at(tables, meter, known, moment)});
  return held;
}

/// The site's clock, eight hours ahead of UTC: whole days since 1970, and the first day of the month after a day's.
constexpr std::int64_t kDay_ms = 86'400'000, kAhead_ms = 8 * 3'600'000, kMinute_ms = 60'000;
std::int64_t day_of(base::UtcMillis moment) { return (moment.value + kAhead_ms) / kDay_ms; }
base::UtcMillis midnight(std::int64_t day) { return base::UtcMillis(day * kDay_ms - kAhead_ms); }
bool begins_month(base::UtcMillis moment) { return moment == midnight(day_of(moment)) && base::to_civil(moment, 480).day == 1; }

/// What is charged for the use of a period up to `used`, over and above the price.
int128 surcharge(const platform::Prices& prices, std::int64_t used) {
  int128 sum = 0;
  for (std::size_t i = 0; i < prices.steps.size(); ++i) {
    const std::int64_t above = prices.steps[i].above.e4;
    const std::int64_t below = i + 1 < prices.steps.size() ? prices.steps[i + 1].above.e4 : std::max(used, above);
    if (used > above) sum += int128{prices.steps[i].add.e5} * (std::min(used, below) - above);
  }
  return sum;
}

/// The four prices at a moment, for the four parts of a use; under slots all parts cost what the clock says.
Four four_prices(const platform::Prices& prices, base::UtcMillis moment) {
  Four made{};
  if (prices.kind == platform::PlanKind::total) {
    made.fill(prices.total.e5);
    return made;
  }
  for (std::size_t i = 0; i < made.size(); ++i) made[i] = prices.tariffs[i].e5;
  const std::int64_t minute = (moment.value - midnight(day_of(moment)).value) / kMinute_ms;
  for (const platform::TimeSlot& slot : prices.slots) {
    if (slot.minute <= minute) made.fill(prices.tariffs[slot.tariff].e5);
  }
  return made;
}

/// Nano-yuan of four parts of a use up to `until`, each spread evenly over time, and cut at every half hour where slots may begin, at every
/// midnight and where prices change. month, year: what was used in them before, and is after.
int128 worth(const std::vector<Held>& held, const Four& parts, base::UtcMillis until, std::int64_t& month, std::int64_t& year) {
  const base::UtcMillis from = held.front().from;
  std::set<base::UtcMillis> moments{from};
  const bool slots = std::ranges::any_of(held, [](const Held& one) { return !one.prices->slots.empty(); });
  for (const Held& one : held) moments.insert(one.from);
  for (base::UtcMillis at = midnight(day_of(from)); at < until; at = at + (slots ? base::minutes(30) : base::hours(24))) {
    if (at > from) moments.insert(at);
  }
  const std::int64_t span = (until - from).value;
  int128 sum = 0;
  Four dealt{};
  for (auto at = moments.begin(); at != moments.end(); ++at) {
    const base::UtcMillis end = std::next(at) == moments.end() ? until : *std::next(at);
    const platform::Prices& prices = *std::prev(std::ranges::upper_bound(held, *at, {}, &Held::from))->prices;
    if (*at != from && begins_month(*at)) {
      month = 0;
      if (base::to_civil(*at, 480).month == 1) year = 0;
    }
    const Four each = four_prices(prices, *at);
    std::int64_t used = 0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const int128 product = int128{parts[i]} * (end - from).value;
      const auto upto = static_cast<std::int64_t>(product / span - (product % span < 0 ? 1 : 0));
      sum += int128{each[i]} * (upto - dealt[i]);
      used += upto - std::exchange(dealt[i], upto);
    }
    const std::int64_t before = prices.step_period == platform::StepPeriod::year ? year : month;
    sum += surcharge(prices, before + used) - surcharge(prices, before);
    month += used;
    year += used;
  }
  return sum;
}

std::string kwh(std::int64_t e4) {
  return base::format(base::Quantity(e4)) + " kWh";
}

std::string name_of(const Tables& tables, std::int64_t meter) {
  const auto found = tables.meters.find(meter);
  return "meter " + (found == tables.meters.end() ? std::to_string(meter) : found->second.card.device) + ": ";
}

}  // namespace

Rows rows_of(const platform::Batch& batch) {
  return {batch.readings, batch.transfers, batch.recharges, batch.decisions};
}
Rows rows_of(const Tables& tables) {
  return {tables.readings, tables.transfers, tables.recharges, tables.decisions};
}

void Reckoner::take(const Tables& tables, const Rows& rows, Findings& findings) {
  Deductions deductions;
  for (const auto& transfer : rows.transfers) {
    if (transfer.kind != platform::TransferKind::deduction) continue;
    if (!billed_readings_.insert(transfer.reading).second || !deductions.emplace(transfer.reading, &transfer).second) {
      findings.push_back(name_of(tables, transfer.meter) + "reading " + std::to_string(transfer.reading) + " is deducted twice");
    }
  }
  // What a person decided stands between the readings before it and those after it.
  std::vector<bool> done(rows.decisions.size());
  for (const auto& reading : rows.readings) {
    for (std::size_t i = 0; i < done.size(); ++i) {
      const auto& decision = rows.decisions[i];
      if (done[i] || decision.meter != reading.meter || decision.newest_reading >= reading.id) continue;
      done[i] = true;
      take_decision(tables, decision, rows, deductions, findings);
    }
    if (reading.state == platform::ReadingState::used) take_reading(tables, reading, deductions, findings);
  }
  for (std::size_t i = 0; i < done.size(); ++i) {
    if (!done[i]) take_decision(tables, rows.decisions[i], rows, deductions, findings);
  }
  for (const auto& [reading, transfer] : deductions) {
    findings.push_back(name_of(tables, transfer->meter) + "deduction " + std::to_string(transfer->id) + " has no used reading");
  }
  take_transfers(tables, rows, findings);
  take_recharges(tables, rows, findings);
}

Reckoner::Sum& Reckoner::sum_of(const Tables& tables, std::int64_t meter) {
  Sum& sum = meters_[meter];
  if (sum.dial.begun) return sum;
  const auto& card = tables.meters.at(meter).card;
  sum.dial.begun = true;
  sum.dial.total = card.start_total.e4;
  sum.dial.known = card.start_tariffs.has_value();
  if (sum.dial.known) sum.dial.tariffs = plain(*card.start_tariffs);
  sum.dial.at = card.registered;
  return sum;
}

/// A used reading: its energy at the price that was in force. Under a time-of-use plan every tariff's growth at its price, and what
/// the four do not explain at the flat one; it is given back when they catch up, but not at other prices than it was billed at.
void Reckoner::take_reading(const Tables& tables, const platform::StoredReading& row, Deductions& deductions, Findings& findings) {
  Sum& sum = sum_of(tables, row.meter);
  Dial& dial = sum.dial;
  const std::string place = name_of(tables, row.meter) + "reading " + std::to_string(row.id);
  const base::UtcMillis from = dial.at;
  if (row.at <= from) {
    findings.push_back(place + " is used, but not later than the one before it");
    return;
  }
  dial.at = row.at;
  const std::int64_t used = grown(dial.total, row.total.e4);
  if (row.total.e4 < dial.total) ++sum.rollovers;
  sum.grown += used;
  if (used != row.used.e4)
    findings.push_back(place + " uses " + base::format(row.used) + " kWh, its register grew by " + base::format(base::Quantity(used)));
  if (!tables.versions.contains(row.plan_version)) {
    findings.push_back(place + " names no price");
    return;
  }
  const auto held = prices_between(tables, tables.meters.at(row.meter), {row.id, 0, 0}, from, row.at);
  Four parts{};
  parts[kFlat] = used;
  std::int64_t unsplit = 0;
  bool known = row.has_tariffs;
  if (std::ranges::any_of(held, [](const Held& one) { return one.prices->kind == platform::PlanKind::tou && one.prices->slots.empty(); })) {
    const bool paid_otherwise = dial.version != 0 && dial.version != row.plan_version && dial.unsplit > kLastDigits;
    const bool comparable = dial.known && !paid_otherwise;
    if (comparable && !row.has_tariffs) {
      known = true;
      unsplit = dial.unsplit + used;
    } else if (comparable) {
      const Four now = plain(row.tariffs);
      std::int64_t rest = used;
      for (std::size_t i = 0; i < now.size(); ++i) {
        const std::int64_t part = grown(dial.tariffs[i], now[i]);
        rest -= part;
        parts[i] += part;
        parts[kFlat] -= part;
      }
      unsplit = std::max<std::int64_t>(dial.unsplit + rest, 0);
    }
  }
  const int128 value = worth(held, parts, row.at, dial.month, dial.year);
  dial.total = row.total.e4;
  if (row.has_tariffs) dial.tariffs = plain(row.tariffs);
  dial.known = known;
  dial.unsplit = unsplit;
  dial.version = row.plan_version;
  deduct(sum, tables.meters.at(row.meter).card.account, row.id, value, used, place, deductions, findings);
}

void Reckoner::take_decision(const Tables& tables, const platform::ReadingDecision& row, const Rows& rows, Deductions& deductions,
                             Findings& findings) {
  Sum& sum = sum_of(tables, row.meter);
  const std::string place = name_of(tables, row.meter) + "decision " + std::to_string(row.id);
  const auto find = [&](std::span<const platform::StoredReading> list) -> const platform::StoredReading* {
    const auto found = std::ranges::lower_bound(list, row.reading, {}, &platform::StoredReading::id);
    return found != list.end() && found->id == row.reading ? &*found : nullptr;
  };
  const platform::StoredReading* reading = find(rows.readings);
  if (reading == nullptr) reading = find(tables.readings);
  const auto version = tables.versions.find(row.plan_version);
  if (reading == nullptr || version == tables.versions.end() || reading->state != platform::ReadingState::quarantined) {
    findings.push_back(place + " is about no refused reading");
    return;
  }
  Four parts{};
  parts[kFlat] = row.billed.e4;
  const auto held = prices_between(tables, tables.meters.at(row.meter), {0, row.known_version, row.known_meter_plan}, sum.dial.at, reading->at);
  const int128 value = worth(held, parts, reading->at, sum.dial.month, sum.dial.year);
  sum.dial.at = reading->at;
  sum.dial.total = reading->total.e4;
  sum.dial.known = reading->has_tariffs;
  if (reading->has_tariffs) sum.dial.tariffs = plain(reading->tariffs);
  sum.dial.unsplit = 0;
  sum.dial.version = row.plan_version;
  sum.grown += row.billed.e4;
  deduct(sum, tables.meters.at(row.meter).card.account, row.reading, value, row.billed.e4, place, deductions, findings);
}

void Reckoner::deduct(Sum& sum, std::int64_t account, std::int64_t reading, int128 value, std::int64_t used, const std::string& place,
                      Deductions& deductions, Findings& findings) {
  sum.nano += value;
  const auto found = deductions.find(reading);
  if (found == deductions.end()) {
    if (used != 0 || value != 0) findings.push_back(place + " is used, but not deducted");
    return;
  }
  const auto& transfer = *found->second;
  const int128 amount = transfer.amount.micro_yuan;
  sum.deducted += transfer.credit == account ? -amount : amount;
  sum.billed += transfer.quantity.e4;
  if (transfer.nano_yuan != static_cast<std::int64_t>(value)) findings.push_back(place + " is deducted at a wrong price");
  const int128 carried = sum.nano - sum.deducted * 1000;
  if (carried < 0 || carried > 999) {
    findings.push_back(place + ": " + std::to_string(static_cast<std::int64_t>(carried)) +
                       " nano-yuan are between price x quantity and the deductions");
  }
  deductions.erase(found);
}

void Reckoner::take_transfers(const Tables& tables, const Rows& rows, Findings& findings) {
  for (const auto& row : rows.transfers) {
    const std::string name = "transfer " + std::to_string(row.id);
    if (row.amount.micro_yuan < 0) findings.push_back(name + " is negative");
    for (const std::int64_t side : {row.debit, row.credit}) {
      if (!tables.accounts.contains(side)) findings.push_back(name + " names an account that is not there");
    }
    sums_[row.debit] -= row.amount.micro_yuan;
    sums_[row.credit] += row.amount.micro_yuan;
    const auto meter = tables.meters.find(row.meter);
    if (meter == tables.meters.end()) {
      findings.push_back(name + " is of no meter");
      continue;
    }
    Sum& sum = meters_[row.meter];
    sum.balance = row.credit == meter->second.card.account ? sum.balance + row.amount : sum.balance - row.amount;
    if (row.balance != sum.balance) findings.push_back(name_of(tables, row.meter) + name + " says a wrong balance");
  }
}

void Reckoner::take_recharges(const Tables& tables, const Rows& rows, Findings& findings) {
  std::map<std::int64_t, const platform::StoredTransfer*> booked;
  for (const auto& row : rows.transfers) {
    if (row.kind == platform::TransferKind::recharge) booked[row.id] = &row;
  }
  for (const auto& row : rows.recharges) {
    const std::string name = "recharge " + row.key;
    if (!keys_.insert(row.key).second) findings.push_back(name + " is there twice");
    const auto found = booked.find(row.transfer);
    const auto meter = tables.meters.find(row.meter);
    if (found == booked.end() || meter == tables.meters.end()) {
      findings.push_back(name + " has no transfer");
      continue;
    }
    if (found->second->amount != row.amount || found->second->credit != meter->second.card.account)
      findings.push_back(name + " and its transfer differ");
    booked.erase(found);
  }
  for (const auto& [id, transfer] : booked)
    findings.push_back("transfer " + std::to_string(id) + " recharges without a recharge");
}

void Reckoner::compare_account(const platform::Account& account, Findings& findings) {
  std::int64_t& known = balances_[account.id];
  total_ += account.balance.micro_yuan - known;
  known = account.balance.micro_yuan;
  if (known != sums_[account.id]) {
    findings.push_back("account " + std::to_string(account.id) + " holds " + base::format(account.balance) + ", its transfers sum to " +
                       base::format(base::Money(sums_[account.id])));
  }
}

void Reckoner::compare_meter(const Tables& tables, std::int64_t id, Findings& findings) {
  const MeterRow& meter = tables.meters.at(id);
  const Sum& sum = sum_of(tables, id);
  const std::string name = name_of(tables, id);
  if (sum.billed != sum.grown) findings.push_back(name + "billed " + kwh(sum.billed) + ", the registers grew by " + kwh(sum.grown));
  const auto account = tables.accounts.find(meter.card.account);
  if (account == tables.accounts.end() || sum.nano != sum.deducted * 1000 + account->second.account.remainder_nano)
    findings.push_back(name + "the carried remainder is not what price x quantity leaves");
  if (meter.metering.last.total.e4 != sum.dial.total || meter.metering.last.rollovers != sum.rollovers)
    findings.push_back(name + "its last register is not the last used reading");
}

void Reckoner::compare(const Tables& tables, Findings& findings) {
  for (const auto& [id, row] : tables.accounts) compare_account(row.account, findings);
  if (total_ != 0) findings.push_back("debits and credits differ by " + base::format(base::Money(total_)));
  for (const auto& [id, row] : tables.meters) compare_meter(tables, id, findings);
}

void Reckoner::compare(const Tables& tables, const platform::Batch& batch, Findings& findings) {
  for (const auto& row : batch.accounts) compare_account(row.account, findings);
  if (total_ != 0) findings.push_back("debits and credits differ by " + base::format(base::Money(total_)));
  for (const auto& row : batch.meterings) compare_meter(tables, row.meter, findings);
}

}  // namespace anju::scenario
