#include "platform/store/ledger_store.hpp"
#include "platform/store/sites.hpp"

#include <doctest/doctest.h>
#include <soci/soci.h>

#include <algorithm>

#include "platform/store/database.hpp"
#include "platform/store/question.hpp"
#include "platform/store/referrers.hpp"
#include "platform/store/verify.hpp"
#include "platform/store/words.hpp"
#include "tests/unit/platform/store/scratch_database.hpp"

using namespace anju;
using namespace anju::platform;

TEST_CASE("store: what was committed is loaded again as it was") {
  StoredSite site;
  site.live_a_day(7);
  const Loaded loaded = site.reload();
  REQUIRE(loaded.meters.size() == site.loaded.meters.size() + 3);
  for (const MeterState& meter : loaded.meters) {
    const MeterState* before = site.ledger->meter(meter.id);
    REQUIRE(before != nullptr);
    CHECK(meter.account == before->account);
    CHECK(meter.metering == before->metering);
    CHECK(meter.hours == before->hours);
    CHECK(meter.supply == before->supply);
    CHECK(meter.settings == before->settings);
    CHECK(meter.device == before->device);
    CHECK(meter.address == before->address);
  }
  Archive& archive = *site.store;
  const Ledger again(loaded, archive);
  CHECK(again.archive_of(1) == site.ledger->archive_of(1));
  CHECK(again.position(1, "e1") == site.ledger->position(1, "e1"));
  CHECK(again.open_commands().size() == site.ledger->open_commands().size());
}

TEST_CASE("store: a day that began before hours were kept has none, those after it do, and verify does not mind") {
  StoredSite site;
  site.live_a_day(7);
  {
    soci::session session;
    REQUIRE(open_session(session, site.url()));
    run_script(session, "DELETE FROM meter_hour; UPDATE meter_day SET hours = NULL");
  }
  site.ledger = std::make_unique<Ledger>(site.reload(), *site.store);
  CHECK_FALSE(site.ledger->meter(1)->hours.known);
  std::int64_t total = site.ledger->meter(1)->metering.last.total.e4;
  const auto days_with = [&site](const std::string& which) { return site.count("SELECT count(*) FROM meter_day WHERE meter = 1 AND hours IS " + which); };
  const auto before = days_with("NULL");
  for (int i = 0; i < 7; ++i) {
    site.now = site.now + base::hours(9);
    total += 20'000;
    const std::vector<wire::Event> events{wire::ReadingsEvent{{{base::DeviceId("m1"), site.now, wire::ReadingKind::interval, base::Quantity(total), {}}}}};
    site.ledger->take(1, "e1", ++site.seq, events, site.now);
    site.commit();
    if (i % 2 == 0) site.ledger = std::make_unique<Ledger>(site.reload(), *site.store);
  }
  CHECK(site.ledger->meter(1)->metering.last.total == base::Quantity(total));
  CHECK(days_with("NULL") == before + 1);
  CHECK(days_with("NOT NULL") >= 1);
  const auto checks = verify(site.url(), site.now);
  REQUIRE(checks);
  const auto hours = std::ranges::find(*checks, "sums_of_hours", &Check::name);
  REQUIRE(hours != checks->end());
  CHECK_MESSAGE(hours->wrong == 0, (hours->first.empty() ? std::string() : hours->first[0]));
}

TEST_CASE("store: an order that waited over a restart leaves once, when the gateway is there") {
  StoredSite site;
  site.live_a_day(7);
  const auto hear = [&site](bool online) {
    wire::GatewayState state;
    state.online = online;
    state.at = site.now;
    site.ledger->hear_state(1, state, site.now);
    site.commit();
  };
  hear(false);
  site.ask(OrderCommand{"before-restart", 3, Ask::read, "", 0});
  site.commit();
  site.inbox.clear();
  site.ledger = std::make_unique<Ledger>(site.reload(), *site.store);
  site.now = site.now + base::seconds(5);
  hear(true);
  const auto ours = [&site] {
    return std::count_if(site.inbox.begin(), site.inbox.end(), [](const wire::Command& command) {
      return command.kind == wire::CommandKind::read && command.device.value == "m3";
    });
  };
  CHECK(ours() == 1);
  site.now = site.now + base::seconds(5);
  site.commit();
  CHECK(ours() == 1);
}

