#include "gateway/core/scan.hpp"

#include <algorithm>
#include <functional>
#include <optional>
#include <set>

#include <doctest/doctest.h>

#include "tests/unit/gateway/core/fake_bus.hpp"

namespace anju::gateway::testing {
namespace {

struct Bus {
  std::vector<FakeMeter> meters;
  std::int64_t baud = 2400;
  /// How several answers at once sound.
  Heard collision = Heard::garbage;
  int silent_collisions = 0;  ///< so many collisions sound like silence
  bool has_read_address = true;
};

Scan scan_of(Bus& bus, ScanSettings settings = {}) {
  Scan scan(std::move(settings));
  while (const auto probe = scan.next()) {
    REQUIRE(scan.asked() < 20'000);
    const auto request = request_of(*probe);
    CHECK((request.control == 0x11 || request.control == 0x13 || request.control == 0x01));  // reads only
    std::vector<dlt645::Frame> answers;
    for (auto& meter : bus.meters) {
      if (probe->baud != bus.baud || (probe->read_address && !bus.has_read_address)) break;
      if (auto answer = meter.answer(request, base::UtcMillis(1'800'000'000'000))) answers.push_back(*answer);
    }
    if (answers.empty()) {
      scan.heard(Heard::silence, std::nullopt);
    } else if (answers.size() == 1) {
      scan.heard(Heard::one, answers[0]);
    } else if (bus.silent_collisions > 0) {
      --bus.silent_collisions;
      scan.heard(Heard::silence, std::nullopt);
    } else if (bus.collision == Heard::crowd) {
      scan.heard(Heard::crowd, answers.back());
    } else {
      scan.heard(Heard::garbage, std::nullopt);
    }
  }
  return scan;
}

std::set<std::string> addresses(const Scan& scan) {
  std::set<std::string> found;
  for (const auto& meter : scan.found()) found.insert(meter.address.text());
  return found;
}

const std::vector<std::string> kEight{"000000000161", "558890213594", "201908143865", "560012337765",
                                      "119300004402", "202011250093", "870000120093", "999999999907"};

Bus eight() {
  Bus bus;
  for (const auto& address : kEight) bus.meters.push_back(make_fake(address));
  return bus;
}

}  // namespace

TEST_CASE("scan: eight unknown meters are found with their rate, also where their low digits agree") {
  for (const auto collision : {Heard::garbage, Heard::crowd}) {
    auto bus = eight();
    bus.collision = collision;
    const auto scan = scan_of(bus);
    CHECK(addresses(scan) == std::set<std::string>(kEight.begin(), kEight.end()));
    for (const auto& meter : scan.found()) {
      CHECK(meter.baud == 2400);
      CHECK(meter.edition == dlt645::Edition::y2007);
      REQUIRE(meter.total);
      CHECK(base::format(*meter.total) == "1234.56");
    }
  }
}

TEST_CASE("scan: a collision that sounds like silence is asked again") {
  auto bus = eight();
  bus.silent_collisions = 1;
  CHECK(addresses(scan_of(bus)).size() == 8);
}

TEST_CASE("scan: a single meter is found without the tree, at any of the rates") {
  for (const std::int64_t baud : {1200, 2400, 4800, 9600}) {
    Bus bus;
    bus.baud = baud;
    bus.meters.push_back(make_fake("000000000161"));
    const auto scan = scan_of(bus);
    REQUIRE(scan.found().size() == 1);
    CHECK(scan.found()[0].baud == baud);
    CHECK(scan.asked() < 40);
  }
}

TEST_CASE("scan: meters that do not know 13H, and those of 1997, are found by reading") {
  Bus bus;
  bus.has_read_address = false;
  bus.meters.push_back(make_fake("000000000161"));
  bus.meters.push_back(make_fake("000000000162"));
  CHECK(addresses(scan_of(bus)).size() == 2);
  Bus old;
  old.meters.push_back(make_fake("000000000003"));
  old.meters[0].edition = dlt645::Edition::y1997;
  old.meters[0].values[0x9010] = "56341200";
  old.has_read_address = false;
  const auto scan = scan_of(old);
  REQUIRE(scan.found().size() == 1);
  CHECK(scan.found()[0].edition == dlt645::Edition::y1997);
}

TEST_CASE("scan: an empty line ends soon, with nothing") {
  Bus bus;
  const auto scan = scan_of(bus);
  CHECK(scan.found().empty());
  CHECK(scan.asked() < 40);
}

TEST_CASE("scan: two meters with one address end the descent") {
  Bus bus;
  bus.meters.push_back(make_fake("000000000161"));
  bus.meters.push_back(make_fake("000000000161"));
  const auto scan = scan_of(bus);
  CHECK(scan.heard_garbage_only());
}

}  // namespace anju::gateway::testing
