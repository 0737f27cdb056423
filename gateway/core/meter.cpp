#include "gateway/core/meter.hpp"

#include <cstdlib>
#include <utility>

#include "gateway/core/errc.hpp"

namespace anju::gateway {

namespace {

/// What DL/T645 alone has.
template <class Ask>
auto of_dlt645(const Meter& meter, Ask&& ask) -> decltype(ask(std::declval<const Dlt645Meter&>())) {
  if (const auto* speech = std::get_if<Dlt645Meter>(&meter.speech)) return ask(*speech);
  return base::fail(Errc::not_supported, meter.profile.dialect);
}

base::Result<Speech> speech_of(const wire::ArchiveDevice& device, const Profiles& profiles, bool network) {
  if (device.profile.dialect == "cjt188") return make_cjt188_meter(device.address, device.profile);
  if (device.profile.dialect == "modbus") return make_modbus_meter(device.address, device.profile, profiles, network);
  return make_dlt645_meter(device.address, device.profile);
}

}  // namespace

base::Result<Meter> make_meter(const wire::ArchiveDevice& device, const LineUri& line, const Profiles& profiles) {
  const bool network = std::holds_alternative<ModbusServer>(line);
  auto speech = speech_of(device, profiles, network);
  if (!speech) return base::pass(speech);
  auto* modbus = std::get_if<ModbusMeter>(&*speech);
  if (network && modbus == nullptr) return base::fail(Errc::not_supported, device.profile.dialect + " on a line of Modbus TCP");
  auto format = format_of(line);
  if (modbus != nullptr) {
    const auto own = modbus->profile->format;
    const auto said = said_of(line);
    if (!network && !said.baud) format.baud = own.baud;
    if (!network && !said.characters) format = {format.baud, own.data_bits, own.parity, own.stop_bits};
  }
  // The archive's decoder has looked at it: three characters, such as 8N1.
  if (const auto& own = device.profile.format; own.size() == 3 && !network) format = {format.baud, own[0] - '0', own[1], own[2] - '0'};
  if (device.baud && !network) format.baud = *device.baud;
  return Meter{device.id, device.line, format, device.profile, std::move(*speech)};
}

std::vector<std::string> remarks_of(const Meter& meter) {
  const auto* modbus = std::get_if<ModbusMeter>(&meter.speech);
  if (modbus == nullptr) return {};
  std::vector<std::string> remarks;
  const auto& profile = *modbus->profile;
  if (!profile.confirmed) {
    remarks.push_back("profile " + profile.name + " is not confirmed: compare every value with the device's display before anybody relies on it");
  }
  if (!modbus->network && meter.format != profile.format) {
    remarks.push_back("is asked with " + text_of(meter.format) + ", as its line or its entry says; profile " + profile.name + " says " + text_of(profile.format));
  }
  return remarks;
}

bool learn(Meter& meter, const Outcome& outcome) {
  auto* modbus = std::get_if<ModbusMeter>(&meter.speech);
  return modbus != nullptr && learn(*modbus, outcome);
}

void forget_lacking(Meter& meter) {
  if (auto* modbus = std::get_if<ModbusMeter>(&meter.speech)) forget_lacking(*modbus);
}

bool can_clear(const Meter& meter) {
  const auto* speech = std::get_if<Dlt645Meter>(&meter.speech);
  return speech != nullptr && can_clear(*speech);
}

std::string_view switch_name(const Meter& meter) {
  const auto* modbus = std::get_if<ModbusMeter>(&meter.speech);
  const bool valve = modbus != nullptr ? has_valve(*modbus) : std::holds_alternative<Cjt188Meter>(meter.speech);
  return valve ? "valve" : "relay";
}

std::string_view switch_text(const Meter& meter, wire::Relay relay) {
  if (switch_name(meter) != "valve") return wire::to_string(relay);
  if (relay == wire::Relay::closed) return "open";
  return relay == wire::Relay::open ? "closed" : "unknown";
}

std::string_view unit_of(const Meter& meter) {
  return kind_of(meter) == wire::MeterKind::electricity ? "kWh" : "m3";
}

bool knows_tariffs(const Meter& meter) {
  const auto* modbus = std::get_if<ModbusMeter>(&meter.speech);
  return modbus != nullptr ? knows_tariffs(*modbus) : has(meter, Item::energy);
}

bool can_verify(const Meter& meter) {
  const auto* modbus = std::get_if<ModbusMeter>(&meter.speech);
  return modbus != nullptr ? tells_supply(*modbus) : has(meter, Item::status);
}

wire::MeterKind kind_of(const Meter& meter) {
  if (const auto* modbus = std::get_if<ModbusMeter>(&meter.speech)) return modbus->profile->kind;
  return std::holds_alternative<Cjt188Meter>(meter.speech) ? wire::MeterKind::water : wire::MeterKind::electricity;
}

base::Result<> check_kind(const Meter& meter, wire::MeterKind kind) {
  const auto* water = std::get_if<Cjt188Meter>(&meter.speech);
  if (water != nullptr && !cjt188::may_be_water(water->options.meter_type)) {
    const std::byte type{water->options.meter_type};
    return base::fail(Errc::other_kind, "type " + base::to_hex({&type, 1}) + " is no water meter");
  }
  const auto* modbus = std::get_if<ModbusMeter>(&meter.speech);
  const bool energy = kind == wire::MeterKind::electricity;
  if (modbus == nullptr || (modbus->profile->kind == wire::MeterKind::electricity) == energy) return {};
  return base::fail(Errc::other_kind, modbus->profile->name + " counts " + std::string(unit_of(meter)));
}

bool tells_supply(const Meter& meter) {
  if (const auto* modbus = std::get_if<ModbusMeter>(&meter.speech)) return tells_supply(*modbus);
  return std::holds_alternative<Cjt188Meter>(meter.speech) && has(meter, Item::status);
}

base::Millis pause_of(const Meter& meter) {
  const auto* modbus = std::get_if<ModbusMeter>(&meter.speech);
  return modbus == nullptr ? base::Millis(0) : modbus->profile->pause;
}

base::Millis timeout_of(const Meter& meter) {
  const auto* modbus = std::get_if<ModbusMeter>(&meter.speech);
  return modbus == nullptr ? base::Millis(0) : modbus->profile->timeout;
}

base::Millis travel_of(const Meter& meter) {
  if (const auto* water = std::get_if<Cjt188Meter>(&meter.speech)) return water->travel;
  if (const auto* modbus = std::get_if<ModbusMeter>(&meter.speech)) return travel_of(*modbus);
  return base::Millis(0);
}

bool was_taken_in_part(const Outcome& outcome) {
  const auto* round = outcome ? std::get_if<ModbusRound>(&*outcome) : nullptr;
  return round != nullptr && round->heard.size() > 1;
}

bool has(const Meter& meter, Item item) {
  return std::visit([&](const auto& one) { return has(one, item); }, meter.speech);
}

base::Result<LineFrame> read_request(const Meter& meter, Item item) {
  return std::visit([&](const auto& one) { return read_request(one, item); }, meter.speech);
}

base::Result<Registers> registers_of(const Meter& meter, const Outcome& outcome) {
  return std::visit([&](const auto& one) { return registers_of(one, outcome); }, meter.speech);
}

base::Result<SupplyState> supply_of(const Meter& meter, const Outcome& outcome) {
  return std::visit([&](const auto& one) { return supply_of(one, outcome); }, meter.speech);
}

base::Result<> ack_of(const Meter& meter, const Outcome& outcome) {
  return std::visit([&](const auto& one) { return ack_of(one, outcome); }, meter.speech);
}

base::Result<dlt645::CalendarDay> day_of(const Meter& meter, const Outcome& outcome) {
  return of_dlt645(meter, [&](const auto& one) { return day_of(one, outcome); });
}

base::Result<dlt645::TimeOfDay> time_of(const Meter& meter, const Outcome& outcome) {
  return of_dlt645(meter, [&](const auto& one) { return time_of(one, outcome); });
}

base::Result<base::CivilTime> freeze_time_of(const Meter& meter, const Outcome& outcome) {
  return of_dlt645(meter, [&](const auto& one) { return freeze_time_of(one, outcome); });
}

base::Result<std::string> momentary_of(const Meter& meter, Item item, const Outcome& outcome) {
  if (const auto* modbus = std::get_if<ModbusMeter>(&meter.speech)) return momentary_of(*modbus, item, outcome);
  return of_dlt645(meter, [&](const auto& one) { return momentary_of(one, outcome); });
}

base::Result<LineFrame> switch_request(const Meter& meter, Switch what, const base::CivilTime& valid_until) {
  if (const auto* water = std::get_if<Cjt188Meter>(&meter.speech)) return switch_request(*water, what);
  if (const auto* modbus = std::get_if<ModbusMeter>(&meter.speech)) return switch_request(*modbus, what);
  return switch_request(std::get<Dlt645Meter>(meter.speech), what, valid_until);
}

base::Result<LineFrame> clear_request(const Meter& meter) {
  return of_dlt645(meter, [&](const auto& one) { return clear_request(one); });
}

base::Result<LineFrame> write_day_request(const Meter& meter, const base::CivilTime& time) {
  return of_dlt645(meter, [&](const auto& one) { return write_day_request(one, time); });
}

base::Result<LineFrame> write_time_request(const Meter& meter, const base::CivilTime& time) {
  return of_dlt645(meter, [&](const auto& one) { return write_time_request(one, time); });
}

base::Result<base::Millis> clock_offset(const dlt645::CalendarDay& day, const dlt645::TimeOfDay& time,
                                        base::UtcMillis asked, int utc_offset_minutes) {
  const base::CivilTime civil{day.year, day.month, day.day, time.hour, time.minute, time.second};
  const auto meter = base::to_utc(civil, utc_offset_minutes);
  if (!meter) return base::pass(meter);
  const auto offset = *meter - asked;
  const bool just_after_midnight = time.hour == 0 && time.minute < 2;
  const auto next_day = offset + base::hours(24);
  return just_after_midnight && std::abs(next_day.value) < std::abs(offset.value) ? next_day : offset;
}

}  // namespace anju::gateway
