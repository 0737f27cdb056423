#pragma once

// Bound users on SOCI.

#include <cstddef>
#include <memory>
#include <string>

#include "platform/domain/bound_users.hpp"

namespace anju::platform {

/// The database must be migrated already. connections: for questions; changes have one of their own. Error: store_failed.
[[nodiscard]] base::Result<std::unique_ptr<BoundDesk>> open_bound_desk(const std::string& url, std::size_t connections);

}  // namespace anju::platform
