#pragma once

// The word of a format, as descriptions say it.

#include <string_view>

#include "platform/catalog/resource.hpp"

namespace anju::platform::catalog {

[[nodiscard]] std::string_view to_string(Format format);

}  // namespace anju::platform::catalog
