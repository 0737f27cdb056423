// Where the time of a scan goes, and what it says of it beforehand.

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "gateway/core/scan.hpp"
#include "tests/unit/gateway/core/scan_devices.hpp"

namespace anju::gateway::testing {
namespace {

/// The line of firmware-sim/scenarios/scan32.toml with the three devices that the end-to-end test adds; an adapter with parities.
Bus thirty_two() {
  Bus bus;
  const auto add = [&](const std::string& address, std::int64_t baud, std::int64_t delay_ms = 60, std::size_t preamble = 4) {
    bus.meters.push_back(hang(address, delay_ms));
    bus.meters.back().format.baud = baud, bus.meters.back().preamble = preamble;
  };
  for (const char* address : {"201908143861", "201908143862", "201908143863", "201908143864", "201908143865"}) add(address, 2400);
  add("558890213594", 2400, 120), add("870000120093", 2400, 60, 0);
  for (const char* address : {"000000000161", "000000000162", "000000000163"}) add(address, 9600);
  for (const char* address : {"000019970011", "000019970012", "000019970013", "000019970077"}) {
    add(address, std::string_view(address).ends_with("77") ? 2400 : 1200);
    bus.meters.back().meter.edition = dlt645::Edition::y1997, bus.meters.back().knows_read_address = false;
    bus.meters.back().meter.values[0x9010] = "56341200";
  }
  for (const char* address : {"78330011223341", "78330011223342", "78330011223343", "78330011223344"}) bus.waters.push_back(water(address));
  for (const char* address : {"33780022110051", "33780022110052", "33780022110053"}) bus.waters.push_back(water(address, cjt188::DiOrder::low_byte_first));
  for (std::size_t i = 0; i < bus.waters.size(); ++i) {
    bus.waters[i].abbreviated = true;
    bus.waters[i].meter.delay_ms += static_cast<std::int64_t>(i) * 5;  // no two meters begin in the same millisecond; in step they would make one that is not there
  }
  bus.waters.push_back(water("78330099880001", cjt188::DiOrder::high_byte_first, 30));
  bus.waters.push_back(water("78330099880002", cjt188::DiOrder::high_byte_first, 200));
  bus.waters[7].format.baud = bus.waters[8].format.baud = 9600;
  bus.waters.push_back(water("11110000000021", cjt188::DiOrder::low_byte_first));
  bus.waters[9].format.baud = 4800, bus.waters[9].meter.options.meter_type = 0x11;
  bus.devices = {hiking(1), device(17), device(200), device(41), device(142), device(243), device(2, {.baud = 2400, .parity = 'N'}), device(33, {.baud = 4800, .parity = 'N'})};
  return bus;
}

}  // namespace

TEST_CASE("scan: a mixed line of 32 is found whole, the units that people use first, and where the time goes is told") {
  auto bus = thirty_two();
  struct Share {
    int asked = 0;
    base::Millis spent{}, silent{};
  };
  std::map<std::string, Share> shares;
  Scan scan(everything());
  base::Millis known_after{}, once_after{};
  base::Millis left_when_known{}, silence{};
  while (const auto probe = scan.next()) {
    REQUIRE(scan.asked() < bus.most_probes);
    const auto before = bus.spent;
    const auto answered = addresses(scan).size();
    const auto heard = bus.ask(*probe);
    scan.heard(heard);
    const base::Millis took(bus.spent.value - before.value);
    if (!scan.in_second_round()) {
      auto& share = shares[std::string(to_string(probe->root.dialect)) + " " + text_of(probe->root.format) + (probe->digits == 0 ? " everybody" : "")];
      ++share.asked, share.spent = share.spent + took;
      if (heard.frames.empty() && heard.strays == 0) share.silent = share.silent + took, silence = silence + took;
      once_after = bus.spent;
    }
    if (addresses(scan).size() > answered) known_after = bus.spent, left_when_known = scan.time_left_in_round();
  }
  CHECK(addresses(scan).size() == 32);
  CHECK(scan.found().size() == 32);
  CHECK(scan.unresolved().empty());
  std::string table;
  for (const auto& [name, share] : shares) {
    if (share.spent >= base::seconds(2)) {
      table += "\n  " + name + ": " + std::to_string(share.asked) + " asked, " + std::to_string(share.spent.value / 1000) + " s, of which silence " +
               std::to_string(share.silent.value / 1000) + " s";
    }
  }
  MESSAGE("32 known after " << known_after.value / 1000 << " s, all asked once after " << once_after.value / 1000 << " s (silence " << silence.value / 1000
                            << "), the end after " << bus.spent.value / 1000 << " s, " << scan.asked() << " probes" << table);
  CHECK(known_after < base::seconds(240));
  // Behind the last one nobody is found, so what was said then has to be what it took.
  const auto rest = once_after.value - known_after.value;
  CHECK(left_when_known.value <= rest * 21 / 20 + 1000);
  CHECK(left_when_known.value >= rest * 19 / 20 - 1000);
}

TEST_CASE("scan: the estimate is what an empty line takes, round by round, and on a mixed one what the second round takes") {
  Bus empty;
  Scan nobody(everything());
  const auto whole = nobody.time_left(), once = nobody.time_left_in_round();
  base::Millis once_after{};
  while (const auto probe = nobody.next()) {
    nobody.heard(empty.ask(*probe));
    if (!nobody.in_second_round()) once_after = empty.spent;
  }
  const auto near = [](base::Millis said, base::Millis took) {
    CAPTURE(said.value);
    CAPTURE(took.value);
    CHECK(said.value <= took.value * 21 / 20);
    CHECK(said.value >= took.value * 19 / 20);
  };
  near(once, once_after);
  near(whole, empty.spent);
  auto mixed = thirty_two();
  Scan scan(everything());
  std::optional<base::Millis> said;
  base::Millis began{};
  while (const auto probe = scan.next()) {
    if (scan.in_second_round() && !said) said = scan.time_left(), began = mixed.spent;
    scan.heard(mixed.ask(*probe));
  }
  REQUIRE(said);
  near(*said, base::Millis(mixed.spent.value - began.value));
}

}  // namespace anju::gateway::testing
