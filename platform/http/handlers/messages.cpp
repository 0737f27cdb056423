// Messages: one's own inbox, what left by SMS and mail, who gets messages about a meter, announcements and bought SMS.

#include <algorithm>
#include <array>
#include <tuple>

#include <boost/json/array.hpp>

#include "platform/catalog/masking.hpp"
#include "platform/domain/errc.hpp"
#include "platform/domain/messages.hpp"
#include "platform/http/answers.hpp"
#include "platform/http/api.hpp"
#include "platform/http/fields.hpp"
#include "platform/http/handlers.hpp"
#include "platform/http/words.hpp"
#include "protocols/base/decimal.hpp"
#include "protocols/wire/detail.hpp"

namespace anju::platform {
namespace json = boost::json;
namespace {

constexpr std::int64_t kMostSmsBought = 10'000'000;

bool sees_personal(const Call& call) { return call.caller.may(catalog::kSeePersonal); }

json::value code_or_null(const std::string& code) { return code.empty() ? json::value(nullptr) : json::value(code); }
json::value id_or_null(std::int64_t id) { return id == 0 ? json::value(nullptr) : json::value(id); }

json::object shown(const MessageValues& values) {
  json::object object;
  for (const NamedValue& one : named(values)) object[one.name] = one.value;
  if (values.amount) object["amount"] = *values.amount;
  return object;
}

json::object shown(const InboxRow& row) {
  const MessageText zh = text_of(row.kind, row.values, row.count, Tongue::zh), en = text_of(row.kind, row.values, row.count, Tongue::en);
  return {{"id", row.id},
          {"kind", to_string(row.kind)},
          {"at", row.at.value},
          {"count", row.count},
          {"read", row.read},
          {"meter", id_or_null(row.meter)},
          {"gateway", code_or_null(row.gateway)},
          {"site", code_or_null(row.site)},
          {"values", shown(row.values)},
          {"words", json::object{{"title", json::object{{"zh", zh.title}, {"en", en.title}}}, {"text", json::object{{"zh", zh.text}, {"en", en.text}}}}}};
}

json::object shown(const DeliveryRow& row, bool clear) {
  const auto personal = [clear](const std::string& text) { return clear ? text : catalog::masked(text); };
  json::object object{{"id", row.id},
                      {"kind", to_string(row.kind)},
                      {"channel", to_string(row.channel)},
                      {"name", personal(row.name)},
                      {"address", personal(row.address)},
                      {"language", to_string(row.language)},
                      {"state", to_string(row.state)},
                      {"error", row.error},
                      {"attempts", row.attempts},
                      {"count", row.count},
                      {"text", text_of(row.kind, row.values, row.count, row.language).text},
                      {"created_at", row.created.value},
                      {"ended_at", nullptr},
                      {"next_at", nullptr},
                      {"meter", id_or_null(row.meter)},
                      {"meter_name", row.values.meter},
                      {"room", row.values.room},
                      {"site", code_or_null(row.site)}};
  if (row.ended) object["ended_at"] = row.ended->value;
  if (row.state == DeliveryState::pending) object["next_at"] = row.due.value;
  return object;
}

json::object shown(Ways ways) { return {{"sms", ways.sms}, {"mail", ways.mail}}; }

json::object shown(const AnnouncementRow& row) {
  json::value sites = nullptr;
  if (row.sites) {
    json::array codes;
    for (const std::string& code : *row.sites) codes.emplace_back(code);
    sites = std::move(codes);
  }
  return {{"id", row.id},       {"title", row.title}, {"text", row.text}, {"sites", std::move(sites)}, {"sms", row.sms}, {"inbox", row.inbox}, {"households", row.households},
          {"staff", row.staff}, {"made", row.made},   {"sent", row.sent}, {"by", row.by},              {"at", row.at.value}};
}

json::object shown(const SmsPackage& row) {
  return {{"id", row.id}, {"count", row.count}, {"price", format(row.price)}, {"note", row.note}, {"by", row.by}, {"at", row.at.value}};
}

/// work(desk, audit row) on the store thread, then `then`(what it made) on it, too. Nobody's rights change by it.
template <class Made>
void change(const Call& call, Api& api, std::string detail, Reply reply, std::function<base::Result<Made>(MessageDesk&, const AuditEntry&)> work,
            std::function<Response(MessageDesk&, const Made&)> then) {
  AuditEntry row = call.audit;
  row.detail = detail;
  auto ask = [&api, row = std::move(row), detail = std::move(detail), reply, work = std::move(work), then = std::move(then)] {
    MessageDesk& desk = api.ports().messages;
    const auto done = work(desk, row);
    Response response = done ? then(desk, *done) : refuse(done.error());
    if (!done && done.error().is(Errc::store_failed)) api.ports().log("a change failed: " + done.error().where);
    response.audit.detail = detail;
    response.audit.stored = done.has_value();
    reply(std::move(response));
  };
  if (!api.run().store(std::move(ask))) reply(refuse(Refusal::busy));
}

struct Nothing {};
void change_inbox(const Call& call, Api& api, Reply reply, std::function<base::Result<>(MessageDesk&, const AuditEntry&)> work) {
  auto marked = [work = std::move(work)](MessageDesk& desk, const AuditEntry& audit) -> base::Result<Nothing> {
    if (auto done = work(desk, audit); !done) return base::pass(done);
    return Nothing{};
  };
  change<Nothing>(call, api, {}, std::move(reply), std::move(marked), [](MessageDesk&, const Nothing&) {
    Response response;
    response.status = 204;
    return response;
  });
}

/// The delivery that was made or sent anew.
std::function<Response(MessageDesk&, const std::int64_t&)> show_delivery(Scope scope, bool clear, int status) {
  return [scope = std::move(scope), clear, status](MessageDesk& desk, const std::int64_t& id) {
    const auto row = desk.delivery(scope, id);
    if (!row) return query_failed(row.error());
    if (!*row) return refuse(Refusal::not_found);
    return json_response(shown(**row, clear), status);
  };
}

std::pair<std::int64_t, std::int64_t> asked_page(Arguments& arguments) {
  const std::int64_t page = arguments.integer("page", 1, base::kMaxDecimal / kMostPageSize).value_or(1);
  return {page, arguments.integer("page_size", 1, kMostPageSize).value_or(20)};
}

void list_deliveries(Api& api, Reply reply, Scope scope, DeliveryFilter filter, bool clear) {
  api.read(std::move(reply), [&api, scope = std::move(scope), filter, clear](Queries&) {
    const auto page = api.ports().messages.deliveries(scope, filter);
    if (!page) return query_failed(page.error());
    if (!*page) return refuse(Refusal::not_found);
    json::array rows;
    for (const DeliveryRow& row : (*page)->rows) rows.push_back(shown(row, clear));
    return json_response(json::object{{"total", (*page)->total}, {"rows", std::move(rows)}, {"ways", shown(api.ports().messages.ways())}});
  });
}

Response show_subscribers(const base::Result<std::optional<SubscriberList>>& list, bool clear) {
  if (!list) return query_failed(list.error());
  if (!*list) return refuse(Refusal::not_found);
  const auto personal = [clear](const std::string& text) { return clear ? text : catalog::masked(text); };
  json::array rows;
  for (const SubscriberRow& row : (*list)->rows) {
    json::array kinds;
    for (const MessageKind kind : row.subscriber.kinds) kinds.emplace_back(to_string(kind));
    rows.push_back(json::object{{"id", row.number},
                                {"name", personal(row.subscriber.name)},
                                {"mobile", personal(row.subscriber.mobile)},
                                {"mail", personal(row.subscriber.mail)},
                                {"language", to_string(row.subscriber.language)},
                                {"kinds", std::move(kinds)}});
  }
  return json_response(json::object{{"version", (*list)->version}, {"rows", std::move(rows)}, {"household", code_or_null(personal((*list)->household))}});
}

std::optional<SubscriberRow> read_subscriber(Fields& fields) {
  SubscriberRow row;
  if (fields.has("id")) row.number = fields.integer("id", 0, base::kMaxDecimal);
  Subscriber& one = row.subscriber;
  one.name = fields.text("name", 1, 60);
  if (fields.has("mobile")) one.mobile = fields.text("mobile", 0, 20);
  if (fields.has("mail")) one.mail = fields.text("mail", 0, 100);
  one.language = tongue(fields.one_of("language", kTongues));
  for (const std::string& word : fields.texts("kinds", kMessageKinds.size(), 40)) {
    const auto kind = message_kind(word);
    if (!kind || !is_of_meter(*kind)) {
      fields.refuse("kinds", "must be kinds of messages about a meter");
      break;
    }
    if (std::find(one.kinds.begin(), one.kinds.end(), *kind) == one.kinds.end()) one.kinds.push_back(*kind);
  }
  if (one.kinds.empty()) fields.refuse("kinds", "must name at least one");
  if (one.mobile.empty() && one.mail.empty()) fields.refuse("mobile", "is needed, or mail");
  if (!one.mobile.empty() && !catalog::is_mask(one.mobile) && !mobile_of(one.mobile)) fields.refuse("mobile", "must be a number of 7 to 15 digits");
  if (!one.mail.empty() && !catalog::is_mask(one.mail) && !is_mail(one.mail)) fields.refuse("mail", "must be an address such as name@example.com");
  if (fields.problem()) return std::nullopt;
  return row;
}

}  // namespace

void list_inbox(const Call& call, Api& api, Reply reply) {
  Arguments arguments(call.request);
  const bool unread = arguments.boolean("unread").value_or(false);
  const auto [page, size] = asked_page(arguments);
  if (arguments.problem()) return reply(refuse(*arguments.problem()));
  api.read(std::move(reply), [&api, person = call.caller.user.id, unread, page = page, size = size](Queries&) {
    const auto found = api.ports().messages.inbox(person, unread, page, size);
    if (!found) return query_failed(found.error());
    json::array rows;
    for (const InboxRow& row : found->page.rows) rows.push_back(shown(row));
    return json_response(json::object{{"unread", found->unread}, {"total", found->page.total}, {"rows", std::move(rows)}});
  });
}

void read_inbox(const Call& call, Api& api, Reply reply) {
  Fields fields(call.request);
  const base::UtcMillis through(fields.integer("through", 0, base::kMaxDecimal));
  if (fields.problem()) return reply(refuse(*fields.problem()));
  change_inbox(call, api, std::move(reply), [person = call.caller.user.id, through](MessageDesk& desk, const AuditEntry& audit) {
    return desk.read_through(person, through, audit);
  });
}

void read_inbox_row(const Call& call, Api& api, Reply reply) {
  change_inbox(call, api, std::move(reply), [person = call.caller.user.id, row = call.number("item")](MessageDesk& desk, const AuditEntry& audit) {
    return desk.read_one(person, row, audit);
  });
}

void list_messages(const Call& call, Api& api, Reply reply) {
  Arguments arguments(call.request);
  Scope scope = asked_scope(call, arguments);
  DeliveryFilter filter;
  if (const auto word = arguments.one_of("state", kDeliveryStates)) filter.state = enum_of<DeliveryState>(kDeliveryStates, *word);
  if (const auto word = arguments.one_of("channel", kChannels)) filter.channel = enum_of<Channel>(kChannels, *word);
  if (const auto word = arguments.one_of("kind", kMessageKinds)) filter.kind = enum_of<MessageKind>(kMessageKinds, *word);
  if (const auto from = arguments.integer("from", 0, base::kMaxDecimal)) filter.from = base::UtcMillis(*from);
  if (const auto to = arguments.integer("to", 0, base::kMaxDecimal)) filter.to = base::UtcMillis(*to);
  std::tie(filter.page, filter.page_size) = asked_page(arguments);
  if (arguments.problem()) return reply(refuse(*arguments.problem()));
  list_deliveries(api, std::move(reply), std::move(scope), filter, sees_personal(call));
}

void list_meter_messages(const Call& call, Api& api, Reply reply) {
  Arguments arguments(call.request);
  DeliveryFilter filter;
  filter.meter = call.number("meter");
  std::tie(filter.page, filter.page_size) = asked_page(arguments);
  if (arguments.problem()) return reply(refuse(*arguments.problem()));
  if (filter.meter == 0) return reply(refuse(Refusal::not_found));
  list_deliveries(api, std::move(reply), call.caller.scope(), filter, sees_personal(call));
}

void resend_message(const Call& call, Api& api, Reply reply) {
  auto work = [scope = call.caller.scope(), id = call.number("message")](MessageDesk& desk, const AuditEntry& audit) { return desk.resend(scope, id, audit); };
  change<std::int64_t>(call, api, {}, std::move(reply), std::move(work), show_delivery(call.caller.scope(), sees_personal(call), 200));
}

void test_message(const Call& call, Api& api, Reply reply) {
  Fields fields(call.request);
  const auto channel = enum_of<Channel>(kChannels, fields.one_of("channel", kChannels));
  if (fields.problem()) return reply(refuse(*fields.problem()));
  auto work = [person = call.caller.user.id, channel](MessageDesk& desk, const AuditEntry& audit) { return desk.test(person, channel, audit); };
  // It is of his own organisation, whichever he has entered, and his own address.
  change<std::int64_t>(call, api, wire::detail({{"channel", std::string(to_string(channel))}}), std::move(reply), std::move(work),
                       show_delivery(Scope{call.caller.user.organisation}, true, 201));
}

void list_subscribers(const Call& call, Api& api, Reply reply) {
  api.read(std::move(reply), [&api, scope = call.caller.scope(), meter = call.number("meter"), clear = sees_personal(call)](Queries&) {
    return show_subscribers(api.ports().messages.subscribers(scope, meter), clear);
  });
}

void change_subscribers(const Call& call, Api& api, Reply reply) {
  Fields fields(call.request);
  fields.only({"version", "rows"});
  const std::int64_t version = fields.integer("version", 0, base::kMaxDecimal);
  std::vector<SubscriberRow> rows;
  for (Fields& one : fields.objects("rows", kMostSubscribers)) {
    if (auto row = read_subscriber(one)) rows.push_back(std::move(*row));
    fields.take(one);
  }
  if (fields.problem()) return reply(refuse(*fields.problem()));
  auto detail = wire::detail({{"rows", std::to_string(rows.size())}, {"version", std::to_string(version)}});
  auto work = [scope = call.caller.scope(), meter = call.number("meter"), version, rows = std::move(rows)](MessageDesk& desk, const AuditEntry& audit) -> base::Result<Nothing> {
    if (auto done = desk.set_subscribers(scope, meter, version, rows, audit); !done) return base::pass(done);
    return Nothing{};
  };
  change<Nothing>(call, api, std::move(detail), std::move(reply), std::move(work),
                  [scope = call.caller.scope(), meter = call.number("meter"), clear = sees_personal(call)](MessageDesk& desk, const Nothing&) {
                    return show_subscribers(desk.subscribers(scope, meter), clear);
                  });
}

void list_announcements(const Call& call, Api& api, Reply reply) {
  Arguments arguments(call.request);
  const auto [page, size] = asked_page(arguments);
  if (arguments.problem()) return reply(refuse(*arguments.problem()));
  api.read(std::move(reply), [&api, scope = call.caller.scope(), page = page, size = size](Queries&) {
    const auto found = api.ports().messages.announcements(scope, page, size);
    if (!found) return query_failed(found.error());
    json::array rows;
    for (const AnnouncementRow& row : found->rows) rows.push_back(shown(row));
    return json_response(json::object{{"total", found->total}, {"rows", std::move(rows)}});
  });
}

void announce(const Call& call, Api& api, Reply reply) {
  Fields fields(call.request);
  fields.only({"id", "title", "text", "sites", "sms", "inbox", "dry", "households", "staff"});
  NewAnnouncement made;
  made.key = fields.id("id");
  made.title = fields.text("title", 1, 40);
  made.text = fields.text("text", 1, 500);
  if (fields.has("sites")) made.sites = fields.texts("sites", kMostSitesOfUser, 64);
  made.sms = fields.boolean("sms");
  made.inbox = fields.boolean("inbox");
  const bool dry = fields.boolean("dry");
  if (fields.has("households")) made.households = fields.integer("households", 0, base::kMaxDecimal);
  if (fields.has("staff")) made.staff = fields.integer("staff", 0, base::kMaxDecimal);
  if (!made.sms && !made.inbox) fields.refuse("sms", "must be true, or inbox");
  if (made.sites && made.sites->empty()) fields.refuse("sites", "must name at least one, or be left out");
  if (fields.problem()) return reply(refuse(*fields.problem()));
  if (dry) {
    return api.read(std::move(reply), [&api, scope = call.caller.scope(), made = std::move(made)](Queries&) {
      MessageDesk& desk = api.ports().messages;
      const auto count = desk.count(scope, made);
      if (!count) return count.error().is(Errc::not_found) ? refuse(count.error()) : query_failed(count.error());
      return json_response(json::object{
          {"households", count->households}, {"staff", count->staff}, {"sms_remaining", count->sms_remaining}, {"ways", shown(desk.ways())}});
    });
  }
  auto detail = wire::detail({{"id", made.key},
                              {"title", made.title},
                              {"sites", made.sites ? std::to_string(made.sites->size()) : std::string("all")},
                              {"households", std::to_string(made.households)},
                              {"staff", std::to_string(made.staff)}});
  auto work = [scope = call.caller.scope(), made = std::move(made)](MessageDesk& desk, const AuditEntry& audit) { return desk.announce(scope, made, audit); };
  change<std::int64_t>(call, api, std::move(detail), std::move(reply), std::move(work), [scope = call.caller.scope()](MessageDesk& desk, const std::int64_t& id) {
    const auto row = desk.announcement(scope, id);
    if (!row) return query_failed(row.error());
    if (!*row) return refuse(Refusal::not_found);
    return json_response(shown(**row), 201);
  });
}

void list_sms_packages(const Call& call, Api& api, Reply reply) {
  api.read(std::move(reply), [&api, scope = call.caller.scope()](Queries&) {
    const auto book = api.ports().messages.sms_book(scope);
    if (!book) return query_failed(book.error());
    json::array rows;
    for (const SmsPackage& row : book->packages) rows.push_back(shown(row));
    return json_response(json::object{{"remaining", book->stock.remaining},
                                      {"bought", book->bought},
                                      {"used", book->stock.used},
                                      {"low", is_low(book->stock)},
                                      {"rows", std::move(rows)}});
  });
}

void buy_sms_package(const Call& call, Api& api, Reply reply) {
  Fields fields(call.request);
  fields.only({"id", "count", "price", "note"});
  SmsPackage made;
  made.key = fields.id("id");
  made.count = fields.integer("count", 1, kMostSmsBought);
  made.price = fields.money("price");
  if (fields.has("note")) made.note = fields.text("note", 0, 200);
  if (made.price < base::Money(0) || made.price > kGreatestRecharge) fields.refuse("price", "must be from 0 to " + format(kGreatestRecharge));
  if (fields.problem()) return reply(refuse(*fields.problem()));
  made.by = call.caller.user.login;
  made.at = call.now;
  auto detail = wire::detail({{"id", made.key}, {"count", std::to_string(made.count)}, {"price", format(made.price)}});
  auto work = [scope = call.caller.scope(), made = std::move(made)](MessageDesk& desk, const AuditEntry& audit) { return desk.buy(scope, made, audit); };
  change<std::int64_t>(call, api, std::move(detail), std::move(reply), std::move(work), [scope = call.caller.scope()](MessageDesk& desk, const std::int64_t& id) {
    const auto book = desk.sms_book(scope);
    if (!book) return query_failed(book.error());
    for (const SmsPackage& row : book->packages)
      if (row.id == id) return json_response(shown(row), 201);
    return refuse(Refusal::not_found);
  });
}

}  // namespace anju::platform
