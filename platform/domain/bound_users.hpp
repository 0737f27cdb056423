#pragma once

// 已绑定用户: residents who bound themselves to a meter by a code that the staff shared with them. A port: the store implements it. Three
// sides use it: the staff at a meter, anybody who holds a code, and a bound user about his own meters. What he sees begins with his household
// and ends with it; nothing here knows a code or a cookie, only their hashes.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/domain/audit.hpp"
#include "platform/domain/message.hpp"
#include "platform/domain/queries.hpp"
#include "platform/domain/scope.hpp"
#include "platform/domain/tariff.hpp"
#include "protocols/base/money.hpp"
#include "protocols/base/result.hpp"
#include "protocols/base/time.hpp"

namespace anju::platform {

// Limits; what they refuse says limit_reached.
inline constexpr std::int64_t kMostShareDays = 30, kUsualShareDays = 7;
inline constexpr std::int64_t kMostShareUses = 20, kUsualShareUses = 4;
inline constexpr std::int64_t kMostOpenShares = 10;   ///< of a meter
inline constexpr std::int64_t kMostBoundUsers = 30;   ///< of a meter at a time
inline constexpr std::int64_t kMostOwnMeters = 20;    ///< of a bound user at a time
inline constexpr std::int64_t kMostBoundRows = 100;   ///< of a list; what still holds, then the others, each newest first
inline constexpr base::Millis kBoundIdle = base::hours(90 * 24);       ///< a phone that did not ask for so long has to scan anew
inline constexpr base::Millis kBoundAbsolute = base::hours(365 * 24);  ///< and so has every phone
inline constexpr std::int64_t kDaysShown = 31, kMonthsShown = 24;
inline constexpr std::int64_t kMostOwnRows = 50;  ///< of a page of records or messages

// The staff's side

enum class ShareState { open, expired, used_up, revoked, settled, opened, removed };
inline constexpr std::array<std::string_view, 7> kShareStates{"open", "expired", "used_up", "revoked", "settled", "opened", "removed"};
[[nodiscard]] constexpr std::string_view to_string(ShareState state) { return kShareStates[static_cast<std::size_t>(state)]; }

struct ShareRow {
  std::int64_t id = 0;
  std::string by;
  base::UtcMillis created, expires;
  std::int64_t uses = 0, used = 0;
  ShareState state = ShareState::open;
};
struct NewShare {
  std::string token_hash;
  std::int64_t days = kUsualShareDays, uses = kUsualShareUses;
};
struct BoundUserRow {
  std::int64_t id = 0;  ///< of the binding
  std::string name, mobile;
  bool sms = false;
  std::int64_t share = 0;
  base::UtcMillis since;
  std::optional<base::UtcMillis> until;
  std::string ended;  ///< empty, left, unbound, settled, opened, removed
};
struct BoundUserList {
  std::vector<BoundUserRow> bound;  ///< those of today, then those of before
  std::vector<ShareRow> shares;     ///< open ones, then the others
};

// The bound user's side

struct BoundUser {
  std::int64_t id = 0;
  std::string name, mobile;
  Tongue language = Tongue::zh;
  bool sms = false;  ///< wants the messages of his meters by SMS
};
struct BoundSession {
  std::string token_hash, csrf_token;
  base::UtcMillis created, seen;
  BoundUser user;
};

/// What a code says to whoever holds it.
struct SharedMeter {
  std::string site, kind, address;
};

/// session: whose; its user is used, or made of `user` when there is none (id 0).
struct NewBinding {
  std::string share_hash;
  BoundUser user;
  std::string session_hash, csrf_token;  ///< of a new session
};
struct BoundNow {
  std::int64_t binding = 0;
  BoundUser user;
  bool created = false;  ///< false: he had the meter already, and no use was taken
};

struct OwnMeterRow {
  std::int64_t binding = 0;
  std::string site, kind, name, room, address;
  std::string mode;           ///< prepaid, reading
  base::Money balance;
  std::string account_state;  ///< normal, low_1, low_2, arrears
  std::string wanted, wanted_reason, reported;
  bool reachable = false, valve = true;
  base::UtcMillis since;
};
struct OwnMeter {
  OwnMeterRow row;
  base::UtcMillis from;  ///< nothing older is shown
  base::Money alarm_1, alarm_2, overdraft;
  bool auto_trip = true;
  std::optional<base::UtcMillis> reported_at, read_at;
  base::Quantity total;  ///< register, when read_at is there
  Prices prices;
  int utc_offset_minutes = 480;
  std::string organisation, site_address, site_phone;  ///< where to recharge
};
struct OwnUse {
  base::UtcMillis at;  ///< start of the day or month
  base::Quantity used;
  base::Money money;
};
/// Oldest first; days and months that the household did not have wholly are left out, the running ones are in.
struct OwnUses {
  std::vector<OwnUse> days, months;
  base::UtcMillis from;  ///< of the first day that may be shown
};
struct OwnRecord {
  base::UtcMillis at;
  std::string kind;    ///< recharge, adjustment, settlement, fee
  std::string method;  ///< empty: none
  base::Money amount;  ///< below zero: taken from the account
};
struct OwnMessage {
  base::UtcMillis at;
  MessageKind kind = MessageKind::test;
  MessageValues values;
};

/// Nothing (nullopt): it is not there for who asks. Any thread. Changes write their audit row, with the meter's organisation, in the same
/// transaction; what changes nothing writes none. Error: store_failed, and what each says.
class BoundDesk {
 public:
  virtual ~BoundDesk() = default;

