#include "firmware-sim/ports/control_water.hpp"

#include <algorithm>

#include "firmware-sim/ports/control_json.hpp"

namespace anju::sim {
namespace {

constexpr std::int64_t kMostFlow_e4 = 10'000'000, kMostDegrees_dc = 1000;

std::vector<WaterMeter*> named(std::vector<Station>& stations, const std::string& name) {
  std::vector<WaterMeter*> found;
  for (Station& station : stations) {
    for (WaterMeter& device : station.devices()) {
      if (name == "*" || name == device.setup().address || name == station.id_of(device.setup().address).value) {
        found.push_back(&device);
      }
    }
  }
  return found;
}

json::object describe(const Station& station, const WaterMeter& device, base::UtcMillis now) {
  json::object row{
      {"address", device.setup().address},
      {"id", station.id_of(device.setup().address).value},
      {"label", device.setup().label},
      {"gateway", station.setup().gateway.value},
      {"kind", device.boiler() == nullptr ? "water" : "hot_water"},
      {"total", base::format(device.total())},
      {"valve", !device.setup().valve ? "none" : device.main_valve().is_open() ? "open" : "closed"},
      {"kept_open", device.is_kept_open()},
      {"silent", device.is_silent()},
      {"clock_ahead_ms", device.clock_ahead(now).value},
  };
  if (const Boiler* boiler = device.boiler()) {
    row["temperature_c"] = base::format_decimal(boiler->temperature_dc(), 1, 1);
    row["target_c"] = boiler->target_dc() ? json::value(base::format_decimal(*boiler->target_dc(), 1, 1)) : json::value();
    row["automatic"] = boiler->is_automatic();
    row["temperature_valve"] = boiler->valve().is_open() ? "open" : "closed";
  }
  return row;
}

ControlAnswer set_fault(const std::vector<WaterMeter*>& devices, const json::object& request, base::UtcMillis now) {
  const auto fault = water_fault(text(request, "fault").value_or(""));
  if (!fault) return refuse("fault: silent, valve_stuck, leak, register_jump or clock_adrift");
  std::int64_t value = 0;
  if (*fault == WaterFault::leak || *fault == WaterFault::register_jump) {
    const auto e4 = decimal(request, "value", 4);
    if (!e4) return refuse("value: m3 (of a leak: an hour), as a decimal text");
    value = *e4;
  } else {
    value = std::clamp<std::int64_t>(whole(request, "value").value_or(0), -100'000'000, 100'000'000);
  }
  for (WaterMeter* device : devices) device->set_fault(*fault, value, now);
  return done();
}

ControlAnswer clear_fault(const std::vector<WaterMeter*>& devices, const json::object& request, base::UtcMillis now) {
  std::optional<WaterFault> fault;
  if (const auto name = text(request, "fault")) {
    fault = water_fault(*name);
    if (!fault) return refuse("fault: no fault is called that");
  }
  for (WaterMeter* device : devices) device->clear_fault(fault, now);
  return done();
}

ControlAnswer set_flow(const std::vector<WaterMeter*>& devices, const json::object& request) {
  const auto flow = decimal(request, "m3_h", 4);
  if (!flow || *flow > kMostFlow_e4) return refuse("m3_h: 0 to 1000, as a decimal text");
  for (WaterMeter* device : devices) device->set_flow(*flow);
  return done();
}

ControlAnswer set_temperature(const std::vector<WaterMeter*>& devices, const json::object& request) {
  const auto degrees = decimal(request, "c", 1);
  if (!degrees || *degrees > kMostDegrees_dc) return refuse("c: 0 to 100 degrees, as a decimal text");
  const bool all = std::ranges::all_of(devices, [](const WaterMeter* device) { return device->boiler() != nullptr; });
  if (!all) return refuse("meter: not a hot-water controller");
  for (WaterMeter* device : devices) device->boiler()->set_temperature(*degrees);
  return done();
}

ControlAnswer set_register(const std::vector<WaterMeter*>& devices, const json::object& request) {
  const auto total = decimal(request, "total", 4);
  if (!total || *total >= kWaterRolloverE4) return refuse("total: m3 below 1000000, as a decimal text");
  for (WaterMeter* device : devices) device->set_total(base::Quantity(*total));
  return done();
}

}  // namespace

json::array describe_water(const std::vector<Station>& stations, base::UtcMillis now) {
  json::array rows;
  for (const Station& station : stations) {
    for (const WaterMeter& device : station.devices()) rows.push_back(describe(station, device, now));
  }
  return rows;
}

json::array describe_stations(const std::vector<Station>& stations) {
  json::array rows;
  for (const Station& station : stations) {
    rows.push_back(json::object{
        {"gateway", station.setup().gateway.value},
        {"connected", station.is_connected()},
        {"epoch", station.stream().epoch()},
        {"last_seq", station.stream().last_seq()},
        {"through", station.stream().through()},
        {"archive_version", station.archive_version()},
        {"commands", station.statistics().commands},
        {"refused", station.statistics().refused},
        {"bad_messages", station.statistics().bad_messages},
    });
  }
  return rows;
}

std::optional<ControlAnswer> answer_water(std::vector<Station>& stations, const json::object& request, std::string_view what,
                                          base::UtcMillis now) {
  const std::string name = text(request, "meter").value_or("");
  const bool ours_only = what == "flow" || what == "temperature";
  // "*" with a verb that both kinds know means the meters on lines.
  const std::vector<WaterMeter*> devices = name == "*" && !ours_only ? std::vector<WaterMeter*>() : named(stations, name);
  if (devices.empty()) {
    if (!ours_only) return std::nullopt;
    return refuse(R"(meter: the address of a device of a station, or "*")");
  }
  if (what == "flow") return set_flow(devices, request);
  if (what == "temperature") return set_temperature(devices, request);
  if (what == "fault") return set_fault(devices, request, now);
  if (what == "clear") return clear_fault(devices, request, now);
  if (what == "set_register") return set_register(devices, request);
  return std::nullopt;
}

}  // namespace anju::sim
