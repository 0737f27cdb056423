#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "platform/http/rows/lists.hpp"

namespace anju::platform {
namespace {

using catalog::ColumnType;
using catalog::Report;
using catalog::ReportAsk;

/// Beyond what one answer carries nobody needs the exact number before the file is written.
constexpr std::int64_t kMostCounted = 10'001;
constexpr std::string_view kKindColumn = "utility";

Column column_of(const catalog::Column& column, Language language) {
  Column made{std::string(language == Language::zh ? column.label.zh : column.label.en)};
  switch (column.type) {
    case ColumnType::time: made.width = 20; break;
    case ColumnType::meter:
    case ColumnType::text: made.width = 18; break;
    case ColumnType::money: made.least = 2, made.most = 6; break;
    case ColumnType::quantity: made.least = 2, made.most = 4; break;
    case ColumnType::price: made.least = 2, made.most = 5; break;
    default: break;
  }
  return made;
}

class Rows : public RowSource {
 public:
  Rows(catalog::Reports& reports, const Report& report, Reader reader, ReportAsk ask)
      : reports_(reports), report_(report), reader_(std::move(reader)), ask_(std::move(ask)) {
    const auto& all = report_.columns;
    const bool counts = std::any_of(all.begin(), all.end(), [](const catalog::Column& one) { return one.type == ColumnType::quantity; });
    const auto kind = std::find_if(all.begin(), all.end(), [](const catalog::Column& one) { return one.name == kKindColumn; });
    if (counts && kind != all.end()) kind_ = static_cast<std::size_t>(kind - all.begin());
  }

  [[nodiscard]] std::string title() const override { return reader_.word(report_.label.zh, report_.label.en); }

  [[nodiscard]] std::vector<Column> columns() const override {
    std::vector<Column> all;
    for (std::size_t i = 0; i < report_.columns.size(); ++i) {
      all.push_back(column_of(report_.columns[i], reader_.language));
      if (i == kind_) all.push_back({reader_.word("单位", "Unit"), 8});
    }
    return all;
  }

  base::Result<std::int64_t> count() override {
    if (report_.sums()) {
      const auto totals = reports_.totals(report_, reader_.scope, ask_);
      if (!totals) return base::pass(totals);
      return *totals ? (*totals)->rows : catalog::kMostSummed + 1;
    }
    ReportAsk ask = ask_;
    ask.limit = kBatchRows;
    for (std::int64_t count = 0;;) {
      const auto page = reports_.page(report_, reader_.scope, ask);
      if (!page) return base::pass(page);
      count += static_cast<std::int64_t>(page->rows.size());
      if (page->next.empty() || count >= kMostCounted) return count;
      ask.before = page->next;
    }
  }

  base::Result<std::vector<CellRow>> next(std::int64_t most) override {
    std::vector<CellRow> rows;
    ask_.limit = most;
    while (rows.empty() && !over_) {  // a page may be empty and not the last
      const auto page = reports_.page(report_, reader_.scope, ask_);
      if (!page) return base::pass(page);
      rows.reserve(page->rows.size());
      for (const catalog::ReportRow& row : page->rows) rows.push_back(row_of(row));
      ask_.before = page->next;
      over_ = page->next.empty();
    }
    return rows;
  }

 private:
  [[nodiscard]] Cell cell_of(const catalog::Column& column, const catalog::ReportRow& row, const catalog::Value& value) const {
    if (const auto* text = std::get_if<std::string>(&value)) {
      const auto found = std::find_if(column.choices.begin(), column.choices.end(), [text](const auto& choice) { return choice.value == *text; });
      return found == column.choices.end() ? Cell(*text) : Cell(reader_.word(found->label.zh, found->label.en));
    }
    const auto* number = std::get_if<std::int64_t>(&value);
    if (number == nullptr) return {};
    switch (column.type) {
      case ColumnType::time: return reader_.time(base::UtcMillis(*number), ask_.site.value_or(""));
      case ColumnType::day: return base::format_day(base::UtcMillis(*number * 86'400'000), 0);
      case ColumnType::money: return Number{*number, 6};
      case ColumnType::quantity: return Number{*number, 4};
      case ColumnType::price: return Number{*number, 5};
      case ColumnType::meter: return row.meter_title;
      default: return Number{*number, 0};
    }
  }

  [[nodiscard]] CellRow row_of(const catalog::ReportRow& row) const {
    CellRow cells;
    for (std::size_t i = 0; i < report_.columns.size(); ++i) {
      const catalog::Value& value = row.values.at(i);
      cells.push_back(cell_of(report_.columns[i], row, value));
      if (i != kind_) continue;
      const auto* kind = std::get_if<std::string>(&value);
      cells.push_back(kind == nullptr ? Cell() : Cell(reader_.unit(*kind)));
    }
    return cells;
  }

  catalog::Reports& reports_;
  const Report& report_;
  Reader reader_;
  ReportAsk ask_;
  bool over_ = false;
  /// Behind it stands what the row's quantities are in: a sheet has no cells that say it, as the console's do.
  std::optional<std::size_t> kind_;
};

}  // namespace

std::unique_ptr<RowSource> report_rows(catalog::Reports& reports, const Report& report, Reader reader, ReportAsk ask) {
  return std::make_unique<Rows>(reports, report, std::move(reader), std::move(ask));
}

}  // namespace anju::platform
