#pragma once

// Messages to people as they are stored, and how they leave. Three ports: what the platform's own threads do with them (MessageStore), what
// people do with them (MessageDesk), and who carries them out of the house (MessageProvider). platform/store implements the first two,
// platform/messages the third.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/domain/audit.hpp"
#include "platform/domain/message.hpp"
#include "platform/domain/queries.hpp"
#include "platform/domain/scope.hpp"
#include "protocols/base/result.hpp"

namespace anju::platform {

// What leaves the house

/// key: the receiving side knows a repeat by it; it stays the same after a crash, and is new when a person sends again.
struct Outgoing {
  std::int64_t id = 0, organisation = 0;
  std::string key;
  Channel channel = Channel::sms;
  std::string address, name;
  Tongue language = Tongue::zh;
  MessageKind kind = MessageKind::test;
  MessageValues values;
  std::int64_t count = 1;
  int attempts = 0;  ///< with the one that begins
};

/// How an attempt ended. reason: a short code without anybody's data, such as http_422, timeout, smtp_550.
struct Carried {
  enum class End { accepted, refused, again };
  End end = End::again;
  std::string reason;
};

/// Carries one message. send() blocks, for some seconds at the most, and is called from one thread.
class MessageProvider {
 public:
  virtual ~MessageProvider() = default;
  [[nodiscard]] virtual Carried send(const Outgoing& message, const MessageText& text) = 0;
  /// Any thread: what is under way ends soon, to be tried again.
  virtual void stop() {}
};

/// Which ways out there are.
struct Ways {
  bool sms = false, mail = false;
  [[nodiscard]] bool has(Channel channel) const { return channel == Channel::sms ? sms : mail; }
};

// Limits.
inline constexpr std::int64_t kCausesAtOnce = 200;       ///< of a source in one transaction
inline constexpr std::int64_t kHouseholdsAtOnce = 300;   ///< of an announcement in one transaction
inline constexpr std::int64_t kMostAnnouncements = 3;    ///< of an organisation that are still made into SMS
inline constexpr std::int64_t kMostPackages = 1'000;     ///< of an organisation that are listed
inline constexpr std::int64_t kCleanAtOnce = 2'000;
inline constexpr std::size_t kMostStaff = 1'000;         ///< of an organisation that get messages

/// What the threads of platform/messages ask for. Any thread; each call is one transaction. Error: store_failed.
class MessageStore {
 public:
  virtual ~MessageStore() = default;
  /// Makes messages of what happened since the last time, of at most kCausesAtOnce of each source. false: there was nothing.
  [[nodiscard]] virtual base::Result<bool> follow(base::UtcMillis now) = 0;
  /// One step of the oldest announcement that is not made into SMS yet. false: there is none.
  [[nodiscard]] virtual base::Result<bool> announce(base::UtcMillis now) = 0;
  /// Marks deliveries that are due as begun. SMS of organisations without any left end here.
  [[nodiscard]] virtual base::Result<std::vector<Outgoing>> take(Channel channel, std::int64_t most, base::UtcMillis now) = 0;
  /// How it went. An accepted SMS leaves the stock in the same transaction.
  [[nodiscard]] virtual base::Result<> ended(const Outgoing& message, const Carried& how, base::UtcMillis now) = 0;
  /// What is due by a way that there is not ends. false: there was nothing.
  [[nodiscard]] virtual base::Result<bool> close(Channel channel, base::UtcMillis now) = 0;
  /// At the start: what was begun and not ended is due again.
  [[nodiscard]] virtual base::Result<> recover() = 0;
  /// Throws away what is older than kMessagesKept, a part of it. false: there was nothing.
  [[nodiscard]] virtual base::Result<bool> clean(base::UtcMillis now) = 0;
};

// What people see

struct InboxRow {
  std::int64_t id = 0;
  MessageKind kind = MessageKind::test;
  base::UtcMillis at;
  std::int64_t count = 1;
  bool read = false;
  std::int64_t meter = 0;  ///< 0: none, or several
  std::string gateway, site;  ///< codes
  MessageValues values;
};
struct InboxPage {
  std::int64_t unread = 0;
  Page<InboxRow> page;
};

struct DeliveryRow {
  std::int64_t id = 0;
  MessageKind kind = MessageKind::test;
  Channel channel = Channel::sms;
  std::string name, address;
  Tongue language = Tongue::zh;
  DeliveryState state = DeliveryState::pending;
  std::string error;
  std::int64_t attempts = 0, count = 1;
  base::UtcMillis created, due;
  std::optional<base::UtcMillis> ended;
  std::int64_t meter = 0;
  std::string site;  ///< code
  MessageValues values;
};
struct DeliveryFilter {
  std::optional<DeliveryState> state;
  std::optional<Channel> channel;
  std::optional<MessageKind> kind;
  std::optional<base::UtcMillis> from, to;
  std::int64_t meter = 0;  ///< 0: any
  std::int64_t page = 1, page_size = 20;
};

/// number: its place in the list, and the name of a row in a change.
struct SubscriberRow {
  std::int64_t number = 0;
  Subscriber subscriber;
};
struct SubscriberList {
  std::int64_t version = 0;
  std::vector<SubscriberRow> rows;
  std::string household;  ///< mobile; empty: nobody has the account, or gave none
};

struct AnnouncementRow {
  std::int64_t id = 0;
  std::string title, text;
  std::optional<std::vector<std::string>> sites;  ///< codes
  bool sms = false, inbox = false;
  std::int64_t households = 0, staff = 0, made = 0, sent = 0;
  std::string by;
  base::UtcMillis at;
};
struct NewAnnouncement {
  std::string key, title, text;
  std::optional<std::vector<std::string>> sites;  ///< codes
  bool sms = false, inbox = false;
  std::int64_t households = 0, staff = 0;  ///< as counted before
};
struct AnnouncementCount {
  std::int64_t households = 0, staff = 0, sms_remaining = 0;
};

struct SmsPackage {
  std::int64_t id = 0;
  std::string key;
  std::int64_t count = 0;
  base::Money price;
  std::string note, by;
  base::UtcMillis at;
};
struct SmsBook {
  SmsStock stock;
  std::int64_t bought = 0;
  std::vector<SmsPackage> packages;  ///< newest first, at most kMostPackages
};

/// nullopt: it is not there, for this scope. Any thread. Changes write their audit row in the same transaction. Error: store_failed, and
/// what each says.
class MessageDesk {
 public:
  virtual ~MessageDesk() = default;
  [[nodiscard]] virtual Ways ways() const = 0;

