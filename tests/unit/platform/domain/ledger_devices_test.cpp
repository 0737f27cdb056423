// Devices of CJ/T188 and Modbus in the ledger: registered, told to the gateway, replaced, and asked only what they can do.

#include "tests/unit/platform/domain/site_fixture.hpp"

#include <doctest/doctest.h>

using namespace anju;
using namespace anju::platform;

namespace {

void refused(const Outcome& outcome, Errc errc, const std::string& where) {
  REQUIRE_FALSE(outcome);
  CHECK(outcome.error().is(errc));
  CHECK(outcome.error().where == where);
}

struct DeviceFixture : SiteFixture {
  std::int64_t water_plan = 0;
  DeviceFixture() {
    PutPricePlan what{0, "water", {PlanKind::total, base::Price(350'000), {}}};
    what.utility = Utility::water;
    water_plan = std::get<Created>(*ask(what)).id;
  }
  RegisterMeter device(const std::string& name, const std::string& address) {
    RegisterMeter what;
    what.gateway = "gw";
    what.line = "l1";
    what.device = what.name = name;
    what.address = address;
    what.price_plan = 1;
    return what;
  }
  RegisterMeter water(const std::string& name, const std::string& address) {
    RegisterMeter what = device(name, address);
    what.price_plan = water_plan;
    what.kind = wire::MeterKind::water;
    what.profile.dialect = "cjt188";
    what.profile.status_map = "closed_01";
    what.profile.low_byte_first = true;
    return what;
  }
  RegisterMeter modbus(const std::string& name, const std::string& unit) {
    RegisterMeter what = device(name, unit);
    what.profile.dialect = "modbus";
    what.profile.model = "eastron-sdm120";
    return what;
  }
  wire::ArchiveDevice in_archive(const std::string& name) {
    const auto archive = ledger.archive_of(1);
    REQUIRE(archive);
    const auto found = std::find_if(archive->devices.begin(), archive->devices.end(), [&](const auto& one) { return one.id.value == name; });
    REQUIRE(found != archive->devices.end());
    return *found;
  }
  ChangeRegister replaced(const std::string& key) {
    pass(base::minutes(15));
    ChangeRegister what;
    what.key = key;
    what.meter = meter;
    what.start.emplace();
    return what;
  }
};

}  // namespace

TEST_CASE("wm-add-scan: meters of three protocols share a line, and the gateway is told how each is spoken to") {
  DeviceFixture f;
  REQUIRE(f.ask(f.water("w1", "33780012345a0b")));
  CHECK(f.last.meters.front().address == "33780012345A0B");
  REQUIRE(f.ask(f.modbus("p1", "17")));
  const wire::ArchiveDevice water = f.in_archive("w1"), power = f.in_archive("p1");
  CHECK(water.address == "33780012345A0B");
  CHECK(water.profile.dialect == "cjt188");
  CHECK(water.profile.low_byte_first);
  CHECK(water.kind == wire::MeterKind::water);
  CHECK(power.address == "17");
  CHECK(power.profile.model == "eastron-sdm120");
  CHECK(f.in_archive("m1").address == "000000000001");
  // As a gateway reads it.
  const auto read = wire::decode_archive(wire::encode(*f.ledger.archive_of(1)));
  REQUIRE(read);
  CHECK(*read == *f.ledger.archive_of(1));
}

TEST_CASE("wm-add-scan: an address is one device's on its line, in whatever case it is typed; another line has units of its own") {
  DeviceFixture f;
  REQUIRE(f.ask(CreateGateway{"site", "gw2", "Two lines", 15, {{base::LineId("l1"), "tcp://127.0.0.1:2"}, {base::LineId("l2"), "tcp://127.0.0.1:3"}}}));
  REQUIRE(f.ask(f.water("w1", "3378001234abcd")));
  refused(f.ask(f.water("w2", "3378001234ABCD")), Errc::conflict, "address");
  REQUIRE(f.ask(f.modbus("p1", "1")));
  refused(f.ask(f.modbus("p2", "1")), Errc::conflict, "address");
  // One and twelve digits that end in one are two devices.
  CHECK(f.in_archive("m1").address == "000000000001");
  RegisterMeter other = f.modbus("p2", "1");
  other.gateway = "gw2";
  REQUIRE(f.ask(other));
  other.device = other.name = "p3";
  other.line = "l2";
  REQUIRE(f.ask(other));
}

TEST_CASE("wm-add-scan: what does not fit together is refused by its field, and nothing of it stays") {
  DeviceFixture f;
  REQUIRE(f.ask(CreateGateway{"site", "nb", "Station", 15, {{base::LineId("air"), "mqtt://nb"}}}));
  const auto version = f.ledger.archive_of(1)->version;
  RegisterMeter what = f.water("w1", "202311000042");
  refused(f.ask(what), Errc::bad_field, "address");
  what = f.water("w1", "33780012345678");
  what.profile.status_map = "none";
  refused(f.ask(what), Errc::bad_field, "profile.status_map");
  what = f.modbus("p1", "1");
  what.profile.model.clear();
  refused(f.ask(what), Errc::bad_field, "profile.model");
  what = f.modbus("p1", "1");
  what.gateway = "nb";
  what.line = "air";
  refused(f.ask(what), Errc::bad_field, "line");
  CHECK(f.last.meters.empty());
  CHECK(f.ledger.archive_of(1)->version == version);
  REQUIRE(f.ask(f.modbus("p1", "1")));
}

TEST_CASE("wm-unit-price, wm-valve: a CJ/T188 meter is billed; used up, its valve is ordered to close; paid, to open") {
  DeviceFixture f;
  f.meter = std::get<Created>(*f.ask(f.water("w1", "33780012345678"))).id;
  const auto say = [&](wire::Relay relay) { f.event(wire::StatusEvent{base::DeviceId("w1"), f.now, true, relay, false, {}, {}}); };
  say(wire::Relay::closed);
  REQUIRE(f.recharge("r1", 35'000'000));
  f.pass(base::hours(24));
  f.read(10'0000, {}, "w1");
  CHECK(f.balance() == base::Money(0));
  REQUIRE(f.newest_sent().kind == wire::CommandKind::trip);
  CHECK(f.newest_sent().device == base::DeviceId("w1"));
  f.answer(f.newest_sent(), wire::CommandPhase::verified, wire::Relay::open);
  REQUIRE(f.recharge("r2", 10'000'000));
  CHECK(f.newest_sent().kind == wire::CommandKind::close);
}

TEST_CASE("wm-params: a Modbus meter without a contact is never ordered to open one") {
  DeviceFixture f;
  RegisterMeter what = f.modbus("p1", "1");
  what.valve = false;
  f.meter = std::get<Created>(*f.ask(what)).id;
  f.pass(base::hours(24));
  f.read(10'0000, {}, "p1");
  CHECK(f.state().supply.account == AccountState::arrears);
  CHECK(f.sent.empty());
  refused(f.command("c1", Ask::trip), Errc::no_valve, "kind");
  CHECK_FALSE(f.in_archive("p1").valve);
}

TEST_CASE("wm-read-now: CJ/T188 and Modbus have registers and a switch; what else is asked is refused at once") {
  DeviceFixture f;
  const std::int64_t water = std::get<Created>(*f.ask(f.water("w1", "33780012345678"))).id;
  const std::int64_t power = std::get<Created>(*f.ask(f.modbus("p1", "1"))).id;
  RegisterMeter bath = f.modbus("b1", "2");
  bath.kind = wire::MeterKind::hot_water;
  bath.price_plan = f.water_plan;
  bath.profile.model = "anju-hot-water";
  const std::int64_t controller = std::get<Created>(*f.ask(bath)).id;
  for (const std::int64_t meter : {water, power, controller}) {
    f.meter = meter;
    CAPTURE(meter);
    for (const Ask ask : {Ask::keep_power_on, Ask::keep_power_off, Ask::set_clock, Ask::clear, Ask::temperature_valve_open, Ask::automatic_off}) {
      refused(f.command("c" + std::to_string(meter), ask), Errc::not_for_kind, "kind");
    }
    CHECK(f.command("r" + std::to_string(meter), Ask::read));
    CHECK(f.command("t" + std::to_string(meter), Ask::trip));
  }
}

TEST_CASE("em-detail: another device may speak another protocol: address and profile change together, and are one row") {
  DeviceFixture f;
  const std::int64_t version = f.ledger.archive_of(1)->version;
  ChangeRegister what = f.replaced("x1");
  what.profile = f.modbus("", "").profile;
  refused(f.ask(what), Errc::bad_field, "address");  // its twelve digits are no unit
  what.address = "9";
  what.baud = 9600;
  REQUIRE(f.ask(what));
  REQUIRE(f.last.device_changes.size() == 1);
  CHECK(f.last.device_changes.front().address == "9");
  CHECK(f.last.device_changes.front().baud == 9600);
  CHECK(f.last.device_changes.front().profile.model == "eastron-sdm120");
  const wire::ArchiveDevice now = f.in_archive("m1");
  CHECK(now.address == "9");
  CHECK(now.baud == 9600);
  CHECK(now.profile.dialect == "modbus");
  CHECK(f.ledger.archive_of(1)->version == version + 1);
  // Back again, without a rate of its own.
  what = f.replaced("x2");
  what.address = "000000000001";
  refused(f.ask(what), Errc::bad_field, "address");  // it is a Modbus device now
  what.profile.emplace();
  REQUIRE(f.ask(what));
  CHECK(f.in_archive("m1").profile == wire::MeterProfile{});
  CHECK_FALSE(f.in_archive("m1").baud);
}

TEST_CASE("em-detail: a replacement without a word on the device keeps all of it; what contradicts is refused") {
  DeviceFixture f;
  RegisterMeter what = f.water("w1", "33780012345678");
  what.baud = 4800;
  f.meter = std::get<Created>(*f.ask(what)).id;
  ChangeRegister same = f.replaced("x1");
  same.address = "33780012340000";
  REQUIRE(f.ask(same));
  REQUIRE(f.last.device_changes.size() == 1);
  CHECK(f.last.device_changes.front().baud == 4800);
  CHECK(f.in_archive("w1").profile == what.profile);
  CHECK(f.in_archive("w1").baud == 4800);
  ChangeRegister wrong = f.replaced("x2");
  wrong.baud = 9600;
  refused(f.ask(wrong), Errc::bad_field, "baud");  // nothing else is said of it
  wrong.baud.reset();
  wrong.profile.emplace();  // DL/T645 counts no water
  wrong.address = "000000000777";
  refused(f.ask(wrong), Errc::bad_field, "profile.dialect");
  wrong = f.replaced("x2");
  wrong.start.reset();
  wrong.profile = what.profile;
  refused(f.ask(wrong), Errc::bad_field, "profile");
  wrong = f.replaced("x2");
  wrong.address = "33780012340000";
  REQUIRE(f.ask(wrong));
  CHECK(f.last.device_changes.empty());
}
