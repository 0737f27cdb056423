#include "gateway/local/acceptance_changes.hpp"

#include <map>
#include <string_view>

#include "protocols/wire/profile.hpp"

namespace anju::gateway {
namespace {

void add(ChangedDevices& devices, const wire::ArchiveDevice& device) {
  if (++devices.count <= kMostNamed) devices.named.push_back({device.id.value, device.address});
}

/// The port of a device's line; empty: no such line.
using Ports = std::map<base::LineId, std::string_view>;
std::string_view port_of(const Ports& ports, const base::LineId& line) {
  const auto found = ports.find(line);
  return found == ports.end() ? std::string_view() : found->second;
}

/// But for passwords, which no report keeps.
bool is_same(const wire::ArchiveDevice& one, const wire::ArchiveDevice& other) {
  return one.address == other.address && one.line == other.line && one.baud == other.baud && one.kind == other.kind && one.valve == other.valve &&
         wire::encode(wire::without_secrets(one.profile)) == wire::encode(wire::without_secrets(other.profile));
}

}  // namespace

ChangesSince changes_since(const AcceptanceReport& report, const wire::Archive* archive) {
  ChangesSince changes;
  Ports then, now;
  for (const auto& line : report.lines) then.emplace(line.entry.id, line.entry.uri);
  std::map<base::DeviceId, const wire::ArchiveDevice*> accepted;
  for (const auto& device : report.devices) accepted.emplace(device.entry.id, &device.entry);
  if (archive != nullptr) {
    changes.archive_version = archive->version;
    for (const auto& line : archive->lines) now.emplace(line.id, line.uri);
    for (const auto& device : archive->devices) {
      const auto found = accepted.find(device.id);
      if (found == accepted.end()) {
        add(changes.added, device);
        continue;
      }
      const bool same_port = port_of(then, found->second->line) == port_of(now, device.line);
      if (!same_port || !is_same(*found->second, device)) add(changes.altered, device);
      accepted.erase(found);
    }
  }
  for (const auto& device : report.devices) {
    if (accepted.contains(device.entry.id)) add(changes.removed, device.entry);
  }
  return changes;
}

}  // namespace anju::gateway
