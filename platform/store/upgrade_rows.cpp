#include "platform/store/upgrade_rows.hpp"

#include <string>

#include "platform/store/reader.hpp"

namespace anju::platform {

Upgrade read_upgrade(Select& row) {
  constexpr int kSteps = 8;
  Upgrade read;
  read.gateway = row.integer();
  read.owner = row.owner();
  read.release = row.integer();
  read.wanted.order = row.text();
  read.wanted.version = wire::parse_version(row.text()).value_or(wire::Version{});
  read.wanted.size = row.integer();
  read.wanted.sha256 = row.text();
  read.wanted.url = row.text();
  read.wanted.pin = row.text();
  read.by = row.text();
  read.ordered = row.time();
  read.withdrawn = row.flag();
  const std::string step = row.text();
  if (!step.empty()) read.step = parse_word<wire::UpgradeStep>(step, kSteps);
  read.reason = row.text();
  read.bytes = row.integer();
  read.at = row.time();
  return read;
}

}  // namespace anju::platform
