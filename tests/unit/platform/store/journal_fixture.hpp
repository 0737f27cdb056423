#pragma once

// Readings planted behind the ledger's back: by somebody who can take triggers away and make blocks.

#include <functional>

#include "platform/store/database.hpp"
#include "platform/store/journal.hpp"
#include "platform/store/question.hpp"
#include "platform/store/statement.hpp"

namespace anju::platform {

/// A row of reading_block of these readings.
inline void plant_block(soci::session& session, const std::vector<JournalRow>& rows, const std::string& table = "reading_block") {
  base::UtcMillis least = rows.front().reading.at, most = least;
  std::optional<std::int64_t> first, last;
  for (const JournalRow& row : rows) {
    least = std::min(least, row.reading.at);
    most = std::max(most, row.reading.at);
    if (row.transfer == 0) continue;
    first = std::min(first.value_or(row.transfer), row.transfer);
    last = std::max(last.value_or(row.transfer), row.transfer);
  }
  const std::string body = encode_journal(rows);
  Statement(session, "INSERT INTO " + table + "(id, readings, least_at_ms, most_at_ms, first_transfer, last_transfer, body) VALUES(?, ?, ?, ?, ?, ?, ?)")
      .write(rows.front().reading.id, rows.size(), least, most, first, last, Bytes{body});
}

/// Every reading goes through `change`, and all blocks are written anew. The triggers must be gone.
inline void tamper(soci::session& session, const std::function<void(JournalRow&)>& change) {
  for (const std::string table : {"reading_block", "reading_tail"}) {
    std::vector<std::string> bodies;
    each_row(session, 1, "SELECT body FROM " + table + " ORDER BY id", [&bodies](Select& row) { bodies.push_back(row.bytes()); });
    run_script(session, "DELETE FROM " + table);
    for (const std::string& body : bodies) {
      const SharedBlock block = decode_or_throw(body);
      std::vector<JournalRow> rows;
      for (std::size_t i = 0; i < block->size(); ++i) change(rows.emplace_back(block->row(i)));
      plant_block(session, rows, table);
    }
  }
}

}  // namespace anju::platform
