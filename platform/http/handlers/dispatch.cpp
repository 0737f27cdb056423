// 数据下发: meters into and out of the archive of their gateway, and what scans found on site.

#include "platform/http/answers.hpp"
#include "platform/http/api.hpp"
#include "platform/http/documents.hpp"
#include "platform/http/fields.hpp"
#include "platform/http/handlers.hpp"
#include "protocols/wire/detail.hpp"

namespace anju::platform {

void dispatch_meter(const Call& call, Api& api, Reply reply) {
  const DispatchMeter order{call.number("meter")};
  auto show = [&api, call, meter = order.meter](const Answer&, Reply shown) { show_meter(call, api, std::move(shown), meter, 200); };
  api.submit(call, order, {}, std::move(reply), std::move(show));
}

void withdraw_meter(const Call& call, Api& api, Reply reply) {
  Fields fields(call.request);
  WithdrawMeter order{call.number("meter")};
  if (fields.has("confirmed")) order.confirmed = fields.boolean("confirmed");
  if (fields.problem()) return reply(refuse(*fields.problem()));
  auto show = [&api, call, meter = order.meter](const Answer&, Reply shown) { show_meter(call, api, std::move(shown), meter, 200); };
  auto detail = wire::detail({{"confirmed", order.confirmed ? "yes" : "no"}});
  api.submit(call, order, std::move(detail), std::move(reply), std::move(show));
}

void list_found_devices(const Call& call, Api& api, Reply reply) {
  Arguments arguments(call.request);
  const bool dismissed = arguments.boolean("dismissed").value_or(false);
  if (arguments.problem()) return reply(refuse(*arguments.problem()));
  auto ask = [scope = call.caller.scope(), gateway = std::string(call.parameter("gateway")), dismissed](Queries& queries) {
    const auto found = queries.found(scope, gateway, dismissed);
    if (!found) return query_failed(found.error());
    if (!*found) return refuse(Refusal::not_found);
    boost::json::array rows;
    for (const FoundRow& row : **found) rows.push_back(json_of(row));
    return json_response(rows);
  };
  api.read(std::move(reply), std::move(ask));
}

void dismiss_found_device(const Call& call, Api& api, Reply reply) {
  Fields fields(call.request);
  const DismissFound order{std::string(call.parameter("gateway")), call.number("found"), fields.boolean("dismissed")};
  if (fields.problem()) return reply(refuse(*fields.problem()));
  auto done = [](const Answer&, const Reply& dismissed) {
    Response response;
    response.status = 204;
    dismissed(std::move(response));
  };
  auto detail = wire::detail({{"gateway", order.gateway}, {"found", std::to_string(order.found)}, {"dismissed", order.dismissed ? "yes" : "no"}});
  api.submit(call, order, std::move(detail), std::move(reply), std::move(done));
}

}  // namespace anju::platform
