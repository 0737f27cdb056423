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

namespace {

/// What the office sends: the whole description, as it is but for what a test changes.
struct CorrectionFixture : DeviceFixture {
  ChangeDevice as_it_is(std::int64_t of, const std::string& name) {
    const wire::ArchiveDevice device = in_archive(name);
    return {of, device.address, {}, device.baud, device.profile};
  }
  std::int64_t version() { return ledger.archive_of(1)->version; }
};

}  // namespace

TEST_CASE("con-meter-link-params: a mistyped status map is corrected: the gateway is told, and what was counted and is owed stays as it was") {
  CorrectionFixture f;
  f.meter = std::get<Created>(*f.ask(f.water("w1", "33780012345A0B"))).id;
  f.pass(base::hours(24));
  f.read(2'5000, {}, "w1");
  const MeterState before = f.state();
  const auto version = f.version();
  ChangeDevice what = f.as_it_is(f.meter, "w1");
  what.baud = 4800;
  what.profile.status_map = "closed_10";
  what.profile.low_byte_first = false;
  what.profile.format = "8N1";
  REQUIRE(f.ask(what));
  REQUIRE(f.last.device_changes.size() == 1);
  CHECK(f.last.device_changes.front().profile == what.profile);
  CHECK(f.last.register_changes.empty());
  const wire::ArchiveDevice now = f.in_archive("w1");
  CHECK(now.profile == what.profile);
  CHECK(now.baud == 4800);
  CHECK(now.address == "33780012345A0B");
  CHECK(f.version() == version + 1);
  CHECK(f.state().dispatch.version == version + 1);  // shown as on its way until the gateway has it
  CHECK(f.state().metering == before.metering);
  CHECK(f.state().account == before.account);
  // The next reading counts on from the last one.
  f.pass(base::hours(24));
  f.read(3'5000, {}, "w1");
  CHECK(f.readings.back().state == ReadingState::used);
  CHECK(f.balance() == before.account.balance - base::Money(3'500'000));
}

TEST_CASE("con-meter-link-params: what changes nothing is told to nobody") {
  CorrectionFixture f;
  const auto version = f.version();
  REQUIRE(f.ask(f.as_it_is(f.meter, "m1")));
  CHECK(f.last.device_changes.empty());
  CHECK(f.version() == version);
}

TEST_CASE("con-meter-link-params: passwords that nobody is shown stay unless they are said") {
  CorrectionFixture f;
  RegisterMeter secret = f.device("e1", "202311000042");
  secret.profile.access_level = "04";
  secret.profile.password = "123456";
  secret.profile.operator_code = "00112233";
  const std::int64_t id = std::get<Created>(*f.ask(secret)).id;
  ChangeDevice what{id, "202311000042"};
  what.profile.preamble = 0;
  REQUIRE(f.ask(what));
  CHECK(f.in_archive("e1").profile.preamble == 0);
  CHECK(f.in_archive("e1").profile.password == "123456");
  what.profile.dialect = "dlt645-1997";
  what.kept.password = false;
  what.profile.password = "ABCDEF";
  REQUIRE(f.ask(what));
  CHECK(f.in_archive("e1").profile.dialect == "dlt645-1997");
  CHECK(f.in_archive("e1").profile.password == "ABCDEF");
  CHECK(f.in_archive("e1").profile.access_level == "04");
  CHECK(f.in_archive("e1").profile.operator_code == "00112233");
}

TEST_CASE("con-meter-link-params: a correction that does not fit is refused by its field, and nothing of it stays") {
  CorrectionFixture f;
  const std::int64_t water = std::get<Created>(*f.ask(f.water("w1", "33780012345A0B"))).id;
  const std::int64_t power = std::get<Created>(*f.ask(f.modbus("p1", "17"))).id;
  const auto version = f.version();
  const wire::Archive archive = *f.ledger.archive_of(1);
  const ChangeDevice right = f.as_it_is(water, "w1");
  ChangeDevice what = right;
  what.meter = 99;
  refused(f.ask(what), Errc::not_found, "meter");
  what = right;
  what.line = "l9";
  refused(f.ask(what), Errc::not_found, "line");
  what = right;
  what.address = "33780012345A0C";
  refused(f.ask(what), Errc::conflict, "address");
  what.address = "no address";
  refused(f.ask(what), Errc::conflict, "address");
  what = right;
  what.profile.status_map = "none";
  refused(f.ask(what), Errc::bad_field, "profile.status_map");
  what = right;
  what.profile.valve_close = "55";
  refused(f.ask(what), Errc::bad_field, "profile.valve_close");
  what = right;
  what.profile.travel_s = 121;
  refused(f.ask(what), Errc::bad_field, "profile.travel_s");
  what = right;
  what.baud = 200;
  refused(f.ask(what), Errc::bad_field, "baud");
  what = right;
  what.profile = f.modbus("", "").profile;
  refused(f.ask(what), Errc::bad_field, "profile.dialect");  // its address is no unit
  what = right;
  what.profile = wire::MeterProfile{};
  refused(f.ask(what), Errc::bad_field, "profile.dialect");
  what = f.as_it_is(power, "p1");
  what.profile.model.clear();
  refused(f.ask(what), Errc::bad_field, "profile.model");
  what = f.as_it_is(f.meter, "m1");
  what.profile.dialect = "mqtt";
  refused(f.ask(what), Errc::bad_field, "line");
  what.profile.dialect = "dlt645-2007";
  what.profile.password = "12";
  what.kept.password = false;
  REQUIRE_FALSE(f.ask(what));
  CHECK(f.last.device_changes.empty());
  CHECK(f.version() == version);
  CHECK(f.ledger.archive_of(1) == archive);
}

TEST_CASE("con-meter-link-params: a meter on the wrong port is moved to another line of its gateway, not onto another meter") {
  CorrectionFixture f;
  REQUIRE(f.ask(CreateGateway{"site", "two", "Two ports", 15,
                              {{base::LineId("a"), "serial:///dev/ttyS1?baud=2400&format=8E1"}, {base::LineId("b"), "tcp://10.0.0.7:4001?baud=9600&format=8N1"},
                               {base::LineId("air"), "mqtt://two"}}}));
  const auto at = [&](const std::string& name, const std::string& unit, const std::string& line) {
    RegisterMeter what = f.modbus(name, unit);
    what.gateway = "two";
    what.line = line;
    what.valve = false;
    return std::get<Created>(*f.ask(what)).id;
  };
  const std::int64_t moved = at("p1", "17", "a");
  at("p2", "18", "b");
  ChangeDevice what{moved, "17", "b", 2400, f.modbus("", "").profile};
  refused(f.ask(what), Errc::bad_field, "baud");  // that port has one rate
  what.baud.reset();
  what.profile.format = "8E1";
  refused(f.ask(what), Errc::bad_field, "profile.format");
  what.profile.format.clear();
  what.line = "air";
  refused(f.ask(what), Errc::bad_field, "line");
  what.line = "b";
  REQUIRE(f.ask(what));
  const auto archive = f.ledger.archive_of(2);
  REQUIRE(archive);
  REQUIRE(archive->devices.size() == 2);
  CHECK(archive->devices[0].line == base::LineId("b"));
  // Its place on the old line is free, and the new one is taken.
  const std::int64_t next = at("p3", "17", "a");
  refused(f.ask(ChangeDevice{next, "17", "b", {}, f.modbus("", "").profile}), Errc::conflict, "line");
}

TEST_CASE("con-meter-link-params: a cut-off that went out under the wrong description is ordered again under the right one") {
  CorrectionFixture f;
  f.meter = std::get<Created>(*f.ask(f.water("w1", "33780012345A0B"))).id;
  f.event(wire::StatusEvent{base::DeviceId("w1"), f.now, true, wire::Relay::closed, false, {}, {}});
  f.pass(base::hours(24));
  f.read(10'0000, {}, "w1");
  REQUIRE(f.sent.size() == 1);
  const wire::Command first = f.newest_sent();
  REQUIRE(first.kind == wire::CommandKind::trip);
  // As the wrong map has it, it is shut.
  f.answer(first, wire::CommandPhase::verified, wire::Relay::open);
  CHECK(f.state().supply.relay == wire::Relay::open);
  ChangeDevice what = f.as_it_is(f.meter, "w1");
  what.profile.valve_close = "9A";
  REQUIRE(f.ask(what));
  CHECK(f.state().supply.relay == wire::Relay::unknown);
  CHECK(f.state().supply.reason == WantedReason::arrears);
  REQUIRE(f.sent.size() == 2);
  CHECK(f.newest_sent().kind == wire::CommandKind::trip);
  CHECK(f.newest_sent().id != first.id);
  // Of one that should be supplied and was never cut nothing is ordered.
  f.meter = 1;
  what = f.as_it_is(1, "m1");
  what.baud = 4800;
  REQUIRE(f.ask(what));
  CHECK(f.sent.size() == 2);
}

TEST_CASE("con-meter-link-params: a refused entry is tried again as corrected; a prepared one is corrected without a word to the gateway") {
  CorrectionFixture f;
  const std::int64_t power = std::get<Created>(*f.ask(f.modbus("p1", "17"))).id;
  f.event(wire::AlarmEvent{"bad_device", base::DeviceId("p1"), {}, f.now, true, "reason=unknown_profile"});
  REQUIRE_FALSE(f.alarms.empty());
  CHECK(f.alarms.back().active);
  ChangeDevice what = f.as_it_is(power, "p1");
  what.profile.model = "chint-ddsu666";
  REQUIRE(f.ask(what));
  CHECK(f.alarms.back().code == "bad_device");
  CHECK_FALSE(f.alarms.back().active);
  CHECK(f.in_archive("p1").profile.model == "chint-ddsu666");

  RegisterMeter draft = f.modbus("p2", "18");
  draft.dispatch = false;
  const std::int64_t prepared = std::get<Created>(*f.ask(draft)).id;
  const auto version = f.version();
  what.meter = prepared;
  what.address = "18";
  REQUIRE(f.ask(what));
  CHECK(f.version() == version);
  CHECK_FALSE(f.ledger.meter(prepared)->dispatch.wanted);
  REQUIRE(f.ask(DispatchMeter{prepared}));
  CHECK(f.in_archive("p2").profile.model == "chint-ddsu666");
}

TEST_CASE("con-meter-link-params: corrected in the moment of its registration, it is stored once, as corrected") {
  CorrectionFixture f;
  const RegisterMeter made = f.modbus("p1", "17");
  const Outcome registered = f.ledger.decide(Order{Scope{1}, "wang", f.now, made}, f.now);
  REQUIRE(registered);
  ChangeDevice what{std::get<Created>(*registered).id, "17"};
  what.profile = made.profile;
  what.profile.model = "pzem-014";
  what.baud = 9600;
  REQUIRE(f.ask(what));
  REQUIRE(f.last.meters.size() == 1);
  CHECK(f.last.meters.front().profile.model == "pzem-014");
  CHECK(f.last.meters.front().baud == 9600);
  CHECK(f.last.device_changes.empty());
}
