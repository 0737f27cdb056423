#pragma once

// The inside of the ledger, shared by ledger*.cpp and by nobody else: ledger.cpp (load, look up, collect), ledger_stream.cpp (what
// gateways say), ledger_supply.cpp (what follows for relays and commands), ledger_orders*.cpp (what people ask).

#include "platform/domain/errc.hpp"
#include "platform/domain/ledger.hpp"

namespace anju::platform {

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
template <class T>
using ByText = std::unordered_map<std::string, T, TextHash, std::equal_to<>>;

struct Ledger::Impl {
  using MeterIndex = std::uint32_t;

  /// Line, dialect and address: on another line, or to another protocol, the same address is another device.
  using FoundKey = std::tuple<std::string, std::string, std::string>;
  static FoundKey key_of(const std::string& line, const wire::FoundDevice& device) { return {line, device.dialect, device.address}; }

  struct SiteState {
    Site site;
    std::array<Account, kAccountKinds> accounts;
    std::uint32_t dirty_accounts = 0;  ///< bit per kind
    ByText<MeterIndex> devices;  ///< of all its gateways: a device id is given once in a site
    std::map<std::int32_t, SiteDay> days;  ///< what was added since the last collect
    bool dirty = false;
  };

  struct GatewayState {
    Gateway row;
    Stream stream;
    std::unordered_map<std::string, std::int64_t> old_epochs;  ///< and how far they were taken
    std::vector<MeterIndex> meters;
    std::vector<Line> lines;
    SiteState* site = nullptr;
    std::map<FoundKey, Found> found;
    std::optional<Upgrade> upgrade;  ///< the newest order; nothing: there never was one
    std::int64_t said_archive = 0;  ///< it says that it holds this one, its stream then went to said_seq of said_epoch; below 0: up to its negative it holds another's (books from a backup)
    std::int64_t said_seq = 0;
    std::string said_epoch;
    base::UtcMillis word_at;       ///< `at` of the newest state message
    base::UtcMillis heard;         ///< when something came that cannot have been said before: a newer word, or a further event
    base::UtcMillis behind_since;  ///< it has said that it has more than we have, 0: it has not
    bool silent = false;           ///< called offline because nothing was heard
    bool dirty = false, stream_dirty = false, archive_due = false, changed = false, upgrade_dirty = false;
  };

  struct OpenCommand {
    Command command;
    MeterIndex meter = 0;
    bool dirty = true;
  };

  using AlarmKey = std::tuple<std::string, std::int64_t, std::int64_t, std::string, std::int64_t>;

  enum Dirty : std::uint8_t { kMetering = 1, kSupply = 2, kAccount = 4, kMoney = 8, kHabit = 16, kHours = 32 };

  Impl(Loaded loaded, Archive& store);

  // ledger.cpp
  MeterState* find_meter(std::int64_t id);
  GatewayState* find_gateway(std::int64_t id);
  /// Nothing for a device that is not this gateway's.
  const MeterIndex* find_device(const GatewayState& gateway, const base::DeviceId& device) const;
  GatewayState& gateway_of(const MeterState& meter) { return *gateways.at(static_cast<std::size_t>(gateway_index.at(meter.gateway))); }
  MeterIndex index_of(const MeterState& meter) const { return static_cast<MeterIndex>(&meter - meters.data()); }
  void touch(MeterState& meter, std::uint8_t what);
  Account& site_account(SiteState& site, AccountKind kind);
  SiteDay& site_day(SiteState& site, std::int32_t day);
  void add_meter(MeterState meter);
  SiteState& add_site(Site site);
  void collect(Batch& out, Effects& effects);

