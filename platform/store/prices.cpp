#include "platform/store/prices.hpp"

#include <charconv>
#include <cstdint>
#include <utility>

#include "platform/store/question.hpp"

namespace anju::platform {
namespace {

using Pairs = std::vector<std::pair<std::int64_t, std::int64_t>>;

std::string write(const Pairs& pairs) {
  std::string text;
  for (const auto& [first, second] : pairs) {
    if (!text.empty()) text += ',';
    text += std::to_string(first) + ':' + std::to_string(second);
  }
  return text;
}

Pairs read(const std::string& text) {
  Pairs pairs;
  const char* at = text.data();
  const char* const end = at + text.size();
  const auto number = [&](char after) {
    std::int64_t value = 0;
    const auto read = std::from_chars(at, end, value);
    const bool ok = read.ec == std::errc() && (read.ptr == end ? after == ',' : *read.ptr == after);
    if (!ok) throw soci::soci_error("unknown slots or steps in the database: " + text);
    at = read.ptr == end ? end : read.ptr + 1;
    return value;
  };
  while (at != end) {
    const std::int64_t first = number(':');
    pairs.emplace_back(first, number(','));
  }
  return pairs;
}

}  // namespace

std::string price_columns(const std::string& alias) {
  std::string text;
  for (const char* column : {"kind", "total_e5", "sharp_e5", "peak_e5", "flat_e5", "valley_e5", "slots", "step_period", "steps"}) {
    if (!text.empty()) text += ", ";
    text += alias + "." + column;
  }
  return text;
}

Prices prices_of(Select& reader) {
  Prices prices;
  prices.kind = reader.word<PlanKind>(2);
  prices.total = reader.price();
  for (base::Price& price : prices.tariffs) price = reader.price();
  for (const auto& [minute, tariff] : read(reader.text())) {
    prices.slots.push_back({static_cast<std::int16_t>(minute), static_cast<std::uint8_t>(tariff)});
  }
  prices.step_period = reader.word<StepPeriod>(3);
  for (const auto& [above, add] : read(reader.text())) prices.steps.push_back({base::Quantity(above), base::Price(add)});
  return prices;
}

std::string plan_name(soci::session& session, std::int64_t plan) {
  return Question(session).text("SELECT name FROM price_plan WHERE id = ").value(plan).first([](Select& row) { return row.text(); }).value_or("");
}

std::string slots_text(const std::vector<TimeSlot>& slots) {
  Pairs pairs;
  for (const TimeSlot& slot : slots) pairs.emplace_back(slot.minute, slot.tariff);
  return write(pairs);
}

std::string steps_text(const std::vector<PriceStep>& steps) {
  Pairs pairs;
  for (const PriceStep& step : steps) pairs.emplace_back(step.above.e4, step.add.e5);
  return write(pairs);
}

std::vector<PlanVersion> load_plan_versions(soci::session& session, const std::string& where) {
  std::vector<PlanVersion> versions;
  each_row(session, 17,
           "SELECT v.id, v.organisation, v.site, v.price_plan, v.since_ms, v.created_ms, v.newest_reading, v.by, " + price_columns("v") + " FROM price_plan_version v" +
               where + " ORDER BY v.id",
           [&](Select& row) {
             PlanVersion& version = versions.emplace_back();
             version.id = row.integer();
             version.organisation = row.integer();
             version.site = row.integer();
             version.plan = row.integer();
             version.since = row.time();
             version.created = row.time();
             version.newest_reading = row.integer();
             version.by = row.text();
             version.prices = prices_of(row);
           });
  return versions;
}

std::vector<MeterPlan> load_meter_plans(soci::session& session, const std::string& more) {
  std::vector<MeterPlan> changes;
  each_row(session, 10,
           "SELECT p.id, p.organisation, p.site, p.meter, p.price_plan, p.before, p.from_ms, p.created_ms, p.newest_reading, p.by FROM meter_plan p" +
               more + " ORDER BY p.id",
           [&](Select& row) {
             MeterPlan& change = changes.emplace_back();
             change.id = row.integer();
             change.owner = row.owner();
             change.meter = row.integer();
             change.plan = row.integer();
             change.before = row.integer();
             change.from = row.time();
             change.created = row.time();
             change.newest_reading = row.integer();
             change.by = row.text();
           });
  return changes;
}

}  // namespace anju::platform
