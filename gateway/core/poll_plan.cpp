#include "gateway/core/poll_plan.hpp"

#include <algorithm>

#include "gateway/core/device_profile.hpp"
#include "gateway/core/errc.hpp"
#include "protocols/base/money.hpp"
#include "protocols/cjt188/errc.hpp"
#include "protocols/dlt645/errc.hpp"
#include "protocols/modbus/errc.hpp"

namespace anju::gateway {
namespace {

constexpr std::array kLiveItems{Item::voltage, Item::current, Item::power};
constexpr base::Millis kDay = base::hours(24);
constexpr std::int64_t kMinute_ms = 60'000;

std::size_t index(Item item) {
  return static_cast<std::size_t>(item);
}

}  // namespace

bool is_permanent(const base::Error& error) {
  return error.is(dlt645::Errc::no_such_data) || error.is(dlt645::Errc::not_authorised) ||
         error.is(Errc::not_supported);
}

bool is_busy(const base::Error& error) {
  return error.is(modbus::Errc::acknowledge) || error.is(modbus::Errc::server_device_busy);
}

bool is_unknown_state(const base::Error& error) {
  return error.is(ProfileErrc::unknown_state) || error.is(cjt188::Errc::out_of_range);
}

bool is_silence(const base::Error& error) {
  return error.is(Errc::no_answer) || error.is(Errc::bad_frame) || error.is(Errc::line_down);
}

void PollPlan::settings(const PlanSettings& settings) {
  settings_ = settings;
}

void PollPlan::add(const Meter& meter, bool fresh) {
  auto& poll = meters_[meter.id];
  if (fresh) {
    // Whatever is under way for the old description is answered, but not awaited: its line withdraws it.
    poll = Poll{};
  }
  poll.meter = meter;
}

void PollPlan::live(const base::DeviceId& device, base::UtcMillis until) {
  const auto found = meters_.find(device);
  if (found == meters_.end()) return;
  found->second.live_until = std::max(found->second.live_until, until);
}

void PollPlan::ask_for_all(const base::DeviceId& device) {
  const auto found = meters_.find(device);
  if (found != meters_.end()) found->second.missing.fill(false);
}

void PollPlan::check_clock(const base::DeviceId& device) {
  const auto found = meters_.find(device);
  if (found != meters_.end()) found->second.clock_next = base::UtcMillis();
}

std::int64_t PollPlan::slot_of(base::UtcMillis now) const {
  return (now.value + settings_.utc_offset_minutes * kMinute_ms) / (settings_.reading_minutes * kMinute_ms);
}

base::UtcMillis PollPlan::start_of_slot(std::int64_t slot) const {
  return base::UtcMillis(slot * settings_.reading_minutes * kMinute_ms - settings_.utc_offset_minutes * kMinute_ms);
}

bool PollPlan::has(const Poll& poll, Item item) const {
  return !poll.missing[index(item)] && gateway::has(poll.meter, item);
}

std::optional<Item> PollPlan::next_item(Poll& poll, base::UtcMillis now) const {
  if (const auto slot = slot_of(now); slot != poll.slot) {
    poll.slot = slot;
    poll.want_energy = poll.want_status = true;
    poll.status_next = base::UtcMillis();
    poll.moving = 0;
  }
  if (poll.want_energy) {
    if (poll.meter.profile.tariffs && has(poll, Item::energy)) return Item::energy;
    if (has(poll, Item::energy_total)) return Item::energy_total;
  }
  if (poll.want_status && now >= poll.status_next && has(poll, Item::status)) return Item::status;
  if (now >= poll.clock_next && has(poll, Item::clock_day) && has(poll, Item::clock_time)) {
    return poll.clock_day ? Item::clock_time : Item::clock_day;
  }
  const auto today = base::start_of_day(now, settings_.utc_offset_minutes);
  if (poll.freeze_had != today.value && now >= today + kFreezeAfterMidnight && now >= poll.freeze_next &&
      has(poll, Item::freeze)) {
    const bool is_there = poll.freeze_seen == today.value || !has(poll, Item::freeze_time);
    return is_there ? Item::freeze : Item::freeze_time;
  }
  return std::nullopt;
}

/// The clock was set back, perhaps by years: what was planned by the wrong one would never come.
void PollPlan::shift(base::Millis by) {
  for (auto& [device, poll] : meters_) {
    for (auto* at : {&poll.hold_until, &poll.status_next, &poll.clock_next, &poll.freeze_next, &poll.live_until, &poll.live_next}) {
      *at = *at + by;
    }
  }
}

std::vector<Ask> PollPlan::due(base::UtcMillis now) {
  if (now < last_now_) shift(now - last_now_);
  last_now_ = now;
  std::vector<Ask> asks;
  for (auto& [device, poll] : meters_) {
    if (now < poll.hold_until) continue;
    if (!poll.asking) {
      if (const auto item = next_item(poll, now)) {
        poll.asking = true;
        asks.push_back(Ask{device, *item, false});
      }
    }
    if (!poll.live_asking && now < poll.live_until && now >= poll.live_next) {
      while (poll.live_step < kLiveItems.size() && !has(poll, kLiveItems[poll.live_step])) ++poll.live_step;
      if (poll.live_step == kLiveItems.size()) continue;  // a meter without any of them: its live_until simply passes
      poll.live_asking = true;
      asks.push_back(Ask{device, kLiveItems[poll.live_step], true});
    }
  }
  return asks;
}

PlanNews PollPlan::answered(const Ask& ask, const Outcome& outcome, base::UtcMillis asked, base::UtcMillis now) {
  PlanNews news;
  const auto found = meters_.find(ask.device);
  if (found == meters_.end()) return news;
  auto& poll = found->second;
  if (ask.live) return live_answered(poll, ask, outcome, now);
  poll.asking = false;

  auto take = [&](const auto& result, auto&& use) {
    if (!result) return failed(poll, ask.item, result.error(), now, news);
    poll.busy = 0;
    news.good_value = true;
    use(*result);
  };
  // The day of the question: an answer that crossed midnight may carry either day's freeze.
  const auto today = base::start_of_day(asked, settings_.utc_offset_minutes);
  const bool same_day = base::start_of_day(now, settings_.utc_offset_minutes) == today;
  switch (ask.item) {
    case Item::energy:
    case Item::energy_total:
      take(registers_of(poll.meter, outcome), [&](const Registers& energy) {
        poll.want_energy = false;
        poll.slot =
            slot_of(now);  // asked for an older slot, while the line or the meter was away: it serves this one too
        poll.energy_kwh = base::format(energy.total);
        if (tells_supply(poll.meter)) {
          poll.want_status = false;
          if (const auto supply = supply_of(poll.meter, outcome)) {
            news.supply = *supply;
            look_again(poll, *supply, now);
          } else if (!may_arrive(poll, supply.error(), now)) {
            news.bad_value = supply.error();
          }
        }
        news.reading = wire::Reading{ask.device, now, wire::ReadingKind::interval, energy.total, energy.tariffs};
      });
      break;
    case Item::status:
      take(supply_of(poll.meter, outcome), [&](const SupplyState& supply) {
        poll.want_status = false;
        news.supply = supply;
        look_again(poll, supply, now);
      });
      break;
    case Item::clock_day: take(day_of(poll.meter, outcome), [&](const dlt645::CalendarDay& day) { poll.clock_day = day; }); break;
    case Item::clock_time:
      take(time_of(poll.meter, outcome), [&](const dlt645::TimeOfDay& time) {
        const auto offset = clock_offset(*poll.clock_day, time, asked, settings_.utc_offset_minutes);
        poll.clock_day.reset();
        poll.clock_next = now + kDay;
        if (offset) news.clock_offset = *offset;
      });
      break;
    case Item::freeze_time:
      take(freeze_time_of(poll.meter, outcome), [&](const base::CivilTime& frozen) {
        const auto day = base::to_civil(today, settings_.utc_offset_minutes);
        const bool is_there = frozen.year == day.year && frozen.month == day.month && frozen.day == day.day;
        if (is_there) poll.freeze_seen = today.value;
        if (!is_there) poll.freeze_next = now + kFreezeAgain;
      });
      break;
    case Item::freeze:
      take(registers_of(poll.meter, outcome), [&](const Registers& energy) {
        poll.freeze_seen = -1;
        if (!same_day) return;
        poll.freeze_had = today.value;
        news.reading = wire::Reading{ask.device, today, wire::ReadingKind::daily_freeze, energy.total, energy.tariffs};
      });
      break;
    case Item::voltage:
    case Item::current:
    case Item::power: break;  // only live
  }
  return news;
}

/// Looks again when a valve that shows what no table has had the time to arrive. False: that is not it, or it had.
bool PollPlan::may_arrive(Poll& poll, const base::Error& error, base::UtcMillis now) const {
  if (!is_unknown_state(error) || travel_of(poll.meter) == base::Millis(0) || poll.doubted) return false;
  poll.doubted = poll.want_status = true;
  poll.status_next = now + std::max(travel_of(poll.meter), kMovingLeast);
  return true;
}

void PollPlan::look_again(Poll& poll, const SupplyState& supply, base::UtcMillis now) const {
  poll.doubted = false;
  if (!supply.moving || poll.moving >= kMostMoving) return;
  ++poll.moving;
  poll.want_status = true;
  poll.status_next = now + std::max(travel_of(poll.meter), kMovingLeast);
}

void PollPlan::failed(Poll& poll, Item item, const base::Error& error, base::UtcMillis now, PlanNews& news) const {
  if (is_silence(error)) return;  // wanted as before; the line decides when the device is worth another try
  if (item == Item::status && may_arrive(poll, error, now)) return;
  const bool busy = is_busy(error) && ++poll.busy < kMostBusy;
  if (busy || error.is(Errc::queue_full) || error.is(Errc::cancelled)) {
    poll.hold_until = now + kHold;
    return;
  }
  poll.busy = 0;
  // What it is billed by is never taken for lacking. Who refuses even that may be starting up, and has said nothing of the rest.
  if (is_permanent(error) && item == Item::energy_total) {
    poll.missing[index(Item::energy)] = false;
  } else if (is_permanent(error)) {
    news.lacking = poll.missing[index(item)] = true;
    return;
  }
  news.bad_value = error;
  give_up(poll, item, now);
}

void PollPlan::give_up(Poll& poll, Item item, base::UtcMillis now) const {
  switch (item) {
    case Item::energy:
    case Item::energy_total: poll.want_energy = false; break;  // until the next slot
    case Item::status: poll.want_status = false; break;
    case Item::clock_day:
    case Item::clock_time:
      poll.clock_day.reset();
      poll.clock_next = now + kClockAgain;
      break;
    case Item::freeze_time:
    case Item::freeze: poll.freeze_next = now + kFreezeAgain; break;
    case Item::voltage:
    case Item::current:
    case Item::power: break;
  }
}

PlanNews PollPlan::live_answered(Poll& poll, const Ask& ask, const Outcome& outcome, base::UtcMillis now) const {
  PlanNews news;
  poll.live_asking = false;
  const auto value = momentary_of(poll.meter, ask.item, outcome);
  auto& values = poll.live_values;
  if (value) {
    (ask.item == Item::voltage   ? values.voltage_v
     : ask.item == Item::current ? values.current_a
                                 : values.power_kw) = *value;
  } else if (is_permanent(value.error()) || value.error().is(modbus::Errc::illegal_data_address)) {
    news.lacking = poll.missing[index(ask.item)] = true;
  } else if (!outcome) {
    poll.live_step = 0;
    poll.live_next = now + kLiveAfterSilence;
    return news;
  }
  do ++poll.live_step;
  while (poll.live_step < kLiveItems.size() && !has(poll, kLiveItems[poll.live_step]));
  if (poll.live_step < kLiveItems.size()) return news;
  if (values.voltage_v || values.current_a || values.power_kw) {
    values.device = ask.device;
    values.at = now;
    values.energy_kwh = poll.energy_kwh;
    news.live = values;
  }
  values = wire::LiveValues{};
  poll.live_step = 0;
  poll.live_next = now + kLiveEvery;
  return news;
}

std::optional<base::UtcMillis> PollPlan::wake(base::UtcMillis now) const {
  if (meters_.empty()) return std::nullopt;
  auto wake = start_of_slot(slot_of(now) + 1);
  const auto today = base::start_of_day(now, settings_.utc_offset_minutes);
  for (const auto& [device, poll] : meters_) {
    auto also = [&](base::UtcMillis at) {
      if (at > now) wake = std::min(wake, at);
    };
    also(poll.hold_until);
    if (!poll.asking) {
      also(poll.status_next);
      also(poll.clock_next);
      also(poll.freeze_next);
      also(today + kFreezeAfterMidnight);
    }
    if (!poll.live_asking && poll.live_next < poll.live_until) also(poll.live_next);
  }
  return wake;
}

}  // namespace anju::gateway
