// What a bound user sees of his meters: what he needs, in words of his household, and nothing else.

#include <boost/json/array.hpp>

#include "platform/http/bound_answers.hpp"
#include "platform/http/handlers.hpp"
#include "platform/http/price_fields.hpp"

namespace anju::platform {
namespace json = boost::json;
namespace {

json::object shown(const OwnMeterRow& row) {
  return {{"binding", row.binding},
          {"site", row.site},
          {"kind", row.kind},
          {"name", row.name},
          {"room", row.room},
          {"address", row.address},
          {"mode", row.mode},
          {"balance", format(row.balance)},
          {"account_state", row.account_state},
          {"wanted", row.wanted},
          {"wanted_reason", row.wanted_reason},
          {"reported", row.reported},
          {"reachable", row.reachable},
          {"valve", row.valve},
          {"since", row.since.value}};
}

json::object shown(const OwnMeter& own, base::UtcMillis now) {
  json::object object = shown(own.row);
  const auto maybe = [](const std::optional<base::UtcMillis>& at) { return at ? json::value(at->value) : json::value(nullptr); };
  object["from"] = own.from.value;
  object["alarm_1"] = format(own.alarm_1);
  object["alarm_2"] = format(own.alarm_2);
  object["overdraft"] = format(own.overdraft);
  object["auto_trip"] = own.auto_trip;
  object["reported_at"] = maybe(own.reported_at);
  object["read_at"] = maybe(own.read_at);
  object["total"] = own.read_at ? json::value(format(own.total)) : json::value(nullptr);
  json::object prices;
  put_prices(prices, own.prices);
  object["prices"] = std::move(prices);
  const base::CivilTime clock = base::to_civil(now, own.utc_offset_minutes);
  const auto price = price_at(own.prices, clock.hour * 60 + clock.minute);
  object["price_now"] = price ? json::value(format(*price)) : json::value(nullptr);
  const Worth worth = worth_for_user(own.row.balance, own.prices);
  object["worth"] = worth.quantity ? json::value(format(*worth.quantity)) : json::value(nullptr);
  object["worth_unknown"] = worth.why;
  object["utc_offset_minutes"] = own.utc_offset_minutes;
  object["recharge_at"] = json::object{{"organisation", own.organisation}, {"address", own.site_address}, {"phone", own.site_phone}};
  return object;
}

json::object shown(const OwnUse& use) { return {{"at", use.at.value}, {"quantity", format(use.used)}, {"money", format(use.money)}}; }
json::object shown(const OwnRecord& record) {
  return {{"at", record.at.value}, {"kind", record.kind}, {"method", record.method}, {"amount", format(record.amount)}};
}
json::object shown(const OwnMessage& message) {
  const MessageText zh = text_of(message.kind, message.values, 1, Tongue::zh), en = text_of(message.kind, message.values, 1, Tongue::en);
  return {{"at", message.at.value},
          {"kind", to_string(message.kind)},
          {"title", json::object{{"zh", zh.title}, {"en", en.title}}},
          {"text", json::object{{"zh", zh.text}, {"en", en.text}}}};
}

template <class Row>
json::array all_of(const std::vector<Row>& rows) {
  json::array all;
  for (const Row& row : rows) all.push_back(shown(row));
  return all;
}

/// ask(desk, user, binding) beside the loop, then what `show` makes of it; 404 when it is not his.
template <class Ask, class Show>
void read_own(const Call& call, Api& api, Reply reply, Ask ask, Show show) {
  api.read(std::move(reply), [&api, user = call.bound->user.id, binding = call.number("binding"), ask, show](Queries&) {
    const auto found = ask(api.ports().bound, user, binding);
    if (!found) return query_failed(found.error());
    if (!*found) return refuse(Refusal::not_found);
    return json_response(show(**found));
  });
}

}  // namespace

void list_my_meters(const Call& call, Api& api, Reply reply) {
  api.read(std::move(reply), [&api, user = call.bound->user.id](Queries&) {
    const auto rows = api.ports().bound.own_meters(user);
    if (!rows) return query_failed(rows.error());
    return json_response(all_of(*rows));
  });
}

void get_my_meter(const Call& call, Api& api, Reply reply) {
  read_own(call, api, std::move(reply), [](BoundDesk& desk, std::int64_t user, std::int64_t binding) { return desk.own_meter(user, binding); },
           [now = call.now](const OwnMeter& own) { return shown(own, now); });
}

void get_my_use(const Call& call, Api& api, Reply reply) {
  read_own(call, api, std::move(reply), [now = call.now](BoundDesk& desk, std::int64_t user, std::int64_t binding) { return desk.own_use(user, binding, now); },
           [](const OwnUses& uses) { return json::object{{"from", uses.from.value}, {"days", all_of(uses.days)}, {"months", all_of(uses.months)}}; });
}

void list_my_records(const Call& call, Api& api, Reply reply) {
  read_own(call, api, std::move(reply), [](BoundDesk& desk, std::int64_t user, std::int64_t binding) { return desk.own_records(user, binding); },
           [](const std::vector<OwnRecord>& records) { return json::object{{"rows", all_of(records)}}; });
}

void list_my_messages(const Call& call, Api& api, Reply reply) {
  read_own(call, api, std::move(reply), [](BoundDesk& desk, std::int64_t user, std::int64_t binding) { return desk.own_messages(user, binding); },
           [](const std::vector<OwnMessage>& messages) { return json::object{{"rows", all_of(messages)}}; });
}

}  // namespace anju::platform
