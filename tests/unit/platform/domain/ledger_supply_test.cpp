#include <algorithm>
#include <map>
#include <random>

#include "tests/unit/platform/domain/site_fixture.hpp"

using namespace anju;
using namespace anju::platform;

namespace {

constexpr std::int64_t kYuan = 1'000'000;
constexpr std::int64_t kKwh = 10'000;

/// Recharged with 30 yuan at 0.60 a kWh, relay closed.
struct Supplied : SiteFixture {
  Supplied() {
    status(wire::Relay::closed);
    REQUIRE(recharge("first", 30 * kYuan));
  }
  void use_up() {
    pass(base::hours(1));
    read(55 * kKwh);  // 33 yuan
  }
  wire::Command trip() {
    use_up();
    const wire::Command command = newest_sent();
    REQUIRE(command.kind == wire::CommandKind::trip);
    answer(command, wire::CommandPhase::acked);
    answer(command, wire::CommandPhase::verified, wire::Relay::open);
    return command;
  }
};

}  // namespace

TEST_CASE("supply: the trip order is stored in the same batch as the deduction that crosses") {
  Supplied site;
  site.use_up();
  CHECK(site.balance() == base::Money(-3 * kYuan));
  REQUIRE(site.last.transfers.size() == 1);
  REQUIRE(site.last.crossings.size() == 1);
  REQUIRE(site.last.commands.size() == 1);
  const Command& trip = site.last.commands[0].command;
  CHECK(trip.kind == wire::CommandKind::trip);
  CHECK(trip.cause == CommandCause::arrears);
  CHECK(trip.crossing == site.last.crossings[0].id);
  CHECK(trip.state == CommandState::sent);
  CHECK(site.newest_sent().id == wire_id(trip));
}

TEST_CASE("supply: only a device that was read again makes a command verified") {
  Supplied site;
  site.use_up();
  const wire::Command trip = site.newest_sent();
  site.answer(trip, wire::CommandPhase::acked);
  CHECK(site.ledger.open_commands().at(0).state == CommandState::acked);
  CHECK(site.state().supply.relay == wire::Relay::closed);
  site.answer(trip, wire::CommandPhase::verified, wire::Relay::open);
  CHECK(site.ledger.open_commands().empty());
  CHECK(site.state().supply.relay == wire::Relay::open);
}

TEST_CASE("supply: a meter cut for arrears is closed by a sufficient recharge and by no smaller one") {
  Supplied site;
  site.trip();
  const auto small = site.recharge("small", 3 * kYuan);
  CHECK_FALSE(std::get<Recharged>(*small).reconnecting);  // balance 0 is still at the threshold
  const auto enough = site.recharge("enough", 1);
  REQUIRE(enough);
  CHECK(std::get<Recharged>(*enough).reconnecting);
  const wire::Command close = site.newest_sent();
  CHECK(close.kind == wire::CommandKind::close);
  site.answer(close, wire::CommandPhase::verified, wire::Relay::closed);
  CHECK(site.state().supply.ordered == RelayOrder::nothing);
  CHECK(site.ledger.open_commands().empty());
}

TEST_CASE("supply: a meter tripped by hand stays open through recharges until it is released") {
  Supplied site;
  REQUIRE(site.command("c1", Ask::trip));
  const wire::Command trip = site.newest_sent();
  site.answer(trip, wire::CommandPhase::verified, wire::Relay::open);
  const auto sent = site.sent.size();
  REQUIRE(site.recharge("more", 50 * kYuan));
  CHECK(site.sent.size() == sent);
  const auto released = site.command("c2", Ask::release);
  REQUIRE(released);
  CHECK(site.newest_sent().kind == wire::CommandKind::close);
}

TEST_CASE("supply: a meter opened at the meter itself is not closed by the platform, but a person is told") {
  Supplied site;
  const auto sent = site.sent.size();
  site.status(wire::Relay::open);
  REQUIRE(site.recharge("more", 50 * kYuan));
  CHECK(site.sent.size() == sent);
  REQUIRE(site.alarms.size() == 1);
  CHECK(site.alarms[0].code == "opened_by_hand");
}

