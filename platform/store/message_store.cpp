// What the threads of platform/messages ask for: events of the books become messages, deliveries are taken and end.

#include <soci/soci.h>

#include <algorithm>
#include <mutex>
#include <utility>

#include "platform/domain/errc.hpp"
#include "platform/store/database.hpp"
#include "platform/store/message_causes.hpp"
#include "platform/store/message_lists.hpp"
#include "platform/store/messages.hpp"
#include "platform/store/question.hpp"
#include "platform/store/statement.hpp"

namespace anju::platform {
namespace {

class SociMessageStore : public MessageStore {
 public:
  explicit SociMessageStore(Notifier* notifier) : notifier_(notifier) {}
  base::Result<> open(const std::string& url) { return open_session(session_, url); }

  base::Result<bool> follow(base::UtcMillis now) override {
    return when("follow", [&] { return any_cause(session_); }, now, [&](InboxWriter& inboxes) -> base::Result<bool> {
      make_messages(session_, inboxes, now);
      return true;
    });
  }

  base::Result<bool> announce(base::UtcMillis now) override {
    constexpr const char* kOpen = "SELECT min(id) FROM announcement WHERE done = 0";
    return when("announce", [&] { return Question(session_).text(kOpen).number() != 0; }, now, [&](InboxWriter&) -> base::Result<bool> {
      const std::int64_t id = Question(session_).text(kOpen).number();
      if (id != 0) step(id, now);
      return id != 0;
    });
  }

  base::Result<std::vector<Outgoing>> take(Channel channel, std::int64_t most, base::UtcMillis now) override {
    std::vector<Outgoing> taken;
    const auto done = when("take", [&] { return any_due(channel, now); }, now, [&](InboxWriter& inboxes) -> base::Result<bool> {
      taken = begin(inboxes, channel, most, now);
      return true;
    });
    if (!done) return base::pass(done);
    return taken;
  }

  base::Result<> ended(const Outgoing& message, const Carried& how, base::UtcMillis now) override {
    const auto done = change("ended", now, [&](InboxWriter& inboxes) -> base::Result<bool> {
      // Somebody else has ended it meanwhile: then this is the answer to an earlier begin.
      Question still(session_);
      still.text("SELECT count(*) FROM delivery d WHERE d.state = 'sending' AND d.id = ").value(message.id).text(" AND d.attempts = ").value(message.attempts);
      if (still.number() == 0) return false;
      std::optional<base::UtcMillis> again;
      DeliveryState state = DeliveryState::sent;
      if (how.end == Carried::End::refused) state = DeliveryState::failed;
      if (how.end == Carried::End::again) {
        again = next_attempt(message.attempts, now);
        state = again ? DeliveryState::pending : DeliveryState::given_up;
      }
      const std::optional<base::UtcMillis> end = again ? std::nullopt : std::optional(now);
      const std::string reason = state == DeliveryState::sent ? std::string() : how.reason;
      Statement(session_, "UPDATE delivery SET state = ?, due_ms = ?, ended_ms = ?, error = ? WHERE id = ?")
          .write(to_string(state), again.value_or(now), end, reason, message.id);
      if (state != DeliveryState::sent || message.channel != Channel::sms) return true;
      SmsStock stock = read_stock(session_, message.organisation);
      const auto tell = take_one(stock);
      write_stock(session_, message.organisation, stock);
      if (tell) tell_stock(session_, inboxes, message.organisation, *tell, stock, now);
      return true;
    });
    if (!done) return base::pass(done);
    return {};
  }

  base::Result<bool> close(Channel channel, base::UtcMillis now) override {
    return when("close", [&] { return any_due(channel, now); }, now, [&](InboxWriter&) -> base::Result<bool> {
      Statement(session_, "UPDATE delivery SET state = 'no_provider', ended_ms = ? WHERE channel = ? AND state IN ('pending', 'sending') AND due_ms <= ?")
          .write(now, to_string(channel), now);
      return true;
    });
  }

  base::Result<> recover() override {
    const auto done = change("recover", {}, [&](InboxWriter&) -> base::Result<bool> {
      Statement(session_, "UPDATE delivery SET state = 'pending', due_ms = created_ms WHERE state = 'sending'").write();
      return true;
    });
    if (!done) return base::pass(done);
    return {};
  }

