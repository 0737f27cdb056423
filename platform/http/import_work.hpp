#pragma once

// The work of an import: rows of a spreadsheet become rows of a resource, through the same checks as a form, 200 in a transaction; those
// that are refused come back in a file with their column and the reason.

#include <string>

#include "platform/catalog/records.hpp"
#include "platform/domain/jobs.hpp"
#include "platform/domain/sheet.hpp"
#include "platform/domain/sheet_reader.hpp"

namespace anju::platform {

struct ImportPorts {
  catalog::Records& records;  ///< of the thread that works
  SheetReader& reader;
  SheetWriter& writer;
};

struct ImportOrder {
  const catalog::Resource* resource = nullptr;
  Scope scope;
  Language language = Language::zh;
  std::string site, upload;  ///< upload: path of the file; it is deleted afterwards
  bool update = false, dry_run = false;
  std::string file;  ///< name of the file with the bad rows
  base::UtcMillis now;
};

/// Rows of one file; more is refused before the first one is written.
inline constexpr std::int64_t kMostImportRows = 50'000;
/// Bad rows that the answer names; the file has all of them.
inline constexpr std::size_t kMostNamedErrors = 100;

/// JobEnd::reason: a ReadErrc, too_many_rows, empty, no_columns, missing_column, site, too_many or store_failed.
[[nodiscard]] JobEnd run_import(const ImportPorts& ports, const ImportOrder& order, JobRun& run);

}  // namespace anju::platform
