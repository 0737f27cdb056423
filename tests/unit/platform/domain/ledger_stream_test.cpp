#include "tests/unit/platform/domain/site_fixture.hpp"

using namespace anju;
using namespace anju::platform;

namespace {

constexpr std::int64_t kKwh = 10'000;

wire::Event reading(base::UtcMillis at, std::int64_t total, const std::string& device = "m1",
                    wire::ReadingKind kind = wire::ReadingKind::interval) {
  return wire::ReadingsEvent{{{base::DeviceId(device), at, kind, base::Quantity(total), {}}}};
}

Taken take(SiteFixture& site, const std::string& epoch, std::int64_t seq, std::vector<wire::Event> events) {
  const Taken taken = site.ledger.take(1, epoch, seq, events, site.now);
  site.commit();
  return taken;
}

}  // namespace

TEST_CASE("stream: only last + 1 is applied, older events are ignored, a gap asks for the stream again") {
  SiteFixture site;
  const auto later = [&site](std::int64_t minutes) { return site.now + base::minutes(minutes); };
  site.now = later(60);
  const std::vector<wire::Event> batch{reading(later(-50), 1 * kKwh), reading(later(-40), 2 * kKwh), reading(later(-30), 3 * kKwh)};
  CHECK(take(site, "e1", 1, batch).through == 3);
  const base::Money after = site.balance();
  CHECK(after == base::Money(-1'800'000));
  CHECK(take(site, "e1", 1, batch).through == 3);
  CHECK(site.balance() == after);
  CHECK(site.last.readings.empty());

  const Taken gap = take(site, "e1", 5, {reading(later(-20), 5 * kKwh)});
  CHECK(gap.resend);
  CHECK(gap.through == 3);
  CHECK(site.balance() == after);

  // Overlapping: the first two are old, the last one is new.
  CHECK(take(site, "e1", 2, {batch[1], batch[2], reading(later(-20), 4 * kKwh)}).through == 4);
  CHECK(site.balance() == base::Money(-2'400'000));
}

TEST_CASE("stream: a new epoch is taken from seq 1 only, is told to a person, and ends the old one for good") {
  SiteFixture site;
  site.pass(base::hours(1));
  take(site, "e1", 1, {reading(site.now, 1 * kKwh)});
  const Taken early = take(site, "e2", 7, {reading(site.now, 9 * kKwh)});
  CHECK(early.resend);
  CHECK(early.through == 0);
  CHECK(site.ledger.position(1, "e1") == wire::Ack{"e1", 1, false, false});
  CHECK(site.ledger.position(1, "e2") == wire::Ack{"e2", 0, false, false});

  site.pass(base::minutes(1));
  CHECK(take(site, "e2", 1, {reading(site.now, 2 * kKwh)}).through == 1);
  CHECK(site.alarms.back().code == "stream_replaced");
  site.pass(base::minutes(1));
  const Taken old = take(site, "e1", 2, {reading(site.now, 3 * kKwh)});
  CHECK(old.over);
  CHECK(old.through == 1);
  CHECK(site.ledger.position(1, "e1") == wire::Ack{"e1", 1, false, true});
  CHECK(site.state().metering.last.total == base::Quantity(2 * kKwh));
  CHECK(site.ledger.position(1, "e2") == wire::Ack{"e2", 1, false, false});
}

TEST_CASE("stream: what a gateway does not keep any more is recorded as lost, a person is told, and the next number goes on") {
  SiteFixture site;
  site.pass(base::hours(1));
  take(site, "e1", 1, {reading(site.now, 1 * kKwh)});
  const auto gone = [&site](const std::string& epoch, std::int64_t from, std::int64_t next) {
    site.ledger.take_gone(1, epoch, from, next, site.now);
    site.commit();
    return site.last.quarantined;
  };
  CHECK(gone("e1", 3, 7).empty());  // 2 may still come
  CHECK(gone("e1", 1, 2).empty());  // nothing that was not taken
  const auto rows = gone("e1", 1, 7);
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].reason == "gone");
  CHECK(rows[0].payload == R"({"from":2,"through":6})");
  CHECK(rows[0].origin.seq == 2);
  CHECK(site.alarms.back().code == "events_lost");
  CHECK(site.alarms.back().critical);
  CHECK(site.ledger.position(1, "e1").through == 6);
  CHECK(gone("e1", 1, 7).empty());  // repeated
  site.pass(base::hours(1));
  CHECK(take(site, "e1", 7, {reading(site.now, 9 * kKwh)}).through == 7);
  CHECK(site.balance() == base::Money(-5'400'000));  // the register carries what was lost

  // A stream that this database has never heard of, whose beginning is gone.
  CHECK(gone("e2", 1, 50).size() == 1);
  site.pass(base::minutes(1));
  CHECK(take(site, "e2", 50, {reading(site.now, 9 * kKwh)}).through == 50);
  CHECK(gone("e1", 8, 20).empty());  // that epoch is over
}

