#pragma once

// The REST description as it was when this program was built.

#include <string_view>

namespace anju::platform {

/// The bytes of platform/http/openapi.json.
[[nodiscard]] std::string_view openapi_text();

}  // namespace anju::platform