  // ledger_stream.cpp
  Taken take(GatewayState& gateway, std::string_view epoch, std::int64_t seq, std::size_t count, base::UtcMillis now,
             const std::function<void(std::size_t, Origin)>& apply);
  void take_gone(GatewayState& gateway, std::string_view epoch, std::int64_t from, std::int64_t next, base::UtcMillis now);
  bool begin_stream(GatewayState& gateway, std::string_view epoch, base::UtcMillis now);
  void apply(GatewayState& gateway, const wire::Event& event, Origin origin, base::UtcMillis now);
  void apply(GatewayState& gateway, const wire::ReadingsEvent& event, Origin origin, base::UtcMillis now);
  void apply(GatewayState& gateway, const wire::StatusEvent& event, Origin origin, base::UtcMillis now);
  void apply(GatewayState& gateway, const wire::CommandEvent& event, Origin origin, base::UtcMillis now);
  void apply(GatewayState& gateway, const wire::AlarmEvent& event, Origin origin, base::UtcMillis now);
  void apply(GatewayState& gateway, wire::FoundEvent event, Origin origin, base::UtcMillis now);
  void take_reading(GatewayState& gateway, const wire::Reading& reading, Origin origin, base::UtcMillis now);
  std::string_view count_reading(GatewayState& gateway, MeterState& meter, const wire::Reading& reading, StoredReading& row,
                                 base::UtcMillis now);
  void record_freeze(GatewayState& gateway, MeterState& meter, const wire::Reading& reading, base::UtcMillis now);
  void quarantine(GatewayState& gateway, Origin origin, std::string_view reason, std::string_view payload, base::UtcMillis now);

  struct Counted {
    Use use;
    Register next;
    Bill bill;
    Stretch newest_prices;
    bool stale = false;
  };
  base::Result<Counted> count(GatewayState& gateway, MeterState& meter, const Sample& sample, base::UtcMillis now);

  // ledger_registers.cpp
  void note_cleared(MeterState& meter, const Command& command, base::UtcMillis at, base::UtcMillis now);
  RegisterChange& add_change(MeterState& meter, RegisterChangeKind kind, const Sample& last, const Sample& next, base::UtcMillis now);

  // ledger_devices.cpp
  void save_device(MeterState& meter, DeviceChange device);
  void doubt_switch(MeterState& meter, base::UtcMillis now);

  // ledger_dispatch.cpp
  void save_dispatch(MeterState& meter, bool wanted);
  void note_archive(GatewayState& gateway);
  void forget_device(MeterState& meter, std::string_view why, base::UtcMillis now);

  // ledger_habit.cpp
  void watch_use(GatewayState& gateway, MeterState& meter, base::UtcMillis from, base::UtcMillis at, base::Quantity used, base::UtcMillis now);
  void end_day(MeterState& meter, base::UtcMillis now);
  void tell(const MeterState& meter, const char* code, bool holds, bool critical, const std::string& detail, base::UtcMillis now);

  // ledger_clock.cpp
  void follow_clock(base::UtcMillis now);

  // ledger_switching.cpp
  void tick_switching(base::UtcMillis now);
  void look_at_clock(MeterState& meter, base::UtcMillis now);
  void begin_switching(std::vector<SavedSchedule> saved_schedules, std::vector<SavedFee> saved_fees);

  // ledger_money.cpp
  void book_use(GatewayState& gateway, MeterState& meter, const Use& use, const Bill& priced, const Stretch& newest_prices, std::int64_t reading,
                base::UtcMillis at);
  StoredTransfer& book(MeterState& meter, TransferKind kind, std::int64_t debit, std::int64_t credit, base::Money amount,
                       base::UtcMillis at);

  /// The hours of the running day; nothing: it began when they were not kept yet.
  [[nodiscard]] static std::optional<std::string> hours_of_day(const MeterState& meter);

  // ledger_prices.cpp
  std::span<const Stretch> find_stretches(const MeterState& meter, base::UtcMillis until);
  void follow_prices(MeterState& meter, const Stretch& newest, base::UtcMillis now);
  void save_plan(MeterState& meter, std::int64_t plan);
  void follow_limits(MeterState& meter, base::UtcMillis now);
  [[nodiscard]] std::int64_t plan_at(const MeterState& meter, base::UtcMillis moment) const;
  void change_plan(MeterState& meter, std::int64_t plan, base::UtcMillis from, const std::string& who, base::UtcMillis now);
  void begin_plan_change(MeterPlan change, base::UtcMillis now);
  void tick_prices(base::UtcMillis now);
  void save(PricePlan& plan, base::UtcMillis now);

