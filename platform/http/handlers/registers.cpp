// What happens to the device of a metering point: its register is replaced or read by hand, it is off by the clock, its yearly fee is paid.

#include "platform/catalog/day.hpp"
#include "platform/domain/meter_address.hpp"
#include "platform/http/device_fields.hpp"
#include "platform/http/documents.hpp"
#include "platform/http/handlers.hpp"
#include "platform/http/words.hpp"
#include "protocols/wire/detail.hpp"

namespace anju::platform {
namespace json = boost::json;
namespace {

constexpr auto kShowChange = [](const RegisterChangeRow& row, bool) {
  const RegisterChange& c = row.change;
  return json::object{{"id", c.id},
                      {"at", c.last.at.value},
                      {"kind", to_string(c.kind)},
                      {"from", shown(c.last)},
                      {"to", shown(c.next)},
                      {"kwh", format(c.billed)},
                      {"fee", format(row.fee)},
                      {"note", c.note},
                      {"by", c.by},
                      {"created_at", c.at.value}};
};

constexpr auto kShowPayment = [](const FeePayment& row, bool) {
  return json::object{{"id", row.id},
                      {"at", row.at.value},
                      {"years", row.years},
                      {"amount", format(row.amount)},
                      {"paid_from", catalog::format_day(row.paid_from)},
                      {"paid_until", catalog::format_day(row.paid_until)},
                      {"method", to_string(row.method)},
                      {"note", row.note},
                      {"by", row.by}};
};

/// "HH:MM" as minutes of the day.
std::int16_t minute_of(Fields& fields, std::string_view name) {
  const std::string text = fields.text(name, 5, 5);
  if (text.size() != 5) return 0;
  const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9' ? text[i] - '0' : 99; };
  const int hour = digit(0) * 10 + digit(1), minute = digit(3) * 10 + digit(4);
  if (text[2] == ':' && hour < 24 && minute < 60) return static_cast<std::int16_t>(hour * 60 + minute);
  fields.refuse(name, "must be a time of day as HH:MM");
  return 0;
}

std::int32_t day_of(Fields& fields, std::string_view name) {
  const std::string text = fields.text(name, 10, 10);
  const auto day = catalog::parse_day(text);
  if (!day && !fields.problem()) fields.refuse(name, "must be a day as YYYY-MM-DD");
  return static_cast<std::int32_t>(day.value_or(0));
}

std::function<void(const Answer&, Reply)> show_changed(const Call& call, Api& api) {
  return [&api, call](const Answer&, Reply reply) { show_meter(call, api, std::move(reply), call.number("meter"), 200); };
}

}  // namespace

void list_register_changes(const Call& call, Api& api, Reply reply) {
  list_documents(call, api, std::move(reply), &MeteringPoints::register_changes, kShowChange);
}

void list_fee_payments(const Call& call, Api& api, Reply reply) {
  list_documents(call, api, std::move(reply), &MeteringPoints::fee_payments, kShowPayment);
}

void change_register(const Call& call, Api& api, Reply reply) {
  constexpr std::array<std::string_view, 2> kKinds{"replace", "typed"};
  Fields fields(call.request);
  ChangeRegister order;
  order.key = fields.id("id");
  order.meter = call.number("meter");
  const bool replaces = fields.one_of("kind", kKinds) == "replace";
  if (auto last = fields.object("last")) {
    order.last = registers_of(*last);
    fields.take(*last);
  }
  if (fields.has("at")) order.at = base::UtcMillis(fields.integer("at", 0, base::kMaxDecimal));
  if (replaces) {
    order.start.emplace();
    if (auto start = fields.object("start")) {
      order.start = registers_of(*start);
      fields.take(*start);
    }
    if (fields.has("profile")) {
      if (auto profile = fields.object("profile")) {
        order.profile = profile_of(*profile);
        fields.take(*profile);
      }
      if (fields.has("baud")) order.baud = fields.integer("baud", 300, 115'200);
    }
    // Without a profile only the ledger knows how the meter is spoken to.
    if (fields.has("address")) order.address = order.profile ? address_of(fields, order.profile->dialect) : fields.text("address", 1, MeterAddress::kMostDigits);
  }
  if (fields.has("note")) order.note = fields.text("note", 0, 200);
  if (fields.problem()) return reply(refuse(*fields.problem()));
  auto detail = wire::detail({{"kind", replaces ? "replace" : "typed"},
                              {"total", format(order.last.total)},
                              {"start", order.start ? format(order.start->total) : std::string()},
                              {"address", order.address.value_or("")},
                              {"dialect", order.profile ? profile_detail(*order.profile) : std::string()},
                              {"note", order.note},
                              {"id", order.key}});
  auto show = show_booked(call, api, &MeteringPoints::register_changes, kShowChange, [](const RegisterChangeRow& row) { return row.change.id; });
  api.submit(call, std::move(order), std::move(detail), std::move(reply), std::move(show));
}

void change_switch_schedule(const Call& call, Api& api, Reply reply) {
  Fields fields(call.request);
  ChangeSchedule order;
  order.meter = call.number("meter");
  for (Fields& one : fields.objects("schedule", kMostSwitchPeriods)) {
    SwitchPeriod period;
    for (const std::int64_t day : one.integers("days", 7, 1, 7)) period.days = static_cast<std::uint8_t>(period.days | (1U << (day - 1)));
    if (period.days == 0) one.refuse("days", "must name a day");
    period.off = minute_of(one, "off");
    period.on = minute_of(one, "on");
    if (period.off == period.on) one.refuse("on", "must differ from off");
    fields.take(one);
    order.schedule.push_back(period);
  }
  if (fields.problem()) return reply(refuse(*fields.problem()));
  auto detail = wire::detail({{"schedule", schedule_text(order.schedule)}});
  api.submit(call, std::move(order), std::move(detail), std::move(reply), show_changed(call, api));
}

void change_annual_fee(const Call& call, Api& api, Reply reply) {
  Fields fields(call.request);
  ChangeAnnualFee order;
  order.meter = call.number("meter");
  if (fields.has("yearly")) {
    order.fee.emplace();
    order.fee->yearly = fields.money("yearly");
    if (order.fee->yearly.micro_yuan < 0) fields.refuse("yearly", "must not be below zero");
    order.fee->paid_until = day_of(fields, "paid_until");
  }
  if (fields.problem()) return reply(refuse(*fields.problem()));
  auto detail = order.fee ? wire::detail({{"amount", format(order.fee->yearly)}, {"until", catalog::format_day(order.fee->paid_until)}}) : std::string();
  api.submit(call, order, std::move(detail), std::move(reply), show_changed(call, api));
}

void pay_annual_fee(const Call& call, Api& api, Reply reply) {
  Fields fields(call.request);
  PayAnnualFee order;
  order.key = fields.id("id");
  order.meter = call.number("meter");
  order.seen = {fields.money("yearly"), day_of(fields, "paid_until")};
  order.years = fields.integer("years", 1, kMostFeeYears);
  order.method = enum_of<PayMethod>(kMethods, fields.one_of("method", kMethods));
  if (fields.has("note")) order.note = fields.text("note", 0, 200);
  if (fields.problem()) return reply(refuse(*fields.problem()));
  auto detail = wire::detail({{"years", std::to_string(order.years)}, {"method", std::string(to_string(order.method))}, {"id", order.key}});
  auto show = show_booked(call, api, &MeteringPoints::fee_payments, kShowPayment, [](const FeePayment& row) { return row.id; });
  api.submit(call, std::move(order), std::move(detail), std::move(reply), std::move(show));
}

}  // namespace anju::platform
