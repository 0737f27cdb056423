#include "platform/store/journal_writer.hpp"

#include <algorithm>

#include "platform/store/journal.hpp"
#include "platform/store/reader.hpp"

namespace anju::platform {
namespace {

std::string insert_into(const std::string& table) {
  return "INSERT INTO " + table + "(id, readings, least_at_ms, most_at_ms, first_transfer, last_transfer, body) VALUES(?, ?, ?, ?, ?, ?, ?)";
}

}  // namespace

JournalWriter::JournalWriter(soci::session& session, std::size_t block_rows)
    : session_(session),
      block_(session, insert_into("reading_block")),
      tail_row_(session, insert_into("reading_tail")),
      drop_tail_(session, "DELETE FROM reading_tail WHERE id <= ?"),
      block_rows_(block_rows) {}

void JournalWriter::prepare() {
  if (known_) return;
  tail_.clear();
  reasons_.clear();
  each_row(session_, 1, "SELECT body FROM reading_tail ORDER BY id", [this](Select& row) {
    const auto block = decode_or_throw(row.bytes());
    for (std::size_t i = 0; i < block->size(); ++i) {
      JournalRow& loaded = tail_.emplace_back(block->row(i));
      if (!loaded.reading.reason.empty()) loaded.reading.reason = reasons_.emplace_back(loaded.reading.reason);
    }
  });
  stored_ = tail_.size();
  known_ = true;
}

std::vector<const StoredTransfer*> JournalWriter::write(const Batch& batch) {
  std::vector<JournalRow> fresh(batch.readings.size());
  for (std::size_t i = 0; i < fresh.size(); ++i) fresh[i].reading = batch.readings[i];
  const std::int64_t first = fresh.empty() ? 0 : fresh.front().reading.id;
  std::vector<const StoredTransfer*> others;
  for (const StoredTransfer& transfer : batch.transfers) {
    const auto place = static_cast<std::size_t>(transfer.reading - first);
    if (transfer.reading < first || place >= fresh.size() || !attach(fresh[place], transfer)) others.push_back(&transfer);
  }
  for (const JournalRow& row : fresh) {
    // Ids are dealt without gaps; should there be one, a block ends there.
    if (!tail_.empty() && row.reading.id != tail_.back().reading.id + 1) close();
    tail_.push_back(row);
    if (tail_.size() >= block_rows_) close();
  }
  if (stored_ < tail_.size()) insert(tail_row_, std::span(tail_).subspan(stored_));
  stored_ = tail_.size();
  return others;
}

void JournalWriter::close() {
  insert(block_, tail_);
  if (stored_ != 0) drop_tail_.write(tail_.back().reading.id);
  tail_.clear();
  stored_ = 0;
}

void JournalWriter::insert(Statement& statement, std::span<const JournalRow> rows) {
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
  statement.write(rows.front().reading.id, rows.size(), least, most, first, last, Bytes{body});
}

}  // namespace anju::platform
