#include "platform/store/reports.hpp"

#include <doctest/doctest.h>

#include <map>
#include <set>

#include "platform/store/analysis.hpp"
#include "platform/store/meter_words.hpp"
#include "tests/unit/platform/store/journal_fixture.hpp"
#include "tests/unit/platform/store/scratch_database.hpp"

using namespace anju;
using namespace anju::platform;
using catalog::Report;
using catalog::ReportAsk;
using catalog::ReportPage;
using catalog::ReportRow;

namespace {

const Report& report(std::string_view name) {
  for (const Report* one : catalog::reports())
    if (one->name == name) return *one;
  FAIL("no such report");
  return *catalog::reports()[0];
}

struct Asked {
  StoredSite site;
  std::unique_ptr<catalog::Reports> reports;
  std::unique_ptr<Analysis> analysis;
  Scope scope{1};

  Asked() {
    site.live_a_day(11);
    auto opened = open_reports(site.url(), 1);
    REQUIRE(opened);
    reports = std::move(*opened);
    auto sums = open_analysis(site.url(), 1);
    REQUIRE(sums);
    analysis = std::move(*sums);
  }

  ReportAsk ask() const {
    ReportAsk all;
    all.from = base::UtcMillis(0);
    all.to = site.now + base::hours(1);
    return all;
  }
  ReportPage page(std::string_view name, const ReportAsk& ask) {
    auto found = reports->page(report(name), scope, ask);
    REQUIRE_MESSAGE(found, (found ? std::string() : found.error().where));
    return std::move(*found);
  }
  /// All rows, page by page; no row comes twice.
  std::vector<ReportRow> rows(std::string_view name, ReportAsk ask) {
    std::vector<ReportRow> all;
    std::set<std::string> keys;
    for (int pages = 0; pages < 10'000; ++pages) {
      ReportPage part = page(name, ask);
      CHECK(static_cast<std::int64_t>(part.rows.size()) <= ask.limit);
      for (ReportRow& row : part.rows) {
        CHECK(keys.insert(row.key).second);
        CHECK(row.values.size() == report(name).columns.size());
        all.push_back(std::move(row));
      }
      if (part.next.empty()) return all;
      ask.before = part.next;
    }
    FAIL("the pages do not end");
    return all;
  }
  std::int64_t sum(std::string_view name, const ReportAsk& ask, std::size_t which) {
    auto found = reports->totals(report(name), scope, ask);
    REQUIRE(found);
    REQUIRE(*found);
    return (*found)->sums.at(which);
  }
};

std::size_t place(std::string_view name, std::string_view column) {
  const auto& columns = report(name).columns;
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (columns[i].name == column) return i;
  FAIL("no such column");
  return 0;
}

std::int64_t number(const ReportRow& row, std::string_view name, std::string_view column) {
  return std::get<std::int64_t>(row.values.at(place(name, column)));
}
std::string text(const ReportRow& row, std::string_view name, std::string_view column) {
  return std::get<std::string>(row.values.at(place(name, column)));
}

}  // namespace

TEST_CASE("reports: em-mode-reading: a bill per month of a meter that is billed by reading, with its registers and what is owed") {
  Asked asked;
  ReportAsk ask = asked.ask();
  ask.from = asked.site.now - base::hours(24 * 40);
  const auto rows = asked.rows("bills", ask);
  REQUIRE(rows.size() == 1);  // m3; its day before yesterday has ended
  CHECK(rows.front().meter_title == "m3");
  CHECK(text(rows.front(), "bills", "month") == "2025-11");
  CHECK(text(rows.front(), "bills", "state") == "due");
  CHECK(asked.sum("bills", ask, 0) == asked.site.count("SELECT sum(quantity_e4) FROM meter_sum WHERE meter = 3 AND span > 9999"));
  const MeterState& meter = *asked.site.ledger->meter(3);
  asked.site.ask(Settle{"s1", 3, meter.metering.last.at, meter.account.balance, PayMethod::cash, false, ""});
  asked.site.commit();
  CHECK(text(asked.rows("bills", ask).front(), "bills", "state") == "settled");
  ask.equal.emplace_back(&report("bills").columns.back(), "due");
  CHECK(asked.rows("bills", ask).empty());
}

namespace {

/// A meter in reading mode at 1 yuan a kWh: 60 in November, 30 on 3 December, 5 on 4 December, which is still running.
struct TwoMonths {
  StoredSite site;
  std::unique_ptr<catalog::Reports> reports;
  int payments = 0;

