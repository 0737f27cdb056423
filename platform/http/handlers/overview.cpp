// The home page, sites, alarms and the audit log.

#include "platform/http/answers.hpp"
#include "platform/http/api.hpp"
#include "platform/http/fields.hpp"
#include "platform/http/handlers.hpp"
#include "protocols/base/decimal.hpp"

namespace anju::platform {

void get_home(const Call& call, Api& api, Reply reply) {
  api.read(std::move(reply), [scope = call.caller.scope(), now = call.now](Queries& queries) {
    return answer(queries.home(scope, now));
  });
}

void list_sites(const Call& call, Api& api, Reply reply) {
  api.read(std::move(reply), [scope = call.caller.scope()](Queries& queries) { return answer(queries.sites(scope)); });
}

void list_alarms(const Call& call, Api& api, Reply reply) {
  Arguments arguments(call.request);
  AlarmFilter filter;
  filter.active = arguments.boolean("active");
  filter.meter = arguments.integer("meter", 0, base::kMaxDecimal);
  filter.page = arguments.integer("page", 1, kMostPages).value_or(1);
  filter.page_size = arguments.integer("page_size", 1, kMostPageSize).value_or(20);
  if (arguments.problem()) return reply(refuse(*arguments.problem()));

  api.read(std::move(reply),
           [scope = call.caller.scope(), filter](Queries& queries) { return answer(queries.alarms(scope, filter)); });
}

void list_audit(const Call& call, Api& api, Reply reply) {
  Arguments arguments(call.request);
  const auto page = arguments.integer("page", 1, kMostPages).value_or(1);
  const auto page_size = arguments.integer("page_size", 1, kMostPageSize).value_or(20);
  if (arguments.problem()) return reply(refuse(*arguments.problem()));

  api.read(std::move(reply), [scope = call.caller.scope(), page, page_size](Queries& queries) {
    return answer(queries.audit(scope, page, page_size));
  });
}

}  // namespace anju::platform
