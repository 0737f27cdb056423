#include "gateway/core/gateway.hpp"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "gateway/core/errc.hpp"
#include "protocols/wire/detail.hpp"

namespace anju::gateway {
namespace {

wire::AlarmEvent alarm(std::string code, base::UtcMillis now, bool active, std::string detail) {
  return wire::AlarmEvent{std::move(code), std::nullopt, std::nullopt, now, active, std::move(detail)};
}

wire::AlarmEvent device_alarm(std::string code, const base::DeviceId& id, base::UtcMillis now, bool active,
                              std::string detail) {
  auto event = alarm(std::move(code), now, active, std::move(detail));
  event.device = id;
  return event;
}

wire::AlarmEvent line_alarm(std::string code, const base::LineId& id, base::UtcMillis now, bool active,
                            std::string detail) {
  auto event = alarm(std::move(code), now, active, std::move(detail));
  event.line = id;
  return event;
}

wire::CommandEvent outcome_of(const wire::Command& command, base::UtcMillis now, const base::Error& error) {
  const bool expired = error.is(Errc::expired);
  return wire::CommandEvent{command.id,
                            command.device,
                            now,
                            expired ? wire::CommandPhase::expired : wire::CommandPhase::refused,
                            std::string(error.code),
                            wire::Relay::unknown};
}

bool is_final(const std::optional<wire::CommandPhase>& phase) {
  return phase && *phase != wire::CommandPhase::acked;
}

}  // namespace

Gateway::Gateway(GatewayOptions options, Journal& journal, std::vector<AcceptedCommand> remembered)
    : options_(options), journal_(journal) {
  for (auto& known : remembered) {
    seen_.insert(known.command.id);
    if (!is_final(known.phase)) to_resume_.push_back(std::move(known));
  }
}

GatewayOutput Gateway::step(GatewayEvent event, base::UtcMillis now) {
  GatewayOutput out;
  if (auto* archive = std::get_if<ArchiveArrived>(&event)) {
    take(archive->archive, now, out);
  } else if (auto* command = std::get_if<CommandArrived>(&event)) {
    take(command->command, now, out);
  } else if (auto* line = std::get_if<LineHappened>(&event)) {
    happened(std::move(*line), now, out);
  }
  tick_clock(now, out);
  tick_lines(now, out);
  settle(now, out);
  return out;
}

std::optional<base::UtcMillis> Gateway::wake(base::UtcMillis now) const {
  std::optional<base::UtcMillis> wake;
  auto also = [&wake](const std::optional<base::UtcMillis>& at) {
    if (at && (!wake || *at < *wake)) wake = at;
  };
  for (const auto& [id, owned] : lines_) {
    also(owned.line.wake());
    if (owned.down_since && !owned.alarmed) also(*owned.down_since + kLineDownAfter);
  }
  for (const auto& [id, command] : commands_) also(command.wake());
  if (options_.poll) also(plan_.wake(now));
  if (!readings_.empty()) also(readings_since_ + kReadingsDelay);
  return wake;
}

// The archive.

void Gateway::take(const wire::Archive& archive, base::UtcMillis now, GatewayOutput& out) {
  if (archive.version <= archive_version()) return;
  const bool moved = !archive_ || archive.utc_offset_minutes != archive_->utc_offset_minutes ||
                     archive.reading_minutes != archive_->reading_minutes;
  if (moved) plan_.settings({archive.reading_minutes, static_cast<int>(archive.utc_offset_minutes)});
  take_lines(archive, now, out);
  take_devices(archive, now, out);
  // Lines that are gone go last, so that their devices have left them.
  std::erase_if(lines_, [&](const auto& owned) {
    return std::ranges::find(archive.lines, owned.first, &wire::ArchiveLine::id) == archive.lines.end();
  });
  archive_ = archive;
  out.archive = archive;
  out.state_changed = true;
  resume(now, out);
}

void Gateway::take_lines(const wire::Archive& archive, base::UtcMillis now, GatewayOutput& out) {
  for (auto& [id, owned] : lines_) {
    const auto wanted = std::ranges::find(archive.lines, id, &wire::ArchiveLine::id);
    if (wanted != archive.lines.end() && wanted->uri == owned.uri) continue;
    perform(id, owned.line.step(PortClosed{"the archive changed this line"}, now), out);
    if (wanted == archive.lines.end()) out.ports.push_back({id, std::nullopt});
  }
  for (const auto& wanted : archive.lines) {
    auto [found, fresh] = lines_.try_emplace(wanted.id);
    auto& owned = found->second;
    if (!fresh && owned.uri == wanted.uri) continue;
    owned.uri = wanted.uri;
    owned.down_since = now;
    const auto uri = parse_line_uri(wanted.uri);
    if (uri) {
      out.ports.push_back({wanted.id, *uri});
      continue;
    }
    out.ports.push_back({wanted.id, std::nullopt});
    out.events.emplace_back(line_alarm("bad_line", wanted.id, now, true,
                                       wire::detail({{"reason", std::string(uri.error().code)}, {"text", uri.error().where}})));
  }
}

void Gateway::take_devices(const wire::Archive& archive, base::UtcMillis now, GatewayOutput& out) {
  std::map<base::DeviceId, Meter> wanted;
  for (const auto& device : archive.devices) {
    const auto line = std::ranges::find(archive.lines, device.line, &wire::ArchiveLine::id);
    const auto uri = line == archive.lines.end() ? parse_line_uri("") : parse_line_uri(line->uri);
    auto meter = make_meter(device, uri ? format_of(*uri) : SerialFormat{});
    if (meter) {
      wanted.emplace(device.id, std::move(*meter));
    } else {
      out.events.emplace_back(
          device_alarm("bad_device", device.id, now, true,
                       wire::detail({{"reason", std::string(meter.error().code)}, {"text", meter.error().where}})));
    }
  }
  for (auto it = devices_.begin(); it != devices_.end();) {
    const auto same = wanted.find(it->first);
    if (same != wanted.end() && same->second == it->second.meter) {
      ++it;
      continue;
    }
    const auto id = it->first;
    const auto line = it->second.meter.line;
    if (same == wanted.end()) {
      it = devices_.erase(it);
      plan_.remove(id);
    } else {
      it->second = Device{same->second, Shadow{}};
      plan_.add(same->second, true);
      ++it;
    }
    drop_asks(id, now, out);
    if (const auto owner = lines_.find(line); owner != lines_.end()) {
      perform(line, owner->second.line.step(Withdraw{id}, now), out);
    }
  }
  for (auto& [id, meter] : wanted) {
    plan_.add(meter, false);
    devices_.try_emplace(id, Device{meter, Shadow{}});
  }
}

void Gateway::drop_asks(const base::DeviceId& device, base::UtcMillis now, GatewayOutput& out) {
  // An answer to what was asked under the old description must not be taken for one under the new: a replaced meter's
  // last register is not the first of its successor.
  std::vector<base::CommandId> waiting;
  std::erase_if(askers_, [&](const auto& entry) {
    if (const auto* ask = std::get_if<Ask>(&entry.second)) return ask->device == device;
    const auto& id = std::get<base::CommandId>(entry.second);
    const auto command = commands_.find(id);
    if (command == commands_.end() || command->second.command().device != device) return false;
    waiting.push_back(id);
    return true;
  });
  const auto found = devices_.find(device);
  if (found != devices_.end()) {
    for (const auto& id : waiting) {
      apply(id, commands_.at(id).answered(found->second.meter, base::fail(Errc::cancelled), now, now), now, out);
    }
    return;
  }
  std::vector<base::CommandId> orphans;
  for (const auto& [id, command] : commands_) {
    if (command.command().device == device) orphans.push_back(id);
  }
  for (const auto& id : orphans) apply(id, commands_.at(id).abandon(to_string(Errc::unknown_device), now), now, out);
}

// Commands.

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
  const auto& device = devices_.at(command.command().device);
  if (command.moves_relay()) {
    // Two orders for one relay: the newer one is what the platform wants now.
    std::vector<base::CommandId> older;
    for (const auto& [other, running] : commands_) {
      if (running.moves_relay() && running.command().device == command.command().device) older.push_back(other);
    }
    for (const auto& other : older)
      apply(other, commands_.at(other).abandon(to_string(Errc::superseded), now), now, out);
  }
  const auto started = commands_.insert_or_assign(id, std::move(command)).first;
  apply(id, started->second.start(device.meter, now), now, out);
}

