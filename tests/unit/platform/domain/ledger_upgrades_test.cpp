// 固件升级 in the ledger: what stands in the archive, and what the gateway's word changes.

#include "platform/domain/errc.hpp"
#include "tests/unit/platform/domain/site_fixture.hpp"

using namespace anju;
using namespace anju::platform;
using wire::UpgradeStep;

namespace {

OrderUpgrade order(const std::string& code, std::int64_t release = 1) {
  OrderUpgrade what{"gw", release, {}};
  what.wanted.order = code;
  what.wanted.version = {{0, 2, 0}};
  what.wanted.size = 1000;
  what.wanted.sha256 = std::string(64, 'a');
  what.wanted.url = "https://anju.example/releases/" + what.wanted.sha256;
  return what;
}

struct Yard : SiteFixture {
  /// The gateway's next word; true: the ledger took it.
  bool says(const std::string& code, UpgradeStep step, std::int64_t bytes = 0, const std::string& reason = "") {
    now = now + base::seconds(1);
    wire::GatewayState state;
    state.online = true;
    state.at = now;
    state.archive_version = ledger.archive_of(1)->version;
    state.upgrade = wire::UpgradeProgress{code, {{0, 2, 0}}, step, reason, bytes, now};
    return hear(state);
  }
  std::int64_t version() { return ledger.archive_of(1)->version; }
  bool wanted() { return ledger.archive_of(1)->release.has_value(); }
};

}  // namespace

TEST_CASE("upgrade: an order stands in the archive, under a new version, until it has ended") {
  Yard site;
  const std::int64_t before = site.version();
  CHECK_FALSE(site.wanted());
  REQUIRE(site.ask(order("o1")));
  CHECK(site.version() == before + 1);
  CHECK(site.ledger.archive_of(1)->release == order("o1").wanted);
  REQUIRE(site.last.upgrades.size() == 1);
  CHECK(site.last.upgrades[0].by == "wang");
  CHECK(site.last.upgrades[0].owner == Owner{1, 1});
  CHECK(site.says("o1", UpgradeStep::downloading, 400));
  CHECK(site.last.upgrades.at(0).bytes == 400);
  CHECK(site.version() == before + 1);
  CHECK(site.says("o1", UpgradeStep::trial, 1000));
  CHECK(site.wanted());
  CHECK(site.says("o1", UpgradeStep::installed, 1000));
  CHECK_FALSE(site.wanted());
  CHECK(site.version() == before + 2);
  // A gateway restored from nothing says less; the outcome stays, and nothing is wanted.
  CHECK(site.says("o1", UpgradeStep::waiting));
  CHECK(site.last.upgrades.empty());
  CHECK_FALSE(site.wanted());
  CHECK(site.version() == before + 2);
}

TEST_CASE("upgrade: one order at a time; the same again changes nothing, its id for another release is refused") {
  Yard site;
  REQUIRE(site.ask(order("o1")));
  const std::int64_t version = site.version();
  REQUIRE(site.ask(order("o1")));
  CHECK(site.version() == version);
  CHECK(site.last.upgrades.empty());
  CHECK(site.ask(order("o1", 2)).error().is(Errc::key_reused));
  const auto second = site.ask(order("o2"));
  CHECK(second.error().is(Errc::conflict));
  CHECK(second.error().where == "upgrade");
  CHECK(site.says("o1", UpgradeStep::failed, 0, "damaged"));
  REQUIRE(site.ask(order("o2")));
  CHECK(site.ledger.archive_of(1)->release->order == "o2");
  CHECK(site.says("o1", UpgradeStep::installed));  // an old word about an old order
  CHECK(site.wanted());
}

TEST_CASE("upgrade: what is withdrawn leaves the archive; on trial it is too late") {
  Yard site;
  CHECK(site.ask(WithdrawUpgrade{"gw"}).error().where == "upgrade");
  REQUIRE(site.ask(order("o1")));
  CHECK(site.says("o1", UpgradeStep::downloading, 10));
  const std::int64_t version = site.version();
  REQUIRE(site.ask(WithdrawUpgrade{"gw"}));
  CHECK_FALSE(site.wanted());
  CHECK(site.version() == version + 1);
  CHECK(site.ask(WithdrawUpgrade{"gw"}).error().is(Errc::not_found));
  // It had offered it already: the trial runs, and no other order may come between.
  CHECK(site.says("o1", UpgradeStep::trial));
  CHECK(site.version() == version + 1);
  CHECK(site.ask(order("o2")).error().is(Errc::conflict));
  CHECK(site.says("o1", UpgradeStep::rolled_back, 10, "no_contact"));
  REQUIRE(site.ask(order("o2")));
  CHECK(site.says("o2", UpgradeStep::trial));
  const auto late = site.ask(WithdrawUpgrade{"gw"});
  CHECK(late.error().is(Errc::conflict));
  CHECK(late.error().where == "step");
  CHECK(site.wanted());
}

