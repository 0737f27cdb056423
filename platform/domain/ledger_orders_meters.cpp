// What people ask of the ledger: meters and their settings.

#include <algorithm>

#include "platform/domain/device_rules.hpp"
#include "platform/domain/ledger_checks.hpp"
#include "platform/domain/ledger_impl.hpp"

namespace anju::platform {
namespace {

/// Documents about the meter that are not stored yet.
bool has_documents(const Batch& batch, std::int64_t meter) {
  const auto any = [meter](const auto&... lists) { return (std::any_of(lists.begin(), lists.end(), [meter](const auto& row) { return row.meter == meter; }) || ...); };
  return any(batch.openings, batch.settlements, batch.adjustments, batch.fee_payments, batch.register_changes, batch.decisions);
}

}  // namespace

std::int32_t Ledger::Impl::share_profile(const wire::MeterProfile& profile) {
  const auto found = std::find(profiles.begin(), profiles.end(), profile);
  if (found != profiles.end()) return static_cast<std::int32_t>(found - profiles.begin());
  profiles.push_back(profile);
  return static_cast<std::int32_t>(profiles.size() - 1);
}

Outcome Ledger::Impl::decide(const Order& order, const RegisterMeter& what, base::UtcMillis now) {
  const auto by_code = gateway_by_code.find(what.gateway);
  GatewayState* gateway = by_code == gateway_by_code.end() ? nullptr : gateways[by_code->second].get();
  if (gateway == nullptr || !in(order.scope, gateway->row.owner)) return base::fail(Errc::not_found, "gateway");
  const auto line = std::find_if(gateway->lines.begin(), gateway->lines.end(), [&](const Line& l) { return l.code == what.line; });
  if (line == gateway->lines.end()) return base::fail(Errc::not_found, "line");
  if (!gateway->site->site.enabled) return base::fail(Errc::disabled, "site");
  const Owner owner = gateway->row.owner;
  if (auto ok = check_plan(owner.organisation, owner.site, what.price_plan, what.kind); !ok) return base::pass(ok);
  if (!base::is_id(what.device)) return base::fail(Errc::bad_field, "device");
  if (auto ok = check_device({{}, {}, what.address, what.baud, what.profile, what.kind, what.valve}); !ok) return base::pass(ok);
  if (auto ok = check_on_line(what.address, what.baud, what.profile, line->uri); !ok) return base::pass(ok);
  if (auto ok = check_text(what.name, 1, kMostName, "name"); !ok) return base::pass(ok);
  if (auto ok = check_text(what.room, 0, kMostName, "room"); !ok) return base::pass(ok);
  if (auto ok = check_settings(what.settings); !ok) return base::pass(ok);
  if (auto ok = check_registers(what.start, "start_reading"); !ok) return base::pass(ok);
  if (gateway->meters.size() >= kMetersPerGateway) return base::fail(Errc::too_many, "meters of a gateway");
  if (gateway->site->devices.contains(what.device)) return base::fail(Errc::conflict, "device");
  const MeterAddress address = *MeterAddress::parse(what.address);
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
  meter.kind = what.kind;
  meter.valve = what.valve;
  meter.account.id = ++newest.account;
  meter.metering.last.at = now;
  meter.metering.last.total = what.start.total;
  meter.metering.last.tariffs_known = what.start.tariffs.has_value();
  if (what.start.tariffs) meter.metering.last.tariffs = *what.start.tariffs;
  meter.metering.day = day_of(now, gateway->site->site.card.utc_offset_minutes);

  if (what.dispatch) {
    ++gateway->row.archive_version;
    gateway->dirty = gateway->archive_due = true;
  }
  meter.dispatch = {what.dispatch, what.dispatch ? gateway->row.archive_version : 0};

  batch.meters.push_back({meter.id, owner, gateway->row.id, line->id, what.device, what.name, what.room, address.text(), what.baud,
                          what.profile, what.price_plan, what.settings, meter.account.id, what.start.total,
                          what.start.tariffs, now, what.kind, what.valve, meter.dispatch});
  gateway->changed = true;
  add_meter(std::move(meter));
  touch(meters.back(), kMetering | kSupply | kAccount);
  return Answer(Created{meters.back().id});
}

Outcome Ledger::Impl::decide(const Order& order, const ChangeSettings& what, base::UtcMillis now) {
  MeterState* meter = find_meter(order.scope, what.meter);
  if (meter == nullptr) return base::fail(Errc::not_found, "meter");
  if (auto ok = check_text(what.name, 1, kMostName, "name"); !ok) return base::pass(ok);
  if (what.room && what.room->size() > kMostName) return base::fail(Errc::bad_field, "room");
  if (auto ok = check_settings(what.settings); !ok) return base::pass(ok);
  meter->settings = what.settings;
  batch.settings.push_back({meter->id, what.name, what.room, what.settings});
  touch(*meter, kSupply);
  settle(*meter, CommandCause::person, now);
  return Answer(Done{});
}

Outcome Ledger::Impl::decide(const Order& order, const RemoveMeter& what, base::UtcMillis now) {
  MeterState* meter = find_meter(order.scope, what.meter);
  if (meter == nullptr) return base::fail(Errc::not_found, "meter");
  // What we cut must be closed first, or the home would stay dark without anybody to close it.
  if (meter->supply.forced || meter->supply.ordered != RelayOrder::nothing) return base::fail(Errc::has_history, "switch");
  // A register that was counted, or that a person let count, is history as well, even when it cost nothing. So is a document over nothing: its row
  // names the meter, and a database that is told to delete what is named refuses the whole commit.
  bool books = meter->metering.price_version != 0 || meter->supply.moved || meter->account.newest_transfer != 0 || meter->opening != 0 || has_documents(batch, meter->id);
  if (!books) {
    const auto named = archive.names_meter(meter->id);
    if (!named) return base::pass(named);
    books = *named;
  }
  const bool fresh = std::any_of(batch.meters.begin(), batch.meters.end(), [&](const MeterCard& card) { return card.id == meter->id; });
  if (books && fresh) return base::fail(Errc::conflict, "meter");  // not stored yet
  if (meter->opening != 0) return base::fail(Errc::has_history, "opening");
  if (meter->account.balance.micro_yuan != 0) return base::fail(Errc::has_history, "balance");
  const MeterIndex index = index_of(*meter);
  GatewayState& gateway = gateway_of(*meter);
  for (auto it = commands.begin(); it != commands.end();) {
    if (it->second.meter != index) {
      ++it;
      continue;
    }
    if (books && !is_final(it->second.command.state)) mark_ended(it->second.command, CommandState::cancelled, "meter_removed", now);
    if (books) batch.commands.push_back({meter->owner, meter->gateway, it->second.command});
    dirty_commands.erase(it->first);
    it = commands.erase(it);
  }
  std::vector<AlarmKey> raised;
  for (const auto& [key, alarm] : alarms) {
    if (alarm.meter == meter->id) raised.push_back(key);
  }
  for (const auto& [code, of_gateway, of_meter, line, command] : raised) clear(code, of_gateway, of_meter, line, command, now);
  std::erase_if(batch.device_changes, [id = meter->id](const DeviceChange& row) { return row.meter == id; });
  plan_changes.erase(index);
  schedules.erase(index);
  fees.erase(index);
  if (books) {
    if ((dirty[index] & kMetering) != 0) batch.meterings.push_back({meter->id, meter->owner, meter->metering});
    if ((dirty[index] & kHours) != 0) batch.hours.push_back({meter->id, meter->owner, meter->metering.day, meter->hours});
    if ((dirty[index] & kAccount) != 0) batch.accounts.push_back({meter->owner, meter->account});
    batch.removed_meters.push_back({meter->id, meter->account.id, now, order.who, true});
  } else {
    const auto of_meter = [id = meter->id](const auto& row) { return row.meter == id; };
    std::erase_if(batch.settings, of_meter);
    std::erase_if(batch.plan_changes, of_meter);
    std::erase_if(batch.meter_plans, of_meter);
    std::erase_if(batch.dispatches, of_meter);
    std::erase_if(batch.schedules, of_meter);
    std::erase_if(batch.fees, of_meter);
    std::erase_if(batch.habits, of_meter);
    std::erase_if(batch.hours, of_meter);
    // Registered in this very group: then it is not stored at all.
    if (std::erase_if(batch.meters, [id = meter->id](const MeterCard& card) { return card.id == id; }) == 0) {
      batch.removed_meters.push_back({meter->id, meter->account.id, now, order.who});
    }
  }
  effects.notifications.push_back({meter->owner.organisation, meter->owner.site, MeterChanged{meter->id}});
  watch.erase(index);
  dirty[index] = 0;
  gateway.site->devices.erase(meter->device.value);
  std::erase(gateway.meters, index);
  ++gateway.row.archive_version;
  gateway.dirty = gateway.archive_due = gateway.changed = true;
  meter->owner = {};
  return Answer(Done{});
}

}  // namespace anju::platform
