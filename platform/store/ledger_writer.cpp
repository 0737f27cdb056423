#include "platform/store/ledger_writer.hpp"

#include <algorithm>

#include "platform/store/found_devices.hpp"
#include "platform/store/households.hpp"
#include "platform/store/meter_words.hpp"
#include "platform/store/prices.hpp"
#include "platform/store/words.hpp"

namespace anju::platform {
namespace {

/// "INSERT INTO t(a, b) VALUES(:a, :b)" from a table and its columns.
std::string insert(const std::string& table, const std::vector<std::string>& columns) {
  std::string names, values;
  for (const std::string& column : columns) {
    names += (names.empty() ? "" : ", ") + column;
    values += (values.empty() ? ":" : ", :") + column;
  }
  return "INSERT INTO " + table + "(" + names + ") VALUES(" + values + ")";
}

/// The same, and when the key is there already its other columns take the new values. Never REPLACE, which deletes rows.
std::string upsert(const std::string& table, const std::vector<std::string>& columns, std::size_t key_columns = 1) {
  std::string key, set;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (i < key_columns) {
      key += (key.empty() ? "" : ", ") + columns[i];
    } else {
      set += (set.empty() ? "" : ", ") + columns[i] + " = excluded." + columns[i];
    }
  }
  return insert(table, columns) + " ON CONFLICT(" + key + ") DO UPDATE SET " + set;
}

/// "UPDATE t SET b = :b WHERE a = :a"; the key is bound last.
std::string update(const std::string& table, const std::string& key, const std::vector<std::string>& columns) {
  std::string set;
  for (const std::string& column : columns) set += (set.empty() ? "" : ", ") + column + " = :" + column;
  return "UPDATE " + table + " SET " + set + " WHERE " + key + " = :" + key;
}

std::int64_t newest_of(soci::session& session, const std::string& table, const std::string& key) {
  long long newest = 0;
  session << "SELECT coalesce(max(" + key + "), 0) FROM " + table, soci::into(newest);
  return newest;
}

std::optional<base::Quantity> tariff(const std::optional<Tariffs>& tariffs, std::size_t i) {
  if (!tariffs) return std::nullopt;
  return (*tariffs)[i];
}

std::optional<base::Quantity> tariff(bool known, const Tariffs& tariffs, std::size_t i) {
  if (!known) return std::nullopt;
  return tariffs[i];
}

std::optional<std::string_view> text_or_null(std::string_view text) {
  if (text.empty()) return std::nullopt;
  return text;
}

std::optional<base::Quantity> limit(const SupplySettings& settings, base::Quantity QuantityLimits::*which) {
  if (!settings.by_quantity) return std::nullopt;
  return (*settings.by_quantity).*which;
}

/// Columns of a document: whose it is and its key, then its own.
template <std::size_t N>
std::vector<std::string> with_document(const std::array<const char*, N>& columns) {
  std::vector<std::string> all{"organisation", "site", "key"};
  all.insert(all.end(), columns.begin(), columns.end());
  return all;
}

std::optional<std::int64_t> site_or_null(std::int64_t site) {
  if (site == 0) return std::nullopt;
  return site;
}

}  // namespace

