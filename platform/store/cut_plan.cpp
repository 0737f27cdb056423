#include "platform/store/cut_plan.hpp"

#include <algorithm>
#include <limits>
#include <set>

#include "platform/store/journal.hpp"
#include "platform/store/journal_tables.hpp"
#include "platform/store/prices.hpp"
#include "platform/store/question.hpp"
#include "platform/store/replay_rows.hpp"

namespace anju::platform {
namespace {

/// Meters that are looked up at once.
constexpr std::size_t kPortion = 500;
/// Days without a reading after which the clock is doubted. Days are those of sites: one of them may be the difference of calendars.
constexpr std::int64_t kMostIdleDays = 3;

/// What the blocks hold of one meter, in its order.
struct History {
  Owner owner;
  std::vector<JournalRow> rows;
};

/// Of a meter: what may be named later, and what was.
struct Names {
  std::int64_t newest_reading = 0, newest_transfer = 0;
  std::set<std::int64_t> warned_at;  ///< balances
};

template <class Row>
std::vector<Row> of_meter(const std::map<std::int64_t, std::vector<Row>>& rows, std::int64_t meter) {
  const auto found = rows.find(meter);
  return found == rows.end() ? std::vector<Row>{} : found->second;
}

bool add(std::int64_t& sum, std::int64_t value) { return !__builtin_add_overflow(sum, value, &sum); }

class Planner {
 public:
  Planner(soci::session& session, base::UtcMillis now, base::UtcMillis before) : session_(session), before_(before), journal_(session), last_(newest_cut(session)) {
    plan_.row.id = last_.id + 1;
    plan_.row.at = now;
    plan_.row.newest_transfer = last_.newest_transfer;
    plan_.row.until = last_.until;
  }

  CutPlan run() {
    if (!is_believed() || !gather() || plan_.row.blocks == 0) return std::move(plan_);
    find_crossings();
    std::vector<std::int64_t> portion;
    PriceBook prices(load_plan_versions(session_));
    for (auto history = histories_.begin(); history != histories_.end();) {
      portion.clear();
      for (; history != histories_.end() && portion.size() < kPortion; ++history) portion.push_back(history->first);
      if (!walk(portion, prices)) return std::move(plan_);
    }
    plan_.row.hash = cut_hash(last_.hash, plan_.row);
    return std::move(plan_);
  }

 private:
  bool fail(std::string wrong, std::int64_t meter = 0) {
    plan_.wrong = std::move(wrong);
    plan_.meter = meter;
    return false;
  }

  /// A clock that was ahead at night, as after a start with a wrong one, would let go for ever what has to be kept. All that is read goes by the clocks of
  /// gateways: where nothing was read for days, nothing new waits for room either.
  [[nodiscard]] bool is_believed() {
    constexpr std::int64_t kDayMs = 86'400'000;
    const std::int64_t newest = Question(session_).text("SELECT coalesce(max(day), 0) FROM site_day WHERE readings > 0").number();
    return plan_.row.at.value / kDayMs - newest <= kMostIdleDays;
  }

  /// A refused reading may lie in the future: it is kept, and holds up nothing.
  [[nodiscard]] bool is_old(const JournalBlock& block) const {
    for (std::size_t i = 0; i < block.size(); ++i) {
      if (base::UtcMillis(block.value(JournalColumn::at, i)) >= before_ && block.row(i).reading.state != ReadingState::quarantined) return false;
    }
    return true;
  }

