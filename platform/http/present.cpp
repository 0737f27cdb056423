#include "platform/catalog/day.hpp"
#include "platform/http/present.hpp"

#include <map>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "platform/http/device_fields.hpp"
#include "platform/http/price_fields.hpp"
#include "protocols/base/decimal.hpp"

namespace anju::platform {
namespace json = boost::json;
namespace {

json::value time_or_null(const std::optional<base::UtcMillis>& at) {
  if (!at) return nullptr;
  return at->value;
}

json::array tariffs_json(const std::array<base::Quantity, 4>& tariffs) {
  json::array all;
  for (const auto quantity : tariffs) all.emplace_back(format(quantity));
  return all;
}

json::object register_json(const RegisterRow& row) {
  json::object object{{"at", row.at.value}, {"total", format(row.total)}};
  if (row.tariffs) object["tariffs"] = tariffs_json(*row.tariffs);
  return object;
}

/// Texts that the contract leaves out when there is nothing to say.
void put(json::object& object, std::string_view name, const std::string& text) {
  if (!text.empty()) object[name] = text;
}

}  // namespace

json::object json_of(const SiteRow& row) {
  json::object object{{"id", row.id},
                      {"name", row.name},
                      {"organisation", row.organisation},
                      {"utc_offset_minutes", row.utc_offset_minutes},
                      {"enabled", row.enabled}};
  put(object, "province", row.province);
  put(object, "city", row.city);
  if (row.position) {
    object["latitude"] = base::format_decimal(row.position->latitude_e6, 6, 6);
    object["longitude"] = base::format_decimal(row.position->longitude_e6, 6, 6);
  }
  return object;
}

json::object json_of(const ProjectRow& row) {
  json::object object = json_of(row.site);
  object["community"] = row.community;
  object["kind"] = row.kind;
  object["gateways"] = row.gateways;
  object["gateways_online"] = row.gateways_online;
  object["meters"] = row.meters;
  object["meters_in_arrears"] = row.meters_in_arrears;
  object["alarms"] = row.alarms;
  return object;
}

namespace {

/// 415: "41.5".
std::string tenths_text(std::int64_t tenths) {
  const std::int64_t size = tenths < 0 ? -tenths : tenths;
  return (tenths < 0 ? "-" : "") + std::to_string(size / 10) + "." + std::to_string(size % 10);
}

std::string minute_text(int minute) {
  const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  return two(minute / 60) + ":" + two(minute % 60);
}

json::array schedule_json(const SwitchSchedule& schedule) {
  json::array all;
  for (const SwitchPeriod& period : schedule) {
    json::array days;
    for (int day = 0; day < 7; ++day) {
      if (((period.days >> day) & 1) != 0) days.push_back(day + 1);
    }
    all.push_back(json::object{{"days", std::move(days)}, {"off", minute_text(period.off)}, {"on", minute_text(period.on)}});
  }
  return all;
}

}  // namespace

json::object json_of(const PlanRow& row) {
  json::object object{{"id", row.id}, {"name", row.name}, {"utility", to_string(row.utility)}, {"updated_at", row.updated_at.value}, {"meters", row.meters}};
  put_prices(object, row.prices);
  if (row.next) {
    json::object next{{"from", row.next->from.value}};
    put_prices(next, row.next->prices);
    object["next"] = std::move(next);
  }
  return object;
}

json::object json_of(const MeterRow& row) {
  json::object object{
      {"id", row.id},
      {"device", row.device},
      {"name", row.name},
      {"address", row.address},
      {"room", row.room},
      {"gateway", row.gateway},
      {"line", row.line},
      {"site", row.site},
      {"mode", row.mode},
      {"balance", format(row.balance)},
      {"balance_kwh", format(worth(row.balance, row.plan.prices))},
      {"account_state", row.account_state},
      {"wanted", row.wanted},
      {"wanted_reason", row.wanted_reason},
      {"reported", row.reported},
      {"reported_at", time_or_null(row.reported_at)},
      {"reachable", row.reachable},
      {"keep_power", row.keep_power},
      {"kind", row.kind},
      {"valve", row.valve},
      {"dialect", row.dialect},
      {"dispatch", to_string(row.dispatch)},
      {"today_kwh", format(row.today)},
      {"price_plan", json::object{{"id", row.plan.id}, {"name", row.plan.name}}},
  };
  object["last_reading"] = row.last_reading ? json::value(register_json(*row.last_reading)) : json::value(nullptr);
  object["linked_room"] = nullptr;
  if (row.linked_room) {
    const auto& [id, name, house] = *row.linked_room;
    object["linked_room"] = json::object{{"id", id}, {"name", name}, {"house", house ? json::value(*house) : json::value(nullptr)}};
  }
  put(object, "model", row.model);
  object["source"] = nullptr;
  if (row.linked_room) {
    const auto& [code, name, type, zone] = row.source;
    object["source"] = json::object{{"code", code}, {"name", name}, {"type", type}, {"zone", zone}};
  }
  object["pending_command"] = row.pending_command ? json::value(*row.pending_command) : json::value(nullptr);
  return object;
}

json::object json_of(const MeterDetail& meter) {
  json::object object = json_of(meter.row);
  object["alarm_1"] = format(meter.alarm_1);
  object["alarm_2"] = format(meter.alarm_2);
  object["overdraft"] = format(meter.overdraft);
  if (meter.limits) {
    object["limits_kwh"] = json::object{
        {"alarm_1", format(meter.limits->alarm_1)}, {"alarm_2", format(meter.limits->alarm_2)}, {"overdraft", format(meter.limits->overdraft)}};
  }
  object["auto_trip"] = meter.auto_trip;
  object["start_reading"] = register_json(meter.start_reading);
  object["registered_at"] = meter.registered_at.value;
  object["today_money"] = format(meter.today_money);
  object["month_kwh"] = format(meter.month);
  object["month_money"] = format(meter.month_money);
  object["last_seen_at"] = time_or_null(meter.last_seen_at);
  object["clock_offset_s"] = meter.clock_offset_s ? json::value(*meter.clock_offset_s) : json::value(nullptr);
  object["quarantined"] = meter.quarantined;
  object["profile"] = profile_json(meter.profile);
  object["baud"] = meter.baud ? json::value(*meter.baud) : json::value(nullptr);
  object["prices"] = json_of(meter.row.plan);
  object["schedule"] = schedule_json(meter.schedule);
  object["annual_fee"] = nullptr;
  if (meter.fee) object["annual_fee"] = json::object{{"yearly", format(meter.fee->yearly)}, {"paid_until", catalog::format_day(meter.fee->paid_until)}};
  object["hot_water"] = nullptr;
  if (const auto& water = meter.hot_water) {
    object["hot_water"] = json::object{{"at", meter.hot_water_at.value},
                                       {"temperature_c", tenths_text(water->temperature_dc)},
                                       {"target_c", water->target_dc ? json::value(tenths_text(*water->target_dc)) : json::value(nullptr)},
                                       {"automatic", water->automatic},
                                       {"temperature_valve", wire::to_string(water->temperature_valve)}};
  }
  if (meter.next_plan) {
    object["next_price_plan"] = json::object{{"id", meter.next_plan->id}, {"name", meter.next_plan->name}, {"from", meter.next_plan->from.value}};
  }
  return object;
}

json::object json_of(const ReadingRow& row) {
  json::object object{
      {"id", row.id}, {"at", row.at.value}, {"kind", row.kind}, {"total", format(row.total)}, {"state", row.state}};
  if (row.tariffs) object["tariffs"] = tariffs_json(*row.tariffs);
  object["used"] = row.used ? json::value(format(*row.used)) : json::value(nullptr);
  put(object, "reason", row.reason);
  return object;
}

json::object json_of(const LedgerRow& row) {
  json::object object{{"id", row.id},
                      {"at", row.at.value},
                      {"kind", row.kind},
                      {"amount", format(row.amount)},
                      {"balance", format(row.balance)}};
  if (row.quantity) object["quantity"] = format(*row.quantity);
  put(object, "method", row.method);
  put(object, "note", row.note);
  put(object, "by", row.by);
  put(object, "document", row.document);
  if (row.sale) {
    object["sale"] = json::object{{"price_plan", json::object{{"id", row.sale->plan}, {"name", row.sale->plan_name}}},
                                  {"price", format(row.sale->price)},
                                  {"estimate", row.sale->estimate},
                                  {"kwh", format(row.sale->bought)},
                                  {"kwh_before", format(row.sale->before)},
                                  {"kwh_after", format(row.sale->after)},
                                  {"customer", row.sale->customer}};
  }
  return object;
}

json::object json_of(const NoticeRow& row) {
  return {{"id", row.id},
          {"at", row.at.value},
          {"kind", row.kind},
          {"threshold", format(row.threshold)},
          {"balance", format(row.balance)}};
}

json::object json_of(const CommandRow& row) {
  json::object object{
      {"id", row.id},
      {"device", row.device},
      {"meter", row.meter},
      {"kind", row.kind},
      {"state", row.state},
      {"cause", row.cause},
      {"by", row.by},
      {"created_at", row.created_at.value},
      {"sent_at", time_or_null(row.sent_at)},
      {"acked_at", time_or_null(row.acked_at)},
      {"ended_at", time_or_null(row.ended_at)},
      {"expires_at", row.expires_at.value},
      {"attempts", row.attempts},
      {"escalated", row.escalated},
  };
  put(object, "note", row.note);
  put(object, "reason", row.reason);
  return object;
}

json::object json_of(const ConsumptionPoint& point) {
  return {{"at", point.at.value}, {"kwh", format(point.used)}, {"money", format(point.money)}};
}

json::object json_of(const AlarmRow& row) {
  json::object object{{"id", row.id},
                      {"code", row.code},
                      {"severity", row.severity},
                      {"active", row.active},
                      {"clearable", row.clearable},
                      {"detail", row.detail},
                      {"raised_at", row.raised_at.value},
                      {"cleared_at", time_or_null(row.cleared_at)}};
  if (row.meter) object["meter"] = *row.meter;
  put(object, "meter_name", row.meter_name);
  put(object, "gateway", row.gateway);
  put(object, "line", row.line);
  return object;
}

json::object json_of(const AuditRow& row) {
  json::object object{{"id", row.id},           {"at", row.at.value},   {"who", row.who},
                      {"address", row.address}, {"action", row.action}, {"object", row.object},
                      {"detail", row.detail},   {"result", row.result}};
  put(object, "object_name", row.object_name);
  return object;
}

json::object json_of(const Broker& broker) {
  return {{"url", broker.url}, {"login", broker.login}, {"own_ca", broker.own_ca}};
}

json::object json_of(const Home& home) {
  json::array days;
  for (const HomeDay& day : home.last_7_days)
    days.push_back(json::object{{"day", day.day},
                                {"kwh", format(day.used)},
                                {"deducted", format(day.deducted)},
                                {"recharged", format(day.recharged)}});
  json::array alarms;
  for (const AlarmCount& alarm : home.alarms)
    alarms.push_back(json::object{{"code", alarm.code}, {"count", alarm.count}});
  const HomeDay today = home.last_7_days.empty() ? HomeDay{} : home.last_7_days.back();
  return {{"as_of", home.as_of.value},
          {"meters", home.meters},
          {"meters_reachable", home.meters_reachable},
          {"meters_cut_off", home.meters_cut_off},
          {"meters_in_arrears", home.meters_in_arrears},
          {"gateways", home.gateways},
          {"gateways_online", home.gateways_online},
          {"readings_today", home.readings_today},
          {"kwh_today", format(today.used)},
          {"money_deducted_today", format(today.deducted)},
          {"money_recharged_today", format(today.recharged)},
          {"commands_pending", home.commands_pending},
          {"alarms", std::move(alarms)},
          {"last_7_days", std::move(days)}};
}

json::object json_of(const GatewayRow& row, const GatewayWord* word, base::UtcMillis now) {
  json::object object{{"id", row.id},
                      {"name", row.name},
                      {"site", row.site},
                      {"online", row.online},
                      {"since", time_or_null(row.since)},
                      {"devices", row.devices},
                      {"devices_reachable", row.devices_reachable},
                      {"alarms", row.alarms},
                      {"stored_seq", row.stored_seq},
                      {"last_event_at", time_or_null(row.last_event_at)}};
  object["upgrade"] = row.upgrade ? json::value(json_of(*row.upgrade, now)) : json::value(nullptr);
  if (word != nullptr) {
    put(object, "software", word->state.software);
    put(object, "architecture", word->state.architecture);
    object["last_seq"] = word->state.last_seq;
  }
  return object;
}

json::object json_of(const Upgrade& upgrade, base::UtcMillis now) {
  json::object object{{"order", upgrade.wanted.order},     {"release", upgrade.release},          {"version", wire::to_string(upgrade.wanted.version)},
                      {"step", shown_step(upgrade, now)},      {"reason", nullptr},                   {"bytes", upgrade.bytes},
                      {"size", upgrade.wanted.size},       {"ordered_at", upgrade.ordered.value}, {"ordered_by", upgrade.by},
                      {"at", upgrade.at.value}};
  if (!upgrade.reason.empty()) object["reason"] = upgrade.reason;
  return object;
}

json::object json_of(const ReleaseRow& row, std::int64_t installed) {
  const NewRelease& release = row.release;
  // Who is lent a release learns what it is, not which person of another organisation has put it there and what he wrote.
  const std::string note = row.own ? release.note : "", by = row.own ? row.by : "";
  json::object object{{"id", row.id},           {"version", wire::to_string(release.version)}, {"architecture", release.architecture},
                      {"size", release.size},   {"sha256", release.sha256},                    {"minimum", wire::to_string(release.minimum)},
                      {"spool", release.spool}, {"signed_by", nullptr},                        {"note", note},
                      {"by", by},               {"at", row.at.value},                          {"own", row.own},
                      {"wanted", row.wanted},   {"installed", installed}};
  if (release.signed_by) object["signed_by"] = *release.signed_by;
  return object;
}

json::object json_of(const GatewayDetail& gateway, const GatewayWord* word, base::UtcMillis now) {
  static const wire::GatewayState kSilent;
  const wire::GatewayState& state = word != nullptr ? word->state : kSilent;
  std::map<std::string, const wire::LineState*> lines_said;
  for (const auto& line : state.lines) lines_said[line.id.value] = &line;
  std::map<std::string, const wire::DeviceState*> devices_said;
  for (const auto& device : state.devices) devices_said[device.id.value] = &device;

  json::array lines;
  for (const GatewayLine& line : gateway.lines) {
    const auto said = lines_said.find(line.id);
    const wire::LineState now = said != lines_said.end() ? *said->second : wire::LineState{};
    lines.push_back(json::object{{"id", line.id},
                                 {"uri", line.uri},
                                 {"up", gateway.row.online && now.up},
                                 {"ok", now.ok},
                                 {"timeouts", now.timeouts},
                                 {"bad_frames", now.bad_frames},
                                 {"busy_permille", now.busy_permille}});
  }
  json::array devices;
  for (const GatewayDevice& device : gateway.devices) {
    const auto said = devices_said.find(device.id);
    const wire::DeviceState now = said != devices_said.end() ? *said->second : wire::DeviceState{};
    json::object object{{"id", device.id},      {"meter", device.meter},     {"name", device.name},
                        {"line", device.line},  {"address", device.address}, {"reachable", device.reachable},
                        {"ok", now.ok},         {"timeouts", now.timeouts},  {"bad_frames", now.bad_frames},
                        {"p50_ms", now.p50_ms}, {"p99_ms", now.p99_ms},      {"room", device.room},
                        {"dispatch", to_string(device.dispatch)},            {"opened", device.opened},
                        {"dialect", device.dialect}};
    put(object, "model", device.model);
    object["baud"] = device.baud ? json::value(*device.baud) : json::value(nullptr);
    if (!device.format.empty()) object["format"] = device.format;
    put(object, "refusal", device.refusal);
    object["last_seen"] = now.last_seen.value > 0 ? json::value(now.last_seen.value) : json::value(nullptr);
    devices.push_back(std::move(object));
  }

  json::object object = json_of(gateway.row, word, now);
  object["started_at"] = state.started_at.value > 0 ? json::value(state.started_at.value) : json::value(nullptr);
  object["archive_version"] = gateway.row.archive_version;
  object["archive_reported"] = state.archive_version;
  object["epoch"] = gateway.row.epoch;
  object["lines"] = std::move(lines);
  object["device_states"] = std::move(devices);
  return object;
}

json::object json_of(const FoundRow& row) {
  const wire::FoundDevice& device = row.device;
  json::object object{{"id", row.id},         {"line", row.line},     {"dialect", device.dialect}, {"address", device.address},
                      {"baud", device.baud},  {"format", device.format}, {"answers", device.answers}, {"seen_at", row.seen_at.value},
                      {"dismissed", row.dismissed}};
  object["total"] = device.total ? json::value(format(*device.total)) : json::value(nullptr);
  put(object, "state", device.state);
  object["models"] = json::array(device.models.begin(), device.models.end());
  if (!device.meter_type.empty()) {
    object["meter_type"] = device.meter_type;
    object["low_byte_first"] = device.low_byte_first;
  }
  return object;
}

Response json_response(const json::value& value, int status) {
  Response response;
  response.status = status;
  response.body = json::serialize(value);
  return response;
}

}  // namespace anju::platform
