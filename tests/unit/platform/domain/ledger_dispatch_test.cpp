// 数据下发: what is in a gateway's archive, by whose word, and what scans found on site.

#include <algorithm>

#include "platform/domain/dispatch.hpp"
#include "tests/unit/platform/domain/site_fixture.hpp"

using namespace anju;
using namespace anju::platform;

namespace {

constexpr std::int64_t kKwh = 10'000;

struct DispatchSite : SiteFixture {
  RegisterMeter draft(const std::string& device, const std::string& address) {
    RegisterMeter what;
    what.gateway = "gw";
    what.line = "l1";
    what.device = what.name = device;
    what.address = address;
    what.price_plan = 1;
    what.dispatch = false;
    return what;
  }
  std::int64_t prepare(const std::string& device, const std::string& address) {
    const auto made = ask(draft(device, address));
    REQUIRE(made);
    return std::get<Created>(*made).id;
  }
  bool sent_to_gateway(const std::string& device) {
    const auto archive = ledger.archive_of(1);
    return std::any_of(archive->devices.begin(), archive->devices.end(), [&](const auto& one) { return one.id.value == device; });
  }
  std::int64_t version() { return ledger.archive_of(1)->version; }
  std::int64_t acked = 0;
  /// As the gateway says it; seq: how far its stream goes.
  void hold(std::int64_t archive, std::int64_t through) {
    wire::GatewayState state;
    state.online = true;
    state.at = now = now + base::seconds(1);
    state.epoch = "e1";
    state.archive_version = archive;
    state.last_seq = through;
    hear(state);
  }
  /// What a person is shown.
  DispatchState shown(std::int64_t id) {
    for (const Gateway& row : last.gateways) acked = row.archive_acked;
    const bool refused = std::any_of(alarms.begin(), alarms.end(), [&](const Alarm& a) {
      return a.code == "bad_device" && a.meter == id && a.active && std::none_of(alarms.begin(), alarms.end(), [&](const Alarm& b) { return b.id == a.id && !b.active; });
    });
    return state_of(ledger.meter(id)->dispatch, acked, refused);
  }
  void refuse(const std::string& device) { event(wire::AlarmEvent{"bad_device", base::DeviceId(device), {}, now, true, "reason=unknown_profile"}); }
  void open_account(std::int64_t id) {
    OpenAccount what;
    what.key = "open-" + std::to_string(id);
    what.meter = id;
    what.price_plan = 1;
    what.household.customer = "李秀英";
    REQUIRE(ask(what));
  }
  void refused(const Outcome& outcome, Errc code, const std::string& where) {
    REQUIRE_FALSE(outcome);
    CHECK(outcome.error().is(code));
    CHECK(outcome.error().where == where);
  }
};

wire::FoundDevice found(const std::string& address, const std::string& dialect = "dlt645-2007") {
  wire::FoundDevice device;
  device.dialect = dialect;
  device.address = address;
  return device;
}

}  // namespace

TEST_CASE("dispatch: what a person is shown follows from versions, never from hope") {
  using enum DispatchState;
  struct Row {
    Dispatch dispatch;
    std::int64_t acked;
    bool refused;
    DispatchState shown;
  };
  for (const Row& row : {Row{{false, 0}, 7, false, prepared}, Row{{false, 0}, 0, false, prepared}, Row{{true, 8}, 7, false, dispatched}, Row{{true, 8}, 8, false, confirmed},
                         Row{{true, 8}, 9, false, confirmed}, Row{{true, 8}, 0, false, dispatched}, Row{{true, 0}, 0, false, dispatched}, Row{{true, 8}, 8, true, refused},
                         Row{{false, 9}, 8, false, withdrawing}, Row{{false, 9}, 9, false, prepared}, Row{{false, 9}, 9, true, prepared}})
    CHECK_MESSAGE(state_of(row.dispatch, row.acked, row.refused) == row.shown, to_string(row.shown));
}

TEST_CASE("con-dispatch-status: a prepared meter is known to the office only; dispatching puts it into the archive, the gateway's word confirms it") {
  DispatchSite site;
  const std::int64_t before = site.version();
  const std::int64_t id = site.prepare("m2", "000000000002");
  CHECK(site.version() == before);
  CHECK_FALSE(site.sent_to_gateway("m2"));
  CHECK(site.shown(id) == DispatchState::prepared);
  site.refused(site.ask(OrderCommand{"c1", id, Ask::read, "", 0}), Errc::not_dispatched, "meter");
  site.refused(site.ask(WithdrawMeter{id}), Errc::conflict, "dispatch");

  REQUIRE(site.ask(DispatchMeter{id}));
  CHECK(site.version() == before + 1);
  CHECK(site.sent_to_gateway("m2"));
  CHECK(site.shown(id) == DispatchState::dispatched);
  site.refused(site.ask(DispatchMeter{id}), Errc::conflict, "dispatch");
  CHECK(site.version() == before + 1);
  site.hold(before, 0);  // an older one
  CHECK(site.shown(id) == DispatchState::dispatched);
  site.hold(before + 1, 0);
  CHECK(site.shown(id) == DispatchState::confirmed);
  CHECK(site.ask(OrderCommand{"c2", id, Ask::read, "", 0}));
}

