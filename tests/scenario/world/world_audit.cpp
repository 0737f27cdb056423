// What must be true in the end: books and streams, registers, relays, what people were told, commands, the database.

#include <algorithm>
#include <set>
#include <utility>

#include "platform/domain/command.hpp"
#include "platform/store/verify.hpp"
#include "tests/scenario/world/audit.hpp"
#include "tests/scenario/world/world.hpp"

namespace anju::scenario {

Findings World::audit() {
  Findings findings = watch_.findings();
  const auto& tables = platform_->tables();
  Findings end = audit_books(tables);
  for (const auto& box : gateways_) {
    Ended streams = box->ended();
    std::set<std::string> unknown = box->blind();
    if (restored_) unknown.merge(box->ever_forked());
    for (const auto& epoch : unknown) streams.erase(epoch);
    if (!unknown.contains(box->spool().epoch())) {
      const auto more = audit_stream(tables, box->code(), box->spool().epoch(), box->spool().events(), true);
      end.insert(end.end(), more.begin(), more.end());
    }
    for (const auto& [epoch, events] : streams) {
      const auto more = audit_stream(tables, box->code(), epoch, events, false);
      end.insert(end.end(), more.begin(), more.end());
    }
  }
  audit_registers(end);
  audit_supply(end);
  audit_people(end);
  audit_commands(end);
  audit_database(end);
  for (auto& finding : end) findings.push_back("seed " + std::to_string(seed_) + ", at the end: " + std::move(finding));
  return findings;
}

void World::audit_registers(Findings& findings) {
  for (const auto& device : devices_) {
    const auto& row = platform_->tables().meters.at(id_of(device));
    const std::int64_t shown = field_.now_of(device).registers().total.e4 / 100 * 100;  // the dial has hundredths
    const std::int64_t booked = row.metering.last.total.e4;
    if (booked == shown) continue;
    const std::string text = device + ": the meter shows " + base::format(base::Quantity(shown)) +
                             " kWh, the books stand at " + base::format(base::Quantity(booked));
    // A register that was put back is not believed before it is above the last good reading again; under a time-of-use
    // plan the tariffs, which were not put back, then exceed the total for good. A person is told and has to look.
    // Nor are readings of a clock that was hours ahead which come when their time has passed, after an outage or once more to a restored platform:
    // they are believed, and what follows is older, or too much for the time that is left. Of a clock that is hours behind the first reading whose time
    // is above the last one's is too much for the moments between the two, and all after it count on from there.
    const bool late = restored_ || std::ranges::any_of(gateways_, [&](const auto& box) { return box->code() == field_.gateway_of(device) && box->clock_was_wrong(); });
    const bool told = (jumped_.contains(device) && row.metering.quarantined != 0) || (late && is_alarmed("reading_quarantined", row.card.id));
    if (!told) findings.push_back(text);
  }
}

void World::audit_supply(Findings& findings) {
  for (const auto& device : devices_) {
    const auto& row = platform_->tables().meters.at(id_of(device));
    const auto& account = platform_->tables().accounts.at(row.card.account).account;
    const bool open = field_.now_of(device).relay().is_open();
    const bool opening = !open && field_.now_of(device).relay().commanded_off();
    const bool keep_power = field_.now_of(device).relay().keep_power();
    const bool in_arrears = row.card.settings.mode == platform::MeterMode::prepaid && row.card.settings.auto_trip &&
                            row.supply.moved && !keep_power && account.balance <= -row.card.settings.overdraft;
    const std::string state = " (balance " + base::format(account.balance) + ", threshold " +
                              base::format(-row.card.settings.overdraft) + ", reason " +
                              std::string(to_string(row.supply.reason)) + ", ordered " +
                              std::string(to_string(row.supply.ordered)) + ")";
    // A backup knows nothing of a cut-off that came after it. Nobody may close what a person has perhaps opened: one is told.
    const bool told = restored_ && row.supply.ordered == platform::RelayOrder::nothing && is_alarmed("opened_by_hand", row.card.id);
    if ((open || opening) && !row.supply.forced && !in_arrears && !told) findings.push_back(device + " is left without power" + state);
    // Nor of a keep-power that came after it: the meter refuses the trip, and nobody may take that away by himself.
    const bool kept = restored_ && keep_power && is_alarmed("command_unanswered", row.card.id);
    if (!open && row.supply.forced && !kept) findings.push_back(device + " was tripped by hand and has power" + state);
    // The reading that was asked for came, and was refused: a person decides.
    const bool refused = row.supply.awaiting_read && is_alarmed("reading_quarantined", row.card.id);
    if (!open && in_arrears && !refused) findings.push_back(device + " is in arrears and has power" + state);
    const auto reported = open ? wire::Relay::open : opening ? wire::Relay::opening : wire::Relay::closed;
    if (row.supply.relay != reported)
      findings.push_back(device + ": the platform does not know how the relay stands" + state);
  }
}

bool World::is_alarmed(const std::string& code, std::int64_t meter) const {
  return std::ranges::any_of(platform_->tables().alarms, [&](const auto& entry) {
    return entry.second.active && entry.second.code == code && entry.second.meter == meter;
  });
}

void World::audit_people(Findings& findings) const {
  if (unanswered_ != 0) findings.push_back(std::to_string(unanswered_) + " orders were never answered");
  std::map<std::string, base::Money> booked;
  for (const auto& row : platform_->tables().recharges) booked[row.key] = row.amount;
  if (booked != recharged_) findings.push_back("what people were told about their recharges is not what is booked");
}

void World::audit_commands(Findings& findings) const {
  const auto& tables = platform_->tables();
  for (const auto& box : gateways_) {
    if (restored_) break;
    for (const auto& known : box->accepted()) {
      const auto attempt = platform::parse_wire_id(known.id.value);
      if (!attempt || !tables.commands.contains(attempt->command)) {
        findings.push_back("command " + known.id.value + " was carried out, but never stored");
      }
    }
  }
}

void World::audit_database(Findings& findings) const {
  if (climate_.database.empty()) return;
  const auto checks = platform::verify(climate_.database, time_.now());
  if (!checks) return findings.push_back("the database cannot be checked: " + checks.error().where);
  for (const auto& check : *checks) {
    if (check.wrong != 0) findings.push_back(check.name + " in the database: " + check.first.front());
  }
}

}  // namespace anju::scenario
