// Price plans: list, add, change.

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "platform/domain/points.hpp"
#include "platform/http/answers.hpp"
#include "platform/http/api.hpp"
#include "platform/http/fields.hpp"
#include "platform/http/handlers.hpp"
#include "platform/http/price_fields.hpp"
#include "platform/http/words.hpp"
#include "protocols/wire/detail.hpp"

namespace anju::platform {
namespace json = boost::json;
namespace {

void put_price_plan(const Call& call, Api& api, Reply reply, std::int64_t plan, int status) {
  Fields fields(call.request);
  PutPricePlan order;
  order.plan = plan;
  order.name = fields.text("name", 1, 60);
  order.prices = prices_of(fields);
  if (fields.has("utility")) {
    if (plan != 0) fields.refuse("utility", "never changes");
    order.utility = enum_of<Utility>(kUtilities, fields.one_of("utility", kUtilities));
  }
  if (order.utility == Utility::water && by_registers(order.prices)) fields.refuse("slots", "must be there: a water meter has one register");
  order.from = begin_of(fields, call.now);
  if (order.from && plan == 0) fields.refuse("from", "must be absent: a new plan holds at once");
  if (fields.problem()) return reply(refuse(*fields.problem()));

  std::string detail = wire::detail({{"name", order.name},
                                     {"kind", std::string(to_string(order.prices.kind))},
                                     {"prices", prices_text(order.prices)},
                                     {"from", order.from ? std::to_string(order.from->value) : std::string()}});
  auto show = [&api, scope = call.caller.scope(), status](const Answer& answer, Reply reply) {
    auto find = [scope, status, id = std::get<Created>(answer).id](Queries& queries) {
      const auto plans = queries.price_plans(scope, {});
      if (!plans) return query_failed(plans.error());
      for (const PlanRow& row : *plans)
        if (row.id == id) return json_response(json_of(row), status);
      return refuse(Refusal::not_found);
    };
    api.read(std::move(reply), std::move(find));
  };
  api.submit(call, std::move(order), std::move(detail), std::move(reply), std::move(show));
}

}  // namespace

void list_price_plans(const Call& call, Api& api, Reply reply) {
  Arguments arguments(call.request);
  PlanFilter filter;
  filter.search = arguments.text("search", 60);
  if (const auto utility = arguments.one_of("utility", kUtilities)) filter.utility = enum_of<Utility>(kUtilities, *utility);
  if (arguments.problem()) return reply(refuse(*arguments.problem()));
  api.read(std::move(reply), [scope = call.caller.scope(), filter](Queries& queries) { return answer(queries.price_plans(scope, filter)); });
}

void create_price_plan(const Call& call, Api& api, Reply reply) {
  put_price_plan(call, api, std::move(reply), 0, 201);
}

void change_price_plan(const Call& call, Api& api, Reply reply) {
  const std::int64_t plan = call.number("plan");
  if (plan == 0) return reply(refuse(Refusal::not_found));  // 0 would add one
  put_price_plan(call, api, std::move(reply), plan, 200);
}

void list_price_versions(const Call& call, Api& api, Reply reply) {
  api.read(std::move(reply), [&api, scope = call.caller.scope(), plan = call.number("plan")](Queries&) {
    const auto rows = api.ports().points.price_versions(scope, plan);
    if (!rows) return query_failed(rows.error());
    if (!*rows) return refuse(Refusal::not_found);
    json::array all;
    for (const PlanVersionRow& row : **rows) {
      json::object object{{"version", row.prices.version}, {"from", row.prices.from.value}, {"created_at", row.created.value}, {"by", row.by},
                          {"replaced", row.replaced}};
      put_prices(object, row.prices.prices);
      all.push_back(std::move(object));
    }
    return json_response(json::object{{"rows", std::move(all)}});
  });
}

void list_meter_price_plans(const Call& call, Api& api, Reply reply) {
  api.read(std::move(reply), [&api, scope = call.caller.scope(), meter = call.number("meter")](Queries&) {
    const auto rows = api.ports().points.meter_plans(scope, meter);
    if (!rows) return query_failed(rows.error());
    if (!*rows) return refuse(Refusal::not_found);
    json::array all;
    for (const MeterPlanRow& row : **rows) {
      all.push_back(json::object{{"id", row.id},
                                 {"price_plan", json::object{{"id", row.plan}, {"name", row.name}}},
                                 {"from", row.from.value},
                                 {"created_at", row.created.value},
                                 {"by", row.by},
                                 {"replaced", row.replaced}});
    }
    return json_response(json::object{{"rows", std::move(all)}});
  });
}

}  // namespace anju::platform
