#include "platform/store/points.hpp"

#include <algorithm>
#include <iterator>

#include "platform/store/households.hpp"
#include "platform/store/journal.hpp"
#include "platform/store/prices.hpp"
#include "platform/store/question.hpp"
#include "platform/store/queries_meter.hpp"
#include "platform/store/read_pool.hpp"
#include "platform/store/sale.hpp"

namespace anju::platform {
namespace {

/// rows: newest word first. A word is replaced when a later one begins at its moment or before.
template <class Row, class From>
void mark_replaced(std::vector<Row>& rows, const From& from) {
  std::optional<base::UtcMillis> earliest;
  for (Row& row : rows) {
    row.replaced = earliest && *earliest <= from(row);
    if (!earliest || from(row) < *earliest) earliest = from(row);
  }
}

/// The tariffs of the register that had counted last before a reading: of an earlier reading, also one that a person accepted, of what the
/// register was changed to, or of the meter's beginning. earlier: readings before it, newest first; total: what that register said, by which
/// it is known.
std::optional<Tariffs> tariffs_before(soci::session& s, std::int64_t meter, std::vector<ReadingRow>::const_iterator earlier,
                                      std::vector<ReadingRow>::const_iterator end, const ReadingRow& reading, base::Quantity total) {
  for (; earlier != end; ++earlier) {
    if (earlier->total == total && earlier->tariffs) return earlier->tariffs;
    if (earlier->state == "used") break;
  }
  if (!reading.tariffs) return std::nullopt;  // of one register; nothing to look for
  const auto tariffs = [](Select& row) { return row.tariffs(); };
  const auto changed = Question(s)
                           .text("SELECT next_sharp_e4, next_peak_e4, next_flat_e4, next_valley_e4 FROM register_change WHERE meter = ")
                           .value(meter)
                           .text(" AND moment_ms <= ")
                           .value(reading.at.value)
                           .text(" AND next_total_e4 = ")
                           .value(total.e4)
                           .text(" ORDER BY id DESC LIMIT 1")
                           .first(tariffs);
  if (changed) return *changed;
  return Question(s)
      .text("SELECT start_sharp_e4, start_peak_e4, start_flat_e4, start_valley_e4 FROM meter WHERE id = ")
      .value(meter)
      .text(" AND start_total_e4 = ")
      .value(total.e4)
      .first(tariffs)
      .value_or(std::nullopt);
}

class SociPoints : public MeteringPoints {
 public:
  base::Result<> open(const std::string& url, std::size_t connections) { return pool_.open(url, connections); }

  base::Result<std::optional<std::vector<PlanVersionRow>>> price_versions(const Scope& scope, std::int64_t plan) override {
    return pool_.ask("price_versions", [&](soci::session& s) -> base::Result<std::optional<std::vector<PlanVersionRow>>> {
      std::vector<PlanVersionRow> rows;
      Question(s)
          .text("SELECT v.id, v.since_ms, v.created_ms, v.by, " + price_columns("v") +
                " FROM price_plan_version v JOIN price_plan p ON p.id = v.price_plan WHERE ")
          .within_or_shared(scope, "p")
          .text(" AND p.id = ")
          .value(plan)
          .text(" ORDER BY v.id DESC LIMIT ")
          .value(static_cast<std::int64_t>(kMostVersions))
          .rows([&](Select& reader) {
            PlanVersionRow& row = rows.emplace_back();
            row.prices.version = reader.integer();
            row.prices.from = reader.time();
            row.created = reader.time();
            if (row.created.value == 0) row.created = row.prices.from;
            row.by = reader.text();
            row.prices.prices = prices_of(reader);
          });
      if (rows.empty()) return std::nullopt;
      mark_replaced(rows, [](const PlanVersionRow& row) { return row.prices.from; });
      return rows;
    });
  }

  base::Result<std::optional<std::vector<MeterPlanRow>>> meter_plans(const Scope& scope, std::int64_t meter) override {
    return pool_.ask("meter_plans", [&](soci::session& s) -> base::Result<std::optional<std::vector<MeterPlanRow>>> {
      if (!meter_in_scope(s, scope, meter)) return std::nullopt;
      std::vector<MeterPlanRow> rows;
      Question(s)
          .text("SELECT c.id, c.price_plan, p.name, c.from_ms, c.created_ms, c.by FROM meter_plan c JOIN price_plan p ON p.id = c.price_plan"
                " WHERE c.meter = ")
          .value(meter)
          .text(" ORDER BY c.id DESC LIMIT 1000")
          .rows([&](Select& reader) {
            MeterPlanRow& row = rows.emplace_back();
            row.id = reader.integer();
            row.plan = reader.integer();
            row.name = reader.text();
            row.from = reader.time();
            row.created = reader.time();
            row.by = reader.text();
          });
      mark_replaced(rows, [](const MeterPlanRow& row) { return row.from; });
      return rows;
    });
  }

