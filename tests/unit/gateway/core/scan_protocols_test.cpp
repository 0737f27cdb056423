// The scan where CJ/T188 and Modbus are on the pair as well, and how the archive names what it found.

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "gateway/core/meter.hpp"
#include "gateway/core/scan.hpp"
#include "tests/unit/gateway/core/scan_devices.hpp"

namespace anju::gateway::testing {
namespace {

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

TEST_CASE("scan: a lost answer does not cost the model of a Modbus device, and one that keeps silent is not waited for each time") {
  auto device = hiking(1);
  device.meter.registers[0] = device.meter.registers[1] = 0;  // what a unit is looked for by
  Bus bus;
  bus.devices = {device};
  const auto all = at(bus.scan(everything(false)), "1").asked;
  bus.devices = {device};
  bus.devices[0].deaf_every = 4;
  const auto lossy = bus.scan(everything(false));
  REQUIRE(at(lossy, "1").models.size() == 1);
  CHECK(base::format(at(lossy, "1").total.value()) == "1234.56");
  CHECK(at(lossy, "1").asked > all);
  bus.devices = {device};
  bus.devices[0].silent = true;
  const auto quiet = bus.scan(everything(false));
  REQUIRE(at(quiet, "1").models.size() == 1);
  CHECK(at(quiet, "1").asked == all + 1);
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

TEST_CASE("scan: of Modbus in a rarer way the low units are asked first, the others at the end, first of all where somebody was heard") {
  const SerialFormat slow{.baud = 4800, .parity = 'N'}, fast{.baud = 19200, .parity = 'N'};
  Bus bus;
  bus.devices = {device(3, fast), device(200, slow), device(247, fast)};
  Scan scan(everything(false));
  std::vector<std::string> order;
  std::optional<SerialFormat> first_high;
  while (const auto probe = scan.next()) {
    const bool is_high = probe->root.dialect == Dialect::modbus && probe->root.format != SerialFormat{.baud = 9600, .parity = 'N'} && probe->address[0] > kLowUnits;
    if (is_high && !first_high) first_high = probe->root.format;
    const auto before = scan.found().size();
    scan.heard(bus.ask(*probe));
    if (scan.found().size() > before) order.push_back(scan.found().back().text());
  }
  CHECK(order == std::vector<std::string>{"3", "247", "200"});
  CHECK(first_high == fast);
  CHECK(addresses(scan).size() == 3);
  // Every unit was asked in each way it can be spoken, and none twice.
  CHECK(scan.time_left() == base::Millis(0));
  std::map<std::string, int> asked;
  Scan empty(everything(false));
  while (const auto probe = empty.next()) {
    if (probe->root.dialect == Dialect::modbus) ++asked[text_of(probe->root.format) + " " + text_of(Dialect::modbus, probe->address)];
    empty.heard({});
  }
  CHECK(asked.size() == 5 * 247);
  CHECK(std::ranges::all_of(asked, [](const auto& one) { return one.second == 1; }));
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

}  // namespace anju::gateway::testing
