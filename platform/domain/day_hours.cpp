#include "platform/domain/day_hours.hpp"

#include <algorithm>
#include <numeric>

#include "platform/domain/errc.hpp"
#include "platform/domain/varint.hpp"
#include "protocols/base/decimal.hpp"

namespace anju::platform {
namespace {

__extension__ using int128 = __int128;

/// At the price per unit of the hour before. What is stored may be wrong, so sums wrap around instead of overflowing.
std::uint64_t guess(const HourUse& before, std::int64_t quantity) {
  if (before.quantity.e4 <= 0) return 0;
  return static_cast<std::uint64_t>(static_cast<int128>(before.amount.micro_yuan) * quantity / before.quantity.e4);
}

tl::unexpected<base::Error> bad(const char* what) { return base::fail(Errc::store_failed, std::string("the hours of a day have ") + what); }

}  // namespace

std::int8_t hour_of(base::UtcMillis at, std::int32_t utc_offset_minutes) {
  constexpr std::int64_t kHour = 3'600'000, kDay = kHoursOfDay * kHour;
  const std::int64_t local = (at.value + static_cast<std::int64_t>(utc_offset_minutes) * 60'000) % kDay;
  return static_cast<std::int8_t>((local < 0 ? local + kDay : local) / kHour);
}

std::string encode_hours(const std::vector<HourUse>& hours) {
  std::string out;
  if (hours.empty()) return out;
  out.reserve(4 * hours.size());
  std::int64_t unit = 0;
  for (const HourUse& use : hours) unit = std::gcd(unit, use.quantity.e4);
  unit = std::max(unit, std::int64_t{1});
  put_varint(out, static_cast<std::uint64_t>(unit));
  HourUse before{-1, {}, {}};
  for (const HourUse& use : hours) {
    const int left_out = use.hour - before.hour - 1;
    put_varint(out, static_cast<std::uint64_t>(use.quantity.e4 / unit) << 1 | (left_out == 0 ? 0U : 1U));
    if (left_out != 0) put_varint(out, static_cast<std::uint64_t>(left_out - 1));
    put_zigzag(out, static_cast<std::int64_t>(static_cast<std::uint64_t>(use.amount.micro_yuan) - guess(before, use.quantity.e4)));
    before = use;
  }
  out.shrink_to_fit();  // it stays in memory, one per meter
  return out;
}

base::Result<std::vector<HourUse>> decode_hours(std::string_view bytes) {
  std::vector<HourUse> hours;
  if (bytes.empty()) return hours;
  std::uint64_t unit = 0;
  if (!take_varint(bytes, unit) || unit == 0 || unit > base::kMaxDecimal) return bad("no unit");
  HourUse before{-1, {}, {}};
  do {
    std::uint64_t head = 0, left_out = 0;
    std::int64_t rest = 0;
    if (!take_varint(bytes, head) || ((head & 1) != 0 && !take_varint(bytes, left_out)) || !take_zigzag(bytes, rest)) return bad("a cut end");
    if (left_out >= kHoursOfDay) return bad("an hour that no day has");
    const std::int64_t hour = before.hour + 1 + ((head & 1) != 0 ? static_cast<std::int64_t>(left_out) + 1 : 0);
    if (hour >= kHoursOfDay) return bad("an hour that no day has");
    HourUse use{static_cast<std::int8_t>(hour), {}, {}};
    if (__builtin_mul_overflow(static_cast<std::int64_t>(head >> 1), static_cast<std::int64_t>(unit), &use.quantity.e4)) return bad("sums beyond all measure");
    use.amount = base::Money(static_cast<std::int64_t>(static_cast<std::uint64_t>(rest) + guess(before, use.quantity.e4)));
    if (use.quantity.e4 > base::kMaxDecimal || use.amount.micro_yuan > base::kMaxDecimal || use.amount.micro_yuan < -base::kMaxDecimal) return bad("sums beyond all measure");
    hours.push_back(use);
    before = use;
  } while (!bytes.empty());
  return hours;
}

base::Result<std::vector<HourUse>> hours_so_far(const RunningHours& running, base::Quantity quantity, base::Money amount) {
  auto hours = decode_hours(running.finished);
  if (!hours) return hours;
  for (const HourUse& use : *hours) {
    if (__builtin_sub_overflow(quantity.e4, use.quantity.e4, &quantity.e4) || __builtin_sub_overflow(amount.micro_yuan, use.amount.micro_yuan, &amount.micro_yuan))
      return bad("sums beyond all measure");
  }
  if (quantity.e4 == 0 && amount.micro_yuan == 0) return hours;
  if (quantity.e4 < 0 || (!hours->empty() && hours->back().hour >= running.hour)) return bad("more than the day");
  hours->push_back({running.hour, quantity, amount});
  return hours;
}

}  // namespace anju::platform