  [[nodiscard]] virtual base::Result<InboxPage> inbox(std::int64_t person, bool unread_only, std::int64_t page, std::int64_t size) = 0;
  /// Error: not_found.
  [[nodiscard]] virtual base::Result<> read_one(std::int64_t person, std::int64_t row, const AuditEntry& audit) = 0;
  [[nodiscard]] virtual base::Result<> read_through(std::int64_t person, base::UtcMillis through, const AuditEntry& audit) = 0;

  [[nodiscard]] virtual base::Result<std::optional<Page<DeliveryRow>>> deliveries(const Scope& scope, const DeliveryFilter& filter) = 0;
  [[nodiscard]] virtual base::Result<std::optional<DeliveryRow>> delivery(const Scope& scope, std::int64_t id) = 0;
  /// Error: not_found; conflict (state): it is under way or was accepted.
  [[nodiscard]] virtual base::Result<std::int64_t> resend(const Scope& scope, std::int64_t id, const AuditEntry& audit) = 0;
  /// To his own mobile or mail address. Error: bad_field (channel): his profile has none.
  [[nodiscard]] virtual base::Result<std::int64_t> test(std::int64_t person, Channel channel, const AuditEntry& audit) = 0;

  [[nodiscard]] virtual base::Result<std::optional<SubscriberList>> subscribers(const Scope& scope, std::int64_t meter) = 0;
  /// rows: the whole list; a mask in a row with the number of one that is there stands for what it masks. Error: not_found; conflict
  /// (version); bad_field (rows): a mask that stands for nothing, an address that is none.
  [[nodiscard]] virtual base::Result<> set_subscribers(const Scope& scope, std::int64_t meter, std::int64_t version, const std::vector<SubscriberRow>& rows,
                                                       const AuditEntry& audit) = 0;

  /// Error: not_found (sites).
  [[nodiscard]] virtual base::Result<AnnouncementCount> count(const Scope& scope, const NewAnnouncement& announcement) = 0;
  /// The id; the same key and words again: the one that is there. Error: not_found (sites); key_reused; conflict (receivers): others than
  /// were counted; too_many (announcements).
  [[nodiscard]] virtual base::Result<std::int64_t> announce(const Scope& scope, const NewAnnouncement& announcement, const AuditEntry& audit) = 0;
  [[nodiscard]] virtual base::Result<Page<AnnouncementRow>> announcements(const Scope& scope, std::int64_t page, std::int64_t size) = 0;
  [[nodiscard]] virtual base::Result<std::optional<AnnouncementRow>> announcement(const Scope& scope, std::int64_t id) = 0;

  [[nodiscard]] virtual base::Result<SmsBook> sms_book(const Scope& scope) = 0;
  /// The id; the same key and values again: the one that is there. Error: key_reused.
  [[nodiscard]] virtual base::Result<std::int64_t> buy(const Scope& scope, const SmsPackage& package, const AuditEntry& audit) = 0;
};

}  // namespace anju::platform
