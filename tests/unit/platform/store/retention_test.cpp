#include "platform/store/retention.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "platform/store/backup.hpp"
#include "platform/store/cut_rows.hpp"
#include "platform/store/queries_meter.hpp"
#include "platform/store/verify.hpp"
#include "tests/unit/platform/store/journal_fixture.hpp"
#include "tests/unit/platform/store/scratch_database.hpp"

using namespace anju;
using namespace anju::platform;

namespace {

/// The names of the checks that find something, with their first finding.
std::string found(const std::string& url, base::UtcMillis now) {
  const auto checks = verify(url, now);
  REQUIRE_MESSAGE(checks, (checks ? std::string() : checks.error().where));
  std::string text;
  for (const Check& check : *checks)
    if (check.wrong != 0) text += check.name + ": " + check.first.at(0) + "; ";
  return text;
}

struct Cutter {
  explicit Cutter(const StoredSite& site) : site_(site) {
    auto opened = open_retention(site.url());
    REQUIRE(opened);
    store_ = std::move(*opened);
  }
  CutOutcome cut(base::Millis keep) { return at(site_.now - keep); }
  CutOutcome at(base::UtcMillis before) {
    auto made = store_->cut(site_.now, before);
    REQUIRE_MESSAGE(made, (made ? std::string() : made.error().where));
    return *made;
  }
  RetentionStore* operator->() { return store_.get(); }

 private:
  const StoredSite& site_;
  std::unique_ptr<RetentionStore> store_;
};

std::int64_t number(const std::string& url, const std::string& query) {
  soci::session session;
  REQUIRE(open_session(session, url, true));
  return Question(session).text(query).number();
}

/// What a person may change only behind the platform's back.
void plant(const std::string& url, const std::string& sql) {
  soci::session session;
  REQUIRE(open_session(session, url));
  drop_triggers(session);
  run_script(session, sql);
}

/// The next events of the gateway, and their commit.
void send(StoredSite& site, const std::vector<wire::Event>& events) {
  site.ledger->take(1, "e1", site.seq + 1, events, site.now);
  site.seq += static_cast<std::int64_t>(events.size());
  site.commit();
}

wire::Event reading_of(const char* device, base::UtcMillis at, base::Quantity total) {
  return wire::ReadingsEvent{{{base::DeviceId(device), at, wire::ReadingKind::interval, total, {}}}};
}

/// The meters read once more, `used` after what they showed.
void read_again(StoredSite& site, std::int64_t used, base::Millis later = base::minutes(15)) {
  site.now = site.now + later;
  std::vector<wire::Event> events;
  for (std::int64_t meter = 1; meter <= 3; ++meter) {
    const Register& last = site.ledger->meter(meter)->metering.last;
    events.push_back(reading_of(("m" + std::to_string(meter)).c_str(), site.now - base::seconds(3), last.total + base::Quantity(used)));
  }
  send(site, events);
}

}  // namespace

