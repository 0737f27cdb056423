#pragma once

// Reads .xlsx (minizip unpacks, expat parses, neither ever holds the whole sheet) and text with separators in UTF-8 or GB18030.

#include <memory>

#include "platform/domain/sheet_reader.hpp"

namespace anju::platform {

[[nodiscard]] std::unique_ptr<SheetReader> create_sheet_reader();

/// One of each kind; create_sheet_reader looks at the first bytes. Errors: ReadErrc.
[[nodiscard]] base::Result<> read_xlsx(const std::string& path, const SheetReader::Each& each);
[[nodiscard]] base::Result<> read_csv(const std::string& path, const SheetReader::Each& each);

/// Without blanks, tabs and line ends around it.
[[nodiscard]] std::string trimmed(std::string_view text);

}  // namespace anju::platform
