#include <array>

#include "platform/store/cut_rows.hpp"
#include "platform/store/journal.hpp"
#include "platform/store/meter_words.hpp"
#include "platform/store/prices.hpp"
#include "platform/store/queries_meter.hpp"
#include "platform/store/question.hpp"
#include "platform/store/sale.hpp"

namespace anju::platform {
namespace {

template <class Row>
void cut(CursorPage<Row>& page, std::int64_t limit) {
  if (static_cast<std::int64_t>(page.rows.size()) <= limit) return;
  page.rows.resize(static_cast<std::size_t>(limit));
  page.next = page.rows.back().id;
}

/// What a recharge sold. plan: the meter's of now.
void add_recharge(soci::session& session, Journal& journal, const StoredTransfer& transfer, std::int64_t plan, LedgerRow& row) {
  std::int64_t recharge = 0;
  Question(session).text("SELECT id, method, note, by FROM recharge WHERE transfer = ").value(transfer.id).rows([&](Select& reader) {
    recharge = reader.integer();
    row.method = reader.text();
    row.note = reader.text();
    row.by = reader.text();
  });
  const Sale sale = sale_of(session, journal, {transfer.meter, transfer.at, row.amount, row.balance, transfer.previous, plan});
  SaleRow sold;
  sold.plan = sale.plan;
  sold.plan_name = plan_name(session, sale.plan);
  sold.price = reference_price(sale.prices);
  sold.estimate = sale.prices.kind == PlanKind::tou || !sale.prices.steps.empty();
  sold.before = sale.before;
  sold.bought = sale.bought;
  sold.after = sale.after;
  sold.customer = customer_of(session, transfer.meter, recharge);
  row.sale = std::move(sold);
}

/// The document that a correction stands in; a fee has two, what was received and what went on to the revenue.
void add_document(soci::session& session, std::int64_t transfer, LedgerRow& row) {
  // "<> 0" as in the conditions of the indexes, which are not looked at without it.
  Question(session)
      .text("SELECT 'settlement', z.method, z.note, z.by FROM settlement z WHERE z.transfer <> 0 AND z.transfer = ")
      .value(transfer)
      .text(" UNION ALL SELECT 'adjustment', '', d.note, d.by FROM adjustment d WHERE d.transfer = ")
      .value(transfer)
      .text(" UNION ALL SELECT 'fee', f.method, f.note, f.by FROM fee_payment f WHERE f.received <> 0 AND f.received = ")
      .value(transfer)
      .text(" UNION ALL SELECT 'fee', f.method, f.note, f.by FROM fee_payment f WHERE f.passed_on <> 0 AND f.passed_on = ")
      .value(transfer)
      .rows([&](Select& reader) {
        row.document = reader.text();
        row.method = reader.text();
        row.note = reader.text();
        row.by = reader.text();
      });
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
  std::int64_t account = 0, newest = 0, plan = 0;
  Question(session)
      .text("SELECT a.id, a.newest_transfer, m.price_plan FROM meter m JOIN account a ON a.id = m.account WHERE m.id = ")
      .value(meter)
      .text(" AND ")
      .within(scope, "m")
      .rows([&](Select& reader) {
        account = reader.integer();
        newest = reader.integer();
        plan = reader.integer();
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
    if (transfer->kind == TransferKind::recharge) add_recharge(session, journal, *transfer, plan, row);
    if (transfer->kind == TransferKind::correction) add_document(session, transfer->id, row);
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
