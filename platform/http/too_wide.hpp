#pragma once

// The refusal of a report that would look at too much (platform/catalog/report_limits.hpp), for its pages and for its file.

#include <string>

#include "platform/catalog/report_limits.hpp"
#include "platform/http/error.hpp"
#include "protocols/base/result.hpp"

namespace anju::platform {

/// error: too_many, of a report's page.
[[nodiscard]] inline Response too_wide(const base::Error& error) {
  return refuse(Refusal::bad_field,
                "meters times days must be at most " + std::to_string(catalog::kMostCollected) + ": ask for a shorter period or for one community", error.where);
}

}  // namespace anju::platform
