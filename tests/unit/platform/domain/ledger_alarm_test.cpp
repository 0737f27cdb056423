#include "tests/unit/platform/domain/site_fixture.hpp"

using namespace anju;
using namespace anju::platform;

namespace {

constexpr std::int64_t kYuan = 1'000'000;

struct Watched : SiteFixture {
  Outcome clear(std::int64_t alarm, const std::string& note = "looked at it") { return ask(ClearAlarm{alarm, note}); }
  void fail_for_good() {
    for (int i = 0; i < kCommandTries; ++i) {
      answer(newest_sent(), wire::CommandPhase::failed, wire::Relay::unknown, "no_answer");
      pass(kRetryAfter);
    }
  }
  bool refused(const Outcome& outcome, Errc errc) { return !outcome && outcome.error().is(errc); }
};

}  // namespace

TEST_CASE("alarm: one that tells of something past is cleared by a person, whose reason stays, and can come again") {
  Watched site;
  site.read(10, {}, "stranger");
  REQUIRE(site.alarms.size() == 1);
  const std::int64_t id = site.alarms[0].id;
  CHECK(site.alarms[0].code == "event_quarantined");
  CHECK(site.alarms[0].detail == "reason=unknown_device");
  CHECK(site.refused(site.clear(id, ""), Errc::bad_field));
  REQUIRE(site.clear(id));
  CHECK(site.alarms.back().id == id);
  CHECK_FALSE(site.alarms.back().active);
  CHECK(site.alarms.back().cleared == site.now);
  CHECK(site.alarms.back().detail == "reason=unknown_device; cleared_by=wang; note=looked at it");
  CHECK(site.refused(site.clear(id), Errc::not_found));
  site.read(20, {}, "stranger");
  CHECK(site.alarms.back().active);
  CHECK(site.alarms.back().id != id);
}

TEST_CASE("alarm: one that goes with its cause is not cleared by hand, nor anybody else's") {
  Watched site;
  site.hear_online(false);
  const Alarm offline = site.alarms.back();
  CHECK(offline.code == "gateway_offline");
  CHECK(site.refused(site.clear(offline.id), Errc::not_clearable));
  site.read(10, {}, "stranger");
  const Order foreign{Scope{2}, "li", site.now, ClearAlarm{site.alarms.back().id, "mine"}};
  CHECK(site.refused(site.ledger.decide(foreign, site.now), Errc::not_found));
}

TEST_CASE("alarm: old readings that must not go are told with the meter whose books are wrong, until they may go") {
  Watched site;
  const auto active = [&site] { return std::ranges::count_if(site.alarms, [&](const Alarm& one) { return one.code == "retention_stopped" && one.active; }) -
                                       std::ranges::count_if(site.alarms, [&](const Alarm& one) { return one.code == "retention_stopped" && !one.active; }); };
  REQUIRE(site.ask(TellRetention{}));
  CHECK(active() == 0);
  REQUIRE(site.ask(TellRetention{"meter 1, reading 3: consumption", 1}));
  REQUIRE(active() == 1);
  CHECK(site.alarms.back().meter == 1);
  CHECK(site.alarms.back().critical);
  CHECK(site.alarms.back().detail.find("reading 3") != std::string::npos);
  CHECK(site.refused(site.clear(site.alarms.back().id), Errc::not_clearable));
  REQUIRE(site.ask(TellRetention{"meter 1, reading 3: consumption", 1}));
  CHECK(active() == 1);
  REQUIRE(site.ask(TellRetention{"reading_block 5: a checksum", 0}));  // another fault: the first one is mended, or hides behind it
  CHECK(active() == 1);
  CHECK(site.alarms.back().meter == 0);
  REQUIRE(site.ask(TellRetention{"meter 99, reading 7", 99}));  // nobody's any more
  REQUIRE(site.ask(TellRetention{}));
  CHECK(active() == 0);
}

