#include "firmware-sim/devices/meter.hpp"

#include <algorithm>
#include <utility>
#include <variant>

#include "protocols/dlt645/clock.hpp"

namespace anju::sim {
namespace {

using base::Bytes;
using base::ByteView;
using base::UtcMillis;
using dlt645::Frame;

constexpr std::int64_t kMinute = 60'000;
constexpr std::int64_t kNoLoadDecivolts = 2350;
constexpr std::int64_t kLeastDecivolts = 1980;

// Bits of the error byte (meters.md 1.4).
constexpr std::uint8_t kOtherError = 0x01;
constexpr std::uint8_t kNoSuchData = 0x02;
constexpr std::uint8_t kNotAuthorised = 0x04;

constexpr dlt645::DataId kEnergyBlock{.value = 0x0001FF00, .edition = dlt645::Edition::y2007};
constexpr std::size_t kFirstPart = 12;  // of a split block: total and two tariffs

dlt645::Reply refuse(dlt645::Function function, std::uint8_t error_bit) {
  return dlt645::ErrorReply{.function = function, .bits = error_bit};
}

}  // namespace

Meter::Meter(MeterSetup setup, UtcMillis start)
    : setup_(std::move(setup)),
      registers_(setup_.start),
      clock_(setup_.clock_offset, setup_.clock_drift_ppm, start, setup_.utc_offset_minutes),
      relay_(setup_.relay_delay, setup_.relay_open),
      access_(setup_.access),
      advanced_to_(start),
      frozen_day_(clock_.day(start)) {
  const UtcMillis midnight = base::start_of_day(clock_.read(start), setup_.utc_offset_minutes);
  freezes_.push_front({base::to_civil(midnight, setup_.utc_offset_minutes), setup_.start});
}

std::optional<Reply> Meter::on_request(ByteView request, UtcMillis now) {
  const auto found = dlt645::find_frame(request);
  if (!found) return std::nullopt;
  return on_frame(found->frame, now);
}

std::optional<Reply> Meter::on_frame(const Frame& request, UtcMillis now) {
  if ((request.control & dlt645::kFromMeter) != 0) return std::nullopt;
  const bool broadcast = request.address.is_broadcast();
  if (!broadcast && !request.address.matches(setup_.address)) return std::nullopt;

  ++statistics_.requests;
  if (faults_.swallows_request()) return std::nullopt;
  advance(now);
  if (broadcast) {
    hear_broadcast(request, now);
    return std::nullopt;
  }

  const auto healthy = answer(request, now);
  if (!healthy) return std::nullopt;
  auto bytes = dlt645::encode(*healthy, setup_.preamble);
  if (!bytes) return std::nullopt;
  auto shaped = faults_.shape(std::move(*bytes), setup_.response_delay, setup_.seed);
  if (!shaped) return std::nullopt;
  ++statistics_.replies;
  return Reply{std::move(shaped->bytes), shaped->delay};
}

std::optional<Frame> Meter::answer(const Frame& request, UtcMillis now) {
  const bool exact = request.address.is_exact();
  const auto received = dlt645::decode_request(request);
  if (!received) {
    // Understood as a frame, but not what it asks: refused under its own control code.
    if (!exact) return std::nullopt;
    ++statistics_.refusals;
    const auto control = static_cast<std::uint8_t>(request.control | dlt645::kFromMeter | dlt645::kErrorReply);
    return Frame{setup_.address, control, {std::byte{kOtherError}}};
  }
  const auto reply = reply_to(*received, exact, now);
  if (!reply) return std::nullopt;
  if (std::holds_alternative<dlt645::ErrorReply>(*reply)) ++statistics_.refusals;
  auto frame = dlt645::make_reply(received->edition, setup_.address, *reply);
  return frame ? std::optional(std::move(*frame)) : std::nullopt;
}

std::optional<dlt645::Reply> Meter::reply_to(const dlt645::ReceivedRequest& received, bool by_exact_address,
                                             UtcMillis now) {
  const dlt645::Request& request = received.request;
  const bool my_edition = received.edition == setup_.edition;
  if (const auto* asked = std::get_if<dlt645::ReadData>(&request)) {
    return my_edition ? std::optional(read(*asked, now)) : std::nullopt;
  }
  if (const auto* asked = std::get_if<dlt645::ReadFollowUp>(&request)) {
    return my_edition ? std::optional(read_follow_up(*asked)) : std::nullopt;
  }
  if (std::holds_alternative<dlt645::ReadAddress>(request)) {
    return my_edition ? std::optional(dlt645::AddressReply{setup_.address}) : std::nullopt;
  }
  // Whatever changes a meter must name it: an abbreviated address reads only. Time is for everybody, and never
  // answered.
  if (!by_exact_address || std::holds_alternative<dlt645::BroadcastTime>(request)) return std::nullopt;
  if (const auto* asked = std::get_if<dlt645::WriteData>(&request)) {
    return my_edition ? std::optional(write(*asked, now)) : std::nullopt;
  }
  if (const auto* asked = std::get_if<dlt645::RelayControl>(&request)) return switch_relay(*asked, now);
  if (const auto* asked = std::get_if<dlt645::ClearMeter>(&request)) {
    return my_edition ? std::optional(clear(*asked, now)) : std::nullopt;
  }
  return refuse(dlt645::function_of(request), kOtherError);
}

dlt645::Reply Meter::read(const dlt645::ReadData& request, UtcMillis now) {
  const bool is_2007 = request.di.edition == dlt645::Edition::y2007;
  rest_.reset();
  auto value = is_2007 ? read_item(snapshot(now), request.di.value)
                       : read_item_1997(snapshot(now), static_cast<std::uint16_t>(request.di.value));
  if (!value) return refuse(dlt645::Function::read_data, kNoSuchData);

  dlt645::ReadReply reply{.di = request.di, .value = std::move(*value)};
  if (setup_.split_blocks && request.di == kEnergyBlock) {
    rest_ = Rest{request.di, Bytes(reply.value.begin() + kFirstPart, reply.value.end())};
    reply.value.resize(kFirstPart);
    reply.more = true;
  }
  return reply;
}

dlt645::Reply Meter::read_follow_up(const dlt645::ReadFollowUp& request) {
  // There is one further frame only, so its number is 1.
  const bool asked_for = rest_ && rest_->di == request.di && request.seq == 1;
  if (!asked_for) return refuse(dlt645::Function::read_follow_up, kNoSuchData);
  return dlt645::ReadReply{.di = request.di, .value = rest_->bytes, .more = false, .follow_up = true, .seq = 1};
}

dlt645::Reply Meter::write(const dlt645::WriteData& request, UtcMillis now) {
  constexpr auto kFunction = dlt645::Function::write_data;
  // The edition of 1997 has no password in a write; its meters have a key under the seal instead.
  if (request.authority && !admits(*request.authority, now)) return refuse(kFunction, kNotAuthorised);

  const bool is_date = request.di.value == 0x04000101 || request.di.value == 0xC010;
  const bool is_time = request.di.value == 0x04000102 || request.di.value == 0xC011;
  if (!is_date && !is_time) return refuse(kFunction, kNoSuchData);
  base::CivilTime shown = clock_.civil(now);
  if (is_date) {
    const auto day = dlt645::decode_day(request.value);  // its weekday is ignored, it follows from the date
    if (!day) return refuse(kFunction, kOtherError);
    shown.year = day->year, shown.month = day->month, shown.day = day->day;
  } else {
    const auto time = dlt645::decode_time_of_day(request.value);
    if (!time) return refuse(kFunction, kOtherError);
    shown.hour = time->hour, shown.minute = time->minute, shown.second = time->second;
  }
  if (!clock_.set(shown, now)) return refuse(kFunction, kOtherError);
  clock_adrift_ = false;
  return dlt645::Ack{.function = kFunction, .data = {}};
}

dlt645::Reply Meter::switch_relay(const dlt645::RelayControl& request, UtcMillis now) {
  constexpr auto kFunction = dlt645::Function::relay_control;
  if (request.valid_until.has_value() == setup_.short_relay_command) return refuse(kFunction, kOtherError);
  if (!admits(request.authority, now)) return refuse(kFunction, kNotAuthorised);
  if (request.valid_until && *request.valid_until < clock_.civil(now)) return refuse(kFunction, kOtherError);
  if (!relay_.order(request.action, now)) return refuse(kFunction, kOtherError);
  ++statistics_.relay_orders;
  return dlt645::Ack{.function = kFunction, .data = {}};
}

dlt645::Reply Meter::clear(const dlt645::ClearMeter& request, UtcMillis now) {
  constexpr auto kFunction = dlt645::Function::clear_meter;
  if (!admits(request.authority, now)) return refuse(kFunction, kNotAuthorised);
  registers_ = Registers();
  rest_.reset();
  ++statistics_.clears;
  return dlt645::Ack{.function = kFunction, .data = {}};
}

void Meter::hear_broadcast(const Frame& request, UtcMillis now) {
  // What is no time is ignored: nobody would hear the refusal.
  const auto received = dlt645::decode_request(request);
  if (!received) return;
  const auto* time = std::get_if<dlt645::BroadcastTime>(&received->request);
  if (time != nullptr && clock_.set(time->time, now)) clock_adrift_ = false;
}

bool Meter::admits(const dlt645::Authority& authority, UtcMillis now) {
  return access_.admit(authority.access_level, authority.password, now);
}

void Meter::advance(UtcMillis now) {
  // Load and tariff are constant between full minutes (of the true time and of the meter's), so the sum does not depend
  // on how often somebody asks.
  while (advanced_to_ < now) {
    const UtcMillis from = advanced_to_;
    const auto left_in_minute = [](UtcMillis at) { return base::Millis(kMinute - at.value % kMinute); };
    UtcMillis to = std::min({now, from + left_in_minute(from), from + left_in_minute(clock_.read(from))});
    if (const auto moves = relay_.moves_at(); moves && *moves > from) to = std::min(to, *moves);

    if (!relay_.is_open()) {
      const std::int64_t watt_ms = load_watts(from) * (to - from).value * setup_.energy_factor;
      registers_.add(watt_ms, tariff_at(setup_.tariffs, clock_.minute_of_day(from)));
    }
    advanced_to_ = to;
    relay_.advance(to);
    freeze_if_midnight_passed(to);
  }
}

void Meter::freeze_if_midnight_passed(UtcMillis at) {
  const std::int64_t day = clock_.day(at);
  const bool new_day = day > frozen_day_;
  frozen_day_ = day;  // also when the clock was set back: the next midnight counts again
  if (!new_day) return;
  const UtcMillis midnight = base::start_of_day(clock_.read(at), setup_.utc_offset_minutes);
  freezes_.push_front({base::to_civil(midnight, setup_.utc_offset_minutes), registers_.block()});
  if (freezes_.size() > kMaxDayFreezes) freezes_.pop_back();
}

void Meter::set_fault(const Fault& fault, UtcMillis now) {
  advance(now);
  if (faults_.set(fault)) return;
  if (fault.kind == FaultKind::relay_stuck) {
    relay_stuck_ = true;
    relay_.set_stuck(true);
  } else if (fault.kind == FaultKind::clock_adrift) {
    clock_adrift_ = true;
    clock_.disturb(base::seconds(fault.value), setup_.clock_drift_ppm, now);
  } else if (fault.kind == FaultKind::register_jump) {
    RegisterBlock block = registers_.block();
    block.total.e4 = std::max<std::int64_t>(block.total.e4 - fault.value, 0);
    registers_.set(block);
  }
}

void Meter::clear_fault(std::optional<FaultKind> kind, UtcMillis now) {
  advance(now);
  faults_.clear(kind);
  if (!kind || *kind == FaultKind::relay_stuck) {
    relay_stuck_ = false;
    relay_.set_stuck(false);
  }
  if (clock_adrift_ && (!kind || *kind == FaultKind::clock_adrift)) {
    clock_adrift_ = false;
    clock_ = MeterClock(setup_.clock_offset, setup_.clock_drift_ppm, now, setup_.utc_offset_minutes);
  }
}

void Meter::set_load(LoadProfile load, UtcMillis now) {
  advance(now);
  setup_.load = std::move(load);
}

void Meter::set_registers(const RegisterBlock& block, UtcMillis now) {
  advance(now);
  registers_.set(block);
}

bool Meter::press_button(UtcMillis now) {
  advance(now);
  return relay_.press_button(now);
}

Snapshot Meter::snapshot(UtcMillis now) const {
  Snapshot shot;
  shot.address = setup_.address;
  shot.registers = registers_.block();
  shot.phases = setup_.phases;
  shot.watts = relay_.is_open() ? 0 : load_watts(now);
  // A loaded line sags by about a volt per kilowatt.
  shot.decivolts = std::max(kNoLoadDecivolts - shot.watts / 100, kLeastDecivolts);
  const std::int64_t volt_amperes_e6 = shot.watts * 1'000'000'000 / (shot.power_factor_e3 * setup_.phases);
  shot.milliamps = volt_amperes_e6 / (shot.decivolts * 100);
  shot.clock = clock_.civil(now);
  shot.status_word_3 = status_word_3();
  shot.freezes = &freezes_;
  return shot;
}

bool Meter::has_fault() const {
  return faults_.any() || relay_stuck_ || clock_adrift_;
}

std::int64_t Meter::load_watts(UtcMillis at) const {
  return watts_at(setup_.load, minute_of_day(at, setup_.utc_offset_minutes), at.value / kMinute);
}

std::uint16_t Meter::status_word_3() const {
  dlt645::StatusWord3 status;
  status.relay_open = relay_.is_open();
  status.off_commanded = relay_.commanded_off();
  status.alarm_before_trip = relay_.alarm();
  status.keep_power = relay_.keep_power();
  return dlt645::to_word(status);
}

}  // namespace anju::sim
