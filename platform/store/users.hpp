#pragma once

// People, sessions and the audit log on SOCI: a connection of its own beside the ledger's, for one thread.

#include <memory>
#include <string>

#include "platform/domain/users.hpp"
#include "protocols/base/result.hpp"

namespace anju::platform {

/// Opens and migrates. url: "sqlite:PATH". Error: store_failed.
[[nodiscard]] base::Result<std::unique_ptr<UserStore>> open_user_store(const std::string& url);

}  // namespace anju::platform
