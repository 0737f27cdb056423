// Readings settled per second: from a publisher through the real Mosquitto into the ledger, counted when the acknowledgement (sent
// after the fsynced commit) is back at the publisher. Beside it, in the same run: what a subscriber that only counts takes of the same
// messages, and what plain SQLite writes of the same rows. Each case is run three times; the medians are stated.
//
// Broker, publisher and subscriber are processes of their own, as in life. The publisher is a bare socket, so that the subscribers
// (both the same Paho adapter) and not it are the limit.
//   bench_settle [--json FILE] [--quick] [--case NAME]
// With ANJU_TEST_POSTGRESQL, the url of a cluster that flushes (scripts/postgresql --durable run …), also the case "postgresql": beside it what
// plain batches of the same rows by `unnest` reach there, and what they reach with the balances and registers that a ledger has to keep.

#include <fcntl.h>
#include <libpq-fe.h>
#include <signal.h>
#include <spawn.h>
#include <sqlite3.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "platform/ingest/ingest.hpp"
#include "platform/store/ledger_store.hpp"
#include "platform/store/sites.hpp"
#include "protocols/mqtt/client.hpp"
#include "protocols/wire/envelope.hpp"
#include "protocols/wire/topic.hpp"
#include "protocols/wire/up.hpp"
#include "tests/bench/mqtt_load.hpp"

extern char** environ;

namespace {

using namespace anju;
using namespace anju::platform;
using Clock = std::chrono::steady_clock;

constexpr base::UtcMillis kRegistered{1'700'000'000'000};
constexpr int kWindowMessages = 4;  // of 200 readings; what the gateway's uplink keeps unacknowledged
// All windows together stay below Inbox::kMostBytes (25 kB a message): the platform drops what is beyond, and this publisher sends once.

struct Case {
  std::string name;
  int gateways = 10;
  int meters = 200;  ///< per gateway
  int batch = 1;     ///< readings per message
  int messages = 0;  ///< per gateway
  int window = kWindowMessages;
  std::string cluster = {};  ///< url of a PostgreSQL cluster; empty: SQLite

  [[nodiscard]] std::int64_t readings() const { return std::int64_t{1} * gateways * messages * batch; }
};

/// What processes share: a page of counters in a file.
struct Shared {
  std::atomic<std::int64_t> received{0};
  std::atomic<std::int64_t> ready{0};
};

Shared* open_shared(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT, 0600);
  if (fd < 0 || ftruncate(fd, sizeof(Shared)) != 0) std::exit(2);
  void* at = mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  ::close(fd);
  if (at == MAP_FAILED) std::exit(2);
  return static_cast<Shared*>(at);
}

std::string gateway_name(int gateway) { return "gw" + std::to_string(gateway); }

wire::GatewayKeys keys_of(const std::string& gateway) {
  std::string secret(64, '0');
  for (std::size_t i = 2; i < gateway.size(); ++i) secret[i] = gateway[i];
  return *wire::derive_keys(secret);
}

mqtt::Options options(const std::string& url, const std::string& id) {
  mqtt::Options made;
  made.url = url;
  made.client_id = id;
  made.max_outgoing = 20'000;
  return made;
}

void settle_for(int ms) { std::this_thread::sleep_for(std::chrono::milliseconds(ms)); }

// ---- the publisher ----

std::vector<std::string> messages_of(const Case& what, int gateway) {
  const std::string topic = wire::format({base::SiteId("bench"), base::GatewayId(gateway_name(gateway)), wire::Channel::up, {}});
  const wire::GatewayKeys keys = keys_of(gateway_name(gateway));
  std::vector<std::string> sealed;
  std::int64_t reading = 0;
  for (int m = 0; m < what.messages; ++m) {
    wire::ReadingsEvent event;
    for (int i = 0; i < what.batch; ++i, ++reading) {
      const std::int64_t meter = reading % what.meters, round = reading / what.meters + 1;
      const base::Quantity total(round * 700);
      event.readings.push_back({base::DeviceId("m" + std::to_string(gateway) + "-" + std::to_string(meter)),
                                kRegistered + base::minutes(15 * round), wire::ReadingKind::interval, total,
                                std::array<base::Quantity, 4>{base::Quantity(0), base::Quantity(round * 300), base::Quantity(round * 200),
                                                              base::Quantity(round * 200)}});
    }
    sealed.push_back(wire::seal(keys.up, topic, wire::encode(wire::UpBatch{"bench", m + 1, {std::move(event)}})));
  }
  return sealed;
}