TEST_CASE("supply: a release in arrears leaves the meter cut and says so") {
  Supplied site;
  REQUIRE(site.command("c1", Ask::trip));
  site.answer(site.newest_sent(), wire::CommandPhase::verified, wire::Relay::open);
  site.use_up();
  const auto sent = site.sent.size();
  const auto released = site.command("c2", Ask::release);
  REQUIRE(released);
  CHECK(std::get<Ordered>(*released).state == CommandState::cancelled);
  CHECK(std::get<Ordered>(*released).reason == "in_arrears");
  CHECK(site.sent.size() == sent);
  CHECK(site.state().supply.reason == WantedReason::arrears);
  REQUIRE(site.recharge("pay", 50 * kYuan));
  CHECK(site.newest_sent().kind == wire::CommandKind::close);
}

TEST_CASE("supply: a trip under keep-power is refused, and keep-power keeps a meter in arrears supplied") {
  Supplied site;
  site.status(wire::Relay::closed, true);
  const auto refused = site.command("c1", Ask::trip);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().is(Errc::keep_power_on));
  const auto sent = site.sent.size();
  site.use_up();
  CHECK(site.sent.size() == sent);
  site.status(wire::Relay::closed, false);
  CHECK(site.newest_sent().kind == wire::CommandKind::trip);
}

TEST_CASE("supply: keep-power that was ordered and is gone at the meter is ordered again, once, and nobody is cut off meanwhile") {
  Supplied site;
  REQUIRE(site.command("k1", Ask::keep_power_on));
  site.answer(site.newest_sent(), wire::CommandPhase::verified, wire::Relay::closed);
  site.use_up();
  const auto sent = site.sent.size();
  site.status(wire::Relay::closed, false);
  REQUIRE(site.sent.size() == sent + 1);
  const wire::Command again = site.newest_sent();
  CHECK(again.kind == wire::CommandKind::keep_power_on);
  site.status(wire::Relay::closed, false);
  CHECK(site.sent.size() == sent + 1);  // it is under way
  site.answer(again, wire::CommandPhase::expired, wire::Relay::closed, "expired");
  CHECK(site.sent.size() == sent + 1);
  REQUIRE_FALSE(site.alarms.empty());
  CHECK(site.alarms.back().code == "command_unanswered");
  CHECK(site.state().supply.reason == WantedReason::none);
  site.status(wire::Relay::closed, false);  // the next word of the meter is the next try
  site.answer(site.newest_sent(), wire::CommandPhase::verified, wire::Relay::closed);
  REQUIRE(site.command("k2", Ask::keep_power_off));
  site.answer(site.newest_sent(), wire::CommandPhase::verified, wire::Relay::closed);
  CHECK(site.newest_sent().kind == wire::CommandKind::trip);
}

TEST_CASE("supply: a meter that is about to open on nobody's order is told as one that was opened") {
  Supplied site;
  const auto told = site.alarms.size();
  site.status(wire::Relay::opening);  // tripped before the backup that these books come from; the relay is stuck
  REQUIRE(site.alarms.size() == told + 1);
  CHECK(site.alarms.back().code == "opened_by_hand");
  site.status(wire::Relay::opening);
  CHECK(site.alarms.size() == told + 1);
  CHECK(site.sent.empty());
}

TEST_CASE("supply: keep-power is not ordered to a meter that is open or out of reach: it may close on the order") {
  Supplied site;
  REQUIRE(site.command("k1", Ask::keep_power_on));
  site.answer(site.newest_sent(), wire::CommandPhase::verified, wire::Relay::closed);
  const auto is_ordered = [&site, before = site.sent.size()] {
    return std::any_of(site.sent.begin() + static_cast<std::ptrdiff_t>(before), site.sent.end(), [](const auto& send) { return send.command.kind == wire::CommandKind::keep_power_on; });
  };
  site.status(wire::Relay::open, false);
  CHECK_FALSE(is_ordered());
  site.status(wire::Relay::closed, false, false);
  CHECK_FALSE(is_ordered());
  site.status(wire::Relay::closed, false);
  CHECK(is_ordered());
}

