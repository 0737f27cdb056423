#include "tests/scenario/world/field.hpp"

#include <utility>

namespace anju::scenario {

void Field::add_line(const std::string& gateway, const std::string& line, std::vector<std::string> devices,
                     std::vector<sim::Meter> meters) {
  const std::size_t count = devices.size();
  for (std::size_t i = 0; i < count; ++i) where_[devices[i]] = {gateway, lines_.size(), i};
  lines_.push_back(std::make_unique<Port>(
      Port{gateway, base::LineId(line), sim::Line(line, kBaud, std::move(meters)), std::move(devices),
           std::vector<std::pair<bool, std::int64_t>>(count), {}, 0, {}}));
}

std::size_t Field::find(const std::string& gateway, const base::LineId& line) const {
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    if (lines_[i]->gateway == gateway && lines_[i]->id == line) return i;
  }
  return lines_.size();
}

void Field::open(const std::string& gateway, const base::LineId& line, Hear hear) {
  const std::size_t index = find(gateway, line);
  if (index == lines_.size()) return;
  Port& port = *lines_[index];
  port.hear = std::move(hear);
  const std::int64_t opened = ++port.opened;
  time_.at(std::max(time_.now() + base::Millis(20), port.away_until), [&port, opened] {
    if (port.opened == opened && port.hear) port.hear(port.id, gateway::PortOpened{});
  });
}

void Field::write(const std::string& gateway, const base::LineId& line, const base::Bytes& bytes) {
  const std::size_t index = find(gateway, line);
  if (index == lines_.size() || time_.now() < lines_[index]->away_until) return;
  lines_[index]->line.on_master_bytes(bytes, time_.now().value * 1000, kBaud);
  play(index, base::Millis(0));
}

void Field::process_died(const std::string& gateway) {
  for (const auto& port : lines_) {
    if (port->gateway != gateway) continue;
    port->hear = nullptr;
    ++port->opened;
  }
}

void Field::cut(std::size_t line, base::Millis span) {
  Port& port = *lines_[line];
  port.away_until = time_.now() + span;
  if (!port.hear) return;
  const auto hear = port.hear;
  hear(port.id, gateway::PortClosed{"connection reset by peer"});
  if (port.hear) open(port.gateway, port.id, port.hear);
}

void Field::mend() {
  for (const auto& port : lines_) {
    if (port->away_until <= time_.now()) continue;
    port->away_until = time_.now();
    if (port->hear) open(port->gateway, port->id, port->hear);
  }
}

void Field::play(std::size_t line, base::Millis gather) {
  const auto next = lines_[line]->line.next_event_us();
  if (!next) return;
  time_.at(base::UtcMillis((*next + 999) / 1000) + gather, [this, line] {
    Port& port = *lines_[line];
    const auto due = port.line.next_event_us();
    if (!due || *due > time_.now().value * 1000) return;
    base::Bytes heard = port.line.advance(time_.now().value * 1000);
    if (look_) {
      for (std::size_t i = 0; i < port.devices.size(); ++i) {
        const sim::Meter& meter = port.line.meters()[i];
        const std::pair now(meter.relay().is_open(), meter.statistics().relay_orders);
        if (std::exchange(port.relays[i], now) != now) look_(port.devices[i]);
      }
    }
    play(line, kGather);
    if (heard.empty() || !port.hear || time_.now() < port.away_until) return;
    const auto hear = port.hear;
    hear(port.id, gateway::Received{std::move(heard)});
  });
}

sim::Meter& Field::meter(const std::string& device) {
  const Place& place = where_.at(device);
  return lines_[place.line]->line.meters()[place.index];
}

sim::Meter Field::now_of(const std::string& device) {
  sim::Meter copy = meter(device);
  copy.advance(time_.now());
  return copy;
}

}  // namespace anju::scenario