/// Sends everything within the window; prints the seconds from the first message to the last acknowledgement (or count).
int publish(const std::string& url, const Case& what, const std::string& shared_path, bool counted) {
  Shared* shared = open_shared(shared_path);
  std::vector<std::vector<std::string>> sealed;
  std::vector<std::string> topics;
  for (int g = 0; g < what.gateways; ++g) {
    sealed.push_back(messages_of(what, g));
    topics.push_back(wire::format({base::SiteId("bench"), base::GatewayId(gateway_name(g)), wire::Channel::up, {}}));
  }
  std::vector<std::int64_t> through(static_cast<std::size_t>(what.gateways), 0);
  bench::MqttLoad client([&](std::string_view topic, std::string_view payload) {
    const auto parsed = wire::parse_topic(topic);
    const auto ack = wire::decode_ack(payload.substr(65));
    if (parsed && ack) through[std::stoul(parsed->gateway.value.substr(2))] = ack->through;
  });
  if (!client.start(std::stoi(url.substr(url.rfind(':') + 1)), "publisher", "anju/v1/bench/+/down/ack")) return 2;
  while (shared->ready == 0) settle_for(10);

  std::vector<int> sent(static_cast<std::size_t>(what.gateways), 0);
  std::int64_t all = 0;
  const std::int64_t total = std::int64_t{1} * what.gateways * what.messages;
  const auto started = Clock::now();
  const auto deadline = started + std::chrono::seconds(180);
  const auto done = [&] {
    if (counted) return shared->received >= total;
    return std::all_of(through.begin(), through.end(), [&](std::int64_t newest) { return newest >= what.messages; });
  };
  while (!done() && !client.failed() && Clock::now() < deadline) {
    for (std::size_t g = 0; g < sealed.size(); ++g) {
      for (int burst = 0; burst < 16 && sent[g] < what.messages; ++burst) {
        const bool open = counted ? all - shared->received < std::int64_t{1} * what.gateways * what.window : sent[g] - through[g] < what.window;
        if (!open || !client.publish(topics[g], sealed[g][static_cast<std::size_t>(sent[g])])) break;
        ++sent[g];
        ++all;
      }
    }
    client.wait(std::chrono::microseconds(200));
  }
  const bool finished = done();
  const std::chrono::duration<double> took = Clock::now() - started;
  std::cout << (finished ? took.count() : -1.0) << std::endl;
  return finished ? 0 : 1;
}

// ---- the subscribers ----

std::atomic<bool> g_stop{false};

int subscribe_bare(const std::string& url, const std::string& shared_path) {
  Shared* shared = open_shared(shared_path);
  mqtt::Handlers handlers;
  handlers.connected = [shared] { shared->ready = 1; };
  handlers.disconnected = [](const std::string&) {};
  handlers.message = [shared](std::string_view, std::string_view, bool) { ++shared->received; };
  auto client = mqtt::Client::create(options(url, "bare"), {wire::platform_filter("+", wire::Channel::up)}, handlers, {});
  if (!client) return 2;
  (*client)->start();
  while (!g_stop) settle_for(20);
  (*client)->stop();
  return 0;
}

int subscribe_ledger(const std::string& url, const std::string& database, const std::string& shared_path) {
  Shared* shared = open_shared(shared_path);
  auto store = open_ledger_store(database);
  if (!store) return 2;
  IngestPorts ports;
  ports.store = store->get();
  ports.keys = [](const std::string& gateway) { return std::optional(keys_of(gateway)); };
  ports.clock = [] {
    return base::UtcMillis(std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count());
  };
  ports.log = [shared](const std::string& line) {
    if (line.starts_with("connected")) shared->ready = 1;
  };
  ports.failed = [](const std::string& why) { std::cerr << why << "\n"; };
  auto ingest = Ingest::create(options(url, "platform"), {"+"}, std::move(ports));
  if (!ingest) return 2;
  (*ingest)->start();
  while (!g_stop) settle_for(20);
  (*ingest)->stop();
  const IngestStatistics seen = (*ingest)->statistics();
  std::cout << seen.readings << " " << seen.commits << " " << seen.dropped << std::endl;
  return 0;
}

