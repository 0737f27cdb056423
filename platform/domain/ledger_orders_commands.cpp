// What people ask of the ledger: commands to meters.

#include "platform/domain/device_rules.hpp"
#include "platform/domain/ledger_checks.hpp"
#include "platform/domain/ledger_impl.hpp"

namespace anju::platform {

namespace {

constexpr std::string_view kAutomatic = "auto-";  // how the ledger's own commands are named

/// What is asked for, and what goes to the device for it. In the order of Ask.
struct AskRow {
  std::string_view name;
  wire::CommandKind kind;
};
constexpr std::array<AskRow, kAskCount> kAskRows{{
    {"trip", wire::CommandKind::trip},
    {"release", wire::CommandKind::close},
    {"keep_power_on", wire::CommandKind::keep_power_on},
    {"keep_power_off", wire::CommandKind::keep_power_off},
    {"read", wire::CommandKind::read},
    {"set_clock", wire::CommandKind::set_clock},
    {"live", wire::CommandKind::live},
    {"clear", wire::CommandKind::clear},
    {"temperature_valve_open", wire::CommandKind::temperature_valve_open},
    {"temperature_valve_close", wire::CommandKind::temperature_valve_close},
    {"automatic_on", wire::CommandKind::automatic_on},
    {"automatic_off", wire::CommandKind::automatic_off},
}};

wire::CommandKind kind_of(Ask ask) { return kAskRows[static_cast<std::size_t>(ask)].kind; }

/// Errors: no_valve, not_for_kind.
base::Result<> check_kind(Ask ask, wire::MeterKind kind, bool valve, std::string_view dialect) {
  const bool simple = only_counts_and_switches(dialect);
  switch (ask) {
    case Ask::trip:
    case Ask::release:
      if (!valve) return base::fail(Errc::no_valve, "kind");
      break;
    case Ask::keep_power_on:
    case Ask::keep_power_off:
    case Ask::set_clock:
      if (kind != wire::MeterKind::electricity || simple) return base::fail(Errc::not_for_kind, "kind");
      break;
    case Ask::temperature_valve_open:
    case Ask::temperature_valve_close:
    case Ask::automatic_on:
    case Ask::automatic_off:
      if (kind != wire::MeterKind::hot_water || simple) return base::fail(Errc::not_for_kind, "kind");
      break;
    case Ask::read:
    case Ask::live: break;
    case Ask::clear:
      if (simple) return base::fail(Errc::not_for_kind, "kind");
      break;
  }
  return {};
}

Answer answer(const Command& command) { return Ordered{command.id, command.code, command.state, command.reason}; }

}  // namespace

std::string_view to_string(Ask ask) { return kAskRows[static_cast<std::size_t>(ask)].name; }

Outcome Ledger::Impl::decide(const Order& asked, const OrderCommand& what, base::UtcMillis now) {
  MeterState* meter = find_meter(asked.scope, what.meter);
  if (meter == nullptr) return base::fail(Errc::not_found, "meter");
  if (!meter->dispatch.wanted) return base::fail(Errc::not_dispatched, "meter");
  if (!base::is_id(what.code) || what.code.starts_with(kAutomatic)) return base::fail(Errc::bad_field, "id");
  if (auto ok = check_text(what.note, 0, kMostNote, "note"); !ok) return base::pass(ok);
  if (what.ask == Ask::live && (what.seconds < 1 || what.seconds > 600)) return base::fail(Errc::bad_field, "seconds");
  if (what.ask == Ask::automatic_on && (what.target_dc < wire::kLeastTarget || what.target_dc > wire::kMostTarget)) return base::fail(Errc::bad_field, "target_c");
  if (auto ok = check_kind(what.ask, meter->kind, meter->valve, profiles[static_cast<std::size_t>(meter->profile)].dialect); !ok) return base::pass(ok);

  std::optional<Command> first;
  for (const auto& [id, open] : commands) {
    if (open.command.code == what.code && meters[open.meter].owner.organisation == asked.scope.organisation) first = open.command;
  }
  if (!first) {
    auto found = archive.find_command(asked.scope.organisation, what.code);
    if (!found) return base::pass(found);
    if (*found) first = std::move((*found)->command);
  }
  if (first) {
    if (first->meter != what.meter || first->kind != kind_of(what.ask)) return base::fail(Errc::key_reused, "id");
    return answer(*first);
  }

  // What a refused reading says would be gone with the register: a person decides about it first.
  const bool doubted = meter->metering.last.suspect || alarms.contains(AlarmKey{"reading_quarantined", meter->gateway, meter->id, "", 0});
  if (what.ask == Ask::clear && doubted) return base::fail(Errc::conflict, "reading");
  SupplyRecord& supply = meter->supply;
  if (what.ask == Ask::trip && (supply.keep_power || supply.keep_power_wanted)) return base::fail(Errc::keep_power_on, "kind");
  const bool keep_power = supply.keep_power || supply.keep_power_wanted;
  const WantedReason otherwise = wanted(meter->settings, {supply.moved, false, keep_power, supply.scheduled, supply.unpaid}, meter->account.balance);
  const bool stays_cut = what.ask == Ask::release && otherwise != WantedReason::none;
  // Orders of this kind under way are over, but not a trip that stays wanted.
  std::optional<CommandCause> replaced;
  if ((what.ask == Ask::trip || what.ask == Ask::release) && !stays_cut) {
    const auto pending = commands.find(supply.pending_command);
    if (pending != commands.end() && pending->second.command.attempts == 0 && pending->second.command.kind == kind_of(what.ask) &&
        !pending->second.command.by.empty()) {
      replaced = pending->second.command.cause;
    }
    supersede(*meter, now);
  }

  OpenCommand& open = order(*meter, kind_of(what.ask), CommandCause::person, asked.who, now);
  Command& command = open.command;
  command.code = what.code;
  command.note = what.note;
  command.seconds = what.ask == Ask::live ? what.seconds : 0;
  command.target_dc = what.ask == Ask::automatic_on ? what.target_dc : 0;
  touch(*meter, kSupply);
  switch (what.ask) {
    // The cause says whether this order changed `forced`: `forced` if it did. What is cancelled gives that back.
    case Ask::trip:
      command.cause = replaced.value_or(supply.forced ? CommandCause::reconcile : CommandCause::forced);
      supply.forced = true;
      supply.pending_command = command.id;
      break;
    case Ask::release:
      command.cause = replaced.value_or(supply.forced ? CommandCause::forced : CommandCause::person);
      supply.forced = false;
      if (stays_cut) {
        mark_ended(command, CommandState::cancelled, otherwise == WantedReason::arrears ? "in_arrears" : std::string(to_string(otherwise)), now);  // and says so
      } else {
        supply.pending_command = command.id;
      }
      break;
    case Ask::keep_power_on: supply.keep_power_wanted = true; break;
    case Ask::keep_power_off: supply.keep_power_wanted = false; break;
    default: break;
  }
  const std::int64_t id = command.id;
  settle(*meter, CommandCause::person, now);
  return answer(commands.at(id).command);
}

Outcome Ledger::Impl::decide(const Order& order, const CancelCommand& what, base::UtcMillis now) {
  for (auto& [id, open] : commands) {
    if (open.command.code != what.code || !in(order.scope, meters[open.meter].owner)) continue;
    if (open.command.state != CommandState::queued || open.command.attempts > 0) return base::fail(Errc::not_cancellable, "command");
    MeterState& meter = meters[open.meter];
    if (open.command.cause == CommandCause::forced && !open.command.by.empty()) {
      meter.supply.forced = open.command.kind == wire::CommandKind::close;
    }
    mark_ended(open.command, CommandState::cancelled, "by " + order.who, now);
    dirty_commands.insert(id);
    clear("command_unanswered", meter.gateway, meter.id, "", id, now);
    const Answer result = answer(open.command);
    ended(open, now);
    return result;
  }
  auto found = archive.find_command(order.scope.organisation, what.code);
  if (!found) return base::pass(found);
  if (*found && in(order.scope, (*found)->owner)) return base::fail(Errc::not_cancellable, "command");
  return base::fail(Errc::not_found, "command");
}

}  // namespace anju::platform
