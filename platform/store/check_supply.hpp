#pragma once

// L13's orders: what each meter should be now, and what its resident was warned of, computed again from balance and settings with
// the ledger's own pure functions.

#include <soci/session.h>

#include "platform/store/verify.hpp"

namespace anju::platform {

/// Throws soci::soci_error.
[[nodiscard]] Check check_supply(soci::session& session);

}  // namespace anju::platform
