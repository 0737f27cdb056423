// Meters that are off by the clock, and devices whose yearly fee has run out.

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

void carried_out(SiteFixture& f, wire::CommandKind kind) {
  REQUIRE(f.newest_sent().kind == kind);
  f.answer(f.newest_sent(), wire::CommandPhase::verified, kind == wire::CommandKind::trip ? wire::Relay::open : wire::Relay::closed);
}

constexpr std::int32_t kToday = 20'417;  // 2025-11-25 of the site, where kStart is its midnight

}  // namespace

TEST_CASE("em-timed-switch: off at the hour and on again, each verified; forced and arrears go before the clock") {
  SiteFixture f;
  f.status(wire::Relay::closed);
  REQUIRE(f.recharge("r1", 50'000'000));
  REQUIRE(f.ask(ChangeSchedule{f.meter, {{0x7F, 60, 120}}}));  // 01:00 to 02:00
  CHECK(f.sent.empty());
  f.pass(base::minutes(60));
  CHECK(f.state().supply.reason == WantedReason::scheduled);
  carried_out(f, wire::CommandKind::trip);
  CHECK(f.state().supply.relay == wire::Relay::open);
  // A person who closes it is told why it stays off.
  const Outcome release = f.command("c1", Ask::release);
  REQUIRE(release);
  CHECK(std::get<Ordered>(*release).state == CommandState::cancelled);
  CHECK(std::get<Ordered>(*release).reason == "scheduled");
  f.pass(base::minutes(59));
  CHECK(f.state().supply.scheduled);
  f.pass(base::minutes(1));
  CHECK_FALSE(f.state().supply.scheduled);
  carried_out(f, wire::CommandKind::close);
  CHECK(f.state().supply.relay == wire::Relay::closed);
  // Forced off before the hour: the hour's end does not close it.
  REQUIRE(f.command("c2", Ask::trip));
  carried_out(f, wire::CommandKind::trip);
  f.pass(base::hours(23));
  f.pass(base::hours(1));
  CHECK(f.state().supply.reason == WantedReason::forced);
  CHECK(f.state().supply.relay == wire::Relay::open);
}

TEST_CASE("em-timed-switch: no schedule, keep-power and no valve: nothing goes off; taking the schedule away closes at once") {
  SiteFixture f;
  f.status(wire::Relay::closed);
  REQUIRE(f.ask(ChangeSchedule{f.meter, {{0x7F, 0, 1439}}}));
  CHECK(f.state().supply.reason == WantedReason::scheduled);
  carried_out(f, wire::CommandKind::trip);
  REQUIRE(f.ask(ChangeSchedule{f.meter, {}}));
  CHECK(f.last.schedules.size() == 1);
  carried_out(f, wire::CommandKind::close);
  REQUIRE(f.command("k1", Ask::keep_power_on));
  const std::size_t before = f.sent.size();
  REQUIRE(f.ask(ChangeSchedule{f.meter, {{0x7F, 0, 1439}}}));
  CHECK(f.state().supply.reason == WantedReason::none);
  CHECK(f.sent.size() == before);
  refused(f.ask(ChangeSchedule{99, {}}), Errc::not_found, "meter");
  refused(f.ask(ChangeSchedule{f.meter, {{0, 0, 5}}}), Errc::bad_field, "schedule[0].days");
}

TEST_CASE("wc-annual-fee: blocked from the day on that is not paid, and closed again when it is; the balance stays") {
  SiteFixture f;
  f.status(wire::Relay::closed);
  REQUIRE(f.recharge("r1", 50'000'000));
  REQUIRE(f.ask(ChangeAnnualFee{f.meter, AnnualFee{base::Money(120'000'000), kToday + 1}}));
  f.pass(base::hours(23));
  CHECK(f.state().supply.reason == WantedReason::none);
  f.pass(base::hours(1));
  CHECK(f.state().supply.reason == WantedReason::fee);
  carried_out(f, wire::CommandKind::trip);
  const base::Money balance = f.balance(), revenue = f.ledger.site_account(1, AccountKind::revenue)->balance;
  const PayAnnualFee pay{"f1", f.meter, {base::Money(120'000'000), kToday + 1}, 2, PayMethod::wechat, ""};
  REQUIRE(f.ask(pay));
  REQUIRE(f.last.fee_payments.size() == 1);
  const FeePayment& row = f.last.fee_payments.front();
  CHECK(row.amount == base::Money(240'000'000));
  CHECK(row.paid_from == kToday + 1);
  CHECK(row.paid_until == years_later(kToday + 1, 2));
  CHECK(f.last.transfers.size() == 2);
  CHECK(f.balance() == balance);
  CHECK(f.ledger.site_account(1, AccountKind::revenue)->balance == revenue + base::Money(240'000'000));
  CHECK(f.ledger.site_account(1, AccountKind::wechat)->balance == base::Money(-240'000'000));
  carried_out(f, wire::CommandKind::close);
  // The same key once more: nothing is paid twice.
  const Outcome again = f.ask(pay);
  REQUIRE(again);
  CHECK_FALSE(std::get<Booked>(*again).created);
  CHECK(f.last.transfers.empty());
  // Another desk that looked before, with a key of its own: the same two years are not taken twice, nor at a price that is no more.
  refused(f.ask(PayAnnualFee{"f2", f.meter, pay.seen, 2, PayMethod::cash, ""}), Errc::conflict, "paid_until");
  refused(f.ask(PayAnnualFee{"f2", f.meter, {base::Money(110'000'000), row.paid_until}, 2, PayMethod::cash, ""}), Errc::conflict, "yearly");
  CHECK(f.last.fee_payments.empty());
  refused(f.ask(PayAnnualFee{"f1", f.add_meter("m2"), pay.seen, 1, PayMethod::cash, ""}), Errc::key_reused, "id");
}