  base::Result<bool> clean(base::UtcMillis now) override {
    const base::UtcMillis old = now - kMessagesKept;
    const auto anything = [&] {
      Question rows(session_);
      rows.text("SELECT count(*) FROM message x WHERE x.created_ms < ").value(old.value);
      // Announcements stay: their words belong to the list of them.
      rows.text(" AND NOT EXISTS (SELECT 1 FROM announcement a WHERE a.message = x.id)");
      return rows.number() != 0 || Question(session_).text("SELECT count(*) FROM subscriber WHERE meter NOT IN (SELECT meter FROM meter_supply)").number() != 0;
    };
    return when("clean", anything, now, [&](InboxWriter&) -> base::Result<bool> {
      const auto remove = [&](const std::string& table, const std::string& which) {
        Statement(session_, "DELETE FROM " + table + " WHERE id IN (SELECT x.id FROM " + table + " x WHERE " + which + " LIMIT ?)").write(old, kCleanAtOnce);
      };
      const std::string aged = "x.message IN (SELECT m.id FROM message m WHERE m.created_ms < ?)";
      remove("inbox", aged);
      remove("delivery", aged);
      remove("message",
             "x.created_ms < ? AND NOT EXISTS (SELECT 1 FROM announcement a WHERE a.message = x.id) AND NOT EXISTS (SELECT 1 FROM inbox i WHERE i.message = x.id)"
             " AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.message = x.id)");
      Statement(session_, "DELETE FROM subscriber WHERE meter NOT IN (SELECT meter FROM meter_supply)").write();
      // The newest stays, so that no number comes twice.
      Statement(session_, "DELETE FROM switched WHERE id < (SELECT c.last FROM message_cursor c WHERE c.source = 'switched')").write();
      return true;
    });
  }

 private:
  bool any_due(Channel channel, base::UtcMillis now) {
    Question due(session_);
    due.text("SELECT count(*) FROM (SELECT 1 AS one FROM delivery d WHERE d.state IN ('pending', 'sending') AND d.channel = ").value(std::string(to_string(channel)));
    return due.text(" AND d.due_ms <= ").value(now.value).text(" LIMIT 1) x").number() != 0;
  }

  std::vector<Outgoing> begin(InboxWriter& inboxes, Channel channel, std::int64_t most, base::UtcMillis now) {
    std::vector<Outgoing> due;
    // due_ms of one that was begun: when it may be taken anew.
    Question(session_)
        .text("SELECT d.id, d.organisation, d.round, d.address, d.name, d.language, d.kind, d.count, d.attempts, " + value_columns() +
              " FROM delivery d JOIN message x ON x.id = d.message WHERE d.state IN ('pending', 'sending') AND d.channel = ")
        .value(std::string(to_string(channel)))
        .text(" AND d.due_ms <= ")
        .value(now.value)
        .text(" ORDER BY d.due_ms, d.id LIMIT ")
        .value(most)
        .rows([&](Select& row) {
          Outgoing& one = due.emplace_back();
          one.id = row.integer();
          one.organisation = row.integer();
          one.key = std::to_string(one.id) + "-" + std::to_string(row.integer());
          one.channel = channel;
          one.address = row.text();
          one.name = row.text();
          one.language = tongue(row.text());
          one.kind = message_kind(row.text()).value_or(MessageKind::test);
          one.count = row.integer();
          one.attempts = static_cast<int>(row.integer()) + 1;
          one.values = read_values(row);
        });
    std::vector<Outgoing> taken;
    std::map<std::int64_t, std::int64_t> left;  // by organisation: SMS that nobody has begun to use
    for (Outgoing& one : due) {
      if (one.attempts > kMostAttempts) {  // none of the last was answered: the platform ended each time
        Statement(session_, "UPDATE delivery SET state = 'given_up', ended_ms = ? WHERE id = ?").write(now, one.id);
        continue;
      }
      if (channel == Channel::sms && !left.contains(one.organisation)) left[one.organisation] = free_stock(one.organisation, due);
      if (channel == Channel::sms && left[one.organisation]-- <= 0) {
        Statement(session_, "UPDATE delivery SET state = 'no_package', ended_ms = ? WHERE id = ?").write(now, one.id);
        SmsStock stock = read_stock(session_, one.organisation);
        const auto tell = miss_one(stock);
        write_stock(session_, one.organisation, stock);
        if (tell) tell_stock(session_, inboxes, one.organisation, *tell, stock, now);
        continue;
      }
      Statement(session_, "UPDATE delivery SET state = 'sending', attempts = ?, due_ms = ? WHERE id = ?").write(one.attempts, now + kSendingAgain, one.id);
      taken.push_back(std::move(one));
    }
    return taken;
  }

