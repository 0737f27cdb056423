#pragma once

// Readings with the deductions they caused, some thousand of them in one value of a table: what `reading_block` and `reading_tail` hold.
// Pure: bytes in, rows out, no database. Any bytes give a block or an error.
//
//   byte     version, 1
//   varint   id of the first reading; those of the others follow without a gap
//   varint   how many readings, 1..kMostJournalRows
//   varint   which columns are there, bit i for JournalColumn i; one that is not is 0 everywhere
//   varint   how many reasons; of each: varint length, text
//   columns  in the order of their numbers (integer_column.hpp). Some stand for part of the rows only, see JournalColumn
//   4 bytes  CRC-32 of all before, the lowest byte first
//
// To add a field: a JournalColumn before kJournalColumns, its line in gather() and row(). Blocks from before lack its bit and read as 0; a program
// from before refuses blocks that have it. Nothing else is changed about a column that blocks have.

#include <array>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "platform/domain/records.hpp"

namespace anju::platform {

inline constexpr std::size_t kMostJournalRows = 65'536;
inline constexpr std::size_t kMostReasons = 255;

/// A reading, and what was deducted for it in the same decision.
struct JournalRow {
  StoredReading reading;
  std::int64_t transfer = 0;  ///< 0: nothing was deducted
  std::int64_t previous_transfer = 0;
  std::int64_t debit = 0, credit = 0;
  base::Money amount, balance;
  base::Quantity quantity;
  std::int64_t nano_yuan = 0;
};

/// The deduction as the row of `transfer` that it would be; transfer != 0.
[[nodiscard]] StoredTransfer deduction_of(const JournalRow& row);
/// Adds to a row the deduction that its reading caused; false: it is none of it, it stays a row of `transfer`.
[[nodiscard]] bool attach(JournalRow& row, const StoredTransfer& transfer);

// (d): differences between neighbours are kept. (t): of rows with tariffs only. (x): of rows with a deduction only.
enum class JournalColumn : std::uint8_t {
  meter,          // (d)
  behind,         // (d) id - previous
  stream,         // (d)
  seq,            // (d)
  item,           // (d)
  at,             // (d)
  flags,          // kind, state << 2, tariffs << 4, deduction << 5, given back << 6, estimated << 7
  reason,         // place in the list of reasons, from 1 on
  total,
  sharp,          // (t)
  peak,           // (t)
  valley,         // (t)
  flat_rest,      // (t) total - sharp - peak - valley - flat
  used,
  plan_version,   // (d)
  transfer,       // (d)(x)
  behind_transfer,  // (d)(x) id - previous
  account,        // (d)(x) of the meter, - meter
  other,          // (d)(x) the other account
  quantity,       // (x) - used
  nano,           // (x) - what it would be at the price per unit of the deduction before, of the same price version
  amount,         // (x) - nano / 1000, rounded down; negative when it was given back
  balance,        // (x)
  site,           // (d)
  organisation,   // (d)
  kJournalColumns,
};
inline constexpr std::size_t kJournalColumns = static_cast<std::size_t>(JournalColumn::kJournalColumns);

class JournalBlock {
 public:
  [[nodiscard]] std::int64_t first() const { return first_; }
  [[nodiscard]] std::int64_t end() const { return first_ + static_cast<std::int64_t>(size_); }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool holds(std::int64_t reading) const { return reading >= first_ && reading < end(); }
  /// place: below size(). Its reason lives as long as the block.
  [[nodiscard]] JournalRow row(std::size_t place) const;
  /// 0 where the column is not there.
  [[nodiscard]] std::int64_t value(JournalColumn column, std::size_t place) const {
    const auto& values = columns_[static_cast<std::size_t>(column)];
    return values.empty() ? 0 : values[place];
  }
  /// Of the row with this deduction; size(): there is none.
  [[nodiscard]] std::size_t place_of_transfer(std::int64_t transfer) const;

 private:
  friend base::Result<JournalBlock> decode_journal(std::string_view body);
  [[nodiscard]] std::vector<std::int64_t>& of(JournalColumn column) { return columns_[static_cast<std::size_t>(column)]; }
  bool restore();

  std::int64_t first_ = 0;
  std::size_t size_ = 0;
  std::array<std::vector<std::int64_t>, kJournalColumns> columns_;
  std::deque<std::string> reasons_;
};

/// rows: 1..kMostJournalRows, their ids without a gap, at most kMostReasons different reasons.
[[nodiscard]] std::string encode_journal(std::span<const JournalRow> rows);

/// Error: store_failed, `where` says what is wrong with the bytes.
[[nodiscard]] base::Result<JournalBlock> decode_journal(std::string_view body);

}  // namespace anju::platform
