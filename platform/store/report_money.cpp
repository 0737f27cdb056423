// Payments, and what each meter used per finished day.

#include "platform/store/journal.hpp"
#include "platform/store/meter_words.hpp"
#include "platform/store/prices.hpp"
#include "platform/store/report_rows.hpp"
#include "platform/store/room_of_meter.hpp"
#include "platform/store/sale.hpp"

namespace anju::platform {
namespace {

using catalog::kMostSummed;
using catalog::ReportAsk;
using catalog::ReportPage;
using catalog::ReportRow;
using catalog::ReportTotals;

/// Of "FROM recharge r JOIN meter m": the period, the way of paying and the state. Every recharge that is booked was paid.
void add_payment_conditions(Question& select, const Scope& scope, const ReportAsk& ask) {
  select.text(" WHERE ").within(scope, "r").text(" AND r.at_ms >= ").value(ask.from.value).text(" AND r.at_ms < ").value(ask.to.value);
  add_meter_conditions(select, ask);
  add_equal(select, ask, "utility", "m.kind");
  add_equal(select, ask, "method", "r.method");
  add_equal(select, ask, "state", "'paid'");
}

struct Days {
  std::int64_t first, last;
};

Days days_of(soci::session& session, const Scope& scope, const ReportAsk& ask) {
  const int offset = offset_of(session, scope);
  return {calendar_day(ask.from, offset), calendar_day(base::UtcMillis(ask.to.value - 1), offset)};
}

}  // namespace

ReportPage page_of_payments(soci::session& session, const Scope& scope, const ReportAsk& ask) {
  ReportPage page;
  Question select(session);
  select.text("SELECT r.id, r.at_ms, m.id, m.device, r.amount_micro_yuan, r.method, t.balance_micro_yuan, a.balance_micro_yuan, " + room_of("m") + ", m.kind, r.by,"
              " t.previous, m.price_plan, ");
  select.text(price_columns("v") +
              " FROM recharge r JOIN meter m ON m.id = r.meter JOIN transfer t ON t.id = r.transfer JOIN account a ON a.id = m.account"
              " JOIN price_plan p ON p.id = m.price_plan JOIN price_plan_version v ON v.id = p.version");
  add_payment_conditions(select, scope, ask);
  if (ask.before.size() == 2) {
    select.text(" AND (r.at_ms < ").value(ask.before[0]).text(" OR r.at_ms = ").value(ask.before[0]);
    select.text(" AND r.id < ").value(ask.before[1]).text(")").text(" AND r.at_ms <= ").value(ask.before[0]);
  }
  select.text(" ORDER BY r.at_ms DESC, r.id DESC LIMIT ").value(ask.limit + 1);
  std::vector<std::int64_t> last;
  Journal journal(session);
  select.rows([&](Select& reader) {
    if (static_cast<std::int64_t>(page.rows.size()) == ask.limit) {
      page.next = last;
      return;
    }
    const std::int64_t id = reader.integer(), at = reader.integer(), meter = reader.integer();
    ReportRow row;
    row.key = std::to_string(id);
    row.meter_title = reader.text();
    const base::Money amount = reader.money();
    const std::string method = reader.text();
    const base::Money after = reader.money(), now = reader.money();
    std::string room = reader.text(), kind = reader.text(), by = reader.text();
    const std::int64_t previous = reader.integer(), plan = reader.integer();
    const Prices today = prices_of(reader);
    const Sale sale = sale_of(session, journal, {meter, base::UtcMillis(at), amount, after, previous, plan});
    const std::int64_t income = method == "free" ? 0 : amount.micro_yuan;
    row.values = {meter,
                  {},  // users and their kinds come with the residents' app, fees with the ways of paying
                  {},
                  amount.micro_yuan,
                  income,
                  reference_price(sale.prices).e5,
                  income,
                  std::int64_t{0},
                  sale.bought.e4,
                  sale.before.e4,
                  sale.after.e4,
                  worth(now, today).e4,
                  std::string("paid"),
                  at,
                  text_or_nothing(std::move(room)),
                  std::move(kind),
                  method,
                  text_or_nothing(std::move(by))};
    page.rows.push_back(std::move(row));
    last = {at, id};
  });
  return page;
}

std::optional<ReportTotals> totals_of_payments(soci::session& session, const Scope& scope, const ReportAsk& ask) {
  const bool narrow = ask.meter || !ask.search.empty() || asked_of(ask, "utility") != nullptr;
  ReportTotals totals{0, {0, 0, 0}};
  Question select(session);
  select.text("SELECT count(*), coalesce(sum(s.amount), 0), coalesce(sum(s.income), 0) FROM (SELECT r.amount_micro_yuan AS amount,"
              " CASE WHEN r.method = 'free' THEN 0 ELSE r.amount_micro_yuan END AS income FROM recharge r");
  if (narrow) select.text(" JOIN meter m ON m.id = r.meter");
  add_payment_conditions(select, scope, ask);
  select.text(" LIMIT ").value(kMostSummed + 1).text(") s");
  select.rows([&](Select& reader) {
    totals.rows = reader.integer();
    totals.sums[0] = reader.integer();
    totals.sums[1] = totals.sums[2] = reader.integer();
  });
  if (totals.rows > kMostSummed) return std::nullopt;
  return totals;
}

ReportPage page_of_energy(soci::session& session, const Scope& scope, const ReportAsk& ask) {
  const Days days = days_of(session, scope, ask);
  ReportPage page;
  Question select(session);
  // The register at a day's end was frozen at the midnight that begins the next one.
  select.text(
      "SELECT d.day, m.id, m.device, m.name, " + room_of("m") + ", m.kind, d.quantity_e4, d.amount_micro_yuan, f.total_e4 FROM meter_day d JOIN meter m ON m.id = d.meter"
      " LEFT JOIN day_register f ON f.meter = d.meter AND f.day = d.day + 1 WHERE ");
  select.within(scope, "d").text(" AND d.day >= ").value(days.first).text(" AND d.day <= ").value(days.last);
  add_meter_conditions(select, ask);
  add_equal(select, ask, "utility", "m.kind");
  if (ask.before.size() == 3) {
    const auto& b = ask.before;
    select.text(" AND d.day <= ").value(b[0]).text(" AND (d.day < ").value(b[0]).text(" OR d.quantity_e4 < ").value(b[1]);
    select.text(" OR d.quantity_e4 = ").value(b[1]).text(" AND d.meter < ").value(b[2]).text(")");
  }
  select.text(" ORDER BY d.day DESC, d.quantity_e4 DESC, d.meter DESC LIMIT ").value(ask.limit + 1);
  std::vector<std::int64_t> last;
  select.rows([&](Select& reader) {
    if (static_cast<std::int64_t>(page.rows.size()) == ask.limit) {
      page.next = last;
      return;
    }
    const std::int64_t day = reader.integer(), meter = reader.integer();
    ReportRow row;
    row.key = std::to_string(meter) + "." + std::to_string(day);
    row.meter_title = reader.text();
    std::string name = reader.text(), room = reader.text(), kind = reader.text();
    const std::int64_t quantity = reader.integer(), amount = reader.integer();
    row.values = {day, meter, text_or_nothing(std::move(name)), text_or_nothing(std::move(room)), std::move(kind), quantity, amount, number_or_nothing(reader.maybe())};
    page.rows.push_back(std::move(row));
    last = {day, quantity, meter};
  });
  return page;
}

std::optional<ReportTotals> totals_of_energy(soci::session& session, const Scope& scope, const ReportAsk& ask) {
  const Days days = days_of(session, scope, ask);
  ReportTotals totals{0, {0, 0}};
  Question select(session);
  select.text("SELECT count(*), coalesce(sum(s.quantity), 0), coalesce(sum(s.amount), 0) FROM (SELECT " + summed_quantity(ask, "d.quantity_e4") +
              " AS quantity, d.amount_micro_yuan AS amount FROM meter_day d JOIN meter m ON m.id = d.meter");
  select.text(" WHERE ").within(scope, "d").text(" AND d.day >= ").value(days.first).text(" AND d.day <= ").value(days.last);
  add_meter_conditions(select, ask);
  add_equal(select, ask, "utility", "m.kind");
  select.text(" LIMIT ").value(kMostSummed + 1).text(") s");
  select.rows([&](Select& reader) {
    totals.rows = reader.integer();
    totals.sums[0] = reader.integer();
    totals.sums[1] = reader.integer();
  });
  if (totals.rows > kMostSummed) return std::nullopt;
  return totals;
}

namespace {

constexpr const char* kBillsFrom = " FROM meter_sum x JOIN meter m ON m.id = x.meter JOIN account a ON a.id = m.account JOIN meter_register r ON r.meter = m.id";

/// What of month x is not paid. What came in counts against the oldest month first, so what the account owes now was used last: in the days that
/// are in no bill yet, then in the newest months, each up to its cost. Owed beyond all months (from before the first bill) is in none of them.
const std::string kOwedOfMonth =
    "(-a.balance_micro_yuan - r.day_amount_micro_yuan - (SELECT coalesce(sum(later.amount_micro_yuan), 0) FROM meter_sum later WHERE later.meter = x.meter AND later.span > x.span))";
const std::string kDue = "CASE WHEN a.balance_micro_yuan >= 0 OR x.amount_micro_yuan <= 0 OR " + kOwedOfMonth + " <= 0 THEN 0 WHEN " + kOwedOfMonth +
                         " < x.amount_micro_yuan THEN " + kOwedOfMonth + " ELSE x.amount_micro_yuan END";

/// Months, YYYYMM, that the period touches; of meters that are billed by reading.
void add_bill_conditions(Question& select, const Scope& scope, const ReportAsk& ask, const Days& days) {
  select.text(" WHERE ").within(scope, "x").text(" AND m.mode = 'reading' AND x.span >= ").value(month_of(days.first)).text(" AND x.span <= ").value(month_of(days.last));
  add_meter_conditions(select, ask);
  add_equal(select, ask, "utility", "m.kind");
  add_equal(select, ask, "state", "CASE WHEN " + kDue + " > 0 THEN 'due' ELSE 'settled' END");
}

/// First day of a month YYYYMM, and of the one after it.
Days days_of_month(std::int64_t month) {
  const auto first = [](std::int64_t year, std::int64_t of) {
    return base::to_utc({static_cast<int>(year), static_cast<int>(of), 1, 0, 0, 0}, 0)->value / 86'400'000;
  };
  const std::int64_t year = month / 100, of = month % 100;
  return {first(year, of), of == 12 ? first(year + 1, 1) : first(year, of + 1)};
}

}  // namespace

ReportPage page_of_bills(soci::session& session, const Scope& scope, const ReportAsk& ask) {
  const Days days = days_of(session, scope, ask);
  ReportPage page;
  Question select(session);
  select.text("SELECT x.span, m.id, m.device, m.name, " + room_of("m") + ", m.kind, x.quantity_e4, x.amount_micro_yuan, " + kDue + ", a.balance_micro_yuan" + kBillsFrom);
  add_bill_conditions(select, scope, ask, days);
  if (ask.before.size() == 2) {
    select.text(" AND x.span <= ").value(ask.before[0]).text(" AND (x.span < ").value(ask.before[0]).text(" OR x.meter < ").value(ask.before[1]).text(")");
  }
  select.text(" ORDER BY x.span DESC, x.meter DESC LIMIT ").value(ask.limit + 1);
  std::vector<std::int64_t> last;
  select.rows([&](Select& reader) {
    if (static_cast<std::int64_t>(page.rows.size()) == ask.limit) {
      page.next = last;
      return;
    }
    const std::int64_t span = reader.integer(), meter = reader.integer();
    ReportRow row;
    row.key = std::to_string(meter) + "." + std::to_string(span);
    row.meter_title = reader.text();
    std::string name = reader.text(), room = reader.text(), kind = reader.text();
    const std::int64_t used = reader.integer(), cost = reader.integer(), due = reader.integer(), balance = reader.integer();
    const std::string month = std::to_string(span);
    row.values = {month.substr(0, 4) + "-" + month.substr(4), meter, text_or_nothing(std::move(name)), text_or_nothing(std::move(room)), std::move(kind), {}, {}, used, cost,
                  due, balance < 0 ? -balance : std::int64_t{0}, std::string(due > 0 ? "due" : "settled")};
    page.rows.push_back(std::move(row));
    last = {span, meter};
  });
  // Registers that were frozen at the midnights around the month, where there are any.
  for (ReportRow& row : page.rows) {
    const std::string& month = std::get<std::string>(row.values[0]);
    const Days around = days_of_month(std::stoll(month.substr(0, 4)) * 100 + std::stoll(month.substr(5)));
    const auto frozen = [&](std::int64_t day) {
      return Question(session).text("SELECT total_e4 FROM day_register WHERE meter = ").value(std::get<std::int64_t>(row.values[1])).text(" AND day = ").value(day).first([](Select& reader) {
        return reader.maybe();
      });
    };
    row.values[5] = number_or_nothing(frozen(around.first).value_or(std::nullopt));
    row.values[6] = number_or_nothing(frozen(around.last).value_or(std::nullopt));
  }
  return page;
}

std::optional<ReportTotals> totals_of_bills(soci::session& session, const Scope& scope, const ReportAsk& ask) {
  ReportTotals totals{0, {0, 0, 0}};
  Question select(session);
  select.text("SELECT count(*), coalesce(sum(s.quantity), 0), coalesce(sum(s.amount), 0), coalesce(sum(s.due), 0) FROM (SELECT " + summed_quantity(ask, "x.quantity_e4") +
              " AS quantity, x.amount_micro_yuan AS amount, " + kDue + " AS due" + kBillsFrom);
  add_bill_conditions(select, scope, ask, days_of(session, scope, ask));
  select.text(" LIMIT ").value(kMostSummed + 1).text(") s");
  select.rows([&](Select& reader) {
    totals.rows = reader.integer();
    totals.sums[0] = reader.integer();
    totals.sums[1] = reader.integer();
    totals.sums[2] = reader.integer();
  });
  if (totals.rows > kMostSummed) return std::nullopt;
  return totals;
}

}  // namespace anju::platform
