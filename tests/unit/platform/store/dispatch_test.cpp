// 数据下发 and what scans found, in the tables: the migration that called all meters dispatched, and what comes back after a restart.

#include <doctest/doctest.h>
#include <soci/soci.h>

#include "platform/store/database.hpp"
#include "platform/store/question.hpp"
#include "platform/store/verify.hpp"
#include "tests/unit/platform/store/scratch_database.hpp"

using namespace anju;
using namespace anju::platform;

namespace {

RegisterMeter draft(const std::string& device, const std::string& address) {
  RegisterMeter what;
  what.gateway = "gw";
  what.line = "l1";
  what.device = what.name = device;
  what.address = address;
  what.price_plan = 1;
  what.dispatch = false;
  what.profile.format = "8N1";
  return what;
}

}  // namespace

TEST_CASE("store: con-dispatch-status: prepared, dispatched and withdrawn are the same after a restart, and only the dispatched is in the archive") {
  StoredSite site;
  site.live_a_day(3);
  site.ask(draft("p4", "000000000104"));
  site.ask(draft("p5", "000000000105"));
  site.ask(draft("p6", "000000000106"));
  site.commit();
  site.ask(DispatchMeter{5});
  site.ask(DispatchMeter{6});
  site.ask(WithdrawMeter{6});
  site.commit();
  wire::GatewayState state;
  state.online = true;
  state.at = site.now = site.now + base::minutes(1);
  state.epoch = "none";
  state.archive_version = site.ledger->archive_of(1)->version;
  site.ledger->hear_state(1, state, site.now);
  site.commit();
  const auto before = *site.ledger->archive_of(1);
  CHECK(before.devices.size() == 4);
  CHECK(before.devices.back().profile.format == "8N1");
  site.loaded = site.reload();
  site.ledger = std::make_unique<Ledger>(site.loaded, *site.store);
  CHECK(*site.ledger->archive_of(1) == before);
  CHECK(site.ledger->meter(4)->dispatch == Dispatch{false, 0});
  CHECK(site.ledger->meter(5)->dispatch.wanted);
  CHECK_FALSE(site.ledger->meter(6)->dispatch.wanted);
  CHECK(site.ledger->meter(6)->dispatch.version == before.version);
  const auto checks = verify(site.url(), site.now);
  REQUIRE(checks);
  for (const Check& check : *checks) CHECK_MESSAGE(check.wrong == 0, check.name);
}

TEST_CASE("store: con-bind: what was found comes back with its id and its dismissal, the newest word only") {
  StoredSite site;
  site.live_a_day(3);
  const std::string epoch = "found";
  const auto scan = [&](std::int64_t seq, std::vector<wire::FoundDevice> devices) {
    const std::vector<wire::Event> events{wire::FoundEvent{base::LineId("l1"), site.now, std::move(devices)}};
    CHECK(site.ledger->take(1, epoch, seq, events, site.now).through == seq);
    site.commit();
  };
  wire::FoundDevice power{"dlt645-2007", "000000000301", 2400, "8E1", base::Quantity(12'300), "closed", {}, {}, false, true};
  wire::FoundDevice unit{"modbus", "17", 9600, "8N1", {}, {}, {"chint-ddsu666", "eastron-sdm120"}, {}, false, true};
  wire::FoundDevice water{"cjt188", "33780012345A0B", 2400, "8E1", {}, {}, {}, "12", true, false};
  scan(1, {power, unit, water});
  site.ask(DismissFound{"gw", 2});
  power.total = base::Quantity(12'400);
  site.now = site.now + base::minutes(1);
  scan(2, {power, unit});
  soci::session session;
  REQUIRE(open_session(session, site.url()));
  CHECK(Question(session).text("SELECT count(*) FROM found_device").number() == 3);
  CHECK(Question(session).text("SELECT total_e4 FROM found_device WHERE id = 1").number() == 12'400);
  CHECK(Question(session).text("SELECT dismissed FROM found_device WHERE id = 2").number() == 1);
  site.loaded = site.reload();
  site.ledger = std::make_unique<Ledger>(site.loaded, *site.store);
  site.now = site.now + base::minutes(1);
  scan(3, {unit, water});  // known by its place, so it keeps its id and stays dismissed
  CHECK(Question(session).text("SELECT count(*) FROM found_device").number() == 3);
  CHECK(Question(session).text("SELECT dismissed FROM found_device WHERE id = 2").number() == 1);
  const auto loaded = site.store->load();
  REQUIRE(loaded);
  REQUIRE(loaded->found.size() == 3);
  CHECK(loaded->found[0].device == power);
  CHECK(loaded->found[1].device == unit);
  CHECK(loaded->found[2].device == water);
  CHECK(loaded->newest.found == 3);
}

TEST_CASE("store: con-dispatch-status: meters of before are dispatched, with the archive that their gateway is to have") {
  StoredSite site;
  site.live_a_day(3);
  soci::session session;
  REQUIRE(open_session(session, site.url()));
  // As the migrations before left it.
  run_script(session, "DROP TABLE found_device; DROP TABLE concentrator; ALTER TABLE gateway DROP COLUMN archive_acked; ALTER TABLE meter DROP COLUMN dispatch_version;"
                      " ALTER TABLE meter DROP COLUMN dispatched");
  for (const Migration& migration : engine_of(session).migrations()) {
    if (migration.number == 26) run_script(session, "BEGIN;" + std::string(migration.script) + ";COMMIT");
  }
  const auto version = Question(session).text("SELECT archive_version FROM gateway WHERE id = 1").number();
  CHECK(version > 0);
  CHECK(Question(session).text("SELECT count(*) FROM meter WHERE dispatched = 1 AND dispatch_version = ").value(version).number() == 3);
  CHECK(Question(session).text("SELECT count(*) FROM gateway WHERE archive_acked <> 0").number() == 0);
}
