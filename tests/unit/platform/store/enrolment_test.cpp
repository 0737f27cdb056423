// Codes of gateways on real books and both engines: one works once, and nothing that is killed in between leaves a box outside.

#include "platform/store/enrolment.hpp"

#include "platform/domain/errc.hpp"
#include "tests/unit/platform/store/scratch_database.hpp"

using namespace anju;
using namespace anju::platform;

namespace {

const Scope kAnju{1};

struct Yard {
  StoredSite site;
  std::unique_ptr<EnrolmentDesk> desk;
  base::UtcMillis now = site.now;
  std::vector<std::string> replaced, dropped;
  bool key_fails = false;

  Yard() {
    auto opened = open_enrolment_desk(site.url());
    REQUIRE(opened);
    desk = std::move(*opened);
    for (const char* gateway : {"gw", "gw2"}) site.ask(CreateGateway{"site", gateway, gateway, 15, {{base::LineId("l1"), "tcp://127.0.0.1:1"}}});
    site.commit();
  }
  AuditEntry audit(const char* action) const {
    AuditEntry entry;
    entry.at = now;
    entry.organisation = 1;
    entry.who = "admin";
    entry.action = action;
    return entry;
  }
  void create(const std::string& hash, const std::string& gateway = "gw") { REQUIRE(desk->create(kAnju, gateway, hash, audit("create_enrolment"))); }
  base::Result<Redemption> redeem(const std::string& hash, const std::string& nonce = "box") {
    AuditEntry entry = audit("redeem_enrolment");
    entry.organisation.reset();
    entry.who.clear();
    return desk->redeem(hash, nonce, [this](const std::string& gateway) {
      replaced.push_back(gateway);
      return !key_fails;
    }, entry);
  }
  EnrolmentRow newest() {
    const auto row = desk->newest(kAnju, "gw", now);
    REQUIRE(row);
    REQUIRE(row->enrolment);
    return *row->enrolment;
  }
  base::Result<> revoke(const Scope& scope = kAnju, const std::string& gateway = "gw") {
    return desk->revoke(scope, gateway, "stolen", [this](const std::string& whose) {
      dropped.push_back(whose);
      return !key_fails;
    }, audit("revoke_gateway"));
  }
  std::optional<Revocation> revocation(const std::string& gateway = "gw") { return desk->newest(kAnju, gateway, now)->revocation; }
  std::int64_t rows(const std::string& where) { return site.count("SELECT count(*) FROM audit WHERE " + where); }
};

}  // namespace

TEST_CASE("store: a code is redeemed once; its own box hears the answer again, nobody else does") {
  Yard yard;
  CHECK_FALSE(yard.desk->newest(kAnju, "gw", yard.now)->enrolment);
  yard.create("h1");
  CHECK(yard.newest().state == EnrolmentState::open);
  CHECK(yard.newest().by == "admin");
  CHECK(yard.newest().expires == yard.now + base::hours(24));

  const auto first = yard.redeem("h1");
  REQUIRE(first);
  CHECK(first->outcome == Redeemed::now);
  CHECK(first->site == "site");
  CHECK(first->gateway == "gw");
  yard.now = yard.now + kEnrolmentRepeats - base::Millis(1);
  CHECK(yard.redeem("h1")->outcome == Redeemed::repeated);
  CHECK(yard.redeem("h1", "another box")->outcome == Redeemed::refused);
  yard.now = yard.now + base::Millis(1);
  CHECK(yard.redeem("h1")->outcome == Redeemed::refused);
  CHECK(yard.replaced == std::vector<std::string>{"gw"});
  CHECK(yard.newest().state == EnrolmentState::used);
  CHECK(yard.newest().reused == 2);
  CHECK(yard.rows("action = 'redeem_enrolment' AND organisation = 1 AND who = 'gateway gw' AND result = 'ok'") == 2);
  CHECK(yard.rows("action = 'redeem_enrolment' AND organisation = 1 AND who = 'gateway gw' AND result = 'conflict'") == 2);
}

TEST_CASE("store: a code that expired, was cancelled or replaced opens nothing, and neither does an invented one") {
  Yard yard;
  const auto opens_nothing = [&](const char* hash) {
    const auto done = yard.redeem(hash);
    REQUIRE_FALSE(done);
    CHECK(done.error().is(Errc::not_found));
    CHECK(done.error().where == "code");
  };
  yard.create("old");
  yard.create("new");
  opens_nothing("old");
  opens_nothing("invented");
  opens_nothing("");
  REQUIRE(yard.desk->cancel(kAnju, "gw", yard.audit("cancel_enrolment")));
  opens_nothing("new");
  CHECK(yard.newest().state == EnrolmentState::cancelled);
  CHECK(yard.desk->cancel(kAnju, "gw", yard.audit("cancel_enrolment")).error().where == "enrolment");
  yard.create("late");
  yard.now = yard.now + kEnrolmentFor;
  opens_nothing("late");
  CHECK(yard.newest().state == EnrolmentState::expired);
  CHECK(yard.desk->cancel(kAnju, "gw", yard.audit("cancel_enrolment")).error().is(Errc::not_found));
  CHECK(yard.replaced.empty());
  CHECK(yard.rows("action = 'redeem_enrolment'") == 0);
}

