#include "tests/scenario/world/memory_store.hpp"

#include <algorithm>

namespace anju::scenario {
namespace {

template <class Row>
void append(std::vector<Row>& table, const std::vector<Row>& rows, const char* name, std::vector<std::string>& twice) {
  for (const Row& row : rows) {
    if (!table.empty() && row.id <= table.back().id) twice.push_back(std::string(name) + " " + std::to_string(row.id));
    table.push_back(row);
  }
}

template <class Key, class Row>
std::int64_t newest(const std::map<Key, Row>& table) {
  return table.empty() ? 0 : table.rbegin()->first;
}
template <class Row>
std::int64_t newest(const std::vector<Row>& table) {
  return table.empty() ? 0 : table.back().id;
}

}  // namespace

void Tables::apply(const platform::Batch& batch) {
  append(readings, batch.readings, "reading", twice);
  append(transfers, batch.transfers, "transfer", twice);
  append(recharges, batch.recharges, "recharge", twice);
  append(decisions, batch.decisions, "decision", twice);
  append(quarantined, batch.quarantined, "quarantine", twice);
  append(notices, batch.notices, "notice", twice);
  append(lines, batch.lines, "line", twice);
  for (const auto& row : batch.crossings) {
    if (!crossings.emplace(row.id, row).second) twice.push_back("crossing " + std::to_string(row.id));
  }
  for (const auto& row : batch.plan_versions) {
    if (!versions.emplace(row.id, row).second) twice.push_back("price version " + std::to_string(row.id));
  }
  for (const auto& row : batch.meters) {
    if (!meters.emplace(row.id, MeterRow{row, {}, {}}).second) twice.push_back("meter " + std::to_string(row.id));
  }
  for (const auto& row : batch.settings) meters.at(row.meter).card.settings = row.settings;
  for (const auto& row : batch.plan_changes) meters.at(row.meter).card.plan = row.plan;
  for (const auto& row : batch.meter_plans) {
    if (!meter_plans.emplace(row.id, row).second) twice.push_back("change of a plan " + std::to_string(row.id));
  }
  for (const auto& row : batch.plans) plans[row.plan.id] = row.plan;
  for (const auto& row : batch.gateways) gateways[row.id] = row;
  for (const auto& row : batch.streams) streams[row.id] = row;
  for (const auto& row : batch.accounts) accounts[row.account.id] = row;
  for (const auto& row : batch.meterings) meters.at(row.meter).metering = row.metering;
  for (const auto& row : batch.supplies) meters.at(row.meter).supply = row.supply;
  for (const auto& row : batch.commands) {
    commands[row.command.id] = row;
    if (platform::is_final(row.command.state)) {
      open_commands.erase(row.command.id);
    } else {
      open_commands.insert(row.command.id);
    }
  }
  for (const auto& row : batch.alarms) alarms[row.id] = row;
  for (const auto& row : batch.site_days) {
    auto& day = days.try_emplace(row.day, platform::SiteDay{row.owner, row.day, 0, {}, {}, {}, {}}).first->second;
    day.readings += row.readings;
    day.quantity = day.quantity + row.quantity;
    day.deducted = day.deducted + row.deducted;
    day.recharged = day.recharged + row.recharged;
    for (std::size_t i = 0; i < day.tariffs.size(); ++i) day.tariffs[i] = day.tariffs[i] + row.tariffs[i];
  }
}

platform::Loaded Tables::load() const {
  platform::Loaded loaded;
  loaded.sites.push_back(site);
  for (const auto& [id, row] : gateways) loaded.gateways.push_back(row);
  loaded.lines = lines;
  for (const auto& [id, row] : streams) loaded.streams.push_back(row);
  for (const auto& [id, row] : plans) loaded.plans.push_back(row);
  for (const auto& [id, row] : accounts) {
    if (row.account.kind != platform::AccountKind::meter) loaded.site_accounts.push_back(row);
  }
  for (const auto& [id, row] : meters) {
    auto& meter = loaded.meters.emplace_back();
    meter.id = id;
    meter.owner = row.card.owner;
    meter.gateway = static_cast<std::int32_t>(row.card.gateway);
    meter.line = static_cast<std::int32_t>(row.card.line);
    meter.plan = static_cast<std::int32_t>(row.card.plan);
    meter.baud = static_cast<std::int32_t>(row.card.baud.value_or(0));
    const auto known = std::ranges::find(loaded.profiles, row.card.profile);
    meter.profile = static_cast<std::int32_t>(known - loaded.profiles.begin());
    if (known == loaded.profiles.end()) loaded.profiles.push_back(row.card.profile);
    meter.address = *platform::MeterAddress::parse(row.card.address);
    meter.device = base::DeviceId(row.card.device);
    meter.settings = row.card.settings;
    meter.account = accounts.at(row.card.account).account;
    meter.metering = row.metering;
    meter.supply = row.supply;
  }
  for (const std::int64_t id : open_commands) {
    loaded.open_commands.push_back(commands.at(id));
    loaded.open_commands.back().command.next_try = base::UtcMillis(0);  // not stored
  }
  for (const auto& [id, row] : alarms) {
    if (row.active) loaded.active_alarms.push_back(row);
  }
  loaded.newest = {newest(gateways),    newest(lines),     newest(streams),  newest(plans),     newest(versions),
                   newest(accounts),    newest(meters),    newest(readings), newest(transfers), newest(recharges),
                   newest(quarantined), newest(crossings), newest(commands), newest(notices),   newest(alarms),
                   newest(decisions)};
  loaded.newest.meter_plan = newest(meter_plans);
  for (const auto& [id, row] : meter_plans) {
    const bool replaced = std::any_of(meter_plans.upper_bound(id), meter_plans.end(),
                                      [&row = row](const auto& later) { return later.second.meter == row.meter && later.second.from <= row.from; });
    if (!replaced && row.from > meters.at(row.meter).metering.last.at) loaded.meter_plans.push_back(row);
  }
  return loaded;
}

void MemoryStore::restore(const Tables& backup) {
  tables = backup;
  recharge_by_key_.clear();
  command_by_code_.clear();
  for (std::size_t i = 0; i < tables.recharges.size(); ++i) recharge_by_key_.emplace(tables.recharges[i].key, i);
  for (const auto& [id, row] : tables.commands) command_by_code_[row.command.code] = id;
}

base::Result<> MemoryStore::commit(const platform::Batch& batch) {
  const std::size_t before = tables.recharges.size();
  tables.apply(batch);
  for (std::size_t i = before; i < tables.recharges.size(); ++i) {
    if (!recharge_by_key_.emplace(tables.recharges[i].key, i).second) {
      tables.twice.push_back("recharge key " + tables.recharges[i].key);
    }
  }
  for (const auto& row : batch.commands) command_by_code_[row.command.code] = row.command.id;
  return {};
}

base::Result<std::optional<platform::StoredRecharge>> MemoryStore::find_recharge(std::int64_t, std::string_view key) {
  const auto found = recharge_by_key_.find(key);
  if (found == recharge_by_key_.end()) return std::nullopt;
  return tables.recharges[found->second];
}

base::Result<std::optional<platform::SavedCommand>> MemoryStore::find_command(std::int64_t, std::string_view code) {
  const auto found = command_by_code_.find(code);
  if (found == command_by_code_.end()) return std::nullopt;
  return tables.commands.at(found->second);
}

base::Result<std::optional<platform::StoredReading>> MemoryStore::find_reading(std::int64_t id) {
  const auto found = std::ranges::lower_bound(tables.readings, id, {}, &platform::StoredReading::id);
  if (found == tables.readings.end() || found->id != id) return std::nullopt;
  return *found;
}

}  // namespace anju::scenario
