// Communities as orders to the ledger.

#include "tests/unit/platform/domain/site_fixture.hpp"

using namespace anju;
using namespace anju::platform;

namespace {

SiteCard card(const std::string& name) {
  SiteCard made;
  made.name = name;
  return made;
}

std::int64_t created(const Outcome& outcome) {
  REQUIRE_MESSAGE(outcome, (outcome ? std::string() : std::string(outcome.error().code) + " " + outcome.error().where));
  return std::get<Created>(*outcome).id;
}

void refused(const Outcome& outcome, Errc code, const std::string& where) {
  REQUIRE_FALSE(outcome);
  CHECK(outcome.error().is(code));
  CHECK(outcome.error().where == where);
}

CreateGateway gateway_at(const std::string& site, const std::string& id) {
  return {site, id, "Gateway", 15, {{base::LineId("l1"), "tcp://127.0.0.1:1"}}};
}

}  // namespace

TEST_CASE("ledger: ten-community-create: a community is stored as it was said, and gateways are added to it at once") {
  SiteFixture f;
  SiteCard said = card("田家园");
  said.kind = PlaceKind::school;
  said.province = "广东省";
  said.city = "深圳市";
  said.position = Position{22'543'100, 114'057'900};
  CHECK(created(f.ask(CreateSite{"tianjia", said})) == 2);
  REQUIRE(f.last.sites.size() == 1);
  const Site& stored = f.last.sites.front();
  CHECK(stored.owner == Owner{1, 2});
  CHECK(stored.card.city == "深圳市");
  CHECK(stored.card.position == said.position);
  CHECK(stored.enabled);
  CHECK(stored.version == 1);
  created(f.ask(gateway_at("tianjia", "gw2")));
  CHECK(f.last.gateways.front().owner == Owner{1, 2});
}

TEST_CASE("ledger: ten-community-create: a code is given once over all organisations, a name once within one") {
  SiteFixture f;
  refused(f.ask(CreateSite{"site", card("Other")}), Errc::conflict, "code");
  refused(f.ask(CreateSite{"other", card("Site")}), Errc::conflict, "name");
  refused(f.ask(CreateSite{"two words", card("Other")}), Errc::bad_field, "code");
  const Outcome foreign = f.ledger.decide(Order{Scope{2}, "li", f.now, CreateSite{"other", card("Site")}}, f.now);
  CHECK(created(foreign) == 2);
}

TEST_CASE("ledger: what init has added beside the running platform is not dealt again") {
  SiteFixture f;
  f.archive.known = {7, false};
  CHECK(created(f.ask(CreateSite{"a", card("A")})) == 8);
  CHECK(created(f.ask(CreateSite{"b", card("B")})) == 9);
  f.archive.known = {9, true};
  refused(f.ask(CreateSite{"c", card("C")}), Errc::conflict, "code");
}

TEST_CASE("ledger: what a community cannot be is refused, and names the field") {
  SiteFixture f;
  const auto bad = [&](auto spoil, const char* field) {
    SiteCard wrong = card("New");
    spoil(wrong);
    refused(f.ask(CreateSite{"new", wrong}), Errc::bad_field, field);
  };
  bad([](SiteCard& c) { c.name.clear(); }, "name");
  bad([](SiteCard& c) { c.address = std::string(481, 'x'); }, "address");
  bad([](SiteCard& c) { c.phone = std::string(81, '1'); }, "phone");
  bad([](SiteCard& c) { c.position = Position{90'000'001, 0}; }, "latitude");
  bad([](SiteCard& c) { c.position = Position{0, -180'000'001}; }, "longitude");
  bad([](SiteCard& c) { c.utc_offset_minutes = 841; }, "utc_offset_minutes");
  bad([](SiteCard& c) { c.greatest_power_w = 0; }, "greatest_power_w");
  CHECK(f.last.sites.empty());
}

