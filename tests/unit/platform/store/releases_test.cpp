// Releases and orders of them on real books and both engines.

#include "platform/store/releases.hpp"

#include "platform/domain/errc.hpp"
#include "platform/store/queries.hpp"
#include "platform/store/question.hpp"
#include "platform/store/verify.hpp"
#include "tests/unit/platform/store/scratch_database.hpp"

using namespace anju;
using namespace anju::platform;
using wire::UpgradeStep;

namespace {

const Scope kAnju{1};

NewRelease release(const std::string& version, char digit, const std::string& architecture = "arm64") {
  NewRelease made;
  made.version = *wire::parse_version(version);
  made.minimum = *wire::parse_version("0.1.0");
  made.architecture = architecture;
  made.size = 1000;
  made.sha256 = std::string(64, digit);
  made.signed_by = "the factory";
  made.note = "试点";
  return made;
}

struct Yard {
  StoredSite site;
  std::unique_ptr<ReleaseDesk> desk;
  bool place_fails = false;
  int placed = 0;

  Yard() {
    auto opened = open_release_desk(site.url());
    REQUIRE(opened);
    desk = std::move(*opened);
    for (const char* gateway : {"gw", "gw2"}) site.ask(CreateGateway{"site", gateway, gateway, 15, {{base::LineId("l1"), "tcp://127.0.0.1:1"}}});
    site.commit();
  }
  AuditEntry audit(const char* action) const {
    AuditEntry entry;
    entry.at = site.now;
    entry.organisation = 1;
    entry.who = "admin";
    entry.action = action;
    return entry;
  }
  base::Result<AddedRelease> add(const NewRelease& made, const Scope& scope = kAnju) {
    return desk->add(scope, made, [this] { return ++placed, !place_fails; }, audit("upload_release"));
  }
  base::Result<std::string> remove(std::int64_t id, const Scope& scope = kAnju) { return desk->remove(scope, id, audit("remove_release")); }
  void order(const std::string& gateway, std::int64_t id, const std::string& code, char digit) {
    OrderUpgrade what{gateway, id, {}};
    what.wanted = {code, *wire::parse_version("0.2.0"), 1000, std::string(64, digit), "https://anju.example/releases/x", {}};
    site.ask(what);
    site.commit();
  }
  void says(std::int64_t gateway, const std::string& code, UpgradeStep step) {
    wire::GatewayState state;
    state.online = true;
    state.at = site.now = site.now + base::seconds(1);
    state.upgrade = wire::UpgradeProgress{code, *wire::parse_version("0.2.0"), step, step == UpgradeStep::failed ? "damaged" : "", 400, site.now};
    site.ledger->hear_state(gateway, state, site.now);
    site.commit();
  }
  void restart() {
    site.loaded = site.reload();
    site.ledger = std::make_unique<Ledger>(site.loaded, *site.store);
  }
  GatewayRow row(const std::string& gateway) {
    auto queries = open_queries(site.url(), 1);
    REQUIRE(queries);
    auto found = (*queries)->gateway(kAnju, gateway);
    REQUIRE(found);
    REQUIRE(*found);
    return (*found)->row;
  }
  std::int64_t rows(const std::string& where) { return site.count("SELECT count(*) FROM audit WHERE " + where); }
};

}  // namespace

