// The meter list answers from memory what the database would say: each rule holds the two against each other.

#include <doctest/doctest.h>

#include <random>

#include "platform/store/queries.hpp"
#include "tests/unit/platform/store/scratch_database.hpp"

using namespace anju;
using namespace anju::platform;

namespace {

struct Lists {
  StoredSite site;
  std::unique_ptr<Queries> queries;
  soci::session office;

  Lists() {
    site.live_a_day(7);
    REQUIRE(open_session(office, site.url()));
    auto opened = open_queries(site.url(), 2);
    REQUIRE(opened);
    queries = std::move(*opened);
  }
  /// A further meter beside the three, as the ledger writes it.
  void add(std::int64_t id, const std::string& name, const std::string& room) {
    const std::string n = std::to_string(id), account = std::to_string(id + 5000), address = std::string(12 - n.size(), '0') + n;
    run_script(office, "BEGIN; INSERT INTO account(id, organisation, site, kind, balance_micro_yuan, remainder_nano_yuan, newest_transfer) VALUES(" + account + ", 1, 1, 'meter', 0, 0, 0);"
      "INSERT INTO meter(id, organisation, site, gateway, line, device, name, room, address, profile, mode, price_plan, alarm_1_micro_yuan, alarm_2_micro_yuan, overdraft_micro_yuan, auto_trip,"
      " account, start_total_e4, registered_ms) SELECT " + n + ", organisation, site, gateway, line, 'x" + n + "', '" + name + "', '" + room + "', '" + address + "', profile, mode, price_plan,"
      " alarm_1_micro_yuan, alarm_2_micro_yuan, overdraft_micro_yuan, auto_trip, " + account + ", 0, 0 FROM meter WHERE id = 1;"
      "INSERT INTO meter_register(meter, organisation, site, newest_reading, last_ms, total_e4, unsplit_e4, rollovers, day, day_quantity_e4, day_amount_micro_yuan, frozen_day, quarantined)"
      " VALUES(" + n + ", 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);"
      "INSERT INTO meter_supply(meter, organisation, site, moved, forced, wanted, wanted_reason, ordered, awaiting_read, crossing, warned_1, warned_2, keep_power_wanted, keep_power, relay, reported_ms,"
      " reachable, pending_command) VALUES(" + n + ", 1, 1, 0, 0, 'closed', 'none', 'nothing', 0, 0, 0, 0, 0, 0, 'closed', 0, 1, 0); COMMIT;");
  }
  std::vector<std::int64_t> ids(MeterFilter filter) {
    filter.page_size = 1000;
    const auto page = queries->meters(Scope{1}, filter, site.now);
    REQUIRE_MESSAGE(page, (page ? std::string() : page.error().where));
    std::vector<std::int64_t> all;
    for (const MeterRow& row : page->rows) all.push_back(row.id);
    if (!filter.after) CHECK(page->total == static_cast<std::int64_t>(all.size()));
    return all;
  }
  /// From memory, and as the database says it with LIKE.
  void same(const MeterFilter& filter) {
    MeterFilter by_database = filter;
    by_database.after = 0;
    CAPTURE(filter.search.value_or(""));
    CHECK(ids(filter) == ids(by_database));
  }
};

}  // namespace

TEST_CASE("meter lists: a search finds what LIKE finds, in words of any length, and after every change") {
  Lists lists;
  const char* const names[] = {"3号楼电表001", "Laden 3 Süd", "100%_a\\b", "一层 B-7", "电", ""};
  std::mt19937 random(17);
  for (int i = 0; i < 40; ++i) lists.add(10 + i, std::string(names[random() % 6]) + std::to_string(random() % 30), names[random() % 6]);
  const std::string words[] = {"3", "电表", "楼电", "laden", "LADEN 3", "ü", "%", "_", "\\", "a\\b", "号楼电表0", "b-7", "00", "000000000012", "x1", "zz", " ", "一层 b", "不存在"};
  const auto all = [&] {
    for (const std::string& one : words) lists.same({.search = one});
    lists.same({.search = "电表", .relay = "closed"});
    lists.same({.search = "3", .reachable = true});
  };
  all();
  CHECK(lists.ids({.search = "号楼电表0"}).size() > 1);
  run_script(lists.office, "UPDATE meter SET name = 'zz ' || name WHERE id IN (12, 17); UPDATE meter SET room = '电表间' WHERE id = 20");
  CHECK(lists.ids({.search = "ZZ"}) == std::vector<std::int64_t>{12, 17});
  all();
  run_script(lists.office, "DELETE FROM meter_supply WHERE meter = 12; DELETE FROM meter_register WHERE meter = 12; DELETE FROM meter WHERE id = 12");
  CHECK(lists.ids({.search = "zz"}) == std::vector<std::int64_t>{17});
  lists.add(60, "zz", "");
  CHECK(lists.ids({.search = "zz"}) == std::vector<std::int64_t>{17, 60});
  all();
  // Even when more changed than is kept, nothing is missed.
  run_script(lists.office, "UPDATE meter SET name = 'yy' WHERE id = 17; INSERT INTO meter_change(id, meter) VALUES(1000000, 1)");
  CHECK(lists.site.count("SELECT count(*) FROM meter_change") == 1);
  CHECK(lists.ids({.search = "zz"}) == std::vector<std::int64_t>{60});
  all();
}

