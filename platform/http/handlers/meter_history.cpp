// What happened to one meter: readings and a person's word about a refused one, ledger, notices, consumption, recharge.

#include "platform/catalog/masking.hpp"
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
namespace {

Cursor cursor_of(Arguments& arguments) {
  return Cursor{arguments.integer("before", 0, base::kMaxDecimal),
                arguments.integer("limit", 1, kMostCursorRows).value_or(50)};
}

}  // namespace

void list_readings(const Call& call, Api& api, Reply reply) {
  Arguments arguments(call.request);
  const Cursor cursor = cursor_of(arguments);
  if (arguments.problem()) return reply(refuse(*arguments.problem()));

  api.read(std::move(reply), [scope = call.caller.scope(), meter = call.number("meter"), cursor](Queries& queries) {
    return answer(queries.readings(scope, meter, cursor));
  });
}

void accept_reading(const Call& call, Api& api, Reply reply) {
  Fields fields(call.request);
  AcceptReading order;
  order.meter = call.number("meter");
  order.reading = call.number("reading");
  order.billed = fields.quantity("billed");
  order.register_at = base::UtcMillis(fields.integer("register_at", 0, base::kMaxDecimal));
  if (fields.has("note")) order.note = fields.text("note", 0, 200);
  if (fields.problem()) return reply(refuse(*fields.problem()));

  auto show = [&api, call, meter = order.meter](const Answer&, Reply reply) {
    api.read(std::move(reply), [scope = call.caller.scope(), meter, now = call.now](Queries& queries) {
      return answer(queries.meter(scope, meter, now));
    });
  };
  std::string detail = wire::detail({{"billed", format(order.billed)}, {"note", order.note}, {"id", std::to_string(order.reading)}});
  api.submit(call, std::move(order), std::move(detail), std::move(reply), std::move(show));
}

void list_ledger(const Call& call, Api& api, Reply reply) {
  Arguments arguments(call.request);
  const Cursor cursor = cursor_of(arguments);
  const auto kind = arguments.one_of("kind", kLedgerKinds);
  if (arguments.problem()) return reply(refuse(*arguments.problem()));

  api.read(std::move(reply), [scope = call.caller.scope(), meter = call.number("meter"), cursor, kind, clear = sees_personal(call)](Queries& queries) {
    auto page = queries.ledger(scope, meter, cursor, kind);
    if (page && *page && !clear) {
      for (LedgerRow& row : (*page)->rows)
        if (row.sale) row.sale->customer = catalog::masked(row.sale->customer);
    }
    return answer(page);
  });
}

void list_notices(const Call& call, Api& api, Reply reply) {
  Arguments arguments(call.request);
  const Cursor cursor = cursor_of(arguments);
  if (arguments.problem()) return reply(refuse(*arguments.problem()));

  api.read(std::move(reply), [scope = call.caller.scope(), meter = call.number("meter"), cursor](Queries& queries) {
    return answer(queries.notices(scope, meter, cursor));
  });
}

void get_consumption(const Call& call, Api& api, Reply reply) {
  Arguments arguments(call.request);
  const Step step = enum_of<Step>(kSteps, arguments.one_of("step", kSteps).value_or("day"));
  const base::Millis length = step == Step::hour ? base::hours(1) : base::hours(24);
  const base::UtcMillis to(arguments.integer("to", 0, base::kMaxDecimal).value_or(call.now.value));
  const base::Millis usual = step == Step::hour ? base::hours(48) : base::hours(24 * 30);
  const base::UtcMillis from(arguments.integer("from", 0, base::kMaxDecimal).value_or((to - usual).value));
  if (from >= to) arguments.refuse("from", "must be before to");
  if ((to - from) > length * kMostPoints)
    arguments.refuse("from", "must be at most " + std::to_string(kMostPoints) + " steps before to");
  if (arguments.problem()) return reply(refuse(*arguments.problem()));

  auto ask = [scope = call.caller.scope(), meter = call.number("meter"), step, from, to](Queries& queries) {
    const auto points = queries.consumption(scope, meter, step, from, to);
    if (!points) return query_failed(points.error());
    if (!*points) return refuse(Refusal::not_found);
    return json_response({{"step", step == Step::hour ? "hour" : "day"}, {"points", json_of(**points)}});
  };
  api.read(std::move(reply), std::move(ask));
}

void recharge(const Call& call, Api& api, Reply reply) {
  Fields fields(call.request);
  Recharge order;
  order.key = fields.id("id");
  order.meter = call.number("meter");
  order.amount = fields.money("amount");
  order.method = enum_of<PayMethod>(kMethods, fields.one_of("method", kMethods));
  if (fields.has("note")) order.note = fields.text("note", 0, 200);
  order.opening = seen_opening(fields);
  if (order.amount <= base::Money(0)) fields.refuse("amount", "must be above 0");
  if (order.amount > kGreatestRecharge) fields.refuse("amount", "must be at most " + format(kGreatestRecharge));
  if (fields.problem()) return reply(refuse(*fields.problem()));

  std::string detail = wire::detail({{"amount", format(order.amount)},
                                     {"method", std::string(kMethods[static_cast<std::size_t>(order.method)])},
                                     {"id", order.key}});
  auto show = [order, who = call.caller.user.login](const Answer& answer, const Reply& reply) {
    const auto& done = std::get<Recharged>(answer);
    LedgerRow entry;
    entry.id = done.transfer;
    entry.at = done.at;
    entry.kind = "recharge";
    entry.amount = done.amount;
    entry.balance = done.balance_after;
    if (done.created) {  // of a repeat only the first result is known here
      entry.method = kMethods[static_cast<std::size_t>(order.method)];
      entry.note = order.note;
      entry.by = who;
    }
    reply(json_response({{"result", done.created ? "created" : "exists"},
                         {"entry", json_of(entry)},
                         {"balance", format(done.balance)},
                         {"reconnecting", done.reconnecting}},
                        201));
  };
  api.submit(call, order, std::move(detail), std::move(reply), std::move(show));
}

}  // namespace anju::platform
