#include <map>
#include <set>

#include "platform/domain/day_hours.hpp"
#include "platform/store/journal.hpp"
#include "platform/store/meter_words.hpp"
#include "platform/store/queries_meter.hpp"
#include "platform/store/question.hpp"

namespace anju::platform {
namespace {

constexpr std::int64_t kHourMs = 3'600'000;

struct Running {
  std::int64_t day = 0;
  base::Quantity quantity;
  base::Money amount;
  int offset_minutes = 480;
  std::int64_t newest = 0, account = 0;
  RunningHours hours;
};

std::optional<Running> read_running(soci::session& session, const Scope& scope, std::int64_t meter) {
  return Question(session)
      .text(
          "SELECT r.day, r.day_quantity_e4, r.day_amount_micro_yuan, t.utc_offset_minutes, a.newest_transfer, a.id, h.day, h.hour, h.finished"
          " FROM meter m JOIN meter_register r ON r.meter = m.id JOIN site t ON t.id = m.site JOIN account a ON a.id = m.account"
          " LEFT JOIN meter_hour h ON h.meter = m.id WHERE m.id = ")
      .value(meter)
      .text(" AND ")
      .within(scope, "m")
      .first([](Select& row) {
        Running found;
        found.day = row.integer();
        found.quantity = row.quantity();
        found.amount = row.money();
        found.offset_minutes = static_cast<int>(row.integer());
        found.newest = row.integer();
        found.account = row.integer();
        found.hours.known = row.maybe().value_or(found.day - 1) == found.day;
        found.hours.hour = static_cast<std::int8_t>(row.integer());
        found.hours.finished = row.bytes();
        return found;
      });
}

/// Hours as points, by their number since 1970-01-01 of the site's clock.
class Hours {
 public:
  /// first <= hour < end
  Hours(std::int64_t first, std::int64_t end) : first_(first), end_(end) {}
  [[nodiscard]] std::int64_t first() const { return first_; }

  void add(std::int64_t hour, base::Quantity used, base::Money money) {
    if (hour < first_ || hour >= end_) return;
    ConsumptionPoint& point = points_[hour];
    point.used = point.used + used;
    point.money = point.money + money;
  }
  void add_day(std::int64_t day, const base::Result<std::vector<HourUse>>& hours) {
    if (!hours) throw soci::soci_error(hours.error().where);
    for (const HourUse& use : *hours) add(day * kHoursOfDay + use.hour, use.quantity, use.amount);
  }
  [[nodiscard]] std::vector<ConsumptionPoint> points(std::int64_t offset_ms) {
    std::vector<ConsumptionPoint> found;
    for (auto& [hour, point] : points_) {
      point.at = base::UtcMillis(hour * kHourMs - offset_ms);
      found.push_back(point);
    }
    return found;
  }

 private:
  std::int64_t first_, end_;
  std::map<std::int64_t, ConsumptionPoint> points_;
};

/// From the transfers of one meter, for days without hours of their own; days: at least one.
void walk_hours(soci::session& session, const Running& running, const std::set<std::int64_t>& days, Hours& hours) {
  Journal journal(session);
  std::int64_t next = running.newest;
  for (std::int64_t walked = 0; next != 0 && walked < kMostWalked; ++walked) {
    const auto transfer = journal.transfer(next);
    if (!transfer) break;
    next = transfer->previous < next ? transfer->previous : 0;
    if (transfer->kind != TransferKind::deduction) continue;
    const std::int64_t hour = (transfer->at.value + running.offset_minutes * 60'000LL) / kHourMs;
    // Deductions of one account are in the order of their readings.
    if (hour < hours.first() || hour / kHoursOfDay < *days.begin()) break;
    if (!days.contains(hour / kHoursOfDay)) continue;
    const bool given_back = transfer->credit == running.account;  // a tariff gives back what flat was charged for
    hours.add(hour, transfer->quantity, given_back ? -transfer->amount : transfer->amount);
  }
}

std::vector<ConsumptionPoint> read_hours(soci::session& session, std::int64_t meter, const Running& running, base::UtcMillis from, base::UtcMillis to) {
  const std::int64_t offset = running.offset_minutes * 60'000LL;
  Hours hours((from.value + offset) / kHourMs, (to.value - 1 + offset) / kHourMs + 1);
  const std::int64_t first = calendar_day(from, running.offset_minutes), last = calendar_day(base::UtcMillis(to.value - 1), running.offset_minutes);
  std::set<std::int64_t> without;  // days that began when hours were not kept yet
  const bool runs = running.day >= first && running.day <= last && (running.quantity.e4 != 0 || running.amount.micro_yuan != 0);
  if (runs && running.hours.known) hours.add_day(running.day, hours_so_far(running.hours, running.quantity, running.amount));
  if (runs && !running.hours.known) without.insert(running.day);
  Question(session)
      .text("SELECT day, hours IS NULL, hours FROM meter_day WHERE meter = ")
      .value(meter)
      .text(" AND day >= ")
      .value(first)
      .text(" AND day <= ")
      .value(last)
      .text(" ORDER BY day")
      .rows([&](Select& row) {
        const std::int64_t day = row.integer();
        if (row.flag()) {
          without.insert(day);
        } else {
          hours.add_day(day, decode_hours(row.bytes()));
        }
      });
  if (!without.empty()) walk_hours(session, running, without, hours);
  return hours.points(offset);
}

std::vector<ConsumptionPoint> read_days(soci::session& session, std::int64_t meter, const Running& running, base::UtcMillis from, base::UtcMillis to) {
  std::vector<ConsumptionPoint> points;
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
  if (running.day >= first && running.day <= last) points.push_back({start_of(running.day, running.offset_minutes), running.quantity, running.amount});
  return points;
}

}  // namespace

std::optional<std::vector<ConsumptionPoint>> read_consumption(soci::session& session, const Scope& scope, std::int64_t meter,
                                                              Step step, base::UtcMillis from, base::UtcMillis to) {
  const auto running = read_running(session, scope, meter);
  if (!running) return std::nullopt;
  auto points = step == Step::day ? read_days(session, meter, *running, from, to) : read_hours(session, meter, *running, from, to);
  if (points.size() > static_cast<std::size_t>(kMostPoints)) points.erase(points.begin(), points.end() - kMostPoints);
  return points;
}

}  // namespace anju::platform