// ---- the floor: the same by plain SQLite, a row per reading and per deduction, as one writes it without a block format ----

double plain_sqlite(const std::string& path, const std::string& copied_from, std::int64_t readings, std::int64_t group, int meters) {
  std::filesystem::copy_file(copied_from, path);
  sqlite3* db = nullptr;
  sqlite3_open(path.c_str(), &db);
  sqlite3_exec(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=4000; PRAGMA cache_size=-32000", nullptr, nullptr, nullptr);
  sqlite3_exec(db,
               "CREATE TABLE reading(id INTEGER PRIMARY KEY, organisation INTEGER, site INTEGER, meter INTEGER, previous INTEGER, stream INTEGER, seq INTEGER,"
               " item INTEGER, at_ms INTEGER, kind INTEGER, state INTEGER, total_e4 INTEGER, sharp_e4 INTEGER, peak_e4 INTEGER, flat_e4 INTEGER,"
               " valley_e4 INTEGER, used_e4 INTEGER, price_plan_version INTEGER, reason TEXT) STRICT",
               nullptr, nullptr, nullptr);
  const char* texts[] = {
      "INSERT INTO reading VALUES(?1,1,1,?2,?3,1,?4,?5,?6,0,0,?7,?8,?9,?10,?11,700,1,NULL)",
      "INSERT INTO transfer VALUES(?1,1,1,0,?2,2000000,42000,?3,?4,?5,?6,?7,1,700,42000000)",
      "UPDATE meter_register SET newest_reading=?2, last_ms=?3, total_e4=?4, sharp_e4=?5, peak_e4=?6, flat_e4=?7, valley_e4=?8,"
      " day=?9, day_quantity_e4=?10, day_amount_micro_yuan=?11 WHERE meter=?1",
      "UPDATE account SET balance_micro_yuan=?2, remainder_nano_yuan=?3, newest_transfer=?4 WHERE id=?1",
  };
  std::vector<sqlite3_stmt*> statements;
  for (const char* text : texts) sqlite3_prepare_v3(db, text, -1, SQLITE_PREPARE_PERSISTENT, &statements.emplace_back(nullptr), nullptr);
  bool ok = true;
  const auto run = [&](std::size_t which, std::initializer_list<std::int64_t> values) {
    int at = 0;
    for (const std::int64_t value : values) sqlite3_bind_int64(statements[which], ++at, value);
    ok = sqlite3_step(statements[which]) == SQLITE_DONE && ok;
    sqlite3_reset(statements[which]);
  };
  const auto started = Clock::now();
  for (std::int64_t i = 0; i < readings;) {
    sqlite3_exec(db, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr);
    for (std::int64_t k = 0; k < group && i < readings; ++k, ++i) {
      const std::int64_t meter = i % meters + 1, round = i / meters + 1, at = kRegistered.value + round * 900'000;
      run(0, {i + 1, meter, std::max<std::int64_t>(0, i + 1 - meters), i / 200, i % 200, at, round * 700, 0, round * 300, round * 200, round * 200});
      run(1, {10'000'000 + i, meter, at, meter, i, 1'000'000'000 - round * 42'000, i + 1});
      run(2, {meter, i + 1, at, round * 700, 0, round * 300, round * 200, round * 200, 20'000, round * 700, round * 42'000});
      run(3, {meter + 1, 1'000'000'000 - round * 42'000, 0, 10'000'000 + i});
    }
    ok = sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr) == SQLITE_OK && ok;
  }
  const std::chrono::duration<double> took = Clock::now() - started;
  for (sqlite3_stmt* statement : statements) sqlite3_finalize(statement);
  sqlite3_close(db);
  if (!ok) std::cerr << "plain sqlite: a statement failed\n";
  return ok ? static_cast<double>(readings) / took.count() : 0;
}

