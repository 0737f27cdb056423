#include "platform/domain/billing.hpp"

#include <algorithm>
#include <chrono>
#include <limits>

#include "platform/domain/errc.hpp"

namespace anju::platform {
namespace {

__extension__ using int128 = __int128;

constexpr std::int64_t kMinute = 60'000, kDay = 86'400'000;

/// floor(value x part / whole), exact; whole > 0.
std::int64_t share(std::int64_t value, std::int64_t part, std::int64_t whole) {
  const int128 product = static_cast<int128>(value) * part;
  int128 quotient = product / whole;
  if (product % whole < 0) --quotient;
  return static_cast<std::int64_t>(quotient);
}

/// Deals a use out over time: what each part gets is the difference of two floors, so the parts add up.
class Spread {
 public:
  Spread(const Use& use, base::UtcMillis from, base::UtcMillis to) : use_(use), from_(from.value), span_(std::max<std::int64_t>(to.value - from.value, 1)) {}

  Use until(base::UtcMillis moment, bool last) {
    const std::int64_t passed = last ? span_ : moment.value - from_;
    Use part;
    for (std::size_t i = 0; i < 4; ++i) {
      part.tariffs[i] = next(use_.tariffs[i], dealt_.tariffs[i], passed);
      part.total = part.total + part.tariffs[i];
    }
    return part;
  }

 private:
  base::Quantity next(base::Quantity whole, base::Quantity& dealt, std::int64_t passed) const {
    const base::Quantity now(share(whole.e4, passed, span_));
    const base::Quantity part = now - dealt;
    dealt = now;
    return part;
  }
  Use use_, dealt_;
  std::int64_t from_, span_;
};

/// The site's calendar: local milliseconds since 1970, counted as if they were UTC.
class Calendar {
 public:
  explicit Calendar(std::int32_t utc_offset_minutes) : offset_(utc_offset_minutes * kMinute) {}

  [[nodiscard]] std::int64_t minute_of_day(base::UtcMillis at) const { return (at.value + offset_ - day(at) * kDay) / kMinute; }
  [[nodiscard]] base::UtcMillis at_minute(base::UtcMillis day_of, std::int64_t minute) const {
    return base::UtcMillis(day(day_of) * kDay + minute * kMinute - offset_);
  }
  /// Where the month after that of `at` begins.
  [[nodiscard]] base::UtcMillis next_month(base::UtcMillis at) const {
    const auto date = civil(at);
    const auto next = date.year() / date.month() / 1 + std::chrono::months(1);
    return base::UtcMillis(std::chrono::sys_days(next).time_since_epoch().count() * kDay - offset_);
  }
  [[nodiscard]] bool begins_year(base::UtcMillis month_begin) const { return civil(month_begin).month() == std::chrono::January; }

 private:
  [[nodiscard]] std::int64_t day(base::UtcMillis at) const {
    const std::int64_t local = at.value + offset_;
    return local >= 0 ? local / kDay : (local - kDay + 1) / kDay;
  }
  [[nodiscard]] std::chrono::year_month_day civil(base::UtcMillis at) const {
    return std::chrono::year_month_day(std::chrono::sys_days(std::chrono::days(day(at))));
  }
  std::int64_t offset_;
};

/// The slot in force at a minute of the day.
std::vector<TimeSlot>::const_iterator slot_at(const std::vector<TimeSlot>& slots, std::int64_t minute) {
  const auto later = std::upper_bound(slots.begin(), slots.end(), minute, [](std::int64_t m, const TimeSlot& slot) { return m < slot.minute; });
  return std::prev(later);
}

/// What the steps add to the first `used` of a period.
int128 steps_nano(const std::vector<PriceStep>& steps, base::Quantity used) {
  int128 nano = 0;
  for (std::size_t i = 0; i < steps.size() && used > steps[i].above; ++i) {
    const base::Quantity end = i + 1 < steps.size() ? std::min(used, steps[i + 1].above) : used;
    nano += static_cast<int128>(steps[i].add.e5) * (end - steps[i].above).e4;
  }
  return nano;
}

class Meter {
 public:
  Meter(std::span<const Stretch> stretches, Accrued before, std::int32_t offset) : stretches_(stretches), calendar_(offset) { bill_.accrued = before; }