TEST_CASE("store: a release is kept with all that it says, the same bytes are the same row, other bytes of its version are refused") {
  Yard yard;
  const auto first = yard.add(release("0.2.0", 'a'));
  REQUIRE(first);
  CHECK(first->created);
  const auto again = yard.add(release("0.2.0", 'a'));
  REQUIRE(again);
  CHECK(again->id == first->id);
  CHECK_FALSE(again->created);
  CHECK(yard.placed == 2);  // its file may have been lost
  const auto other = yard.add(release("0.2.0", 'b'));
  CHECK(other.error().is(Errc::conflict));
  CHECK(other.error().where == "version");
  CHECK(yard.placed == 2);
  REQUIRE(yard.add(release("0.2.0", 'b', "amd64")));
  NewRelease unsigned_one = release("0.3.0", 'c');
  unsigned_one.signed_by.reset();
  REQUIRE(yard.add(unsigned_one));

  const auto all = yard.desk->list(kAnju);
  REQUIRE(all);
  REQUIRE(all->size() == 3);
  CHECK_FALSE(all->at(0).release.signed_by);  // the newest first
  const ReleaseRow& row = all->at(2);
  CHECK(row.id == first->id);
  CHECK(wire::to_string(row.release.version) == "0.2.0");
  CHECK(wire::to_string(row.release.minimum) == "0.1.0");
  CHECK(row.release.architecture == "arm64");
  CHECK(row.release.size == 1000);
  CHECK(row.release.sha256 == std::string(64, 'a'));
  CHECK(row.release.signed_by == "the factory");
  CHECK(row.release.note == "试点");
  CHECK(row.by == "admin");
  CHECK(row.at == yard.site.now);
  CHECK(row.own);
  CHECK(row.wanted == 0);
  CHECK(yard.desk->files()->size() == 3);
  CHECK(yard.rows("action = 'upload_release' AND result = 'ok' AND detail LIKE '%0.2.0%'") == 3);
}

