#pragma once

// One meter's history, walked again with the ledger's own pure functions: what was read, what people decided, and what moved its account. From its
// start, or from where the newest reading that went (retention.hpp) had left it. Asks nothing of a database.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "platform/domain/metering.hpp"
#include "platform/domain/price_timeline.hpp"

namespace anju::platform {

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
  int kind = 0;  ///< TransferKind
  std::int64_t debit = 0, credit = 0, reading = 0, version = 0, nano = 0;
  base::Money amount, balance;
  base::Quantity quantity;
  std::int64_t previous = 0;
};

/// A household came with which the steps of prices began anew.
struct StepsAnew {
  std::int64_t meter = 0;
  base::Quantity billed;  ///< of the meter in all, until then: its place among the uses
};

/// How a meter stood right after a reading. Of a meter of which none went all is 0, and `last` is its start register.
struct MeterStand {
  std::int64_t newest_reading = 0;  ///< all up to it are gone
  std::int64_t used_reading = 0;    ///< the newest of them that counted
  std::int64_t transfer = 0;        ///< the newest that `balance` knows
  std::int64_t meter_plan = 0;      ///< newest word about its plan that was heard
  std::int64_t version = 0;         ///< price version of the last deduction
  Register last;
  Accrued accrued;
  base::Money balance;
  std::int16_t remainder = 0;
};

struct ReplayedMeter {
  std::int64_t id = 0, account = 0;
  std::int64_t plan = 0;  ///< at its start
  std::int32_t utc_offset_minutes = 0;
  MeterStand begin;
};

/// What the ledger has stored of a meter's end.
struct StoredStand {
  Register last;
  Accrued accrued;
  base::Money balance;
  std::int64_t remainder = 0;
};

/// All versions of all plans, and what of them was known at an earlier moment.
class PriceBook {
 public:
  explicit PriceBook(std::vector<PlanVersion> versions);

  /// What a plan was when the ledger knew `known(version)` of it only; null: no such plan.
  template <class Known>
  const PriceHistory* known(std::int64_t plan, const Known& known) {
    const auto all = versions_.find(plan);
    if (all == versions_.end()) return nullptr;
    const auto end = std::partition_point(all->second.begin(), all->second.end(), known);
    return history(plan, all->second, end - all->second.begin());
  }

 private:
  const PriceHistory* history(std::int64_t plan, const std::vector<PlanVersion>& versions, std::ptrdiff_t count);
  std::map<std::int64_t, std::vector<PlanVersion>> versions_;
  std::map<std::pair<std::int64_t, std::ptrdiff_t>, PriceHistory> histories_;
};

class MeterReplay {
 public:
  /// transfers: of the meter, those behind `begin` at least, by id; plans, households: all of the meter's, by id. All outlive it.
  MeterReplay(const ReplayedMeter& meter, const std::vector<ReplayedTransfer>& transfers, const std::vector<MeterPlan>& plans, const std::vector<StepsAnew>& households,
              PriceBook& prices);

  // The first contradiction, in words with ids; empty: none. All by id; decisions and changes: all of the meter, the walk begins with those that
  // `begin` does not know.
  /// Up to the last of `readings`, which counted.
  std::string walk(const std::vector<ReplayedReading>& readings, const std::vector<ReplayedDecision>& decisions, const std::vector<RegisterChange>& changes);
  /// The same to the end of everything, where the meter stands as stored.
  std::string run(const std::vector<ReplayedReading>& readings, const std::vector<ReplayedDecision>& decisions, const std::vector<RegisterChange>& changes,
                  const StoredStand& stored);

  /// After walk(). newest_reading is as it was: readings that do not count are not walked.
  [[nodiscard]] MeterStand stand() const;

 private:
  std::string decide_before(std::int64_t reading);
  std::string read(const ReplayedReading& reading);
  std::string decide(const ReplayedDecision& decision);
  std::string go_on(const RegisterChange& change);
  [[nodiscard]] base::Result<Measured> measure_again(const Sample& sample, std::int64_t version) const;
  template <class Before>
  void hear_plans(const Before& before);
  template <class Known>
  bool find_prices(base::UtcMillis until, const Known& known);
  std::string deduct_for(const std::string& place, std::int64_t reading, const Use& use, std::int64_t version, const Register& next,
                         std::optional<bool> estimated);
  std::string others();
  std::string end(const StoredStand& stored);
  void reach_plans();
  void reach_households();

  const ReplayedMeter& meter_;
  const std::vector<ReplayedTransfer>& transfers_;
  const std::vector<MeterPlan>& plans_;
  const std::vector<StepsAnew>& households_;
  PriceBook& prices_;
  std::vector<ReplayedDecision>::const_iterator decision_{}, decisions_end_{};
  std::vector<RegisterChange>::const_iterator change_{}, changes_end_{};
  Register last_;
  std::int64_t plan_;
  std::vector<MeterPlan> changes_;  ///< heard and still to come
  std::size_t heard_ = 0;
  std::vector<Stretch> stretches_;
  Accrued accrued_;
  std::int64_t version_ = 0, used_reading_ = 0;
  base::Money balance_;
  std::int16_t remainder_ = 0;
  std::size_t next_ = 0, household_ = 0;
};

}  // namespace anju::platform
