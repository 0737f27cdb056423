#pragma once

// Writes .xlsx through libxlsxwriter, row after row: the sheet goes to a temporary file and is packed at the end, so that memory does not
// grow with the rows. libxlsxwriter is included nowhere else.

#include <memory>
#include <string>

#include "platform/domain/sheet.hpp"

namespace anju::platform {

/// scratch: an existing folder for what is not packed yet, up to some ten times the size of the file; /tmp may be memory.
[[nodiscard]] std::unique_ptr<SheetWriter> create_xlsx_writer(std::string scratch);

}  // namespace anju::platform
