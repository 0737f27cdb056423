#include "gateway/core/scan.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>

#include <doctest/doctest.h>

#include "gateway/core/meter.hpp"
#include "protocols/cjt188/abbreviation.hpp"
#include "tests/unit/gateway/core/fake_bus.hpp"
#include "tests/unit/gateway/core/profile_bench.hpp"

namespace anju::gateway::testing {
namespace {

struct Hanging {
  FakeMeter meter;
  SerialFormat format{};
  std::size_t preamble = 4;
  int deaf_every = 0;  ///< misses every n-th question that means it; 0: none
  bool knows_read_address = true;
  bool wrong_sum = false;
  int heard = 0;
};

struct HangingWater {
  FakeWater meter;
  SerialFormat format{};
  bool any_type = true, abbreviated = false;
};

struct HangingModbus {
  FakeModbus meter;
  SerialFormat format{.baud = 9600, .parity = 'N'};
};

/// A line as bytes in time: answers that do not meet are heard one after the other, those that do spoil each other.
struct Bus {
  std::vector<Hanging> meters;
  std::vector<HangingWater> waters;
  std::vector<HangingModbus> devices;
  std::string noise;  ///< hex, heard after every question; a line that is never quiet
  base::Millis spent;
  std::size_t most_probes = 20'000;

  struct Answer {
    std::int64_t delay_ms;
    base::Bytes bytes;
  };

  static constexpr base::UtcMillis kNow{1'800'000'000'000};

  void ask_meters(const Probe& probe, const dlt645::Frame& request, std::vector<Answer>& answers) {
    CHECK((request.control == 0x11 || request.control == 0x13 || request.control == 0x01));  // reads only
    for (auto& [meter, format, preamble, deaf_every, knows_read_address, wrong_sum, heard] : meters) {
      if (probe.root.format != format || (probe.read_address && !knows_read_address)) continue;
      const auto reply = meter.answer(request, kNow);
      if (!reply || (deaf_every > 0 && ++heard % deaf_every == 0)) continue;
      auto bytes = *dlt645::encode(*reply, preamble);
      if (wrong_sum) bytes[bytes.size() - 2] ^= std::byte{1};
      answers.push_back({meter.delay_ms, std::move(bytes)});
    }
  }

  void ask_waters(const Probe& probe, cjt188::Frame request, std::vector<Answer>& answers) {
    CHECK((request.control == 0x01 || request.control == 0x03));
    for (auto& [meter, format, any_type, abbreviated] : waters) {
      const bool type = request.meter_type == meter.options.meter_type || (any_type && request.meter_type == cjt188::kAnyType);
      // A request in the other byte order is one that it never heard of.
      if (probe.root.format != format || !type || cjt188::order_of(request.data) != meter.options.di_order) continue;
      auto asked = request;
      if (abbreviated && cjt188::abbreviates(request.address, meter.address)) asked.address = meter.address;
      const auto reply = meter.answer(asked, kNow);
      if (reply) answers.push_back({meter.delay_ms, *cjt188::encode(*reply, 2)});
    }
  }

  void ask_devices(const Probe& probe, const modbus::Frame& request, std::vector<Answer>& answers) {
    CHECK((request.pdu.at(0) == std::byte{3} || request.pdu.at(0) == std::byte{4} || request.pdu.at(0) == std::byte{1} || request.pdu.at(0) == std::byte{2}));
    for (auto& [meter, format] : devices) {
      if (probe.root.format != format) continue;
      const auto reply = meter.answer(request);
      if (reply && meter.delay_ms >= 0) answers.push_back({meter.delay_ms, *modbus::rtu::encode(*reply)});
    }
  }

