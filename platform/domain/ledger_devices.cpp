// How the device of a metering point is spoken to, and its correction while the device stays the same.

#include <algorithm>
#include <utility>

#include "platform/domain/device_rules.hpp"
#include "platform/domain/ledger_checks.hpp"
#include "platform/domain/ledger_impl.hpp"
#include "platform/domain/meter_address.hpp"

namespace anju::platform {

/// device.address: one that parses. What is stored in this very group is written as it is from now on.
void Ledger::Impl::save_device(MeterState& meter, DeviceChange device) {
  meter.address = *MeterAddress::parse(device.address);
  meter.line = static_cast<std::int32_t>(device.line);
  meter.baud = static_cast<std::int32_t>(device.baud.value_or(0));
  meter.profile = share_profile(device.profile);
  device.address = meter.address.text();
  const auto fresh = std::find_if(batch.meters.begin(), batch.meters.end(), [&](const MeterCard& card) { return card.id == meter.id; });
  if (fresh == batch.meters.end()) {
    batch.device_changes.push_back(std::move(device));
    return;
  }
  fresh->address = device.address;
  fresh->line = device.line;
  fresh->baud = device.baud;
  fresh->profile = device.profile;
}

/// What we believe of the switch was said by another device, or heard in a way that was wrong.
void Ledger::Impl::doubt_switch(MeterState& meter, base::UtcMillis now) {
  supersede(meter, now);
  meter.supply.relay = wire::Relay::unknown;
  for (const char* code : {"opened_by_hand", "closed_by_hand"}) clear(code, meter.gateway, meter.id, "", 0, now);
}

Outcome Ledger::Impl::decide(const Order& order, const ChangeDevice& what, base::UtcMillis now) {
  MeterState* meter = find_meter(order.scope, what.meter);
  if (meter == nullptr) return base::fail(Errc::not_found, "meter");
  // Who corrects one device must not change another that took its place meanwhile.
  if (MeterAddress::parse(what.address) != meter->address) return base::fail(Errc::conflict, "address");
  GatewayState& gateway = gateway_of(*meter);
  const auto line = std::find_if(gateway.lines.begin(), gateway.lines.end(),
                                 [&](const Line& one) { return what.line.empty() ? one.id == meter->line : one.code == what.line; });
  if (line == gateway.lines.end()) return base::fail(Errc::not_found, "line");

  const wire::MeterProfile& before = profiles[static_cast<std::size_t>(meter->profile)];
  DeviceChange device{meter->id, meter->address.text(), what.baud, what.profile, line->id};
  // The address tells CJ/T188 and Modbus from the others, so a dialect that has passwords follows only one that has them, too.
  if (what.kept.access_level) device.profile.access_level = before.access_level;
  if (what.kept.password) device.profile.password = before.password;
  if (what.kept.operator_code) device.profile.operator_code = before.operator_code;
  if (auto ok = check_device({{}, {}, device.address, device.baud, device.profile, meter->kind, meter->valve}); !ok) {
    if (ok.error().is(Errc::bad_field) && ok.error().where == "address") return base::fail(Errc::bad_field, "profile.dialect");
    return base::pass(ok);
  }
  if (auto ok = check_on_line(device.address, device.baud, device.profile, line->uri); !ok) return base::pass(ok);
  // Nobody listens to a device with a network of its own on wires. Entries of before stay as they were.
  const bool moves = line->id != meter->line || device.profile.dialect != before.dialect;
  if (moves && device.profile.dialect == "mqtt" && !line->uri.starts_with("mqtt://")) return base::fail(Errc::bad_field, "line");
  for (const MeterIndex index : gateway.meters) {
    const MeterState& other = meters[index];
    if (other.id != meter->id && other.line == line->id && other.address == meter->address) return base::fail(Errc::conflict, "line");
  }
  if (device.line == meter->line && device.baud.value_or(0) == meter->baud && device.profile == before) return Answer(Done{});

  save_device(*meter, std::move(device));
  doubt_switch(*meter, now);
  clear("bad_device", gateway.row.id, meter->id, "", 0, now);  // it was said of the entry as it was
  if (meter->dispatch.wanted) save_dispatch(*meter, true);
  gateway.changed = true;
  // What was ordered may never have reached the switch, or not as it was meant.
  if (meter->supply.reason != WantedReason::none || meter->supply.ordered != RelayOrder::nothing) drive(*meter, CommandCause::reconcile, now);
  settle(*meter, CommandCause::person, now);
  return Answer(Done{});
}

}  // namespace anju::platform
