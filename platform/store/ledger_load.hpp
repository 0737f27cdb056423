#pragma once

// Reads all that the ledger keeps in memory.

#include <soci/session.h>

#include "platform/domain/store.hpp"

namespace anju::platform {

/// url: of the session's database, for further connections. Throws soci::soci_error.
[[nodiscard]] Loaded load_ledger(soci::session& session, const std::string& url);

/// command rows that fulfil `where` (SQL of ours, never of a person), oldest first. Throws soci::soci_error.
[[nodiscard]] std::vector<SavedCommand> load_commands(soci::session& session, const std::string& where);

}  // namespace anju::platform