TEST_CASE("supply: no trip rests on a reading older than 30 minutes; a fresh one is ordered and decides") {
  Supplied site;
  const base::UtcMillis read_at = site.now + base::hours(1);
  site.now = read_at + base::minutes(31);
  site.event(wire::ReadingsEvent{{{base::DeviceId("m1"), read_at, wire::ReadingKind::interval, base::Quantity(55 * kKwh), {}}}});
  CHECK(site.newest_sent().kind == wire::CommandKind::read);
  CHECK(site.last.commands.at(0).command.cause == CommandCause::stale_reading);
  site.pass(base::seconds(5));
  site.read(56 * kKwh);
  CHECK(site.newest_sent().kind == wire::CommandKind::trip);
  CHECK(site.crossings.size() == 1);
}

TEST_CASE("supply: the alarm of a reading that a cut-off waits for stands until a reading came, whatever else the meter answers") {
  Supplied site;
  const base::UtcMillis read_at = site.now + base::hours(1);
  site.now = read_at + base::minutes(31);
  site.event(wire::ReadingsEvent{{{base::DeviceId("m1"), read_at, wire::ReadingKind::interval, base::Quantity(55 * kKwh), {}}}});
  const wire::Command asked = site.newest_sent();
  REQUIRE(asked.kind == wire::CommandKind::read);
  site.answer(asked, wire::CommandPhase::expired, wire::Relay::unknown, "expired");
  REQUIRE(site.alarms.size() == 1);
  REQUIRE(site.command("k", Ask::keep_power_off));
  site.answer(site.newest_sent(), wire::CommandPhase::verified, wire::Relay::closed);
  CHECK(site.alarms.back().active);
  site.pass(base::minutes(5));
  site.read(57 * kKwh);
  CHECK(site.newest_sent().kind == wire::CommandKind::trip);
  CHECK_FALSE(site.alarms.back().active);
}

TEST_CASE("supply: where the fresh reading is old as well, as under a late clock, a person is told until one decides") {
  Supplied site;
  const base::Millis late = base::hours(3);  // so far is the gateway's clock behind
  const auto read = [&](std::int64_t kwh) {
    site.event(wire::ReadingsEvent{{{base::DeviceId("m1"), site.now - late, wire::ReadingKind::interval, base::Quantity(kwh * kKwh), {}}}});
  };
  site.pass(base::hours(4));
  read(55);
  const wire::Command asked = site.newest_sent();
  REQUIRE(asked.kind == wire::CommandKind::read);
  site.pass(base::seconds(5));
  read(56);
  CHECK(site.alarms.empty());
  site.answer(asked, wire::CommandPhase::verified);
  CHECK(site.newest_sent().kind == wire::CommandKind::read);  // nothing is cut off on it
  REQUIRE(site.alarms.size() == 1);
  CHECK(site.alarms[0].code == "command_unanswered");
  CHECK(site.alarms[0].active);
  CHECK(site.alarms[0].detail.find("stale_reading") != std::string::npos);
  site.pass(base::hours(1));
  site.read(57 * kKwh);  // the clock was set right
  CHECK(site.newest_sent().kind == wire::CommandKind::trip);
  CHECK_FALSE(site.alarms.back().active);
}

TEST_CASE("supply: a relay that somebody opened while its account was in arrears is told when the account is paid") {
  Supplied site;
  const base::UtcMillis read_at = site.now + base::hours(1);
  site.now = read_at + base::minutes(31);
  site.event(wire::ReadingsEvent{{{base::DeviceId("m1"), read_at, wire::ReadingKind::interval, base::Quantity(55 * kKwh), {}}}});
  REQUIRE(site.newest_sent().kind == wire::CommandKind::read);  // too old to cut off on
  site.status(wire::Relay::open);
  CHECK(site.alarms.empty());
  REQUIRE(site.recharge("second", 30 * kYuan));
  REQUIRE(site.alarms.size() == 1);
  CHECK(site.alarms[0].code == "opened_by_hand");
  CHECK(site.newest_sent().kind == wire::CommandKind::read);  // nothing closes it by itself
}

