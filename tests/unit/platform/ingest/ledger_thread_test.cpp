#include "platform/ingest/ledger_thread.hpp"

#include <doctest/doctest.h>

using namespace anju;
using namespace anju::platform;

namespace {

constexpr base::UtcMillis kStart{1'764'000'000'000};

/// A store that remembers what it was given, and fails on request.
struct MemoryStore : LedgerStore {
  std::vector<Batch> batches;
  bool fails = false;
  base::Result<Loaded> load() override { return Loaded{}; }
  base::Result<> commit(const Batch& batch) override {
    if (fails) return base::fail(Errc::store_failed, "disk full");
    batches.push_back(batch);
    return {};
  }
  base::Result<std::optional<StoredRecharge>> find_recharge(std::int64_t, std::string_view) override { return std::nullopt; }
  base::Result<std::optional<SavedCommand>> find_command(std::int64_t, std::string_view) override { return std::nullopt; }
  base::Result<std::optional<StoredReading>> find_reading(std::int64_t) override { return std::nullopt; }
  base::Result<std::optional<StoredDocument>> find_document(std::int64_t, std::string_view) override { return std::nullopt; }
  base::Result<Boundary> find_boundary(std::int64_t) override { return Boundary{}; }
  base::Result<bool> names_meter(std::int64_t) override { return false; }
  base::Result<KnownSites> known_sites(std::string_view) override { return KnownSites{}; }
  base::Result<std::optional<std::string>> referrer_of_site(std::int64_t) override { return std::nullopt; }
};

struct Published {
  std::string topic, body;
  bool retained;
};

struct Bench {
  MemoryStore store;
  wire::GatewayKeys keys = *wire::derive_keys(std::string(64, 'a'));
  base::UtcMillis now = kStart;
  std::vector<Published> out;
  std::vector<std::string> failures, lines;
  bool revoked = false;
  LedgerThread thread;

  static Loaded one_site() {
    Loaded loaded;
    Site& site = loaded.sites.emplace_back();
    site.owner = {1, 1};
    site.code = "site";
    return loaded;
  }
  LedgerThreadPorts ports() {
    LedgerThreadPorts made;
    made.store = &store;
    made.keys = [this](const std::string& gateway) { return gateway == "gw" && !revoked ? std::optional(keys) : std::nullopt; };
    made.publish = [this](const std::string& topic, std::string_view payload, bool retained) {
      const auto body = wire::open(keys.down, topic, payload);
      REQUIRE(body);
      out.push_back({topic, std::string(*body), retained});
      return true;
    };
    made.clock = [this] { return now; };
    made.log = [this](const std::string& line) { lines.push_back(line); };
    made.failed = [this](const std::string& why) { failures.push_back(why); };
    return made;
  }

