#pragma once

// Rows on their way to or from a spreadsheet: where they come from (a row source per list), and the port through which files are written
// (platform/sheets implements it). Knows no file format.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "protocols/base/result.hpp"
#include "protocols/base/time.hpp"

namespace anju::platform {

enum class Language { zh, en };

enum class SheetErrc {
  cancelled,      ///< whoever waits for the file does not want it any more
  too_many_rows,  ///< more than kMostSheetRows
  too_large,      ///< more than kMostSheetBytes
  not_written,    ///< the disk refused; `where` is its message
};
[[nodiscard]] std::string_view to_string(SheetErrc errc);

/// Exact: units of 10^-decimals.
struct Number {
  std::int64_t units = 0;
  int decimals = 0;
  auto operator<=>(const Number&) const = default;
};

/// Nothing, a number, or a text as it is: no text ever becomes a formula.
using Cell = std::variant<std::monostate, Number, std::string>;
using CellRow = std::vector<Cell>;

struct Column {
  std::string label;  ///< in the reader's language, with the unit
  int width = 14;     ///< characters of 0
  int least = 0, most = 0;  ///< digits behind the point of its numbers, as they are shown
};

/// The rows of one list as one person asked for it: columns, and batches that each begin where the last one ended. Used by one thread at
/// a time; no batch holds a transaction longer than itself.
class RowSource {
 public:
  virtual ~RowSource() = default;
  /// Of sheet and file, in the reader's language.
  [[nodiscard]] virtual std::string title() const = 0;
  [[nodiscard]] virtual std::vector<Column> columns() const = 0;
  // Blocking. Error: store_failed.
  [[nodiscard]] virtual base::Result<std::int64_t> count() = 0;
  /// The following rows, at most `most`, each with a cell per column; none: that was all.
  [[nodiscard]] virtual base::Result<std::vector<CellRow>> next(std::int64_t most) = 0;
};

/// Rows that are read and written at once.
inline constexpr std::int64_t kBatchRows = 2000;
/// Of one file; Excel itself ends at 1 048 576.
inline constexpr std::int64_t kMostSheetRows = 1'000'000;

/// Of the texts in it, before it is packed.
inline constexpr std::int64_t kMostSheetBytes = 1'000'000'000;

/// "2026-11-21 08:30:00"
[[nodiscard]] std::string time_text(base::UtcMillis at, int utc_offset_minutes);

/// A file that is being written.
class SheetFile {
 public:
  virtual ~SheetFile() = default;
  // Errors: too_large, not_written.
  virtual base::Result<> add(const CellRow& row) = 0;
  /// Packs the file; before it there is none. Not closed: there never will be one.
  virtual base::Result<> close() = 0;
};

/// What somebody fills in: a column per field, with what is allowed.
struct FormColumn {
  std::string label;  ///< as an import finds it again
  std::string rule;
  bool required = false;
  bool text = true;  ///< keeps 0101 from becoming 101
  int width = 14;
  std::vector<std::string> choices;
};

class SheetWriter {
 public:
  virtual ~SheetWriter() = default;
  // Blocking; from several threads at once. Error: not_written.
  /// title: of the sheet. Memory does not grow with the rows.
  [[nodiscard]] virtual base::Result<std::unique_ptr<SheetFile>> create(const std::string& path, const std::string& title,
                                                                       const std::vector<Column>& columns) = 0;
  /// An empty sheet to fill in, and one that explains the columns. heads: of the latter: column, required, rule.
  [[nodiscard]] virtual base::Result<> create_form(const std::string& path, const std::string& title, const std::vector<FormColumn>& columns,
                                                   const std::string& rules, const std::vector<std::string>& heads) = 0;
};

/// Writes all rows of a source. told: rows so far, before each batch; false ends it. Answers how many rows there are. Errors: SheetErrc, or
/// the source's; then there is no file.
[[nodiscard]] base::Result<std::int64_t> write_rows(SheetWriter& writer, RowSource& source, const std::string& path,
                                                    const std::function<bool(std::int64_t rows)>& told);

}  // namespace anju::platform
