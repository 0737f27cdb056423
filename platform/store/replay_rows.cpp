#include "platform/store/replay_rows.hpp"

#include "platform/store/households.hpp"

namespace anju::platform {
namespace {

void read_register(Select& row, Register& place) {
  place.at = row.time();
  place.total = row.quantity();
  const auto tariffs = row.tariffs();
  place.tariffs_known = tariffs.has_value();
  if (tariffs) place.tariffs = *tariffs;
}

void read_accrued(Select& row, Accrued& accrued) {
  accrued.month = row.quantity();
  accrued.year = row.quantity();
  accrued.ever = row.quantity();
}

}  // namespace

std::vector<MeterToReplay> load_meters_to_replay(soci::session& session, const std::string& where) {
  std::vector<MeterToReplay> meters;
  each_row(session, 43,
           "SELECT m.id, m.account, coalesce(p.before, m.price_plan), t.utc_offset_minutes, m.registered_ms, m.start_total_e4, m.start_sharp_e4, m.start_peak_e4,"
           " m.start_flat_e4, m.start_valley_e4, r.last_ms, r.total_e4, r.sharp_e4, r.peak_e4, r.flat_e4, r.valley_e4, r.unsplit_e4, r.rollovers,"
           " r.month_quantity_e4, r.year_quantity_e4, r.billed_e4, a.balance_micro_yuan, a.remainder_nano_yuan,"
           " c.cut, c.newest_reading, c.used_reading, c.newest_transfer, c.meter_plan, c.price_version, c.last_ms, c.total_e4, c.sharp_e4, c.peak_e4, c.flat_e4,"
           " c.valley_e4, c.unsplit_e4, c.rollovers, c.anchored_ms, c.month_quantity_e4, c.year_quantity_e4, c.billed_e4, c.balance_micro_yuan, c.remainder_nano_yuan"
           " FROM meter m JOIN meter_register r ON r.meter = m.id JOIN account a ON a.id = m.account JOIN site t ON t.id = m.site"
           " LEFT JOIN meter_plan p ON p.id = (SELECT min(f.id) FROM meter_plan f WHERE f.meter = m.id) LEFT JOIN meter_cut c ON c.meter = m.id" +
               where + " ORDER BY m.id",
           [&](Select& row) {
             MeterToReplay& found = meters.emplace_back();
             ReplayedMeter& meter = found.meter;
             meter.id = row.integer();
             meter.account = row.integer();
             meter.plan = row.integer();
             meter.utc_offset_minutes = static_cast<std::int32_t>(row.integer());
             MeterStand& begin = meter.begin;
             read_register(row, begin.last);
             StoredStand& stored = found.stored;
             read_register(row, stored.last);
             stored.last.unsplit = row.quantity();
             stored.last.rollovers = static_cast<std::int32_t>(row.integer());
             read_accrued(row, stored.accrued);
             stored.balance = row.money();
             stored.remainder = row.integer();
             if (!row.maybe()) return;  // nothing of it went
             begin.newest_reading = row.integer();
             begin.used_reading = row.integer();
             begin.transfer = row.integer();
             begin.meter_plan = row.integer();
             begin.version = row.integer();
             begin.last = {};
             read_register(row, begin.last);
             begin.last.unsplit = row.quantity();
             begin.last.rollovers = static_cast<std::int32_t>(row.integer());
             begin.last.anchored = row.time();
             read_accrued(row, begin.accrued);
             begin.balance = row.money();
             begin.remainder = static_cast<std::int16_t>(row.integer());
           });
  return meters;
}

ReplayedTransfer read_replayed_transfer(Select& row) {
  ReplayedTransfer transfer;
  transfer.meter = row.integer();
  transfer.id = row.integer();
  transfer.kind = static_cast<int>(row.integer());
  transfer.debit = row.integer();
  transfer.credit = row.integer();
  transfer.amount = row.money();
  transfer.balance = row.money();
  transfer.reading = row.integer();
  transfer.version = row.integer();
  transfer.quantity = row.quantity();
  transfer.nano = row.integer();
  transfer.previous = row.integer();
  return transfer;
}

ReplayedDecision read_replayed_decision(Select& row) {
  ReplayedDecision decision;
  decision.meter = row.integer();
  decision.id = row.integer();
  decision.newest_reading = row.integer();
  decision.reading = row.integer();
  decision.from_total = row.quantity();
  decision.billed = row.quantity();
  decision.version = row.integer();
  decision.known_version = row.integer();
  decision.known_meter_plan = row.integer();
  return decision;
}

ByMeter<RegisterChange> register_changes_by_meter(soci::session& session, const std::string& where) {
  return {session,
          std::size(kRegisterChangeColumns),
          "SELECT " + columns_of(kRegisterChangeColumns) + " FROM register_change x" + where + " ORDER BY x.meter, x.id",
          &read_register_change};
}

ByMeter<StepsAnew> steps_anew_by_meter(soci::session& session, const std::string& where) {
  return {session, 2, "SELECT x.meter, x.billed_e4 FROM (SELECT * FROM opening WHERE steps_anew = 1) AS x" + where + " ORDER BY x.meter, x.id", [](Select& row) {
            StepsAnew found;
            found.meter = row.integer();
            found.billed = row.quantity();
            return found;
          }};
}

}  // namespace anju::platform
