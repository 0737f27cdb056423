#include "platform/store/check_hours.hpp"

#include <map>
#include <optional>

#include "platform/domain/day_hours.hpp"
#include "platform/store/reader.hpp"
#include "platform/store/replay.hpp"

namespace anju::platform {
namespace {

struct Deducted {
  std::int64_t meter = 0, day = 0;
  HourUse use;
};

/// The deductions of all meters, one meter's day at a time, without those that went and were kept.
class Transfers {
 public:
  explicit Transfers(soci::session& session)
      : rows_(session, 5,
              "SELECT t.meter, t.at_ms, s.utc_offset_minutes, t.quantity_e4, CASE WHEN t.credit = m.account THEN -t.amount_micro_yuan ELSE t.amount_micro_yuan END"
              " FROM transfer t JOIN meter m ON m.id = t.meter JOIN site s ON s.id = t.site LEFT JOIN meter_cut c ON c.meter = t.meter"
              " WHERE t.kind = 0 AND t.id > coalesce(c.newest_transfer, 0) ORDER BY t.meter, t.id") {
    fetch();
  }

  /// By hour; those of earlier days are passed over.
  std::vector<HourUse> of(std::int64_t meter, std::int64_t day) {
    std::map<std::int8_t, HourUse> hours;
    for (; ahead_ && (ahead_->meter < meter || (ahead_->meter == meter && ahead_->day <= day)); fetch()) {
      if (ahead_->meter != meter || ahead_->day != day) continue;
      HourUse& use = hours[ahead_->use.hour];
      use.hour = ahead_->use.hour;
      use.quantity = use.quantity + ahead_->use.quantity;
      use.amount = use.amount + ahead_->use.amount;
    }
    std::vector<HourUse> found;
    for (const auto& [hour, use] : hours) {
      if (use.quantity.e4 != 0 || use.amount.micro_yuan != 0) found.push_back(use);
    }
    return found;
  }

 private:
  void fetch() {
    ahead_.reset();
    if (!rows_.next()) return;
    Deducted& next = ahead_.emplace();
    next.meter = rows_.integer();
    const base::UtcMillis at = rows_.time();
    const auto offset = static_cast<std::int32_t>(rows_.integer());
    next.day = (at.value + offset * 60'000LL) / 86'400'000;
    next.use.hour = hour_of(at, offset);
    next.use.quantity = rows_.quantity();
    next.use.amount = rows_.money();
  }
  Select rows_;
  std::optional<Deducted> ahead_;
};

struct Day {
  std::int64_t meter = 0, day = 0;
  base::Quantity quantity;
  base::Money amount;
  bool running = false, known = false;
  std::int64_t hour = 0;
  std::string hours;
  bool cut = false;  ///< deductions of it went, or may have gone
};

Day read_day(Select& row) {
  Day day;
  day.meter = row.integer();
  day.day = row.integer();
  day.quantity = row.quantity();
  day.amount = row.money();
  day.running = row.flag();
  day.known = row.flag();
  day.hour = row.integer();
  day.hours = row.bytes();
  day.cut = row.flag();
  return day;
}

/// What is wrong, in words; empty: nothing. earlier_known: a day of the meter before it has hours.
std::string contradiction(const Day& day, bool earlier_known, const std::vector<HourUse>& deducted) {
  const bool unused = day.quantity.e4 == 0 && day.amount.micro_yuan == 0;
  if (!day.known) return earlier_known && !unused ? "has no hours" : "";
  const auto hours = day.running ? hours_so_far({day.hours, static_cast<std::int8_t>(day.hour), true}, day.quantity, day.amount) : decode_hours(day.hours);
  if (!hours) return hours.error().where;
  base::Quantity quantity;
  base::Money amount;
  for (const HourUse& use : *hours) {
    quantity = quantity + use.quantity;
    amount = amount + use.amount;
  }
  if (quantity != day.quantity || amount != day.amount) return "its hours do not add up to it";
  if (!day.cut && *hours != deducted) return "its hours are not what was deducted in them";
  return {};
}

}  // namespace

Check check_hours(soci::session& session) {
  Check check{"sums_of_hours", "the hours of a meter's day are the sums of the transfers in them, and add up to the day", 0, {}};
  Transfers transfers(session);
  Select rows(session, 9,
              "SELECT days.*, CASE WHEN days.day <= (c.last_ms + s.utc_offset_minutes * 60000) / 86400000 THEN 1 ELSE 0 END FROM (SELECT meter, day, quantity_e4, amount_micro_yuan, 0 AS running, CASE WHEN hours IS NULL THEN 0 ELSE 1 END AS known, 0 AS hour, hours"
              " FROM meter_day UNION ALL SELECT r.meter, r.day, r.day_quantity_e4, r.day_amount_micro_yuan, 1, CASE WHEN h.day = r.day THEN 1 ELSE 0 END, h.hour,"
              " h.finished FROM meter_register r LEFT JOIN meter_hour h ON h.meter = r.meter) AS days JOIN meter m ON m.id = days.meter JOIN site s ON s.id = m.site"
              " LEFT JOIN meter_cut c ON c.meter = days.meter ORDER BY days.meter, days.day, days.running");
  std::int64_t known_of = 0;  // the newest meter of which a day had hours
  while (rows.next()) {
    const Day day = read_day(rows);
    const auto deducted = transfers.of(day.meter, day.day);
    const std::string wrong = contradiction(day, known_of == day.meter, deducted);
    if (day.known) known_of = day.meter;
    if (wrong.empty()) continue;
    ++check.wrong;
    if (check.first.size() < kMostFindings) check.first.push_back("meter " + std::to_string(day.meter) + ", day " + std::to_string(day.day) + ": " + wrong);
  }
  return check;
}

}  // namespace anju::platform