TEST_CASE("ledger: a changed greatest power bounds the next reading, and says so in the row") {
  SiteFixture f({PlanKind::total, base::Price(60'000), {}}, 1'000);
  f.read(0);
  f.pass(base::minutes(15));
  f.read(300'000);  // 30 kWh in a quarter of an hour
  CHECK(f.readings.back().state == ReadingState::quarantined);
  SiteCard said = card("Site");
  said.greatest_power_w = 200'000;
  REQUIRE(f.ask(ChangeSite{1, 1, said}));
  REQUIRE(f.last.sites.size() == 1);
  CHECK(f.last.sites.front().version == 2);
  CHECK(f.last.sites.front().card.greatest_power_w == 200'000);
  const auto other = f.add_meter("m2");
  f.read(0, {}, "m2");
  f.pass(base::minutes(15));
  f.read(300'000, {}, "m2");
  CHECK(f.readings.back().meter == other);
  CHECK(f.readings.back().state == ReadingState::used);
}

TEST_CASE("ledger: who changes a community that changed meanwhile is told, and the calendar stays once gateways count by it") {
  SiteFixture f;
  SiteCard said = card("Renamed");
  REQUIRE(f.ask(ChangeSite{1, 1, said}));
  refused(f.ask(ChangeSite{1, 1, said}), Errc::conflict, "");
  said.utc_offset_minutes = 540;
  refused(f.ask(ChangeSite{1, 2, said}), Errc::in_use, "gateways");
  const auto empty = created(f.ask(CreateSite{"empty", card("Empty")}));
  said.name = "Still empty";
  CHECK(f.ask(ChangeSite{empty, 1, said}));
  refused(f.ask(ChangeSite{99, 1, said}), Errc::not_found, "site");
  refused(f.ledger.decide(Order{Scope{2}, "li", f.now, ChangeSite{1, 2, card("Mine")}}, f.now), Errc::not_found, "site");
}

TEST_CASE("ledger: a disabled community takes nothing new, and what is there goes on") {
  SiteFixture f;
  f.read(0);
  REQUIRE(f.ask(EnableSite{1, false}));
  CHECK_FALSE(f.last.sites.front().enabled);
  refused(f.ask(gateway_at("site", "gw2")), Errc::disabled, "site");
  RegisterMeter meter;
  meter.gateway = "gw";
  meter.line = "l1";
  meter.device = "m9";
  meter.name = "m9";
  meter.address = "000000000099";
  meter.price_plan = 1;
  refused(f.ask(meter), Errc::disabled, "site");
  CHECK(f.recharge("r1", 50'000'000));
  f.pass(base::minutes(15));
  f.read(10'000);
  CHECK(f.readings.back().state == ReadingState::used);
  CHECK(f.balance() < base::Money(50'000'000));
  REQUIRE(f.ask(EnableSite{1, true}));
  CHECK(f.ask(meter));
}

TEST_CASE("ledger: a community is removed only when nothing refers to it; its code is free then, its id is not dealt again") {
  SiteFixture f;
  refused(f.ask(RemoveSite{1}), Errc::in_use, "gateways");
  const auto empty = created(f.ask(CreateSite{"empty", card("Empty")}));
  f.archive.referrer = "buildings";
  refused(f.ask(RemoveSite{empty}), Errc::in_use, "buildings");
  f.archive.referrer.reset();
  refused(f.ledger.decide(Order{Scope{2}, "li", f.now, RemoveSite{empty}}, f.now), Errc::not_found, "site");
  REQUIRE(f.ask(RemoveSite{empty}));
  REQUIRE(f.last.sites.size() == 1);
  CHECK(f.last.sites.front().removed == f.now);
  CHECK(f.last.sites.front().code == "empty.2");
  refused(f.ask(RemoveSite{empty}), Errc::not_found, "site");
  CHECK(created(f.ask(CreateSite{"empty", card("Empty")})) == 3);
}
