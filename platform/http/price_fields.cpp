#include "platform/http/price_fields.hpp"

#include <array>

#include <boost/json/array.hpp>

#include "platform/http/words.hpp"

namespace anju::platform {
namespace json = boost::json;
namespace {

base::Price price(Fields& fields, std::string_view name) {
  const base::Price value = fields.price(name);
  if (value > kGreatestPrice) fields.refuse(name, "must be at most " + format(kGreatestPrice));
  return value;
}

std::string clock(std::int16_t minute) {
  const auto two = [](int value) { return std::string(value < 10 ? "0" : "") + std::to_string(value); };
  return two(minute / 60) + ":" + two(minute % 60);
}

/// "HH:MM"; nothing when it is none.
std::optional<std::int16_t> minute_of(std::string_view text) {
  const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9' ? text[i] - '0' : 100; };
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const int hour = digit(0) * 10 + digit(1), minute = digit(3) * 10 + digit(4);
  if (hour > 23 || minute > 59) return std::nullopt;
  return static_cast<std::int16_t>(hour * 60 + minute);
}

void read_slots(Fields& fields, Prices& prices) {
  for (Fields& inner : fields.objects("slots", kMostSlots)) {
    const auto minute = minute_of(inner.text("from", 5, 5));
    if (!minute) inner.refuse("from", "must be a time as HH:MM");
    const auto tariff = inner.one_of("tariff", kTariffs);
    prices.slots.push_back({minute.value_or(0), static_cast<std::uint8_t>(enum_of<TariffIndex>(kTariffs, tariff))});
    fields.take(inner);
  }
  if (fields.problem() || prices.slots.empty()) return;
  if (prices.kind != PlanKind::tou) fields.refuse("slots", "only go with four prices");
  if (prices.slots.front().minute != 0) fields.refuse("slots", "must begin at 00:00");
  for (std::size_t i = 0; i < prices.slots.size(); ++i) {
    if (prices.slots[i].minute % kSlotMinutes != 0) fields.refuse("slots", "must begin at full or half hours");
    if (i > 0 && prices.slots[i].minute <= prices.slots[i - 1].minute) fields.refuse("slots", "must follow each other");
    if (i > 0 && prices.slots[i].tariff == prices.slots[i - 1].tariff) fields.refuse("slots", "must differ from their neighbours");
  }
}

void read_steps(Fields& fields, Prices& prices) {
  if (fields.has("step_period")) prices.step_period = enum_of<StepPeriod>(kStepPeriods, fields.one_of("step_period", kStepPeriods));
  if (fields.has("steps")) {
    for (Fields& inner : fields.objects("steps", kMostSteps)) {
      const base::Quantity above = inner.quantity("above");
      if (above.e4 == 0 || above > kGreatestStepBorder) inner.refuse("above", "must be above 0 and at most " + format(kGreatestStepBorder));
      prices.steps.push_back({above, price(inner, "add")});
      fields.take(inner);
    }
  }
  if (fields.problem()) return;
  for (std::size_t i = 1; i < prices.steps.size(); ++i) {
    if (prices.steps[i].above <= prices.steps[i - 1].above) fields.refuse("steps", "must rise");
  }
  if (prices.steps.empty() && prices.step_period != StepPeriod::none) fields.refuse("steps", "must not be empty when there is a period");
  if (!prices.steps.empty() && prices.step_period == StepPeriod::none) fields.refuse("step_period", "must be month or year when there are steps");
}

}  // namespace

Prices prices_of(Fields& fields) {
  Prices prices;
  prices.kind = enum_of<PlanKind>(kPlanKinds, fields.one_of("kind", kPlanKinds));
  if (prices.kind == PlanKind::total) {
    prices.total = price(fields, "total");
  } else {
    for (std::size_t i = 0; i < kTariffs.size(); ++i) prices.tariffs[i] = price(fields, kTariffs[i]);
  }
  if (fields.has("slots")) read_slots(fields, prices);
  read_steps(fields, prices);
  return prices;
}

void put_prices(json::object& object, const Prices& prices) {
  object["kind"] = to_string(prices.kind);
  if (prices.kind == PlanKind::total) {
    object["total"] = format(prices.total);
  } else {
    for (std::size_t i = 0; i < kTariffs.size(); ++i) object[kTariffs[i]] = format(prices.tariffs[i]);
  }
  if (!prices.slots.empty()) {
    json::array slots;
    for (const TimeSlot& slot : prices.slots) slots.push_back(json::object{{"from", clock(slot.minute)}, {"tariff", kTariffs[slot.tariff]}});
    object["slots"] = std::move(slots);
  }
  if (prices.steps.empty()) return;
  object["step_period"] = to_string(prices.step_period);
  json::array steps;
  for (const PriceStep& step : prices.steps) steps.push_back(json::object{{"above", format(step.above)}, {"add", format(step.add)}});
  object["steps"] = std::move(steps);
}

std::string prices_text(const Prices& prices) {
  std::string text;
  if (prices.kind == PlanKind::total) text = format(prices.total);
  for (std::size_t i = 0; i < kTariffs.size() && prices.kind == PlanKind::tou; ++i) text += (i == 0 ? "" : "/") + format(prices.tariffs[i]);
  for (const TimeSlot& slot : prices.slots) text += " " + clock(slot.minute) + " " + std::string(kTariffs[slot.tariff]);
  for (const PriceStep& step : prices.steps) text += " >" + format(step.above) + " +" + format(step.add);
  if (!prices.steps.empty()) text += " per " + std::string(to_string(prices.step_period));
  return text;
}

}  // namespace anju::platform
