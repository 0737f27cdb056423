#pragma once

// The life of metering points on SOCI: a few read-only connections, each question one read transaction.

#include <cstddef>
#include <memory>
#include <string>

#include "platform/domain/points.hpp"

namespace anju::platform {

/// The database must be migrated already. connections: as many questions are answered at once; further callers wait.
/// Error: store_failed.
[[nodiscard]] base::Result<std::unique_ptr<MeteringPoints>> open_points(const std::string& url, std::size_t connections);

}  // namespace anju::platform