TEST_CASE("store: a price plan that was to come and was replaced does not come back with a restart") {
  StoredSite site;
  site.live_a_day(7);
  site.ask(ChangePricePlan{3, 1, site.now + base::hours(5)});
  site.commit();
  CHECK(site.reload().meter_plans.size() == 1);
  site.ask(ChangePricePlan{3, 2});  // at once, so what was to come does not
  site.commit();
  site.now = site.now + base::minutes(15);
  const std::int64_t shown = site.ledger->meter(3)->metering.last.total.e4;
  const wire::Event reading = wire::ReadingsEvent{{{base::DeviceId("m3"), site.now, wire::ReadingKind::interval, base::Quantity(shown + 100), {}}}};
  site.ledger->take(1, "e1", ++site.seq, std::vector{reading}, site.now);
  site.commit();
  CHECK(site.reload().meter_plans.empty());
}

TEST_CASE("store: a change of plan that begins with a reading of a clock that is ahead is not forgotten by a restart") {
  StoredSite site;
  site.live_a_day(7);
  const std::int64_t other = site.ledger->meter(3)->plan == 1 ? 2 : 1;
  const base::UtcMillis from = site.now + base::minutes(2);
  site.ask(ChangePricePlan{3, other, from});
  site.commit();
  site.now = from - base::minutes(1);
  const std::int64_t shown = site.ledger->meter(3)->metering.last.total.e4;
  const wire::Event reading = wire::ReadingsEvent{{{base::DeviceId("m3"), from + base::seconds(10), wire::ReadingKind::interval, base::Quantity(shown + 100), {}}}};
  site.ledger->take(1, "e1", ++site.seq, std::vector{reading}, site.now);
  site.commit();
  CHECK(site.ledger->meter(3)->plan == other);
  SUBCASE("before its moment") {}
  SUBCASE("after its moment") {
    site.now = from + base::minutes(1);
    site.commit();
  }
  const Ledger again(site.reload(), *site.store);
  CHECK(again.meter(3)->plan == other);
}

TEST_CASE("store: keys and codes of long ago are found") {
  StoredSite site;
  site.live_a_day(7);
  const auto recharge = site.store->find_recharge(1, "r-1-0");
  REQUIRE(recharge);
  REQUIRE(*recharge);
  CHECK((*recharge)->amount == base::Money(20'000'000));
  CHECK_FALSE(*site.store->find_recharge(2, "r-1-0"));
  CHECK_FALSE(*site.store->find_command(1, "never"));
}

TEST_CASE("store: a failed batch leaves nothing behind") {
  StoredSite site;
  site.live_a_day(7);
  Batch batch;
  batch.transfers.push_back({1'000'000, {1, 1}, TransferKind::correction, 1, 2, base::Money(5), {}, 1, 0, {}, 0, 0, {}, 0});
  batch.notices.push_back({1, {1, 1}, 999, false, {}, {}, {}});  // no such meter, and an id that is taken
  const auto failed = site.store->commit(batch);
  REQUIRE_FALSE(failed);
  CHECK(failed.error().is(Errc::store_failed));
  CHECK(site.count("SELECT count(*) FROM transfer WHERE id = 1000000") == 0);
}

TEST_CASE("store: ledger rows are never changed, deleted or replaced") {
  StoredSite site;
  site.live_a_day(7);
  soci::session other;
  REQUIRE(open_session(other, site.url()));
  for (const std::string table : {"transfer", "reading_block", "reading_tail", "recharge", "price_plan_version", "crossing", "notice"}) {
    CAPTURE(table);
    REQUIRE(site.count("SELECT count(*) FROM " + table) > 0);
    CHECK_THROWS_AS(run_script(other, "UPDATE " + table + " SET id = id + 1"), soci::soci_error);
    CHECK_THROWS_AS(run_script(other, "DELETE FROM " + table), soci::soci_error);
    CHECK_THROWS_AS(run_script(other, test_cluster() == nullptr ? std::string("INSERT OR ") + "REPLACE INTO " + table + " SELECT * FROM " + table
                                                                : "SET client_min_messages = warning; TRUNCATE " + table + " CASCADE"),
                    soci::soci_error);
  }
}

