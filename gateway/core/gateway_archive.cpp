// What a new archive changes: lines, devices, and what was asked of devices that are no longer the same.

#include <algorithm>
#include <utility>

#include "gateway/core/alarm.hpp"
#include "gateway/core/errc.hpp"
#include "gateway/core/gateway.hpp"
#include "protocols/wire/detail.hpp"

namespace anju::gateway {

void Gateway::take(const wire::Archive& archive, base::UtcMillis now, GatewayOutput& out) {
  if (archive.version <= archive_version()) return;
  const bool moved = !archive_ || archive.utc_offset_minutes != archive_->utc_offset_minutes ||
                     archive.reading_minutes != archive_->reading_minutes;
  if (moved) plan_.settings({archive.reading_minutes, static_cast<int>(archive.utc_offset_minutes)});
  auto taken = take_archive(archive, options_.profiles);
  take_lines(archive, taken, now, out);
  take_devices(std::move(taken), now, out);
  // Lines that are gone go last, so that their devices have left them.
  std::erase_if(lines_, [&](const auto& owned) {
    return std::ranges::find(archive.lines, owned.first, &wire::ArchiveLine::id) == archive.lines.end();
  });
  archive_ = archive;
  out.archive = archive;
  out.state_changed = true;
  test_.archive_changed(now);
  resume(now, out);
}

void Gateway::take_lines(const wire::Archive& archive, const TakenArchive& taken, base::UtcMillis now, GatewayOutput& out) {
  for (auto& [id, owned] : lines_) {
    const auto wanted = std::ranges::find(archive.lines, id, &wire::ArchiveLine::id);
    if (wanted != archive.lines.end() && wanted->uri == owned.uri) continue;
    perform(id, owned.line.step(PortClosed{"the archive changed this line"}, now), out);
    if (wanted == archive.lines.end()) out.ports.push_back({id, std::nullopt});
  }
  for (std::size_t i = 0; i < archive.lines.size(); ++i) {
    const auto& wanted = archive.lines[i];
    auto [found, fresh] = lines_.try_emplace(wanted.id);
    auto& owned = found->second;
    if (!fresh && owned.uri == wanted.uri) continue;
    owned.uri = wanted.uri;
    owned.down_since = now;
    if (const auto& uri = taken.lines[i].second) {
      out.ports.push_back({wanted.id, *uri});
      continue;
    }
    const auto& wrong = taken.lines[i].second.error();
    out.ports.push_back({wanted.id, std::nullopt});
    out.events.emplace_back(
        line_alarm("bad_line", wanted.id, now, true, wire::detail({{"reason", std::string(wrong.code)}, {"text", wrong.where}})));
  }
}

void Gateway::take_devices(TakenArchive taken, base::UtcMillis now, GatewayOutput& out) {
  std::map<base::DeviceId, Meter> wanted;
  for (auto& [id, meter] : taken.devices) {
    if (!meter) {
      const auto& wrong = meter.error();
      out.events.emplace_back(
          device_alarm("bad_device", id, now, true, wire::detail({{"reason", std::string(wrong.code)}, {"text", wrong.where}})));
      continue;
    }
    const auto known = devices_.find(id);
    if (known == devices_.end() || known->second.meter != *meter) {
      for (auto& text : remarks_of(*meter)) out.remarks.push_back({id, std::move(text)});
    }
    wanted.emplace(id, std::move(*meter));
  }
  for (auto it = devices_.begin(); it != devices_.end();) {
    const auto same = wanted.find(it->first);
    if (same != wanted.end() && same->second == it->second.meter) {
      ++it;
      continue;
    }
    const auto id = it->first;
    const auto line = it->second.meter.line;
    if (same == wanted.end()) {
      it = devices_.erase(it);
      plan_.remove(id);
    } else {
      it->second = Device{same->second, Shadow{}};
      plan_.add(same->second, true);
      ++it;
    }
    drop_asks(id, now, out);
    if (const auto owner = lines_.find(line); owner != lines_.end()) {
      perform(line, owner->second.line.step(Withdraw{id}, now), out);
    }
  }
  for (auto& [id, meter] : wanted) {
    const auto& kept = devices_.try_emplace(id, Device{meter, Shadow{}}).first->second.meter;  // with what was learned about it
    plan_.add(kept, false);
  }
}

void Gateway::drop_asks(const base::DeviceId& device, base::UtcMillis now, GatewayOutput& out) {
  // An answer to what was asked under the old description must not be taken for one under the new: a replaced meter's
  // last register is not the first of its successor.
  // Nor may a meter be cleared because its predecessor was to be, nor be taken for cleared because it counts from less.
  std::vector<base::CommandId> clearing;
  for (const auto& [id, command] : commands_) {
    if (command.clears() && command.command().device == device) clearing.push_back(id);
  }
  for (const auto& id : clearing) apply(id, commands_.at(id).abandon(to_string(Errc::cancelled), now), now, out);
  std::vector<base::CommandId> waiting;
  std::erase_if(askers_, [&](const auto& entry) {
    if (const auto* ask = std::get_if<Ask>(&entry.second)) return ask->device == device;
    const auto& id = std::get<base::CommandId>(entry.second);
    const auto command = commands_.find(id);
    if (command == commands_.end() || command->second.command().device != device) return false;
    waiting.push_back(id);
    return true;
  });
  const auto found = devices_.find(device);
  if (found != devices_.end()) {
    for (const auto& id : waiting) {
      apply(id, commands_.at(id).answered(found->second.meter, base::fail(Errc::cancelled), now, now), now, out);
    }
    return;
  }
  std::vector<base::CommandId> orphans;
  for (const auto& [id, command] : commands_) {
    if (command.command().device == device) orphans.push_back(id);
  }
  for (const auto& id : orphans) apply(id, commands_.at(id).abandon(to_string(Errc::unknown_device), now), now, out);
}

}  // namespace anju::gateway
