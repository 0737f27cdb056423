#pragma once

// What a session may see and touch. Every question and every order carries it; what lies outside is not there (not_found, or no row).
// Comes from the session, never from a request.

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace anju::platform {

/// A person, and the people of some departments.
struct People {
  std::int64_t user = 0;
  std::vector<std::int64_t> departments = {};
};

struct Scope {
  std::int64_t organisation = 0;  ///< the tenant
  std::optional<std::vector<std::int64_t>> sites = {};  ///< only these of its sites; absent: all, empty: none
  bool below = false;  ///< reaches the organisations below it, too: they and what is theirs without a site. Sites it has to enter
  std::optional<People> people = {};  ///< absent: all people that the rest reaches
  /// Of those the one that a request asks about, by its code (`?site=`).
  std::optional<std::string> only = {};

  /// A thing of that site of that organisation may be seen and touched.
  [[nodiscard]] bool covers(std::int64_t of, std::int64_t site) const {
    return of == organisation && (!sites || std::find(sites->begin(), sites->end(), site) != sites->end());
  }
};

}  // namespace anju::platform