TEST_CASE("con-dispatch-status: registering at once is preparing and dispatching in one, and a box that lost its archive confirms nothing") {
  DispatchSite site;
  CHECK(site.sent_to_gateway("m1"));
  CHECK(site.shown(site.meter) == DispatchState::dispatched);  // the fixture's gateway speaks for no stream
  site.hold(2, 0);
  CHECK(site.shown(site.meter) == DispatchState::confirmed);
  site.hold(0, 0);
  CHECK(site.shown(site.meter) == DispatchState::dispatched);
  site.hold(99, 0);  // of books that were lost: it gets a higher one first
  CHECK(site.shown(site.meter) == DispatchState::dispatched);
  CHECK(site.version() == 100);
  site.hold(100, 0);
  CHECK(site.shown(site.meter) == DispatchState::confirmed);
}

TEST_CASE("con-dispatch-status: what the gateway refuses is told before it is called confirmed, and may be sent again") {
  DispatchSite site;
  const std::int64_t id = site.prepare("m2", "000000000002");
  REQUIRE(site.ask(DispatchMeter{id}));
  // It holds the archive and has an event on its way, which says that it cannot use an entry of it.
  site.hold(site.version(), site.seq + 1);
  CHECK(site.shown(id) == DispatchState::dispatched);
  site.refuse("m2");
  CHECK(site.shown(id) == DispatchState::refused);
  CHECK(site.shown(site.meter) == DispatchState::confirmed);

  REQUIRE(site.ask(DispatchMeter{id}));
  CHECK(site.shown(id) == DispatchState::dispatched);
  site.hold(site.version(), site.seq);
  CHECK(site.shown(id) == DispatchState::confirmed);
  // A file that was put beside the others makes it usable without a word about it.
  site.refuse("m2");
  CHECK(site.shown(id) == DispatchState::refused);
  site.event(wire::StatusEvent{base::DeviceId("m2"), site.now, true, wire::Relay::closed, false, {}});
  CHECK(site.shown(id) == DispatchState::confirmed);
}

