#include "platform/catalog/record_rows.hpp"

#include <algorithm>
#include <utility>

#include "platform/catalog/catalog.hpp"
#include "platform/catalog/day.hpp"
#include "platform/catalog/masking.hpp"

namespace anju::platform::catalog {
namespace {

constexpr Label kSite{"小区", "Community"}, kOrganisation{"所属机构", "Organisation"}, kState{"状态", "State"}, kEnabled{"启用", "Enabled"}, kDisabled{"禁用", "Disabled"};
constexpr Label kCreated{"创建时间", "Created"}, kUpdated{"更新时间", "Updated"}, kYes{"是", "Yes"}, kNo{"否", "No"};
constexpr int kTimeWidth = 20, kLeastWidth = 8, kMostWidth = 40;

std::string text(Language language, const Label& label) { return std::string(in(language, label)); }

int width_of(const Field& field) {
  switch (field.type) {
    case FieldType::text: return std::clamp(static_cast<int>(field.most), kLeastWidth, kMostWidth);
    case FieldType::flag: return kLeastWidth;
    case FieldType::integer:
    case FieldType::decimal:
    case FieldType::choice:
    case FieldType::date:
    case FieldType::reference: return 14;
  }
  return 14;
}

class Source : public RowSource {
 public:
  Source(Records& records, const Resource& resource, RecordRows wanted) : records_(records), resource_(resource), wanted_(std::move(wanted)) {}

  [[nodiscard]] std::string title() const override { return text(wanted_.language, resource_.label); }

  [[nodiscard]] std::vector<Column> columns() const override {
    std::vector<Column> all{{text(wanted_.language, resource_.place == Place::site ? kSite : kOrganisation)}};
    for (const Field& field : resource_.fields) {
      const int decimals = field.type == FieldType::decimal ? field.decimals : 0;
      all.push_back({text(wanted_.language, field.label), width_of(field), decimals, decimals});
    }
    all.push_back({text(wanted_.language, kState), kLeastWidth});
    all.push_back({text(wanted_.language, kCreated), kTimeWidth});
    all.push_back({text(wanted_.language, kUpdated), kTimeWidth});
    return all;
  }

  base::Result<std::int64_t> count() override { return records_.count(resource_, wanted_.scope, wanted_.listing); }

  base::Result<std::vector<CellRow>> next(std::int64_t most) override {
    const auto batch = records_.batch(resource_, wanted_.scope, wanted_.listing, last_, most);
    if (!batch) return base::pass(batch);
    std::vector<CellRow> rows;
    rows.reserve(batch->size());
    for (const Record& record : *batch) rows.push_back(row_of(record));
    if (!batch->empty()) last_ = mark_of(resource_, wanted_.listing, batch->back());
    return rows;
  }

 private:
  [[nodiscard]] CellRow row_of(const Record& record) const {
    const auto site = std::find_if(wanted_.sites.begin(), wanted_.sites.end(), [&](const SiteRow& one) { return one.id == record.site; });
    const int zone = site == wanted_.sites.end() ? SiteRow{}.utc_offset_minutes : site->utc_offset_minutes;
    const std::string& place = resource_.place != Place::site ? record.organisation_name : site == wanted_.sites.end() ? record.site : site->name;
    CellRow row{place};
    for (std::size_t i = 0; i < resource_.fields.size(); ++i) {
      const Field& field = resource_.fields[i];
      Cell cell = cell_of(field, record.values[i], record.titles[i], wanted_.language);
      if (const auto* words = std::get_if<std::string>(&cell); words != nullptr && !wanted_.clear && is_personal(field)) cell = masked(*words);
      row.push_back(std::move(cell));
    }
    row.emplace_back(text(wanted_.language, record.enabled ? kEnabled : kDisabled));
    row.emplace_back(time_text(record.created, zone));
    row.emplace_back(time_text(record.updated, zone));
    return row;
  }

  Records& records_;
  const Resource& resource_;
  RecordRows wanted_;
  std::optional<Mark> last_;
};

}  // namespace

Cell cell_of(const Field& field, const Value& value, const std::string& title, Language language) {
  const auto* number = std::get_if<std::int64_t>(&value);
  switch (field.type) {
    case FieldType::text:
      if (const auto* words = std::get_if<std::string>(&value)) return *words;
      return {};
    case FieldType::choice: {
      const auto* word = std::get_if<std::string>(&value);
      if (word == nullptr) return {};
      for (const Choice& choice : field.choices)
        if (choice.value == *word) return text(language, choice.label);
      return *word;
    }
    case FieldType::flag: return text(language, number != nullptr && *number != 0 ? kYes : kNo);
    case FieldType::integer: return number == nullptr ? Cell() : Cell(Number{*number, 0});
    case FieldType::decimal: return number == nullptr ? Cell() : Cell(Number{*number, field.decimals});
    case FieldType::date: return number == nullptr ? Cell() : Cell(format_day(*number));
    case FieldType::reference: return number == nullptr ? Cell() : Cell(title);
  }
  return {};
}

std::unique_ptr<RowSource> record_rows(Records& records, const Resource& resource, RecordRows wanted) {
  return std::make_unique<Source>(records, resource, std::move(wanted));
}

Mark mark_of(const Resource& resource, const Listing& listing, const Record& record) {
  Mark mark{record.id, {}};
  if (listing.sort != nullptr) mark.sorted_by = record.values[static_cast<std::size_t>(listing.sort - resource.fields.data())];
  return mark;
}

}  // namespace anju::platform::catalog
