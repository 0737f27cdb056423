#pragma once

// The whole journal as rows, for checks that SQL says best: tables `reading` and `transfer` of this connection alone, which hide what the
// database has under these names and end with the connection. Costs the space of all readings once more; nobody waits for it.

#include <soci/session.h>

#include <functional>
#include <string>

namespace anju::platform {

/// In a transaction, after Engine::allow_own_tables. wrong: called with each contradiction between a block, its columns and its neighbours, in words; what
/// a damaged block holds is missing in the tables. Throws soci::soci_error.
void lay_out_journal(soci::session& session, const std::function<void(const std::string&)>& wrong);

}  // namespace anju::platform