LedgerWriter::LedgerWriter(soci::session& session, std::size_t block_rows)
    : site_(session,
            upsert("site", {"id", "organisation", "code", "name", "kind", "province", "city", "address", "contact", "phone", "latitude_e6",
                            "longitude_e6", "utc_offset_minutes", "greatest_power_w", "enabled", "version", "created_ms", "updated_ms",
                            "removed_ms"})),
      plan_(session, upsert("price_plan", {"id", "organisation", "site", "name", "version", "updated_ms", "utility"})),
      plan_version_(session,
                    insert("price_plan_version", {"id", "organisation", "site", "price_plan", "kind", "total_e5", "sharp_e5",
                                                  "peak_e5", "flat_e5", "valley_e5", "slots", "step_period", "steps", "since_ms",
                                                  "created_ms", "newest_reading", "by"})),
      gateway_(session,
               upsert("gateway", {"id", "organisation", "site", "code", "name", "reading_minutes", "archive_version", "archive_acked", "counter",
                                  "stream", "online", "since_ms", "last_event_ms", "created_ms"})),
      upgrade_(session, upsert("gateway_upgrade", {"gateway", "organisation", "site", "release", "order_code", "version", "size", "sha256", "url", "pin", "by",
                                                  "ordered_ms", "wanted", "withdrawn", "step", "reason", "bytes", "at_ms"})),
      line_(session, insert("line", {"id", "organisation", "site", "gateway", "code", "uri"})),
      stream_(session, upsert("stream", {"id", "organisation", "site", "gateway", "epoch", "last_seq", "started_ms"})),
      account_(session,
               insert("account", {"id", "organisation", "site", "kind", "balance_micro_yuan", "remainder_nano_yuan", "newest_transfer"})),
      account_update_(session, update("account", "id", {"balance_micro_yuan", "remainder_nano_yuan", "newest_transfer"})),
      meter_(session,
             insert("meter", {"id", "organisation", "site", "gateway", "line", "device", "name", "room", "address", "baud", "profile",
                              "mode", "price_plan", "alarm_1_micro_yuan", "alarm_2_micro_yuan", "overdraft_micro_yuan",
                              "auto_trip", "limit_1_e4", "limit_2_e4", "limit_overdraft_e4", "account", "start_total_e4", "start_sharp_e4", "start_peak_e4", "start_flat_e4",
                              "start_valley_e4", "registered_ms", "kind", "valve", "dispatched", "dispatch_version"})),
      meter_settings_(session,
                      "UPDATE meter SET name = coalesce(:name, name), room = coalesce(:room, room), mode = :mode, alarm_1_micro_yuan = :alarm_1,"
                      " alarm_2_micro_yuan = :alarm_2, overdraft_micro_yuan = :overdraft, auto_trip = :auto_trip, limit_1_e4 = :limit_1, limit_2_e4 = :limit_2,"
                      " limit_overdraft_e4 = :limit_overdraft WHERE id = :id"),
      meter_plan_(session, "UPDATE meter SET price_plan = :plan WHERE id = :id"),
      plan_change_(session, insert("meter_plan", {"id", "organisation", "site", "meter", "price_plan", "before", "from_ms", "created_ms",
                                                  "newest_reading", "by"})),
      schedule_(session, "UPDATE meter SET schedule = :schedule WHERE id = :id"),
      fee_(session, "UPDATE meter SET fee_yearly_micro_yuan = :yearly, fee_paid_until = :until WHERE id = :id"),
      habit_(session, upsert("meter_habit", {"meter", "organisation", "site", "usual_day_e4", "days", "idle_days", "wet_nights"})),
      hours_(session, upsert("meter_hour", {"meter", "organisation", "site", "day", "hour", "finished"})),
      dispatch_(session, "UPDATE meter SET dispatched = :dispatched, dispatch_version = :version WHERE id = :id"),
      device_(session, "UPDATE meter SET address = :address, baud = :baud, profile = :profile, line = :line WHERE id = :id"),
      register_change_(session, insert("register_change", with_document(kRegisterChangeColumns))),
      fee_payment_(session, insert("fee_payment", with_document(kFeePaymentColumns))),
      opening_(session, insert("opening", with_document(kOpeningColumns))),
      settlement_(session, insert("settlement", with_document(kSettlementColumns))),
      adjustment_(session, insert("adjustment", {"id", "organisation", "site", "key", "meter", "transfer", "at_ms", "amount_micro_yuan", "note", "by"})),
      meter_register_(session,
                      insert("meter_register",
                             {"meter", "organisation", "site", "newest_reading", "last_ms", "total_e4", "sharp_e4", "peak_e4",
                              "flat_e4", "valley_e4", "unsplit_e4", "rollovers", "day", "day_quantity_e4",
                              "day_amount_micro_yuan", "frozen_day", "quarantined", "suspect_e4", "price_version", "month_quantity_e4",
                              "year_quantity_e4", "billed_e4", "anchored_ms"})),
      meter_register_update_(session,
                             update("meter_register", "meter",
                                    {"newest_reading", "last_ms", "total_e4", "sharp_e4", "peak_e4", "flat_e4", "valley_e4",
                                     "unsplit_e4", "rollovers", "day", "day_quantity_e4", "day_amount_micro_yuan", "frozen_day",
                                     "quarantined", "suspect_e4", "price_version", "month_quantity_e4", "year_quantity_e4",
                                     "billed_e4", "anchored_ms"})),
      meter_supply_(session,
                    upsert("meter_supply", {"meter", "organisation", "site", "moved", "forced", "wanted", "wanted_reason", "ordered",
                                            "awaiting_read", "crossing", "warned_1", "warned_2", "keep_power_wanted", "keep_power",
                                            "relay", "reported_ms", "reachable", "clock_offset_s", "pending_command", "account_state",
                                            "scheduled", "unpaid", "temperature_dc", "target_dc", "automatic", "temperature_valve", "hot_water_ms"})),
      transfer_(session,
                insert("transfer", {"id", "organisation", "site", "kind", "debit", "credit", "amount_micro_yuan", "at_ms", "meter",
                                    "previous", "balance_micro_yuan", "reading", "price_plan_version", "quantity_e4", "nano_yuan"})),
      recharge_(session,
                insert("recharge", {"id", "organisation", "site", "key", "meter", "transfer", "at_ms", "amount_micro_yuan", "method",
                                    "note", "by"})),
      day_register_(session,
                    insert("day_register", {"meter", "day", "organisation", "site", "received_ms", "total_e4", "sharp_e4", "peak_e4",
                                            "flat_e4", "valley_e4"})),
      meter_day_(session, insert("meter_day", {"meter", "day", "organisation", "site", "quantity_e4", "amount_micro_yuan", "hours"})),
      site_day_(session,
                insert("site_day", {"site", "day", "organisation", "readings", "quantity_e4", "deducted_micro_yuan",
                                    "recharged_micro_yuan", "sharp_e4", "peak_e4", "flat_e4", "valley_e4", "water_e4", "water_micro_yuan"}) +
                    " ON CONFLICT(site, day) DO UPDATE SET readings = site_day.readings + excluded.readings,"
                    " quantity_e4 = site_day.quantity_e4 + excluded.quantity_e4,"
                    " deducted_micro_yuan = site_day.deducted_micro_yuan + excluded.deducted_micro_yuan,"
                    " recharged_micro_yuan = site_day.recharged_micro_yuan + excluded.recharged_micro_yuan,"
                    " sharp_e4 = site_day.sharp_e4 + excluded.sharp_e4, peak_e4 = site_day.peak_e4 + excluded.peak_e4,"
                    " flat_e4 = site_day.flat_e4 + excluded.flat_e4, valley_e4 = site_day.valley_e4 + excluded.valley_e4,"
                    " water_e4 = site_day.water_e4 + excluded.water_e4, water_micro_yuan = site_day.water_micro_yuan + excluded.water_micro_yuan"),
      meter_sum_(session,
                 insert("meter_sum", {"meter", "span", "organisation", "site", "quantity_e4", "amount_micro_yuan"}) +
                     " ON CONFLICT(meter, span) DO UPDATE SET quantity_e4 = meter_sum.quantity_e4 + excluded.quantity_e4,"
                     " amount_micro_yuan = meter_sum.amount_micro_yuan + excluded.amount_micro_yuan"),
      connection_(session, insert("connection_change", {"id", "organisation", "site", "gateway", "meter", "at_ms", "online"})),
      decision_(session,
                insert("reading_decision", {"id", "organisation", "site", "meter", "reading", "newest_reading", "at_ms", "from_total_e4",
                                            "billed_e4", "price_plan_version", "known_version", "known_meter_plan", "by", "note"})),
      quarantine_(session,
                  insert("quarantine", {"id", "organisation", "site", "gateway", "stream", "seq", "item", "received_ms", "reason",
                                        "payload"})),
      found_(session, upsert("found_device", {"id", "organisation", "site", "gateway", "line", "dialect", "address", "baud", "format", "total_e4", "state",
                                             "models", "meter_type", "low_byte_first", "answers", "seen_ms", "dismissed"})),
      found_forgotten_(session, "DELETE FROM found_device WHERE id = :id"),
      crossing_(session,
                insert("crossing", {"id", "organisation", "site", "meter", "at_ms", "transfer", "balance_micro_yuan", "reading_age_ms",
                                    "exemption"})),
      command_(session,
               upsert("command", {"id", "organisation", "site", "code", "meter", "gateway", "kind", "state", "cause", "by", "note",
                                  "seconds", "crossing", "reading_age_ms", "created_ms", "sent_ms", "acked_ms", "ended_ms",
                                  "expires_ms", "attempts", "counter", "reason", "escalated", "target_dc"})),
      notice_(session,
              insert("notice", {"id", "organisation", "site", "meter", "kind", "at_ms", "threshold_micro_yuan", "balance_micro_yuan"})),
      alarm_(session,
             upsert("alarm", {"id", "organisation", "site", "code", "severity", "active", "raised_ms", "cleared_ms", "gateway", "meter",
                              "line", "command", "detail"})),
      removed_meter_(session,
                     "INSERT INTO removed_meter(id, organisation, site, device, name, address, removed_ms, by)"
                     " SELECT id, organisation, site, device, name, address, :at, :by FROM meter WHERE id = :meter"),
      drop_command_(session, "DELETE FROM command WHERE meter = :meter"),
      drop_habit_(session, "DELETE FROM meter_habit WHERE meter = :meter"),
      drop_hours_(session, "DELETE FROM meter_hour WHERE meter = :meter"),
      drop_supply_(session, "DELETE FROM meter_supply WHERE meter = :meter"),
      drop_register_(session, "DELETE FROM meter_register WHERE meter = :meter"),
      drop_meter_(session, "DELETE FROM meter WHERE id = :meter"),
      drop_account_(session, "DELETE FROM account WHERE id = :account"),
      free_meter_(session, "UPDATE meter SET device = device || :suffix, address = :address, schedule = '', fee_yearly_micro_yuan = NULL, fee_paid_until = NULL WHERE id = :id"),
      leave_room_(session, "UPDATE room_meter SET until_ms = :at, until_by = :by WHERE meter = :meter AND until_ms IS NULL"),
      journal_(session, block_rows) {
  newest_account_ = newest_of(session, "account", "id");
  newest_meter_register_ = newest_of(session, "meter_register", "meter");
}

