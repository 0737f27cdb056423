#pragma once

// The REST description: platform/http/openapi.json as it was when this program was built, and what follows from the catalogue.

#include <string>
#include <string_view>

namespace anju::platform {

/// The bytes of platform/http/openapi.json.
[[nodiscard]] std::string_view openapi_file();

/// The same with the endpoints and schemas of the catalogue's resources: what GET /openapi.json answers.
[[nodiscard]] const std::string& openapi_text();

}  // namespace anju::platform
