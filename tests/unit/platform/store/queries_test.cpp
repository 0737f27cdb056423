#include "platform/store/queries.hpp"

#include <doctest/doctest.h>

#include "platform/store/users.hpp"

#include "tests/unit/platform/store/scratch_database.hpp"

using namespace anju;
using namespace anju::platform;

namespace {

struct Asked {
  StoredSite site;
  std::unique_ptr<Queries> queries;
  Scope scope{1};
  Asked() {
    site.live_a_day(11);
    auto opened = open_queries(site.url(), 1);
    REQUIRE(opened);
    queries = std::move(*opened);
  }
};

template <class T>
T value_of(base::Result<T> result) {
  REQUIRE_MESSAGE(result, (result ? std::string() : result.error().where));
  return std::move(*result);
}

template <class T>
T found(base::Result<std::optional<T>> result) {
  auto value = value_of(std::move(result));
  REQUIRE(value);
  return std::move(*value);
}

}  // namespace

TEST_CASE("queries: a meter is shown as the ledger holds it") {
  Asked asked;
  for (std::int64_t id = 1; id <= 3; ++id) {
    const MeterState& state = *asked.site.ledger->meter(id);
    const MeterDetail shown = found(asked.queries->meter(asked.scope, id, asked.site.now));
    CHECK(shown.row.balance == state.account.balance);
    CHECK(shown.row.device == state.device.value);
    REQUIRE(shown.row.last_reading);
    CHECK(shown.row.last_reading->total == state.metering.last.total);
    CHECK(shown.row.last_reading->at == state.metering.last.at);
    CHECK(shown.quarantined == state.metering.quarantined);
    CHECK(shown.row.reported == wire::to_string(state.supply.relay));
    CHECK(shown.row.wanted_reason == to_string(state.supply.reason));
    CHECK(shown.row.account_state ==
          to_string(account_state(state.settings, state.supply.moved, state.account.balance)));
    const auto list = value_of(asked.queries->meters(asked.scope, {.search = shown.row.address}, asked.site.now));
    REQUIRE(list.rows.size() == 1);
    CHECK(list.rows[0].account_state == shown.row.account_state);
  }
}

TEST_CASE("queries: pages of the ledger hold every posting once and end at the balance") {
  Asked asked;
  for (const std::int64_t limit : {1, 7, 200}) {
    base::Money sum;
    std::int64_t rows = 0;
    Cursor cursor{{}, limit};
    base::Money newest;
    for (int page = 0; page < 1000; ++page) {
      const auto part = found(asked.queries->ledger(asked.scope, 1, cursor, {}));
      CHECK(static_cast<std::int64_t>(part.rows.size()) <= limit);
      for (const LedgerRow& row : part.rows) {
        if (rows == 0) newest = row.balance;
        sum = sum + row.amount;
        ++rows;
      }
      if (!part.next) break;
      cursor.before = part.next;
    }
    CHECK(rows == asked.site.count("SELECT count(*) FROM transfer WHERE meter = 1"));
    CHECK(sum == asked.site.ledger->meter(1)->account.balance);
    CHECK(newest == sum);
  }
}

TEST_CASE("queries: the ledger narrowed to one kind has all of that kind, paged") {
  Asked asked;
  std::int64_t rows = 0;
  Cursor cursor{{}, 3};
  for (int page = 0; page < 100; ++page) {
    const auto part = found(asked.queries->ledger(asked.scope, 1, cursor, "recharge"));
    for (const LedgerRow& row : part.rows) {
      CHECK(row.kind == "recharge");
      CHECK(row.method == "wechat");
      CHECK(row.amount > base::Money(0));
    }
    rows += static_cast<std::int64_t>(part.rows.size());
    if (!part.next) break;
    cursor.before = part.next;
  }
  CHECK(rows == asked.site.count("SELECT count(*) FROM recharge WHERE meter = 1"));
}

