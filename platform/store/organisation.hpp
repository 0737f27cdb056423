#pragma once

// The rows behind the tree of organisations: what every way of making one has in common. Called inside a transaction that writes. All
// throw soci::soci_error.

#include <cstdint>
#include <string>
#include <string_view>

#include "protocols/base/result.hpp"
#include "protocols/base/time.hpp"

namespace soci {
class session;
}

namespace anju::platform {

/// Never one that somebody had before: the audit log would show its rows to the next.
[[nodiscard]] std::int64_t next_organisation(soci::session& session);

/// 商户号: six digits that nobody has. Error: too_many (organisations), when hardly any is left.
[[nodiscard]] base::Result<std::string> draw_number(soci::session& session);

/// Enters it into the lists of all that are above it. Its row and its parent's are there already.
void put_below(soci::session& session, std::int64_t parent, std::int64_t organisation);

/// It or one above it is disabled or not approved: nothing may be added to it (4:394-404).
[[nodiscard]] bool is_closed(soci::session& session, std::int64_t organisation);

/// Somebody logs in by these words already, or will: the mobile of a provider or property, reviewed or not.
[[nodiscard]] bool login_taken(soci::session& session, std::string_view login);

/// The property company of that name directly below the system; made when it is not there. Error: too_many.
[[nodiscard]] base::Result<std::int64_t> property_named(soci::session& session, const std::string& name, base::UtcMillis now);

}  // namespace anju::platform