TEST_CASE("store: migrations run once, and a newer database is refused with what to do") {
  ScratchDatabase file;
  REQUIRE(open_ledger_store(file.url()));
  REQUIRE(open_ledger_store(file.url()));
  soci::session session;
  REQUIRE(open_session(session, file.url()));
  engine_of(session).set_version(session, 9999);
  const auto refused = open_ledger_store(file.url());
  REQUIRE_FALSE(refused);
  CHECK(refused.error().where.find("newer program") != std::string::npos);
}

TEST_CASE("store: a site is added once and never to another organisation") {
  ScratchDatabase file;
  const base::UtcMillis now{1};
  const auto first = add_site(file.url(), {"A", "s1", "Site", 480, 100'000}, now);
  REQUIRE(first);
  CHECK(add_site(file.url(), {"A", "s1", "Site", 480, 100'000}, now)->site == first->site);
  CHECK(add_site(file.url(), {"B", "s1", "Site", 480, 100'000}, now).error().is(Errc::conflict));
  CHECK(add_site(file.url(), {"A", "bad id", "Site", 480, 100'000}, now).error().is(Errc::bad_field));
}

TEST_CASE("store: a database that cannot be opened says which") {
  const auto failed = open_ledger_store("sqlite:/nowhere/at/all.db");
  REQUIRE_FALSE(failed);
  CHECK(failed.error().where.find("/nowhere/at/all.db") != std::string::npos);
  const auto unknown = open_ledger_store("mysql://somewhere");
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().where.find("postgresql://") != std::string::npos);
}

TEST_CASE("store: a device profile survives the table") {
  wire::MeterProfile profile;
  CHECK(parse_profile(profile_text(profile)) == profile);
  profile.close = wire::CloseMethod::permit;
  profile.password = "123456";
  CHECK(parse_profile(profile_text(profile)) == profile);
  CHECK(profile_text({}) == "{}");
  for (const char* dialect : {"dlt645-1997", "cjt188", "modbus", "mqtt"}) {
    CAPTURE(dialect);
    profile.dialect = dialect;
    profile.model = "eastron-sdm120";
    profile.travel_s = 40;
    CHECK(parse_profile(profile_text(profile)) == profile);
  }
  CHECK_THROWS_AS(parse_profile(R"({"dialect":"dlms"})"), soci::soci_error);
}

TEST_CASE("store: a removed meter is gone, its id is not dealt again, and the books stay right") {
  StoredSite site;
  site.live_a_day(3);
  RegisterMeter meter;
  meter.gateway = "gw";
  meter.line = "l1";
  meter.device = "wrong";
  meter.name = "Wrong one";
  meter.address = "000000000099";
  meter.price_plan = 1;
  site.ask(meter);
  site.commit();
  site.ask(OrderCommand{"look", 4, Ask::read, "", 0});
  site.commit();
  site.ask(RemoveMeter{4});
  site.ask(meter);  // the same name and address in the same group
  site.commit();
  CHECK(site.count("SELECT count(*) FROM meter WHERE device = 'wrong'") == 1);
  CHECK(site.count("SELECT id FROM meter WHERE device = 'wrong'") == 5);
  CHECK(site.count("SELECT count(*) FROM command WHERE meter = 4") == 0);
  CHECK(site.count("SELECT count(*) FROM removed_meter WHERE id = 4 AND name = 'Wrong one'") == 1);
  site.ask(RemoveMeter{5});
  site.commit();
  CHECK(site.reload().newest.meter == 5);
  site.ask(meter);
  site.ask(RemoveMeter{6});  // registered and removed in one group
  site.commit();
  CHECK(site.count("SELECT count(*) FROM meter") == 3);
  const auto checks = verify(site.url(), site.now);
  REQUIRE(checks);
  for (const Check& check : *checks) CHECK_MESSAGE(check.wrong == 0, check.name);
}

TEST_CASE("store: a meter with a document over nothing is taken away and keeps its books; the commit is not refused") {
  StoredSite site;
  site.live_a_day(3);
  RegisterMeter meter;
  meter.gateway = "gw";
  meter.line = "l1";
  meter.device = meter.name = "wrong";
  meter.address = "000000000099";
  meter.price_plan = 1;
  site.ask(meter);
  site.commit();
  const auto settled = [&site](const std::string& key, bool close) {
    return Settle{key, 4, site.ledger->meter(4)->metering.last.at, base::Money(0), PayMethod::cash, close, ""};
  };
  SUBCASE("opened by mistake, and closed at nothing") {
    OpenAccount opening;
    opening.key = "o-wrong";
    opening.meter = 4;
    opening.household.customer = "A";
    opening.price_plan = 1;
    site.ask(opening);
    site.commit();
    site.ask(settled("s-wrong", true));
  }
  SUBCASE("settled at nothing") { site.ask(settled("s-wrong", false)); }
  SUBCASE("a year for nothing") {
    site.ask(ChangeAnnualFee{4, AnnualFee{base::Money(0), 20'500}});
    site.ask(PayAnnualFee{"f-wrong", 4, {base::Money(0), 20'500}, 1, PayMethod::cash, ""});
  }
  SUBCASE("cleared before it was ever read") {
    site.ask(OrderCommand{"clear-wrong", 4, Ask::clear, "", 0});
    site.commit();
    const auto sent = std::ranges::find(site.inbox, wire::CommandKind::clear, &wire::Command::kind);
    REQUIRE(sent != site.inbox.end());
    const std::vector<wire::Event> events{wire::CommandEvent{sent->id, sent->device, site.now, wire::CommandPhase::verified, "", wire::Relay::unknown}};
    site.ledger->take(1, "e1", ++site.seq, events, site.now);
  }
  SUBCASE("and taken away in the same group") {
    site.ask(settled("s-wrong", false));
    site.ask(RemoveMeter{4});
  }
  site.commit();
  if (site.ledger->meter(4) != nullptr) {
    site.ask(RemoveMeter{4});
    site.commit();
  }
  CHECK(site.count("SELECT count(*) FROM removed_meter WHERE id = 4") == 1);
  CHECK(site.count("SELECT count(*) FROM meter_supply WHERE meter = 4") == 0);
  CHECK(site.count("SELECT count(*) FROM meter WHERE id = 4") == 1);
  CHECK(site.reload().meters.size() == 3);
  site.ask(meter);  // its device and address are free again
  site.commit();
  CHECK(site.count("SELECT id FROM meter WHERE device = 'wrong'") == 5);
  const auto checks = verify(site.url(), site.now);
  REQUIRE(checks);
  for (const Check& check : *checks) CHECK_MESSAGE(check.wrong == 0, check.name);
}

TEST_CASE("store: every table that names a meter either goes with it or keeps it") {
  StoredSite site;
  soci::session session;
  REQUIRE(open_session(session, site.url()));
  std::vector<std::string> tables;
  Question(session).text(engine_of(session).references_to("meter")).rows([&](Select& row) { tables.push_back(row.text()); });
  CHECK(std::ranges::find(tables, "opening") != tables.end());
  CHECK(std::ranges::find(tables, "meter_register") != tables.end());
  CHECK(find_referrer(session, "meter", 1) == std::nullopt);
  site.live_a_day(3);
  CHECK(find_referrer(session, "meter", 1).has_value());
  CHECK(find_referrer(session, "meter", 99) == std::nullopt);
  const std::vector<std::string_view> all(tables.begin(), tables.end());
  CHECK(find_referrer(session, "meter", 1, all) == std::nullopt);
}

TEST_CASE("store: names of price plans that are handed on within one group of decisions are stored one after the other") {
  StoredSite site;
  site.live_a_day(3);
  const std::int64_t first = site.count("SELECT min(id) FROM price_plan"), second = first + 1;
  const Prices prices{PlanKind::total, base::Price(60'000), {}};
  const auto rename = [&](std::int64_t plan, const std::string& name) { site.ask(PutPricePlan{plan, name, prices}); };
  rename(first, "x");
  rename(second, "y");
  site.commit();
  rename(first, "z");
  rename(second, "x");
  rename(first, "y");
  rename(first, "w");
  site.commit();
  CHECK(site.count("SELECT count(*) FROM price_plan WHERE id = " + std::to_string(first) + " AND name = 'w'") == 1);
  CHECK(site.count("SELECT count(*) FROM price_plan WHERE id = " + std::to_string(second) + " AND name = 'x'") == 1);
}
