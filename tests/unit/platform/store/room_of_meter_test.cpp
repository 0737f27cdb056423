// The room of a meter is the one that the office linked it to, wherever it is shown or searched; without one what the installer typed.

#include "platform/store/room_of_meter.hpp"

#include <doctest/doctest.h>

#include <map>

#include "platform/store/analysis.hpp"
#include "platform/store/housing.hpp"
#include "platform/store/queries.hpp"
#include "platform/store/reports.hpp"
#include "tests/unit/platform/store/scratch_database.hpp"

using namespace anju;
using namespace anju::platform;

namespace {

/// Meters 1 and 3 are linked, 2 is not; each had something typed in.
struct Rooms : Notifier {
  StoredSite site;
  std::vector<Notification> told;
  std::unique_ptr<Housing> housing;
  std::unique_ptr<Queries> queries;
  std::unique_ptr<catalog::Reports> reports;

  Rooms() {
    site.live_a_day(11);
    ChangeRegister typed;
    typed.key = "t1";
    typed.meter = 1;
    typed.last.total = site.ledger->meter(1)->metering.last.total + base::Quantity(100);
    site.ask(typed);
    const MeterState& meter = *site.ledger->meter(1);
    site.ask(Settle{"s1", 1, meter.metering.last.at, meter.account.balance, PayMethod::cash, false, ""});
    site.commit();
    sql("INSERT INTO room(id, organisation, site, enabled, version, created_ms, updated_ms, name, number, note) VALUES(1, 1, 1, 1, 1, 0, 0, 'Linked A', '1', ''),"
        " (3, 1, 1, 1, 1, 0, 0, 'Linked C', '3', ''), (4, 1, 1, 1, 1, 0, 0, 'Linked D', '4', '')");
    sql("UPDATE meter SET room = 'typed ' || device");
    auto opened = open_housing(site.url(), 1, this);
    REQUIRE(opened);
    housing = std::move(*opened);
    auto asked = open_queries(site.url(), 1);
    REQUIRE(asked);
    queries = std::move(*asked);
    auto reported = open_reports(site.url(), 1);
    REQUIRE(reported);
    reports = std::move(*reported);
    move(1, 1, {});
    move(3, 3, {});
  }

  void changed(std::vector<Notification> all, base::UtcMillis at) override {
    CHECK(at == site.now);
    told.insert(told.end(), all.begin(), all.end());
  }
  void sql(const std::string& script) {
    soci::session session;
    REQUIRE(open_session(session, site.url()));
    run_script(session, script);
  }
  void move(std::int64_t meter, std::optional<std::int64_t> room, std::optional<std::int64_t> was) {
    AuditEntry audit;
    audit.organisation = 1;
    audit.who = "wang";
    audit.at = site.now;
    REQUIRE(housing->move_meter(Scope{1}, meter, room, was, audit));
  }
  /// Ids that the list has, in its order; after: the way of an export.
  std::vector<std::int64_t> list(const std::string& search, bool exported = false, MeterOrder order = MeterOrder::id) {
    MeterFilter filter;
    if (!search.empty()) filter.search = search;
    filter.sort = order;
    if (exported) filter.after = 0;
    const auto page = queries->meters(Scope{1}, filter, site.now);
    REQUIRE(page);
    std::vector<std::int64_t> ids;
    for (const MeterRow& row : page->rows) ids.push_back(row.id);
    return ids;
  }
  std::vector<catalog::ReportRow> rows(const catalog::Report& report, const std::string& search = {}) {
    catalog::ReportAsk ask;
    ask.to = site.now + base::hours(1);
    ask.limit = 5000;
    ask.search = search;
    const auto page = reports->page(report, Scope{1}, ask);
    REQUIRE_MESSAGE(page, (page ? std::string() : page.error().where));
    return page->rows;
  }
};

std::size_t place(const catalog::Report& report, std::string_view column) {
  for (std::size_t i = 0; i < report.columns.size(); ++i)
    if (report.columns[i].name == column) return i;
  return report.columns.size();
}

/// Number of the meter that the row is of; empty: of a gateway.
std::string meter_of(const catalog::Report& report, const catalog::ReportRow& row) {
  if (report.name != "connections") return row.meter_title;
  const auto* number = std::get_if<std::string>(&row.values.at(place(report, "number")));
  return number == nullptr || *number == "gw" ? std::string() : *number;
}

}  // namespace