  /// The blocks that go, the oldest first.
  bool gather() {
    std::vector<std::int64_t> ids;
    Question(session_).text("SELECT id FROM reading_block ORDER BY id LIMIT ").value(kMostCutBlocks).rows([&ids](Select& row) { ids.push_back(row.integer()); });
    if (ids.empty()) return true;
    CutRow& row = plan_.row;
    row.from_reading = row.next_reading = last_.id == 0 ? ids.front() : last_.next_reading;
    std::vector<std::string> bodies;
    for (const std::int64_t id : ids) {
      if (histories_.size() >= kMostCutMeters) break;
      if (id != row.next_reading) return fail("reading_block " + std::to_string(id) + " does not begin with reading " + std::to_string(row.next_reading));
      CheckedBlock checked = check_block(session_, "reading_block", id);
      if (!checked.wrong.empty()) return fail(std::move(checked.wrong));
      const JournalBlock& block = blocks_.emplace_back(std::move(*checked.block));
      if (!is_old(block)) {
        blocks_.pop_back();
        break;
      }
      take(block);
      bodies.push_back(std::move(checked.body));
      row.next_reading = block.end();
      ++row.blocks;
    }
    row.blocks_hash = blocks_hash(bodies);
    return true;
  }

  void take(const JournalBlock& block) {
    for (std::size_t i = 0; i < block.size(); ++i) {
      const JournalRow row = block.row(i);
      History& history = histories_[row.reading.meter];
      history.owner = row.reading.owner;
      history.rows.push_back(row);  // its reason lives as long as the block
      if (row.reading.state != ReadingState::quarantined) plan_.row.until = std::max(plan_.row.until, row.reading.at);
      if (row.transfer == 0) continue;
      first_transfer_ = std::min(first_transfer_, row.transfer);
      plan_.row.newest_transfer = std::max(plan_.row.newest_transfer, row.transfer);
    }
  }

  void find_crossings() {
    Question(session_)
        .text("SELECT transfer FROM crossing WHERE transfer >= ")
        .value(first_transfer_)
        .text(" AND transfer <= ")
        .value(plan_.row.newest_transfer)
        .rows([this](Select& row) { crossed_.insert(row.integer()); });
  }

  /// What was decided after the readings that go has no transfer below this one: ids rise with decisions.
  std::int64_t transfers_end() {
    for (const char* table : {"reading_block", "reading_tail"}) {
      const auto first = Question(session_)
                             .text(std::string("SELECT first_transfer FROM ") + table + " WHERE first_transfer > ")
                             .value(plan_.row.newest_transfer)
                             .text(" ORDER BY first_transfer LIMIT 1")
                             .number();
      if (first != 0) return first;
    }
    return std::numeric_limits<std::int64_t>::max();
  }

