// Lines: open or down, what is asked on them, and who hears the answer.

#include <utility>

#include "gateway/core/alarm.hpp"
#include "gateway/core/errc.hpp"
#include "gateway/core/gateway.hpp"
#include "protocols/wire/detail.hpp"

namespace anju::gateway {

void Gateway::happened(LineHappened happened, base::UtcMillis now, GatewayOutput& out) {
  const auto found = lines_.find(happened.line);
  if (found == lines_.end()) return;
  auto& owned = found->second;
  auto* received = std::get_if<Received>(&happened.event);
  if (received != nullptr && scan_ && scan_->is_listening() && scan_->line() == happened.line) return scan_->received(received->bytes, now);
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

void Gateway::perform(const base::LineId& id, LineActions actions, GatewayOutput& out) {
  for (auto& action : actions) {
    if (auto* format = std::get_if<SetFormat>(&action)) out.lines.push_back({id, *format});
    if (auto* flush = std::get_if<FlushInput>(&action)) out.lines.push_back({id, *flush});
    if (auto* write = std::get_if<Write>(&action)) out.lines.push_back({id, std::move(*write)});
    if (auto* reopen = std::get_if<Reopen>(&action)) out.lines.push_back({id, std::move(*reopen)});
    if (auto* done = std::get_if<Done>(&action)) finished_.push_back(std::move(*done));
  }
}

void Gateway::submit(const Device& device, Asker asker, LineFrame request, const CommandStep::Question& how,
                     base::UtcMillis now, GatewayOutput& out) {
  const auto id = next_id_++;
  askers_.emplace(id, std::move(asker));
  Exchange exchange;
  exchange.id = id;
  exchange.device = device.meter.id;
  exchange.request = std::move(request);
  number(exchange.request, id);
  exchange.preamble = static_cast<std::size_t>(device.meter.profile.preamble);
  exchange.format = device.meter.format;
  exchange.pause = pause_of(device.meter);
  exchange.timeout = timeout_of(device.meter);
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

void Gateway::done(const Done& done, base::UtcMillis now, GatewayOutput& out) {
  const auto found = askers_.find(done.id);
  if (found == askers_.end()) return;
  const auto asker = std::move(found->second);
  askers_.erase(found);
  const auto owner = devices_.find(done.device);
  if (owner == devices_.end()) return;
  auto& device = owner->second;
  if (learn(device.meter, done.outcome)) {
    plan_.add(device.meter, false);
    if (!device.lacking_since) device.lacking_since = now;
  }
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

}  // namespace anju::gateway