TEST_CASE("rooms: rp-*, em-daily-freeze: every report shows and finds the linked room, and what was typed only where none is linked") {
  Rooms rooms;
  // A meter that comes and goes, for the report of connections.
  wire::StatusEvent status;
  status.device = base::DeviceId("m1");
  for (const bool reachable : {false, true}) {
    status.at = rooms.site.now;
    status.reachable = reachable;
    const std::vector<wire::Event> events{status};
    rooms.site.ledger->take(1, "e1", ++rooms.site.seq, events, rooms.site.now);
    rooms.site.commit();
    rooms.site.now = rooms.site.now + base::seconds(1);
  }
  const std::map<std::string, std::string> rooms_of{{"m1", "Linked A"}, {"m2", "typed m2"}, {"m3", "Linked C"}};
  for (const catalog::Report* report : catalog::reports()) {
    CAPTURE(std::string(report->name));
    const std::size_t room = place(*report, "room");
    REQUIRE(room < report->columns.size());
    std::map<std::string, std::size_t> counts;
    for (const catalog::ReportRow& row : rooms.rows(*report)) {
      const std::string meter = meter_of(*report, row);
      if (meter.empty()) continue;
      ++counts[meter];
      const auto* text = std::get_if<std::string>(&row.values.at(room));
      REQUIRE(text != nullptr);
      CHECK(*text == rooms_of.at(meter));
    }
    CHECK(!counts.empty());
    CHECK(rooms.rows(*report, "LINKED a").size() == counts["m1"]);
    CHECK(rooms.rows(*report, "Linked C").size() == counts["m3"]);
    CHECK(rooms.rows(*report, "typed m2").size() == counts["m2"]);
    CHECK(rooms.rows(*report, "typed m1").empty());
  }
}

TEST_CASE("rooms: em-account-status: the list of meters finds and sorts by the linked room, and follows every move, new name and link that ends") {
  Rooms rooms;
  using Ids = std::vector<std::int64_t>;
  for (const bool exported : {false, true}) {
    CAPTURE(exported);
    CHECK(rooms.list("linked a", exported) == Ids{1});
    CHECK(rooms.list("linked", exported) == Ids{1, 3});
    CHECK(rooms.list("typed", exported) == Ids{2});
  }
  CHECK(rooms.list("", false, MeterOrder::room) == Ids{1, 3, 2});
  rooms.move(1, 4, 1);
  CHECK(rooms.list("linked a").empty());
  CHECK(rooms.list("linked d") == Ids{1});
  CHECK(rooms.list("", false, MeterOrder::room) == Ids{3, 1, 2});
  rooms.sql("UPDATE room SET name = 'Zimmer' WHERE id = 3");
  CHECK(rooms.list("linked c").empty());
  CHECK(rooms.list("zimmer") == Ids{3});
  CHECK(rooms.list("", false, MeterOrder::room) == Ids{1, 2, 3});
  rooms.move(1, {}, 4);
  CHECK(rooms.list("linked").empty());
  CHECK(rooms.list("typed") == Ids{1, 2});
  CHECK(rooms.list("typed", true) == Ids{1, 2});
}

TEST_CASE("rooms: spc-room-bind-meter: who listens hears which meter moved, and nothing of a move that was refused") {
  Rooms rooms;
  rooms.told.clear();
  rooms.move(2, 4, {});
  AuditEntry audit;
  audit.organisation = 1;
  audit.at = rooms.site.now;
  CHECK_FALSE(rooms.housing->move_meter(Scope{1}, 2, 4, {}, audit));
  CHECK_FALSE(rooms.housing->move_meter(Scope{2}, 2, 1, 4, audit));
  REQUIRE(rooms.told.size() == 1);
  CHECK(rooms.told[0].organisation == 1);
  CHECK(rooms.told[0].site == 1);
  const auto* meter = std::get_if<MeterChanged>(&rooms.told[0].what);
  REQUIRE(meter != nullptr);
  CHECK(meter->meter == 2);
}

TEST_CASE("rooms: alarms are found by the linked room, and the ranking and the gateway's page name it") {
  Rooms rooms;
  const auto alarms = [&](AlarmFilter filter) {
    const auto page = rooms.queries->alarms(Scope{1}, filter);
    REQUIRE(page);
    return page->total;
  };
  const auto of_m1 = alarms({.meter = 1});
  REQUIRE(of_m1 > 0);
  CHECK(alarms({.search = "linked a"}) == of_m1);
  CHECK(alarms({.search = "typed m1"}) == 0);
  auto analysis = open_analysis(rooms.site.url(), 1);
  REQUIRE(analysis);
  const auto energy = (*analysis)->energy(Scope{1}, {}, EnergyStep::day, 0, Utility::electricity, rooms.site.now);
  REQUIRE(energy);
  REQUIRE((*energy)->top.size() == 3);
  const std::map<std::int64_t, std::string> expected{{1, "Linked A"}, {2, "typed m2"}, {3, "Linked C"}};
  for (const RankedMeter& one : (*energy)->top) CHECK(one.room == expected.at(one.meter));
  const auto gateway = rooms.queries->gateway(Scope{1}, "gw");
  REQUIRE(gateway);
  REQUIRE(*gateway);
  for (const GatewayDevice& device : (*gateway)->devices) CHECK(device.room == expected.at(device.meter));
}