TEST_CASE("supply: an unanswered command is sent again with the same id, and a person is told after a minute") {
  Supplied site;
  site.use_up();
  const wire::Command first = site.newest_sent();
  const auto sent = site.sent.size();
  site.pass(base::seconds(9));
  CHECK(site.sent.size() == sent);
  site.pass(base::seconds(1));
  REQUIRE(site.sent.size() == sent + 1);
  CHECK(site.newest_sent() == first);
  CHECK(site.alarms.empty());
  site.pass(base::seconds(50));
  REQUIRE(site.alarms.size() == 1);
  CHECK(site.alarms[0].code == "command_unanswered");
  CHECK(site.alarms[0].critical);
  site.answer(first, wire::CommandPhase::verified, wire::Relay::open);
  CHECK_FALSE(site.alarms.back().active);
}

TEST_CASE("supply: three attempts, each with a new id, then failed; tried anew ten minutes later") {
  Supplied site;
  site.use_up();
  std::vector<base::CommandId> ids;
  for (int i = 0; i < kCommandTries; ++i) {
    ids.push_back(site.newest_sent().id);
    site.answer(site.newest_sent(), wire::CommandPhase::failed, wire::Relay::unknown, "no_answer");
    site.pass(kRetryAfter);
  }
  CHECK(ids[0] != ids[1]);
  CHECK(ids[1] != ids[2]);
  CHECK(site.ledger.open_commands().empty());
  CHECK(site.alarms.back().code == "command_unanswered");
  const auto sent = site.sent.size();
  site.pass(base::minutes(9));
  CHECK(site.sent.size() == sent);
  site.pass(base::minutes(2));
  CHECK(site.sent.size() == sent + 1);
  CHECK(site.newest_sent().kind == wire::CommandKind::trip);
}

TEST_CASE("supply: a relay that is stuck open is closed anew, though it looks as if it waited for its button") {
  Supplied site;
  site.trip();
  REQUIRE(site.recharge("more", 50 * kYuan));
  for (int i = 0; i < kCommandTries; ++i) {
    REQUIRE(site.newest_sent().kind == wire::CommandKind::close);
    site.answer(site.newest_sent(), wire::CommandPhase::failed, wire::Relay::open, "contradicted");
    site.pass(kRetryAfter);
  }
  site.status(wire::Relay::awaiting_button);
  const auto sent = site.sent.size();
  site.pass(base::minutes(11));
  REQUIRE(site.sent.size() == sent + 1);
  CHECK(site.newest_sent().kind == wire::CommandKind::close);
}

TEST_CASE("supply: a relay that was told to open and stays closed is tripped anew until it is open") {
  Supplied site;
  site.use_up();
  for (int i = 0; i < kCommandTries; ++i) {
    site.answer(site.newest_sent(), wire::CommandPhase::failed, wire::Relay::opening, "contradicted");
    site.pass(kRetryAfter);
  }
  REQUIRE(site.ledger.open_commands().empty());
  const auto sent = site.sent.size();
  site.pass(base::minutes(11));
  REQUIRE(site.sent.size() == sent + 1);
  CHECK(site.newest_sent().kind == wire::CommandKind::trip);
}

TEST_CASE("supply: a repeated id refused as seen does not undo what the first delivery started") {
  Supplied site;
  site.use_up();
  const wire::Command trip = site.newest_sent();
  site.answer(trip, wire::CommandPhase::refused, wire::Relay::unknown, "seen_command");
  CHECK(site.ledger.open_commands().at(0).state == CommandState::sent);
  site.answer(trip, wire::CommandPhase::verified, wire::Relay::open);
  CHECK(site.ledger.open_commands().empty());
}

TEST_CASE("supply: an order for an offline gateway waits, escalates at once, and leaves when it is back") {
  Supplied site;
  site.use_up();
  site.answer(site.newest_sent(), wire::CommandPhase::verified, wire::Relay::open);
  site.hear_online(false);
  const auto sent = site.sent.size();
  REQUIRE(site.recharge("pay", 50 * kYuan));
  CHECK(site.sent.size() == sent);
  CHECK(site.ledger.open_commands().at(0).state == CommandState::queued);
  CHECK(site.alarms.back().code == "command_unanswered");
  site.pass(base::minutes(5));
  site.hear_online(true);
  REQUIRE(site.sent.size() == sent + 1);
  CHECK(site.newest_sent().kind == wire::CommandKind::close);
}

