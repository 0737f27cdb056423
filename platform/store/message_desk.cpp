#include <soci/soci.h>

#include <mutex>
#include <utility>

#include "platform/domain/errc.hpp"
#include "platform/store/audit_chain.hpp"
#include "platform/store/database.hpp"
#include "platform/store/message_lists.hpp"
#include "platform/store/messages.hpp"
#include "platform/store/queries_meter.hpp"
#include "platform/store/question.hpp"
#include "platform/store/read_pool.hpp"
#include "platform/store/statement.hpp"

namespace anju::platform {
namespace {

const std::string kDelivery =
    "SELECT d.id, d.kind, d.channel, d.name, d.address, d.language, d.state, d.error, d.attempts, d.count, d.created_ms, d.due_ms, d.ended_ms, d.meter,"
    " (SELECT t.code FROM site t WHERE t.id = d.site), " +
    value_columns() + " FROM delivery d JOIN message x ON x.id = d.message WHERE ";

DeliveryRow read_delivery(Select& row) {
  DeliveryRow one;
  one.id = row.integer();
  one.kind = message_kind(row.text()).value_or(MessageKind::test);
  one.channel = row.word<Channel>(2);
  one.name = row.text();
  one.address = row.text();
  one.language = tongue(row.text());
  one.state = row.word<DeliveryState>(7);
  one.error = row.text();
  one.attempts = row.integer();
  one.count = row.integer();
  one.created = row.time();
  one.due = row.time();
  one.ended = row.maybe_time();
  one.meter = row.integer();
  one.site = row.text();
  one.values = read_values(row);
  return one;
}

InboxRow read_inbox_row(Select& row) {
  InboxRow one;
  one.id = row.integer();
  one.kind = message_kind(row.text()).value_or(MessageKind::test);
  one.at = row.time();
  one.count = row.integer();
  one.read = row.flag();
  one.meter = row.integer();
  one.gateway = row.text();
  one.site = row.text();
  one.values = read_values(row);
  // Of several only how many there are is true of all.
  if (one.count > 1) {
    one.meter = 0;
    one.gateway.clear();
    one.site.clear();
    one.values = {};
  }
  return one;
}

class SociMessageDesk : public MessageDesk {
 public:
  SociMessageDesk(Ways ways, Notifier* notifier) : ways_(ways), notifier_(notifier) {}
  base::Result<> open(const std::string& url, std::size_t connections) {
    if (auto opened = open_session(session_, url); !opened) return opened;
    return pool_.open(url, connections);
  }

  [[nodiscard]] Ways ways() const override { return ways_; }

  base::Result<InboxPage> inbox(std::int64_t person, bool unread_only, std::int64_t page, std::int64_t size) override {
    return pool_.ask("inbox", [&](soci::session& s) -> base::Result<InboxPage> {
      InboxPage found;
      const char* unread = " AND i.read_ms IS NULL";
      found.unread = Question(s).text("SELECT count(*) FROM inbox i WHERE i.person = ").value(person).text(unread).number();
      found.page.total =
          unread_only ? found.unread : Question(s).text("SELECT count(*) FROM inbox i WHERE i.person = ").value(person).number();
      Question(s)
          .text("SELECT i.id, i.kind, i.at_ms, i.count, CASE WHEN i.read_ms IS NULL THEN 0 ELSE 1 END, x.meter, x.gateway,"
                " (SELECT t.code FROM site t WHERE t.id = x.site), " +
                value_columns() + " FROM inbox i JOIN message x ON x.id = i.message WHERE i.person = ")
          .value(person)
          .text(unread_only ? unread : "")
          .text(" ORDER BY i.at_ms DESC, i.id DESC LIMIT ")
          .value(size)
          .text(" OFFSET ")
          .value((page - 1) * size)
          .rows([&](Select& row) { found.page.rows.push_back(read_inbox_row(row)); });
      return found;
    });
  }

  base::Result<> read_one(std::int64_t person, std::int64_t row, const AuditEntry& audit) override {
    return change("read_one", audit, [&](InboxWriter&) -> base::Result<> {
      Question there(session_);
      const std::int64_t organisation =
          there.text("SELECT i.organisation FROM inbox i WHERE i.id = ").value(row).text(" AND i.person = ").value(person).number();
      if (organisation == 0) return base::fail(Errc::not_found, "message");
      Statement(session_, "UPDATE inbox SET read_ms = ? WHERE id = ? AND read_ms IS NULL").write(audit.at, row);
      return {};
    }, person);
  }

