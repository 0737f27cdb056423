// Meters: list, detail, registration, settings, price plan.

#include <algorithm>
#include <array>

#include "platform/http/answers.hpp"
#include "platform/http/api.hpp"
#include "platform/http/device_fields.hpp"
#include "platform/http/documents.hpp"
#include "platform/http/export.hpp"
#include "platform/http/fields.hpp"
#include "platform/http/handlers.hpp"
#include "platform/http/supply_fields.hpp"
#include "platform/http/words.hpp"
#include "protocols/base/decimal.hpp"
#include "protocols/wire/detail.hpp"

namespace anju::platform {
namespace {

/// In the order of MeterOrder.
constexpr std::array<std::string_view, 5> kOrders{"id", "name", "room", "address", "device"};

/// "name", or "-name" for the other way.
void sort_by(Arguments& arguments, MeterFilter& filter) {
  const auto sort = arguments.text("sort", 16);
  if (!sort) return;
  filter.descending = sort->starts_with('-');
  const auto at = std::find(kOrders.begin(), kOrders.end(), std::string_view(*sort).substr(filter.descending ? 1 : 0));
  if (at == kOrders.end()) return arguments.refuse("sort", "must be id, name, room, address or device, with - in front for the other way");
  filter.sort = static_cast<MeterOrder>(at - kOrders.begin());
}

MeterFilter meter_filter(Arguments& arguments) {
  MeterFilter filter;
  filter.search = arguments.text("search", 60);
  filter.mode = arguments.one_of("mode", kModes);
  filter.kind = arguments.one_of("kind", kMeterKinds);
  filter.relay = arguments.one_of("relay", kRelays);
  filter.reachable = arguments.boolean("reachable");
  filter.account_state = arguments.one_of("account_state", kAccountStates);
  filter.gateway = arguments.text("gateway", 64);
  filter.house = arguments.integer("house", 1, base::kMaxDecimal);
  filter.source = arguments.integer("source", 1, base::kMaxDecimal);
  filter.source_code = arguments.text("source_code", 20);
  filter.zone = arguments.integer("zone", 1, base::kMaxDecimal);
  filter.page = arguments.integer("page", 1, kMostPages).value_or(1);
  filter.page_size = arguments.integer("page_size", 1, kMostPageSize).value_or(20);
  return filter;
}

}  // namespace

void list_meters(const Call& call, Api& api, Reply reply) {
  Arguments arguments(call.request);
  const Scope scope = asked_scope(call, arguments);
  MeterFilter filter = meter_filter(arguments);
  sort_by(arguments, filter);
  if (arguments.problem()) return reply(refuse(*arguments.problem()));

  api.read(std::move(reply), [scope, filter, now = call.now](Queries& queries) {
    return answer(queries.meters(scope, filter, now));
  });
}

void export_meters(const Call& call, Api& api, Reply reply) {
  Arguments arguments(call.request);
  const MeterFilter filter = meter_filter(arguments);
  if (arguments.problem()) return reply(refuse(*arguments.problem()));
  export_list(call, api, std::move(reply), "meters",
              [filter](Queries& queries, Reader reader) { return meter_rows(queries, std::move(reader), filter); });
}

void get_meter(const Call& call, Api& api, Reply reply) {
  show_meter(call, api, std::move(reply), call.number("meter"), 200);
}

void register_meter(const Call& call, Api& api, Reply reply) {
  Fields fields(call.request);
  RegisterMeter order;
  order.device = fields.id("device");
  order.name = fields.text("name", 1, 60);
  if (fields.has("profile")) {
    if (auto profile = fields.object("profile")) {
      order.profile = profile_of(*profile);
      fields.take(*profile);
    }
  }
  order.address = address_of(fields, order.profile.dialect);
  if (fields.has("room")) order.room = fields.text("room", 0, 60);
  order.gateway = fields.id("gateway");
  order.line = fields.id("line");
  if (fields.has("baud")) order.baud = fields.integer("baud", 300, 115'200);
  order.price_plan = fields.integer("price_plan", 0, base::kMaxDecimal);
  if (fields.has("kind")) order.kind = enum_of<wire::MeterKind>(kMeterKinds, fields.one_of("kind", kMeterKinds));
  if (fields.has("valve")) order.valve = fields.boolean("valve");
  if (fields.has("dispatch")) order.dispatch = fields.boolean("dispatch");
  if (auto start = fields.object("start_reading")) {
    order.start = registers_of(*start);
    fields.take(*start);
  }
  order.settings = supply_settings(fields, false);
  if (fields.problem()) return reply(refuse(*fields.problem()));

  std::string detail = wire::detail({{"name", order.name},
                                     {"device", order.device},
                                     {"address", order.address},
                                     {"kind", std::string(wire::to_string(order.kind))},
                                     {"dialect", profile_detail(order.profile)},
                                     {"gateway", order.gateway},
                                     {"start", format(order.start.total)},
                                     {"price_plan", std::to_string(order.price_plan)},
                                     {"dispatch", order.dispatch ? "yes" : "no"}}) +
                       "; " + settings_detail(order.settings);
  auto show = [&api, call](const Answer& answer, Reply reply) {
    show_meter(call, api, std::move(reply), std::get<Created>(answer).id, 201);
  };
  api.submit(call, std::move(order), std::move(detail), std::move(reply), std::move(show));
}

void remove_meter(const Call& call, Api& api, Reply reply) {
  auto done = [](const Answer&, const Reply& removed) {
    Response response;
    response.status = 204;
    removed(std::move(response));
  };
  api.submit(call, RemoveMeter{call.number("meter")}, {}, std::move(reply), std::move(done));
}

void change_meter_settings(const Call& call, Api& api, Reply reply) {
  Fields fields(call.request);
  ChangeSettings order;
  order.meter = call.number("meter");
  order.name = fields.text("name", 1, 60);
  if (fields.has("room")) order.room = fields.text("room", 0, 60);
  order.settings = supply_settings(fields, true);
  if (fields.problem()) return reply(refuse(*fields.problem()));

  std::string detail = wire::detail({{"name", order.name}}) + "; " + settings_detail(order.settings);
  auto show = [&api, call, meter = order.meter](const Answer&, Reply reply) {
    show_meter(call, api, std::move(reply), meter, 200);
  };
  api.submit(call, std::move(order), std::move(detail), std::move(reply), std::move(show));
}

void change_meter_price_plan(const Call& call, Api& api, Reply reply) {
  Fields fields(call.request);
  ChangePricePlan order{call.number("meter"), fields.integer("price_plan", 0, base::kMaxDecimal)};
  order.from = begin_of(fields, call.now);
  if (fields.problem()) return reply(refuse(*fields.problem()));

  auto show = [&api, call, meter = order.meter](const Answer&, Reply reply) {
    show_meter(call, api, std::move(reply), meter, 200);
  };
  auto detail = wire::detail({{"price_plan", std::to_string(order.price_plan)}, {"from", order.from ? std::to_string(order.from->value) : std::string()}});
  api.submit(call, order, std::move(detail), std::move(reply), std::move(show));
}

}  // namespace anju::platform