TEST_CASE("supply: an order that expires during an outage is given again when the gateway is back") {
  Supplied site;
  site.trip();
  site.hear_online(false);
  REQUIRE(site.recharge("pay", 50 * kYuan));
  site.pass(base::hours(2));
  CHECK(site.ledger.open_commands().empty());
  const auto sent = site.sent.size();
  site.hear_online(true);
  REQUIRE(site.sent.size() == sent + 1);
  CHECK(site.newest_sent().kind == wire::CommandKind::close);
}

TEST_CASE("supply: a relay that is reported differently after an outage is ordered again") {
  Supplied site;
  site.trip();
  site.status(wire::Relay::closed);
  CHECK(site.newest_sent().kind == wire::CommandKind::trip);
  CHECK(site.last.commands.at(0).command.cause == CommandCause::reconcile);
}

TEST_CASE("supply: one who closes his meter again after it was cut off is not only cut off again: a person is told") {
  Supplied site;
  site.trip();
  CHECK(site.alarms.empty());
  site.status(wire::Relay::closed);
  REQUIRE(site.alarms.size() == 1);
  CHECK(site.alarms[0].code == "closed_by_hand");
  CHECK(site.alarms[0].critical);
  site.answer(site.newest_sent(), wire::CommandPhase::verified, wire::Relay::open);
  CHECK(site.alarms.size() == 1);  // cut off again, and still to be looked at
  REQUIRE(site.recharge("pay", 50 * kYuan));
  CHECK_FALSE(site.alarms.back().active);
  site.answer(site.newest_sent(), wire::CommandPhase::verified, wire::Relay::closed);
  site.status(wire::Relay::closed);
  CHECK(site.alarms.size() == 2);  // by our order
}

TEST_CASE("supply: a meter that is not read any more is told to a person") {
  Supplied site;
  site.status(wire::Relay::closed, false, false);
  REQUIRE(site.alarms.size() == 1);
  CHECK(site.alarms[0].code == "meter_unreachable");
  site.status(wire::Relay::closed);
  CHECK_FALSE(site.alarms.back().active);
}

TEST_CASE("supply: a recharge overtakes a trip that was not sent yet, and follows one that was") {
  Supplied site;
  site.hear_online(false);
  site.use_up();
  const auto sent = site.sent.size();
  REQUIRE(site.recharge("pay", 50 * kYuan));
  CHECK(site.ledger.open_commands().empty());  // nothing was ever sent: nothing to undo
  site.hear_online(true);
  CHECK(site.sent.size() == sent);

  site.pass(base::hours(1));
  site.read(200 * kKwh);
  CHECK(site.newest_sent().kind == wire::CommandKind::trip);
  REQUIRE(site.recharge("again", 500 * kYuan));
  CHECK(site.newest_sent().kind == wire::CommandKind::close);
}

TEST_CASE("supply: each preset warns once per crossing and is armed again above it") {
  Supplied site;
  site.pass(base::hours(1));
  site.read(20 * kKwh);  // 18 yuan left
  CHECK(site.notices.size() == 1);
  site.pass(base::minutes(15));
  site.read(21 * kKwh);
  CHECK(site.notices.size() == 1);
  site.pass(base::hours(1));
  site.read(35 * kKwh);  // 9 yuan
  REQUIRE(site.notices.size() == 2);
  CHECK(site.notices[1].second);
  REQUIRE(site.recharge("more", 30 * kYuan));  // 39
  site.pass(base::hours(1));
  site.read(80 * kKwh);  // 12
  REQUIRE(site.notices.size() == 3);
  CHECK_FALSE(site.notices[2].second);
}

