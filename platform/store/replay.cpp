#include "platform/store/replay.hpp"

#include <map>

#include "platform/store/prices.hpp"
#include "platform/store/replay_rows.hpp"

namespace anju::platform {
namespace {

ReplayedReading read_reading(Select& row) {
  ReplayedReading reading;
  reading.meter = row.integer();
  reading.id = row.integer();
  reading.sample.at = row.time();
  reading.sample.total = row.quantity();
  reading.sample.tariffs = row.tariffs();
  reading.used = row.quantity();
  reading.version = row.integer();
  reading.estimated = row.flag();
  return reading;
}

ReplayedDecision read_decision(Select& row) {
  ReplayedDecision decision = read_replayed_decision(row);
  decision.sample.at = row.time();
  decision.sample.total = row.quantity();
  decision.sample.tariffs = row.tariffs();
  return decision;
}

}  // namespace

Check replay(soci::session& session) {
  Check check{"replay", "all deductions, computed again from readings and prices, give the same money (L13)", 0, {}};
  PriceBook prices(load_plan_versions(session));
  std::map<std::int64_t, std::vector<MeterPlan>> plans;
  for (MeterPlan& change : load_meter_plans(session)) plans[change.meter].push_back(std::move(change));
  const std::vector<MeterPlan> none;
  const auto meters = load_meters_to_replay(session);
  // What readings that went have left is where a meter's replay begins; of them some are kept.
  ByMeter<ReplayedReading> readings(session, 11,
                                    "SELECT r.meter, r.id, r.at_ms, r.total_e4, r.sharp_e4, r.peak_e4, r.flat_e4, r.valley_e4, r.used_e4, r.price_plan_version,"
                                    " r.estimated FROM reading r LEFT JOIN meter_cut c ON c.meter = r.meter WHERE r.state = 0 AND r.id > coalesce(c.newest_reading, 0)"
                                    " ORDER BY r.meter, r.id",
                                    &read_reading);
  ByMeter<ReplayedTransfer> transfers(session, kReplayedTransferColumns, std::string(kReplayedTransfer) + " WHERE t.id > 0 ORDER BY t.meter, t.id",
                                      &read_replayed_transfer);
  ByMeter<ReplayedDecision> decisions(session, kReplayedDecisionColumns + 6,
                                      std::string(kReplayedDecision) + ", r.at_ms, r.total_e4, r.sharp_e4, r.peak_e4, r.flat_e4, r.valley_e4 FROM reading_decision d"
                                                                       " JOIN reading r ON r.id = d.reading ORDER BY d.meter, d.id",
                                      &read_decision);
  auto register_changes = register_changes_by_meter(session);
  auto households = steps_anew_by_meter(session);
  for (const auto& [meter, stored] : meters) {
    const auto own_transfers = transfers.of(meter.id);
    const auto own_households = households.of(meter.id);
    const auto changed = plans.find(meter.id);
    const std::string wrong = MeterReplay(meter, own_transfers, changed == plans.end() ? none : changed->second, own_households, prices)
                                  .run(readings.of(meter.id), decisions.of(meter.id), register_changes.of(meter.id), stored);
    if (wrong.empty()) continue;
    ++check.wrong;
    if (check.first.size() < kMostFindings) check.first.push_back("meter " + std::to_string(meter.id) + ", " + wrong);
  }
  return check;
}

}  // namespace anju::platform
