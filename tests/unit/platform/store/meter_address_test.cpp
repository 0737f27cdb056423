// Meters of three protocols in the tables: the migration that let their addresses in, and what comes back after a restart.

#include <doctest/doctest.h>
#include <soci/soci.h>

#include <string>
#include <vector>

#include "platform/store/database.hpp"
#include "platform/store/question.hpp"
#include "platform/store/verify.hpp"
#include "tests/unit/platform/store/scratch_database.hpp"

using namespace anju;
using namespace anju::platform;

namespace {

constexpr int kBefore = 22;

std::vector<std::string> texts(soci::session& session, const std::string& query) {
  std::vector<std::string> all;
  Select row(session, 1, query);
  while (row.next()) all.push_back(row.text());
  return all;
}

/// Every column of every row, as text.
std::vector<std::string> rows_of(soci::session& session, const std::string& table) {
  const auto columns = texts(session, test_cluster() == nullptr ? "SELECT name FROM pragma_table_info('" + table + "') ORDER BY cid"
                                                                : "SELECT column_name::text FROM information_schema.columns WHERE table_name = '" + table + "' ORDER BY ordinal_position");
  REQUIRE_FALSE(columns.empty());
  std::string all = "''";
  for (const std::string& column : columns) all += " || '|' || coalesce(CAST(" + column + " AS TEXT), 'NULL')";
  return texts(session, "SELECT " + all + " FROM " + table + " ORDER BY 1");
}

/// The table as it was made by the migrations before.
void put_back(soci::session& session) {
  run_script(session, test_cluster() == nullptr
                          ? "BEGIN IMMEDIATE; PRAGMA writable_schema = ON;"
                            " UPDATE sqlite_schema SET sql = replace(sql, 'CHECK (length(address) BETWEEN 1 AND 14)', 'CHECK (length(address) = 12)') WHERE name = 'meter';"
                            " CREATE TABLE touched(id INTEGER) STRICT; DROP TABLE touched; PRAGMA writable_schema = RESET; COMMIT"
                          : "ALTER TABLE meter DROP CONSTRAINT meter_address_check;"
                            " ALTER TABLE meter ADD CONSTRAINT meter_address_check CHECK (length(address) = 12)");
}

RegisterMeter device(const std::string& name, const std::string& address, const std::string& dialect) {
  RegisterMeter what;
  what.gateway = "gw";
  what.line = "l1";
  what.device = what.name = name;
  what.address = address;
  what.price_plan = 1;
  what.profile.dialect = dialect;
  return what;
}

void check_books(StoredSite& site) {
  const auto checks = verify(site.url(), site.now);
  REQUIRE(checks);
  for (const Check& check : *checks) CHECK_MESSAGE(check.wrong == 0, check.name);
}

}  // namespace

TEST_CASE("store: what the test puts back is the table of before" * doctest::skip(test_cluster() != nullptr)) {
  soci::session now, before;
  REQUIRE(open_session(now, "sqlite::memory:"));
  REQUIRE(open_session(before, "sqlite::memory:"));
  for (const Migration& migration : sqlite_migrations()) {
    if (migration.number <= kBefore) run_script(before, migration.script);
    if (migration.number <= kBefore + 1) run_script(now, "BEGIN;" + std::string(migration.script) + ";COMMIT");
  }
  const std::string made = "SELECT count(*) FROM sqlite_schema WHERE name = 'meter' AND sql LIKE '%BETWEEN 1 AND 14%'";
  REQUIRE(texts(now, made) == std::vector<std::string>{"1"});
  put_back(now);
  const std::string table = "SELECT sql FROM sqlite_schema WHERE name = 'meter'";
  CHECK(texts(now, table) == texts(before, table));
}

