#include "gateway/core/taken_archive.hpp"

#include <algorithm>

namespace anju::gateway {
namespace {

base::Result<Meter> take_device(const wire::ArchiveDevice& device, const LineUri& line, const Profiles& profiles) {
  auto meter = make_meter(device, line, profiles);
  if (!meter) return meter;
  if (const auto fits = check_kind(*meter, device.kind); !fits) return base::pass(fits);
  return meter;
}

}  // namespace

TakenArchive take_archive(const wire::Archive& archive, const Profiles& profiles) {
  TakenArchive taken;
  for (const auto& line : archive.lines) taken.lines.emplace_back(line.id, parse_line_uri(line.uri));
  for (const auto& device : archive.devices) {
    const auto line = std::ranges::find(taken.lines, device.line, [](const auto& one) { return one.first; });
    const bool good = line != taken.lines.end() && line->second;
    taken.devices.emplace_back(device.id, take_device(device, good ? *line->second : LineUri{}, profiles));
  }
  return taken;
}

}  // namespace anju::gateway