  // ledger_supply.cpp
  void settle(MeterState& meter, CommandCause close_cause, base::UtcMillis now);
  void drive(MeterState& meter, CommandCause cause, base::UtcMillis now);
  void cross(MeterState& meter, base::UtcMillis now);
  bool differs(const MeterState& meter) const;
  void note_relay(MeterState& meter, wire::Relay relay, base::UtcMillis at, base::UtcMillis now);
  void tell_opened(const MeterState& meter, base::UtcMillis now);
  void keep_power_again(MeterState& meter, base::UtcMillis now);
  OpenCommand& order(MeterState& meter, wire::CommandKind kind, CommandCause cause, std::string by, base::UtcMillis now);
  void supersede(MeterState& meter, base::UtcMillis now);
  void ended(OpenCommand& open, base::UtcMillis now);
  void escalate(OpenCommand& open, std::string_view state, std::string_view reason, base::UtcMillis now);
  void forget_unanswered(const MeterState& meter, const Command& command, base::UtcMillis now);
  void forget_awaited(const MeterState& meter, base::UtcMillis now);
  void raise(Owner owner, std::string code, bool critical, std::int64_t gateway, std::int64_t meter, std::string line,
             std::int64_t command, std::string detail, base::UtcMillis now);
  void clear(std::string_view code, std::int64_t gateway, std::int64_t meter, std::string_view line, std::int64_t command,
             base::UtcMillis now);
  void tick(base::UtcMillis now);
  bool hear_state(GatewayState& gateway, const wire::GatewayState& state, base::UtcMillis now);
  void hear_upgrade(GatewayState& gateway, const wire::UpgradeProgress& said, base::UtcMillis now);
  void compare_stream(GatewayState& gateway, const wire::GatewayState& state, base::UtcMillis now);
  void tick_silence(base::UtcMillis now);
  void note_connection(const GatewayState& gateway, std::int64_t meter, bool online, base::UtcMillis at);
  void go_offline(GatewayState& gateway, std::string why, base::UtcMillis now);

  // ledger_orders*.cpp
  Outcome decide(const Order& order, const RegisterMeter& what, base::UtcMillis now);
  Outcome decide(const Order& order, const CreateGateway& what, base::UtcMillis now);
  Outcome decide(const Order& order, const ChangeSettings& what, base::UtcMillis now);
  Outcome decide(const Order& order, const ChangePricePlan& what, base::UtcMillis now);
  Outcome decide(const Order& order, const PutPricePlan& what, base::UtcMillis now);
  Outcome decide(const Order& order, const Recharge& what, base::UtcMillis now);
  Outcome decide(const Order& order, const OpenAccount& what, base::UtcMillis now);
  Outcome decide(const Order& order, const Settle& what, base::UtcMillis now);
  Outcome decide(const Order& order, const AdjustBalance& what, base::UtcMillis now);
  base::Result<std::optional<StoredDocument>> find_document(std::int64_t organisation, const std::string& key);
  base::Result<Boundary> find_boundary(const MeterState& meter);
  std::int64_t move_money(MeterState& meter, AccountKind kind, base::Money amount, base::UtcMillis now);
  Outcome decide(const Order& order, const AcceptReading& what, base::UtcMillis now);
  Outcome decide(const Order& order, const OrderCommand& what, base::UtcMillis now);
  Outcome decide(const Order& order, const CancelCommand& what, base::UtcMillis now);
  Outcome decide(const Order& order, const RemoveMeter& what, base::UtcMillis now);
  Outcome decide(const Order& order, const DispatchMeter& what, base::UtcMillis now);
  Outcome decide(const Order& order, const WithdrawMeter& what, base::UtcMillis now);
  Outcome decide(const Order& order, const DismissFound& what, base::UtcMillis now);
  Outcome decide(const Order& order, const OrderUpgrade& what, base::UtcMillis now);
  Outcome decide(const Order& order, const WithdrawUpgrade& what, base::UtcMillis now);
  Outcome decide(const Order& order, const ChangeDevice& what, base::UtcMillis now);
  Outcome decide(const Order& order, const ChangeRegister& what, base::UtcMillis now);
  Outcome decide(const Order& order, const ChangeSchedule& what, base::UtcMillis now);
  Outcome decide(const Order& order, const ChangeAnnualFee& what, base::UtcMillis now);
  Outcome decide(const Order& order, const PayAnnualFee& what, base::UtcMillis now);
  Outcome decide(const Order& order, const ClearAlarm& what, base::UtcMillis now);
  Outcome decide(const Order& order, const CreateSite& what, base::UtcMillis now);
  Outcome decide(const Order& order, const ChangeSite& what, base::UtcMillis now);
  Outcome decide(const Order& order, const EnableSite& what, base::UtcMillis now);
  Outcome decide(const Order& order, const RemoveSite& what, base::UtcMillis now);
  Outcome decide(const Order& order, const TellRetention& what, base::UtcMillis now);
  SiteState* find_site(const Scope& scope, std::int64_t id);
  [[nodiscard]] base::Result<> check_name(std::int64_t organisation, std::int64_t but, const std::string& name) const;
  [[nodiscard]] bool has_gateways(const SiteState& site) const;
  /// By its code; null: there is none in the scope.
  GatewayState* find_gateway(const Scope& scope, std::string_view code);
  MeterState* find_meter(const Scope& scope, std::int64_t id);
  PricePlan* find_plan(std::int64_t organisation, std::int64_t site, std::int64_t id);
  [[nodiscard]] base::Result<> check_plan(std::int64_t organisation, std::int64_t site, std::int64_t id, wire::MeterKind kind);
  std::int32_t share_profile(const wire::MeterProfile& profile);

