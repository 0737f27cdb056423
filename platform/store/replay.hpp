#pragma once

// L13: deductions computed again from readings, prices and a person's decisions about readings, with the ledger's own pure functions.

#include <soci/session.h>

#include "platform/store/verify.hpp"

namespace anju::platform {

/// Throws soci::soci_error.
[[nodiscard]] Check replay(soci::session& session);

inline constexpr std::size_t kMostFindings = 5;

}  // namespace anju::platform
