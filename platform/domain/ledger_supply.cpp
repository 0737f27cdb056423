#include <algorithm>
#include <utility>

#include "platform/domain/ledger_impl.hpp"
#include "protocols/wire/detail.hpp"

namespace anju::platform {
namespace {

bool is_relay_order(wire::CommandKind kind) { return kind == wire::CommandKind::trip || kind == wire::CommandKind::close; }

/// Why a read that was answered is a matter for a person: its reading does not let a meter be cut off (detail of command_unanswered).
constexpr std::string_view kTooOld = "stale_reading";

/// A reading that was asked for did not come, or was of no use.
bool is_about_reading(const Alarm& alarm) { return alarm.detail.starts_with("kind=read;"); }

}  // namespace

/// Called after everything that can change what is wanted or what is reported.
void Ledger::Impl::settle(MeterState& meter, CommandCause close_cause, base::UtcMillis now) {
  SupplyRecord& supply = meter.supply;
  const base::Money balance = meter.account.balance;
  if (meter.settings.by_quantity) follow_limits(meter, now);

  if (const AccountState account = account_state(meter.settings, supply.moved, balance); account != supply.account) {
    supply.account = account;
    touch(meter, kSupply);
  }
  const Warning warning = warn(meter.settings, supply.moved, balance, supply.warned);
  if (warning.now != supply.warned) {
    supply.warned = warning.now;
    touch(meter, kSupply);
    if (warning.raise.first) {
      batch.notices.push_back({++newest.notice, meter.owner, meter.id, false, now, meter.settings.alarm_1, balance});
    }
    if (warning.raise.second) {
      batch.notices.push_back({++newest.notice, meter.owner, meter.id, true, now, meter.settings.alarm_2, balance});
    }
  }

  const bool keep_power = supply.keep_power || supply.keep_power_wanted;
  // Of a meter that its gateway does not have nothing is wanted either; once it has it again, what the books say holds again.
  const bool can_cut = meter.valve && meter.dispatch.wanted;
  const WantedReason reason = wanted(meter.settings, {supply.moved, supply.forced, keep_power, supply.scheduled, supply.unpaid, can_cut}, balance);
  if (reason != supply.reason) {
    supply.reason = reason;
    if (std::exchange(supply.awaiting_read, false)) forget_awaited(meter, now);
    supply.crossing = 0;
    touch(meter, kSupply);
    if (reason == WantedReason::arrears) cross(meter, now);
    if (reason == WantedReason::none) clear("closed_by_hand", meter.gateway, meter.id, "", 0, now);
    drive(meter, close_cause, now);
  } else if (supply.awaiting_read || (differs(meter) && supply.pending_command == 0 && !watch.contains(index_of(meter)))) {
    drive(meter, CommandCause::reconcile, now);
  }
}

void Ledger::Impl::cross(MeterState& meter, base::UtcMillis now) {
  SupplyRecord& supply = meter.supply;
  const auto pending = commands.find(supply.pending_command);
  const bool closing = pending != commands.end() && pending->second.command.kind == wire::CommandKind::close;
  const bool tripping = pending != commands.end() && pending->second.command.kind == wire::CommandKind::trip;
  Crossing& row = batch.crossings.emplace_back();
  row.id = supply.crossing = ++newest.crossing;
  row.owner = meter.owner;
  row.meter = meter.id;
  row.at = now;
  row.transfer = meter.account.newest_transfer;
  row.balance = meter.account.balance;
  row.reading_age = now - meter.metering.last.at;
  if (tripping) row.exemption = "trip_under_way";
  if (supply.relay == wire::Relay::open && !closing) row.exemption = "open_already";
}

/// Orders what brings the relay to where it should be, unless that is under way. Only a meter that we cut is closed by itself.
void Ledger::Impl::drive(MeterState& meter, CommandCause cause, base::UtcMillis now) {
  SupplyRecord& supply = meter.supply;
  auto pending = commands.find(supply.pending_command);
  const bool under_way = pending != commands.end() && !is_final(pending->second.command.state);
  const bool tripping = under_way && pending->second.command.kind == wire::CommandKind::trip;
  const bool closing = under_way && pending->second.command.kind == wire::CommandKind::close;
  watch.erase(index_of(meter));

  if (supply.reason != WantedReason::none) {
    if (tripping || (supply.relay == wire::Relay::open && !closing)) {
      if (std::exchange(supply.awaiting_read, false)) forget_awaited(meter, now);
      return;
    }
    const base::Millis age = now - meter.metering.last.at;
    if (supply.reason == WantedReason::arrears && age > kFreshReading) {
      // L10: no trip on stale data. The reading that this order brings decides again.
      if (!supply.awaiting_read) {
        supply.awaiting_read = true;
        touch(meter, kSupply);
        OpenCommand& read = order(meter, wire::CommandKind::read, CommandCause::stale_reading, "", now);
        read.command.crossing = supply.crossing;
        read.command.reading_age = age;
      }
      return;
    }
    if (std::exchange(supply.awaiting_read, false)) forget_awaited(meter, now);
    if (closing) supersede(meter, now);
    const CommandCause why = supply.reason == WantedReason::forced      ? CommandCause::forced
                             : supply.ordered == RelayOrder::open       ? CommandCause::reconcile
                             : supply.reason == WantedReason::scheduled ? CommandCause::scheduled
                             : supply.reason == WantedReason::fee       ? CommandCause::fee
                                                                        : CommandCause::arrears;
    OpenCommand& trip = order(meter, wire::CommandKind::trip, why, "", now);
    trip.command.crossing = supply.crossing;
    if (supply.reason == WantedReason::arrears) trip.command.reading_age = age;
    supply.pending_command = trip.command.id;
    touch(meter, kSupply);
    return;
  }

  if (closing) return;
  if (tripping) supersede(meter, now);
  // Nothing of ours was sent: if it is open, somebody else opened it. But what was sent may be carried out at any time, also hours
  // after we gave it up and while the last report still says closed: only a close that was verified takes it back.
  if (supply.ordered == RelayOrder::nothing) return tell_opened(meter, now);
  supply.pending_command = order(meter, wire::CommandKind::close, cause, "", now).command.id;
  touch(meter, kSupply);
}

bool Ledger::Impl::differs(const MeterState& meter) const {
  const SupplyRecord& supply = meter.supply;
  if (supply.reason != WantedReason::none) {
    // A stuck relay stays `opening`, and one that waits for its button can be closed by anybody: neither is cut off.
    return supply.relay != wire::Relay::open && supply.relay != wire::Relay::unknown && !supply.awaiting_read;
  }
  // Where closing is only permitted, whoever is there presses the button. A meter that closes by itself and waits has a relay that is stuck.
  const bool permitted = supply.relay == wire::Relay::awaiting_button && profiles[static_cast<std::size_t>(meter.profile)].close == wire::CloseMethod::permit;
  return supply.ordered != RelayOrder::nothing && !permitted;
}

void Ledger::Impl::note_relay(MeterState& meter, wire::Relay relay, base::UtcMillis at, base::UtcMillis now) {
  SupplyRecord& supply = meter.supply;
  // Cut off, seen open, and now closed without an order of ours: cutting it off again is not enough, somebody has to look.
  const bool helped = supply.relay == wire::Relay::open && relay == wire::Relay::closed && supply.reason != WantedReason::none &&
                      supply.ordered == RelayOrder::open && supply.pending_command == 0;
  // Closed after we saw it open: there is nothing of ours left to take back. What an old card tells once more is from before we saw it.
  const bool seen_open = supply.relay != wire::Relay::closed && supply.relay != wire::Relay::unknown;
  if (seen_open && relay == wire::Relay::closed && at >= supply.reported && supply.reason == WantedReason::none && supply.pending_command == 0) {
    supply.ordered = RelayOrder::nothing;
  }
  supply.relay = relay;
  supply.reported = std::max(supply.reported, std::min(at, now));  // a gateway's clock may be ahead
  touch(meter, kSupply);
  if (helped) raise(meter.owner, "closed_by_hand", true, meter.gateway, meter.id, "", 0, "", now);
  tell_opened(meter, now);
  if (relay == wire::Relay::closed) clear("opened_by_hand", meter.gateway, meter.id, "", 0, now);
}

/// It should supply, and is open by somebody else's doing, or about to open (a trip from before a backup whose relay is stuck): nobody closes it by
/// himself, so a person has to know.
void Ledger::Impl::tell_opened(const MeterState& meter, base::UtcMillis now) {
  const SupplyRecord& supply = meter.supply;
  const bool off = supply.relay == wire::Relay::open || supply.relay == wire::Relay::opening;
  const bool foreign = off && supply.reason == WantedReason::none &&
                       supply.ordered == RelayOrder::nothing && supply.pending_command == 0;
  if (foreign) raise(meter.owner, "opened_by_hand", false, meter.gateway, meter.id, "", 0, "", now);
}

/// The books want keep-power and the meter has none: it was released at the meter, the meter is another one, or the release came after the backup
/// these books were restored from. Nobody is cut off on it; the meter gets what the books say. Not while it is open: somebody may have opened it for work,
/// and a meter may close on the order.
void Ledger::Impl::keep_power_again(MeterState& meter, base::UtcMillis now) {
  const SupplyRecord& supply = meter.supply;
  if (!supply.keep_power_wanted || supply.keep_power || !supply.reachable || supply.relay != wire::Relay::closed) return;
  const bool under_way = std::ranges::any_of(commands, [&](const auto& entry) {
    const auto& [meter_index, command] = std::tie(entry.second.meter, entry.second.command);
    const bool about_it = command.kind == wire::CommandKind::keep_power_on || command.kind == wire::CommandKind::keep_power_off;
    return about_it && meter_index == index_of(meter) && !is_final(command.state);
  });
  if (!under_way) order(meter, wire::CommandKind::keep_power_on, CommandCause::reconcile, "", now);
}

Ledger::Impl::OpenCommand& Ledger::Impl::order(MeterState& meter, wire::CommandKind kind, CommandCause cause, std::string by,
                                               base::UtcMillis now) {
  const std::int64_t id = ++newest.command;
  OpenCommand& open = commands[id];
  open.meter = index_of(meter);
  Command& command = open.command;
  command.id = id;
  command.code = "auto-" + std::to_string(id);
  command.meter = meter.id;
  command.kind = kind;
  command.cause = cause;
  command.by = std::move(by);
  command.created = now;
  command.expires = now + expiry_of(kind);
  dirty_commands.insert(id);
  return open;
}

/// The relay order under way is no longer what is wanted. If it was sent, the gateway may carry it out before its successor.
void Ledger::Impl::supersede(MeterState& meter, base::UtcMillis now) {
  const auto pending = commands.find(meter.supply.pending_command);
  meter.supply.pending_command = 0;
  touch(meter, kSupply);
  if (pending == commands.end() || is_final(pending->second.command.state)) return;
  mark_ended(pending->second.command, CommandState::cancelled, "superseded", now);
  dirty_commands.insert(pending->first);
  clear("command_unanswered", meter.gateway, meter.id, "", pending->first, now);
}

/// A command has come to its end: what it leaves behind.
void Ledger::Impl::ended(OpenCommand& open, base::UtcMillis now) {
  const Command command = open.command;
  MeterState& meter = meters[open.meter];
  SupplyRecord& supply = meter.supply;
  touch(meter, kSupply);
  const bool verified = command.state == CommandState::verified;
  const bool was_pending = supply.pending_command == command.id;
  if (was_pending) supply.pending_command = 0;

  if (verified) {
    forget_unanswered(meter, command, now);
  } else if (command.state != CommandState::cancelled) {
    escalate(open, to_string(command.state), command.reason, now);
  }
  switch (command.kind) {
    case wire::CommandKind::trip:
      if (verified) note_relay(meter, wire::Relay::open, now, now);
      break;
    case wire::CommandKind::close:
      if (verified) {
        if (was_pending) supply.ordered = RelayOrder::nothing;
        note_relay(meter, wire::Relay::closed, now, now);
      } else if (was_pending && command.state != CommandState::cancelled) {
        supply.ordered = RelayOrder::close;  // also when it never left: it stays wanted and is tried again
      }
      break;
    case wire::CommandKind::keep_power_on:
      if (verified) supply.keep_power = true;
      // A person's order that failed is over. What was in force once stays wanted, or the meter would be cut off by a line that is down.
      if (!verified && command.cause != CommandCause::reconcile) supply.keep_power_wanted = supply.keep_power;
      break;
    case wire::CommandKind::keep_power_off:
      if (verified) supply.keep_power = false;
      break;
    case wire::CommandKind::read:
      // Unanswered: the crossing keeps waiting, and the next reading decides. It was escalated above.
      // Answered, but refused, or old by our clock because the gateway's is late: the same, and a person has to know.
      if (verified && supply.awaiting_read && command.cause == CommandCause::stale_reading && command.crossing == supply.crossing) {
        open.command.escalated = false;
        escalate(open, to_string(command.state), kTooOld, now);
      }
      break;
    default: break;
  }
  if (!verified && is_relay_order(command.kind) && was_pending) watch[open.meter] = now + kReconcileAfter;
  settle(meter, CommandCause::reconcile, now);
}

void Ledger::Impl::escalate(OpenCommand& open, std::string_view state, std::string_view reason, base::UtcMillis now) {
  const MeterState& meter = meters[open.meter];
  if (open.command.escalated || open.command.kind == wire::CommandKind::live) return;  // a look that saw nothing is no matter
  open.command.escalated = true;
  if (is_relay_order(open.command.kind)) forget_unanswered(meter, open.command, now);  // this one takes its place
  dirty_commands.insert(open.command.id);
  raise(meter.owner, "command_unanswered", is_relay_order(open.command.kind), meter.gateway, meter.id, "", open.command.id,
        wire::detail({{"kind", std::string(wire::to_string(open.command.kind))},
                      {"state", std::string(state)},
                      {"reason", std::string(reason)}}),
        now);
}

/// Alarms of earlier orders to the same meter that `command` makes pointless. Not of the reading that a cut-off waits for: only a reading ends that.
void Ledger::Impl::forget_unanswered(const MeterState& meter, const Command& command, base::UtcMillis now) {
  const std::string code = "command_unanswered";
  std::vector<std::int64_t> over;
  for (auto at = alarms.lower_bound(AlarmKey{code, meter.gateway, meter.id, "", 0}); at != alarms.end(); ++at) {
    const auto& [its_code, gateway, its_meter, line, id] = at->first;
    if (its_code != code || gateway != meter.gateway || its_meter != meter.id || id > command.id) break;
    const bool awaited = meter.supply.awaiting_read && is_about_reading(at->second);
    if (id == command.id || (at->second.critical == is_relay_order(command.kind) && !awaited)) over.push_back(id);
  }
  for (const std::int64_t id : over) clear(code, meter.gateway, meter.id, "", id, now);
}

/// The cut-off that waited for a fresh reading is decided.
void Ledger::Impl::forget_awaited(const MeterState& meter, base::UtcMillis now) {
  const std::string code = "command_unanswered";
  std::vector<std::int64_t> over;
  for (auto at = alarms.lower_bound(AlarmKey{code, meter.gateway, meter.id, "", 0}); at != alarms.end(); ++at) {
    const auto& [its_code, gateway, its_meter, line, id] = at->first;
    if (its_code != code || gateway != meter.gateway || its_meter != meter.id) break;
    if (is_about_reading(at->second)) over.push_back(id);
  }
  for (const std::int64_t id : over) clear(code, meter.gateway, meter.id, "", id, now);
}

void Ledger::Impl::raise(Owner owner, std::string code, bool critical, std::int64_t gateway, std::int64_t meter,
                         std::string line, std::int64_t command, std::string detail, base::UtcMillis now) {
  AlarmKey key{code, gateway, meter, line, command};
  if (alarms.contains(key)) return;
  Alarm alarm;
  alarm.id = ++newest.alarm;
  alarm.owner = owner;
  alarm.code = std::move(code);
  alarm.critical = critical;
  alarm.raised = now;
  alarm.gateway = gateway;
  alarm.meter = meter;
  alarm.line = std::move(line);
  alarm.command = command;
  alarm.detail = std::move(detail);
  batch.alarms.push_back(alarm);
  alarms.emplace(std::move(key), std::move(alarm));
}

void Ledger::Impl::clear(std::string_view code, std::int64_t gateway, std::int64_t meter, std::string_view line,
                         std::int64_t command, base::UtcMillis now) {
  const auto found = alarms.find(AlarmKey{std::string(code), gateway, meter, std::string(line), command});
  if (found == alarms.end()) return;
  found->second.active = false;
  found->second.cleared = now;
  batch.alarms.push_back(std::move(found->second));
  alarms.erase(found);
}

void Ledger::Impl::tick(base::UtcMillis now) {
  follow_clock(now);
  tick_silence(now);
  tick_prices(now);
  tick_switching(now);
  std::vector<MeterIndex> due_meters;
  for (const auto& [index, at] : watch) {
    if (at <= now && gateway_of(meters[index]).row.online && meters[index].supply.reachable) due_meters.push_back(index);
  }
  for (const MeterIndex index : due_meters) {
    watch.erase(index);
    if (differs(meters[index]) && meters[index].supply.pending_command == 0) drive(meters[index], CommandCause::reconcile, now);
  }

  std::vector<std::int64_t> expired;
  for (auto& [id, open] : commands) {
    Command& command = open.command;
    if (is_final(command.state)) continue;
    GatewayState& gateway = gateway_of(meters[open.meter]);
    switch (due(command, gateway.row.online, now)) {
      case Due::nothing: break;
      case Due::expire: expired.push_back(id); break;
      case Due::send:
        // After a restore from backup the clock is ahead of every counter that was ever handed out.
        gateway.row.counter = std::max({gateway.row.counter + 1, now.value, command.created.value});
        gateway.dirty = true;
        mark_sent(command, gateway.row.counter, now);
        dirty_commands.insert(id);
        if (is_relay_order(command.kind)) {
          meters[open.meter].supply.ordered = command.kind == wire::CommandKind::trip ? RelayOrder::open : RelayOrder::close;
          touch(meters[open.meter], kSupply);
        }
        effects.commands.push_back({gateway.row.id, to_wire(command, meters[open.meter].device)});
        break;
      case Due::resend:
        mark_sent(command, command.counter, now);
        effects.commands.push_back({gateway.row.id, to_wire(command, meters[open.meter].device)});
        break;
    }
    if (!command.escalated) {
      if (!gateway.row.online && is_relay_order(command.kind)) {
        escalate(open, to_string(command.state), "gateway_offline", now);
      } else if (now >= command.created + kEscalateAfter) {
        escalate(open, to_string(command.state), "", now);
      }
    }
  }
  for (const std::int64_t id : expired) {
    OpenCommand& open = commands.at(id);
    mark_ended(open.command, CommandState::expired, "no_answer", now);
    dirty_commands.insert(id);
    ended(open, now);
  }
}

}  // namespace anju::platform