// ---- the same on PostgreSQL: one statement per table and batch ----

class Cluster {
 public:
  /// The url of this database of the cluster.
  static std::string url_of(const std::string& cluster, const std::string& database) {
    const auto end = std::min(cluster.find('?'), cluster.size());
    return cluster.substr(0, cluster.rfind('/', end)) + "/" + database + cluster.substr(end);
  }
  explicit Cluster(const std::string& url) : connection_(PQconnectdb(url.c_str())) {}
  ~Cluster() { PQfinish(connection_); }
  Cluster(const Cluster&) = delete;
  Cluster& operator=(const Cluster&) = delete;

  void run(const std::string& sql, const std::vector<std::string>& values = {}) {
    std::vector<const char*> pointers;
    for (const std::string& value : values) pointers.push_back(value.c_str());
    PGresult* result = values.empty() ? PQexec(connection_, sql.c_str())
                                      : PQexecParams(connection_, sql.c_str(), static_cast<int>(values.size()), nullptr, pointers.data(), nullptr, nullptr, 0);
    const auto status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
      std::cerr << sql.substr(0, 100) << ": " << PQerrorMessage(connection_);
      std::exit(2);
    }
    PQclear(result);
  }

 private:
  PGconn* connection_;
};

/// The columns of rows as arrays, as `unnest` takes them.
class Arrays {
 public:
  explicit Arrays(std::size_t columns) : texts_(columns, "{") {}
  void row(std::initializer_list<std::int64_t> values) {
    std::size_t at = 0;
    for (const std::int64_t value : values) {
      std::string& text = texts_[at++];
      if (text.size() > 1) text += ',';
      text += std::to_string(value);
    }
  }
  [[nodiscard]] std::vector<std::string> take() {
    std::vector<std::string> made(texts_.size(), "{");
    for (std::string& text : texts_) text += '}';
    made.swap(texts_);
    return made;
  }
  /// "unnest($1::bigint[], …)"
  [[nodiscard]] std::string unnest() const {
    std::string text;
    for (std::size_t i = 1; i <= texts_.size(); ++i) text += (i == 1 ? "unnest($" : ", $") + std::to_string(i) + "::bigint[]";
    return text + ")";
  }

 private:
  std::vector<std::string> texts_;
};