void LedgerWriter::forget() { journal_.forget(); }

void LedgerWriter::write(const Batch& batch) {
  write_removed(batch);  // first: a meter of the same name or address may follow
  write_sites(batch);
  write_plans(batch);
  write_registry(batch);
  write_money(batch);
  write_streams(batch);
  write_supply(batch);
}

void LedgerWriter::write_sites(const Batch& batch) {
  for (const Site& row : batch.sites) {
    const SiteCard& card = row.card;
    std::optional<std::int64_t> latitude, longitude;
    if (card.position) {
      latitude = card.position->latitude_e6;
      longitude = card.position->longitude_e6;
    }
    site_.write(row.owner.site, row.owner.organisation, row.code, card.name, to_string(card.kind), card.province, card.city, card.address,
                card.contact, card.phone, latitude, longitude, card.utc_offset_minutes, card.greatest_power_w, row.enabled, row.version,
                row.created, row.updated, row.removed);
  }
}

void LedgerWriter::write_plans(const Batch& batch) {
  for (const PlanVersion& row : batch.plan_versions) {
    const auto& t = row.prices.tariffs;
    plan_version_.write(row.id, row.organisation, site_or_null(row.site), row.plan, to_string(row.prices.kind), row.prices.total, t[0],
                      t[1], t[2], t[3], slots_text(row.prices.slots), to_string(row.prices.step_period), steps_text(row.prices.steps), row.since,
                      row.created, row.newest_reading, row.by);
  }
  for (const SavedPlan& row : batch.plans) {
    plan_.write(row.plan.id, row.plan.organisation, site_or_null(row.plan.site), row.plan.name, row.plan.version, row.updated, to_string(row.plan.utility));
  }
}