  /// What remains, without what was begun and is not among `due`.
  std::int64_t free_stock(std::int64_t organisation, const std::vector<Outgoing>& due) {
    std::int64_t begun = 0;
    Question(session_)
        .text("SELECT d.id FROM delivery d WHERE d.state = 'sending' AND d.channel = 'sms' AND ")
        .belonging(organisation, "d")
        .rows([&](Select& row) {
          const std::int64_t id = row.integer();
          begun += std::none_of(due.begin(), due.end(), [id](const Outgoing& one) { return one.id == id; }) ? 1 : 0;
        });
    return read_stock(session_, organisation).remaining - begun;
  }

  /// The next households of an announcement.
  void step(std::int64_t id, base::UtcMillis now) {
    NewDelivery delivery;
    std::int64_t after = 0, newest = 0, found = 0;
    std::optional<std::vector<std::int64_t>> sites;
    Question(session_).text("SELECT a.organisation, a.message, a.opening, a.newest_opening, a.sites FROM announcement a WHERE a.id = ").value(id).rows([&](Select& row) {
      delivery.organisation = row.integer();
      delivery.message = row.integer();
      after = row.integer();
      newest = row.integer();
      sites = sites_of(row.text());
    });
    delivery.kind = MessageKind::announcement;
    Question households(session_);
    households.text(std::string("SELECT x.id, x.site, x.meter, x.customer, ") + kMobile + " FROM opening x WHERE x.mobile <> '' AND ");
    households.belonging(delivery.organisation, "x").text(" AND x.id > ").value(after).text(" AND x.id <= ").value(newest);
    if (sites) households.among(" AND x.site", *sites);
    struct Row {
      NewDelivery delivery;
    };
    std::vector<Row> rows;
    households.text(std::string(" AND ") + kStillOpen + " ORDER BY x.id LIMIT ").value(kHouseholdsAtOnce).rows([&](Select& row) {
      after = row.integer();
      NewDelivery one = delivery;
      one.site = row.integer();
      one.meter = row.integer();
      one.receiver.name = row.text();
      one.receiver.address = row.text();
      one.receiver.valid = mobile_of(one.receiver.address).has_value();
      rows.push_back({std::move(one)});
      ++found;
    });
    for (const Row& row : rows) add_delivery(session_, row.delivery, false, now);
    Statement(session_, "UPDATE announcement SET opening = ?, done = ? WHERE id = ?").write(after, std::int64_t{found < kHouseholdsAtOnce}, id);
  }

  /// Looks without the right to write first, so that a platform where nothing happens leaves the ledger alone. false: there was nothing.
  template <class Look, class Work>
  base::Result<bool> when(const char* what, Look&& look, base::UtcMillis now, Work&& work) {
    {
      const std::lock_guard lock(mutex_);
      const auto anything = guarded(session_, what, [&]() -> base::Result<bool> { return look(); });
      if (!anything || !*anything) return anything;
    }
    return change(what, now, work);
  }

  template <class Work>
  base::Result<bool> change(const char* what, base::UtcMillis now, Work&& work) {
    const std::lock_guard lock(mutex_);
    InboxWriter inboxes(session_, now);
    auto done = guarded(what, [&] { return immediately(session_, [&] { return work(inboxes); }); });
    if (done) tell_inboxes(notifier_, inboxes.told(), now);
    return done;
  }

  Notifier* notifier_;
  soci::session session_;
  std::mutex mutex_;  ///< between the follower and those who send
};

}  // namespace

base::Result<std::unique_ptr<MessageStore>> open_message_store(const std::string& url, Notifier* notifier) {
  auto store = std::make_unique<SociMessageStore>(notifier);
  if (auto opened = store->open(url); !opened) return base::pass(opened);
  return std::unique_ptr<MessageStore>(std::move(store));
}

}  // namespace anju::platform
