#include "firmware-sim/devices/site.hpp"

#include <algorithm>
#include <utility>

namespace anju::sim {

Site::Site(std::vector<Line> lines, std::vector<ScheduledFault> faults, base::UtcMillis start)
    : lines_(std::move(lines)) {
  for (const ScheduledFault& one : faults) {
    changes_.push_back({start + one.after, one.meter, one.fault, true});
    if (one.cleared_after) changes_.push_back({start + *one.cleared_after, one.meter, one.fault, false});
  }
  std::stable_sort(changes_.begin(), changes_.end(), [](const Change& a, const Change& b) { return a.at > b.at; });
}

Meter* Site::find(const dlt645::Address& address) {
  for (Line& line : lines_) {
    for (Meter& meter : line.meters()) {
      if (meter.setup().address == address) return &meter;
    }
  }
  return nullptr;
}

Cjt188Meter* Site::find(const cjt188::Address& address) {
  for (Line& line : lines_) {
    for (Cjt188Meter& meter : line.water_meters()) {
      if (meter.setup().address == address) return &meter;
    }
  }
  return nullptr;
}

void Site::advance(base::UtcMillis now) {
  while (!changes_.empty() && changes_.back().at <= now) {
    const Change change = changes_.back();
    changes_.pop_back();
    Meter* meter = find(change.meter);
    if (meter == nullptr) continue;
    if (change.begins) {
      meter->set_fault(change.fault, change.at);
    } else {
      meter->clear_fault(change.fault.kind, change.at);
    }
  }
  for (Line& line : lines_) {
    for (Meter& meter : line.meters()) meter.advance(now);
    for (Cjt188Meter& meter : line.water_meters()) meter.advance(now);
    for (ModbusMeter& meter : line.modbus_meters()) meter.advance(now);
  }
}

std::optional<base::UtcMillis> Site::next_fault() const {
  if (changes_.empty()) return std::nullopt;
  return changes_.back().at;
}

}  // namespace anju::sim