TEST_CASE("queries: pages of readings hold every reading once, newest first") {
  Asked asked;
  std::int64_t rows = 0, last = INT64_MAX;
  base::Quantity used;
  Cursor cursor{{}, 50};
  for (int page = 0; page < 100; ++page) {
    const auto part = found(asked.queries->readings(asked.scope, 1, cursor));
    for (const ReadingRow& row : part.rows) {
      CHECK(row.id < last);
      last = row.id;
      CHECK(row.used.has_value() == (row.state == "used"));
      CHECK(row.reason.empty() == (row.state != "quarantined"));
      if (row.used) used = used + *row.used;
      ++rows;
    }
    if (!part.next) break;
    cursor.before = part.next;
  }
  CHECK(rows == asked.site.count("SELECT count(*) FROM reading WHERE meter = 1"));
  CHECK(used == asked.site.ledger->meter(1)->metering.last.total - base::Quantity(5'000'000));
}

TEST_CASE("queries: consumption per hour and per day adds up to what was deducted") {
  Asked asked;
  const base::UtcMillis from = asked.site.now - base::hours(24 * 5), to = asked.site.now + base::hours(1);
  base::Quantity billed;
  base::Money deducted;
  Cursor cursor{{}, 200};
  for (int page = 0; page < 100; ++page) {
    const auto part = found(asked.queries->ledger(asked.scope, 2, cursor, "deduction"));
    for (const LedgerRow& row : part.rows) {
      billed = billed + *row.quantity;
      deducted = deducted - row.amount;
    }
    if (!part.next) break;
    cursor.before = part.next;
  }
  CHECK(billed > base::Quantity(0));
  for (const Step step : {Step::hour, Step::day}) {
    base::Quantity used;
    base::Money money;
    base::UtcMillis last;
    for (const ConsumptionPoint& point : found(asked.queries->consumption(asked.scope, 2, step, from, to))) {
      used = used + point.used;
      money = money + point.money;
      CHECK(point.at > last);
      last = point.at;
      CHECK((point.at.value + 8 * 3'600'000) % (step == Step::hour ? 3'600'000 : 86'400'000) == 0);
    }
    CHECK(used == billed);
    CHECK(money == deducted);
  }
}

TEST_CASE("queries: hours that were kept are those that the transfers give") {
  Asked asked;
  const base::UtcMillis from = asked.site.now - base::hours(24 * 5), to = asked.site.now + base::hours(1);
  const auto hours = [&](std::int64_t meter, base::UtcMillis begin, base::UtcMillis end) { return found(asked.queries->consumption(asked.scope, meter, Step::hour, begin, end)); };
  const auto same = [](const std::vector<ConsumptionPoint>& a, const std::vector<ConsumptionPoint>& b) {
    return std::ranges::equal(a, b, [](const ConsumptionPoint& x, const ConsumptionPoint& y) { return x.at == y.at && x.used == y.used && x.money == y.money; });
  };
  std::vector<std::vector<ConsumptionPoint>> kept;
  for (std::int64_t meter = 1; meter <= 3; ++meter) kept.push_back(hours(meter, from, to));
  REQUIRE(kept[0].size() > 20);
  // A part of a day: whole hours that reach into it.
  const base::UtcMillis begin = kept[0][5].at + base::minutes(1), end = kept[0][9].at + base::minutes(1);
  const auto part = hours(1, begin, end);
  CHECK(same(part, {kept[0].begin() + 5, kept[0].begin() + 10}));
  soci::session session;
  REQUIRE(open_session(session, asked.site.url()));
  SUBCASE("from before hours were kept") { run_script(session, "DELETE FROM meter_hour; UPDATE meter_day SET hours = NULL"); }
  SUBCASE("kept since the running day") { run_script(session, "UPDATE meter_day SET hours = NULL"); }
  for (std::int64_t meter = 1; meter <= 3; ++meter) CHECK(same(hours(meter, from, to), kept[static_cast<std::size_t>(meter - 1)]));
  CHECK(same(hours(1, begin, end), part));
}

