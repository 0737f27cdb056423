#pragma once

// Readings and transfers as they are asked for, wherever they lie: in blocks, in the tail, kept though their block went (retention.hpp), or, of
// transfers, in rows. For the time of one
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

  /// The reading of the same meter before this one, as far as there is one: behind those that went come those that were kept. 0: none.
  [[nodiscard]] std::int64_t before(const StoredReading& reading);
  /// The newest reading of the meter that is there, `newest` or an older one. 0: none.
  [[nodiscard]] std::int64_t newest(std::int64_t meter, std::int64_t newest);
  /// The same of a transfer: behind deductions that went come recharges, corrections and what was kept.
  [[nodiscard]] std::optional<StoredTransfer> newest_transfer(std::int64_t meter, std::int64_t newest);

  /// Calls `each` for the blocks that hold something of from <= time < to, the newest first, until it says false. before: only those that
  /// begin below this id. Kept readings are in none.
  void blocks(base::UtcMillis from, base::UtcMillis to, std::int64_t before, const std::function<bool(const BlockHead&)>& each);
  [[nodiscard]] SharedBlock read(const BlockHead& head);

 private:
  /// Readings below `reading` and deductions up to `transfer` lie in no block any more; 0: none went.
  struct Cut {
    std::int64_t reading = 0, transfer = 0;
  };
  SharedBlock remembered(std::int64_t id) const;
  SharedBlock bring(std::int64_t id, bool tail);
  SharedBlock bring_kept(const std::string& column, std::int64_t id);
  bool in_tail(std::int64_t reading);
  const Cut& cut();

  static constexpr std::size_t kRemembered = 8;  ///< blocks of some 400 kB; the oldest gives way
  soci::session& session_;
  std::deque<SharedBlock> blocks_;
  std::optional<std::int64_t> tail_begins_;
  std::optional<Cut> cut_;
};

}  // namespace anju::platform