  Bill run(const Use& use, base::UtcMillis from, base::UtcMillis to) {
    Spread spread(use, from, to);
    base::UtcMillis at = std::min(from, to);
    for (bool last = false; !last;) {
      while (stretch_ + 1 < stretches_.size() && stretches_[stretch_ + 1].from <= at) ++stretch_;
      const Border border = next(at);
      last = border.at >= to;
      price(spread.until(border.at, last), at);
      if (last) break;
      const bool missed = border.at - from > kAligned && to - border.at > kAligned;
      if (border.priced && missed && use.total.e4 != 0) bill_.estimated = true;
      if (border.month) {
        if (calendar_.begins_year(border.at)) bill_.accrued.year = base::Quantity(0);
        bill_.accrued.month = base::Quantity(0);
      }
      at = border.at;
    }
    return bill_;
  }

  [[nodiscard]] int128 nano() const { return nano_; }

 private:
  struct Border {
    base::UtcMillis at;
    bool month = false, priced = false;
  };

  [[nodiscard]] Border next(base::UtcMillis at) const {
    const Prices& prices = *stretches_[stretch_].prices;
    Border border{calendar_.next_month(at), true, false};
    border.priced = prices.step_period == StepPeriod::month || (prices.step_period == StepPeriod::year && calendar_.begins_year(border.at));
    const auto nearer = [&border](base::UtcMillis moment) {
      if (moment < border.at) border = {moment, false, true};
      if (moment == border.at) border.priced = true;
    };
    if (stretch_ + 1 < stretches_.size()) nearer(stretches_[stretch_ + 1].from);
    if (prices.slots.size() > 1) {
      const auto following = std::next(slot_at(prices.slots, calendar_.minute_of_day(at)));
      const bool today = following != prices.slots.end();
      const bool same = !today && prices.slots.front().tariff == prices.slots.back().tariff;  // midnight within one tariff
      if (!same) nearer(calendar_.at_minute(at, today ? following->minute : 1440));
      if (same) nearer_unpriced(border, calendar_.at_minute(at, 1440));
    }
    return border;
  }

  static void nearer_unpriced(Border& border, base::UtcMillis moment) {
    if (moment < border.at) border = {moment, false, false};
  }

  void price(const Use& part, base::UtcMillis at) {
    const Prices& prices = *stretches_[stretch_].prices;
    Tariffs split;
    if (by_registers(prices)) {
      split = part.tariffs;
    } else {
      const std::size_t tariff = prices.slots.empty() ? kFlat : slot_at(prices.slots, calendar_.minute_of_day(at))->tariff;
      split[tariff] = part.total;
    }
    for (std::size_t i = 0; i < 4; ++i) {
      const base::Price price = prices.kind == PlanKind::total ? prices.total : prices.tariffs[i];
      nano_ += static_cast<int128>(price.e5) * split[i].e4;
      bill_.tariffs[i] = bill_.tariffs[i] + split[i];
    }
    const base::Quantity used = prices.step_period == StepPeriod::year ? bill_.accrued.year : bill_.accrued.month;
    nano_ += steps_nano(prices.steps, used + part.total) - steps_nano(prices.steps, used);
    bill_.accrued.month = bill_.accrued.month + part.total;
    bill_.accrued.year = bill_.accrued.year + part.total;
    bill_.accrued.ever = bill_.accrued.ever + part.total;
  }

  std::span<const Stretch> stretches_;
  Calendar calendar_;
  std::size_t stretch_ = 0;
  Bill bill_;
  int128 nano_ = 0;
};

}  // namespace

base::Result<Bill> bill(std::span<const Stretch> stretches, const Use& use, base::UtcMillis from, base::UtcMillis to, Accrued before,
                        std::int32_t utc_offset_minutes) {
  Meter meter(stretches, before, utc_offset_minutes);
  Bill made = meter.run(use, from, to);
  using Limit = std::numeric_limits<std::int64_t>;
  if (meter.nano() > Limit::max() || meter.nano() < Limit::min()) return base::fail(Errc::out_of_range, "price x quantity");
  made.nano_yuan = static_cast<std::int64_t>(meter.nano());
  return made;
}

Accrued idle(Accrued before, base::UtcMillis from, base::UtcMillis to, std::int32_t utc_offset_minutes) {
  static const Prices kFree{};
  const Stretch free{from, 0, &kFree};
  return Meter(std::span(&free, 1), before, utc_offset_minutes).run(Use{}, from, to).accrued;
}

}  // namespace anju::platform