TEST_CASE("wc-annual-fee: a fresh account that pays its fee is not cut off for an empty balance; a long gap is not charged") {
  SiteFixture f;
  f.status(wire::Relay::closed);
  refused(f.ask(PayAnnualFee{"f0", f.meter, {}, 1, PayMethod::cash, ""}), Errc::conflict, "annual_fee");
  REQUIRE(f.ask(ChangeAnnualFee{f.meter, AnnualFee{base::Money(120'000'000), kToday - 500}}));
  CHECK(f.state().supply.reason == WantedReason::fee);
  REQUIRE(f.ask(PayAnnualFee{"f1", f.meter, {base::Money(120'000'000), kToday - 500}, 1, PayMethod::cash, ""}));
  CHECK(f.last.fee_payments.front().paid_from == kToday);
  CHECK(f.state().supply.reason == WantedReason::none);
  CHECK_FALSE(f.state().supply.moved);
  refused(f.ask(PayAnnualFee{"f2", f.meter, {}, 0, PayMethod::cash, ""}), Errc::bad_field, "years");
  refused(f.ask(PayAnnualFee{"f2", f.meter, {}, 11, PayMethod::cash, ""}), Errc::bad_field, "years");
  // Who sets the fee from what he saw before somebody paid takes nothing away.
  refused(f.ask(ChangeAnnualFee{f.meter, AnnualFee{base::Money(90'000'000), kToday - 500}}), Errc::conflict, "paid_until");
  // No fee any more: nothing runs out.
  REQUIRE(f.ask(ChangeAnnualFee{f.meter, std::nullopt}));
  f.pass(base::hours(24 * 400));
  CHECK(f.state().supply.reason == WantedReason::none);
}

