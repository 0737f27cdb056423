// What a story says, as it happens. Everything is drawn from the dice of its happening.

#include <algorithm>
#include <array>
#include <utility>

#include "tests/scenario/world/world.hpp"

namespace anju::scenario {

namespace {

constexpr std::array<std::string_view, 20> kWhatNames{
    "weather",    "gateway_kill", "platform_kill", "gateway_full", "platform_full", "clock", "network",  "line_cut", "meter_fault", "meter_jump",
    "old_card",   "box_swap",     "restore",       "recharge",     "order",         "cancel", "price",   "plan",     "settings",    "accept"};

Climate climate_of(const Story& story, std::string database) {
  Climate climate;
  climate.database = std::move(database);
  climate.gateways = story.gateways;
  climate.lines = story.lines;
  climate.meters_per_line = story.meters_per_line;
  climate.meters = story.meters;
  climate.length = story.length;
  climate.reading_minutes = story.reading_minutes;
  return climate;
}

std::string span_of(base::Millis span) {
  return std::to_string(span.value / 1000) + " s";
}

}  // namespace

std::string_view to_string(What what) {
  return kWhatNames[static_cast<std::size_t>(what)];
}

World::World(const Story& story, std::string database) : World(story.seed, climate_of(story, std::move(database))) {
  if (story.message_faults) broker_.only(*story.message_faults);
  const auto revive = [this](const std::string& name, auto& box) {
    tell(name + " dies");
    const auto span = std::exchange(back_after_[name], base::seconds(30));
    time_.after(span, [this, name, &box] {
      if (box.is_on()) return;
      tell(name + " is back");
      box.power_on();
    });
  };
  for (auto& box : gateways_) box->died([revive, &box = *box] { revive(box.code(), box); });
  platform_->died([this, revive] { revive("platform", *platform_); });
}

void World::narrate(std::function<void(const std::string& line)> tell) {
  tell_ = [this, tell = std::move(tell)](const std::string& what) {
    const std::int64_t s = age().value / 1000;
    char clock[32];
    std::snprintf(clock, sizeof clock, "day %lld %02lld:%02lld:%02lld  ", static_cast<long long>(s / 86'400 + 1),
                  static_cast<long long>(s / 3600 % 24), static_cast<long long>(s / 60 % 60), static_cast<long long>(s % 60));
    tell(clock + what);
  };
  watch_.narrate(tell_);
  broker_.narrate([this](std::uint64_t, const std::string& what) { tell_(what); });
}

void World::tell(const std::string& what) const {
  if (tell_) tell_(what);
}

base::Millis World::age() const {
  return time_.now() - kStart;
}

GatewayBox* World::box_of(int gateway) {
  const std::string code = "gw-" + std::to_string(gateway);
  const auto found = std::ranges::find_if(gateways_, [&](const auto& box) { return box->code() == code; });
  return found == gateways_.end() ? nullptr : found->get();
}

void World::play(const Story& story, const std::function<bool()>& stop) {
  for (const Happening& what : story.happenings) {
    prepare(what);
    time_.at(kStart + what.at, [this, &what] { happen(what); });
  }
  press_buttons();
  watch_minutes(stop);
  while (time_.now() < end_ && !stopped_) time_.run_until(std::min(end_, time_.now() + base::hours(1)));
  if (!stopped_) settle();
}

void World::watch_minutes(const std::function<bool()>& stop) {
  time_.after(base::minutes(1), [this, stop] {
    if (platform_->is_on()) watch_.minute(platform_->tables(), platform_->on_since());
    if (stop && stop()) {
      stopped_ = true;
      return;
    }
    watch_minutes(stop);
  });
}

/// What must be there before it happens: the copy that somebody goes back to.
void World::prepare(const Happening& what) {
  const base::UtcMillis before = std::max(kStart + what.at - base::Millis(what.value), time_.now() + base::minutes(1));
  if (what.what == What::old_card) {
    if (GatewayBox* box = box_of(what.whom)) time_.at(before, [box] { box->copy_disk(); });
  } else if (what.what == What::restore) {
    time_.at(before, [this, &what] { backups_[what.dice] = std::make_shared<Tables>(platform_->tables()); });
  }
}

void World::happen(const Happening& what) {
  Dice dice(what.dice);
  switch (what.what) {
    case What::weather:
    case What::platform_kill:
    case What::platform_full:
    case What::restore:
    case What::price: return happen_to_platform(what, dice);
    case What::gateway_kill:
    case What::gateway_full:
    case What::clock:
    case What::network:
    case What::line_cut:
    case What::old_card:
    case What::box_swap:
      if (GatewayBox* box = box_of(what.whom)) happen_to_gateway(what, *box, dice);
      return;
    case What::meter_fault:
    case What::meter_jump:
    case What::recharge:
    case What::order:
    case What::cancel:
    case What::plan:
    case What::settings:
    case What::accept: {
      const std::string device = "m" + std::to_string(what.whom);
      if (setups_.contains(device) && id_of(device) != 0) happen_to_meter(what, device, dice);
      return;
    }
  }
}

void World::happen_to_platform(const Happening& what, Dice& dice) {
  switch (what.what) {
    case What::weather: {
      Weather weather;
      for (int* rate : {&weather.drop, &weather.repeat, &weather.late, &weather.truncate}) {
        if (dice.chance(500)) *rate = static_cast<int>(dice.between(10, 400));
      }
      weather.truncate /= 4;
      weather.latest = dice.between(base::seconds(1), base::minutes(5));
      weather.forget = dice.chance(500) ? 500 : 0;
      broker_.weather(weather);
      time_.after(what.span, [this, number = ++weathers_] {
        if (number == weathers_) broker_.weather({});
      });
      return tell("bad weather at the broker for " + span_of(what.span));
    }
    case What::platform_kill: {
      const bool before = dice.chance(500);
      platform_->power_off_at(before ? Crash::before_commit : Crash::after_commit);
      back_after_["platform"] = what.span;
      return tell(std::string("platform will be killed right ") + (before ? "before" : "after") + " commit " +
                  std::to_string(platform_->commits() + 1));
    }
    case What::platform_full:
      platform_->fill_disk(what.span);
      return tell("the platform's disk is full for " + span_of(what.span));
    case What::restore: {
      const auto found = backups_.find(what.dice);
      if (!climate_.database.empty()) return;  // backups of real ones are made by their own programs
      if (found == backups_.end() || found->second->meters.size() != devices_.size()) return;
      tell("the platform is restored from a backup " + span_of(base::Millis(what.value)) + " old");
      restore(*found->second);
      backups_.erase(found);
      return;
    }
    default: return change_price(dice);
  }
}

void World::happen_to_gateway(const Happening& what, GatewayBox& box, Dice& dice) {
  switch (what.what) {
    case What::gateway_kill: {
      const bool before = dice.chance(500);
      box.power_off_at(before ? Crash::before_commit : Crash::after_commit);
      back_after_[box.code()] = what.span;
      return tell(box.code() + " will be killed right " + (before ? "before" : "after") + " its next commit");
    }
    case What::gateway_full:
      box.fill_disk(what.span);
      return tell("the disk of " + box.code() + " is full for " + span_of(what.span));
    case What::clock:
      box.set_clock(base::Millis(what.value));
      time_.after(what.span, [this, &box] {
        box.set_clock(base::Millis(0));
        tell("the clock of " + box.code() + " is right again");
      });
      return tell("the clock of " + box.code() + " is set " + span_of(base::Millis(what.value)) + " ahead");
    case What::network:
      box.network(false);
      time_.after(what.span, [this, &box] {
        box.network(true);
        tell(box.code() + " has a network again");
      });
      return tell(box.code() + " has no network for " + span_of(what.span));
    case What::line_cut: {
      const base::LineId line("l" + std::to_string(dice.between(1, climate_.lines)));
      field_.cut(box.code(), line, what.span);
      return tell("line " + line.value + " of " + box.code() + " is away for " + span_of(what.span));
    }
    case What::old_card:
    case What::box_swap: {
      const bool card = what.what == What::old_card;
      back_after_[box.code()] = what.span;
      box.power_off();
      if (card) box.put_copy_back();
      if (!card) box.swap();
      return tell(card ? box.code() + " gets its card of " + span_of(base::Millis(what.value)) + " ago"
                       : box.code() + " is replaced by the other box");
    }
    default: return;
  }
}

void World::happen_to_meter(const Happening& what, const std::string& device, Dice& dice) {
  if (what.what == What::meter_fault) return break_something(dice, device, false, what.span);
  if (what.what != What::meter_jump) return act_out(what, device, dice);
  sim::Meter& meter = field_.meter(device);
  meter.advance(time_.now());
  sim::RegisterBlock block = meter.registers();
  switch (dice.below(4)) {
    case 0: {  // back a little, all of it
      const std::int64_t by = dice.between(1, 300) * 100;
      if (block.total.e4 < 5 * by) return;
      block.total.e4 -= by;
      block.tariffs[static_cast<std::size_t>(dice.below(4))].e4 -= by;
      if (std::ranges::any_of(block.tariffs, [](const auto& register_) { return register_.e4 < 0; })) return;
      break;
    }
    case 1: {  // far ahead
      const std::int64_t by = dice.between(1000, 9000) * 10'000;
      block.total.e4 += by;
      block.tariffs[2].e4 += by;
      if (block.total.e4 >= 9'999'000'000) return;
      break;
    }
    case 2: block = {}; break;  // cleared, or a new one in its place
    default: {                  // an old one in its place
      for (auto& register_ : block.tariffs) register_ = base::Quantity(dice.below(20'000'000) * 100);
      block.total = block.tariffs[0] + block.tariffs[1] + block.tariffs[2] + block.tariffs[3];
    }
  }
  jumped_.insert(device);
  tell("the register of " + device + " jumps from " + base::format(meter.registers().total) + " to " + base::format(block.total) + " kWh");
  meter.set_registers(block, time_.now());
}

void World::act_out(const Happening& what, const std::string& device, Dice& dice) {
  const std::int64_t meter = id_of(device);
  const std::string key = "k" + std::to_string(what.dice % 1'000'000'000'000);
  switch (what.what) {
    case What::recharge: return recharge(dice, meter, key, what.value);
    case What::order: return command(dice, meter, key);
    case What::cancel:
      command(dice, meter, key);
      time_.after(what.span, [this, key] {
        tell("order " + key + " is cancelled");
        ask(order(platform::CancelCommand{key}));
      });
      return;
    case What::plan: return change_plan(dice, meter);
    case What::settings: return change_settings(dice, meter);
    case What::accept: {
      const auto& readings = platform_->tables().readings;
      const auto found = std::find_if(readings.rbegin(), readings.rend(), [&](const auto& row) {
        return row.meter == meter && row.state == platform::ReadingState::quarantined;
      });
      if (found == readings.rend()) return;
      tell("reading " + std::to_string(found->id) + " of " + device + " counts after all");
      const base::UtcMillis seen = platform_->tables().meters.at(meter).metering.last.at;
      return ask(order(platform::AcceptReading{meter, found->id, seen, base::Quantity(dice.below(50'000)), "looked at it"}));
    }
    default: return;
  }
}

}  // namespace anju::scenario