TEST_CASE("meter lists: every filter says what the database says, also while the meters live on") {
  Lists lists;
  for (int i = 0; i < 10; ++i) lists.add(10 + i, "n" + std::to_string(i), "r");
  const auto all = [&] {
    lists.same({});
    lists.same({.gateway = "gw"});
    lists.same({.gateway = "other"});
    for (const char* mode : {"prepaid", "reading"}) lists.same({.mode = mode});
    for (const char* relay : {"unknown", "closed", "open", "opening", "awaiting_button"}) lists.same({.relay = relay});
    for (const char* state : {"normal", "low_1", "low_2", "arrears"}) lists.same({.account_state = state});
    for (const bool reachable : {true, false}) lists.same({.reachable = reachable});
  };
  all();
  const auto closed = lists.ids({.relay = "closed"}).size();
  run_script(lists.office, "UPDATE meter_supply SET relay = 'open' WHERE meter = 11; UPDATE meter_supply SET reachable = 0 WHERE meter IN (12, 13)");
  CHECK(lists.ids({.relay = "closed"}).size() == closed - 1);
  all();
  const auto owing = lists.ids({.account_state = "arrears"}).size();
  run_script(lists.office, "UPDATE meter_supply SET account_state = 'arrears' WHERE meter = 14");
  CHECK(lists.ids({.account_state = "arrears"}).size() == owing + 1);
  all();
  run_script(lists.office, "UPDATE gateway SET online = 0");
  CHECK(lists.ids({.reachable = true}).empty());
  run_script(lists.office, "UPDATE gateway SET online = 1");
  all();
}

TEST_CASE("meter lists: em-account-status: meters are found by what the code of their housing source begins with and by its area, else the room's own") {
  Lists lists;
  for (int i = 0; i < 6; ++i) lists.add(10 + i, "n" + std::to_string(i), "r");
  run_script(lists.office,
             "INSERT INTO area(id, organisation, site, enabled, version, created_ms, updated_ms, name, note) VALUES(1, 1, 1, 1, 1, 0, 0, 'A', ''), (2, 1, 1, 1, 1, 0, 0, 'B', '');"
             "INSERT INTO housing_source(id, organisation, site, enabled, version, created_ms, updated_ms, code, name, type, zone, address, note) VALUES"
             "(1, 1, 1, 1, 1, 0, 0, '00001', 's1', 'distributed', 1, '', ''), (2, 1, 1, 1, 1, 0, 0, '00002', 's2', 'centralised', NULL, '', '');"
             "INSERT INTO room(id, organisation, site, enabled, version, created_ms, updated_ms, name, number, zone, house, source, note) VALUES"
             "(1, 1, 1, 1, 1, 0, 0, 'a', '1', 2, NULL, 1, ''), (2, 1, 1, 1, 1, 0, 0, 'b', '1', 1, NULL, 2, ''), (3, 1, 1, 1, 1, 0, 0, 'c', '1', 1, NULL, NULL, '');"
             "INSERT INTO room_meter(organisation, site, room, meter, since_ms, by, until_ms) VALUES(1, 1, 1, 10, 0, '', NULL), (1, 1, 2, 11, 0, '', NULL), (1, 1, 3, 12, 0, '', NULL),"
             " (1, 1, 1, 13, 0, '', 5)");
  using Ids = std::vector<std::int64_t>;
  CHECK(lists.ids({.source_code = "0000"}) == Ids{10, 11});
  CHECK(lists.ids({.source_code = "00002"}) == Ids{11});
  CHECK(lists.ids({.source_code = "0002"}).empty());  // the beginning, no part of it
  CHECK(lists.ids({.zone = 1}) == Ids{10, 12});       // 11: its source has none, 13: was there once
  CHECK(lists.ids({.zone = 2}).empty());              // the room's own area counts where it has no source
  CHECK(lists.ids({.source_code = "00001", .zone = 1}) == Ids{10});
  for (const char* code : {"0", "00001", "%", "x"}) lists.same({.source_code = code});
  for (const std::int64_t zone : {1, 2, 3}) lists.same({.search = "n", .zone = zone});
  const auto page = lists.queries->meters(Scope{1}, {.source_code = "00001"}, lists.site.now);
  REQUIRE(page);
  REQUIRE(page->rows.size() == 1);
  CHECK(page->rows[0].source.code == "00001");
  CHECK(page->rows[0].source.name == "s1");
  CHECK(page->rows[0].source.type == "distributed");
  CHECK(page->rows[0].source.zone == "A");
  const auto elsewhere = lists.queries->meters(Scope{2}, {.source_code = "00001"}, lists.site.now);
  REQUIRE(elsewhere);
  CHECK(elsewhere->total == 0);
}

