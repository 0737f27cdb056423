#include "firmware-sim/devices/boiler.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>

using namespace anju;
using namespace anju::sim;

namespace {

constexpr base::UtcMillis kStart{1'795'226'400'000};
constexpr std::int64_t kAmbient_dc = 200;

struct Bench {
  Boiler boiler{BoilerSetup{}};
  base::UtcMillis now = kStart;
  std::int64_t least = 1000, most = 0;
  int switched = 0;

  void run(int seconds) {
    for (int i = 0; i < seconds; ++i) {
      const bool before = boiler.valve().is_open();
      now = now + base::seconds(1);
      boiler.second(kAmbient_dc, 1, now);
      least = std::min(least, boiler.temperature_dc());
      most = std::max(most, boiler.temperature_dc());
      switched += before != boiler.valve().is_open() ? 1 : 0;
    }
  }
};

}  // namespace

TEST_CASE("wc-read-temp: the water cools towards the air and never below it") {
  Bench b;
  b.run(3 * 3600);  // the cooling time: 37 % of the ten degrees above the air are left
  CHECK(std::abs(b.boiler.temperature_dc() - 237) <= 1);
  b.run(48 * 3600);
  CHECK(b.boiler.temperature_dc() == kAmbient_dc);
}

TEST_CASE("wc-temp-valve: hot water warms it while the valve is open, which takes its time to open") {
  Bench b;
  b.boiler.set_valve(true, b.now);
  CHECK_FALSE(b.boiler.valve().is_open());
  b.run(2);
  CHECK(b.boiler.valve().is_open());
  b.run(600);
  CHECK(std::abs(b.boiler.temperature_dc() - 490) <= 3);
  b.boiler.set_valve(false, b.now);
  b.run(2);
  const std::int64_t hot = b.boiler.temperature_dc();
  b.run(600);
  CHECK(b.boiler.temperature_dc() < hot);
}

TEST_CASE("wc-auto-control: it reaches the target and stays within a degree or so of it, without chattering") {
  Bench b;
  b.boiler.automatic_on(450, b.now);
  b.run(1800);
  b.least = 1000, b.most = 0, b.switched = 0;
  b.run(12 * 3600);
  CHECK(b.least >= 439);
  CHECK(b.most <= 461);
  CHECK(b.switched > 4);
  CHECK(b.switched < 200);  // a switch every few minutes, not every second
}

TEST_CASE("wc-auto-control: a lower target closes the valve, off leaves it as it is, a hand on the valve ends it") {
  Bench b;
  b.boiler.automatic_on(450, b.now);
  b.run(60);
  REQUIRE(b.boiler.valve().is_open());
  b.boiler.automatic_on(250, b.now);
  b.run(3);
  CHECK_FALSE(b.boiler.valve().is_open());
  b.boiler.automatic_on(450, b.now);
  b.boiler.set_valve(false, b.now);
  CHECK_FALSE(b.boiler.is_automatic());
  b.run(60);
  CHECK_FALSE(b.boiler.valve().is_open());
  b.boiler.automatic_on(450, b.now);
  b.run(3);
  b.boiler.automatic_off();
  CHECK(b.boiler.valve().is_open());
  CHECK(b.boiler.target_dc() == 450);
}

TEST_CASE("wc-auto-control: with a stuck valve the water stays cold, and it says what the valve is") {
  Bench b;
  b.boiler.set_stuck(true);
  b.boiler.automatic_on(450, b.now);
  b.run(3600);
  CHECK_FALSE(b.boiler.valve().is_open());
  CHECK(b.boiler.temperature_dc() < 300);
}

TEST_CASE("boiler: a fast simulator arrives at the goal and does not overshoot it") {
  Boiler boiler{BoilerSetup{}};
  boiler.second(kAmbient_dc, 1'000'000, kStart);
  CHECK(boiler.temperature_dc() == kAmbient_dc);
}
