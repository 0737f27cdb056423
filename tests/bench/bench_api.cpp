// Recharges per second over HTTP, by 1 and by 32 connections that each wait for their answer: a logged-in person, the audit row, the ledger's
// commit with fsync. Beside it, in the same run on the same disk, what plain SQLite commits of the same rows one after the other, each with fsync.
//   bench_api [--json FILE] [--quick]

#include <sqlite3.h>

#include <algorithm>
#include <atomic>

#include "tests/bench/fleet.hpp"

namespace {

using namespace anju;
using namespace anju::bench;

constexpr int kGateways = 10, kMeters = 100;

struct Rate {
  double per_s = 0, p50_ms = 0, p99_ms = 0;
};

/// Each connection recharges meters in turn for so long. Nothing: something was refused, said on stderr.
std::optional<Rate> recharge(const Stage& stage, const std::string& session, int connections, double seconds) {
  std::atomic<std::int64_t> refused{0}, key{0};
  static std::atomic<int> round{0};
  const std::string prefix = "bench-" + std::to_string(++round) + "-";
  std::vector<std::vector<double>> took(static_cast<std::size_t>(connections));
  std::vector<std::thread> threads;
  const auto began = Clock::now();
  for (int c = 0; c < connections; ++c) {
    threads.emplace_back([&, c] {
      HttpLoad http(stage.http_port());
      while (since(began) < seconds) {
        const std::int64_t n = ++key;
        const auto asked = Clock::now();
        const auto answer = http.ask("POST", "/meters/" + std::to_string(n * 7919 % (kGateways * kMeters) + 1) + "/recharges",
                                     R"({"id":")" + prefix + std::to_string(n) + R"(","amount":"12.34","method":"cash","note":""})", session);
        took[static_cast<std::size_t>(c)].push_back(since(asked) * 1000);
        if (answer.status == 201) continue;
        if (++refused == 1) std::fprintf(stderr, "%d %s\n", answer.status, answer.body.substr(0, 300).c_str());
        return;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  const double all_s = since(began);
  if (refused != 0) return std::nullopt;
  std::vector<double> all;
  for (const auto& one : took) all.insert(all.end(), one.begin(), one.end());
  std::sort(all.begin(), all.end());
  return Rate{static_cast<double>(all.size()) / all_s, all[all.size() / 2], all[all.size() * 99 / 100]};
}

/// A recharge as one would write it by hand: transfer, recharge, balance, row of the log; a transaction each.
double plain_sqlite(const std::string& path, double seconds) {
  sqlite3* db = nullptr;
  sqlite3_open(path.c_str(), &db);
  bool ok = sqlite3_exec(db,
                         "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                         "CREATE TABLE account(id INTEGER PRIMARY KEY, balance INTEGER NOT NULL, newest INTEGER NOT NULL) STRICT;"
                         "CREATE TABLE transfer(id INTEGER PRIMARY KEY, kind INTEGER, debit INTEGER, credit INTEGER, amount INTEGER, at_ms INTEGER, meter INTEGER,"
                         " previous INTEGER, balance INTEGER) STRICT;"
                         "CREATE TABLE recharge(id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, meter INTEGER, transfer INTEGER, at_ms INTEGER, amount INTEGER,"
                         " method TEXT, note TEXT, by TEXT) STRICT;"
                         "CREATE TABLE audit(id INTEGER PRIMARY KEY, at_ms INTEGER, who TEXT, what TEXT, detail TEXT) STRICT;"
                         "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 1000) INSERT INTO account SELECT n, 0, 0 FROM c",
                         nullptr, nullptr, nullptr) == SQLITE_OK;
  const char* texts[] = {"INSERT INTO transfer VALUES(?1, 1, 0, ?2, 12340000, ?3, ?2, 0, 0)",
                         "INSERT INTO recharge VALUES(?1, 'bench-' || ?1, ?2, ?1, ?3, 12340000, 'cash', '', 'admin')",
                         "UPDATE account SET balance = balance + 12340000, newest = ?1 WHERE id = ?2 AND ?3 > 0",
                         "INSERT INTO audit VALUES(?1, ?3, 'admin', 'recharge', 'meter ' || ?2)"};
  std::vector<sqlite3_stmt*> statements;
  for (const char* text : texts) sqlite3_prepare_v3(db, text, -1, SQLITE_PREPARE_PERSISTENT, &statements.emplace_back(nullptr), nullptr);
  std::int64_t n = 0;
  const auto began = Clock::now();
  while (since(began) < seconds && ok) {
    ++n;
    sqlite3_exec(db, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr);
    for (sqlite3_stmt* one : statements) {
      sqlite3_bind_int64(one, 1, n);
      sqlite3_bind_int64(one, 2, n * 7919 % 1000 + 1);
      sqlite3_bind_int64(one, 3, 1'790'000'000'000 + n);
      ok = sqlite3_step(one) == SQLITE_DONE && ok;
      sqlite3_reset(one);
    }
    ok = sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr) == SQLITE_OK && ok;
  }
  const double took = since(began);
  for (sqlite3_stmt* one : statements) sqlite3_finalize(one);
  sqlite3_close(db);
  if (!ok) std::fprintf(stderr, "plain sqlite: a statement failed\n");
  return ok ? static_cast<double>(n) / took : 0;
}

int conduct(const std::string& json, double seconds) {
  Stage stage("api", Fleet{kGateways, kMeters});
  if (!stage.start()) return 2;
  const std::string session = stage.log_in();
  if (session.empty()) return 2;
  JsonRows rows("api");
  const auto warm = recharge(stage, session, 4, 1);
  const double plain = plain_sqlite(stage.folder() / "plain.db", seconds);
  if (!warm || plain <= 0) return 1;
  std::printf("plain SQLite: %.0f commits/s with fsync\n", plain);
  rows.add("recharge", "plain_sqlite_commits_per_s", plain, "1/s");
  for (const int connections : {1, 32}) {
    const auto rate = recharge(stage, session, connections, seconds);
    if (!rate) return 1;
    std::printf("%2d connections: %.0f recharges/s, p50 %.2f ms, p99 %.2f ms, ratio to plain SQLite %.2f\n", connections, rate->per_s, rate->p50_ms, rate->p99_ms,
                rate->per_s / plain);
    // "recharge" is what many people at once reach.
    const std::string name = connections == 1 ? "recharge, 1 connection" : "recharge";
    rows.add(name, "per_s", rate->per_s, "1/s");
    rows.add(name, "p50_ms", rate->p50_ms, "ms");
    rows.add(name, "p99_ms", rate->p99_ms, "ms");
    rows.add(name, "ratio_to_plain_sqlite_commits", rate->per_s / plain, "");
  }
  rows.add("recharge", "resident_mb", megabytes(stage.platform(), "VmRSS:"), "MB");
  rows.write(json);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  std::string json;
  double seconds = 8;
  for (int i = 1; i < argc; ++i) {
    if (std::strcmp(argv[i], "--quick") == 0) seconds = 2;
    if (std::strcmp(argv[i], "--json") == 0 && i + 1 < argc) json = argv[++i];
  }
  return conduct(json, seconds);
}
