#include <algorithm>

#include "platform/domain/ledger_impl.hpp"
#include "protocols/wire/detail.hpp"

namespace anju::platform {
namespace {

/// What the platform alone finds out. A gateway that reports one of these, or its end, would hide the evidence against itself.
constexpr std::array<std::string_view, 16> kOwnAlarms{"retention_stopped",
                                                     "reading_quarantined", "event_quarantined", "stream_replaced", "events_lost",
                                                     "stream_behind",       "gateway_offline",   "command_unanswered",
                                                     "opened_by_hand",      "closed_by_hand",    "meter_unreachable",
                                                     "use_while_cut",       "no_use",            "night_flow",     "use_jump",
                                                     "tariffs_missing"};

}  // namespace

Taken Ledger::Impl::take(GatewayState& gateway, std::string_view epoch, std::int64_t seq, std::size_t count,
                         base::UtcMillis now, const std::function<void(std::size_t, Origin)>& apply_one) {
  if (gateway.stream.epoch != epoch) {
    if (const auto old = gateway.old_epochs.find(std::string(epoch)); old != gateway.old_epochs.end()) {
      return {old->second, false, true, false};
    }
    if (seq != 1) return {0, true, false, false};
    if (!begin_stream(gateway, epoch, now)) return {0, false, false, true};
  }
  Stream& stream = gateway.stream;
  if (seq > stream.last_seq + 1) return {stream.last_seq, true, false, false};
  const std::int64_t skip = stream.last_seq + 1 - seq;
  for (std::size_t i = static_cast<std::size_t>(skip); i < count; ++i) {
    apply_one(i, Origin{stream.id, stream.last_seq + 1, 0});
    ++stream.last_seq;
  }
  if (skip < static_cast<std::int64_t>(count)) {
    gateway.stream_dirty = true;
    gateway.row.last_event = gateway.heard = now;
    gateway.dirty = true;
    note_archive(gateway);
  }
  return {stream.last_seq, false, false, false};
}

void Ledger::Impl::take_gone(GatewayState& gateway, std::string_view epoch, std::int64_t from, std::int64_t next, base::UtcMillis now) {
  if (gateway.stream.epoch != epoch) {
    if (gateway.old_epochs.contains(std::string(epoch)) || from != 1 || !begin_stream(gateway, epoch, now)) return;
  }
  Stream& stream = gateway.stream;
  const std::int64_t first = stream.last_seq + 1, last = next - 1;
  if (from > first || last < first) return;
  const std::string numbers = "\"from\":" + std::to_string(first) + ",\"through\":" + std::to_string(last);
  batch.quarantined.push_back({++newest.quarantine, gateway.row.owner, gateway.row.id, Origin{stream.id, first, 0}, now, "gone", "{" + numbers + "}"});
  raise(gateway.row.owner, "events_lost", true, gateway.row.id, 0, "", 0,
        wire::detail({{"lost_from", std::to_string(first)}, {"lost_through", std::to_string(last)}}), now);
  stream.last_seq = last;
  gateway.heard = now;
  gateway.stream_dirty = gateway.changed = true;
}

bool Ledger::Impl::begin_stream(GatewayState& gateway, std::string_view epoch, base::UtcMillis now) {
  if (!base::is_id(epoch)) return false;
  const bool replaced = gateway.row.stream != 0;
  if (replaced) {
    if (gateway.stream_dirty) batch.streams.push_back(gateway.stream);
    gateway.old_epochs.emplace(gateway.stream.epoch, gateway.stream.last_seq);
    // Doors and charges in a lost spool are gone, energy is not: registers are cumulative. A person should know.
    raise(gateway.row.owner, "stream_replaced", false, gateway.row.id, 0, "", 0,
          wire::detail({{"old_epoch", gateway.stream.epoch},
                        {"ended_at", std::to_string(gateway.stream.last_seq)},
                        {"new_epoch", std::string(epoch)}}),
          now);
  }
  gateway.stream = Stream{++newest.stream, gateway.row.owner, gateway.row.id, std::string(epoch), 0, now};
  gateway.row.stream = gateway.stream.id;
  gateway.dirty = gateway.stream_dirty = gateway.changed = true;
  return true;
}

void Ledger::Impl::apply(GatewayState& gateway, const wire::Event& event, Origin origin, base::UtcMillis now) {
  std::visit([&](const auto& what) { apply(gateway, what, origin, now); }, event);
}

void Ledger::Impl::apply(GatewayState& gateway, const wire::ReadingsEvent& event, Origin origin, base::UtcMillis now) {
  for (const wire::Reading& reading : event.readings) {
    take_reading(gateway, reading, origin, now);
    ++origin.item;
  }
}

void Ledger::Impl::take_reading(GatewayState& gateway, const wire::Reading& reading, Origin origin, base::UtcMillis now) {
  const auto* found = find_device(gateway, reading.device);
  if (found == nullptr) {
    return quarantine(gateway, origin, to_string(Errc::unknown_device), wire::encode(wire::Event(wire::ReadingsEvent{{reading}})), now);
  }
  MeterState& meter = meters[*found];
  StoredReading row;
  row.id = ++newest.reading;
  row.owner = meter.owner;
  row.meter = meter.id;
  row.previous = meter.metering.newest_reading;
  row.origin = origin;
  row.at = reading.at;
  row.kind = reading.kind;
  row.total = reading.total;
  row.has_tariffs = reading.tariffs.has_value();
  if (reading.tariffs) row.tariffs = *reading.tariffs;
  meter.metering.newest_reading = row.id;
  touch(meter, kMetering);

  row.reason = count_reading(gateway, meter, reading, row, now);
  if (!row.reason.empty()) {
    row.state = ReadingState::quarantined;
    ++meter.metering.quarantined;
    raise(meter.owner, "reading_quarantined", false, gateway.row.id, meter.id, "", 0, wire::detail({{"reason", std::string(row.reason)}}), now);
  }
  const bool counted = row.state == ReadingState::used;
  batch.readings.push_back(row);
  if (counted) settle(meter, CommandCause::reconcile, now);
}

/// What a register says since the last one, and what that costs. Changes nothing.
base::Result<Ledger::Impl::Counted> Ledger::Impl::count(GatewayState& gateway, MeterState& meter, const Sample& sample, base::UtcMillis now) {
  const SiteCard& site = gateway.site->site.card;
  const auto prices = find_stretches(meter, sample.at);
  const Stretch newest_prices = prices.back();
  const bool registers = std::any_of(prices.begin(), prices.end(), [](const Stretch& stretch) { return by_registers(*stretch.prices); });
  const bool new_prices = meter.metering.price_version != 0 && meter.metering.price_version != newest_prices.version;
  auto measured = measure(meter.metering.last, sample, registers ? PlanKind::tou : PlanKind::total, limit_of(meter.kind, site.greatest_power_w), now, new_prices);
  if (!measured) return base::pass(measured);
  if (measured->stale) return Counted{{}, measured->next, {}, newest_prices, true};
  auto priced = bill(prices, measured->use, meter.metering.last.at, sample.at, meter.metering.accrued, site.utc_offset_minutes);
  if (!priced) return base::pass(priced);
  return Counted{measured->use, measured->next, *priced, newest_prices, false};
}

/// Why it is refused, or nothing.
std::string_view Ledger::Impl::count_reading(GatewayState& gateway, MeterState& meter, const wire::Reading& reading,
                                             StoredReading& row, base::UtcMillis now) {
  if (reading.kind == wire::ReadingKind::daily_freeze) {
    row.state = ReadingState::recorded;
    if (reading.at > now + kClockTolerance) return to_string(Errc::in_the_future);
    record_freeze(gateway, meter, reading, now);
    return {};
  }
  const auto counted = count(gateway, meter, {reading.at, reading.total, reading.tariffs}, now);
  if (!counted) {
    if (counted.error().is(Errc::impossible_jump) || counted.error().is(Errc::backward)) {
      meter.metering.last = doubt(meter.metering.last, reading.total);
    }
    return counted.error().code;
  }
  if (counted->stale) {
    row.state = ReadingState::recorded;
    return {};
  }
  row.used = counted->use.total;
  row.plan_version = counted->newest_prices.version;
  row.estimated = counted->bill.estimated;
  watch_use(gateway, meter, meter.metering.last.at, reading.at, counted->use.total, now);
  meter.metering.last = counted->next;
  const bool four_prices = by_registers(*counted->newest_prices.prices);
  if (four_prices && !reading.tariffs) {
    // All of it is billed as flat until the four are read again, which no bill shows.
    raise(meter.owner, "tariffs_missing", false, gateway.row.id, meter.id, "", 0, "", now);
  } else if (four_prices) {
    clear("tariffs_missing", gateway.row.id, meter.id, "", 0, now);
  }
  follow_prices(meter, counted->newest_prices, now);
  book_use(gateway, meter, counted->use, counted->bill, counted->newest_prices, row.id, reading.at);
  if (meter.metering.quarantined != 0) clear("reading_quarantined", gateway.row.id, meter.id, "", 0, now);
  return {};
}

void Ledger::Impl::record_freeze(GatewayState& gateway, MeterState& meter, const wire::Reading& reading, base::UtcMillis now) {
  const std::int32_t day = day_of(reading.at, gateway.site->site.card.utc_offset_minutes);
  if (day <= meter.metering.frozen_day) return;  // read again; the first one stands
  meter.metering.frozen_day = day;
  batch.day_registers.push_back({meter.id, day, meter.owner, now, reading.total, reading.tariffs});
}

void Ledger::Impl::apply(GatewayState& gateway, const wire::StatusEvent& event, Origin origin, base::UtcMillis now) {
  const auto* found = find_device(gateway, event.device);
  if (found == nullptr) {
    return quarantine(gateway, origin, to_string(Errc::unknown_device), wire::encode(wire::Event(event)), now);
  }
  MeterState& meter = meters[*found];
  if (!meter.dispatch.wanted) return;  // said before the gateway heard that it was withdrawn
  SupplyRecord& supply = meter.supply;
  touch(meter, kSupply);
  if (supply.reachable != event.reachable) note_connection(gateway, meter.id, event.reachable, event.at);
  supply.reachable = event.reachable;
  // A cut data line looks the same as a resident who has found out that what is not read is not billed.
  if (event.reachable) {
    clear("meter_unreachable", gateway.row.id, meter.id, "", 0, now);
    clear("bad_device", gateway.row.id, meter.id, "", 0, now);  // a gateway does not say when an entry has become usable, its device does
  } else {
    raise(meter.owner, "meter_unreachable", false, gateway.row.id, meter.id, "", 0, "", now);
  }
  if (event.clock_offset_s) supply.clock_offset_s = static_cast<std::int32_t>(std::clamp<std::int64_t>(*event.clock_offset_s, -2'000'000'000, 2'000'000'000));
  if (event.hot_water && meter.kind == wire::MeterKind::hot_water) {
    supply.hot_water = event.hot_water;
    supply.hot_water_at = event.at;
  }
  if (event.relay != wire::Relay::unknown) {
    // Keep-power stands in the same status word: known only together with the relay.
    supply.keep_power = event.keep_power;
    note_relay(meter, event.relay, event.at, now);
    keep_power_again(meter, now);
  }
  settle(meter, CommandCause::reconcile, now);
}

void Ledger::Impl::apply(GatewayState& gateway, const wire::CommandEvent& event, Origin origin, base::UtcMillis now) {
  const auto* device = find_device(gateway, event.device);
  if (device == nullptr) {
    return quarantine(gateway, origin, to_string(Errc::unknown_device), wire::encode(wire::Event(event)), now);
  }
  MeterState& meter = meters[*device];
  if (!meter.dispatch.wanted) return;
  if (event.relay != wire::Relay::unknown) note_relay(meter, event.relay, event.at, now);
  const auto attempt = parse_wire_id(event.command.value);
  const auto found = attempt ? commands.find(attempt->command) : commands.end();
  if (found == commands.end() || found->second.meter != *device) {
    settle(meter, CommandCause::reconcile, now);  // an answer to a command that is over still says how the relay is
    return;
  }
  OpenCommand& open = found->second;
  if (!hear(open.command, event, attempt->counter, now)) return;
  dirty_commands.insert(open.command.id);
  if (open.command.kind == wire::CommandKind::clear && open.command.state == CommandState::verified) note_cleared(meter, open.command, event.at, now);
  if (is_final(open.command.state)) ended(open, now);
}

void Ledger::Impl::apply(GatewayState& gateway, const wire::AlarmEvent& event, Origin origin, base::UtcMillis now) {
  if (std::find(kOwnAlarms.begin(), kOwnAlarms.end(), event.code) != kOwnAlarms.end()) {
    return quarantine(gateway, origin, to_string(Errc::not_yours), wire::encode(wire::Event(event)), now);
  }
  std::int64_t meter = 0;
  if (event.device) {
    const auto* found = find_device(gateway, *event.device);
    if (found == nullptr) {
      return quarantine(gateway, origin, to_string(Errc::unknown_device), wire::encode(wire::Event(event)), now);
    }
    if (!meters[*found].dispatch.wanted) return;
    meter = meters[*found].id;
  }
  const std::string line = event.line ? event.line->value : std::string();
  if (event.active) {
    raise(gateway.row.owner, event.code, false, gateway.row.id, meter, line, 0, event.detail, now);
  } else {
    clear(event.code, gateway.row.id, meter, line, 0, now);
  }
}

void Ledger::Impl::quarantine(GatewayState& gateway, Origin origin, std::string_view reason, std::string_view payload,
                              base::UtcMillis now) {
  batch.quarantined.push_back({++newest.quarantine, gateway.row.owner, gateway.row.id, origin, now, std::string(reason), std::string(payload)});
  raise(gateway.row.owner, "event_quarantined", false, gateway.row.id, 0, "", 0, wire::detail({{"reason", std::string(reason)}}), now);
}

}  // namespace anju::platform
