#include "platform/catalog/detail.hpp"

#include "platform/catalog/catalog.hpp"
#include "platform/catalog/day.hpp"
#include "protocols/base/decimal.hpp"
#include "protocols/wire/detail.hpp"

namespace anju::platform::catalog {
namespace {

std::string text_of(const Field& field, const Value& value, const std::string& title) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  const auto* number = std::get_if<std::int64_t>(&value);
  if (number == nullptr) return {};
  switch (field.type) {
    case FieldType::decimal: return base::format_decimal(*number, field.decimals, field.decimals);
    case FieldType::date: return format_day(*number);
    case FieldType::reference:
      return title.empty() || title_is_personal(*find(field.resource)) ? "#" + std::to_string(*number) : title;
    default: return std::to_string(*number);
  }
}

}  // namespace

std::string detail_of(const Resource& resource, const std::vector<Value>& values, std::span<const std::string> titles, bool changing) {
  std::vector<wire::DetailValue> said;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const Field& field = resource.fields[i];
    if (field.personal || (changing && field.fixed) || std::holds_alternative<std::monostate>(values[i])) continue;
    said.push_back({field.name, text_of(field, values[i], i < titles.size() ? titles[i] : std::string())});
  }
  return wire::detail(said);
}

}  // namespace anju::platform::catalog
