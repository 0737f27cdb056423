#include "gateway/core/point_value.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "protocols/base/decimal.hpp"

namespace anju::gateway {
namespace {

using Words = std::vector<std::uint16_t>;

std::string place(const DeviceProfile& profile, PointName name) { return profile.name + ": " + std::string(to_string(name)); }

base::Result<Words> words_of(const DeviceProfile& profile, const Point& point, const ReadRegisters& read) {
  Words words;
  for (std::size_t i = 0; i < point.size(); ++i) {
    const auto word = read.at(point.function, point.address + i);
    if (!word) return base::fail(ProfileErrc::not_read, place(profile, point.name));
    words.push_back(*word);
  }
  return words;
}

/// The raw value of a point that is no clock, bits and all.
base::Result<modbus::Exact> exact_of(const DeviceProfile& profile, const Point& point, const ReadRegisters& read) {
  const auto words = words_of(profile, point, read);
  if (!words) return base::pass(words);
  const auto* type = std::get_if<modbus::Type>(&point.type);
  auto number = modbus::decode_exact(type == nullptr ? modbus::Type::u16 : *type, type == nullptr ? modbus::Order::abcd : point.order, *words);
  if (!number) {
    number.error().where = place(profile, point.name) + ": " + number.error().where;
    return number;
  }
  // What absent looks like is written as the maker does, without a sign: 0x8000.
  std::uint64_t raw = number->mantissa;
  if (number->negative) raw = (~raw + 1) & (point.size() == 4 ? ~std::uint64_t{0} : (std::uint64_t{1} << (16 * point.size())) - 1);
  if (point.absent && number->exponent == 0 && raw == *point.absent) return base::fail(ProfileErrc::no_value, place(profile, point.name));
  return number;
}

base::Result<> multiply(std::int64_t& value, std::int64_t by, const std::string& where) {
  if (by < 1 || __builtin_mul_overflow(value, by, &value)) return base::fail(modbus::Errc::out_of_range, where);
  return {};
}

/// Takes the ratios and exponents of a point into its ratio.
base::Result<> apply_scale(const DeviceProfile& profile, const Point& point, const ReadRegisters& read, modbus::Ratio& ratio) {
  constexpr std::int64_t kMostExponent = 9, kRatioUnit = 100;
  for (const PointName name : point.scale) {
    const Point& scale = *profile.find(name);
    const auto exact = exact_of(profile, scale, read);
    if (!exact) return base::pass(exact);
    const auto units = modbus::scaled(*exact, {.numerator = scale.unit.factor, .denominator = 1});
    if (!units) return base::pass(units);
    const std::string where = place(profile, name) + " is " + std::to_string(*units);
    if (scale.unit.dimension == Dimension::ratio) {
      if (const auto fits = multiply(ratio.numerator, *units, where); !fits) return fits;
      if (const auto fits = multiply(ratio.denominator, kRatioUnit, where); !fits) return fits;
      continue;
    }
    if (*units < -kMostExponent || *units > kMostExponent) return base::fail(modbus::Errc::out_of_range, where);
    for (std::int64_t n = 0; n < (*units < 0 ? -*units : *units); ++n) {
      if (const auto fits = multiply(*units < 0 ? ratio.denominator : ratio.numerator, 10, where); !fits) return fits;
    }
  }
  return {};
}

base::Result<PointValue> decode_number(const DeviceProfile& profile, const Point& point, const ReadRegisters& read) {
  const auto exact = exact_of(profile, point, read);
  if (!exact) return base::pass(exact);
  modbus::Ratio ratio{.numerator = point.unit.factor, .denominator = 1};
  if (const auto scaled = apply_scale(profile, point, read, ratio); !scaled) return base::pass(scaled);
  const auto units = modbus::scaled(*exact, ratio);
  if (!units) return base::fail(modbus::Errc::out_of_range, place(profile, point.name) + ": " + units.error().where);
  return Measured{.units = *units, .dimension = point.unit.dimension};
}

base::Result<PointValue> decode_state(const DeviceProfile& profile, const Point& point, const ReadRegisters& read) {
  const auto exact = exact_of(profile, point, read);
  if (!exact) return base::pass(exact);
  const std::uint64_t raw = exact->mantissa & point.mask;
  for (const auto& [value, state] : point.states) {
    if (value == raw) return state;
  }
  return base::fail(ProfileErrc::unknown_state, place(profile, point.name) + ": value " + std::to_string(raw));
}

base::Result<PointValue> decode_alarms(const DeviceProfile& profile, const Point& point, const ReadRegisters& read) {
  const auto exact = exact_of(profile, point, read);
  if (!exact) return base::pass(exact);
  std::vector<Alarm> alarms;
  for (const auto& [bit, alarm] : point.bits) {
    if ((exact->mantissa >> bit & 1U) != 0) alarms.push_back(alarm);
  }
  return alarms;
}

constexpr int kCentury = 2000;

std::optional<int> of_bcd(unsigned byte) {
  if (byte >> 4 > 9 || (byte & 0xFU) > 9) return std::nullopt;
  return static_cast<int>((byte >> 4) * 10 + (byte & 0xFU));
}

/// Year first, as six numbers. Empty: not BCD.
std::optional<std::array<int, 6>> fields_of(ClockLayout layout, const Words& words) {
  std::array<int, 6> fields{};
  for (std::size_t i = 0; i < fields.size(); ++i) {
    switch (layout) {
      case ClockLayout::clock_yyyy_first:
      case ClockLayout::clock_yy_first: fields[i] = words[i]; break;
      case ClockLayout::clock_yy_last: fields[i] = words[5 - i]; break;
      case ClockLayout::clock_bytes: fields[i] = words[i / 2] >> (i % 2 == 0 ? 8 : 0) & 0xFF; break;
      case ClockLayout::clock_bcd: {
        const auto field = of_bcd(words[i / 2] >> (i % 2 == 0 ? 8 : 0) & 0xFFU);
        if (!field) return std::nullopt;
        fields[i] = *field;
        break;
      }
    }
  }
  return fields;
}

base::Result<PointValue> decode_clock(const DeviceProfile& profile, const Point& point, ClockLayout layout, const ReadRegisters& read) {
  const auto words = words_of(profile, point, read);
  if (!words) return base::pass(words);
  auto fields = fields_of(layout, *words);
  const auto refuse = [&] { return base::fail(ProfileErrc::bad_time, place(profile, point.name)); };
  if (!fields) return refuse();
  if (layout != ClockLayout::clock_yyyy_first) {
    if ((*fields)[0] > 99) return refuse();
    (*fields)[0] += kCentury;
  }
  const auto& [year, month, day, hour, minute, second] = *fields;
  const base::CivilTime time{.year = year, .month = month, .day = day, .hour = hour, .minute = minute, .second = second};
  if (!base::exists(time)) return refuse();
  return time;
}

base::Result<Words> clock_words(ClockLayout layout, const base::CivilTime& now) {
  const bool short_year = layout != ClockLayout::clock_yyyy_first;
  if (!base::exists(now) || (short_year && (now.year < kCentury || now.year > kCentury + 99))) return base::fail(ProfileErrc::bad_time, "year");
  std::array<int, 6> fields{short_year ? now.year - kCentury : now.year, now.month, now.day, now.hour, now.minute, now.second};
  if (layout == ClockLayout::clock_yy_last) std::ranges::reverse(fields);
  Words words;
  if (registers_of(layout) == fields.size()) {
    for (const int field : fields) words.push_back(static_cast<std::uint16_t>(field));
    return words;
  }
  const auto byte = [&](int field) { return layout == ClockLayout::clock_bcd ? field / 10 << 4 | field % 10 : field; };
  for (std::size_t i = 0; i < fields.size(); i += 2) words.push_back(static_cast<std::uint16_t>(byte(fields[i]) << 8 | byte(fields[i + 1])));
  return words;
}

std::string two(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

std::string text_of(const base::CivilTime& time) {
  return std::to_string(time.year) + "-" + two(time.month) + "-" + two(time.day) + " " + two(time.hour) + ":" + two(time.minute) + ":" + two(time.second);
}

}  // namespace

base::Result<> ReadRegisters::put(const modbus::Read& block, const modbus::Reply& reply) {
  if (const auto* exception = std::get_if<modbus::ExceptionReply>(&reply)) return tl::unexpected(exception->error());
  if (const auto* registers = std::get_if<modbus::RegistersReply>(&reply)) {
    if (registers->function != block.function || registers->values.size() != block.count) return base::fail(ProfileErrc::bad_reply, "length or function");
    for (std::size_t i = 0; i < registers->values.size(); ++i) words_[{block.function, block.address + i}] = registers->values[i];
    return {};
  }
  const auto* bits = std::get_if<modbus::BitsReply>(&reply);
  if (bits == nullptr || bits->function != block.function || bits->packed.size() != (std::size_t{block.count} + 7) / 8) {
    return base::fail(ProfileErrc::bad_reply, "length or function");
  }
  for (std::size_t i = 0; i < block.count; ++i) words_[{block.function, block.address + i}] = bits->bit(i) ? 1 : 0;
  return {};
}

std::optional<std::uint16_t> ReadRegisters::at(modbus::Function function, std::size_t address) const {
  const auto word = words_.find({function, address});
  return word == words_.end() ? std::nullopt : std::optional(word->second);
}

base::Result<PointValue> decode_point(const DeviceProfile& profile, PointName name, const ReadRegisters& read) {
  const Point* point = profile.find(name);
  if (point == nullptr) return base::fail(ProfileErrc::unknown_point, place(profile, name));
  if (const auto* clock = std::get_if<ClockLayout>(&point->type)) return decode_clock(profile, *point, *clock, read);
  if (!point->states.empty()) return decode_state(profile, *point, read);
  if (!point->bits.empty()) return decode_alarms(profile, *point, read);
  return decode_number(profile, *point, read);
}

std::string text_of(const PointValue& value) {
  if (const auto* number = std::get_if<Measured>(&value)) {
    return base::format_decimal(number->units, decimals_of(number->dimension), decimals_of(number->dimension));
  }
  if (const auto* state = std::get_if<State>(&value)) return std::string(to_string(*state));
  if (const auto* time = std::get_if<base::CivilTime>(&value)) return text_of(*time);
  std::string text;
  for (const Alarm alarm : std::get<std::vector<Alarm>>(value)) text.append(text.empty() ? "" : " ").append(to_string(alarm));
  return text;
}

base::Result<std::vector<modbus::Request>> writes_of(const ProfileAction& action, const base::CivilTime& now) {
  std::vector<modbus::Request> requests;
  for (const ProfileWrite& write : action.writes) {
    requests.push_back(write.request);
    if (!write.clock) continue;
    auto words = clock_words(*write.clock, now);
    if (!words) return base::pass(words);
    std::get<modbus::WriteRegisters>(requests.back()).values = *std::move(words);
  }
  return requests;
}

bool is_verified(const ProfileAction& action, const PointValue& value, const base::CivilTime& now) {
  if (const auto* state = std::get_if<State>(&value)) return action.verify.state == *state;
  const auto* time = std::get_if<base::CivilTime>(&value);
  if (time == nullptr || action.verify.state) return false;
  const auto theirs = base::to_utc(*time, 0), ours = base::to_utc(now, 0);  // one wall clock, so any offset will do
  if (!theirs || !ours) return false;
  return *theirs - *ours <= action.verify.within && *ours - *theirs <= action.verify.within;
}

}  // namespace anju::gateway
