#include "platform/domain/ledger.hpp"

#include <algorithm>

#include "platform/domain/ledger_impl.hpp"
#include "platform/domain/price_timeline.hpp"

namespace anju::platform {

std::string_view to_string(RelayOrder order) {
  switch (order) {
    case RelayOrder::nothing: return "nothing";
    case RelayOrder::open: return "open";
    case RelayOrder::close: return "close";
  }
  return "nothing";
}

bool Batch::empty() const {
  return readings.empty() && transfers.empty() && recharges.empty() && day_registers.empty() && meter_days.empty() && register_changes.empty() && fee_payments.empty() &&
         dispatches.empty() && found.empty() && found_forgotten.empty() && schedules.empty() && fees.empty() && habits.empty() && hours.empty() && device_changes.empty() && decisions.empty() && openings.empty() && settlements.empty() && adjustments.empty() && quarantined.empty() && crossings.empty() && notices.empty() && plan_versions.empty() && meters.empty() &&
         lines.empty() && settings.empty() && plan_changes.empty() && meter_plans.empty() && removed_meters.empty() && plans.empty() && sites.empty() && gateways.empty() &&
         upgrades.empty() && streams.empty() && accounts.empty() && meterings.empty() && supplies.empty() && commands.empty() &&
         alarms.empty() && site_days.empty() && connections.empty() && audit.empty();
}

void Batch::clear() {
  const auto all = [](auto&... lists) { (lists.clear(), ...); };
  all(readings, transfers, recharges, decisions, openings, settlements, adjustments, register_changes, fee_payments, dispatches, found, found_forgotten, schedules, fees, habits, hours, device_changes, day_registers, meter_days, quarantined, crossings, notices, plan_versions, meters,
      lines, settings, plan_changes, meter_plans, removed_meters, plans, sites, gateways, upgrades, streams, accounts, meterings, supplies, commands, alarms, site_days,
      connections, audit);
}

Ledger::Impl::Impl(Loaded loaded, Archive& store) : archive(store), newest(loaded.newest) {
  for (Site& site : loaded.sites) add_site(std::move(site));
  for (const SavedAccount& saved : loaded.site_accounts) {
    sites.at(saved.owner.site).accounts[static_cast<std::size_t>(saved.account.kind)] = saved.account;
  }
  for (Gateway& row : loaded.gateways) {
    auto gateway = std::make_unique<GatewayState>();
    gateway->row = std::move(row);
    gateway->site = &sites.at(gateway->row.owner.site);
    gateway_index[gateway->row.id] = gateways.size();
    gateway_by_code[gateway->row.code] = gateways.size();
    gateways.push_back(std::move(gateway));
  }
  for (Upgrade& upgrade : loaded.upgrades) {
    if (GatewayState* gateway = find_gateway(upgrade.gateway)) gateway->upgrade = std::move(upgrade);
  }
  for (Found& found : loaded.found) {
    if (GatewayState* gateway = find_gateway(found.gateway)) gateway->found.emplace(key_of(found.line, found.device), std::move(found));
  }
  for (Line& line : loaded.lines) find_gateway(line.gateway)->lines.push_back(std::move(line));
  for (Stream& stream : loaded.streams) {
    GatewayState& gateway = *find_gateway(stream.gateway);
    if (gateway.row.stream == stream.id) {
      gateway.stream = std::move(stream);
    } else {
      gateway.old_epochs.emplace(stream.epoch, stream.last_seq);
    }
  }
  for (PricePlan& plan : loaded.plans) {
    for (const PlanPrices& version : plan.history.all()) plans_due.emplace(version.from, plan.id);
    plans.emplace(plan.id, std::move(plan));
  }
  profiles = std::move(loaded.profiles);
  meters = std::move(loaded.meters);  // as a whole: a million of them are half a gigabyte, and not twice
  dirty.assign(meters.size(), 0);
  if (sites.size() == 1) sites.begin()->second.devices.reserve(meters.size());
  for (MeterIndex index = 0; index < meters.size(); ++index) {
    GatewayState& gateway = gateway_of(meters[index]);
    gateway.site->devices.emplace(meters[index].device.value, index);
    gateway.meters.push_back(index);
  }
  for (MeterPlan& change : loaded.meter_plans) {
    MeterState* meter = find_meter(change.meter);
    if (meter == nullptr) continue;
    plan_changes_due.emplace(change.from, index_of(*meter));
    add(plan_changes[index_of(*meter)], std::move(change));
  }
  for (const auto& [index, changes] : plan_changes) meters[index].plan = static_cast<std::int32_t>(changes.front().before);
  begin_switching(std::move(loaded.schedules), std::move(loaded.fees));
  for (SavedCommand& saved : loaded.open_commands) {
    if (MeterState* meter = find_meter(saved.command.meter)) {
      commands[saved.command.id] = OpenCommand{std::move(saved.command), index_of(*meter), false};
    }
  }
  for (Alarm& alarm : loaded.active_alarms) {
    AlarmKey key{alarm.code, alarm.gateway, alarm.meter, alarm.line, alarm.command};
    alarms[std::move(key)] = std::move(alarm);
  }
  for (MeterState& meter : meters) {
    if (differs(meter) && meter.supply.pending_command == 0) watch[index_of(meter)] = base::UtcMillis(0);
  }
}

namespace {

/// A removed meter keeps its place until the next start, because indexes point at places; it belongs to nobody.
MeterState* present(MeterState& meter) { return meter.owner == Owner{} ? nullptr : &meter; }

}  // namespace

MeterState* Ledger::Impl::find_meter(std::int64_t id) {
  if (id >= 1 && static_cast<std::size_t>(id) <= meters.size() && meters[static_cast<std::size_t>(id - 1)].id == id) {
    return present(meters[static_cast<std::size_t>(id - 1)]);  // ids are dealt without gaps
  }
  const auto found = std::lower_bound(meters.begin(), meters.end(), id, [](const MeterState& m, std::int64_t v) { return m.id < v; });
  return found != meters.end() && found->id == id ? present(*found) : nullptr;
}

Ledger::Impl::GatewayState* Ledger::Impl::find_gateway(std::int64_t id) {
  const auto found = gateway_index.find(id);
  return found == gateway_index.end() ? nullptr : gateways[found->second].get();
}

const Ledger::Impl::MeterIndex* Ledger::Impl::find_device(const GatewayState& gateway, const base::DeviceId& device) const {
  const auto found = gateway.site->devices.find(device.value);
  const bool own = found != gateway.site->devices.end() && meters[found->second].gateway == gateway.row.id;
  return own ? &found->second : nullptr;
}

void Ledger::Impl::touch(MeterState& meter, std::uint8_t what) {
  const MeterIndex index = index_of(meter);
  if (dirty[index] == 0) dirty_meters.push_back(index);
  dirty[index] = static_cast<std::uint8_t>(dirty[index] | what);
}

Account& Ledger::Impl::site_account(SiteState& site, AccountKind kind) {
  Account& account = site.accounts[static_cast<std::size_t>(kind)];
  if (account.id == 0) account.id = ++newest.account;
  site.dirty_accounts |= 1U << static_cast<unsigned>(kind);
  return account;
}

SiteDay& Ledger::Impl::site_day(SiteState& site, std::int32_t day) {
  SiteDay& found = site.days[day];
  found.owner = site.site.owner;
  found.day = day;
  return found;
}

Ledger::Impl::SiteState& Ledger::Impl::add_site(Site site) {
  SiteState& state = sites[site.owner.site];
  state.site = std::move(site);
  for (int kind = 0; kind < kAccountKinds; ++kind) state.accounts[static_cast<std::size_t>(kind)].kind = static_cast<AccountKind>(kind);
  return state;
}

void Ledger::Impl::add_meter(MeterState meter) {
  const auto index = static_cast<MeterIndex>(meters.size());
  GatewayState& gateway = gateway_of(meter);
  gateway.site->devices.emplace(meter.device.value, index);
  gateway.meters.push_back(index);
  meters.push_back(std::move(meter));
  dirty.push_back(0);
}

void Ledger::Impl::collect(Batch& out, Effects& out_effects) {
  for (auto& [id, site] : sites) {
    for (int kind = 0; kind < kAccountKinds && site.dirty_accounts != 0; ++kind) {
      if ((site.dirty_accounts >> kind & 1U) != 0) {
        batch.accounts.push_back({site.site.owner, site.accounts[static_cast<std::size_t>(kind)]});
      }
    }
    site.dirty_accounts = 0;
    for (const auto& [day, sums] : site.days) batch.site_days.push_back(sums);
    site.days.clear();
    if (site.dirty) batch.sites.push_back(site.site);
    site.dirty = false;
  }
  for (const auto& gateway : gateways) {
    const Owner owner = gateway->row.owner;
    if (gateway->dirty) batch.gateways.push_back(gateway->row);
    if (gateway->upgrade_dirty) batch.upgrades.push_back(*gateway->upgrade);
    if (gateway->stream_dirty) batch.streams.push_back(gateway->stream);
    if (gateway->archive_due) effects.archives.push_back(gateway->row.id);
    if (gateway->changed) effects.notifications.push_back({owner.organisation, owner.site, GatewayChanged{gateway->row.code}});
    gateway->dirty = gateway->stream_dirty = gateway->archive_due = gateway->changed = gateway->upgrade_dirty = false;
  }
  for (const MeterIndex index : dirty_meters) {
    const MeterState& meter = meters[index];
    const std::uint8_t what = dirty[index];
    if (what == 0) continue;  // removed meanwhile
    if ((what & kMetering) != 0) batch.meterings.push_back({meter.id, meter.owner, meter.metering});
    if ((what & kSupply) != 0) batch.supplies.push_back({meter.id, meter.owner, meter.supply});
    if ((what & kHabit) != 0) batch.habits.push_back({meter.id, meter.owner, meter.habit});
    if ((what & kHours) != 0) batch.hours.push_back({meter.id, meter.owner, meter.metering.day, meter.hours});
    if ((what & kAccount) != 0) batch.accounts.push_back({meter.owner.organisation, meter.owner.site, meter.account});
    effects.notifications.push_back({meter.owner.organisation, meter.owner.site, MeterChanged{meter.id}});
    if ((what & kMoney) != 0) effects.notifications.push_back({meter.owner.organisation, meter.owner.site, LedgerChanged{meter.id}});
    dirty[index] = 0;
  }
  dirty_meters.clear();
  for (const std::int64_t id : dirty_commands) {
    const auto found = commands.find(id);
    if (found == commands.end()) continue;
    const MeterState& meter = meters[found->second.meter];
    batch.commands.push_back({meter.owner.organisation, meter.owner.site, meter.gateway, found->second.command});
    effects.notifications.push_back({meter.owner.organisation, meter.owner.site, CommandChanged{found->second.command.code, meter.id}});
    if (is_final(found->second.command.state)) commands.erase(found);
  }
  dirty_commands.clear();
  for (const Alarm& alarm : batch.alarms) effects.notifications.push_back({alarm.owner.organisation, alarm.owner.site, AlarmChanged{alarm.id}});
  fresh_recharges.clear();

  out.clear();
  std::swap(out, batch);
  out_effects = std::move(effects);
  effects = {};
}

Ledger::Ledger(Loaded loaded, Archive& archive) : impl_(std::make_unique<Impl>(std::move(loaded), archive)) {}
Ledger::~Ledger() = default;

std::int64_t Ledger::find_gateway(std::string_view site, std::string_view gateway) const {
  const auto found = impl_->gateway_by_code.find(gateway);
  if (found == impl_->gateway_by_code.end()) return 0;
  const Impl::GatewayState& state = *impl_->gateways[found->second];
  return state.site->site.code == site ? state.row.id : 0;
}

std::string Ledger::gateway_code(std::int64_t gateway) const {
  const Impl::GatewayState* found = impl_->find_gateway(gateway);
  return found == nullptr ? std::string() : found->row.code;
}

std::string Ledger::site_code(std::int64_t gateway) const {
  const Impl::GatewayState* found = impl_->find_gateway(gateway);
  return found == nullptr ? std::string() : found->site->site.code;
}

std::vector<std::int64_t> Ledger::gateways() const {
  std::vector<std::int64_t> ids;
  for (const auto& gateway : impl_->gateways) ids.push_back(gateway->row.id);
  return ids;
}

wire::Ack Ledger::position(std::int64_t gateway, const std::string& epoch) const {
  const Impl::GatewayState* found = impl_->find_gateway(gateway);
  if (found == nullptr) return {epoch, 0, false, false};
  if (found->stream.epoch == epoch) return {epoch, found->stream.last_seq, false, false};
  const auto old = found->old_epochs.find(epoch);
  if (old == found->old_epochs.end()) return {epoch, 0, false, false};
  return {epoch, old->second, false, true};
}

void Ledger::take_gone(std::int64_t gateway, std::string_view epoch, std::int64_t from, std::int64_t next, base::UtcMillis now) {
  if (Impl::GatewayState* found = impl_->find_gateway(gateway)) impl_->take_gone(*found, epoch, from, next, now);
}

Taken Ledger::take(std::int64_t gateway, std::string_view epoch, std::int64_t seq, std::span<const wire::Event> events,
                   base::UtcMillis now) {
  Impl::GatewayState* found = impl_->find_gateway(gateway);
  if (found == nullptr) return {0, false, false, true};
  return impl_->take(*found, epoch, seq, events.size(), now,
                     [&](std::size_t i, Origin origin) { impl_->apply(*found, events[i], origin, now); });
}

Taken Ledger::take_poison(std::int64_t gateway, std::string_view epoch, std::int64_t seq, std::string_view reason,
                          std::string_view payload, base::UtcMillis now) {
  Impl::GatewayState* found = impl_->find_gateway(gateway);
  if (found == nullptr) return {0, false, false, true};
  return impl_->take(*found, epoch, seq, 1, now,
                     [&](std::size_t, Origin origin) { impl_->quarantine(*found, origin, reason, payload, now); });
}

bool Ledger::hear_state(std::int64_t gateway, const wire::GatewayState& state, base::UtcMillis now) {
  Impl::GatewayState* found = impl_->find_gateway(gateway);
  return found != nullptr && impl_->hear_state(*found, state, now);
}

void Ledger::hear_live(std::int64_t gateway, const wire::LiveValues& values) {
  Impl::GatewayState* found = impl_->find_gateway(gateway);
  if (found == nullptr) return;
  const auto* device = impl_->find_device(*found, values.device);
  if (device == nullptr) return;
  const MeterState& meter = impl_->meters[*device];
  impl_->effects.notifications.push_back({meter.owner.organisation, meter.owner.site, LiveArrived{meter.id, values}});
}

Outcome Ledger::decide(const Order& order, base::UtcMillis now) {
  Outcome outcome = std::visit([&](const auto& what) { return impl_->decide(order, what, now); }, order.what);
  if (outcome && order.audit) impl_->batch.audit.emplace_back(*order.audit).result = "ok";
  return outcome;
}

void Ledger::tick(base::UtcMillis now) { impl_->tick(now); }

std::optional<wire::Archive> Ledger::archive_of(std::int64_t gateway) const {
  const Impl::GatewayState* found = impl_->find_gateway(gateway);
  if (found == nullptr) return std::nullopt;
  wire::Archive archive;
  archive.version = found->row.archive_version;
  archive.utc_offset_minutes = found->site->site.card.utc_offset_minutes;
  archive.reading_minutes = found->row.reading_minutes;
  std::unordered_map<std::int64_t, const std::string*> line_codes;
  for (const Line& line : found->lines) {
    archive.lines.push_back({base::LineId(line.code), line.uri});
    line_codes[line.id] = &line.code;
  }
  for (const Impl::MeterIndex index : found->meters) {
    const MeterState& meter = impl_->meters[index];
    if (!meter.dispatch.wanted) continue;
    wire::ArchiveDevice device;
    device.id = meter.device;
    device.line = base::LineId(*line_codes.at(meter.line));
    device.address = meter.address.text();
    if (meter.baud != 0) device.baud = meter.baud;
    device.profile = impl_->profiles[static_cast<std::size_t>(meter.profile)];
    device.kind = meter.kind;
    device.valve = meter.valve;
    archive.devices.push_back(std::move(device));
  }
  if (found->upgrade && is_wanted(*found->upgrade)) archive.release = found->upgrade->wanted;
  return archive;
}

void Ledger::collect(Batch& batch, Effects& effects) { impl_->collect(batch, effects); }

const MeterState* Ledger::meter(std::int64_t id) const { return impl_->find_meter(id); }

const Account* Ledger::site_account(std::int64_t site, AccountKind kind) const {
  const auto found = impl_->sites.find(static_cast<std::int32_t>(site));
  return found == impl_->sites.end() ? nullptr : &found->second.accounts[static_cast<std::size_t>(kind)];
}

std::vector<Command> Ledger::open_commands() const {
  std::vector<Command> all;
  for (const auto& [id, open] : impl_->commands) all.push_back(open.command);
  return all;
}

std::size_t Ledger::readings_waiting() const { return impl_->batch.readings.size(); }

}  // namespace anju::platform
