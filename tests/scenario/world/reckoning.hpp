#pragma once

// Money and energy, computed a second time: from the rows alone, in another way than the ledger does and without a line of its
// code. It follows the rows of one commit after the other, or of all commits at once. This is the one place of the simulation
// that knows prices.

#include <array>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "platform/domain/store.hpp"

namespace anju::scenario {

using Findings = std::vector<std::string>;
struct Tables;

/// What was added, each list in the order of its ids.
struct Rows {
  std::span<const platform::StoredReading> readings;
  std::span<const platform::StoredTransfer> transfers;
  std::span<const platform::StoredRecharge> recharges;
  std::span<const platform::ReadingDecision> decisions;
};
[[nodiscard]] Rows rows_of(const platform::Batch& batch);
[[nodiscard]] Rows rows_of(const Tables& tables);

class Reckoner {
 public:
  /// tables: with the rows in them already.
  void take(const Tables& tables, const Rows& rows, Findings& findings);
  /// Everything, or what a commit has touched, as the tables have it now.
  void compare(const Tables& tables, Findings& findings);
  void compare(const Tables& tables, const platform::Batch& batch, Findings& findings);

 private:
  __extension__ using int128 = __int128;
  using Four = std::array<std::int64_t, 4>;

  struct Dial {
    bool begun = false, known = false;  ///< known: the four
    std::int64_t total = 0, unsplit = 0, version = 0;
    std::int64_t month = 0, year = 0;  ///< used since they began, 1e-4 kWh
    Four tariffs{};
    base::UtcMillis at;
  };
  struct Sum {
    Dial dial;
    std::int64_t rollovers = 0, billed = 0, grown = 0;
    int128 nano = 0, deducted = 0;
    base::Money balance;
  };
  using Deductions = std::map<std::int64_t, const platform::StoredTransfer*>;

  Sum& sum_of(const Tables& tables, std::int64_t meter);
  void take_reading(const Tables& tables, const platform::StoredReading& row, Deductions& deductions, Findings& findings);
  void take_decision(const Tables& tables, const platform::ReadingDecision& row, const Rows& rows, Deductions& deductions,
                     Findings& findings);
  void deduct(Sum& sum, std::int64_t account, std::int64_t reading, int128 value, std::int64_t used, const std::string& place,
              Deductions& deductions, Findings& findings);
  void take_transfers(const Tables& tables, const Rows& rows, Findings& findings);
  void take_recharges(const Tables& tables, const Rows& rows, Findings& findings);
  void compare_account(const platform::Account& account, Findings& findings);
  void compare_meter(const Tables& tables, std::int64_t meter, Findings& findings);

  std::unordered_map<std::int64_t, Sum> meters_;
  std::unordered_map<std::int64_t, std::int64_t> sums_;      ///< by account, micro-yuan
  std::unordered_map<std::int64_t, std::int64_t> balances_;  ///< by account, as last seen
  std::int64_t total_ = 0;                                   ///< of balances_
  std::set<std::int64_t> billed_readings_;
  std::set<std::string> keys_;
};

}  // namespace anju::scenario
