// What was collected of each meter at each midnight, and what was not (采集日志, 3:21-60): a row for every meter and day, whether its register came
// or not. Days go backwards, within a day meters by their ids; a page walks only as far as it is filled.

#include <algorithm>

#include "platform/catalog/report_limits.hpp"
#include "platform/domain/errc.hpp"
#include "platform/store/meter_words.hpp"
#include "platform/store/report_rows.hpp"
#include "platform/store/room_of_meter.hpp"

namespace anju::platform {
namespace {

using catalog::kMostCollected;
using catalog::kMostReportDays;
using catalog::ReportAsk;
using catalog::ReportPage;
using catalog::ReportRow;

/// Calendar days, both included; first > last: none.
struct Span {
  int offset_minutes = 0;
  std::int64_t first = 0, last = 0;
};

/// Days that have ended by `to`: a register is frozen at the midnight that ends its day.
Span span_of(soci::session& session, const Scope& scope, const ReportAsk& ask) {
  Span span;
  span.offset_minutes = offset_of(session, scope);
  span.last = calendar_day(ask.to, span.offset_minutes) - 1;
  span.first = std::max(calendar_day(ask.from, span.offset_minutes), span.last - kMostReportDays);
  return span;
}

constexpr const char* kFrom =
    " FROM meter m JOIN gateway g ON g.id = m.gateway LEFT JOIN concentrator c ON c.gateway = g.code LEFT JOIN room_meter k ON k.meter = m.id AND"
    " k.until_ms IS NULL LEFT JOIN room o ON o.id = k.room LEFT JOIN housing_source q ON q.id = o.source LEFT JOIN area z ON z.id = CASE WHEN o.source IS NULL THEN o.zone ELSE q.zone END"
    " LEFT JOIN day_register f ON f.meter = m.id AND f.day = ";

/// Missed is the register of a meter that freezes one (DL/T645, which a profile names only where it is the older one), that was dispatched, was
/// there when the day ended and was not taken away since. Of others there is none to wait for.
constexpr const char* kExpected =
    "m.dispatched = 1 AND EXISTS (SELECT 1 FROM meter_supply s WHERE s.meter = m.id) AND (m.profile NOT LIKE '%\"dialect\"%' OR m.profile LIKE '%\"dialect\"_\"dlt645%') AND m.registered_ms < ";

void add_conditions(Question& select, const Scope& scope, const ReportAsk& ask, base::UtcMillis end_of_day) {
  select.within(scope, "m").text(std::string(" AND (f.meter IS NOT NULL OR ") + kExpected).value(end_of_day.value).text(")");
  if (ask.meter) select.text(" AND m.id = ").value(*ask.meter);
  if (!ask.search.empty())
    select.text(" AND ").holds({room_of("m"), "q.code", "z.name", "m.name", "m.device", "m.address", "c.name", "c.asset_number", "g.name", "g.code"}, ask.search);
  add_equal(select, ask, "utility", "m.kind");
  add_equal(select, ask, "state", "CASE WHEN f.meter IS NULL THEN 'missing' ELSE 'collected' END");
}

ReportRow read_row(Select& reader, std::int64_t day) {
  ReportRow row;
  const std::int64_t meter = reader.integer();
  row.key = std::to_string(meter) + "." + std::to_string(day);
  row.meter_title = reader.text();
  auto& values = row.values;
  values.push_back(text_or_nothing(reader.text()));  // the source's number
  values.push_back(text_or_nothing(reader.text()));  // room
  values.emplace_back(meter);
  for (int i = 0; i < 4; ++i) values.push_back(text_or_nothing(reader.text()));  // name, kind, terminal and its number
  const bool collected = reader.flag();
  for (int i = 0; i < 5; ++i) values.push_back(number_or_nothing(reader.maybe()));  // total and four registers
  values.emplace_back(day);
  values.push_back(number_or_nothing(reader.maybe()));
  values.emplace_back(std::string(collected ? "collected" : "missing"));
  return row;
}

}  // namespace

base::Result<> check_collection(soci::session& session, const Scope& scope, const ReportAsk& ask) {
  const Span span = span_of(session, scope, ask);
  const std::int64_t days = span.last - span.first + 1;
  if (days <= 0 || ask.meter) return {};
  Question meters(session);
  meters.text("SELECT count(*) FROM (SELECT 1 FROM meter m WHERE ").within(scope, "m").text(" LIMIT ").value(kMostCollected / days + 1).text(") x");
  if (meters.number() * days > kMostCollected) return base::fail(Errc::too_many, "from");
  return {};
}

ReportPage page_of_collection(soci::session& session, const Scope& scope, const ReportAsk& ask) {
  const Span span = span_of(session, scope, ask);
  ReportPage page;
  std::int64_t day = span.last, below = 0;  // meters below that id only; 0: all
  if (ask.before.size() == 2) {
    day = std::min(day, ask.before[0]);
    if (day == ask.before[0]) below = ask.before[1];
  }
  std::vector<std::int64_t> last;
  for (; day >= span.first && page.next.empty(); --day, below = 0) {
    Question select(session);
    select.text("SELECT m.id, m.device, q.code, " + room_of("m") +
                ", m.name, m.kind, coalesce(nullif(c.name, ''), g.name), coalesce(nullif(c.asset_number, ''), g.code), CASE WHEN f.meter IS NULL THEN 0 ELSE 1 END,"
                " f.total_e4, f.sharp_e4, f.peak_e4, f.flat_e4, f.valley_e4, f.received_ms" +
                kFrom);
    select.value(day + 1).text(" WHERE ");  // frozen at the midnight that ends it
    add_conditions(select, scope, ask, start_of(day + 1, span.offset_minutes));
    if (below != 0) select.text(" AND m.id < ").value(below);
    select.text(" ORDER BY m.id DESC LIMIT ").value(ask.limit - static_cast<std::int64_t>(page.rows.size()) + 1);
    select.rows([&](Select& reader) {
      if (static_cast<std::int64_t>(page.rows.size()) == ask.limit) {
        page.next = last;
        return;
      }
      page.rows.push_back(read_row(reader, day));
      last = {day, std::get<std::int64_t>(page.rows.back().values[2])};
    });
  }
  return page;
}

}  // namespace anju::platform
