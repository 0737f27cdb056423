#pragma once

// A list of the catalogue as rows for a spreadsheet: the columns are the fields, in words.

#include <memory>

#include "platform/catalog/field_rules.hpp"
#include "platform/catalog/records.hpp"
#include "platform/domain/sheet.hpp"

namespace anju::platform::catalog {

struct RecordRows {
  Scope scope;
  Listing listing;  ///< page and size do not matter
  Language language = Language::zh;
  bool clear = false;  ///< personal fields as they are; otherwise masked
  std::vector<SiteRow> sites;  ///< of the scope: names, and their zones
};

/// The ports must outlive it.
[[nodiscard]] std::unique_ptr<RowSource> record_rows(Records& records, const Resource& resource, RecordRows wanted);

/// A value in words: choices and flags by their names, references by their title, decimals and integers as numbers.
[[nodiscard]] Cell cell_of(const Field& field, const Value& value, const std::string& title, Language language);

}  // namespace anju::platform::catalog
