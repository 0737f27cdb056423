#pragma once

// Rooms and their meters, members of houses, prepaid management and the clerk's search, on SOCI.

#include <memory>
#include <string>

#include "platform/domain/housing.hpp"

namespace anju::platform {

/// One connection that writes, and a few that read. The database must be migrated already. Error: store_failed.
[[nodiscard]] base::Result<std::unique_ptr<Housing>> open_housing(const std::string& url, std::size_t readers);

}  // namespace anju::platform