  bool walk(const std::vector<std::int64_t>& meters, PriceBook& prices) {
    std::string ids;
    for (const std::int64_t meter : meters) (ids += ids.empty() ? "(" : ", ") += std::to_string(meter);
    ids += ")";
    std::map<std::int64_t, Names> names;
    each_row(session_, 3, "SELECT m.id, r.newest_reading, a.newest_transfer FROM meter m JOIN meter_register r ON r.meter = m.id JOIN account a ON a.id = m.account WHERE m.id IN " + ids,
             [&](Select& row) {
               Names& own = names[row.integer()];
               own.newest_reading = row.integer();
               own.newest_transfer = row.integer();
             });
    each_row(session_, 2, "SELECT meter, balance_micro_yuan FROM notice WHERE meter IN " + ids, [&](Select& row) {
      Names& own = names[row.integer()];
      own.warned_at.insert(row.integer());
    });
    std::map<std::int64_t, std::vector<MeterPlan>> plans;
    for (MeterPlan& word : load_meter_plans(session_, " WHERE p.meter IN " + ids)) plans[word.meter].push_back(std::move(word));
    std::map<std::int64_t, std::vector<ReplayedTransfer>> transfers;
    each_row(session_, kReplayedTransferColumns,
             std::string(kReplayedTransfer) + " LEFT JOIN meter_cut c ON c.meter = t.meter WHERE t.meter IN " + ids +
                 " AND t.id > coalesce(c.newest_transfer, 0) AND t.id < " + std::to_string(transfers_end()) + " ORDER BY t.meter, t.id",
             [&](Select& row) {
               const ReplayedTransfer transfer = read_replayed_transfer(row);
               transfers[transfer.meter].push_back(transfer);
             });
    std::map<std::int64_t, std::vector<ReplayedDecision>> decisions;
    each_row(session_, kReplayedDecisionColumns,
             std::string(kReplayedDecision) + " FROM reading_decision d WHERE d.meter IN " + ids + " AND d.newest_reading < " + std::to_string(plan_.row.next_reading) +
                 " ORDER BY d.meter, d.id",
             [&](Select& row) {
               const ReplayedDecision decision = read_replayed_decision(row);
               decisions[decision.meter].push_back(decision);
             });
    auto changes = register_changes_by_meter(session_, " WHERE x.meter IN " + ids);
    auto households = steps_anew_by_meter(session_, " WHERE x.meter IN " + ids);
    std::map<std::int64_t, std::int64_t> others;  // of sums that are there
    each_row(session_, 2, "SELECT meter, other FROM meter_cut_sum WHERE meter IN " + ids, [&](Select& row) {
      const std::int64_t meter = row.integer();
      others[meter] = row.integer();
    });
    std::map<std::int64_t, ReplayedMeter> known;
    for (MeterToReplay& one : load_meters_to_replay(session_, " WHERE m.id IN " + ids)) known.emplace(one.meter.id, one.meter);
    for (const std::int64_t meter : meters) {
      const History& history = histories_.at(meter);
      const auto found = known.find(meter);
      if (found == known.end()) {
        if (!forgotten(meter, history)) return false;
        continue;
      }
      auto decided = of_meter(decisions, meter);
      if (!find_samples(decided, found->second.begin)) return fail("meter " + std::to_string(meter) + ": a decision is about no reading", meter);
      const auto own_plans = of_meter(plans, meter);
      if (!leave(found->second, history, of_meter(transfers, meter), decided, changes.of(meter), own_plans, households.of(meter), prices)) return false;
      if (!put_away(found->second, history, names[meter], others[meter])) return false;
    }
    return true;
  }

  /// Of a meter that was registered by mistake: nothing of it was billed, and its books went with it.
  bool forgotten(std::int64_t meter, const History& history) {
    CutMeter& left = plan_.meters[meter];
    left.owner = history.owner;
    for (const JournalRow& row : history.rows) {
      if (row.reading.state == ReadingState::used || row.transfer != 0) return fail("reading " + std::to_string(row.reading.id) + " is of no meter", 0);
      left.stand.newest_reading = row.reading.id;
      if (row.reading.state == ReadingState::quarantined) keep(row);
    }
    return true;
  }

  /// Readings that people decided about lie in these blocks, or are kept.
  bool find_samples(std::vector<ReplayedDecision>& decisions, const MeterStand& begin) {
    std::erase_if(decisions, [&](const ReplayedDecision& decision) { return decision.newest_reading < begin.used_reading; });
    for (ReplayedDecision& decision : decisions) {
      const auto place = journal_.reading(decision.reading);
      if (!place) return false;
      const StoredReading reading = place.row().reading;
      decision.sample = {reading.at, reading.total, reading.has_tariffs ? std::optional(reading.tariffs) : std::nullopt};
    }
    return true;
  }

