// What a bound user is shown of his own meters: nothing from before his household, and nothing of other people.

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "platform/store/bound_rows.hpp"
#include "platform/store/message_rows.hpp"
#include "platform/store/meter_words.hpp"
#include "platform/store/prices.hpp"
#include "platform/store/question.hpp"
#include "platform/store/room_of_meter.hpp"

namespace anju::platform {
namespace {

const std::string kOwnColumns =
    "SELECT b.id, t.name, m.kind, m.name, " + room_of("m") + ", m.address, m.mode, a.balance_micro_yuan, s.account_state, s.wanted, s.wanted_reason,"
    " s.relay, s.reachable * g.online, m.valve, b.since_ms";
constexpr const char* kOwnFrom =
    " FROM bound_meter b JOIN meter m ON m.id = b.meter AND m.site = b.site AND m.organisation = b.organisation JOIN account a ON a.id = m.account"
    " JOIN meter_supply s ON s.meter = m.id JOIN meter_register r ON r.meter = m.id JOIN gateway g ON g.id = m.gateway JOIN site t ON t.id = m.site"
    " JOIN organisation o ON o.id = m.organisation JOIN price_plan p ON p.id = m.price_plan JOIN price_plan_version v ON v.id = p.version"
    " WHERE b.until_ms IS NULL AND b.bound_user = ";

OwnMeterRow read_own(Select& row) {
  OwnMeterRow own;
  own.binding = row.integer();
  own.site = row.text();
  own.kind = row.text();
  own.name = row.text();
  own.room = row.text();
  own.address = row.text();
  own.mode = row.text();
  own.balance = row.money();
  own.account_state = row.text();
  own.wanted = row.text();
  own.wanted_reason = row.text();
  own.reported = row.text();
  own.reachable = row.flag();
  own.valve = row.flag();
  own.since = row.time();
  return own;
}

struct OwnBinding {
  std::int64_t meter = 0, opening = 0;
  base::UtcMillis from;
  int offset_minutes = 480;
};

std::optional<OwnBinding> find_own(soci::session& session, std::int64_t user, std::int64_t binding) {
  return Question(session)
      .text("SELECT m.id, b.opening, b.from_ms, t.utc_offset_minutes FROM bound_meter b JOIN meter m ON m.id = b.meter AND m.site = b.site"
            " AND m.organisation = b.organisation JOIN site t ON t.id = m.site WHERE b.until_ms IS NULL AND b.bound_user = ")
      .value(user)
      .text(" AND b.id = ")
      .value(binding)
      .first([](Select& row) {
        OwnBinding own;
        own.meter = row.integer();
        own.opening = row.integer();
        own.from = row.time();
        own.offset_minutes = static_cast<int>(row.integer());
        return own;
      });
}

/// What was used on the day on which a household begins is partly the one's before.
std::int64_t first_whole_day(base::UtcMillis from, int offset_minutes) {
  const std::int64_t day = calendar_day(from, offset_minutes);
  return start_of(day, offset_minutes) == from ? day : day + 1;
}

/// Days since 1970 of the first of a month YYYYMM.
std::int64_t day_of_month(std::int64_t month) {
  const auto at = base::to_utc({static_cast<int>(month / 100), static_cast<int>(month % 100), 1, 0, 0, 0}, 0);
  return at ? calendar_day(*at, 0) : 0;
}

std::int64_t months_before(std::int64_t month, std::int64_t count) {
  const std::int64_t all = (month / 100) * 12 + month % 100 - 1 - count;
  return (all / 12) * 100 + all % 12 + 1;
}

}  // namespace

std::vector<OwnMeterRow> read_own_meters(soci::session& session, std::int64_t user) {
  std::vector<OwnMeterRow> rows;
  Question(session).text(std::string(kOwnColumns) + kOwnFrom).value(user).text(" ORDER BY b.id LIMIT ").value(kMostOwnMeters).rows([&](Select& row) {
    rows.push_back(read_own(row));
  });
  return rows;
}

std::optional<OwnMeter> read_own_meter(soci::session& session, std::int64_t user, std::int64_t binding) {
  return Question(session)
      .text(std::string(kOwnColumns) +
            ", b.from_ms, m.alarm_1_micro_yuan, m.alarm_2_micro_yuan, m.overdraft_micro_yuan, m.auto_trip, s.reported_ms, r.newest_reading, r.last_ms, r.total_e4,"
            " t.utc_offset_minutes, o.name, t.address, t.phone, " +
            price_columns("v") + kOwnFrom)
      .value(user)
      .text(" AND b.id = ")
      .value(binding)
      .first([](Select& row) {
        OwnMeter own;
        own.row = read_own(row);
        own.from = row.time();
        own.alarm_1 = row.money();
        own.alarm_2 = row.money();
        own.overdraft = row.money();
        own.auto_trip = row.flag();
        const base::UtcMillis reported = row.time();
        if (reported.value > 0) own.reported_at = reported;
        const bool read = row.integer() != 0;
        const base::UtcMillis at = row.time();
        if (read) own.read_at = at;
        own.total = row.quantity();
        own.utc_offset_minutes = static_cast<int>(row.integer());
        own.organisation = row.text();
        own.site_address = row.text();
        own.site_phone = row.text();
        own.prices = prices_of(row);
        return own;
      });
}

std::optional<OwnUses> read_own_use(soci::session& session, std::int64_t user, std::int64_t binding, base::UtcMillis now) {
  const auto own = find_own(session, user, binding);
  if (!own) return std::nullopt;
  const int offset = own->offset_minutes;
  const std::int64_t first = first_whole_day(own->from, offset), today = calendar_day(now, offset);
  const std::int64_t first_shown = std::max(first, today - kDaysShown + 1);
  OwnUses uses;
  uses.from = start_of(first, offset);

  const auto read_sum = [](Select& row) {
    const base::Quantity used = row.quantity();
    return std::pair(used, row.money());
  };
  std::int64_t running_day = -1;
  std::pair<base::Quantity, base::Money> running;
  Question(session).text("SELECT r.day, r.day_quantity_e4, r.day_amount_micro_yuan FROM meter_register r WHERE r.meter = ").value(own->meter).rows([&](Select& row) {
    running_day = row.integer();
    running = read_sum(row);
  });
  Question(session)
      .text("SELECT day, quantity_e4, amount_micro_yuan FROM meter_day WHERE meter = ")
      .value(own->meter)
      .text(" AND day >= ")
      .value(first_shown)
      .text(" AND day <= ")
      .value(today)
      .text(" ORDER BY day")
      .rows([&](Select& row) {
        const std::int64_t day = row.integer();
        const auto [used, money] = read_sum(row);
        uses.days.push_back({start_of(day, offset), used, money});
      });
  if (running_day >= first_shown && running_day <= today) uses.days.push_back({start_of(running_day, offset), running.first, running.second});

  // The month in which the household begins is the sum of its own days; what follows is kept as sums.
  const std::int64_t this_month = month_of(today), first_month = std::max(month_of(first), months_before(this_month, kMonthsShown - 1));
  std::map<std::int64_t, std::pair<base::Quantity, base::Money>> months;
  Question(session)
      .text("SELECT span, quantity_e4, amount_micro_yuan FROM meter_sum WHERE meter = ")
      .value(own->meter)
      .text(" AND span >= ")
      .value(first_month)
      .text(" AND span <= ")
      .value(this_month)
      .rows([&](Select& row) {
        const std::int64_t month = row.integer();
        months[month] = read_sum(row);
      });
  if (first_month == month_of(first)) {
    months.erase(first_month);
    Question(session)
        .text("SELECT coalesce(sum(quantity_e4), 0), coalesce(sum(amount_micro_yuan), 0) FROM meter_day WHERE meter = ")
        .value(own->meter)
        .text(" AND day >= ")
        .value(first)
        .text(" AND day < ")
        .value(day_of_month(months_before(first_month, -1)))
        .text(" HAVING count(*) > 0")
        .rows([&](Select& row) { months[first_month] = read_sum(row); });
  }
  if (running_day >= first && month_of(running_day) >= first_month) {
    auto& [used, money] = months[month_of(running_day)];
    used = used + running.first;
    money = money + running.second;
  }
  for (const auto& [month, sum] : months) uses.months.push_back({start_of(day_of_month(month), offset), sum.first, sum.second});
  return uses;
}

std::optional<std::vector<OwnRecord>> read_own_records(soci::session& session, std::int64_t user, std::int64_t binding) {
  const auto own = find_own(session, user, binding);
  if (!own) return std::nullopt;
  std::vector<OwnRecord> records;
  // Of what was booked in the moment in which the account was opened, the opening knows which was before it.
  Question select(session);
  select.text("SELECT at_ms, kind, method, amount FROM (SELECT r.at_ms AS at_ms, 'recharge' AS kind, r.method AS method, r.amount_micro_yuan AS amount FROM recharge r WHERE r.meter = ");
  select.value(own->meter).text(" AND r.at_ms >= ").value(own->from.value).text(" AND r.id > coalesce((SELECT x.recharge FROM opening x WHERE x.id = ").value(own->opening).text("), 0)");
  select.text(" UNION ALL SELECT d.at_ms, 'adjustment', '', d.amount_micro_yuan FROM adjustment d WHERE d.meter = ").value(own->meter).text(" AND d.at_ms >= ").value(own->from.value);
  select.text(" AND d.id > coalesce((SELECT x.adjustment FROM opening x WHERE x.id = ").value(own->opening).text("), 0)");
  select.text(" UNION ALL SELECT z.at_ms, 'settlement', z.method, -z.balance_micro_yuan FROM settlement z WHERE z.transfer <> 0 AND z.meter = ").value(own->meter);
  select.text(" AND z.at_ms >= ").value(own->from.value).text(" AND z.opening = ").value(own->opening);
  select.text(" UNION ALL SELECT f.at_ms, 'fee', f.method, f.amount_micro_yuan FROM fee_payment f WHERE f.meter = ").value(own->meter).text(" AND f.at_ms >= ").value(own->from.value);
  select.text(") AS booked ORDER BY at_ms DESC LIMIT ").value(kMostOwnRows).rows([&](Select& row) {
    OwnRecord& record = records.emplace_back();
    record.at = row.time();
    record.kind = row.text();
    record.method = row.text();
    record.amount = row.money();
  });
  return records;
}

std::optional<std::vector<OwnMessage>> read_own_messages(soci::session& session, std::int64_t user, std::int64_t binding) {
  const auto own = find_own(session, user, binding);
  if (!own) return std::nullopt;
  std::vector<OwnMessage> messages;
  Question select(session);
  select.text("SELECT x.at_ms, x.kind, " + value_columns() + " FROM message x WHERE x.meter <> 0 AND x.meter = ").value(own->meter).text(" AND x.at_ms >= ").value(own->from.value);
  const char* before = " AND x.kind IN (";
  for (std::size_t i = 0; i < kMessageKinds.size(); ++i) {
    if (!is_for_household(static_cast<MessageKind>(i))) continue;
    select.text(before).value(std::string(kMessageKinds[i]));
    before = ", ";
  }
  select.text(") ORDER BY x.id DESC LIMIT ").value(kMostOwnRows).rows([&](Select& row) {
    OwnMessage& message = messages.emplace_back();
    message.at = row.time();
    message.kind = message_kind(row.text()).value_or(MessageKind::test);
    message.values = read_values(row);
  });
  return messages;
}

}  // namespace anju::platform