TEST_CASE("retention: readings go in the order they came in, and the books stay as right as they were") {
  for (unsigned seed = 1; seed <= 4; ++seed) {
    CAPTURE(seed);
    StoredSite site;
    site.live_a_day(seed);
    Cutter cutter(site);
    CHECK(cutter.cut(base::hours(72)).blocks == 0);
    const auto sums = [&site] { return number(site.url(), "SELECT sum(quantity_e4) * 7 + sum(amount_micro_yuan) FROM meter_day"); };
    const auto billed = [&site] { return site.count("SELECT sum(quantity_e4) FROM transfer WHERE kind = 0"); };
    const auto days = sums(), energy = billed();
    std::int64_t went = 0;
    for (const std::int64_t keep : {36, 36, 20, 5, 0}) {
      const CutOutcome made = cutter.cut(base::hours(keep));
      CHECK(made.wrong.empty());
      went += made.readings;
      CHECK(number(site.url(), "SELECT coalesce(min(id), 0) FROM reading_block WHERE id <= " + std::to_string(went)) == 0);
      CHECK(found(site.url(), site.now) == "");
      CHECK(sums() == days);
      CHECK(billed() == energy);
    }
    CHECK(went >= 500);
    CHECK(number(site.url(), "SELECT count(*) FROM reading_block") == 0);  // what is left is the tail, which no cut touches
    CHECK(number(site.url(), "SELECT count(*) FROM reading_cut") >= 3);
    CHECK(number(site.url(), "SELECT count(*) FROM reading_kept") < 60);
    const auto so_far = cutter->so_far();
    REQUIRE(so_far);
    CHECK(so_far->readings == went);
    // The ledger goes on with what it has, and after a restart with what it finds.
    read_again(site, 12'000);
    site.ledger = std::make_unique<Ledger>(site.reload(), *site.store);
    read_again(site, 7'000);
    CHECK(found(site.url(), site.now) == "");
  }
}

TEST_CASE("retention: a fault in what would go is found before, and nothing goes") {
  struct Fault {
    const char* what;
    void (*change)(JournalRow&);
    const char* sql = "";
    bool names_meter = true;
  };
  const Fault faults[] = {
      {"reading 30", [](JournalRow& row) { if (row.reading.id == 30) row.reading.previous = 1; }},
      {"follows from transfer 1", [](JournalRow& row) { if (row.transfer == 30) row.previous_transfer = 1; }},
      {"should deduct", [](JournalRow& row) { if (row.transfer == 30) row.balance = row.balance + base::Money(1); }},
      {"should deduct", [](JournalRow& row) { if (row.transfer == 30) row.nano_yuan += 1; }},
      {"consumption", [](JournalRow& row) { if (row.reading.id == 40) row.reading.used = row.reading.used + base::Quantity(1); }},
      {"", [](JournalRow& row) { if (row.reading.id == 40) row.reading.total = row.reading.total - base::Quantity(400); }},
      {"another account", [](JournalRow& row) { if (row.transfer == 60) row.credit = 2; }},
      {"price version", [](JournalRow& row) { if (row.reading.id == 50) row.reading.plan_version = 2; }},
      {"", [](JournalRow& row) { if (row.reading.id == 33) row.reading.meter = 4; }},
      {"does not begin", nullptr, "DELETE FROM reading_block WHERE id = 101", false},
      {"looked for by", nullptr, "UPDATE reading_block SET most_at_ms = most_at_ms - 1 WHERE id = 101", false},
      {"should deduct", nullptr, "UPDATE price_plan_version SET total_e5 = total_e5 + 1 WHERE id = 1"},
  };
  for (const Fault& fault : faults) {
    CAPTURE(std::string(fault.what));
    CAPTURE(std::string(fault.sql));
    StoredSite site;
    site.live_a_day(3);
    plant(site.url(), *fault.sql == 0 ? "UPDATE site SET name = name" : fault.sql);
    if (fault.change != nullptr) {
      soci::session session;
      REQUIRE(open_session(session, site.url()));
      tamper(session, fault.change);
    }
    const auto blocks = number(site.url(), "SELECT sum(id) FROM reading_block");
    const CutOutcome made = Cutter(site).cut(base::hours(0));
    CHECK(made.blocks == 0);
    CHECK_MESSAGE(made.wrong.find(fault.what) != std::string::npos, made.wrong);
    CHECK_FALSE(made.wrong.empty());
    CHECK((made.meter != 0) == fault.names_meter);
    CHECK(number(site.url(), "SELECT sum(id) FROM reading_block") == blocks);
    for (const char* table : {"reading_cut", "meter_cut", "meter_cut_sum", "reading_kept"}) CHECK(number(site.url(), std::string("SELECT count(*) FROM ") + table) == 0);
  }
}

TEST_CASE("retention: bytes that are damaged stop it, too") {
  StoredSite site;
  site.live_a_day(3);
  soci::session session;
  REQUIRE(open_session(session, site.url()));
  drop_triggers(session);
  std::string body;
  each_row(session, 1, "SELECT body FROM reading_block WHERE id = 1", [&body](Select& row) { body = row.bytes(); });
  body[body.size() / 2] = static_cast<char>(body[body.size() / 2] ^ 4);
  Statement(session, "UPDATE reading_block SET body = ? WHERE id = 1").write(Bytes{body});
  const CutOutcome made = Cutter(site).cut(base::hours(0));
  CHECK(made.wrong.find("checksum") != std::string::npos);
  CHECK(number(site.url(), "SELECT count(*) FROM reading_cut") == 0);
}

TEST_CASE("retention: a cut that cannot be written whole is not written at all, and is made again") {
  StoredSite site;
  site.live_a_day(2);
  Cutter cutter(site);
  const auto kept = site.count("SELECT max(id) FROM reading WHERE state = 2 AND id <= 500");
  REQUIRE(kept > 0);
  {
    soci::session session;
    REQUIRE(open_session(session, site.url()));
    run_script(session, "INSERT INTO reading_kept(id, meter, body) SELECT " + std::to_string(kept) + ", 1, body FROM reading_block WHERE id = 1");
  }
  const auto refused = cutter->cut(site.now, site.now);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().is(Errc::store_failed));
  for (const char* table : {"reading_cut", "meter_cut", "meter_cut_sum"}) CHECK(number(site.url(), std::string("SELECT count(*) FROM ") + table) == 0);
  CHECK(number(site.url(), "SELECT min(id) FROM reading_block") == 1);
  plant(site.url(), "DELETE FROM reading_kept");
  CHECK(cutter.cut(base::hours(0)).blocks > 0);
  CHECK(found(site.url(), site.now) == "");
}

TEST_CASE("retention: refused readings stay, whatever their time says, and a person still decides about them") {
  StoredSite site;
  site.live_a_day(1);
  // The register of meter 3 stands elsewhere since it was replaced; and its gateway's clock was years ahead for a moment.
  const base::Quantity stood = site.ledger->meter(3)->metering.last.total;
  site.now = site.now + base::minutes(15);
  send(site, {reading_of("m3", site.now - base::seconds(9), stood + base::Quantity(3'000'000'000)), reading_of("m3", site.now + base::hours(90'000), stood + base::Quantity(100))});
  const auto refused = site.count("SELECT max(id) - 1 FROM reading WHERE state = 2");
  for (int i = 0; i < 40; ++i) read_again(site, 100);  // those of meter 3 count on from the refused one: not refused themselves
  Cutter cutter(site);
  for (int i = 0; i < 3; ++i) (void)cutter.cut(base::hours(0));
  REQUIRE(number(site.url(), "SELECT min(id) FROM reading_block") <= 0);
  CHECK(number(site.url(), "SELECT count(*) FROM reading_kept WHERE id = " + std::to_string(refused)) == 1);
  CHECK(found(site.url(), site.now) == "");
  // Its history still leads to it.
  soci::session session;
  REQUIRE(open_session(session, site.url(), true));
  soci::transaction reading(session);
  const auto page = read_readings(session, Scope{1}, 3, {{}, 500});
  REQUIRE(page);
  CHECK(std::ranges::count(page->rows, refused, &ReadingRow::id) == 1);
}

TEST_CASE("retention: a decision about a reading of which the block went is replayed from what was kept") {
  StoredSite site;
  site.live_a_day(1);
  const base::Quantity stood = site.ledger->meter(1)->metering.last.total;
  site.now = site.now + base::minutes(15);
  send(site, {reading_of("m1", site.now - base::seconds(9), stood + base::Quantity(3'000'000'000))});
  const auto refused = site.count("SELECT max(id) FROM reading WHERE state = 2 AND meter = 1");
  for (int i = 0; i < 70; ++i) {  // the others go on; meter 1 is silent until somebody has looked
    site.now = site.now + base::minutes(15);
    const auto next = [&site](std::int64_t meter) { return site.ledger->meter(meter)->metering.last.total + base::Quantity(200); };
    send(site, {reading_of("m2", site.now - base::seconds(3), next(2)), reading_of("m3", site.now - base::seconds(3), next(3))});
  }
  Cutter cutter(site);
  REQUIRE(cutter.cut(base::hours(0)).blocks > 0);
  REQUIRE(number(site.url(), "SELECT max(next_reading) FROM reading_cut") > refused);
  site.ledger = std::make_unique<Ledger>(site.reload(), *site.store);
  site.ask(AcceptReading{1, refused, site.ledger->meter(1)->metering.last.at, base::Quantity(50'000), "another meter"});
  site.commit();
  CHECK(found(site.url(), site.now) == "");
  for (int i = 0; i < 60; ++i) read_again(site, 150);
  REQUIRE(cutter.cut(base::hours(0)).blocks > 0);
  CHECK(found(site.url(), site.now) == "");
  read_again(site, 150);
  CHECK(found(site.url(), site.now) == "");
}

TEST_CASE("retention, replay: a household with which the steps began anew is met again at its place, whatever went") {
  StoredSite site;
  site.live_a_day(2);
  Prices prices{PlanKind::total, base::Price(50'000), {}};
  prices.step_period = StepPeriod::year;
  prices.steps = {{base::Quantity(10'0000), base::Price(30'000)}};
  site.ask(PutPricePlan{0, "steps", prices});
  site.ask(ChangePricePlan{1, 3});
  site.commit();
  const auto household = [&site](const std::string& key) {
    const MeterState* meter = site.ledger->meter(1);
    site.ask(Settle{"s-" + key, 1, meter->metering.last.at, meter->account.balance, PayMethod::cash, meter->opening != 0, ""});
    OpenAccount opening;
    opening.key = "o-" + key;
    opening.meter = 1;
    opening.household.customer = key;
    opening.price_plan = 3;
    site.ask(opening);
    site.commit();
  };
  const auto deducted = [&site] { return site.count("SELECT nano_yuan FROM transfer WHERE meter = 1 AND kind = 0 ORDER BY id DESC LIMIT 1"); };
  for (int i = 0; i < 3; ++i) read_again(site, 4'0000);
  CHECK(deducted() == 80'000LL * 4'0000);
  household("A");
  read_again(site, 4'0000);
  CHECK(deducted() == 50'000LL * 4'0000);
  for (int i = 0; i < 3; ++i) read_again(site, 4'0000);
  CHECK(deducted() == 80'000LL * 4'0000);
  CHECK(found(site.url(), site.now) == "");

  // The next comes after the last use that goes; what is left begins with readings of no use.
  household("B");
  Cutter cutter(site);
  for (int i = 0; i < 70; ++i) {
    site.now = site.now + base::minutes(15);
    const auto next = [&site](std::int64_t meter, std::int64_t used) { return site.ledger->meter(meter)->metering.last.total + base::Quantity(used); };
    send(site, {reading_of("m1", site.now - base::seconds(3), next(1, 0)), reading_of("m2", site.now - base::seconds(3), next(2, 100))});
  }
  REQUIRE(cutter.cut(base::hours(0)).blocks > 0);
  CHECK(found(site.url(), site.now) == "");
  site.ledger = std::make_unique<Ledger>(site.reload(), *site.store);
  read_again(site, 4'0000);
  CHECK(deducted() == 50'000LL * 4'0000);
  CHECK(found(site.url(), site.now) == "");
  household("C");
  for (int i = 0; i < 60; ++i) read_again(site, 4'000);
  REQUIRE(cutter.cut(base::hours(0)).blocks > 0);
  CHECK(found(site.url(), site.now) == "");
  household("D");
  read_again(site, 4'0000);
  CHECK(found(site.url(), site.now) == "");

  // An opening from before steps began anew is replayed as it was booked: the mark decides.
  plant(site.url(), "UPDATE opening SET steps_anew = 0");
  CHECK(found(site.url(), site.now).find("replay") != std::string::npos);
}

TEST_CASE("retention: nothing goes by a clock that is far ahead of all that was ever read") {
  StoredSite site;
  site.live_a_day(1);
  Cutter cutter(site);
  const base::UtcMillis right = site.now;
  site.now = right + base::hours(24 * 400);
  CHECK(cutter.cut(base::hours(24 * 30)).blocks == 0);
  CHECK(number(site.url(), "SELECT count(*) FROM reading_cut") == 0);
  site.now = right;
  CHECK(cutter.cut(base::hours(0)).blocks > 0);
}

TEST_CASE("retention: a meter that was silent since before the cut is cut off by its newest deduction, and goes on when it answers again") {
  StoredSite site;
  site.live_a_day(4);
  site.ask(ChangeSettings{1, "m1", {}, [&] {
    SupplySettings settings = site.ledger->meter(1)->settings;
    settings.overdraft = base::Money(900'000'000'000);
    return settings;
  }()});
  site.commit();
  // Only meter 3 is read from now on.
  for (int i = 0; i < 110; ++i) {
    site.now = site.now + base::minutes(15);
    const base::Quantity next = site.ledger->meter(3)->metering.last.total + base::Quantity(300);
    send(site, {reading_of("m3", site.now - base::seconds(3), next)});
  }
  Cutter cutter(site);
  REQUIRE(cutter.cut(base::hours(0)).blocks > 0);
  REQUIRE(number(site.url(), "SELECT count(*) FROM meter_register r JOIN reading_cut c ON r.newest_reading < c.next_reading WHERE r.meter <> 3") >= 2);
  site.ledger = std::make_unique<Ledger>(site.reload(), *site.store);
  const std::int64_t crossings = number(site.url(), "SELECT count(*) FROM crossing");
  SupplySettings strict = site.ledger->meter(1)->settings;
  strict.mode = MeterMode::prepaid;
  strict.auto_trip = true;
  strict.overdraft = -site.ledger->meter(1)->account.balance + base::Money(-1);
  if (strict.overdraft.micro_yuan >= 0) {
    site.ask(ChangeSettings{1, "m1", {}, strict});
    site.commit();
    CHECK(number(site.url(), "SELECT count(*) FROM crossing") == crossings + 1);
  }
  CHECK(found(site.url(), site.now).find("orders_have_causes") == std::string::npos);
  read_again(site, 400'000, base::hours(3));
  for (int i = 0; i < 70; ++i) read_again(site, 100);
  REQUIRE(cutter.cut(base::hours(0)).blocks > 0);
  const std::string wrong = found(site.url(), site.now);
  CHECK_MESSAGE(wrong.find("replay") == std::string::npos, wrong);
  CHECK_MESSAGE(wrong.find("orders_have_causes") == std::string::npos, wrong);
  CHECK_MESSAGE(wrong.find("histories_are_whole") == std::string::npos, wrong);
}

TEST_CASE("retention: ids go on after a restart when nothing is left, and what a gateway sends again is still refused") {
  StoredSite site;
  auto small = open_ledger_store(site.url(), 1);  // a block per reading: no tail
  REQUIRE(small);
  site.store = std::move(*small);
  site.ledger = std::make_unique<Ledger>(site.reload(), *site.store);
  site.ask(CreateGateway{"site", "gw", "Gateway", 15, {{base::LineId("l1"), "tcp://127.0.0.1:1"}}});
  site.ask(PutPricePlan{0, "one price", {PlanKind::total, base::Price(61'234), {}}});
  RegisterMeter meter;
  meter.gateway = "gw";
  meter.line = "l1";
  meter.device = meter.name = "m1";
  meter.address = "000000000001";
  meter.price_plan = 1;
  site.ask(meter);
  site.commit();
  std::vector<wire::Event> events;
  for (int i = 1; i <= 5; ++i) {
    site.now = site.now + base::minutes(15);
    events.push_back(reading_of("m1", site.now, base::Quantity(1000 * i)));
    site.ledger->take(1, "e1", 1, events, site.now);
    site.commit();
  }
  Cutter cutter(site);
  CHECK(cutter.cut(base::hours(-1)).blocks == 5);
  CHECK(number(site.url(), "SELECT count(*) FROM reading_block") == 0);
  CHECK(number(site.url(), "SELECT count(*) FROM reading_tail") == 0);
  CHECK(found(site.url(), site.now) == "");

  site.ledger = std::make_unique<Ledger>(site.reload(), *site.store);
  const Taken again = site.ledger->take(1, "e1", 1, events, site.now);
  CHECK(again.through == 5);
  site.commit();
  CHECK(number(site.url(), "SELECT count(*) FROM reading_block") == 0);
  site.now = site.now + base::minutes(15);
  site.seq = 5;
  send(site, {reading_of("m1", site.now, base::Quantity(9000))});
  CHECK(number(site.url(), "SELECT id FROM reading_block") == 6);
  CHECK(number(site.url(), "SELECT first_transfer FROM reading_block") == 6);
  CHECK(found(site.url(), site.now) == "");
}

TEST_CASE("retention: readings that come late and lie before the cut are taken, wait for their block, and go with it") {
  StoredSite site;
  site.live_a_day(2);
  Cutter cutter(site);
  REQUIRE(cutter.cut(base::hours(10)).blocks > 0);
  const auto next = number(site.url(), "SELECT max(next_reading) FROM reading_cut");
  std::vector<wire::Event> late;
  for (int i = 0; i < 5; ++i) {
    late.push_back(reading_of("m1", site.now - base::hours(40 - i), base::Quantity(5'000'000)));
    late.push_back(wire::ReadingsEvent{{{base::DeviceId("m1"), site.now - base::hours(40 - i), wire::ReadingKind::daily_freeze, base::Quantity(5'000'000), {}}}});
  }
  send(site, late);
  CHECK(found(site.url(), site.now) == "");
  CHECK(cutter.cut(base::hours(10)).blocks == 0);  // they came with young ones, and wait
  CHECK(number(site.url(), "SELECT max(next_reading) FROM reading_cut") == next);
  for (int i = 0; i < 60; ++i) read_again(site, 100);
  REQUIRE(cutter.cut(base::hours(0)).blocks > 0);
  CHECK(found(site.url(), site.now) == "");
}

TEST_CASE("retention: nothing goes but below a cut, and what a cut left behind is kept as it is") {
  StoredSite site;
  site.live_a_day(3);
  REQUIRE(Cutter(site).cut(base::hours(12)).blocks > 0);
  soci::session session;
  REQUIRE(open_session(session, site.url()));
  for (const char* sql : {"DELETE FROM reading_block", "UPDATE reading_block SET readings = readings", "DELETE FROM reading_cut", "UPDATE reading_cut SET next_reading = 99999",
                          "DELETE FROM reading_kept", "UPDATE reading_kept SET meter = 1", "DELETE FROM meter_cut", "UPDATE meter_cut SET balance_micro_yuan = 0",
                          "UPDATE meter_cut_sum SET nano_yuan = 0", "DELETE FROM meter_cut_sum", "DELETE FROM reading_tail"}) {
    CAPTURE(std::string(sql));
    CHECK_THROWS_AS(run_script(session, sql), soci::soci_error);
  }
  CHECK(found(site.url(), site.now) == "");
}

TEST_CASE("retention: each row that a cut left behind is missed or doubted when it is changed") {
  const std::pair<const char*, const char*> faults[] = {
      {"UPDATE meter_cut SET total_e4 = total_e4 + 100 WHERE meter = 1", "replay"},
      {"UPDATE meter_cut SET unsplit_e4 = unsplit_e4 + 100 WHERE meter = 2", "replay"},
      {"UPDATE meter_cut SET rollovers = 1 WHERE meter = 1", "replay"},
      {"UPDATE meter_cut SET balance_micro_yuan = balance_micro_yuan + 1 WHERE meter = 1", "replay"},
      {"UPDATE meter_cut SET remainder_nano_yuan = (remainder_nano_yuan + 1) % 1000 WHERE meter = 1", "replay"},
      {"UPDATE meter_cut SET billed_e4 = billed_e4 + 1 WHERE meter = 1", "replay"},
      {"UPDATE meter_cut SET month_quantity_e4 = month_quantity_e4 + 1 WHERE meter = 1", "replay"},
      {"UPDATE meter_cut SET newest_reading = newest_reading - 1 WHERE meter = 1", "histories_are_whole"},
      {"UPDATE meter_cut SET newest_transfer = newest_transfer - 1 WHERE meter = 1", "histories_are_whole"},
      {"UPDATE meter_cut SET newest_reading = 100000 WHERE meter = 1", "cuts_are_whole"},
      {"DELETE FROM meter_cut WHERE meter = 1", "replay"},
      {"UPDATE meter_cut_sum SET quantity_e4 = quantity_e4 + 1 WHERE meter = 1", "energy_billed"},
      {"UPDATE meter_cut_sum SET amount_micro_yuan = amount_micro_yuan + 1 WHERE meter = 1", "balance_is_sum"},
      {"UPDATE meter_cut_sum SET nano_yuan = nano_yuan + 1 WHERE meter = 1", "nothing_below_a_micro_yuan"},
      {"UPDATE meter_cut_sum SET other = other + 1 WHERE meter = 1", "balance_is_sum"},
      {"UPDATE meter_cut_sum SET price_plan_version = 1 WHERE meter = 2", "sums_of_days"},
      {"DELETE FROM meter_cut_sum WHERE meter = 3", "energy_billed"},
      {"UPDATE reading_cut SET until_ms = until_ms + 1 WHERE id = 1", "cuts_are_whole"},
      {"UPDATE reading_cut SET blocks_hash = 'x' WHERE id = 1", "cuts_are_whole"},
      {"DELETE FROM reading_cut WHERE id = 2", "cuts_are_whole"},
      {"DELETE FROM reading_kept WHERE id = (SELECT max(k.id) FROM reading_kept k)", ""},
      {"UPDATE reading_kept SET meter = meter + 1", "blocks_hold_their_readings"},
  };
  for (const auto& [sql, check] : faults) {
    CAPTURE(std::string(sql));
    StoredSite site;
    site.live_a_day(3);
    Cutter cutter(site);
    REQUIRE(cutter.cut(base::hours(20)).blocks > 0);
    REQUIRE(cutter.cut(base::hours(6)).blocks > 0);
    REQUIRE(found(site.url(), site.now) == "");
    plant(site.url(), (test_cluster() == nullptr ? "PRAGMA foreign_keys = OFF; " : "ALTER TABLE meter_cut DROP CONSTRAINT meter_cut_cut_fkey;"
                                                                                  " ALTER TABLE meter_cut_sum DROP CONSTRAINT meter_cut_sum_cut_fkey; ") + std::string(sql));
    const std::string wrong = found(site.url(), site.now);
    CHECK_MESSAGE(wrong.find(check) != std::string::npos, wrong);
    CHECK(wrong != "");
  }
}

TEST_CASE("retention: a copy of books with cuts is right by itself, and is cut on") {
  if (test_cluster() != nullptr) return;
  StoredSite site;
  site.live_a_day(2);
  REQUIRE(Cutter(site).cut(base::hours(20)).blocks > 0);
  const std::string copy = site.url().substr(7) + ".copy";
  REQUIRE(backup(site.url(), copy));
  CHECK(found("sqlite:" + copy, site.now) == "");
  const auto later = open_retention("sqlite:" + copy);
  REQUIRE(later);
  const auto made = (*later)->cut(site.now, site.now);
  REQUIRE(made);
  CHECK(made->blocks > 0);
  CHECK(found("sqlite:" + copy, site.now) == "");
}
