#include "tests/unit/platform/store/scratch_database.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <random>

#include "platform/store/journal_tables.hpp"
#include "platform/store/question.hpp"

namespace anju::platform {
namespace {

/// The cluster's url with another database: "postgresql://user@host/NAME?…".
std::string with_database(const std::string& cluster, const std::string& name) {
  const auto authority = cluster.find("//") + 2;
  const auto path = std::min(cluster.find('/', authority), cluster.find('?', authority));
  const auto rest = cluster.find('?', authority);
  return cluster.substr(0, path) + "/" + name + (rest == std::string::npos ? std::string() : cluster.substr(rest));
}

void on_cluster(const std::string& script) {
  soci::session session;
  const auto opened = open_session(session, with_database(test_cluster(), "postgres"));
  REQUIRE_MESSAGE(opened, (opened ? std::string() : opened.error().where));
  run_script(session, script);
}

/// Migrated once per process, copied for every test, dropped at the end.
struct Template {
  std::string name = "anju_template_" + std::to_string(getpid());
  Template() {
    on_cluster("CREATE DATABASE " + name + " TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'");
    soci::session session;
    REQUIRE(open_session(session, with_database(test_cluster(), name)));
    const auto migrated = migrate(session);
    REQUIRE_MESSAGE(migrated, (migrated ? std::string() : migrated.error().where));
  }
};

}  // namespace

const char* test_cluster() { return std::getenv("ANJU_TEST_POSTGRESQL"); }

ScratchDatabase::ScratchDatabase() {
  if (test_cluster() == nullptr) {
    folder_ = (std::filesystem::temp_directory_path() / "anju-store-XXXXXX").string();
    REQUIRE(mkdtemp(folder_.data()) != nullptr);
    url_ = "sqlite:" + folder_ + "/anju.db";
    return;
  }
  static const Template copied;
  static int made = 0;
  database_ = copied.name + "_" + std::to_string(++made);
  // FILE_COPY: a template of a few megabytes is copied sooner than logged, where nothing is flushed.
  on_cluster("CREATE DATABASE " + database_ + " TEMPLATE " + copied.name + " STRATEGY FILE_COPY");
  url_ = with_database(test_cluster(), database_);
}

ScratchDatabase::~ScratchDatabase() {
  std::error_code ignored;
  if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
  if (!database_.empty()) on_cluster("DROP DATABASE " + database_ + " WITH (FORCE)");
}

void drop_triggers(soci::session& session) {
  const std::string all = test_cluster() == nullptr
                              ? "SELECT 'DROP TRIGGER ' || name FROM sqlite_master WHERE type = 'trigger'"
                              : "SELECT 'DROP TRIGGER ' || tgname || ' ON ' || tgrelid::regclass FROM pg_trigger WHERE NOT tgisinternal";
  std::vector<std::string> drops;
  Select row(session, 1, all);
  while (row.next()) drops.push_back(row.text());
  REQUIRE_FALSE(drops.empty());
  for (const std::string& drop : drops) run_script(session, drop);
}

StoredSite::StoredSite() {
  REQUIRE(add_site(url(), {"Anju", "site", "Site", 480, 100'000}, now));
  auto opened = open_ledger_store(url(), 100);  // small blocks, so that a day fills some
  REQUIRE(opened);
  store = std::move(*opened);
  loaded = reload();
  ledger = std::make_unique<Ledger>(loaded, *store);
}

Loaded StoredSite::reload() {
  auto all = store->load();
  REQUIRE_MESSAGE(all, (all ? std::string() : all.error().where));
  return std::move(*all);
}

std::int64_t StoredSite::count(const std::string& query) {
  soci::session session;
  REQUIRE(open_session(session, url(), true));
  if (query.find("reading") == std::string::npos && query.find("transfer") == std::string::npos) return Question(session).text(query).number();
  engine_of(session).allow_own_tables(session);
  soci::transaction laid_out(session);
  lay_out_journal(session, [](const std::string& wrong) { FAIL(wrong); });
  return Question(session).text(query).number();
}

void StoredSite::commit() {
  ledger->tick(now);
  Batch batch;
  Effects effects;
  ledger->collect(batch, effects);
  if (batch.empty()) return;
  const auto committed = store->commit(batch);
  REQUIRE_MESSAGE(committed, (committed ? std::string() : committed.error().where));
  for (const auto& send : effects.commands) inbox.push_back(send.command);
}

void StoredSite::ask(decltype(Order::what) what) {
  const auto outcome = ledger->decide(Order{Scope{1}, "wang", now, std::move(what)}, now);
  REQUIRE_MESSAGE(outcome, (outcome ? std::string() : std::string(outcome.error().code) + " " + outcome.error().where));
}

void StoredSite::live_a_day(unsigned seed) {
  std::mt19937_64 random(seed);
  const auto below = [&random](std::uint64_t most) { return static_cast<std::int64_t>(random() % most); };
  ask(CreateGateway{"site", "gw", "Gateway", 15, {{base::LineId("l1"), "tcp://127.0.0.1:1"}}});
  ask(PutPricePlan{0, "one price", {PlanKind::total, base::Price(61'234), {}}});
  ask(PutPricePlan{0, "four prices", {PlanKind::tou, {}, {base::Price(120'001), base::Price(90'003), base::Price(60'007), base::Price(30'011)}}});
  std::array<std::int64_t, 3> fine{};  // 1e-6 kWh
  for (int i = 0; i < 3; ++i) {
    RegisterMeter meter;
    meter.gateway = "gw";
    meter.line = "l1";
    meter.device = "m" + std::to_string(i + 1);
    meter.name = meter.device;
    meter.address = "00000000000" + std::to_string(i + 1);
    meter.price_plan = i == 1 ? 2 : 1;
    meter.settings.mode = i == 2 ? MeterMode::reading : MeterMode::prepaid;
    meter.start.total = base::Quantity(5'000'000);
    if (i == 1) meter.start.tariffs = Tariffs{};
    ask(meter);
  }
  wire::GatewayState state;
  state.online = true;
  state.at = now;
  state.archive_version = 4;
  ledger->hear_state(1, state, now);
  commit();
  std::array<std::array<std::int64_t, 4>, 3> parts{};
  for (int step = 0; step < 192; ++step) {
    now = now + base::minutes(15);
    std::vector<wire::Event> events;
    for (std::size_t i = 0; i < 3; ++i) {
      const std::int64_t used = below(400'000);
      fine[i] += used;
      parts[i][static_cast<std::size_t>(below(4))] += used;
      wire::Reading reading{base::DeviceId("m" + std::to_string(i + 1)), now - base::seconds(3), wire::ReadingKind::interval,
                            base::Quantity(5'000'000 + fine[i] / 10'000 * 100), {}};
      if (below(5) != 0) {
        reading.tariffs.emplace();
        for (std::size_t k = 0; k < 4; ++k) (*reading.tariffs)[k] = base::Quantity(parts[i][k] / 10'000 * 100);
      }
      if (below(40) == 0) reading.total = base::Quantity(below(9'000'000'000));
      events.push_back(wire::ReadingsEvent{{reading}});
      if (below(30) == 0) events.push_back(wire::ReadingsEvent{{reading}});
    }
    if (step % 96 == 32) {
      events.push_back(wire::ReadingsEvent{{{base::DeviceId("m1"), base::UtcMillis(now.value - now.value % 86'400'000 - 8 * 3'600'000),
                                             wire::ReadingKind::daily_freeze, base::Quantity(5'000'000), {}}}});
    }
    for (const wire::Command& command : inbox) {
      const bool fails = below(6) == 0;
      wire::Relay relay = wire::Relay::unknown;
      if (command.kind == wire::CommandKind::trip) relay = wire::Relay::open;
      if (command.kind == wire::CommandKind::close) relay = wire::Relay::closed;
      events.push_back(wire::CommandEvent{command.id, command.device, now,
                                          fails ? wire::CommandPhase::failed : wire::CommandPhase::verified,
                                          fails ? "no_answer" : "", fails ? wire::Relay::unknown : relay});
    }
    inbox.clear();
    const std::int64_t from = std::max<std::int64_t>(1, seq - below(3));  // some of it twice
    std::vector<wire::Event> sent(static_cast<std::size_t>(seq + 1 - from), wire::Event(wire::ReadingsEvent{}));
    sent.insert(sent.end(), events.begin(), events.end());
    ledger->take(1, "e1", from, sent, now);
    seq += static_cast<std::int64_t>(events.size());
    if (step % 24 == 0) ask(Recharge{"r-1-" + std::to_string(step), 1, base::Money(step == 0 ? 20'000'000 : 1 + below(9'000'000)), PayMethod::wechat, "n"});
    if (step % 30 == 0) ask(Recharge{"r-2-" + std::to_string(step), 2, base::Money(1 + below(4'000'000)), PayMethod::free, ""});
    if (step == 60) ask(OrderCommand{"trip-1", 1, Ask::trip, "", 0});
    if (step == 70) ask(OrderCommand{"release-1", 1, Ask::release, "", 0});
    if (step == 90) ask(PutPricePlan{1, "one price", {PlanKind::total, base::Price(71'001), {}}});
    if (step == 120) ask(ChangePricePlan{3, 2});
    commit();
    now = now + base::seconds(30);
    commit();
  }
}

}  // namespace anju::platform
