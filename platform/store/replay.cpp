#include "platform/store/replay.hpp"

#include <limits>
#include <map>

#include "platform/domain/metering.hpp"
#include "platform/domain/price_timeline.hpp"
#include "platform/store/households.hpp"
#include "platform/store/prices.hpp"
#include "platform/store/reader.hpp"

namespace anju::platform {
namespace {

struct ReplayedReading {
  std::int64_t meter = 0, id = 0;
  Sample sample;
  base::Quantity used;
  std::int64_t version = 0;
  bool estimated = false;
};

struct ReplayedDecision {
  std::int64_t meter = 0, id = 0, newest_reading = 0, reading = 0;
  Sample sample;
  base::Quantity from_total, billed;
  std::int64_t version = 0, known_version = 0, known_meter_plan = 0;
};

struct ReplayedTransfer {
  std::int64_t meter = 0, id = 0;
  int kind = 0;
  std::int64_t debit = 0, credit = 0, reading = 0, version = 0, nano = 0;
  base::Money amount, balance;
  base::Quantity quantity;
};

struct ReplayedChange {
  std::int64_t meter = 0;
  RegisterChange change;
};

ReplayedChange read_change(Select& row) {
  ReplayedChange found;
  found.change = read_register_change(row);
  found.meter = found.change.meter;
  return found;
}

/// Reads rows ordered by meter, one meter at a time.
template <class Row>
class ByMeter {
 public:
  ByMeter(soci::session& session, std::size_t columns, const std::string& query, Row (*read)(Select&))
      : rows_(session, columns, query), read_(read) {
    fetch();
  }
  std::vector<Row> of(std::int64_t meter) {
    std::vector<Row> found;
    while (ahead_ && ahead_->meter <= meter) {
      if (ahead_->meter == meter) found.push_back(*ahead_);
      fetch();
    }
    return found;
  }

 private:
  void fetch() {
    ahead_.reset();
    if (rows_.next()) ahead_ = read_(rows_);
  }
  Select rows_;
  Row (*read_)(Select&);
  std::optional<Row> ahead_;
};

ReplayedReading read_reading(Select& row) {
  ReplayedReading reading;
  reading.meter = row.integer();
  reading.id = row.integer();
  reading.sample.at = row.time();
  reading.sample.total = row.quantity();
  reading.sample.tariffs = row.tariffs();
  reading.used = row.quantity();
  reading.version = row.integer();
  reading.estimated = row.flag();
  return reading;
}

ReplayedDecision read_decision(Select& row) {
  ReplayedDecision decision;
  decision.meter = row.integer();
  decision.id = row.integer();
  decision.newest_reading = row.integer();
  decision.reading = row.integer();
  decision.from_total = row.quantity();
  decision.billed = row.quantity();
  decision.version = row.integer();
  decision.known_version = row.integer();
  decision.known_meter_plan = row.integer();
  decision.sample.at = row.time();
  decision.sample.total = row.quantity();
  decision.sample.tariffs = row.tariffs();
  return decision;
}

ReplayedTransfer read_transfer(Select& row) {
  ReplayedTransfer transfer;
  transfer.meter = row.integer();
  transfer.id = row.integer();
  transfer.kind = static_cast<int>(row.integer());
  transfer.debit = row.integer();
  transfer.credit = row.integer();
  transfer.amount = row.money();
  transfer.balance = row.money();
  transfer.reading = row.integer();
  transfer.version = row.integer();
  transfer.quantity = row.quantity();
  transfer.nano = row.integer();
  return transfer;
}

struct Expected {
  std::int64_t meter = 0, account = 0;
  Register start, last;
  base::Money balance;
  std::int64_t remainder = 0;
  std::int64_t plan = 0;  ///< at the start
  std::int32_t utc_offset_minutes = 0;
  Accrued accrued;
};

/// All versions of all plans, and what of them was known at an earlier moment.
class PriceBook {
 public:
  explicit PriceBook(soci::session& session) {
    for (PlanVersion& version : load_plan_versions(session)) versions_[version.plan].push_back(std::move(version));
  }