  base::Result<std::optional<std::vector<OpeningRow>>> openings(const Scope& scope, std::int64_t meter) override {
    return pool_.ask("openings", [&](soci::session& s) -> base::Result<std::optional<std::vector<OpeningRow>>> {
      if (!meter_in_scope(s, scope, meter)) return std::nullopt;
      const std::int64_t today = Question(s).text("SELECT m.price_plan FROM meter m WHERE m.id = ").value(meter).number();
      std::vector<OpeningRow> rows;
      Question(s)
          .text("SELECT " + columns_of(kOpeningColumns) + ", (SELECT z.at_ms FROM settlement z WHERE z.opening = x.id AND z.meter = x.meter AND z.closes = 1)" +
                " FROM opening x WHERE x.meter = ")
          .value(meter)
          .text(" ORDER BY x.id DESC LIMIT 1000")
          .rows([&](Select& reader) {
            OpeningRow& row = rows.emplace_back();
            row.opening = read_opening(reader);
            row.closed = reader.maybe_time();
          });
      Journal journal(s);
      for (OpeningRow& row : rows) {
        row.plan = plan_then(s, journal, meter, row.opening.at, 0, today);
        row.plan_name = plan_name(s, row.plan);
      }
      return rows;
    });
  }

  base::Result<std::optional<std::vector<SettlementRow>>> settlements(const Scope& scope, std::int64_t meter) override {
    return pool_.ask("settlements", [&](soci::session& s) -> base::Result<std::optional<std::vector<SettlementRow>>> {
      if (!meter_in_scope(s, scope, meter)) return std::nullopt;
      std::vector<SettlementRow> rows;
      Question(s)
          .text("SELECT " + columns_of(kSettlementColumns) + ", coalesce(o.customer, '') FROM settlement x LEFT JOIN opening o ON o.id = x.opening WHERE x.meter = ")
          .value(meter)
          .text(" ORDER BY x.id DESC LIMIT 1000")
          .rows([&](Select& reader) {
            SettlementRow& row = rows.emplace_back();
            row.settlement = read_settlement(reader);
            row.customer = reader.text();
          });
      return rows;
    });
  }

  base::Result<std::optional<std::vector<Adjustment>>> adjustments(const Scope& scope, std::int64_t meter) override {
    return pool_.ask("adjustments", [&](soci::session& s) -> base::Result<std::optional<std::vector<Adjustment>>> {
      if (!meter_in_scope(s, scope, meter)) return std::nullopt;
      std::vector<Adjustment> rows;
      Question(s)
          .text("SELECT x.id, x.transfer, x.at_ms, x.amount_micro_yuan, t.balance_micro_yuan, x.note, x.by FROM adjustment x JOIN transfer t"
                " ON t.id = x.transfer WHERE x.meter = ")
          .value(meter)
          .text(" ORDER BY x.id DESC LIMIT 1000")
          .rows([&](Select& reader) {
            Adjustment& row = rows.emplace_back();
            row.id = reader.integer();
            row.transfer = reader.integer();
            row.at = reader.time();
            row.amount = reader.money();
            row.balance_after = reader.money();
            row.note = reader.text();
            row.by = reader.text();
          });
      return rows;
    });
  }

  base::Result<std::optional<std::vector<RegisterChangeRow>>> register_changes(const Scope& scope, std::int64_t meter) override {
    return pool_.ask("register_changes", [&](soci::session& s) -> base::Result<std::optional<std::vector<RegisterChangeRow>>> {
      if (!meter_in_scope(s, scope, meter)) return std::nullopt;
      std::vector<RegisterChangeRow> rows;
      Question(s)
          .text("SELECT " + columns_of(kRegisterChangeColumns) + ", coalesce(CASE WHEN t.credit = m.account THEN -t.amount_micro_yuan ELSE t.amount_micro_yuan END, 0)"
                " FROM register_change x JOIN meter m ON m.id = x.meter LEFT JOIN transfer t ON t.id = x.transfer WHERE x.meter = ")
          .value(meter)
          .text(" ORDER BY x.id DESC LIMIT 1000")
          .rows([&](Select& reader) {
            RegisterChangeRow& row = rows.emplace_back();
            row.change = read_register_change(reader);
            row.fee = reader.money();
          });
      return rows;
    });
  }

