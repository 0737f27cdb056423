// 数据下发: which meters are in the archive of their gateway, by whose word, and what scans found on site.

#include <algorithm>
#include <utility>

#include "platform/domain/ledger_checks.hpp"
#include "platform/domain/ledger_impl.hpp"
#include "platform/domain/meter_address.hpp"

namespace anju::platform {
namespace {

bool has_line(const std::vector<Line>& lines, std::string_view code) {
  return std::any_of(lines.begin(), lines.end(), [&](const Line& line) { return line.code == code; });
}

}  // namespace

/// The archive changes with it.
void Ledger::Impl::save_dispatch(MeterState& meter, bool wanted) {
  GatewayState& gateway = gateway_of(meter);
  ++gateway.row.archive_version;
  gateway.dirty = gateway.archive_due = gateway.changed = true;
  meter.dispatch = {wanted, gateway.row.archive_version};
  batch.dispatches.push_back({meter.id, meter.dispatch});
  touch(meter, kSupply);
}

/// What a gateway says of its archive counts once all that it said before is stored: refusals of entries travel in its stream.
void Ledger::Impl::note_archive(GatewayState& gateway) {
  const std::int64_t held = std::max<std::int64_t>(gateway.said_archive, 0);
  if (held == gateway.row.archive_acked || gateway.said_epoch.empty()) return;
  if (gateway.stream.epoch == gateway.said_epoch ? gateway.stream.last_seq < gateway.said_seq : gateway.said_seq > 0) return;
  gateway.row.archive_acked = held;
  gateway.dirty = gateway.changed = true;
}

/// What is under way to the device is over, and nothing is known of it any more.
void Ledger::Impl::forget_device(MeterState& meter, std::string_view why, base::UtcMillis now) {
  SupplyRecord& supply = meter.supply;
  supersede(meter, now);
  for (auto& [under_way, open] : commands) {
    if (open.meter != index_of(meter) || is_final(open.command.state)) continue;
    mark_ended(open.command, CommandState::cancelled, std::string(why), now);
    dirty_commands.insert(under_way);
  }
  std::vector<AlarmKey> raised;
  for (const auto& [key, alarm] : alarms) {
    // A refused reading is a matter of the books, wherever the device is.
    if (alarm.meter == meter.id && alarm.code != "reading_quarantined") raised.push_back(key);
  }
  for (const auto& [code, of_gateway, of_meter, line, command] : raised) clear(code, of_gateway, of_meter, line, command, now);
  if (std::exchange(supply.reachable, false)) note_connection(gateway_of(meter), meter.id, false, now);
  supply.relay = wire::Relay::unknown;
  supply.clock_offset_s.reset();
  watch.erase(index_of(meter));
}

Outcome Ledger::Impl::decide(const Order& order, const DispatchMeter& what, base::UtcMillis now) {
  MeterState* meter = find_meter(order.scope, what.meter);
  if (meter == nullptr) return base::fail(Errc::not_found, "meter");
  const bool refused = alarms.contains(AlarmKey{"bad_device", meter->gateway, meter->id, "", 0});
  if (meter->dispatch.wanted && !refused) return base::fail(Errc::conflict, "dispatch");
  if (!gateway_of(*meter).site->site.enabled) return base::fail(Errc::disabled, "site");
  clear("bad_device", meter->gateway, meter->id, "", 0, now);
  save_dispatch(*meter, true);
  settle(*meter, CommandCause::reconcile, now);
  return Answer(Done{});
}

Outcome Ledger::Impl::decide(const Order& order, const WithdrawMeter& what, base::UtcMillis now) {
  MeterState* meter = find_meter(order.scope, what.meter);
  if (meter == nullptr) return base::fail(Errc::not_found, "meter");
  if (!meter->dispatch.wanted) return base::fail(Errc::conflict, "dispatch");
  // What we cut must be closed first, or the home would stay dark without anybody to close it. A trip that left may still be carried out.
  if (meter->supply.forced || meter->supply.ordered != RelayOrder::nothing) return base::fail(Errc::has_history, "switch");
  if (meter->opening != 0 && !what.confirmed) return base::fail(Errc::needs_confirmation, "opening");
  forget_device(*meter, "withdrawn", now);
  save_dispatch(*meter, false);
  settle(*meter, CommandCause::person, now);
  return Answer(Done{});
}

void Ledger::Impl::apply(GatewayState& gateway, wire::FoundEvent event, Origin origin, base::UtcMillis now) {
  // A device of a line that nobody knows cannot be registered there.
  if (!has_line(gateway.lines, event.line.value)) return quarantine(gateway, origin, to_string(Errc::unknown_device), wire::encode(wire::Event(event)), now);
  for (wire::FoundDevice& device : event.devices) {
    if (const auto address = MeterAddress::parse(device.address)) device.address = address->text();  // as meters have it
    const base::UtcMillis seen = std::min(event.at, now);
    const FoundKey key = key_of(event.line.value, device);
    auto known = gateway.found.find(key);
    if (known == gateway.found.end()) {
      if (gateway.found.size() >= kFoundPerGateway) {
        auto oldest = gateway.found.end();
        for (auto at = gateway.found.begin(); at != gateway.found.end(); ++at) {
          if (!at->second.dismissed && (oldest == gateway.found.end() || at->second.seen < oldest->second.seen)) oldest = at;
        }
        if (oldest == gateway.found.end()) continue;
        std::erase_if(batch.found, [id = oldest->second.id](const Found& row) { return row.id == id; });
        batch.found_forgotten.push_back(oldest->second.id);
        gateway.found.erase(oldest);
      }
      known = gateway.found.emplace(key, Found{++newest.found, gateway.row.owner, gateway.row.id, event.line.value, {}, {}}).first;
    } else if (seen < known->second.seen) {
      continue;  // an old card tells it once more
    }
    known->second.device = std::move(device);
    known->second.seen = seen;
    batch.found.push_back(known->second);
  }
  gateway.changed = true;
}

Outcome Ledger::Impl::decide(const Order& order, const DismissFound& what, base::UtcMillis) {
  GatewayState* gateway = find_gateway(order.scope, what.gateway);
  if (gateway == nullptr) return base::fail(Errc::not_found, "gateway");
  const auto found = std::find_if(gateway->found.begin(), gateway->found.end(), [&](const auto& entry) { return entry.second.id == what.found; });
  if (found == gateway->found.end()) return base::fail(Errc::not_found, "found");
  found->second.dismissed = what.dismissed;
  batch.found.push_back(found->second);
  gateway->changed = true;
  return Answer(Done{});
}

}  // namespace anju::platform
