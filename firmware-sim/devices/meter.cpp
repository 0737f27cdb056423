#include "firmware-sim/devices/meter.hpp"

#include <algorithm>
#include <utility>

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

constexpr std::uint8_t kFromMeter = 0x80;
constexpr std::uint8_t kError = 0x40;
constexpr std::uint8_t kMoreFollows = 0x20;

constexpr std::uint32_t kEnergyBlock = 0x0001FF00;
constexpr std::size_t kFirstPart = 12;    ///< of a split block: total and two tariffs
constexpr std::size_t kAccessLength = 8;  ///< PA P0 P1 P2 C0 C1 C2 C3

std::uint32_t little_endian(ByteView bytes) {
  std::uint32_t value = 0;
  for (std::size_t i = bytes.size(); i-- > 0;) value = value << 8 | base::to_u8(bytes[i]);
  return value;
}

/// ss mm hh DD MM YY. Error: not_bcd; whether the time exists is the caller's question.
base::Result<base::CivilTime> decode_time(ByteView bytes) {
  std::array<int, 6> part{};
  for (std::size_t i = 0; i < part.size(); ++i) {
    const auto value = base::decode_bcd(bytes.subspan(i, 1));
    if (!value) return base::pass(value);
    part[i] = static_cast<int>(*value);
  }
  return base::CivilTime{2000 + part[5], part[4], part[3], part[2], part[1], part[0]};
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
  if ((request.control & kFromMeter) != 0) return std::nullopt;
  const bool broadcast = request.address.is_broadcast();
  if (!broadcast && !request.address.matches(setup_.address)) return std::nullopt;

  ++statistics_.requests;
  if (faults_.swallows_request()) return std::nullopt;
  advance(now);
  if (broadcast) {
    if (request.control == 0x08) set_clock_by_broadcast(request, now);
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
  const bool is_2007 = setup_.edition == Edition::v2007;
  switch (request.control) {
    case 0x01: return is_2007 ? std::nullopt : std::optional(read_1997(request, now));
    case 0x11: return is_2007 ? std::optional(read(request, now)) : std::nullopt;
    case 0x12: return is_2007 ? std::optional(read_follow_up(request)) : std::nullopt;
    case 0x13: {
      if (!is_2007) return std::nullopt;
      Bytes address;
      for (const std::uint8_t byte : setup_.address.wire) address.push_back(std::byte{byte});
      return accept(request, std::move(address));
    }
    default: break;
  }
  // Whatever changes a meter must name it: an abbreviated address reads only.
  if (!request.address.is_exact()) return std::nullopt;
  switch (request.control) {
    case 0x08: return std::nullopt;  // time is for everybody, and never answered
    case 0x04: return is_2007 ? std::nullopt : std::optional(write(request, now));
    case 0x14: return is_2007 ? std::optional(write(request, now)) : std::nullopt;
    case 0x1C: return switch_relay(request, now);
    default: return refuse(request, kOtherError);
  }
}

Frame Meter::read(const Frame& request, UtcMillis now) {
  if (request.data.size() < 4) return refuse(request, kOtherError);
  const ByteView head = ByteView(request.data).first(4);
  const std::uint32_t identifier = little_endian(head);
  rest_.reset();
  auto value = read_item(snapshot(now), identifier);
  if (!value) return refuse(request, kNoSuchData);

  const bool split = setup_.split_blocks && identifier == kEnergyBlock;
  if (split) {
    rest_ = Rest{identifier, Bytes(value->begin() + kFirstPart, value->end())};
    value->resize(kFirstPart);
  }
  Bytes data(head.begin(), head.end());
  data.insert(data.end(), value->begin(), value->end());
  Frame reply = accept(request, std::move(data));
  if (split) reply.control |= kMoreFollows;
  return reply;
}

Frame Meter::read_1997(const Frame& request, UtcMillis now) {
  if (request.data.size() < 2) return refuse(request, kOtherError);
  const ByteView head = ByteView(request.data).first(2);
  const auto value = read_item_1997(snapshot(now), static_cast<std::uint16_t>(little_endian(head)));
  if (!value) return refuse(request, kNoSuchData);
  Bytes data(head.begin(), head.end());
  data.insert(data.end(), value->begin(), value->end());
  return accept(request, std::move(data));
}

Frame Meter::read_follow_up(const Frame& request) {
  // DI0..DI3 SEQ, answered by DI0..DI3, the rest, SEQ. There is one further frame only, so SEQ is 1.
  if (request.data.size() != 5) return refuse(request, kOtherError);
  const ByteView head = ByteView(request.data).first(4);
  const bool asked_for = rest_ && rest_->identifier == little_endian(head) && request.data[4] == std::byte{1};
  if (!asked_for) return refuse(request, kNoSuchData);
  Bytes data(head.begin(), head.end());
  data.insert(data.end(), rest_->bytes.begin(), rest_->bytes.end());
  data.push_back(std::byte{1});
  return accept(request, std::move(data));
}

Frame Meter::write(const Frame& request, UtcMillis now) {
  const std::size_t identifier_length = setup_.edition == Edition::v2007 ? 4 : 2;
  const ByteView data = request.data;
  if (data.size() < identifier_length + kAccessLength) return refuse(request, kOtherError);
  const std::uint32_t identifier = little_endian(data.first(identifier_length));
  if (!admits(data.subspan(identifier_length, kAccessLength), now)) return refuse(request, kNotAuthorised);

  const ByteView value = data.subspan(identifier_length + kAccessLength);
  base::CivilTime shown = clock_.civil(now);
  const bool is_date = identifier == 0x04000101 || identifier == 0xC010;
  const bool is_time = identifier == 0x04000102 || identifier == 0xC011;
  if (!is_date && !is_time) return refuse(request, kNoSuchData);
  if (value.size() != (is_date ? 4U : 3U)) return refuse(request, kOtherError);
  const auto digits = base::decode_bcd(is_date ? value.subspan(1) : value);  // a date's weekday follows from the date
  if (!digits) return refuse(request, kOtherError);
  const auto high = static_cast<int>(*digits / 10'000);
  const auto middle = static_cast<int>(*digits / 100 % 100);
  const auto low = static_cast<int>(*digits % 100);
  if (is_date) {
    shown.year = 2000 + high, shown.month = middle, shown.day = low;
  } else {
    shown.hour = high, shown.minute = middle, shown.second = low;
  }
  if (!clock_.set(shown, now)) return refuse(request, kOtherError);
  clock_adrift_ = false;
  return accept(request);
}

Frame Meter::switch_relay(const Frame& request, UtcMillis now) {
  const std::size_t length = setup_.short_relay_command ? kAccessLength + 1 : kAccessLength + 8;
  const ByteView data = request.data;
  if (data.size() != length) return refuse(request, kOtherError);
  if (!admits(data.first(kAccessLength), now)) return refuse(request, kNotAuthorised);
  if (!setup_.short_relay_command) {
    const auto valid_until = decode_time(data.subspan(kAccessLength + 2, 6));
    if (!valid_until || !base::exists(*valid_until)) return refuse(request, kOtherError);
    if (*valid_until < clock_.civil(now)) return refuse(request, kOtherError);
  }
  const auto order = relay_order(base::to_u8(data[kAccessLength]));
  if (!order || !relay_.order(*order, now)) return refuse(request, kOtherError);
  ++statistics_.relay_orders;
  return accept(request);
}

void Meter::set_clock_by_broadcast(const Frame& request, UtcMillis now) {
  if (request.data.size() != 6) return;
  const auto time = decode_time(request.data);
  if (!time) return;
  // A time that does not exist is ignored: nobody would hear the refusal.
  if (clock_.set(*time, now)) clock_adrift_ = false;
}

bool Meter::admits(ByteView access, UtcMillis now) {
  const std::array<std::uint8_t, 3> password{base::to_u8(access[1]), base::to_u8(access[2]), base::to_u8(access[3])};
  return access_.admit(base::to_u8(access[0]), password, now);
}

Frame Meter::accept(const Frame& request, Bytes data) const {
  return {setup_.address, static_cast<std::uint8_t>(request.control | kFromMeter), std::move(data)};
}

Frame Meter::refuse(const Frame& request, std::uint8_t error_bit) {
  ++statistics_.refusals;
  return {setup_.address, static_cast<std::uint8_t>(request.control | kFromMeter | kError), {std::byte{error_bit}}};
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
      const base::CivilTime shown = clock_.civil(from);
      const std::int64_t watt_ms = load_watts(from) * (to - from).value * setup_.energy_factor;
      registers_.add(watt_ms, tariff_at(setup_.tariffs, shown.hour * 60 + shown.minute));
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
  const base::CivilTime time = base::to_civil(at, setup_.utc_offset_minutes);
  return watts_at(setup_.load, time.hour * 60 + time.minute, at.value / kMinute);
}

std::uint16_t Meter::status_word_3() const {
  unsigned word = 0;
  if (relay_.is_open()) word |= 1U << 4;
  if (relay_.commanded_off()) word |= 1U << 6;
  if (relay_.alarm()) word |= 1U << 7;
  if (relay_.keep_power()) word |= 1U << 12;
  return static_cast<std::uint16_t>(word);
}

}  // namespace anju::sim
