#include "protocols/cjt188/metering.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace anju::cjt188 {
namespace {

constexpr std::size_t kField = kRegisterBytes + 1;  // a register and its unit
constexpr std::size_t kTimeAt = 2 * kField, kTimeBytes = 7, kStatusAt = kTimeAt + kTimeBytes;
constexpr std::int64_t kE4PerUnit = 100;  // the register counts 1/100 m3
constexpr int kFirstYear = 2000, kLastYear = 2099;

struct UnitRow {
  std::uint8_t code;
  std::string_view name;
};

// 2C is read (meters.md 2.2), 05 too (kWh of a heat meter, topic.alibabacloud.com 31404482). The others are from memory of the standard's
// table; nothing but a name is made of them.
constexpr std::array kUnits{UnitRow{0x02, "Wh"},      UnitRow{0x05, "kWh"}, UnitRow{0x08, "MWh"}, UnitRow{0x0A, "100 MWh"},
                            UnitRow{0x01, "J"},       UnitRow{0x0B, "kJ"},  UnitRow{0x0E, "MJ"},  UnitRow{0x11, "GJ"},
                            UnitRow{0x13, "100 GJ"},  UnitRow{0x14, "W"},   UnitRow{0x17, "kW"},  UnitRow{0x1A, "MW"},
                            UnitRow{0x29, "L"},       UnitRow{0x2C, "m3"},  UnitRow{0x32, "L/h"}, UnitRow{0x35, "m3/h"}};

bool all(base::ByteView bytes, std::byte b) {
  return std::ranges::all_of(bytes, [b](std::byte x) { return x == b; });
}

base::Result<> check_length(base::ByteView value) {
  if (value.size() == kLongForm || value.size() == kShortForm) return {};
  return base::fail(Errc::unexpected_length, base::to_hex(value) + ": " + std::to_string(value.size()) + " bytes for 901F");
}

/// Two digits, or -1 when it is no BCD; -1 then fails every range check.
int pair(std::byte b) {
  const int high = base::to_u8(b) >> 4;
  const int low = base::to_u8(b) & 0x0F;
  return high > 9 || low > 9 ? -1 : high * 10 + low;
}

std::byte packed(int two_digits) {
  return static_cast<std::byte>(two_digits / 10 * 16 + two_digits % 10);
}

bool is_meter_time(const base::CivilTime& time) {
  return time.year >= kFirstYear && time.year <= kLastYear && base::exists(time);
}

/// ss mm hh DD MM YY YY, the low two digits of the year first.
base::Result<std::optional<base::CivilTime>> decode_time(base::ByteView seven) {
  if (all(seven, std::byte{0})) return std::nullopt;
  const int century = pair(seven[6]);
  const int year = pair(seven[5]);
  const base::CivilTime time{century < 0 || year < 0 ? -1 : century * 100 + year, pair(seven[4]), pair(seven[3]),
                             pair(seven[2]), pair(seven[1]), pair(seven[0])};
  if (!is_meter_time(time)) return base::fail(Errc::bad_time, "time " + base::to_hex(seven));
  return time;
}

base::Bytes encode_time(const base::CivilTime& time) {
  return {packed(time.second), packed(time.minute),       packed(time.hour),      packed(time.day),
          packed(time.month),  packed(time.year % 100), packed(time.year / 100)};
}

void append(base::Bytes& out, base::ByteView bytes) {
  out.insert(out.end(), bytes.begin(), bytes.end());
}

}  // namespace

std::optional<std::string_view> unit_name(std::uint8_t code) {
  const auto row = std::ranges::find(kUnits, code, &UnitRow::code);
  return row == kUnits.end() ? std::nullopt : std::optional(row->name);
}

base::Result<base::Quantity> decode_register(base::ByteView five) {
  if (five.size() != kField) return base::fail(Errc::bad_length, "a register and its unit have 5 bytes");
  const base::ByteView digits = five.first(kRegisterBytes);
  if (all(digits, std::byte{0xFF})) return base::fail(Errc::no_value, base::to_hex(five));
  const base::ByteView code = five.subspan(kRegisterBytes);
  const auto unit = unit_name(base::to_u8(code[0]));
  if (!unit) return base::fail(Errc::unknown_unit, "unit " + base::to_hex(code));
  if (base::to_u8(code[0]) != kCubicMetre) {
    return base::fail(Errc::unexpected_unit, "unit " + base::to_hex(code) + " (" + std::string(*unit) + ")");
  }
  const auto value = base::decode_bcd(digits);
  if (!value) return base::fail(Errc::not_bcd, base::to_hex(digits));
  return base::Quantity(*value * kE4PerUnit);
}

base::Result<base::Bytes> encode_register(base::Quantity quantity) {
  if (quantity.e4 < 0 || quantity.e4 / kE4PerUnit > kMaxRegister.e4 / kE4PerUnit) {
    return base::fail(Errc::out_of_range, "register " + base::format(quantity));
  }
  auto bytes = base::encode_bcd(quantity.e4 / kE4PerUnit, kRegisterBytes);
  if (!bytes) return bytes;
  bytes->push_back(std::byte{kCubicMetre});
  return bytes;
}

base::Result<Metering> decode_metering(base::ByteView value) {
  const auto total = decode_total(value);
  if (!total) return base::pass(total);
  Metering metering{.total = *total, .settle_day_total = {}, .time = {}, .status = {}};
  if (value.size() == kShortForm) {
    metering.short_form_byte = base::to_u8(value.back());
    return metering;
  }
  const auto settle = decode_register(value.subspan(kField, kField));
  if (!settle && !settle.error().is(Errc::no_value)) return base::pass(settle);
  if (settle) metering.settle_day_total = *settle;
  const auto time = decode_time(value.subspan(kTimeAt, kTimeBytes));
  if (!time) return base::pass(time);
  metering.time = *time;
  metering.status = StatusWord{{base::to_u8(value[kStatusAt]), base::to_u8(value[kStatusAt + 1])}};
  return metering;
}

base::Result<base::Quantity> decode_total(base::ByteView value) {
  if (const auto length = check_length(value); !length) return base::pass(length);
  return decode_register(value.first(kField));
}

base::Result<base::Bytes> encode_metering(const Metering& metering) {
  auto bytes = encode_register(metering.total);
  if (!bytes) return bytes;
  if (!metering.status) {
    if (metering.settle_day_total || metering.time) return base::fail(Errc::out_of_range, "the short form has the total only");
    bytes->push_back(std::byte{metering.short_form_byte});
    return bytes;
  }
  if (metering.settle_day_total) {
    const auto settle = encode_register(*metering.settle_day_total);
    if (!settle) return settle;
    append(*bytes, *settle);
  } else {
    bytes->insert(bytes->end(), kRegisterBytes, std::byte{0xFF});
    bytes->push_back(std::byte{kCubicMetre});
  }
  if (metering.time && !is_meter_time(*metering.time)) return base::fail(Errc::bad_time, text_of(*metering.time));
  append(*bytes, metering.time ? encode_time(*metering.time) : base::Bytes(kTimeBytes));
  append(*bytes, std::as_bytes(std::span(metering.status->wire)));
  return bytes;
}

std::string text_of(const base::CivilTime& time) {
  std::array<char, 96> text{};  // any int fits, though only times that exist come here
  std::snprintf(text.data(), text.size(), "%04d-%02d-%02dT%02d:%02d:%02d", time.year, time.month, time.day, time.hour, time.minute,
                time.second);
  return text.data();
}

}  // namespace anju::cjt188
