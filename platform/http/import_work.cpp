#include "platform/http/import_work.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <unordered_map>
#include <utility>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "platform/catalog/catalog.hpp"
#include "platform/catalog/field_rules.hpp"
#include "platform/catalog/reference_index.hpp"
#include "platform/domain/errc.hpp"
#include "platform/http/fields.hpp"
#include "platform/http/records_json.hpp"
#include "protocols/base/decimal.hpp"
#include "protocols/wire/detail.hpp"

namespace anju::platform {
namespace {

namespace json = boost::json;
using catalog::Draft;
using catalog::Field;
using catalog::FieldType;
using catalog::Outcome;
using catalog::ReferenceIndex;
using catalog::Resource;
using catalog::Taken;
using catalog::Value;

/// Rows in one transaction: some 20 ms, which the ledger's writer waits at most.
constexpr std::size_t kChunk = 200;

struct Bad {
  const Field* field;  ///< nullptr: of the row as a whole
  std::string code, reason;
};

/// A row of the file that is on its way. bad: it did not become a draft.
struct Row {
  std::int64_t number;
  std::vector<std::string> cells;
  std::optional<Bad> bad;
};

std::string lowered(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

/// As the template has it, without the mark of what is required.
std::string head_of(std::string text) {
  while (!text.empty() && (text.back() == '*' || text.back() == ' ')) text.pop_back();
  return text;
}

class ImportWork {
 public:
  ImportWork(const ImportPorts& ports, const ImportOrder& order, JobRun& run) : ports_(ports), order_(order), resource_(*order.resource), run_(run) {}

  JobEnd work() {
    JobEnd end;
    if (auto counted = count(); !counted.empty()) return failed(end, std::move(counted));
    std::string stopped;
    const auto read = ports_.reader.read(order_.upload, [&](std::int64_t number, std::vector<std::string>& cells) {
      if (heads_.empty()) {
        heads_ = cells;
        stopped = find_columns();
      } else {
        ++done_;
        take(Row{number, std::move(cells), {}});
        if (waiting_.size() == kChunk) stopped = flush();
      }
      return stopped.empty();
    });
    if (stopped.empty() && read) stopped = flush();
    if (!read) stopped = std::string(read.error().code);
    if (auto closed = close_file(); !closed && stopped.empty()) stopped = std::string(closed.error().code);
    end.done = done_;
    end.errors = result();
    if (file_written_) {
      end.file = order_.file;
      std::error_code ignored;
      end.bytes = static_cast<std::int64_t>(std::filesystem::file_size(run_.path(), ignored));
    }
    if (!order_.dry_run) end.detail = detail();
    if (stopped.empty()) return end;
    if (stopped == "cancelled") {
      end.state = JobState::cancelled;
      return end;
    }
    return failed(end, std::move(stopped));
  }

 private:
  static JobEnd failed(JobEnd& end, std::string reason) {
    end.state = JobState::failed;
    end.reason = std::move(reason);
    return end;
  }

  [[nodiscard]] std::string word(const char* zh, const char* en) const { return order_.language == Language::zh ? zh : en; }
  [[nodiscard]] std::string label(const Field& field) const { return std::string(in(order_.language, field.label)); }

  /// What is wrong with the file as a whole; empty: nothing.
  std::string count() {
    std::int64_t rows = -1;
    const auto read = ports_.reader.read(order_.upload, [&](std::int64_t, std::vector<std::string>&) { return ++rows <= kMostImportRows; });
    if (!read) return std::string(read.error().code);
    if (rows > kMostImportRows) return "too_many_rows";
    if (rows <= 0) return "empty";
    total_ = rows;
    return run_.told(0, total_) ? "" : "cancelled";
  }

  std::string find_columns() {
    columns_.assign(heads_.size(), nullptr);
    std::size_t known = 0;
    for (std::size_t i = 0; i < heads_.size(); ++i) {
      const std::string head = head_of(heads_[i]);
      for (const Field& field : resource_.fields) {
        if (field.derived) continue;
        const bool meant = head == field.label.zh || lowered(head) == lowered(std::string(field.label.en)) || head == field.name;
        if (!meant || std::find(columns_.begin(), columns_.end(), &field) != columns_.end()) continue;
        columns_[i] = &field;
        ++known;
        break;
      }
    }
    if (known == 0) return "no_columns";
    for (const Field& field : resource_.fields)
      if (field.required && std::find(columns_.begin(), columns_.end(), &field) == columns_.end()) missing_.push_back(label(field));
    return missing_.empty() ? "" : "missing_column";
  }

  void take(Row row) {
    auto draft = draft_of(row);
    if (bad_) {
      row.bad = std::move(bad_);
    } else {
      drafts_.push_back(std::move(draft));
    }
    waiting_.push_back(std::move(row));
  }

  /// bad_ says why it is none.
  Draft draft_of(const Row& row) {
    bad_.reset();
    Draft draft;
    draft.named.assign(resource_.fields.size(), false);
    json::object body;
    // In the order of the fields, not of the columns: what a reference lies within comes first.
    for (std::size_t at = 0; at < resource_.fields.size(); ++at) {
      const Field& field = resource_.fields[at];
      const auto column = std::find(columns_.begin(), columns_.end(), &field);
      if (column == columns_.end()) continue;
      draft.named[at] = true;
      const auto i = static_cast<std::size_t>(column - columns_.begin());
      if (i >= row.cells.size() || row.cells[i].empty()) continue;
      body[field.name] = value_of(field, row.cells[i], body);
      if (bad_) return draft;
    }
    // From here on the row is what a form would send.
    Fields fields(body, "");
    draft.values = read_values(fields, resource_, false, {}, true);
    if (fields.problem()) {
      const Field* field = catalog::find(resource_, fields.problem()->field);
      const bool lacking = field == nullptr || !body.contains(field->name);
      bad_ = Bad{field, lacking ? "required" : "bad_field", lacking ? word("必填", "required") : word("不符合要求：", "must be: ") + rule_of(*field, order_.language)};
      return draft;
    }
    if (const std::int64_t earlier = seen(draft.values, row.number); earlier != 0)
      bad_ = Bad{resource_.unique.empty() ? nullptr : catalog::find(resource_, resource_.unique.back()), "repeated",
                 word("与第 ", "the same as row ") + std::to_string(earlier) + word(" 行重复", "")};
    return draft;
  }

  /// What a form would send for the text of a cell; what cannot be understood stays text and is refused there.
  json::value value_of(const Field& field, const std::string& text, const json::object& body) {
    switch (field.type) {
      case FieldType::text:
      case FieldType::decimal: return json::value(text);
      case FieldType::date: return json::value(day(text));
      case FieldType::integer: {
        const auto number = base::parse_decimal(text, 0);
        return number ? json::value(*number) : json::value(text);
      }
      case FieldType::choice:
        for (const auto& choice : field.choices)
          if (text == choice.label.zh || lowered(text) == lowered(std::string(choice.label.en)) || text == choice.value) return json::value(choice.value);
        return json::value(text);
      case FieldType::flag: {
        const std::string flag = lowered(text);
        if (flag == "是" || flag == "yes" || flag == "true" || flag == "1" || flag == "y") return true;
        if (flag == "否" || flag == "no" || flag == "false" || flag == "0" || flag == "n") return false;
        return json::value(text);
      }
      case FieldType::reference: return reference(field, text, body);
    }
    return json::value(text);
  }

  /// 2026/1/5 and 2026.1.5 are written as often as 2026-01-05.
  static std::string day(std::string text) {
    std::vector<std::string> parts(1);
    for (const char c : text) {
      if (c == '/' || c == '.' || c == '-') {
        parts.emplace_back();
      } else {
        parts.back() += c;
      }
    }
    if (parts.size() != 3) return text;
    for (std::size_t i : {1U, 2U})
      if (parts[i].size() == 1) parts[i].insert(0, "0");
    return parts[0] + "-" + parts[1] + "-" + parts[2];
  }

  json::value reference(const Field& field, const std::string& text, const json::object& body) {
    const Resource& of = *catalog::find(field.resource);
    std::int64_t around = 0;
    const Field* within = field.within.empty() ? nullptr : catalog::find(of, field.within);
    if (within != nullptr) {
      const auto* outer = body.if_contains(field.within);
      around = outer != nullptr && outer->is_int64() ? outer->get_int64() : 0;
    }
    auto index = indexes_.find(&field);
    if (index == indexes_.end()) {
      auto built = ReferenceIndex::build(ports_.records, of, order_.scope, order_.site, within);
      if (!built) {
        bad_ = Bad{&field, std::string(built.error().code), word("无法查找", "cannot be looked up")};
        return nullptr;
      }
      index = indexes_.emplace(&field, std::move(*built)).first;
    }
    const auto meant = index->second.find(text, around);
    if (meant.id != 0) return meant.id;
    const std::string one(in(order_.language, of.one));
    bad_ = meant.ambiguous ? Bad{&field, "ambiguous", word("有多个", "several of ") + one + word("叫", " are called ") + "“" + text + "”" + word("，请写全称", "; write the whole title")}
                           : Bad{&field, "not_found", word("没有", "there is no ") + one + "“" + text + "”"};
    return nullptr;
  }

  /// The row of this file that has the same unique fields already; 0: none.
  std::int64_t seen(const std::vector<Value>& values, std::int64_t number) {
    std::string key;
    for (std::size_t i = 0; i < values.size(); ++i) {
      const bool counts = resource_.unique.empty() || std::find(resource_.unique.begin(), resource_.unique.end(), resource_.fields[i].name) != resource_.unique.end();
      if (!counts) continue;
      key += '\x1f';
      if (const auto* integer = std::get_if<std::int64_t>(&values[i])) key += std::to_string(*integer);
      if (const auto* text = std::get_if<std::string>(&values[i])) key += *text;
    }
    const auto [at, added] = seen_.emplace(std::move(key), number);
    return added ? 0 : at->second;
  }

  /// Writes what waits; why no more is to be read, or nothing.
  std::string flush() {
    if (!run_.told(done_ - static_cast<std::int64_t>(waiting_.size()), total_)) return "cancelled";
    if (waiting_.empty()) return {};
    const auto early = static_cast<std::int64_t>(waiting_.size() - drafts_.size());
    const catalog::Import import{order_.site, order_.update, order_.dry_run, order_.now, run_.id(), done_, early};
    const auto outcomes = ports_.records.take(resource_, order_.scope, import, drafts_);
    if (!outcomes) return outcomes.error().where == "site" ? "site" : std::string(outcomes.error().code);
    auto outcome = outcomes->begin();
    for (const Row& row : waiting_) {
      if (row.bad) {
        refuse(row, *row.bad);
      } else {
        count(*outcome++, row);
      }
    }
    drafts_.clear();
    waiting_.clear();
    return {};
  }

  void count(const Outcome& outcome, const Row& row) {
    switch (outcome.taken) {
      case Taken::created: ++counts_.created; return;
      case Taken::updated: ++counts_.updated; return;
      case Taken::unchanged: ++counts_.unchanged; return;
      case Taken::exists:
      case Taken::refused: refuse(row, bad_of(outcome)); return;
    }
  }

  [[nodiscard]] Bad bad_of(const Outcome& outcome) const {
    const base::Error& error = *outcome.error;
    const Field* field = catalog::find(resource_, error.where);
    if (outcome.taken == Taken::exists) return {field, "exists", word("已存在且内容不同；勾选“更新已有”可修改", "is there already with other values; tick “update” to change it")};
    if (error.is(Errc::conflict)) return {field, "conflict", word("已存在", "is there already")};
    if (error.is(Errc::disabled)) return {field, "disabled", word("已停用，请先启用或另选", "is disabled; enable it or choose another")};
    if (error.is(Errc::bad_field) && field != nullptr && field->type == FieldType::reference)
      return {field, "bad_field", word("与所在的", "does not go with ") + outer_of(*field) + word("不符，或在此须留空、必填", ", or has to be empty or given there")};
    if (error.is(Errc::bad_field) && field != nullptr && field->type == FieldType::text)
      return {field, "bad_field", word("不符合要求：", "must be: ") + rule_of(*field, order_.language)};
    return {field, std::string(error.code), word("与其他列矛盾", "contradicts another column")};
  }

  [[nodiscard]] std::string outer_of(const Field& field) const {
    const Field* outer = field.within.empty() ? nullptr : catalog::find(resource_, field.within);
    return outer == nullptr ? std::string() : label(*outer);
  }

  void refuse(const Row& row, const Bad& bad) {
    ++counts_.failed;
    const std::string column = bad.field == nullptr ? std::string() : label(*bad.field);
    if (errors_.size() < kMostNamedErrors)
      errors_.push_back(json::object{{"row", row.number}, {"column", column}, {"code", bad.code}, {"reason", bad.reason}});
    if (!file_ && !file_failed_) {
      std::vector<Column> columns;
      for (const std::string& head : heads_) columns.push_back({head, 16});
      columns.push_back({word("出错的列", "Wrong column"), 16});
      columns.push_back({word("原因", "Reason"), 50});
      auto opened = ports_.writer.create(run_.path(), word("未导入的行", "Rows not imported"), columns);
      if (opened) file_ = std::move(*opened);
      file_failed_ = !opened;
    }
    if (!file_) return;
    CellRow cells(heads_.size());
    for (std::size_t i = 0; i < heads_.size() && i < row.cells.size(); ++i) cells[i] = row.cells[i];
    cells.emplace_back(column);
    cells.emplace_back(bad.reason);
    if (auto added = file_->add(cells); !added) {
      file_.reset();
      file_failed_ = true;
    }
  }

  base::Result<> close_file() {
    if (!file_) return {};
    auto closed = file_->close();
    file_.reset();
    file_written_ = closed.has_value();
    return closed;
  }

  std::string result() const {
    json::object object{{"created", counts_.created}, {"updated", counts_.updated}, {"unchanged", counts_.unchanged}, {"failed", counts_.failed},
                        {"dry_run", order_.dry_run},  {"errors", errors_}};
    if (!missing_.empty()) {
      json::array missing;
      for (const std::string& one : missing_) missing.push_back(json::value(one));
      object["missing"] = std::move(missing);
    }
    return json::serialize(object);
  }

  std::string detail() const {
    return wire::detail({{"created", std::to_string(counts_.created)},
                         {"updated", std::to_string(counts_.updated)},
                         {"unchanged", std::to_string(counts_.unchanged)},
                         {"failed", std::to_string(counts_.failed)},
                         {"site", order_.site}});
  }

  const ImportPorts& ports_;
  const ImportOrder& order_;
  const Resource& resource_;
  JobRun& run_;

  std::vector<std::string> heads_, missing_;
  std::vector<const Field*> columns_;  ///< of each column; nullptr: none of ours
  std::map<const Field*, ReferenceIndex> indexes_;
  std::unordered_map<std::string, std::int64_t> seen_;  ///< at most kMostImportRows
  std::vector<Draft> drafts_;
  std::vector<Row> waiting_;  ///< in the file's order, drafts and bad ones
  std::optional<Bad> bad_;
  ImportCounts counts_;
  json::array errors_;
  std::unique_ptr<SheetFile> file_;
  bool file_written_ = false, file_failed_ = false;
  std::int64_t done_ = 0, total_ = 0;
};

}  // namespace

JobEnd run_import(const ImportPorts& ports, const ImportOrder& order, JobRun& run) {
  JobEnd end = ImportWork(ports, order, run).work();
  std::error_code ignored;
  std::filesystem::remove(order.upload, ignored);
  return end;
}

}  // namespace anju::platform