TEST_CASE("meter lists: the account's state that the ledger keeps is the one that follows from balance and settings") {
  for (const unsigned seed : {1U, 7U, 23U}) {
    CAPTURE(seed);
    StoredSite site;
    site.live_a_day(seed);
    CHECK(site.count("SELECT count(*) FROM meter_supply s JOIN meter m ON m.id = s.meter JOIN account a ON a.id = m.account WHERE s.account_state <>"
                     " CASE WHEN m.mode <> 'prepaid' OR s.moved = 0 THEN 'normal' WHEN a.balance_micro_yuan <= -m.overdraft_micro_yuan THEN 'arrears'"
                     " WHEN a.balance_micro_yuan < m.alarm_2_micro_yuan THEN 'low_2' WHEN a.balance_micro_yuan < m.alarm_1_micro_yuan THEN 'low_1' ELSE 'normal' END") == 0);
  }
}

TEST_CASE("meter lists: sorted both ways, rows of the same text by id, from either end") {
  Lists lists;
  for (int i = 0; i < 9; ++i) lists.add(10 + i, i % 2 == 0 ? "b" : "A", std::to_string(9 - i));
  const auto up = lists.ids({.search = "x1", .sort = MeterOrder::name});
  CHECK(up == std::vector<std::int64_t>{11, 13, 15, 17, 10, 12, 14, 16, 18});
  CHECK(lists.ids({.search = "x1", .sort = MeterOrder::name, .descending = true}) == std::vector<std::int64_t>(up.rbegin(), up.rend()));
  CHECK(lists.ids({.search = "x1", .sort = MeterOrder::room}) == std::vector<std::int64_t>{18, 17, 16, 15, 14, 13, 12, 11, 10});
  const auto page = lists.queries->meters(Scope{1}, {.search = "x1", .page = 3, .page_size = 4, .sort = MeterOrder::name}, lists.site.now);
  REQUIRE(page);
  CHECK(page->total == 9);
  REQUIRE(page->rows.size() == 1);
  CHECK(page->rows[0].id == 18);
}

TEST_CASE("meter lists: who sees some sites, or asks for one, gets no meter of others") {
  Lists lists;
  const auto total = [&](const Scope& scope) {
    const auto page = lists.queries->meters(scope, {}, lists.site.now);
    REQUIRE(page);
    return page->total;
  };
  CHECK(total({1}) == 3);
  CHECK(total({.organisation = 1, .sites = std::vector<std::int64_t>{1}}) == 3);
  CHECK(total({.organisation = 1, .sites = std::vector<std::int64_t>{2}}) == 0);
  CHECK(total({.organisation = 1, .sites = std::vector<std::int64_t>{}}) == 0);
  CHECK(total({.organisation = 1, .only = "nowhere"}) == 0);
  CHECK(total({2}) == 0);
}
