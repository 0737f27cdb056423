#pragma once

// What the console asks about the life of a metering point: prices from moment to moment, who has its account, what was settled. Answers
// are rows for people, newest first.
// Implemented by platform/store.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "platform/domain/household.hpp"
#include "platform/domain/register_change.hpp"
#include "platform/domain/scope.hpp"
#include "platform/domain/tariff.hpp"
#include "protocols/base/result.hpp"
#include "protocols/base/time.hpp"

namespace anju::platform {

/// replaced: a later one begins at the same moment or before it did, so it never held, or not to the end.
struct PlanVersionRow {
  PlanPrices prices;
  base::UtcMillis created;
  std::string by;
  bool replaced = false;
};

/// A word about the plan of a meter.
struct MeterPlanRow {
  std::int64_t id = 0, plan = 0;
  std::string name;
  base::UtcMillis from, created;
  std::string by;
  bool replaced = false;
};

struct RegisterChangeRow {
  RegisterChange change;
  base::Money fee;  ///< what was deducted for `change.billed`
};

struct OpeningRow {
  Opening opening;
  std::int64_t plan = 0;  ///< the price plan that the meter had then
  std::string plan_name;  ///< as it is called now
  std::optional<base::UtcMillis> closed;
};

struct SettlementRow {
  Settlement settlement;
  std::string customer;  ///< whose account it was; empty: nobody's
};

/// A register of today and what it cost since the one before it (房源当天测算记录).
struct DayUse {
  RegisterStand stand;
  base::Quantity quantity;
  base::Money fee, balance;  ///< balance: afterwards
  base::Quantity previous_total;
  std::optional<Tariffs> previous_tariffs = {};  ///< of the same register; nothing: it had none
};
inline constexpr std::int64_t kDayUses = 200;

/// 单户电费测算 (em-checkout-calc): what the household has used and paid up to the newest register.
struct Calculation {
  Boundary since;
  RegisterStand to;
  base::Quantity quantity;
  base::Money fee, balance;
  std::optional<Opening> opening;  ///< who has the account
  std::vector<DayUse> today;       ///< at most kDayUses
};

/// nullopt: it is not there, for this scope. Error: store_failed.
class MeteringPoints {
 public:
  virtual ~MeteringPoints() = default;
  /// At most kMostVersions.
  [[nodiscard]] virtual base::Result<std::optional<std::vector<PlanVersionRow>>> price_versions(const Scope& scope, std::int64_t plan) = 0;
  /// At most 1000.
  [[nodiscard]] virtual base::Result<std::optional<std::vector<MeterPlanRow>>> meter_plans(const Scope& scope, std::int64_t meter) = 0;
  /// At most 1000 each.
  [[nodiscard]] virtual base::Result<std::optional<std::vector<OpeningRow>>> openings(const Scope& scope, std::int64_t meter) = 0;
  [[nodiscard]] virtual base::Result<std::optional<std::vector<SettlementRow>>> settlements(const Scope& scope, std::int64_t meter) = 0;
  [[nodiscard]] virtual base::Result<std::optional<std::vector<Adjustment>>> adjustments(const Scope& scope, std::int64_t meter) = 0;
  [[nodiscard]] virtual base::Result<std::optional<std::vector<RegisterChangeRow>>> register_changes(const Scope& scope, std::int64_t meter) = 0;
  [[nodiscard]] virtual base::Result<std::optional<std::vector<FeePayment>>> fee_payments(const Scope& scope, std::int64_t meter) = 0;
  [[nodiscard]] virtual base::Result<std::optional<Calculation>> calculation(const Scope& scope, std::int64_t meter, base::UtcMillis now) = 0;
};

}  // namespace anju::platform
