// Messages made of real books, on both engines: one per crossing, whatever crashes between any two commits.

#include "platform/store/messages.hpp"

#include <set>

#include "platform/domain/notify.hpp"
#include "platform/messages/messenger.hpp"
#include "platform/store/users.hpp"
#include "tests/unit/platform/store/scratch_database.hpp"

using namespace anju;
using namespace anju::platform;

namespace {

/// Takes everything; remembers what it was asked.
struct Paper : MessageProvider {
  Carried answer{Carried::End::accepted, {}};
  std::vector<std::string> keys, texts;
  Carried send(const Outgoing& message, const MessageText& text) override {
    keys.push_back(message.key);
    texts.push_back(text.text);
    return answer;
  }
};

struct Bell : Notifier {
  std::multiset<std::int64_t> rung;
  void changed(std::vector<Notification> all, base::UtcMillis) override {
    for (const Notification& one : all)
      if (const auto* inbox = std::get_if<InboxChanged>(&one.what)) rung.insert(inbox->person);
  }
};

/// A meter with a household of 138…1 and its site's staff; the balance crosses both presets, the supply is cut, paid for and on again.
struct Life {
  StoredSite site;
  base::UtcMillis now;
  Bell bell;
  Paper sms, mail;
  std::vector<std::string> log;
  std::unique_ptr<MessageStore> store;
  std::int64_t chief = 0;