void LedgerWriter::write_registry(const Batch& batch) {
  for (const Gateway& row : batch.gateways) {
    gateway_.write(row.id, row.owner.organisation, row.owner.site, row.code, row.name, row.reading_minutes, row.archive_version, row.archive_acked,
                 row.counter, row.stream, row.online, row.since, row.last_event, row.created);
  }
  for (const Upgrade& row : batch.upgrades) {
    const wire::ReleaseOrder& w = row.wanted;
    upgrade_.write(row.gateway, row.owner.organisation, row.owner.site, row.release, w.order, wire::to_string(w.version), w.size, w.sha256, w.url, w.pin,
                   row.by, row.ordered, is_wanted(row), row.withdrawn, wire::to_string(row.step), row.reason, row.bytes, row.at);
  }
  for (const Line& row : batch.lines) line_.write(row.id, row.owner.organisation, row.owner.site, row.gateway, row.code, row.uri);
  const std::int64_t newest_account = newest_account_;
  for (const SavedAccount& row : batch.accounts) {
    if (row.account.id <= newest_account) {
      account_update_.write(row.account.balance, row.account.remainder_nano, row.account.newest_transfer, row.account.id);
      continue;
    }
    newest_account_ = std::max(newest_account_, row.account.id);
    account_.write(row.account.id, row.owner.organisation, row.owner.site, to_string(row.account.kind), row.account.balance,
                 row.account.remainder_nano, row.account.newest_transfer);
  }
  // Before meters that take a freed address.
  for (const DeviceChange& row : batch.device_changes) device_.write(row.address, row.baud, profile_text(row.profile), row.line, row.meter);
  for (const MeterCard& row : batch.meters) {
    const SupplySettings& s = row.settings;
    const auto& t = row.start_tariffs;
    meter_.write(row.id, row.owner.organisation, row.owner.site, row.gateway, row.line, row.device, row.name, row.room, row.address,
               row.baud, profile_text(row.profile), to_string(s.mode), row.plan, s.alarm_1, s.alarm_2, s.overdraft, s.auto_trip,
               limit(s, &QuantityLimits::alarm_1), limit(s, &QuantityLimits::alarm_2), limit(s, &QuantityLimits::overdraft), row.account, row.start_total, tariff(t, 0), tariff(t, 1), tariff(t, 2), tariff(t, 3), row.registered,
               wire::to_string(row.kind), row.valve, row.dispatch.wanted, row.dispatch.version);
  }
  for (const SavedDispatch& row : batch.dispatches) dispatch_.write(row.dispatch.wanted, row.dispatch.version, row.meter);
  for (const SettingsChange& row : batch.settings) {
    const SupplySettings& s = row.settings;
    meter_settings_.write(row.name, row.room, to_string(s.mode), s.alarm_1, s.alarm_2, s.overdraft, s.auto_trip, limit(s, &QuantityLimits::alarm_1),
                          limit(s, &QuantityLimits::alarm_2), limit(s, &QuantityLimits::overdraft), row.meter);
  }
  for (const SavedSchedule& row : batch.schedules) schedule_.write(schedule_text(row.schedule), row.meter);
  for (const SavedFee& row : batch.fees) {
    std::optional<base::Money> yearly;
    std::optional<std::int64_t> until;
    if (row.fee) {
      yearly = row.fee->yearly;
      until = row.fee->paid_until;
    }
    fee_.write(yearly, until, row.meter);
  }
  for (const SavedHabit& row : batch.habits) {
    habit_.write(row.meter, row.owner.organisation, row.owner.site, row.habit.usual_day, row.habit.days, row.habit.idle_days, row.habit.wet_nights);
  }
  for (const SavedHours& row : batch.hours) {
    hours_.write(row.meter, row.owner.organisation, row.owner.site, row.day, row.hours.hour, Bytes{row.hours.finished});
  }
  for (const PlanChange& row : batch.plan_changes) meter_plan_.write(row.plan, row.meter);
  for (const MeterPlan& row : batch.meter_plans) {
    plan_change_.write(row.id, row.owner.organisation, row.owner.site, row.meter, row.plan, row.before, row.from, row.created,
                       row.newest_reading, row.by);
  }
}