bool Gateway::awaits_button(const base::DeviceId& device) const {
  return std::ranges::any_of(commands_, [&](const auto& entry) {
    return entry.second.awaits_button() && entry.second.command().device == device;
  });
}

void Gateway::apply(const base::CommandId& id, CommandStep step, base::UtcMillis now, GatewayOutput& out) {
  auto& command = commands_.at(id);
  const auto found = devices_.find(command.command().device);
  if (found != devices_.end()) {
    auto& device = found->second;
    if (step.status) device.shadow.status(*step.status, awaits_button(found->first));
    if (step.clock_offset) note_clock(device, *step.clock_offset, now, out);
    if (step.live_until) plan_.live(found->first, *step.live_until);
  }
  if (!step.readings.empty()) {
    flush_readings(now, true, out);
    out.events.emplace_back(wire::ReadingsEvent{std::move(step.readings)});
  }
  for (auto& event : step.events) out.events.emplace_back(std::move(event));
  if (step.ask && found != devices_.end()) {
    auto request = step.ask->request;
    submit(found->second, id, std::move(request), *step.ask, now, out);
  }
  if (command.is_finished()) {
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
    apply(id, command.tick(devices_.at(command.command().device).meter, now), now, out);
  }
}

// Lines and their exchanges.

void Gateway::happened(LineHappened happened, base::UtcMillis now, GatewayOutput& out) {
  const auto found = lines_.find(happened.line);
  if (found == lines_.end()) return;
  auto& owned = found->second;
  const bool was_open = owned.line.is_open();
  perform(happened.line, owned.line.step(std::move(happened.event), now), out);
  if (owned.line.is_open() == was_open) return;
  out.state_changed = true;
  if (!owned.line.is_open()) {
    owned.down_since = now;
    return;
  }
  owned.down_since.reset();
  if (owned.alarmed) out.events.emplace_back(line_alarm("line_down", happened.line, now, false, {}));
  owned.alarmed = false;
}