TEST_CASE("alarm: of a command that ended without success it is over when a later one of its sort is verified") {
  Watched site;
  site.status(wire::Relay::closed);
  REQUIRE(site.command("r1", Ask::read));
  site.fail_for_good();
  const Alarm unread = site.alarms.back();
  REQUIRE(unread.code == "command_unanswered");
  CHECK(unread.detail == "kind=read; state=failed; reason=no_answer");
  REQUIRE(site.command("t1", Ask::trip));
  site.answer(site.newest_sent(), wire::CommandPhase::verified, wire::Relay::open);
  CHECK(site.alarms.back().id == unread.id);  // a relay order says nothing of a reading
  CHECK(site.alarms.back().active);
  REQUIRE(site.command("r2", Ask::read));
  site.answer(site.newest_sent(), wire::CommandPhase::verified);
  CHECK(site.alarms.back().id == unread.id);
  CHECK_FALSE(site.alarms.back().active);
}

TEST_CASE("alarm: of a command under way it is not cleared by hand, of an ended one it is") {
  Watched site;
  REQUIRE(site.command("r1", Ask::read));
  site.pass(base::seconds(61));
  const Alarm alarm = site.alarms.back();
  REQUIRE(alarm.code == "command_unanswered");
  CHECK(site.refused(site.clear(alarm.id), Errc::not_clearable));
  site.fail_for_good();
  CHECK(site.clear(alarm.id));
}

TEST_CASE("alarm: looking at momentary values never makes one") {
  Watched site;
  REQUIRE(site.command("l1", Ask::live));
  site.pass(base::minutes(11));
  CHECK(site.ledger.open_commands().empty());
  CHECK(site.alarms.empty());
}

TEST_CASE("removal: a meter without bookings goes with its commands, and its name and address are free again") {
  Watched site;
  const std::int64_t wrong = site.add_meter("m7");
  REQUIRE(site.ask(OrderCommand{"r1", wrong, Ask::read, "", 0}));
  const auto version = site.ledger.archive_of(1)->version;
  REQUIRE(site.ask(RemoveMeter{wrong}));
  CHECK(site.ledger.meter(wrong) == nullptr);
  CHECK(site.ledger.open_commands().empty());
  CHECK(site.ledger.archive_of(1)->version == version + 1);
  CHECK(site.ledger.archive_of(1)->devices.size() == 1);
  REQUIRE(site.last.removed_meters.size() == 1);
  CHECK(site.last.meterings.empty());
  CHECK(site.last.supplies.empty());
  CHECK(site.refused(site.ask(RemoveMeter{wrong}), Errc::not_found));
  CHECK(site.add_meter("m7") == wrong + 1);
  site.pass(base::hours(2));  // nothing of it is left to expire or to reconcile
}

