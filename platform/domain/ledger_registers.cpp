// Where a register goes on after it was cleared, replaced or read by hand.

#include <algorithm>

#include "platform/domain/device_rules.hpp"
#include "platform/domain/ledger_checks.hpp"
#include "platform/domain/ledger_impl.hpp"
#include "protocols/wire/direct_unit.hpp"

namespace anju::platform {
namespace {

RegisterStand stand_at(const Sample& sample) { return {sample.at, sample.total, sample.tariffs}; }

Sample zeros(const Register& last, base::UtcMillis at) {
  Sample sample{at, {}, {}};
  if (last.tariffs_known) sample.tariffs.emplace();
  return sample;
}

}  // namespace

std::string_view to_string(RegisterChangeKind kind) {
  switch (kind) {
    case RegisterChangeKind::clear: return "clear";
    case RegisterChangeKind::replace: return "replace";
    case RegisterChangeKind::typed: return "typed";
  }
  return "typed";
}

RegisterChange& Ledger::Impl::add_change(MeterState& meter, RegisterChangeKind kind, const Sample& last, const Sample& next, base::UtcMillis now) {
  RegisterChange& row = batch.register_changes.emplace_back();
  row.id = ++newest.register_change;
  row.owner = meter.owner;
  row.meter = meter.id;
  row.kind = kind;
  row.last = stand_at(last);
  row.next = stand_at(next);
  row.newest_reading = meter.metering.newest_reading;
  row.decision = newest.decision;
  row.known_version = newest.plan_version;
  row.known_meter_plan = newest.meter_plan;
  row.at = now;
  touch(meter, kMetering);
  return row;
}

/// The device has set its registers to zero, and was read afterwards. What ran between the reading before the order and the order itself is
/// not billed: seconds, and nobody has seen it.
void Ledger::Impl::note_cleared(MeterState& meter, const Command& command, base::UtcMillis at, base::UtcMillis now) {
  Register& last = meter.metering.last;
  const Sample next = zeros(last, std::max(std::min(at, now), last.at));  // a clock that runs ahead must not cover what comes
  RegisterChange& row = add_change(meter, RegisterChangeKind::clear, {next.at, last.total, last.tariffs_known ? std::optional(last.tariffs) : std::nullopt}, next, now);
  row.key = "clear " + std::to_string(command.id);  // no key of a person has a blank
  row.by = command.by;
  row.note = command.note;
  row.plan_version = find_stretches(meter, next.at).back().version;
  // The register goes on in the month of the clearing: what was used in the month before counts for no step of this one.
  Accrued& accrued = meter.metering.accrued;
  accrued = idle(accrued, last.at, next.at, gateway_of(meter).site->site.card.utc_offset_minutes);
  last = begin_anew(last, next);
}

Outcome Ledger::Impl::decide(const Order& order, const ChangeRegister& what, base::UtcMillis now) {
  MeterState* meter = find_meter(order.scope, what.meter);
  if (meter == nullptr) return base::fail(Errc::not_found, "meter");
  if (!base::is_id(what.key)) return base::fail(Errc::bad_field, "id");
  if (auto ok = check_text(what.note, 0, kMostNote, "note"); !ok) return base::pass(ok);
  if (auto ok = check_registers(what.last, "last"); !ok) return base::pass(ok);
  if (what.start) {
    if (auto ok = check_registers(*what.start, "start"); !ok) return base::pass(ok);
  }
  if (what.address && !what.start) return base::fail(Errc::bad_field, "address");
  if (what.profile && !what.start) return base::fail(Errc::bad_field, "profile");
  if (what.baud && !what.profile) return base::fail(Errc::bad_field, "baud");
  DeviceChange device{meter->id, what.address.value_or(meter->address.text()), {}, {}, meter->line};
  device.profile = what.profile.value_or(profiles[static_cast<std::size_t>(meter->profile)]);
  device.baud = what.profile || meter->baud == 0 ? what.baud : std::optional<std::int64_t>(meter->baud);
  // Devices of before stay as they were: what is asked about is the new one.
  if (what.address || what.profile) {
    if (auto ok = check_device({{}, {}, device.address, device.baud, device.profile, meter->kind, meter->valve}); !ok) return base::pass(ok);
  }
  auto first = find_document(order.scope.organisation, what.key);
  if (!first) return base::pass(first);
  if (*first) {
    if ((*first)->kind != DocumentKind::register_change || (*first)->meter != meter->id) return base::fail(Errc::key_reused, "id");
    return Answer(Booked{false, (*first)->id, meter->account.balance});
  }
  GatewayState& gateway = gateway_of(*meter);
  const MeterAddress address = what.address ? *MeterAddress::parse(*what.address) : meter->address;
  const auto line = std::find_if(gateway.lines.begin(), gateway.lines.end(), [&](const Line& l) { return l.id == meter->line; });
  const bool in_the_air = line != gateway.lines.end() && line->uri.starts_with("mqtt://");
  if (what.profile && in_the_air && only_counts_and_switches(what.profile->dialect)) return base::fail(Errc::bad_field, "profile.dialect");
  // What was there before this rule stays; a new way to speak, or an address that only some lines have, has to fit the line.
  const bool has_to_fit = what.profile || (what.address && wire::is_direct_unit(device.profile.dialect, device.address));
  if (has_to_fit && line != gateway.lines.end()) {
    if (auto ok = check_on_line(device.address, device.baud, device.profile, line->uri); !ok) return base::pass(ok);
  }
  for (const MeterIndex index : gateway.meters) {
    const MeterState& other = meters[index];
    if (other.id != meter->id && other.line == meter->line && other.address == address) return base::fail(Errc::conflict, "address");
  }
  if (what.at.value_or(now) > now) return base::fail(Errc::bad_field, "at");
  const Sample last{what.at.value_or(now), what.last.total, what.last.tariffs};
  if (last.at <= meter->metering.last.at) return base::fail(Errc::conflict, "at");
  const auto counted = count(gateway, *meter, last, now);
  if (!counted) return base::pass(counted);
  const Sample next = what.start ? Sample{last.at, what.start->total, what.start->tariffs} : last;

  RegisterChange& row = add_change(*meter, what.start ? RegisterChangeKind::replace : RegisterChangeKind::typed, last, next, now);
  row.key = what.key;
  row.note = what.note;
  row.by = order.who;
  row.billed = counted->use.total;
  row.plan_version = counted->newest_prices.version;
  const std::int64_t id = row.id;
  meter->metering.last = counted->next;
  follow_prices(*meter, counted->newest_prices, now);
  const std::int64_t before = newest.transfer;
  book_use(gateway, *meter, counted->use, counted->bill, counted->newest_prices, 0, last.at);
  if (newest.transfer != before) batch.register_changes.back().transfer = newest.transfer;
  meter->metering.last = what.start ? begin_anew(meter->metering.last, next) : meter->metering.last;
  if (what.start) {
    // Nothing is known of the new device's relay, and nothing of ours went to it.
    doubt_switch(*meter, now);
    // What is under way was meant for the old device; a clearing would hit the new one.
    for (auto& [under_way, open] : commands) {
      if (open.meter != index_of(*meter) || is_final(open.command.state)) continue;
      mark_ended(open.command, CommandState::cancelled, "replaced", now);
      dirty_commands.insert(under_way);
      clear("command_unanswered", meter->gateway, meter->id, "", under_way, now);
    }
    SupplyRecord& supply = meter->supply;
    supply.keep_power = supply.keep_power_wanted = false;
    if (what.profile) supply.clock_offset_s.reset();  // the old one's; the new one may never say
    if (what.profile || address != meter->address) save_device(*meter, std::move(device));
    // Also with the same address: what the gateway remembers is of the old one. What it refused was that one, too.
    clear("bad_device", gateway.row.id, meter->id, "", 0, now);
    if (meter->dispatch.wanted) save_dispatch(*meter, true);
    gateway.changed = true;
  }
  clear("reading_quarantined", gateway.row.id, meter->id, "", 0, now);
  // The new device, too; and a trip that left for the old one may still be carried out.
  if (what.start && (meter->supply.reason != WantedReason::none || meter->supply.ordered != RelayOrder::nothing)) drive(*meter, CommandCause::reconcile, now);
  settle(*meter, CommandCause::person, now);
  return Answer(Booked{true, id, meter->account.balance});
}

}  // namespace anju::platform
