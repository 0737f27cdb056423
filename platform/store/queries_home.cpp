#include "platform/store/meter_words.hpp"
#include "platform/store/queries_meter.hpp"
#include "platform/store/question.hpp"
#include "platform/store/report_rows.hpp"

namespace anju::platform {

Home read_home(soci::session& session, const Scope& scope, base::UtcMillis now) {
  Home home;
  home.as_of = now;
  Question(session)
      .text("SELECT count(*), coalesce(sum(s.reachable * g.online), 0), coalesce(sum(CASE WHEN s.relay = 'open' THEN 1 ELSE 0 END), 0),"
            " coalesce(sum(CASE WHEN s.account_state = 'arrears' THEN 1 ELSE 0 END), 0) FROM meter m JOIN meter_supply s ON s.meter = m.id"
            " JOIN gateway g ON g.id = m.gateway WHERE ")
      .within(scope, "m")
      .rows([&](Select& reader) {
        home.meters = reader.integer();
        home.meters_reachable = reader.integer();
        home.meters_cut_off = reader.integer();
        home.meters_in_arrears = reader.integer();
      });
  Question(session)
      .text("SELECT count(*), coalesce(sum(g.online), 0) FROM gateway g WHERE ")
      .within(scope, "g")
      .rows([&](Select& reader) {
        home.gateways = reader.integer();
        home.gateways_online = reader.integer();
      });
  home.commands_pending =
      Question(session)
          .text("SELECT count(*) FROM command c WHERE c.state IN ('queued', 'sent', 'acked') AND ")
          .within(scope, "c")
          .number();
  Question(session)
      .text("SELECT a.code, count(*) FROM alarm a WHERE a.active = 1 AND ")
      .within(scope, "a")
      .text(" GROUP BY a.code ORDER BY a.code")
      .rows([&](Select& reader) {
        AlarmCount alarm;
        alarm.code = reader.text();
        alarm.count = reader.integer();
        home.alarms.push_back(std::move(alarm));
      });

  // One calendar for the page: the asked site's, else the first one's. Sites of one organisation in several zones would each have their own
  // days.
  const int offset = offset_of(session, scope);
  const auto today = calendar_day(now, offset);
  for (std::int64_t day = today - 6; day <= today; ++day)
    home.last_7_days.push_back({base::format_day(start_of(day, offset), offset), {}, {}, {}});
  Question(session)
      .text(
          "SELECT day, sum(readings), sum(quantity_e4), sum(deducted_micro_yuan), sum(recharged_micro_yuan) FROM "
          "site_day"
          " WHERE site IN (SELECT t.id FROM community t WHERE ")
      .within(scope, "t", "id")
      .text(") AND day > ")
      .value(today - 7)
      .text(" AND day <= ")
      .value(today)
      .text(" GROUP BY day")
      .rows([&](Select& reader) {
        const auto day = reader.integer();
        const auto readings = reader.integer();
        if (day == today) home.readings_today = readings;
        HomeDay& row = home.last_7_days[static_cast<std::size_t>(day - (today - 6))];
        row.used = reader.quantity();
        row.deducted = reader.money();
        row.recharged = reader.money();
      });
  return home;
}

}  // namespace anju::platform