TEST_CASE("supply: a fresh account, reading mode and 'do not cut off' are never cut") {
  SupplySettings settings;
  CHECK(wanted(settings, {false, false, false}, base::Money(0)) == WantedReason::none);
  CHECK(wanted(settings, {true, false, false}, base::Money(0)) == WantedReason::arrears);
  CHECK(wanted(settings, {false, true, true}, base::Money(9)) == WantedReason::forced);
  settings.overdraft = base::Money(5 * kYuan);
  CHECK(wanted(settings, {true, false, false}, base::Money(-5 * kYuan + 1)) == WantedReason::none);
  CHECK(wanted(settings, {true, false, false}, base::Money(-5 * kYuan)) == WantedReason::arrears);
  settings.auto_trip = false;
  CHECK(wanted(settings, {true, false, false}, base::Money(-9 * kYuan)) == WantedReason::none);
  settings = {MeterMode::reading, true, {}, {}, {}};
  CHECK(wanted(settings, {true, false, false}, base::Money(-9 * kYuan)) == WantedReason::none);
}

TEST_CASE("supply: changing a meter in arrears to reading mode closes it again") {
  Supplied site;
  site.trip();
  SupplySettings settings;
  settings.mode = MeterMode::reading;
  REQUIRE(site.ask(ChangeSettings{site.meter, "m1", {}, settings}));
  CHECK(site.newest_sent().kind == wire::CommandKind::close);
}

TEST_CASE("supply: a command that was not sent can be cancelled, a sent one cannot") {
  Supplied site;
  site.hear_online(false);
  REQUIRE(site.command("wait", Ask::read));
  const auto cancelled = site.ask(CancelCommand{"wait"});
  REQUIRE(cancelled);
  CHECK(std::get<Ordered>(*cancelled).state == CommandState::cancelled);
  site.hear_online(true);
  REQUIRE(site.command("gone", Ask::read));
  CHECK(site.ask(CancelCommand{"gone"}).error().is(Errc::not_cancellable));
  CHECK(site.ask(CancelCommand{"never"}).error().is(Errc::not_found));
}

TEST_CASE("supply: a trip that was carried out unheard is taken back after paying, however late its answer comes") {
  Supplied site;
  site.use_up();
  const wire::Command trip = site.newest_sent();
  site.hear_online(false);
  site.pass(base::hours(2));  // the order is over for us; the gateway has opened the relay and cannot say so
  CHECK(site.ledger.open_commands().empty());
  REQUIRE(site.recharge("pay", 50 * kYuan));
  site.pass(base::hours(2));
  site.hear_online(true);
  site.answer(trip, wire::CommandPhase::verified, wire::Relay::open);
  site.status(wire::Relay::open);
  const wire::Command close = site.newest_sent();
  CHECK(close.kind == wire::CommandKind::close);
  site.answer(close, wire::CommandPhase::verified, wire::Relay::closed);
  CHECK(site.state().supply.ordered == RelayOrder::nothing);
  for (const Alarm& alarm : site.alarms) CHECK(alarm.code != "opened_by_hand");
}

TEST_CASE("supply: a close that failed is over when the relay is seen closed: who opens it later opens it by hand") {
  Supplied site;
  site.trip();
  REQUIRE(site.recharge("pay", 50 * kYuan));
  for (int i = 0; i < kCommandTries; ++i) {
    site.answer(site.newest_sent(), wire::CommandPhase::failed, wire::Relay::unknown, "no_answer");
    site.pass(kRetryAfter);
  }
  site.status(wire::Relay::closed);
  const auto sent = site.sent.size();
  site.status(wire::Relay::open);
  site.pass(base::hours(1));
  CHECK(site.sent.size() == sent);
  CHECK(site.alarms.back().code == "opened_by_hand");
}

TEST_CASE("supply: what an old card tells once more of a time before the trip does not forget that we have opened the relay") {
  Supplied site;
  const auto before = site.now;
  site.trip();
  site.hear_online(false);
  REQUIRE(site.recharge("pay", 50 * kYuan));
  site.pass(base::hours(2));
  REQUIRE(site.ledger.open_commands().empty());
  site.event(wire::StatusEvent{base::DeviceId("m1"), before, true, wire::Relay::closed, false, {}});
  site.hear_online(true);
  site.status(wire::Relay::open);
  const wire::Command close = site.newest_sent();
  CHECK(close.kind == wire::CommandKind::close);
  site.answer(close, wire::CommandPhase::verified, wire::Relay::closed);
  CHECK(site.state().supply.ordered == RelayOrder::nothing);
  for (const Alarm& alarm : site.alarms) CHECK(alarm.code != "opened_by_hand");
}

