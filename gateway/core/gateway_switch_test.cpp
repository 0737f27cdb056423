// The installer's switch test on the running gateway: what it asks of the devices, and what it is told of them.

#include <algorithm>
#include <utility>

#include "gateway/core/errc.hpp"
#include "gateway/core/gateway.hpp"

namespace anju::gateway {

std::string_view Gateway::refuse_switch_test(const base::DeviceId& id) const {
  if (!archive_) return to_string(Errc::unknown_device);
  const auto entry = std::ranges::find(archive_->devices, id, &wire::ArchiveDevice::id);
  if (entry == archive_->devices.end()) return to_string(Errc::unknown_device);
  return test_.refuse({entry->valve, devices_.contains(id), is_moving(id)}, is_listed(owed_first()));
}

bool Gateway::is_listed(const base::DeviceId& id) const {
  return archive_ && std::ranges::find(archive_->devices, id, &wire::ArchiveDevice::id) != archive_->devices.end();
}

base::DeviceId Gateway::owed_first() const {
  const auto owed = test_.owed();
  const auto listed = std::ranges::find_if(owed, [this](const base::DeviceId& id) { return is_listed(id); });
  return listed != owed.end() ? *listed : owed.empty() ? base::DeviceId() : owed.front();
}

void Gateway::take(const SwitchTestWanted& wanted, base::UtcMillis now, GatewayOutput& out) {
  if (refuse_switch_test(wanted.device).empty()) perform(test_.begin(wanted.device, now), now, out);
}

void Gateway::perform(const TestWants& wants, base::UtcMillis now, GatewayOutput& out) {
  if (wants.keep) out.keep_test = *wants.keep;
  if (wants.order) take_local(*wants.order, now, out);
  const auto* state = test_.state();
  if (state == nullptr) return;
  // Its steps are not news, and neither is a try that came to nothing as the one before.
  const auto told = told_tests_.find(state->device);
  const bool same = told != told_tests_.end() && told->second.began == state->began && told->second.result == state->result && told->second.reason == state->reason;
  if (same) return;
  std::erase_if(told_tests_, [this](const auto& one) { return test_.owed(one.first) == nullptr; });
  told_tests_.insert_or_assign(state->device, *state);
  out.tests.push_back(*state);
}

void Gateway::follow_test(base::UtcMillis now, GatewayOutput& out) {
  // Ends because an order that comes back at once leads to one more at most, and closing that comes back waits.
  while (!test_heard_.empty()) {
    for (const auto& event : std::exchange(test_heard_, {})) {
      perform(test_.heard(event, {standing(event.device), is_switched_by_others(event.device)}, now), now, out);
    }
  }
}

bool Gateway::is_switched_by_others(const base::DeviceId& device) const {
  return std::ranges::any_of(commands_, [&](const auto& entry) {
    return entry.second.moves_relay() && entry.second.command().device == device && !local_.contains(entry.first);
  });
}

}  // namespace anju::gateway