TEST_CASE("store: a box that was replaced hears no answer again, and codes of two gateways know nothing of each other") {
  Yard yard;
  yard.create("h1");
  yard.create("other", "gw2");
  CHECK(yard.redeem("h1", "old box")->outcome == Redeemed::now);
  yard.create("h2");
  CHECK(yard.redeem("h1", "old box")->outcome == Redeemed::refused);  // somebody drew a new one: the old box is out
  CHECK(yard.redeem("h2", "new box")->outcome == Redeemed::now);
  CHECK(yard.redeem("other", "box 2")->gateway == "gw2");
  CHECK(yard.replaced == std::vector<std::string>{"gw", "gw", "gw2"});
}

TEST_CASE("store: while the key cannot be written the code stays good") {
  Yard yard;
  yard.create("h1");
  yard.key_fails = true;
  CHECK(yard.redeem("h1").error().is(Errc::store_failed));
  CHECK(yard.newest().state == EnrolmentState::open);
  CHECK(yard.rows("action = 'redeem_enrolment'") == 0);
  yard.key_fails = false;
  CHECK(yard.redeem("h1", "another nonce")->outcome == Redeemed::now);
}

TEST_CASE("store: nobody makes, sees or cancels a code of a gateway that he does not see") {
  Yard yard;
  yard.create("h1");
  Scope elsewhere{1};
  elsewhere.sites.emplace();
  for (const Scope& scope : {Scope{2}, elsewhere}) {
    CHECK(yard.desk->newest(scope, "gw", yard.now).error().is(Errc::not_found));
    CHECK(yard.desk->create(scope, "gw", "h2", yard.audit("create_enrolment")).error().where == "gateway");
    CHECK(yard.desk->cancel(scope, "gw", yard.audit("cancel_enrolment")).error().where == "gateway");
  }
  CHECK(yard.desk->create(kAnju, "nobody", "h2", yard.audit("create_enrolment")).error().is(Errc::not_found));
  CHECK(yard.newest().state == EnrolmentState::open);
  CHECK(yard.rows("action = 'create_enrolment'") == 1);
}

TEST_CASE("store: 吊销 takes the key, the open code and the repeated answer away, until a new code is used") {
  Yard yard;
  yard.create("h1");
  CHECK(yard.redeem("h1")->outcome == Redeemed::now);
  CHECK_FALSE(yard.revocation());
  yard.now = yard.now + base::seconds(1);
  yard.create("open");
  REQUIRE(yard.revoke());
  CHECK(yard.dropped == std::vector<std::string>{"gw"});
  const auto revoked = yard.revocation();
  REQUIRE(revoked);
  CHECK(revoked->by == "admin");
  CHECK(revoked->note == "stolen");
  CHECK(revoked->at == yard.now);
  CHECK_FALSE(yard.revocation("gw2"));
  CHECK(yard.redeem("open").error().is(Errc::not_found));
  CHECK(yard.redeem("h1")->outcome == Redeemed::refused);  // within the ten minutes of the box that has used it
  CHECK(yard.rows("action = 'revoke_gateway' AND who = 'admin' AND result = 'ok' AND organisation = 1") == 1);

  REQUIRE(yard.revoke());  // once more: nothing is left to take, and who asked is noted
  CHECK(yard.rows("action = 'revoke_gateway'") == 2);
  yard.now = yard.now + base::seconds(1);
  yard.create("h2");
  CHECK(yard.revocation());  // an open code is no credential yet
  CHECK(yard.redeem("h2")->outcome == Redeemed::now);
  CHECK_FALSE(yard.revocation());
  CHECK(yard.replaced == std::vector<std::string>{"gw", "gw"});
}

TEST_CASE("store: a key that cannot be removed is not called revoked, and nobody revokes a gateway that he does not see") {
  Yard yard;
  yard.create("h1");
  yard.key_fails = true;
  CHECK(yard.revoke().error().is(Errc::store_failed));
  CHECK_FALSE(yard.revocation());
  CHECK(yard.newest().state == EnrolmentState::open);
  yard.dropped.clear();
  yard.key_fails = false;
  Scope elsewhere{1};
  elsewhere.sites.emplace();
  for (const Scope& scope : {Scope{2}, elsewhere}) CHECK(yard.revoke(scope).error().where == "gateway");
  CHECK(yard.revoke(kAnju, "nobody").error().is(Errc::not_found));
  CHECK(yard.dropped.empty());
  CHECK(yard.rows("action = 'revoke_gateway'") == 0);
}
