#include "gateway/core/scan.hpp"

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/unit/gateway/core/scan_bus.hpp"

namespace anju::gateway::testing {

TEST_CASE("scan: eight unknown meters are found with rate and register, also where their low digits agree") {
  auto bus = eight();
  const auto scan = bus.scan();
  CHECK(addresses(scan) == std::set<std::string>(kEight.begin(), kEight.end()));
  for (const auto& meter : scan.found()) {
    CHECK(meter.root.format == SerialFormat{});
    CHECK(meter.root.dialect == Dialect::dlt645_2007);
    CHECK(meter.state == "closed");
    CHECK(meter.asked == 2);
    CHECK(meter.answered == 2);
    CHECK(meter.slowest->value >= 59);
    CHECK(meter.slowest->value <= 61);
    REQUIRE(meter.total);
    CHECK(base::format(*meter.total) == "1234.56");
    CHECK(meter.bad_probes == 0);
  }
  CHECK(scan.clashes().empty());
}

TEST_CASE("scan: answers that do not meet in time are all heard, and no branch is descended for them") {
  Bus bus;
  bus.meters = {hang("202011250093", 300), hang("870000120093", 80)};
  const auto scan = bus.scan();
  CHECK(addresses(scan).size() == 2);
  CHECK(scan.asked() < 32);
}

TEST_CASE("scan: silence is waited for as long as the slowest of a branch needs, and no longer") {
  auto spent = [](std::int64_t slowest, std::string_view other_digits) {
    Bus bus;
    bus.meters = {hang("000000000161"), hang("000000000102"), hang("000000000103", slowest)};
    if (!other_digits.empty()) bus.meters.push_back(hang(std::string(other_digits)));
    CHECK(addresses(bus.scan()).size() == bus.meters.size());
    return bus.spent.value;
  };
  const auto fast = spent(60, ""), slow = spent(480, "");
  CHECK(fast * 3 < slow * 2);
  // 000000000161 and 000000000261 answer fast: below 61 nobody waits for the slow one of 03.
  const auto below = spent(480, "000000000261") - slow;
  CHECK(below < (slow - fast) / 2);
}

TEST_CASE("scan: how long answers are is learned from the line, and a slow meter that says little is found all the same") {
  // At 1200 baud a total takes 183 ms and a refusal 119: who refuses may begin 64 ms later and still end with the others.
  const auto line = [] {
    Bus bus;
    bus.meters = {hang("000000000001"), hang("000000000002"), hang("000000000099", 123)};
    for (auto& one : bus.meters) one.format.baud = 1200, one.preamble = 0;
    bus.meters[2].knows_read_address = false;
    bus.meters[2].meter.values.clear();
    return bus;
  };
  auto bus = line();
  Scan scan(Bus::electricity());
  std::size_t first_round = 0;
  while (const auto probe = scan.next()) {
    REQUIRE(scan.asked() < bus.most_probes);
    scan.heard(bus.ask(*probe));
    if (!scan.in_second_round()) first_round = addresses(scan).size();
  }
  CHECK(addresses(scan).size() == 3);
  CHECK(first_round == 2);  // else this tests nothing
  // Nothing is asked twice: nothing is taken to be.
  auto quick = line();
  CHECK(addresses(quick.scan(Bus::electricity(false))).size() == 3);
}

TEST_CASE("scan: a single meter is found without the tree, at any of the rates") {
  for (const std::int64_t baud : {1200, 2400, 4800, 9600}) {
    Bus bus;
    bus.meters = {hang("000000000161")};
    bus.meters[0].format.baud = baud;
    const auto scan = bus.scan();
    REQUIRE(scan.found().size() == 1);
    CHECK(scan.found()[0].root.format.baud == baud);
    CHECK(scan.asked() < 32);
  }
}

TEST_CASE("scan: meters that do not know 13H, and those of 1997, are found by reading") {
  Bus bus;
  bus.meters = {hang("000000000161"), hang("000000000162"), hang("000000000003")};
  for (auto& one : bus.meters) one.knows_read_address = false;
  bus.meters[2].meter.edition = dlt645::Edition::y1997;
  bus.meters[2].meter.values[0x9010] = "56341200";
  const auto scan = bus.scan();
  CHECK(addresses(scan).size() == 3);
  CHECK(std::ranges::count_if(scan.found(), [](const FoundMeter& one) { return one.root.dialect == Dialect::dlt645_1997; }) == 1);
}

TEST_CASE("scan: an empty line ends soon, with nothing") {
  Bus bus;
  const auto scan = bus.scan();
  CHECK(scan.found().empty());
  CHECK(scan.asked() <= 24);
  CHECK(bus.spent < base::seconds(17));
}

TEST_CASE("scan: two meters of one address end the descent and are named") {
  Bus bus;
  bus.meters = {hang("000000000161"), hang("000000000161", 75), hang("000000000005")};
  const auto scan = bus.scan();
  CHECK(addresses(scan) == std::set<std::string>{"000000000005"});
  REQUIRE(scan.clashes().size() == 1);
  CHECK(text_of(Dialect::dlt645_2007, scan.clashes()[0].address) == "000000000161");
}

TEST_CASE("scan: a line that is never quiet is given up") {
  Bus bus;
  bus.noise = "9535A1C7E2";
  bus.most_probes = 2000;
  const auto scan = bus.scan();
  CHECK(scan.heard_noise_only());
  CHECK(scan.asked() < 400);
}

TEST_CASE("scan: what looks like a meter and does not answer to its address is marked, and its branch descended") {
  Bus bus;
  bus.meters = {hang("000000000161")};
  const auto mirage = make_fake("000000000465");
  Scan scan(Bus::electricity());
  while (const auto probe = scan.next()) {
    auto heard = bus.ask(*probe);
    if (probe->digits == 0 && probe->read_address && scan.asked() == 0) {
      auto answer = mirage;
      heard.frames = {*answer.answer(std::get<dlt645::Frame>(request_of(*probe)), base::UtcMillis(1'800'000'000'000))};
    }
    scan.heard(heard);
  }
  CHECK(addresses(scan) == std::set<std::string>{"000000000161"});
  REQUIRE(scan.found().size() == 2);
  CHECK(!scan.found()[0].answers);
  CHECK(scan.asked() > 100);
}

TEST_CASE("scan: a meter that is slower than it was when all were asked is still found") {
  auto bus = eight();
  Scan scan(Bus::electricity());
  std::optional<LineFrame> late;
  while (const auto probe = scan.next()) {
    auto heard = bus.ask(*probe);
    // The answer of this one comes while the next question is out already.
    if (late) heard.frames.push_back(*std::exchange(late, std::nullopt));
    if (probe->digits == 1 && probe->address[0] == 0x61 && heard.frames.size() == 1 && scan.asked() < 120) {
      late = heard.frames[0];
      heard = {};
    }
    scan.heard(heard);
  }
  CHECK(addresses(scan).size() == 8);
}

TEST_CASE("scan: the time that is left is told, and shrinks to nothing") {
  auto bus = eight();
  Scan scan(Bus::electricity());
  CHECK(scan.time_left() > base::seconds(5));
  CHECK(scan.time_left() < base::seconds(20));
  while (const auto probe = scan.next()) {
    if (scan.asked() == 100) CHECK(scan.time_left() > base::seconds(20));
    scan.heard(bus.ask(*probe));
  }
  CHECK(scan.time_left() == base::Millis(0));
}

TEST_CASE("scan: every meter of any population is found, the half-deaf one too") {
  for (unsigned seed = 1; seed <= 60; ++seed) {
    CAPTURE(seed);
    std::mt19937_64 random(seed);
    auto draw = [&](std::uint64_t below) { return random() % below; };
    Bus bus;
    std::set<std::string> all;
    const auto count = 1 + draw(seed % 4 == 0 ? 32 : 12);
    const auto baud = std::vector<std::int64_t>{2400, 9600, 1200, 4800}[draw(4)];
    const std::string batch = std::to_string(20'190'000 + draw(10'000));
    while (all.size() < count) {
      auto number = std::to_string(draw(1'000'000'000'000));
      number.insert(0, 12 - number.size(), '0');
      if (draw(2) == 0) number.replace(0, 8, batch);  // bought together
      if (draw(4) == 0) number.replace(10, 2, "07");  // same last digits
      if (draw(8) == 0) number.replace(8, 4, "1107");
      if (number == "999999999999" || !all.insert(number).second) continue;
      auto one = hang(number, 20 + static_cast<std::int64_t>(draw(3) == 0 ? draw(480) : draw(60)));
      one.format.baud = baud;
      one.preamble = draw(5);
      bus.meters.push_back(one);
    }
    const auto perfect = bus;
    {
      const auto scan = bus.scan();
      CHECK(addresses(scan) == all);
      CHECK(scan.found().size() == all.size());
      auto once = perfect;
      CHECK(addresses(once.scan(Bus::electricity(false))) == all);
    }
    {
      bus = perfect;
      bus.meters[0].deaf_every = 2;
      bus.meters[bus.meters.size() / 2].deaf_every = bus.meters.size() > 1 ? 3 : 2;
      CHECK(addresses(bus.scan()) == all);
    }
  }
}

}  // namespace anju::gateway::testing
