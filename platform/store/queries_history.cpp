#include <array>

#include "platform/store/cut_rows.hpp"
#include "platform/store/journal.hpp"
#include "platform/store/meter_words.hpp"
#include "platform/store/queries_meter.hpp"
#include "platform/store/question.hpp"

namespace anju::platform {
namespace {

template <class Row>
void cut(CursorPage<Row>& page, std::int64_t limit) {
  if (static_cast<std::int64_t>(page.rows.size()) <= limit) return;
  page.rows.resize(static_cast<std::size_t>(limit));
  page.next = page.rows.back().id;
}

}  // namespace

std::optional<CursorPage<ReadingRow>> read_readings(soci::session& session, const Scope& scope, std::int64_t meter,
                                                    Cursor cursor) {
  if (!meter_in_scope(session, scope, meter)) return std::nullopt;
  const auto newest =
      Question(session).text("SELECT newest_reading FROM meter_register WHERE meter = ").value(meter).number();
  CursorPage<ReadingRow> page;
  page.since = cut_so_far(session).until;
  Journal journal(session);
  std::int64_t next = journal.newest(meter, newest);
  if (cursor.before) {
    const auto place = journal.reading(*cursor.before);
    next = place && place.value(JournalColumn::meter) == meter ? journal.before(place.row().reading) : 0;
  }
  constexpr std::array<const char*, 3> kKinds{"interval", "on_demand", "daily_freeze"};
  constexpr std::array<const char*, 3> kStates{"used", "recorded", "quarantined"};
  while (next != 0 && static_cast<std::int64_t>(page.rows.size()) <= cursor.limit) {
    const auto place = journal.reading(next);
    if (!place) break;
    const StoredReading reading = place.row().reading;
    ReadingRow row;
    row.id = reading.id;
    row.at = reading.at;
    row.kind = kKinds.at(static_cast<std::size_t>(reading.kind));
    row.total = reading.total;
    if (reading.has_tariffs) row.tariffs = reading.tariffs;
    row.state = kStates.at(static_cast<std::size_t>(reading.state));
    if (reading.state == ReadingState::used) row.used = reading.used;
    row.reason = reading.reason;
    page.rows.push_back(std::move(row));
    next = journal.before(reading);
  }
  cut(page, cursor.limit);
  return page;
}

std::optional<CursorPage<LedgerRow>> read_ledger(soci::session& session, const Scope& scope, std::int64_t meter, Cursor cursor,
                                                 const std::optional<std::string>& kind) {
  std::int64_t account = 0, newest = 0;
  Question(session)
      .text("SELECT a.id, a.newest_transfer FROM meter m JOIN account a ON a.id = m.account WHERE m.id = ")
      .value(meter)
      .text(" AND ")
      .within(scope, "m")
      .rows([&](Select& reader) {
        account = reader.integer();
        newest = reader.integer();
      });
  if (account == 0) return std::nullopt;
  constexpr std::array<const char*, 3> kKinds{"deduction", "recharge", "correction"};
  CursorPage<LedgerRow> page;
  page.since = cut_so_far(session).until;
  Journal journal(session);
  std::int64_t next = newest;
  if (cursor.before) {
    const auto before = journal.transfer(*cursor.before);
    next = before && before->meter == meter ? before->previous : 0;
  }
  std::int64_t walked = 0, oldest = 0;
  const std::int64_t most = kind ? kMostWalked : cursor.limit + 1;
  for (; next != 0 && walked < most && static_cast<std::int64_t>(page.rows.size()) <= cursor.limit; ++walked) {
    const auto transfer = journal.newest_transfer(meter, next);
    if (!transfer) break;
    oldest = transfer->id;
    next = transfer->previous < next ? transfer->previous : 0;
    LedgerRow row;
    row.kind = kKinds.at(static_cast<std::size_t>(transfer->kind));
    if (kind && *kind != row.kind) continue;
    row.id = transfer->id;
    row.at = transfer->at;
    row.amount = transfer->credit == account ? transfer->amount : -transfer->amount;
    row.balance = transfer->balance;
    if (transfer->kind == TransferKind::deduction) row.quantity = transfer->quantity;
    if (transfer->kind == TransferKind::recharge) {
      Question(session).text("SELECT method, note, by FROM recharge WHERE transfer = ").value(transfer->id).rows([&](Select& reader) {
        row.method = reader.text();
        row.note = reader.text();
        row.by = reader.text();
      });
    }
    page.rows.push_back(std::move(row));
  }
  cut(page, cursor.limit);
  if (kind && !page.next && walked == most) page.next = oldest;
  return page;
}

std::optional<CursorPage<NoticeRow>> read_notices(soci::session& session, const Scope& scope, std::int64_t meter,
                                                  Cursor cursor) {
  if (!meter_in_scope(session, scope, meter)) return std::nullopt;
  CursorPage<NoticeRow> page;
  Question select(session);
  select.text("SELECT id, kind, at_ms, threshold_micro_yuan, balance_micro_yuan FROM notice WHERE meter = ").value(meter);
  if (cursor.before) select.text(" AND id < ").value(*cursor.before);
  select.text(" ORDER BY id DESC LIMIT ").value(cursor.limit + 1);
  select.rows([&](Select& reader) {
    NoticeRow row;
    row.id = reader.integer();
    row.kind = reader.text();
    row.at = reader.time();
    row.threshold = reader.money();
    row.balance = reader.money();
    page.rows.push_back(std::move(row));
  });
  cut(page, cursor.limit);
  return page;
}

}  // namespace anju::platform
