#include "gateway/local/acceptance.hpp"

#include <algorithm>
#include <utility>

#include "gateway/core/errc.hpp"

namespace anju::gateway {

std::string_view to_string(AcceptanceStep step) {
  switch (step) {
    case AcceptanceStep::reading: return "reading";
    case AcceptanceStep::switching: return "switching";
    case AcceptanceStep::settling: return "settling";
    case AcceptanceStep::done: return "done";
  }
  return "unknown";
}

Acceptance::Acceptance(const Gateway& gateway, std::string name, std::string installer, const std::set<base::DeviceId>& may_switch,
                       std::vector<UnknownMeter> unknown, base::UtcMillis now)
    : name_(std::move(name)) {
  report_.installer = std::move(installer);
  report_.began = now;
  report_.unknown = std::move(unknown);
  const auto* archive = gateway.archive();
  if (archive == nullptr) return;
  report_.utc_offset_minutes = static_cast<int>(archive->utc_offset_minutes);
  report_.archive_version = archive->version;
  for (const auto& entry : archive->devices) {
    AcceptedDevice device{.entry = entry};
    device.may_switch = may_switch.contains(entry.id);
    if (const auto* meter = gateway.meter(entry.id)) {
      device.format = text_of(meter->format);
      device.unit = unit_of(*meter);
      device.switch_name = switch_name(*meter);
    }
    next_.try_emplace(entry.line, 0);
    report_.devices.push_back(std::move(device));
  }
  for (const auto& line : archive->lines) report_.lines.push_back({.entry = line});
}

AcceptanceWants Acceptance::step(const Gateway& gateway, const LocalFacts& facts, base::UtcMillis now) {
  AcceptanceWants wants;
  switch (report_.step) {
    case AcceptanceStep::reading: read(gateway, now, wants); break;
    case AcceptanceStep::switching: test_next(wants); break;
    case AcceptanceStep::settling: settle(gateway, facts, now); break;
    case AcceptanceStep::done: break;
  }
  return wants;
}

void Acceptance::read(const Gateway& gateway, base::UtcMillis now, AcceptanceWants& wants) {
  bool more = false;
  for (auto& [line, next] : next_) {
    while (next < report_.devices.size() && (report_.devices[next].entry.line != line || report_.devices[next].done)) ++next;
    if (const auto under_way = reading_.find(line); under_way != reading_.end()) {
      more = true;
      if (auto& reading = under_way->second; reading.again && now >= *reading.again) order(reading, now, wants);
      continue;
    }
    while (next < report_.devices.size() && !reading_.contains(line)) {
      more = true;
      if (reading_.size() >= kMostLinesTogether) break;
      Reading reading;
      reading.device = next;
      begin(reading, gateway, now, wants);
      if (!report_.devices[next].done) reading_.emplace(line, std::move(reading));
      do ++next;
      while (next < report_.devices.size() && report_.devices[next].entry.line != line);
    }
  }
  if (!more && reading_.empty()) report_.step = AcceptanceStep::switching;
}

void Acceptance::begin(Reading& reading, const Gateway& gateway, base::UtcMillis now, AcceptanceWants& wants) {
  auto& device = report_.devices[reading.device];
  const auto* meter = gateway.meter(device.entry.id);
  const auto* line = gateway.line(device.entry.line);
  // Nothing is asked that cannot be answered: on a closed line every order would wait for its end.
  const bool asks = meter != nullptr && line != nullptr && line->is_open();
  if (!asks) {
    device.done = true;
    device.found.push_back(meter == nullptr ? Found{Finding::bad_entry} : Found{Finding::line_down, line == nullptr ? std::string() : line->why_closed()});
    return;
  }
  if (const auto* known = line->statistics(device.entry.id)) reading.before = known->counts;
  if (has(*meter, Item::clock_time) && has(*meter, Item::clock_day)) {
    clocks_before_[device.entry.id] = gateway.read_clock_at(device.entry.id);
    clocks_.insert(device.entry.id);
    wants.clocks.push_back(device.entry.id);
  }
  order(reading, now, wants);
}

void Acceptance::order(Reading& reading, base::UtcMillis now, AcceptanceWants& wants) {
  auto& device = report_.devices[reading.device];
  if (!reading.again) ++device.asked;
  reading.again.reset();
  reading.order = base::CommandId(name_ + "-" + std::to_string(++orders_));
  wants.orders.push_back({reading.order, 0, device.entry.id, wire::CommandKind::read, 0, now, now + kTestOrder});
}

void Acceptance::seen(const wire::Reading& reading) {
  if (reading.kind != wire::ReadingKind::on_demand) return;
  for (const auto& [line, one] : reading_) {
    auto& device = report_.devices[one.device];
    // What somebody else asked for in the meantime is a reading as good as ours, but it must not count twice.
    const bool wanted = device.entry.id == reading.device && !one.again && device.readings.size() < static_cast<std::size_t>(device.asked);
    if (wanted) device.readings.push_back({reading.at, reading.total, reading.tariffs.has_value()});
  }
}

void Acceptance::heard(const wire::CommandEvent& event, const Gateway& gateway, base::UtcMillis now) {
  const auto found = std::ranges::find_if(reading_, [&](const auto& one) { return one.second.order == event.command && !one.second.again; });
  if (report_.step != AcceptanceStep::reading || found == reading_.end() || event.phase == wire::CommandPhase::acked) return;
  auto& reading = found->second;
  auto& device = report_.devices[reading.device];
  if (event.reason == to_string(Errc::too_many_commands) && ++reading.busy <= kMostBusyTries) {
    reading.again = now + kBusyAgain;
    return;
  }
  const bool silent = event.phase != wire::CommandPhase::verified && device.readings.empty();
  const auto reason = event.reason.empty() ? std::string(wire::to_string(event.phase)) : event.reason;
  if (silent) device.found.push_back({Finding::no_answer, reason == to_string(Errc::no_answer) ? std::string() : reason});
  // A device that is silent to six tries is asked no more: with many of them nobody would wait for the end.
  if (!silent && device.asked < kAcceptanceReadings) {
    reading.order = {};
    reading.again = now;
    reading.busy = 0;
    ++device.asked;
    return;
  }
  close(reading, gateway);
  reading_.erase(found);
}

/// What it did while it was asked for this.
void Acceptance::close(const Reading& reading, const Gateway& gateway) {
  auto& device = report_.devices[reading.device];
  const auto* line = gateway.line(device.entry.line);
  const auto* known = line == nullptr ? nullptr : line->statistics(device.entry.id);
  device.done = true;
  if (known == nullptr) return;
  // Smaller than before: the archive changed in between, and it counts anew.
  const auto since = [](std::int64_t before, std::int64_t after) { return after < before ? after : after - before; };
  device.ok = since(reading.before.ok + reading.before.refused, known->counts.ok + known->counts.refused);
  device.timeouts = since(reading.before.timeouts, known->counts.timeouts);
  device.bad_frames = since(reading.before.bad_frames, known->counts.bad_frames);
  device.p50_ms = known->delays.percentile(50).value;
  device.p99_ms = known->delays.percentile(99).value;
}

/// One flat at a time: what is open can be closed again only while it is known which it is.
void Acceptance::test_next(AcceptanceWants& wants) {
  if (testing_) return;
  for (std::size_t i = 0; i < report_.devices.size(); ++i) {
    auto& device = report_.devices[i];
    if (!device.may_switch || device.test) continue;
    if (device.readings.empty()) {
      device.test = TestResult::refused;
      device.test_reason = "not_read";
      continue;
    }
    testing_ = i;
    wants.test = device.entry.id;
    return;
  }
  report_.step = AcceptanceStep::settling;
}

void Acceptance::tested(const TestState& test) {
  if (report_.step != AcceptanceStep::switching || !testing_ || report_.devices[*testing_].entry.id != test.device || test.result == TestResult::running) return;
  auto& tested = report_.devices[*testing_];
  tested.test = test.result;
  tested.test_reason = test.reason;
  tested.opened_after = test.opened_after;
  tested.closed_after = test.closed_after;
  testing_.reset();
}

void Acceptance::settle(const Gateway& gateway, const LocalFacts& facts, base::UtcMillis now) {
  if (!settle_until_ || *settle_until_ - now > kSettle) {  // begins now, or the clock was set back
    settle_until_ = now + kSettle;
    target_seq_ = std::max(target_seq_, facts.last_seq);
  }
  if (now < *settle_until_ && !is_settled(gateway, facts, now)) return;
  finish(gateway, facts, now);
}

bool Acceptance::is_settled(const Gateway& gateway, const LocalFacts& facts, base::UtcMillis now) const {
  const bool unread = std::ranges::any_of(clocks_, [&](const base::DeviceId& id) {
    return gateway.is_reachable(id) && gateway.read_clock_at(id) == clocks_before_.at(id);
  });
  const bool connecting = !facts.connected && now + kSettle < *settle_until_ + kReconnect;
  const bool waits_for_platform = connecting || (facts.connected && (facts.through < target_seq_ || facts.waiting > 0));
  return !unread && !waits_for_platform;
}

void Acceptance::cancel(const Gateway& gateway, const LocalFacts& facts, base::UtcMillis now) {
  if (is_done()) return;
  report_.ended_early = true;
  for (const auto& [line, reading] : reading_) {
    close(reading, gateway);
    report_.devices[reading.device].done = false;
  }
  reading_.clear();
  finish(gateway, facts, now);
}

std::size_t AcceptanceReport::devices_done() const {
  return static_cast<std::size_t>(std::ranges::count_if(devices, &AcceptedDevice::done));
}

std::pair<std::size_t, std::size_t> AcceptanceReport::tests() const {
  std::pair<std::size_t, std::size_t> counts;
  for (const auto& device : devices) {
    counts.second += device.may_switch ? 1 : 0;
    counts.first += device.test ? 1 : 0;
  }
  return counts;
}

}  // namespace anju::gateway
