#include "protocols/dlt645/clock.hpp"

#include <array>
#include <cstdio>
#include <initializer_list>

namespace anju::dlt645 {
namespace {

constexpr int kCentury = 2000;

/// Two digits of a byte, or -1 when it is no BCD; -1 then fails every range check.
int pair(std::byte b) {
  const int high = base::to_u8(b) >> 4;
  const int low = base::to_u8(b) & 0x0F;
  return high > 9 || low > 9 ? -1 : high * 10 + low;
}

std::byte packed(int value) {
  return static_cast<std::byte>(value / 10 * 16 + value % 10);
}

base::Bytes packed(std::initializer_list<int> values) {
  base::Bytes bytes;
  for (const int value : values) bytes.push_back(packed(value));
  return bytes;
}

int year_of(std::byte b) {
  return pair(b) < 0 ? -1 : kCentury + pair(b);
}

bool in_century(const base::CivilTime& time) {
  return time.year >= kCentury && time.year < kCentury + 100 && base::exists(time);
}

tl::unexpected<base::Error> bad_time(base::ByteView bytes) {
  return base::fail(Errc::bad_time, base::to_hex(bytes));
}

base::Result<base::CivilTime> checked(const base::CivilTime& time, base::ByteView bytes) {
  if (!in_century(time)) return bad_time(bytes);
  return time;
}

}  // namespace

base::Result<base::CivilTime> decode_moment(base::ByteView six) {
  if (six.size() != 6) return base::fail(Errc::bad_length, "a time has 6 bytes");
  return checked({year_of(six[5]), pair(six[4]), pair(six[3]), pair(six[2]), pair(six[1]), pair(six[0])}, six);
}

base::Result<base::Bytes> encode_moment(const base::CivilTime& time) {
  if (!in_century(time)) return base::fail(Errc::bad_time, text_of(time));
  return packed({time.second, time.minute, time.hour, time.day, time.month, time.year - kCentury});
}

base::Result<base::CivilTime> decode_minute(base::ByteView five) {
  if (five.size() != 5) return base::fail(Errc::bad_length, "a time to the minute has 5 bytes");
  return checked({year_of(five[4]), pair(five[3]), pair(five[2]), pair(five[1]), pair(five[0]), 0}, five);
}

base::Result<base::Bytes> encode_minute(const base::CivilTime& time) {
  if (!in_century(time)) return base::fail(Errc::bad_time, text_of(time));
  return packed({time.minute, time.hour, time.day, time.month, time.year - kCentury});
}

base::Result<CalendarDay> decode_day(base::ByteView four) {
  if (four.size() != 4) return base::fail(Errc::bad_length, "a date has 4 bytes");
  const CalendarDay day{year_of(four[3]), pair(four[2]), pair(four[1]), pair(four[0])};
  if (!in_century({day.year, day.month, day.day, 0, 0, 0}) || day.weekday < 0 || day.weekday > 6) return bad_time(four);
  return day;
}

base::Result<base::Bytes> encode_day(const CalendarDay& day) {
  if (!in_century({day.year, day.month, day.day, 0, 0, 0}) || day.weekday < 0 || day.weekday > 6) {
    return base::fail(Errc::bad_time, text_of(day));
  }
  return packed({day.weekday, day.day, day.month, day.year - kCentury});
}

base::Result<TimeOfDay> decode_time_of_day(base::ByteView three) {
  if (three.size() != 3) return base::fail(Errc::bad_length, "a time of day has 3 bytes");
  const TimeOfDay time{pair(three[2]), pair(three[1]), pair(three[0])};
  if (!base::exists({kCentury, 1, 1, time.hour, time.minute, time.second})) return bad_time(three);
  return time;
}

base::Result<base::Bytes> encode_time_of_day(const TimeOfDay& time) {
  if (!base::exists({kCentury, 1, 1, time.hour, time.minute, time.second})) {
    return base::fail(Errc::bad_time, text_of(time));
  }
  return packed({time.second, time.minute, time.hour});
}

std::string text_of(const base::CivilTime& time) {
  return text_of(CalendarDay{time.year, time.month, time.day, 0}) + "T" +
         text_of(TimeOfDay{time.hour, time.minute, time.second});
}

std::string text_of(const CalendarDay& day) {
  std::array<char, 48> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02d-%02d", day.year, day.month, day.day);
  return text.data();
}

std::string text_of(const TimeOfDay& time) {
  std::array<char, 48> text{};
  std::snprintf(text.data(), text.size(), "%02d:%02d:%02d", time.hour, time.minute, time.second);
  return text.data();
}

}  // namespace anju::dlt645
