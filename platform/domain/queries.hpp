#pragma once

// What the console reads: the port that the store implements with read-only connections. Every question carries the
// scope of the session that asks; what lies outside of it is not there (nullopt, or no row). Blocking; may be called
// from several threads at once. Rows are as fresh as the last commit; the ledger's thread is never asked.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/domain/dispatch.hpp"
#include "platform/domain/organisation_rows.hpp"
#include "platform/domain/retention.hpp"
#include "platform/domain/scope.hpp"
#include "platform/domain/site.hpp"
#include "platform/domain/supply.hpp"
#include "platform/domain/switching.hpp"
#include "platform/domain/tariff.hpp"
#include "platform/domain/upgrade.hpp"
#include "protocols/base/money.hpp"
#include "protocols/base/result.hpp"
#include "protocols/base/time.hpp"
#include "protocols/wire/down.hpp"
#include "protocols/wire/up.hpp"

namespace anju::platform {

/// Limits of one answer.
inline constexpr std::int64_t kMostPages = 1'000'000;
inline constexpr std::int64_t kMostPageSize = 100;
inline constexpr std::int64_t kMostCursorRows = 200;
inline constexpr std::int64_t kMostPoints = 400;

struct SiteRow {
  std::string id;
  std::string name;
  std::string organisation;
  int utc_offset_minutes = 480;
  bool enabled = true;
  std::string province, city;
  std::optional<Position> position;
};

/// ten-project-menu: a community and how it stands.
struct ProjectRow {
  SiteRow site;
  std::int64_t community = 0;  ///< row id, as the list of communities knows it
  std::string kind;
  std::int64_t gateways = 0, gateways_online = 0, meters = 0, meters_in_arrears = 0, alarms = 0;
};

struct PlanRow {
  std::int64_t id = 0;
  std::string name;
  Prices prices;
  base::UtcMillis updated_at;
  Utility utility = Utility::electricity;
  std::int64_t meters = 0;
  std::optional<PlanPrices> next = {};  ///< what will follow; of the list of plans only
};

struct RegisterRow {
  base::UtcMillis at;
  base::Quantity total;
  std::optional<std::array<base::Quantity, 4>> tariffs;
};

/// Enumerations are in the words of the REST contract.
struct MeterRow {
  std::int64_t id = 0;
  std::string device, name, address, room, gateway, line, site;
  std::string mode;  ///< prepaid, reading
  base::Money balance;
  std::string account_state;          ///< normal, low_1, low_2, arrears
  std::string wanted, wanted_reason;  ///< closed, open; none, arrears, forced, scheduled, fee
  std::string reported;               ///< wire::Relay
  std::optional<base::UtcMillis> reported_at;
  bool reachable = false;  ///< its gateway is online and the meter answers
  bool keep_power = false;  ///< the meter says so, or a person wants it
  std::string kind;         ///< electricity, water, hot_water
  bool valve = true;        ///< it can cut off
  std::string dialect;      ///< of wire::kDialects
  std::string model;        ///< of a Modbus device: the file that describes it; empty: of another
  std::optional<RegisterRow> last_reading;
  base::Quantity today;
  PlanRow plan;  ///< prices included, for balance_kwh
  std::optional<std::string> pending_command;
  /// The office's room that it is linked to; `room` is what the installer typed.
  struct Room {
    std::int64_t id = 0;
    std::string name;
    std::optional<std::int64_t> house = {};
  };
  std::optional<Room> linked_room;
  /// The housing source that the linked room belongs to (房源编码 房源类型 房源区域); of a room of a house, which belongs to none, only the area.
  struct Source {
    std::string code, name, type, zone;  ///< type: centralised, distributed, room; zone: name of the area
  };
  Source source;
  DispatchState dispatch = DispatchState::prepared;
};

struct MeterDetail {
  MeterRow row;
  base::Money alarm_1, alarm_2, overdraft;
  std::optional<QuantityLimits> limits;  ///< as energy: the three follow from them
  bool auto_trip = true;
  RegisterRow start_reading;
  base::UtcMillis registered_at;
  base::Money today_money;
  base::Quantity month;
  base::Money month_money;
  std::optional<base::UtcMillis> last_seen_at;
  std::optional<std::int64_t> clock_offset_s;
  std::int64_t quarantined = 0;
  struct NextPlan {
    std::int64_t id = 0;
    std::string name;
    base::UtcMillis from;
  };
  std::optional<NextPlan> next_plan;  ///< the change of its price plan that comes next
  SwitchSchedule schedule;
  std::optional<AnnualFee> fee;
  std::optional<wire::HotWater> hot_water;  ///< as of `hot_water_at`
  base::UtcMillis hot_water_at;
  wire::MeterProfile profile;         ///< how its device is spoken to
  std::optional<std::int64_t> baud;   ///< of its own; absent: the line's, or the model's
};

/// What the meter list is sorted by; rows of the same text by id.
enum class MeterOrder : std::uint8_t { id, name, room, address, device };

struct MeterFilter {
  std::optional<std::string> search = {};  ///< part of name, room, address or device
  std::optional<std::string> mode = {}, relay = {}, account_state = {}, gateway = {}, kind = {};
  std::optional<bool> reachable = {};
  std::optional<std::int64_t> house = {}, source = {};  ///< in a room of it; source: a room under prepaid management
  std::optional<std::string> source_code = {};          ///< in a room of a housing source whose code begins so
  std::optional<std::int64_t> zone = {};                ///< in a room of that area: its source's, or, without a source, its own
  std::int64_t page = 1, page_size = 20;
  MeterOrder sort = MeterOrder::id;
  bool descending = false;
  std::optional<std::int64_t> after = {};  ///< only ids above: the batch behind that row, by id and without a total
};

template <class Row>
struct Page {
  std::int64_t total = 0;
  std::vector<Row> rows;
};

/// Newest first; next: where the following page begins, absent at the end.
template <class Row>
struct CursorPage {
  std::vector<Row> rows;
  std::optional<std::int64_t> next;
  std::optional<base::UtcMillis> since = {};  ///< of raw readings and their deductions: what is older went, but for single ones; absent: nothing did
};

struct Cursor {
  std::optional<std::int64_t> before;
  std::int64_t limit = 50;
};

struct ReadingRow {
  std::int64_t id = 0;
  base::UtcMillis at;
  std::string kind;  ///< interval, on_demand, daily_freeze
  base::Quantity total;
  std::optional<std::array<base::Quantity, 4>> tariffs;
  std::optional<base::Quantity> used;
  std::string state;  ///< used, recorded, quarantined
  std::string reason;
};

/// What a recharge sold, at the prices of its moment.
struct SaleRow {
  std::int64_t plan = 0;
  std::string plan_name;               ///< as it is called now
  base::Price price;                   ///< the total price, or the flat one of four
  bool estimate = false;               ///< four prices, slots or steps: what is used may cost otherwise
  base::Quantity before, bought, after;
  std::string customer;                ///< who had the account then; empty: nobody
};

struct LedgerRow {
  std::int64_t id = 0;
  base::UtcMillis at;
  std::string kind;  ///< deduction, recharge, correction
  base::Money amount;
  base::Money balance;  ///< after it
  std::optional<base::Quantity> quantity;
  std::string method, note, by;
  std::string document;                ///< that a correction stands in: settlement, adjustment, fee; empty: in none
  std::optional<SaleRow> sale = {};    ///< of a recharge
};

/// absent: all.
struct PlanFilter {
  std::optional<std::string> search = {};  ///< part of the name
  std::optional<Utility> utility = {};
};

/// A message to the resident: the balance fell below a preset.
struct NoticeRow {
  std::int64_t id = 0;
  base::UtcMillis at;
  std::string kind;  ///< alarm_1, alarm_2
  base::Money threshold;
  base::Money balance;  ///< at that moment
};

struct CommandRow {
  std::string id;
  std::string device;
  std::int64_t meter = 0;
  std::string kind, state, cause, by, note;
  base::UtcMillis created_at;
  std::optional<base::UtcMillis> sent_at, acked_at, ended_at;
  base::UtcMillis expires_at;
  std::int64_t attempts = 0;
  std::string reason;
  bool escalated = false;
};

struct ConsumptionPoint {
  base::UtcMillis at;  ///< start of the hour or of the site's day
  base::Quantity used;
  base::Money money;
};

enum class Step { hour, day };

struct GatewayRow {
  std::string id, name, site;
  bool online = false;
  std::optional<base::UtcMillis> since;  ///< of that
  std::int64_t devices = 0, devices_reachable = 0, alarms = 0;
  std::string epoch;
  std::int64_t stored_seq = 0;  ///< through which the stream is stored
  std::optional<base::UtcMillis> last_event_at;
  std::int64_t archive_version = 0;  ///< wanted
  std::optional<Upgrade> upgrade;    ///< the newest order; nothing: there was none
};

struct GatewayDevice {
  std::string id;
  std::int64_t meter = 0;
  std::string name, line, address;
  std::string dialect, model;  ///< as of MeterRow
  bool reachable = false;
  std::string room;  ///< the office's, else what the installer typed
  std::optional<std::int64_t> baud = {};
  std::string format;  ///< its own; both empty: its line's, or its model's
  DispatchState dispatch = DispatchState::prepared;
  std::string refusal;  ///< why, as wire::detail
  bool opened = false;  ///< a household has its account
};

/// What a scan found and no meter of the office stands for.
struct FoundRow {
  std::int64_t id = 0;
  std::string line;
  wire::FoundDevice device;
  base::UtcMillis seen_at;
  bool dismissed = false;
};

struct GatewayLine {
  std::string id, uri;
};

struct GatewayDetail {
  GatewayRow row;
  std::vector<GatewayLine> lines;
  std::vector<GatewayDevice> devices;
};

struct AlarmRow {
  std::int64_t id = 0;
  bool clearable = false;  ///< by a person: is_clearable
  std::string code, severity;
  bool active = false;
  base::UtcMillis raised_at;
  std::optional<base::UtcMillis> cleared_at;
  std::optional<std::int64_t> meter;
  std::string meter_name, gateway, line, detail;
};

struct AlarmFilter {
  std::optional<bool> active = {};
  std::optional<std::int64_t> id = {}, meter = {};
  std::optional<std::string> search = {};  ///< part of the meter's name, room or address, of the gateway, line or detail
  std::optional<std::string> code = {};
  std::optional<base::UtcMillis> from = {}, to = {};  ///< raised in [from, to)
  std::int64_t page = 1, page_size = 20;
};

struct HomeDay {
  std::string day;  ///< YYYY-MM-DD of the site
  base::Quantity used;
  base::Money deducted, recharged;
};

struct AlarmCount {
  std::string code;
  std::int64_t count = 0;
};

struct Home {
  base::UtcMillis as_of;
  std::int64_t meters = 0, meters_reachable = 0, meters_cut_off = 0, meters_in_arrears = 0;
  std::int64_t gateways = 0, gateways_online = 0, readings_today = 0, commands_pending = 0;
  std::vector<HomeDay> last_7_days;  ///< oldest first; the last one is today
  std::vector<AlarmCount> alarms;    ///< active ones
};

struct AuditRow {
  std::int64_t id = 0;
  base::UtcMillis at;
  std::string who, address, action, object, detail, result;
  std::string object_name;  ///< of a meter, gateway or price plan, as it is called now
};

struct AuditFilter {
  std::optional<std::string> search = {};  ///< part of who, address, object or detail, or of the meter's name, room or address
  std::optional<std::string> action = {};
  std::optional<base::UtcMillis> from = {}, to = {};  ///< written in [from, to)
  std::int64_t page = 1, page_size = 20;
  std::optional<std::int64_t> before = {};  ///< only ids below: the batch behind that row, without a total
};

class Queries {
 public:
  virtual ~Queries() = default;