TEST_CASE("queries: the home page's seven days are the sums of all postings") {
  Asked asked;
  const Home home = value_of(asked.queries->home(asked.scope, asked.site.now));
  CHECK(home.meters == 3);
  REQUIRE(home.last_7_days.size() == 7);
  base::Money deducted, recharged;
  for (const HomeDay& day : home.last_7_days) {
    deducted = deducted + day.deducted;
    recharged = recharged + day.recharged;
  }
  CHECK(deducted.micro_yuan ==
        asked.site.count("SELECT sum(CASE WHEN a.kind = 'meter' THEN amount_micro_yuan ELSE -amount_micro_yuan END)"
                         " FROM transfer t JOIN account a ON a.id = t.debit WHERE t.kind = 0"));
  CHECK(recharged.micro_yuan == asked.site.count("SELECT sum(amount_micro_yuan) FROM transfer WHERE kind = 1"));
  CHECK(home.last_7_days.back().day == base::format_day(asked.site.now, 480));
}

TEST_CASE("queries: pages of commands hold every command once") {
  Asked asked;
  std::int64_t rows = 0;
  std::optional<std::string> before;
  for (int page = 0; page < 1000; ++page) {
    const auto part = found(asked.queries->commands(asked.scope, 1, before, 2, true));
    rows += static_cast<std::int64_t>(part.rows.size());
    if (!part.next) break;
    before = part.next;
  }
  CHECK(rows == asked.site.count("SELECT count(*) FROM command WHERE meter = 1"));
  CHECK(found(asked.queries->command(asked.scope, "trip-1")).cause == "forced");
}

TEST_CASE("queries: filters narrow, pages are stable, and % is a plain character") {
  Asked asked;
  const auto total = [&](const MeterFilter& filter) {
    return value_of(asked.queries->meters(asked.scope, filter, asked.site.now)).total;
  };
  CHECK(total({}) == 3);
  CHECK(total({.search = "m2"}) == 1);
  CHECK(total({.search = "%"}) == 0);
  CHECK(total({.search = "_"}) == 0);
  CHECK(total({.search = "' OR 1=1 --"}) == 0);
  CHECK(total({.mode = "reading"}) == 1);
  CHECK(total({.gateway = "gw"}) == 3);
  CHECK(total({.gateway = "other"}) == 0);
  CHECK(total({.reachable = true}) + total({.reachable = false}) == 3);
  std::int64_t by_state = 0, by_relay = 0;
  for (const char* state : {"normal", "low_1", "low_2", "arrears"}) by_state += total({.account_state = state});
  for (const char* relay : {"unknown", "closed", "open", "opening", "awaiting_button"})
    by_relay += total({.relay = relay});
  CHECK(by_state == 3);
  CHECK(by_relay == 3);
  std::vector<std::int64_t> ids;
  for (std::int64_t page = 1; page <= 4; ++page)
    for (const MeterRow& row :
         value_of(asked.queries->meters(asked.scope, {.page = page, .page_size = 1}, asked.site.now)).rows)
      ids.push_back(row.id);
  CHECK(ids == std::vector<std::int64_t>{1, 2, 3});
}

TEST_CASE("queries: another organisation sees nothing of this one") {
  Asked asked;
  const Scope other{2};
  Queries& queries = *asked.queries;
  CHECK(value_of(queries.meters(other, {}, asked.site.now)).total == 0);
  CHECK_FALSE(value_of(queries.meter(other, 1, asked.site.now)));
  CHECK_FALSE(value_of(queries.readings(other, 1, {})));
  CHECK_FALSE(value_of(queries.ledger(other, 1, {}, {})));
  CHECK_FALSE(value_of(queries.commands(other, 1, {}, 10, true)));
  CHECK_FALSE(value_of(queries.command(other, "trip-1")));
  CHECK_FALSE(value_of(queries.consumption(other, 1, Step::day, asked.site.now - base::hours(24), asked.site.now)));
  CHECK_FALSE(value_of(queries.gateway(other, "gw")));
  CHECK(value_of(queries.gateways(other)).empty());
  CHECK(value_of(queries.price_plans(other, {})).empty());
  CHECK(value_of(queries.sites(other)).empty());
  CHECK(value_of(queries.alarms(other, {})).total == 0);
  CHECK(value_of(queries.home(other, asked.site.now)).meters == 0);
}

