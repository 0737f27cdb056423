#include "gateway/core/upgrade_report.hpp"

#include <doctest/doctest.h>

using namespace anju;
using namespace anju::gateway;

namespace {

const wire::Version kNew{{0, 2, 0}};
const base::UtcMillis kNow(1'000'000);

UpgradeFacts trial_facts() {
  UpgradeFacts facts;
  facts.state.trial = UpgradeTrial{kNew, "o1", 1};
  facts.epoch = "e1", facts.last_seq = 10, facts.through = 10;
  return facts;
}
UpgradeFacts facts_after(UpgradeResult result, const char* reason) {
  UpgradeFacts facts;
  facts.state.last = UpgradeOutcome{"o1", kNew, result, reason};
  facts.connected = facts.all_stored = true;
  return facts;
}

}  // namespace

TEST_CASE("upgrade report: a trial is confirmed by the acknowledgement of its own event, not by an older one") {
  UpgradeReport report(true, "");
  auto facts = trial_facts();
  facts.connected = facts.all_stored = true;
  const auto first = report.look(facts, kNow);
  REQUIRE(first.alarms.size() == 1);
  CHECK(first.alarms[0].code == "upgrade_trial");
  CHECK(first.alarms[0].active);
  CHECK(first.alarms[0].detail.find("0.2.0") != std::string::npos);
  CHECK_FALSE(first.confirm);
  facts.all_stored = false;  // the disk is full: the event has no number yet
  CHECK_FALSE(report.look(facts, kNow).confirm);
  facts.all_stored = true, facts.last_seq = 12;
  CHECK_FALSE(report.look(facts, kNow).confirm);
  facts.through = 11;
  CHECK_FALSE(report.look(facts, kNow).confirm);
  facts.through = 12, facts.connected = false;
  CHECK_FALSE(report.look(facts, kNow).confirm);
  facts.connected = true;
  CHECK(report.look(facts, kNow).confirm);
  facts.last_seq = 40;  // what is written meanwhile does not move the mark
  CHECK(report.look(facts, kNow).confirm);
}

TEST_CASE("upgrade report: a stream that is numbered anew begins the waiting anew") {
  UpgradeReport report(true, "");
  auto facts = trial_facts();
  facts.connected = facts.all_stored = true;
  (void)report.look(facts, kNow);
  facts.last_seq = 11;
  CHECK_FALSE(report.look(facts, kNow).confirm);
  facts.epoch = "e2", facts.last_seq = 0, facts.through = 0;  // nothing was left of the old one
  const auto again = report.look(facts, kNow);
  CHECK_FALSE(again.confirm);
  CHECK(again.alarms.size() == 1);
  facts.last_seq = 1;
  CHECK_FALSE(report.look(facts, kNow).confirm);
  facts.through = 1;
  CHECK(report.look(facts, kNow).confirm);
}

TEST_CASE("upgrade report: once it is installed both alarms are over") {
  UpgradeReport report(true, "");
  (void)report.look(trial_facts(), kNow);
  const auto said = report.look(facts_after(UpgradeResult::installed, ""), kNow);
  REQUIRE(said.alarms.size() == 2);
  CHECK_FALSE(said.alarms[0].active);
  CHECK_FALSE(said.alarms[1].active);
  CHECK_FALSE(said.confirm);
  CHECK(report.look(facts_after(UpgradeResult::installed, ""), kNow).alarms.empty());
}

TEST_CASE("upgrade report: the version that came back says why, once, and again for another order") {
  UpgradeReport report(false, "");
  const auto said = report.look(facts_after(UpgradeResult::rolled_back, "no_contact"), kNow);
  REQUIRE(said.alarms.size() == 3);
  CHECK(said.alarms[0].code == "upgrade_trial");
  CHECK_FALSE(said.alarms[0].active);
  CHECK(said.alarms[1].code == "upgrade_failed");
  CHECK_FALSE(said.alarms[1].active);
  CHECK(said.alarms[2].code == "upgrade_failed");
  CHECK(said.alarms[2].active);
  CHECK(said.alarms[2].detail.find("no_contact") != std::string::npos);
  CHECK(report.look(facts_after(UpgradeResult::rolled_back, "no_contact"), kNow).alarms.empty());
  UpgradeReport next(false, said.told);  // a person may have cleared it meanwhile
  CHECK(next.look(facts_after(UpgradeResult::rolled_back, "no_contact"), kNow).alarms.empty());
  CHECK(next.look(facts_after(UpgradeResult::rolled_back, "crashed"), kNow).alarms.size() == 3);
  CHECK(report.look(facts_after(UpgradeResult::refused, "untrusted"), kNow).alarms.size() == 3);
}

TEST_CASE("upgrade report: where nothing was ever ordered nothing is said") {
  UpgradeReport report(false, "");
  UpgradeFacts facts;
  facts.connected = facts.all_stored = true;
  CHECK(report.look(facts, kNow).alarms.empty());
}

TEST_CASE("upgrade report: what the launcher cannot judge is said at each start while it lasts, and its end where it had been said") {
  UpgradeFacts facts;
  facts.blocked = {"unreadable", "/r/state: no state of upgrades"};
  for (const bool before : {false, true}) {
    CAPTURE(before);
    UpgradeReport report(false, "", before);
    const auto said = report.look(facts, kNow);
    REQUIRE(said.alarms.size() == (before ? 2 : 1));
    CHECK(said.alarms.front().active == !before);
    CHECK(said.alarms.back().code == "upgrade_blocked");
    CHECK(said.alarms.back().active);
    CHECK(said.alarms.back().detail == "reason=unreadable; text=/r/state: no state of upgrades");
    CHECK(said.blocked == true);
    CHECK(report.look(facts, kNow).alarms.empty());
    CHECK_FALSE(report.look(facts, kNow).blocked);
  }
  UpgradeReport mended(false, "", true);
  const auto over = mended.look(UpgradeFacts{}, kNow);
  REQUIRE(over.alarms.size() == 1);
  CHECK(over.alarms[0].code == "upgrade_blocked");
  CHECK_FALSE(over.alarms[0].active);
  CHECK(over.blocked == false);
  UpgradeReport never(false, "", false);
  CHECK_FALSE(never.look(UpgradeFacts{}, kNow).blocked);
}