void LedgerWriter::write_money(const Batch& batch) {
  for (const StoredTransfer* moved : journal_.write(batch)) {
    const StoredTransfer& row = *moved;
    transfer_.write(row.id, row.owner.organisation, row.owner.site, static_cast<int>(row.kind), row.debit, row.credit, row.amount,
                  row.at, row.meter, row.previous, row.balance, row.reading, row.plan_version, row.quantity, row.nano_yuan);
  }
  for (const StoredRecharge& row : batch.recharges) {
    recharge_.write(row.id, row.owner.organisation, row.owner.site, row.key, row.meter, row.transfer, row.at, row.amount,
                  to_string(row.method), row.note, row.by);
  }
  write_households(batch);
  for (const ReadingDecision& row : batch.decisions) {
    decision_.write(row.id, row.owner.organisation, row.owner.site, row.meter, row.reading, row.newest_reading, row.at, row.from_total,
                  row.billed, row.plan_version, row.known_version, row.known_meter_plan, row.by, row.note);
  }
  const std::int64_t newest_register = newest_meter_register_;
  for (const SavedMetering& row : batch.meterings) {
    const Metering& m = row.metering;
    const auto part = [&m](std::size_t i) { return tariff(m.last.tariffs_known, m.last.tariffs, i); };
    if (row.meter <= newest_register) {
      meter_register_update_.write(m.newest_reading, m.last.at, m.last.total, part(0), part(1), part(2), part(3), m.last.unsplit,
                                 m.last.rollovers, m.day, m.day_quantity, m.day_amount, m.frozen_day, m.quarantined, m.last.suspect,
                                 m.price_version, m.accrued.month, m.accrued.year, m.accrued.ever, m.last.anchored, row.meter);
      continue;
    }
    newest_meter_register_ = std::max(newest_meter_register_, row.meter);
    meter_register_.write(row.meter, row.owner.organisation, row.owner.site, m.newest_reading, m.last.at, m.last.total, part(0), part(1),
                        part(2), part(3), m.last.unsplit, m.last.rollovers, m.day, m.day_quantity, m.day_amount, m.frozen_day,
                        m.quarantined, m.last.suspect, m.price_version, m.accrued.month, m.accrued.year, m.accrued.ever, m.last.anchored);
  }
  for (const DayRegister& row : batch.day_registers) {
    const auto& t = row.tariffs;
    day_register_.write(row.meter, row.day, row.owner.organisation, row.owner.site, row.received, row.total, tariff(t, 0), tariff(t, 1),
                      tariff(t, 2), tariff(t, 3));
  }
  for (const MeterDay& row : batch.meter_days) {
    const auto hours = row.hours ? std::optional(Bytes{*row.hours}) : std::nullopt;
    meter_day_.write(row.meter, row.day, row.owner.organisation, row.owner.site, row.quantity, row.amount, hours);
    for (const std::int64_t span : {month_of(row.day) / 100, month_of(row.day)}) {
      meter_sum_.write(row.meter, span, row.owner.organisation, row.owner.site, row.quantity, row.amount);
    }
  }
  for (const SiteDay& row : batch.site_days) {
    site_day_.write(row.owner.site, row.day, row.owner.organisation, row.readings, row.quantity, row.deducted, row.recharged,
                    row.tariffs[0], row.tariffs[1], row.tariffs[2], row.tariffs[3], row.water, row.water_deducted);
  }
  for (const ConnectionChange& row : batch.connections) {
    connection_.write(row.id, row.owner.organisation, row.owner.site, row.gateway, row.meter, row.at, row.online);
  }
}