TEST_CASE("store: a file that cannot be written leaves no row, and the limit none either") {
  Yard yard;
  yard.place_fails = true;
  CHECK(yard.add(release("0.2.0", 'a')).error().is(Errc::store_failed));
  CHECK(yard.desk->list(kAnju)->empty());
  CHECK(yard.rows("action = 'upload_release'") == 0);
  yard.place_fails = false;
  const auto fill = [&](const Scope& scope) {
    for (std::int64_t i = 0; i < kMostOwnReleases; ++i) {
      NewRelease made = release("0.2." + std::to_string(i), 'a');
      made.sha256 = std::string(62, 'a') + std::to_string(10 + i);
      REQUIRE(yard.add(made, scope));
    }
  };
  const auto full = [&](const Scope& scope) {
    const auto refused = yard.add(release("0.3.0", 'b'), scope);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().is(Errc::too_many));
    return refused.error().where;
  };
  fill(kAnju);
  CHECK(full(kAnju) == "own_releases");
  const auto organisation = [&](std::int64_t i) {
    const std::string code = "place" + std::to_string(i);
    const auto made = add_site(yard.site.url(), {code, code, code, 480, 100'000}, yard.site.now);
    REQUIRE(made);
    return Scope{made->organisation};
  };
  for (std::int64_t i = 1; i < kMostReleases / kMostOwnReleases; ++i) fill(organisation(i));  // none takes another's place
  CHECK(full(organisation(9)) == "releases");
  CHECK(yard.add([] {
    NewRelease made = release("0.2.0", 'a');
    made.sha256 = std::string(62, 'a') + "10";
    return made;
  }()));  // what is here already is no further one
  REQUIRE(yard.remove(1));
  CHECK(yard.add(release("0.3.0", 'b')));
}

TEST_CASE("store: releases are of one organisation and of those below it, which order and do not delete them") {
  Yard yard;
  soci::session session;
  REQUIRE(open_session(session, yard.site.url()));
  const auto above = Question(session).text("SELECT parent FROM organisation WHERE id = 1").number();
  const auto other = add_site(yard.site.url(), {"Other", "elsewhere", "Elsewhere", 480, 100'000}, yard.site.now);
  REQUIRE(other);
  const Scope top{above}, next{other->organisation};
  const auto lent = yard.add(release("0.2.0", 'a'), top);
  REQUIRE(lent);
  const auto own = yard.add(release("0.2.0", 'a'));  // the same bytes, a row of its own
  REQUIRE(own);
  CHECK(own->created);
  CHECK(own->id != lent->id);
  const auto all = yard.desk->list(kAnju);
  REQUIRE(all->size() == 2);
  CHECK(all->at(0).own);
  CHECK_FALSE(all->at(1).own);
  CHECK(yard.desk->list(top)->size() == 1);
  REQUIRE(yard.desk->list(next)->size() == 1);
  CHECK(yard.desk->list(next)->at(0).id == lent->id);
  CHECK(yard.desk->hold(next, own->id).error().is(Errc::not_found));
  CHECK(yard.desk->hold(next, lent->id));
  CHECK(yard.remove(lent->id).error().is(Errc::beyond_rights));
  CHECK(yard.remove(own->id, next).error().is(Errc::not_found));
  // Who has only some communities neither adds nor deletes what is for all.
  const Scope some{1, std::vector<std::int64_t>{1}};
  CHECK(yard.add(release("0.4.0", 'd'), some).error().is(Errc::beyond_rights));
  CHECK(yard.remove(own->id, some).error().is(Errc::beyond_rights));
  // Whose it is sees all that are ordered to it, wherever they are; who is lent it sees his own.
  yard.order("gw", lent->id, "o1", 'a');
  CHECK(yard.desk->list(top)->at(0).wanted == 1);
  CHECK(yard.desk->list(kAnju)->at(1).wanted == 1);
  CHECK(yard.desk->list(next)->at(0).wanted == 0);
  CHECK(yard.remove(lent->id, top).error().is(Errc::in_use));
  yard.says(1, "o1", UpgradeStep::installed);
  CHECK(yard.desk->list(top)->at(0).wanted == 0);
  // The file stays as long as some row stands for it.
  CHECK(yard.remove(own->id)->empty());
  CHECK(*yard.remove(lent->id, top) == std::string(64, 'a'));
}

TEST_CASE("store: a release goes only while nobody is ordered to it, and its id is not dealt again") {
  Yard yard;
  const std::int64_t id = yard.add(release("0.2.0", 'a'))->id;
  {
    const auto held = yard.desk->hold(kAnju, id);
    REQUIRE(held);
    CHECK(held->row.release.sha256 == std::string(64, 'a'));
    CHECK(yard.remove(id).error().is(Errc::in_use));  // between the look at it and the ledger's commit
    yard.order("gw", id, "o1", 'a');
  }
  CHECK(yard.desk->list(kAnju)->at(0).wanted == 1);
  const auto refused = yard.remove(id);
  CHECK(refused.error().is(Errc::in_use));
  CHECK(refused.error().where == "gateways");
  yard.says(1, "o1", UpgradeStep::installed);
  CHECK(yard.desk->list(kAnju)->at(0).wanted == 0);
  CHECK(*yard.remove(id) == std::string(64, 'a'));
  CHECK(yard.rows("action = 'remove_release' AND result = 'ok'") == 1);
  CHECK(yard.remove(id).error().is(Errc::not_found));
  CHECK(yard.desk->files()->empty());
  CHECK(yard.add(release("0.2.0", 'b'))->id > id);
  CHECK(yard.row("gw").upgrade->release == id);  // what came of it stays
}

TEST_CASE("store: orders, how far they are and what came of them are the same after a restart") {
  Yard yard;
  yard.order("gw", 1, "o1", 'a');
  yard.order("gw2", 1, "o2", 'a');
  yard.says(1, "o1", UpgradeStep::downloading);
  yard.says(2, "o2", UpgradeStep::failed);
  const auto wanted = *yard.site.ledger->archive_of(1);
  REQUIRE(wanted.release);
  yard.restart();
  CHECK(*yard.site.ledger->archive_of(1) == wanted);
  CHECK_FALSE(yard.site.ledger->archive_of(2)->release);
  const GatewayRow row = yard.row("gw");
  REQUIRE(row.upgrade);
  CHECK(row.upgrade->step == UpgradeStep::downloading);
  CHECK(row.upgrade->bytes == 400);
  CHECK(row.upgrade->wanted == *wanted.release);
  CHECK(row.upgrade->owner == Owner{1, 1});
  CHECK(yard.row("gw2").upgrade->step == UpgradeStep::failed);
  CHECK(yard.row("gw2").upgrade->reason == "damaged");
  yard.site.ask(WithdrawUpgrade{"gw"});
  yard.site.commit();
  yard.restart();
  CHECK_FALSE(yard.site.ledger->archive_of(1)->release);
  CHECK(shown_step(*yard.row("gw").upgrade, yard.site.now) == "withdrawn");
  const auto checks = verify(yard.site.url(), yard.site.now);
  REQUIRE(checks);
  for (const Check& check : *checks) CHECK_MESSAGE(check.wrong == 0, check.name);
}
