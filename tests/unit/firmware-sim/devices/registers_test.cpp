#include "firmware-sim/devices/registers.hpp"

#include <doctest/doctest.h>

using namespace anju;
using sim::RegisterBlock;
using sim::Registers;
using sim::Tariff;

TEST_CASE("registers: one kilowatt for one hour is one kilowatt-hour, in whatever pieces it is counted") {
  Registers whole, pieces;
  whole.add(1000LL * 3'600'000, Tariff::flat);
  for (int i = 0; i < 3'600'000 / 7; ++i) pieces.add(1000 * 7, Tariff::flat);
  pieces.add(1000 * (3'600'000 % 7), Tariff::flat);
  CHECK(whole.block().total == base::Quantity(10'000));
  CHECK(pieces.block() == whole.block());
}

TEST_CASE("registers: energy goes into the tariff in force and into the total") {
  Registers registers;
  registers.add(720'000, Tariff::sharp);
  registers.add(360'000, Tariff::valley);
  CHECK(registers.block().tariffs[0] == base::Quantity(2));
  CHECK(registers.block().tariffs[3] == base::Quantity(1));
  CHECK(registers.block().total == base::Quantity(3));
}

TEST_CASE("registers: after 999999.99 comes zero") {
  Registers registers(RegisterBlock{base::Quantity(sim::kRolloverE4 - 1), {}});
  registers.add(720'000, Tariff::flat);
  CHECK(registers.block().total == base::Quantity(1));
}
