#pragma once

// What reports have in common, and the report of each kind: rows in the order of the columns of platform/catalog/report.cpp. On a session
// that is in a read transaction; throw soci::soci_error.

#include <soci/session.h>

#include <optional>

#include "platform/catalog/report.hpp"
#include "platform/store/question.hpp"

namespace anju::platform {

/// The scope of one of its sites, by its code; nullopt: it has none of that code.
[[nodiscard]] std::optional<Scope> narrowed(soci::session& session, const Scope& scope, const std::optional<std::string>& site);

/// " AND <table of meters> …" for the meter and the words that are asked for; m: alias of the meter.
void add_meter_conditions(Question& select, const catalog::ReportAsk& ask);

/// " AND <expression> = …" for the value of a choice that is asked for; nothing when it is not.
void add_equal(Question& select, const catalog::ReportAsk& ask, std::string_view column, const std::string& expression);

/// A quantity of meter m as it counts in a sum: of electricity, or of the kind that is asked for (column utility). kWh and m3 are never added.
[[nodiscard]] std::string summed_quantity(const catalog::ReportAsk& ask, const std::string& column);

/// " AND (at, id) < before", as far as a page was asked for before.
void add_before(Question& select, const catalog::ReportAsk& ask, const std::string& at, const std::string& id);

/// The value that is asked of a choice.
[[nodiscard]] const std::string* asked_of(const catalog::ReportAsk& ask, std::string_view column);

/// Calendar of the scope: that of its first site. Sites of one organisation in several zones would each have their own days.
[[nodiscard]] int offset_of(soci::session& session, const Scope& scope);

// Values of a row.
[[nodiscard]] catalog::Value text_or_nothing(std::string text);
[[nodiscard]] catalog::Value number_or_nothing(const std::optional<long long>& number);

struct ReportSource {
  std::string_view name;
  catalog::ReportPage (*page)(soci::session& session, const Scope& scope, const catalog::ReportAsk& ask);
  /// nullptr: it has no sums.
  std::optional<catalog::ReportTotals> (*totals)(soci::session& session, const Scope& scope, const catalog::ReportAsk& ask);
  /// Refuses a question that would take too long; nullptr: it has none of that kind.
  base::Result<> (*check)(soci::session& session, const Scope& scope, const catalog::ReportAsk& ask) = nullptr;
};

/// Of reports that are rows of one table (report_documents.cpp).
catalog::ReportPage page_of_documents(soci::session& session, const catalog::Report& report, const Scope& scope, const catalog::ReportAsk& ask);
std::optional<catalog::ReportTotals> totals_of_documents(soci::session& session, const catalog::Report& report, const Scope& scope, const catalog::ReportAsk& ask);

catalog::ReportPage page_of_readings(soci::session& session, const Scope& scope, const catalog::ReportAsk& ask);
std::optional<catalog::ReportTotals> totals_of_readings(soci::session& session, const Scope& scope, const catalog::ReportAsk& ask);
catalog::ReportPage page_of_switches(soci::session& session, const Scope& scope, const catalog::ReportAsk& ask);
catalog::ReportPage page_of_payments(soci::session& session, const Scope& scope, const catalog::ReportAsk& ask);
std::optional<catalog::ReportTotals> totals_of_payments(soci::session& session, const Scope& scope, const catalog::ReportAsk& ask);
catalog::ReportPage page_of_energy(soci::session& session, const Scope& scope, const catalog::ReportAsk& ask);
std::optional<catalog::ReportTotals> totals_of_energy(soci::session& session, const Scope& scope, const catalog::ReportAsk& ask);
catalog::ReportPage page_of_bills(soci::session& session, const Scope& scope, const catalog::ReportAsk& ask);
std::optional<catalog::ReportTotals> totals_of_bills(soci::session& session, const Scope& scope, const catalog::ReportAsk& ask);
catalog::ReportPage page_of_collection(soci::session& session, const Scope& scope, const catalog::ReportAsk& ask);
/// Error: too_many (`where`: from): meters of the scope times days are more than kMostCollected (platform/catalog/report_limits.hpp).
base::Result<> check_collection(soci::session& session, const Scope& scope, const catalog::ReportAsk& ask);
catalog::ReportPage page_of_connections(soci::session& session, const Scope& scope, const catalog::ReportAsk& ask);
catalog::ReportPage page_of_meters(soci::session& session, const Scope& scope, const catalog::ReportAsk& ask);
std::optional<catalog::ReportTotals> totals_of_meters(soci::session& session, const Scope& scope, const catalog::ReportAsk& ask);

}  // namespace anju::platform