TEST_CASE("stream: an event that cannot be decoded is kept whole, acknowledged, and not in the way") {
  SiteFixture site;
  const Taken taken = site.ledger.take_poison(1, "e1", 1, "unknown_kind", "{\"type\":\"door\"}", site.now);
  CHECK(taken.through == 1);
  site.commit();
  REQUIRE(site.last.quarantined.size() == 1);
  CHECK(site.last.quarantined[0].payload == "{\"type\":\"door\"}");
  site.pass(base::hours(1));
  CHECK(take(site, "e1", 2, {reading(site.now, 1 * kKwh)}).through == 2);
}

TEST_CASE("stream: a reading of an unknown device goes to quarantine") {
  SiteFixture site;
  take(site, "e1", 1, {reading(site.now, 1, "stranger")});
  REQUIRE(site.last.quarantined.size() == 1);
  CHECK(site.last.quarantined[0].reason == "unknown_device");
}

TEST_CASE("stream: after a refused reading the next good one carries all the energy") {
  SiteFixture site;
  site.pass(base::hours(1));
  site.read(10 * kKwh);
  site.pass(base::minutes(15));
  site.read(500'000 * kKwh);
  CHECK(site.last.readings.at(0).state == ReadingState::quarantined);
  CHECK(site.last.readings.at(0).reason == "impossible_jump");
  CHECK(site.last.transfers.empty());
  CHECK(site.alarms.back().code == "reading_quarantined");
  site.pass(base::minutes(15));
  site.read(1);
  CHECK(site.last.readings.at(0).reason == "backward");
  site.pass(base::minutes(15));
  site.read(14 * kKwh);
  CHECK(site.last.readings.at(0).used == base::Quantity(4 * kKwh));
  CHECK(site.balance() == base::Money(-8'400'000));
  CHECK_FALSE(site.alarms.back().active);
  CHECK(site.state().metering.quarantined == 2);
}

TEST_CASE("stream: a frozen day register is recorded once and never deducted") {
  SiteFixture site;
  site.pass(base::hours(30));
  const base::UtcMillis midnight = kStart + base::hours(24);
  take(site, "e1", 1, {reading(midnight, 7 * kKwh, "m1", wire::ReadingKind::daily_freeze)});
  REQUIRE(site.last.day_registers.size() == 1);
  CHECK(site.last.readings.at(0).state == ReadingState::recorded);
  CHECK(site.last.transfers.empty());
  take(site, "e1", 2, {reading(midnight, 7 * kKwh, "m1", wire::ReadingKind::daily_freeze)});
  CHECK(site.last.day_registers.empty());
}

TEST_CASE("stream: the fee is counted from the start reading on, and each day's sums are kept") {
  SiteFixture site;
  site.meter = site.add_meter("m2", {}, base::Quantity(152 * kKwh));
  site.pass(base::hours(1));
  site.read(155 * kKwh, {}, "m2");
  CHECK(site.last.transfers.at(0).quantity == base::Quantity(3 * kKwh));
  site.pass(base::hours(24));
  site.read(160 * kKwh, {}, "m2");
  REQUIRE(site.last.meter_days.size() == 1);
  CHECK(site.last.meter_days[0].quantity == base::Quantity(3 * kKwh));
  CHECK(site.last.meter_days[0].amount == base::Money(1'800'000));
  CHECK(site.state().metering.day_quantity == base::Quantity(5 * kKwh));
}

TEST_CASE("stream: rows of a meter are chained backwards") {
  SiteFixture site;
  site.pass(base::hours(1));
  site.read(1 * kKwh);
  const auto first = site.last.readings.at(0).id;
  site.pass(base::hours(1));
  site.read(2 * kKwh);
  CHECK(site.last.readings.at(0).previous == first);
  CHECK(site.last.transfers.at(0).previous == site.transfers.front().id);
}

TEST_CASE("orders: a recharge key is applied once; a repeat is answered with the first result, also after the commit") {
  SiteFixture site;
  const auto first = site.recharge("k1", 20'000'000);
  REQUIRE(first);
  CHECK(std::get<Recharged>(*first).created);
  const auto rows = site.transfers.size();
  for (int i = 0; i < 50; ++i) {
    const auto again = site.recharge("k1", 20'000'000);
    REQUIRE(again);
    CHECK_FALSE(std::get<Recharged>(*again).created);
    CHECK(std::get<Recharged>(*again).transfer == std::get<Recharged>(*first).transfer);
  }
  CHECK(site.transfers.size() == rows);
  CHECK(site.balance() == base::Money(20'000'000));
  CHECK(site.recharge("k1", 21'000'000).error().is(Errc::key_reused));

  // Twice within one commit.
  const auto order = Order{Scope{1}, "wang", site.now, Recharge{"k2", site.meter, base::Money(1), PayMethod::free, ""}};
  CHECK(std::get<Recharged>(*site.ledger.decide(order, site.now)).created);
  CHECK_FALSE(std::get<Recharged>(*site.ledger.decide(order, site.now)).created);
}

TEST_CASE("orders: a refused order changes nothing and names the field") {
  SiteFixture site;
  CHECK(site.recharge("k", 0).error().where == "amount");
  CHECK(site.recharge("k", 2'000'000'000'000).error().where == "amount");
  CHECK(site.last.empty());
  SupplySettings settings;
  settings.alarm_1 = settings.alarm_2;
  CHECK(site.ask(ChangeSettings{site.meter, "m1", {}, settings}).error().where == "alarm_1");
  CHECK(site.ask(ChangeSettings{99, "m1", {}, {}}).error().is(Errc::not_found));
  CHECK(site.ask(PutPricePlan{0, "plan", {}}).error().is(Errc::conflict));
  RegisterMeter meter;
  meter.gateway = "gw";
  meter.line = "l1";
  meter.device = "m1";
  meter.name = "x";
  meter.address = "000000000099";
  meter.price_plan = 1;
  CHECK(site.ask(meter).error().where == "device");
  meter.device = "m9";
  meter.address = "000000000001";
  CHECK(site.ask(meter).error().where == "address");
  CHECK(site.last.empty());
}

TEST_CASE("orders: what belongs to another organisation is not there") {
  SiteFixture site;
  const Order order{Scope{2}, "li", site.now, Recharge{"k", site.meter, base::Money(1), PayMethod::cash, ""}};
  CHECK(site.ledger.decide(order, site.now).error().is(Errc::not_found));
}

TEST_CASE("orders: ten-multi-community-scope: what lies at a site outside of the scope is not there") {
  SiteFixture site;
  REQUIRE(site.command("c1", Ask::trip));
  site.hear_online(false);
  const auto decide = [&](const std::optional<std::vector<std::int64_t>>& sites, auto what) {
    return site.ledger.decide(Order{Scope{1, sites}, "li", site.now, std::move(what)}, site.now);
  };
  RegisterMeter meter;
  meter.gateway = "gw";
  meter.line = "l1";
  meter.device = "m9";
  meter.name = "x";
  meter.address = "000000000099";
  meter.price_plan = 1;
  for (const std::vector<std::int64_t>& elsewhere : {std::vector<std::int64_t>{}, std::vector<std::int64_t>{2, 3}}) {
    CHECK(decide(elsewhere, meter).error().where == "gateway");
    CHECK(decide(elsewhere, CreateGateway{"site", "gw9", "g", 15, {}}).error().where == "site");
    CHECK(decide(elsewhere, ChangeSettings{site.meter, "x", {}, {}}).error().where == "meter");
    CHECK(decide(elsewhere, ChangePricePlan{site.meter, 1}).error().where == "meter");
    CHECK(decide(elsewhere, Recharge{"k", site.meter, base::Money(1), PayMethod::cash, ""}).error().where == "meter");
    CHECK(decide(elsewhere, AcceptReading{site.meter, 1, {}, base::Quantity(1), ""}).error().where == "meter");
    CHECK(decide(elsewhere, OrderCommand{"c2", site.meter, Ask::release, "", 0}).error().where == "meter");
    CHECK(decide(elsewhere, CancelCommand{"c1"}).error().is(Errc::not_found));
    CHECK(decide(elsewhere, RemoveMeter{site.meter}).error().where == "meter");
    CHECK(decide(elsewhere, ClearAlarm{1, "seen"}).error().where == "alarm");
  }
  // A plan of the whole organisation is everybody's money.
  CHECK(decide(std::vector<std::int64_t>{1}, PutPricePlan{1, "plan", {PlanKind::total, base::Price(1), {}}}).error().is(Errc::beyond_rights));
  CHECK(decide(std::vector<std::int64_t>{1}, PutPricePlan{0, "mine", {PlanKind::total, base::Price(1), {}}}).error().is(Errc::beyond_rights));
  CHECK(decide(std::vector<std::int64_t>{1}, ChangeSettings{site.meter, "x", {}, {}}));
  CHECK(decide(std::vector<std::int64_t>{2, 1}, Recharge{"k", site.meter, base::Money(1), PayMethod::cash, ""}));
}

TEST_CASE("orders: a price plan that changes holds from the next reading on") {
  SiteFixture site;
  site.pass(base::hours(1));
  site.read(1 * kKwh);
  REQUIRE(site.ask(PutPricePlan{1, "plan", {PlanKind::total, base::Price(100'000), {}}}));
  CHECK(site.balance() == base::Money(-600'000));
  site.pass(base::hours(1));
  site.read(2 * kKwh);
  CHECK(site.balance() == base::Money(-1'600'000));
  CHECK(site.last.transfers.at(0).plan_version == 2);
}

TEST_CASE("orders: a device id is given once in a site, whichever gateway it hangs on, and each gateway speaks for its own") {
  SiteFixture site;
  REQUIRE(site.ask(CreateGateway{"site", "gw2", "Gateway 2", 15, {{base::LineId("l1"), "tcp://127.0.0.1:2"}}}));
  RegisterMeter meter;
  meter.gateway = "gw2";
  meter.line = "l1";
  meter.device = meter.name = "m1";
  meter.address = "000000000001";
  meter.price_plan = 1;
  CHECK(site.ask(meter).error().where == "device");
  meter.device = "m2";
  REQUIRE(site.ask(meter));
  REQUIRE(site.ledger.archive_of(2)->devices.size() == 1);
  CHECK(site.ledger.archive_of(2)->devices[0].id.value == "m2");
  CHECK(site.ledger.archive_of(1)->devices.size() == 1);
  site.pass(base::hours(1));
  take(site, "e1", 1, {reading(site.now, 1 * kKwh, "m2")});  // of the first gateway, which has no such meter
  REQUIRE(site.last.quarantined.size() == 1);
  CHECK(site.last.quarantined[0].reason == "unknown_device");
}

TEST_CASE("orders: registering a meter makes a new archive for its gateway") {
  SiteFixture site;
  const auto archive = site.ledger.archive_of(1);
  REQUIRE(archive);
  CHECK(archive->version == 2);
  REQUIRE(archive->devices.size() == 1);
  CHECK(archive->devices[0].address == "000000000001");
  CHECK(wire::decode_archive(wire::encode(*archive)));
}

TEST_CASE("orders: a refused reading that a person accepts is counted on from, bills what he says, and only once") {
  SiteFixture site;
  site.pass(base::hours(1));
  site.read(10 * kKwh);
  site.pass(base::minutes(15));
  site.read(50'000 * kKwh);  // another meter hangs there
  const auto reading = site.last.readings.at(0).id;
  site.pass(base::hours(24 * 60));
  site.read(50'100 * kKwh);
  CHECK(site.last.readings.at(0).reason == "impossible_jump");
  const base::UtcMillis seen = site.state().metering.last.at;
  CHECK(site.ask(AcceptReading{site.meter, 1, seen, {}, ""}).error().is(Errc::conflict));   // counted already
  CHECK(site.ask(AcceptReading{site.meter, 99, seen, {}, ""}).error().is(Errc::not_found));
  CHECK(site.ask(AcceptReading{site.meter, reading, seen, base::Quantity(-1), ""}).error().where == "billed");
  const auto newest = site.last.empty() ? site.readings.back().id : site.last.readings.at(0).id;
  REQUIRE(site.ask(AcceptReading{site.meter, newest, seen, base::Quantity(5 * kKwh), "new meter"}));
  REQUIRE(site.last.decisions.size() == 1);
  CHECK(site.last.decisions[0].from_total == base::Quantity(10 * kKwh));
  CHECK(site.balance() == base::Money(-9'000'000));
  CHECK_FALSE(site.alarms.back().active);
  CHECK(site.ask(AcceptReading{site.meter, newest, seen, base::Quantity(5 * kKwh), ""}).error().is(Errc::conflict));
  CHECK(site.ask(AcceptReading{site.meter, reading, seen, base::Quantity(5 * kKwh), ""}).error().is(Errc::conflict));  // overtaken
  site.pass(base::minutes(15));
  site.read(50'101 * kKwh);
  CHECK(site.last.readings.at(0).used == base::Quantity(1 * kKwh));
  CHECK(site.balance() == base::Money(-9'600'000));
}

TEST_CASE("stream: sums of a day that was long ago are added to, not begun anew") {
  SiteFixture site;
  site.meter = site.add_meter("m2");
  site.pass(base::hours(24 * 12));
  site.read(3 * kKwh, {}, "m2");
  REQUIRE(site.last.site_days.size() == 1);
  CHECK(site.last.site_days[0].readings == 1);
  site.event(wire::ReadingsEvent{{{base::DeviceId("m1"), kStart + base::hours(30), wire::ReadingKind::interval, base::Quantity(1 * kKwh), {}}}});
  REQUIRE(site.last.site_days.size() == 1);
  CHECK(site.last.site_days[0].day < site.state().metering.day);
  CHECK(site.last.site_days[0].quantity == base::Quantity(1 * kKwh));
}

TEST_CASE("commands: one that a later one overtook is sent again with a new counter, and that was no try") {
  SiteFixture site;
  REQUIRE(site.command("k", Ask::read));
  for (int n = 0; n < 5; ++n) {
    const auto overtaken = site.newest_sent();
    const auto sent = site.sent.size();
    site.answer(overtaken, wire::CommandPhase::refused, wire::Relay::unknown, "old_counter");
    REQUIRE(site.ledger.open_commands().size() == 1);
    CHECK(site.ledger.open_commands()[0].attempts == 0);
    site.pass(kOvertakenAfter);
    REQUIRE(site.sent.size() == sent + 1);
    CHECK(site.newest_sent().counter > overtaken.counter);
  }
  for (int n = 0; n < kCommandTries; ++n) {
    site.answer(site.newest_sent(), wire::CommandPhase::refused, wire::Relay::unknown, "unknown_device");
    site.pass(kRetryAfter);
  }
  CHECK(site.ledger.open_commands().empty());
}

TEST_CASE("commands: the answer to a namesake from before a restored backup verifies nothing") {
  SiteFixture site;
  REQUIRE(site.command("k", Ask::trip));
  auto namesake = site.newest_sent();
  const Command open = site.ledger.open_commands().at(0);
  namesake.id = base::CommandId("c" + std::to_string(open.id) + "-" + std::to_string(open.created.value - 1));
  site.answer(namesake, wire::CommandPhase::verified, wire::Relay::open);
  REQUIRE(site.ledger.open_commands().size() == 1);
  CHECK(site.ledger.open_commands()[0].state == CommandState::sent);
  site.answer(site.newest_sent(), wire::CommandPhase::verified, wire::Relay::open);
  CHECK(site.ledger.open_commands().empty());
}

TEST_CASE("orders: a step that was reckoned from a register which is not the newest any more bills nothing") {
  SiteFixture site;
  site.pass(base::hours(1));
  site.read(10 * kKwh);
  const base::UtcMillis seen = site.state().metering.last.at;
  site.pass(base::minutes(15));
  site.read(510 * kKwh);
  const std::int64_t first = site.readings.back().id;
  site.pass(base::minutes(15));
  site.read(516 * kKwh);
  const std::int64_t second = site.readings.back().id;
  REQUIRE(site.readings.back().state == ReadingState::quarantined);
  // One person opens the second, whole: 506. Another accepts the first, whole, before him.
  REQUIRE(site.ask(AcceptReading{site.meter, first, seen, base::Quantity(500 * kKwh), "seen"}));
  const base::Money balance = site.balance();
  const Outcome stale = site.ask(AcceptReading{site.meter, second, seen, base::Quantity(506 * kKwh), "seen"});
  REQUIRE_FALSE(stale);
  CHECK(stale.error().is(Errc::conflict));
  CHECK(stale.error().where == "register_at");
  CHECK(site.balance() == balance);
  CHECK(site.last.decisions.empty());
  REQUIRE(site.ask(AcceptReading{site.meter, second, site.state().metering.last.at, base::Quantity(6 * kKwh), "seen"}));
  CHECK(site.state().metering.accrued.ever == base::Quantity(516 * kKwh));
}
