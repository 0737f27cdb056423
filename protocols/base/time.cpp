#include "protocols/base/time.hpp"

#include <array>
#include <chrono>
#include <cstdio>

#include "protocols/base/errc.hpp"

namespace anju::base {
namespace {

constexpr std::int64_t kDay = 86'400'000;

std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a / b - ((a % b != 0 && (a % b < 0) != (b < 0)) ? 1 : 0); }

std::chrono::year_month_day calendar(const CivilTime& time) {
  return {std::chrono::year(time.year), std::chrono::month(static_cast<unsigned>(time.month)),
          std::chrono::day(static_cast<unsigned>(time.day))};
}

}  // namespace

bool exists(const CivilTime& time) {
  return time.month >= 1 && time.day >= 1 && calendar(time).ok() && time.hour >= 0 && time.hour < 24 &&
         time.minute >= 0 && time.minute < 60 && time.second >= 0 && time.second < 60;
}

CivilTime to_civil(UtcMillis at, int utc_offset_minutes) {
  const std::int64_t local = at.value + static_cast<std::int64_t>(utc_offset_minutes) * 60'000;
  const std::int64_t day = floor_div(local, kDay);
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day))};
  const auto second = static_cast<int>((local - day * kDay) / 1000);
  return {static_cast<int>(date.year()),
          static_cast<int>(static_cast<unsigned>(date.month())),
          static_cast<int>(static_cast<unsigned>(date.day())),
          second / 3600,
          second / 60 % 60,
          second % 60};
}

Result<UtcMillis> to_utc(const CivilTime& time, int utc_offset_minutes) {
  if (!exists(time)) return fail(Errc::bad_time);
  const std::int64_t day = std::chrono::sys_days(calendar(time)).time_since_epoch().count();
  const std::int64_t second = time.hour * 3600 + time.minute * 60 + time.second;
  return UtcMillis(day * kDay + second * 1000 - static_cast<std::int64_t>(utc_offset_minutes) * 60'000);
}

int weekday(const CivilTime& time) {
  return static_cast<int>(std::chrono::weekday(std::chrono::sys_days(calendar(time))).c_encoding());
}

UtcMillis start_of_day(UtcMillis at, int utc_offset_minutes) {
  const std::int64_t offset = static_cast<std::int64_t>(utc_offset_minutes) * 60'000;
  return UtcMillis(floor_div(at.value + offset, kDay) * kDay - offset);
}

std::string format_utc(UtcMillis at) {
  const CivilTime t = to_civil(at, 0);
  const auto millis = static_cast<int>(at.value - floor_div(at.value, 1000) * 1000);
  std::array<char, 96> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02d-%02dT%02d:%02d:%02d", t.year, t.month, t.day, t.hour, t.minute,
                t.second);
  std::string out = text.data();
  if (millis != 0) {
    std::snprintf(text.data(), text.size(), ".%03d", millis);
    out += text.data();
  }
  return out + "Z";
}

std::string format_day(UtcMillis at, int utc_offset_minutes) {
  const CivilTime t = to_civil(at, utc_offset_minutes);
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02d-%02d", t.year, t.month, t.day);
  return text.data();
}

}  // namespace anju::base
