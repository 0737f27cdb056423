// Sites, alarms and the audit log.

#include "platform/http/answers.hpp"
#include "platform/http/api.hpp"
#include "platform/http/export.hpp"
#include "platform/http/fields.hpp"
#include "platform/http/handlers.hpp"
#include "protocols/base/decimal.hpp"
#include "protocols/wire/detail.hpp"

namespace anju::platform {

namespace {

std::optional<base::UtcMillis> moment(Arguments& arguments, std::string_view name) {
  const auto value = arguments.integer(name, 0, base::kMaxDecimal);
  return value ? std::optional(base::UtcMillis(*value)) : std::nullopt;
}

}  // namespace

void list_projects(const Call& call, Api& api, Reply reply) {
  api.read(std::move(reply), [scope = call.caller.scope()](Queries& queries) { return answer(queries.projects(scope)); });
}

void list_sites(const Call& call, Api& api, Reply reply) {
  api.read(std::move(reply), [scope = call.caller.scope()](Queries& queries) { return answer(queries.sites(scope)); });
}

void list_alarms(const Call& call, Api& api, Reply reply) {
  Arguments arguments(call.request);
  const Scope scope = asked_scope(call, arguments);
  AlarmFilter filter;
  filter.active = arguments.boolean("active");
  filter.meter = arguments.integer("meter", 0, base::kMaxDecimal);
  filter.search = arguments.text("search", 60);
  filter.code = arguments.text("code", 64);
  filter.from = moment(arguments, "from");
  filter.to = moment(arguments, "to");
  filter.page = arguments.integer("page", 1, kMostPages).value_or(1);
  filter.page_size = arguments.integer("page_size", 1, kMostPageSize).value_or(20);
  if (arguments.problem()) return reply(refuse(*arguments.problem()));

  api.read(std::move(reply), [scope, filter](Queries& queries) { return answer(queries.alarms(scope, filter)); });
}

void clear_alarm(const Call& call, Api& api, Reply reply) {
  Fields fields(call.request);
  ClearAlarm order;
  order.alarm = call.number("alarm");
  order.note = fields.text("note", 1, 200);
  if (fields.problem()) return reply(refuse(*fields.problem()));

  std::string detail = wire::detail({{"note", order.note}});
  auto show = [&api, scope = call.caller.scope(), id = order.alarm](const Answer&, Reply reply) {
    AlarmFilter filter;
    filter.id = id;
    api.read(std::move(reply), [scope, filter](Queries& queries) {
      const auto found = queries.alarms(scope, filter);
      if (!found) return query_failed(found.error());
      if (found->rows.empty()) return refuse(Refusal::not_found);
      return json_response(json_of(found->rows.front()));
    });
  };
  api.submit(call, std::move(order), std::move(detail), std::move(reply), std::move(show));
}

namespace {

AuditFilter audit_filter(Arguments& arguments) {
  AuditFilter filter;
  filter.search = arguments.text("search", 60);
  filter.action = arguments.text("action", 64);
  filter.from = moment(arguments, "from");
  filter.to = moment(arguments, "to");
  filter.page = arguments.integer("page", 1, kMostPages).value_or(1);
  filter.page_size = arguments.integer("page_size", 1, kMostPageSize).value_or(20);
  return filter;
}

}  // namespace

void list_audit(const Call& call, Api& api, Reply reply) {
  Arguments arguments(call.request);
  const AuditFilter filter = audit_filter(arguments);
  if (arguments.problem()) return reply(refuse(*arguments.problem()));

  api.read(std::move(reply), [scope = call.caller.scope(), filter](Queries& queries) {
    return answer(queries.audit(scope, filter));
  });
}

void export_audit(const Call& call, Api& api, Reply reply) {
  Arguments arguments(call.request);
  const AuditFilter filter = audit_filter(arguments);
  if (arguments.problem()) return reply(refuse(*arguments.problem()));
  export_list(call, api, std::move(reply), "audit",
              [filter](Queries& queries, Reader reader) { return audit_rows(queries, std::move(reader), filter); });
}

}  // namespace anju::platform
