#include <map>

#include "platform/store/meter_words.hpp"
#include "platform/store/queries_meter.hpp"
#include "platform/store/question.hpp"

namespace anju::platform {
namespace {

constexpr std::int64_t kHourMs = 3'600'000;

}  // namespace

std::optional<std::vector<ConsumptionPoint>> read_consumption(soci::session& session, const Scope& scope, std::int64_t meter,
                                                              Step step, base::UtcMillis from, base::UtcMillis to) {
  struct {
    std::int64_t day = 0;
    base::Quantity quantity;
    base::Money amount;
    int offset_minutes = 480;
  } running;
  std::int64_t newest = 0, account = 0;
  Question(session)
      .text(
          "SELECT r.day, r.day_quantity_e4, r.day_amount_micro_yuan, t.utc_offset_minutes, a.newest_transfer, a.id"
          " FROM meter m JOIN meter_register r ON r.meter = m.id JOIN site t ON t.id = m.site JOIN account a ON a.id = "
          "m.account "
          "WHERE m.id = ")
      .value(meter)
      .text(" AND ")
      .within(scope, "m")
      .rows([&](Select& reader) {
        running = {reader.integer(), reader.quantity(), reader.money(), static_cast<int>(reader.integer())};
        newest = reader.integer();
        account = reader.integer();
      });
  if (account == 0) return std::nullopt;

  std::vector<ConsumptionPoint> points;
  if (step == Step::day) {
    const auto first = calendar_day(from, running.offset_minutes);
    const auto last = calendar_day(base::UtcMillis(to.value - 1), running.offset_minutes);
    Question(session)
        .text("SELECT day, quantity_e4, amount_micro_yuan FROM meter_day WHERE meter = ")
        .value(meter)
        .text(" AND day >= ")
        .value(first)
        .text(" AND day <= ")
        .value(last)
        .text(" ORDER BY day")
        .rows([&](Select& reader) {
          const auto day = reader.integer();
          const auto quantity = reader.quantity();
          points.push_back({start_of(day, running.offset_minutes), quantity, reader.money()});
        });
    if (running.day >= first && running.day <= last)
      points.push_back({start_of(running.day, running.offset_minutes), running.quantity, running.amount});
    if (points.size() > static_cast<std::size_t>(kMostPoints)) points.erase(points.begin(), points.end() - kMostPoints);
    return points;
  }

  if (newest == 0) return points;
  const std::int64_t offset = running.offset_minutes * 60'000LL;
  std::map<std::int64_t, ConsumptionPoint> hours;
  Question select(session);
  // The walk ends at the first row before `from`: rows of one account are in the order of their readings.
  select.text("WITH RECURSIVE chain(id, n) AS (SELECT ").value(newest);
  select.text(
      ", 1 UNION ALL SELECT x.previous, chain.n + 1 FROM chain JOIN transfer x ON x.id = chain.id"
      " WHERE x.previous <> 0 AND (x.kind <> 0 OR x.at_ms >= ");
  select.value(from.value).text(") AND chain.n < ").value(kMostWalked);
  select.text(
      ") SELECT x.at_ms, x.quantity_e4, x.credit, x.amount_micro_yuan FROM chain JOIN transfer x ON x.id = chain.id"
      " WHERE x.kind = 0 AND x.at_ms >= ");
  select.value(from.value).text(" AND x.at_ms < ").value(to.value);
  select.rows([&](Select& reader) {
    const auto at = reader.integer();
    ConsumptionPoint& point = hours[(at + offset) / kHourMs];
    point.used = point.used + reader.quantity();
    const bool given_back = reader.integer() == account;  // a tariff gives back what flat was charged for
    const base::Money amount = reader.money();
    point.money = given_back ? point.money - amount : point.money + amount;
  });
  for (auto& [hour, point] : hours) {
    point.at = base::UtcMillis(hour * kHourMs - offset);
    points.push_back(point);
  }
  if (points.size() > static_cast<std::size_t>(kMostPoints)) points.erase(points.begin(), points.end() - kMostPoints);
  return points;
}

}  // namespace anju::platform
