#pragma once

// The file with the report of the last acceptance that came to its end, in the data folder: it is there after a power cut.

#include <string>

#include "protocols/base/result.hpp"

namespace anju::gateway {

/// Replaces what was kept, durably. Empty: done; else why not.
[[nodiscard]] std::string keep_report(const std::string& data_folder, const std::string& text);
/// Empty: nothing is kept. Error: FolderErrc::unreadable, also what is longer than kMostReport.
[[nodiscard]] base::Result<std::string> kept_report(const std::string& data_folder);

}  // namespace anju::gateway
