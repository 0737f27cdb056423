#include "firmware-sim/ports/control_modbus.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "firmware-sim/ports/control_json.hpp"
#include "protocols/base/money.hpp"

namespace anju::sim {
namespace {

constexpr std::int64_t kMostWatts = 100'000, kMostValue = 100'000'000;

/// Of this unit, on any line or on the one that is named.
std::vector<ModbusMeter*> named(Site& site, const json::object& request) {
  const std::string unit = text(request, "meter").value_or("");
  const auto on = text(request, "line");
  std::vector<ModbusMeter*> found;
  for (Line& line : site.lines()) {
    if (on && line.name() != *on) continue;
    for (ModbusMeter& meter : line.modbus_meters()) {
      if (std::to_string(meter.setup().unit) == unit) found.push_back(&meter);
    }
  }
  return found;
}

ControlAnswer set_fault(ModbusMeter& meter, const json::object& request, base::UtcMillis now) {
  const auto kind = modbus_fault_kind(text(request, "fault").value_or(""));
  if (!kind) return refuse("fault: " + std::string(kModbusFaults));
  Fault fault{*kind, 0, static_cast<int>(std::clamp<std::int64_t>(whole(request, "every").value_or(1), 1, 1'000'000))};
  if (*kind == FaultKind::register_jump) {
    const auto back = decimal(request, "value", 4);
    if (!back) return refuse("value: kWh or m3 to go back, as a decimal text");
    fault.value = *back;
  } else {
    fault.value = std::clamp<std::int64_t>(whole(request, "value").value_or(0), *kind == FaultKind::clock_adrift ? -kMostValue : 0, kMostValue);
  }
  if (*kind == FaultKind::exception && (fault.value < 1 || fault.value > kMaxException)) return refuse("value: the exception's code, 1 to 11");
  meter.set_fault(fault, now);
  return done();
}

ControlAnswer clear(ModbusMeter& meter, const json::object& request, base::UtcMillis now) {
  std::optional<FaultKind> kind;
  if (const auto name = text(request, "fault")) {
    kind = modbus_fault_kind(*name);
    if (!kind) return refuse("fault: no fault is called that");
  }
  meter.clear_fault(kind, now);
  return done();
}

ControlAnswer set_load(ModbusMeter& meter, const json::object& request, std::string_view key, base::UtcMillis now) {
  const auto watts = decimal(request, key, 3);
  if (!watts || *watts > kMostWatts) return refuse(std::string(key) + ": 0 to 100, as a decimal text");
  meter.set_load(*watts, now);
  return done();
}

ControlAnswer set_register(ModbusMeter& meter, const json::object& request, base::UtcMillis now) {
  const auto total = decimal(request, "total", 4);
  if (!total || *total >= kRolloverE4) return refuse("total: kWh or m3 below 1000000, as a decimal text");
  meter.set_total(base::Quantity(*total), now);
  return done();
}

}  // namespace

json::array describe_modbus(const Site& site) {
  json::array rows;
  for (const Line& line : site.lines()) {
    for (const ModbusMeter& meter : line.modbus_meters()) {
      const ModbusStatistics& counted = meter.statistics();
      rows.push_back({{"unit", meter.setup().unit},
                      {"model", meter.setup().map.name},
                      {"label", meter.setup().label},
                      {"line", line.name()},
                      {"total", base::format(meter.total())},
                      {"relay", meter.state_of("relay")},
                      {"valve", meter.state_of("valve")},
                      {"faulty", meter.has_fault()},
                      {"requests", counted.requests},
                      {"exceptions", counted.exceptions},
                      {"writes", counted.writes}});
    }
  }
  return rows;
}

std::optional<ControlAnswer> answer_modbus(Site& site, const json::object& request, std::string_view what, base::UtcMillis now) {
  const bool ours = what == "fault" || what == "clear" || what == "load" || what == "flow" || what == "set_register";
  const std::vector<ModbusMeter*> meters = ours ? named(site, request) : std::vector<ModbusMeter*>();
  if (meters.empty()) return std::nullopt;
  if (meters.size() > 1) return refuse("line: the name of the line, because several have this unit");
  if (what == "fault") return set_fault(*meters.front(), request, now);
  if (what == "clear") return clear(*meters.front(), request, now);
  if (what == "load") return set_load(*meters.front(), request, "kw", now);
  if (what == "flow") return set_load(*meters.front(), request, "m3_h", now);
  return set_register(*meters.front(), request, now);
}

}  // namespace anju::sim
