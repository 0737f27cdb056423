// Commands: which are refused, which are taken, and what becomes of those that were under way when the power went.

#include <algorithm>
#include <utility>

#include "firmware-sim/station/station.hpp"

namespace anju::sim {
namespace {

/// Why it is not carried out, in the words of the gateway (gateway/core/errc.hpp); empty: carry it out.
std::string_view refusal(const wire::Command& command, std::int64_t counter, const WaterMeter* device, std::size_t running,
                         base::UtcMillis now) {
  if (command.counter <= counter) return "old_counter";
  if (now >= command.expires) return "expired";
  if (device == nullptr) return "unknown_device";
  if (!can(*device, command.kind)) return "not_supported";
  return running >= kMostOrders ? "too_many_commands" : "";
}

}  // namespace

void Station::take(const wire::Command& command, base::UtcMillis now, StationOutput& out) {
  // The platform repeats an order until the stream brings its outcome; a known id is never acted on again, nor refused twice.
  const bool known = std::ranges::any_of(accepted_, [&](const auto& one) { return one.command.id == command.id; });
  if (known || refused_ids_.contains(command.id)) return;
  advance(now);
  const auto device = known_.find(command.device);
  const WaterMeter* meter = device == known_.end() ? nullptr : &devices_[device->second.index];
  const std::string_view reason = refusal(command, counter_, meter, orders_.size(), now);
  if (!reason.empty()) {
    ++statistics_.refused;
    if (refused_ids_.size() >= kIdsKept) refused_ids_.clear();
    refused_ids_.insert(command.id);
    if (reason == "old_counter") state_wanted_ = true;  // it says which counter comes next
    const auto phase = reason == "expired" ? wire::CommandPhase::expired : wire::CommandPhase::refused;
    return emit(wire::CommandEvent{command.id, command.device, now, phase, std::string(reason), wire::Relay::unknown}, out);
  }
  ++statistics_.commands;
  counter_ = command.counter;
  accepted_.push_back({command, false});
  if (accepted_.size() > kIdsKept) {
    const auto oldest = std::ranges::find_if(accepted_, &StationMemory::Accepted::done);
    if (oldest != accepted_.end()) accepted_.erase(oldest);
  }
  out.records += command_line(command);

  StationOrder order(command, false, now);
  for (StationOrder& older : orders_) {
    if (!order.replaces(older)) continue;
    give_up(older, "superseded", now, out);
  }
  orders_.push_back(std::move(order));
}

void Station::resume(base::UtcMillis now, StationOutput& out) {
  if (!archive_ || to_resume_.empty()) return;
  for (const wire::Command& command : std::exchange(to_resume_, {})) {
    StationOrder order(command, true, now);
    if (command.kind == wire::CommandKind::live) {
      done(command.id, out);  // whoever looked has seen that it ended
    } else if (!known_.contains(command.device)) {
      give_up(order, "unknown_device", now, out);
    } else {
      orders_.push_back(std::move(order));
    }
  }
}

void Station::run_orders(base::UtcMillis now, StationOutput& out) {
  for (StationOrder& order : orders_) {
    if (order.is_finished()) continue;
    StationOrder::Step step = order.tick(devices_[known_.at(order.command().device).index], now);
    for (const wire::Event& event : step.events) emit(event, out);
    if (order.is_finished()) done(order.command().id, out);
    if (!step.live || !connected_) continue;
    const std::string where = topic(wire::Channel::live, order.command().device);
    out.publish.push_back({where, wire::seal(setup_.keys.up, where, wire::encode(*step.live)), 0, false});
  }
  std::erase_if(orders_, [](const StationOrder& order) { return order.is_finished(); });
}

void Station::give_up(StationOrder& order, std::string_view reason, base::UtcMillis now, StationOutput& out) {
  if (order.is_finished()) return;
  emit(order.abandon(reason, now), out);
  done(order.command().id, out);
}

void Station::done(const base::CommandId& id, StationOutput& out) {
  out.records += done_line(id);
  const auto known = std::ranges::find_if(accepted_, [&](const auto& one) { return one.command.id == id; });
  if (known != accepted_.end()) known->done = true;
}

}  // namespace anju::sim
