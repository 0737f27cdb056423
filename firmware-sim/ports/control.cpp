#include "firmware-sim/ports/control.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "firmware-sim/ports/control_cjt188.hpp"
#include "firmware-sim/ports/control_json.hpp"
#include "firmware-sim/ports/control_modbus.hpp"
#include "firmware-sim/ports/control_water.hpp"
#include "protocols/base/money.hpp"

namespace anju::sim {
namespace {

using base::UtcMillis;

/// The meters that the request names: one address, or "*" for all.
std::vector<Meter*> named(Site& site, const json::object& request) {
  std::vector<Meter*> meters;
  const auto address = text(request, "meter");
  if (!address) return meters;
  if (*address == "*") {
    for (Line& line : site.lines()) {
      for (Meter& meter : line.meters()) meters.push_back(&meter);
    }
  } else if (const auto parsed = dlt645::Address::parse(*address)) {
    if (Meter* meter = site.find(*parsed)) meters.push_back(meter);
  }
  return meters;
}

/// As the meter's display and its replies show it: two decimals, the rest cut off.
std::string shown(base::Quantity quantity) {
  return base::format(base::Quantity(quantity.e4 / 100 * 100));
}

std::string_view relay_text(const Relay& relay) {
  if (relay.waits_for_button()) return "waiting_for_button";
  return relay.is_open() ? "open" : "closed";
}

json::object describe(const Line& line, const Meter& meter, UtcMillis now) {
  json::array tariffs;
  for (const base::Quantity tariff : meter.registers().tariffs) tariffs.emplace_back(shown(tariff));
  const MeterStatistics& counted = meter.statistics();
  return {
      {"address", meter.setup().address.text()},
      {"label", meter.setup().label},
      {"line", line.name()},
      {"total", shown(meter.registers().total)},
      {"exact_total", base::format(meter.registers().total)},
      {"tariffs", std::move(tariffs)},
      {"relay", relay_text(meter.relay())},
      {"keep_power", meter.relay().keep_power()},
      {"alarm", meter.relay().alarm()},
      {"power_kw", base::format_decimal(meter.snapshot(now).watts, 3, 1)},
      {"clock_ahead_ms", (meter.clock().read(now) - now).value},
      {"faulty", meter.has_fault()},
      {"requests", counted.requests},
      {"replies", counted.replies},
      {"refusals", counted.refusals},
      {"relay_orders", counted.relay_orders},
      {"clears", counted.clears},
  };
}

json::object describe(const Line& line) {
  const LineStatistics& counted = line.statistics();
  return {
      {"line", line.name()},
      {"baud", line.baud()},
      {"meters", line.size()},
      {"requests", counted.requests},
      {"replies", counted.replies},
      {"overlaps", counted.overlaps},
      {"collisions", counted.collisions},
      {"bytes_in", counted.bytes_in},
      {"bytes_out", counted.bytes_out},
      {"wrong_baud_bytes", counted.wrong_baud_bytes},
  };
}

json::array describe_lines(const Site& site) {
  json::array lines;
  for (const Line& line : site.lines()) lines.push_back(describe(line));
  return lines;
}

ControlAnswer registers(const Site& site, const std::vector<Station>& stations, UtcMillis now) {
  json::array meters;
  for (const Line& line : site.lines()) {
    for (const Meter& meter : line.meters()) meters.push_back(describe(line, meter, now));
  }
  return done({{"meters", std::move(meters)},
               {"lines", describe_lines(site)},
               {"water_meters", describe_cjt188(site, now)},
               {"modbus_meters", describe_modbus(site)},
               {"water", describe_water(stations, now)},
               {"stations", describe_stations(stations)}});
}

ControlAnswer set_fault(const std::vector<Meter*>& meters, const json::object& request, UtcMillis now) {
  const auto kind = fault_kind(text(request, "fault").value_or(""));
  if (!kind)
    return refuse(
        "fault: silent, silent_first, late, wrong_checksum, noise, half_frame, relay_stuck, clock_adrift or "
        "register_jump");
  Fault fault{*kind, 0, static_cast<int>(std::clamp<std::int64_t>(whole(request, "every").value_or(1), 1, 1'000'000))};
  if (*kind == FaultKind::register_jump) {
    const auto back = decimal(request, "value", 4);
    if (!back) return refuse("value: kWh to go back, as a decimal text");
    fault.value = *back;
  } else {
    fault.value = std::clamp<std::int64_t>(whole(request, "value").value_or(0), -100'000'000, 100'000'000);
  }
  for (Meter* meter : meters) meter->set_fault(fault, now);
  return done();
}

ControlAnswer clear_fault(const std::vector<Meter*>& meters, const json::object& request, UtcMillis now) {
  std::optional<FaultKind> kind;
  if (const auto name = text(request, "fault")) {
    kind = fault_kind(*name);
    if (!kind) return refuse("fault: no fault is called that");
  }
  for (Meter* meter : meters) meter->clear_fault(kind, now);
  return done();
}

ControlAnswer set_load(const std::vector<Meter*>& meters, const json::object& request, UtcMillis now) {
  const auto watts = decimal(request, "kw", 3);
  if (!watts || *watts > 100'000) return refuse("kw: 0 to 100, as a decimal text");
  for (Meter* meter : meters) meter->set_load(LoadProfile::constant(*watts), now);
  return done();
}

ControlAnswer set_register(const std::vector<Meter*>& meters, const json::object& request, UtcMillis now) {
  const auto total = decimal(request, "total", 4);
  if (!total || *total >= kRolloverE4) return refuse("total: kWh below 1000000, as a decimal text");
  for (Meter* meter : meters) {
    RegisterBlock block = meter->registers();
    block.total = base::Quantity(*total);
    meter->set_registers(block, now);
  }
  return done();
}

ControlAnswer press_button(const std::vector<Meter*>& meters, UtcMillis now) {
  std::int64_t closing = 0;
  for (Meter* meter : meters) closing += meter->press_button(now) ? 1 : 0;
  return done({{"closing", closing}});
}

}  // namespace

ControlAnswer answer_control(Site& site, std::vector<Station>& stations, std::string_view request, UtcMillis now) {
  json::error_code error;
  const json::value parsed = json::parse(json::string_view(request.data(), request.size()), error);
  if (error || !parsed.is_object()) return refuse("one JSON object per line");
  const json::object& object = parsed.get_object();
  const std::string what = text(object, "do").value_or("");

  site.advance(now);
  for (Station& station : stations) station.advance(now);
  if (what == "registers") return registers(site, stations, now);
  if (what == "statistics") return done({{"lines", describe_lines(site)}});
  if (what == "quit") {
    ControlAnswer answer = done();
    answer.quit = true;
    return answer;
  }
  if (const auto about_water_meter = answer_cjt188(site, object, what, now)) return *about_water_meter;
  if (const auto about_modbus = answer_modbus(site, object, what, now)) return *about_modbus;
  if (const auto about_water = answer_water(stations, object, what, now)) return *about_water;
  const bool about_meters =
      what == "fault" || what == "clear" || what == "load" || what == "press_button" || what == "set_register";
  if (!about_meters) return refuse("do: registers, statistics, fault, clear, load, flow, temperature, press_button, set_register or quit");
  const std::vector<Meter*> meters = named(site, object);
  if (meters.empty()) return refuse(R"(meter: the address of a meter of this site, or "*")");
  if (what == "fault") return set_fault(meters, object, now);
  if (what == "clear") return clear_fault(meters, object, now);
  if (what == "load") return set_load(meters, object, now);
  if (what == "set_register") return set_register(meters, object, now);
  return press_button(meters, now);
}

}  // namespace anju::sim
