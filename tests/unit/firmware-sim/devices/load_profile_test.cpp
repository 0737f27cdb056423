#include "firmware-sim/devices/load_profile.hpp"

#include <doctest/doctest.h>

using namespace anju;
using sim::LoadProfile;
using sim::Tariff;

TEST_CASE("load: the last step of the day lasts past midnight until the first") {
  const LoadProfile profile{{{6 * 60, 500}, {18 * 60, 2000}}, 0, 0};
  CHECK(sim::watts_at(profile, 0, 0) == 2000);
  CHECK(sim::watts_at(profile, 6 * 60 - 1, 0) == 2000);
  CHECK(sim::watts_at(profile, 6 * 60, 0) == 500);
  CHECK(sim::watts_at(profile, 1439, 0) == 2000);
  CHECK(sim::watts_at(LoadProfile{}, 0, 0) == 0);
}

TEST_CASE("load: noise stays in its band, differs by minute and repeats by seed") {
  LoadProfile profile = LoadProfile::constant(1000);
  profile.noise_percent = 20;
  profile.seed = 7;
  LoadProfile other = profile;
  other.seed = 8;
  int changes = 0, differences = 0;
  for (std::int64_t minute = 0; minute < 1000; ++minute) {
    const std::int64_t watts = sim::watts_at(profile, 0, minute);
    REQUIRE(watts >= 800);
    REQUIRE(watts <= 1200);
    REQUIRE(watts == sim::watts_at(profile, 0, minute));
    changes += watts != sim::watts_at(profile, 0, minute + 1) ? 1 : 0;
    differences += watts != sim::watts_at(other, 0, minute) ? 1 : 0;
  }
  CHECK(changes > 900);
  CHECK(differences > 900);
}

TEST_CASE("tariffs: each step holds from its minute on, no schedule is flat") {
  const sim::TariffSchedule day = sim::usual_schedule();
  CHECK(sim::tariff_at(day, 0) == Tariff::valley);
  CHECK(sim::tariff_at(day, 7 * 60) == Tariff::flat);
  CHECK(sim::tariff_at(day, 8 * 60) == Tariff::peak);
  CHECK(sim::tariff_at(day, 20 * 60 + 59) == Tariff::sharp);
  CHECK(sim::tariff_at(day, 23 * 60) == Tariff::valley);
  CHECK(sim::tariff_at({}, 600) == Tariff::flat);
}
