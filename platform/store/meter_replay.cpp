#include "platform/store/meter_replay.hpp"

#include <algorithm>
#include <limits>

namespace anju::platform {

PriceBook::PriceBook(std::vector<PlanVersion> versions) {
  for (PlanVersion& version : versions) versions_[version.plan].push_back(std::move(version));
}

const PriceHistory* PriceBook::history(std::int64_t plan, const std::vector<PlanVersion>& versions, std::ptrdiff_t count) {
  if (count == 0) return nullptr;
  PriceHistory& history = histories_[{plan, count}];
  if (history.all().empty()) {
    for (auto version = versions.begin(); version != versions.begin() + count; ++version) history.add({version->id, version->since, version->prices});
  }
  return &history;
}

MeterReplay::MeterReplay(const ReplayedMeter& meter, const std::vector<ReplayedTransfer>& transfers, const std::vector<MeterPlan>& plans,
                         const std::vector<StepsAnew>& households, PriceBook& prices)
    : meter_(meter), transfers_(transfers), plans_(plans), households_(households), prices_(prices), last_(meter.begin.last), plan_(meter.plan) {
  const MeterStand& begin = meter.begin;
  accrued_ = begin.accrued;
  version_ = begin.version;
  used_reading_ = begin.used_reading;
  balance_ = begin.balance;
  remainder_ = begin.remainder;
  while (next_ < transfers_.size() && transfers_[next_].id <= begin.transfer) ++next_;
  // One that came after the last use of `begin` is met again: twice is as good as once.
  while (household_ < households_.size() && households_[household_].billed < accrued_.ever) ++household_;
  hear_plans([&](const MeterPlan& change) { return change.id <= begin.meter_plan; });
  reach_plans();
}

MeterStand MeterReplay::stand() const {
  MeterStand stand = meter_.begin;
  stand.used_reading = used_reading_;
  if (next_ != 0) stand.transfer = std::max(stand.transfer, transfers_[next_ - 1].id);
  if (heard_ != 0) stand.meter_plan = plans_[heard_ - 1].id;
  stand.version = version_;
  stand.last = last_;
  stand.last.suspect.reset();  // replaying needs none: what was refused is not walked
  stand.accrued = accrued_;
  stand.balance = balance_;
  stand.remainder = remainder_;
  return stand;
}

std::string MeterReplay::walk(const std::vector<ReplayedReading>& readings, const std::vector<ReplayedDecision>& decisions,
                              const std::vector<RegisterChange>& changes) {
  // Known to `begin` is what was decided before its newest reading that counted.
  const auto known = [this](const auto& row) { return row.newest_reading < meter_.begin.used_reading; };
  decision_ = std::find_if_not(decisions.begin(), decisions.end(), known);
  decisions_end_ = decisions.end();
  change_ = std::find_if_not(changes.begin(), changes.end(), known);
  changes_end_ = changes.end();
  for (const ReplayedReading& reading : readings) {
    if (auto wrong = decide_before(reading.id); !wrong.empty()) return wrong;
    if (auto wrong = read(reading); !wrong.empty()) return wrong;
  }
  return {};
}

std::string MeterReplay::run(const std::vector<ReplayedReading>& readings, const std::vector<ReplayedDecision>& decisions,
                             const std::vector<RegisterChange>& changes, const StoredStand& stored) {
  if (auto wrong = walk(readings, decisions, changes); !wrong.empty()) return wrong;
  if (auto wrong = decide_before(std::numeric_limits<std::int64_t>::max()); !wrong.empty()) return wrong;
  return end(stored);
}

/// What people decided lies between readings; of two in the same place a change names the newest decision before it.
std::string MeterReplay::decide_before(std::int64_t reading) {
  for (;;) {
    const bool decides = decision_ != decisions_end_ && decision_->newest_reading < reading;
    const bool changes_now = change_ != changes_end_ && change_->newest_reading < reading;
    if (!decides && !changes_now) return {};
    const bool first = decides && (!changes_now || decision_->newest_reading < change_->newest_reading ||
                                   (decision_->newest_reading == change_->newest_reading && decision_->id <= change_->decision));
    if (auto wrong = first ? decide(*decision_++) : go_on(*change_++); !wrong.empty()) return wrong;
  }
}

/// Words about its plan that have begun.
void MeterReplay::reach_plans() {
  while (!changes_.empty() && changes_.front().from <= last_.at) {
    plan_ = changes_.front().plan;
    changes_.erase(changes_.begin());
  }
}

/// Households that came since the last use. When exactly, before the next one, makes no difference.
void MeterReplay::reach_households() {
  for (; household_ < households_.size() && households_[household_].billed <= accrued_.ever; ++household_) accrued_.month = accrued_.year = base::Quantity(0);
}

std::string MeterReplay::read(const ReplayedReading& reading) {
  const std::string place = "reading " + std::to_string(reading.id) + ": ";
  hear_plans([&](const MeterPlan& change) { return change.newest_reading < reading.id; });
  const auto known = [&](const PlanVersion& version) { return version.newest_reading < reading.id; };
  if (!find_prices(reading.sample.at, known)) return place + "no such price";
  const auto measured = measure_again(reading.sample, reading.version);
  if (!measured || measured->stale) return place + "does not follow from the register before it, " + format(last_.total);
  if (measured->use.total != reading.used) return place + "consumption is " + format(measured->use.total) + ", stored " + format(reading.used);
  if (auto wrong = deduct_for(place, reading.id, measured->use, reading.version, measured->next, reading.estimated); !wrong.empty()) return wrong;
  used_reading_ = reading.id;
  return {};
}

std::string MeterReplay::decide(const ReplayedDecision& decision) {
  const std::string place = "decision " + std::to_string(decision.id) + " about reading " + std::to_string(decision.reading) + ": ";
  if (decision.from_total != last_.total) return place + "counted on from " + format(last_.total) + ", stored " + format(decision.from_total);
  hear_plans([&](const MeterPlan& change) { return change.id <= decision.known_meter_plan; });
  const auto known = [&](const PlanVersion& version) { return version.id <= decision.known_version; };
  if (!find_prices(decision.sample.at, known)) return place + "no such price";
  Use use;
  use.total = use.tariffs[kFlat] = decision.billed;
  return deduct_for(place, decision.reading, use, decision.version, anchor(last_, decision.sample), std::nullopt);
}

std::string MeterReplay::go_on(const RegisterChange& change) {
  const std::string place = "register change " + std::to_string(change.id) + ": ";
  const Sample next{change.next.at, change.next.total, change.next.tariffs};
  if (change.kind == RegisterChangeKind::clear) {
    if (change.last.total != last_.total) return place + "cleared at " + format(last_.total) + ", stored " + format(change.last.total);
    if (change.plan_version != 0) accrued_ = idle(accrued_, last_.at, next.at, meter_.utc_offset_minutes);
    last_ = begin_anew(last_, next);
    return {};
  }
  hear_plans([&](const MeterPlan& plan) { return plan.id <= change.known_meter_plan; });
  const auto known = [&](const PlanVersion& version) { return version.id <= change.known_version; };
  if (!find_prices(change.last.at, known)) return place + "no such price";
  const auto measured = measure_again({change.last.at, change.last.total, change.last.tariffs}, change.plan_version);
  if (!measured || measured->stale) return place + "does not follow from the register before it, " + format(last_.total);
  if (measured->use.total != change.billed) return place + "consumption is " + format(measured->use.total) + ", stored " + format(change.billed);
  if (auto wrong = deduct_for(place, 0, measured->use, change.plan_version, measured->next, std::nullopt); !wrong.empty()) return wrong;
  if (change.kind == RegisterChangeKind::replace) last_ = begin_anew(last_, next);
  return {};
}

/// By the prices that find_prices has found.
base::Result<Measured> MeterReplay::measure_again(const Sample& sample, std::int64_t version) const {
  constexpr StepLimit kAny{1'000'000'000'000'000};  // plausibility was judged then, by the limit of then
  const bool new_prices = version_ != 0 && version_ != version;
  const bool registers = std::any_of(stretches_.begin(), stretches_.end(), [](const Stretch& stretch) { return by_registers(*stretch.prices); });
  return measure(last_, sample, registers ? PlanKind::tou : PlanKind::total, kAny, sample.at, new_prices);
}

/// Words about the meter's plan that came before what is decided next.
template <class Before>
void MeterReplay::hear_plans(const Before& before) {
  for (; heard_ < plans_.size() && before(plans_[heard_]); ++heard_) add(changes_, plans_[heard_]);
}

template <class Known>
bool MeterReplay::find_prices(base::UtcMillis until, const Known& known) {
  bool all = true;
  static const PriceHistory kFree = [] {
    PriceHistory history;
    history.add({});
    return history;
  }();
  find_stretches(stretches_, plan_, changes_, last_.at, until, [&](std::int64_t plan) -> const PriceHistory& {
    const PriceHistory* history = prices_.known(plan, known);
    all = all && history != nullptr;
    return history != nullptr ? *history : kFree;
  });
  return all;
}

std::string MeterReplay::deduct_for(const std::string& place, std::int64_t reading, const Use& use, std::int64_t version, const Register& next,
                       std::optional<bool> estimated) {
  if (stretches_.back().version != version) {
    return place + "price version " + std::to_string(stretches_.back().version) + " was in force, stored " + std::to_string(version);
  }
  reach_households();
  const auto priced = bill(stretches_, use, last_.at, next.at, accrued_, meter_.utc_offset_minutes);
  if (!priced) return place + "price x quantity";
  if (estimated && *estimated != priced->estimated) return place + (priced->estimated ? "is estimated, stored that not" : "is not estimated, stored that it is");
  last_ = next;
  version_ = version;
  accrued_ = priced->accrued;
  reach_plans();
  const std::int64_t nano = priced->nano_yuan;
  if (use.total.e4 == 0 && nano == 0) return {};
  if (auto wrong = others(); !wrong.empty()) return wrong;
  if (next_ == transfers_.size() || transfers_[next_].reading != reading) return place + "has no deduction of its own";
  const ReplayedTransfer& transfer = transfers_[next_++];
  const Deduction deduction = deduct(nano, remainder_);
  remainder_ = deduction.remainder_nano;
  balance_ = balance_ - deduction.amount;
  const bool back = deduction.amount.micro_yuan < 0;
  const bool same = transfer.nano == nano && transfer.version == version && transfer.quantity == use.total &&
                    transfer.amount == (back ? -deduction.amount : deduction.amount) &&
                    (back ? transfer.credit : transfer.debit) == meter_.account && transfer.balance == balance_;
  if (same) return {};
  return "transfer " + std::to_string(transfer.id) + " for reading " + std::to_string(reading) + ": should deduct " + format(deduction.amount) +
         " to a balance of " + format(balance_) + ", stored " + format(transfer.amount) + " and " + format(transfer.balance);
}

/// Recharges and corrections that come before a deduction, or before the end.
std::string MeterReplay::others() {
  for (; next_ < transfers_.size() && transfers_[next_].kind != 0; ++next_) {
    const ReplayedTransfer& transfer = transfers_[next_];
    balance_ = transfer.credit == meter_.account ? balance_ + transfer.amount : balance_ - transfer.amount;
    if (transfer.balance != balance_) {
      return "transfer " + std::to_string(transfer.id) + ": balance afterwards is " + format(balance_) + ", stored " + format(transfer.balance);
    }
  }
  return {};
}

std::string MeterReplay::end(const StoredStand& stored) {
  reach_households();
  if (auto wrong = others(); !wrong.empty()) return wrong;
  if (next_ != transfers_.size()) return "transfer " + std::to_string(transfers_[next_].id) + ": a deduction without a reading";
  if (balance_ != stored.balance) return "balance is " + format(balance_) + ", stored " + format(stored.balance);
  if (remainder_ != stored.remainder) {
    return "remainder is " + std::to_string(remainder_) + " nano-yuan, stored " + std::to_string(stored.remainder);
  }
  const Register& last = stored.last;
  if (last_.total != last.total || last_.at != last.at || last_.rollovers != last.rollovers) {
    return "last register is " + format(last_.total) + ", stored " + format(last.total);
  }
  const bool same_tariffs = last_.tariffs_known == last.tariffs_known && (!last_.tariffs_known || last_.tariffs == last.tariffs);
  if (!same_tariffs || last_.unsplit != last.unsplit) return "last tariff registers differ";
  if (accrued_ != stored.accrued) {
    return "used " + format(accrued_.month) + " in the month and " + format(accrued_.year) + " in the year and " + format(accrued_.ever) + " in all, stored " + format(stored.accrued.month) +
           ", " + format(stored.accrued.year) + " and " + format(stored.accrued.ever);
  }
  return {};
}

}  // namespace anju::platform
