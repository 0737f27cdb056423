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
  take_lines(archive, now, out);
  take_devices(archive, now, out);
  // Lines that are gone go last, so that their devices have left them.
  std::erase_if(lines_, [&](const auto& owned) {
    return std::ranges::find(archive.lines, owned.first, &wire::ArchiveLine::id) == archive.lines.end();
  });
  archive_ = archive;
  out.archive = archive;
  out.state_changed = true;
  resume(now, out);
}

void Gateway::take_lines(const wire::Archive& archive, base::UtcMillis now, GatewayOutput& out) {
  for (auto& [id, owned] : lines_) {
    const auto wanted = std::ranges::find(archive.lines, id, &wire::ArchiveLine::id);
    if (wanted != archive.lines.end() && wanted->uri == owned.uri) continue;
    perform(id, owned.line.step(PortClosed{"the archive changed this line"}, now), out);
    if (wanted == archive.lines.end()) out.ports.push_back({id, std::nullopt});
  }
  for (const auto& wanted : archive.lines) {
    auto [found, fresh] = lines_.try_emplace(wanted.id);
    auto& owned = found->second;
    if (!fresh && owned.uri == wanted.uri) continue;
    owned.uri = wanted.uri;
    owned.down_since = now;
    const auto uri = parse_line_uri(wanted.uri);
    if (uri) {
      out.ports.push_back({wanted.id, *uri});
      continue;
    }
    out.ports.push_back({wanted.id, std::nullopt});
    out.events.emplace_back(line_alarm("bad_line", wanted.id, now, true,
                                       wire::detail({{"reason", std::string(uri.error().code)}, {"text", uri.error().where}})));
  }
}

void Gateway::take_devices(const wire::Archive& archive, base::UtcMillis now, GatewayOutput& out) {
  std::map<base::DeviceId, Meter> wanted;
  for (const auto& device : archive.devices) {
    const auto line = std::ranges::find(archive.lines, device.line, &wire::ArchiveLine::id);
    const auto uri = line == archive.lines.end() ? parse_line_uri("") : parse_line_uri(line->uri);
    auto meter = make_meter(device, uri.value_or(LineUri{}), options_.profiles);
    if (const auto fits = meter ? check_kind(*meter, device.kind) : base::Result<>(); !fits) meter = base::pass(fits);
    if (meter) {
      const auto known = devices_.find(device.id);
      if (known == devices_.end() || known->second.meter != *meter) {
        for (auto& text : remarks_of(*meter)) out.remarks.push_back({device.id, std::move(text)});
      }
      wanted.emplace(device.id, std::move(*meter));
    } else {
      out.events.emplace_back(
          device_alarm("bad_device", device.id, now, true,
                       wire::detail({{"reason", std::string(meter.error().code)}, {"text", meter.error().where}})));
    }
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
