// Commands: list, one, order, cancel.

#include "platform/http/answers.hpp"
#include "platform/http/api.hpp"
#include "platform/http/fields.hpp"
#include "platform/http/handlers.hpp"
#include "platform/http/words.hpp"
#include "protocols/wire/detail.hpp"

namespace anju::platform {
namespace {

void show_command(const Call& call, Api& api, Reply reply, std::string code, int status) {
  api.read(std::move(reply), [scope = call.caller.scope(), code = std::move(code), status](Queries& queries) {
    return answer(queries.command(scope, code), status);
  });
}

}  // namespace

void list_commands(const Call& call, Api& api, Reply reply) {
  Arguments arguments(call.request);
  const auto before = arguments.text("before", 64);
  const auto limit = arguments.integer("limit", 1, kMostCursorRows).value_or(50);
  const bool with_live = arguments.boolean("live").value_or(true);
  if (arguments.problem()) return reply(refuse(*arguments.problem()));

  auto ask = [scope = call.caller.scope(), meter = call.number("meter"), before, limit,
              with_live](Queries& queries) {
    const auto page = queries.commands(scope, meter, before, limit, with_live);
    if (!page) return query_failed(page.error());
    if (!*page) return refuse(Refusal::not_found);
    boost::json::object object{{"rows", json_of((*page)->rows)}};
    object["next"] = (*page)->next ? boost::json::value(*(*page)->next) : boost::json::value(nullptr);
    return json_response(object);
  };
  api.read(std::move(reply), std::move(ask));
}

void order_command(const Call& call, Api& api, Reply reply) {
  Fields fields(call.request);
  OrderCommand order;
  order.code = fields.id("id");
  order.meter = call.number("meter");
  order.ask = enum_of<Ask>(kAsks, fields.one_of("kind", kAsks));
  if (fields.has("note")) order.note = fields.text("note", 0, 200);
  if (order.ask == Ask::automatic_on) order.target_dc = fields.decimal("target_c", 1, wire::kLeastTarget, wire::kMostTarget);
  if (order.ask == Ask::live) order.seconds = fields.has("seconds") ? fields.integer("seconds", 1, 600) : 60;
  if (fields.problem()) return reply(refuse(*fields.problem()));

  std::string detail = wire::detail({{"kind", std::string(kAsks[static_cast<std::size_t>(order.ask)])},
                                     {"note", order.note},
                                     {"id", order.code}});
  auto show = [&api, call](const Answer& answer, Reply reply) {
    show_command(call, api, std::move(reply), std::get<Ordered>(answer).code, 202);
  };
  api.submit(call, std::move(order), std::move(detail), std::move(reply), std::move(show));
}

void get_command(const Call& call, Api& api, Reply reply) {
  show_command(call, api, std::move(reply), std::string(call.parameter("command")), 200);
}

void cancel_command(const Call& call, Api& api, Reply reply) {
  auto show = [&api, call](const Answer& answer, Reply reply) {
    show_command(call, api, std::move(reply), std::get<Ordered>(answer).code, 200);
  };
  api.submit(call, CancelCommand{std::string(call.parameter("command"))}, {}, std::move(reply), std::move(show));
}

}  // namespace anju::platform
