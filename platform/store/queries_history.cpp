#include <array>

#include "platform/store/meter_words.hpp"
#include "platform/store/queries_meter.hpp"
#include "platform/store/question.hpp"

namespace anju::platform {
namespace {

/// Where a walk back along `previous` begins: the newest row, or the one before `before`. 0: nowhere.
std::int64_t head_of(soci::session& session, const char* table, std::int64_t newest, std::int64_t meter,
                     const Cursor& cursor) {
  if (!cursor.before) return newest;
  return Question(session)
      .text(std::string("SELECT previous FROM ") + table + " WHERE id = ")
      .value(*cursor.before)
      .text(" AND meter = ")
      .value(meter)
      .number();
}

/// `chain(id)`: at most `most` rows of a table, from `head` backwards.
void add_chain(Question& select, const char* table, std::int64_t head, std::int64_t most) {
  select.text("WITH RECURSIVE chain(id, n) AS (SELECT ").value(head);
  select.text(std::string(", 1 UNION ALL SELECT x.previous, chain.n + 1 FROM chain JOIN ") + table +
              " x ON x.id = chain.id WHERE x.previous <> 0 AND chain.n < ");
  select.value(most).text(") ");
}

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
  const auto head = head_of(session, "reading", newest, meter, cursor);
  if (head == 0) return page;
  Question select(session);
  add_chain(select, "reading", head, cursor.limit + 1);
  select.text(
      "SELECT x.id, x.at_ms, x.kind, x.total_e4, x.sharp_e4, x.peak_e4, x.flat_e4, x.valley_e4, x.used_e4, x.state, "
      "x.reason"
      " FROM chain JOIN reading x ON x.id = chain.id ORDER BY chain.n");
  select.rows([&](Select& reader) {
    constexpr std::array<const char*, 3> kKinds{"interval", "on_demand", "daily_freeze"};
    constexpr std::array<const char*, 3> kStates{"used", "recorded", "quarantined"};
    ReadingRow row;
    row.id = reader.integer();
    row.at = reader.time();
    row.kind = kKinds.at(static_cast<std::size_t>(reader.integer()));
    row.total = reader.quantity();
    row.tariffs = reader.tariffs();
    const auto used = reader.quantity();
    const auto state = static_cast<std::size_t>(reader.integer());
    row.state = kStates.at(state);
    if (state == 0) row.used = used;
    row.reason = reader.text();
    page.rows.push_back(std::move(row));
  });
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
  const auto head = head_of(session, "transfer", newest, meter, cursor);
  if (head == 0) return page;

  std::int64_t walked = 0, oldest = 0;
  const std::int64_t most = kind ? kMostWalked : cursor.limit + 1;
  Question select(session);
  add_chain(select, "transfer", head, most);
  select.text(
      "SELECT x.id, x.at_ms, x.kind, x.credit, x.amount_micro_yuan, x.balance_micro_yuan, x.quantity_e4, "
      "coalesce(q.method, ''),"
      " coalesce(q.note, ''), coalesce(q.by, '') FROM chain JOIN transfer x ON x.id = chain.id"
      " LEFT JOIN recharge q ON x.kind = 1 AND q.transfer = x.id ORDER BY chain.n");
  select.rows([&](Select& reader) {
    LedgerRow row;
    row.id = reader.integer();
    row.at = reader.time();
    row.kind = kKinds.at(static_cast<std::size_t>(reader.integer()));
    const bool credited = reader.integer() == account;
    const auto amount = reader.money();
    row.amount = credited ? amount : -amount;
    row.balance = reader.money();
    const auto quantity = reader.quantity();
    if (row.kind == "deduction") row.quantity = quantity;
    row.method = reader.text();
    row.note = reader.text();
    row.by = reader.text();
    ++walked;
    oldest = row.id;
    if ((!kind || *kind == row.kind) && static_cast<std::int64_t>(page.rows.size()) <= cursor.limit)
      page.rows.push_back(std::move(row));
  });
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