  /// What a plan was when the ledger knew `known(version)` of it only; null: no such plan.
  template <class Known>
  const PriceHistory* known(std::int64_t plan, const Known& known) {
    const auto all = versions_.find(plan);
    if (all == versions_.end()) return nullptr;
    const auto end = std::partition_point(all->second.begin(), all->second.end(), known);
    const auto count = end - all->second.begin();
    if (count == 0) return nullptr;
    PriceHistory& history = histories_[{plan, count}];
    if (history.all().empty()) {
      for (auto version = all->second.begin(); version != end; ++version) history.add({version->id, version->since, version->prices});
    }
    return &history;
  }

 private:
  std::map<std::int64_t, std::vector<PlanVersion>> versions_;
  std::map<std::pair<std::int64_t, std::ptrdiff_t>, PriceHistory> histories_;
};

/// One meter's history, walked again: what was read, what a person decided about it, and what moved its account.
class MeterReplay {
 public:
  /// plans: the meter's, by id.
  MeterReplay(const Expected& meter, const std::vector<ReplayedTransfer>& transfers, const std::vector<MeterPlan>& plans, PriceBook& prices)
      : meter_(meter), transfers_(transfers), plans_(plans), prices_(prices), last_(meter.start), plan_(meter.plan) {}

  /// The first contradiction, in words with ids; empty: none.
  std::string run(const std::vector<ReplayedReading>& readings, const std::vector<ReplayedDecision>& decisions, const std::vector<ReplayedChange>& changes) {
    auto decision = decisions.begin();
    auto change = changes.begin();
    // What people decided lies between readings; of two in the same place a change names the newest decision before it.
    const auto decide_before = [&](std::int64_t reading) -> std::string {
      for (;;) {
        const bool decides = decision != decisions.end() && decision->newest_reading < reading;
        const bool changes_now = change != changes.end() && change->change.newest_reading < reading;
        if (!decides && !changes_now) return {};
        const bool first = decides && (!changes_now || decision->newest_reading < change->change.newest_reading ||
                                       (decision->newest_reading == change->change.newest_reading && decision->id <= change->change.decision));
        if (auto wrong = first ? decide(*decision++) : go_on(change++->change); !wrong.empty()) return wrong;
      }
    };
    for (const ReplayedReading& reading : readings) {
      if (auto wrong = decide_before(reading.id); !wrong.empty()) return wrong;
      if (auto wrong = read(reading); !wrong.empty()) return wrong;
    }
    if (auto wrong = decide_before(std::numeric_limits<std::int64_t>::max()); !wrong.empty()) return wrong;
    return end();
  }

 private:
  std::string read(const ReplayedReading& reading) {
    const std::string place = "reading " + std::to_string(reading.id) + ": ";
    hear_plans([&](const MeterPlan& change) { return change.newest_reading < reading.id; });
    const auto known = [&](const PlanVersion& version) { return version.newest_reading < reading.id; };
    if (!find_prices(reading.sample.at, known)) return place + "no such price";
    const auto measured = measure_again(reading.sample, reading.version);
    if (!measured || measured->stale) return place + "does not follow from the register before it, " + format(last_.total);
    if (measured->use.total != reading.used) return place + "consumption is " + format(measured->use.total) + ", stored " + format(reading.used);
    return deduct_for(place, reading.id, measured->use, reading.version, measured->next, reading.estimated);
  }

  std::string decide(const ReplayedDecision& decision) {
    const std::string place = "decision " + std::to_string(decision.id) + " about reading " + std::to_string(decision.reading) + ": ";
    if (decision.from_total != last_.total) return place + "counted on from " + format(last_.total) + ", stored " + format(decision.from_total);
    hear_plans([&](const MeterPlan& change) { return change.id <= decision.known_meter_plan; });
    const auto known = [&](const PlanVersion& version) { return version.id <= decision.known_version; };
    if (!find_prices(decision.sample.at, known)) return place + "no such price";
    Use use;
    use.total = use.tariffs[kFlat] = decision.billed;
    return deduct_for(place, decision.reading, use, decision.version, anchor(last_, decision.sample), std::nullopt);
  }

