#pragma once

// Which row a person means who writes "3号楼", "03" or "3号楼 0101" into a spreadsheet: an index over one resource of one site, built once
// for a whole import.

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "platform/catalog/records.hpp"

namespace anju::platform::catalog {

/// The row's title, as a reference to it shows it.
[[nodiscard]] std::string title_of(const Resource& resource, const Record& record);

class ReferenceIndex {
 public:
  /// Rows of one site that are kept in mind, with some 150 bytes each; a larger resource cannot be referred to in an import.
  static constexpr std::int64_t kMostRows = 500'000;

  /// within: the field of `resource` that narrows what is meant (the building of a unit); nullptr: none. Blocking. Errors: too_many (more
  /// rows than kMostRows), store_failed.
  [[nodiscard]] static base::Result<ReferenceIndex> build(Records& records, const Resource& resource, const Scope& scope, const std::string& site,
                                                          const Field* within);

  struct Meant {
    std::int64_t id = 0;     ///< 0: none, or more than one
    bool ambiguous = false;  ///< more than one
  };
  /// The row of that title; otherwise the only one with that text in its last unique field or a field of its title. around: the value of `within`; 0: none.
  [[nodiscard]] Meant find(std::string_view words, std::int64_t around) const;

 private:
  static constexpr std::int64_t kSeveral = -1;
  using Ids = std::unordered_map<std::string, std::int64_t>;
  static void put(Ids& ids, std::string key, std::int64_t id);

  Ids titles_, parts_;
};

}  // namespace anju::platform::catalog
