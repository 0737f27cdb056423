#include "firmware-sim/devices/items.hpp"

#include <algorithm>

#include "protocols/dlt645/clock.hpp"

namespace anju::sim {
namespace {

using base::Bytes;

/// Low byte first; digits that do not fit the field are cut off at the top, as a meter's display does.
Bytes bcd(std::int64_t value, std::size_t count) {
  std::int64_t limit = 1;
  for (std::size_t i = 0; i < count; ++i) limit *= 100;
  return base::encode_bcd(std::max<std::int64_t>(value, 0) % limit, count).value_or(Bytes(count));
}

Bytes binary(std::uint32_t value, std::size_t count) {
  Bytes bytes;
  for (std::size_t i = 0; i < count; ++i) bytes.push_back(static_cast<std::byte>(value >> (8 * i)));
  return bytes;
}

void append(Bytes& to, const Bytes& more) {
  to.insert(to.end(), more.begin(), more.end());
}

/// XXXXXX.XX kWh: the register shows two of the four decimals it counts.
Bytes energy(base::Quantity quantity) {
  return bcd(quantity.e4 / 100, 4);
}

Bytes energy_block(const RegisterBlock& block) {
  Bytes bytes = energy(block.total);
  for (const base::Quantity tariff : block.tariffs) append(bytes, energy(tariff));
  return bytes;
}

std::optional<Bytes> energy_item(const RegisterBlock& block, std::uint8_t tariff) {
  if (tariff == 0x00) return energy(block.total);
  if (tariff == 0xFF) return energy_block(block);
  if (tariff <= block.tariffs.size()) return energy(block.tariffs[tariff - 1U]);
  return std::nullopt;
}

/// One value per phase: phase 01..03 alone, FF all of them.
std::optional<Bytes> phase_item(const Snapshot& snapshot, std::uint8_t phase, const Bytes& value) {
  if (phase >= 1 && phase <= snapshot.phases) return value;
  if (phase != 0xFF) return std::nullopt;
  Bytes all;
  for (int i = 0; i < snapshot.phases; ++i) append(all, value);
  return all;
}

/// XX.XXXX kW: total, phases, or total and phases.
std::optional<Bytes> power_item(const Snapshot& snapshot, std::uint8_t phase) {
  const Bytes total = bcd(snapshot.watts * 10, 3);
  if (phase == 0x00) return total;
  const auto phases = phase_item(snapshot, phase, bcd(snapshot.watts * 10 / snapshot.phases, 3));
  if (!phases || phase != 0xFF) return phases;
  Bytes all = total;
  append(all, *phases);
  return all;
}

/// Identifiers 02 xx yy 00: momentary values.
std::optional<Bytes> momentary(const Snapshot& snapshot, std::uint8_t kind, std::uint8_t part) {
  const std::int64_t apparent = snapshot.watts * 1000 / std::max<std::int64_t>(snapshot.power_factor_e3, 1);
  switch (kind) {
    case 0x01: return phase_item(snapshot, part, bcd(snapshot.decivolts, 2));
    case 0x02: return phase_item(snapshot, part, bcd(snapshot.milliamps, 3));
    case 0x03: return power_item(snapshot, part);
    case 0x05: return part == 0x00 ? std::optional(bcd(apparent * 10, 3)) : std::nullopt;
    case 0x06: return part == 0x00 ? std::optional(bcd(snapshot.power_factor_e3, 2)) : std::nullopt;
    default: return std::nullopt;
  }
}

/// A clock that left the century of the standard shows zeros.
Bytes date(const base::CivilTime& time) {
  const dlt645::CalendarDay day{time.year, time.month, time.day, base::weekday(time)};
  return dlt645::encode_day(day).value_or(Bytes(4));
}

Bytes time_of_day(const base::CivilTime& time) {
  return dlt645::encode_time_of_day({time.hour, time.minute, time.second}).value_or(Bytes(3));
}

/// Identifiers 05 06 xx NN: what the meter kept at its midnights, NN = 01 the last one.
std::optional<Bytes> freeze_item(const Snapshot& snapshot, std::uint8_t what, std::uint8_t days_ago) {
  if (snapshot.freezes == nullptr || days_ago == 0 || days_ago > snapshot.freezes->size()) return std::nullopt;
  const DayFreeze& freeze = (*snapshot.freezes)[days_ago - 1U];
  if (what == 0x01) return energy_block(freeze.registers);
  if (what == 0x00) return dlt645::encode_minute(freeze.at).value_or(Bytes(5));
  return std::nullopt;
}

/// All seven status words; this meter has no alarm in any but the third.
Bytes status_words(std::uint16_t word_3) {
  Bytes bytes(4);
  append(bytes, binary(word_3, 2));
  bytes.resize(14);
  return bytes;
}

}  // namespace

std::optional<Bytes> read_item(const Snapshot& snapshot, std::uint32_t identifier) {
  const auto di2 = static_cast<std::uint8_t>(identifier >> 16);
  const auto di1 = static_cast<std::uint8_t>(identifier >> 8);
  const auto di0 = static_cast<std::uint8_t>(identifier);
  switch (identifier) {
    case 0x04000101: return date(snapshot.clock);
    case 0x04000102: return time_of_day(snapshot.clock);
    case 0x04000401:
    case 0x04000402: {
      Bytes bytes;
      for (const std::uint8_t byte : snapshot.address.wire) bytes.push_back(std::byte{byte});
      return bytes;
    }
    case 0x04000503: return binary(snapshot.status_word_3, 2);
    case 0x040005FF: return status_words(snapshot.status_word_3);
    case 0x02800001: return bcd(snapshot.milliamps, 3);
    case 0x02800002: return bcd(50'00, 2);
    default: break;
  }
  switch (identifier >> 24) {
    case 0x00:  // a household has no feed-in: the combined energy is the forward one, the reverse stays zero
      if (di0 != 0x00) return std::nullopt;
      if (di2 == 0x00 || di2 == 0x01) return energy_item(snapshot.registers, di1);
      return di2 == 0x02 ? energy_item(RegisterBlock{}, di1) : std::nullopt;
    case 0x02: return di0 == 0x00 ? momentary(snapshot, di2, di1) : std::nullopt;
    case 0x05: return di2 == 0x06 ? freeze_item(snapshot, di1, di0) : std::nullopt;
    default: return std::nullopt;
  }
}

std::optional<Bytes> read_item_1997(const Snapshot& snapshot, std::uint16_t identifier) {
  switch (identifier) {
    case 0x9010: return energy_item(snapshot.registers, 0x00);
    case 0x9011: return energy_item(snapshot.registers, 0x01);
    case 0x9012: return energy_item(snapshot.registers, 0x02);
    case 0x9013: return energy_item(snapshot.registers, 0x03);
    case 0x9014: return energy_item(snapshot.registers, 0x04);
    case 0x901F: return energy_block(snapshot.registers);
    case 0x9020: return energy_item(RegisterBlock{}, 0x00);
    case 0xB611: return bcd(snapshot.decivolts / 10, 2);
    case 0xB621: return bcd(snapshot.milliamps / 10, 2);
    case 0xB630: return power_item(snapshot, 0x00);
    case 0xC010: return date(snapshot.clock);
    case 0xC011: return time_of_day(snapshot.clock);
    case 0xC032: return read_item(snapshot, 0x04000402);
    case 0xD113: return binary(snapshot.status_word_3, 2);
    case 0x921F: return freeze_item(snapshot, 0x01, 1);
    default: return std::nullopt;
  }
}

}  // namespace anju::sim
