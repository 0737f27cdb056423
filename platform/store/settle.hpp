#pragma once

// What an approved organisation has from its beginning: its first department and its roles. Throws soci::soci_error.

#include <cstdint>

namespace soci {
class session;
}

namespace anju::platform {

/// Once: what is there already, or waits for its review, is left alone. In a transaction that writes.
void settle(soci::session& session, std::int64_t organisation);

/// Before an organisation without people goes: what it had of departments, posts and roles.
void unsettle(soci::session& session, std::int64_t organisation);

/// All that are older than departments and roles.
void settle_all(soci::session& session);

}  // namespace anju::platform