void Gateway::tick_lines(base::UtcMillis now, GatewayOutput& out) {
  for (auto& [id, owned] : lines_) {
    if (owned.down_since && now < *owned.down_since) owned.down_since = now;  // the clock was set back
    if (owned.down_since && !owned.alarmed && now >= *owned.down_since + kLineDownAfter) {
      owned.alarmed = true;
      out.events.emplace_back(line_alarm("line_down", id, now, true, wire::detail({{"text", owned.line.why_closed()}})));
    }
    perform(id, owned.line.step(Tick{}, now), out);
  }
}

void Gateway::tick_clock(base::UtcMillis now, GatewayOutput& out) {
  const bool unset = now < kClockSetFrom;
  if (unset == clock_alarmed_) return;
  clock_alarmed_ = unset;
  out.events.emplace_back(alarm("clock_not_set", now, unset, {}));
}

void Gateway::perform(const base::LineId& id, LineActions actions, GatewayOutput& out) {
  for (auto& action : actions) {
    if (auto* format = std::get_if<SetFormat>(&action)) out.lines.push_back({id, *format});
    if (auto* flush = std::get_if<FlushInput>(&action)) out.lines.push_back({id, *flush});
    if (auto* write = std::get_if<Write>(&action)) out.lines.push_back({id, std::move(*write)});
    if (auto* done = std::get_if<Done>(&action)) finished_.push_back(std::move(*done));
  }
}

