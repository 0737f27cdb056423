#pragma once

// Releases of the gateway's program on SOCI.

#include <memory>
#include <string>

#include "platform/domain/releases.hpp"

namespace anju::platform {

/// The database must be migrated already. Error: store_failed.
[[nodiscard]] base::Result<std::unique_ptr<ReleaseDesk>> open_release_desk(const std::string& url);

}  // namespace anju::platform
