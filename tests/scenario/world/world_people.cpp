// What people do: they ask until they are answered, recharge, switch, change prices and settings, and press buttons.

#include <array>
#include <utility>

#include "tests/scenario/world/world.hpp"

namespace anju::scenario {

void World::ask(platform::Order order, int again) {
  ++unanswered_;
  const Dice dice(seed_ * 100'000 + static_cast<std::uint64_t>(++asked_));
  ask_again(std::make_shared<Request>(Request{std::move(order), again, dice}));
}

void World::ask_again(const std::shared_ptr<Request>& request) {
  request->waiting = true;
  platform_->submit(request->order, [this, request](const platform::Outcome& outcome) {
    if (const auto* recharge = std::get_if<platform::Recharge>(&request->order.what)) {
      if (!outcome)
        return watch_.wrong("recharge " + recharge->key + " is refused: " + std::string(outcome.error().code));
      const auto& answer = std::get<platform::Recharged>(*outcome);
      if (answer.amount != recharge->amount) watch_.wrong("recharge " + recharge->key + " answers another amount");
      if (request->answered && answer.created && !restored_) watch_.wrong("recharge " + recharge->key + " was created twice");
      recharged_[recharge->key] = recharge->amount;
    }
    request->waiting = false;
    if (!std::exchange(request->answered, true)) --unanswered_;
    if (request->dice.chance(std::exchange(request->again, request->again / 2))) {
      time_.after(request->dice.between(base::Millis(1), base::hours(2)), [this, request] { ask_again(request); });
    }
  });
  if (!request->waiting) return;
  time_.after(base::seconds(20), [this, request] {
    if (request->waiting) ask_again(request);
  });
}

std::int64_t World::any_meter() {
  return id_of(devices_[static_cast<std::size_t>(people_.below(static_cast<std::int64_t>(devices_.size())))]);
}

void World::plan_people() {
  time_.after(people_.between(base::minutes(1), base::minutes(30)), [this] {
    if (healthy_) return;
    act();
    plan_people();
  });
}

void World::act() {
  const std::int64_t meter = any_meter();
  const std::string key = "k" + std::to_string(++orders_);
  const auto dice = people_.below(100);
  if (!climate_.supply || dice < 45) {
    recharge(people_, meter, key, 15'000'000);
  } else if (dice < 70) {
    command(people_, meter, key);
  } else if (dice < 80) {
    change_price(people_);
  } else if (dice < 88) {
    change_plan(people_, meter);
  } else {
    change_settings(people_, meter);
  }
}

void World::recharge(Dice& dice, std::int64_t meter, const std::string& key, std::int64_t most) {
  const auto method = static_cast<platform::PayMethod>(dice.below(5));
  const base::Money amount(dice.between(1, most));
  tell("recharge " + key + " of " + base::format(amount) + " yuan for meter " + std::to_string(meter));
  ask(order(platform::Recharge{key, meter, amount, method, ""}), 400);
}

void World::command(Dice& dice, std::int64_t meter, const std::string& key) {
  constexpr std::array kAsks{platform::Ask::trip,          platform::Ask::release,        platform::Ask::trip,
                             platform::Ask::release,       platform::Ask::read,           platform::Ask::set_clock,
                             platform::Ask::keep_power_on, platform::Ask::keep_power_off, platform::Ask::live};
  const auto what = kAsks[static_cast<std::size_t>(dice.below(static_cast<std::int64_t>(kAsks.size())))];
  tell("order " + key + ": " + std::string(to_string(what)) + " of meter " + std::to_string(meter));
  ask(order(platform::OrderCommand{key, meter, what, "", what == platform::Ask::live ? 30 : 0}), 300);
}

/// Now, or from a moment within two days on.
std::optional<base::UtcMillis> World::draw_moment(Dice& dice) const {
  if (!dice.chance(300)) return std::nullopt;
  return time_.now() + dice.between(base::minutes(1), base::hours(48));
}

void World::change_price(Dice& dice) {
  const bool tou = dice.chance(500);
  platform::PutPricePlan what{tou ? kTouPlan : kTotalPlan, tou ? "tou" : "total",
                              draw_prices(dice, tou ? platform::PlanKind::tou : platform::PlanKind::total), draw_moment(dice)};
  tell("new prices of the plan " + what.name + (what.prices.slots.empty() ? "" : " with slots") + (what.prices.steps.empty() ? "" : " with steps") +
       (what.from ? ", from a moment on" : ""));
  ask(order(what));
}

void World::change_plan(Dice& dice, std::int64_t meter) {
  tell("meter " + std::to_string(meter) + " gets another price plan");
  ask(order(platform::ChangePricePlan{meter, dice.chance(500) ? kTouPlan : kTotalPlan, draw_moment(dice)}));
}

void World::change_settings(Dice& dice, std::int64_t meter) {
  platform::ChangeSettings what{meter, "meter", std::nullopt, {}};
  what.settings.auto_trip = !dice.chance(150);
  what.settings.mode = dice.chance(100) ? platform::MeterMode::reading : platform::MeterMode::prepaid;
  what.settings.overdraft = base::Money(dice.below(5'000'000));
  what.settings.alarm_1 = base::Money(8'000'000);
  what.settings.alarm_2 = base::Money(3'000'000);
  tell("new settings of meter " + std::to_string(meter));
  ask(order(what));
}

void World::press_buttons() {
  time_.after(base::minutes(5), [this] {
    for (const auto& device : devices_) {
      if (field_.meter(device).relay().waits_for_button()) (void)field_.meter(device).press_button(time_.now());
    }
    press_buttons();
  });
}

platform::Prices World::draw_prices(Dice& dice, platform::PlanKind kind) const {
  platform::Prices made;
  made.kind = kind;
  made.total = base::Price(dice.between(40'000, 90'000));
  for (auto& price : made.tariffs) price = base::Price(dice.between(20'001, 130'003));
  if (!climate_.supply) return made;
  if (kind == platform::PlanKind::tou && dice.chance(500)) {
    auto tariff = static_cast<std::uint8_t>(dice.below(4));
    for (std::int64_t half_hour = 0; half_hour < 48; half_hour += dice.between(4, 20)) {
      made.slots.push_back({static_cast<std::int16_t>(half_hour * platform::kSlotMinutes), tariff});
      tariff = static_cast<std::uint8_t>((tariff + dice.between(1, 3)) % 4);
    }
  }
  if (dice.chance(300)) {
    made.step_period = dice.chance(700) ? platform::StepPeriod::month : platform::StepPeriod::year;
    std::int64_t above = 0;
    for (std::int64_t i = dice.between(1, 3); i > 0; --i) {
      above += dice.between(100, 2'000'000);
      made.steps.push_back({base::Quantity(above), base::Price(dice.between(1, 40'000))});
    }
  }
  return made;
}

}  // namespace anju::scenario
