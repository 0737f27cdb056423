#include "platform/store/verify.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "platform/domain/day_hours.hpp"
#include "tests/unit/platform/store/journal_fixture.hpp"
#include "tests/unit/platform/store/scratch_database.hpp"

using namespace anju;
using namespace anju::platform;

namespace {

std::vector<Check> run(StoredSite& site) {
  auto checks = verify(site.url(), site.now);
  REQUIRE_MESSAGE(checks, (checks ? std::string() : checks.error().where));
  return std::move(*checks);
}

}  // namespace

TEST_CASE("verify: is silent on clean data, whatever happened") {
  for (unsigned seed = 1; seed <= 5; ++seed) {
    CAPTURE(seed);
    StoredSite site;
    site.live_a_day(seed);
    for (const Check& check : run(site)) {
      CAPTURE(check.name);
      CHECK_MESSAGE(check.wrong == 0, (check.first.empty() ? std::string() : check.first[0]));
    }
  }
}

TEST_CASE("verify: an order that was young when the platform ended does not hang, however late one looks") {
  StoredSite site;
  site.live_a_day(3);
  soci::session session;
  REQUIRE(open_session(session, site.url()));
  drop_triggers(session);
  const auto hanging = [&](base::Millis age) {
    run_script(session, "UPDATE command SET state = 'sent', created_ms = " + std::to_string((site.now - age).value) + " WHERE id = 1; DELETE FROM alarm WHERE command = 1");
    const auto checks = verify(site.url(), site.now + base::hours(24 * 365));
    REQUIRE(checks);
    return std::ranges::find(*checks, "no_command_hangs", &Check::name)->wrong;
  };
  CHECK(hanging(base::seconds(30)) == 0);
  CHECK(hanging(base::hours(6)) == 1);
}

