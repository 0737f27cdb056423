#pragma once

// The lists that are not of the catalogue as rows for a spreadsheet. A further one: a source like these, and a route.

#include <memory>
#include <vector>

#include "platform/catalog/report.hpp"
#include "platform/domain/queries.hpp"
#include "platform/domain/sheet.hpp"

namespace anju::platform {

/// What every such source needs to know of who asks. sites: of the scope, for names and zones.
struct Reader {
  Scope scope;
  Language language = Language::zh;
  std::vector<SiteRow> sites;
  base::UtcMillis now;

  [[nodiscard]] std::string word(std::string_view zh, std::string_view en) const { return std::string(language == Language::zh ? zh : en); }
  [[nodiscard]] std::string site_name(const std::string& site) const;
  /// What a meter of that kind counts in.
  [[nodiscard]] std::string unit(std::string_view kind) const;
  /// In the zone of that site, or of the first one; nothing for no time.
  [[nodiscard]] Cell time(const std::optional<base::UtcMillis>& at, const std::string& site = {}) const;
};

// What they read from must outlive them; page and size of the filters do not matter.
[[nodiscard]] std::unique_ptr<RowSource> meter_rows(Queries& queries, Reader reader, MeterFilter filter);
[[nodiscard]] std::unique_ptr<RowSource> audit_rows(Queries& queries, Reader reader, AuditFilter filter);
/// The ask's cursor and limit do not matter.
[[nodiscard]] std::unique_ptr<RowSource> report_rows(catalog::Reports& reports, const catalog::Report& report, Reader reader, catalog::ReportAsk ask);

}  // namespace anju::platform
