#include <algorithm>
#include <utility>

#include "platform/http/rows/lists.hpp"

namespace anju::platform {
namespace {

using catalog::ColumnType;
using catalog::Report;
using catalog::ReportAsk;

/// Beyond what one answer carries nobody needs the exact number before the file is written.
constexpr std::int64_t kMostCounted = 10'001;

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
      : reports_(reports), report_(report), reader_(std::move(reader)), ask_(std::move(ask)) {}

  [[nodiscard]] std::string title() const override { return reader_.word(report_.label.zh, report_.label.en); }

  [[nodiscard]] std::vector<Column> columns() const override {
    std::vector<Column> all;
    for (const catalog::Column& column : report_.columns) all.push_back(column_of(column, reader_.language));
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
    for (std::size_t i = 0; i < report_.columns.size(); ++i) cells.push_back(cell_of(report_.columns[i], row, row.values.at(i)));
    return cells;
  }

  catalog::Reports& reports_;
  const Report& report_;
  Reader reader_;
  ReportAsk ask_;
  bool over_ = false;
};

}  // namespace

std::unique_ptr<RowSource> report_rows(catalog::Reports& reports, const Report& report, Reader reader, ReportAsk ask) {
  return std::make_unique<Rows>(reports, report, std::move(reader), std::move(ask));
}

}  // namespace anju::platform
