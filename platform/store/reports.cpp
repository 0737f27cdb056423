#include "platform/store/reports.hpp"

#include <array>

#include "platform/store/read_pool.hpp"
#include "platform/store/report_rows.hpp"
#include "platform/store/room_of_meter.hpp"

namespace anju::platform {
namespace {

using catalog::Report;
using catalog::ReportAsk;
using catalog::ReportPage;
using catalog::ReportTotals;

constexpr std::array kSources{
    ReportSource{"readings", &page_of_readings, &totals_of_readings},
    ReportSource{"meters", &page_of_meters, &totals_of_meters},
    ReportSource{"payments", &page_of_payments, &totals_of_payments},
    ReportSource{"energy", &page_of_energy, &totals_of_energy},
    ReportSource{"bills", &page_of_bills, &totals_of_bills},
    ReportSource{"switches", &page_of_switches, nullptr},
    ReportSource{"connections", &page_of_connections, nullptr},
    ReportSource{"freezes", &page_of_collection, nullptr, &check_collection},
};

/// nullptr: its rows are documents.
const ReportSource* source_of(const Report& report) {
  for (const ReportSource& source : kSources)
    if (source.name == report.name) return &source;
  return nullptr;
}

class SociReports : public catalog::Reports {
 public:
  base::Result<> open(const std::string& url, std::size_t connections) { return pool_.open(url, connections); }

  base::Result<ReportPage> page(const Report& report, const Scope& scope, const ReportAsk& ask) override {
    return pool_.ask("report", [&](soci::session& s) -> base::Result<ReportPage> {
      const auto within = narrowed(s, scope, ask.site);
      if (!within) return base::fail(Errc::not_found, "site");
      const ReportSource* source = source_of(report);
      if (source == nullptr) return page_of_documents(s, report, *within, ask);
      if (source->check != nullptr) {
        if (auto ok = source->check(s, *within, ask); !ok) return base::pass(ok);
      }
      return source->page(s, *within, ask);
    });
  }

  base::Result<std::optional<ReportTotals>> totals(const Report& report, const Scope& scope, const ReportAsk& ask) override {
    return pool_.ask("report_totals", [&](soci::session& s) -> base::Result<std::optional<ReportTotals>> {
      const auto within = narrowed(s, scope, ask.site);
      if (!within) return base::fail(Errc::not_found, "site");
      const ReportSource* source = source_of(report);
      if (source == nullptr) return totals_of_documents(s, report, *within, ask);
      if (source->totals == nullptr) return std::nullopt;
      return source->totals(s, *within, ask);
    });
  }

 private:
  ReadPool pool_;
};

}  // namespace

base::Result<std::unique_ptr<catalog::Reports>> open_reports(const std::string& url, std::size_t connections) {
  auto reports = std::make_unique<SociReports>();
  if (auto opened = reports->open(url, connections); !opened) return base::pass(opened);
  return std::unique_ptr<catalog::Reports>(std::move(reports));
}

std::optional<Scope> narrowed(soci::session& session, const Scope& scope, const std::optional<std::string>& site) {
  if (!site || site->empty()) return scope;
  const auto id = Question(session).text("SELECT t.id FROM community t WHERE ").within(scope, "t", "id").text(" AND t.code = ").value(*site).number();
  if (id == 0) return std::nullopt;
  return Scope{scope.organisation, std::vector<std::int64_t>{id}};
}

void add_meter_conditions(Question& select, const ReportAsk& ask) {
  if (ask.meter) select.text(" AND m.id = ").value(*ask.meter);
  if (!ask.search.empty()) select.text(" AND ").holds({room_of("m"), "m.name", "m.device", "m.address"}, ask.search);
}

const std::string* asked_of(const ReportAsk& ask, std::string_view column) {
  for (const auto& [asked, value] : ask.equal)
    if (asked->name == column) return &value;
  return nullptr;
}

void add_before(Question& select, const ReportAsk& ask, const std::string& at, const std::string& id) {
  if (ask.before.size() != 2) return;
  select.text(" AND " + at + " <= ").value(ask.before[0]).text(" AND (" + at + " < ").value(ask.before[0]);
  select.text(" OR " + id + " < ").value(ask.before[1]).text(")");
}

void add_equal(Question& select, const ReportAsk& ask, std::string_view column, const std::string& expression) {
  if (const std::string* value = asked_of(ask, column)) select.text(" AND " + expression + " = ").value(*value);
}

std::string summed_quantity(const ReportAsk& ask, const std::string& column) {
  return asked_of(ask, "utility") != nullptr ? column : "CASE WHEN m.kind = 'electricity' THEN " + column + " ELSE 0 END";
}

int offset_of(soci::session& session, const Scope& scope) {
  return static_cast<int>(Question(session)
                              .text("SELECT t.utc_offset_minutes FROM community t WHERE ")
                              .within(scope, "t", "id")
                              .text(" ORDER BY t.id LIMIT 1")
                              .first([](Select& row) { return row.integer(); })
                              .value_or(480));
}

catalog::Value text_or_nothing(std::string text) {
  if (text.empty()) return {};
  return text;
}

catalog::Value number_or_nothing(const std::optional<long long>& number) {
  if (!number) return {};
  return std::int64_t{*number};
}

}  // namespace anju::platform
