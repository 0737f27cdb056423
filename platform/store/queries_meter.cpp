#include "platform/store/queries_meter.hpp"

#include <map>
#include <utility>

#include "platform/domain/price_timeline.hpp"
#include "platform/store/meter_feed.hpp"
#include "platform/store/meter_words.hpp"
#include "platform/store/prices.hpp"
#include "platform/store/question.hpp"
#include "platform/store/room_of_meter.hpp"

namespace anju::platform {
namespace {

constexpr const char* kFrom =
    " FROM meter m JOIN meter_supply s ON s.meter = m.id JOIN meter_register r ON r.meter = m.id JOIN account a ON "
    "a.id = m.account"
    " JOIN gateway g ON g.id = m.gateway JOIN line l ON l.id = m.line JOIN site t ON t.id = m.site"
    " JOIN price_plan p ON p.id = m.price_plan JOIN price_plan_version v ON v.id = p.version"
    " LEFT JOIN command c ON c.id = s.pending_command"
    " LEFT JOIN room_meter k ON k.meter = m.id AND k.until_ms IS NULL LEFT JOIN room o ON o.id = k.room"
    " LEFT JOIN housing_source h ON h.id = o.source LEFT JOIN area z ON z.id = CASE WHEN o.source IS NULL THEN o.zone ELSE h.zone END";

constexpr const char* kMeterColumns =
    "SELECT m.id, m.device, m.name, m.address, m.room, g.code, l.code, t.code, m.mode, a.balance_micro_yuan,"
    " m.alarm_1_micro_yuan, m.alarm_2_micro_yuan, m.overdraft_micro_yuan, m.auto_trip, s.moved, s.wanted, "
    "s.wanted_reason, s.relay,"
    " s.reported_ms, s.reachable * g.online, CASE WHEN s.keep_power = 1 OR s.keep_power_wanted = 1 THEN 1 ELSE 0 END, r.newest_reading, r.last_ms, r.total_e4, r.sharp_e4, "
    "r.peak_e4, r.flat_e4,"
    " r.valley_e4, r.day, r.day_quantity_e4, r.day_amount_micro_yuan, t.utc_offset_minutes, c.code, o.id, o.name, o.house, h.code, h.name, h.type, z.name, m.kind, m.valve, m.profile,"
    " m.dispatched, m.dispatch_version, g.archive_acked,"
    " CASE WHEN EXISTS (SELECT 1 FROM alarm b WHERE b.meter = m.id AND b.code = 'bad_device' AND b.active = 1) THEN 1 ELSE 0 END, ";

constexpr const char* kDetailColumns =
    ", m.start_total_e4, m.start_sharp_e4, m.start_peak_e4, m.start_flat_e4, m.start_valley_e4, m.registered_ms, "
    "s.clock_offset_s,"
    " r.quarantined, m.limit_1_e4, m.limit_2_e4, m.limit_overdraft_e4, m.schedule, m.fee_yearly_micro_yuan, m.fee_paid_until, s.temperature_dc, s.target_dc, s.automatic,"
    " s.temperature_valve, s.hot_water_ms, m.baud";

struct Running {
  std::int64_t day = 0;
  base::Quantity quantity;
  base::Money amount;
  int offset_minutes = 480;
};

struct MeterWithDay {
  MeterDetail meter;
  Running running;
};

MeterWithDay read_row(Select& reader, base::UtcMillis now) {
  MeterWithDay one;
  MeterDetail& meter = one.meter;
  MeterRow& row = meter.row;
  row.id = reader.integer();
  row.device = reader.text();
  row.name = reader.text();
  row.address = reader.text();
  row.room = reader.text();
  row.gateway = reader.text();
  row.line = reader.text();
  row.site = reader.text();
  row.mode = reader.text();
  row.balance = reader.money();
  SupplySettings settings;
  settings.mode = parse_word<MeterMode>(row.mode, 2);
  settings.alarm_1 = meter.alarm_1 = reader.money();
  settings.alarm_2 = meter.alarm_2 = reader.money();
  settings.overdraft = meter.overdraft = reader.money();
  settings.auto_trip = meter.auto_trip = reader.flag();
  row.account_state = to_string(account_state(settings, reader.flag(), row.balance));
  row.wanted = reader.text();
  row.wanted_reason = reader.text();
  row.reported = reader.text();
  row.reported_at = time_or_nothing(reader);
  row.reachable = reader.flag();
  row.keep_power = reader.flag();
  const bool was_read = reader.integer() != 0;
  RegisterRow last;
  last.at = reader.time();
  last.total = reader.quantity();
  last.tariffs = reader.tariffs();
  if (was_read) row.last_reading = last;
  one.running.day = reader.integer();
  one.running.quantity = reader.quantity();
  one.running.amount = reader.money();
  one.running.offset_minutes = static_cast<int>(reader.integer());
  if (one.running.day == calendar_day(now, one.running.offset_minutes)) {
    row.today = one.running.quantity;
    meter.today_money = one.running.amount;
  }
  const auto pending = reader.text();
  if (!pending.empty()) row.pending_command = pending;
  const auto room = reader.maybe();
  const std::string room_name = reader.text();
  const auto house = reader.maybe();
  if (room) row.linked_room = MeterRow::Room{*room, room_name, house ? std::optional<std::int64_t>(*house) : std::nullopt};
  row.source.code = reader.text();
  row.source.name = reader.text();
  row.source.type = reader.text();
  row.source.zone = reader.text();
  row.kind = reader.text();
  row.valve = reader.flag();
  meter.profile = parse_profile(reader.text());
  row.dialect = meter.profile.dialect;
  row.model = meter.profile.model;
  const bool wanted = reader.flag();
  const Dispatch dispatch{wanted, reader.integer()};
  const std::int64_t acked = reader.integer();
  row.dispatch = state_of(dispatch, acked, reader.flag());
  row.plan = read_plan(reader);
  return one;
}

/// " AND <room> IN (…)" as far as rooms are asked for by code or area of their source. Both are found by indexes.
void add_source(Question& select, const Scope& scope, const MeterFilter& filter, const std::string& room) {
  if (filter.source_code) {
    // Behind every text that begins so: the greatest code point.
    const std::string end = *filter.source_code + "\xF4\x8F\xBF\xBF";
    select.text(" AND " + room + " IN (SELECT y.id FROM room y JOIN housing_source h ON h.id = y.source WHERE ").within(scope, "h");
    select.text(" AND h.code >= ").value(*filter.source_code).text(" AND h.code < ").value(end).text(")");
  }
  if (filter.zone) {
    select.text(" AND " + room + " IN (SELECT y.id FROM room y WHERE y.source IN (SELECT h.id FROM housing_source h WHERE h.zone = ").value(*filter.zone);
    select.text(") UNION ALL SELECT y.id FROM room y WHERE y.source IS NULL AND y.zone = ").value(*filter.zone).text(")");
  }
}

/// The same as question_of, said to the database: an export goes on by id, and walks all rows anyway.
void add_where(Question& select, const Scope& scope, const MeterFilter& filter) {
  select.text(" WHERE ").within(scope, "m");
  if (filter.mode) select.text(" AND m.mode = ").value(*filter.mode);
  if (filter.kind) select.text(" AND m.kind = ").value(*filter.kind);
  if (filter.relay) select.text(" AND s.relay = ").value(*filter.relay);
  if (filter.gateway) select.text(" AND g.code = ").value(*filter.gateway);
  if (filter.reachable) select.text(" AND s.reachable * g.online = ").value(*filter.reachable ? 1 : 0);
  if (filter.account_state) select.text(" AND s.account_state = ").value(*filter.account_state);
  if (filter.house)
    select.text(" AND m.id IN (SELECT x.meter FROM room_meter x JOIN room y ON y.id = x.room WHERE x.until_ms IS NULL AND y.house = ")
        .value(*filter.house)
        .text(")");
  if (filter.source)
    select.text(" AND m.id IN (SELECT x.meter FROM room_meter x JOIN prepaid_room y ON y.room = x.room WHERE x.until_ms IS NULL AND y.until_ms IS NULL AND y.source = ")
        .value(*filter.source)
        .text(")");
  if (filter.source_code || filter.zone) {
    select.text(" AND m.id IN (SELECT x.meter FROM room_meter x WHERE x.until_ms IS NULL");
    add_source(select, scope, filter, "x.room");
    select.text(")");
  }
  if (filter.search) select.text(" AND ").holds({"m.name", room_of("m"), "m.address", "m.device"}, *filter.search);
}

std::vector<std::int64_t> numbers(Question& question) {
  std::vector<std::int64_t> all;
  question.rows([&](Select& row) { all.push_back(row.integer()); });
  return all;
}

}  // namespace

std::optional<MeterQuestion> meters_within(soci::session& session, const Scope& scope) {
  MeterQuestion asked;
  asked.organisation = scope.organisation;
  asked.sites = scope.sites;
  if (!scope.only) return asked;
  asked.site = Question(session).text("SELECT id FROM site WHERE code = ").value(*scope.only).first([](Select& row) { return std::int64_t{row.integer()}; });
  return asked.site ? std::optional(asked) : std::nullopt;
}

std::vector<std::int64_t> silent_gateways(soci::session& session, const Scope& scope) {
  Question silent(session);
  silent.text("SELECT g.id FROM gateway g WHERE g.online = 0 AND ").within(scope, "g");
  return numbers(silent);
}

namespace {

/// What of the filter only the database knows is looked up here. Nothing: there can be no such meter.
std::optional<MeterQuestion> question_of(soci::session& session, const Scope& scope, const MeterFilter& filter) {
  const auto within = meters_within(session, scope);
  if (!within) return std::nullopt;
  MeterQuestion asked = *within;
  if (filter.gateway) {
    const auto gateway = Question(session).text("SELECT g.id FROM gateway g WHERE g.code = ").value(*filter.gateway).text(" AND ").within(scope, "g").first([](Select& row) {
      return row.integer();
    });
    if (!gateway) return std::nullopt;
    asked.gateway = *gateway;
  }
  if (filter.mode) asked.mode = parse_word<MeterMode>(*filter.mode, 2);
  if (filter.kind) asked.kind = parse_word<wire::MeterKind>(*filter.kind, 3);
  if (filter.relay) asked.relay = parse_word<wire::Relay>(*filter.relay, static_cast<int>(wire::Relay::awaiting_button) + 1);
  if (filter.account_state) asked.account = parse_word<AccountState>(*filter.account_state, 4);
  asked.reachable = filter.reachable;
  if (filter.reachable) asked.silent = silent_gateways(session, scope);
  if (filter.house || filter.source || filter.source_code || filter.zone) {
    Question linked(session);
    linked.text("SELECT x.meter FROM room_meter x WHERE x.until_ms IS NULL AND ").within(scope, "x");
    if (filter.house) linked.text(" AND x.room IN (SELECT y.id FROM room y WHERE y.house = ").value(*filter.house).text(")");
    if (filter.source)
      linked.text(" AND x.room IN (SELECT y.room FROM prepaid_room y WHERE y.until_ms IS NULL AND y.source = ").value(*filter.source).text(")");
    add_source(linked, scope, filter, "x.room");
    asked.among = numbers(linked);
  }
  asked.words = filter.search.value_or("");
  asked.order = filter.sort;
  asked.descending = filter.descending;
  asked.offset = (filter.page - 1) * filter.page_size;
  asked.limit = filter.page_size;
  return asked;
}

}  // namespace

std::string plan_columns() { return "p.id, p.name, p.updated_ms, p.utility, " + price_columns("v"); }

PlanRow read_plan(Select& reader) {
  PlanRow plan;
  plan.id = reader.integer();
  plan.name = reader.text();
  plan.updated_at = reader.time();
  plan.utility = reader.word<Utility>(2);
  plan.prices = prices_of(reader);
  return plan;
}

std::optional<base::UtcMillis> time_or_nothing(Select& reader) {
  const auto at = reader.maybe_time();
  return at && at->value > 0 ? at : std::nullopt;
}

bool meter_in_scope(soci::session& session, const Scope& scope, std::int64_t meter) {
  return Question(session)
             .text("SELECT count(*) FROM meter m WHERE m.id = ")
             .value(meter)
             .text(" AND ")
             .within(scope, "m")
             .number() == 1;
}

Page<MeterRow> read_meters(soci::session& session, MeterFeed& feed, const Scope& scope, const MeterFilter& filter, base::UtcMillis now) {
  Page<MeterRow> page;
  if (filter.after) {
    Question select(session);
    select.text(std::string(kMeterColumns) + plan_columns() + kFrom);
    add_where(select, scope, filter);
    select.text(" AND m.id > ").value(*filter.after).text(" ORDER BY m.id LIMIT ").value(filter.page_size);
    select.rows([&](Select& reader) { page.rows.push_back(read_row(reader, now).meter.row); });
    return page;
  }
  const auto question = question_of(session, scope, filter);
  if (!question) return page;
  const MetersFound found = feed.ask(session, *question);
  page.total = found.total;
  if (found.ids.empty()) return page;
  Question select(session);
  select.text(std::string(kMeterColumns) + plan_columns() + kFrom + " WHERE ").within(scope, "m").text(" AND ").among("m.id", found.ids);
  std::map<std::int64_t, MeterRow> rows;
  select.rows([&](Select& reader) {
    MeterRow row = read_row(reader, now).meter.row;
    rows.emplace(row.id, std::move(row));
  });
  for (const std::int64_t id : found.ids)
    if (const auto row = rows.find(id); row != rows.end()) page.rows.push_back(std::move(row->second));
  return page;
}

std::optional<MeterDetail> read_meter(soci::session& session, MeterFeed& feed, const Scope& scope, std::int64_t meter, base::UtcMillis now) {
  auto found =
      Question(session)
          .text(std::string(kMeterColumns) + plan_columns() + kDetailColumns + kFrom + " WHERE ")
          .within(scope, "m")
          .text(" AND m.id = ")
          .value(meter)
          .first([&](Select& reader) {
            MeterWithDay one = read_row(reader, now);
            one.meter.start_reading.total = reader.quantity();
            one.meter.start_reading.tariffs = reader.tariffs();
            one.meter.registered_at = one.meter.start_reading.at = reader.time();
            one.meter.clock_offset_s = reader.maybe();
            one.meter.quarantined = reader.integer();
            const auto limit_1 = reader.maybe(), limit_2 = reader.maybe(), limit_overdraft = reader.maybe();
            if (limit_1 && limit_2 && limit_overdraft) {
              one.meter.limits = {base::Quantity(*limit_1), base::Quantity(*limit_2), base::Quantity(*limit_overdraft)};
            }
            one.meter.schedule = parse_schedule(reader.text()).value_or(SwitchSchedule{});
            const auto yearly = reader.maybe(), paid_until = reader.maybe();
            if (yearly && paid_until) one.meter.fee = AnnualFee{base::Money(*yearly), static_cast<std::int32_t>(*paid_until)};
            const auto temperature = reader.maybe(), target = reader.maybe();
            const wire::HotWater hot_water{temperature.value_or(0), target, reader.flag(), reader.word<wire::Valve>(3)};
            if (temperature) one.meter.hot_water = hot_water;
            one.meter.hot_water_at = reader.time();
            one.meter.baud = reader.maybe();
            return one;
          });
  if (!found) return std::nullopt;
  MeterDetail& detail = found->meter;
  const Running& running = found->running;
  base::CivilTime first = base::to_civil(now, running.offset_minutes);
  first.day = 1;
  const auto month = calendar_day(base::to_utc({first.year, first.month, 1, 12, 0, 0}, running.offset_minutes).value_or(now),
                            running.offset_minutes);
  Question(session)
      .text("SELECT coalesce(sum(quantity_e4), 0), coalesce(sum(amount_micro_yuan), 0) FROM meter_day WHERE meter = ")
      .value(meter)
      .text(" AND day >= ")
      .value(month)
      .rows([&](Select& reader) {
        detail.month = reader.quantity();
        detail.month_money = reader.money();
      });
  if (running.day >= month) {
    detail.month = detail.month + running.quantity;
    detail.month_money = detail.month_money + running.amount;
  }
  detail.last_seen_at = detail.row.last_reading ? std::optional(detail.row.last_reading->at) : detail.row.reported_at;
  if (detail.row.reported_at && detail.last_seen_at < detail.row.reported_at)
    detail.last_seen_at = detail.row.reported_at;
  std::vector<MeterPlan> changes;
  for (MeterPlan& change : load_meter_plans(session, " WHERE p.meter = " + std::to_string(meter))) add(changes, std::move(change));
  for (const MeterPlan& change : changes) {
    if (!detail.next_plan && change.from > now) detail.next_plan = {change.plan, "", change.from};
  }
  if (detail.next_plan) {
    detail.next_plan->name = plan_name(session, detail.next_plan->id);
  }
  if (auto same = meters_within(session, scope)) {
    same->plan = detail.row.plan.id;
    same->limit = 0;
    detail.row.plan.meters = feed.ask(session, *same).total;
  }
  return detail;
}

}  // namespace anju::platform
