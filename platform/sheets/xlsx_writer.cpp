#include "platform/sheets/xlsx_writer.hpp"

#include <xlsxwriter.h>

#include <cstdlib>
#include <filesystem>
#include <utility>

#include "protocols/base/decimal.hpp"

namespace anju::platform {
namespace {

constexpr std::size_t kMostSheetName = 31;  ///< characters; Excel's limit
constexpr std::size_t kMostText = 32'000;   ///< bytes; Excel takes 32 767 characters
constexpr std::size_t kExactDigits = 15;    ///< that a double gives back; a longer number becomes text
constexpr std::int64_t kBytesPerCell = 40;  ///< of its tags
constexpr std::size_t kMostChoices = 255;   ///< bytes of a dropdown, separators included
constexpr lxw_row_t kFormRows = 50'000;     ///< of a form, that have its rules
constexpr lxw_color_t kRequiredColor = 0xC00000;

/// At most `most` bytes that end with a whole character.
std::string_view cut(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0U) == 0x80U) --most;
  return text.substr(0, most);
}

/// A name that Excel takes for a sheet.
std::string sheet_name(const std::string& title) {
  std::string name;
  std::size_t characters = 0;
  for (const char c : title) {
    if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U && ++characters > kMostSheetName) break;
    name += std::string_view("[]:*?/\\'").find(c) == std::string_view::npos ? c : ' ';
  }
  return name.empty() ? "1" : name;
}

base::Result<> done(lxw_error failed, const std::string& path) {
  if (failed == LXW_NO_ERROR) return {};
  return base::fail(SheetErrc::not_written, path + ": " + lxw_strerror(failed));
}

/// A workbook whose file is there once it was closed, and otherwise never.
class Workbook {
 public:
  Workbook(std::string path, std::string scratch, bool streamed) : path_(std::move(path)), scratch_(std::move(scratch)) {
    lxw_workbook_options options{};
    options.constant_memory = streamed ? LXW_TRUE : LXW_FALSE;
    options.tmpdir = scratch_.data();
    options.use_zip64 = LXW_TRUE;
    book_ = workbook_new_opt(path_.c_str(), &options);
  }
  ~Workbook() {
    if (book_ == nullptr) return;
    lxw_workbook_free(book_);
  }
  Workbook(const Workbook&) = delete;
  Workbook& operator=(const Workbook&) = delete;

  [[nodiscard]] lxw_workbook* get() const { return book_; }
  [[nodiscard]] const std::string& path() const { return path_; }
  lxw_worksheet* sheet(const std::string& title) { return workbook_add_worksheet(book_, sheet_name(title).c_str()); }
  lxw_format* format(const char* pattern) {
    lxw_format* made = workbook_add_format(book_);
    format_set_num_format(made, pattern);
    return made;
  }
  base::Result<> close() {
    const auto closed = done(workbook_close(std::exchange(book_, nullptr)), path_);
    std::error_code ignored;
    if (!closed) std::filesystem::remove(path_, ignored);
    return closed;
  }

 private:
  std::string path_, scratch_;
  lxw_workbook* book_ = nullptr;
};

class XlsxFile : public SheetFile {
 public:
  XlsxFile(const std::string& path, const std::string& scratch, const std::string& title, const std::vector<Column>& columns)
      : book_(path, scratch, true), sheet_(book_.get() == nullptr ? nullptr : book_.sheet(title)) {
    if (sheet_ == nullptr) return;
    lxw_format* head = workbook_add_format(book_.get());
    format_set_bold(head);
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const auto at = static_cast<lxw_col_t>(i);
      formats_.push_back(columns[i].most > 0 ? number_format(columns[i]) : nullptr);
      worksheet_set_column(sheet_, at, at, columns[i].width, nullptr);
      worksheet_write_string(sheet_, 0, at, columns[i].label.c_str(), head);
    }
    worksheet_freeze_panes(sheet_, 1, 0);
  }

  [[nodiscard]] bool open() const { return sheet_ != nullptr; }

  base::Result<> add(const CellRow& row) override {
    ++row_;
    for (std::size_t i = 0; i < row.size(); ++i) {
      lxw_error failed = LXW_NO_ERROR;
      const auto at = static_cast<lxw_col_t>(i);
      bytes_ += kBytesPerCell;
      if (const auto* number = std::get_if<Number>(&row[i])) {
        failed = put(at, *number, i < formats_.size() ? formats_[i] : nullptr);
      } else if (const auto* text = std::get_if<std::string>(&row[i]); text != nullptr && !text->empty()) {
        failed = put(at, *text);
      }
      if (failed != LXW_NO_ERROR) return done(failed, book_.path());
    }
    if (bytes_ > kMostSheetBytes) return base::fail(SheetErrc::too_large, "");
    return {};
  }

  base::Result<> close() override { return book_.close(); }

 private:
  lxw_format* number_format(const Column& column) {
    const std::string pattern = "0." + std::string(static_cast<std::size_t>(column.least), '0') +
                                std::string(static_cast<std::size_t>(column.most - column.least), '#');
    return book_.format(pattern.c_str());
  }

  lxw_error put(lxw_col_t at, const std::string& text) {
    const std::string_view part = cut(text, kMostText);
    bytes_ += static_cast<std::int64_t>(part.size());
    // An inline string, whatever stands in it: only write_formula would make a formula of "=…".
    return worksheet_write_string(sheet_, row_, at, part.size() == text.size() ? text.c_str() : std::string(part).c_str(), nullptr);
  }

  lxw_error put(lxw_col_t at, Number number, lxw_format* format) {
    const std::string text = base::format_decimal(number.units, number.decimals, 0);
    bytes_ += static_cast<std::int64_t>(text.size());
    if (text.size() > kExactDigits + (number.decimals > 0 ? 1 : 0) + (number.units < 0 ? 1 : 0)) return put(at, text);
    return worksheet_write_number(sheet_, row_, at, std::strtod(text.c_str(), nullptr), format);
  }

  Workbook book_;
  lxw_worksheet* sheet_;
  std::vector<lxw_format*> formats_;
  lxw_row_t row_ = 0;
  std::int64_t bytes_ = 0;
};

