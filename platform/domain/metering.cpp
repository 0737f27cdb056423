#include "platform/domain/metering.hpp"

#include "platform/domain/errc.hpp"

namespace anju::platform {
namespace {

__extension__ using int128 = __int128;

constexpr base::Quantity kFreeStep{50'000};  // 5 kWh
constexpr std::int64_t kMarginTenths = 15;   // 1.5
constexpr std::size_t kFlat = 2;

bool on_dial(base::Quantity value) { return value.e4 >= 0 && value < kDialSpan; }

/// Growth of one dial; negative when it went back and did not roll over.
struct Growth {
  base::Quantity by;
  bool rolled_over = false;
};

Growth growth(base::Quantity from, base::Quantity to) {
  if (to >= from) return {to - from, false};
  const bool rolled_over = from >= kDialSpan - kNearDialEnd && to < kNearDialEnd;
  if (rolled_over) return {to - from + kDialSpan, true};
  return {to - from, false};
}

/// How the growth of the total spreads over the tariffs. Nothing: the four grew by more than the total, or went back.
std::optional<std::array<base::Quantity, 4>> split(const Register& last, base::Quantity total,
                                                   const std::array<base::Quantity, 4>& tariffs) {
  std::array<base::Quantity, 4> parts;
  base::Quantity rest = total + last.unsplit;
  for (std::size_t i = 0; i < 4; ++i) {
    const Growth grown = growth(last.tariffs[i], tariffs[i]);
    if (grown.by.e4 < 0) return std::nullopt;
    parts[i] = grown.by;
    rest = rest - grown.by;
  }
  if (rest < -kTariffRounding) return std::nullopt;
  // The flat part may be negative: it gives back what was billed as flat while the tariffs were unknown, or a last digit.
  parts[kFlat] = parts[kFlat] + rest - last.unsplit;
  return parts;
}

}  // namespace

base::Quantity greatest_step(StepLimit limit, base::Millis elapsed) {
  // W x ms -> 1e-4 kWh: / 3 600 000 000 x 10 000 = / 360 000; with the margin in tenths / 3 600 000.
  const int128 energy = static_cast<int128>(limit.greatest_power_w) * elapsed.value * kMarginTenths / 3'600'000;
  if (energy >= kDialSpan.e4) return kDialSpan;
  return base::Quantity(static_cast<std::int64_t>(energy)) + kFreeStep;
}

base::Result<Measured> measure(const Register& last, const Sample& sample, PlanKind kind, StepLimit limit,
                               base::UtcMillis now) {
  if (sample.at > now + kClockTolerance) return base::fail(Errc::in_the_future);
  if (!on_dial(sample.total)) return base::fail(Errc::out_of_range, "total");
  if (sample.tariffs) {
    for (const base::Quantity tariff : *sample.tariffs) {
      if (!on_dial(tariff)) return base::fail(Errc::out_of_range, "tariffs");
    }
  }

  const Growth grown = growth(last.total, sample.total);
  if (sample.at <= last.at) {
    // The same register again, or one from before: it holds nothing that was not counted. (A rollover is never from before.)
    if (sample.total <= last.total) return Measured{Use{}, last, true};
    return base::fail(Errc::out_of_order);
  }
  if (grown.by.e4 < 0) return base::fail(Errc::backward);
  if (grown.by > greatest_step(limit, sample.at - last.at)) {
    return grown.rolled_over ? base::fail(Errc::backward) : base::fail(Errc::impossible_jump);
  }

  Measured measured;
  measured.next = last;
  measured.next.at = sample.at;
  measured.next.total = sample.total;
  measured.next.rollovers += grown.rolled_over ? 1 : 0;
  measured.use.total = grown.by;
  measured.use.tariffs[kFlat] = grown.by;

  if (kind == PlanKind::total) {
    // All is billed already, at one price: only remember where the tariffs stand, for the day the plan changes.
    measured.next.unsplit = base::Quantity(0);
    measured.next.tariffs_known = sample.tariffs.has_value();
    measured.next.tariffs = sample.tariffs.value_or(Tariffs{});
    return measured;
  }
  if (!sample.tariffs) {
    if (last.tariffs_known) measured.next.unsplit = last.unsplit + grown.by;
    return measured;
  }
  if (last.tariffs_known) {
    const auto parts = split(last, grown.by, *sample.tariffs);
    if (!parts) return base::fail(Errc::tariffs_exceed_total);
    measured.use.tariffs = *parts;
  }
  measured.next.tariffs = *sample.tariffs;
  measured.next.tariffs_known = true;
  measured.next.unsplit = base::Quantity(0);
  return measured;
}

}  // namespace anju::platform
