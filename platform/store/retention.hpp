#pragma once

// Old readings go (platform/domain/retention.hpp), on two connections of their own: one computes, one writes. A block never changes once it is there, and
// what a cut keeps is settled by what had been decided before it, so nothing has to stand still between the two.

#include <memory>
#include <string>

#include "platform/domain/retention.hpp"

namespace anju::platform {

/// Of a migrated database. For one thread. Error: store_failed.
[[nodiscard]] base::Result<std::unique_ptr<RetentionStore>> open_retention(const std::string& url);

}  // namespace anju::platform
