#include "firmware-sim/ports/control_cjt188.hpp"

#include <algorithm>

#include "firmware-sim/ports/control_json.hpp"
#include "protocols/base/money.hpp"

namespace anju::sim {
namespace {

constexpr std::int64_t kMostFlow_e4 = 10'000'000;

json::object describe(const Line& line, const Cjt188Meter& meter, base::UtcMillis now) {
  const WaterMeter& water = meter.water();
  const Cjt188Statistics& counted = meter.statistics();
  return {
      {"address", meter.setup().address.text()},
      {"label", meter.setup().water.label},
      {"line", line.name()},
      {"total", base::format(base::Quantity(water.total().e4 / 100 * 100))},
      {"exact_total", base::format(water.total())},
      {"valve", !meter.setup().water.valve ? "none" : water.main_valve().is_open() ? "open" : "closed"},
      {"moving", water.main_valve().moves_at().has_value()},
      {"clock_ahead_ms", water.clock_ahead(now).value},
      {"requests", counted.requests},
      {"replies", counted.replies},
      {"refusals", counted.refusals},
      {"valve_orders", counted.valve_orders},
  };
}

ControlAnswer set_fault(Cjt188Meter& meter, const json::object& request, base::UtcMillis now) {
  const std::string name = text(request, "fault").value_or("");
  const auto water = name == "silent" ? std::nullopt : water_fault(name);  // silent is a fault of the replies
  const auto kind = fault_kind(name);
  if (!water && (!kind || *kind == FaultKind::relay_stuck)) {
    return refuse("fault: silent, silent_first, late, wrong_checksum, noise, half_frame, valve_stuck, leak, register_jump or clock_adrift");
  }
  std::int64_t value = std::clamp<std::int64_t>(whole(request, "value").value_or(0), -100'000'000, 100'000'000);
  if (water == WaterFault::leak || water == WaterFault::register_jump) {
    const auto e4 = decimal(request, "value", 4);
    if (!e4) return refuse("value: m3 (of a leak: an hour), as a decimal text");
    value = *e4;
  }
  if (water) {
    meter.set_fault(*water, value, now);
  } else {
    const auto every = std::clamp<std::int64_t>(whole(request, "every").value_or(1), 1, 1'000'000);
    meter.set_fault(Fault{*kind, value, static_cast<int>(every)}, now);
  }
  return done();
}

ControlAnswer set_flow(Cjt188Meter& meter, const json::object& request) {
  const auto flow = decimal(request, "m3_h", 4);
  if (!flow || *flow > kMostFlow_e4) return refuse("m3_h: 0 to 1000, as a decimal text");
  meter.water().set_flow(*flow);
  return done();
}

ControlAnswer set_register(Cjt188Meter& meter, const json::object& request) {
  const auto total = decimal(request, "total", 4);
  if (!total || *total >= kWaterRolloverE4) return refuse("total: m3 below 1000000, as a decimal text");
  meter.water().set_total(base::Quantity(*total));
  return done();
}

}  // namespace

json::array describe_cjt188(const Site& site, base::UtcMillis now) {
  json::array rows;
  for (const Line& line : site.lines()) {
    for (const Cjt188Meter& meter : line.water_meters()) rows.push_back(describe(line, meter, now));
  }
  return rows;
}

std::optional<ControlAnswer> answer_cjt188(Site& site, const json::object& request, std::string_view what, base::UtcMillis now) {
  const auto address = cjt188::Address::parse(text(request, "meter").value_or(""));
  Cjt188Meter* meter = address ? site.find(*address) : nullptr;
  if (meter == nullptr) return std::nullopt;
  if (what == "fault") return set_fault(*meter, request, now);
  if (what == "clear") {
    meter->clear_faults(now);
    return done();
  }
  if (what == "flow") return set_flow(*meter, request);
  if (what == "set_register") return set_register(*meter, request);
  return std::nullopt;
}

}  // namespace anju::sim
