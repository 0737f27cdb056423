#pragma once

// Rooms and their meters, members of houses, prepaid management and the clerk's search, on SOCI.

#include <memory>
#include <string>

#include "platform/domain/housing.hpp"
#include "platform/domain/notify.hpp"

namespace anju::platform {

/// One connection that writes, and a few that read. The database must be migrated already. told: hears of each meter that moved to another room, once it is
/// durable; outlives what is opened, may be null. Error: store_failed.
[[nodiscard]] base::Result<std::unique_ptr<Housing>> open_housing(const std::string& url, std::size_t readers, Notifier* told = nullptr);

}  // namespace anju::platform
