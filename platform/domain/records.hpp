#pragma once

// What the ledger hands to the store: one struct per table of platform/store/migrations, in the domain's units. Plain data.
// `owner` stands on every record: organisation and site of the row.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "platform/domain/account.hpp"
#include "platform/domain/audit.hpp"
#include "platform/domain/billing.hpp"
#include "platform/domain/command.hpp"
#include "platform/domain/day_hours.hpp"
#include "platform/domain/dispatch.hpp"
#include "platform/domain/found.hpp"
#include "platform/domain/habit.hpp"
#include "platform/domain/household.hpp"
#include "platform/domain/metering.hpp"
#include "platform/domain/register_change.hpp"
#include "platform/domain/site.hpp"
#include "platform/domain/supply.hpp"
#include "platform/domain/switching.hpp"
#include "platform/domain/tariff.hpp"
#include "platform/domain/upgrade.hpp"
#include "protocols/base/id.hpp"
#include "protocols/wire/down.hpp"
#include "protocols/wire/up.hpp"

namespace anju::platform {

struct Line {
  std::int64_t id = 0;
  Owner owner;
  std::int64_t gateway = 0;
  std::string code, uri;
};

struct Gateway {
  std::int64_t id = 0;
  Owner owner;
  std::string code, name;
  std::int64_t reading_minutes = 15;
  std::int64_t archive_version = 1;
  std::int64_t archive_acked = 0;  ///< the newest that it holds, once what it refuses of it is stored
  std::int64_t counter = 0;
  std::int64_t stream = 0;
  bool online = false;
  base::UtcMillis since, last_event, created;
};

struct Stream {
  std::int64_t id = 0;
  Owner owner;
  std::int64_t gateway = 0;
  std::string epoch;
  std::int64_t last_seq = 0;
  base::UtcMillis started;
};

struct PlanVersion {
  std::int64_t id = 0;
  std::int64_t organisation = 0, site = 0;  ///< site 0: every site
  std::int64_t plan = 0;
  Prices prices;
  base::UtcMillis since;  ///< it holds from then on, unless a later version does
  base::UtcMillis created;
  std::int64_t newest_reading = 0;  ///< of all meters at that moment: what came later was decided with it
  std::string by;
};

struct SavedPlan {
  PricePlan plan;
  base::UtcMillis updated;
};

struct SavedAccount {
  Owner owner;
  Account account;
};

/// A newly registered meter; the parts that change live in the structs below.
struct MeterCard {
  std::int64_t id = 0;
  Owner owner;
  std::int64_t gateway = 0, line = 0;
  std::string device, name, room, address;
  std::optional<std::int64_t> baud;
  wire::MeterProfile profile;
  std::int64_t plan = 0;
  SupplySettings settings;
  std::int64_t account = 0;
  base::Quantity start_total;
  std::optional<Tariffs> start_tariffs;
  base::UtcMillis registered;
  wire::MeterKind kind = wire::MeterKind::electricity;
  bool valve = true;
  Dispatch dispatch = {};
};

struct SavedDispatch {
  std::int64_t meter = 0;
  Dispatch dispatch;
};

struct SavedSchedule {
  std::int64_t meter = 0;
  SwitchSchedule schedule;
};

struct SavedHabit {
  std::int64_t meter = 0;
  Owner owner;
  Habit habit;
};

/// Of the running day: changes once an hour of use.
struct SavedHours {
  std::int64_t meter = 0;
  Owner owner;
  std::int32_t day = 0;  ///< that of Metering
  RunningHours hours;
};

struct SavedFee {
  std::int64_t meter = 0;
  std::optional<AnnualFee> fee;
};

/// Another device has taken the place of the meter's, with another address or spoken to in another way, or how the same one is spoken to was corrected.
struct DeviceChange {
  std::int64_t meter = 0;
  std::string address;
  std::optional<std::int64_t> baud;
  wire::MeterProfile profile;
  std::int64_t line = 0;  ///< row id
};

struct SettingsChange {
  std::int64_t meter = 0;
  std::optional<std::string> name;  ///< absent: stays
  std::optional<std::string> room;
  SupplySettings settings;
};

/// A meter that was taken away again. Its row keeps the name for old alarms and its id from being dealt anew. keeps_books: it has a history, so
/// everything of it stays but what it stands for now; device and address are free again.
struct RemovedMeter {
  std::int64_t id = 0;
  std::int64_t account = 0;
  base::UtcMillis at;
  std::string by;
  bool keeps_books = false;
};

/// The plan of a meter that is in force now.
struct PlanChange {
  std::int64_t meter = 0;
  std::int64_t plan = 0;
};

/// A person's word that a meter has another plan from a moment on. Like versions of a plan, a later word replaces whatever was to
/// come from its own moment on.
struct MeterPlan {
  std::int64_t id = 0;
  Owner owner;
  std::int64_t meter = 0;
  std::int64_t plan = 0, before = 0;  ///< before: in force until `from`
  base::UtcMillis from, created;
  std::int64_t newest_reading = 0;  ///< of the meter at that moment: the word's place among the readings
  std::string by;
};

/// Table meter_register: changes with every reading.
struct Metering {
  std::int64_t newest_reading = 0;
  Register last;
  std::int32_t day = 0;
  std::int32_t frozen_day = 0;
  base::Quantity day_quantity;
  base::Money day_amount;
  std::int32_t quarantined = 0;
  std::int64_t price_version = 0;  ///< that the newest reading was billed at, 0: none yet
  Accrued accrued;                 ///< of the month and year of `last.at`
  auto operator<=>(const Metering&) const = default;
};

/// The newest relay order of ours that left for the meter and was not taken back.
enum class RelayOrder : std::uint8_t { nothing, open, close };
[[nodiscard]] std::string_view to_string(RelayOrder order);

/// Table meter_supply: changes when something about the supply does.
struct SupplyRecord {
  bool moved = false, forced = false, awaiting_read = false, keep_power_wanted = false, keep_power = false, reachable = false;
  WantedReason reason = WantedReason::none;
  RelayOrder ordered = RelayOrder::nothing;
  Warned warned;
  AccountState account = AccountState::normal;  ///< kept, so that lists can be asked for it
  wire::Relay relay = wire::Relay::unknown;
  std::int64_t crossing = 0;
  base::UtcMillis reported;
  std::optional<std::int32_t> clock_offset_s;
  std::int64_t pending_command = 0;
  bool scheduled = false;  ///< off by the clock now
  bool unpaid = false;     ///< the yearly fee has run out
  std::optional<wire::HotWater> hot_water = {};
  base::UtcMillis hot_water_at = {};
  auto operator<=>(const SupplyRecord&) const = default;
};

struct SavedMetering {
  std::int64_t meter = 0;
  Owner owner;
  Metering metering;
};

struct SavedSupply {
  std::int64_t meter = 0;
  Owner owner;
  SupplyRecord supply;
};

enum class ReadingState : std::uint8_t { used, recorded, quarantined };

/// Where in the ordered streams something came from.
struct Origin {
  std::int64_t stream = 0, seq = 0;
  std::int32_t item = 0;
};

struct StoredReading {
  std::int64_t id = 0;
  Owner owner;
  std::int64_t meter = 0;
  std::int64_t previous = 0;
  Origin origin;
  base::UtcMillis at;
  wire::ReadingKind kind = wire::ReadingKind::interval;
  ReadingState state = ReadingState::used;
  bool has_tariffs = false;
  base::Quantity total;
  Tariffs tariffs;
  base::Quantity used;
  std::int64_t plan_version = 0;  ///< that its energy was billed at in the end; 0 when it did not count
  bool estimated = false;         ///< the price changed since the register before it, and no register was read there (billing.hpp)
  std::string_view reason;  ///< an Errc's name (static), empty: none
};

/// A person's word about a refused reading: the register counts on from it.
struct ReadingDecision {
  std::int64_t id = 0;
  Owner owner;
  std::int64_t meter = 0, reading = 0;
  std::int64_t newest_reading = 0;  ///< of the meter at that moment: its place among the readings
  base::UtcMillis at;
  base::Quantity from_total;  ///< the register before it
  base::Quantity billed;      ///< energy that the person wants billed for the step
  std::int64_t plan_version = 0;
  std::int64_t known_version = 0, known_meter_plan = 0;  ///< newest of all plans and of all meters at that moment
  std::string by, note;
};

enum class TransferKind : std::uint8_t { deduction, recharge, correction };

struct StoredTransfer {
  std::int64_t id = 0;
  Owner owner;
  TransferKind kind = TransferKind::deduction;
  std::int64_t debit = 0, credit = 0;
  base::Money amount;  ///< not negative
  base::UtcMillis at;
  std::int64_t meter = 0, previous = 0;
  base::Money balance;
  std::int64_t reading = 0, plan_version = 0;
  base::Quantity quantity;
  std::int64_t nano_yuan = 0;
};

struct StoredRecharge {
  std::int64_t id = 0;
  Owner owner;
  std::string key;
  std::int64_t meter = 0, transfer = 0;
  base::UtcMillis at;
  base::Money amount;
  PayMethod method = PayMethod::cash;
  std::string note, by;
  base::Money balance_after;  ///< stands on the transfer
};

struct DayRegister {
  std::int64_t meter = 0;
  std::int32_t day = 0;
  Owner owner;
  base::UtcMillis received;
  base::Quantity total;
  std::optional<Tariffs> tariffs;
};

struct MeterDay {
  std::int64_t meter = 0;
  std::int32_t day = 0;
  Owner owner;
  base::Quantity quantity;
  base::Money amount;
  std::optional<std::string> hours;  ///< day_hours.hpp; absent: the day began when they were not kept yet
};

/// What is added to the sums of a site's day.
struct SiteDay {
  Owner owner;
  std::int32_t day = 0;
  std::int64_t readings = 0;
  base::Quantity quantity;
  base::Money deducted, recharged;
  Tariffs tariffs;  ///< of quantity: what was billed at four prices
  base::Quantity water = {};        ///< m3; `quantity` is kWh
  base::Money water_deducted = {};  ///< of `deducted`
};

/// A gateway, or a meter of it, came or went.
struct ConnectionChange {
  std::int64_t id = 0;
  Owner owner;
  std::int64_t gateway = 0, meter = 0;  ///< 0: the gateway itself
  base::UtcMillis at;
  bool online = false;
};

struct Quarantined {
  std::int64_t id = 0;
  Owner owner;
  std::int64_t gateway = 0;
  Origin origin;
  base::UtcMillis received;
  std::string reason, payload;
};

struct Crossing {
  std::int64_t id = 0;
  Owner owner;
  std::int64_t meter = 0;
  base::UtcMillis at;
  std::int64_t transfer = 0;
  base::Money balance;
  base::Millis reading_age;
  std::string_view exemption;  ///< empty: an order followed
};

struct SavedCommand {
  Owner owner;
  std::int64_t gateway = 0;
  Command command;
};

struct Notice {
  std::int64_t id = 0;
  Owner owner;
  std::int64_t meter = 0;
  bool second = false;  ///< preset 2
  base::UtcMillis at;
  base::Money threshold, balance;
};

struct Alarm {
  std::int64_t id = 0;
  Owner owner;
  std::string code;
  bool critical = false;
  bool active = true;
  base::UtcMillis raised;
  std::optional<base::UtcMillis> cleared;
  std::int64_t gateway = 0, meter = 0, command = 0;
  std::string line, detail;
};

/// All that one group of decisions changed: written in one durable transaction, or not at all. Lists of rows are inserted in
/// order; `saved` rows are inserted or replaced by their id and hold the newest state, each thing once; only plans stand there once per change, in
/// order. site_days are added.
struct Batch {
  std::vector<StoredReading> readings;
  std::vector<StoredTransfer> transfers;
  std::vector<StoredRecharge> recharges;
  std::vector<ReadingDecision> decisions;
  std::vector<Opening> openings;
  std::vector<Settlement> settlements;
  std::vector<Adjustment> adjustments;
  std::vector<RegisterChange> register_changes;
  std::vector<FeePayment> fee_payments;
  std::vector<DayRegister> day_registers;
  std::vector<MeterDay> meter_days;
  std::vector<Quarantined> quarantined;
  std::vector<Crossing> crossings;
  std::vector<Notice> notices;
  std::vector<PlanVersion> plan_versions;
  std::vector<MeterCard> meters;
  std::vector<Line> lines;
  std::vector<SettingsChange> settings;
  std::vector<PlanChange> plan_changes;
  std::vector<MeterPlan> meter_plans;
  std::vector<RemovedMeter> removed_meters;
  std::vector<SavedDispatch> dispatches;
  std::vector<Found> found;
  std::vector<std::int64_t> found_forgotten;  ///< ids; deleted before `found` is written
  std::vector<SavedSchedule> schedules;
  std::vector<SavedFee> fees;
  std::vector<SavedHabit> habits;
  std::vector<SavedHours> hours;
  std::vector<DeviceChange> device_changes;
  std::vector<SavedPlan> plans;
  std::vector<Site> sites;
  std::vector<Gateway> gateways;
  std::vector<Upgrade> upgrades;
  std::vector<Stream> streams;
  std::vector<SavedAccount> accounts;
  std::vector<SavedMetering> meterings;
  std::vector<SavedSupply> supplies;
  std::vector<SavedCommand> commands;
  std::vector<Alarm> alarms;
  std::vector<SiteDay> site_days;
  std::vector<ConnectionChange> connections;
  std::vector<AuditEntry> audit;  ///< of the orders in it

  [[nodiscard]] bool empty() const;
  void clear();
};

}  // namespace anju::platform
