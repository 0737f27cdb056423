#pragma once

// Reports on SOCI: a few read-only connections, each question one short read.

#include <cstddef>
#include <memory>
#include <string>

#include "platform/catalog/report.hpp"

namespace anju::platform {

/// The database must be migrated already. connections: as many questions are answered at once; further callers wait.
/// Error: store_failed.
[[nodiscard]] base::Result<std::unique_ptr<catalog::Reports>> open_reports(const std::string& url, std::size_t connections);

}  // namespace anju::platform
