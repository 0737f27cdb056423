#pragma once

// The read side on SOCI: a few read-only connections beside the ledger's, each question one short read.

#include <cstddef>
#include <memory>
#include <string>

#include "platform/domain/queries.hpp"
#include "protocols/base/result.hpp"

namespace anju::platform {

/// The database must be migrated already. connections: as many questions are answered at once; further callers wait.
/// Error: store_failed.
[[nodiscard]] base::Result<std::unique_ptr<Queries>> open_queries(const std::string& url, std::size_t connections);

}  // namespace anju::platform
