#include "platform/store/message_causes.hpp"

#include <map>
#include <utility>

#include "platform/store/bound_rows.hpp"
#include "platform/store/message_lists.hpp"
#include "platform/store/question.hpp"
#include "platform/store/room_of_meter.hpp"
#include "platform/store/statement.hpp"

namespace anju::platform {
namespace {

/// Of a meter m and a site t, behind a cause's own columns.
const std::string kPlace = "coalesce(m.kind, 'electricity'), coalesce(m.name, ''), coalesce(" + room_of("m") + ", ''), t.name";

void read_place(Select& row, MessageValues& values) {
  values.meter_kind = row.text();
  values.meter = row.text();
  values.room = row.text();
  values.site = row.text();
}

std::int64_t cursor(soci::session& session, const char* source) {
  return Question(session).text("SELECT last FROM message_cursor WHERE source = ").value(std::string(source)).number();
}

/// A value of "name=value; …".
std::string named_value(const std::string& detail, const std::string& name) {
  for (std::size_t at = 0; at < detail.size();) {
    const auto end = std::min(detail.find("; ", at), detail.size());
    if (detail.compare(at, name.size() + 1, name + "=") == 0) return detail.substr(at + name.size() + 1, end - at - name.size() - 1);
    at = end + 2;
  }
  return {};
}

struct Causes {
  std::vector<NewMessage> messages;
  std::map<std::string, std::int64_t> last;  ///< by source
};

void find_notices(soci::session& session, Causes& found) {
  Question notices(session);
  notices.text(std::string("SELECT n.id, n.organisation, n.site, n.meter, n.kind, n.at_ms, n.threshold_micro_yuan, n.balance_micro_yuan, ") + kPlace +
               " FROM notice n JOIN site t ON t.id = n.site LEFT JOIN meter m ON m.id = n.meter WHERE n.id > ");
  notices.value(cursor(session, "notice")).text(" ORDER BY n.id LIMIT ").value(kCausesAtOnce).rows([&](Select& row) {
    NewMessage& made = found.messages.emplace_back();
    const std::int64_t id = found.last["notice"] = row.integer();
    made.cause = "notice " + std::to_string(id);
    made.organisation = row.integer();
    made.site = row.integer();
    made.meter = row.integer();
    made.kind = row.text() == "alarm_2" ? MessageKind::low_balance_2 : MessageKind::low_balance_1;
    made.at = row.time();
    made.values.threshold = row.money();
    made.values.balance = row.money();
    read_place(row, made.values);
  });
}

void find_alarms(soci::session& session, Causes& found) {
  Question alarms(session);
  alarms.text(std::string("SELECT a.id, a.organisation, a.site, a.meter, a.code, a.raised_ms, a.detail, coalesce(g.code, ''), coalesce(g.name, ''), ") + kPlace +
              " FROM alarm a JOIN site t ON t.id = a.site LEFT JOIN meter m ON m.id = a.meter LEFT JOIN gateway g ON g.id = a.gateway WHERE a.id > ");
  alarms.value(cursor(session, "alarm")).text(" ORDER BY a.id LIMIT ").value(kCausesAtOnce).rows([&](Select& row) {
    const std::int64_t id = found.last["alarm"] = row.integer();
    NewMessage made;
    made.cause = "alarm " + std::to_string(id);
    made.organisation = row.integer();
    made.site = row.integer();
    made.meter = row.integer();
    const auto kind = kind_of_alarm(row.text());
    if (!kind) return;
    made.kind = *kind;
    made.at = row.time();
    made.values.reason = named_value(row.text(), "reason");
    made.gateway = row.text();
    made.values.gateway = row.text();
    read_place(row, made.values);
    found.messages.push_back(std::move(made));
  });
}

/// A trip that follows a trip, or a close that follows a close, tells nobody anything new: the supply was what it is. What is switched by
/// the clock everybody knows, and it would use up an SMS every night.
void find_switched(soci::session& session, Causes& found) {
  Question orders(session);
  orders.text(std::string("SELECT s.id, c.organisation, c.site, c.meter, c.kind, coalesce(c.ended_ms, 0), c.cause, CASE WHEN c.crossing <> 0 THEN 'arrears' ELSE c.cause END,"
                          " coalesce((SELECT b.kind FROM command b WHERE b.meter = c.meter AND b.id < c.id AND b.kind IN ('trip', 'close') AND b.state = 'verified'"
                          " ORDER BY b.id DESC LIMIT 1), 'close'), ") +
              kPlace + " FROM switched s LEFT JOIN command c ON c.id = s.command LEFT JOIN site t ON t.id = c.site LEFT JOIN meter m ON m.id = c.meter WHERE s.id > ");
  orders.value(cursor(session, "switched")).text(" ORDER BY s.id LIMIT ").value(kCausesAtOnce).rows([&](Select& row) {
    const std::int64_t id = found.last["switched"] = row.integer();
    NewMessage made;
    made.cause = "switched " + std::to_string(id);
    made.organisation = row.integer();
    if (made.organisation == 0) return;  // the meter was registered by mistake, and its orders went with it
    made.site = row.integer();
    made.meter = row.integer();
    const std::string kind = row.text();
    made.at = row.time();
    if (row.text() == "scheduled") return;
    made.values.reason = row.text();
    if (row.text() == kind) return;
    made.kind = kind == "trip" ? MessageKind::cut_off : MessageKind::reconnected;
    read_place(row, made.values);
    found.messages.push_back(std::move(made));
  });
}

}  // namespace

bool any_cause(soci::session& session) {
  // One index step each.
  return Question(session)
             .text("SELECT CASE WHEN (SELECT coalesce(max(id), 0) FROM notice) > (SELECT last FROM message_cursor WHERE source = 'notice')"
                   " OR (SELECT coalesce(max(id), 0) FROM alarm) > (SELECT last FROM message_cursor WHERE source = 'alarm')"
                   " OR (SELECT coalesce(max(id), 0) FROM switched) > (SELECT last FROM message_cursor WHERE source = 'switched') THEN 1 ELSE 0 END")
             .number() != 0;
}

void make_messages(soci::session& session, InboxWriter& inboxes, base::UtcMillis now) {
  Causes found;
  find_notices(session, found);
  find_alarms(session, found);
  find_switched(session, found);
  StaffReach staff(session);
  std::vector<std::vector<std::int64_t>> people;
  for (const NewMessage& made : found.messages) {
    people.push_back(staff.that_get(made.kind, made.organisation, made.site));
    for (const std::int64_t person : people.back()) inboxes.expect(person, made.kind);
  }
  for (std::size_t i = 0; i < found.messages.size(); ++i) {
    const NewMessage& made = found.messages[i];
    const auto message = add_message(session, made, now);
    if (!message) continue;
    for (const std::int64_t person : people[i]) inboxes.put(person, *message, made);
    if (made.meter == 0) continue;
    std::vector<Subscriber> subscribers;
    for (SubscriberRow& row : subscriber_rows(session, made.meter)) subscribers.push_back(std::move(row.subscriber));
    for (Subscriber& bound : bound_subscribers(session, made.meter)) subscribers.push_back(std::move(bound));
    for (Receiver& receiver : receivers_of(made.kind, subscribers, household_of(session, made.meter)))
      add_delivery(session, {made.organisation, made.site, *message, made.kind, made.meter, std::move(receiver)}, true, now);
  }
  for (const auto& [source, last] : found.last) Statement(session, "UPDATE message_cursor SET last = ? WHERE source = ?").write(last, source);
}

}  // namespace anju::platform
