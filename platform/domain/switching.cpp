#include "platform/domain/switching.hpp"

#include <algorithm>
#include <charconv>

#include "platform/domain/errc.hpp"

namespace anju::platform {
namespace {

constexpr std::int64_t kDayMinutes = 1440;

std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a >= 0 ? a / b : -((-a + b - 1) / b); }

/// Minutes since 1970-01-01 00:00 of the site's clock.
std::int64_t minute_of(base::UtcMillis at, std::int32_t utc_offset_minutes) { return floor_div(at.value, 60'000) + utc_offset_minutes; }

/// Day 0 was a Thursday; Monday is bit 0.
bool begins_on(const SwitchPeriod& period, std::int64_t day) {
  const std::int64_t weekday = ((day + 3) % 7 + 7) % 7;
  return ((period.days >> weekday) & 1) != 0;
}

std::int64_t length_of(const SwitchPeriod& period) {
  return period.on > period.off ? period.on - period.off : period.on - period.off + kDayMinutes;
}

base::Result<> refuse(std::size_t i, const char* field) {
  return base::fail(Errc::bad_field, "schedule[" + std::to_string(i) + "]." + field);
}

}  // namespace

base::Result<> check(const SwitchSchedule& schedule) {
  if (schedule.size() > kMostSwitchPeriods) return base::fail(Errc::bad_field, "schedule");
  for (std::size_t i = 0; i < schedule.size(); ++i) {
    const SwitchPeriod& period = schedule[i];
    if (period.days == 0 || period.days > 0x7F) return refuse(i, "days");
    if (period.off < 0 || period.off >= kDayMinutes) return refuse(i, "off");
    if (period.on < 0 || period.on >= kDayMinutes || period.on == period.off) return refuse(i, "on");
  }
  return {};
}

bool is_off(const SwitchSchedule& schedule, base::UtcMillis at, std::int32_t utc_offset_minutes) {
  const std::int64_t now = minute_of(at, utc_offset_minutes);
  const std::int64_t today = floor_div(now, kDayMinutes);
  return std::any_of(schedule.begin(), schedule.end(), [&](const SwitchPeriod& period) {
    for (const std::int64_t day : {today - 1, today}) {
      const std::int64_t begin = day * kDayMinutes + period.off;
      if (begins_on(period, day) && now >= begin && now < begin + length_of(period)) return true;
    }
    return false;
  });
}

std::optional<base::UtcMillis> next_change(const SwitchSchedule& schedule, base::UtcMillis at, std::int32_t utc_offset_minutes) {
  const std::int64_t now = minute_of(at, utc_offset_minutes);
  const std::int64_t today = floor_div(now, kDayMinutes);
  std::optional<std::int64_t> next;
  for (const SwitchPeriod& period : schedule) {
    for (std::int64_t day = today - 1; day <= today + 7; ++day) {
      if (!begins_on(period, day)) continue;
      const std::int64_t begin = day * kDayMinutes + period.off;
      for (const std::int64_t border : {begin, begin + length_of(period)}) {
        if (border > now && (!next || border < *next)) next = border;
      }
    }
  }
  if (!next) return std::nullopt;
  return base::UtcMillis((*next - utc_offset_minutes) * 60'000);
}

std::string schedule_text(const SwitchSchedule& schedule) {
  std::string text;
  for (const SwitchPeriod& period : schedule) {
    if (!text.empty()) text += ',';
    text += std::to_string(period.days) + ':' + std::to_string(period.off) + '-' + std::to_string(period.on);
  }
  return text;
}

std::optional<SwitchSchedule> parse_schedule(std::string_view text) {
  SwitchSchedule schedule;
  const char* at = text.data();
  const char* const end = at + text.size();
  const auto number = [&](auto& value, char after) {
    const auto read = std::from_chars(at, end, value);
    const bool ok = read.ec == std::errc() && (read.ptr == end ? after == ',' : *read.ptr == after);
    at = read.ptr == end ? end : read.ptr + 1;
    return ok;
  };
  while (at != end) {
    SwitchPeriod period;
    if (!number(period.days, ':') || !number(period.off, '-') || !number(period.on, ',')) return std::nullopt;
    schedule.push_back(period);
  }
  if (!check(schedule)) return std::nullopt;
  return schedule;
}

std::int32_t years_later(std::int32_t day, std::int64_t years) {
  base::CivilTime civil = base::to_civil(base::UtcMillis(std::int64_t{day} * 86'400'000), 0);
  civil.year += static_cast<int>(years);
  if (!base::exists(civil)) {
    civil.month = 3;
    civil.day = 1;
  }
  return static_cast<std::int32_t>(floor_div(base::to_utc(civil, 0)->value, 86'400'000));
}

base::UtcMillis begin_of(std::int32_t day, std::int32_t utc_offset_minutes) {
  return base::UtcMillis((std::int64_t{day} * kDayMinutes - utc_offset_minutes) * 60'000);
}

}  // namespace anju::platform
