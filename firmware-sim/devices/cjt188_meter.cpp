#include "firmware-sim/devices/cjt188_meter.hpp"

#include <utility>
#include <variant>

#include "protocols/cjt188/abbreviation.hpp"

namespace anju::sim {
namespace {

using base::UtcMillis;
using cjt188::Frame;
using cjt188::Function;
using cjt188::ValveState;

constexpr std::uint8_t kQuery = 0x00;  // a vendor's "where is the valve?"

/// A settlement day is the first of a month.
UtcMillis first_of_next_month(UtcMillis after, int utc_offset_minutes) {
  const base::CivilTime now = base::to_civil(after, utc_offset_minutes);
  const base::CivilTime first{now.month == 12 ? now.year + 1 : now.year, now.month % 12 + 1, 1, 0, 0, 0};
  return base::to_utc(first, utc_offset_minutes).value_or(after + base::hours(24 * 31));
}

bool can_say(ValveState state, bool battery_low, cjt188::StatusMap map) {
  return cjt188::status_word(state, battery_low, map).has_value();
}

}  // namespace

Cjt188Meter::Cjt188Meter(Cjt188Setup setup, UtcMillis start)
    : setup_(std::move(setup)), water_(setup_.water, start), plan_(setup_.faults, start), settle_day_total_(setup_.water.start) {
  plan_settlement(start);
}

std::optional<ReplyFaults::Shaped> Cjt188Meter::on_frame(const Frame& request, UtcMillis now) {
  if (!is_meant(request)) return std::nullopt;
  advance(now);
  ++statistics_.requests;
  if (reply_faults_.swallows_request()) return std::nullopt;
  const auto healthy = answer(request, now);
  if (!healthy || water_.is_silent()) return std::nullopt;
  auto bytes = cjt188::encode(*healthy, setup_.preamble);
  if (!bytes) return std::nullopt;
  auto shaped = reply_faults_.shape(*std::move(bytes), setup_.response_delay, setup_.water.seed);
  if (shaped) ++statistics_.replies;
  return shaped;
}

bool Cjt188Meter::is_meant(const Frame& request) const {
  if ((request.control & cjt188::kFromMeter) != 0) return false;
  const bool abbreviated = setup_.answers_abbreviated && cjt188::abbreviates(request.address, setup_.address);
  if (!request.address.matches(setup_.address) && !abbreviated) return false;
  const bool any_type = request.meter_type == cjt188::kAnyType && setup_.answers_any_type;
  return any_type || request.meter_type == setup_.options.meter_type;
}

std::optional<Frame> Cjt188Meter::answer(const Frame& request, UtcMillis now) {
  // An identifier in the other byte order is one that this meter has never heard of: it keeps silent.
  if (cjt188::order_of(request.data) == cjt188::other(setup_.options.di_order)) return std::nullopt;
  const auto control = cjt188::parse_control(request.control);
  if (!control || request.data.size() < 3) return std::nullopt;
  const std::uint8_t ser = base::to_u8(request.data[2]);
  const bool exact = request.address == setup_.address;

  std::optional<cjt188::Reply> reply;
  if (const auto received = cjt188::decode_request(request, setup_.options.di_order)) {
    reply = reply_to(received->request, exact, now);
  } else if (exact) {
    reply = refuse(control->function);
  }
  if (!reply) return std::nullopt;
  if (std::holds_alternative<cjt188::ErrorReply>(*reply)) ++statistics_.refusals;
  auto frame = cjt188::make_reply(setup_.options, setup_.address, ser, *reply);
  return frame ? std::optional(*std::move(frame)) : std::nullopt;
}

std::optional<cjt188::Reply> Cjt188Meter::reply_to(const cjt188::Request& request, bool by_exact_address, UtcMillis now) {
  if (const auto* asked = std::get_if<cjt188::ReadData>(&request)) return read(*asked, now);
  if (std::holds_alternative<cjt188::ReadAddress>(request)) return cjt188::AddressReply{};
  // Whatever changes a meter must name it.
  if (!by_exact_address) return std::nullopt;
  if (const auto* asked = std::get_if<cjt188::Valve>(&request)) return move_valve(*asked, now);
  if (const auto* asked = std::get_if<cjt188::WriteBase>(&request)) {
    water_.set_total(asked->base);
    return accept(request, status());
  }
  if (const auto* asked = std::get_if<cjt188::WriteAddress>(&request)) {
    setup_.address = asked->address;
    return accept(request, status());
  }
  return refuse(cjt188::function_of(request));
}

cjt188::Reply Cjt188Meter::read(const cjt188::ReadData& request, UtcMillis now) const {
  if (request.di != cjt188::kMetering) return refuse(Function::read_data);
  cjt188::Metering metering{.total = water_.total(), .settle_day_total = {}, .time = {}, .status = {}};
  if (!setup_.short_form) {
    metering.settle_day_total = settle_day_total_;
    metering.status = status();
    if (setup_.clock_set) metering.time = base::to_civil(now + water_.clock_ahead(now), setup_.water.utc_offset_minutes);
  }
  auto value = cjt188::encode_metering(metering);
  if (!value) return refuse(Function::read_data);  // a clock adrift beyond 2099
  return cjt188::ReadReply{.di = request.di, .value = *std::move(value)};
}

cjt188::Reply Cjt188Meter::move_valve(const cjt188::Valve& request, UtcMillis now) {
  // The acknowledgement tells where the valve was: it has not moved yet.
  const cjt188::StatusWord before = status();
  if (request.code == kQuery && setup_.water.valve) return accept(request, before);
  const bool open = request.code == setup_.options.valve_open;
  const bool known = open || request.code == setup_.options.valve_close;
  if (!known || !water_.order_main_valve(open, now)) return refuse(Function::write);
  ++statistics_.valve_orders;
  return accept(request, before);
}

cjt188::Reply Cjt188Meter::accept(const cjt188::Request& request, const cjt188::StatusWord& before) const {
  const bool bare = setup_.options.ack == cjt188::AckForm::bare;
  return cjt188::Ack{.function = cjt188::function_of(request),
                     .di = cjt188::di_of(request),
                     .status = bare ? std::nullopt : std::optional(before)};
}

cjt188::Reply Cjt188Meter::refuse(Function function) const {
  return cjt188::ErrorReply{.function = function, .status = status()};
}

ValveState Cjt188Meter::valve_state() const {
  const cjt188::StatusMap map = setup_.options.status_map;
  if (map == cjt188::StatusMap::none) return ValveState::unknown;
  if (setup_.reports_fault && water_.main_valve().is_stuck()) return ValveState::fault;
  // Not every map can say that it moves; then it stands where it was until it has arrived.
  if (water_.main_valve().moves_at() && can_say(ValveState::moving, false, map)) return ValveState::moving;
  return water_.main_valve().is_open() ? ValveState::open : ValveState::closed;
}

cjt188::StatusWord Cjt188Meter::status() const {
  const cjt188::StatusMap map = setup_.options.status_map;
  const ValveState state = valve_state();
  const bool low = setup_.battery_low && can_say(state, true, map);
  return cjt188::status_word(state, low, map).value_or(cjt188::StatusWord{});
}

void Cjt188Meter::advance(UtcMillis now) {
  change_reply_faults(now);
  while (next_settlement_ <= now) {
    water_.advance(next_settlement_);
    settle_day_total_ = water_.total();
    plan_settlement(next_settlement_);
  }
  water_.advance(now);
}

void Cjt188Meter::plan_settlement(UtcMillis after) {
  next_settlement_ = first_of_next_month(after, setup_.water.utc_offset_minutes);
}

void Cjt188Meter::change_reply_faults(UtcMillis now) {
  while (const auto change = plan_.take(now)) {
    if (!change->begins) {
      reply_faults_.clear(change->fault.kind);
    } else {
      (void)reply_faults_.set(change->fault);
    }
  }
}

void Cjt188Meter::set_fault(const Fault& fault, UtcMillis now) {
  advance(now);
  switch (fault.kind) {
    case FaultKind::relay_stuck: return set_fault(WaterFault::valve_stuck, 0, now);
    case FaultKind::clock_adrift: return set_fault(WaterFault::clock_adrift, fault.value, now);
    case FaultKind::register_jump: return set_fault(WaterFault::register_jump, fault.value, now);
    case FaultKind::silent:
    case FaultKind::silent_first:
    case FaultKind::late:
    case FaultKind::wrong_checksum:
    case FaultKind::noise:
    case FaultKind::half_frame: (void)reply_faults_.set(fault); return;
    case FaultKind::exception:
    case FaultKind::wrong_unit:
    case FaultKind::words_swapped: return;  // it speaks no Modbus
  }
}

void Cjt188Meter::set_fault(WaterFault fault, std::int64_t value, UtcMillis now) {
  advance(now);
  water_.set_fault(fault, value, now);
}

void Cjt188Meter::clear_faults(UtcMillis now) {
  advance(now);
  reply_faults_.clear(std::nullopt);
  water_.clear_fault(std::nullopt, now);
}

}  // namespace anju::sim
