// Registers that were changed, water, schedules and fees on the real store: loaded as they were, and the books prove themselves.

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <set>

#include "platform/catalog/report.hpp"
#include "platform/store/reports.hpp"
#include "platform/store/verify.hpp"
#include "tests/unit/platform/store/scratch_database.hpp"

using namespace anju;
using namespace anju::platform;

namespace {

/// A site with its usual two days behind it, and a water meter and a hot-water controller beside the three electric ones.
struct WetSite : StoredSite {
  std::int64_t water = 4, hot = 5;

  explicit WetSite(unsigned seed) {
    live_a_day(seed);
    PutPricePlan plan{0, "water", {PlanKind::total, base::Price(350'007), {}}};
    plan.utility = Utility::water;
    ask(plan);
    for (const auto& [device, kind] : {std::pair{"w1", wire::MeterKind::water}, std::pair{"k1", wire::MeterKind::hot_water}}) {
      RegisterMeter meter;
      meter.gateway = "gw";
      meter.line = "l1";
      meter.device = meter.name = device;
      meter.address = device[0] == 'w' ? "000000000101" : "000000000102";
      meter.price_plan = 3;
      meter.kind = kind;
      meter.profile.dialect = "mqtt";
      meter.valve = kind != wire::MeterKind::water;
      meter.profile.dialect = "mqtt";
      ask(meter);
    }
    commit();
  }

  void say(wire::Event event) {
    const std::vector<wire::Event> events{std::move(event)};
    ledger->take(1, "e1", ++seq, events, now);
    commit();
  }
  void read(const char* device, base::Quantity total, std::optional<Tariffs> tariffs = {}) {
    say(wire::ReadingsEvent{{{base::DeviceId(device), now, wire::ReadingKind::interval, total, tariffs}}});
  }

  void check() {
    const auto checks = verify(url(), now);
    REQUIRE_MESSAGE(checks, (checks ? std::string() : checks.error().where));
    for (const Check& one : *checks) CHECK_MESSAGE(one.wrong == 0, one.name << ": " << (one.first.empty() ? "" : one.first.front()));
    const Loaded loaded = reload();
    for (const MeterState& meter : loaded.meters) {
      const MeterState* before = ledger->meter(meter.id);
      REQUIRE(before != nullptr);
      CHECK(meter.account == before->account);
      CHECK(meter.metering == before->metering);
      CHECK(meter.supply == before->supply);
      CHECK(meter.kind == before->kind);
      CHECK(meter.valve == before->valve);
      CHECK(meter.habit == before->habit);
      CHECK(meter.address == before->address);
    }
    CHECK(Ledger(loaded, *store).archive_of(1) == ledger->archive_of(1));
  }
};

}  // namespace

TEST_CASE("store: L4: registers cleared, replaced and typed in any order are replayed to the same money") {
  for (const unsigned seed : {1U, 2U, 3U, 4U}) {
    CAPTURE(seed);
    WetSite site(seed);
    std::mt19937_64 random(seed * 77);
    const auto below = [&random](std::uint64_t most) { return static_cast<std::int64_t>(random() % most); };
    std::array<base::Quantity, 5> total{};
    for (std::size_t i = 0; i < 5; ++i) total[i] = site.ledger->meter(static_cast<std::int64_t>(i) + 1)->metering.last.total;
    constexpr std::array<const char*, 5> kDevices{"m1", "m2", "m3", "w1", "k1"};
    for (int step = 0; step < 60; ++step) {
      site.now = site.now + base::minutes(15);
      const auto i = static_cast<std::size_t>(below(5));
      const auto meter = static_cast<std::int64_t>(i) + 1;
      total[i] = total[i] + base::Quantity(below(3'0000));
      const std::string key = "x" + std::to_string(step);
      switch (below(5)) {
        case 0: {
          ChangeRegister typed;
          typed.key = key;
          typed.meter = meter;
          typed.last.total = total[i];
          if (i == 1 && below(2) == 0) typed.last.tariffs = Tariffs{total[i], {}, {}, {}};  // refused as often as not
          [[maybe_unused]] const Outcome refused_or_not = site.ledger->decide(Order{Scope{1}, "wang", site.now, typed}, site.now);
          break;
        }
        case 1: {
          ChangeRegister replaced;
          replaced.key = key;
          replaced.meter = meter;
          replaced.last.total = total[i];
          replaced.start = StartReading{base::Quantity(below(1'000'0000)), {}};
          replaced.address = "00000000" + std::to_string(2000 + step);
          if (site.ledger->decide(Order{Scope{1}, "wang", site.now, replaced}, site.now)) total[i] = replaced.start->total;
          break;
        }
        case 2: {
          OrderCommand clear{key, meter, Ask::clear, "", 0};
          site.ask(clear);
          site.ledger->tick(site.now);
          site.commit();
          site.read(kDevices[i], total[i]);
          for (const wire::Command& command : std::exchange(site.inbox, {})) {
            if (command.kind != wire::CommandKind::clear) continue;
            site.say(wire::CommandEvent{command.id, command.device, site.now, wire::CommandPhase::verified, "", wire::Relay::unknown});
            total[i] = base::Quantity(0);
          }
          break;
        }
        default: site.read(kDevices[i], total[i]);
      }
      if (step % 20 == 7) site.ask(PutPricePlan{i >= 3 ? 3 : 1, i >= 3 ? "water" : "one price", {PlanKind::total, base::Price(60'000 + below(9999)), {}}});
      site.commit();
    }
    CHECK(site.count("SELECT count(*) FROM register_change") > 10);
    site.check();
  }
}

TEST_CASE("store: a decision and a change of the register in the same place are replayed in their order") {
  WetSite site(5);
  const base::Quantity last = site.ledger->meter(4)->metering.last.total;
  site.now = site.now + base::hours(1);
  site.read("w1", last + base::Quantity(900'0000));  // impossible
  const std::int64_t refused = site.ledger->meter(4)->metering.newest_reading;
  ChangeRegister typed;
  typed.key = "t1";
  typed.meter = 4;
  typed.last.total = last + base::Quantity(1'0000);
  typed.at = site.now - base::minutes(30);
  site.ask(typed);
  site.ask(AcceptReading{4, refused, site.ledger->meter(4)->metering.last.at, base::Quantity(2'0000), "seen"});
  site.now = site.now + base::minutes(5);
  typed.key = "t2";
  typed.last.total = last + base::Quantity(901'0000);
  typed.at.reset();
  site.ask(typed);
  site.commit();
  CHECK(site.count("SELECT count(*) FROM register_change") == 2);
  site.check();
}

TEST_CASE("store: a clearing over the end of a month ends its steps, and is replayed so") {
  WetSite site(10);
  Prices prices{PlanKind::total, base::Price(50'000), {}};
  prices.step_period = StepPeriod::month;
  prices.steps = {{base::Quantity(10'0000), base::Price(30'000)}};
  site.ask(PutPricePlan{0, "steps", prices});
  site.ask(ChangePricePlan{1, 4});
  site.commit();
  const base::UtcMillis december{1'764'000'000'000 + 6 * 86'400'000LL};
  site.now = december - base::minutes(1);
  site.read("m1", site.ledger->meter(1)->metering.last.total + base::Quantity(50'0000));
  site.ask(OrderCommand{"clear-1", 1, Ask::clear, "", 0});
  site.commit();
  const auto sent = std::ranges::find(site.inbox, wire::CommandKind::clear, &wire::Command::kind);
  REQUIRE(sent != site.inbox.end());
  site.now = december + base::minutes(1);
  site.say(wire::CommandEvent{sent->id, sent->device, site.now, wire::CommandPhase::verified, "", wire::Relay::unknown});
  CHECK(site.ledger->meter(1)->metering.accrued.month == base::Quantity(0));
  CHECK(site.ledger->meter(1)->metering.accrued.year > base::Quantity(50'0000));
  site.check();
  site.now = site.now + base::minutes(15);
  site.read("m1", base::Quantity(1'0000));
  CHECK(site.count("SELECT nano_yuan FROM transfer WHERE meter = 1 ORDER BY id DESC LIMIT 1") == 50'000LL * 1'0000);
  site.check();
}

TEST_CASE("store: em-settle: the receipt counts from the settlement before, also when the clock was set back after the opening") {
  WetSite site(11);
  const auto settle = [&site](const std::string& key, bool close) {
    const MeterState* meter = site.ledger->meter(4);
    site.ask(Settle{key, 4, meter->metering.last.at, meter->account.balance, PayMethod::cash, close, ""});
    site.commit();
  };
  const auto recharge = [&site](const std::string& key, std::int64_t yuan) {
    site.ask(Recharge{key, 4, base::Money(yuan * 1'000'000), PayMethod::cash, ""});
    site.commit();
  };
  const auto open = [&site](const std::string& key) {
    OpenAccount opening;
    opening.key = key;
    opening.meter = 4;
    opening.household.customer = "A";
    opening.price_plan = 3;
    site.ask(opening);
    site.commit();
  };
  const auto recharged = [&site](const std::string& key) { return site.count("SELECT recharged_micro_yuan FROM settlement WHERE key = '" + key + "'") / 1'000'000; };
  settle("w0", false);
  open("wo1");
  recharge("wr1", 100);
  site.now = site.now - base::hours(2);
  settle("w1", false);
  recharge("wr2", 50);
  settle("w2", true);
  CHECK(recharged("w1") == 100);
  CHECK(recharged("w2") == 50);
  // Before the next one moves in, by a clock that is ahead: not on his receipt.
  site.now = site.now + base::hours(24);
  recharge("wr3", 7);
  settle("w3", false);
  site.now = site.now - base::hours(23);
  open("wo2");
  recharge("wr4", 11);
  settle("w4", true);
  CHECK(recharged("w3") == 7);
  CHECK(recharged("w4") == 11);
}

TEST_CASE("store: wc-annual-fee, em-timed-switch, wc-read-temp: loaded as they were") {
  WetSite site(6);
  site.ask(ChangeSchedule{1, {{0x7F, 0, 1439}, {1, 30, 20}}});
  site.ask(ChangeAnnualFee{5, AnnualFee{base::Money(120'000'000), 20'000}});
  site.commit();
  site.say(wire::StatusEvent{base::DeviceId("k1"), site.now, true, wire::Relay::closed, false, {}, wire::HotWater{415, 450, true, wire::Valve::open}});
  site.check();
  Loaded loaded = site.reload();
  REQUIRE(loaded.schedules.size() == 1);
  CHECK(loaded.schedules.front().schedule == SwitchSchedule{{0x7F, 0, 1439}, {1, 30, 20}});
  REQUIRE(loaded.fees.size() == 1);
  CHECK(loaded.fees.front().fee->paid_until == 20'000);
  site.ask(PayAnnualFee{"f1", 5, {base::Money(120'000'000), 20'000}, 3, PayMethod::cash, "三年"});
  site.commit();
  site.check();
  // A key of the books is found again by the next start, in every kind of document.
  site.ledger = std::make_unique<Ledger>(site.reload(), *site.store);
  const Outcome again = site.ledger->decide(Order{Scope{1}, "wang", site.now, PayAnnualFee{"f1", 5, {base::Money(120'000'000), 20'000}, 3, PayMethod::cash, "三年"}}, site.now);
  REQUIRE(again);
  CHECK_FALSE(std::get<Booked>(*again).created);
  site.ask(ChangeSchedule{1, {}});
  site.ask(ChangeAnnualFee{5, std::nullopt});
  site.commit();
  loaded = site.reload();
  CHECK(loaded.schedules.empty());
  CHECK(loaded.fees.empty());
}

TEST_CASE("store: em-params, wm-params, wc-params: a meter that is taken away keeps its books, is in no list, and frees device and address") {
  WetSite site(9);
  site.now = site.now + base::hours(1);
  site.read("w1", base::Quantity(2'0000));
  site.ask(OrderCommand{"c-read", 4, Ask::read, "", 0});
  site.commit();
  const MeterState* meter = site.ledger->meter(4);
  site.ask(Settle{"s1", 4, meter->metering.last.at, meter->account.balance, PayMethod::cash, false, ""});
  site.commit();
  site.ask(RemoveMeter{4});
  site.commit();
  site.check();
  CHECK(site.count("SELECT count(*) FROM transfer WHERE meter = 4") > 0);
  CHECK(site.count("SELECT count(*) FROM settlement WHERE meter = 4") == 1);
  CHECK(site.count("SELECT count(*) FROM meter_supply WHERE meter = 4") == 0);
  RegisterMeter again;
  again.gateway = "gw";
  again.line = "l1";
  again.device = again.name = "w1";
  again.address = "000000000101";
  again.price_plan = 3;
  again.kind = wire::MeterKind::water;
  again.profile.dialect = "mqtt";
  site.ask(again);
  site.commit();
  site.check();
  CHECK(site.reload().meters.size() == 5);
}

TEST_CASE("reports: rp-clear-records, rp-settle-records, rp-refund-report, em-strategy-exec-query, em-daily-freeze: a row for each, page by page, with sums") {
  WetSite site(8);
  for (int i = 0; i < 5; ++i) {
    site.now = site.now + base::minutes(20);
    ChangeRegister typed;
    typed.key = "t" + std::to_string(i);
    typed.meter = 4;
    typed.last.total = base::Quantity(10'000 * (i + 1));
    site.ask(typed);
    site.ask(AdjustBalance{"a" + std::to_string(i), 4, base::Money(1'000'000), site.ledger->meter(4)->account.balance, "退"});
    const MeterState* meter = site.ledger->meter(4);
    site.ask(Settle{"s" + std::to_string(i), 4, meter->metering.last.at, meter->account.balance, PayMethod::cash, false, ""});
  }
  site.ask(ChangeAnnualFee{5, AnnualFee{base::Money(120'000'000), 20'000}});
  site.ask(PayAnnualFee{"f1", 5, {base::Money(120'000'000), 20'000}, 1, PayMethod::wechat, ""});
  site.commit();
  auto opened = open_reports(site.url(), 1);
  REQUIRE(opened);
  const auto all = [&](std::string_view name, std::vector<std::pair<const char*, const char*>> equal = {}) {
    const catalog::Report* report = nullptr;
    for (const catalog::Report* one : catalog::reports())
      if (one->name == name) report = one;
    REQUIRE(report != nullptr);
    catalog::ReportAsk ask;
    ask.to = site.now + base::hours(1);
    ask.limit = 3;
    for (const auto& [column, value] : equal) {
      for (const catalog::Column& one : report->columns)
        if (one.name == column) ask.equal.emplace_back(&one, value);
    }
    std::vector<catalog::ReportRow> rows;
    std::set<std::string> keys;
    for (;;) {
      auto page = (*opened)->page(*report, Scope{1}, ask);
      REQUIRE_MESSAGE(page, page.error().where);
      for (catalog::ReportRow& row : page->rows) {
        CHECK(keys.insert(row.key).second);
        CHECK(row.values.size() == report->columns.size());
        rows.push_back(std::move(row));
      }
      if (page->next.empty()) break;
      ask.before = page->next;
    }
    ask.before.clear();
    const auto totals = (*opened)->totals(*report, Scope{1}, ask);
    REQUIRE(totals);
    CHECK(totals->has_value() == (name != "freezes"));
    if (*totals) CHECK((*totals)->rows == static_cast<std::int64_t>(rows.size()));
    std::size_t which = 0;
    for (std::size_t i = 0; i < report->columns.size(); ++i) {
      if (!report->columns[i].sum) continue;
      std::int64_t sum = 0;
      for (const auto& row : rows)
        if (const auto* number = std::get_if<std::int64_t>(&row.values[i])) sum += *number;
      CHECK((*totals)->sums.at(which++) == sum);
    }
    CHECK((*opened)->page(*report, Scope{2}, ask)->rows.empty());
    return rows;
  };
  CHECK(all("clearings").size() == 5);
  CHECK(all("clearings", {{"kind", "clear"}}).empty());
  CHECK(all("settlements").size() == 5);
  CHECK(all("settlements", {{"utility", "electricity"}}).empty());
  const auto refunds = all("refunds");
  CHECK(refunds.size() == 11);  // five of each, and the fee
  CHECK(all("refunds", {{"kind", "fee"}}).size() == 1);
  CHECK(all("orders").size() == static_cast<std::size_t>(site.count("SELECT count(*) FROM command WHERE kind <> 'live'")));
  CHECK(all("orders", {{"cause", "arrears"}}).size() == static_cast<std::size_t>(site.count("SELECT count(*) FROM command WHERE cause = 'arrears'")));
  CHECK(all("freezes", {{"state", "collected"}}).size() == static_cast<std::size_t>(site.count("SELECT count(*) FROM day_register")));
}
