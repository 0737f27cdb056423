#pragma once

// Files that hold a key, a PIN or what must survive a power cut: for one user alone, whole or not at all.

#include <filesystem>
#include <string>

#include "protocols/base/result.hpp"

namespace anju::gateway {

/// Replaces `file` in one step: 0600, durable when it returns, the old text kept if the power goes meanwhile. Written by root it belongs to the owner of
/// its folder, because the gateway may run as somebody else. Error: bad_config, `where` names the file, what failed and why.
[[nodiscard]] base::Result<> write_secret(const std::string& file, const std::string& text);

/// What was renamed or removed in a folder is so after a power cut, too.
void keep_names(const std::filesystem::path& folder);

}  // namespace anju::gateway
