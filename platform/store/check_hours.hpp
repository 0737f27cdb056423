#pragma once

// Hours of days (platform/domain/day_hours.hpp) against the sums of the days and against the transfers.

#include <soci/session.h>

#include "platform/store/verify.hpp"

namespace anju::platform {

/// After lay_out_journal. Throws soci::soci_error.
[[nodiscard]] Check check_hours(soci::session& session);

}  // namespace anju::platform
