#include "platform/store/replay.hpp"

#include <limits>
#include <unordered_map>

#include "platform/domain/metering.hpp"
#include "platform/store/reader.hpp"

namespace anju::platform {
namespace {

struct ReplayedReading {
  std::int64_t meter = 0, id = 0;
  Sample sample;
  base::Quantity used;
  std::int64_t version = 0;
};

struct ReplayedDecision {
  std::int64_t meter = 0, id = 0, newest_reading = 0, reading = 0;
  Sample sample;
  base::Quantity from_total, billed;
  std::int64_t version = 0;
};

struct ReplayedTransfer {
  std::int64_t meter = 0, id = 0;
  int kind = 0;
  std::int64_t debit = 0, credit = 0, reading = 0, version = 0, nano = 0;
  base::Money amount, balance;
  base::Quantity quantity;
};

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
};

using PriceVersions = std::unordered_map<std::int64_t, Prices>;

/// One meter's history, walked again: what was read, what a person decided about it, and what moved its account.
class MeterReplay {
 public:
  MeterReplay(const Expected& meter, const std::vector<ReplayedTransfer>& transfers, const PriceVersions& prices)
      : meter_(meter), transfers_(transfers), prices_(prices), last_(meter.start) {}

  /// The first contradiction, in words with ids; empty: none.
  std::string run(const std::vector<ReplayedReading>& readings, const std::vector<ReplayedDecision>& decisions) {
    auto decision = decisions.begin();
    const auto decide_before = [&](std::int64_t reading) -> std::string {
      for (; decision != decisions.end() && decision->newest_reading < reading; ++decision) {
        if (auto wrong = decide(*decision); !wrong.empty()) return wrong;
      }
      return {};
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
    const auto price = prices_.find(reading.version);
    if (price == prices_.end()) return place + "no such price";
    constexpr StepLimit kAny{1'000'000'000'000'000};  // plausibility was judged then, by the limit of then
    const bool new_prices = version_ != 0 && version_ != reading.version;
    const auto measured = measure(last_, reading.sample, price->second.kind, kAny, reading.sample.at, new_prices);
    if (!measured || measured->stale) return place + "does not follow from the register before it, " + format(last_.total);
    if (measured->use.total != reading.used) return place + "consumption is " + format(measured->use.total) + ", stored " + format(reading.used);
    last_ = measured->next;
    return deduct_for(place, reading.id, measured->use, reading.version);
  }

  std::string decide(const ReplayedDecision& decision) {
    const std::string place = "decision " + std::to_string(decision.id) + " about reading " + std::to_string(decision.reading) + ": ";
    if (decision.from_total != last_.total) return place + "counted on from " + format(last_.total) + ", stored " + format(decision.from_total);
    last_ = anchor(last_, decision.sample);
    Use use;
    use.total = use.tariffs[kFlat] = decision.billed;
    return deduct_for(place, decision.reading, use, decision.version);
  }

  std::string deduct_for(const std::string& place, std::int64_t reading, const Use& use, std::int64_t version) {
    const auto price = prices_.find(version);
    if (price == prices_.end()) return place + "no such price";
    version_ = version;
    const auto nano = value_nano_yuan(price->second, use);
    if (!nano) return place + "price x quantity";
    if (use.total.e4 == 0 && *nano == 0) return {};
    if (auto wrong = others(); !wrong.empty()) return wrong;
    if (next_ == transfers_.size() || transfers_[next_].reading != reading) return place + "has no deduction of its own";
    const ReplayedTransfer& transfer = transfers_[next_++];
    const Deduction deduction = deduct(*nano, remainder_);
    remainder_ = deduction.remainder_nano;
    balance_ = balance_ - deduction.amount;
    const bool back = deduction.amount.micro_yuan < 0;
    const bool same = transfer.nano == *nano && transfer.version == version && transfer.quantity == use.total &&
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
    return {};
  }

  const Expected& meter_;
  const std::vector<ReplayedTransfer>& transfers_;
  const PriceVersions& prices_;
  Register last_;
  std::int64_t version_ = 0;
  base::Money balance_;
  std::int16_t remainder_ = 0;
  std::size_t next_ = 0;
};

PriceVersions load_prices(soci::session& session) {
  PriceVersions prices;
  each_row(session, 7, "SELECT id, kind, total_e5, sharp_e5, peak_e5, flat_e5, valley_e5 FROM price_plan_version", [&](Select& row) {
    Prices& entry = prices[row.integer()];
    entry.kind = row.word<PlanKind>(2);
    entry.total = row.price();
    for (base::Price& price : entry.tariffs) price = row.price();
  });
  return prices;
}

std::vector<Expected> load_expected(soci::session& session) {
  std::vector<Expected> meters;
  each_row(session,
           18, "SELECT m.id, m.account, m.registered_ms, m.start_total_e4, m.start_sharp_e4, m.start_peak_e4, m.start_flat_e4,"
           " m.start_valley_e4, r.last_ms, r.total_e4, r.sharp_e4, r.peak_e4, r.flat_e4, r.valley_e4, r.unsplit_e4, r.rollovers,"
           " a.balance_micro_yuan, a.remainder_nano_yuan FROM meter m JOIN meter_register r ON r.meter = m.id"
           " JOIN account a ON a.id = m.account ORDER BY m.id",
           [&](Select& row) {
             Expected& meter = meters.emplace_back();
             meter.meter = row.integer();
             meter.account = row.integer();
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
  const auto prices = load_prices(session);
  const auto meters = load_expected(session);
  ByMeter<ReplayedReading> readings(session,
                                    10, "SELECT meter, id, at_ms, total_e4, sharp_e4, peak_e4, flat_e4, valley_e4, used_e4,"
                                    " price_plan_version FROM reading WHERE state = 0 ORDER BY meter, id",
                                    &read_reading);
  ByMeter<ReplayedTransfer> transfers(session,
                                      11, "SELECT meter, id, kind, debit, credit, amount_micro_yuan, balance_micro_yuan, reading,"
                                      " price_plan_version, quantity_e4, nano_yuan FROM transfer ORDER BY meter, id",
                                      &read_transfer);
  ByMeter<ReplayedDecision> decisions(session,
                                      13, "SELECT d.meter, d.id, d.newest_reading, d.reading, d.from_total_e4, d.billed_e4,"
                                      " d.price_plan_version, r.at_ms, r.total_e4, r.sharp_e4, r.peak_e4, r.flat_e4, r.valley_e4"
                                      " FROM reading_decision d JOIN reading r ON r.id = d.reading ORDER BY d.meter, d.id",
                                      &read_decision);
  for (const Expected& meter : meters) {
    const auto own_transfers = transfers.of(meter.meter);
    const std::string wrong = MeterReplay(meter, own_transfers, prices).run(readings.of(meter.meter), decisions.of(meter.meter));
    if (wrong.empty()) continue;
    ++check.wrong;
    if (check.first.size() < kMostFindings) check.first.push_back("meter " + std::to_string(meter.meter) + ", " + wrong);
  }
  return check;
}

}  // namespace anju::platform
