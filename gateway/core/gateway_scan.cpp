// A scan on a line of the running gateway: polls wait, orders go between its questions, and it gives the line back whatever happens.

#include <algorithm>
#include <utility>

#include "gateway/core/errc.hpp"
#include "gateway/core/gateway.hpp"

namespace anju::gateway {

std::optional<base::Error> Gateway::refuse_scan(const base::LineId& id) const {
  const auto owned = lines_.find(id);
  if (owned == lines_.end()) return base::Error(Errc::line_down, id.value);
  const auto uri = parse_line_uri(owned->second.uri);
  if (!uri || std::holds_alternative<ModbusServer>(*uri)) return base::Error(Errc::not_supported, id.value);
  if (!owned->second.line.is_open()) return base::Error(Errc::line_down, owned->second.line.why_closed());
  if (scan_ && !scan_->is_over()) return base::Error(Errc::too_many_commands, scan_->line().value);
  return std::nullopt;
}

void Gateway::take(const ScanWanted& wanted, base::UtcMillis now, GatewayOutput& out) {
  if (refuse_scan(wanted.line)) return;
  auto& owned = lines_.at(wanted.line);
  const auto uri = *parse_line_uri(owned.uri);
  auto choice = wanted.choice;
  // A serial server keeps the format it has: there is nothing to try.
  if (std::holds_alternative<TcpServer>(uri)) choice.fixed = format_of(uri);
  ScanSettings settings{.roots = roots_of(choice), .second_round = !wanted.quick, .profiles = options_.profiles};
  scan_.emplace(wanted.line, uri, std::move(settings), now);
  perform(wanted.line, owned.line.step(Hold{Holding::polls}, now), out);
}

void Gateway::end_scan(ScanEnd why, base::UtcMillis now, GatewayOutput& out) {
  if (!scan_ || scan_->is_over()) return;
  scan_->end(why, now);
  tell_found(now, out);
  const auto owned = lines_.find(scan_->line());
  if (owned != lines_.end()) perform(scan_->line(), owned->second.line.step(Hold{Holding::nothing}, now), out);
}

/// The office is told, also of what an interrupted scan found; without a clock there is no time to say.
void Gateway::tell_found(base::UtcMillis now, GatewayOutput& out) const {
  if (now < kClockSetFrom) return;
  for (auto& event : found_events(scan_->found(), scan_->line(), now)) out.events.push_back(std::move(event));
}

/// An order whose conversation would suffer from questions in between. One that waits for a person at the button would not.
bool Gateway::has_order(const base::LineId& line) const {
  return std::ranges::any_of(commands_, [&](const auto& entry) {
    const auto& command = entry.second;
    const auto device = devices_.find(command.command().device);
    const bool here = device != devices_.end() && device->second.meter.line == line;
    return here && command.command().kind != wire::CommandKind::live && !command.awaits_button();
  });
}

bool Gateway::is_scan_next() const {
  if (scan_->is_over() || scan_->is_listening()) return true;
  const auto* owned = line(scan_->line());
  return owned == nullptr || !owned->is_open() || (owned->is_idle() && !has_order(scan_->line()));
}

void Gateway::tick_scan(base::UtcMillis now, GatewayOutput& out) {
  if (!scan_ || scan_->is_over()) return;
  const auto owner = lines_.find(scan_->line());
  if (owner == lines_.end() || parse_line_uri(owner->second.uri) != scan_->uri()) return end_scan(ScanEnd::archive_changed, now, out);
  auto& line = owner->second.line;
  if (!line.is_open()) return end_scan(ScanEnd::line_down, now, out);
  if (now - scan_->began() > kLongestScan) return end_scan(ScanEnd::too_long, now, out);
  if (scan_->hear(now)) perform(scan_->line(), line.step(Hold{Holding::polls}, now), out);
  if (scan_->is_listening() || !line.is_idle() || has_order(scan_->line())) return;
  auto actions = scan_->ask(now);
  if (scan_->is_over()) {
    tell_found(now, out);
    return perform(scan_->line(), line.step(Hold{Holding::nothing}, now), out);
  }
  if (actions.empty()) return;
  perform(scan_->line(), line.step(Hold{Holding::everything}, now), out);
  for (auto& action : actions) out.lines.push_back({scan_->line(), std::move(action)});
}

}  // namespace anju::gateway