TEST_CASE("upgrade: no order blocks its gateway for ever: a trial without an end may be withdrawn after an hour, and another ordered at once") {
  Yard site;
  REQUIRE(site.ask(order("o1")));
  CHECK(site.says("o1", UpgradeStep::trial));
  const base::UtcMillis since = site.now;
  site.now = since + kTrialForgotten - base::seconds(2);
  CHECK(site.says("o1", UpgradeStep::trial));  // the same word again is no news
  CHECK(site.ask(WithdrawUpgrade{"gw"}).error().where == "step");
  CHECK(site.ask(order("o2")).error().is(Errc::conflict));
  site.now = since + kTrialForgotten;
  CHECK(site.ask(order("o2")).error().is(Errc::conflict));  // it is wanted still
  const std::int64_t version = site.version();
  REQUIRE(site.ask(WithdrawUpgrade{"gw"}));
  CHECK_FALSE(site.wanted());
  CHECK(site.version() == version + 1);
  REQUIRE(site.last.upgrades.size() == 1);
  CHECK(site.last.upgrades[0].withdrawn);
  CHECK(site.ask(WithdrawUpgrade{"gw"}).error().where == "upgrade");
  REQUIRE(site.ask(order("o2")));
  CHECK(site.ledger.archive_of(1)->release->order == "o2");
}

TEST_CASE("upgrade: a trial that was withdrawn before it began ends with whatever the gateway says, or after an hour") {
  for (const bool heard : {true, false}) {
    Yard site;
    REQUIRE(site.ask(order("o1")));
    REQUIRE(site.ask(WithdrawUpgrade{"gw"}));
    CHECK(site.says("o1", UpgradeStep::trial));
    CHECK(site.ask(order("o2")).error().is(Errc::conflict));
    if (heard) {
      CHECK(site.says("o1", UpgradeStep::failed, 0, "damaged"));
    } else {
      site.now = site.now + kTrialForgotten;
    }
    CHECK(site.ask(order("o2")));
  }
}

TEST_CASE("upgrade: only gateways of the scope are ordered, and only what the wire takes") {
  Yard site;
  const std::int64_t version = site.version();
  OrderUpgrade what = order("o1");
  what.gateway = "nobody";
  CHECK(site.ask(what).error().is(Errc::not_found));
  for (const Scope& scope : {Scope{2}, Scope{1, std::vector<std::int64_t>{7}}}) {
    CHECK(site.ledger.decide(Order{scope, "wang", site.now, order("o1")}, site.now).error().is(Errc::not_found));
    CHECK(site.ledger.decide(Order{scope, "wang", site.now, WithdrawUpgrade{"gw"}}, site.now).error().where == "gateway");
  }
  const auto refused = [&](auto&& change, const char* field) {
    OrderUpgrade wrong = order("o1");
    change(wrong.wanted);
    const auto outcome = site.ask(wrong);
    CHECK(outcome.error().is(Errc::bad_field));
    CHECK(outcome.error().where == field);
  };
  refused([](wire::ReleaseOrder& wanted) { wanted.order = "o 1"; }, "order");
  refused([](wire::ReleaseOrder& wanted) { wanted.size = 0; }, "release");
  refused([](wire::ReleaseOrder& wanted) { wanted.size = wire::kMaxRelease + 1; }, "release");
  refused([](wire::ReleaseOrder& wanted) { wanted.sha256 = "abc"; }, "release");
  refused([](wire::ReleaseOrder& wanted) { wanted.url = "ftp://anju.example/x"; }, "release");
  refused([](wire::ReleaseOrder& wanted) { wanted.url = "https://" + std::string(300, 'a'); }, "release");
  refused([](wire::ReleaseOrder& wanted) { wanted.pin = "sha256//x"; }, "release");
  CHECK(site.version() == version);
  CHECK_FALSE(site.wanted());
}

TEST_CASE("upgrade: words that were said before are not followed") {
  Yard site;
  REQUIRE(site.ask(order("o1")));
  CHECK(site.says("o1", UpgradeStep::downloading, 400));
  wire::GatewayState old;
  old.online = true;
  old.at = site.now - base::minutes(1);
  old.upgrade = wire::UpgradeProgress{"o1", {{0, 2, 0}}, UpgradeStep::installed, "", 1000, old.at};
  CHECK_FALSE(site.hear(old));
  CHECK(site.wanted());
}
