// What an acceptance says of a device and of the site, from what it saw.

#include <algorithm>
#include <cstdlib>

#include "gateway/core/errc.hpp"
#include "gateway/local/acceptance.hpp"

namespace anju::gateway {
namespace {

bool fails(const std::vector<Found>& found) {
  return std::ranges::any_of(found, [](const Found& one) { return text_of(one.finding).fails; });
}

std::string share(std::size_t part, int whole) {
  return std::to_string(part) + "/" + std::to_string(whole);
}

bool is_unconfirmed(const Meter& meter) {
  const auto* modbus = std::get_if<ModbusMeter>(&meter.speech);
  return modbus != nullptr && !modbus->profile->confirmed;
}

}  // namespace

std::string_view to_string(AcceptanceVerdict verdict) {
  switch (verdict) {
    case AcceptanceVerdict::passed: return "passed";
    case AcceptanceVerdict::remarks: return "remarks";
    case AcceptanceVerdict::failed: return "failed";
    case AcceptanceVerdict::incomplete: return "incomplete";
  }
  return "unknown";
}

AcceptanceVerdict AcceptedDevice::verdict() const {
  if (fails(found)) return AcceptanceVerdict::failed;
  if (!done) return AcceptanceVerdict::incomplete;
  return found.empty() ? AcceptanceVerdict::passed : AcceptanceVerdict::remarks;
}

AcceptanceVerdict AcceptanceReport::verdict() const {
  const auto is = [](AcceptanceVerdict verdict) { return [verdict](const AcceptedDevice& device) { return device.verdict() == verdict; }; };
  if (ended_early || step != AcceptanceStep::done) return AcceptanceVerdict::incomplete;
  if (fails(found) || std::ranges::any_of(devices, is(AcceptanceVerdict::failed))) return AcceptanceVerdict::failed;
  const bool all = found.empty() && std::ranges::all_of(devices, is(AcceptanceVerdict::passed));
  return all ? AcceptanceVerdict::passed : AcceptanceVerdict::remarks;
}

void Acceptance::finish(const Gateway& gateway, const LocalFacts& facts, base::UtcMillis now) {
  report_.facts = facts;
  report_.ended = now;
  for (auto& device : report_.devices) judge(device, gateway);
  for (auto& line : report_.lines) {
    const auto* owned = gateway.line(line.entry.id);
    if (owned == nullptr) continue;
    const auto& counts = owned->statistics().counts;
    line.up = owned->is_open(), line.why = owned->is_open() ? std::string() : owned->why_closed();
    line.ok = counts.ok + counts.refused, line.timeouts = counts.timeouts, line.bad_frames = counts.bad_frames;
    line.causes = find_causes(owned->traces(), now);
  }
  judge_site();
  report_.step = AcceptanceStep::done;
  reading_.clear();
}

void Acceptance::judge(AcceptedDevice& device, const Gateway& gateway) {
  const auto say = [&device](Finding finding, std::string detail = {}) { device.found.push_back({finding, std::move(detail)}); };
  const auto& id = device.entry.id;
  const auto* meter = gateway.meter(id);
  const auto* standing = gateway.standing(id);
  if (!device.done) return say(Finding::not_checked);
  if (device.readings.empty()) {
    device.p50_ms = device.p99_ms = 0;  // of answers before
    // The first cause is enough: of a device that says nothing all else follows.
    if (device.found.empty()) say(Finding::no_answer);
    return;
  }
  if (meter != nullptr && standing != nullptr && has(*meter, Item::status)) device.state = switch_text(*meter, standing->relay);
  if (device.readings.size() < static_cast<std::size_t>(kAcceptanceReadings)) say(Finding::lost_readings, share(device.readings.size(), kAcceptanceReadings));
  const bool backwards = !std::ranges::is_sorted(device.readings, {}, &AcceptedReading::total);
  if (backwards) say(Finding::runs_backwards);
  if (const auto lost = device.timeouts + device.bad_frames; lost > 0) say(Finding::disturbed, share(static_cast<std::size_t>(lost), static_cast<int>(lost + device.ok)));
  if (device.entry.profile.dialect.starts_with("dlt645") && device.p99_ms > kSlowAnswer.value) say(Finding::slow, std::to_string(device.p99_ms) + " ms");
  if (clocks_.contains(id)) {
    const bool was_read = gateway.read_clock_at(id) != clocks_before_.at(id);
    if (was_read && standing != nullptr) device.clock_offset_s = standing->clock_offset_s;
    if (!device.clock_offset_s) say(Finding::clock_unread);
    if (device.clock_offset_s && std::abs(*device.clock_offset_s) > kClockAdrift_s) say(Finding::clock_adrift, std::to_string(*device.clock_offset_s) + " s");
  }
  if (meter != nullptr && is_unconfirmed(*meter)) say(Finding::profile_unconfirmed, device.entry.profile.model);
  const bool tariffs = meter != nullptr && device.entry.profile.tariffs && knows_tariffs(*meter);
  if (tariffs && std::ranges::none_of(device.readings, &AcceptedReading::tariffs)) say(Finding::tariffs_unread);
  const bool unknown = standing == nullptr || standing->relay == wire::Relay::unknown;
  if (device.entry.valve && meter != nullptr && has(*meter, Item::status) && unknown) say(Finding::state_unread);
  if (!device.may_switch) return;
  if (!device.test) return say(Finding::not_checked, "switch");
  switch (*device.test) {
    case TestResult::passed: break;
    case TestResult::left_open: say(Finding::switch_left_open, device.test_reason); break;
    case TestResult::failed: {
      // Somebody else's order took over: that says nothing of the device.
      const bool taken = device.test_reason == to_string(Errc::superseded) || device.test_reason == to_string(Errc::too_many_commands);
      say(taken ? Finding::switch_not_done : Finding::switch_failed, device.test_reason);
      break;
    }
    case TestResult::refused:
    case TestResult::running: say(Finding::switch_not_done, device.test_reason); break;
  }
}

void Acceptance::judge_site() {
  const auto say = [this](Finding finding, std::string detail = {}) { report_.found.push_back({finding, std::move(detail)}); };
  if (report_.devices.empty()) say(Finding::no_devices);
  for (const auto& line : report_.lines) {
    if (!line.up) say(Finding::line_closed, line.entry.id.value + (line.why.empty() ? "" : ": " + line.why));
  }
  if (!report_.facts.connected) say(Finding::broker_down, report_.facts.broker_why);
  const bool confirmed = report_.facts.through >= target_seq_ && report_.facts.waiting == 0 && report_.facts.through > 0;
  if (report_.facts.connected && !report_.ended_early && !confirmed) say(Finding::not_acknowledged, std::to_string(report_.facts.last_seq - report_.facts.through));
  if (report_.facts.full) say(Finding::spool_full);
  if (report_.began < kClockSetFrom) {
    say(Finding::clock_not_set);
  } else if (!report_.facts.clock_synchronised.has_value()) {
    say(Finding::clock_unknown);
  } else if (!*report_.facts.clock_synchronised) {
    say(Finding::clock_alone);
  }
  for (const auto& one : report_.facts.network) {
    if (one.signal_dbm && *one.signal_dbm < kWeakSignal_dbm) say(Finding::weak_signal, one.name + " " + std::to_string(*one.signal_dbm) + " dBm");
  }
  if (!report_.unknown.empty()) say(Finding::not_in_archive, std::to_string(report_.unknown.size()));
}

}  // namespace anju::gateway
