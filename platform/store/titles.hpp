#pragma once

// What names a row of the catalogue, as SQL: the words of its descriptor's title, through the references that stand in it.

#include <string>
#include <string_view>

#include "platform/catalog/resource.hpp"

namespace anju::platform {

/// Collects the tables that titles need, each under an alias of its own.
class Joins {
 public:
  /// prefix: no other alias of the statement begins with it.
  explicit Joins(std::string prefix) : prefix_(std::move(prefix)) {}

  /// LEFT JOINs the row of `of` that `column` names; its alias.
  [[nodiscard]] std::string add(const catalog::Resource& of, const std::string& column);
  /// Behind "FROM …": begins with a blank, or is empty.
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string prefix_, text_;
  int count_ = 0;
};

/// An expression: the title of the row that stands under the alias; NULL when there is none.
[[nodiscard]] std::string title_sql(const catalog::Resource& resource, const std::string& alias, Joins& joins);

}  // namespace anju::platform
