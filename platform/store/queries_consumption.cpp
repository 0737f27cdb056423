#include <map>

#include "platform/store/journal.hpp"
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
  // The walk ends at the first deduction before `from`: those of one account are in the order of their readings.
  Journal journal(session);
  std::int64_t next = newest;
  for (std::int64_t walked = 0; next != 0 && walked < kMostWalked; ++walked) {
    const auto transfer = journal.transfer(next);
    if (!transfer) break;
    next = transfer->previous < next ? transfer->previous : 0;
    if (transfer->kind != TransferKind::deduction) continue;
    if (transfer->at < from) break;
    if (transfer->at >= to) continue;
    ConsumptionPoint& point = hours[(transfer->at.value + offset) / kHourMs];
    point.used = point.used + transfer->quantity;
    const bool given_back = transfer->credit == account;  // a tariff gives back what flat was charged for
    point.money = given_back ? point.money - transfer->amount : point.money + transfer->amount;
  }
  for (auto& [hour, point] : hours) {
    point.at = base::UtcMillis(hour * kHourMs - offset);
    points.push_back(point);
  }
  if (points.size() > static_cast<std::size_t>(kMostPoints)) points.erase(points.begin(), points.end() - kMostPoints);
  return points;
}

}  // namespace anju::platform