  Bench() : thread(one_site(), ports()) {
    order(CreateGateway{"site", "gw", "Gateway", 15, {{base::LineId("l1"), "tcp://127.0.0.1:1"}}});
    order(PutPricePlan{0, "plan", {PlanKind::total, base::Price(60'000), {}}});
    RegisterMeter meter;
    meter.gateway = "gw";
    meter.line = "l1";
    meter.device = meter.name = "m1";
    meter.address = "000000000001";
    meter.price_plan = 1;
    order(meter);
    out.clear();
    now = now + base::hours(1);
  }

  std::optional<Outcome> order(decltype(Order::what) what) {
    std::optional<Outcome> answer;
    thread.submit(Order{Scope{1}, "wang", now, std::move(what)}, [&answer](Outcome outcome) { answer = std::move(outcome); });
    thread.run_once();
    return answer;
  }
  void up(const std::string& body, const std::string& topic = "anju/v1/site/gw/up") { thread.receive(topic, wire::seal(keys.up, topic, body)); }
  std::string batch(std::int64_t seq, std::int64_t total) {
    return wire::encode(wire::UpBatch{"e1", seq, {wire::ReadingsEvent{{{base::DeviceId("m1"), now, wire::ReadingKind::interval, base::Quantity(total), {}}}}}});
  }
};

}  // namespace

TEST_CASE("ingest: many messages, one commit, one acknowledgement, and that after the commit") {
  Bench bench;
  const auto before = bench.store.batches.size();
  bench.up(bench.batch(1, 10'000));
  bench.up(bench.batch(2, 20'000));
  CHECK(bench.out.empty());
  bench.thread.run_once();
  CHECK(bench.store.batches.size() == before + 1);
  REQUIRE(bench.out.size() == 1);
  CHECK(bench.out[0].topic == "anju/v1/site/gw/down/ack");
  CHECK(*wire::decode_ack(bench.out[0].body) == wire::Ack{"e1", 2, false});
}

TEST_CASE("ingest: a failed commit lets nothing out, and nothing is decided any more") {
  Bench bench;
  bench.store.fails = true;
  bench.up(bench.batch(1, 10'000));
  bench.thread.run_once();
  CHECK(bench.out.empty());
  REQUIRE(bench.failures.size() == 1);
  CHECK(bench.failures[0].find("disk full") != std::string::npos);
  bench.store.fails = false;
  bench.up(bench.batch(2, 20'000));
  bench.thread.run_once();
  CHECK(bench.out.empty());
  CHECK(bench.failures.size() == 1);
  const auto refused = bench.order(CancelCommand{"x"});
  REQUIRE(refused);
  CHECK(refused->error().is(Errc::stopping));
}

TEST_CASE("ingest: a forged, moved or foreign message is refused and not acknowledged") {
  Bench bench;
  const auto before = bench.thread.statistics().refused;
  const std::string topic = "anju/v1/site/gw/up";
  bench.thread.receive(topic, wire::seal(bench.keys.down, topic, bench.batch(1, 10'000)));
  bench.thread.receive(topic, wire::seal(bench.keys.up, "anju/v1/other/gw/up", bench.batch(1, 10'000)));
  bench.thread.receive(topic, bench.batch(1, 10'000));
  bench.up(bench.batch(1, 10'000), "anju/v1/other/gw/up");
  bench.up(bench.batch(1, 10'000), "anju/v1/site/nobody/up");
  bench.thread.run_once();
  CHECK(bench.thread.statistics().refused == before + 5);
  CHECK(bench.out.empty());
}

TEST_CASE("ingest: an event of a newer gateway is quarantined, its neighbours are applied, all are acknowledged") {
  Bench bench;
  std::string body = bench.batch(1, 10'000);
  const std::string events = "\"events\":[";
  body.insert(body.find(events) + events.size(), "{\"type\":\"door\",\"open\":true},");
  bench.up(body);
  bench.thread.run_once();
  REQUIRE(bench.out.size() == 1);
  CHECK(wire::decode_ack(bench.out[0].body)->through == 2);
  const Batch& stored = bench.store.batches.back();
  REQUIRE(stored.quarantined.size() == 1);
  CHECK(stored.quarantined[0].reason == "unknown_kind");
  CHECK(stored.readings.size() == 1);
}

TEST_CASE("ingest: an old event is acknowledged again, because the first answer may be lost") {
  Bench bench;
  bench.up(bench.batch(1, 10'000));
  bench.thread.run_once();
  const auto commits = bench.store.batches.size();
  bench.up(bench.batch(1, 10'000));
  bench.thread.run_once();
  CHECK(bench.store.batches.size() == commits);
  REQUIRE(bench.out.size() == 2);
  CHECK(bench.out[1].body == bench.out[0].body);
}

TEST_CASE("ingest: a gateway that comes online is told how far its stream is stored, and gets its archive when it has another") {
  Bench bench;
  bench.order(Recharge{"k", 1, base::Money(50'000'000), PayMethod::cash, ""});
  bench.up(bench.batch(1, 10'000));
  bench.thread.run_once();
  bench.out.clear();
  wire::GatewayState state;
  state.online = true;
  state.epoch = "e1";
  state.at = bench.now;
  bench.up(wire::encode(state), "anju/v1/site/gw/state");
  bench.thread.run_once();
  REQUIRE(bench.out.size() == 2);
  CHECK(wire::decode_ack(bench.out[0].body)->through == 1);
  CHECK(bench.out[1].topic == "anju/v1/site/gw/down/archive");
  CHECK(bench.out[1].retained);
  CHECK(wire::decode_archive(bench.out[1].body)->devices.size() == 1);
  REQUIRE(bench.thread.word("gw"));
  CHECK(bench.thread.word("gw")->state.online);
}

TEST_CASE("ingest: messages that fill their part of the queue are dropped, people are still heard until theirs is full, too") {
  Bench bench;
  for (std::size_t i = 0; i < Inbox::kMostEntries; ++i) bench.thread.receive("t", "x");
  CHECK(bench.thread.statistics().dropped == Inbox::kForPeople);
  const Order order{Scope{1}, "wang", bench.now, CancelCommand{"x"}};
  std::size_t busy = 0, not_found = 0;
  const auto answer = [&](const Outcome& outcome) { ++(outcome.error().is(Errc::busy) ? busy : not_found); };
  for (std::size_t i = 0; i < Inbox::kForPeople + 1; ++i) bench.thread.submit(order, answer);
  CHECK(busy == 1);
  bench.thread.run_once();
  CHECK(not_found == Inbox::kForPeople);
  CHECK(bench.order(CancelCommand{"x"})->error().is(Errc::not_found));
}

TEST_CASE("ingest: stopping decides what has arrived and answers every order") {
  Bench bench;
  std::optional<Outcome> before, after;
  bench.thread.submit(Order{Scope{1}, "wang", bench.now, CancelCommand{"x"}}, [&](Outcome outcome) { before = std::move(outcome); });
  bench.thread.start();
  bench.thread.stop();
  REQUIRE(before);
  CHECK(before->error().is(Errc::not_found));
  bench.thread.submit(Order{Scope{1}, "wang", bench.now, CancelCommand{"x"}}, [&](Outcome outcome) { after = std::move(outcome); });
  REQUIRE(after);
  CHECK(after->error().is(Errc::stopping));
}

TEST_CASE("ingest: the audit row of an order is part of its commit; a refused order has none") {
  Bench bench;
  AuditEntry entry;
  entry.who = "wang";
  const auto ask = [&](decltype(Order::what) what) {
    Order order{Scope{1}, "wang", bench.now, std::move(what), entry};
    bench.thread.submit(std::move(order), [](const Outcome&) {});
    bench.thread.run_once();
  };
  ask(Recharge{"k", 1, base::Money(1'000'000), PayMethod::cash, ""});
  REQUIRE(bench.store.batches.back().audit.size() == 1);
  CHECK(bench.store.batches.back().audit[0].result == "ok");
  CHECK(bench.store.batches.back().recharges.size() == 1);
  const auto commits = bench.store.batches.size();
  ask(CancelCommand{"x"});
  CHECK(bench.store.batches.size() == commits);
}

TEST_CASE("ingest: a topic that is not ours does not come into the log") {
  Bench bench;
  bench.thread.receive("anju/v1/x\nplatform: all is well/gw/up", "x");
  bench.thread.run_once();
  REQUIRE(bench.lines.size() == 1);
  CHECK(bench.lines[0].find('\n') == std::string::npos);
}

TEST_CASE("ingest: a box that was replaced is refused from its next message on, and the new one is heard at once") {
  Bench bench;
  bench.up(bench.batch(1, 10'000));
  bench.thread.run_once();
  CHECK(bench.thread.statistics().refused == 0);
  const wire::GatewayKeys old = bench.keys;
  bench.keys = *wire::derive_keys(std::string(64, 'b'));
  bench.out.clear();
  bench.thread.key_changed("gw");
  bench.thread.run_once();
  REQUIRE(bench.out.size() == 1);  // sealed with the new key, or the bench could not open it
  CHECK(bench.out[0].topic == "anju/v1/site/gw/down/archive");
  CHECK(bench.out[0].retained);
  bench.thread.key_changed("nobody");
  const std::string topic = "anju/v1/site/gw/up";
  bench.thread.receive(topic, wire::seal(old.up, topic, bench.batch(2, 20'000)));
  bench.thread.run_once();
  CHECK(bench.thread.statistics().refused == 1);
  CHECK(bench.lines.back().find("bad_mac") != std::string::npos);
  bench.up(bench.batch(2, 20'000));
  bench.thread.run_once();
  CHECK(bench.thread.statistics().refused == 1);
}

TEST_CASE("ingest: a gateway whose key was revoked is refused from its next message on, and offline at once") {
  Bench bench;
  const std::string on = "anju/v1/site/gw/state";
  const auto say = [&](base::UtcMillis at) {
    wire::GatewayState state;
    state.online = true;
    state.software = "test";
    state.epoch = "e1";
    state.at = at;
    bench.thread.receive(on, wire::seal(bench.keys.up, on, wire::encode(state)));
    bench.thread.run_once();
    return bench.thread.word("gw");
  };
  REQUIRE(say(bench.now)->state.online);
  bench.revoked = true;
  bench.thread.key_changed("gw");
  bench.thread.run_once();
  CHECK_FALSE(bench.thread.word("gw")->state.online);
  const auto refused = bench.thread.statistics().refused;
  const auto sent = bench.out.size();
  CHECK_FALSE(say(bench.now)->state.online);
  CHECK(bench.thread.statistics().refused == refused + 1);
  CHECK(bench.lines.back().find("no key of this gateway") != std::string::npos);
  CHECK(bench.out.size() == sent);
  // The box that is enrolled next is heard, though its clock is a little behind.
  bench.revoked = false;
  bench.keys = *wire::derive_keys(std::string(64, 'b'));
  bench.thread.key_changed("gw");
  bench.thread.run_once();
  CHECK(say(bench.now + base::Millis(1))->state.online);
}

TEST_CASE("ingest: a key that was taken away is not believed for longer than a minute, nor spoken with") {
  Bench bench;
  bench.up(bench.batch(1, 10'000));
  bench.thread.run_once();
  REQUIRE(bench.out.size() == 1);
  bench.revoked = true;
  bench.now = bench.now + LedgerThread::kKeysFor;
  const auto refused = bench.thread.statistics().refused;
  bench.up(bench.batch(2, 20'000));
  bench.thread.run_once();
  CHECK(bench.thread.statistics().refused == refused + 1);
  CHECK(bench.out.size() == 1);
  bench.revoked = false;
  bench.up(bench.batch(2, 20'000));
  bench.thread.run_once();
  CHECK(bench.out.size() == 2);
}