TEST_CASE("em-timed-switch, wc-annual-fee: both are looked at anew after a restart") {
  SiteFixture f;
  f.status(wire::Relay::closed);
  Loaded loaded = SiteFixture::one_site(100'000);
  loaded.gateways.push_back({1, {1, 1}, "gw", "Gateway", 15, 2, 0, 0, 0, false, {}, {}, f.now});
  loaded.lines.push_back({1, {1, 1}, 1, "l1", "tcp://127.0.0.1:1"});
  loaded.plans.push_back({1, 1, 0, 1, "plan", {}});
  loaded.plans.front().history.add({1, kStart, {PlanKind::total, base::Price(60'000), {}}});
  loaded.profiles.emplace_back();
  loaded.meters.push_back(f.state());
  loaded.schedules.push_back({f.meter, {{0x7F, 0, 30}}});
  loaded.newest.meter = loaded.newest.account = 1;
  MemoryArchive archive;
  Ledger later(std::move(loaded), archive);
  later.tick(kStart + base::minutes(5));
  CHECK(later.meter(f.meter)->supply.reason == WantedReason::scheduled);
  later.tick(kStart + base::minutes(30));
  CHECK(later.meter(f.meter)->supply.reason == WantedReason::none);
}

TEST_CASE("clock: half a year ahead and back: who has paid is supplied again, and at the end of what is paid it goes off as ever") {
  SiteFixture f;
  f.status(wire::Relay::closed);
  REQUIRE(f.recharge("r1", 50'000'000));
  REQUIRE(f.ask(ChangeAnnualFee{f.meter, AnnualFee{base::Money(120'000'000), kToday + 100}}));
  const base::UtcMillis right = f.now + base::hours(1);
  f.now = right + base::hours(24 * 180);
  f.status(wire::Relay::closed);
  CHECK(f.state().supply.reason == WantedReason::fee);
  carried_out(f, wire::CommandKind::trip);
  f.now = right;
  f.status(wire::Relay::open);
  CHECK(f.state().supply.reason == WantedReason::none);
  CHECK_FALSE(f.state().supply.unpaid);
  carried_out(f, wire::CommandKind::close);
  CHECK(f.state().supply.relay == wire::Relay::closed);
  CHECK(f.state().supply.reported == f.now);
  f.now = kStart + base::hours(24 * 100) - base::minutes(1);
  f.status(wire::Relay::closed);
  CHECK(f.state().supply.reason == WantedReason::none);
  f.now = f.now + base::minutes(1);
  f.status(wire::Relay::closed);
  CHECK(f.state().supply.reason == WantedReason::fee);
}

TEST_CASE("clock: days ahead and back: the schedule goes on with the hour that it is") {
  SiteFixture f;
  f.status(wire::Relay::closed);
  REQUIRE(f.recharge("r1", 50'000'000));
  REQUIRE(f.ask(ChangeSchedule{f.meter, {{0x7F, 60, 120}}}));
  f.now = kStart + base::hours(24 * 3) + base::minutes(90);
  f.status(wire::Relay::closed);
  carried_out(f, wire::CommandKind::trip);
  f.now = kStart + base::minutes(31);
  f.status(wire::Relay::open);
  CHECK(f.state().supply.reason == WantedReason::none);
  carried_out(f, wire::CommandKind::close);
  f.now = kStart + base::minutes(60);
  f.status(wire::Relay::closed);
  CHECK(f.state().supply.reason == WantedReason::scheduled);
}

TEST_CASE("clock: an order that waited for its next try is tried when the clock is right again, not months later") {
  SiteFixture f;
  f.status(wire::Relay::closed);
  REQUIRE(f.command("c1", Ask::trip));
  carried_out(f, wire::CommandKind::trip);
  const base::UtcMillis right = f.now + base::minutes(10);
  f.now = right + base::hours(24 * 180);
  f.status(wire::Relay::open);
  REQUIRE(f.command("c2", Ask::release));
  REQUIRE(f.newest_sent().kind == wire::CommandKind::close);
  f.answer(f.newest_sent(), wire::CommandPhase::failed, wire::Relay::unknown, "no_answer");
  const std::size_t before = f.sent.size();
  f.now = right;
  SUBCASE("queued") {
    f.status(wire::Relay::open);
    CHECK(f.sent.size() == before + 1);
    CHECK(f.newest_sent().expires == f.now + kRelayExpiry);
    carried_out(f, wire::CommandKind::close);
    CHECK(f.state().supply.relay == wire::Relay::closed);
  }
  SUBCASE("given up, and looked at again after a while") {
    f.now = right + base::hours(24 * 180);
    for (int i = 0; i < 2; ++i) {
      f.now = f.now + kRetryAfter;
      f.status(wire::Relay::open);
      f.answer(f.newest_sent(), wire::CommandPhase::failed, wire::Relay::unknown, "no_answer");
    }
    REQUIRE(f.ledger.open_commands().empty());
    const std::size_t tried = f.sent.size();
    f.now = right;
    f.status(wire::Relay::open);
    CHECK(f.sent.size() == tried + 1);
    CHECK(f.newest_sent().kind == wire::CommandKind::close);
  }
}

TEST_CASE("clock: what lists show as price and plan of now goes back with the clock, and comes in its time") {
  SiteFixture f;
  REQUIRE(f.ask(PutPricePlan{0, "other", {PlanKind::total, base::Price(70'000), {}}}));
  REQUIRE(f.ask(PutPricePlan{1, "plan", {PlanKind::total, base::Price(80'000), {}}, f.now + base::hours(24)}));
  REQUIRE(f.ask(ChangePricePlan{f.meter, 2, f.now + base::hours(24)}));
  const base::UtcMillis right = f.now + base::hours(1);
  f.now = right + base::hours(24 * 30);
  f.commit();
  REQUIRE(f.last.plans.size() == 1);
  CHECK(f.last.plans.back().plan.version == 3);
  REQUIRE(f.last.plan_changes.size() == 1);
  CHECK(f.last.plan_changes.back().plan == 2);
  f.now = right;
  f.commit();
  REQUIRE(f.last.plans.size() == 1);
  CHECK(f.last.plans.back().plan.version == 1);
  REQUIRE(f.last.plan_changes.size() == 1);
  CHECK(f.last.plan_changes.back().plan == 1);
  f.now = kStart + base::hours(24);
  f.commit();
  REQUIRE(f.last.plans.size() == 1);
  CHECK(f.last.plans.back().plan.version == 3);
  REQUIRE(f.last.plan_changes.size() == 1);
  CHECK(f.last.plan_changes.back().plan == 2);
}

TEST_CASE("clock: a gateway that falls silent after the clock came back is missed after minutes") {
  SiteFixture f;
  const base::UtcMillis right = f.now + base::minutes(1);
  f.now = right + base::hours(24 * 180);
  f.status(wire::Relay::closed);
  f.now = right;
  f.commit();
  const auto offline = [&f] { return std::ranges::any_of(f.alarms, [](const Alarm& alarm) { return alarm.active && alarm.code == "gateway_offline"; }); };
  CHECK_FALSE(offline());
  f.now = right + kSilence;
  f.commit();
  CHECK(offline());
}
