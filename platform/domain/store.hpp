#pragma once

// What the ledger thread needs of a database: everything once at the start, one durable batch at a time, and look-ups of what is
// older than memory. Called from the ledger thread only. Implemented by platform/store.

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "platform/domain/habit.hpp"
#include "platform/domain/meter_address.hpp"
#include "platform/domain/records.hpp"
#include "protocols/base/result.hpp"

namespace anju::platform {

/// A meter as it lies in memory. Names and rooms stay in the database; profiles are shared.
struct MeterState {
  std::int64_t id = 0;
  Owner owner;
  std::int32_t gateway = 0, line = 0;  ///< row ids
  std::int32_t plan = 0;           ///< in force at metering.last.at
  std::int32_t baud = 0;           ///< 0: the line's
  std::int32_t profile = 0;        ///< index into Loaded::profiles
  MeterAddress address;
  base::DeviceId device;
  SupplySettings settings;
  Account account;
  Metering metering;
  SupplyRecord supply;
  std::int64_t opening = 0;  ///< the household that has the account, 0: nobody
  wire::MeterKind kind = wire::MeterKind::electricity;
  bool valve = true;  ///< false: nothing can cut it off
  Dispatch dispatch;
  Habit habit;
  RunningHours hours;
};

/// Newest id of every table whose ids the ledger deals.
struct Newest {
  std::int64_t gateway = 0, line = 0, stream = 0, plan = 0, plan_version = 0, account = 0, meter = 0, reading = 0, transfer = 0,
               recharge = 0, quarantine = 0, crossing = 0, command = 0, notice = 0, alarm = 0, decision = 0, connection = 0, site = 0,
               meter_plan = 0, opening = 0, settlement = 0, adjustment = 0, register_change = 0, fee_payment = 0, found = 0;
};

struct Loaded {
  std::vector<Site> sites;
  std::vector<Gateway> gateways;
  std::vector<Upgrade> upgrades;  ///< the newest order of each gateway that ever had one
  std::vector<Line> lines;
  std::vector<Stream> streams;
  std::vector<PricePlan> plans;
  std::vector<MeterPlan> meter_plans;  ///< whose moment lies after their meter's last register, by id
  std::vector<SavedSchedule> schedules;
  std::vector<SavedFee> fees;
  std::vector<SavedAccount> site_accounts;
  std::vector<wire::MeterProfile> profiles;
  std::vector<MeterState> meters;
  std::vector<SavedCommand> open_commands;
  std::vector<Alarm> active_alarms;
  std::vector<Found> found;
  Newest newest;
};

/// What others have made of the sites meanwhile: `init` adds them, also beside a running platform.
struct KnownSites {
  std::int64_t newest = 0;  ///< id
  bool code_taken = false;
};

/// What was decided under an idempotency key long ago, readings that a person decides about, and what others wrote about sites.
/// Errors: store_failed.
class Archive {
 public:
  virtual ~Archive() = default;
  [[nodiscard]] virtual base::Result<std::optional<StoredRecharge>> find_recharge(std::int64_t organisation,
                                                                                  std::string_view key) = 0;
  [[nodiscard]] virtual base::Result<std::optional<SavedCommand>> find_command(std::int64_t organisation,
                                                                               std::string_view code) = 0;
  [[nodiscard]] virtual base::Result<std::optional<StoredReading>> find_reading(std::int64_t id) = 0;
  [[nodiscard]] virtual base::Result<std::optional<StoredDocument>> find_document(std::int64_t organisation, std::string_view key) = 0;
  [[nodiscard]] virtual base::Result<Boundary> find_boundary(std::int64_t meter) = 0;
  [[nodiscard]] virtual base::Result<KnownSites> known_sites(std::string_view code) = 0;
  /// Is there a row that names the meter and stays when the meter goes: a document, a decision, money? Then the meter's own row cannot go.
  [[nodiscard]] virtual base::Result<bool> names_meter(std::int64_t meter) = 0;
  /// A list (or table) some row of which refers to the site; nothing when there is none.
  [[nodiscard]] virtual base::Result<std::optional<std::string>> referrer_of_site(std::int64_t site) = 0;
};

class LedgerStore : public Archive {
 public:
  /// Error: store_failed.
  [[nodiscard]] virtual base::Result<Loaded> load() = 0;
  /// Durable when it returns. Error: store_failed; then nothing of the batch is stored and the process must stop.
  [[nodiscard]] virtual base::Result<> commit(const Batch& batch) = 0;
};

}  // namespace anju::platform