  base::Result<> read_through(std::int64_t person, base::UtcMillis through, const AuditEntry& audit) override {
    return change("read_through", audit, [&](InboxWriter&) -> base::Result<> {
      Statement(session_, "UPDATE inbox SET read_ms = ? WHERE person = ? AND at_ms <= ? AND read_ms IS NULL").write(audit.at, person, through);
      return {};
    }, person);
  }

  base::Result<std::optional<Page<DeliveryRow>>> deliveries(const Scope& scope, const DeliveryFilter& filter) override {
    return pool_.ask("deliveries", [&](soci::session& s) -> base::Result<std::optional<Page<DeliveryRow>>> {
      if (filter.meter != 0 && !meter_in_scope(s, scope, filter.meter)) return std::nullopt;
      const auto narrowed = [&](Question& question) -> Question& {
        question.within(scope, "d");
        if (filter.state) question.text(" AND d.state = ").value(std::string(to_string(*filter.state)));
        if (filter.channel) question.text(" AND d.channel = ").value(std::string(to_string(*filter.channel)));
        if (filter.kind) question.text(" AND d.kind = ").value(std::string(to_string(*filter.kind)));
        if (filter.from) question.text(" AND d.created_ms >= ").value(filter.from->value);
        if (filter.to) question.text(" AND d.created_ms < ").value(filter.to->value);
        if (filter.meter != 0) question.text(" AND d.meter = ").value(filter.meter);
        return question;
      };
      Page<DeliveryRow> found;
      Question count(s), select(s);
      found.total = narrowed(count.text("SELECT count(*) FROM delivery d WHERE ")).number();
      narrowed(select.text(kDelivery)).text(" ORDER BY d.id DESC LIMIT ").value(filter.page_size).text(" OFFSET ").value((filter.page - 1) * filter.page_size);
      select.rows([&](Select& row) { found.rows.push_back(read_delivery(row)); });
      return found;
    });
  }

  base::Result<std::optional<DeliveryRow>> delivery(const Scope& scope, std::int64_t id) override {
    return pool_.ask("delivery", [&](soci::session& s) -> base::Result<std::optional<DeliveryRow>> {
      Question select(s);
      return select.text(kDelivery).within(scope, "d").text(" AND d.id = ").value(id).first(read_delivery);
    });
  }

  base::Result<std::int64_t> resend(const Scope& scope, std::int64_t id, const AuditEntry& audit) override {
    return change("resend", audit, [&](InboxWriter&) -> base::Result<std::int64_t> {
      Question select(session_);
      const auto found = select.text(kDelivery).within(scope, "d").text(" AND d.id = ").value(id).first(read_delivery);
      if (!found) return base::fail(Errc::not_found, "message");
      if (!is_resendable(found->state)) return base::fail(Errc::conflict, "state");
      Statement(session_, "UPDATE delivery SET state = 'pending', round = round + 1, attempts = 0, due_ms = ?, ended_ms = NULL, error = '' WHERE id = ?")
          .write(audit.at, id);
      return id;
    });
  }

  base::Result<std::int64_t> test(std::int64_t person, Channel channel, const AuditEntry& audit) override {
    return change("test", audit, [&](InboxWriter&) -> base::Result<std::int64_t> {
      NewMessage made;
      NewDelivery delivery;
      Question(session_).text("SELECT u.organisation, u.name, u.phone, u.email FROM \"user\" u WHERE u.id = ").value(person).rows([&](Select& row) {
        made.organisation = row.integer();
        delivery.receiver.name = row.text();
        const std::string phone = row.text(), email = row.text();
        delivery.receiver.address = channel == Channel::sms ? phone : email;
      });
      if (delivery.receiver.address.empty()) return base::fail(Errc::bad_field, "channel");
      made.kind = MessageKind::test;
      made.at = audit.at;
      Question count(session_);
      const std::int64_t number = count.text("SELECT coalesce(max(id), 0) + 1 FROM message").number();
      made.cause = "test " + std::to_string(number) + " " + std::to_string(audit.at.value);
      const auto message = add_message(session_, made, audit.at);
      if (!message) return base::fail(Errc::conflict, "message");
      delivery.organisation = made.organisation;
      delivery.message = *message;
      delivery.receiver.channel = channel;
      delivery.receiver.valid = channel == Channel::sms ? mobile_of(delivery.receiver.address).has_value() : is_mail(delivery.receiver.address);
      add_delivery(session_, delivery, false, audit.at);
      return Question(session_).text("SELECT id FROM delivery WHERE message = ").value(*message).number();
    });
  }

