#pragma once

// What a report is, said once, as lists are (resource.hpp): its columns and what it is narrowed by. Rows are never changed here. REST, its
// description, permissions, the console's pages and what is exported follow from this; where the rows come from is platform/store.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/catalog/records.hpp"
#include "platform/catalog/resource.hpp"
#include "platform/domain/scope.hpp"
#include "protocols/base/result.hpp"
#include "protocols/base/time.hpp"

namespace anju::platform::catalog {

/// How a value is kept in a row, and how REST writes it. Nothing known: null.
enum class ColumnType {
  text,
  time,      ///< milliseconds; the same number in REST
  day,       ///< days since 1970-01-01 of the site's calendar; YYYY-MM-DD in REST
  count,
  money,     ///< micro-yuan; decimal text
  quantity,  ///< 1/10 000 kWh; decimal text
  price,     ///< 1/100 000 yuan per kWh; decimal text
  choice,    ///< one of `choices`
  meter,     ///< a meter's id, its number as title
};

struct Column {
  std::string_view name;
  Label label;
  ColumnType type = ColumnType::text;
  std::span<const Choice> choices = {};
  bool search = false;  ///< choice: a condition of its own
  bool sum = false;     ///< count, money, quantity: has a sum below the table
  Label help = {};
};

struct Report {
  std::string_view name;   ///< path below /reports
  std::string_view right;  ///< "<right>:read"
  Label label, hint;
  Label words;  ///< what the text search looks in
  std::span<const Column> columns;
  bool period = true;  ///< asked for a time range; otherwise it shows how things stand
  [[nodiscard]] bool sums() const {
    for (const Column& column : columns)
      if (column.sum) return true;
    return false;
  }
};

/// In the order of the menu.
[[nodiscard]] std::span<const Report* const> reports();

/// Rows of [from, to), newest first.
struct ReportAsk {
  std::optional<std::string> site = {};  ///< its code
  std::string search = {};               ///< empty: all
  std::optional<std::int64_t> meter = {};
  std::vector<std::pair<const Column*, std::string>> equal = {};
  base::UtcMillis from, to;
  std::vector<std::int64_t> before = {};  ///< where the page begins, as the page before said; empty: at the newest
  std::int64_t limit = 50;
};

struct ReportRow {
  std::string key;  ///< unlike every other row of the report
  std::vector<Value> values;
  std::string meter_title;
};

/// A page may have fewer rows than asked for, even none, and nevertheless a `next`: so much is looked through for one answer.
struct ReportPage {
  std::vector<ReportRow> rows;
  std::vector<std::int64_t> next;           ///< empty: that was all
  std::optional<base::UtcMillis> through;  ///< with next: looked through back to here, where that is known
  std::optional<base::UtcMillis> since = {};  ///< of raw readings: what is older went, but for single ones; absent: nothing did
};

/// Beyond so many rows no sum is taken: whoever asks narrows the question.
inline constexpr std::int64_t kMostSummed = 200'000;
/// For one page at most so many rows are looked through.
inline constexpr std::int64_t kMostLookedThrough = 20'000;
inline constexpr std::int64_t kMostReportDays = 366;

struct ReportTotals {
  std::int64_t rows = 0;
  std::vector<std::int64_t> sums;  ///< in the order of the columns that have one
};

class Reports {
 public:
  virtual ~Reports() = default;
  // Blocking; from several threads at once. Errors: not_found (`where`: site), too_many (report_limits.hpp), store_failed.
  [[nodiscard]] virtual base::Result<ReportPage> page(const Report& report, const Scope& scope, const ReportAsk& ask) = 0;
  /// nullopt: more than kMostSummed rows.
  [[nodiscard]] virtual base::Result<std::optional<ReportTotals>> totals(const Report& report, const Scope& scope, const ReportAsk& ask) = 0;
};

}  // namespace anju::platform::catalog
