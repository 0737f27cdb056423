#pragma once

// What is left of readings that went (retention.hpp): the chain of the cuts, and whether the rows of the meters belong to them. What those rows say is
// judged by replaying from them.

#include <soci/session.h>

#include "platform/store/verify.hpp"

namespace anju::platform {

/// Throws soci::soci_error.
[[nodiscard]] Check check_cuts(soci::session& session);

}  // namespace anju::platform