  [[nodiscard]] virtual base::Result<std::optional<BoundUserList>> of_meter(const Scope& scope, std::int64_t meter, base::UtcMillis now) = 0;
  /// Its id. Error: not_found (meter); too_many (shares).
  [[nodiscard]] virtual base::Result<std::int64_t> share(const Scope& scope, std::int64_t meter, const NewShare& share, const AuditEntry& audit) = 0;
  /// Error: not_found (share): also one that has ended.
  [[nodiscard]] virtual base::Result<> revoke(const Scope& scope, std::int64_t meter, std::int64_t share, const AuditEntry& audit) = 0;
  /// Revokes the code he came by, too, where it is still open. Error: not_found (binding): also one that has ended.
  [[nodiscard]] virtual base::Result<> unbind(const Scope& scope, std::int64_t meter, std::int64_t binding, const AuditEntry& audit) = 0;

  /// Nothing: unknown, expired, revoked or used up; never says which.
  [[nodiscard]] virtual base::Result<std::optional<SharedMeter>> look(const std::string& share_hash, base::UtcMillis now) = 0;
  /// Error: not_found (code) as above; too_many (users), (meters).
  [[nodiscard]] virtual base::Result<BoundNow> bind(const NewBinding& binding, const AuditEntry& audit) = 0;

  /// Nothing: there is none, or it has ended at `now`.
  [[nodiscard]] virtual base::Result<std::optional<BoundSession>> session(const std::string& token_hash, base::UtcMillis now) = 0;
  [[nodiscard]] virtual base::Result<> touch(const std::string& token_hash, base::UtcMillis now) = 0;
  /// With his last session his SMS end, because nobody but the staff could stop them any more; when one expires they go on, as people rely
  /// on them. Rows of the audit log as below.
  [[nodiscard]] virtual base::Result<> end_session(const std::string& token_hash, const AuditEntry& audit) = 0;
  /// Name, language and sms. A row of the audit log in each organisation in which he has a meter.
  [[nodiscard]] virtual base::Result<> change_user(const BoundUser& user, const AuditEntry& audit) = 0;

  [[nodiscard]] virtual base::Result<std::vector<OwnMeterRow>> own_meters(std::int64_t user) = 0;
  [[nodiscard]] virtual base::Result<std::optional<OwnMeter>> own_meter(std::int64_t user, std::int64_t binding) = 0;
  [[nodiscard]] virtual base::Result<std::optional<OwnUses>> own_use(std::int64_t user, std::int64_t binding, base::UtcMillis now) = 0;
  /// Newest first, at most kMostOwnRows.
  [[nodiscard]] virtual base::Result<std::optional<std::vector<OwnRecord>>> own_records(std::int64_t user, std::int64_t binding) = 0;
  [[nodiscard]] virtual base::Result<std::optional<std::vector<OwnMessage>>> own_messages(std::int64_t user, std::int64_t binding) = 0;
  /// Error: not_found (binding).
  [[nodiscard]] virtual base::Result<> leave(std::int64_t user, std::int64_t binding, const AuditEntry& audit) = 0;

  /// Throws sessions away that have ended.
  [[nodiscard]] virtual base::Result<> sweep(base::UtcMillis now) = 0;
};

/// What a balance is still worth in kWh or m3, or why that cannot be said.
struct Worth {
  std::optional<base::Quantity> quantity;
  std::string_view why;  ///< empty, or: nothing_left, free, tariffs (the price depends on the hour or on the meter's four registers), steps
};
[[nodiscard]] Worth worth_for_user(base::Money balance, const Prices& prices);
/// The price at this minute of the site's day (0..1439), where one number says it: not with steps, nor where the meter's registers split.
[[nodiscard]] std::optional<base::Price> price_at(const Prices& prices, int minute);

/// A quarter of its characters in front and a third behind, stars between: 000*****0001. Of fewer than six only the last.
[[nodiscard]] std::string masked_address(std::string_view address);

}  // namespace anju::platform
