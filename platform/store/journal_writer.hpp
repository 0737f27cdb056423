#pragma once

// Writes readings and their deductions: what a commit brings becomes a row of `reading_tail`; as soon as there is enough for a block,
// they become a row of `reading_block`. So a block has a fixed size however small the commits are, and each reading is written twice at most.

#include <soci/session.h>

#include <deque>
#include <span>
#include <string>
#include <vector>

#include "platform/store/journal_block.hpp"
#include "platform/store/statement.hpp"

namespace anju::platform {

class JournalWriter {
 public:
  /// block_rows: 1..kMostJournalRows. Throws soci::soci_error.
  JournalWriter(soci::session& session, std::size_t block_rows);

  /// Before write(), and not while a pipeline is open: asks what the tail holds, if that is not known.
  void prepare();
  /// Returns the transfers that are no deduction of these readings; they point into `batch`.
  [[nodiscard]] std::vector<const StoredTransfer*> write(const Batch& batch);
  /// What was written since prepare() was rolled back.
  void forget() { known_ = false; }

 private:
  void close();
  static void insert(Statement& statement, std::span<const JournalRow> rows);

  soci::session& session_;
  Statement block_, tail_row_, drop_tail_;
  std::size_t block_rows_;
  bool known_ = false;
  std::vector<JournalRow> tail_;
  std::size_t stored_ = 0;           ///< of tail_, from its beginning: rows that are in reading_tail
  std::deque<std::string> reasons_;  ///< of those that were loaded
};

}  // namespace anju::platform