void Gateway::settle(base::UtcMillis now, GatewayOutput& out) {
  // Ends because every round either handles finished exchanges or asks something new, and each device has one question
  // under way; a refused question holds its device back.
  do {
    for (const auto& finished : std::exchange(finished_, {})) done(finished, now, out);
    tick_commands(now, out);
    if (options_.poll && !clock_alarmed_) {
      for (const auto& due : plan_.due(now)) ask(due, now, out);
    }
  } while (!finished_.empty());
  for (auto& [id, device] : devices_) {
    if (auto news = device.shadow.news(id, now)) {
      out.events.emplace_back(std::move(*news));
      out.state_changed = true;
    }
  }
  flush_readings(now, false, out);
}

void Gateway::submit(const Device& device, Asker asker, dlt645::Frame request, const CommandStep::Question& how,
                     base::UtcMillis now, GatewayOutput& out) {
  const auto id = next_id_++;
  askers_.emplace(id, std::move(asker));
  Exchange exchange;
  exchange.id = id;
  exchange.device = device.meter.id;
  exchange.request = std::move(request);
  exchange.preamble = static_cast<std::size_t>(device.meter.profile.preamble);
  exchange.format = device.meter.format;
  exchange.priority = how.priority;
  exchange.tries = how.tries;
  exchange.not_after = how.not_after;
  const auto line = lines_.find(device.meter.line);
  if (line == lines_.end()) {
    finished_.push_back(Done{id, device.meter.id, base::fail(Errc::line_down), now});
    return;
  }
  perform(device.meter.line, line->second.line.step(Submit{std::move(exchange)}, now), out);
}

void Gateway::ask(const Ask& ask, base::UtcMillis now, GatewayOutput& out) {
  const auto& device = devices_.at(ask.device);
  CommandStep::Question how;
  how.priority = ask.live ? Priority::commissioning : Priority::poll;
  how.tries = ask.live ? 1 : 2;
  auto request = read_request(device.meter, ask.item);
  if (!request) {
    const auto id = next_id_++;
    askers_.emplace(id, ask);
    finished_.push_back(Done{id, ask.device, base::pass(request), now});
    return;
  }
  submit(device, ask, std::move(*request), how, now, out);
}

void Gateway::done(const Done& done, base::UtcMillis now, GatewayOutput& out) {
  const auto found = askers_.find(done.id);
  if (found == askers_.end()) return;
  const auto asker = std::move(found->second);
  askers_.erase(found);
  const auto owner = devices_.find(done.device);
  if (owner == devices_.end()) return;
  auto& device = owner->second;
  const auto line = lines_.find(device.meter.line);
  if (line != lines_.end() &&
      (done.outcome || done.outcome.error().is(Errc::no_answer) || done.outcome.error().is(Errc::bad_frame))) {
    // A first failure says nothing yet: the device is called unreachable after kUnreachableAfter tries.
    const bool reachable = line->second.line.is_reachable(done.device);
    if (done.outcome || !reachable) device.shadow.reachable(reachable);
  }
  if (const auto* ask = std::get_if<Ask>(&asker)) {
    apply(device, plan_.answered(*ask, done.outcome, done.asked, now), now, out);
    return;
  }
  const auto& id = std::get<base::CommandId>(asker);
  const auto command = commands_.find(id);
  if (command == commands_.end()) return;
  apply(id, command->second.answered(device.meter, done.outcome, done.asked, now), now, out);
}