TEST_CASE("con-dispatch-status: withdrawing takes a meter out of the archive and nothing else: no cut-off, no order, no lost energy") {
  DispatchSite site;
  site.hold(2, 0);
  site.status(wire::Relay::closed);
  site.pass(base::minutes(15));
  site.read(10 * kKwh);
  const base::Money balance = site.balance();
  REQUIRE(balance.micro_yuan < 0);
  // In arrears, so an order to cut it off is under way; nobody has the account yet.
  REQUIRE_FALSE(site.sent.empty());
  site.refused(site.ask(WithdrawMeter{site.meter}), Errc::has_history, "switch");
  REQUIRE(site.recharge("r1", 100'000'000));
  site.answer(site.newest_sent(), wire::CommandPhase::verified, wire::Relay::closed);
  REQUIRE(site.state().supply.ordered == RelayOrder::nothing);
  REQUIRE(site.command("c1", Ask::read));
  const std::size_t sent = site.sent.size(), crossings = site.crossings.size();
  const base::Money paid = site.balance();

  REQUIRE(site.ask(WithdrawMeter{site.meter}));
  CHECK_FALSE(site.sent_to_gateway("m1"));
  CHECK(site.shown(site.meter) == DispatchState::withdrawing);
  CHECK_FALSE(site.state().supply.reachable);
  CHECK(site.state().supply.relay == wire::Relay::unknown);
  CHECK(std::any_of(site.last.commands.begin(), site.last.commands.end(), [](const SavedCommand& row) { return row.command.code == "c1" && row.command.state == CommandState::cancelled; }));
  site.refused(site.ask(WithdrawMeter{site.meter}), Errc::conflict, "dispatch");
  // What the gateway said before it heard of it, and hours in which the books sink below zero.
  site.status(wire::Relay::open);
  CHECK_FALSE(site.state().supply.reachable);
  site.hold(site.version(), site.seq);
  CHECK(site.shown(site.meter) == DispatchState::prepared);
  REQUIRE(site.ask(AdjustBalance{"a1", site.meter, base::Money(-200'000'000), paid, "x"}));
  site.pass(base::hours(5));
  CHECK(site.balance().micro_yuan < 0);
  CHECK(site.state().supply.reason == WantedReason::none);
  CHECK(site.sent.size() == sent);
  CHECK(site.crossings.size() == crossings);

  // Sent again: what it counted meanwhile is billed, and what its account says holds again.
  REQUIRE(site.ask(DispatchMeter{site.meter}));
  site.hold(site.version(), site.seq);
  const base::Money below = site.balance();
  site.status(wire::Relay::closed);
  site.read(30 * kKwh);
  CHECK(site.balance() == below - base::Money(20 * 600'000));
  CHECK(site.state().supply.reason == WantedReason::arrears);
  CHECK(site.newest_sent().kind == wire::CommandKind::trip);
}

TEST_CASE("con-dispatch-status: taking back the meter of a household asks for a confirmation and changes nothing without") {
  DispatchSite site;
  site.read(0);
  site.open_account(site.meter);
  const std::int64_t version = site.version();
  site.refused(site.ask(WithdrawMeter{site.meter}), Errc::needs_confirmation, "opening");
  CHECK(site.version() == version);
  CHECK(site.sent_to_gateway("m1"));
  REQUIRE(site.ask(WithdrawMeter{site.meter, true}));
  CHECK_FALSE(site.sent_to_gateway("m1"));
  CHECK(site.balance() == base::Money(0));
  CHECK(site.state().opening != 0);
}

TEST_CASE("con-dispatch-status: prepared and never sent, a meter is deleted without a trace in the archive; a disabled community sends nothing") {
  DispatchSite site;
  const std::int64_t id = site.prepare("m2", "000000000002");
  site.refused(site.ask(site.draft("m3", "000000000002")), Errc::conflict, "address");
  REQUIRE(site.ask(EnableSite{1, false}));
  site.refused(site.ask(DispatchMeter{id}), Errc::disabled, "site");
  REQUIRE(site.ask(RemoveMeter{id}));
  CHECK(site.ledger.meter(id) == nullptr);
  site.refused(site.ask(DispatchMeter{id}), Errc::not_found, "meter");
  site.refused(site.ask(WithdrawMeter{id}), Errc::not_found, "meter");
}

TEST_CASE("con-meter-register: the fee of a prepared meter is counted from its start reading on, whenever it is dispatched") {
  DispatchSite site;
  RegisterMeter what = site.draft("m2", "000000000002");
  what.start.total = base::Quantity(100 * kKwh);
  const auto made = site.ask(what);
  REQUIRE(made);
  const std::int64_t id = std::get<Created>(*made).id;
  site.pass(base::hours(48));
  REQUIRE(site.ask(DispatchMeter{id}));
  site.read(103 * kKwh, {}, "m2");
  CHECK(site.ledger.meter(id)->account.balance == base::Money(-3 * 600'000));
}

TEST_CASE("con-meter-link-params: a line that has one format for all refuses another by its field, others take it") {
  DispatchSite site;
  REQUIRE(site.ask(CreateGateway{"site", "gw2", "Gateway", 15,
                                 {{base::LineId("serial"), "serial:///dev/ttyS1?baud=2400&format=8E1"}, {base::LineId("server"), "tcp://10.0.0.7:4001?baud=9600&format=8N1"},
                                  {base::LineId("silent"), "tcp://10.0.0.7:4002"}, {base::LineId("network"), "modbus-tcp://10.0.0.8:502"}}}));
  int made = 0;
  const auto with = [&](const char* line, std::optional<std::int64_t> baud, const char* format, bool modbus = false) {
    ++made;
    RegisterMeter what = site.draft("d" + std::to_string(made), modbus ? std::to_string(made) : "0000000001" + std::to_string(10 + made));
    what.gateway = "gw2";
    what.line = line;
    what.baud = baud;
    what.profile.format = format;
    if (modbus) {
      what.profile.dialect = "modbus";
      what.profile.model = "eastron-sdm120";
    }
    return site.ask(what);
  };
  CHECK(with("serial", 4800, "8N1"));
  CHECK(with("serial", {}, "7O2"));
  CHECK(with("server", 9600, "8N1"));
  CHECK(with("silent", 2400, "8E1"));
  site.refused(with("serial", {}, "8X1"), Errc::bad_field, "profile.format");
  site.refused(with("serial", 299, ""), Errc::bad_field, "baud");
  site.refused(with("server", 2400, ""), Errc::bad_field, "baud");
  site.refused(with("server", {}, "8E1"), Errc::bad_field, "profile.format");
  CHECK(with("network", {}, "", true));
  site.refused(with("network", 9600, "", true), Errc::bad_field, "baud");
  site.refused(with("network", {}, "8N1", true), Errc::bad_field, "profile.format");
  // It travels with the archive.
  for (const auto& device : {"d1", "d2"}) REQUIRE(site.ask(DispatchMeter{site.ledger.meter(std::string_view(device) == "d1" ? 2 : 3)->id}));
  const auto archive = site.ledger.archive_of(2);
  REQUIRE(archive->devices.size() == 2);
  CHECK(archive->devices[0].profile.format == "8N1");
  CHECK(archive->devices[0].baud == 4800);
  CHECK(archive->devices[1].profile.format == "7O2");
}

TEST_CASE("con-bind: what a scan found is kept once per line, protocol and address, the newest word wins") {
  DispatchSite site;
  site.event(wire::FoundEvent{base::LineId("l1"), site.now, {found("000000000009"), found("17", "modbus"), found("3378001234560a", "cjt188")}});
  REQUIRE(site.last.found.size() == 3);
  CHECK(site.last.found[2].device.address == "3378001234560A");  // as meters have it
  const auto first = site.last.found[0];
  CHECK(first.gateway == 1);
  CHECK(first.owner == Owner{1, 1});
  site.pass(base::minutes(10));
  auto newer = found("000000000009");
  newer.total = base::Quantity(5 * kKwh);
  site.event(wire::FoundEvent{base::LineId("l1"), site.now, {newer}});
  REQUIRE(site.last.found.size() == 1);
  CHECK(site.last.found[0].id == first.id);
  CHECK(site.last.found[0].device.total == base::Quantity(5 * kKwh));
  // An old card tells it once more; a clock that runs ahead is not believed.
  site.event(wire::FoundEvent{base::LineId("l1"), first.seen, {found("000000000009")}});
  CHECK(site.last.found.empty());
  site.event(wire::FoundEvent{base::LineId("l1"), site.now + base::hours(9), {newer}});
  CHECK(site.last.found[0].seen == site.now);
  // Of a line that nobody knows it could not be bound: it is kept as evidence.
  site.event(wire::FoundEvent{base::LineId("l9"), site.now, {newer}});
  CHECK(site.last.found.empty());
  REQUIRE(site.last.quarantined.size() == 1);
}

TEST_CASE("con-bind: what was dismissed stays dismissed whatever scans say, until a person says otherwise") {
  DispatchSite site;
  site.event(wire::FoundEvent{base::LineId("l1"), site.now, {found("000000000009")}});
  const std::int64_t id = site.last.found.front().id;
  site.refused(site.ask(DismissFound{"gw", id + 1}), Errc::not_found, "found");
  site.refused(site.ask(DismissFound{"nobody", id}), Errc::not_found, "gateway");
  REQUIRE(site.ask(DismissFound{"gw", id}));
  CHECK(site.last.found.front().dismissed);
  site.pass(base::minutes(10));
  site.event(wire::FoundEvent{base::LineId("l1"), site.now, {found("000000000009")}});
  REQUIRE(site.last.found.size() == 1);
  CHECK(site.last.found.front().dismissed);
  REQUIRE(site.ask(DismissFound{"gw", id, false}));
  CHECK_FALSE(site.last.found.front().dismissed);
}

TEST_CASE("con-bind: a gateway that finds without end fills nothing: the oldest makes room, but not what a person dismissed") {
  DispatchSite site;
  const auto fill = [&](std::size_t from, std::size_t count) {
    std::vector<std::int64_t> ids;
    for (std::size_t i = from; i < from + count;) {
      wire::FoundEvent event{base::LineId("l1"), site.now, {}};
      for (; i < from + count && event.devices.size() < wire::kMostFound; ++i) event.devices.push_back(found(std::to_string(100'000'000'000 + i)));
      site.event(event);
      for (const Found& row : site.last.found) ids.push_back(row.id);
    }
    return ids;
  };
  const auto oldest = fill(0, 2);
  REQUIRE(site.ask(DismissFound{"gw", oldest[0]}));
  site.pass(base::minutes(1));
  fill(2, kFoundPerGateway - 2);
  CHECK(site.last.found_forgotten.empty());
  site.pass(base::minutes(1));
  fill(5'000, 1);
  REQUIRE(site.last.found_forgotten.size() == 1);
  CHECK(site.last.found_forgotten.front() == oldest[1]);
  CHECK(site.last.found.size() == 1);
}
