#include "platform/domain/upgrade.hpp"

#include <algorithm>

namespace anju::platform {

bool is_wanted(const Upgrade& upgrade) { return !upgrade.withdrawn && !wire::is_over(upgrade.step); }

bool is_forgotten_trial(const Upgrade& upgrade, base::UtcMillis now) { return upgrade.step == wire::UpgradeStep::trial && now - upgrade.at >= kTrialForgotten; }

bool is_under_way(const Upgrade& upgrade, base::UtcMillis now) {
  return is_wanted(upgrade) || (upgrade.step == wire::UpgradeStep::trial && !is_forgotten_trial(upgrade, now));
}

std::string_view shown_step(const Upgrade& upgrade, base::UtcMillis now) {
  const bool went_on = (upgrade.step == wire::UpgradeStep::trial && !is_forgotten_trial(upgrade, now)) || wire::is_over(upgrade.step);
  return upgrade.withdrawn && !went_on ? "withdrawn" : wire::to_string(upgrade.step);
}

bool follow(Upgrade& upgrade, const wire::UpgradeProgress& said, base::UtcMillis now) {
  using enum wire::UpgradeStep;
  if (said.order != upgrade.wanted.order || wire::is_over(upgrade.step)) return false;
  // Before its trial a withdrawn order is refused or fails because it was withdrawn: no news. A trial that runs blocks other orders until it ends, however.
  const bool ends_trial = upgrade.step == trial && wire::is_over(said.step);
  if (upgrade.withdrawn && said.step != trial && said.step != installed && said.step != rolled_back && !ends_trial) return false;
  const std::int64_t bytes = std::clamp<std::int64_t>(said.bytes, 0, upgrade.wanted.size);
  if (said.step == upgrade.step && said.reason == upgrade.reason && bytes == upgrade.bytes) return false;
  upgrade.step = said.step;
  upgrade.reason = said.reason;
  upgrade.bytes = bytes;
  upgrade.at = now;
  return true;
}

base::Result<> check_upgrade(const wire::Version& version, const wire::Version& minimum, std::string_view architecture, std::string_view said_software,
                             std::string_view said_architecture) {
  if (!said_architecture.empty() && said_architecture != architecture) return base::fail(wire::ReleaseErrc::wrong_architecture, std::string(said_architecture));
  const auto running = wire::parse_version(said_software);
  if (!running) return {};
  if (version <= *running) return base::fail(wire::ReleaseErrc::not_newer, wire::to_string(*running));
  if (*running < minimum) return base::fail(wire::ReleaseErrc::too_old, wire::to_string(minimum));
  return {};
}

}  // namespace anju::platform