  /// The database answers.
  [[nodiscard]] virtual base::Result<> ping() = 0;
  [[nodiscard]] virtual base::Result<CutSoFar> old_readings() = 0;
  [[nodiscard]] virtual base::Result<Home> home(const Scope& scope, base::UtcMillis now) = 0;
  [[nodiscard]] virtual base::Result<std::vector<SiteRow>> sites(const Scope& scope) = 0;
  /// In the order of sites().
  [[nodiscard]] virtual base::Result<std::vector<ProjectRow>> projects(const Scope& scope) = 0;
  [[nodiscard]] virtual base::Result<Page<MeterRow>> meters(const Scope& scope, const MeterFilter& filter,
                                                            base::UtcMillis now) = 0;
  [[nodiscard]] virtual base::Result<std::optional<MeterDetail>> meter(const Scope& scope, std::int64_t meter,
                                                                       base::UtcMillis now) = 0;
  /// nullopt: no such meter in scope; the same below.
  [[nodiscard]] virtual base::Result<std::optional<CursorPage<ReadingRow>>> readings(const Scope& scope, std::int64_t meter,
                                                                                     Cursor cursor) = 0;
  [[nodiscard]] virtual base::Result<std::optional<CursorPage<LedgerRow>>> ledger(
      const Scope& scope, std::int64_t meter, Cursor cursor, const std::optional<std::string>& kind) = 0;
  [[nodiscard]] virtual base::Result<std::optional<CursorPage<NoticeRow>>> notices(const Scope& scope, std::int64_t meter,
                                                                                   Cursor cursor) = 0;
  /// The cursor of commands is the id of the last row seen, because commands are named by whoever made them. with_live: also
  /// those that only looked.
  struct Commands {
    std::vector<CommandRow> rows;
    std::optional<std::string> next;
  };
  [[nodiscard]] virtual base::Result<std::optional<Commands>> commands(const Scope& scope, std::int64_t meter,
                                                                       const std::optional<std::string>& before,
                                                                       std::int64_t limit, bool with_live) = 0;
  [[nodiscard]] virtual base::Result<std::optional<CommandRow>> command(const Scope& scope, std::string_view id) = 0;
  /// Points of [from, to) that saw a deduction, oldest first, at most kMostPoints.
  [[nodiscard]] virtual base::Result<std::optional<std::vector<ConsumptionPoint>>> consumption(
      const Scope& scope, std::int64_t meter, Step step, base::UtcMillis from, base::UtcMillis to) = 0;
  /// At most 1000, by id.
  [[nodiscard]] virtual base::Result<std::vector<PlanRow>> price_plans(const Scope& scope, const PlanFilter& filter) = 0;
  [[nodiscard]] virtual base::Result<std::vector<GatewayRow>> gateways(const Scope& scope) = 0;
  [[nodiscard]] virtual base::Result<std::optional<GatewayDetail>> gateway(const Scope& scope, std::string_view id) = 0;
  /// Of a gateway: what scans found that is no meter yet.
  [[nodiscard]] virtual base::Result<std::optional<std::vector<FoundRow>>> found(const Scope& scope, std::string_view gateway, bool dismissed) = 0;
  [[nodiscard]] virtual base::Result<Page<AlarmRow>> alarms(const Scope& scope, const AlarmFilter& filter) = 0;
  /// The organisation itself and what is below it, as far as the scope reaches: at most kMostTreeNodes, by id. search: part of the name or
  /// number; empty: all.
  [[nodiscard]] virtual base::Result<std::vector<OrganisationNode>> organisations(const Scope& scope, std::string_view search) = 0;
  /// People of an organisation of that kind below the scope's own, at most kMostTreeNodes. nullopt: it is not there.
  [[nodiscard]] virtual base::Result<std::optional<std::vector<AccountRow>>> accounts(const Scope& scope, std::string_view kind,
                                                                                      std::int64_t organisation) = 0;
  [[nodiscard]] virtual base::Result<std::optional<OrganisationStatistics>> statistics(const Scope& scope, std::string_view kind,
                                                                                       std::int64_t organisation, base::UtcMillis now) = 0;
  /// Nothing may be added to the organisation: it or one above it is disabled or not approved.
  [[nodiscard]] virtual base::Result<bool> closed(std::int64_t organisation) = 0;
  [[nodiscard]] virtual base::Result<Page<AuditRow>> audit(const Scope& scope, const AuditFilter& filter) = 0;
};

/// How much energy a balance buys at the total price, or at the flat price of a tou plan; floor to 1/10 000 kWh, also
/// below zero. A price of zero buys nothing countable: 0.
[[nodiscard]] base::Quantity worth(base::Money balance, const Prices& prices);

}  // namespace anju::platform
