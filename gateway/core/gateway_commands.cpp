// Commands: which are refused, which are taken, and their way through the exchanges to the final word.

#include <algorithm>
#include <utility>

#include "gateway/core/errc.hpp"
#include "gateway/core/gateway.hpp"

namespace anju::gateway {
namespace {

wire::CommandEvent outcome_of(const wire::Command& command, base::UtcMillis now, const base::Error& error) {
  const bool expired = error.is(Errc::expired);
  return wire::CommandEvent{command.id,
                            command.device,
                            now,
                            expired ? wire::CommandPhase::expired : wire::CommandPhase::refused,
                            std::string(error.code),
                            wire::Relay::unknown};
}

}  // namespace

void Gateway::resume(base::UtcMillis now, GatewayOutput& out) {
  for (auto& known : std::exchange(to_resume_, {})) {
    if (!devices_.contains(known.command.device)) {
      out.events.emplace_back(wire::CommandEvent{known.command.id, known.command.device, now,
                                                 wire::CommandPhase::failed,
                                                 std::string(to_string(Errc::unknown_device)), wire::Relay::unknown});
      continue;
    }
    run(RunningCommand(known.command, true, known.phase, plan_.settings().utc_offset_minutes), now, out);
  }
}

void Gateway::take(const wire::Command& command, base::UtcMillis now, GatewayOutput& out) {
  // The platform repeats an order until the stream brings its outcome. A known id is never acted on again; its outcome
  // is in the stream, or will be.
  if (seen_.contains(command.id)) return;
  // Also that it was refused is said once: whoever owns the broker can repeat an old command without end, and must not fill the spool.
  seen_.insert(command.id);
  auto refused = refusal(command, journal_.last_counter(), devices_.contains(command.device), now);
  if (!refused && command.kind == wire::CommandKind::clear) {
    if (!can_clear(devices_.at(command.device).meter)) refused = base::Error(Errc::not_supported, "clear");
    if (is_clearing(command.device)) refused = base::Error(Errc::too_many_commands);
  }
  if (!refused && commands_.size() >= kMostCommands) refused = base::Error(Errc::too_many_commands);
  if (!refused) {
    if (const auto accepted = journal_.accept(command); !accepted) {
      const bool known = accepted.error().is(Errc::old_counter) || accepted.error().is(Errc::seen_command);
      refused = known ? accepted.error() : base::Error(Errc::not_durable, accepted.error().where);
    }
  }
  if (refused) {
    // Overtaken by a later one, or from a platform that was restored: the state says which counter comes next.
    if (refused->is(Errc::old_counter)) out.state_changed = true;
    out.events.emplace_back(outcome_of(command, now, *refused));
    return;
  }
  run(RunningCommand(command, false, std::nullopt, plan_.settings().utc_offset_minutes), now, out);
}

void Gateway::run(RunningCommand command, base::UtcMillis now, GatewayOutput& out) {
  const auto id = command.command().id;
  auto& device = devices_.at(command.command().device);
  if (command.command().kind == wire::CommandKind::read) ask_for_all(device);  // who orders a reading wants all of it
  if (command.moves_relay()) {
    // Two orders for one relay: the newer one is what the platform wants now.
    std::vector<base::CommandId> older;
    for (const auto& [other, running] : commands_) {
      if (running.moves_relay() && running.command().device == command.command().device) older.push_back(other);
    }
    for (const auto& other : older)
      apply(other, commands_.at(other).abandon(to_string(Errc::superseded), now, travel_of(device.meter)), now, out);
    if (!local_.contains(id)) perform(test_.taken_over(command.command().device, now), now, out);
  }
  const auto started = commands_.insert_or_assign(id, std::move(command)).first;
  const auto travels_until = is_travelling(device, now) ? device.travels_until : base::UtcMillis();
  apply(id, started->second.start(device.meter, now, known_clock(device, now), travels_until), now, out);
}

void Gateway::take(const LocalCommandArrived& arrived, base::UtcMillis now, GatewayOutput& out) {
  const auto kind = arrived.command.kind;
  if (kind == wire::CommandKind::read || kind == wire::CommandKind::live) return take_local(arrived.command, now, out);
  tell_local(outcome_of(arrived.command, now, base::Error(Errc::not_supported, "not from here")), out);
}

void Gateway::take_local(const wire::Command& command, base::UtcMillis now, GatewayOutput& out) {
  // One above, as if the platform's next: its counter judges what the platform ordered, not what was ordered here.
  auto counted = command;
  counted.counter = journal_.last_counter() + 1;
  auto refused = refusal(counted, journal_.last_counter(), devices_.contains(command.device), now);
  const bool full = commands_.size() >= kMostCommands || commands_.contains(command.id);
  if (!refused && (full || (command.kind != wire::CommandKind::live && is_moving(command.device)))) refused = base::Error(Errc::too_many_commands);
  if (refused) return tell_local(outcome_of(command, now, *refused), out);
  local_.insert(command.id);
  run(RunningCommand(command, false, std::nullopt, plan_.settings().utc_offset_minutes), now, out);
}

/// Of the switch test it is told apart: nobody else has asked for its orders.
void Gateway::tell_local(wire::CommandEvent event, GatewayOutput& out) {
  if (event.command == test_.order()) {
    test_heard_.push_back(std::move(event));
  } else {
    out.local.push_back(std::move(event));
  }
}

bool Gateway::is_moving(const base::DeviceId& device) const {
  return std::ranges::any_of(commands_, [&](const auto& entry) {
    return (entry.second.moves_relay() || entry.second.clears()) && entry.second.command().device == device;
  });
}

bool Gateway::awaits_button(const base::DeviceId& device) const {
  return std::ranges::any_of(commands_, [&](const auto& entry) {
    return entry.second.awaits_button() && entry.second.command().device == device;
  });
}

bool Gateway::is_clearing(const base::DeviceId& device) const {
  return std::ranges::any_of(commands_, [&](const auto& entry) {
    return entry.second.clears() && entry.second.command().device == device;
  });
}

bool Gateway::is_travelling(const Device& device, base::UtcMillis now) {
  // Longer than its travel is left only where the clock was set back.
  return now < device.travels_until && device.travels_until - now <= travel_of(device.meter);
}

void Gateway::apply(const base::CommandId& id, CommandStep step, base::UtcMillis now, GatewayOutput& out) {
  auto& command = commands_.at(id);
  const auto found = devices_.find(command.command().device);
  if (found != devices_.end()) {
    auto& device = found->second;
    if (!is_travelling(device, now) || device.travels_until < command.still_until()) device.travels_until = command.still_until();
    // What it says on its way may be the order it has, also to whoever ordered a reading.
    if (is_travelling(device, now)) {
      for (auto& event : step.events) event.relay = wire::Relay::unknown;
    }
    if (step.supply && !is_travelling(device, now)) device.shadow.supply(*step.supply, awaits_button(found->first));
    if (command.has_set_clock()) device.clock.reset();
    if (step.clock_offset) note_clock(device, *step.clock_offset, now, out);
    if (step.live_until) plan_.live(found->first, *step.live_until);
  }
  const bool own = command.command().kind == wire::CommandKind::clear;
  if (!own && is_clearing(command.command().device)) step.readings.clear();
  if (!step.readings.empty()) {
    flush_readings(now, true, out);
    out.events.emplace_back(wire::ReadingsEvent{std::move(step.readings)});
  }
  const bool local = local_.contains(id);
  for (auto& event : step.events) {
    if (local) {
      tell_local(std::move(event), out);
    } else {
      out.events.emplace_back(std::move(event));
    }
  }
  if (!step.readings_after.empty()) out.events.emplace_back(wire::ReadingsEvent{std::move(step.readings_after)});
  if (step.ask && found != devices_.end()) {
    auto request = step.ask->request;
    submit(found->second, id, std::move(request), *step.ask, now, out);
  }
  if (command.is_finished()) {
    local_.erase(id);
    commands_.erase(id);
    std::erase_if(askers_, [&](const auto& entry) {
      const auto* asker = std::get_if<base::CommandId>(&entry.second);
      return asker != nullptr && *asker == id;
    });
  }
}

void Gateway::tick_commands(base::UtcMillis now, GatewayOutput& out) {
  std::vector<base::CommandId> due;
  for (const auto& [id, command] : commands_) {
    if (const auto wake = command.wake(); wake && *wake <= now) due.push_back(id);
  }
  for (const auto& id : due) {
    auto& command = commands_.at(id);
    if (!stored_ && command.about_to_clear(now)) {
      command.postpone(now + kRetryLongest);
      continue;
    }
    apply(id, command.tick(devices_.at(command.command().device).meter, now), now, out);
  }
}

}  // namespace anju::gateway