/// Rows per second. books: also the register and the balance of each reading's meter.
double plain_unnest(const std::string& cluster, std::int64_t readings, std::int64_t group, int meters, bool books) {
  {
    Cluster admin(cluster);
    admin.run("DROP DATABASE IF EXISTS anju_bench_plain WITH (FORCE)");
    admin.run("CREATE DATABASE anju_bench_plain TEMPLATE anju_bench_fresh");
  }
  Cluster db(Cluster::url_of(cluster, "anju_bench_plain"));
  db.run("CREATE TABLE reading(id BIGINT PRIMARY KEY, organisation BIGINT, site BIGINT, meter BIGINT, previous BIGINT, stream BIGINT, seq BIGINT, item BIGINT, at_ms BIGINT,"
         " kind BIGINT, state BIGINT, total_e4 BIGINT, sharp_e4 BIGINT, peak_e4 BIGINT, flat_e4 BIGINT, valley_e4 BIGINT, used_e4 BIGINT, price_plan_version BIGINT)");
  db.run("CREATE TABLE deduction(id BIGINT PRIMARY KEY, organisation BIGINT, site BIGINT, kind BIGINT, debit BIGINT, credit BIGINT, amount BIGINT, at_ms BIGINT, meter BIGINT,"
         " previous BIGINT, balance BIGINT, reading BIGINT, price_plan_version BIGINT, quantity_e4 BIGINT, nano_yuan BIGINT)");
  Arrays rows(18), deductions(15), registers(11), accounts(4);
  const auto started = Clock::now();
  for (std::int64_t i = 0; i < readings;) {
    // A batch has at most one register and one balance of a meter, as the ledger's has.
    std::vector<std::int64_t> newest(books ? static_cast<std::size_t>(meters) : 0, -1);
    for (std::int64_t k = 0; k < group && i < readings; ++k, ++i) {
      const std::int64_t meter = i % meters + 1, round = i / meters + 1, at = kRegistered.value + round * 900'000;
      rows.row({i + 1, 1, 1, meter, std::max<std::int64_t>(0, i + 1 - meters), 1, i / 200, i % 200, at, 0, 0, round * 700, 0, round * 300, round * 200, round * 200, 700, 1});
      deductions.row({10'000'000 + i, 1, 1, 0, meter, 2'000'000, 42'000, at, meter, i, 1'000'000'000 - round * 42'000, i + 1, 1, 700, 42'000'000});
      if (books) newest[static_cast<std::size_t>(meter - 1)] = i;
    }
    for (const std::int64_t last : newest) {
      if (last < 0) continue;
      const std::int64_t meter = last % meters + 1, round = last / meters + 1;
      registers.row({meter, last + 1, kRegistered.value + round * 900'000, round * 700, 0, round * 300, round * 200, round * 200, 20'000, round * 700, round * 42'000});
      accounts.row({meter + 1, 1'000'000'000 - round * 42'000, 0, 10'000'000 + last});
    }
    db.run("BEGIN");
    db.run("INSERT INTO reading SELECT * FROM " + rows.unnest(), rows.take());
    db.run("INSERT INTO deduction SELECT * FROM " + deductions.unnest(), deductions.take());
    if (books) {
      db.run("UPDATE meter_register r SET newest_reading = b, last_ms = c, total_e4 = d, sharp_e4 = e, peak_e4 = f, flat_e4 = g, valley_e4 = h, day = i, day_quantity_e4 = j,"
             " day_amount_micro_yuan = k FROM " + registers.unnest() + " AS u(a, b, c, d, e, f, g, h, i, j, k) WHERE r.meter = u.a",
             registers.take());
      db.run("UPDATE account r SET balance_micro_yuan = b, remainder_nano_yuan = c, newest_transfer = d FROM " + accounts.unnest() + " AS u(a, b, c, d) WHERE r.id = u.a",
             accounts.take());
    }
    db.run("COMMIT");
  }
  const std::chrono::duration<double> took = Clock::now() - started;
  return static_cast<double>(readings) / took.count();
}

// ---- the conductor ----

struct Process {
  pid_t id = 0;
  int out = -1;
};

Process spawn(const std::vector<std::string>& arguments) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) std::exit(2);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
  std::vector<char*> raw;
  for (const std::string& argument : arguments) raw.push_back(const_cast<char*>(argument.c_str()));
  raw.push_back(nullptr);
  Process made;
  if (posix_spawnp(&made.id, raw[0], &actions, nullptr, raw.data(), environ) != 0) {
    std::cerr << "cannot start " << arguments[0] << "\n";
    std::exit(2);
  }
  posix_spawn_file_actions_destroy(&actions);
  ::close(ends[1]);
  made.out = ends[0];
  return made;
}

/// Waits for its end. cpu_s: what it used, user and system.
std::string output_of(const Process& process, double* cpu_s = nullptr) {
  std::string text;
  char buffer[256];
  for (ssize_t n = 0; (n = ::read(process.out, buffer, sizeof buffer)) > 0;) text.append(buffer, static_cast<std::size_t>(n));
  ::close(process.out);
  int status = 0;
  rusage used{};
  wait4(process.id, &status, 0, &used);
  const auto seconds = [](const timeval& time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6; };
  if (cpu_s != nullptr) *cpu_s = seconds(used.ru_utime) + seconds(used.ru_stime);
  return text;
}

double resident_mb(pid_t process, const char* key) {
  std::ifstream status("/proc/" + std::to_string(process) + "/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with(key)) return std::stod(line.substr(std::strlen(key) + 1)) / 1024;
  }
  return 0;
}

bool prepare(const std::string& url, const Case& what) {
  if (!add_site(url, {"Bench", "bench", "Bench", 480, 100'000}, kRegistered)) return false;
  auto store = open_ledger_store(url);
  if (!store) return false;
  auto loaded = (*store)->load();
  if (!loaded) return false;
  Ledger ledger(std::move(*loaded), **store);
  const auto ask = [&](decltype(Order::what) order) { return ledger.decide(Order{Scope{1}, "bench", kRegistered, std::move(order)}, kRegistered).has_value(); };
  bool ok = ask(PutPricePlan{0, "plan", {PlanKind::total, base::Price(60'000), {}}});
  Batch batch;
  Effects effects;
  std::int64_t meter = 0;
  for (int g = 0; g < what.gateways; ++g) {
    ok = ok && ask(CreateGateway{"bench", gateway_name(g), "g", 15, {{base::LineId("l1"), "tcp://127.0.0.1:1"}}});
    for (int m = 0; m < what.meters; ++m) {
      RegisterMeter card;
      card.gateway = gateway_name(g);
      card.line = "l1";
      card.device = "m" + std::to_string(g) + "-" + std::to_string(m);
      card.name = card.device;
      card.address = std::to_string(100'000'000'000 + m);
      card.price_plan = 1;
      ok = ok && ask(card) && ask(Recharge{"r" + std::to_string(++meter), meter, base::Money(1'000'000'000), PayMethod::cash, ""});
    }
    ledger.collect(batch, effects);
    ok = ok && (*store)->commit(batch).has_value();
  }
  return ok;
}

struct Result {
  double readings_per_s = 0, bare_per_s = 0, to_bare = 0, to_bare_least = 0;  ///< ratios within a round
  double sqlite_per_s = 0, resident = 0, readings_per_commit = 0, cpu_us = 0;
  double unnest_per_s = 0, unnest_books_per_s = 0;  ///< on PostgreSQL, instead of plain SQLite
};

std::vector<std::string> arguments_of(const Case& what) {
  return {std::to_string(what.gateways), std::to_string(what.meters), std::to_string(what.batch), std::to_string(what.messages), std::to_string(what.window)};
}

/// One round: the counting subscriber, then the ledger on a fresh copy of the prepared database.
Result round_of(const std::string& self, const std::string& broker, const std::string& folder, const Case& what) {
  Result result;
  std::string database = "sqlite:" + folder + "/anju.db";
  if (what.cluster.empty()) {
    for (const char* ending : {"", "-wal", "-shm"}) std::filesystem::remove(folder + "/anju.db" + ending);
    std::filesystem::copy_file(folder + "/fresh.db", folder + "/anju.db");
  } else {
    database = Cluster::url_of(what.cluster, "anju_bench_round");
    Cluster admin(what.cluster);
    admin.run("DROP DATABASE IF EXISTS anju_bench_round WITH (FORCE)");
    admin.run("CREATE DATABASE anju_bench_round TEMPLATE anju_bench_fresh");
    admin.run("CHECKPOINT");
  }
  for (const bool bare : {true, false}) {
    const std::string shared = folder + (bare ? "/bare" : "/ledger");
    std::filesystem::remove(shared);
    (void)open_shared(shared);
    const Process subscriber = bare ? spawn({self, "bare", broker, shared}) : spawn({self, "ledger", broker, database, shared});
    std::vector<std::string> arguments{self, "publish", broker, shared, bare ? "counted" : "acknowledged"};
    for (const std::string& argument : arguments_of(what)) arguments.push_back(argument);
    const std::string took = output_of(spawn(arguments));
    const double seconds = std::stod("0" + took == "0" ? "-1" : took);
    if (seconds <= 0) {
      kill(subscriber.id, SIGTERM);
      std::cerr << what.name << (bare ? ", counting: " : ": ") << "not everything arrived; readings, commits, dropped: " << output_of(subscriber) << "\n";
      std::exit(1);
    }
    (bare ? result.bare_per_s : result.readings_per_s) = static_cast<double>(what.readings()) / seconds;
    if (!bare) result.resident = resident_mb(subscriber.id, "VmHWM:");
    kill(subscriber.id, SIGTERM);
    double cpu_s = 0;
    const std::string said = output_of(subscriber, &cpu_s);
    if (!bare) {
      result.cpu_us = cpu_s * 1e6 / static_cast<double>(what.readings());
      long long readings = 0, commits = 1, dropped = 0;
      std::sscanf(said.c_str(), "%lld %lld %lld", &readings, &commits, &dropped);
      result.readings_per_commit = static_cast<double>(readings) / static_cast<double>(std::max(1LL, commits));
      if (readings != what.readings() || dropped != 0) std::cerr << what.name << ": " << readings << " readings stored, " << dropped << " messages dropped\n";
    }
  }
  result.to_bare = result.readings_per_s / result.bare_per_s;
  return result;
}

/// rounds: odd. What else goes on at the machine moves single rounds by a tenth; their median it hardly moves.
Result measure(const std::string& self, const std::string& broker, const std::string& folder, const Case& what, int rounds) {
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  std::string fresh = "sqlite:" + folder + "/fresh.db";
  if (!what.cluster.empty()) {
    Cluster admin(what.cluster);
    admin.run("DROP DATABASE IF EXISTS anju_bench_fresh WITH (FORCE)");
    admin.run("CREATE DATABASE anju_bench_fresh TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'");
    fresh = Cluster::url_of(what.cluster, "anju_bench_fresh");
  }
  if (!prepare(fresh, what)) {
    std::cerr << "cannot prepare " << fresh << "\n";
    std::exit(2);
  }
  std::vector<Result> all;
  for (int i = 0; i < rounds; ++i) all.push_back(round_of(self, broker, folder, what));
  Result result;
  for (double Result::*figure : {&Result::readings_per_s, &Result::bare_per_s, &Result::to_bare, &Result::resident, &Result::readings_per_commit, &Result::cpu_us}) {
    std::sort(all.begin(), all.end(), [figure](const Result& a, const Result& b) { return a.*figure < b.*figure; });
    result.*figure = all[all.size() / 2].*figure;
    if (figure == &Result::to_bare) result.to_bare_least = all.front().to_bare;
  }
  const std::int64_t group = std::max<std::int64_t>(1, static_cast<std::int64_t>(result.readings_per_commit));
  if (what.cluster.empty()) {
    result.sqlite_per_s = plain_sqlite(folder + "/plain.db", folder + "/fresh.db", what.readings(), group, what.gateways * what.meters);
  } else {
    for (const bool books : {false, true})
      (books ? result.unnest_books_per_s : result.unnest_per_s) = plain_unnest(what.cluster, what.readings(), group, what.gateways * what.meters, books);
  }
  return result;
}

int conduct(const std::string& self, const std::string& json, bool quick, const std::string& only) {
  std::random_device random;
  const std::string port = std::to_string(20'000 + random() % 20'000);
  const std::string folder = std::filesystem::temp_directory_path() / ("anju-bench-" + port);
  std::filesystem::create_directories(folder);
  // reliability.md 1.5; anonymous, because what is measured is one machine on loopback.
  std::ofstream(folder + "/mosquitto.conf") << "listener " << port << " 127.0.0.1\nallow_anonymous true\nmax_inflight_messages 1000\n"
                                            << "max_queued_messages 100000\nmax_packet_size 262144\nset_tcp_nodelay true\npersistence false\nlog_type error\n";
  const Process broker = spawn({std::filesystem::exists("/usr/sbin/mosquitto") ? "/usr/sbin/mosquitto" : "mosquitto", "-c", folder + "/mosquitto.conf"});
  static pid_t broker_id = broker.id;  // also when a case fails and the conductor exits
  std::atexit([] { kill(broker_id, SIGTERM); });
  settle_for(500);
  const int less = quick ? 10 : 1;
  // One window per connection of 10 gateways: singles need more messages under way to fill it, as in the bare count.
  std::vector<Case> cases{{"single", 10, 200, 1, 20'000 / less, 200},
                          {"batch 200", 10, 200, 200, 500 / less, kWindowMessages},
                          {"1000 meters", 5, 200, 200, 1'000 / less, kWindowMessages},
                          {"100000 meters", 500, 200, 200, quick ? 2 : 10, kWindowMessages}};
  if (only == "1000000 meters") cases.push_back({"1000000 meters", 1000, 1000, 200, 10, kWindowMessages / 2});  // minutes of preparation
  if (const char* cluster = std::getenv("ANJU_TEST_POSTGRESQL")) cases.push_back({"postgresql", 10, 200, 200, 500 / less, kWindowMessages, cluster});
  std::string rows;
  std::printf("%-16s %14s %14s %14s %8s %8s %12s %10s %8s\n", "case", "readings/s", "bare/s", "sqlite/s", "/bare", "/sqlite", "resident MB", "per commit", "CPU us");
  for (const Case& what : cases) {
    if (!only.empty() && what.name != only) continue;
    const int rounds = quick || what.name == "1000000 meters" ? 1 : 3;
    const Result r = measure(self, "mqtt://127.0.0.1:" + port, folder + "/case", what, rounds);
    std::printf("%-16s %14.0f %14.0f %14.0f %8.2f %8.2f %12.1f %10.0f %8.2f\n", what.name.c_str(), r.readings_per_s, r.bare_per_s, r.sqlite_per_s,
                r.to_bare, r.sqlite_per_s > 0 ? r.readings_per_s / r.sqlite_per_s : 0, r.resident, r.readings_per_commit, r.cpu_us);
    std::fflush(stdout);
    const auto row = [&](const char* metric, double value, const char* unit) {
      char text[256];
      std::snprintf(text, sizeof text, "%s\n{\"bench\":\"settle\",\"case\":\"%s\",\"metric\":\"%s\",\"value\":%.4g,\"unit\":\"%s\"}",
                    rows.empty() ? "" : ",", what.name.c_str(), metric, value, unit);
      rows += text;
    };
    row("readings_per_s", r.readings_per_s, "1/s");
    row("bare_readings_per_s", r.bare_per_s, "1/s");
    row("ratio_to_bare_subscriber", r.to_bare, "");
    row("ratio_to_bare_subscriber_least", r.to_bare_least, "");
    if (what.cluster.empty()) {
      row("plain_sqlite_readings_per_s", r.sqlite_per_s, "1/s");
      row("ratio_to_plain_sqlite", r.readings_per_s / r.sqlite_per_s, "");
    } else {
      row("plain_unnest_readings_per_s", r.unnest_per_s, "1/s");
      row("ratio_to_plain_unnest", r.readings_per_s / r.unnest_per_s, "");
      row("ratio_to_plain_unnest_with_books", r.readings_per_s / r.unnest_books_per_s, "");
      std::printf("%16s plain unnest: %.0f readings/s, ratio %.2f; with registers and balances: %.0f, ratio %.2f\n", "", r.unnest_per_s, r.readings_per_s / r.unnest_per_s,
                  r.unnest_books_per_s, r.readings_per_s / r.unnest_books_per_s);
    }
    row("resident_mb", r.resident, "MB");
    row("platform_cpu_per_reading", r.cpu_us, "us");
    row("readings_per_commit", r.readings_per_commit, "");
  }
  std::filesystem::remove_all(folder);
  if (!json.empty()) std::ofstream(json) << "[" << rows << "\n]\n";
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv, argv + argc);
  signal(SIGTERM, [](int) { g_stop = true; });
  const std::string verb = argc > 1 ? arguments[1] : "";
  if (verb == "bare" && argc == 4) return subscribe_bare(arguments[2], arguments[3]);
  if (verb == "ledger" && argc == 5) return subscribe_ledger(arguments[2], arguments[3], arguments[4]);
  if (verb == "publish" && argc == 10) {
    const Case what{"", std::stoi(arguments[5]), std::stoi(arguments[6]), std::stoi(arguments[7]), std::stoi(arguments[8]), std::stoi(arguments[9])};
    return publish(arguments[2], what, arguments[3], arguments[4] == "counted");
  }
  std::string json;
  std::string only;
  bool quick = false;
  for (int i = 1; i < argc; ++i) {
    if (arguments[static_cast<std::size_t>(i)] == "--quick") quick = true;
    if (arguments[static_cast<std::size_t>(i)] == "--json" && i + 1 < argc) json = arguments[static_cast<std::size_t>(++i)];
    if (arguments[static_cast<std::size_t>(i)] == "--case" && i + 1 < argc) only = arguments[static_cast<std::size_t>(++i)];
  }
  return conduct(std::filesystem::read_symlink("/proc/self/exe"), json, quick, only);
}
