#include "platform/store/ledger_load.hpp"

#include <soci/soci.h>

#include <algorithm>
#include <future>
#include <map>
#include <span>
#include <thread>

#include "platform/store/found_devices.hpp"
#include "platform/store/prices.hpp"
#include "platform/store/reader.hpp"
#include "platform/store/upgrade_rows.hpp"

namespace anju::platform {
namespace {

void load_registry(soci::session& session, Loaded& loaded) {
  each_row(session,
           17, "SELECT organisation, id, code, name, kind, province, city, address, contact, phone, latitude_e6, longitude_e6,"
           " utc_offset_minutes, greatest_power_w, enabled, version, created_ms FROM site WHERE removed_ms IS NULL",
           [&](Select& row) {
             Site& site = loaded.sites.emplace_back();
             site.owner = row.owner();
             site.code = row.text();
             site.card.name = row.text();
             site.card.kind = row.word<PlaceKind>(kPlaceKinds);
             for (std::string* text : {&site.card.province, &site.card.city, &site.card.address, &site.card.contact, &site.card.phone})
               *text = row.text();
             const auto latitude = row.maybe(), longitude = row.maybe();
             if (latitude && longitude) site.card.position = {static_cast<std::int32_t>(*latitude), static_cast<std::int32_t>(*longitude)};
             site.card.utc_offset_minutes = static_cast<std::int32_t>(row.integer());
             site.card.greatest_power_w = row.integer();
             site.enabled = row.flag();
             site.version = row.integer();
             site.created = row.time();
           });
  each_row(session,
           14, "SELECT id, organisation, site, code, name, reading_minutes, archive_version, archive_acked, counter, stream, online, since_ms,"
           " last_event_ms, created_ms FROM gateway ORDER BY id",
           [&](Select& row) {
             Gateway& g = loaded.gateways.emplace_back();
             g.id = row.integer();
             g.owner = row.owner();
             g.code = row.text();
             g.name = row.text();
             g.reading_minutes = row.integer();
             g.archive_version = row.integer();
             g.archive_acked = row.integer();
             g.counter = row.integer();
             g.stream = row.integer();
             g.online = row.flag();
             g.since = row.time();
             g.last_event = row.time();
             g.created = row.time();
           });
  each_row(session, 6, "SELECT id, organisation, site, gateway, code, uri FROM line ORDER BY id", [&](Select& row) {
    Line& line = loaded.lines.emplace_back();
    line.id = row.integer();
    line.owner = row.owner();
    line.gateway = row.integer();
    line.code = row.text();
    line.uri = row.text();
  });
  each_row(session, 7, "SELECT id, organisation, site, gateway, epoch, last_seq, started_ms FROM stream", [&](Select& row) {
    Stream& stream = loaded.streams.emplace_back();
    stream.id = row.integer();
    stream.owner = row.owner();
    stream.gateway = row.integer();
    stream.epoch = row.text();
    stream.last_seq = row.integer();
    stream.started = row.time();
  });
  each_row(session,
           6, "SELECT id, organisation, site, version, name, utility FROM price_plan ORDER BY id",
           [&](Select& row) {
             PricePlan& plan = loaded.plans.emplace_back();
             plan.id = row.integer();
             plan.organisation = row.integer();
             plan.site = row.integer();
             plan.version = row.integer();
             plan.name = row.text();
             plan.utility = row.word<Utility>(2);
           });
  for (PlanVersion& version : load_plan_versions(session)) {
    const auto plan = std::lower_bound(loaded.plans.begin(), loaded.plans.end(), version.plan, [](const PricePlan& p, std::int64_t id) { return p.id < id; });
    plan->history.add({version.id, version.since, std::move(version.prices)});
  }
  // Without what a later word has replaced: that one may have begun already, and would not be among them.
  loaded.meter_plans = load_meter_plans(session, " JOIN meter_register r ON r.meter = p.meter WHERE p.from_ms > r.last_ms"
                                                 " AND NOT EXISTS (SELECT 1 FROM meter_plan l WHERE l.meter = p.meter AND l.id > p.id AND l.from_ms <= p.from_ms)");
  each_row(session,
           7, "SELECT id, organisation, site, kind, balance_micro_yuan, remainder_nano_yuan, newest_transfer FROM account"
           " WHERE kind <> 'meter'",
           [&](Select& row) {
             SavedAccount& saved = loaded.site_accounts.emplace_back();
             saved.account.id = row.integer();
             saved.owner = row.owner();
             saved.account.kind = row.word<AccountKind>(kAccountKinds);
             saved.account.balance = row.money();
             saved.account.remainder_nano = static_cast<std::int16_t>(row.integer());
             saved.account.newest_transfer = row.integer();
           });
}

void read_metering(Select& row, Metering& m) {
  m.newest_reading = row.integer();
  m.last.at = row.time();
  m.last.total = row.quantity();
  const auto tariffs = row.tariffs();
  m.last.tariffs_known = tariffs.has_value();
  if (tariffs) m.last.tariffs = *tariffs;
  m.last.unsplit = row.quantity();
  m.last.rollovers = static_cast<std::int32_t>(row.integer());
  m.day = static_cast<std::int32_t>(row.integer());
  m.day_quantity = row.quantity();
  m.day_amount = row.money();
  m.frozen_day = static_cast<std::int32_t>(row.integer());
  m.quarantined = static_cast<std::int32_t>(row.integer());
  const auto suspect = row.maybe();
  if (suspect) m.last.suspect = base::Quantity(*suspect);
  m.price_version = row.integer();
  m.accrued.month = row.quantity();
  m.accrued.year = row.quantity();
  m.accrued.ever = row.quantity();
  m.last.anchored = row.time();
}

void read_supply(Select& row, SupplyRecord& s) {
  s.moved = row.flag();
  s.forced = row.flag();
  s.reason = row.word<WantedReason>(kWantedReasons);
  s.ordered = row.word<RelayOrder>(3);
  s.awaiting_read = row.flag();
  s.crossing = row.integer();
  s.warned.first = row.flag();
  s.warned.second = row.flag();
  s.keep_power_wanted = row.flag();
  s.keep_power = row.flag();
  s.relay = row.word<wire::Relay>(static_cast<int>(wire::Relay::awaiting_button) + 1);
  s.reported = row.time();
  s.reachable = row.flag();
  const auto offset = row.maybe();
  if (offset) s.clock_offset_s = static_cast<std::int32_t>(*offset);
  s.pending_command = row.integer();
  s.account = row.word<AccountState>(4);
  s.scheduled = row.flag();
  s.unpaid = row.flag();
  const auto temperature = row.maybe(), target = row.maybe();
  wire::HotWater hot_water{temperature.value_or(0), target, row.flag(), row.word<wire::Valve>(3)};
  if (temperature) s.hot_water = hot_water;
  s.hot_water_at = row.time();
}

/// Hours that do not add up to their day are forgotten: no reason not to start, and `verify` says so.
void read_hours(Select& row, MeterState& m) {
  const auto day = row.maybe();
  const auto hour = static_cast<std::int8_t>(row.integer());
  std::string finished = row.bytes();
  const bool unused = m.metering.day_quantity.e4 == 0 && m.metering.day_amount.micro_yuan == 0;
  if (day && *day == m.metering.day) {
    m.hours = {std::move(finished), hour, true};
  } else {
    m.hours.known = unused;
  }
  if (!hours_so_far(m.hours, m.metering.day_quantity, m.metering.day_amount)) m.hours = {{}, 0, false};
}

MeterAddress address_of(const std::string& text) {
  const auto address = MeterAddress::parse(text);
  if (!address) throw soci::soci_error("a meter's address does not read: " + text);
  return *address;
}

constexpr const char* kMeters =
    "SELECT m.id, m.organisation, m.site, m.gateway, m.line, m.price_plan, m.baud, m.profile, m.address, m.device, m.mode,"
    " m.auto_trip, m.alarm_1_micro_yuan, m.alarm_2_micro_yuan, m.overdraft_micro_yuan, m.limit_1_e4, m.limit_2_e4, m.limit_overdraft_e4,"
    " a.id, a.balance_micro_yuan, a.remainder_nano_yuan, a.newest_transfer,"
    " r.newest_reading, r.last_ms, r.total_e4, r.sharp_e4, r.peak_e4, r.flat_e4, r.valley_e4, r.unsplit_e4, r.rollovers, r.day,"
    " r.day_quantity_e4, r.day_amount_micro_yuan, r.frozen_day, r.quarantined, r.suspect_e4,"
    " r.price_version, r.month_quantity_e4, r.year_quantity_e4, r.billed_e4, r.anchored_ms,"
    " s.moved, s.forced, s.wanted_reason, s.ordered, s.awaiting_read, s.crossing, s.warned_1, s.warned_2,"
    " s.keep_power_wanted, s.keep_power, s.relay, s.reported_ms, s.reachable, s.clock_offset_s, s.pending_command,"
    " s.account_state, s.scheduled, s.unpaid, s.temperature_dc, s.target_dc, s.automatic, s.temperature_valve, s.hot_water_ms,"
    " m.kind, m.valve, m.dispatched, m.dispatch_version, h.day, h.hour, h.finished"
    " FROM meter m JOIN account a ON a.id = m.account JOIN meter_register r ON r.meter = m.id"
    " JOIN meter_supply s ON s.meter = m.id LEFT JOIN meter_hour h ON h.meter = m.id";
constexpr std::size_t kMeterColumns = 72;

/// Meters of neighbouring ids, with the profiles that occur among them.
struct Part {
  std::int64_t from = 0, to = 0;  ///< from <= id < to
  std::span<MeterState> meters;
  std::vector<std::string> profiles;
};

void load_part(soci::session& session, Part& part) {
  std::size_t at = 0;
  std::map<std::string, std::int32_t, std::less<>> known;
  each_row(session, kMeterColumns,
           std::string(kMeters) + " WHERE m.id >= " + std::to_string(part.from) + " AND m.id < " + std::to_string(part.to) + " ORDER BY m.id",
           [&](Select& row) {
             if (at == part.meters.size()) throw soci::soci_error("meters came while they were loaded");
             MeterState& m = part.meters[at++];
             m.id = row.integer();
             m.owner = row.owner();
             m.gateway = static_cast<std::int32_t>(row.integer());
             m.line = static_cast<std::int32_t>(row.integer());
             m.plan = static_cast<std::int32_t>(row.integer());
             m.baud = static_cast<std::int32_t>(row.integer());
             const std::string profile = row.text();
             auto place = known.find(profile);
             if (place == known.end()) {
               place = known.emplace(profile, static_cast<std::int32_t>(part.profiles.size())).first;
               part.profiles.push_back(profile);
             }
             m.profile = place->second;
             m.address = address_of(row.text());
             m.device = base::DeviceId(row.text());
             m.settings.mode = row.word<MeterMode>(2);
             m.settings.auto_trip = row.flag();
             m.settings.alarm_1 = row.money();
             m.settings.alarm_2 = row.money();
             m.settings.overdraft = row.money();
             const auto limit_1 = row.maybe(), limit_2 = row.maybe(), limit_overdraft = row.maybe();
             if (limit_1 && limit_2 && limit_overdraft) {
               m.settings.by_quantity = {base::Quantity(*limit_1), base::Quantity(*limit_2), base::Quantity(*limit_overdraft)};
             }
             m.account.id = row.integer();
             m.account.balance = row.money();
             m.account.remainder_nano = static_cast<std::int16_t>(row.integer());
             m.account.newest_transfer = row.integer();
             read_metering(row, m.metering);
             read_supply(row, m.supply);
             m.kind = row.word<wire::MeterKind>(3);
             m.valve = row.flag();
             m.dispatch.wanted = row.flag();
             m.dispatch.version = row.integer();
             read_hours(row, m);
           });
  if (at != part.meters.size()) throw soci::soci_error("a meter lacks its account, register or supply");
}

/// With many meters on several connections at once: nobody but the ledger, which is being loaded, writes what is read here.
void load_meters(soci::session& session, const std::string& url, Loaded& loaded) {
  constexpr std::int64_t kWorthAThread = 50'000;
  constexpr std::int64_t kMostThreads = 4;
  std::int64_t count = 0, most = 0;
  each_row(session, 2, "SELECT count(*), coalesce(max(meter), 0) FROM meter_supply", [&](Select& row) {
    count = row.integer();
    most = row.integer();
  });
  loaded.meters.resize(static_cast<std::size_t>(count));
  const auto processors = static_cast<std::int64_t>(std::thread::hardware_concurrency());
  const std::int64_t threads = std::clamp(std::min(count / kWorthAThread, processors), std::int64_t{1}, kMostThreads);
  std::vector<Part> parts(static_cast<std::size_t>(threads));
  std::size_t begin = 0;
  for (std::int64_t i = 0; i < threads; ++i) {
    Part& part = parts[static_cast<std::size_t>(i)];
    part.from = most / threads * i;
    part.to = i + 1 == threads ? most + 1 : most / threads * (i + 1);
    std::size_t own = 0;
    each_row(session, 1, "SELECT count(*) FROM meter_supply WHERE meter >= " + std::to_string(part.from) + " AND meter < " + std::to_string(part.to),
             [&own](Select& row) { own = static_cast<std::size_t>(row.integer()); });
    part.meters = std::span(loaded.meters).subspan(begin, own);
    begin += own;
  }
  std::vector<std::future<void>> others;
  for (std::size_t i = 1; i < parts.size(); ++i) {
    others.push_back(std::async(std::launch::async, [&part = parts[i], &url] {
      soci::session own;
      engine_for(url)->open(own, url, true);
      soci::transaction reading(own);
      load_part(own, part);
    }));
  }
  load_part(session, parts.front());
  for (auto& other : others) other.get();

  // The newest opening that no settlement has closed.
  auto meter = loaded.meters.begin();
  each_row(session, 2,
           "SELECT meter, max(id) FROM opening WHERE id NOT IN (SELECT opening FROM settlement WHERE closes = 1) GROUP BY meter ORDER BY meter",
           [&](Select& row) {
             const std::int64_t id = row.integer(), opening = row.integer();
             meter = std::lower_bound(meter, loaded.meters.end(), id, [](const MeterState& m, std::int64_t wanted) { return m.id < wanted; });
             if (meter != loaded.meters.end() && meter->id == id) meter->opening = opening;
           });

  std::map<std::string, std::int32_t> shared;
  for (Part& part : parts) {
    std::vector<std::int32_t> places;
    for (const std::string& profile : part.profiles) {
      const auto [place, added] = shared.try_emplace(profile, static_cast<std::int32_t>(loaded.profiles.size()));
      if (added) loaded.profiles.push_back(parse_profile(profile));
      places.push_back(place->second);
    }
    for (MeterState& meter : part.meters) meter.profile = places[static_cast<std::size_t>(meter.profile)];
  }
}

void load_switching(soci::session& session, Loaded& loaded) {
  auto meter = loaded.meters.begin();  // both by id
  each_row(session, 5, "SELECT meter, usual_day_e4, days, idle_days, wet_nights FROM meter_habit ORDER BY meter", [&](Select& row) {
    const std::int64_t id = row.integer();
    Habit habit;
    habit.usual_day = row.quantity();
    habit.days = static_cast<std::int16_t>(row.integer());
    habit.idle_days = static_cast<std::int16_t>(row.integer());
    habit.wet_nights = static_cast<std::int16_t>(row.integer());
    while (meter != loaded.meters.end() && meter->id < id) ++meter;
    if (meter != loaded.meters.end() && meter->id == id) meter->habit = habit;
  });
  each_row(session, 2, "SELECT id, schedule FROM meter WHERE schedule <> ''", [&](Select& row) {
    const std::int64_t meter = row.integer();
    auto schedule = parse_schedule(row.text());
    if (!schedule) throw soci::soci_error("unknown schedule in the database, meter " + std::to_string(meter));
    loaded.schedules.push_back({meter, std::move(*schedule)});
  });
  each_row(session, 3, "SELECT id, fee_yearly_micro_yuan, fee_paid_until FROM meter WHERE fee_yearly_micro_yuan IS NOT NULL", [&](Select& row) {
    const std::int64_t meter = row.integer();
    const base::Money yearly = row.money();
    loaded.fees.push_back({meter, AnnualFee{yearly, static_cast<std::int32_t>(row.integer())}});
  });
}

void load_alarms(soci::session& session, Loaded& loaded) {
  each_row(session,
           11, "SELECT id, organisation, site, code, severity = 'critical', raised_ms, gateway, meter, command, line, detail FROM alarm"
           " WHERE active = 1",
           [&](Select& row) {
             Alarm& alarm = loaded.active_alarms.emplace_back();
             alarm.id = row.integer();
             alarm.owner = row.owner();
             alarm.code = row.text();
             alarm.critical = row.flag();
             alarm.raised = row.time();
             alarm.gateway = row.integer();
             alarm.meter = row.integer();
             alarm.command = row.integer();
             alarm.line = row.text();
             alarm.detail = row.text();
           });
}

void load_found(soci::session& session, Loaded& loaded) {
  each_row(session,
           17, "SELECT id, organisation, site, gateway, line, dialect, address, baud, format, total_e4, state, models, meter_type, low_byte_first,"
           " answers, seen_ms, dismissed FROM found_device ORDER BY id",
           [&](Select& row) {
             Found& found = loaded.found.emplace_back();
             found.id = row.integer();
             found.owner = row.owner();
             found.gateway = row.integer();
             found.line = row.text();
             found.device = read_found_device(row);
             found.seen = row.time();
             found.dismissed = row.flag();
           });
}

void load_upgrades(soci::session& session, Loaded& loaded) {
  each_row(session, kUpgradeColumns, std::string("SELECT ") + kUpgrade + " FROM gateway_upgrade u ORDER BY u.gateway",
           [&](Select& row) { loaded.upgrades.push_back(read_upgrade(row)); });
}

void load_newest(soci::session& session, Newest& newest) {
  const auto of = [&session](const std::string& table, std::int64_t& id) {
    long long value = 0;
    session << "SELECT coalesce(max(id), 0) FROM " + table, soci::into(value);
    id = value;
  };
  of("gateway", newest.gateway);
  of("line", newest.line);
  of("stream", newest.stream);
  of("price_plan", newest.plan);
  of("price_plan_version", newest.plan_version);
  of("account", newest.account);
  of("meter", newest.meter);
  std::int64_t removed = 0;
  of("removed_meter", removed);
  newest.meter = std::max(newest.meter, removed);
  of("transfer", newest.transfer);
  for (const char* table : {"reading_block", "reading_tail"}) {
    each_row(session, 1, std::string("SELECT id + readings - 1 FROM ") + table + " ORDER BY id DESC LIMIT 1",
             [&](Select& row) { newest.reading = std::max(newest.reading, std::int64_t{row.integer()}); });
    each_row(session, 1, std::string("SELECT last_transfer FROM ") + table + " WHERE first_transfer IS NOT NULL ORDER BY first_transfer DESC LIMIT 1",
             [&](Select& row) { newest.transfer = std::max(newest.transfer, std::int64_t{row.integer()}); });
  }
  // Ids of what went are not dealt again, also when nothing came since.
  each_row(session, 2, "SELECT next_reading - 1, newest_transfer FROM reading_cut ORDER BY id DESC LIMIT 1", [&](Select& row) {
    newest.reading = std::max(newest.reading, std::int64_t{row.integer()});
    newest.transfer = std::max(newest.transfer, std::int64_t{row.integer()});
  });
  of("recharge", newest.recharge);
  of("quarantine", newest.quarantine);
  of("crossing", newest.crossing);
  of("command", newest.command);
  of("notice", newest.notice);
  of("alarm", newest.alarm);
  of("reading_decision", newest.decision);
  of("connection_change", newest.connection);
  of("site", newest.site);
  of("meter_plan", newest.meter_plan);
  of("opening", newest.opening);
  of("settlement", newest.settlement);
  of("adjustment", newest.adjustment);
  of("register_change", newest.register_change);
  of("fee_payment", newest.fee_payment);
  of("found_device", newest.found);
}

SavedCommand read_command(Select& row) {
  SavedCommand saved;
  Command& c = saved.command;
  c.id = row.integer();
  saved.owner = row.owner();
  c.code = row.text();
  c.meter = row.integer();
  saved.gateway = row.integer();
  const auto kind = wire::parse_command_kind(row.text());
  if (!kind) throw soci::soci_error("unknown kind of command in the database");
  c.kind = *kind;
  c.state = row.word<CommandState>(7);
  c.cause = row.word<CommandCause>(kCommandCauses);
  c.by = row.text();
  c.note = row.text();
  c.seconds = row.integer();
  c.crossing = row.integer();
  c.reading_age = base::Millis(row.integer());
  c.created = row.time();
  c.sent = row.maybe_time();
  c.acked = row.maybe_time();
  c.ended = row.maybe_time();
  c.expires = row.time();
  c.attempts = static_cast<std::int32_t>(row.integer());
  c.counter = row.integer();
  c.reason = row.text();
  c.escalated = row.flag();
  c.target_dc = row.integer();
  return saved;
}

}  // namespace

std::vector<SavedCommand> load_commands(soci::session& session, const std::string& where) {
  std::vector<SavedCommand> found;
  each_row(session, 24,
           "SELECT id, organisation, site, code, meter, gateway, kind, state, cause, by, note, seconds, crossing, reading_age_ms,"
           " created_ms, sent_ms, acked_ms, ended_ms, expires_ms, attempts, counter, reason, escalated, target_dc FROM command WHERE " + where +
               " ORDER BY id",
           [&](Select& row) { found.push_back(read_command(row)); });
  return found;
}

Loaded load_ledger(soci::session& session, const std::string& url) {
  Loaded loaded;
  load_registry(session, loaded);
  load_meters(session, url, loaded);
  loaded.open_commands = load_commands(session, "state IN ('queued', 'sent', 'acked')");
  load_switching(session, loaded);
  load_alarms(session, loaded);
  load_found(session, loaded);
  load_upgrades(session, loaded);
  load_newest(session, loaded.newest);
  return loaded;
}

}  // namespace anju::platform
