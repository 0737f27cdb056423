#include "tests/scenario/world/watch.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <utility>

namespace anju::scenario {
namespace {

/// A person is told after a minute; the platform looks once a second, and this once a minute.
constexpr base::Millis kTold = base::seconds(90);

bool switches(wire::CommandKind kind) {
  return kind == wire::CommandKind::trip || kind == wire::CommandKind::close ||
         kind == wire::CommandKind::keep_power_on || kind == wire::CommandKind::keep_power_off;
}

}  // namespace

Watch::Watch(std::uint64_t seed, Timeline& time, Field& field) : seed_(seed), time_(time), field_(field) {
  if (const char* device = std::getenv("ANJU_TRACE")) traced_ = device;
}

void Watch::trace(const std::string& device, const std::string& what) const {
  if (device != traced_) return;
  std::fprintf(stderr, "%s %s %s\n", base::format_utc(time_.now()).c_str(), device.c_str(), what.c_str());
}

void Watch::wrong(const std::string& what) {
  tell("WRONG: " + what);
  if (findings_.size() >= 50) return;
  findings_.push_back("seed " + std::to_string(seed_) + ", step " + std::to_string(time_.steps()) + ", " +
                      base::format_utc(time_.now()) + ": " + what);
}

void Watch::committed(const Tables& tables, const platform::Batch& batch) {
  if (tell_) narrate_commit(tables, batch);
  check_books(tables, batch);
  check_stream(tables, batch);
  check_notices(tables, batch);
  follow_supply(tables, batch);
  follow_crossings(batch);
}

void Watch::check_books(const Tables& tables, const platform::Batch& batch) {
  Findings found;
  reckoner_.take(tables, rows_of(batch), found);
  reckoner_.compare(tables, batch, found);
  for (const auto& what : found) wrong(what);
}

/// What a commit takes from a stream is what comes next in it, and its number is stored with it.
void Watch::check_stream(const Tables& tables, const platform::Batch& batch) {
  const auto check = [&](const platform::Origin& origin, const char* kind, std::int64_t id) {
    const auto known = tables.streams.find(origin.stream);
    const bool next = known != tables.streams.end() && origin.seq > stored_[origin.stream] && origin.seq <= known->second.last_seq;
    if (next) return;
    const std::string name = std::string(kind) + " " + std::to_string(id);
    const auto stream = tables.streams.find(origin.stream);
    if (stream == tables.streams.end()) return wrong(name + " is of no stream");
    if (origin.seq <= stored_[origin.stream]) wrong(name + " comes from event " + std::to_string(origin.seq) + ", which was stored before");
    if (origin.seq > stream->second.last_seq)
      wrong(name + " comes from event " + std::to_string(origin.seq) + ", which the same commit does not call stored");
  };
  for (const auto& row : batch.readings) check(row.origin, "reading", row.id);
  for (const auto& row : batch.quarantined) check(row.origin, "quarantine", row.id);
  for (const auto& row : batch.streams) {
    if (row.last_seq < stored_[row.id]) wrong("stream " + row.epoch + " went back to " + std::to_string(row.last_seq));
    stored_[row.id] = row.last_seq;
    const auto box = boxes_.find(tables.gateways.at(row.gateway).code);
    if (box != boxes_.end() && box->second->spool().epoch() == row.epoch && !box->second->spool().is_forked() &&
        row.last_seq > box->second->spool().last_seq())
      wrong("stream " + row.epoch + " is stored through " + std::to_string(row.last_seq) + ", further than it was ever numbered");
    auto& ever = ever_stored_[row.epoch];
    ever = std::max(ever, row.last_seq);
  }
}

/// One notice per crossing of a preset, downwards, and none without one.
void Watch::check_notices(const Tables& tables, const platform::Batch& batch) {
  std::map<std::int64_t, std::array<int, 2>> due;  // by meter
  for (const auto& row : batch.transfers) {
    const MeterRow& meter = tables.meters.at(row.meter);
    if (meter.card.settings.mode != platform::MeterMode::prepaid) continue;
    auto& armed = presets_[row.meter].armed;
    const std::array thresholds{meter.card.settings.alarm_1, meter.card.settings.alarm_2};
    for (std::size_t k = 0; k < 2; ++k) {
      if (row.balance > thresholds[k]) armed[k] = true;
      if (row.balance < thresholds[k] && std::exchange(armed[k], false)) ++due[row.meter][k];
    }
  }
  for (const auto& row : batch.notices) --due[row.meter][row.second ? 1 : 0];
  // Other presets in the same group: who knows in which order.
  for (const auto& row : batch.settings) {
    const auto& warned = tables.meters.at(row.meter).supply.warned;
    presets_[row.meter].armed = {!warned.first, !warned.second};
    due.erase(row.meter);
  }
  for (const auto& [meter, counts] : due) {
    for (std::size_t k = 0; k < 2; ++k) {
      const std::string name = tables.meters.at(meter).card.device + ", preset " + std::to_string(k + 1);
      if (counts[k] > 0) wrong(name + " was crossed without a notice");
      if (counts[k] < 0) wrong(name + " is announced again without having been left");
    }
  }
}

void Watch::follow_supply(const Tables& tables, const platform::Batch& batch) {
  for (const auto& row : batch.readings) {
    if (row.state == platform::ReadingState::used) newest_used_[row.meter] = std::max(newest_used_[row.meter], row.at);
  }
  for (const auto& row : batch.decisions) newest_used_[row.meter] = tables.meters.at(row.meter).metering.last.at;
  for (const auto& row : batch.supplies) {
    if (row.supply.forced) {
      forced_since_.try_emplace(row.meter, time_.now());
    } else {
      forced_since_.erase(row.meter);
      tripped_by_hand_.erase(tables.meters.at(row.meter).card.device);
    }
  }
  for (const auto& row : batch.supplies) {
    if (traced_.empty()) break;
    const auto& supply = row.supply;
    trace(tables.meters.at(row.meter).card.device, "is stored as " + std::string(to_string(supply.relay)) + ", wanted open for " +
                                                       std::string(to_string(supply.reason)) + ", ordered " +
                                                       std::string(to_string(supply.ordered)) + ", pending " +
                                                       std::to_string(supply.pending_command));
  }
  for (const auto& row : batch.commands) {
    const auto& command = row.command;
    if (!traced_.empty()) {
      trace(tables.meters.at(command.meter).card.device,
            std::string(to_string(command.kind)) + " " + platform::wire_id(command).value + " is stored as " +
                std::string(to_string(command.state)) + " " + command.reason + " (" + std::string(to_string(command.cause)) + ")");
    }
    if (command.counter != 0) sendable_.insert(platform::wire_id(command).value);
    if (known_commands_.insert(command.id).second) check_new_order(tables, row);
    if (command.state != platform::CommandState::verified) continue;
    ++seen_.verified;
    if (command.kind == wire::CommandKind::close) ++seen_.reconnections;
    if (command.kind != wire::CommandKind::trip) continue;
    ++seen_.trips;
    const auto forced = forced_since_.find(command.meter);
    if (forced != forced_since_.end() && command.created >= forced->second) {
      ++seen_.forced;
      tripped_by_hand_.insert(tables.meters.at(command.meter).card.device);
    }
  }
}

void Watch::follow_crossings(const platform::Batch& batch) {
  seen_.crossings += static_cast<std::int64_t>(batch.crossings.size());
  for (const auto& row : batch.crossings) {
    const bool ordered =
        std::ranges::any_of(batch.commands, [&](const auto& c) { return c.command.crossing == row.id; });
    if (row.exemption.empty() && !ordered)
      wrong("crossing " + std::to_string(row.id) + " was committed without an order or an exemption");
    if (row.exemption.empty()) waiting_[row.id] = {row.meter, time_.now()};
  }
  for (const auto& row : batch.commands) {
    if (row.command.state == platform::CommandState::verified && row.command.kind == wire::CommandKind::trip)
      waiting_.erase(row.command.crossing);
  }
  for (const auto& row : batch.supplies) {
    // The balance came back, or another crossing took its place, or it turned out to be open.
    std::erase_if(waiting_, [&](const auto& entry) {
      return entry.second.meter == row.meter && (row.supply.relay == wire::Relay::open || row.supply.reason != platform::WantedReason::arrears || row.supply.crossing != entry.first);
    });
  }
  for (const auto& row : batch.alarms) {
    auto& active = alarmed_[{row.gateway, row.meter}];
    if (row.active) {
      active.insert(row.id);
    } else {
      active.erase(row.id);
    }
  }
}

void Watch::minute(const Tables& tables, base::UtcMillis on_since) {
  if (time_.now() - on_since < base::minutes(2)) return;
  const base::UtcMillis now = time_.now();
  for (const std::int64_t id : tables.open_commands) {
    const auto& command = tables.commands.at(id).command;
    const std::string name = "command " + std::to_string(id) + " to " + tables.meters.at(command.meter).card.device;
    if (now > command.expires + base::seconds(30)) wrong(name + " is stuck: " + std::string(to_string(command.state)));
    if (!command.escalated && command.kind != wire::CommandKind::live && now > command.created + kTold)
      wrong(name + " is not answered, and nobody was told");
  }
  for (const auto& [id, crossing] : waiting_) {
    if (now - std::max(crossing.since, on_since) < kTold) continue;
    const MeterRow& meter = tables.meters.at(crossing.meter);
    const auto alarmed = [&](std::int64_t of_meter) {
      const auto found = alarmed_.find({meter.card.gateway, of_meter});
      return found != alarmed_.end() && !found->second.empty();
    };
    const bool ordered = std::ranges::any_of(tables.open_commands, [&](std::int64_t open) {
      return tables.commands.at(open).command.meter == crossing.meter;
    });
    if (!ordered && !alarmed(crossing.meter) && !alarmed(0))
      wrong("crossing " + std::to_string(id) + " of " + meter.card.device + " has led to neither a trip nor an alarm");
  }
}

void Watch::heard(const std::string& gateway, const wire::Ack* ack, const wire::Command* command) {
  if (ack != nullptr && ack->through > 0) {
    const auto found = ever_stored_.find(ack->epoch);
    if (found == ever_stored_.end() || ack->through > found->second)
      wrong("event " + std::to_string(ack->through) + " of " + gateway + " is acknowledged, but was never stored");
  }
  if (command != nullptr && !sendable_.contains(command->id.value))
    wrong("command " + command->id.value + " was sent, but never stored");
}

bool Watch::has_more(const wire::Ack& ack) const {
  const auto found = ever_stored_.find(ack.epoch);
  return found != ever_stored_.end() && found->second > ack.through;
}

void Watch::restored(const Tables& tables) {
  Findings ignored;
  reckoner_ = Reckoner();
  reckoner_.take(tables, rows_of(tables), ignored);
  reckoner_.compare(tables, ignored);
  stored_.clear();
  for (const auto& [id, row] : tables.streams) stored_[id] = row.last_seq;
  waiting_.clear();
  alarmed_.clear();
  for (const auto& [id, row] : tables.alarms) {
    if (row.active) alarmed_[{row.gateway, row.meter}].insert(id);
  }
  known_commands_.clear();
  for (const auto& [id, row] : tables.commands) known_commands_.insert(id);
  presets_.clear();
  forced_since_.clear();
  for (const auto& [id, row] : tables.meters) {
    presets_[id].armed = {!row.supply.warned.first, !row.supply.warned.second};
    if (row.supply.forced) forced_since_[id] = time_.now();
    if (!row.supply.forced) tripped_by_hand_.erase(row.card.device);
    newest_used_[id] = row.metering.last.at;
  }
}

void Watch::narrate_commit(const Tables& tables, const platform::Batch& batch) const {
  const auto device = [&](std::int64_t meter) { return tables.meters.at(meter).card.device; };
  for (const auto& row : batch.readings) {
    if (row.state == platform::ReadingState::quarantined)
      tell("a reading of " + device(row.meter) + " (" + base::format(row.total) + " kWh) is refused: " + std::string(row.reason));
  }
  for (const auto& row : batch.crossings)
    tell(device(row.meter) + " crosses its threshold" + (row.exemption.empty() ? "" : " (" + std::string(row.exemption) + ")"));
  for (const auto& row : batch.commands) {
    const auto& command = row.command;
    tell(std::string(wire::to_string(command.kind)) + " of " + device(command.meter) + ", command " + std::to_string(command.id) + ": " +
         std::string(to_string(command.state)) + (command.reason.empty() ? "" : " (" + command.reason + ")"));
  }
  for (const auto& row : batch.alarms) {
    tell("alarm " + row.code + (row.meter == 0 ? "" : " of " + device(row.meter)) + (row.active ? "" : " is over"));
  }
}

void Watch::check_new_order(const Tables& tables, const platform::SavedCommand& row) {
  const auto& command = row.command;
  const MeterRow& meter = tables.meters.at(command.meter);
  const std::string name = "command " + std::to_string(command.id) + " to " + meter.card.device;
  if (command.cause == platform::CommandCause::stale_reading) ++seen_.stale_reads;
  if (platform::is_final(command.state)) return;
  if (command.kind == wire::CommandKind::close && meter.supply.forced)
    wrong(name + " closes a meter that is tripped by hand");
  if (command.kind != wire::CommandKind::trip || meter.supply.forced) return;
  const auto used = newest_used_.find(command.meter);
  const auto age = command.created - (used == newest_used_.end() ? meter.card.registered : used->second);
  if (age > platform::kFreshReading)
    wrong(name + " trips on a reading that is " + std::to_string(age.value / 60'000) + " minutes old");
  const auto& settings = meter.card.settings;
  const auto balance = tables.accounts.at(meter.card.account).account.balance;
  if (settings.mode != platform::MeterMode::prepaid || !settings.auto_trip || balance > -settings.overdraft) {
    wrong(name + " trips a meter that is not in arrears (" + base::format(balance) + " yuan)");
  }
}

void Watch::reported(const std::string& gateway, const wire::Event& event) {
  if (const auto* status = std::get_if<wire::StatusEvent>(&event); status != nullptr && !traced_.empty()) {
    trace(status->device.value,
          "reports " + std::string(to_string(status->relay)) + (status->reachable ? "" : ", unreachable"));
  }
  const auto* news = std::get_if<wire::CommandEvent>(&event);
  if (news != nullptr && !traced_.empty()) {
    trace(news->device.value, "answers " + news->command.value + " " + std::string(to_string(news->phase)) + " " +
                                  news->reason + ", relay " + std::string(to_string(news->relay)));
  }
  if (news == nullptr || news->phase != wire::CommandPhase::verified) return;
  const auto& accepted = boxes_.at(gateway)->accepted();
  const auto found = std::find_if(accepted.rbegin(), accepted.rend(), [&](const auto& known) { return known.id == news->command; });
  if (found == accepted.rend()) return wrong("command " + news->command.value + " is verified, but was never accepted");
  const sim::Meter truth = field_.now_of(news->device.value);
  const auto& relay = truth.relay();
  const std::string name = "command " + news->command.value + " to " + news->device.value + " is verified, but ";
  switch (found->kind) {
    case wire::CommandKind::trip:
      if (!relay.is_open()) wrong(name + "the relay is closed");
      break;
    case wire::CommandKind::close:
      if (relay.is_open()) wrong(name + "the relay is open");
      break;
    case wire::CommandKind::keep_power_on:
      if (!relay.keep_power()) wrong(name + "keep-power is off");
      break;
    case wire::CommandKind::keep_power_off:
      if (relay.keep_power()) wrong(name + "keep-power is on");
      break;
    default: break;
  }
}

void Watch::look(const std::string& device) {
  const sim::Meter& meter = field_.meter(device);
  Contact& known = contacts_[device];
  const bool open = meter.relay().is_open();
  if (open != known.open) trace(device, open ? "contact opens" : "contact closes");
  if (open != known.open) tell(device + (open ? ": the contact opens" : ": the contact closes"));
  if (known.open && !open && tripped_by_hand_.contains(device))
    wrong(device + " was tripped by hand and its contact has closed");
  known.open = open;
  if (meter.statistics().relay_orders == known.orders) return;
  known.orders = meter.statistics().relay_orders;
  // The meter heard it a moment ago: what was sent in time may arrive a line time after the expiry.
  // Whether it is in force is judged by the clock of the gateway.
  const GatewayBox& box = *boxes_.at(field_.gateway_of(device));
  const base::UtcMillis now = std::min(time_.now(), box.now());
  const bool covered = std::ranges::any_of(box.accepted(), [&](const auto& command) {
    return command.device.value == device && switches(command.kind) && now <= command.expires + base::seconds(2);
  });
  if (!covered) wrong(device + " was switched without a command that is in force");
}

}  // namespace anju::scenario
