#pragma once

// What a session may see and touch. Every question and every order carries it; what lies outside is not there (not_found, or no row).
// Comes from the session, never from a request.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace anju::platform {

struct Scope {
  std::int64_t organisation = 0;  ///< the tenant
  std::optional<std::vector<std::int64_t>> sites = {};  ///< only these of its sites; absent: all, empty: none
  bool below = false;  ///< reaches the organisations below it, too: they and what is theirs without a site. Sites it has to enter
  /// Of those the one that a request asks about, by its code (`?site=`).
  std::optional<std::string> only = {};
};

}  // namespace anju::platform