  Archive& archive;
  Newest newest;
  std::map<std::int32_t, SiteState> sites;
  std::vector<std::unique_ptr<GatewayState>> gateways;
  std::unordered_map<std::int64_t, std::size_t> gateway_index;
  ByText<std::size_t> gateway_by_code;
  std::vector<MeterState> meters;  ///< in the order of their ids
  std::vector<std::uint8_t> dirty;
  std::vector<MeterIndex> dirty_meters;
  std::vector<wire::MeterProfile> profiles;
  std::unordered_map<std::int64_t, PricePlan> plans;
  std::set<std::pair<base::UtcMillis, std::int64_t>> plans_due;  ///< when a version of a plan begins
  std::unordered_map<MeterIndex, std::vector<MeterPlan>> plan_changes;  ///< from after the last register on; rising in id and moment
  std::set<std::pair<base::UtcMillis, MeterIndex>> plan_changes_due;
  std::unordered_map<MeterIndex, SwitchSchedule> schedules;  ///< of the few that have one
  std::unordered_map<MeterIndex, AnnualFee> fees;
  std::unordered_map<MeterIndex, Night> nights;  ///< of water meters
  std::set<std::pair<base::UtcMillis, MeterIndex>> switching_due;  ///< when the clock may change what is wanted
  std::vector<Stretch> stretches;  ///< scratch of find_stretches
  std::map<std::int64_t, OpenCommand> commands;  ///< not ended, or ended since the last collect; by id, so the oldest goes first
  std::set<std::int64_t> dirty_commands;
  std::map<AlarmKey, Alarm> alarms;  ///< active ones
  std::map<MeterIndex, base::UtcMillis> watch;  ///< relay is not as wanted and nothing is under way: looked at again then
  base::UtcMillis farthest;  ///< that the clock has been at in a tick
  ByText<std::size_t> fresh_recharges;          ///< "<organisation>/<key>" -> place in batch.recharges
  Batch batch;
  Effects effects;
};

/// Days since 1970-01-01 of the site's calendar.
inline std::int32_t day_of(base::UtcMillis at, std::int32_t utc_offset_minutes) {
  const std::int64_t local = at.value + static_cast<std::int64_t>(utc_offset_minutes) * 60'000;
  constexpr std::int64_t kDay = 86'400'000;
  return static_cast<std::int32_t>(local >= 0 ? local / kDay : (local - kDay + 1) / kDay);
}

}  // namespace anju::platform
