#include "platform/catalog/field_rules.hpp"

#include <algorithm>
#include <array>

#include "platform/catalog/catalog.hpp"
#include "protocols/base/decimal.hpp"

namespace anju::platform::catalog {
namespace {

constexpr int kNarrow = 10, kWide = 36;

/// A blank in UTF-8: of ASCII, that does not break, of no width (also as a mark of byte order), ideographic.
constexpr std::array<std::string_view, 5> kBlanks{" ", "\xC2\xA0", "\xE2\x80\x8B", "\xEF\xBB\xBF", "\xE3\x80\x80"};

std::string number(const Field& field, std::int64_t units) { return base::format_decimal(units, field.decimals, 0); }

}  // namespace

std::string_view trimmed(std::string_view text) {
  const auto shorter = [&text] {
    for (const std::string_view blank : kBlanks) {
      if (text.starts_with(blank)) return text.remove_prefix(blank.size()), true;
      if (text.ends_with(blank)) return text.remove_suffix(blank.size()), true;
    }
    return false;
  };
  while (shorter()) {
  }
  return text;
}

std::vector<std::string> offered(const Field& field, Language language) {
  if (field.type == FieldType::flag) return language == Language::zh ? std::vector<std::string>{"是", "否"} : std::vector<std::string>{"Yes", "No"};
  std::vector<std::string> names;
  if (field.type == FieldType::choice)
    for (const Choice& choice : field.choices) names.emplace_back(in(language, choice.label));
  return names;
}

std::string rule_of(const Field& field, Language language) {
  const bool zh = language == Language::zh;
  switch (field.type) {
    case FieldType::text: {
      const std::string least = std::to_string(std::max<std::int64_t>(field.least, field.required ? 1 : 0)), most = std::to_string(field.most);
      const std::string rule = zh ? least + " 到 " + most + " 个字" : least + " to " + most + " characters";
      return field.format != Format::whole ? rule : rule + (zh ? "，不能是隐去部分内容的" : ", not one with parts hidden");
    }
    case FieldType::integer: return (zh ? "整数，" : "a whole number, ") + number(field, field.least) + (zh ? " 到 " : " to ") + number(field, field.most);
    case FieldType::decimal:
      return number(field, field.least) + (zh ? " 到 " : " to ") + number(field, field.most) + (zh ? "，最多 " : ", at most ") + std::to_string(field.decimals) +
             (zh ? " 位小数" : " decimals");
    case FieldType::date: return zh ? "日期，如 2026-11-21" : "a day such as 2026-11-21";
    case FieldType::choice:
    case FieldType::flag: {
      std::string rule = zh ? "可填：" : "one of: ";
      for (const std::string& one : offered(field, language)) (rule += rule.ends_with(zh ? "：" : ": ") ? "" : zh ? "、" : ", ") += one;
      return rule;
    }
    case FieldType::reference: {
      const Resource& of = *find(field.resource);
      const std::string one(in(language, of.one));
      return zh ? "已登记的" + one + "，写它的名称或编号" : "a " + one + " that is there, by its name or number";
    }
  }
  return {};
}

std::vector<FormColumn> form_of(const Resource& resource, Language language) {
  std::vector<FormColumn> columns;
  for (const Field& field : resource.fields) {
    if (field.derived) continue;
    FormColumn column;
    column.label = in(language, field.label);
    column.rule = rule_of(field, language);
    if (!field.help.zh.empty()) (column.rule += language == Language::zh ? "。" : ". ") += in(language, field.help);
    column.required = field.required;
    column.text = field.type != FieldType::integer && field.type != FieldType::decimal;
    column.width = field.type == FieldType::text ? std::clamp(static_cast<int>(field.most), kNarrow, kWide) : 14;
    column.choices = offered(field, language);
    columns.push_back(std::move(column));
  }
  return columns;
}

}  // namespace anju::platform::catalog