  TwoMonths() {
    site.ask(CreateGateway{"site", "gw", "Gateway", 15, {{base::LineId("l1"), "tcp://127.0.0.1:1"}}});
    site.ask(PutPricePlan{0, "one yuan", {PlanKind::total, base::Price(100'000), {}}});
    RegisterMeter meter;
    meter.gateway = "gw";
    meter.line = "l1";
    meter.device = meter.name = "m1";
    meter.address = "000000000001";
    meter.price_plan = 1;
    meter.settings.mode = MeterMode::reading;
    site.ask(meter);
    site.commit();
    std::int64_t kwh = 0;
    // Days from 2025-11-25 on, at noon; each is entered with the first reading of the next one.
    for (const auto& [day, used] : {std::pair{0, 60}, std::pair{1, 0}, std::pair{8, 30}, std::pair{9, 5}}) {
      for (const int part : {0, used}) {
        site.now = base::UtcMillis(1'764'000'000'000) + base::hours(24 * day + (part == used ? 13 : 12));
        kwh += part;
        const std::vector<wire::Event> events{
            wire::ReadingsEvent{{{base::DeviceId("m1"), site.now, wire::ReadingKind::interval, base::Quantity(kwh * 10'000), {}}}}};
        site.ledger->take(1, "e1", ++site.seq, events, site.now);
        site.commit();
        if (used == 0) break;
      }
    }
    auto opened = open_reports(site.url(), 1);
    REQUIRE(opened);
    reports = std::move(*opened);
  }

  void pay(std::int64_t yuan) {
    site.ask(Recharge{"p" + std::to_string(++payments), 1, base::Money(yuan * 1'000'000), PayMethod::cash, ""});
    site.commit();
  }
  /// "month due state" per row in yuan, newest first, then what is summed below and what the account owes. state: the filter.
  std::string bills(const char* state = nullptr) {
    ReportAsk ask;
    ask.to = site.now + base::hours(1);
    if (state != nullptr) ask.equal = {{&report("bills").columns[place("bills", "state")], state}};
    const auto page = reports->page(report("bills"), Scope{1}, ask);
    REQUIRE(page);
    std::string said;
    std::int64_t owed = 0;
    for (const ReportRow& row : page->rows) {
      said += text(row, "bills", "month") + " " + std::to_string(number(row, "bills", "due") / 1'000'000) + " " + text(row, "bills", "state") + ", ";
      owed = number(row, "bills", "owed") / 1'000'000;
    }
    const auto totals = reports->totals(report("bills"), Scope{1}, ask);
    REQUIRE(totals);
    REQUIRE(*totals);
    CHECK((*totals)->rows == static_cast<std::int64_t>(page->rows.size()));
    return said + "sum " + std::to_string((*totals)->sums.at(2) / 1'000'000) + " owed " + std::to_string(owed);
  }
};

}  // namespace

TEST_CASE("reports: em-mode-reading: a payment counts against the oldest month, and each month says what of it is due") {
  TwoMonths life;
  REQUIRE(life.site.count("SELECT count(*) FROM meter_sum WHERE span > 9999") == 2);
  CHECK(life.bills() == "2025-12 30 due, 2025-11 60 due, sum 90 owed 95");
  life.pay(40);
  CHECK(life.bills() == "2025-12 30 due, 2025-11 20 due, sum 50 owed 55");
  life.pay(20);
  CHECK(life.bills() == "2025-12 30 due, 2025-11 0 settled, sum 30 owed 35");
  CHECK(life.bills("due") == "2025-12 30 due, sum 30 owed 35");
  CHECK(life.bills("settled") == "2025-11 0 settled, sum 0 owed 35");
  // What is left is the running day's, which is in no bill yet.
  life.pay(32);
  CHECK(life.bills() == "2025-12 0 settled, 2025-11 0 settled, sum 0 owed 3");
  CHECK(life.bills("due") == "sum 0 owed 0");
  life.pay(10);
  CHECK(life.bills() == "2025-12 0 settled, 2025-11 0 settled, sum 0 owed 0");
}

TEST_CASE("reports: each has a source, and rows as its columns say; what is outside of the scope is not there") {
  Asked asked;
  // What the two days lack: a register that goes on elsewhere, and a household that moves out.
  ChangeRegister typed;
  typed.key = "t1";
  typed.meter = 1;
  typed.last.total = asked.site.ledger->meter(1)->metering.last.total + base::Quantity(100);
  asked.site.ask(typed);
  const MeterState& meter = *asked.site.ledger->meter(1);
  asked.site.ask(Settle{"s1", 1, meter.metering.last.at, meter.account.balance, PayMethod::cash, false, ""});
  asked.site.commit();
  for (const Report* one : catalog::reports()) {
    CAPTURE(one->name);
    CHECK(!asked.rows(one->name, asked.ask()).empty());
    ReportAsk elsewhere = asked.ask();
    elsewhere.site = "nowhere";
    const auto missing = asked.reports->page(*one, asked.scope, elsewhere);
    REQUIRE(!missing);
    CHECK(missing.error().is(Errc::not_found));
    elsewhere.site = "site";
    CHECK(!asked.rows(one->name, elsewhere).empty());
    for (const Scope& scope : {Scope{2}, Scope{1, std::vector<std::int64_t>{}}, Scope{1, std::vector<std::int64_t>{99}}}) {
      const auto page = asked.reports->page(*one, scope, asked.ask());
      REQUIRE(page);
      CHECK(page->rows.empty());
      CHECK(page->next.empty());
      const auto totals = asked.reports->totals(*one, scope, asked.ask());
      REQUIRE(totals);
      if (one->sums()) CHECK((*totals)->rows == 0);
    }
  }
}

TEST_CASE("reports: pages of any size have the same rows, newest first") {
  Asked asked;
  for (const Report* one : catalog::reports()) {
    CAPTURE(one->name);
    ReportAsk ask = asked.ask();
    ask.limit = 200;
    const auto whole = asked.rows(one->name, ask);
    for (const std::int64_t limit : {1, 7}) {
      ask.limit = limit;
      const auto parts = asked.rows(one->name, ask);
      REQUIRE(parts.size() == whole.size());
      for (std::size_t i = 0; i < parts.size(); ++i) CHECK(parts[i].key == whole[i].key);
    }
  }
}

TEST_CASE("rp-reading-records: by chains or by blocks, every reading of the period once, and its sum") {
  Asked asked;
  const base::UtcMillis middle = asked.site.now - base::hours(20);
  ReportAsk ask = asked.ask();
  CHECK(asked.rows("readings", ask).size() == static_cast<std::size_t>(asked.site.count("SELECT count(*) FROM reading")));
  CHECK(asked.sum("readings", ask, 0) == asked.site.count("SELECT sum(used_e4) FROM reading WHERE state = 0"));
  for (const bool newer : {false, true}) {
    ReportAsk part = ask;
    (newer ? part.from : part.to) = middle;
    const std::string within = std::string(" FROM reading WHERE at_ms ") + (newer ? ">= " : "< ") + std::to_string(middle.value);
    CHECK(asked.rows("readings", part).size() == static_cast<std::size_t>(asked.site.count("SELECT count(*)" + within)));
    CHECK(asked.sum("readings", part, 0) == asked.site.count("SELECT coalesce(sum(used_e4), 0)" + within + " AND state = 0"));
  }
  ReportAsk one = ask;
  one.search = "m2";
  CHECK(asked.rows("readings", one).size() == static_cast<std::size_t>(asked.site.count("SELECT count(*) FROM reading WHERE meter = 2")));
  one.search.clear();
  one.meter = 3;
  one.equal = {{&report("readings").columns[place("readings", "state")], "quarantined"}};
  CHECK(asked.rows("readings", one).size() == static_cast<std::size_t>(asked.site.count("SELECT count(*) FROM reading WHERE meter = 3 AND state = 2")));
}

TEST_CASE("rp-reading-records: many meters are looked for block by block, also across blocks and in order") {
  Asked asked;
  {
    // Twenty more meters, and readings of them in three blocks, planted: only their rows matter here.
    soci::session session;
    REQUIRE(open_session(session, asked.site.url()));
    std::string script;
    for (int i = 0; i < 20; ++i) {
      const std::string id = std::to_string(100 + i);
      script += "INSERT INTO account(id, organisation, site, kind, balance_micro_yuan, remainder_nano_yuan, newest_transfer) VALUES(" + id + "0, 1, 1, 'meter', 0, 0, 0);"
                "INSERT INTO meter(id, organisation, site, gateway, line, device, name, room, address, profile, mode, price_plan, alarm_1_micro_yuan,"
                " alarm_2_micro_yuan, overdraft_micro_yuan, auto_trip, account, start_total_e4, registered_ms) SELECT " + id + ", 1, 1, gateway, line, 'x" + id +
                "', 'x', '', '000000000" + id + "', profile, mode, price_plan, 0, 0, 0, 1, " + id + "0, 0, 0 FROM meter WHERE id = 1;"
                "INSERT INTO meter_register(meter, organisation, site, newest_reading, last_ms, total_e4, unsplit_e4, rollovers, day, day_quantity_e4,"
                " day_amount_micro_yuan, frozen_day, quarantined) VALUES(" + id + ", 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);";
    }
    run_script(session, script);
    for (const auto& [begin, end] : {std::pair{8000, 9500}, std::pair{9500, 12'000}, std::pair{12'000, 13'001}}) {
      std::vector<JournalRow> rows;
      for (int id = begin; id < end; ++id) {
        StoredReading& reading = rows.emplace_back().reading;
        reading.id = id;
        reading.owner = {1, 1};
        reading.meter = 100 + id % 20;
        reading.origin = {1, id, 0};
        reading.at = base::UtcMillis(1'000'000 + id);
        reading.total = base::Quantity(id);
        reading.used = base::Quantity(1);
      }
      plant_block(session, rows);
    }
  }
  ReportAsk ask = asked.ask();
  ask.to = base::UtcMillis(1'012'501);
  ask.from = base::UtcMillis(1'008'100);
  ask.limit = 97;
  const auto rows = asked.rows("readings", ask);
  REQUIRE(rows.size() == 4401);
  for (std::size_t i = 0; i < rows.size(); ++i) CHECK(rows[i].key == std::to_string(12'500 - i));
  CHECK(asked.sum("readings", ask, 0) == 4401);
  ask.search = "000000000105";
  CHECK(asked.page("readings", ask).rows.empty());  // its chain has no head: nothing that the ledger wrote
}

TEST_CASE("rp-pay-records: what was paid, and what it was worth before and after at the price of that moment") {
  Asked asked;
  const auto rows = asked.rows("payments", asked.ask());
  REQUIRE(rows.size() == static_cast<std::size_t>(asked.site.count("SELECT count(*) FROM recharge")));
  for (const ReportRow& row : rows) {
    const base::Price price(number(row, "payments", "price"));
    const std::string of = " FROM recharge r JOIN transfer t ON t.id = r.transfer WHERE r.id = " + row.key;
    const base::Money amount(asked.site.count("SELECT r.amount_micro_yuan" + of)), after(asked.site.count("SELECT t.balance_micro_yuan" + of));
    const Prices prices{PlanKind::total, price, {}};
    CHECK(number(row, "payments", "due") == amount.micro_yuan);
    CHECK(number(row, "payments", "paid") == (text(row, "payments", "method") == "free" ? 0 : amount.micro_yuan));
    CHECK(number(row, "payments", "bought") == worth(amount, prices).e4);
    CHECK(number(row, "payments", "before") == worth(after - amount, prices).e4);
    CHECK(number(row, "payments", "after") == worth(after, prices).e4);
    CHECK(text(row, "payments", "state") == "paid");
  }
  // Meter 1 was charged 0.61234 until its plan changed, and 0.71001 from then on.
  const base::UtcMillis changed(asked.site.count("SELECT max(since_ms) FROM price_plan_version WHERE price_plan = 1"));
  std::set<std::int64_t> seen;
  for (const ReportRow& row : rows) {
    if (number(row, "payments", "meter") != 1) continue;
    const std::int64_t price = number(row, "payments", "price");
    CHECK(price == (number(row, "payments", "at") < changed.value ? 61'234 : 71'001));
    seen.insert(price);
  }
  CHECK(seen.size() == 2);
  CHECK(asked.sum("payments", asked.ask(), 0) == asked.site.count("SELECT sum(amount_micro_yuan) FROM recharge"));
  CHECK(asked.sum("payments", asked.ask(), 2) == asked.site.count("SELECT sum(amount_micro_yuan) FROM recharge WHERE method <> 'free'"));
  ReportAsk closed = asked.ask();
  closed.equal = {{&report("payments").columns[place("payments", "state")], "closed"}};
  CHECK(asked.rows("payments", closed).empty());
}

TEST_CASE("rp-energy-records: finished days of each meter, and their sums") {
  Asked asked;
  CHECK(asked.rows("energy", asked.ask()).size() == static_cast<std::size_t>(asked.site.count("SELECT count(*) FROM meter_day")));
  CHECK(asked.sum("energy", asked.ask(), 0) == asked.site.count("SELECT sum(quantity_e4) FROM meter_day"));
  CHECK(asked.sum("energy", asked.ask(), 1) == asked.site.count("SELECT sum(amount_micro_yuan) FROM meter_day"));
  ReportAsk one = asked.ask();
  one.search = "m1";
  CHECK(asked.sum("energy", one, 0) == asked.site.count("SELECT sum(quantity_e4) FROM meter_day WHERE meter = 1"));
}

TEST_CASE("rp-energy-records, rp-reading-records, rp-multi-meter, rp-pay-records: rows say the kind of their meter, and kWh and m3 are never added") {
  Asked asked;
  {
    soci::session session;
    REQUIRE(open_session(session, asked.site.url(), false));
    drop_triggers(session);
    session << "UPDATE meter SET kind = 'water' WHERE id = 2";
  }
  for (const std::string name : {"energy", "readings", "meters", "payments", "switches", "orders", "freezes"}) {
    CAPTURE(name);
    ReportAsk water = asked.ask();
    water.equal = {{&report(name).columns[place(name, "utility")], "water"}};
    std::size_t of_water = 0;
    for (const ReportRow& row : asked.rows(name, asked.ask())) {
      const bool is = row.meter_title == "m2";
      CHECK(text(row, name, "utility") == (is ? "water" : "electricity"));
      of_water += is ? 1 : 0;
    }
    CHECK((of_water > 0 || name == "switches" || name == "orders"));  // m2 may have been ordered nothing
    CHECK(asked.rows(name, water).size() == of_water);
  }
  const auto used = [&](std::string_view name, std::size_t which, const char* kind) {
    ReportAsk ask = asked.ask();
    if (kind != nullptr) ask.equal = {{&report(name).columns[place(name, "utility")], kind}};
    return asked.sum(name, ask, which);
  };
  const std::int64_t days = asked.site.count("SELECT sum(quantity_e4) FROM meter_day WHERE meter <> 2"), water = asked.site.count("SELECT sum(quantity_e4) FROM meter_day WHERE meter = 2");
  REQUIRE(water > 0);
  CHECK(used("energy", 0, nullptr) == days);
  CHECK(used("energy", 0, "electricity") == days);
  CHECK(used("energy", 0, "water") == water);
  CHECK(used("energy", 1, nullptr) == asked.site.count("SELECT sum(amount_micro_yuan) FROM meter_day"));  // money is money
  CHECK(used("readings", 0, nullptr) == asked.site.count("SELECT sum(used_e4) FROM reading WHERE state = 0 AND meter <> 2"));
  CHECK(used("readings", 0, "water") == asked.site.count("SELECT sum(used_e4) FROM reading WHERE state = 0 AND meter = 2"));
  CHECK(used("meters", 1, nullptr) + used("meters", 1, "water") == asked.site.count("SELECT sum(day_quantity_e4) FROM meter_register"));
}

TEST_CASE("rp-switch-records: orders to switch with the moment that the meter confirmed, and nothing else") {
  Asked asked;
  const auto rows = asked.rows("switches", asked.ask());
  CHECK(rows.size() == static_cast<std::size_t>(asked.site.count("SELECT count(*) FROM command WHERE kind IN ('trip', 'close')")));
  for (const ReportRow& row : rows)
    CHECK((text(row, "switches", "state") == "verified") == std::holds_alternative<std::int64_t>(row.values[place("switches", "done")]));
  ReportAsk forced = asked.ask();
  forced.equal = {{&report("switches").columns[place("switches", "cause")], "forced"}};
  CHECK(asked.rows("switches", forced).size() == static_cast<std::size_t>(asked.site.count("SELECT count(*) FROM command WHERE kind IN ('trip', 'close') AND cause = 'forced'")));
}

TEST_CASE("rp-switch-records, em-strategy-exec-query: what a row says is what the order says") {
  Asked asked;
  for (const std::string name : {"switches", "orders"}) {
    CAPTURE(name);
    for (const ReportRow& row : asked.rows(name, asked.ask())) {
      const std::string is = "SELECT count(*) FROM command WHERE id = " + row.key.substr(0, row.key.find('.')) + " AND ";
      CHECK(asked.site.count(is + "created_ms = " + std::to_string(number(row, name, "at")) + " AND meter = " + std::to_string(number(row, name, "meter")) + " AND kind = '" +
                             text(row, name, "kind") + "' AND state = '" + text(row, name, "state") + "' AND cause = '" + text(row, name, "cause") + "'") == 1);
      CHECK(text(row, name, "name") == row.meter_title);
      CHECK(text(row, name, "utility") == "electricity");
    }
  }
}

TEST_CASE("rp-online-log, dv-online-offline: each coming and going of a gateway and a meter is a row, and only changes are") {
  Asked asked;
  const auto status = [&](bool reachable) {
    wire::StatusEvent event;
    event.device = base::DeviceId("m2");
    event.at = asked.site.now;
    event.reachable = reachable;
    const std::vector<wire::Event> events{event};
    asked.site.ledger->take(1, "e1", asked.site.seq + 1, events, asked.site.now);
    asked.site.seq += 1;
    asked.site.commit();
    asked.site.now = asked.site.now + base::seconds(1);
  };
  for (const bool reachable : {true, true, false, false, true}) status(reachable);
  asked.site.now = asked.site.now + base::hours(1);
  asked.site.commit();  // nothing was heard for an hour: the gateway is offline

  const auto rows = asked.rows("connections", asked.ask());
  std::map<std::string, std::string> seen;  // of a device, newest first
  for (const ReportRow& row : rows) seen[text(row, "connections", "number")] += text(row, "connections", "state") + " ";
  CHECK(seen["m2"] == "online offline online ");
  CHECK(seen["gw"].starts_with("offline online "));
  ReportAsk meters = asked.ask();
  meters.equal = {{&report("connections").columns[place("connections", "kind")], "meter"},
                  {&report("connections").columns[place("connections", "state")], "offline"}};
  REQUIRE(asked.rows("connections", meters).size() == 1);
  CHECK(text(asked.rows("connections", meters)[0], "connections", "serial") == "000000000002");
  ReportAsk by_name = asked.ask();
  by_name.search = "gw";
  CHECK(asked.rows("connections", by_name).size() == rows.size() - 3);
}

TEST_CASE("rp-multi-meter: all data of a meter in one row, as the ledger holds it") {
  Asked asked;
  ReportAsk ask = asked.ask();
  ask.to = asked.site.now;
  const auto rows = asked.rows("meters", ask);
  REQUIRE(rows.size() == 3);
  for (const ReportRow& row : rows) {
    const MeterState& meter = *asked.site.ledger->meter(number(row, "meters", "meter"));
    CHECK(number(row, "meters", "balance") == meter.account.balance.micro_yuan);
    CHECK(number(row, "meters", "total") == meter.metering.last.total.e4);
    CHECK(number(row, "meters", "today") == meter.metering.day_quantity.e4);
    CHECK(text(row, "meters", "relay") == wire::to_string(meter.supply.relay));
  }
  CHECK(asked.sum("meters", ask, 0) == asked.site.count("SELECT sum(balance_micro_yuan) FROM account WHERE kind = 'meter'"));
}

TEST_CASE("en-analysis: a month is the sum of its days, of its communities, and of what was billed") {
  Asked asked;
  const auto found = asked.analysis->energy(asked.scope, {}, EnergyStep::day, 0, Utility::electricity, asked.site.now);
  REQUIRE(found);
  REQUIRE(*found);
  const EnergyAnalysis& energy = **found;
  CHECK(energy.running);
  const base::Quantity billed(asked.site.count("SELECT sum(quantity_e4) FROM transfer WHERE kind = 0"));
  CHECK(energy.total.used == billed);
  EnergySum points, sites;
  for (const EnergyPoint& point : energy.points) points.used = points.used + point.sum.used;
  for (const SiteEnergy& site : energy.sites) sites.used = sites.used + site.sum.used;
  CHECK(points.used == billed);
  CHECK(sites.used == billed);
  base::Quantity at_four;
  for (const base::Quantity part : energy.total.tariffs) at_four = at_four + part;
  CHECK(at_four.e4 == asked.site.count("SELECT sum(t.quantity_e4) FROM transfer t JOIN price_plan_version v ON v.id = t.price_plan_version WHERE"
                                       " t.kind = 0 AND v.kind = 'tou'"));
  CHECK(at_four.e4 > 0);
  // The ranking holds finished days only, the greatest first.
  REQUIRE(energy.top.size() == 3);
  for (std::size_t i = 0; i < energy.top.size(); ++i) {
    CHECK(energy.top[i].used.e4 == asked.site.count("SELECT sum(quantity_e4) FROM meter_day WHERE meter = " + std::to_string(energy.top[i].meter)));
    if (i > 0) CHECK(energy.top[i].used <= energy.top[i - 1].used);
  }
  const auto year = asked.analysis->energy(asked.scope, "site", EnergyStep::month, 0, Utility::electricity, asked.site.now);
  REQUIRE(year);
  CHECK((*year)->total.used == billed);
  const auto years = asked.analysis->energy(asked.scope, {}, EnergyStep::year, 0, Utility::electricity, asked.site.now);
  REQUIRE(years);
  CHECK((*years)->total.used == billed);
  CHECK((*years)->points.size() == 10);
}

TEST_CASE("en-analysis: a running month is compared with the same days of the month before, a finished one with all of it") {
  Asked asked;
  {
    soci::session session;
    REQUIRE(open_session(session, asked.site.url()));
    // 2025-10 and 2025-09 of site 1: 1 each day.
    run_script(session, "WITH RECURSIVE n(d) AS (SELECT 20332 UNION ALL SELECT d + 1 FROM n WHERE d < 20392) INSERT INTO site_day(site, day, organisation,"
                        " readings, quantity_e4, deducted_micro_yuan, recharged_micro_yuan) SELECT 1, d, 1, 1, 1, 0, 0 FROM n");
  }
  const auto of = [&](std::int64_t period) {
    auto found = asked.analysis->energy(asked.scope, {}, EnergyStep::day, period, Utility::electricity, asked.site.now);
    REQUIRE(found);
    return **found;
  };
  const EnergyAnalysis october = of(202'510);
  CHECK(!october.running);
  CHECK(october.span == "2025-10");
  CHECK(october.total.used.e4 == 31);
  CHECK(october.before.used.e4 == 30);
  CHECK(october.points.front().at == "2025-10-01");
  CHECK(october.points.front().before.e4 == 1);
  CHECK(october.points.back().before.e4 == 0);  // there is no 31 September
  const EnergyAnalysis november = of(0);
  const auto today = base::to_civil(asked.site.now, 480);
  REQUIRE(today.month == 11);
  CHECK(november.before.used.e4 == today.day);
}

TEST_CASE("rp-home-counts, rp-home-7days, rp-home-5days, rp-home-top4: the home page of a community") {
  Asked asked;
  const auto home = [&](std::optional<std::string> site, const Scope& scope) {
    auto found = asked.analysis->home(scope, site, asked.site.now);
    REQUIRE(found);
    return *found;
  };
  const auto all = home({}, asked.scope), one = home("site", asked.scope);
  REQUIRE(all);
  REQUIRE(one);
  CHECK(all->home.meters == 3);
  CHECK(one->home.meters == 3);
  CHECK(!home("nowhere", asked.scope));
  CHECK(home({}, Scope{1, std::vector<std::int64_t>{}})->home.meters == 0);
  std::map<std::string_view, std::int64_t> counters;
  for (const Counter& counter : all->counters) counters[counter.name] = counter.count;
  CHECK(counters.at("communities") == 1);
  CHECK(counters.at("prepaid") == 2);
  CHECK(counters.at("residents") == 0);
  std::int64_t recharges = 0;
  base::Money amount;
  base::Quantity energy;  // of the five days that the console draws: the fixture's days are among them
  for (std::size_t i = 0; i < all->recharges.size(); ++i) {
    if (i >= 2) energy = energy + all->home.last_7_days[i].used;
    recharges += all->recharges[i];
    amount = amount + all->home.last_7_days[i].recharged;
    CHECK((all->recharges[i] == 0) == (all->home.last_7_days[i].recharged.micro_yuan == 0));
  }
  CHECK(recharges == asked.site.count("SELECT count(*) FROM recharge"));
  CHECK(amount.micro_yuan == asked.site.count("SELECT sum(amount_micro_yuan) FROM recharge"));
  CHECK(energy.e4 > 0);
  CHECK(energy.e4 == asked.site.count("SELECT sum(quantity_e4) FROM site_day WHERE day > (SELECT max(day) FROM site_day) - 5"));
  CHECK(all->top.size() == 3);
  CHECK(all->top_span == base::format_day(asked.site.now, 480).substr(0, 7));
}
