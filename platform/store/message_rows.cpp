#include "platform/store/message_rows.hpp"

#include <algorithm>

#include "platform/store/question.hpp"
#include "platform/store/rights.hpp"
#include "platform/store/statement.hpp"

namespace anju::platform {

std::optional<std::int64_t> add_message(soci::session& session, const NewMessage& message, base::UtcMillis now) {
  if (Question(session).text("SELECT count(*) FROM message WHERE cause = ").value(message.cause).number() != 0) return std::nullopt;
  const MessageValues& v = message.values;
  const auto money = [](const std::optional<base::Money>& value) -> Statement::Value {
    if (!value) return {};
    return value->micro_yuan;
  };
  Statement insert(session,
                   "INSERT INTO message(organisation, site, kind, cause, meter, gateway, at_ms, created_ms, meter_kind, meter_name, room, site_name, gateway_name,"
                   " threshold_micro_yuan, balance_micro_yuan, reason, title, text, amount) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id");
  return insert.insert_all({message.organisation, message.site ? Statement::Value(*message.site) : Statement::Value(), std::string(to_string(message.kind)),
                            message.cause, message.meter, message.gateway, message.at.value, now.value, v.meter_kind, v.meter, v.room, v.site, v.gateway,
                            money(v.threshold), money(v.balance), v.reason, v.title, v.text, v.amount ? Statement::Value(*v.amount) : Statement::Value()});
}

std::string value_columns() {
  return "x.meter_kind, x.meter_name, x.room, x.site_name, x.gateway_name, x.threshold_micro_yuan, x.balance_micro_yuan, x.reason, x.title, x.text, x.amount";
}

MessageValues read_values(Select& row) {
  MessageValues v;
  v.meter_kind = row.text();
  v.meter = row.text();
  v.room = row.text();
  v.site = row.text();
  v.gateway = row.text();
  if (const auto value = row.maybe()) v.threshold = base::Money(*value);
  if (const auto value = row.maybe()) v.balance = base::Money(*value);
  v.reason = row.text();
  v.title = row.text();
  v.text = row.text();
  if (const auto value = row.maybe()) v.amount = *value;
  return v;
}

const std::vector<std::pair<std::int64_t, Rights>>& StaffReach::of(std::int64_t organisation) {
  const auto [at, added] = known_.try_emplace(organisation);
  if (!added) return at->second;
  std::vector<std::int64_t> people;
  Question(session_)
      .text("SELECT u.id FROM \"user\" u WHERE u.enabled = 1 AND ")
      .belonging(organisation, "u")
      .text(" ORDER BY u.id LIMIT ")
      .value(static_cast<std::int64_t>(kMostStaff))
      .rows([&](Select& row) { people.push_back(row.integer()); });
  for (const std::int64_t person : people)
    if (auto rights = read_rights(session_, person)) at->second.emplace_back(person, std::move(*rights));
  return at->second;
}

std::vector<std::int64_t> StaffReach::that_get(MessageKind kind, std::int64_t organisation, std::optional<std::int64_t> site) {
  std::vector<std::int64_t> people;
  const std::string_view right = right_of(kind);
  for (const auto& [person, rights] : of(organisation))
    if ((right == "self" || rights.may(right)) && (!site || rights.scope.covers(organisation, *site))) people.push_back(person);
  return people;
}

std::vector<std::int64_t> StaffReach::at(std::int64_t organisation, const std::optional<std::vector<std::int64_t>>& sites) {
  std::vector<std::int64_t> people;
  for (const auto& [person, rights] : of(organisation)) {
    const bool reached = !sites || std::any_of(sites->begin(), sites->end(), [&, &scope = rights.scope](std::int64_t site) { return scope.covers(organisation, site); });
    if (reached) people.push_back(person);
  }
  return people;
}

void InboxWriter::expect(std::int64_t person, MessageKind kind) { ++expected_[{person, kind}]; }

void InboxWriter::put(std::int64_t person, std::int64_t message, const NewMessage& what) {
  const Key key{person, what.kind};
  const auto [at, added] = floods_.try_emplace(key);
  Flood& flood = at->second;
  if (added) {
    const std::string word(to_string(what.kind));
    const auto within = [&](Question& question) -> Question& {
      return question.text(" FROM inbox i WHERE i.person = ").value(person).text(" AND i.kind = ").value(word).text(" AND i.opened_ms > ").value(
          (now_ - kFloodWindow).value);
    };
    Question singles(session_), gathered(session_);
    flood.singles = within(singles.text("SELECT count(*)")).text(" AND i.gathers = 0").number();
    flood.gathered = within(gathered.text("SELECT coalesce(max(i.id), 0)")).text(" AND i.gathers = 1").number();
    flood.at_once = std::max<std::int64_t>(expected_[key], 1);
  }
  const Telling telling = is_gathered(what.kind) ? tell(flood) : Telling::single;
  if (telling == Telling::gather_into) {
    Statement(session_, "UPDATE inbox SET count = count + 1, at_ms = ?, read_ms = NULL WHERE id = ?").write(what.at, flood.gathered);
  } else {
    Statement insert(session_,
                     "INSERT INTO inbox(organisation, person, message, kind, count, gathers, opened_ms, at_ms) VALUES(?, ?, ?, ?, 1, ?, ?, ?) RETURNING id");
    const bool gathers = telling == Telling::gather_new;
    const std::int64_t id =
        insert.insert_all({what.organisation, person, message, std::string(to_string(what.kind)), std::int64_t{gathers}, now_.value, what.at.value});
    if (gathers) flood.gathered = id;
    else ++flood.singles;
  }
  flood.at_once = std::max<std::int64_t>(flood.at_once - 1, 1);
  told_.emplace(what.organisation, person);
}

void tell_inboxes(Notifier* notifier, const std::set<std::pair<std::int64_t, std::int64_t>>& told, base::UtcMillis at) {
  if (notifier == nullptr || told.empty()) return;
  std::vector<Notification> all;
  for (const auto& [organisation, person] : told) all.push_back({organisation, 0, InboxChanged{person}});
  notifier->changed(std::move(all), at);
}

SmsStock read_stock(soci::session& session, std::int64_t organisation) {
  return Question(session)
      .text("SELECT s.remaining, s.used, s.filled, s.told_low, s.told_empty FROM sms_stock s WHERE ")
      .belonging(organisation, "s")
      .first([](Select& row) {
        SmsStock stock;
        stock.remaining = row.integer();
        stock.used = row.integer();
        stock.filled = row.integer();
        stock.told_low = row.flag();
        stock.told_empty = row.flag();
        return stock;
      })
      .value_or(SmsStock{});
}

void write_stock(soci::session& session, std::int64_t organisation, const SmsStock& stock) {
  Statement(session,
            "INSERT INTO sms_stock(organisation, remaining, used, filled, told_low, told_empty) VALUES(?, ?, ?, ?, ?, ?) ON CONFLICT (organisation) DO UPDATE SET"
            " remaining = excluded.remaining, used = excluded.used, filled = excluded.filled, told_low = excluded.told_low, told_empty = excluded.told_empty")
      .write(organisation, stock.remaining, stock.used, stock.filled, std::int64_t{stock.told_low}, std::int64_t{stock.told_empty});
}

void tell_stock(soci::session& session, InboxWriter& inboxes, std::int64_t organisation, MessageKind kind, const SmsStock& stock, base::UtcMillis now) {
  NewMessage made;
  made.organisation = organisation;
  made.kind = kind;
  // Between two of a kind something was bought and used, so no two have the same cause.
  made.cause = std::string(to_string(kind)) + " " + std::to_string(organisation) + " " + std::to_string(stock.used) + " " + std::to_string(stock.filled);
  made.at = now;
  made.values.amount = stock.remaining;
  const auto message = add_message(session, made, now);
  if (!message) return;
  for (const std::int64_t person : StaffReach(session).that_get(kind, organisation, {})) inboxes.put(person, *message, made);
}

void add_delivery(soci::session& session, const NewDelivery& delivery, bool may_gather, base::UtcMillis now) {
  const Receiver& to = delivery.receiver;
  const std::string channel(to_string(to.channel)), kind(to_string(delivery.kind));
  bool gathers = false;
  if (may_gather && to.valid) {
    const auto within = [&](Question& question) -> Question& {
      question.text(" FROM delivery d WHERE d.address = ").value(to.address).text(" AND d.channel = ").value(channel).text(" AND d.kind = ").value(kind);
      return question.text(" AND ").belonging(delivery.organisation, "d").text(" AND d.created_ms > ").value((now - kFloodWindow).value);
    };
    Flood flood;
    flood.at_once = 1;
    Question singles(session), gathered(session);
    flood.singles = within(singles.text("SELECT count(*)")).text(" AND d.gathers = 0").number();
    flood.gathered = within(gathered.text("SELECT coalesce(max(d.id), 0)"))
                         .text(" AND d.gathers = 1 AND d.state = 'pending' AND d.attempts = 0 AND d.due_ms > ")
                         .value(now.value)
                         .number();
    const Telling telling = tell(flood);
    if (telling == Telling::gather_into) {
      Statement(session, "UPDATE delivery SET count = count + 1 WHERE id = ?").write(flood.gathered);
      return;
    }
    gathers = telling == Telling::gather_new;
  }
  const std::optional<base::UtcMillis> ended = to.valid ? std::nullopt : std::optional(now);
  Statement(session,
            "INSERT INTO delivery(organisation, site, message, kind, meter, channel, address, name, language, count, gathers, state, round, attempts, created_ms,"
            " due_ms, ended_ms, error) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, 0, 0, ?, ?, ?, ?) ON CONFLICT (message, channel, address) DO NOTHING")
      .write(delivery.organisation, delivery.site, delivery.message, kind, delivery.meter, channel, to.address, to.name, to_string(to.language),
             std::int64_t{gathers}, to_string(to.valid ? DeliveryState::pending : DeliveryState::failed), now, gathers ? now + kFloodWindow : now, ended,
             std::string_view(to.valid ? "" : "bad_address"));
}

std::optional<std::vector<std::int64_t>> sites_of(const std::string& text) {
  if (text == "*") return std::nullopt;
  std::vector<std::int64_t> ids;
  for (const std::string& word : split_words(text)) ids.push_back(parse_integer(word));
  return ids;
}

std::string text_of(const std::optional<std::vector<std::int64_t>>& sites) {
  if (!sites) return "*";
  std::string text;
  for (const std::int64_t site : *sites) (text += text.empty() ? "" : " ") += std::to_string(site);
  return text;
}

}  // namespace anju::platform
