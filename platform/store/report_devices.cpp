// What devices did and how they stand: switching, coming and going, and every meter in one row.

#include "platform/store/meter_words.hpp"
#include "platform/store/prices.hpp"
#include "platform/store/report_rows.hpp"
#include "platform/store/room_of_meter.hpp"

namespace anju::platform {
namespace {

using catalog::kMostSummed;
using catalog::ReportAsk;
using catalog::ReportPage;
using catalog::ReportRow;
using catalog::ReportTotals;

constexpr const char* kMeterFrom =
    " FROM meter m JOIN meter_supply s ON s.meter = m.id JOIN meter_register r ON r.meter = m.id JOIN account a ON a.id = m.account"
    " JOIN gateway g ON g.id = m.gateway JOIN site t ON t.id = m.site JOIN price_plan p ON p.id = m.price_plan"
    " JOIN price_plan_version v ON v.id = p.version WHERE ";

void add_conditions_of_meters(Question& select, const Scope& scope, const ReportAsk& ask) {
  select.within(scope, "m");
  add_meter_conditions(select, ask);
  add_equal(select, ask, "utility", "m.kind");
  add_equal(select, ask, "mode", "m.mode");
  add_equal(select, ask, "relay", "s.relay");
}

}  // namespace

ReportPage page_of_switches(soci::session& session, const Scope& scope, const ReportAsk& ask) {
  ReportPage page;
  Question select(session);
  select.text(
      "SELECT c.id, c.created_ms, m.id, m.device, m.name, " + room_of("m") + ", m.kind, c.kind, c.state, CASE WHEN c.state = 'verified' THEN c.ended_ms END, c.cause,"
      " c.by, c.note FROM command c JOIN meter m ON m.id = c.meter WHERE c.kind IN ('trip', 'close') AND ");
  select.within(scope, "c").text(" AND c.created_ms >= ").value(ask.from.value).text(" AND c.created_ms < ").value(ask.to.value);
  add_meter_conditions(select, ask);
  add_equal(select, ask, "utility", "m.kind");
  for (const char* column : {"kind", "state", "cause"}) add_equal(select, ask, column, std::string("c.") + column);
  add_before(select, ask, "c.created_ms", "c.id");
  select.text(" ORDER BY c.created_ms DESC, c.id DESC LIMIT ").value(ask.limit + 1);
  std::vector<std::int64_t> last;
  select.rows([&](Select& reader) {
    if (static_cast<std::int64_t>(page.rows.size()) == ask.limit) {
      page.next = last;
      return;
    }
    const std::int64_t id = reader.integer(), at = reader.integer();
    ReportRow row;
    row.key = std::to_string(id);
    row.values.emplace_back(at);
    row.values.emplace_back(std::int64_t{reader.integer()});
    row.meter_title = reader.text();
    for (int i = 0; i < 5; ++i) row.values.push_back(text_or_nothing(reader.text()));  // name, room, utility, kind, state
    row.values.push_back(number_or_nothing(reader.maybe()));
    for (int i = 0; i < 3; ++i) row.values.push_back(text_or_nothing(reader.text()));  // cause, by, note
    page.rows.push_back(std::move(row));
    last = {at, id};
  });
  return page;
}

ReportPage page_of_connections(soci::session& session, const Scope& scope, const ReportAsk& ask) {
  ReportPage page;
  Question select(session);
  select.text(
      "SELECT c.id, c.at_ms, c.meter, coalesce(m.name, g.name), coalesce(m.device, g.code), m.address, c.online, g.name, " + room_of("m") +
      " FROM connection_change c JOIN gateway g ON g.id = c.gateway LEFT JOIN meter m ON m.id = c.meter AND c.meter <> 0"
      " WHERE (c.meter = 0 OR m.id IS NOT NULL) AND ");
  select.within(scope, "c").text(" AND c.at_ms >= ").value(ask.from.value).text(" AND c.at_ms < ").value(ask.to.value);
  if (ask.meter) select.text(" AND c.meter = ").value(*ask.meter);
  if (!ask.search.empty()) {
    select.text(" AND (").holds({room_of("m"), "m.name", "m.device", "m.address"}, ask.search);
    select.text(" OR c.meter = 0 AND ").holds({"g.name", "g.code"}, ask.search).text(")");
  }
  if (const auto* kind = asked_of(ask, "kind")) select.text(*kind == "gateway" ? " AND c.meter = 0" : " AND c.meter <> 0");
  if (const auto* state = asked_of(ask, "state")) select.text(" AND c.online = ").value(*state == "online" ? 1 : 0);
  add_before(select, ask, "c.at_ms", "c.id");
  select.text(" ORDER BY c.at_ms DESC, c.id DESC LIMIT ").value(ask.limit + 1);
  std::vector<std::int64_t> last;
  select.rows([&](Select& reader) {
    if (static_cast<std::int64_t>(page.rows.size()) == ask.limit) {
      page.next = last;
      return;
    }
    const std::int64_t id = reader.integer(), at = reader.integer(), meter = reader.integer();
    ReportRow row;
    row.key = std::to_string(id);
    std::string name = reader.text(), number = reader.text(), serial = reader.text();
    const bool online = reader.flag();
    std::string gateway = reader.text(), room = reader.text();
    row.values = {at,
                  std::string(meter == 0 ? "gateway" : "meter"),
                  text_or_nothing(std::move(name)),
                  text_or_nothing(std::move(number)),
                  text_or_nothing(std::move(serial)),
                  std::string(online ? "online" : "offline"),
                  text_or_nothing(std::move(gateway)),
                  text_or_nothing(std::move(room))};
    page.rows.push_back(std::move(row));
    last = {at, id};
  });
  return page;
}

ReportPage page_of_meters(soci::session& session, const Scope& scope, const ReportAsk& ask) {
  ReportPage page;
  Question select(session);
  // `to` is now: a running day that ended before it holds nothing of today.
  select.text(
      "SELECT m.id, m.device, m.name, " + room_of("m") + ", m.kind, m.address, g.name, m.mode, s.relay, CASE WHEN s.reachable * g.online = 1 THEN 'online' ELSE 'offline' END,"
      " r.total_e4, r.sharp_e4, r.peak_e4, r.flat_e4, r.valley_e4, CASE WHEN r.day = (");
  select.value(ask.to.value).text(" + t.utc_offset_minutes * 60000) / 86400000 THEN r.day_quantity_e4 ELSE 0 END, p.name, m.alarm_1_micro_yuan,"
                                  " m.alarm_2_micro_yuan, m.overdraft_micro_yuan, CASE WHEN r.newest_reading <> 0 THEN r.last_ms END,"
                                  " a.balance_micro_yuan, ");
  select.text(price_columns("v") + kMeterFrom);
  add_conditions_of_meters(select, scope, ask);
  if (ask.before.size() == 1) select.text(" AND m.id < ").value(ask.before[0]);
  select.text(" ORDER BY m.id DESC LIMIT ").value(ask.limit + 1);
  std::int64_t last = 0;
  select.rows([&](Select& reader) {
    if (static_cast<std::int64_t>(page.rows.size()) == ask.limit) {
      page.next = {last};
      return;
    }
    ReportRow row;
    last = reader.integer();
    row.key = std::to_string(last);
    row.values.emplace_back(last);
    row.meter_title = reader.text();
    for (int i = 0; i < 8; ++i) row.values.push_back(text_or_nothing(reader.text()));  // name … online
    std::vector<catalog::Value> registers;
    for (int i = 0; i < 5; ++i) registers.push_back(number_or_nothing(reader.maybe()));
    const std::int64_t today = reader.integer();
    std::string plan = reader.text();
    const std::int64_t alarm_1 = reader.integer(), alarm_2 = reader.integer(), overdraft = reader.integer();
    const catalog::Value read = number_or_nothing(reader.maybe());
    const base::Money balance = reader.money();
    const Prices prices = prices_of(reader);
    row.values.emplace_back(balance.micro_yuan);
    row.values.emplace_back(worth(balance, prices).e4);
    row.values.insert(row.values.end(), registers.begin(), registers.end());
    row.values.emplace_back(today);
    row.values.push_back(text_or_nothing(std::move(plan)));
    row.values.emplace_back(reference_price(prices).e5);
    for (const std::int64_t one : {alarm_1, alarm_2, overdraft}) row.values.emplace_back(one);
    row.values.push_back(read);
    page.rows.push_back(std::move(row));
  });
  return page;
}

std::optional<ReportTotals> totals_of_meters(soci::session& session, const Scope& scope, const ReportAsk& ask) {
  ReportTotals totals{0, {0, 0}};
  Question select(session);
  select.text("SELECT count(*), coalesce(sum(x.balance), 0), coalesce(sum(x.today), 0) FROM (SELECT a.balance_micro_yuan AS balance,"
              " CASE WHEN r.day = (");
  select.value(ask.to.value).text(" + t.utc_offset_minutes * 60000) / 86400000 THEN " + summed_quantity(ask, "r.day_quantity_e4") + " ELSE 0 END AS today");
  select.text(kMeterFrom);
  add_conditions_of_meters(select, scope, ask);
  select.text(" LIMIT ").value(kMostSummed + 1).text(") x");
  select.rows([&](Select& reader) {
    totals.rows = reader.integer();
    totals.sums[0] = reader.integer();
    totals.sums[1] = reader.integer();
  });
  if (totals.rows > kMostSummed) return std::nullopt;
  return totals;
}

}  // namespace anju::platform
