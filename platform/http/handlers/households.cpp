// What the office settles with a household: opening an account, the calculation for moving out, settlements and adjustments.

#include <algorithm>

#include <boost/json/array.hpp>

#include "platform/catalog/masking.hpp"
#include "platform/domain/points.hpp"
#include "platform/http/answers.hpp"
#include "platform/http/api.hpp"
#include "platform/http/documents.hpp"
#include "platform/http/fields.hpp"
#include "platform/http/handlers.hpp"
#include "platform/http/supply_fields.hpp"
#include "platform/http/words.hpp"
#include "protocols/base/decimal.hpp"
#include "protocols/wire/detail.hpp"

namespace anju::platform {
namespace json = boost::json;
namespace {

/// Names are personal data, too.
json::object shown(const Opening& row, bool clear) {
  const auto personal = [clear](const std::string& text) { return clear ? text : catalog::masked(text); };
  const Household& h = row.household;
  return {{"id", row.id},       {"customer", personal(h.customer)}, {"mobile", personal(h.mobile)}, {"unit", h.unit},
          {"settlement_method", to_string(h.settlement_method)},    {"voltage", h.voltage},         {"opened_on", h.opened_on.value},
          {"area", h.area},     {"address", h.address},             {"note", h.note},               {"start", shown(row.start)},
          {"by", row.by},       {"created_at", row.at.value}};
}

json::object shown(const SettlementRow& row, bool clear) {
  const Settlement& s = row.settlement;
  return {{"id", s.id},
          {"at", s.at.value},
          {"from", shown(s.from)},
          {"to", shown(s.to)},
          {"kwh", format(s.quantity)},
          {"fee", format(s.fee)},
          {"recharged", format(s.recharged)},
          {"adjusted", format(s.adjusted)},
          {"balance", format(s.balance)},
          {"refund", format(s.balance)},
          {"method", to_string(s.method)},
          {"closed", s.closes},
          {"note", s.note},
          {"by", s.by},
          {"customer", clear ? row.customer : catalog::masked(row.customer)}};
}

json::object shown(const Adjustment& row, bool) {
  return {{"id", row.id},     {"at", row.at.value}, {"amount", format(row.amount)}, {"balance", format(row.balance_after)},
          {"note", row.note}, {"by", row.by}};
}

json::object shown(const OpeningRow& row, bool clear) {
  json::object object = shown(row.opening, clear);
  object["price_plan"] = json::object{{"id", row.plan}, {"name", row.plan_name}};
  if (row.closed) object["closed_at"] = row.closed->value;
  return object;
}

json::object shown(const Calculation& made, bool clear) {
  json::object object{{"reading", made.to.at.value},
                      {"from", shown(made.since.from)},
                      {"to", shown(made.to)},
                      {"kwh", format(made.quantity)},
                      {"fee", format(made.fee)},
                      {"recharged", format(made.since.recharged)},
                      {"adjusted", format(made.since.adjusted)},
                      {"balance", format(made.balance)},
                      {"opening", nullptr}};
  if (made.opening) object["opening"] = shown(*made.opening, clear);
  json::array today;
  for (const DayUse& row : made.today) {
    json::object use{{"at", row.stand.at.value},     {"kwh", format(row.quantity)},        {"fee", format(row.fee)}, {"balance", format(row.balance)},
                     {"total", format(row.stand.total)}, {"previous_total", format(row.previous_total)}};
    put_tariffs(use, row.stand.tariffs);
    put_tariffs(use, row.previous_tariffs, "previous_tariffs");
    today.push_back(std::move(use));
  }
  object["today"] = std::move(today);
  return object;
}

/// For documents.hpp.
constexpr auto kShow = [](const auto& row, bool clear) { return shown(row, clear); };

}  // namespace

void get_calculation(const Call& call, Api& api, Reply reply) {
  api.read(std::move(reply), [&api, scope = call.caller.scope(), meter = call.number("meter"), now = call.now, clear = sees_personal(call)](Queries&) {
    const auto made = api.ports().points.calculation(scope, meter, now);
    if (!made) return query_failed(made.error());
    if (!*made) return refuse(Refusal::not_found);
    return json_response(shown(**made, clear));
  });
}

void list_openings(const Call& call, Api& api, Reply reply) { list_documents(call, api, std::move(reply), &MeteringPoints::openings, kShow); }
void list_settlements(const Call& call, Api& api, Reply reply) { list_documents(call, api, std::move(reply), &MeteringPoints::settlements, kShow); }
void list_adjustments(const Call& call, Api& api, Reply reply) { list_documents(call, api, std::move(reply), &MeteringPoints::adjustments, kShow); }

void open_household(const Call& call, Api& api, Reply reply) {
  Fields fields(call.request);
  OpenAccount order;
  order.key = fields.id("id");
  order.meter = call.number("meter");
  Household& h = order.household;
  h.customer = fields.text("customer", 1, 60);
  h.settlement_method = enum_of<PayMethod>(kMethods, fields.one_of("settlement_method", kMethods));
  h.opened_on = base::UtcMillis(fields.integer("opened_on", 0, base::kMaxDecimal));
  const auto maybe = [&](std::string_view name, std::string& text, std::size_t most) {
    if (fields.has(name)) text = fields.text(name, 0, most);
  };
  maybe("mobile", h.mobile, 30);
  maybe("unit", h.unit, 60);
  maybe("voltage", h.voltage, 30);
  maybe("area", h.area, 60);
  maybe("address", h.address, 60);
  maybe("note", h.note, 200);
  if (catalog::is_mask(h.customer)) fields.refuse("customer", "must be the whole name, not a mask");
  if (catalog::is_mask(h.mobile)) fields.refuse("mobile", "must be the whole number, not a mask");
  order.price_plan = fields.integer("price_plan", 0, base::kMaxDecimal);
  order.settings = supply_settings(fields, true);
  if (fields.problem()) return reply(refuse(*fields.problem()));
  auto detail = wire::detail({{"price_plan", std::to_string(order.price_plan)}, {"id", order.key}}) + "; " + settings_detail(order.settings);
  auto show = show_booked(call, api, &MeteringPoints::openings, kShow, [](const OpeningRow& row) { return row.opening.id; });
  api.submit(call, std::move(order), std::move(detail), std::move(reply), std::move(show));
}

void settle_household(const Call& call, Api& api, Reply reply) {
  Fields fields(call.request);
  Settle order;
  order.key = fields.id("id");
  order.meter = call.number("meter");
  order.register_at = base::UtcMillis(fields.integer("reading", 0, base::kMaxDecimal));
  order.balance = fields.money("balance");
  order.method = enum_of<PayMethod>(kMethods, fields.one_of("method", kMethods));
  order.close = fields.boolean("close");
  order.opening = seen_opening(fields);
  if (fields.has("note")) order.note = fields.text("note", 0, 200);
  if (fields.problem()) return reply(refuse(*fields.problem()));
  auto detail = wire::detail({{"balance", format(order.balance)},
                              {"method", std::string(to_string(order.method))},
                              {"close", order.close ? "yes" : "no"},
                              {"id", order.key}});
  auto show = show_booked(call, api, &MeteringPoints::settlements, kShow, [](const SettlementRow& row) { return row.settlement.id; });
  api.submit(call, std::move(order), std::move(detail), std::move(reply), std::move(show));
}

void adjust_balance(const Call& call, Api& api, Reply reply) {
  Fields fields(call.request);
  AdjustBalance order;
  order.key = fields.id("id");
  order.meter = call.number("meter");
  order.amount = fields.money("amount");
  order.balance = fields.money("balance");
  order.note = fields.text("note", 1, 200);
  order.opening = seen_opening(fields);
  if (order.amount == base::Money(0)) fields.refuse("amount", "must not be zero");
  if (order.amount > kGreatestRecharge || order.amount < -kGreatestRecharge) fields.refuse("amount", "must be at most " + format(kGreatestRecharge));
  if (fields.problem()) return reply(refuse(*fields.problem()));
  auto detail = wire::detail({{"amount", format(order.amount)}, {"id", order.key}});
  auto show = show_booked(call, api, &MeteringPoints::adjustments, kShow, [](const Adjustment& row) { return row.id; });
  api.submit(call, std::move(order), std::move(detail), std::move(reply), std::move(show));
}

}  // namespace anju::platform