TEST_CASE("queries: balance in energy is floored by integers") {
  const struct {
    std::int64_t micro_yuan, price_e5, e4;
  } cases[] = {{50'000'000, 55'830, 895'575},  // 50 / 0.5583 = 89.55758…
               {1'000'000, 100'000, 10'000},
               {999'999, 100'000, 9'999},
               {0, 55'830, 0},
               {1, 100'000, 0},
               {-1, 100'000, -1},
               {-1'000'000, 30'000, -33'334},
               {5, 0, 0},
               {INT64_MAX, 1, INT64_MAX}};
  for (const auto& one : cases)
    CHECK(worth(base::Money(one.micro_yuan), {PlanKind::total, base::Price(one.price_e5), {}}).e4 == one.e4);
  CHECK(worth(base::Money(1'000'000),
              {PlanKind::tou, {}, {base::Price(1), base::Price(1), base::Price(50'000), base::Price(1)}})
            .e4 == 20'000);
}

TEST_CASE("queries: alarms are found by meter, kind and time, and say whether a person may clear them") {
  Asked asked;
  const auto total = [&](const AlarmFilter& filter) { return value_of(asked.queries->alarms(asked.scope, filter)).total; };
  const auto all = value_of(asked.queries->alarms(asked.scope, {.page_size = 100}));
  REQUIRE(all.total > 0);
  const AlarmRow& one = all.rows.front();
  std::int64_t of_code = 0, of_meter = 0, since = 0;
  for (const AlarmRow& row : all.rows) {
    of_code += row.code == one.code;
    of_meter += row.meter_name == "m1";
    since += row.raised_at >= one.raised_at;
    CHECK((!row.clearable || row.active));
  }
  REQUIRE(all.total <= 100);
  CHECK(total({.code = one.code}) == of_code);
  CHECK(total({.code = "nothing"}) == 0);
  CHECK(total({.search = "m1"}) >= of_meter);
  CHECK(total({.search = "%"}) == 0);
  CHECK(total({.from = one.raised_at}) == since);
  CHECK(total({.to = one.raised_at}) == all.total - since);
  CHECK(value_of(asked.queries->alarms(asked.scope, {.id = one.id})).rows.size() == 1);
}

TEST_CASE("queries: the audit log is searched by person, action and the meter's name, also after the meter is gone") {
  Asked asked;
  RegisterMeter meter;
  meter.gateway = "gw";
  meter.line = "l1";
  meter.device = "wrong";
  meter.name = "Corner shop";
  meter.address = "000000000099";
  meter.price_plan = 1;
  asked.site.ask(meter);
  asked.site.commit();
  asked.site.ask(RemoveMeter{4});
  asked.site.commit();
  const auto users = open_user_store(asked.site.url());
  REQUIRE(users);
  const auto entry = [](std::int64_t at, const char* who, const char* action, const char* object, const char* detail) {
    return AuditEntry{base::UtcMillis(at), 1, who, "192.0.2.7", action, object, detail, "ok"};
  };
  const std::vector<AuditEntry> entries{entry(1, "wang", "recharge", "meter 1", "amount=50; method=cash"),
                                        entry(2, "li", "remove_meter", "meter 4", ""),
                                        entry(3, "li", "change_price_plan", "plan 1", "name=x")};
  REQUIRE((*users)->append_audit(entries));
  const auto rows = [&](const AuditFilter& filter) { return value_of(asked.queries->audit(asked.scope, filter)).rows; };
  REQUIRE(rows({}).size() == 3);
  CHECK(rows({.search = "wang"}).size() == 1);
  CHECK(rows({.search = "192.0.2.7"}).size() == 3);
  CHECK(rows({.search = "method=cash"}).size() == 1);
  CHECK(rows({.action = "recharge"}).size() == 1);
  CHECK(rows({.from = base::UtcMillis(2), .to = base::UtcMillis(3)}).size() == 1);
  CHECK(rows({.search = "nobody"}).empty());
  const auto gone = rows({.search = "Corner"});
  REQUIRE(gone.size() == 1);
  CHECK(gone[0].object == "meter 4");
  CHECK(gone[0].object_name == "Corner shop");
  CHECK(rows({.action = "change_price_plan"})[0].object_name == "one price");
  CHECK(rows({.search = "m1"})[0].object_name == "m1");
}

TEST_CASE("queries: commands that only looked can be left out") {
  Asked asked;
  asked.site.ask(OrderCommand{"look", 1, Ask::live, "", 10});
  asked.site.commit();
  const auto all = found(asked.queries->commands(asked.scope, 1, {}, 200, true));
  const auto without = found(asked.queries->commands(asked.scope, 1, {}, 200, false));
  CHECK(all.rows.front().id == "look");
  CHECK(without.rows.size() == all.rows.size() - 1);
}

TEST_CASE("queries: ten-multi-community-scope: nothing of a site outside of the scope is seen, counted or found") {
  Asked asked;
  const auto now = asked.site.now;
  const Scope whole{1}, here{1, std::vector<std::int64_t>{1, 7}};
  Queries& queries = *asked.queries;
  const auto alarms = value_of(queries.alarms(whole, {}));
  REQUIRE(alarms.total > 0);
  const auto commands = found(queries.commands(whole, 1, {}, 10, true));
  REQUIRE(!commands.rows.empty());
  for (const Scope& elsewhere : {Scope{1, std::vector<std::int64_t>{}}, Scope{1, std::vector<std::int64_t>{2, 3}}, Scope{2}}) {
    CHECK(value_of(queries.sites(elsewhere)).empty());
    CHECK(value_of(queries.meters(elsewhere, {}, now)).total == 0);
    CHECK(value_of(queries.meters(elsewhere, {}, now)).rows.empty());
    CHECK(value_of(queries.gateways(elsewhere)).empty());
    CHECK(value_of(queries.alarms(elsewhere, {})).total == 0);
    CHECK(value_of(queries.alarms(elsewhere, {.id = alarms.rows[0].id})).rows.empty());
    CHECK_FALSE(value_of(queries.meter(elsewhere, 1, now)));
    CHECK_FALSE(value_of(queries.readings(elsewhere, 1, {})));
    CHECK_FALSE(value_of(queries.ledger(elsewhere, 1, {}, {})));
    CHECK_FALSE(value_of(queries.notices(elsewhere, 1, {})));
    CHECK_FALSE(value_of(queries.consumption(elsewhere, 1, Step::day, base::UtcMillis(0), now)));
    CHECK_FALSE(value_of(queries.consumption(elsewhere, 1, Step::hour, base::UtcMillis(0), now)));
    CHECK_FALSE(value_of(queries.commands(elsewhere, 1, {}, 10, true)));
    CHECK_FALSE(value_of(queries.command(elsewhere, commands.rows[0].id)));
    CHECK_FALSE(value_of(queries.gateway(elsewhere, "gw")));
    const Home home = value_of(queries.home(elsewhere, now));
    CHECK(home.meters == 0);
    CHECK(home.gateways == 0);
    CHECK(home.commands_pending == 0);
    CHECK(home.alarms.empty());
    for (const HomeDay& day : home.last_7_days) CHECK(day.deducted == base::Money(0));
  }
  // Plans of the whole organisation are there to choose from; how many meters have them is counted within the sites.
  const auto plans = value_of(queries.price_plans(Scope{1, std::vector<std::int64_t>{2}}, {}));
  REQUIRE(plans.size() == value_of(queries.price_plans(whole, {})).size());
  for (const PlanRow& plan : plans) CHECK(plan.meters == 0);
  CHECK(value_of(queries.price_plans(Scope{2}, {})).empty());

  CHECK(value_of(queries.sites(here)).size() == 1);
  CHECK(value_of(queries.meters(here, {}, now)).total == value_of(queries.meters(whole, {}, now)).total);
  CHECK(value_of(queries.alarms(here, {})).total == alarms.total);
  CHECK(found(queries.meter(here, 1, now)).row.id == 1);
  CHECK(found(queries.command(here, commands.rows[0].id)).meter == 1);
  CHECK(value_of(queries.home(here, now)).meters == value_of(queries.home(whole, now)).meters);
}
