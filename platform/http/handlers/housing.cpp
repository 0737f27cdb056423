// Houses beyond lists: the clerk's desk, everything about a house, meters in rooms, prepaid management of housing sources.

#include <algorithm>
#include <array>
#include <memory>

#include "platform/catalog/day.hpp"
#include "platform/catalog/masking.hpp"
#include "platform/domain/housing.hpp"
#include "platform/http/answers.hpp"
#include "platform/http/api.hpp"
#include "platform/http/fields.hpp"
#include "platform/http/handlers.hpp"
#include "protocols/base/decimal.hpp"
#include "protocols/wire/detail.hpp"

namespace anju::platform {
namespace {

namespace json = boost::json;

constexpr std::int64_t kMostMetersOfHouse = 50;
constexpr std::int64_t kMostRechargesOfHouse = 10;
constexpr std::int64_t kMostAlarmsOfHouse = 20;

json::value id_or_null(const std::optional<std::int64_t>& id) { return id ? json::value(*id) : json::value(nullptr); }
json::value day_or_null(const std::optional<std::int64_t>& day) { return day ? json::value(catalog::format_day(*day)) : json::value(nullptr); }
json::value at_or_null(const std::optional<base::UtcMillis>& at) { return at ? json::value(at->value) : json::value(nullptr); }

/// A name or a phone, 王** and 138****0001: enough to tell people apart. In clear: whoever may see personal data.
std::string personal(const Call& call, const std::string& text) { return call.caller.may("personal:read") ? text : catalog::masked(text); }

/// Of a resident the title is a name, of a house the detail, which is its owner.
json::object json_of(const Call& call, std::string_view kind, const DeskHit& hit) {
  json::object object{{"id", hit.id},
                      {"title", kind == "resident" ? personal(call, hit.title) : hit.title},
                      {"detail", kind == "house" ? personal(call, hit.detail) : hit.detail},
                      {"phone", personal(call, hit.phone)},
                      {"community", hit.community}};
  object["house"] = id_or_null(hit.house);
  object["meter"] = id_or_null(hit.meter);
  object["amount"] = hit.amount ? json::value(format(*hit.amount)) : json::value(nullptr);
  object["at"] = at_or_null(hit.at);
  return object;
}

json::object json_of(const Call& call, const HouseMember& member) {
  return {{"id", member.id},
          {"resident", member.resident},
          {"name", personal(call, member.name)},
          {"phone", personal(call, member.phone)},
          {"relation", member.relation},
          {"since", day_or_null(member.since)},
          {"until", day_or_null(member.until)}};
}

json::object json_of(const RoomMeter& link) {
  return {{"meter", link.meter}, {"name", link.name},           {"address", link.address},   {"since", link.since.value},
          {"by", link.by},       {"until", at_or_null(link.until)}, {"until_by", link.until_by}};
}

json::object json_of(const PrepaidSource& source) {
  return {{"id", source.id},         {"code", source.code},   {"name", source.name},       {"type", source.type},
          {"zone", source.zone},     {"address", source.address}, {"site", source.site},   {"rooms", source.rooms},
          {"rooms_with_meter", source.rooms_with_meter}, {"meters", source.meters}, {"gateways", source.gateways},
          {"since", source.since.value}, {"waiting", source.waiting}};
}

/// The newest recharges of all these meters, each with the meter it was for.
base::Result<json::array> recharges_of(Queries& queries, const Scope& scope, const std::vector<MeterRow>& meters) {
  struct One {
    const MeterRow* meter;
    LedgerRow row;
  };
  std::vector<One> all;
  for (const MeterRow& meter : meters) {
    const auto page = queries.ledger(scope, meter.id, {std::nullopt, kMostRechargesOfHouse}, "recharge");
    if (!page) return base::pass(page);
    if (*page)
      for (const LedgerRow& row : (*page)->rows) all.push_back({&meter, row});
  }
  std::sort(all.begin(), all.end(), [](const One& a, const One& b) { return a.row.at > b.row.at; });
  json::array rows;
  for (const auto& [meter, row] : all) {
    if (static_cast<std::int64_t>(rows.size()) == kMostRechargesOfHouse) break;
    json::object object = json_of(row);
    object.erase("sale");  // names the household, which this page says elsewhere and masked
    object["meter"] = meter->id;
    object["meter_name"] = meter->name;
    rows.push_back(std::move(object));
  }
  return rows;
}

base::Result<json::array> alarms_of(Queries& queries, const Scope& scope, const std::vector<MeterRow>& meters) {
  json::array rows;
  for (const MeterRow& meter : meters) {
    AlarmFilter filter;
    filter.active = true;
    filter.meter = meter.id;
    filter.page_size = kMostAlarmsOfHouse;
    const auto page = queries.alarms(scope, filter);
    if (!page) return base::pass(page);
    for (const AlarmRow& alarm : page->rows) rows.push_back(json_of(alarm));
    if (static_cast<std::int64_t>(rows.size()) >= kMostAlarmsOfHouse) break;
  }
  return rows;
}

Response house_overview(const Call& call, Api& api, Queries& queries, std::int64_t house) {
  const Scope scope = call.caller.scope();
  const auto members = api.ports().housing.members(scope, house);
  if (!members) return query_failed(members.error());
  if (!*members) return refuse(Refusal::not_found);
  json::object answer{{"members", nullptr}, {"meters", nullptr}, {"recharges", nullptr}, {"alarms", nullptr}};
  if (call.caller.may("resident:read")) {
    json::array rows;
    for (const HouseMember& member : **members) rows.push_back(json_of(call, member));
    answer["members"] = std::move(rows);
  }
  if (!call.caller.may("meter:read")) return json_response(answer);
  MeterFilter filter;
  filter.house = house;
  filter.page_size = kMostMetersOfHouse;
  const auto meters = queries.meters(scope, filter, call.now);
  if (!meters) return query_failed(meters.error());
  answer["meters"] = json_of(meters->rows);
  auto recharges = recharges_of(queries, scope, meters->rows);
  if (!recharges) return query_failed(recharges.error());
  answer["recharges"] = std::move(*recharges);
  if (!call.caller.may("alarm:read")) return json_response(answer);
  auto alarms = alarms_of(queries, scope, meters->rows);
  if (!alarms) return query_failed(alarms.error());
  answer["alarms"] = std::move(*alarms);
  return json_response(answer);
}

Response no_content() {
  Response response;
  response.status = 204;
  return response;
}

}  // namespace

void search_desk(const Call& call, Api& api, Reply reply) {
  Arguments arguments(call.request);
  const auto words = arguments.text("search", 60);
  if (!arguments.problem() && !words) arguments.refuse("search", "must be given");
  if (arguments.problem()) return reply(refuse(*arguments.problem()));
  api.read(std::move(reply), [&api, call, words = *words](Queries&) {
    const auto groups = api.ports().housing.desk(call.caller.scope(), words, [&](std::string_view right) { return call.caller.may(std::string(right)); });
    if (!groups) return query_failed(groups.error());
    json::array shown;
    for (const DeskGroup& group : *groups) {
      json::array rows;
      for (const DeskHit& hit : group.rows) rows.push_back(json_of(call, group.kind, hit));
      shown.push_back(json::object{{"kind", group.kind}, {"more", group.more}, {"rows", std::move(rows)}});
    }
    return json_response({{"groups", std::move(shown)}});
  });
}

void get_house_overview(const Call& call, Api& api, Reply reply) {
  api.read(std::move(reply), [&api, call](Queries& queries) { return house_overview(call, api, queries, call.number("house")); });
}

void list_room_meters(const Call& call, Api& api, Reply reply) {
  api.read(std::move(reply), [&api, scope = call.caller.scope(), room = call.number("room")](Queries&) {
    const auto links = api.ports().housing.room_meters(scope, room);
    if (!links) return query_failed(links.error());
    if (!*links) return refuse(Refusal::not_found);
    json::array rows;
    for (const RoomMeter& link : **links) rows.push_back(json_of(link));
    return json_response({{"rows", std::move(rows)}});
  });
}

void move_meter(const Call& call, Api& api, Reply reply) {
  Fields fields(call.request);
  std::optional<std::int64_t> room, was;
  if (fields.has("room")) room = fields.integer("room", 1, base::kMaxDecimal);
  if (fields.has("was")) was = fields.integer("was", 1, base::kMaxDecimal);
  if (fields.problem()) return reply(refuse(*fields.problem()));
  const std::int64_t meter = call.number("meter");
  const auto text = [](const std::optional<std::int64_t>& id) { return id ? std::to_string(*id) : std::string(); };
  std::string detail = wire::detail({{"room", text(room)}, {"room_before", text(was)}});
  auto work = [&api, scope = call.caller.scope(), meter, room, was](catalog::Records&, const AuditEntry& audit) -> base::Result<std::int64_t> {
    if (auto done = api.ports().housing.move_meter(scope, meter, room, was, audit); !done) return base::pass(done);
    return meter;
  };
  auto show = [&api, scope = call.caller.scope(), now = call.now](std::int64_t id) { return answer(api.ports().queries.meter(scope, id, now)); };
  api.change(call, std::move(detail), std::move(reply), std::move(work), std::move(show));
}

void list_prepaid_sources(const Call& call, Api& api, Reply reply) {
  constexpr std::array<std::string_view, 3> kTypes{"centralised", "distributed", "room"};
  Arguments arguments(call.request);
  PrepaidFilter filter;
  filter.search = arguments.text("search", 60);
  filter.type = arguments.one_of("type", kTypes);
  filter.site = arguments.text("site", 64);
  filter.zone = arguments.integer("zone", 1, base::kMaxDecimal);
  filter.page = arguments.integer("page", 1, kMostPages).value_or(1);
  filter.page_size = arguments.integer("page_size", 1, kMostPageSize).value_or(20);
  if (arguments.problem()) return reply(refuse(*arguments.problem()));
  api.read(std::move(reply), [&api, scope = call.caller.scope(), filter](Queries&) {
    const auto page = api.ports().housing.prepaid(scope, filter);
    if (!page) return query_failed(page.error());
    json::array rows;
    for (const PrepaidSource& source : page->rows) rows.push_back(json_of(source));
    return json_response({{"total", page->total}, {"rows", std::move(rows)}});
  });
}

void import_source(const Call& call, Api& api, Reply reply) {
  // What was done is known to the work and told by the answer.
  const auto imported = std::make_shared<Imported>();
  auto work = [&api, imported, scope = call.caller.scope(), source = call.number("source")](catalog::Records&, const AuditEntry& audit) -> base::Result<std::int64_t> {
    const auto done = api.ports().housing.import_source(scope, source, audit);
    if (!done) return base::pass(done);
    *imported = *done;
    return source;
  };
  auto show = [imported](std::int64_t) { return json_response({{"rooms", imported->rooms}, {"already", imported->already}}); };
  api.change(call, {}, std::move(reply), std::move(work), std::move(show));
}

void take_out_source(const Call& call, Api& api, Reply reply) {
  auto work = [&api, scope = call.caller.scope(), source = call.number("source")](catalog::Records&, const AuditEntry& audit) -> base::Result<std::int64_t> {
    if (auto done = api.ports().housing.take_out(scope, source, audit); !done) return base::pass(done);
    return source;
  };
  api.change(call, {}, std::move(reply), std::move(work), [](std::int64_t) { return no_content(); });
}

}  // namespace anju::platform
