#include "gateway/core/gateway.hpp"

#include <utility>

#include "gateway/core/alarm.hpp"

// One step, and what a gateway says of itself. What a step does with an archive, a command, a line and the plan lies in
// gateway_archive.cpp and its siblings.

namespace anju::gateway {
namespace {

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
  } else if (auto* local = std::get_if<LocalCommandArrived>(&event)) {
    take(*local, now, out);
  } else if (auto* line = std::get_if<LineHappened>(&event)) {
    happened(std::move(*line), now, out);
  } else if (auto* wanted = std::get_if<ClockWanted>(&event)) {
    plan_.check_clock(wanted->device);
  } else if (auto* scan = std::get_if<ScanWanted>(&event)) {
    take(*scan, now, out);
  } else if (std::holds_alternative<ScanUnwanted>(event)) {
    end_scan(ScanEnd::cancelled, now, out);
  } else if (std::holds_alternative<EventsGone>(event)) {
    tell_again(now, out);
  } else if (auto* test = std::get_if<SwitchTestWanted>(&event)) {
    take(*test, now, out);
  } else if (auto* kept = std::get_if<SwitchTestKept>(&event)) {
    perform(test_.kept(kept->durable, now), now, out);
  } else if (auto* left = std::get_if<SwitchTestLeft>(&event)) {
    perform(test_.left(left->devices, now), now, out);
  } else if (auto* closing = std::get_if<CloseWanted>(&event)) {
    perform(test_.close_now(closing->device, now), now, out);
  }
  tick_clock(now, out);
  tick_lacking(now);
  tick_lines(now, out);
  tick_scan(now, out);
  perform(test_.tick(now), now, out);
  settle(now, out);
  return out;
}

void Gateway::settle(base::UtcMillis now, GatewayOutput& out) {
  // Ends because every round either handles finished exchanges or asks something new, and each device has one question
  // under way; a refused question holds its device back.
  do {
    for (const auto& finished : std::exchange(finished_, {})) done(finished, now, out);
    tick_commands(now, out);
    follow_test(now, out);
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

/// Everything that is found by looking is said to be over, whatever the platform remembers, and raised again by the next look where it holds.
void Gateway::tell_again(base::UtcMillis now, GatewayOutput& out) {
  clock_alarmed_ = false;
  out.events.emplace_back(alarm("clock_not_set", now, false, {}));
  for (auto& [id, owned] : lines_) {
    owned.alarmed = false;
    out.events.emplace_back(line_alarm("line_down", id, now, false, {}));
  }
  for (auto& [id, device] : devices_) {
    device.shadow.tell_again();
    device.clock_adrift = device.bad_value = false;
    out.events.emplace_back(device_alarm("clock_adrift", id, now, false, {}));
    out.events.emplace_back(device_alarm("bad_value", id, now, false, {}));
  }
}

void Gateway::tick_clock(base::UtcMillis now, GatewayOutput& out) {
  const bool unset = now < kClockSetFrom;
  if (unset == clock_alarmed_) return;
  clock_alarmed_ = unset;
  out.events.emplace_back(alarm("clock_not_set", now, unset, {}));
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
  if (scan_ && is_scan_next()) also(scan_->wake());
  also(test_.wake());
  if (!readings_.empty()) also(readings_since_ + kReadingsDelay);
  return wake;
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
  for (const auto& [id, device] : devices_) state.devices.push_back(device_state(id));
  return state;
}

wire::DeviceState Gateway::device_state(const base::DeviceId& id) const {
  wire::DeviceState entry;
  entry.id = id;
  const auto device = devices_.find(id);
  if (device == devices_.end()) return entry;
  const auto owner = lines_.find(device->second.meter.line);
  const auto* known = owner == lines_.end() ? nullptr : owner->second.line.statistics(id);
  if (known == nullptr) return entry;
  entry.reachable = is_reachable(id);
  entry.last_seen = known->last_seen;
  entry.ok = known->counts.ok + known->counts.refused;
  entry.timeouts = known->counts.timeouts;
  entry.bad_frames = known->counts.bad_frames;
  entry.p50_ms = known->delays.percentile(50).value;
  entry.p99_ms = known->delays.percentile(99).value;
  return entry;
}

bool Gateway::is_reachable(const base::DeviceId& id) const {
  const auto device = devices_.find(id);
  const auto owner = device == devices_.end() ? lines_.end() : lines_.find(device->second.meter.line);
  if (owner == lines_.end() || !owner->second.line.is_open()) return false;
  const auto* known = owner->second.line.statistics(id);
  return known != nullptr && known->last_seen.value > 0 && owner->second.line.is_reachable(id);
}

const wire::StatusEvent* Gateway::standing(const base::DeviceId& id) const {
  const auto found = devices_.find(id);
  return found == devices_.end() ? nullptr : &found->second.shadow.now();
}

const Meter* Gateway::meter(const base::DeviceId& id) const {
  const auto found = devices_.find(id);
  return found == devices_.end() ? nullptr : &found->second.meter;
}

std::optional<base::UtcMillis> Gateway::read_clock_at(const base::DeviceId& id) const {
  const auto found = devices_.find(id);
  if (found == devices_.end() || !found->second.clock) return std::nullopt;
  return found->second.clock->at;
}

const Line* Gateway::line(const base::LineId& id) const {
  const auto found = lines_.find(id);
  return found == lines_.end() ? nullptr : &found->second.line;
}

}  // namespace anju::gateway