void Gateway::apply(Device& device, PlanNews news, base::UtcMillis now, GatewayOutput& out) {
  const auto& id = device.meter.id;
  if (news.status) device.shadow.status(*news.status, awaits_button(id));
  if (news.clock_offset) note_clock(device, *news.clock_offset, now, out);
  if (news.reading) {
    if (readings_.empty()) readings_since_ = now;
    readings_.push_back(std::move(*news.reading));
  }
  if (news.bad_value && !device.bad_value) {
    device.bad_value = true;
    out.events.emplace_back(
        device_alarm("bad_value", id, now, true,
                     wire::detail({{"reason", std::string(news.bad_value->code)}, {"text", news.bad_value->where}})));
  } else if (news.good_value && news.reading && device.bad_value) {
    device.bad_value = false;
    out.events.emplace_back(device_alarm("bad_value", id, now, false, {}));
  }
  if (!news.live) return;
  news.live->relay = device.shadow.relay();
  out.live.push_back(std::move(*news.live));
  std::vector<base::CommandId> looking;
  for (const auto& [other, command] : commands_) {
    if (command.command().device == id && command.command().kind == wire::CommandKind::live) looking.push_back(other);
  }
  for (const auto& other : looking) apply(other, commands_.at(other).live_seen(now), now, out);
}

void Gateway::note_clock(Device& device, base::Millis offset, base::UtcMillis now, GatewayOutput& out) {
  device.shadow.clock_offset(offset);
  const bool adrift = std::abs(offset.value) / 1000 > kClockAdrift_s;
  if (adrift == device.clock_adrift) return;
  device.clock_adrift = adrift;
  out.events.emplace_back(device_alarm("clock_adrift", device.meter.id, now, adrift,
                                       adrift ? wire::detail({{"offset_s", std::to_string(offset.value / 1000)}}) : std::string()));
}

void Gateway::flush_readings(base::UtcMillis now, bool all, GatewayOutput& out) {
  if (now < readings_since_) readings_since_ = now;  // the clock was set back
  const bool due = all || now >= readings_since_ + kReadingsDelay;
  while (!readings_.empty() && (due || readings_.size() >= kReadingsTogether)) {
    const auto count = static_cast<std::ptrdiff_t>(std::min(readings_.size(), kReadingsTogether));
    wire::ReadingsEvent event;
    event.readings.assign(readings_.begin(), readings_.begin() + count);
    readings_.erase(readings_.begin(), readings_.begin() + count);
    out.events.emplace_back(std::move(event));
  }
}

wire::GatewayState Gateway::state(base::UtcMillis now) const {
  wire::GatewayState state;
  state.archive_version = archive_version();
  state.last_counter = journal_.last_counter();
  for (const auto& [id, owned] : lines_) {
    const auto& statistics = owned.line.statistics();
    state.lines.push_back({id, owned.uri, owned.line.is_open(), statistics.counts.ok + statistics.counts.refused,
                           statistics.counts.timeouts, statistics.counts.bad_frames, statistics.busy.permille(now)});
  }
  for (const auto& [id, device] : devices_) {
    wire::DeviceState entry;
    entry.id = id;
    const auto owner = lines_.find(device.meter.line);
    const auto* known = owner == lines_.end() ? nullptr : owner->second.line.statistics(id);
    if (known != nullptr) {
      entry.reachable =
          known->last_seen.value > 0 && owner->second.line.is_open() && owner->second.line.is_reachable(id);
      entry.last_seen = known->last_seen;
      entry.ok = known->counts.ok + known->counts.refused;
      entry.timeouts = known->counts.timeouts;
      entry.bad_frames = known->counts.bad_frames;
      entry.p50_ms = known->delays.percentile(50).value;
      entry.p99_ms = known->delays.percentile(99).value;
    }
    state.devices.push_back(std::move(entry));
  }
  return state;
}

const Line* Gateway::line(const base::LineId& id) const {
  const auto found = lines_.find(id);
  return found == lines_.end() ? nullptr : &found->second.line;
}

}  // namespace anju::gateway
