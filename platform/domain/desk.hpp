#pragma once

// The counter where people's orders are handed in. REST turns a request into an Order and submits it; the ledger thread decides,
// commits, and only then calls back. Implemented by platform/ingest.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "platform/domain/account.hpp"
#include "platform/domain/audit.hpp"
#include "platform/domain/command.hpp"
#include "platform/domain/errc.hpp"
#include "platform/domain/household.hpp"
#include "platform/domain/scope.hpp"
#include "platform/domain/site.hpp"
#include "platform/domain/supply.hpp"
#include "platform/domain/switching.hpp"
#include "platform/domain/tariff.hpp"
#include "protocols/base/id.hpp"
#include "protocols/base/money.hpp"
#include "protocols/base/result.hpp"
#include "protocols/base/time.hpp"
#include "protocols/wire/down.hpp"
#include "protocols/wire/upgrade.hpp"

namespace anju::platform {

struct StartReading {
  base::Quantity total;
  std::optional<std::array<base::Quantity, 4>> tariffs;
};

/// con-meter-register: the fee is counted from this reading on. Outcome: Created (meter id).
/// Errors: not_found (gateway, line, price_plan), disabled (site), conflict (device; address: of another device on the line), bad_field (also as of
/// check_device and check_on_line), too_many (meters of a gateway).
struct RegisterMeter {
  std::string gateway, line, device;
  std::string name, room, address;  ///< address: as of wire::ArchiveDevice
  std::optional<std::int64_t> baud;
  wire::MeterProfile profile;
  std::int64_t price_plan = 0;
  SupplySettings settings;
  StartReading start;
  wire::MeterKind kind = wire::MeterKind::electricity;
  bool valve = true;  ///< false: it cannot cut off
  bool dispatch = true;  ///< false: prepared only, the gateway is not told yet
};

/// 下发: into the archive of its gateway; also once more, where the gateway refused it. Outcome: Done.
/// Errors: not_found (meter), disabled (site), conflict (dispatch: it was sent).
struct DispatchMeter {
  std::int64_t meter = 0;
};

/// 取消: out of the archive. The meter stays as it is in the books; it is not read, and nothing is ordered of it, until it is dispatched again. What is
/// on its way to it is cancelled. Outcome: Done.
/// Errors: not_found (meter), conflict (dispatch: it was not sent), has_history (switch: cut off by us, nobody would close it), needs_confirmation
/// (opening: a household has its account, and what it uses is not billed meanwhile).
struct WithdrawMeter {
  std::int64_t meter = 0;
  bool confirmed = false;
};

/// What a scan found is not shown any more, or again. Outcome: Done. Error: not_found (gateway, found).
struct DismissFound {
  std::string gateway;
  std::int64_t found = 0;
  bool dismissed = true;
};

/// The key file is the caller's business and must be in place before. Outcome: Created (gateway row id).
/// Errors: not_found (site), disabled (site), conflict (id), bad_field.
struct CreateGateway {
  std::string site, id, name;
  std::int64_t reading_minutes = 15;
  std::vector<wire::ArchiveLine> lines;
};

/// 固件升级: the gateway is to run this release from now on; whether it fits was looked at before. A repeat of the order's id changes nothing. Outcome: Done.
/// Errors: not_found (gateway), bad_field (order, release), conflict (upgrade: another order is under way), key_reused (order).
struct OrderUpgrade {
  std::string gateway;
  std::int64_t release = 0;  ///< row id
  wire::ReleaseOrder wanted;
};

/// The archive names no release any more. Outcome: Done. Errors: not_found (gateway; upgrade: none is wanted), conflict (step: on trial, since less than
/// kTrialForgotten).
struct WithdrawUpgrade {
  std::string gateway;
};

/// Which of the three that nobody is shown stay as they are.
struct KeptSecrets {
  bool access_level = true, password = true, operator_code = true;
};

/// 通信参数: how the same device is spoken to was wrong. Its address, what it counts and the chain of its registers stay; another device is a
/// ChangeRegister. The gateway is told when anything is different. Outcome: Done.
/// Errors: not_found (meter, line), conflict (address: another device stands there by now; line: another meter of this address hangs there), bad_field
/// as of check_device and check_on_line, where profile.dialect is also refused when the address is none of it.
struct ChangeDevice {
  std::int64_t meter = 0;
  std::string address;  ///< of the device that is meant
  std::string line = {};  ///< of its gateway; empty: stays
  std::optional<std::int64_t> baud = {};  ///< absent: the line's, or the model's
  wire::MeterProfile profile = {};
  KeptSecrets kept = {};  ///< whatever the profile says of them
};

/// 设备参数. Outcome: Done. Errors: not_found (meter), bad_field.
struct ChangeSettings {
  std::int64_t meter = 0;
  std::string name;
  std::optional<std::string> room;  ///< absent: stays
  SupplySettings settings;
};

/// 单价; holds from a moment on, and replaces every change that was to come from then on. Outcome: Done.
/// Errors: not_found (meter, price_plan), bad_field (from), too_many (changes to come).
struct ChangePricePlan {
  std::int64_t meter = 0;
  std::int64_t price_plan = 0;
  std::optional<base::UtcMillis> from = {};  ///< absent: now. Not before now, at most kFarthestChange ahead
};
inline constexpr base::Millis kFarthestChange = base::hours(24 * 366 * 2);
inline constexpr std::size_t kPlanChangesPerMeter = 100;

/// plan 0 adds one. Outcome: Created (plan id). Errors: not_found (price_plan), conflict (name), bad_field, beyond_rights (price_plan:
/// it holds for all sites, and the scope reaches only some), too_many (versions).
struct PutPricePlan {
  std::int64_t plan = 0;
  std::string name;
  Prices prices;
  std::optional<base::UtcMillis> from = {};  ///< as of ChangePricePlan; a new plan begins at once
  Utility utility = Utility::electricity;    ///< of a new plan
};

/// Orders about a household's money may name the household: the id of its opening, 0 when nobody has the account. Whoever looked at A must not move B's
/// money, also when both stand at the same figures.
using SeenOpening = std::optional<std::int64_t>;

/// 充值. Outcome: Recharged; a repeat of the key gives `exists` with the first result.
/// Errors: not_found (meter), bad_field (amount: above 0, at most kGreatestRecharge), conflict (opening: somebody else has the account by now), key_reused.
struct Recharge {
  std::string key;
  std::int64_t meter = 0;
  base::Money amount;
  PayMethod method = PayMethod::cash;
  std::string note;
  SeenOpening opening = {};
};
inline constexpr base::Money kGreatestRecharge{1'000'000'000'000};  ///< a million yuan

/// 开户: somebody has the account from now on, by these settings and prices; the registers of now are where his energy begins, and the steps of the
/// prices begin anew with him. A change of plan that was to come was made for who was there before, and is void. Outcome: Booked (opening). Errors: not_found (meter, price_plan), bad_field, conflict (opening: somebody has it; balance: it is not zero),
/// key_reused.
struct OpenAccount {
  std::string key;
  std::int64_t meter = 0;
  Household household;
  std::int64_t price_plan = 0;
  SupplySettings settings;
};

/// 结算, with close 销户: the balance is paid back or collected and is zero afterwards. register_at and balance: what the clerk saw; when
/// something newer has come nothing is booked. Outcome: Booked (settlement).
/// Errors: not_found (meter), bad_field, conflict (reading, balance; opening: nobody has it, or somebody else by now), key_reused.
struct Settle {
  std::string key;
  std::int64_t meter = 0;
  base::UtcMillis register_at;
  base::Money balance;
  PayMethod method = PayMethod::cash;
  bool close = false;
  std::string note;
  SeenOpening opening = {};
};

/// 退补: money that is given (above zero) or taken for a reason. balance: what the clerk saw. Outcome: Booked (adjustment).
/// Errors: not_found (meter), bad_field (amount, note), conflict (balance, opening), key_reused.
struct AdjustBalance {
  std::string key;
  std::int64_t meter = 0;
  base::Money amount, balance;
  std::string note;
  SeenOpening opening = {};
};

/// A refused reading that is right after all (a replaced or cleared register, a jump that was real): the meter counts on from its
/// registers, and `billed` of the step is deducted at the price in force (flat under tou). register_at: of the register that the step was reckoned
/// from; when another one has counted since, what lies between the two is billed already. Outcome: Done.
/// Errors: not_found (meter, reading), conflict (reading: not refused, or a newer one has counted already; register_at), bad_field (billed).
struct AcceptReading {
  std::int64_t meter = 0;
  std::int64_t reading = 0;
  base::UtcMillis register_at;
  base::Quantity billed;
  std::string note;
};

/// 抄表录入, 换表: the register was read by a person, and with `replace` another meter goes on at `start`. What lies between the newest register and
/// `last` is billed as a reading would be. Outcome: Booked (register change).
/// Errors: not_found (meter), bad_field (last, start, at; address, profile, baud: as of check_device), conflict (address; at: a newer register has counted), key_reused, and why a
/// reading would be refused: backward, impossible_jump, tariffs_exceed_total, in_the_future.
struct ChangeRegister {
  std::string key;
  std::int64_t meter = 0;
  StartReading last;
  std::optional<base::UtcMillis> at = {};     ///< when it was read; absent: now
  std::optional<StartReading> start = {};     ///< of the new meter
  std::optional<std::string> address = {};    ///< of the new meter; absent: the same
  std::optional<wire::MeterProfile> profile = {};  ///< how the new meter is spoken to; absent: as the old one, its baud included
  std::optional<std::int64_t> baud = {};           ///< with profile
  std::string note;
};

/// 定时断电. Empty: none. Outcome: Done. Errors: not_found (meter), no_valve, bad_field (schedule…).
struct ChangeSchedule {
  std::int64_t meter = 0;
  SwitchSchedule schedule;
};

/// 年费: what it costs and through when it is paid; nothing: no fee. Outcome: Done. Errors: not_found (meter), no_valve, bad_field (yuan).
struct ChangeAnnualFee {
  std::int64_t meter = 0;
  std::optional<AnnualFee> fee;
};

/// Paid for some years: from the day it ran out, or from today when it ran out more than a year ago. Outcome: Booked (fee payment).
/// Errors: not_found (meter), bad_field (years), conflict (annual_fee: the meter has none; yearly, paid_until: not any more what was seen, as when the fee
/// was changed or another desk took the same year), key_reused.
struct PayAnnualFee {
  std::string key;
  std::int64_t meter = 0;
  AnnualFee seen;  ///< the fee as it stood before whoever took the money
  std::int64_t years = 1;
  PayMethod method = PayMethod::cash;
  std::string note;
};

enum class Ask : std::uint8_t {
  trip, release, keep_power_on, keep_power_off, read, set_clock, live, clear,
  temperature_valve_open, temperature_valve_close, automatic_on, automatic_off
};
inline constexpr int kAskCount = 12;
[[nodiscard]] std::string_view to_string(Ask ask);

/// 强制拉闸, 解除拉闸, 抄表, 保电 … Outcome: Ordered (a repeat of the code gives the first command).
/// A release of a meter that is in arrears answers a command that ended as `cancelled` with reason in_arrears: it stays cut.
/// Errors: not_found (meter), keep_power_on (trip under keep-power), bad_field (seconds, target_c), key_reused, no_valve, not_for_kind,
/// not_dispatched (meter).
struct OrderCommand {
  std::string code;  ///< made by who asks
  std::int64_t meter = 0;
  Ask ask = Ask::read;
  std::string note;
  std::int64_t seconds = 0;  ///< live only, 1..600
  std::int64_t target_dc = 0;  ///< automatic_on only: wire::kLeastTarget..kMostTarget
};

/// What the order had changed is as it was before. Outcome: Ordered. Errors: not_found (command), not_cancellable.
struct CancelCommand {
  std::string code;
};

/// Takes a meter away. One that was registered by mistake goes with its commands; one with a history keeps its books, and only stands for
/// nothing any more. Outcome: Done. Errors: not_found (meter), has_history (switch: cut off by us; opening: somebody has its account; balance).
struct RemoveMeter {
  std::int64_t meter = 0;
};

/// A person has looked into an alarm that nothing takes back by itself. Outcome: Done.
/// Errors: not_found (no such active alarm), not_clearable (alarm), bad_field (note).
struct ClearAlarm {
  std::int64_t alarm = 0;
  std::string note;
};

/// What came of a night's work on old readings (domain/retention.hpp): an alarm while it is stopped, none any more when it is not. Of the platform
/// itself. Outcome: Done.
struct TellRetention {
  std::string wrong;       ///< in words with ids; empty: nothing is
  std::int64_t meter = 0;  ///< whose books, 0: nobody's
};

/// ten-community-create. Outcome: Created (site id). Errors: conflict (code: taken, over all organisations; name: within this one),
/// bad_field, too_many (communities).
struct CreateSite {
  std::string code;
  SiteCard card;
};

/// Outcome: Done. Errors: not_found (site), conflict (empty: changed meanwhile; name), bad_field, in_use (gateways: the offset from UTC
/// stays as soon as one is there, because days that are closed would be counted again).
struct ChangeSite {
  std::int64_t site = 0;
  std::int64_t version = 0;  ///< that was seen
  SiteCard card;
};

/// Disabled: no new gateways, meters or rows of the office below it; readings, money and commands go on. Outcome: Done.
/// Errors: not_found (site).
struct EnableSite {
  std::int64_t site = 0;
  bool enabled = true;
};

/// Outcome: Done. Errors: not_found (site), in_use (what refers to it).
struct RemoveSite {
  std::int64_t site = 0;
};

struct Order {
  Scope scope;  ///< from the session, never from a request; what lies outside is not_found
  std::string who;
  base::UtcMillis at;
  std::variant<RegisterMeter, CreateGateway, ChangeSettings, ChangePricePlan, PutPricePlan, Recharge, OpenAccount, Settle, AdjustBalance, AcceptReading, OrderCommand,
               CancelCommand, RemoveMeter, DispatchMeter, WithdrawMeter, DismissFound, OrderUpgrade, WithdrawUpgrade, ChangeDevice, ChangeRegister, ChangeSchedule, ChangeAnnualFee, PayAnnualFee, ClearAlarm, CreateSite, ChangeSite, EnableSite, RemoveSite,
               TellRetention>
      what;
  /// Stored with the effect in one transaction, result "ok"; of a refused order nothing is stored. Absent: no row.
  std::optional<AuditEntry> audit = {};
};

struct Done {};
struct Created {
  std::int64_t id = 0;
};
struct Recharged {
  bool created = true;  ///< false: exists
  std::int64_t transfer = 0;
  base::UtcMillis at;
  base::Money amount;
  base::Money balance;        ///< of the account now
  base::Money balance_after;  ///< of the account right after this recharge
  bool reconnecting = false;  ///< a close command is on its way
};
struct Booked {
  bool created = true;  ///< false: exists
  std::int64_t id = 0;
  base::Money balance;  ///< of the account now
};
struct Ordered {
  std::int64_t id = 0;
  std::string code;
  CommandState state = CommandState::queued;
  std::string reason;  ///< in_arrears: a release that leaves the meter cut
};
using Answer = std::variant<Done, Created, Recharged, Booked, Ordered>;
using Outcome = base::Result<Answer>;

/// Thread-safe.
class OrderDesk {
 public:
  virtual ~OrderDesk() = default;
  /// answer is called exactly once: on the ledger thread after the commit, or at once, on the caller's thread, with busy or
  /// stopping. It must not block.
  virtual void submit(Order order, std::function<void(Outcome)> answer) = 0;
  [[nodiscard]] virtual std::int64_t waiting() const = 0;  ///< entries in the queue
};

}  // namespace anju::platform
