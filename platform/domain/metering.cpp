#include "platform/domain/metering.hpp"

#include <algorithm>

#include "platform/domain/errc.hpp"

namespace anju::platform {
namespace {

__extension__ using int128 = __int128;

constexpr base::Quantity kFreeStep{50'000};  // 5 kWh
constexpr std::int64_t kMarginTenths = 15;   // 1.5

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

struct Split {
  Tariffs parts;
  base::Quantity unsplit;
};

/// How the growth of the total spreads over the tariffs. Nothing: the four grew by more than the total, or went back.
std::optional<Split> split(const Register& last, base::Quantity total, const Tariffs& tariffs) {
  Tariffs parts;
  base::Quantity rest = total + last.unsplit;
  for (std::size_t i = 0; i < 4; ++i) {
    const Growth grown = growth(last.tariffs[i], tariffs[i]);
    if (grown.by.e4 < 0) return std::nullopt;
    parts[i] = grown.by;
    rest = rest - grown.by;
  }
  if (rest < -kTariffRounding) return std::nullopt;
  // The flat part may be negative: it gives back what was billed as flat while the tariffs were unknown or behind the total (a
  // register that jumped forward and came back), or a last digit.
  parts[kFlat] = parts[kFlat] + rest - last.unsplit;
  return Split{parts, std::max(rest, base::Quantity(0))};
}

}  // namespace

bool on_dial(const Sample& sample) {
  return on_dial(sample.total) &&
         (!sample.tariffs || std::all_of(sample.tariffs->begin(), sample.tariffs->end(), [](base::Quantity q) { return on_dial(q); }));
}

base::Quantity greatest_step(StepLimit limit, base::Millis elapsed) {
  // W x ms -> 1e-4 kWh: / 3 600 000 000 x 10 000 = / 360 000; with the margin in tenths / 3 600 000.
  const int128 energy = static_cast<int128>(limit.milli_per_hour) * elapsed.value * kMarginTenths / 3'600'000;
  if (energy >= kDialSpan.e4) return kDialSpan;
  return base::Quantity(static_cast<std::int64_t>(energy)) + kFreeStep;
}

base::Result<Measured> measure(const Register& last, const Sample& sample, PlanKind kind, StepLimit limit,
                               base::UtcMillis now, bool new_prices) {
  if (sample.at > now + kClockTolerance) return base::fail(Errc::in_the_future);
  if (!on_dial(sample)) return base::fail(Errc::out_of_range, on_dial(sample.total) ? "tariffs" : "total");

  if (sample.at <= last.anchored) return Measured{Use{}, last, true};
  const Growth grown = growth(last.total, sample.total);
  if (sample.at <= last.at) {
    // The same register again, or one from before: it holds nothing that was not counted. (A rollover is never from before.)
    if (sample.total <= last.total) return Measured{Use{}, last, true};
    return base::fail(Errc::out_of_order);
  }
  if (grown.by.e4 < 0) return base::fail(Errc::backward);
  const bool doubted = last.suspect && grown.by >= growth(last.total, *last.suspect).by;
  if (doubted || grown.by > greatest_step(limit, sample.at - last.at)) {
    return grown.rolled_over ? base::fail(Errc::backward) : base::fail(Errc::impossible_jump);
  }

  Measured measured;
  measured.next = last;
  measured.next.at = sample.at;
  measured.next.total = sample.total;
  measured.next.rollovers += grown.rolled_over ? 1 : 0;
  measured.next.suspect.reset();
  measured.use.total = grown.by;
  measured.use.tariffs[kFlat] = grown.by;

  if (kind == PlanKind::total) {
    // All is billed already, at one price: only remember where the tariffs stand, for the day the plan changes.
    measured.next.unsplit = base::Quantity(0);
    measured.next.tariffs_known = sample.tariffs.has_value();
    measured.next.tariffs = sample.tariffs.value_or(Tariffs{});
    return measured;
  }
  // Twice the rounding: one on either side of where the four were first read.
  const bool paid_otherwise = new_prices && last.unsplit > kTariffRounding + kTariffRounding;
  if (!sample.tariffs) {
    measured.next.tariffs_known = last.tariffs_known && !paid_otherwise;
    measured.next.unsplit = measured.next.tariffs_known ? last.unsplit + grown.by : base::Quantity(0);
    if (!measured.next.tariffs_known) measured.next.tariffs = {};
    return measured;
  }
  measured.next.tariffs = *sample.tariffs;
  measured.next.tariffs_known = true;
  measured.next.unsplit = base::Quantity(0);
  if (last.tariffs_known && !paid_otherwise) {
    const auto spread = split(last, grown.by, *sample.tariffs);
    if (!spread) return base::fail(Errc::tariffs_exceed_total);
    measured.use.tariffs = spread->parts;
    measured.next.unsplit = spread->unsplit;
  }
  return measured;
}

Register doubt(const Register& last, base::Quantity refused) {
  Register next = last;
  const base::Quantity step = growth(last.total, refused).by;
  if (step.e4 <= 0) return next;  // it went back: nothing is too large
  if (!last.suspect || step < growth(last.total, *last.suspect).by) next.suspect = refused;
  return next;
}

Register anchor(const Register& last, const Sample& sample) {
  Register next;
  next.at = sample.at;
  next.total = sample.total;
  next.tariffs_known = sample.tariffs.has_value();
  if (sample.tariffs) next.tariffs = *sample.tariffs;
  next.rollovers = last.rollovers;
  next.anchored = last.anchored;
  return next;
}

Register begin_anew(const Register& last, const Sample& start) {
  Register next = anchor(last, start);
  next.anchored = start.at;
  return next;
}

}  // namespace anju::platform
