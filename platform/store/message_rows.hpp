#pragma once

// What everything about messages does with their tables: add one, find the staff that gets it, put it into inboxes, count bought SMS. Inside
// a transaction that may write. All throw soci::soci_error.

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "platform/domain/messages.hpp"
#include "platform/domain/notify.hpp"
#include "platform/domain/rights.hpp"
#include "platform/store/reader.hpp"

namespace anju::platform {

struct NewMessage {
  std::int64_t organisation = 0;
  std::optional<std::int64_t> site;
  MessageKind kind = MessageKind::test;
  std::string cause;  ///< unique
  std::int64_t meter = 0;
  std::string gateway;  ///< code
  base::UtcMillis at;
  MessageValues values;
};
/// Its id; nothing: it was made already.
[[nodiscard]] std::optional<std::int64_t> add_message(soci::session& session, const NewMessage& message, base::UtcMillis now);

/// Columns of message x, as read_values reads them.
[[nodiscard]] std::string value_columns();
[[nodiscard]] MessageValues read_values(Select& row);

/// The people of organisations with their rights as they are in this transaction, each organisation read once.
class StaffReach {
 public:
  explicit StaffReach(soci::session& session) : session_(session) {}
  /// Ids. site: nothing, of none.
  [[nodiscard]] std::vector<std::int64_t> that_get(MessageKind kind, std::int64_t organisation, std::optional<std::int64_t> site);
  /// Whose sites reach one of these; nothing: everybody.
  [[nodiscard]] std::vector<std::int64_t> at(std::int64_t organisation, const std::optional<std::vector<std::int64_t>>& sites);

 private:
  const std::vector<std::pair<std::int64_t, Rights>>& of(std::int64_t organisation);
  soci::session& session_;
  std::map<std::int64_t, std::vector<std::pair<std::int64_t, Rights>>> known_;
};

/// Fills inboxes; remembers whose, so that they are told after the commit.
class InboxWriter {
 public:
  InboxWriter(soci::session& session, base::UtcMillis now) : session_(session), now_(now) {}
  /// So many messages of that kind are about to come for him at once; said before the first of them.
  void expect(std::int64_t person, MessageKind kind);
  void put(std::int64_t person, std::int64_t message, const NewMessage& what);
  [[nodiscard]] const std::set<std::pair<std::int64_t, std::int64_t>>& told() const { return told_; }  ///< organisation and person

 private:
  using Key = std::pair<std::int64_t, MessageKind>;
  soci::session& session_;
  base::UtcMillis now_;
  std::map<Key, Flood> floods_;
  std::map<Key, std::int64_t> expected_;
  std::set<std::pair<std::int64_t, std::int64_t>> told_;
};

/// Says to each whose inbox changed that it did. notifier: may be null.
void tell_inboxes(Notifier* notifier, const std::set<std::pair<std::int64_t, std::int64_t>>& told, base::UtcMillis at);

[[nodiscard]] SmsStock read_stock(soci::session& session, std::int64_t organisation);
void write_stock(soci::session& session, std::int64_t organisation, const SmsStock& stock);
/// sms_low or sms_empty, to whoever may see the packages.
void tell_stock(soci::session& session, InboxWriter& inboxes, std::int64_t organisation, MessageKind kind, const SmsStock& stock, base::UtcMillis now);

struct NewDelivery {
  std::int64_t organisation = 0;
  std::optional<std::int64_t> site;
  std::int64_t message = 0;
  MessageKind kind = MessageKind::test;
  std::int64_t meter = 0;
  Receiver receiver;
};
/// Due now, or gathered with those of a flood. An address that is none fails at once; one that has it already gets nothing.
void add_delivery(soci::session& session, const NewDelivery& delivery, bool may_gather, base::UtcMillis now);

/// Site ids of a column, separated by blanks; '*': nothing.
[[nodiscard]] std::optional<std::vector<std::int64_t>> sites_of(const std::string& text);
[[nodiscard]] std::string text_of(const std::optional<std::vector<std::int64_t>>& sites);

/// The mobile of an opening x as deliveries know it: without blanks and dashes.
inline constexpr const char* kMobile = "replace(replace(x.mobile, ' ', ''), '-', '')";
/// Condition on opening x: nobody has closed it.
inline constexpr const char* kStillOpen = "NOT EXISTS (SELECT 1 FROM settlement z WHERE z.opening = x.id AND z.meter = x.meter AND z.closes = 1)";

}  // namespace anju::platform
