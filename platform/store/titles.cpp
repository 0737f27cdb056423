#include "platform/store/titles.hpp"

#include "platform/catalog/catalog.hpp"

namespace anju::platform {

using catalog::Field;
using catalog::FieldType;

std::string Joins::add(const catalog::Resource& of, const std::string& column) {
  const std::string alias = prefix_ + std::to_string(++count_);
  text_ += " LEFT JOIN " + std::string(of.table) + " " + alias + " ON " + alias + ".id = " + column;
  return alias;
}

std::string title_sql(const catalog::Resource& resource, const std::string& alias, Joins& joins) {
  std::string title;
  for (const auto& word : catalog::title_words(resource)) {
    if (!title.empty()) title += " || ' ' || ";
    std::string closing;
    for (const Field* field : word) {
      const std::string column = alias + "." + std::string(field->name);
      const bool refers = field->type == FieldType::reference;
      const bool last = field == word.back();
      if (!last) title += "CASE WHEN " + column + (refers ? " IS NOT NULL THEN " : " <> '' THEN ");
      if (refers) {
        const catalog::Resource& of = *catalog::find(field->resource);
        const std::string inner = joins.add(of, column);
        title += title_sql(of, inner, joins);
      } else {
        title += column;
      }
      if (!last) {
        title += " ELSE ";
        closing += " END";
      }
    }
    title += closing;
  }
  return title;
}

}  // namespace anju::platform