  bool leave(const ReplayedMeter& meter, const History& history, std::vector<ReplayedTransfer> transfers, const std::vector<ReplayedDecision>& decisions,
             const std::vector<RegisterChange>& changes, const std::vector<MeterPlan>& plans,
             const std::vector<StepsAnew>& households, PriceBook& prices) {
    const auto wrong = [&](const std::string& what) { return fail("meter " + std::to_string(meter.id) + ", " + what, meter.id); };
    std::vector<ReplayedReading> used;
    std::int64_t newest = meter.begin.newest_reading, newest_deduction = meter.begin.transfer;
    for (const JournalRow& row : history.rows) {
      const StoredReading& reading = row.reading;
      if (reading.previous != newest) return wrong("reading " + std::to_string(reading.id) + ": follows from reading " + std::to_string(reading.previous));
      newest = reading.id;
      if (reading.state == ReadingState::used) {
        used.push_back({reading.meter, reading.id, {reading.at, reading.total, reading.has_tariffs ? std::optional(reading.tariffs) : std::nullopt},
                        reading.used, reading.plan_version, reading.estimated});
      }
      if (row.transfer == 0) continue;
      const StoredTransfer made = deduction_of(row);
      newest_deduction = made.id;
      transfers.push_back({made.meter, made.id, static_cast<int>(made.kind), made.debit, made.credit, made.reading, made.plan_version, made.nano_yuan,
                           made.amount, made.balance, made.quantity, made.previous});
    }
    std::ranges::sort(transfers, {}, &ReplayedTransfer::id);
    MeterReplay replay(meter, transfers, plans, households, prices);
    if (auto what = replay.walk(used, decisions, changes); !what.empty()) return wrong(what);
    CutMeter& left = plan_.meters[meter.id];
    left.owner = history.owner;
    left.stand = replay.stand();
    left.stand.newest_reading = newest;
    if (left.stand.transfer < newest_deduction) return wrong("transfer " + std::to_string(newest_deduction) + ": a deduction without a reading");
    std::int64_t before = meter.begin.transfer;
    for (const ReplayedTransfer& transfer : transfers) {
      if (transfer.id > left.stand.transfer) break;
      if (transfer.previous != before) return wrong("transfer " + std::to_string(transfer.id) + ": follows from transfer " + std::to_string(transfer.previous));
      before = transfer.id;
    }
    return true;
  }

  /// Into sums, or kept as it is.
  bool put_away(const ReplayedMeter& meter, const History& history, const Names& names, std::int64_t other_before) {
    for (const JournalRow& row : history.rows) {
      const bool named = row.reading.id == names.newest_reading ||
                         (row.transfer != 0 && (row.transfer == names.newest_transfer || crossed_.contains(row.transfer) || names.warned_at.contains(row.balance.micro_yuan)));
      if (named || row.reading.state == ReadingState::quarantined) {
        keep(row);
        continue;
      }
      if (row.transfer == 0) continue;
      const StoredTransfer made = deduction_of(row);
      const bool back = made.credit == meter.account;
      CutSum& sum = plan_.sums[{meter.id, row.reading.plan_version}];
      sum.owner = history.owner;
      sum.account = meter.account;
      const std::int64_t other = back ? made.debit : made.credit;
      if ((sum.other != 0 && sum.other != other) || (other_before != 0 && other_before != other))
        return fail("transfer " + std::to_string(made.id) + ": goes to another account than those before", meter.id);
      sum.other = other;
      ++sum.deductions;
      if (!add(sum.quantity_e4, made.quantity.e4) || !add(sum.amount_micro_yuan, back ? -made.amount.micro_yuan : made.amount.micro_yuan) || !add(sum.nano_yuan, made.nano_yuan))
        return fail("meter " + std::to_string(meter.id) + ": its sums are too large", meter.id);
    }
    return true;
  }

  void keep(const JournalRow& row) { plan_.kept.push_back({row.reading.id, row.reading.meter, row.transfer, encode_journal({&row, 1})}); }

  soci::session& session_;
  base::UtcMillis before_;
  Journal journal_;
  CutRow last_;
  CutPlan plan_;
  std::deque<JournalBlock> blocks_;
  std::map<std::int64_t, History> histories_;
  std::set<std::int64_t> crossed_;
  std::int64_t first_transfer_ = std::numeric_limits<std::int64_t>::max();
};

}  // namespace

CutPlan plan_cut(soci::session& session, base::UtcMillis now, base::UtcMillis before) { return Planner(session, now, before).run(); }

}  // namespace anju::platform
