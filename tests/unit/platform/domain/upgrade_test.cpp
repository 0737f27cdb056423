#include "platform/domain/upgrade.hpp"

#include <doctest/doctest.h>

using namespace anju;
using namespace anju::platform;
using wire::UpgradeStep;

namespace {

Upgrade ordered() {
  Upgrade upgrade;
  upgrade.wanted.order = "o1";
  upgrade.wanted.size = 100;
  return upgrade;
}

wire::UpgradeProgress says(UpgradeStep step, std::int64_t bytes = 0, const char* reason = "") {
  wire::UpgradeProgress said;
  said.order = "o1";
  said.step = step;
  said.bytes = bytes;
  said.reason = reason;
  return said;
}

constexpr base::UtcMillis kNow{5};

}  // namespace

TEST_CASE("upgrade: it is wanted until the gateway says how it ended, and an end stays") {
  for (const auto end : {UpgradeStep::installed, UpgradeStep::rolled_back, UpgradeStep::refused, UpgradeStep::failed}) {
    Upgrade upgrade = ordered();
    for (const auto step : {UpgradeStep::downloading, UpgradeStep::waiting, UpgradeStep::offered, UpgradeStep::trial}) {
      CHECK(follow(upgrade, says(step), kNow));
      CHECK(is_wanted(upgrade));
      CHECK(is_under_way(upgrade, kNow));
      CHECK(shown_step(upgrade, kNow) == wire::to_string(step));
    }
    CHECK(follow(upgrade, says(end, 100, "no_contact"), kNow));
    CHECK_FALSE(is_wanted(upgrade));
    CHECK_FALSE(is_under_way(upgrade, kNow));
    CHECK(upgrade.reason == "no_contact");
    CHECK(upgrade.at == kNow);
    const Upgrade before = upgrade;
    for (const auto step : {UpgradeStep::waiting, UpgradeStep::trial, UpgradeStep::installed, UpgradeStep::failed}) CHECK_FALSE(follow(upgrade, says(step, 3), kNow));
    CHECK(upgrade == before);
  }
}

TEST_CASE("upgrade: another order's word, and the same word again, say nothing") {
  Upgrade upgrade = ordered();
  wire::UpgradeProgress other = says(UpgradeStep::installed);
  other.order = "o0";
  CHECK_FALSE(follow(upgrade, other, kNow));
  CHECK(follow(upgrade, says(UpgradeStep::downloading, 40), kNow));
  CHECK_FALSE(follow(upgrade, says(UpgradeStep::downloading, 40), base::UtcMillis(9)));
  CHECK(upgrade.at == kNow);
  CHECK(follow(upgrade, says(UpgradeStep::downloading, 41), kNow));
  CHECK(follow(upgrade, says(UpgradeStep::downloading, 41, "unreachable"), kNow));
  CHECK(follow(upgrade, says(UpgradeStep::downloading, 1000), kNow));
  CHECK(upgrade.bytes == 100);  // never more than there are
}

TEST_CASE("upgrade: what was withdrawn is shown so, unless the trial ran on all the same") {
  for (const auto step : {UpgradeStep::waiting, UpgradeStep::downloading, UpgradeStep::offered, UpgradeStep::refused, UpgradeStep::failed}) {
    Upgrade upgrade = ordered();
    upgrade.withdrawn = true;
    CHECK_FALSE(follow(upgrade, says(step, 7), kNow));
    CHECK(shown_step(upgrade, kNow) == "withdrawn");
    CHECK_FALSE(is_under_way(upgrade, kNow));
  }
  Upgrade upgrade = ordered();
  upgrade.withdrawn = true;
  CHECK(follow(upgrade, says(UpgradeStep::trial), kNow));
  CHECK(shown_step(upgrade, kNow) == "trial");
  CHECK(is_under_way(upgrade, kNow));
  CHECK_FALSE(is_wanted(upgrade));
  CHECK(follow(upgrade, says(UpgradeStep::installed), kNow));
  CHECK(shown_step(upgrade, kNow) == "installed");
  CHECK_FALSE(is_under_way(upgrade, kNow));
}

TEST_CASE("upgrade: whatever ends the trial of a withdrawn order is heard, so that it blocks nothing any longer") {
  for (const auto end : {UpgradeStep::installed, UpgradeStep::rolled_back, UpgradeStep::refused, UpgradeStep::failed}) {
    Upgrade upgrade = ordered();
    upgrade.withdrawn = true;
    REQUIRE(follow(upgrade, says(UpgradeStep::trial), kNow));
    CHECK_FALSE(follow(upgrade, says(UpgradeStep::downloading), kNow));
    CHECK(is_under_way(upgrade, kNow));
    CHECK(follow(upgrade, says(end, 100, "damaged"), kNow));
    CHECK(shown_step(upgrade, kNow) == wire::to_string(end));
    CHECK_FALSE(is_under_way(upgrade, kNow));
  }
}

TEST_CASE("upgrade: a trial of which nothing was heard for an hour is forgotten, and blocks nothing once it was withdrawn") {
  Upgrade upgrade = ordered();
  upgrade.at = kNow;
  const base::UtcMillis late = kNow + kTrialForgotten, just_before = late - base::Millis(1);
  CHECK_FALSE(is_forgotten_trial(upgrade, late));  // it waits: that takes as long as it takes
  REQUIRE(follow(upgrade, says(UpgradeStep::trial), kNow));
  CHECK_FALSE(is_forgotten_trial(upgrade, just_before));
  CHECK(is_forgotten_trial(upgrade, late));
  CHECK(is_under_way(upgrade, late));  // nobody has withdrawn it, and it stands in the archive
  CHECK(shown_step(upgrade, late) == "trial");
  upgrade.withdrawn = true;
  CHECK(is_under_way(upgrade, just_before));
  CHECK(shown_step(upgrade, just_before) == "trial");
  CHECK_FALSE(is_under_way(upgrade, late));
  CHECK(shown_step(upgrade, late) == "withdrawn");
  CHECK(follow(upgrade, says(UpgradeStep::installed), late));  // it is heard of after all
  CHECK(shown_step(upgrade, late) == "installed");
}

TEST_CASE("upgrade: a gateway has to fit what it has said of itself, and what it has not said refuses nothing") {
  const wire::Version version{{0, 3, 0}}, minimum{{0, 2, 0}};
  const auto why = [&](const char* software, const char* architecture) {
    const auto fits = check_upgrade(version, minimum, "arm64", software, architecture);
    return fits ? std::string() : std::string(fits.error().code);
  };
  CHECK(why("", "").empty());
  CHECK(why("0.2.0", "arm64").empty());
  CHECK(why("0.2.9", "").empty());
  CHECK(why("somebody's own", "arm64").empty());
  CHECK(why("0.2.0", "amd64") == "wrong_architecture");
  CHECK(why("", "amd64") == "wrong_architecture");
  CHECK(why("0.3.0", "arm64") == "not_newer");
  CHECK(why("0.10.0", "") == "not_newer");
  CHECK(why("0.1.9", "arm64") == "too_old");
}
