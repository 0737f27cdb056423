// Registers that go on somewhere else: cleared, replaced, read by hand.

#include "tests/unit/platform/domain/site_fixture.hpp"

#include <doctest/doctest.h>

using namespace anju;
using namespace anju::platform;

namespace {

void refused(const Outcome& outcome, Errc errc, const std::string& where = "") {
  REQUIRE_FALSE(outcome);
  CHECK(outcome.error().is(errc));
  CHECK(outcome.error().where == where);
}

ChangeRegister typed(SiteFixture& f, const std::string& key, std::int64_t total_e4) {
  ChangeRegister what;
  what.key = key;
  what.meter = f.meter;
  what.last.total = base::Quantity(total_e4);
  return what;
}

ChangeRegister replace(SiteFixture& f, const std::string& key, std::int64_t last_e4, std::int64_t start_e4) {
  ChangeRegister what = typed(f, key, last_e4);
  what.start = StartReading{base::Quantity(start_e4), {}};
  return what;
}

}  // namespace

TEST_CASE("em-mode-reading: a register that a person has read is billed like a reading, once per key") {
  SiteFixture f;
  f.pass(base::hours(1));
  f.read(10'0000);
  const base::Money before = f.balance();
  f.pass(base::hours(24));
  const Outcome made = f.ask(typed(f, "t1", 25'0000));
  REQUIRE(made);
  CHECK(std::get<Booked>(*made).created);
  REQUIRE(f.last.register_changes.size() == 1);
  const RegisterChange& row = f.last.register_changes.front();
  CHECK(row.kind == RegisterChangeKind::typed);
  CHECK(row.billed == base::Quantity(15'0000));
  CHECK(row.transfer == f.last.transfers.front().id);
  CHECK(f.last.transfers.front().reading == 0);
  CHECK(f.balance() == before - base::Money(9'000'000));
  CHECK_FALSE(std::get<Booked>(*f.ask(typed(f, "t1", 25'0000))).created);
  CHECK(f.last.transfers.empty());
  // Meters go on from there.
  f.pass(base::minutes(15));
  f.read(26'0000);
  CHECK(f.balance() == before - base::Money(9'600'000));
}

TEST_CASE("em-mode-reading: what no meter can have counted is refused, and changes nothing") {
  SiteFixture f;
  f.pass(base::hours(1));
  f.read(10'0000);
  f.pass(base::minutes(15));
  const base::Money before = f.balance();
  refused(f.ask(typed(f, "t1", 9'0000)), Errc::backward);
  refused(f.ask(typed(f, "t1", 900'0000)), Errc::impossible_jump);
  refused(f.ask(typed(f, "t1", -1)), Errc::bad_field, "last");
  ChangeRegister early = typed(f, "t1", 11'0000);
  early.at = f.now - base::minutes(20);
  refused(f.ask(early), Errc::conflict, "at");
  early.at = f.now + base::minutes(1);
  refused(f.ask(early), Errc::bad_field, "at");
  ChangeRegister address = typed(f, "t1", 11'0000);
  address.address = "000000000009";
  refused(f.ask(address), Errc::bad_field, "address");  // of no new meter
  CHECK(f.balance() == before);
  CHECK(f.last.register_changes.empty());
  REQUIRE(f.ask(typed(f, "t1", 11'0000)));  // the key is not used up
}

TEST_CASE("em-detail: another meter goes on at its own register; what the old one had counted is billed, late readings of it are not") {
  SiteFixture f;
  f.pass(base::hours(1));
  f.read(10'0000);
  f.pass(base::hours(1));
  const base::Money before = f.balance();
  const std::int64_t archive = f.ledger.archive_of(1)->version;
  ChangeRegister what = replace(f, "x1", 12'0000, 500'0000);
  what.address = "000000000777";
  REQUIRE(f.ask(what));
  CHECK(f.balance() == before - base::Money(1'200'000));
  CHECK(f.last.device_changes.size() == 1);
  CHECK(f.ledger.archive_of(1)->version == archive + 1);
  CHECK(f.ledger.archive_of(1)->devices.front().address == "000000000777");
  // The old meter's last words come late: covered by its end register.
  f.event(wire::ReadingsEvent{{{base::DeviceId("m1"), f.now - base::minutes(10), wire::ReadingKind::interval, base::Quantity(11'5000), {}}}});
  CHECK(f.readings.back().state == ReadingState::recorded);
  f.pass(base::minutes(15));
  f.read(501'0000);
  CHECK(f.balance() == before - base::Money(1'800'000));
  CHECK(f.readings.back().used == base::Quantity(1'0000));
}

TEST_CASE("em-detail: who was cut off stays cut off behind a new meter, which is told so at once") {
  SiteFixture f;
  f.status(wire::Relay::closed);
  f.pass(base::hours(1));
  f.read(10'0000);  // in arrears
  REQUIRE(f.newest_sent().kind == wire::CommandKind::trip);
  f.answer(f.newest_sent(), wire::CommandPhase::verified, wire::Relay::open);
  const std::size_t before = f.sent.size();
  f.pass(base::minutes(5));
  REQUIRE(f.ask(replace(f, "x1", 10'0000, 0)));
  REQUIRE(f.sent.size() == before + 1);
  CHECK(f.newest_sent().kind == wire::CommandKind::trip);
  // Its relay is reported closed, as that of a new meter is: nobody has closed anything by hand.
  f.status(wire::Relay::closed);
  for (const Alarm& alarm : f.alarms) CHECK(alarm.code != "closed_by_hand");
  f.answer(f.newest_sent(), wire::CommandPhase::verified, wire::Relay::open);
  CHECK(f.state().supply.relay == wire::Relay::open);
}

TEST_CASE("em-detail: an address is one meter's on its line") {
  SiteFixture f;
  f.add_meter("m2");
  f.pass(base::minutes(15));
  ChangeRegister what = replace(f, "x1", 0, 0);
  what.address = "000000000002";
  refused(f.ask(what), Errc::conflict, "address");
  what.address = "12";
  refused(f.ask(what), Errc::bad_field, "address");
  what.address.reset();
  what.start->total = base::Quantity(-5);
  refused(f.ask(what), Errc::bad_field, "start");
}

TEST_CASE("em-clear, wm-clear, wc-clear: a verified clearing begins the register at zero and is a row; nothing is billed or lost") {
  SiteFixture f;
  f.pass(base::hours(1));
  f.read(10'0000);
  const base::Money before = f.balance();
  f.pass(base::minutes(15));
  REQUIRE(f.ask(OrderCommand{"c1", f.meter, Ask::clear, "退租", 0}));
  const wire::Command sent = f.newest_sent();
  REQUIRE(sent.kind == wire::CommandKind::clear);
  f.read(11'0000);  // the gateway reads before it clears
  f.answer(sent, wire::CommandPhase::acked);
  CHECK(f.last.register_changes.empty());
  f.answer(sent, wire::CommandPhase::verified);
  REQUIRE(f.last.register_changes.size() == 1);
  const RegisterChange row = f.last.register_changes.front();
  CHECK(row.kind == RegisterChangeKind::clear);
  CHECK(row.key == "clear 2");  // no key of a person: a document of his may be called c1, too
  CHECK(row.by == "wang");
  CHECK(row.note == "退租");
  CHECK(row.last.total == base::Quantity(11'0000));
  CHECK(row.next.total == base::Quantity(0));
  CHECK(f.balance() == before - base::Money(600'000));
  f.pass(base::minutes(15));
  f.read(5000);
  CHECK(f.readings.back().state == ReadingState::used);
  CHECK(f.balance() == before - base::Money(900'000));
  // An answer that comes twice clears once.
  f.answer(sent, wire::CommandPhase::verified);
  CHECK(f.last.register_changes.empty());
}

TEST_CASE("em-clear: what a refused reading says is decided first; a clock that runs ahead covers nothing that comes") {
  SiteFixture f;
  f.pass(base::hours(1));
  f.read(10'0000);
  f.pass(base::minutes(15));
  f.read(9000'0000);  // impossible
  refused(f.ask(OrderCommand{"c1", f.meter, Ask::clear, "", 0}), Errc::conflict, "reading");
  AcceptReading accept;
  accept.meter = f.meter;
  accept.reading = f.readings.back().id;
  accept.register_at = f.state().metering.last.at;
  REQUIRE(f.ask(accept));
  REQUIRE(f.ask(OrderCommand{"c1", f.meter, Ask::clear, "", 0}));
  const wire::Command sent = f.newest_sent();
  f.event(wire::CommandEvent{sent.id, sent.device, f.now + base::hours(24 * 3650), wire::CommandPhase::verified, "", wire::Relay::unknown});
  CHECK(f.state().metering.last.at == f.now);
  f.pass(base::minutes(15));
  f.read(5000);
  CHECK(f.readings.back().state == ReadingState::used);
}

TEST_CASE("em-clear: an answer that comes hours later still begins the register anew; a failure is never tried again") {
  SiteFixture f;
  f.pass(base::hours(1));
  f.read(10'0000);
  REQUIRE(f.ask(OrderCommand{"c1", f.meter, Ask::clear, "", 0}));
  const wire::Command sent = f.newest_sent();
  const std::size_t before = f.sent.size();
  f.hear_online(false);
  f.pass(base::hours(5));
  f.answer(sent, wire::CommandPhase::verified);
  CHECK(f.state().metering.last.total == base::Quantity(0));
  f.hear_online(true);
  f.pass(base::minutes(15));
  REQUIRE(f.ask(OrderCommand{"c2", f.meter, Ask::clear, "", 0}));
  f.answer(f.newest_sent(), wire::CommandPhase::failed, wire::Relay::unknown, "no_answer");
  f.pass(base::minutes(5));
  CHECK(f.sent.size() == before + 1);
  CHECK(f.ledger.open_commands().empty());
}

TEST_CASE("em-detail: orders under way end with the old meter, and a trip that left for it is taken back at the new one") {
  SiteFixture f;
  f.status(wire::Relay::closed);
  REQUIRE(f.recharge("r1", 6'000'000));
  f.pass(base::hours(1));
  f.read(10'0000);  // used up: a trip leaves
  const wire::Command trip = f.newest_sent();
  REQUIRE(trip.kind == wire::CommandKind::trip);
  REQUIRE(f.recharge("r2", 50'000'000));
  REQUIRE(f.newest_sent().kind == wire::CommandKind::close);
  REQUIRE(f.ask(OrderCommand{"c1", f.meter, Ask::clear, "", 0}));
  f.pass(base::minutes(1));
  const wire::Command clear = f.newest_sent();
  REQUIRE(f.ask(replace(f, "x1", 10'0000, 500'0000)));
  // The gateway gives the clearing up, or says that the old meter did it: the new one's register stays.
  f.answer(clear, wire::CommandPhase::verified);
  CHECK(f.state().metering.last.total == base::Quantity(500'0000));
  f.answer(trip, wire::CommandPhase::verified, wire::Relay::open);  // carried out late, at the new meter
  CHECK(f.newest_sent().kind == wire::CommandKind::close);
  f.answer(f.newest_sent(), wire::CommandPhase::verified, wire::Relay::closed);
  CHECK(f.state().supply.relay == wire::Relay::closed);
}

TEST_CASE("em-clear: a clearing that failed leaves the register, and says so") {
  SiteFixture f;
  f.pass(base::hours(1));
  f.read(10'0000);
  REQUIRE(f.ask(OrderCommand{"c1", f.meter, Ask::clear, "", 0}));
  for (int i = 0; i < kCommandTries; ++i) {
    f.answer(f.newest_sent(), wire::CommandPhase::failed, wire::Relay::unknown, "not_supported");
    f.pass(base::minutes(1));
  }
  CHECK(f.state().metering.last.total == base::Quantity(10'0000));
  CHECK(f.last.register_changes.empty());
  const bool told = std::any_of(f.alarms.begin(), f.alarms.end(), [](const Alarm& a) { return a.code == "command_unanswered"; });
  CHECK(told);
}

TEST_CASE("em-clear: over the end of a month the steps of the month before are over, those of the year go on") {
  Prices prices{PlanKind::total, base::Price(50'000), {}};
  prices.steps = {{base::Quantity(100'0000), base::Price(30'000)}};
  std::int64_t after = 0;
  SUBCASE("by month") {
    prices.step_period = StepPeriod::month;
    after = 500'000;
  }
  SUBCASE("by year") {
    prices.step_period = StepPeriod::year;
    after = 800'000;
  }
  SiteFixture f(prices);
  const base::UtcMillis december = kStart + base::hours(24 * 6);
  f.pass(december - base::minutes(1) - f.now);
  f.read(150'0000);
  const base::Money before = f.balance();
  REQUIRE(f.ask(OrderCommand{"c1", f.meter, Ask::clear, "", 0}));
  const wire::Command sent = f.newest_sent();
  REQUIRE(sent.kind == wire::CommandKind::clear);
  f.pass(base::minutes(2));
  f.answer(sent, wire::CommandPhase::verified);
  REQUIRE(f.last.register_changes.size() == 1);
  CHECK(f.last.register_changes.front().plan_version == 1);
  CHECK(f.state().metering.accrued == Accrued{base::Quantity(0), base::Quantity(150'0000), base::Quantity(150'0000)});
  f.pass(base::minutes(15));
  f.read(1'0000);
  CHECK(f.balance() == before - base::Money(after));
}
