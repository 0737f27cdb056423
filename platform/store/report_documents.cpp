// What was settled, given back, cleared and ordered: reports whose rows are one table's, newest first. Their columns are the catalogue's, so
// one reader serves them all.

#include <array>
#include <string>

#include "platform/store/meter_words.hpp"
#include "platform/store/report_rows.hpp"
#include "platform/store/room_of_meter.hpp"

namespace anju::platform {
namespace {

using catalog::Column;
using catalog::ColumnType;
using catalog::kMostSummed;
using catalog::Report;
using catalog::ReportAsk;
using catalog::ReportPage;
using catalog::ReportRow;
using catalog::ReportTotals;

/// Rows of table x, each of a meter m. The reports' columns are the moment, the meter with its name, room and kind, and then `rest`, in that order.
/// equal: columns of the report that may be asked for, with what they are here.
struct TableRows {
  const char* report;
  const char* at;
  const char* rest;
  const char* from;
  const char* also;  ///< further conditions; may be empty
  std::array<std::pair<const char*, const char*>, 4> equal;
};

constexpr const char* kId = "x.id";
constexpr const char* kMeter = " JOIN meter m ON m.id = x.meter";

/// Money given back or collected outside recharges, one table for all three documents.
constexpr const char* kRefunds =
    "(SELECT id * 4 AS id, organisation, site, meter, at_ms, CASE WHEN balance_micro_yuan < 0 THEN 'collected' ELSE 'refund' END AS kind, -balance_micro_yuan AS"
    " amount, method, note, by FROM settlement WHERE balance_micro_yuan <> 0 UNION ALL SELECT id * 4 + 1, organisation, site, meter, at_ms, 'adjustment',"
    " amount_micro_yuan, NULL, note, by FROM adjustment UNION ALL SELECT id * 4 + 2, organisation, site, meter, at_ms, 'fee', amount_micro_yuan, method, note, by"
    " FROM fee_payment) x";

constexpr std::array kRows{
    TableRows{"clearings",
         "x.at_ms", "x.kind, x.last_total_e4, x.next_total_e4, x.billed_e4,"
         " CASE WHEN t.credit = m.account THEN -t.amount_micro_yuan ELSE t.amount_micro_yuan END, x.by, x.note",
         "register_change x LEFT JOIN transfer t ON t.id = x.transfer", "", {{{"utility", "m.kind"}, {"kind", "x.kind"}, {nullptr, nullptr}, {nullptr, nullptr}}}},
    TableRows{"settlements",
         "x.at_ms", "x.from_total_e4, x.to_total_e4, x.quantity_e4, x.fee_micro_yuan, x.recharged_micro_yuan,"
         " x.adjusted_micro_yuan, x.balance_micro_yuan, x.method, CASE WHEN x.closes = 1 THEN 'closed' ELSE 'settled' END, x.by, x.note",
         "settlement x", "", {{{"utility", "m.kind"}, {"method", "x.method"}, {"end", "CASE WHEN x.closes = 1 THEN 'closed' ELSE 'settled' END"}, {nullptr, nullptr}}}},
    TableRows{"refunds", "x.at_ms", "x.kind, x.amount, x.method, x.by, x.note", kRefunds, "",
         {{{"utility", "m.kind"}, {"kind", "x.kind"}, {"method", "x.method"}, {nullptr, nullptr}}}},
    TableRows{"orders",
         "x.created_ms", "x.kind, x.state, x.cause, x.attempts, CASE WHEN x.state = 'verified' THEN x.ended_ms END,"
         " x.reason, x.by, x.note",
         "command x", " AND x.kind <> 'live'", {{{"utility", "m.kind"}, {"kind", "x.kind"}, {"state", "x.state"}, {"cause", "x.cause"}}}},
};

const TableRows& rows_of(const Report& report) {
  for (const TableRows& rows : kRows)
    if (rows.report == report.name) return rows;
  throw soci::soci_error("no rows of the report " + std::string(report.name));
}

/// Id and moment, by which a row is found, and then a column each as the report has them; of a meter its id and its number.
std::string select_of(const TableRows& rows) {
  return std::string("SELECT ") + kId + ", " + rows.at + ", " + rows.at + ", m.id, m.device, m.name, " + room_of("m") + ", m.kind, " + rows.rest + " FROM " + rows.from + kMeter;
}

void add_conditions(Question& select, const Scope& scope, const ReportAsk& ask, const TableRows& rows) {
  const std::string at = rows.at;
  select.text(" WHERE ").within(scope, "x").text(rows.also);
  select.text(" AND " + at + " >= ").value(ask.from.value).text(" AND " + at + " < ").value(ask.to.value);
  add_meter_conditions(select, ask);
  for (const auto& [column, expression] : rows.equal) {
    if (column != nullptr) add_equal(select, ask, column, expression);
  }
}

void read_values(Select& reader, const Report& report, ReportRow& row) {
  for (const Column& column : report.columns) {
    switch (column.type) {
      case ColumnType::text:
      case ColumnType::choice: row.values.push_back(text_or_nothing(reader.text())); break;
      case ColumnType::meter:
        row.values.emplace_back(std::int64_t{reader.integer()});
        row.meter_title = reader.text();
        break;
      default: row.values.push_back(number_or_nothing(reader.maybe()));
    }
  }
}

}  // namespace

ReportPage page_of_documents(soci::session& session, const Report& report, const Scope& scope, const ReportAsk& ask) {
  const TableRows& rows = rows_of(report);
  const std::string at = rows.at, id = kId;
  ReportPage page;
  Question select(session);
  select.text(select_of(rows));
  add_conditions(select, scope, ask, rows);
  add_before(select, ask, at, id);
  select.text(" ORDER BY " + at + " DESC, " + id + " DESC LIMIT ").value(ask.limit + 1);
  std::vector<std::int64_t> last;
  select.rows([&](Select& reader) {
    if (static_cast<std::int64_t>(page.rows.size()) == ask.limit) {
      page.next = last;
      return;
    }
    const std::int64_t row_id = reader.integer(), moment = reader.integer();
    ReportRow row;
    row.key = std::to_string(row_id) + "." + std::to_string(moment);
    read_values(reader, report, row);
    page.rows.push_back(std::move(row));
    last = {moment, row_id};
  });
  return page;
}

std::optional<ReportTotals> totals_of_documents(soci::session& session, const Report& report, const Scope& scope, const ReportAsk& ask) {
  const TableRows& rows = rows_of(report);
  ReportTotals totals;
  std::vector<std::size_t> summed;
  for (std::size_t i = 0; i < report.columns.size(); ++i)
    if (report.columns[i].sum) summed.push_back(i);
  totals.sums.resize(summed.size());
  Question select(session);
  select.text(select_of(rows));
  add_conditions(select, scope, ask, rows);
  select.text(" LIMIT ").value(kMostSummed + 1);
  select.rows([&](Select& reader) {
    ++totals.rows;
    reader.integer();
    reader.integer();
    ReportRow row;
    read_values(reader, report, row);
    for (std::size_t i = 0; i < summed.size(); ++i) {
      if (const auto* number = std::get_if<std::int64_t>(&row.values[summed[i]])) totals.sums[i] += *number;
    }
  });
  if (totals.rows > kMostSummed) return std::nullopt;
  return totals;
}

}  // namespace anju::platform