  Heard ask(const Probe& probe) {
    const auto request = request_of(probe);
    const auto& format = probe.root.format;
    std::vector<Answer> answers;
    if (const auto* frame = std::get_if<dlt645::Frame>(&request)) ask_meters(probe, *frame, answers);
    if (const auto* frame = std::get_if<cjt188::Frame>(&request)) ask_waters(probe, *frame, answers);
    if (const auto* round = std::get_if<ModbusRound>(&request)) ask_devices(probe, round->asked.front(), answers);
    std::map<std::int64_t, std::byte> wire;  // by the time a character ends, us after the request
    const auto character = line_time_us(1, format);
    for (const auto& [delay_ms, bytes] : answers) {
      if (delay_ms >= probe.patience.value) continue;  // nobody listens any more
      auto at = delay_ms * 1000;
      for (const auto byte : bytes) {
        at += character;
        const auto met = wire.lower_bound(at - character + 1);
        if (met != wire.end() && met->first < at + character) {
          // In step both drive the pair and the zeros win; otherwise nothing of either is left.
          const bool in_step = std::abs(met->first - at) * 4 <= character;
          met->second &= byte;
          if (!in_step) met->second ^= std::byte{0x95};
        } else {
          wire[at] = byte;
        }
      }
    }
    base::Bytes bytes = testing::bytes_of(noise);
    for (const auto& [at, byte] : wire) bytes.push_back(byte);
    const auto last = wire.empty() ? 0 : wire.rbegin()->first / 1000;
    const bool alone = probe.is_exact() && !wire.empty();
    spent = spent + line_time(gateway::bytes_of(probe).size(), format) +
            (alone ? base::Millis(last) : std::max(probe.patience, base::Millis(wire.empty() ? 0 : last + 60)));
    return bytes.empty() ? Heard{} : hear(probe, bytes, base::Millis(last));
  }

  Scan scan() { return scan(electricity()); }
  Scan scan(ScanSettings settings) {
    Scan scan(std::move(settings));
    while (const auto probe = scan.next()) {
      REQUIRE(scan.asked() < most_probes);
      scan.heard(ask(*probe));
    }
    return scan;
  }