TEST_CASE("store: addresses of other lengths are let in, every row stays as it was, and who has the database open sees it") {
  StoredSite site;
  site.live_a_day(7);
  soci::session session, open_all_the_time;
  REQUIRE(open_session(session, site.url()));
  put_back(session);
  REQUIRE(open_session(open_all_the_time, site.url()));
  const std::string longer = "UPDATE meter SET address = '33780012345A0B' WHERE id = 1";
  CHECK_THROWS_AS(run_script(open_all_the_time, longer), soci::soci_error);
  std::vector<std::vector<std::string>> before;
  for (const char* table : {"meter", "meter_supply", "meter_register", "account", "command", "meter_change"}) before.push_back(rows_of(session, table));
  REQUIRE(before.front().size() == 3);

  for (const Migration& migration : engine_of(session).migrations()) {
    if (migration.number == kBefore + 1) run_script(session, "BEGIN;" + std::string(migration.script) + ";COMMIT");
  }
  std::size_t i = 0;
  for (const char* table : {"meter", "meter_supply", "meter_register", "account", "command", "meter_change"}) CHECK(rows_of(session, table) == before[i++]);
  for (soci::session* one : {&open_all_the_time, &session}) {
    run_script(*one, longer);
    run_script(*one, "UPDATE meter SET address = '7' WHERE id = 2");
    CHECK_THROWS_AS(run_script(*one, "UPDATE meter SET address = '337800123456789' WHERE id = 1"), soci::soci_error);
    CHECK_THROWS_AS(run_script(*one, "UPDATE meter SET address = '' WHERE id = 1"), soci::soci_error);
    // The other rules of the table hold as before.
    CHECK_THROWS_AS(run_script(*one, "UPDATE meter SET address = '7' WHERE id = 1"), soci::soci_error);
    CHECK_THROWS_AS(run_script(*one, "DELETE FROM meter WHERE id = 1"), soci::soci_error);
    CHECK_THROWS_AS(run_script(*one, "UPDATE meter SET mode = 'free' WHERE id = 1"), soci::soci_error);
  }
  // And its triggers: a changed address is told to whoever keeps lists.
  CHECK(rows_of(session, "meter_change").size() > before.back().size());
  if (test_cluster() == nullptr) CHECK(texts(session, "PRAGMA integrity_check") == std::vector<std::string>{"ok"});
  check_books(site);
}

TEST_CASE("wm-add-scan: meters of CJ/T188 and Modbus come back after a restart as they were registered and replaced") {
  StoredSite site;
  site.live_a_day(3);
  PutPricePlan plan{0, "water", {PlanKind::total, base::Price(350'000), {}}};
  plan.utility = Utility::water;
  site.ask(plan);
  RegisterMeter water = device("w1", "33780012345a0b", "cjt188");
  water.price_plan = 3;
  water.kind = wire::MeterKind::water;
  water.profile.status_map = "closed_10";
  water.profile.low_byte_first = true;
  water.profile.valve_open = "A5";
  water.profile.travel_s = 40;
  site.ask(water);
  RegisterMeter power = device("p1", "17", "modbus");
  power.profile.model = "eastron-sdm120";
  power.valve = false;
  power.baud = 4800;
  site.ask(power);
  site.commit();
  const auto as_it_was = [&] {
    const Ledger again(site.reload(), *site.store);
    const auto archive = again.archive_of(1);
    REQUIRE(archive);
    CHECK(archive == site.ledger->archive_of(1));
    return *archive;
  };
  const wire::Archive registered = as_it_was();
  CHECK(registered.devices[3].address == "33780012345A0B");
  CHECK(registered.devices[3].profile.travel_s == 40);
  CHECK(registered.devices[4].profile.model == "eastron-sdm120");
  CHECK(registered.devices[4].baud == 4800);
  CHECK(site.count("SELECT count(*) FROM meter WHERE address IN ('33780012345A0B', '17')") == 2);

  site.now = site.now + base::minutes(20);
  ChangeRegister replaced;
  replaced.key = "x1";
  replaced.meter = 5;
  replaced.start.emplace();
  replaced.address = "202311000042";
  replaced.profile.emplace();
  CHECK_FALSE(site.ledger->decide(Order{Scope{1}, "wang", site.now, replaced}, site.now));  // its meter cannot cut off, one of DL/T645 can
  replaced.address = "18";
  replaced.profile->dialect = "modbus";
  replaced.profile->model = "chint-ddsu666";
  site.ask(replaced);
  site.commit();
  const wire::Archive after = as_it_was();
  CHECK(after.devices[4].address == "18");
  CHECK(after.devices[4].profile.model == "chint-ddsu666");
  CHECK_FALSE(after.devices[4].baud);
  // Corrected, it comes back as corrected.
  ChangeDevice corrected{4, "33780012345A0B"};
  corrected.profile = after.devices[3].profile;
  corrected.profile.status_map = "closed_01";
  corrected.baud = 1200;
  site.ask(corrected);
  site.commit();
  CHECK(as_it_was().devices[3].profile.status_map == "closed_01");
  CHECK(as_it_was().devices[3].baud == 1200);
  // Its old unit is free on the line, its new one is not.
  RegisterMeter next = device("p2", "17", "modbus");
  next.profile.model = "pzem-014";
  site.ask(next);
  site.commit();
  as_it_was();
  check_books(site);
}