  base::Result<std::optional<SubscriberList>> subscribers(const Scope& scope, std::int64_t meter) override {
    return pool_.ask("subscribers", [&](soci::session& s) -> base::Result<std::optional<SubscriberList>> { return read_subscribers(s, scope, meter); });
  }

  base::Result<> set_subscribers(const Scope& scope, std::int64_t meter, std::int64_t version, const std::vector<SubscriberRow>& rows,
                                 const AuditEntry& audit) override {
    return change("set_subscribers", audit, [&](InboxWriter&) { return write_subscribers(session_, scope, meter, version, rows); });
  }

  base::Result<AnnouncementCount> count(const Scope& scope, const NewAnnouncement& announcement) override {
    return pool_.ask("count_announcement", [&](soci::session& s) { return count_announcement(s, scope, announcement); });
  }
  base::Result<std::int64_t> announce(const Scope& scope, const NewAnnouncement& announcement, const AuditEntry& audit) override {
    return change("announce", audit,
                  [&](InboxWriter& inboxes) { return write_announcement(session_, inboxes, scope, announcement, audit.who, audit.at); });
  }
  base::Result<Page<AnnouncementRow>> announcements(const Scope& scope, std::int64_t page, std::int64_t size) override {
    return pool_.ask("announcements", [&](soci::session& s) -> base::Result<Page<AnnouncementRow>> { return read_announcements(s, scope, page, size); });
  }
  base::Result<std::optional<AnnouncementRow>> announcement(const Scope& scope, std::int64_t id) override {
    return pool_.ask("announcement", [&](soci::session& s) -> base::Result<std::optional<AnnouncementRow>> { return read_announcement(s, scope, id); });
  }

  base::Result<SmsBook> sms_book(const Scope& scope) override {
    return pool_.ask("sms_book", [&](soci::session& s) -> base::Result<SmsBook> { return read_sms_book(s, scope); });
  }
  base::Result<std::int64_t> buy(const Scope& scope, const SmsPackage& package, const AuditEntry& audit) override {
    return change("buy", audit, [&](InboxWriter&) { return write_package(session_, scope, package); });
  }

 private:
  /// work(inboxes) and the audit row in one transaction; afterwards whose inboxes changed are told, and `person`, if given.
  template <class Work>
  auto change(const char* what, const AuditEntry& audit, Work&& work, std::int64_t person = 0) -> decltype(work(std::declval<InboxWriter&>())) {
    const std::lock_guard lock(mutex_);
    InboxWriter inboxes(session_, audit.at);
    auto done = guarded(what, [&] {
      return immediately(session_, [&] {
        auto result = work(inboxes);
        if (result) {
          AuditEntry row = audit;
          row.result = "ok";
          write_audit(session_, {&row, 1});
        }
        return result;
      });
    });
    if (!done) return done;
    auto told = inboxes.told();
    if (person != 0) told.emplace(audit.organisation.value_or(0), person);
    tell_inboxes(notifier_, told, audit.at);
    return done;
  }

  Ways ways_;
  Notifier* notifier_;
  soci::session session_;
  std::mutex mutex_;  ///< changes come one after the other
  ReadPool pool_;
};

}  // namespace

base::Result<std::unique_ptr<MessageDesk>> open_message_desk(const std::string& url, std::size_t connections, Ways ways, Notifier* notifier) {
  auto desk = std::make_unique<SociMessageDesk>(ways, notifier);
  if (auto opened = desk->open(url, connections); !opened) return base::pass(opened);
  return std::unique_ptr<MessageDesk>(std::move(desk));
}

}  // namespace anju::platform
