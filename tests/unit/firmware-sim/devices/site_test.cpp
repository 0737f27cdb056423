#include "firmware-sim/devices/site.hpp"

#include "tests/unit/firmware-sim/devices/meter_fixture.hpp"

using namespace anju;
using namespace anju::sim;
using namespace anju::sim::test;

TEST_CASE("site: planned faults begin and end at their times") {
  std::vector<Line> lines;
  lines.emplace_back("a", 2400, std::vector<Meter>{Meter(plain_setup("000000000161"), kStart)});
  lines.emplace_back("b", 9600, std::vector<Meter>{Meter(plain_setup("000000000162"), kStart)});
  const auto meter = dlt645::Address::parse("000000000162").value();
  Site site(std::move(lines), {{meter, base::seconds(90), {FaultKind::silent}, base::seconds(120)}}, kStart);

  REQUIRE(site.find(meter) != nullptr);
  CHECK(site.find(dlt645::Address::parse("000000000163").value()) == nullptr);
  CHECK(site.next_fault() == kStart + base::seconds(90));
  site.advance(kStart + base::seconds(89));
  CHECK_FALSE(site.find(meter)->has_fault());
  site.advance(kStart + base::seconds(90));
  CHECK(site.find(meter)->has_fault());
  site.advance(kStart + base::seconds(120));
  CHECK_FALSE(site.find(meter)->has_fault());
  CHECK_FALSE(site.next_fault());
}