/// A dropdown. What does not fit the 255 characters that Excel takes stands among the rules only.
void offer(lxw_worksheet* sheet, lxw_col_t at, const std::vector<std::string>& choices) {
  std::vector<std::string> words = choices;
  std::vector<char*> list;
  std::size_t length = 0;
  for (std::string& word : words) {
    list.push_back(word.data());
    length += word.size() + 1;
  }
  if (length > kMostChoices) return;
  list.push_back(nullptr);
  lxw_data_validation rule{};
  rule.validate = LXW_VALIDATION_TYPE_LIST;
  rule.value_list = list.data();
  worksheet_data_validation_range(sheet, 1, at, kFormRows, at, &rule);
}

class XlsxWriter : public SheetWriter {
 public:
  explicit XlsxWriter(std::string scratch) : scratch_(std::move(scratch)) {}

  base::Result<std::unique_ptr<SheetFile>> create(const std::string& path, const std::string& title, const std::vector<Column>& columns) override {
    auto file = std::make_unique<XlsxFile>(path, scratch_, title, columns);
    if (!file->open()) return base::fail(SheetErrc::not_written, path);
    return std::unique_ptr<SheetFile>(std::move(file));
  }

  base::Result<> create_form(const std::string& path, const std::string& title, const std::vector<FormColumn>& columns, const std::string& rules,
                             const std::vector<std::string>& heads) override {
    Workbook book(path, scratch_, false);
    if (book.get() == nullptr) return base::fail(SheetErrc::not_written, path);
    lxw_worksheet* sheet = book.sheet(title);
    lxw_worksheet* about = book.sheet(rules);
    if (sheet == nullptr || about == nullptr) return base::fail(SheetErrc::not_written, path);
    lxw_format* head = workbook_add_format(book.get());
    format_set_bold(head);
    lxw_format* required = workbook_add_format(book.get());
    format_set_bold(required);
    format_set_font_color(required, kRequiredColor);
    lxw_format* text = book.format("@");
    lxw_format* wrapped = workbook_add_format(book.get());
    format_set_text_wrap(wrapped);

    for (std::size_t i = 0; i < heads.size(); ++i) worksheet_write_string(about, 0, static_cast<lxw_col_t>(i), heads[i].c_str(), head);
    worksheet_set_column(about, 0, 1, 18, nullptr);
    worksheet_set_column(about, 2, 2, 80, nullptr);
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const FormColumn& column = columns[i];
      const auto at = static_cast<lxw_col_t>(i);
      const auto row = static_cast<lxw_row_t>(i + 1);
      worksheet_set_column(sheet, at, at, column.width, column.text ? text : nullptr);
      worksheet_write_string(sheet, 0, at, (column.label + (column.required ? " *" : "")).c_str(), column.required ? required : head);
      worksheet_write_string(about, row, 0, column.label.c_str(), nullptr);
      worksheet_write_string(about, row, 1, column.required ? "*" : "", required);
      worksheet_write_string(about, row, 2, column.rule.c_str(), wrapped);
      if (!column.choices.empty()) offer(sheet, at, column.choices);
    }
    worksheet_freeze_panes(sheet, 1, 0);
    return book.close();
  }

 private:
  std::string scratch_;
};

}  // namespace

std::unique_ptr<SheetWriter> create_xlsx_writer(std::string scratch) { return std::make_unique<XlsxWriter>(std::move(scratch)); }

}  // namespace anju::platform
