#include "tests/scenario/world/watch.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace anju::scenario {
namespace {

bool switches(wire::CommandKind kind) {
  return kind == wire::CommandKind::trip || kind == wire::CommandKind::close ||
         kind == wire::CommandKind::keep_power_on || kind == wire::CommandKind::keep_power_off;
}

}  // namespace

Watch::Watch(std::uint64_t seed, Timeline& time, Field& field) : seed_(seed), time_(time), field_(field) {
  if (const char* device = std::getenv("ANJU_TRACE")) traced_ = device;
}

void Watch::trace(const std::string& device, const std::string& what) const {
  if (device != traced_) return;
  std::fprintf(stderr, "%s %s %s\n", base::format_utc(time_.now()).c_str(), device.c_str(), what.c_str());
}

void Watch::wrong(const std::string& what) {
  if (findings_.size() >= 50) return;
  findings_.push_back("seed " + std::to_string(seed_) + ", step " + std::to_string(time_.steps()) + ", " +
                      base::format_utc(time_.now()) + ": " + what);
}

void Watch::committed(const Tables& tables, const platform::Batch& batch) {
  for (const auto& row : batch.readings) {
    if (row.state == platform::ReadingState::used) newest_used_[row.meter] = std::max(newest_used_[row.meter], row.at);
  }
  for (const auto& row : batch.supplies) {
    if (row.supply.forced) {
      forced_since_.try_emplace(row.meter, time_.now());
    } else {
      forced_since_.erase(row.meter);
      tripped_by_hand_.erase(tables.meters.at(row.meter).card.device);
    }
  }
  for (const auto& row : batch.supplies) {
    const auto& supply = row.supply;
    trace(tables.meters.at(row.meter).card.device, "is stored as " + std::string(to_string(supply.relay)) +
                                                       ", wanted open for " + std::string(to_string(supply.reason)) +
                                                       ", ordered " + std::string(to_string(supply.ordered)) +
                                                       ", pending " + std::to_string(supply.pending_command));
  }
  for (const auto& row : batch.commands) {
    const auto& command = row.command;
    trace(tables.meters.at(command.meter).card.device,
          std::string(to_string(command.kind)) + " " + platform::wire_id(command).value + " is stored as " +
              std::string(to_string(command.state)) + " " + command.reason + " (" +
              std::string(to_string(command.cause)) + ")");
  }
  for (const auto& row : batch.commands) {
    const auto& command = row.command;
    if (known_commands_.insert(command.id).second) check_new_order(tables, row);
    if (command.state != platform::CommandState::verified) continue;
    ++seen_.verified;
    if (command.kind == wire::CommandKind::close) ++seen_.reconnections;
    if (command.kind != wire::CommandKind::trip) continue;
    ++seen_.trips;
    const auto forced = forced_since_.find(command.meter);
    if (forced != forced_since_.end() && command.created >= forced->second) {
      ++seen_.forced;
      tripped_by_hand_.insert(tables.meters.at(command.meter).card.device);
    }
  }
  seen_.crossings += static_cast<std::int64_t>(batch.crossings.size());
  for (const auto& row : batch.crossings) {
    const bool ordered =
        std::ranges::any_of(batch.commands, [&](const auto& c) { return c.command.crossing == row.id; });
    if (row.exemption.empty() && !ordered)
      wrong("crossing " + std::to_string(row.id) + " was committed without an order or an exemption");
  }
}

void Watch::check_new_order(const Tables& tables, const platform::SavedCommand& row) {
  const auto& command = row.command;
  const MeterRow& meter = tables.meters.at(command.meter);
  const std::string name = "command " + std::to_string(command.id) + " to " + meter.card.device;
  if (command.cause == platform::CommandCause::stale_reading) ++seen_.stale_reads;
  if (platform::is_final(command.state)) return;
  if (command.kind == wire::CommandKind::close && meter.supply.forced)
    wrong(name + " closes a meter that is tripped by hand");
  if (command.kind != wire::CommandKind::trip || meter.supply.forced) return;
  const auto used = newest_used_.find(command.meter);
  const auto age = command.created - (used == newest_used_.end() ? meter.card.registered : used->second);
  if (age > platform::kFreshReading)
    wrong(name + " trips on a reading that is " + std::to_string(age.value / 60'000) + " minutes old");
  const auto& settings = meter.card.settings;
  const auto balance = tables.accounts.at(meter.card.account).account.balance;
  if (settings.mode != platform::MeterMode::prepaid || !settings.auto_trip || balance > -settings.overdraft) {
    wrong(name + " trips a meter that is not in arrears (" + base::format(balance) + " yuan)");
  }
}

void Watch::reported(const std::string& gateway, const wire::Event& event) {
  if (const auto* status = std::get_if<wire::StatusEvent>(&event)) {
    trace(status->device.value,
          "reports " + std::string(to_string(status->relay)) + (status->reachable ? "" : ", unreachable"));
  }
  const auto* news = std::get_if<wire::CommandEvent>(&event);
  if (news != nullptr) {
    trace(news->device.value, "answers " + news->command.value + " " + std::string(to_string(news->phase)) + " " +
                                  news->reason + ", relay " + std::string(to_string(news->relay)));
  }
  if (news == nullptr || news->phase != wire::CommandPhase::verified) return;
  const auto journal = boxes_.at(gateway)->journal();
  const auto found = std::ranges::find(journal, news->command, [](const auto& known) { return known.command.id; });
  if (found == journal.end()) return wrong("command " + news->command.value + " is verified, but was never accepted");
  const sim::Meter truth = field_.now_of(news->device.value);
  const auto& relay = truth.relay();
  const std::string name = "command " + news->command.value + " to " + news->device.value + " is verified, but ";
  switch (found->command.kind) {
    case wire::CommandKind::trip:
      if (!relay.is_open()) wrong(name + "the relay is closed");
      break;
    case wire::CommandKind::close:
      if (relay.is_open()) wrong(name + "the relay is open");
      break;
    case wire::CommandKind::keep_power_on:
      if (!relay.keep_power()) wrong(name + "keep-power is off");
      break;
    case wire::CommandKind::keep_power_off:
      if (relay.keep_power()) wrong(name + "keep-power is on");
      break;
    case wire::CommandKind::read:
    case wire::CommandKind::set_clock:
    case wire::CommandKind::live: break;
  }
}

void Watch::look(const std::string& device) {
  const sim::Meter& meter = field_.meter(device);
  Contact& known = contacts_[device];
  const bool open = meter.relay().is_open();
  if (open != known.open) trace(device, open ? "contact opens" : "contact closes");
  if (known.open && !open && tripped_by_hand_.contains(device))
    wrong(device + " was tripped by hand and its contact has closed");
  known.open = open;
  if (meter.statistics().relay_orders == known.orders) return;
  known.orders = meter.statistics().relay_orders;
  // The meter heard it a moment ago: what was sent in time may arrive a line time after the expiry.
  const auto journal = boxes_.at(field_.gateway_of(device))->journal();
  const bool covered = std::ranges::any_of(journal, [&](const auto& entry) {
    return entry.command.device.value == device && switches(entry.command.kind) &&
           time_.now() <= entry.command.expires + base::seconds(2);
  });
  if (!covered) wrong(device + " was switched without a command that is in force");
}

}  // namespace anju::scenario
