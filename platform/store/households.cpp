#include "platform/store/households.hpp"

#include <utility>

namespace anju::platform {
namespace {

RegisterStand stand(Select& row) {
  RegisterStand found;
  found.at = row.time();
  found.total = row.quantity();
  found.tariffs = row.tariffs();
  return found;
}

}  // namespace

Opening read_opening(Select& row) {
  Opening found;
  found.id = row.integer();
  found.meter = row.integer();
  Household& h = found.household;
  h.customer = row.text();
  h.mobile = row.text();
  h.unit = row.text();
  h.settlement_method = row.word<PayMethod>(5);
  h.voltage = row.text();
  h.opened_on = row.time();
  h.area = row.text();
  h.address = row.text();
  h.note = row.text();
  found.start = stand(row);
  found.billed = row.quantity();
  found.recharge = row.integer();
  found.adjustment = row.integer();
  found.at = row.time();
  found.by = row.text();
  found.steps_anew = row.flag();
  return found;
}

Settlement read_settlement(Select& row) {
  Settlement found;
  found.id = row.integer();
  found.meter = row.integer();
  found.opening = row.integer();
  found.transfer = row.integer();
  found.at = row.time();
  found.from = stand(row);
  found.to = stand(row);
  found.billed = row.quantity();
  found.quantity = row.quantity();
  found.fee = row.money();
  found.recharged = row.money();
  found.adjusted = row.money();
  found.balance = row.money();
  found.method = row.word<PayMethod>(5);
  found.closes = row.flag();
  found.note = row.text();
  found.recharge = row.integer();
  found.adjustment = row.integer();
  found.by = row.text();
  return found;
}

RegisterChange read_register_change(Select& row) {
  RegisterChange found;
  found.id = row.integer();
  found.meter = row.integer();
  found.kind = row.word<RegisterChangeKind>(kRegisterChangeKinds);
  found.last = stand(row);
  found.next.at = found.last.at;
  found.next.total = row.quantity();
  found.next.tariffs = row.tariffs();
  found.billed = row.quantity();
  found.transfer = row.integer();
  found.plan_version = row.integer();
  found.newest_reading = row.integer();
  found.decision = row.integer();
  found.known_version = row.integer();
  found.known_meter_plan = row.integer();
  found.at = row.time();
  found.note = row.text();
  found.by = row.text();
  return found;
}

FeePayment read_fee_payment(Select& row) {
  FeePayment found;
  found.id = row.integer();
  found.meter = row.integer();
  found.years = row.integer();
  found.amount = row.money();
  found.paid_from = static_cast<std::int32_t>(row.integer());
  found.paid_until = static_cast<std::int32_t>(row.integer());
  found.method = row.word<PayMethod>(5);
  found.received = row.integer();
  found.passed_on = row.integer();
  found.at = row.time();
  found.note = row.text();
  found.by = row.text();
  return found;
}

std::optional<StoredDocument> find_document(soci::session& session, std::int64_t organisation, std::string_view key) {
  constexpr std::array<std::pair<DocumentKind, const char*>, 5> kTables{
      std::pair{DocumentKind::opening, "SELECT id, meter, 0 FROM opening"}, std::pair{DocumentKind::settlement, "SELECT id, meter, balance_micro_yuan FROM settlement"},
      std::pair{DocumentKind::adjustment, "SELECT id, meter, amount_micro_yuan FROM adjustment"},
      std::pair{DocumentKind::register_change, "SELECT id, meter, 0 FROM register_change"}, std::pair{DocumentKind::fee, "SELECT id, meter, amount_micro_yuan FROM fee_payment"}};
  for (const auto& [kind, select] : kTables) {
    const auto found = Question(session)
                           .text(std::string(select) + " WHERE organisation = ")
                           .value(organisation)
                           .text(" AND key = ")
                           .value(std::string(key))
                           .first([&, kind = kind](Select& row) {
                             StoredDocument document;
                             document.kind = kind;
                             document.id = row.integer();
                             document.meter = row.integer();
                             document.amount = row.money();
                             return document;
                           });
    if (found) return found;
  }
  return std::nullopt;
}

Boundary find_boundary(soci::session& session, std::int64_t meter) {
  const std::string of = " WHERE meter = " + std::to_string(meter);
  Boundary boundary;
  std::int64_t opened = 0;
  each_row(session, 6, "SELECT registered_ms, start_total_e4, start_sharp_e4, start_peak_e4, start_flat_e4, start_valley_e4 FROM meter WHERE id = " + std::to_string(meter),
           [&](Select& row) { boundary.from = stand(row); });
  each_row(session, std::size(kOpeningColumns), "SELECT " + columns_of(kOpeningColumns) + " FROM opening x" + of + " ORDER BY id DESC LIMIT 1", [&](Select& row) {
    const Opening found = read_opening(row);
    boundary = {found.start, found.recharge, found.adjustment, {}, {}, found.billed};
    opened = found.id;
  });
  each_row(session, std::size(kSettlementColumns), "SELECT " + columns_of(kSettlementColumns) + " FROM settlement x" + of + " ORDER BY id DESC LIMIT 1", [&](Select& row) {
    const Settlement found = read_settlement(row);
    // A clock may have been set between the two; which came first is what the rows say. The first settlement after an opening names it, so
    // the newest one came before when none does.
    const auto of_opening = [&] { return Question(session).text("SELECT count(*) FROM settlement" + of + " AND opening = ").value(opened).number() != 0; };
    if (opened != 0 && found.opening != opened && !of_opening()) return;
    boundary = {found.to, found.recharge, found.adjustment, {}, {}, found.billed};
  });
  const auto sum = [&](const char* table, std::int64_t after) {
    return base::Money(Question(session)
                           .text(std::string("SELECT coalesce(sum(amount_micro_yuan), 0) FROM ") + table + " WHERE meter = ")
                           .value(meter)
                           .text(" AND id > ")
                           .value(after)
                           .number());
  };
  boundary.recharged = sum("recharge", boundary.recharge);
  boundary.adjusted = sum("adjustment", boundary.adjustment);
  return boundary;
}

}  // namespace anju::platform
