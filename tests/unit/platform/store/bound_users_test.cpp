// BoundNow users on real books and both engines: a shared code lets in as many as it says, and nobody outlives his household.

#include "platform/store/bound_users.hpp"

#include <atomic>
#include <map>
#include <thread>

#include "platform/store/bound_rows.hpp"
#include "platform/store/messages.hpp"
#include "platform/store/verify.hpp"
#include "tests/unit/platform/store/scratch_database.hpp"

using namespace anju;
using namespace anju::platform;

namespace {

const Scope kAnju{1};
constexpr std::int64_t kDay = 86'400'000;

/// Two meters of one site in Beijing's time; the first has a household that moved in at noon of its second day.
struct House {
  StoredSite site;
  std::unique_ptr<BoundDesk> desk;
  std::int64_t kwh = 0;
  int made = 0;

  House() {
    auto opened = open_bound_desk(site.url(), 2);
    REQUIRE(opened);
    desk = std::move(*opened);
    site.ask(CreateGateway{"site", "gw", "Gateway 1", 15, {{base::LineId("l1"), "tcp://127.0.0.1:1"}}});
    site.ask(PutPricePlan{0, "one yuan", {PlanKind::total, base::Price(100'000), {}}});
    for (const char* device : {"m1", "m2"}) {
      RegisterMeter meter;
      meter.gateway = "gw";
      meter.line = "l1";
      meter.device = meter.name = device;
      meter.address = std::string("00000000000") + device[1];
      meter.price_plan = 1;
      meter.settings.auto_trip = false;
      site.ask(meter);
    }
    site.commit();
    // Noon of the site's day.
    site.now = base::UtcMillis(site.now.value / kDay * kDay + 4 * 3'600'000 + kDay);
  }

  /// The account was at zero: what was used before is given.
  void move_in(const std::string& key, const std::string& customer) {
    const auto balance = base::Money(site.count("SELECT a.balance_micro_yuan FROM account a JOIN meter m ON m.account = a.id WHERE m.id = 1"));
    if (balance != base::Money(0)) site.ask(AdjustBalance{"zero " + key, 1, base::Money(-balance.micro_yuan), balance, "入住补平"});
    OpenAccount opening;
    opening.key = key;
    opening.meter = 1;
    opening.household.customer = customer;
    opening.household.mobile = "13800000001";
    opening.price_plan = 1;
    site.ask(opening);
    site.commit();
  }
  void settle(const std::string& key, bool close) {
    site.ask(Settle{key, 1, base::UtcMillis(site.count("SELECT last_ms FROM meter_register WHERE meter = 1")),
                    base::Money(site.count("SELECT a.balance_micro_yuan FROM account a JOIN meter m ON m.account = a.id WHERE m.id = 1")), PayMethod::cash, close, ""});
    site.commit();
  }

  void use(std::int64_t more, base::Millis later) {
    site.now = site.now + later;
    kwh += more;
    const std::vector<wire::Event> events{wire::ReadingsEvent{{{base::DeviceId("m1"), site.now, wire::ReadingKind::interval, base::Quantity(kwh * 10'000), {}}}}};
    site.ledger->take(1, "e1", ++site.seq, events, site.now);
    site.commit();
  }

  AuditEntry audit(const std::string& action) const {
    AuditEntry entry;
    entry.at = site.now;
    entry.organisation = 1;
    entry.who = "wang";
    entry.action = action;
    return entry;
  }
  std::string share(std::int64_t uses = 4, std::int64_t days = 7, std::int64_t meter = 1) {
    const std::string hash = "hash " + std::to_string(++made);
    const auto id = desk->share(kAnju, meter, {hash, days, uses}, audit("share_meter"));
    REQUIRE(id);
    return hash;
  }
  base::Result<BoundNow> bind(const std::string& hash, std::int64_t user = 0, const std::string& name = "小王") {
    NewBinding binding;
    binding.share_hash = hash;
    binding.user = {user, name, "13911112222", Tongue::zh, false};
    binding.session_hash = "session " + std::to_string(++made);
    binding.csrf_token = "csrf";
    return desk->bind(binding, audit("bind_meter"));
  }
  BoundNow bound(const std::string& hash, std::int64_t user = 0) {
    const auto made_now = bind(hash, user);
    REQUIRE_MESSAGE(made_now, (made_now ? std::string() : std::string(made_now.error().code) + " " + made_now.error().where));
    return *made_now;
  }
  bool sees(const BoundNow& who) {
    const auto own = desk->own_meter(who.user.id, who.binding);
    REQUIRE(own);
    return own->has_value();
  }
  BoundUserList list(std::int64_t meter = 1) {
    const auto found = desk->of_meter(kAnju, meter, site.now);
    REQUIRE(found);
    REQUIRE(*found);
    return **found;
  }
  void check_books() {
    const auto checks = verify(site.url(), site.now);
    REQUIRE(checks);
    for (const Check& check : *checks) CHECK_MESSAGE(check.wrong == 0, check.name);
  }
};

void refused(const base::Result<BoundNow>& bound, Errc errc, const std::string& where) {
  REQUIRE_FALSE(bound);
  CHECK(bound.error().is(errc));
  CHECK(bound.error().where == where);
}

}  // namespace

TEST_CASE("em-share-qr, wm-share-qr: a code lets in as many as it says until it expires, and is the same error for every reason it does not") {
  House house;
  const std::string code = house.share(2, 3);
  const auto shown = house.desk->look(code, house.site.now);
  REQUIRE(shown);
  REQUIRE(*shown);
  CHECK((*shown)->site == "Site");
  CHECK((*shown)->kind == "electricity");
  const BoundNow first = house.bound(code);
  CHECK(first.created);
  // Whoever has the meter already takes no use.
  const BoundNow again = house.bound(code, first.user.id);
  CHECK_FALSE(again.created);
  CHECK(again.binding == first.binding);
  house.bound(code);
  refused(house.bind(code), Errc::not_found, "code");
  refused(house.bind("never made"), Errc::not_found, "code");
  const std::string old = house.share(4, 3);
  house.site.now = house.site.now + base::hours(24 * 3);
  refused(house.bind(old), Errc::not_found, "code");
  CHECK_FALSE(*house.desk->look(old, house.site.now));
  const std::string taken_back = house.share();
  const std::int64_t newest = house.list().shares.front().id;
  CHECK(house.desk->revoke(kAnju, 1, newest, house.audit("revoke_share")));
  refused(house.bind(taken_back), Errc::not_found, "code");
  const auto twice = house.desk->revoke(kAnju, 1, newest, house.audit("revoke_share"));
  REQUIRE_FALSE(twice);
  CHECK(twice.error().is(Errc::not_found));
  const auto states = house.list().shares;
  REQUIRE(states.size() == 3);
  CHECK(states[0].state == ShareState::revoked);
  CHECK(states[1].state == ShareState::expired);
  CHECK(states[2].state == ShareState::used_up);
  // The code itself is nowhere, and each change left its row; whoever had the meter already changed nothing.
  CHECK(house.site.count("SELECT count(*) FROM audit WHERE action = 'share_meter' AND result = 'ok'") == 3);
  CHECK(house.site.count("SELECT count(*) FROM audit WHERE action = 'bind_meter' AND organisation = 1 AND object = 'meter 1' AND who LIKE 'bound user %'") == 2);
  house.check_books();
}

TEST_CASE("em-share-qr: fifty who scan a code for four at once are four") {
  House house;
  const std::string code = house.share(4);
  auto opened = open_bound_desk(house.site.url(), 1);
  REQUIRE(opened);
  std::unique_ptr<BoundDesk> other = std::move(*opened);
  std::atomic<int> in = 0, out = 0;
  std::vector<std::thread> people;
  for (int i = 0; i < 50; ++i) {
    people.emplace_back([&, i] {
      NewBinding binding{code, {0, "小王", "13911112222", Tongue::zh, false}, "s" + std::to_string(i), "csrf"};
      const auto bound = (i % 2 == 0 ? *house.desk : *other).bind(binding, house.audit("bind_meter"));
      ++(bound ? in : out);
    });
  }
  for (std::thread& one : people) one.join();
  CHECK(in == 4);
  CHECK(out == 46);
  CHECK(house.site.count("SELECT count(*) FROM bound_meter") == 4);
  CHECK(house.site.count("SELECT count(*) FROM bound_user") == 4);
  CHECK(house.site.count("SELECT used FROM meter_share") == 4);
  house.check_books();
}

TEST_CASE("em-share-qr: open codes of a meter, people of a meter and meters of a person have limits") {
  House house;
  for (std::int64_t i = 0; i < kMostOpenShares; ++i) house.share(20);
  const auto more = house.desk->share(kAnju, 1, {"one more", 7, 4}, house.audit("share_meter"));
  REQUIRE_FALSE(more);
  CHECK(more.error().is(Errc::too_many));
  for (std::int64_t i = 0; i < kMostBoundUsers; ++i) house.bound(i < 20 ? "hash 1" : "hash 2");
  refused(house.bind("hash 3"), Errc::too_many, "users");
  const BoundNow one = house.bound(house.share(1, 7, 2));
  soci::session session;
  REQUIRE(open_session(session, house.site.url()));
  for (std::int64_t i = 1; i < kMostOwnMeters; ++i)
    run_script(session, "INSERT INTO bound_meter(bound_user, organisation, site, meter, share, opening, since_ms, from_ms, ended) VALUES(" + std::to_string(one.user.id) +
                            ", 1, 1, " + std::to_string(100 + i) + ", 3, 0, 0, 0, '')");
  const auto own = house.list().bound.front();
  CHECK(house.desk->unbind(kAnju, 1, own.id, house.audit("unbind_user")));
  refused(house.bind("hash 3", one.user.id), Errc::too_many, "meters");
}

TEST_CASE("em-bound-users: nobody sees a meter after he has left, was unbound, or his household was settled, and its codes end with it") {
  House house;
  house.move_in("o1", "罗先生");
  const std::string code = house.share(20);
  const BoundNow stays = house.bound(code), leaves = house.bound(code), thrown_out = house.bound(house.share());
  CHECK(house.sees(stays));
  CHECK(house.desk->leave(leaves.user.id, leaves.binding, house.audit("leave_my_meter")));
  CHECK_FALSE(house.desk->leave(leaves.user.id, leaves.binding, house.audit("leave_my_meter")));
  CHECK(house.desk->unbind(kAnju, 1, thrown_out.binding, house.audit("unbind_user")));
  CHECK_FALSE(house.sees(leaves));
  CHECK_FALSE(house.sees(thrown_out));
  CHECK(house.sees(stays));
  // Nobody has another's binding, and nobody of another organisation the meter.
  CHECK_FALSE(*house.desk->own_meter(leaves.user.id, stays.binding));
  CHECK_FALSE(house.desk->leave(leaves.user.id, stays.binding, house.audit("leave_my_meter")));
  CHECK_FALSE(*house.desk->of_meter(Scope{2}, 1, house.site.now));
  CHECK_FALSE(house.desk->unbind(Scope{2}, 1, stays.binding, house.audit("unbind_user")));
  CHECK_FALSE(house.desk->unbind(kAnju, 2, stays.binding, house.audit("unbind_user")));
  // A settlement on the way leaves the household where it is.
  house.use(3, base::hours(1));
  house.settle("s1", false);
  CHECK(house.sees(stays));
  house.use(1, base::hours(1));
  house.settle("s2", true);
  CHECK_FALSE(house.sees(stays));
  CHECK(house.desk->own_meters(stays.user.id)->empty());
  CHECK_FALSE(*house.desk->own_use(stays.user.id, stays.binding, house.site.now));
  CHECK_FALSE(*house.desk->own_records(stays.user.id, stays.binding));
  CHECK_FALSE(*house.desk->own_messages(stays.user.id, stays.binding));
  refused(house.bind(code), Errc::not_found, "code");
  const auto list = house.list();
  REQUIRE(list.bound.size() == 3);
  std::multiset<std::string> ends;
  for (const auto& one : list.bound) ends.insert(one.ended);
  CHECK(ends == std::multiset<std::string>{"left", "settled", "unbound"});
  REQUIRE(list.shares.size() == 2);
  CHECK(list.shares[0].state == ShareState::revoked);
  CHECK(list.shares[1].state == ShareState::settled);
  house.check_books();
}

TEST_CASE("em-bound-users: whoever is unbound does not come back by the code he has; who is bound by it stays so") {
  House house;
  const std::string code = house.share(20), other = house.share(20);
  const BoundNow stranger = house.bound(code), stays = house.bound(code);
  REQUIRE(house.desk->unbind(kAnju, 1, stranger.binding, house.audit("unbind_user")));
  refused(house.bind(code), Errc::not_found, "code");
  refused(house.bind(code, stranger.user.id), Errc::not_found, "code");
  CHECK_FALSE(*house.desk->look(code, house.site.now));
  CHECK(house.sees(stays));
  house.bound(other);
  // A code that lets nobody in any more keeps its own end, and who gives his meter back may come again.
  const BoundNow last = house.bound(house.share(1));
  REQUIRE(house.desk->unbind(kAnju, 1, last.binding, house.audit("unbind_user")));
  const std::string again = house.share();
  const BoundNow leaves = house.bound(again);
  REQUIRE(house.desk->leave(leaves.user.id, leaves.binding, house.audit("leave_my_meter")));
  CHECK(house.bound(again, leaves.user.id).created);
  std::map<std::int64_t, ShareState> states;
  for (const ShareRow& one : house.list().shares) states[one.id] = one.state;
  CHECK(states == std::map<std::int64_t, ShareState>{{1, ShareState::revoked}, {2, ShareState::open}, {3, ShareState::used_up}, {4, ShareState::open}});
  house.check_books();
}

TEST_CASE("em-share-qr: an open code is in the list before those that ended, however many those are") {
  House house;
  const std::string old = house.share(4, 1);
  house.share(4, 30);
  soci::session session;
  REQUIRE(open_session(session, house.site.url()));
  for (std::int64_t i = 0; i < kMostBoundRows; ++i)
    run_script(session, "INSERT INTO meter_share(organisation, site, meter, token_hash, by, created_ms, expires_ms, uses, used, ended_ms, ended) VALUES(1, 1, 1, 'ended " + std::to_string(i) +
                            "', 'wang', 1, 2, 4, 0, 1, 'revoked')");
  house.site.now = house.site.now + base::hours(24);
  const auto shares = house.list().shares;
  REQUIRE(shares.size() == static_cast<std::size_t>(kMostBoundRows));
  CHECK(shares[0].id == 2);
  CHECK(shares[0].state == ShareState::open);
  CHECK(shares[1].id == 2 + kMostBoundRows);
  CHECK(shares[1].state == ShareState::revoked);
}

TEST_CASE("em-bound-users: where nobody opens accounts a settlement ends the bindings, and so does the first opening") {
  House house;
  const BoundNow first = house.bound(house.share());
  house.use(2, base::hours(1));
  CHECK(house.sees(first));
  house.settle("s1", false);
  CHECK_FALSE(house.sees(first));
  house.site.now = house.site.now + base::hours(1);
  const std::string code = house.share();
  const BoundNow second = house.bound(code);
  house.move_in("o1", "罗先生");
  CHECK_FALSE(house.sees(second));
  refused(house.bind(code), Errc::not_found, "code");
  house.check_books();
}

TEST_CASE("em-bound-users: a meter that is taken away takes its people along") {
  House house;
  const std::string code = house.share(4, 7, 2);
  const BoundNow bound = house.bound(code);
  CHECK(house.sees(bound));
  house.site.ask(RemoveMeter{2});
  house.site.commit();
  CHECK_FALSE(house.sees(bound));
  refused(house.bind(code), Errc::not_found, "code");
  CHECK(house.site.count("SELECT count(*) FROM bound_meter WHERE ended = 'removed' AND until_ms IS NOT NULL") == 1);
  // One with books keeps its row, and is gone all the same.
  house.use(2, base::hours(1));
  house.settle("s1", false);
  const std::string kept = house.share();
  const BoundNow last = house.bound(kept);
  house.site.ask(RemoveMeter{1});
  house.site.commit();
  CHECK_FALSE(house.sees(last));
  refused(house.bind(kept), Errc::not_found, "code");
  const auto shared = house.desk->share(kAnju, 1, {"of a removed one", 7, 4}, house.audit("share_meter"));
  REQUIRE_FALSE(shared);
  CHECK(shared.error().is(Errc::not_found));
  house.check_books();
}

TEST_CASE("em-user-balance, wm-user-balance: balance and use begin with the household, not with the meter") {
  House house;
  house.site.ask(Recharge{"before", 1, base::Money(50'000'000), PayMethod::cash, "old tenant"});
  house.use(5, base::hours(1));                 // the one before, on the day of the opening
  house.settle("s0", false);                    // what he had left is paid back
  house.move_in("o1", "罗先生");                // 13:00
  house.site.ask(Recharge{"r1", 1, base::Money(30'000'000), PayMethod::wechat, "at the desk"});
  house.use(2, base::hours(2));                 // the same day: nobody can say whose
  house.use(3, base::hours(24));
  house.use(4, base::hours(24));
  const BoundNow bound = house.bound(house.share());
  const auto own = house.desk->own_meter(bound.user.id, bound.binding);
  REQUIRE(own);
  REQUIRE(*own);
  CHECK((*own)->row.balance == base::Money(21'000'000));
  CHECK((*own)->row.account_state == "normal");
  CHECK((*own)->total == base::Quantity(140'000));
  CHECK(worth_for_user((*own)->row.balance, (*own)->prices).quantity == base::Quantity(210'000));
  const auto use = house.desk->own_use(bound.user.id, bound.binding, house.site.now);
  REQUIRE(use);
  REQUIRE(*use);
  REQUIRE((*use)->days.size() == 2);
  CHECK((*use)->days[0].at == (*use)->from);
  CHECK((*use)->days[0].used == base::Quantity(30'000));
  CHECK((*use)->days[1].used == base::Quantity(40'000));
  CHECK((*use)->days[1].money == base::Money(4'000'000));
  base::Quantity months;
  for (const OwnUse& month : (*use)->months) months = months + month.used;
  CHECK(months == base::Quantity(70'000));
  const auto records = house.desk->own_records(bound.user.id, bound.binding);
  REQUIRE(records);
  REQUIRE(*records);
  REQUIRE((*records)->size() == 1);
  CHECK((*records)->front().kind == "recharge");
  CHECK((*records)->front().amount == base::Money(30'000'000));
  CHECK((*records)->front().method == "wechat");
}

TEST_CASE("em-user-balance: months go on as sums, the first of them only from the day after the opening") {
  House house;
  house.move_in("o1", "罗先生");
  house.site.ask(Recharge{"r1", 1, base::Money(900'000'000), PayMethod::cash, ""});
  for (int day = 0; day < 75; ++day) house.use(1, base::hours(24));
  const BoundNow bound = house.bound(house.share());
  const auto use = house.desk->own_use(bound.user.id, bound.binding, house.site.now);
  REQUIRE(use);
  REQUIRE(*use);
  CHECK((*use)->days.size() == static_cast<std::size_t>(kDaysShown));
  REQUIRE((*use)->months.size() >= 3);
  base::Quantity months;
  for (const OwnUse& month : (*use)->months) months = months + month.used;
  CHECK(months == base::Quantity(750'000));
  CHECK(std::is_sorted((*use)->months.begin(), (*use)->months.end(), [](const OwnUse& a, const OwnUse& b) { return a.at < b.at; }));
}

TEST_CASE("em-user-balance: who wants it gets the low balance of his meter by SMS, as long as he is bound") {
  House house;
  house.move_in("o1", "罗先生");
  house.site.ask(Recharge{"r1", 1, base::Money(30'000'000), PayMethod::cash, ""});
  const BoundNow wants = house.bound(house.share()), does_not = house.bound("hash 1");
  BoundUser changed = wants.user;
  changed.sms = true;
  changed.language = Tongue::en;
  changed.name = "Wang";
  REQUIRE(house.desk->change_user(changed, house.audit("change_my_account")));
  soci::session session;
  REQUIRE(open_session(session, house.site.url()));
  const auto wanting = bound_subscribers(session, 1);
  REQUIRE(wanting.size() == 1);
  CHECK(wanting.front().name == "Wang");
  auto messages = open_message_store(house.site.url(), nullptr);
  REQUIRE(messages);
  house.use(15, base::hours(24));
  REQUIRE((*messages)->follow(house.site.now));
  CHECK(house.site.count("SELECT count(*) FROM delivery WHERE kind = 'low_balance_1' AND address = '13911112222' AND language = 'en'") == 1);
  CHECK(house.site.count("SELECT count(*) FROM delivery WHERE kind = 'low_balance_1'") == 2);  // and the household's
  const auto told = house.desk->own_messages(does_not.user.id, does_not.binding);
  REQUIRE(told);
  REQUIRE(*told);
  REQUIRE((*told)->size() == 1);
  CHECK((*told)->front().kind == MessageKind::low_balance_1);
  REQUIRE(house.desk->leave(wants.user.id, wants.binding, house.audit("leave_my_meter")));
  house.use(8, base::hours(24));
  REQUIRE((*messages)->follow(house.site.now));
  CHECK(house.site.count("SELECT count(*) FROM delivery WHERE kind = 'low_balance_2'") == 1);
  CHECK(house.site.count("SELECT count(*) FROM delivery WHERE address = '13911112222'") == 1);
}

TEST_CASE("em-add-scan, wm-add-scan: a session of a bound user ends when it is not used, after a year, and when he ends it") {
  House house;
  const std::string code = house.share(4);
  house.bound(code);  // session 2
  const base::UtcMillis begin = house.site.now;
  const auto at = [&](base::Millis later) {
    const auto found = house.desk->session("session 2", begin + later);
    REQUIRE(found);
    return found->has_value();
  };
  CHECK(at(base::Millis(0)));
  CHECK(at(base::Millis(kBoundIdle.value - 1)));
  CHECK_FALSE(at(kBoundIdle));
  base::UtcMillis seen = begin;
  while ((seen - begin).value < kBoundAbsolute.value - kBoundIdle.value) {
    seen = seen + base::hours(24 * 30);
    REQUIRE(house.desk->touch("session 2", seen));
  }
  CHECK(at(base::Millis(kBoundAbsolute.value - 1)));
  CHECK_FALSE(at(kBoundAbsolute));
  REQUIRE(house.desk->sweep(begin + kBoundAbsolute - base::Millis(1)));
  CHECK(house.site.count("SELECT count(*) FROM bound_session") == 1);
  REQUIRE(house.desk->end_session("session 2", house.audit("end_my_session")));
  CHECK_FALSE(at(base::Millis(0)));
  house.bound(code);
  REQUIRE(house.desk->sweep(begin + kBoundIdle));
  CHECK(house.site.count("SELECT count(*) FROM bound_session") == 0);
}

TEST_CASE("em-user-balance: who ends his last session gets no SMS any more; who only lets it expire does") {
  House house;
  const std::string code = house.share(20);
  const auto wanting = [&](const BoundNow& who) { return house.site.count("SELECT sms FROM bound_user WHERE id = " + std::to_string(who.user.id)); };
  const auto wants_sms = [&] {
    BoundNow who = house.bound(code);
    who.user.sms = true;
    REQUIRE(house.desk->change_user(who.user, house.audit("change_my_account")));
    CHECK(wanting(who) == 1);
    return who;
  };
  const auto end = [&](const std::string& session) { REQUIRE(house.desk->end_session(session, house.audit("end_my_session"))); };
  const BoundNow one = wants_sms(), two = wants_sms(), idle = wants_sms();  // sessions 2, 3 and 4
  soci::session session;
  REQUIRE(open_session(session, house.site.url()));
  const auto further = [&](const BoundNow& who, const std::string& name) {
    run_script(session, "INSERT INTO bound_session(token_hash, csrf_token, bound_user, created_ms, seen_ms) VALUES('" + name + "', 'csrf', " + std::to_string(who.user.id) + ", " +
                            std::to_string(house.site.now.value) + ", " + std::to_string(house.site.now.value) + ")");
  };
  end("session 2");
  CHECK(wanting(one) == 0);
  CHECK(wanting(two) == 1);
  // Another phone of his goes on, until it was not used for too long.
  further(two, "another phone");
  end("session 3");
  CHECK(wanting(two) == 1);
  further(two, "a third one");
  house.site.now = house.site.now + kBoundIdle;
  further(two, "the last one");
  end("the last one");
  CHECK(wanting(two) == 0);
  REQUIRE(house.desk->sweep(house.site.now));
  CHECK(house.site.count("SELECT count(*) FROM bound_session") == 0);
  CHECK(wanting(idle) == 1);
}