  /// DL/T645 in its own format, at its four rates.
  static ScanSettings electricity(bool second_round = true) {
    ScanChoice choice{.cjt188 = false, .modbus = false};
    choice.formats = {SerialFormat{}};
    return {.roots = roots_of(choice), .second_round = second_round, .profiles = {}};
  }
};

Hanging hang(const std::string& address, std::int64_t delay_ms = 60) {
  Hanging one;
  one.meter = make_fake(address);
  one.meter.delay_ms = delay_ms;
  return one;
}

std::set<std::string> addresses(const Scan& scan) {
  std::set<std::string> found;
  for (const auto& meter : scan.found()) {
    if (meter.answers) found.insert(meter.text());
  }
  return found;
}

const std::vector<std::string> kEight{"000000000161", "558890213594", "201908143865", "560012337765",
                                      "119300004402", "202011250093", "870000120093", "999999999907"};

Bus eight() {
  Bus bus;
  for (const auto& address : kEight) bus.meters.push_back(hang(address));
  return bus;
}

}  // namespace

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

namespace {

HangingWater water(const std::string& address, cjt188::DiOrder order = cjt188::DiOrder::high_byte_first, std::int64_t delay_ms = 60) {
  HangingWater one;
  one.meter.address = cjt188::Address::parse(address).value();
  one.meter.options.di_order = order;
  one.meter.total = base::Quantity(1'234'500);
  one.meter.delay_ms = delay_ms;
  return one;
}

HangingModbus device(std::uint8_t unit, SerialFormat format = {.baud = 9600, .parity = 'N'}) {
  HangingModbus one;
  one.meter.unit = unit;
  one.format = format;
  return one;
}

/// A DDS238 of the shipped profile: 1234.56 kWh, 229.8 V, 49.98 Hz, closed.
HangingModbus hiking(std::uint8_t unit) {
  auto one = device(unit);
  for (std::uint16_t at = 0x08; at <= 0x1A; ++at) one.meter.registers[at] = 0;
  one.meter.registers[0x0B] = 0xE240, one.meter.registers[0x0A] = 1;
  one.meter.registers[0x0C] = 2298, one.meter.registers[0x10] = 1000, one.meter.registers[0x11] = 4998, one.meter.registers[0x1A] = 1;
  return one;
}

ScanSettings everything(bool second_round = true) {
  ScanSettings settings{.roots = roots_of({}), .second_round = second_round, .profiles = {}};
  static const auto kLoaded = load_profiles(bench::shipped_texts());
  for (const auto& [name, profile] : kLoaded.profiles) settings.profiles[name] = std::make_shared<const DeviceProfile>(profile);
  return settings;
}

const FoundMeter& at(const Scan& scan, const std::string& text) {
  const auto meter = std::ranges::find_if(scan.found(), [&](const FoundMeter& one) { return one.text() == text; });
  REQUIRE(meter != scan.found().end());
  return *meter;
}

}  // namespace

TEST_CASE("scan: water meters of both byte orders, any rate and rare types are found with their register") {
  Bus bus;
  bus.waters = {water("78330011223344"), water("78330011223345", cjt188::DiOrder::low_byte_first), water("78330011223399")};
  bus.waters[2].format.baud = 9600;
  bus.waters[2].meter.options.meter_type = cjt188::kHotWater;
  bus.waters.push_back(water("78330099000001"));
  bus.waters[3].meter.options.meter_type = cjt188::kGas;
  bus.waters[3].any_type = false;
  bus.waters.push_back(water("78330099000002"));
  bus.waters[4].format = {.baud = 9600, .parity = 'N'};
  const auto scan = bus.scan(everything());
  CHECK(addresses(scan).size() == 5);
  CHECK(at(scan, "78330011223344").root.dialect == Dialect::cjt188_high_first);
  CHECK(at(scan, "78330011223345").root.dialect == Dialect::cjt188_low_first);
  CHECK(at(scan, "78330011223399").root.format.baud == 9600);
  CHECK(at(scan, "78330011223399").root.meter_type == cjt188::kHotWater);
  CHECK(at(scan, "78330099000001").root.meter_type == cjt188::kGas);
  CHECK(at(scan, "78330099000002").root.format.parity == 'N');
  for (const auto& meter : scan.found()) {
    CHECK(base::format(meter.total.value()) == "123.45");
    CHECK(meter.status == "8421");
    CHECK(meter.state.empty());  // nobody knows what its status word means
  }
}

TEST_CASE("scan: water meters that collide are told apart by abbreviated addresses where they know them, and named where not") {
  for (const bool abbreviated : {true, false}) {
    CAPTURE(abbreviated);
    Bus bus;
    bus.waters = {water("78330011223344"), water("78330011220044"), water("78330011223301")};
    for (auto& one : bus.waters) one.abbreviated = abbreviated;
    const auto scan = bus.scan({.roots = roots_of({.dlt645 = false, .modbus = false}), .profiles = {}});
    CHECK(addresses(scan).size() == (abbreviated ? 3 : 0));
    CHECK(scan.found().size() == (abbreviated ? 3 : 0));
    CHECK(scan.unresolved().empty() == abbreviated);
    if (abbreviated) {
      // The noise to T = AA is that of the three; nobody is looked for in it again.
      CHECK(scan.asked() < 600);
    }
  }
}

TEST_CASE("scan: Modbus devices are found at every unit, and told apart by their registers") {
  Bus bus;
  bus.devices = {hiking(1), device(17), device(247, {.baud = 9600, .parity = 'E'}), device(90)};
  bus.devices[3].meter.delay_ms = 200;  // too slow for the first round
  const auto scan = bus.scan(everything());
  CHECK(addresses(scan) == std::set<std::string>{"1", "17", "247", "90"});
  const auto& known = at(scan, "1");
  REQUIRE(known.models.size() == 1);
  CHECK(known.models[0].name == "hiking-dds238-zn-sr");
  CHECK(base::format(known.total.value()) == "1234.56");
  CHECK(known.state == "closed");
  CHECK(known.answered == known.asked);
  // It refuses everything: an exception is an answer, and no model is made of it.
  CHECK(at(scan, "17").models.empty());
  CHECK_FALSE(at(scan, "17").total);
  CHECK(at(scan, "247").root.format.parity == 'E');
  CHECK(at(scan, "90").slowest->value >= 199);
  for (const auto& one : bus.devices) CHECK(one.meter.writes == 0);
}

TEST_CASE("scan: a late answer of a unit to the question before is its own, not the asked unit's") {
  Bus bus;
  bus.devices = {device(5)};
  auto settings = everything(false);
  Scan scan(settings);
  std::optional<LineFrame> late;
  while (const auto probe = scan.next()) {
    auto heard = bus.ask(*probe);
    if (late && probe->address[0] == 6) {
      const auto bytes = *modbus::rtu::encode(std::get<ModbusRound>(*late).heard.front());
      heard = hear(*probe, bytes, base::Millis(30));
      late.reset();
    }
    if (probe->root.dialect == Dialect::modbus && probe->address[0] == 5 && heard.frames.size() == 1 && scan.found().empty()) {
      late = heard.frames[0];
      heard = {};
    }
    scan.heard(heard);
  }
  CHECK(addresses(scan) == std::set<std::string>{"5"});
  CHECK(scan.found().size() == 1);
}

TEST_CASE("scan: two devices of one unit are named, the others are found") {
  Bus bus;
  bus.devices = {hiking(4), device(4), device(5)};
  bus.devices[1].meter.delay_ms = 31;
  const auto scan = bus.scan(everything());
  CHECK(addresses(scan).contains("5"));
  REQUIRE_FALSE(scan.clashes().empty());
  CHECK(text_of(Dialect::modbus, scan.clashes()[0].address) == "4");
}

TEST_CASE("scan: a mixed line of all protocols, rates and parities is found whole, the usual first") {
  Bus bus;
  for (const auto& address : kEight) bus.meters.push_back(hang(address));
  bus.meters[1].format.baud = 9600, bus.meters[2].format = {.baud = 2400, .parity = 'N'};
  bus.meters[3].meter.edition = dlt645::Edition::y1997, bus.meters[3].knows_read_address = false;
  bus.meters[3].meter.values[0x9010] = "56341200";
  bus.waters = {water("78330011223344"), water("78330011223345", cjt188::DiOrder::low_byte_first)};
  bus.devices = {hiking(1), device(33), device(34, {.baud = 4800, .parity = 'N'})};
  Scan scan(everything());
  std::size_t usual_by = 0;
  auto left = scan.time_left();
  CHECK(left > base::minutes(2));
  CHECK(left < base::minutes(8));
  while (const auto probe = scan.next()) {
    REQUIRE(scan.asked() < bus.most_probes);
    scan.heard(bus.ask(*probe));
    const bool usual = std::ranges::count_if(scan.found(), [](const FoundMeter& one) { return one.answers; }) >= 9;
    if (usual && usual_by == 0) usual_by = scan.asked();
  }
  CHECK(addresses(scan).size() == 13);
  CHECK(scan.found().size() == 13);
  CHECK(scan.unresolved().empty());
  CHECK(usual_by < scan.asked() / 2);
  MESSAGE("13 devices: " << scan.asked() << " probes, " << bus.spent.value / 1000 << " s on the line, nine after " << usual_by);
  CHECK(scan.time_left() == base::Millis(0));
}

TEST_CASE("scan: an empty line of unknown everything ends in minutes, without the second round sooner") {
  Bus quick, whole;
  CHECK(quick.scan(everything(false)).found().empty());
  CHECK(whole.scan(everything()).found().empty());
  MESSAGE("empty line: " << quick.spent.value / 1000 << " s quick, " << whole.spent.value / 1000 << " s");
  CHECK(quick.spent < base::minutes(4));
  CHECK(whole.spent < base::minutes(7));
}

TEST_CASE("scan: what is asked for is asked, in the usual order; a serial server has one format") {
  const auto begins = [](const ScanChoice& choice) { return roots_of(choice).front(); };
  CHECK(begins({}) == Root{.dialect = Dialect::dlt645_2007, .format = {}});
  CHECK(roots_of({})[1] == Root{.dialect = Dialect::modbus, .format = {.baud = 9600, .parity = 'N'}});
  ScanChoice rare{.dlt645 = false, .cjt188 = false};
  rare.bauds = {38400};
  CHECK(roots_of(rare) == std::vector{Root{.dialect = Dialect::modbus, .format = {.baud = 38400, .parity = 'N'}}});
  rare.formats = {SerialFormat{.parity = 'O'}};
  CHECK(roots_of(rare) == std::vector{Root{.dialect = Dialect::modbus, .format = {.baud = 38400, .parity = 'O'}}});
  ScanChoice server;
  server.fixed = SerialFormat{.baud = 4800};
  for (const auto& root : roots_of(server)) CHECK(root.format == *server.fixed);
  CHECK(std::ranges::count(roots_of(server), Dialect::modbus, &Root::dialect) == 1);
}

TEST_CASE("scan: what was found is told to the office, also what no archive can name yet") {  // con-bind
  Bus bus;
  bus.meters = {hang("000000000161")};
  bus.waters = {water("78330011223345", cjt188::DiOrder::low_byte_first)};
  bus.devices = {hiking(1), device(17)};
  auto scan = bus.scan(everything(false));
  const auto events = found_events(scan.found(), base::LineId("l1"), base::UtcMillis(1000));
  REQUIRE(events.size() == 1);
  const auto& told = std::get<wire::FoundEvent>(events.front());
  CHECK(told.line.value == "l1");
  CHECK(told.at.value == 1000);
  REQUIRE(told.devices.size() == scan.found().size());
  for (std::size_t i = 0; i < told.devices.size(); ++i) {
    const auto& meter = scan.found()[i];
    const auto& device = told.devices[i];
    CHECK(device.address == meter.text());
    CHECK(device.baud == meter.root.format.baud);
    CHECK(device.format == characters_of(meter.root.format));
    CHECK(device.total == meter.total);
    CHECK(device.models.size() == meter.models.size());
    CHECK(device.low_byte_first == (meter.root.dialect == Dialect::cjt188_low_first));
    CHECK(device.meter_type.empty() != is_cjt188(meter.root.dialect));
  }
  const auto read = wire::decode_event(wire::encode(events.front()));
  REQUIRE(read);
  CHECK(*read == events.front());
  CHECK(found_events({}, base::LineId("l1"), base::UtcMillis(1000)).empty());
}

TEST_CASE("scan: a long list goes to the office in several events that fit into a payload") {  // con-bind
  FoundMeter meter;
  meter.root.dialect = Dialect::modbus;
  meter.state = "not an id";
  for (int i = 0; i < 9; ++i) meter.models.push_back({std::string(60, 'm') + std::to_string(i), 1, {}, {}});
  meter.models.front().name = "no id";
  std::vector<FoundMeter> many(kFoundTogether * 2 + 1, meter);
  for (std::size_t i = 0; i < many.size(); ++i) many[i].address[0] = static_cast<std::uint8_t>(i % 247 + 1);
  const auto events = found_events(many, base::LineId("l1"), base::UtcMillis(1000));
  REQUIRE(events.size() == 3);
  std::size_t devices = 0;
  for (const auto& event : events) {
    const auto text = wire::encode(event);
    CHECK(text.size() < 100'000);  // 256 KiB are a payload
    REQUIRE(wire::decode_event(text));
    devices += std::get<wire::FoundEvent>(event).devices.size();
  }
  CHECK(devices == many.size());
  const auto& first = std::get<wire::FoundEvent>(events.front()).devices.front();
  CHECK(first.state.empty());
  CHECK(first.models.size() == wire::kMostFoundModels);
}

TEST_CASE("scan: what was found is written as the archive has it, or not at all") {
  Bus bus;
  bus.meters = {hang("000000000161")};
  bus.meters[0].format.baud = 9600;
  bus.waters = {water("78330011223345", cjt188::DiOrder::low_byte_first)};
  bus.devices = {hiking(1), device(17)};
  const auto settings = everything(false);
  const auto scan = bus.scan(settings);
  const auto entry = [&](const char* text, const char* uri = "serial:///dev/ttyS1") {
    return archive_entry(at(scan, text), base::LineId("l1"), *parse_line_uri(uri), settings.profiles);
  };
  const auto meter = entry("000000000161");
  REQUIRE(meter);
  CHECK(meter->address == "000000000161");
  CHECK(meter->baud == 9600);
  CHECK(meter->profile.dialect == "dlt645-2007");
  const auto tap = entry("78330011223345");
  REQUIRE(tap);
  CHECK(tap->profile.low_byte_first);
  CHECK(tap->profile.meter_type == "10");
  CHECK(tap->kind == wire::MeterKind::water);
  CHECK_FALSE(tap->baud);
  const auto relay = entry("1");
  REQUIRE(relay);
  CHECK(relay->profile.model == "hiking-dds238-zn-sr");
  CHECK_FALSE(relay->baud);
  CHECK_FALSE(entry("17"));                                         // its model is open
  const char* other = "serial:///dev/ttyS1?baud=2400&format=8N1";
  REQUIRE(entry("000000000161", other));  // a device may have a parity of its own
  CHECK(entry("000000000161", other)->profile.format == "8E1");
  CHECK_FALSE(entry("000000000161", "tcp://10.0.0.7:4001?format=8N1"));  // a serial server has one for all
  // What the line says holds for a model, too; its rate can be its own.
  REQUIRE(entry("1", other));
  CHECK(entry("1", other)->baud == 9600);
  REQUIRE(entry("1", "serial:///dev/ttyS1?format=8E1"));
  CHECK(entry("1", "serial:///dev/ttyS1?format=8E1")->profile.format == "8N1");
  // A gateway takes what comes of it.
  wire::Archive archive;
  archive.lines.push_back({base::LineId("l1"), "serial:///dev/ttyS1"});
  archive.devices = {*meter, *tap, *relay};
  const auto read = wire::decode_archive(wire::encode(archive));
  REQUIRE(read);
  for (const auto& device : read->devices) {
    const auto made = make_meter(device, *parse_line_uri(read->lines.front().uri), settings.profiles);
    REQUIRE(made);
    CHECK(made->format == at(scan, device.address).root.format);
  }
}

}  // namespace anju::gateway::testing
