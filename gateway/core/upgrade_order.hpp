#pragma once

// A release that the office orders (wire::ReleaseOrder in the archive), from the first word of it to its end: when it is fetched, when that is given up,
// and what is told. It touches no file, no network and no clock; the launcher decides about what was fetched (gateway/core/upgrade.hpp), and its word
// counts. An order is dealt with once: what came of it is kept, so neither a restart nor an archive that comes again begins it anew.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/core/upgrade.hpp"
#include "protocols/base/time.hpp"
#include "protocols/wire/upgrade.hpp"

namespace anju::gateway {

/// What is durable: the newest order and how far it is.
struct OrderRecord {
  std::string order;
  wire::Version version;
  wire::UpgradeStep step = wire::UpgradeStep::waiting;
  std::string reason = {};    ///< as UpgradeProgress::reason
  std::int64_t bytes = 0;     ///< of the file that are there
  std::int64_t received = 0;  ///< bytes that came over the network for it, those that were thrown away, too
  std::int64_t spent_s = 0;   ///< for which it waited or was fetched, while the gateway ran
  bool operator==(const OrderRecord&) const = default;
};
/// One line of words. Anything else is nothing.
[[nodiscard]] std::string encode(const OrderRecord& record);
[[nodiscard]] std::optional<OrderRecord> decode_order_record(std::string_view text);

// Reasons, beside those of wire::ReleaseErrc, the launcher and what fetches.
inline constexpr std::string_view kNoLauncher = "no_launcher";      ///< refused: nothing here could try another version
inline constexpr std::string_view kTrialRunning = "trial_running";  ///< waits: another order's version is on trial
inline constexpr std::string_view kTooSlow = "too_slow";            ///< failed: it came, but not within kMostTrying
inline constexpr std::string_view kDataLimit = "data_limit";        ///< failed: kMostTimesSize times the file were received, and it is not there
inline constexpr std::string_view kOfferLost = "offer_lost";        ///< failed: it was handed to the launcher, which knows nothing of it
inline constexpr std::string_view kResumedWrong = "resumed_wrong";  ///< waits: pieces of several processes made no right file; it comes once more, whole
/// Of a download that failed with this code. resumed: it went on behind what another process had left, and the joint may be what is wrong.
[[nodiscard]] std::string_view reason_of_fetch(std::string_view code, bool resumed);

inline constexpr base::Millis kMostTrying = base::hours(24);        ///< of a gateway that runs; a box that is off at night has longer
inline constexpr std::int64_t kMostTimesSize = 4;                   ///< mobile data is paid for
inline constexpr base::Millis kFirstPause = base::seconds(30);      ///< after a try that brought nothing; it doubles up to the longest
inline constexpr base::Millis kLongestPause = base::minutes(30);
inline constexpr base::Millis kTellProgress = base::seconds(10);    ///< between two words about the same step
inline constexpr base::Millis kHeardAfter = base::seconds(5);      ///< an end is told so long before the next order takes its place
inline constexpr base::Millis kOfferGrace = base::seconds(30);      ///< in which the launcher has to know of an offer that is gone
/// What a power cut may make forgotten of the two accounts.
inline constexpr std::int64_t kKeepEvery_bytes = 4 * 1024 * 1024, kKeepEvery_s = 600;

/// How what fetches has ended: it made the offer, or why not.
struct FetchEnd {
  std::string reason;  ///< a code; empty: the file is whole, right and offered
};

/// How things stand at one look; looks are a second apart.
struct OrderFacts {
  bool launcher = false;          ///< one started this program
  std::string blocked = {};       ///< what the launcher could not judge when it started this program: a code; empty: nothing
  bool archive = false;           ///< there is one; without one nobody knows what is wanted
  std::optional<wire::ReleaseOrder> wanted;
  wire::Version running;          ///< of this program
  bool offered = false;           ///< the offer of order() lies there. Looked at before `state` is read: the launcher writes before it removes
  UpgradeState state;             ///< what the launcher has written last
  std::int64_t have = 0;          ///< bytes of the download
  std::optional<FetchEnd> ended;  ///< since the look before; of a fetch that was stopped nothing
};

/// What to do, in this order.
struct OrderActions {
  bool stop_fetch = false;  ///< at once; it has ended when this was done
  bool forget_download = false;
  std::string forget_offer;                 ///< an order; empty: none
  bool keep = false;                        ///< record() durably, or that there is none; once that is done: kept()
  std::optional<wire::ReleaseOrder> fetch;  ///< in the background
  bool tell = false;                        ///< progress() is another one
};

class UpgradeOrders {
 public:
  /// kept: what was durable at the end of the process before.
  explicit UpgradeOrders(std::optional<OrderRecord> kept);

  /// now: of a clock that is never set.
  [[nodiscard]] OrderActions look(const OrderFacts& facts, base::UtcMillis now);
  void kept() { durable_ = record_; }

  [[nodiscard]] const std::optional<OrderRecord>& record() const { return record_; }
  /// Whose offer the facts ask for; empty: nobody's.
  [[nodiscard]] std::string order() const { return record_ ? record_->order : std::string(); }
  /// For the state; `at` is left to the shell. Nothing: there was no order.
  [[nodiscard]] std::optional<wire::UpgradeProgress> progress() const;

 private:
  void spend(const OrderFacts& facts, base::UtcMillis now);
  void take_end(const OrderFacts& facts, base::UtcMillis now, OrderActions& out);
  void follow_launcher(const OrderFacts& facts, bool offered, base::UtcMillis now);
  void compare(const OrderFacts& facts, base::UtcMillis now, OrderActions& out);
  void begin(const wire::ReleaseOrder& wanted);
  void fetch(const OrderFacts& facts, base::UtcMillis now, OrderActions& out);
  void limit(base::UtcMillis now, OrderActions& out);
  void set(wire::UpgradeStep step, std::string_view reason);
  void end_fetch(OrderActions& out);
  void stop_and_wait(OrderActions& out, base::UtcMillis now);
  [[nodiscard]] bool is_fetched() const;  ///< its file is being fetched, or waits to be
  [[nodiscard]] bool must_keep() const;

  std::optional<OrderRecord> record_, durable_;
  bool fetching_ = false;
  bool withdrawn_ = false;   ///< of an order that the launcher may have taken already
  std::string given_up_;     ///< why, of such an order that is wanted still; empty: it is not given up
  std::int64_t had_ = 0;     ///< bytes at the look before
  std::int64_t size_ = 0;    ///< of the file; 0: not known yet
  int idle_tries_ = 0;       ///< fetches in a row that brought nothing
  bool progressed_ = false;  ///< this one brought something
  std::string trouble_;      ///< why the last one ended; empty: none has, or it went on
  std::optional<base::UtcMillis> looked_, next_try_, gone_since_, told_at_;
  std::optional<OrderRecord> told_;
};

}  // namespace anju::gateway