void LedgerWriter::write_households(const Batch& batch) {
  const auto part = [](const RegisterStand& stand, std::size_t i) { return tariff(stand.tariffs, i); };
  for (const Opening& row : batch.openings) {
    const Household& h = row.household;
    const RegisterStand& s = row.start;
    opening_.write(row.owner.organisation, row.owner.site, row.key, row.id, row.meter, h.customer, h.mobile, h.unit, to_string(h.settlement_method),
                   h.voltage, h.opened_on, h.area, h.address, h.note, s.at, s.total, part(s, 0), part(s, 1), part(s, 2), part(s, 3), row.billed,
                   row.recharge, row.adjustment, row.at, row.by, row.steps_anew);
  }
  for (const Settlement& row : batch.settlements) {
    const RegisterStand& f = row.from;
    const RegisterStand& t = row.to;
    settlement_.write(row.owner.organisation, row.owner.site, row.key, row.id, row.meter, row.opening, row.transfer, row.at, f.at, f.total, part(f, 0),
                      part(f, 1), part(f, 2), part(f, 3), t.at, t.total, part(t, 0), part(t, 1), part(t, 2), part(t, 3), row.billed, row.quantity,
                      row.fee, row.recharged, row.adjusted, row.balance, to_string(row.method), row.closes, row.note, row.recharge, row.adjustment,
                      row.by);
  }
  for (const RegisterChange& row : batch.register_changes) {
    const RegisterStand& l = row.last;
    const RegisterStand& n = row.next;
    register_change_.write(row.owner.organisation, row.owner.site, row.key, row.id, row.meter, to_string(row.kind), l.at, l.total, part(l, 0), part(l, 1), part(l, 2),
                           part(l, 3), n.total, part(n, 0), part(n, 1), part(n, 2), part(n, 3), row.billed, row.transfer, row.plan_version, row.newest_reading,
                           row.decision, row.known_version, row.known_meter_plan, row.at, row.note, row.by);
  }
  for (const FeePayment& row : batch.fee_payments) {
    fee_payment_.write(row.owner.organisation, row.owner.site, row.key, row.id, row.meter, row.years, row.amount, row.paid_from, row.paid_until,
                       to_string(row.method), row.received, row.passed_on, row.at, row.note, row.by);
  }
  for (const Adjustment& row : batch.adjustments) {
    adjustment_.write(row.id, row.owner.organisation, row.owner.site, row.key, row.meter, row.transfer, row.at, row.amount, row.note, row.by);
  }
}