  Life() {
    auto users = open_user_store(site.url());
    REQUIRE(users);
    NewUser user;
    user.organisation = 1;
    user.login = user.name = "chief";
    user.all_permissions = true;
    const auto added = (*users)->add_user(user);
    REQUIRE(added);
    chief = *added;
    site.ask(CreateGateway{"site", "gw", "Gateway 1", 15, {{base::LineId("l1"), "tcp://127.0.0.1:1"}}});
    site.ask(PutPricePlan{0, "one yuan", {PlanKind::total, base::Price(100'000), {}}});
    RegisterMeter meter;
    meter.gateway = "gw";
    meter.line = "l1";
    meter.device = "m1";
    meter.name = "101";
    meter.address = "000000000001";
    meter.price_plan = 1;
    site.ask(meter);
    OpenAccount opening;
    opening.key = "o1";
    opening.meter = 1;
    opening.household.customer = "罗先生";
    opening.household.mobile = "138 0000 0001";
    opening.price_plan = 1;
    site.ask(opening);
    site.ask(Recharge{"r1", 1, base::Money(30'000'000), PayMethod::cash, ""});
    wire::GatewayState state;
    state.online = true;
    state.at = site.now;
    state.archive_version = 2;
    site.ledger->hear_state(1, state, site.now);
    site.commit();
    open();
  }

  /// Also a restart.
  void open() {
    auto opened = open_message_store(site.url(), &bell);
    REQUIRE(opened);
    store = std::move(*opened);
    now = site.now;
  }

  void read(std::int64_t kwh, wire::ReadingKind kind = wire::ReadingKind::interval) {
    site.now = site.now + base::minutes(15);
    tell(wire::ReadingsEvent{{{base::DeviceId("m1"), site.now, kind, base::Quantity(kwh * 10'000), {}}}});
  }

  void tell(wire::Event event) {
    const std::vector<wire::Event> events{std::move(event)};
    site.ledger->take(1, "e1", ++site.seq, events, site.now);
    site.commit();
    now = site.now;
  }

  /// The gateway carries out what it was told.
  void obey() {
    const auto orders = std::exchange(site.inbox, {});
    for (const wire::Command& order : orders) {
      site.now = site.now + base::seconds(1);
      wire::Relay relay = wire::Relay::unknown;
      if (order.kind == wire::CommandKind::trip) relay = wire::Relay::open;
      if (order.kind == wire::CommandKind::close) relay = wire::Relay::closed;
      tell(wire::CommandEvent{order.id, order.device, site.now, wire::CommandPhase::verified, "", relay});
    }
  }

  /// 30 yuan are used up; the crossing is followed by a verified trip, a recharge by a verified close.
  void fall() {
    read(15);
    read(22);
    read(31);
    for (int i = 0; i < 4; ++i) obey();
  }
  void rise() {
    site.ask(Recharge{"r2", 1, base::Money(50'000'000), PayMethod::cash, ""});
    site.commit();
    for (int i = 0; i < 4; ++i) obey();
  }

  void follow() {
    while (true) {
      const auto made = store->follow(now);
      REQUIRE_MESSAGE(made, (made ? std::string() : made.error().where));
      if (!*made) return;
    }
  }
  void send(Channel channel = Channel::sms) {
    Messenger courier({*store, &sms, &mail, [this] { return now; }, [this](std::string_view line) { log.emplace_back(line); }});
    while (true) {
      const auto sent = courier.send(channel);
      REQUIRE_MESSAGE(sent, (sent ? std::string() : sent.error().where));
      if (!*sent) return;
    }
  }

  void sql(const std::string& script) {
    soci::session session;
    REQUIRE(open_session(session, site.url()));
    run_script(session, script);
  }
  std::int64_t count(const std::string& what) { return site.count("SELECT count(*) FROM " + what); }
  void buy(std::int64_t pieces) {
    sql("INSERT INTO sms_stock(organisation, remaining, used, filled, told_low, told_empty) VALUES(1, " + std::to_string(pieces) + ", 0, " + std::to_string(pieces) +
        ", 0, 0)");
  }
};

/// A store that is killed before or behind its n-th commit.
struct Killed {};
class Mortal : public MessageStore {
 public:
  Mortal(MessageStore& real, int calls, bool after) : real_(real), left_(calls), after_(after) {}
  bool dead = false;
  base::Result<bool> follow(base::UtcMillis now) override { return live([&] { return real_.follow(now); }); }
  base::Result<bool> announce(base::UtcMillis now) override { return live([&] { return real_.announce(now); }); }
  base::Result<std::vector<Outgoing>> take(Channel c, std::int64_t most, base::UtcMillis now) override { return live([&] { return real_.take(c, most, now); }); }
  base::Result<> ended(const Outgoing& m, const Carried& how, base::UtcMillis now) override { return live([&] { return real_.ended(m, how, now); }); }
  base::Result<bool> close(Channel c, base::UtcMillis now) override { return live([&] { return real_.close(c, now); }); }
  base::Result<> recover() override { return live([&] { return real_.recover(); }); }
  base::Result<bool> clean(base::UtcMillis now) override { return live([&] { return real_.clean(now); }); }

 private:
  template <class Work>
  auto live(Work&& work) -> decltype(work()) {
    const bool last = left_-- == 0;
    dead = dead || last;
    if (last && !after_) throw Killed{};
    auto done = work();
    if (last) throw Killed{};
    return done;
  }
  MessageStore& real_;
  int left_;
  bool after_;
};

}  // namespace

TEST_CASE("messages: al-low-balance, em-alarm-sms-1, em-alarm-sms-2, em-auto-trip: each crossing is told once, and so are cut-off and reconnection") {
  Life life;
  life.buy(100);
  life.fall();
  life.rise();
  life.read(32);
  life.follow();
  life.send();
  REQUIRE(life.count("notice") == 2);
  REQUIRE(life.count("command WHERE kind = 'trip' AND state = 'verified'") == 1);
  REQUIRE(life.count("command WHERE kind = 'close' AND state = 'verified'") == 1);
  CHECK(life.sms.texts == std::vector<std::string>{"您的余额已经不足20元，请及时充值。电表101，当前余额15元。", "您的余额已经不足10元，请及时充值，以免停止供电。电表101，当前余额8元。",
                                                   "电表101已停止供电。余额不足，充值后自动恢复。", "电表101已恢复供电。"});
  CHECK(life.count("delivery WHERE state = 'sent' AND address = '13800000001' AND name = '罗先生'") == 4);
  CHECK(life.count("inbox WHERE person = " + std::to_string(life.chief)) == 4);
  CHECK(life.bell.rung.count(life.chief) >= 1);
  // Nothing new: nothing is told, and nobody's inbox rings.
  life.bell.rung.clear();
  life.open();
  life.follow();
  life.send();
  CHECK(life.sms.texts.size() == 4);
  CHECK(life.bell.rung.empty());
  CHECK(life.site.count("SELECT remaining FROM sms_stock") == 96);
}

TEST_CASE("messages: al-low-balance: the room that the office linked is told, not what the installer typed") {
  Life life;
  life.buy(100);
  life.sql("UPDATE meter SET room = '旧房' WHERE id = 1");
  life.fall();
  life.sql("INSERT INTO room(id, organisation, site, enabled, version, created_ms, updated_ms, name, number, note) VALUES(7, 1, 1, 1, 1, 0, 0, '3-2-901', '901', '');"
           "INSERT INTO room_meter(organisation, site, room, meter, since_ms, by) VALUES(1, 1, 7, 1, 0, 'chief')");
  life.follow();
  life.send();
  REQUIRE(life.sms.texts.size() == 3);
  CHECK(life.sms.texts[0] == "您的余额已经不足20元，请及时充值。电表3-2-901 101，当前余额15元。");
  CHECK(life.count("message WHERE room = '3-2-901'") == life.count("message WHERE meter = 1"));
}

TEST_CASE("messages: what happened before there were messages is not told") {
  Life life;
  life.fall();
  // As the migration leaves it over books that are there.
  for (const char* source : {"notice", "alarm", "switched"})
    life.sql(std::string("UPDATE message_cursor SET last = (SELECT coalesce(max(id), 0) FROM ") + source + ") WHERE source = '" + source + "'");
  life.follow();
  CHECK(life.count("message") == 0);
  life.rise();
  life.follow();
  CHECK(life.count("message") == 1);  // but that the supply is on again
}

TEST_CASE("messages: al-low-balance: killed before or behind any commit, each crossing is one message, and a repeat carries the same key") {
  int deaths = 0;
  for (const bool after : {false, true}) {
    for (int step = 0;; ++step) {
      CAPTURE(after);
      CAPTURE(step);
      Life life;
      life.buy(100);
      life.fall();
      life.rise();
      Mortal mortal(*life.store, step, after);
      {
        Messenger first({mortal, &life.sms, &life.mail, [&] { return life.now; }, [](std::string_view) {}});
        try {
          while (!mortal.dead) {
            const bool followed = first.follow().value_or(false);
            const bool sent = first.send(Channel::sms).value_or(false);
            if (!followed && !sent) break;
          }
        } catch (const Killed&) {
        }
      }
      const bool died = mortal.dead;
      deaths += died;
      life.open();
      REQUIRE(life.store->recover());
      life.follow();
      life.send();
      CHECK(life.count("message") == 4);
      CHECK(life.count("delivery") == 4);
      CHECK(life.count("delivery WHERE state = 'sent'") == 4);
      CHECK(life.count("inbox") == 4);
      CHECK(life.site.count("SELECT remaining FROM sms_stock") == 96);
      CHECK(std::set<std::string>(life.sms.keys.begin(), life.sms.keys.end()).size() == 4);
      CHECK(life.sms.keys.size() <= 5);  // the one that was under way, with the key that it had
      if (!died) break;
    }
  }
  CHECK(deaths > 10);
}

TEST_CASE("messages: al-inbox: whoever lacks the right or the site finds nothing in the inbox") {
  Life life;
  life.sql("INSERT INTO \"user\"(organisation, login, name, password_hash, must_change_password, all_permissions, permissions, created_ms)"
           " VALUES(1, 'nobody', 'nobody', '', 0, 0, '', 0)");
  life.fall();
  life.follow();
  CHECK(life.count("inbox") == 3);
  CHECK(life.count("inbox WHERE person <> " + std::to_string(life.chief)) == 0);
  CHECK(life.count("message WHERE kind = 'cut_off' AND reason = 'arrears'") == 1);
  // Who is deleted leaves no inbox to whoever gets his number.
  life.sql("DELETE FROM \"user\" WHERE id = " + std::to_string(life.chief));
  CHECK(life.count("inbox") == 0);
}

TEST_CASE("messages: al-inbox: 500 gateways offline are one message with a count, for each who gets it; later ones of the flood join it") {
  Life life;
  const auto raise = [&](int from, int to) {
    std::string script;
    for (int i = from; i < to; ++i)
      script += "INSERT INTO alarm(id, organisation, site, code, severity, active, raised_ms, gateway, meter, line, command, detail) VALUES(" + std::to_string(i) +
                ", 1, 1, 'gateway_offline', 'critical', 1, " + std::to_string(life.now.value + i) + ", 1, 0, '', 0, '');";
    life.sql(script);
  };
  raise(1000, 1150);
  life.follow();
  CHECK(life.count("message") == 150);
  CHECK(life.count("inbox") == 1);
  CHECK(life.site.count("SELECT count FROM inbox") == 150);
  life.sql("UPDATE inbox SET read_ms = 1");
  raise(1150, 1500);
  life.now = life.now + base::minutes(2);
  life.follow();
  CHECK(life.site.count("SELECT count FROM inbox") == 500);
  CHECK(life.count("inbox WHERE read_ms IS NULL") == 1);  // it says something new
  const auto desk = open_message_desk(life.site.url(), 1, {}, nullptr);
  REQUIRE(desk);
  const auto page = (*desk)->inbox(life.chief, true, 1, 20);
  REQUIRE(page);
  REQUIRE(page->page.rows.size() == 1);
  CHECK(page->unread == 1);
  CHECK(text_of(page->page.rows[0].kind, page->page.rows[0].values, page->page.rows[0].count, Tongue::zh).text == "500个网关离线。");
  // After the window one is one again.
  life.now = life.now + kFloodWindow;
  raise(1500, 1501);
  life.follow();
  CHECK(life.count("inbox") == 2);
  CHECK(life.count("inbox WHERE count = 1 AND gathers = 0") == 1);
}

TEST_CASE("messages: em-notify: subscribers get their kinds, a flood to one number is one SMS at the end of the window") {
  Life life;
  life.buy(100);
  life.sql("INSERT INTO subscriber(meter, number, name, mobile, mail, language, kinds) VALUES(1, 1, 'Ann', '13900000009', 'ann@example.com', 'en', 'reading_quarantined')");
  const auto raise = [&](int from, int to) {
    for (int i = from; i < to; ++i)
      life.sql("INSERT INTO alarm(id, organisation, site, code, severity, active, raised_ms, gateway, meter, line, command, detail) VALUES(" + std::to_string(i) +
               ", 1, 1, 'reading_quarantined', 'warning', 0, " + std::to_string(life.now.value) + ", 1, 1, '', 0, 'reason=backward; total=3')");
  };
  raise(1, 9);
  life.follow();
  life.send(Channel::sms);
  life.send(Channel::mail);
  CHECK(life.sms.texts.size() == 5);
  CHECK(life.mail.texts.size() == 5);
  CHECK(life.sms.texts.front() == "Site: a reading of meter 101 was not plausible and was not billed. Please check.");
  CHECK(life.count("message WHERE reason = 'backward'") == 8);
  life.now = life.now + kFloodWindow;
  life.send(Channel::sms);
  REQUIRE(life.sms.texts.size() == 6);
  CHECK(life.sms.texts.back() == "3 readings were not plausible and were not billed. Please check.");
}

TEST_CASE("messages: a delivery that is not accepted waits longer each time and is given up; a refused one ends at once") {
  Life life;
  life.buy(100);
  life.sms.answer = {Carried::End::again, "http_503"};
  life.read(15);
  life.follow();
  int rounds = 0;
  for (; life.count("delivery WHERE state = 'pending'") == 1 && rounds < 50; ++rounds) {
    life.send();
    life.now = life.now + base::hours(1);
  }
  CHECK(rounds == kMostAttempts);
  CHECK(life.count("delivery WHERE state = 'given_up' AND error = 'http_503' AND attempts = 12") == 1);
  CHECK(std::set<std::string>(life.sms.keys.begin(), life.sms.keys.end()).size() == 1);
  CHECK_FALSE(life.log.empty());
  for (const std::string& line : life.log) CHECK(line.find("138") == std::string::npos);  // no number in the log

  life.sms.answer = {Carried::End::refused, "http_422"};
  life.read(22);
  life.follow();
  life.send();
  CHECK(life.count("delivery WHERE state = 'failed' AND error = 'http_422' AND attempts = 1") == 1);
  CHECK(life.site.count("SELECT remaining FROM sms_stock") == 100);  // only what was accepted is used

  // A person sends it again: the other side sees a new key.
  const auto desk = open_message_desk(life.site.url(), 1, {}, nullptr);
  REQUIRE(desk);
  const std::int64_t id = life.site.count("SELECT id FROM delivery WHERE state = 'failed'");
  life.sms.answer = {Carried::End::accepted, {}};
  REQUIRE((*desk)->resend(Scope{1}, id, {life.now, 1, "chief", "", "resend_message", "", "", ""}));
  life.send();
  CHECK(life.sms.keys.back() == std::to_string(id) + "-1");
  CHECK(life.count("delivery WHERE state = 'sent'") == 1);
  const auto again = (*desk)->resend(Scope{1}, id, {life.now, 1, "chief", "", "resend_message", "", "", ""});
  REQUIRE_FALSE(again);
  CHECK(again.error().is(Errc::conflict));
}

TEST_CASE("messages: sm-packages: without a package nothing leaves, a tenth left and nothing left are told once, and what is sent counts down with it") {
  Life life;
  life.read(15);
  life.follow();
  life.send();
  CHECK(life.sms.texts.empty());
  CHECK(life.count("delivery WHERE state = 'no_package'") == 1);
  CHECK(life.count("inbox WHERE kind = 'sms_empty'") == 1);
  life.read(22);
  life.follow();
  life.send();
  CHECK(life.count("delivery WHERE state = 'no_package'") == 2);
  CHECK(life.count("inbox WHERE kind = 'sms_empty'") == 1);  // they know

  const auto desk = open_message_desk(life.site.url(), 1, {}, nullptr);
  REQUIRE(desk);
  SmsPackage package;
  package.key = "p1";
  package.count = 3;
  package.price = base::Money(300'000);
  package.by = "chief";
  package.at = life.now;
  const AuditEntry audit{life.now, 1, "chief", "", "buy_sms_package", "", "", ""};
  REQUIRE((*desk)->buy(Scope{1}, package, audit));
  CHECK((*desk)->buy(Scope{1}, package, audit).value_or(0) == (*desk)->buy(Scope{1}, package, audit).value_or(1));  // the same key: the same package
  package.count = 4;
  const auto other = (*desk)->buy(Scope{1}, package, audit);
  REQUIRE_FALSE(other);
  CHECK(other.error().is(Errc::key_reused));
  auto book = (*desk)->sms_book(Scope{1});
  REQUIRE(book);
  CHECK(book->stock.remaining == 3);

  life.sql("UPDATE delivery SET state = 'pending', ended_ms = NULL");
  life.sql("INSERT INTO subscriber(meter, number, name, mobile, mail, language, kinds) VALUES(1, 1, 'Ann', '13900000009', '', 'en', 'cut_off')");
  life.read(31);
  for (int i = 0; i < 4; ++i) life.obey();
  life.follow();
  life.send();
  CHECK(life.sms.texts.size() == 3);
  CHECK(life.count("delivery WHERE state = 'sent'") == 3);
  CHECK(life.count("delivery WHERE state = 'no_package'") == 1);
  book = (*desk)->sms_book(Scope{1});
  REQUIRE(book);
  CHECK(book->stock.remaining == 0);
  CHECK(book->bought == book->stock.remaining + book->stock.used);
  CHECK(life.count("inbox WHERE kind = 'sms_low'") == 1);
  CHECK(life.count("inbox WHERE kind = 'sms_empty'") == 2);
}

TEST_CASE("messages: a way that is not configured is said of each delivery, and nothing waits for it") {
  Life life;
  life.read(15);
  life.follow();
  Messenger courier({*life.store, nullptr, nullptr, [&] { return life.now; }, [](std::string_view) {}});
  CHECK(courier.send(Channel::sms).value_or(false));
  CHECK_FALSE(courier.send(Channel::sms).value_or(true));
  CHECK(life.count("delivery WHERE state = 'no_provider'") == 1);
}

TEST_CASE("messages: al-push-all: an announcement reaches every number once, in steps that a crash does not repeat") {
  Life life;
  life.buy(2000);
  std::string script;
  for (int i = 2; i <= 701; ++i)
    script += "INSERT INTO opening(id, organisation, site, key, meter, customer, mobile, unit, settlement_method, voltage, opened_on_ms, area, address, note, start_ms, start_total_e4,"
              " billed_e4, recharge, adjustment, at_ms, by) VALUES(" +
              std::to_string(i) + ", 1, 1, 'k" + std::to_string(i) + "', 1, 'x', '1390000" + std::to_string(1000 + i % 600) + "', '', 'cash', '', 0, '', '', '', 0, 0, 0, 0, 0, 0, 'x');";
  life.sql(script);
  const auto desk = open_message_desk(life.site.url(), 1, {}, &life.bell);
  REQUIRE(desk);
  NewAnnouncement words{"a1", "停水通知", "明天停水", std::nullopt, true, true, 0, 0};
  const auto counted = (*desk)->count(Scope{1}, words);
  REQUIRE(counted);
  CHECK(counted->households == 601);
  CHECK(counted->staff == 1);
  CHECK(counted->sms_remaining == 2000);
  const AuditEntry audit{life.now, 1, "chief", "", "announce", "", "", ""};
  const auto unconfirmed = (*desk)->announce(Scope{1}, words, audit);
  REQUIRE_FALSE(unconfirmed);
  CHECK(unconfirmed.error().is(Errc::conflict));
  words.households = 601;
  words.staff = 1;
  const auto id = (*desk)->announce(Scope{1}, words, audit);
  REQUIRE(id);
  CHECK((*desk)->announce(Scope{1}, words, audit).value_or(0) == *id);
  CHECK(life.count("inbox WHERE kind = 'announcement'") == 1);
  CHECK(life.bell.rung.count(life.chief) == 1);
  for (bool further = true; further;) {
    life.open();  // a restart between any two steps
    const auto step = life.store->announce(life.now);
    REQUIRE(step);
    further = *step;
  }
  CHECK(life.count("delivery WHERE kind = 'announcement'") == 601);
  life.send();
  CHECK(life.sms.texts.size() == 601);
  CHECK(life.sms.texts.front() == "明天停水");
  const auto page = (*desk)->announcements(Scope{1}, 1, 20);
  REQUIRE(page);
  REQUIRE(page->rows.size() == 1);
  CHECK(page->rows[0].sent == 601);
}

TEST_CASE("messages: what is old goes, the newest order's number stays") {
  Life life;
  life.fall();
  life.follow();
  CHECK_FALSE(life.store->clean(life.now).value_or(true));
  CHECK(life.store->clean(life.now + kMessagesKept + base::hours(1)).value_or(false));
  CHECK(life.count("message") == 0);
  CHECK(life.count("inbox") == 0);
  CHECK(life.count("switched") == 1);
  life.rise();
  life.follow();
  CHECK(life.count("message WHERE kind = 'reconnected'") == 1);
}

TEST_CASE("messages: what is switched by the clock is not told; water is called water") {
  Life life;
  life.fall();
  life.rise();
  life.sql("UPDATE command SET cause = 'scheduled', crossing = 0");
  life.sql("UPDATE meter SET kind = 'water'");
  life.follow();
  CHECK(life.count("message WHERE kind IN ('cut_off', 'reconnected')") == 0);
  CHECK(life.count("message WHERE kind IN ('low_balance_1', 'low_balance_2') AND meter_kind = 'water'") == 2);
}
