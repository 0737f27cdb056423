#include "platform/store/journal_tables.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "platform/store/database.hpp"
#include "platform/store/journal_block.hpp"
#include "platform/store/question.hpp"
#include "platform/store/statement.hpp"

namespace anju::platform {
namespace {

struct Stored {
  std::int64_t id = 0, readings = 0, least_at = 0, most_at = 0, first_transfer = 0, last_transfer = 0;
  std::string body;
  bool operator==(const Stored&) const = default;
};

Stored read(soci::session& session, const std::string& table, std::int64_t id) {
  return Question(session)
      .text("SELECT id, readings, least_at_ms, most_at_ms, first_transfer, last_transfer, body FROM " + table + " WHERE id = ")
      .value(id)
      .first([](Select& row) {
        Stored stored;
        for (std::int64_t* column : {&stored.id, &stored.readings, &stored.least_at, &stored.most_at, &stored.first_transfer, &stored.last_transfer})
          *column = row.integer();
        stored.body = row.bytes();
        return stored;
      })
      .value_or(Stored{});
}

/// The columns that this block should have.
Stored columns_of(const JournalBlock& block, std::string body) {
  Stored made;
  made.id = block.first();
  made.readings = static_cast<std::int64_t>(block.size());
  made.least_at = made.most_at = block.value(JournalColumn::at, 0);
  for (std::size_t i = 0; i < block.size(); ++i) {
    made.least_at = std::min(made.least_at, block.value(JournalColumn::at, i));
    made.most_at = std::max(made.most_at, block.value(JournalColumn::at, i));
    const std::int64_t transfer = block.value(JournalColumn::transfer, i);
    if (transfer == 0) continue;
    made.first_transfer = made.first_transfer == 0 ? transfer : std::min(made.first_transfer, transfer);
    made.last_transfer = std::max(made.last_transfer, transfer);
  }
  made.body = std::move(body);
  return made;
}

}  // namespace

CheckedBlock check_block(soci::session& session, const std::string& table, std::int64_t id) {
  CheckedBlock checked;
  Stored stored = read(session, table, id);
  checked.readings = stored.readings;
  const std::string place = table + " " + std::to_string(id);
  auto block = decode_journal(stored.body);
  if (!block) {
    checked.wrong = place + ": " + block.error().where;
    return checked;
  }
  if (columns_of(*block, stored.body) != stored) checked.wrong = place + " is looked for by what it does not hold";
  checked.block = std::move(*block);
  checked.body = std::move(stored.body);
  return checked;
}

namespace {

class LaidOut {
 public:
  explicit LaidOut(soci::session& session)
      : session_(session),
        reading_(session,
                 "INSERT INTO reading(id, organisation, site, meter, previous, stream, seq, item, at_ms, kind, state, total_e4, sharp_e4, peak_e4,"
                 " flat_e4, valley_e4, used_e4, price_plan_version, estimated, reason) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
        transfer_(session,
                  "INSERT INTO transfer(id, organisation, site, kind, debit, credit, amount_micro_yuan, at_ms, meter, previous, balance_micro_yuan,"
                  " reading, price_plan_version, quantity_e4, nano_yuan) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)") {}

  void write(const JournalBlock& block) {
    Pipeline pipeline(session_);
    for (std::size_t i = 0; i < block.size(); ++i) {
      const JournalRow row = block.row(i);
      write(row.reading);
      if (row.transfer != 0) write(deduction_of(row));
    }
    pipeline.end();
  }

  void write(const std::vector<StoredTransfer>& transfers) {
    Pipeline pipeline(session_);
    for (const StoredTransfer& transfer : transfers) write(transfer);
    pipeline.end();
  }

 private:
  void write(const StoredReading& row) {
    const auto part = [&row](std::size_t i) { return row.has_tariffs ? std::optional(row.tariffs[i]) : std::nullopt; };
    reading_.write(row.id, row.owner.organisation, row.owner.site, row.meter, row.previous, row.origin.stream, row.origin.seq, row.origin.item,
                   row.at, static_cast<int>(row.kind), static_cast<int>(row.state), row.total, part(0), part(1), part(2), part(3), row.used,
                   row.plan_version, row.estimated, row.reason.empty() ? std::nullopt : std::optional(row.reason));
  }
  void write(const StoredTransfer& row) {
    transfer_.write(row.id, row.owner.organisation, row.owner.site, static_cast<int>(row.kind), row.debit, row.credit, row.amount, row.at,
                    row.meter, row.previous, row.balance, row.reading, row.plan_version, row.quantity, row.nano_yuan);
  }
  soci::session& session_;
  Statement reading_, transfer_;
};

/// Those of which the block went.
void lay_out_kept(soci::session& session, LaidOut& rows, const std::function<void(const std::string&)>& wrong) {
  struct Kept {
    std::int64_t id = 0, meter = 0, transfer = 0;
    std::string body;
  };
  std::vector<Kept> portion;
  for (std::int64_t after = 0;; after = portion.back().id) {
    portion.clear();
    Question(session).text("SELECT id, meter, transfer, body FROM reading_kept WHERE id > ").value(after).text(" ORDER BY id LIMIT 500").rows([&](Select& row) {
      Kept& kept = portion.emplace_back();
      for (std::int64_t* column : {&kept.id, &kept.meter, &kept.transfer}) *column = row.integer();
      kept.body = row.bytes();
    });
    if (portion.empty()) return;
    for (const Kept& kept : portion) {
      const auto block = decode_journal(kept.body);
      const bool same = block && block->size() == 1 && block->first() == kept.id && block->value(JournalColumn::meter, 0) == kept.meter &&
                        block->value(JournalColumn::transfer, 0) == kept.transfer;
      if (!same) {
        wrong("reading_kept " + std::to_string(kept.id) + (block ? " is another reading" : ": " + block.error().where));
        continue;
      }
      rows.write(*block);
    }
  }
}

/// Deductions that went, as one of each meter and price version. Their ids, and the readings that they name, are below 0.
void lay_out_sums(soci::session& session, LaidOut& rows) {
  std::vector<StoredTransfer> sums;
  each_row(session, 9, "SELECT organisation, site, account, other, amount_micro_yuan, meter, price_plan_version, quantity_e4, nano_yuan FROM meter_cut_sum", [&](Select& row) {
    StoredTransfer& sum = sums.emplace_back();
    sum.id = sum.reading = -static_cast<std::int64_t>(sums.size());
    sum.owner = row.owner();
    sum.debit = row.integer();
    sum.credit = row.integer();
    sum.amount = row.money();
    sum.meter = row.integer();
    sum.plan_version = row.integer();
    sum.quantity = row.quantity();
    sum.nano_yuan = row.integer();
    if (sum.amount.micro_yuan >= 0) return;
    std::swap(sum.debit, sum.credit);
    sum.amount = -sum.amount;
  });
  rows.write(sums);
}

}  // namespace

void lay_out_journal(soci::session& session, const std::function<void(const std::string&)>& wrong) {
  run_script(session,
             "CREATE TEMP TABLE laid_out AS SELECT * FROM transfer; ALTER TABLE laid_out RENAME TO transfer;"
             "CREATE TEMP TABLE reading(id BIGINT NOT NULL, organisation BIGINT NOT NULL, site BIGINT NOT NULL, meter BIGINT NOT NULL, previous BIGINT"
             " NOT NULL, stream BIGINT NOT NULL, seq BIGINT NOT NULL, item BIGINT NOT NULL, at_ms BIGINT NOT NULL, kind BIGINT NOT NULL, state BIGINT NOT"
             " NULL, total_e4 BIGINT NOT NULL, sharp_e4 BIGINT, peak_e4 BIGINT, flat_e4 BIGINT, valley_e4 BIGINT, used_e4 BIGINT NOT NULL,"
             " price_plan_version BIGINT NOT NULL, estimated BIGINT NOT NULL, reason TEXT)");
  {
    LaidOut rows(session);
    // The id that the next block begins with: where the newest cut ended.
    std::int64_t expected = Question(session).text("SELECT next_reading FROM reading_cut ORDER BY id DESC LIMIT 1").number();
    for (const std::string table : {"reading_block", "reading_tail"}) {
      std::vector<std::int64_t> ids;
      each_row(session, 1, "SELECT id FROM " + table + " ORDER BY id", [&ids](Select& row) { ids.push_back(row.integer()); });
      for (const std::int64_t id : ids) {
        const std::string place = table + " " + std::to_string(id);
        const CheckedBlock checked = check_block(session, table, id);
        if (expected != 0 && id != expected) wrong(place + " does not begin with reading " + std::to_string(expected));
        expected = id + checked.readings;
        if (!checked.wrong.empty()) wrong(checked.wrong);
        if (checked.block) rows.write(*checked.block);
      }
    }
    lay_out_kept(session, rows, wrong);
    lay_out_sums(session, rows);
  }
  run_script(session, "CREATE INDEX laid_out_reading ON reading(id); CREATE INDEX laid_out_transfer ON transfer(id); ANALYZE reading; ANALYZE transfer");
}

}  // namespace anju::platform