void LedgerWriter::write_streams(const Batch& batch) {
  for (const Stream& row : batch.streams) {
    stream_.write(row.id, row.owner.organisation, row.owner.site, row.gateway, row.epoch, row.last_seq, row.started);
  }
  for (const Quarantined& row : batch.quarantined) {
    quarantine_.write(row.id, row.owner.organisation, row.owner.site, row.gateway, row.origin.stream, row.origin.seq, row.origin.item,
                    row.received, row.reason, row.payload);
  }
  for (const std::int64_t id : batch.found_forgotten) found_forgotten_.write(id);
  for (const Found& row : batch.found) {
    const wire::FoundDevice& device = row.device;
    found_.write(row.id, row.owner.organisation, row.owner.site, row.gateway, row.line, device.dialect, device.address, device.baud, device.format, device.total,
                 device.state, models_text(device.models), device.meter_type, device.low_byte_first, device.answers, row.seen, row.dismissed);
  }
}

void LedgerWriter::write_supply(const Batch& batch) {
  for (const Crossing& row : batch.crossings) {
    crossing_.write(row.id, row.owner.organisation, row.owner.site, row.meter, row.at, row.transfer, row.balance, row.reading_age,
                  text_or_null(row.exemption));
  }
  for (const SavedCommand& row : batch.commands) {
    const Command& c = row.command;
    command_.write(c.id, row.owner.organisation, row.owner.site, c.code, c.meter, row.gateway, wire::to_string(c.kind),
                 to_string(c.state), to_string(c.cause), c.by, c.note, c.seconds, c.crossing, c.reading_age, c.created, c.sent,
                 c.acked, c.ended, c.expires, c.attempts, c.counter, c.reason, c.escalated, c.target_dc);
  }
  for (const SavedSupply& row : batch.supplies) {
    const SupplyRecord& s = row.supply;
    const std::optional<std::int64_t> temperature = s.hot_water ? std::optional(s.hot_water->temperature_dc) : std::nullopt;
    meter_supply_.write(row.meter, row.owner.organisation, row.owner.site, s.moved, s.forced,
                      std::string_view(s.reason == WantedReason::none ? "closed" : "open"), to_string(s.reason),
                      to_string(s.ordered), s.awaiting_read, s.crossing, s.warned.first, s.warned.second, s.keep_power_wanted,
                      s.keep_power, wire::to_string(s.relay), s.reported, s.reachable, s.clock_offset_s, s.pending_command,
                      to_string(s.account), s.scheduled, s.unpaid, temperature, s.hot_water ? s.hot_water->target_dc : std::nullopt,
                      s.hot_water && s.hot_water->automatic, wire::to_string(s.hot_water ? s.hot_water->temperature_valve : wire::Valve::unknown), s.hot_water_at);
  }
  for (const Notice& row : batch.notices) {
    notice_.write(row.id, row.owner.organisation, row.owner.site, row.meter, std::string_view(row.second ? "alarm_2" : "alarm_1"),
                row.at, row.threshold, row.balance);
  }
  for (const Alarm& row : batch.alarms) {
    alarm_.write(row.id, row.owner.organisation, row.owner.site, row.code, std::string_view(row.critical ? "critical" : "warning"),
               row.active, row.raised, row.cleared, row.gateway, row.meter, row.line, row.command, row.detail);
  }
}

void LedgerWriter::write_removed(const Batch& batch) {
  for (const RemovedMeter& row : batch.removed_meters) {
    removed_meter_.write(row.at, row.by, row.id);
    if (row.keeps_books) {
      // Without its supply row it is in no list, and it is not loaded. '~' is in no id and in no address.
      const std::string digits = std::to_string(row.id);
      drop_supply_.write(row.id);
      drop_habit_.write(row.id);
      leave_room_.write(row.at, row.by, row.id);
      free_meter_.write("~" + digits, "~" + std::string(11 - std::min<std::size_t>(11, digits.size()), '0') + digits, row.id);
      continue;
    }
    for (Statement* drop : {&drop_command_, &drop_habit_, &drop_hours_, &drop_supply_, &drop_register_, &drop_meter_}) drop->write(row.id);
    drop_account_.write(row.account);
  }
}

}  // namespace anju::platform