TEST_CASE("supply: cancelling a queued release leaves the forced trip in force") {
  Supplied site;
  REQUIRE(site.command("c1", Ask::trip));
  site.answer(site.newest_sent(), wire::CommandPhase::verified, wire::Relay::open);
  site.hear_online(false);
  REQUIRE(site.command("c2", Ask::release));
  CHECK_FALSE(site.state().supply.forced);
  REQUIRE(site.ask(CancelCommand{"c2"}));
  CHECK(site.state().supply.forced);
  CHECK(site.state().supply.reason == WantedReason::forced);
  const auto sent = site.sent.size();
  site.hear_online(true);
  site.pass(base::hours(1));
  CHECK(site.sent.size() == sent);
}

TEST_CASE("supply: cancelling a queued release of a meter opened by hand leaves it open") {
  Supplied site;
  site.status(wire::Relay::open);
  site.hear_online(false);
  REQUIRE(site.command("c1", Ask::release));
  REQUIRE(site.ask(CancelCommand{"c1"}));
  const auto sent = site.sent.size();
  site.hear_online(true);
  site.pass(base::hours(1));
  CHECK(site.sent.size() == sent);
}

TEST_CASE("supply: cancelling a queued trip restores what was: supplied, or cut for arrears") {
  Supplied site;
  site.hear_online(false);
  REQUIRE(site.command("c1", Ask::trip));
  REQUIRE(site.command("c2", Ask::trip));  // pressed twice
  REQUIRE(site.ask(CancelCommand{"c2"}));
  CHECK_FALSE(site.state().supply.forced);
  const auto sent = site.sent.size();
  site.hear_online(true);
  site.pass(base::hours(1));
  CHECK(site.sent.size() == sent);
}

TEST_CASE("supply: a release in arrears does not call off the trip that is under way") {
  Supplied site;
  site.use_up();
  REQUIRE(site.ledger.open_commands().size() == 1);
  const auto released = site.command("c1", Ask::release);
  REQUIRE(released);
  CHECK(std::get<Ordered>(*released).reason == "in_arrears");
  REQUIRE(site.ledger.open_commands().size() == 1);
  CHECK(site.ledger.open_commands()[0].kind == wire::CommandKind::trip);
}

TEST_CASE("supply: of one meter's unanswered relay orders one alarm stands, and none once one is verified") {
  Supplied site;
  site.use_up();
  const auto active = [&site] {
    std::map<std::int64_t, bool> newest;
    for (const Alarm& alarm : site.alarms) newest[alarm.id] = alarm.active;
    return std::count_if(newest.begin(), newest.end(), [](const auto& entry) { return entry.second; });
  };
  for (int round = 0; round < 2; ++round) {
    for (int i = 0; i < kCommandTries; ++i) {
      site.answer(site.newest_sent(), wire::CommandPhase::failed, wire::Relay::closed, "no_answer");
      site.pass(kRetryAfter);
    }
    CHECK(active() == 1);
    site.pass(base::minutes(11));
  }
  site.answer(site.newest_sent(), wire::CommandPhase::verified, wire::Relay::open);
  CHECK(active() == 0);
}

TEST_CASE("supply: a gateway that flaps ends as its last word says, with at most one alarm of it") {
  for (unsigned seed = 1; seed <= 20; ++seed) {
    CAPTURE(seed);
    std::mt19937_64 random(seed);
    Supplied site;
    bool online = true;
    std::size_t changes = 0;
    for (int i = 0; i < 200; ++i) {
      const bool next = random() % 2 == 0;
      changes += next != online ? 1 : 0;
      online = next;
      site.pass(base::seconds(static_cast<std::int64_t>(random() % 40)));
      site.hear_online(online);
    }
    const auto rows = std::count_if(site.alarms.begin(), site.alarms.end(), [](const Alarm& alarm) { return alarm.code == "gateway_offline"; });
    CHECK(static_cast<std::size_t>(rows) == changes);  // one row per change
    REQUIRE(!site.alarms.empty());
    CHECK(site.alarms.back().active == !online);
    const auto sent = site.sent.size();
    site.use_up();
    CHECK((site.sent.size() > sent) == online);
  }
}