TEST_CASE("removal: a document over nothing is history, too: its row names the meter") {
  SiteFixture site;
  const auto settle = [&site](std::int64_t meter, bool close) {
    return Settle{"s" + std::to_string(meter), meter, site.ledger.meter(meter)->metering.last.at, base::Money(0), PayMethod::cash, close, ""};
  };
  const auto open = [](std::int64_t meter) {
    OpenAccount what;
    what.key = "o" + std::to_string(meter);
    what.meter = meter;
    what.household.customer = "A";
    what.price_plan = 1;
    return what;
  };
  std::int64_t meter = site.add_meter("m2");
  SUBCASE("an account that was opened by mistake and closed") {
    REQUIRE(site.ask(open(meter)));
    REQUIRE(site.ask(settle(meter, true)));
  }
  SUBCASE("a settlement without an account") { REQUIRE(site.ask(settle(meter, false))); }
  SUBCASE("a year that cost nothing") {
    REQUIRE(site.ask(ChangeAnnualFee{meter, AnnualFee{base::Money(0), 20'500}}));
    REQUIRE(site.ask(PayAnnualFee{"f1", meter, {base::Money(0), 20'500}, 1, PayMethod::cash, ""}));
  }
  SUBCASE("in the same group of decisions") {
    REQUIRE(site.ledger.decide({Scope{1}, "li", site.now, settle(meter, false)}, site.now));
  }
  REQUIRE(site.ask(RemoveMeter{meter}));
  REQUIRE(site.last.removed_meters.size() == 1);
  CHECK(site.last.removed_meters.front().keeps_books);
  CHECK(site.ledger.meter(meter) == nullptr);
  // Registered and settled in one group, neither is stored yet: it is asked again.
  RegisterMeter fresh;
  fresh.gateway = "gw";
  fresh.line = "l1";
  fresh.device = fresh.name = "m3";
  fresh.address = "000000000033";
  fresh.price_plan = 1;
  const Outcome made = site.ledger.decide({Scope{1}, "li", site.now, fresh}, site.now);
  REQUIRE(made);
  meter = std::get<Created>(*made).id;
  REQUIRE(site.ledger.decide({Scope{1}, "li", site.now, settle(meter, false)}, site.now));
  const Outcome early = site.ledger.decide({Scope{1}, "li", site.now, RemoveMeter{meter}}, site.now);
  REQUIRE_FALSE(early);
  CHECK(early.error().is(Errc::conflict));
}

TEST_CASE("removal: em-params: a meter with money, with an account or cut off by us stays; settled, it goes and keeps its books") {
  Watched site;
  CHECK(site.refused(site.ledger.decide({Scope{2}, "li", site.now, RemoveMeter{site.meter}}, site.now), Errc::not_found));
  REQUIRE(site.command("t1", Ask::trip));
  CHECK(site.refused(site.ask(RemoveMeter{site.meter}), Errc::has_history));
  const std::int64_t used = site.add_meter("m2"), paid = site.add_meter("m3"), decided = site.add_meter("m4");
  site.pass(base::hours(1));
  site.read(10'000, {}, "m2");
  REQUIRE(site.ask(Recharge{"k", paid, base::Money(kYuan), PayMethod::cash, ""}));
  site.read(9'000'000, {}, "m4");
  REQUIRE(site.readings.back().state == ReadingState::quarantined);
  AcceptReading accept;
  accept.meter = decided;
  accept.reading = site.readings.back().id;
  accept.register_at = site.ledger.meter(decided)->metering.last.at;
  REQUIRE(site.ask(accept));  // billed nothing, but a person's decision hangs on the meter
  CHECK(site.refused(site.ask(RemoveMeter{used}), Errc::has_history));
  CHECK(site.refused(site.ask(RemoveMeter{paid}), Errc::has_history));
  REQUIRE(site.ask(OrderCommand{"c9", decided, Ask::read, "", 0}));
  REQUIRE(site.ask(RemoveMeter{decided}));
  REQUIRE(site.last.removed_meters.size() == 1);
  CHECK(site.last.removed_meters.front().keeps_books);
  REQUIRE(site.last.commands.size() == 1);
  CHECK(site.last.commands.front().command.state == CommandState::cancelled);
  CHECK(site.ledger.meter(decided) == nullptr);
  // Paid back, with the settlement in the same group of decisions: money and registers are stored with it.
  const MeterState& state = *site.ledger.meter(paid);
  REQUIRE(site.ledger.decide({Scope{1}, "li", site.now, Settle{"s1", paid, state.metering.last.at, state.account.balance, PayMethod::cash, false, ""}}, site.now));
  REQUIRE(site.ask(RemoveMeter{paid}));
  CHECK(site.last.settlements.size() == 1);
  const bool stored = std::any_of(site.last.accounts.begin(), site.last.accounts.end(), [&](const SavedAccount& row) { return row.account.kind == AccountKind::meter && row.account.balance == base::Money(0); });
  CHECK(stored);
  CHECK(site.last.supplies.empty());
  CHECK(site.add_meter("m3") > paid);  // its device and its address are free again
}
