#pragma once

// The whole journal as rows, for checks that SQL says best: tables `reading` and `transfer` of this connection alone, which hide what the
// database has under these names and end with the connection. Costs the space of all readings once more; nobody waits for it.

#include <soci/session.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "platform/store/journal_block.hpp"

namespace anju::platform {

/// A block as it lies in its table, with what contradicts its columns.
struct CheckedBlock {
  std::int64_t readings = 0;          ///< as the table says
  std::optional<JournalBlock> block;  ///< nothing: damaged
  std::string body, wrong;            ///< wrong: in words; empty: nothing
};
/// table: reading_block or reading_tail. Throws soci::soci_error.
[[nodiscard]] CheckedBlock check_block(soci::session& session, const std::string& table, std::int64_t id);

/// Of readings that went (retention.hpp) the kept ones are there, and the sums of the others as one deduction per meter and price version, with ids
/// below 0.
/// In a transaction, after Engine::allow_own_tables. wrong: called with each contradiction between a block, its columns and its neighbours, in words; what
/// a damaged block holds is missing in the tables. Throws soci::soci_error.
void lay_out_journal(soci::session& session, const std::function<void(const std::string&)>& wrong);

}  // namespace anju::platform