  base::Result<std::optional<std::vector<FeePayment>>> fee_payments(const Scope& scope, std::int64_t meter) override {
    return pool_.ask("fee_payments", [&](soci::session& s) -> base::Result<std::optional<std::vector<FeePayment>>> {
      if (!meter_in_scope(s, scope, meter)) return std::nullopt;
      std::vector<FeePayment> rows;
      Question(s)
          .text("SELECT " + columns_of(kFeePaymentColumns) + " FROM fee_payment x WHERE x.meter = ")
          .value(meter)
          .text(" ORDER BY x.id DESC LIMIT 1000")
          .rows([&](Select& reader) { rows.push_back(read_fee_payment(reader)); });
      return rows;
    });
  }

  base::Result<std::optional<Calculation>> calculation(const Scope& scope, std::int64_t meter, base::UtcMillis now) override {
    return pool_.ask("calculation", [&](soci::session& s) -> base::Result<std::optional<Calculation>> {
      if (!meter_in_scope(s, scope, meter)) return std::nullopt;
      Calculation made;
      base::Quantity billed;
      std::int64_t midnight = 0;
      Question(s)
          .text("SELECT r.last_ms, r.total_e4, r.sharp_e4, r.peak_e4, r.flat_e4, r.valley_e4, r.billed_e4, a.balance_micro_yuan, t.utc_offset_minutes"
                " FROM meter m JOIN meter_register r ON r.meter = m.id JOIN account a ON a.id = m.account JOIN site t ON t.id = m.site WHERE m.id = ")
          .value(meter)
          .rows([&](Select& reader) {
            made.to.at = reader.time();
            made.to.total = reader.quantity();
            made.to.tariffs = reader.tariffs();
            billed = reader.quantity();
            made.balance = reader.money();
            constexpr std::int64_t kDay = 86'400'000;
            const std::int64_t offset = reader.integer() * 60'000;
            midnight = (now.value + offset) / kDay * kDay - offset;
          });
      made.since = find_boundary(s, meter);
      made.quantity = billed - made.since.billed;
      made.fee = made.since.recharged + made.since.adjusted - made.balance;
      made.opening = Question(s)
                         .text("SELECT " + columns_of(kOpeningColumns) + " FROM opening x WHERE x.meter = ")
                         .value(meter)
                         .text(" AND NOT EXISTS (SELECT 1 FROM settlement z WHERE z.opening = x.id AND z.closes = 1) ORDER BY x.id DESC LIMIT 1")
                         .first(read_opening);
      made.today = day_uses(s, scope, meter, base::UtcMillis(midnight));
      return made;
    });
  }

 private:
  /// Today's registers that counted, each with the deduction of its moment.
  static std::vector<DayUse> day_uses(soci::session& s, const Scope& scope, std::int64_t meter, base::UtcMillis midnight) {
    const auto readings = read_readings(s, scope, meter, {std::nullopt, kDayUses});
    const auto deductions = read_ledger(s, scope, meter, {std::nullopt, kDayUses}, std::string("deduction"));
    std::vector<DayUse> rows;
    if (!readings || !deductions) return rows;
    auto deduction = deductions->rows.begin();
    for (auto at = readings->rows.begin(); at != readings->rows.end(); ++at) {
      const ReadingRow& reading = *at;
      if (reading.at < midnight) break;
      if (reading.state != "used" || !reading.used) continue;
      DayUse& row = rows.emplace_back();
      row.stand = {reading.at, reading.total, reading.tariffs};
      row.quantity = *reading.used;
      row.previous_total = reading.total - *reading.used;
      row.previous_tariffs = tariffs_before(s, meter, std::next(at), readings->rows.end(), reading, row.previous_total);
      while (deduction != deductions->rows.end() && deduction->at > reading.at) ++deduction;
      if (deduction == deductions->rows.end()) continue;
      row.balance = deduction->balance;
      if (deduction->at == reading.at) row.fee = -deduction->amount;
    }
    return rows;
  }

  ReadPool pool_;
};

}  // namespace

base::Result<std::unique_ptr<MeteringPoints>> open_points(const std::string& url, std::size_t connections) {
  auto points = std::make_unique<SociPoints>();
  if (auto opened = points->open(url, connections); !opened) return base::pass(opened);
  return std::unique_ptr<MeteringPoints>(std::move(points));
}

}  // namespace anju::platform
