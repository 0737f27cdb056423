#include <algorithm>

#include "platform/domain/alarm.hpp"
#include "platform/domain/ledger_impl.hpp"
#include "protocols/wire/detail.hpp"

namespace anju::platform {

std::string_view to_string(Ask ask) {
  switch (ask) {
    case Ask::trip: return "trip";
    case Ask::release: return "release";
    case Ask::keep_power_on: return "keep_power_on";
    case Ask::keep_power_off: return "keep_power_off";
    case Ask::read: return "read";
    case Ask::set_clock: return "set_clock";
    case Ask::live: return "live";
  }
  return "read";
}

namespace {

constexpr base::Money kGreatestThreshold{1'000'000'000'000};
constexpr std::size_t kMostName = 240;  // 60 characters of up to four bytes
constexpr std::size_t kMostNote = 800;
constexpr std::string_view kAutomatic = "auto-";  // how the ledger's own commands are named

base::Result<> check(const SupplySettings& settings) {
  const auto fits = [](base::Money money) { return money <= kGreatestThreshold && -kGreatestThreshold <= money; };
  if (settings.overdraft.micro_yuan < 0 || !fits(settings.overdraft)) return base::fail(Errc::bad_field, "overdraft");
  if (!fits(settings.alarm_1)) return base::fail(Errc::bad_field, "alarm_1");
  if (!fits(settings.alarm_2) || settings.alarm_2 < -settings.overdraft) return base::fail(Errc::bad_field, "alarm_2");
  if (settings.alarm_1 <= settings.alarm_2) return base::fail(Errc::bad_field, "alarm_1");
  return {};
}

base::Result<> check_text(const std::string& text, std::size_t least, std::size_t most, std::string field) {
  if (text.size() < least || text.size() > most) return base::fail(Errc::bad_field, std::move(field));
  return {};
}

base::Result<> check(const StartReading& start) {
  const auto fits = [](base::Quantity value) { return value.e4 >= 0 && value < kDialSpan; };
  bool ok = fits(start.total);
  if (start.tariffs) ok = ok && std::all_of(start.tariffs->begin(), start.tariffs->end(), fits);
  if (!ok) return base::fail(Errc::bad_field, "start_reading");
  return {};
}

bool is_address(std::string_view text) {
  return text.size() == 12 && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

wire::CommandKind kind_of(Ask ask) {
  switch (ask) {
    case Ask::trip: return wire::CommandKind::trip;
    case Ask::release: return wire::CommandKind::close;
    case Ask::keep_power_on: return wire::CommandKind::keep_power_on;
    case Ask::keep_power_off: return wire::CommandKind::keep_power_off;
    case Ask::read: return wire::CommandKind::read;
    case Ask::set_clock: return wire::CommandKind::set_clock;
    case Ask::live: return wire::CommandKind::live;
  }
  return wire::CommandKind::read;
}

Answer answer(const Command& command) { return Ordered{command.id, command.code, command.state, command.reason}; }

}  // namespace

MeterState* Ledger::Impl::find_meter(std::int64_t organisation, std::int64_t id) {
  MeterState* meter = find_meter(id);
  return meter != nullptr && meter->owner.organisation == organisation ? meter : nullptr;
}

PricePlan* Ledger::Impl::find_plan(std::int64_t organisation, std::int64_t site, std::int64_t id) {
  const auto found = plans.find(id);
  if (found == plans.end() || found->second.organisation != organisation) return nullptr;
  return found->second.site == 0 || found->second.site == site ? &found->second : nullptr;
}

std::int32_t Ledger::Impl::share_profile(const wire::MeterProfile& profile) {
  const auto found = std::find(profiles.begin(), profiles.end(), profile);
  if (found != profiles.end()) return static_cast<std::int32_t>(found - profiles.begin());
  profiles.push_back(profile);
  return static_cast<std::int32_t>(profiles.size() - 1);
}

Outcome Ledger::Impl::decide(const Order& order, const RegisterMeter& what, base::UtcMillis now) {
  const auto by_code = gateway_by_code.find(what.gateway);
  GatewayState* gateway = by_code == gateway_by_code.end() ? nullptr : gateways[by_code->second].get();
  if (gateway == nullptr || gateway->row.owner.organisation != order.organisation) return base::fail(Errc::not_found, "gateway");
  const auto line = std::find_if(gateway->lines.begin(), gateway->lines.end(), [&](const Line& l) { return l.code == what.line; });
  if (line == gateway->lines.end()) return base::fail(Errc::not_found, "line");
  const Owner owner = gateway->row.owner;
  if (find_plan(owner.organisation, owner.site, what.price_plan) == nullptr) return base::fail(Errc::not_found, "price_plan");
  if (!base::is_id(what.device)) return base::fail(Errc::bad_field, "device");
  if (!is_address(what.address)) return base::fail(Errc::bad_field, "address");
  if (what.baud && (*what.baud < 300 || *what.baud > 115'200)) return base::fail(Errc::bad_field, "baud");
  if (auto ok = check_text(what.name, 1, kMostName, "name"); !ok) return base::pass(ok);
  if (auto ok = check_text(what.room, 0, kMostName, "room"); !ok) return base::pass(ok);
  if (auto ok = check(what.settings); !ok) return base::pass(ok);
  if (auto ok = check(what.start); !ok) return base::pass(ok);
  if (gateway->meters.size() >= kMetersPerGateway) return base::fail(Errc::too_many, "meters of a gateway");
  if (gateway->site->devices.contains(what.device)) return base::fail(Errc::conflict, "device");
  const std::int64_t address = std::stoll(what.address);
  for (const MeterIndex index : gateway->meters) {
    if (meters[index].line == line->id && meters[index].address == address) return base::fail(Errc::conflict, "address");
  }

  MeterState meter;
  meter.id = ++newest.meter;
  meter.owner = owner;
  meter.gateway = static_cast<std::int32_t>(gateway->row.id);
  meter.line = static_cast<std::int32_t>(line->id);
  meter.plan = static_cast<std::int32_t>(what.price_plan);
  meter.baud = static_cast<std::int32_t>(what.baud.value_or(0));
  meter.profile = share_profile(what.profile);
  meter.address = address;
  meter.device = base::DeviceId(what.device);
  meter.settings = what.settings;
  meter.account.id = ++newest.account;
  meter.metering.last.at = now;
  meter.metering.last.total = what.start.total;
  meter.metering.last.tariffs_known = what.start.tariffs.has_value();
  if (what.start.tariffs) meter.metering.last.tariffs = *what.start.tariffs;
  meter.metering.day = day_of(now, gateway->site->site.utc_offset_minutes);

  batch.meters.push_back({meter.id, owner, gateway->row.id, line->id, what.device, what.name, what.room, what.address, what.baud,
                          what.profile, what.price_plan, what.settings, meter.account.id, what.start.total,
                          what.start.tariffs, now});
  ++gateway->row.archive_version;
  gateway->dirty = gateway->archive_due = gateway->changed = true;
  add_meter(std::move(meter));
  touch(meters.back(), kMetering | kSupply | kAccount);
  return Answer(Created{meters.back().id});
}

Outcome Ledger::Impl::decide(const Order& order, const CreateGateway& what, base::UtcMillis now) {
  const auto site = std::find_if(sites.begin(), sites.end(), [&](const auto& entry) {
    return entry.second.site.code == what.site && entry.second.site.owner.organisation == order.organisation;
  });
  if (site == sites.end()) return base::fail(Errc::not_found, "site");
  if (!base::is_id(what.id)) return base::fail(Errc::bad_field, "id");
  if (auto ok = check_text(what.name, 1, kMostName, "name"); !ok) return base::pass(ok);
  if (what.reading_minutes < 1 || what.reading_minutes > 1440) return base::fail(Errc::bad_field, "reading_minutes");
  if (what.lines.size() > kLinesPerGateway) return base::fail(Errc::too_many, "lines");
  for (std::size_t i = 0; i < what.lines.size(); ++i) {
    const std::string place = "lines[" + std::to_string(i) + "]";
    if (!base::is_id(what.lines[i].id.value)) return base::fail(Errc::bad_field, place + ".id");
    if (what.lines[i].uri.empty() || what.lines[i].uri.size() > wire::kMaxText) return base::fail(Errc::bad_field, place + ".uri");
    for (std::size_t k = 0; k < i; ++k) {
      if (what.lines[k].id == what.lines[i].id) return base::fail(Errc::bad_field, place + ".id");
    }
  }
  if (gateway_by_code.contains(what.id)) return base::fail(Errc::conflict, "id");

  auto gateway = std::make_unique<GatewayState>();
  gateway->site = &site->second;
  Gateway& row = gateway->row;
  row.id = ++newest.gateway;
  row.owner = site->second.site.owner;
  row.code = what.id;
  row.name = what.name;
  row.reading_minutes = what.reading_minutes;
  row.created = now;
  for (const wire::ArchiveLine& line : what.lines) {
    gateway->lines.push_back({++newest.line, row.owner, row.id, line.id.value, line.uri});
    batch.lines.push_back(gateway->lines.back());
  }
  gateway->dirty = gateway->archive_due = gateway->changed = true;
  gateway_index[row.id] = gateways.size();
  gateway_by_code[row.code] = gateways.size();
  gateways.push_back(std::move(gateway));
  return Answer(Created{gateways.back()->row.id});
}

Outcome Ledger::Impl::decide(const Order& order, const ChangeSettings& what, base::UtcMillis now) {
  MeterState* meter = find_meter(order.organisation, what.meter);
  if (meter == nullptr) return base::fail(Errc::not_found, "meter");
  if (auto ok = check_text(what.name, 1, kMostName, "name"); !ok) return base::pass(ok);
  if (what.room && what.room->size() > kMostName) return base::fail(Errc::bad_field, "room");
  if (auto ok = check(what.settings); !ok) return base::pass(ok);
  meter->settings = what.settings;
  batch.settings.push_back({meter->id, what.name, what.room, what.settings});
  touch(*meter, kSupply);
  settle(*meter, CommandCause::person, now);
  return Answer(Done{});
}

Outcome Ledger::Impl::decide(const Order& order, const ChangePricePlan& what, base::UtcMillis) {
  MeterState* meter = find_meter(order.organisation, what.meter);
  if (meter == nullptr) return base::fail(Errc::not_found, "meter");
  if (find_plan(order.organisation, meter->owner.site, what.price_plan) == nullptr) return base::fail(Errc::not_found, "price_plan");
  meter->plan = static_cast<std::int32_t>(what.price_plan);
  batch.plan_changes.push_back({meter->id, what.price_plan});
  touch(*meter, kSupply);
  return Answer(Done{});
}

Outcome Ledger::Impl::decide(const Order& order, const PutPricePlan& what, base::UtcMillis now) {
  if (auto ok = check_text(what.name, 1, kMostName, "name"); !ok) return base::pass(ok);
  if (auto ok = platform::check(what.prices); !ok) return base::pass(ok);
  for (const auto& [id, plan] : plans) {
    if (id != what.plan && plan.organisation == order.organisation && plan.name == what.name) return base::fail(Errc::conflict, "name");
  }
  if (what.plan != 0) {
    const auto found = plans.find(what.plan);
    if (found == plans.end() || found->second.organisation != order.organisation) return base::fail(Errc::not_found, "price_plan");
  }
  const std::int64_t id = what.plan != 0 ? what.plan : ++newest.plan;
  PricePlan& plan = plans[id];
  plan.id = id;
  plan.organisation = order.organisation;
  plan.name = what.name;
  if (plan.version == 0 || plan.prices != what.prices) {
    plan.prices = what.prices;
    plan.version = ++newest.plan_version;
    batch.plan_versions.push_back({plan.version, plan.organisation, plan.site, id, plan.prices, now, order.who});
  }
  std::erase_if(batch.plans, [id](const SavedPlan& saved) { return saved.plan.id == id; });
  batch.plans.push_back({plan, now});
  return Answer(Created{id});
}

Outcome Ledger::Impl::decide(const Order& order, const Recharge& what, base::UtcMillis now) {
  MeterState* meter = find_meter(order.organisation, what.meter);
  if (meter == nullptr) return base::fail(Errc::not_found, "meter");
  if (!base::is_id(what.key)) return base::fail(Errc::bad_field, "id");
  if (what.amount.micro_yuan <= 0 || what.amount > kGreatestRecharge) return base::fail(Errc::bad_field, "amount");
  if (auto ok = check_text(what.note, 0, kMostNote, "note"); !ok) return base::pass(ok);

  const std::string key = std::to_string(order.organisation) + "/" + what.key;
  std::optional<StoredRecharge> first;
  if (const auto fresh = fresh_recharges.find(key); fresh != fresh_recharges.end()) {
    first = batch.recharges[fresh->second];
  } else {
    auto found = archive.find_recharge(order.organisation, what.key);
    if (!found) return base::pass(found);
    first = std::move(*found);
  }
  if (first) {
    if (first->meter != what.meter || first->amount != what.amount || first->method != what.method) return base::fail(Errc::key_reused, "id");
    return Answer(Recharged{false, first->transfer, first->at, first->amount, meter->account.balance, first->balance_after, false});
  }

  const auto balance = base::checked_add(meter->account.balance, what.amount);
  if (!balance) return base::fail(Errc::bad_field, "amount");
  SiteState& site = sites.at(meter->owner.site);
  Account& source = site_account(site, account_of(what.method));
  source.balance = source.balance - what.amount;
  meter->account.balance = *balance;
  const StoredTransfer& transfer = book(*meter, TransferKind::recharge, source.id, meter->account.id, what.amount, now);
  const std::int64_t transfer_id = transfer.id;
  fresh_recharges[key] = batch.recharges.size();
  batch.recharges.push_back({++newest.recharge, meter->owner, what.key, meter->id, transfer_id, now, what.amount, what.method,
                             what.note, order.who, *balance});
  SiteDay& sums = site_day(site, day_of(now, site.site.utc_offset_minutes));
  sums.recharged = sums.recharged + what.amount;
  meter->supply.moved = true;
  touch(*meter, kSupply);
  settle(*meter, CommandCause::recharged, now);
  const auto pending = commands.find(meter->supply.pending_command);
  const bool reconnecting = pending != commands.end() && pending->second.command.kind == wire::CommandKind::close;
  return Answer(Recharged{true, transfer_id, now, what.amount, *balance, *balance, reconnecting});
}

Outcome Ledger::Impl::decide(const Order& order, const AcceptReading& what, base::UtcMillis now) {
  MeterState* meter = find_meter(order.organisation, what.meter);
  if (meter == nullptr) return base::fail(Errc::not_found, "meter");
  if (what.billed.e4 < 0 || what.billed >= kDialSpan) return base::fail(Errc::bad_field, "billed");
  if (auto ok = check_text(what.note, 0, kMostNote, "note"); !ok) return base::pass(ok);

  std::optional<StoredReading> reading;
  const auto fresh = std::find_if(batch.readings.begin(), batch.readings.end(), [&](const StoredReading& r) { return r.id == what.reading; });
  if (fresh != batch.readings.end()) {
    reading = *fresh;
  } else {
    auto found = archive.find_reading(what.reading);
    if (!found) return base::pass(found);
    reading = std::move(*found);
  }
  if (!reading || reading->meter != meter->id) return base::fail(Errc::not_found, "reading");
  Metering& metering = meter->metering;
  Sample sample{reading->at, reading->total, {}};
  if (reading->has_tariffs) sample.tariffs = reading->tariffs;
  // A reading that is not newer than the register has been overtaken, or was accepted already: a repeat bills nothing twice.
  const bool decidable = reading->state == ReadingState::quarantined && reading->kind != wire::ReadingKind::daily_freeze &&
                         sample.at > metering.last.at && sample.at <= now + kClockTolerance && on_dial(sample);
  if (!decidable) return base::fail(Errc::conflict, "reading");
  const PricePlan& plan = plans.at(meter->plan);
  Use use;
  use.total = use.tariffs[kFlat] = what.billed;
  const auto nano = value_nano_yuan(plan.prices, use);
  if (!nano) return base::fail(Errc::bad_field, "billed");

  GatewayState& gateway = gateway_of(*meter);
  batch.decisions.push_back({++newest.decision, meter->owner, meter->id, reading->id, metering.newest_reading, now, metering.last.total,
                             what.billed, plan.version, order.who, what.note});
  metering.last = anchor(metering.last, sample);
  metering.price_version = plan.version;
  touch(*meter, kMetering);
  book_use(gateway, *meter, use, *nano, plan, reading->id, sample.at);
  clear("reading_quarantined", gateway.row.id, meter->id, "", 0, now);
  settle(*meter, CommandCause::person, now);
  return Answer(Done{});
}

Outcome Ledger::Impl::decide(const Order& asked, const OrderCommand& what, base::UtcMillis now) {
  MeterState* meter = find_meter(asked.organisation, what.meter);
  if (meter == nullptr) return base::fail(Errc::not_found, "meter");
  if (!base::is_id(what.code) || what.code.starts_with(kAutomatic)) return base::fail(Errc::bad_field, "id");
  if (auto ok = check_text(what.note, 0, kMostNote, "note"); !ok) return base::pass(ok);
  if (what.ask == Ask::live && (what.seconds < 1 || what.seconds > 600)) return base::fail(Errc::bad_field, "seconds");

  std::optional<Command> first;
  for (const auto& [id, open] : commands) {
    if (open.command.code == what.code && meters[open.meter].owner.organisation == asked.organisation) first = open.command;
  }
  if (!first) {
    auto found = archive.find_command(asked.organisation, what.code);
    if (!found) return base::pass(found);
    if (*found) first = std::move((*found)->command);
  }
  if (first) {
    if (first->meter != what.meter || first->kind != kind_of(what.ask)) return base::fail(Errc::key_reused, "id");
    return answer(*first);
  }

  SupplyRecord& supply = meter->supply;
  if (what.ask == Ask::trip && (supply.keep_power || supply.keep_power_wanted)) return base::fail(Errc::keep_power_on, "kind");
  const bool keep_power = supply.keep_power || supply.keep_power_wanted;
  const bool stays_cut = what.ask == Ask::release && wanted(meter->settings, {supply.moved, false, keep_power}, meter->account.balance) ==
                                                         WantedReason::arrears;
  // Orders of this kind under way are over, but not a trip that stays wanted.
  std::optional<CommandCause> replaced;
  if ((what.ask == Ask::trip || what.ask == Ask::release) && !stays_cut) {
    const auto pending = commands.find(supply.pending_command);
    if (pending != commands.end() && pending->second.command.attempts == 0 && pending->second.command.kind == kind_of(what.ask) &&
        !pending->second.command.by.empty()) {
      replaced = pending->second.command.cause;
    }
    supersede(*meter, now);
  }

  OpenCommand& open = order(*meter, kind_of(what.ask), CommandCause::person, asked.who, now);
  Command& command = open.command;
  command.code = what.code;
  command.note = what.note;
  command.seconds = what.ask == Ask::live ? what.seconds : 0;
  touch(*meter, kSupply);
  switch (what.ask) {
    // The cause says whether this order changed `forced`: `forced` if it did. What is cancelled gives that back.
    case Ask::trip:
      command.cause = replaced.value_or(supply.forced ? CommandCause::reconcile : CommandCause::forced);
      supply.forced = true;
      supply.pending_command = command.id;
      break;
    case Ask::release:
      command.cause = replaced.value_or(supply.forced ? CommandCause::forced : CommandCause::person);
      supply.forced = false;
      if (stays_cut) {
        mark_ended(command, CommandState::cancelled, "in_arrears", now);  // and says so
      } else {
        supply.pending_command = command.id;
      }
      break;
    case Ask::keep_power_on: supply.keep_power_wanted = true; break;
    case Ask::keep_power_off: supply.keep_power_wanted = false; break;
    case Ask::read:
    case Ask::set_clock:
    case Ask::live: break;
  }
  const std::int64_t id = command.id;
  settle(*meter, CommandCause::person, now);
  return answer(commands.at(id).command);
}

Outcome Ledger::Impl::decide(const Order& order, const CancelCommand& what, base::UtcMillis now) {
  for (auto& [id, open] : commands) {
    if (open.command.code != what.code || meters[open.meter].owner.organisation != order.organisation) continue;
    if (open.command.state != CommandState::queued || open.command.attempts > 0) return base::fail(Errc::not_cancellable, "command");
    MeterState& meter = meters[open.meter];
    if (open.command.cause == CommandCause::forced && !open.command.by.empty()) {
      meter.supply.forced = open.command.kind == wire::CommandKind::close;
    }
    mark_ended(open.command, CommandState::cancelled, "by " + order.who, now);
    dirty_commands.insert(id);
    clear("command_unanswered", meter.gateway, meter.id, "", id, now);
    const Answer result = answer(open.command);
    ended(open, now);
    return result;
  }
  auto found = archive.find_command(order.organisation, what.code);
  if (!found) return base::pass(found);
  if (*found) return base::fail(Errc::not_cancellable, "command");
  return base::fail(Errc::not_found, "command");
}

Outcome Ledger::Impl::decide(const Order& order, const RemoveMeter& what, base::UtcMillis now) {
  MeterState* meter = find_meter(order.organisation, what.meter);
  if (meter == nullptr) return base::fail(Errc::not_found, "meter");
  // What we cut must be closed first, or the home would stay dark without anybody to close it.
  const bool cut = meter->supply.forced || meter->supply.ordered != RelayOrder::nothing;
  // A register that was counted, or that a person let count, is history as well, even when it cost nothing.
  const bool counted = meter->metering.price_version != 0 || meter->supply.moved;
  if (cut || counted || meter->account.newest_transfer != 0) return base::fail(Errc::has_history, "meter");
  const MeterIndex index = index_of(*meter);
  GatewayState& gateway = gateway_of(*meter);
  for (auto it = commands.begin(); it != commands.end();) {
    if (it->second.meter != index) {
      ++it;
      continue;
    }
    dirty_commands.erase(it->first);
    it = commands.erase(it);
  }
  std::vector<AlarmKey> raised;
  for (const auto& [key, alarm] : alarms) {
    if (alarm.meter == meter->id) raised.push_back(key);
  }
  for (const auto& [code, of_gateway, of_meter, line, command] : raised) clear(code, of_gateway, of_meter, line, command, now);
  const auto of_meter = [id = meter->id](const auto& row) { return row.meter == id; };
  std::erase_if(batch.settings, of_meter);
  std::erase_if(batch.plan_changes, of_meter);
  // Registered in this very group: then it is not stored at all.
  if (std::erase_if(batch.meters, [id = meter->id](const MeterCard& card) { return card.id == id; }) == 0) {
    batch.removed_meters.push_back({meter->id, meter->account.id, now, order.who});
  }
  effects.notifications.push_back({meter->owner.organisation, MeterChanged{meter->id}});
  watch.erase(index);
  dirty[index] = 0;
  gateway.site->devices.erase(meter->device.value);
  std::erase(gateway.meters, index);
  ++gateway.row.archive_version;
  gateway.dirty = gateway.archive_due = gateway.changed = true;
  meter->owner = {};
  return Answer(Done{});
}

Outcome Ledger::Impl::decide(const Order& order, const ClearAlarm& what, base::UtcMillis now) {
  if (auto ok = check_text(what.note, 1, kMostNote, "note"); !ok) return base::pass(ok);
  const auto found = std::find_if(alarms.begin(), alarms.end(), [&](const auto& entry) {
    return entry.second.id == what.alarm && entry.second.owner.organisation == order.organisation;
  });
  if (found == alarms.end()) return base::fail(Errc::not_found, "alarm");
  Alarm& alarm = found->second;
  if (!is_clearable(alarm.code, commands.contains(alarm.command))) return base::fail(Errc::not_clearable, "alarm");
  if (!alarm.detail.empty()) alarm.detail += "; ";
  alarm.detail += wire::detail({{"cleared_by", order.who}, {"note", what.note}});
  const auto [code, gateway, meter, line, command] = found->first;
  clear(code, gateway, meter, line, command, now);
  return Answer(Done{});
}

}  // namespace anju::platform
