// Price plans: list, add, change.

#include "platform/http/answers.hpp"
#include "platform/http/api.hpp"
#include "platform/http/fields.hpp"
#include "platform/http/handlers.hpp"
#include "platform/http/words.hpp"
#include "protocols/wire/detail.hpp"

namespace anju::platform {
namespace {

base::Price price(Fields& fields, std::string_view name) {
  const base::Price value = fields.price(name);
  if (value > kGreatestPrice) fields.refuse(name, "must be at most " + format(kGreatestPrice));
  return value;
}

std::string prices_text(const Prices& prices) {
  if (prices.kind == PlanKind::total) return format(prices.total);
  std::string text;
  for (const auto value : prices.tariffs) (text += text.empty() ? "" : "/") += format(value);
  return text;
}

void put_price_plan(const Call& call, Api& api, Reply reply, std::int64_t plan, int status) {
  Fields fields(call.request);
  PutPricePlan order;
  order.plan = plan;
  order.name = fields.text("name", 1, 60);
  order.prices.kind = enum_of<PlanKind>(kPlanKinds, fields.one_of("kind", kPlanKinds));
  if (order.prices.kind == PlanKind::total) {
    order.prices.total = price(fields, "total");
  } else {
    order.prices.tariffs = {price(fields, "sharp"), price(fields, "peak"), price(fields, "flat"),
                            price(fields, "valley")};
  }
  if (fields.problem()) return reply(refuse(*fields.problem()));

  std::string detail = wire::detail({{"name", order.name},
                                     {"kind", std::string(to_string(order.prices.kind))},
                                     {"prices", prices_text(order.prices)}});
  auto show = [&api, scope = call.caller.scope(), status](const Answer& answer, Reply reply) {
    auto find = [scope, status, id = std::get<Created>(answer).id](Queries& queries) {
      const auto plans = queries.price_plans(scope);
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
  api.read(std::move(reply),
           [scope = call.caller.scope()](Queries& queries) { return answer(queries.price_plans(scope)); });
}

void create_price_plan(const Call& call, Api& api, Reply reply) {
  put_price_plan(call, api, std::move(reply), 0, 201);
}

void change_price_plan(const Call& call, Api& api, Reply reply) {
  const std::int64_t plan = call.number("plan");
  if (plan == 0) return reply(refuse(Refusal::not_found));  // 0 would add one
  put_price_plan(call, api, std::move(reply), plan, 200);
}

}  // namespace anju::platform
