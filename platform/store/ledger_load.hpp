#pragma once

// Reads all that the ledger keeps in memory.

#include <soci/session.h>

#include "platform/domain/store.hpp"

namespace anju::platform {

/// Throws soci::soci_error.
[[nodiscard]] Loaded load_ledger(soci::session& session);

/// command rows of `where` ("state IN (…)" or one code), oldest first; the placeholders :organisation and :code may stand in it.
[[nodiscard]] std::vector<SavedCommand> load_commands(soci::session& session, const std::string& where, long long organisation,
                                                      const std::string& code);

}  // namespace anju::platform
