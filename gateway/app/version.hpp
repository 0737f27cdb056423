#pragma once

// Which version this program is, in one place of its bytes.

#include <string>

namespace anju::gateway {

/// "0.1.0".
[[nodiscard]] std::string program_version();

}  // namespace anju::gateway
