#pragma once

// Rows of the catalogue's resources on SOCI. The statements are put together from the descriptors; nothing from outside becomes part
// of their text.

#include <memory>
#include <string>

#include "platform/catalog/records.hpp"

namespace anju::platform {

/// One connection that writes, and a few that read. The database must be migrated already. Error: store_failed.
[[nodiscard]] base::Result<std::unique_ptr<catalog::Records>> open_records(const std::string& url, std::size_t readers);

}  // namespace anju::platform