  std::string go_on(const RegisterChange& change) {
    const std::string place = "register change " + std::to_string(change.id) + ": ";
    const Sample next{change.next.at, change.next.total, change.next.tariffs};
    if (change.kind == RegisterChangeKind::clear) {
      if (change.last.total != last_.total) return place + "cleared at " + format(last_.total) + ", stored " + format(change.last.total);
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
  base::Result<Measured> measure_again(const Sample& sample, std::int64_t version) const {
    constexpr StepLimit kAny{1'000'000'000'000'000};  // plausibility was judged then, by the limit of then
    const bool new_prices = version_ != 0 && version_ != version;
    const bool registers = std::any_of(stretches_.begin(), stretches_.end(), [](const Stretch& stretch) { return by_registers(*stretch.prices); });
    return measure(last_, sample, registers ? PlanKind::tou : PlanKind::total, kAny, sample.at, new_prices);
  }

  /// Words about the meter's plan that came before what is decided next.
  template <class Before>
  void hear_plans(const Before& before) {
    for (; heard_ < plans_.size() && before(plans_[heard_]); ++heard_) add(changes_, plans_[heard_]);
  }

  template <class Known>
  bool find_prices(base::UtcMillis until, const Known& known) {
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

  std::string deduct_for(const std::string& place, std::int64_t reading, const Use& use, std::int64_t version, const Register& next,
                         std::optional<bool> estimated) {
    if (stretches_.back().version != version) {
      return place + "price version " + std::to_string(stretches_.back().version) + " was in force, stored " + std::to_string(version);
    }
    const auto priced = bill(stretches_, use, last_.at, next.at, accrued_, meter_.utc_offset_minutes);
    if (!priced) return place + "price x quantity";
    if (estimated && *estimated != priced->estimated) return place + (priced->estimated ? "is estimated, stored that not" : "is not estimated, stored that it is");
    last_ = next;
    version_ = version;
    accrued_ = priced->accrued;
    while (!changes_.empty() && changes_.front().from <= last_.at) {
      plan_ = changes_.front().plan;
      changes_.erase(changes_.begin());
    }
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
  std::string others() {
    for (; next_ < transfers_.size() && transfers_[next_].kind != 0; ++next_) {
      const ReplayedTransfer& transfer = transfers_[next_];
      balance_ = transfer.credit == meter_.account ? balance_ + transfer.amount : balance_ - transfer.amount;
      if (transfer.balance != balance_) {
        return "transfer " + std::to_string(transfer.id) + ": balance afterwards is " + format(balance_) + ", stored " + format(transfer.balance);
      }
    }
    return {};
  }

  std::string end() {
    if (auto wrong = others(); !wrong.empty()) return wrong;
    if (next_ != transfers_.size()) return "transfer " + std::to_string(transfers_[next_].id) + ": a deduction without a reading";
    if (balance_ != meter_.balance) return "balance is " + format(balance_) + ", stored " + format(meter_.balance);
    if (remainder_ != meter_.remainder) {
      return "remainder is " + std::to_string(remainder_) + " nano-yuan, stored " + std::to_string(meter_.remainder);
    }
    const Register& stored = meter_.last;
    if (last_.total != stored.total || last_.at != stored.at || last_.rollovers != stored.rollovers) {
      return "last register is " + format(last_.total) + ", stored " + format(stored.total);
    }
    const bool same_tariffs = last_.tariffs_known == stored.tariffs_known && (!last_.tariffs_known || last_.tariffs == stored.tariffs);
    if (!same_tariffs || last_.unsplit != stored.unsplit) return "last tariff registers differ";
    if (accrued_ != meter_.accrued) {
      return "used " + format(accrued_.month) + " in the month and " + format(accrued_.year) + " in the year and " + format(accrued_.ever) + " in all, stored " + format(meter_.accrued.month) +
             ", " + format(meter_.accrued.year) + " and " + format(meter_.accrued.ever);
    }
    return {};
  }

  const Expected& meter_;
  const std::vector<ReplayedTransfer>& transfers_;
  const std::vector<MeterPlan>& plans_;
  PriceBook& prices_;
  Register last_;
  std::int64_t plan_;
  std::vector<MeterPlan> changes_;  ///< heard and still to come
  std::size_t heard_ = 0;
  std::vector<Stretch> stretches_;
  Accrued accrued_;
  std::int64_t version_ = 0;
  base::Money balance_;
  std::int16_t remainder_ = 0;
  std::size_t next_ = 0;
};

std::vector<Expected> load_expected(soci::session& session) {
  std::vector<Expected> meters;
  each_row(session,
           23, "SELECT m.id, m.account, coalesce(p.before, m.price_plan), t.utc_offset_minutes, r.month_quantity_e4, r.year_quantity_e4, r.billed_e4, m.registered_ms, m.start_total_e4, m.start_sharp_e4, m.start_peak_e4, m.start_flat_e4,"
           " m.start_valley_e4, r.last_ms, r.total_e4, r.sharp_e4, r.peak_e4, r.flat_e4, r.valley_e4, r.unsplit_e4, r.rollovers,"
           " a.balance_micro_yuan, a.remainder_nano_yuan FROM meter m JOIN meter_register r ON r.meter = m.id"
           " JOIN account a ON a.id = m.account JOIN site t ON t.id = m.site LEFT JOIN (SELECT meter, min(id) AS id FROM meter_plan GROUP BY meter) f"
           " ON f.meter = m.id LEFT JOIN meter_plan p ON p.id = f.id ORDER BY m.id",
           [&](Select& row) {
             Expected& meter = meters.emplace_back();
             meter.meter = row.integer();
             meter.account = row.integer();
             meter.plan = row.integer();
             meter.utc_offset_minutes = static_cast<std::int32_t>(row.integer());
             meter.accrued.month = row.quantity();
             meter.accrued.year = row.quantity();
             meter.accrued.ever = row.quantity();
             for (Register* place : {&meter.start, &meter.last}) {
               place->at = row.time();
               place->total = row.quantity();
               const auto tariffs = row.tariffs();
               place->tariffs_known = tariffs.has_value();
               if (tariffs) place->tariffs = *tariffs;
             }
             meter.last.unsplit = row.quantity();
             meter.last.rollovers = static_cast<std::int32_t>(row.integer());
             meter.balance = row.money();
             meter.remainder = row.integer();
           });
  return meters;
}

}  // namespace

Check replay(soci::session& session) {
  Check check{"replay", "all deductions, computed again from readings and prices, give the same money (L13)", 0, {}};
  PriceBook prices(session);
  std::map<std::int64_t, std::vector<MeterPlan>> plans;
  for (MeterPlan& change : load_meter_plans(session)) plans[change.meter].push_back(std::move(change));
  const std::vector<MeterPlan> none;
  const auto meters = load_expected(session);
  ByMeter<ReplayedReading> readings(session,
                                    11, "SELECT meter, id, at_ms, total_e4, sharp_e4, peak_e4, flat_e4, valley_e4, used_e4,"
                                    " price_plan_version, estimated FROM reading WHERE state = 0 ORDER BY meter, id",
                                    &read_reading);
  ByMeter<ReplayedTransfer> transfers(session,
                                      11, "SELECT meter, id, kind, debit, credit, amount_micro_yuan, balance_micro_yuan, reading,"
                                      " price_plan_version, quantity_e4, nano_yuan FROM transfer ORDER BY meter, id",
                                      &read_transfer);
  ByMeter<ReplayedDecision> decisions(session,
                                      15, "SELECT d.meter, d.id, d.newest_reading, d.reading, d.from_total_e4, d.billed_e4,"
                                      " d.price_plan_version, d.known_version, d.known_meter_plan, r.at_ms, r.total_e4, r.sharp_e4, r.peak_e4, r.flat_e4, r.valley_e4"
                                      " FROM reading_decision d JOIN reading r ON r.id = d.reading ORDER BY d.meter, d.id",
                                      &read_decision);
  ByMeter<ReplayedChange> register_changes(session, std::size(kRegisterChangeColumns),
                                           "SELECT " + columns_of(kRegisterChangeColumns) + " FROM register_change x ORDER BY x.meter, x.id", &read_change);
  for (const Expected& meter : meters) {
    const auto own_transfers = transfers.of(meter.meter);
    const auto changed = plans.find(meter.meter);
    const std::string wrong = MeterReplay(meter, own_transfers, changed == plans.end() ? none : changed->second, prices).run(readings.of(meter.meter), decisions.of(meter.meter), register_changes.of(meter.meter));
    if (wrong.empty()) continue;
    ++check.wrong;
    if (check.first.size() < kMostFindings) check.first.push_back("meter " + std::to_string(meter.meter) + ", " + wrong);
  }
  return check;
}

}  // namespace anju::platform
