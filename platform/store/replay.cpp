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

/// The first contradiction of one meter's history, in words; empty: none.
std::string replay_meter(const Expected& meter, const std::vector<ReplayedReading>& readings,
                         const std::vector<ReplayedTransfer>& transfers, const std::unordered_map<std::int64_t, Prices>& prices) {
  Register last = meter.start;
  base::Money balance;
  std::int16_t remainder = 0;
  std::size_t next = 0;
  // Recharges and corrections that come before a deduction, or before the end.
  const auto others = [&](auto&& until) -> std::string {
    for (; next < transfers.size() && transfers[next].kind != 0 && until(transfers[next]); ++next) {
      const ReplayedTransfer& transfer = transfers[next];
      balance = transfer.credit == meter.account ? balance + transfer.amount : balance - transfer.amount;
      if (transfer.balance != balance) return "transfer " + std::to_string(transfer.id) + ": balance afterwards";
    }
    return {};
  };
  for (const ReplayedReading& reading : readings) {
    const std::string place = "reading " + std::to_string(reading.id) + ": ";
    const auto price = prices.find(reading.version);
    if (price == prices.end()) return place + "no such price";
    constexpr StepLimit kAny{1'000'000'000'000'000};  // plausibility was judged then, by the limit of then
    const auto measured = measure(last, reading.sample, price->second.kind, kAny, reading.sample.at);
    if (!measured || measured->stale) return place + "does not follow from the register before it";
    if (measured->use.total != reading.used) return place + "consumption is " + format(measured->use.total) + ", stored " + format(reading.used);
    const auto nano = value_nano_yuan(price->second, measured->use);
    if (!nano) return place + "price x quantity";
    last = measured->next;
    if (reading.used.e4 == 0 && *nano == 0) continue;
    if (auto wrong = others([](const ReplayedTransfer&) { return true; }); !wrong.empty()) return wrong;
    if (next == transfers.size() || transfers[next].reading != reading.id) return place + "has no deduction of its own";
    const ReplayedTransfer& transfer = transfers[next++];
    const Deduction deduction = deduct(*nano, remainder);
    remainder = deduction.remainder_nano;
    balance = balance - deduction.amount;
    const bool back = deduction.amount.micro_yuan < 0;
    const bool same = transfer.nano == *nano && transfer.version == reading.version && transfer.quantity == reading.used &&
                      transfer.amount == (back ? -deduction.amount : deduction.amount) &&
                      (back ? transfer.credit : transfer.debit) == meter.account && transfer.balance == balance;
    if (!same) return "transfer " + std::to_string(transfer.id) + ": should deduct " + format(deduction.amount) + " to a balance of " + format(balance);
  }
  if (auto wrong = others([](const ReplayedTransfer&) { return true; }); !wrong.empty()) return wrong;
  if (next != transfers.size()) return "transfer " + std::to_string(transfers[next].id) + ": a deduction without a reading";
  if (balance != meter.balance || remainder != meter.remainder) return "balance is " + format(balance) + ", stored " + format(meter.balance);
  if (last.total != meter.last.total || last.at != meter.last.at || last.rollovers != meter.last.rollovers) return "last register differs";
  const bool same_tariffs = last.tariffs_known == meter.last.tariffs_known && (!last.tariffs_known || last.tariffs == meter.last.tariffs);
  if (!same_tariffs || last.unsplit != meter.last.unsplit) return "last tariff registers differ";
  return {};
}

std::unordered_map<std::int64_t, Prices> load_prices(soci::session& session) {
  std::unordered_map<std::int64_t, Prices> prices;
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
  for (const Expected& meter : meters) {
    const auto own_readings = readings.of(meter.meter);
    const std::string wrong = replay_meter(meter, own_readings, transfers.of(meter.meter), prices);
    if (wrong.empty()) continue;
    ++check.wrong;
    if (check.first.size() < kMostFindings) check.first.push_back("meter " + std::to_string(meter.meter) + ", " + wrong);
  }
  return check;
}

}  // namespace anju::platform
