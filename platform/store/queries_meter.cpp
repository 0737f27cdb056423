#include "platform/store/queries_meter.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "platform/store/question.hpp"

namespace anju::platform {
namespace {

constexpr std::int64_t kDayMs = 86'400'000;
constexpr std::int64_t kHourMs = 3'600'000;

std::int64_t day_of(base::UtcMillis at, int offset_minutes) {
  return (at.value + offset_minutes * 60'000LL) / kDayMs;
}

base::UtcMillis start_of(std::int64_t day, int offset_minutes) {
  return base::UtcMillis(day * kDayMs - offset_minutes * 60'000LL);
}

constexpr const char* kFrom =
    " FROM meter m JOIN meter_supply s ON s.meter = m.id JOIN meter_register r ON r.meter = m.id JOIN account a ON "
    "a.id = m.account"
    " JOIN gateway g ON g.id = m.gateway JOIN line l ON l.id = m.line JOIN site t ON t.id = m.site"
    " JOIN price_plan p ON p.id = m.price_plan JOIN price_plan_version v ON v.id = p.version"
    " LEFT JOIN command c ON c.id = s.pending_command";

constexpr const char* kMeterColumns =
    "SELECT m.id, m.device, m.name, m.address, m.room, g.code, l.code, t.code, m.mode, a.balance_micro_yuan,"
    " m.alarm_1_micro_yuan, m.alarm_2_micro_yuan, m.overdraft_micro_yuan, m.auto_trip, s.moved, s.wanted, "
    "s.wanted_reason, s.relay,"
    " s.reported_ms, s.reachable * g.online, max(s.keep_power, s.keep_power_wanted), r.newest_reading, r.last_ms, r.total_e4, r.sharp_e4, "
    "r.peak_e4, r.flat_e4,"
    " r.valley_e4, r.day, r.day_quantity_e4, r.day_amount_micro_yuan, t.utc_offset_minutes, c.code, ";

constexpr const char* kDetailColumns =
    ", m.start_total_e4, m.start_sharp_e4, m.start_peak_e4, m.start_flat_e4, m.start_valley_e4, m.registered_ms, "
    "s.clock_offset_s,"
    " r.quarantined";

/// The same rule as domain/supply.hpp's account_state, as an expression, because a page is filtered by it.
constexpr const char* kAccountState =
    "CASE WHEN m.mode <> 'prepaid' OR s.moved = 0 THEN 'normal' WHEN a.balance_micro_yuan <= -m.overdraft_micro_yuan "
    "THEN 'arrears'"
    " WHEN a.balance_micro_yuan < m.alarm_2_micro_yuan THEN 'low_2' WHEN a.balance_micro_yuan < m.alarm_1_micro_yuan "
    "THEN 'low_1'"
    " ELSE 'normal' END";

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
  if (one.running.day == day_of(now, one.running.offset_minutes)) {
    row.today = one.running.quantity;
    meter.today_money = one.running.amount;
  }
  const auto pending = reader.text();
  if (!pending.empty()) row.pending_command = pending;
  row.plan = read_plan(reader);
  return one;
}

void add_where(Question& select, Scope scope, const MeterFilter& filter) {
  select.text(" WHERE m.organisation = ").value(scope.organisation);
  if (filter.mode) select.text(" AND m.mode = ").value(*filter.mode);
  if (filter.relay) select.text(" AND s.relay = ").value(*filter.relay);
  if (filter.gateway) select.text(" AND g.code = ").value(*filter.gateway);
  if (filter.reachable) select.text(" AND s.reachable * g.online = ").value(*filter.reachable ? 1 : 0);
  if (filter.account_state) select.text(std::string(" AND ") + kAccountState + " = ").value(*filter.account_state);
  if (filter.search) {
    std::string pattern = "%";
    for (const char c : *filter.search) {
      if (c == '%' || c == '_' || c == '\\') pattern += '\\';
      pattern += c;
    }
    pattern += '%';
    select.text(" AND (m.name LIKE ").value(pattern).text(" ESCAPE '\\' OR m.room LIKE ").value(pattern);
    select.text(" ESCAPE '\\' OR m.address LIKE ").value(pattern).text(" ESCAPE '\\' OR m.device LIKE ").value(pattern);
    select.text(" ESCAPE '\\')");
  }
}

/// Where a walk back along `previous` begins: the newest row, or the one before `before`. 0: nowhere.
std::int64_t head_of(soci::session& session, const char* table, std::int64_t newest, std::int64_t meter,
                     const Cursor& cursor) {
  if (!cursor.before) return newest;
  return Question(session)
      .text(std::string("SELECT previous FROM ") + table + " WHERE id = ")
      .value(*cursor.before)
      .text(" AND meter = ")
      .value(meter)
      .number();
}

/// `chain(id)`: at most `most` rows of a table, from `head` backwards.
void add_chain(Question& select, const char* table, std::int64_t head, std::int64_t most) {
  select.text("WITH RECURSIVE chain(id, n) AS (SELECT ").value(head);
  select.text(std::string(", 1 UNION ALL SELECT x.previous, chain.n + 1 FROM chain JOIN ") + table +
              " x ON x.id = chain.id WHERE x.previous <> 0 AND chain.n < ");
  select.value(most).text(") ");
}

template <class Row>
void cut(CursorPage<Row>& page, std::int64_t limit) {
  if (static_cast<std::int64_t>(page.rows.size()) <= limit) return;
  page.rows.resize(static_cast<std::size_t>(limit));
  page.next = page.rows.back().id;
}

/// Of a filtered ledger at most so many rows are walked for one page; the cursor goes on behind them.
constexpr std::int64_t kMostWalked = 20'000;

}  // namespace

PlanRow read_plan(Select& reader) {
  PlanRow plan;
  plan.id = reader.integer();
  plan.name = reader.text();
  plan.updated_at = reader.time();
  plan.prices.kind = parse_word<PlanKind>(reader.text(), 2);
  plan.prices.total = reader.price();
  for (base::Price& price : plan.prices.tariffs) price = reader.price();
  return plan;
}

std::optional<base::UtcMillis> time_or_nothing(Select& reader) {
  const auto at = reader.maybe_time();
  return at && at->value > 0 ? at : std::nullopt;
}

bool meter_in_scope(soci::session& session, Scope scope, std::int64_t meter) {
  return Question(session)
             .text("SELECT count(*) FROM meter WHERE id = ")
             .value(meter)
             .text(" AND organisation = ")
             .value(scope.organisation)
             .number() == 1;
}

Page<MeterRow> read_meters(soci::session& session, Scope scope, const MeterFilter& filter, base::UtcMillis now) {
  Page<MeterRow> page;
  Question count(session);
  count.text("SELECT count(*) FROM meter m");
  if (filter.relay || filter.reachable || filter.account_state) count.text(" JOIN meter_supply s ON s.meter = m.id");
  if (filter.gateway || filter.reachable) count.text(" JOIN gateway g ON g.id = m.gateway");
  if (filter.account_state) count.text(" JOIN account a ON a.id = m.account");
  add_where(count, scope, filter);
  page.total = count.number();

  Question select(session);
  select.text(std::string(kMeterColumns) + kPlanColumns + kFrom);
  add_where(select, scope, filter);
  select.text(" ORDER BY m.id LIMIT ")
      .value(filter.page_size)
      .text(" OFFSET ")
      .value((filter.page - 1) * filter.page_size);
  select.rows([&](Select& reader) { page.rows.push_back(read_row(reader, now).meter.row); });
  return page;
}

std::optional<MeterDetail> read_meter(soci::session& session, Scope scope, std::int64_t meter, base::UtcMillis now) {
  auto found =
      Question(session)
          .text(std::string(kMeterColumns) + kPlanColumns + kDetailColumns + kFrom + " WHERE m.organisation = ")
          .value(scope.organisation)
          .text(" AND m.id = ")
          .value(meter)
          .first([&](Select& reader) {
            MeterWithDay one = read_row(reader, now);
            one.meter.start_reading.total = reader.quantity();
            one.meter.start_reading.tariffs = reader.tariffs();
            one.meter.registered_at = one.meter.start_reading.at = reader.time();
            one.meter.clock_offset_s = reader.maybe();
            one.meter.quarantined = reader.integer();
            return one;
          });
  if (!found) return std::nullopt;
  MeterDetail& detail = found->meter;
  const Running& running = found->running;
  base::CivilTime first = base::to_civil(now, running.offset_minutes);
  first.day = 1;
  const auto month = day_of(base::to_utc({first.year, first.month, 1, 12, 0, 0}, running.offset_minutes).value_or(now),
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
  detail.row.plan.meters =
      Question(session).text("SELECT count(*) FROM meter WHERE price_plan = ").value(detail.row.plan.id).number();
  return detail;
}

std::optional<CursorPage<ReadingRow>> read_readings(soci::session& session, Scope scope, std::int64_t meter,
                                                    Cursor cursor) {
  if (!meter_in_scope(session, scope, meter)) return std::nullopt;
  const auto newest =
      Question(session).text("SELECT newest_reading FROM meter_register WHERE meter = ").value(meter).number();
  CursorPage<ReadingRow> page;
  const auto head = head_of(session, "reading", newest, meter, cursor);
  if (head == 0) return page;
  Question select(session);
  add_chain(select, "reading", head, cursor.limit + 1);
  select.text(
      "SELECT x.id, x.at_ms, x.kind, x.total_e4, x.sharp_e4, x.peak_e4, x.flat_e4, x.valley_e4, x.used_e4, x.state, "
      "x.reason"
      " FROM chain JOIN reading x ON x.id = chain.id ORDER BY chain.n");
  select.rows([&](Select& reader) {
    constexpr std::array<const char*, 3> kKinds{"interval", "on_demand", "daily_freeze"};
    constexpr std::array<const char*, 3> kStates{"used", "recorded", "quarantined"};
    ReadingRow row;
    row.id = reader.integer();
    row.at = reader.time();
    row.kind = kKinds.at(static_cast<std::size_t>(reader.integer()));
    row.total = reader.quantity();
    row.tariffs = reader.tariffs();
    const auto used = reader.quantity();
    const auto state = static_cast<std::size_t>(reader.integer());
    row.state = kStates.at(state);
    if (state == 0) row.used = used;
    row.reason = reader.text();
    page.rows.push_back(std::move(row));
  });
  cut(page, cursor.limit);
  return page;
}

std::optional<CursorPage<LedgerRow>> read_ledger(soci::session& session, Scope scope, std::int64_t meter, Cursor cursor,
                                                 const std::optional<std::string>& kind) {
  std::int64_t account = 0, newest = 0;
  Question(session)
      .text("SELECT a.id, a.newest_transfer FROM meter m JOIN account a ON a.id = m.account WHERE m.id = ")
      .value(meter)
      .text(" AND m.organisation = ")
      .value(scope.organisation)
      .rows([&](Select& reader) {
        account = reader.integer();
        newest = reader.integer();
      });
  if (account == 0) return std::nullopt;
  constexpr std::array<const char*, 3> kKinds{"deduction", "recharge", "correction"};
  CursorPage<LedgerRow> page;
  const auto head = head_of(session, "transfer", newest, meter, cursor);
  if (head == 0) return page;

  std::int64_t walked = 0, oldest = 0;
  const std::int64_t most = kind ? kMostWalked : cursor.limit + 1;
  Question select(session);
  add_chain(select, "transfer", head, most);
  select.text(
      "SELECT x.id, x.at_ms, x.kind, x.credit, x.amount_micro_yuan, x.balance_micro_yuan, x.quantity_e4, "
      "coalesce(q.method, ''),"
      " coalesce(q.note, ''), coalesce(q.by, '') FROM chain JOIN transfer x ON x.id = chain.id"
      " LEFT JOIN recharge q ON x.kind = 1 AND q.transfer = x.id ORDER BY chain.n");
  select.rows([&](Select& reader) {
    LedgerRow row;
    row.id = reader.integer();
    row.at = reader.time();
    row.kind = kKinds.at(static_cast<std::size_t>(reader.integer()));
    const bool credited = reader.integer() == account;
    const auto amount = reader.money();
    row.amount = credited ? amount : -amount;
    row.balance = reader.money();
    const auto quantity = reader.quantity();
    if (row.kind == "deduction") row.quantity = quantity;
    row.method = reader.text();
    row.note = reader.text();
    row.by = reader.text();
    ++walked;
    oldest = row.id;
    if ((!kind || *kind == row.kind) && static_cast<std::int64_t>(page.rows.size()) <= cursor.limit)
      page.rows.push_back(std::move(row));
  });
  cut(page, cursor.limit);
  if (kind && !page.next && walked == most) page.next = oldest;
  return page;
}

std::optional<CursorPage<NoticeRow>> read_notices(soci::session& session, Scope scope, std::int64_t meter,
                                                  Cursor cursor) {
  if (!meter_in_scope(session, scope, meter)) return std::nullopt;
  CursorPage<NoticeRow> page;
  Question select(session);
  select.text("SELECT id, kind, at_ms, threshold_micro_yuan, balance_micro_yuan FROM notice WHERE meter = ").value(meter);
  if (cursor.before) select.text(" AND id < ").value(*cursor.before);
  select.text(" ORDER BY id DESC LIMIT ").value(cursor.limit + 1);
  select.rows([&](Select& reader) {
    NoticeRow row;
    row.id = reader.integer();
    row.kind = reader.text();
    row.at = reader.time();
    row.threshold = reader.money();
    row.balance = reader.money();
    page.rows.push_back(std::move(row));
  });
  cut(page, cursor.limit);
  return page;
}

std::optional<std::vector<ConsumptionPoint>> read_consumption(soci::session& session, Scope scope, std::int64_t meter,
                                                              Step step, base::UtcMillis from, base::UtcMillis to) {
  Running running;
  std::int64_t newest = 0, account = 0;
  Question(session)
      .text(
          "SELECT r.day, r.day_quantity_e4, r.day_amount_micro_yuan, t.utc_offset_minutes, a.newest_transfer, a.id"
          " FROM meter m JOIN meter_register r ON r.meter = m.id JOIN site t ON t.id = m.site JOIN account a ON a.id = "
          "m.account "
          "WHERE m.id = ")
      .value(meter)
      .text(" AND m.organisation = ")
      .value(scope.organisation)
      .rows([&](Select& reader) {
        running = {reader.integer(), reader.quantity(), reader.money(), static_cast<int>(reader.integer())};
        newest = reader.integer();
        account = reader.integer();
      });
  if (account == 0) return std::nullopt;

  std::vector<ConsumptionPoint> points;
  if (step == Step::day) {
    const auto first = day_of(from, running.offset_minutes);
    const auto last = day_of(base::UtcMillis(to.value - 1), running.offset_minutes);
    Question(session)
        .text("SELECT day, quantity_e4, amount_micro_yuan FROM meter_day WHERE meter = ")
        .value(meter)
        .text(" AND day >= ")
        .value(first)
        .text(" AND day <= ")
        .value(last)
        .text(" ORDER BY day")
        .rows([&](Select& reader) {
          const auto day = reader.integer();
          const auto quantity = reader.quantity();
          points.push_back({start_of(day, running.offset_minutes), quantity, reader.money()});
        });
    if (running.day >= first && running.day <= last)
      points.push_back({start_of(running.day, running.offset_minutes), running.quantity, running.amount});
    if (points.size() > static_cast<std::size_t>(kMostPoints)) points.erase(points.begin(), points.end() - kMostPoints);
    return points;
  }

  if (newest == 0) return points;
  const std::int64_t offset = running.offset_minutes * 60'000LL;
  std::map<std::int64_t, ConsumptionPoint> hours;
  Question select(session);
  // The walk ends at the first row before `from`: rows of one account are in the order of their readings.
  select.text("WITH RECURSIVE chain(id, n) AS (SELECT ").value(newest);
  select.text(
      ", 1 UNION ALL SELECT x.previous, chain.n + 1 FROM chain JOIN transfer x ON x.id = chain.id"
      " WHERE x.previous <> 0 AND (x.kind <> 0 OR x.at_ms >= ");
  select.value(from.value).text(") AND chain.n < ").value(kMostWalked);
  select.text(
      ") SELECT x.at_ms, x.quantity_e4, x.credit, x.amount_micro_yuan FROM chain JOIN transfer x ON x.id = chain.id"
      " WHERE x.kind = 0 AND x.at_ms >= ");
  select.value(from.value).text(" AND x.at_ms < ").value(to.value);
  select.rows([&](Select& reader) {
    const auto at = reader.integer();
    ConsumptionPoint& point = hours[(at + offset) / kHourMs];
    point.used = point.used + reader.quantity();
    const bool given_back = reader.integer() == account;  // a tariff gives back what flat was charged for
    const base::Money amount = reader.money();
    point.money = given_back ? point.money - amount : point.money + amount;
  });
  for (auto& [hour, point] : hours) {
    point.at = base::UtcMillis(hour * kHourMs - offset);
    points.push_back(point);
  }
  if (points.size() > static_cast<std::size_t>(kMostPoints)) points.erase(points.begin(), points.end() - kMostPoints);
  return points;
}

Home read_home(soci::session& session, Scope scope, base::UtcMillis now) {
  Home home;
  home.as_of = now;
  Question(session)
      .text(std::string("SELECT count(*), coalesce(sum(s.reachable * g.online), 0), coalesce(sum(s.relay = 'open'), "
                        "0), coalesce(sum(") +
            kAccountState +
            " = 'arrears'), 0) FROM meter m JOIN meter_supply s ON s.meter = m.id JOIN account a ON a.id = m.account"
            " JOIN gateway g ON g.id = m.gateway WHERE m.organisation = ")
      .value(scope.organisation)
      .rows([&](Select& reader) {
        home.meters = reader.integer();
        home.meters_reachable = reader.integer();
        home.meters_cut_off = reader.integer();
        home.meters_in_arrears = reader.integer();
      });
  Question(session)
      .text("SELECT count(*), coalesce(sum(online), 0) FROM gateway WHERE organisation = ")
      .value(scope.organisation)
      .rows([&](Select& reader) {
        home.gateways = reader.integer();
        home.gateways_online = reader.integer();
      });
  home.commands_pending =
      Question(session)
          .text("SELECT count(*) FROM command WHERE state IN ('queued', 'sent', 'acked') AND organisation = ")
          .value(scope.organisation)
          .number();
  Question(session)
      .text("SELECT code, count(*) FROM alarm WHERE active = 1 AND organisation = ")
      .value(scope.organisation)
      .text(" GROUP BY code ORDER BY code")
      .rows([&](Select& reader) {
        AlarmCount alarm;
        alarm.code = reader.text();
        alarm.count = reader.integer();
        home.alarms.push_back(std::move(alarm));
      });

  // One calendar for the page: the first site's. Sites of one organisation in several zones would each have their own
  // days.
  const int offset =
      static_cast<int>(Question(session)
                           .text("SELECT coalesce((SELECT utc_offset_minutes FROM site WHERE organisation = ")
                           .value(scope.organisation)
                           .text(" ORDER BY id LIMIT 1), 480)")
                           .number());
  const auto today = day_of(now, offset);
  for (std::int64_t day = today - 6; day <= today; ++day)
    home.last_7_days.push_back({base::format_day(start_of(day, offset), offset), {}, {}, {}});
  Question(session)
      .text(
          "SELECT day, sum(readings), sum(quantity_e4), sum(deducted_micro_yuan), sum(recharged_micro_yuan) FROM "
          "site_day"
          " WHERE site IN (SELECT id FROM site WHERE organisation = ")
      .value(scope.organisation)
      .text(") AND day > ")
      .value(today - 7)
      .text(" AND day <= ")
      .value(today)
      .text(" GROUP BY day")
      .rows([&](Select& reader) {
        const auto day = reader.integer();
        const auto readings = reader.integer();
        if (day == today) home.readings_today = readings;
        HomeDay& row = home.last_7_days[static_cast<std::size_t>(day - (today - 6))];
        row.used = reader.quantity();
        row.deducted = reader.money();
        row.recharged = reader.money();
      });
  return home;
}

}  // namespace anju::platform
