#pragma once

// Readings and transfers as they are asked for, wherever they lie: in blocks, in the tail, or, of transfers, in rows. For the time of one
// question, on a session that is in a transaction; everything throws soci::soci_error, also when a block's bytes are damaged.

#include <soci/session.h>

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "platform/store/journal_block.hpp"

namespace anju::platform {

using SharedBlock = std::shared_ptr<const JournalBlock>;

/// Throws soci::soci_error with what is wrong.
[[nodiscard]] SharedBlock decode_or_throw(std::string_view body);

/// A row of reading_block or reading_tail without its body.
struct BlockHead {
  std::int64_t id = 0, readings = 0;
  base::UtcMillis least_at;
  bool tail = false;
  [[nodiscard]] std::int64_t end() const { return id + readings; }
};

class Journal {
 public:
  explicit Journal(soci::session& session) : session_(session) {}

  /// A reading and the block that it lies in; no block: there is no such reading.
  struct Place {
    SharedBlock block;
    std::size_t at = 0;
    explicit operator bool() const { return block != nullptr; }
    [[nodiscard]] JournalRow row() const { return block->row(at); }
    [[nodiscard]] std::int64_t value(JournalColumn column) const { return block->value(column, at); }
  };
  [[nodiscard]] Place reading(std::int64_t id);
  [[nodiscard]] std::optional<StoredTransfer> transfer(std::int64_t id);

  /// Calls `each` for the blocks that hold something of from <= time < to, the newest first, until it says false. before: only those that
  /// begin below this id.
  void blocks(base::UtcMillis from, base::UtcMillis to, std::int64_t before, const std::function<bool(const BlockHead&)>& each);
  [[nodiscard]] SharedBlock read(const BlockHead& head);

 private:
  SharedBlock remembered(std::int64_t id) const;
  SharedBlock bring(std::int64_t id, bool tail);
  bool in_tail(std::int64_t reading);

  static constexpr std::size_t kRemembered = 8;  ///< blocks of some 400 kB; the oldest gives way
  soci::session& session_;
  std::deque<SharedBlock> blocks_;
  std::optional<std::int64_t> tail_begins_;
};

}  // namespace anju::platform
