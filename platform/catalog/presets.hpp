#pragma once

// Roles that every new organisation starts with. They are its own from then on: it may change, add and delete.

#include <string>
#include <string_view>
#include <vector>

#include "platform/domain/rights.hpp"

namespace anju::platform::catalog {

struct Preset {
  std::string_view name;  ///< as the customers call it
  DataScope scope;
  std::vector<std::string> permissions;  ///< sorted
  std::string_view note;
};

/// In the order in which they are made.
[[nodiscard]] std::vector<Preset> presets(OrganisationKind kind);

}  // namespace anju::platform::catalog
