#include "platform/store/sites.hpp"

#include "platform/store/question.hpp"
#include "platform/store/verify.hpp"
#include "tests/unit/platform/store/scratch_database.hpp"

using namespace anju;
using namespace anju::platform;

namespace {

SiteCard full_card() {
  SiteCard card;
  card.name = "田家园";
  card.kind = PlaceKind::apartment;
  card.province = "广东省";
  card.city = "深圳市";
  card.address = "福田区 1 号";
  card.contact = "孙悦";
  card.phone = "0755-1";
  card.position = Position{22'543'100, -114'057'900};
  card.utc_offset_minutes = 540;
  card.greatest_power_w = 50'000;
  return card;
}

const Site* find(const Loaded& loaded, std::int32_t id) {
  for (const Site& site : loaded.sites)
    if (site.owner.site == id) return &site;
  return nullptr;
}

}  // namespace

TEST_CASE("store: ten-community-create: a community is loaded as it was stored, also after a change, and verify finds nothing wrong") {
  StoredSite site;
  site.live_a_day(3);
  site.ask(CreateSite{"tianjia", full_card()});
  site.commit();
  const Loaded first = site.reload();
  const Site* loaded = find(first, 2);
  REQUIRE(loaded != nullptr);
  CHECK(loaded->code == "tianjia");
  CHECK(loaded->card.name == "田家园");
  CHECK(loaded->card.kind == PlaceKind::apartment);
  CHECK(loaded->card.province == "广东省");
  CHECK(loaded->card.city == "深圳市");
  CHECK(loaded->card.address == "福田区 1 号");
  CHECK(loaded->card.contact == "孙悦");
  CHECK(loaded->card.phone == "0755-1");
  CHECK(loaded->card.position == full_card().position);
  CHECK(loaded->card.utc_offset_minutes == 540);
  CHECK(loaded->card.greatest_power_w == 50'000);
  CHECK(loaded->enabled);

  SiteCard changed = full_card();
  changed.position.reset();
  site.ask(ChangeSite{2, 1, changed});
  site.ask(EnableSite{2, false});
  site.commit();
  const Loaded second = site.reload();
  loaded = find(second, 2);
  REQUIRE(loaded != nullptr);
  CHECK_FALSE(loaded->card.position);
  CHECK_FALSE(loaded->enabled);
  CHECK(loaded->version == 3);
  const auto checks = verify(site.url(), site.now);
  REQUIRE(checks);
  for (const Check& check : *checks) CHECK_MESSAGE(check.wrong == 0, check.name);
}

TEST_CASE("store: a community with something of the office below it is not removed; a removed one is gone, its id is not dealt again") {
  StoredSite site;
  site.ask(CreateSite{"tianjia", full_card()});
  site.commit();
  soci::session office;
  REQUIRE(open_session(office, site.url()));
  run_script(office,
             "INSERT INTO area(organisation, site, enabled, version, created_ms, updated_ms, name, note) VALUES(1, 2, 1, 1, 1, 1, 'a', '')");
  const auto refused = site.ledger->decide(Order{Scope{1}, "wang", site.now, RemoveSite{2}}, site.now);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().is(Errc::in_use));
  CHECK(refused.error().where == "areas");
  run_script(office, "DELETE FROM area");
  site.ask(RemoveSite{2});
  site.commit();
  const Loaded loaded = site.reload();
  CHECK(find(loaded, 2) == nullptr);
  CHECK(loaded.newest.site == 2);
  CHECK(site.count("SELECT count(*) FROM community WHERE code LIKE 'tianjia%'") == 0);
  site.ask(CreateSite{"tianjia", full_card()});
  site.commit();
  CHECK(site.count("SELECT id FROM community WHERE code = 'tianjia'") == 3);
}

TEST_CASE("store: the first site is an order like others, with its audit row, once") {
  ScratchFile file;
  const base::UtcMillis now{1};
  REQUIRE(add_site(file.url(), {"A", "s1", "Site", 480, 100'000}, now, "admin"));
  REQUIRE(add_site(file.url(), {"A", "s1", "Site", 480, 100'000}, now, "admin"));
  soci::session session;
  REQUIRE(open_session(session, file.url()));
  long long rows = 0;
  session << "SELECT count(*) FROM audit WHERE action = 'init' AND object = 'site s1' AND who = 'admin' AND result = 'ok'", soci::into(rows);
  CHECK(rows == 1);
}

TEST_CASE("store: every table with a site is a list that people know, so no refusal names a table") {
  StoredSite site;
  soci::session session;
  REQUIRE(open_session(session, site.url()));
  int tables = 0;
  Question(session).text(engine_of(session).references_to("site")).rows([&](Select& row) {
    const std::string table = row.text();
    CAPTURE(table);
    const std::string list(list_of_table(table));
    CHECK_FALSE(list.empty());
    CHECK(list.find('_') == std::string::npos);
    ++tables;
  });
  CHECK(tables > 20);
}