TEST_CASE("verify: each check finds the fault that it is there for") {
  struct Fault {
    const char* check;
    const char* sql;
    void (*change)(JournalRow&) = nullptr;  ///< of every reading
  };
  const Fault faults[] = {
      {"balance_is_sum", "UPDATE account SET balance_micro_yuan = balance_micro_yuan + 1 WHERE id = 1"},
      {"source_documents", "UPDATE recharge SET amount_micro_yuan = amount_micro_yuan + 1 WHERE id = 1"},
      {"nothing_below_a_micro_yuan", "UPDATE account SET remainder_nano_yuan = (remainder_nano_yuan + 1) % 1000 WHERE id = 1"},
      {"nothing_below_a_micro_yuan", "", [](JournalRow& row) { if (row.transfer == 9) row.nano_yuan += 1; }},
      {"double_entry", "UPDATE transfer SET debit = 99999 WHERE id = (SELECT min(id) FROM transfer)"},
      {"double_entry", "", [](JournalRow& row) { if (row.transfer == 9) row.credit = 99'999; }},
      {"balance_is_sum", "", [](JournalRow& row) { if (row.transfer == 9) row.amount = row.amount + base::Money(1); }},
      {"one_effect_per_reading", "", [](JournalRow& row) { if (row.reading.id == 10 || row.reading.id == 11) row.reading.origin = {1, 7, 0}; }},
      {"energy_billed", "UPDATE meter_register SET total_e4 = total_e4 + 1 WHERE meter = 1"},
      {"nothing_unacknowledged", "UPDATE stream SET last_seq = last_seq - 1"},
      {"order_of_streams", "", [](JournalRow& row) { if (row.reading.id == 20) row.reading.origin.seq = 1; }},
      {"only_good_readings_billed", "",
       [](JournalRow& row) {
         if (row.transfer != 9) return;
         row.reading.state = ReadingState::quarantined;
         row.reading.reason = "backward";
       }},
      {"heads_of_streams", "UPDATE gateway SET stream = 99"},
      {"orders_have_causes", "UPDATE crossing SET balance_micro_yuan = balance_micro_yuan + 1 WHERE id = 1"},
      {"nobody_is_forgotten", "UPDATE meter_supply SET pending_command = 0, wanted = 'closed', ordered = 'open', relay = 'open';"
                              " DELETE FROM alarm"},
      {"warnings_have_causes", "UPDATE notice SET balance_micro_yuan = threshold_micro_yuan - 1 WHERE id = 1"},
      {"supply_follows_balance", "UPDATE meter_supply SET account_state = 'low_1' WHERE meter = 3"},
      {"supply_follows_balance", "UPDATE meter_supply SET wanted_reason = 'forced', wanted = 'open' WHERE meter = 2"},
      {"crossing_has_order", "UPDATE command SET crossing = 0"},
      {"no_command_hangs", "UPDATE command SET state = 'sent' WHERE id = 1; DELETE FROM alarm"},
      {"recharge_once", "DELETE FROM recharge WHERE id = 1"},
      {"no_trip_on_stale_readings", "UPDATE command SET reading_age_ms = 1800001 WHERE kind = 'trip' AND cause = 'arrears'"},
      {"histories_are_whole", "", [](JournalRow& row) { if (row.reading.id == 30) row.reading.previous = 1; }},
      {"histories_are_whole", "", [](JournalRow& row) { if (row.transfer == 30) row.previous_transfer = 1; }},
      {"sums_of_days", "UPDATE meter_day SET quantity_e4 = quantity_e4 + 1"},
      {"sums_of_hours", "UPDATE meter_hour SET hour = (hour + 1) % 24"},
      {"sums_of_hours", "UPDATE meter_hour SET day = day - 1"},
      {"sums_of_hours", "UPDATE meter_day SET hours = (SELECT h.finished FROM meter_hour h WHERE h.meter = 1)"},
      {"sums_of_hours", "", [](JournalRow& row) { if (row.transfer == 9) row.amount = row.amount + base::Money(1); }},
      {"sums_of_spans", "UPDATE meter_sum SET quantity_e4 = quantity_e4 + 1 WHERE span > 9999"},
      {"blocks_hold_their_readings", "UPDATE reading_block SET most_at_ms = most_at_ms - 1"},
      {"blocks_hold_their_readings", "UPDATE reading_tail SET last_transfer = last_transfer + 1"},
      {"blocks_hold_their_readings", "DELETE FROM reading_block WHERE id > 1 AND id < 150"},
      {"blocks_hold_their_readings", "UPDATE reading_block SET body = (SELECT body FROM reading_tail ORDER BY id LIMIT 1)"},
      {"connections_are_whole", "UPDATE gateway SET online = 0"},
      {"documents_have_transfers", "INSERT INTO adjustment(id, organisation, site, key, meter, transfer, at_ms, amount_micro_yuan, note, by)"
                                   " VALUES(1, 1, 1, 'k', 1, 1, 0, 5, 'x', 'y')"},
      {"register_changes_are_whole", "INSERT INTO register_change(id, organisation, site, key, meter, kind, moment_ms, last_total_e4, next_total_e4, billed_e4, transfer,"
                                     " price_plan_version, newest_reading, decision, known_version, known_meter_plan, at_ms, note, by)"
                                     " VALUES(1, 1, 1, 'k', 1, 'typed', 0, 5, 5, 7, 0, 1, 0, 0, 1, 0, 0, '', 'x')"},
      {"documents_have_transfers", "INSERT INTO fee_payment(id, organisation, site, key, meter, years, amount_micro_yuan, paid_from, paid_until, method, received, passed_on,"
                                   " at_ms, note, by) VALUES(1, 1, 1, 'k', 1, 1, 5, 0, 365, 'cash', 1, 2, 0, '', 'x')"},
      {"sums_of_days", "UPDATE site_day SET water_e4 = water_e4 + 1, quantity_e4 = quantity_e4 - 1"},
      {"supply_follows_balance", "UPDATE meter_supply SET scheduled = 1 WHERE meter = 3"},
      {"bindings_end_with_households", "INSERT INTO meter_share(id, organisation, site, meter, token_hash, by, created_ms, expires_ms, uses, used, ended) VALUES(1, 1, 1, 1, 'x', 'y', 0,"
                                       " 9, 4, 2, '')"},
      {"bindings_end_with_households", "INSERT INTO meter_share(id, organisation, site, meter, token_hash, by, created_ms, expires_ms, uses, used, ended) VALUES(1, 1, 1, 1, 'x', 'y', 0,"
                                       " 9, 4, 1, ''); INSERT INTO bound_user(id, name, mobile, language, sms, created_ms) VALUES(1, 'x', '1', 'en', 0, 0);"
                                       " INSERT INTO bound_meter(bound_user, organisation, site, meter, share, opening, since_ms, from_ms, ended) VALUES(1, 1, 1, 1, 1, 7, 0, 0, '')"},
      {"cuts_are_whole", "INSERT INTO reading_cut(id, at_ms, from_reading, next_reading, newest_transfer, until_ms, blocks, blocks_hash, hash) VALUES(1, 0, 1, 2, 0, 0, 1, 'x', 'y')"},
      {"replay", "UPDATE meter_register SET month_quantity_e4 = month_quantity_e4 + 1 WHERE meter = 2"},
      {"replay", "", [](JournalRow& row) { if (row.reading.id > 30) row.reading.estimated = true; }},
      {"replay", "UPDATE price_plan_version SET total_e5 = total_e5 + 1 WHERE id = 1"},
      {"replay", "", [](JournalRow& row) { if (row.reading.id == 40) row.reading.used = row.reading.used + base::Quantity(1); }},
      {"replay", "", [](JournalRow& row) { if (row.transfer == 30) row.balance = row.balance + base::Money(1); }},
  };
  std::set<std::string> covered;
  for (const Fault& fault : faults) {
    CAPTURE(fault.check);
    StoredSite site;
    site.live_a_day(3);
    {
      soci::session session;
      REQUIRE(open_session(session, site.url()));
      drop_triggers(session);
      if (*fault.sql != 0) run_script(session, fault.sql);
      if (fault.change != nullptr) tamper(session, fault.change);
    }
    bool found = false;
    for (const Check& check : run(site)) {
      if (check.name == fault.check) found = check.wrong > 0 && !check.first.empty();
    }
    CHECK(found);
    covered.insert(fault.check);
  }
  StoredSite empty;
  for (const Check& check : run(empty)) CHECK_MESSAGE(covered.contains(check.name), check.name);
}

TEST_CASE("verify: energy that was moved to another hour of its day is found, and a day without hours between others") {
  StoredSite site;
  site.live_a_day(3);
  soci::session session;
  REQUIRE(open_session(session, site.url()));
  drop_triggers(session);
  const auto wrong = [&site] {
    const auto checks = run(site);
    return std::ranges::find(checks, "sums_of_hours", &Check::name)->wrong;
  };
  std::string stored;
  each_row(session, 1, "SELECT hours FROM meter_day WHERE meter = 1 ORDER BY day LIMIT 1", [&stored](Select& row) { stored = row.bytes(); });
  auto hours = decode_hours(stored);
  REQUIRE(hours);
  REQUIRE(hours->size() > 1);
  Statement plant(session, "UPDATE meter_day SET hours = ? WHERE meter = 1 AND day = (SELECT min(d.day) FROM meter_day d WHERE d.meter = 1)");
  REQUIRE(wrong() == 0);
  (*hours)[0].quantity = (*hours)[0].quantity + base::Quantity(1);
  (*hours)[1].quantity = (*hours)[1].quantity - base::Quantity(1);
  plant.write(Bytes{encode_hours(*hours)});
  CHECK(wrong() == 1);
  plant.write(Bytes{"\x01"});
  CHECK(wrong() == 1);
  plant.write(Bytes{stored});
  CHECK(wrong() == 0);
  // The newest finished day: the one before it has hours.
  run_script(session, "UPDATE meter_day SET hours = NULL WHERE meter = 1 AND day = (SELECT max(d.day) FROM meter_day d WHERE d.meter = 1)");
  CHECK(wrong() == (site.count("SELECT count(*) FROM meter_day WHERE meter = 1") > 1 ? 1 : 0));
}
