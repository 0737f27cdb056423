// Polling: what the plan asks, and what its answers become: readings, alarms, momentary values.

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "gateway/core/alarm.hpp"
#include "gateway/core/gateway.hpp"
#include "protocols/wire/detail.hpp"

namespace anju::gateway {

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

void Gateway::apply(Device& device, PlanNews news, base::UtcMillis now, GatewayOutput& out) {
  const auto& id = device.meter.id;
  if (news.supply && !is_travelling(device, now)) device.shadow.supply(*news.supply, awaits_button(id));
  if (news.clock_offset) note_clock(device, *news.clock_offset, now, out);
  if (news.lacking && !device.lacking_since) device.lacking_since = now;
  // Between the reading before a clear and the one after it another could lie on the wrong side of it in the stream.
  const bool deducted = news.reading && news.reading->kind != wire::ReadingKind::daily_freeze;
  if (deducted && is_clearing(id)) news.reading.reset();
  if (news.reading) {
    if (readings_.empty()) readings_since_ = now;
    readings_.push_back(std::move(*news.reading));
  }
  if (news.bad_value && !device.bad_value) {
    device.bad_value = true;
    out.events.emplace_back(
        device_alarm("bad_value", id, now, true,
                     wire::detail({{"reason", std::string(news.bad_value->code)}, {"text", news.bad_value->where}})));
  } else if (!news.bad_value && news.good_value && news.reading && device.bad_value) {
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

/// Of a clock that is adrift, or that was read before the gateway's own was set back, nobody knows where it is by now.
std::optional<base::Millis> Gateway::known_clock(const Device& device, base::UtcMillis now) {
  if (!device.clock || now < device.clock->at || now - device.clock->at > kClockKnown) return std::nullopt;
  const base::Millis offset = device.clock->offset;
  return std::abs(offset.value) / 1000 > kClockAdrift_s ? std::nullopt : std::optional(offset);
}

void Gateway::note_clock(Device& device, base::Millis offset, base::UtcMillis now, GatewayOutput& out) {
  device.shadow.clock_offset(offset);
  device.clock = KnownClock{offset, now};
  const bool adrift = std::abs(offset.value) / 1000 > kClockAdrift_s;
  if (adrift == device.clock_adrift) return;
  device.clock_adrift = adrift;
  out.events.emplace_back(device_alarm("clock_adrift", device.meter.id, now, adrift,
                                       adrift ? wire::detail({{"offset_s", std::to_string(offset.value / 1000)}}) : std::string()));
}

void Gateway::ask_for_all(Device& device) {
  device.lacking_since.reset();
  forget_lacking(device.meter);
  plan_.add(device.meter, false);
  plan_.ask_for_all(device.meter.id);
}

void Gateway::tick_lacking(base::UtcMillis now) {
  for (auto& [id, device] : devices_) {
    if (!device.lacking_since) continue;
    const bool set_back = now < *device.lacking_since;  // the clock: once too often costs an exchange
    if (set_back || now - *device.lacking_since >= kAskForAllAfter) ask_for_all(device);
  }
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

}  // namespace anju::gateway
