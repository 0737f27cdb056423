// What a stored raw reading costs on the disk: 2000 meters of ten gateways live a day through the ledger into its store, read every 15
// minutes with four tariffs, and what the database file grew by is divided by the readings. All that a day leaves is in it: deductions,
// sums, frozen registers, indexes. Twice: a message of 200 per commit, and small ones (11: a million meters
// that are read evenly, at 100 commits a second). Beside it, in the same run, the floor: the same readings and deductions as rows of
// plain SQLite tables without any index.
//   bench_storage [--json FILE]          Limit: 24 bytes; above it fails. Sizes do not depend on the machine.

#include <sqlite3.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "platform/domain/ledger.hpp"
#include "platform/store/ledger_store.hpp"
#include "platform/store/sites.hpp"

namespace {

namespace fs = std::filesystem;
using namespace anju;
using namespace anju::platform;

constexpr double kLimit = 24;
constexpr int kGateways = 10, kMeters = 200, kRounds = 96;
constexpr std::int64_t kReadings = std::int64_t{1} * kGateways * kMeters * kRounds;
constexpr base::UtcMillis kBegin{1'764'000'000'000 - 1'764'000'000'000 % 86'400'000 - 8 * 3'600'000};  // midnight in China

void sql(sqlite3* db, const std::string& text) {
  char* message = nullptr;
  if (sqlite3_exec(db, text.c_str(), nullptr, nullptr, &message) == SQLITE_OK) return;
  std::fprintf(stderr, "%s\n", message);
  std::exit(2);
}

/// Of the database with nothing left in its log.
std::uintmax_t size_of(const std::string& file) {
  sqlite3* db = nullptr;
  sqlite3_open(file.c_str(), &db);
  sql(db, "PRAGMA wal_checkpoint(TRUNCATE)");
  sqlite3_close(db);
  return fs::file_size(file);
}

struct Site {
  std::unique_ptr<LedgerStore> store;
  std::unique_ptr<Ledger> ledger;

  explicit Site(const std::string& url) {
    if (!add_site(url, {"Bench", "bench", "Bench", 480, 100'000}, kBegin)) std::exit(2);
    auto opened = open_ledger_store(url);
    if (!opened) std::exit(2);
    store = std::move(*opened);
    auto loaded = store->load();
    if (!loaded) std::exit(2);
    ledger = std::make_unique<Ledger>(std::move(*loaded), *store);
    const auto ask = [&](decltype(Order::what) what) {
      if (!ledger->decide(Order{Scope{1}, "bench", kBegin, std::move(what)}, kBegin)) std::exit(2);
    };
    ask(PutPricePlan{0, "plan", {PlanKind::tou, {}, {base::Price(98'765), base::Price(81'234), base::Price(61'234), base::Price(32'109)}}});
    std::mt19937_64 random(1);
    for (int g = 0; g < kGateways; ++g) {
      ask(CreateGateway{"bench", "gw" + std::to_string(g), "g", 15, {{base::LineId("l1"), "tcp://127.0.0.1:1"}}});
      for (int m = 0; m < kMeters; ++m) {
        RegisterMeter card;
        card.gateway = "gw" + std::to_string(g);
        card.line = "l1";
        card.device = card.name = "m" + std::to_string(g) + "-" + std::to_string(m);
        card.address = std::to_string(100'000'000'000 + m);
        card.price_plan = 1;
        Tariffs parts;
        std::int64_t sum = 0;
        for (base::Quantity& part : parts) sum += (part = base::Quantity(static_cast<std::int64_t>(random() % 80'000) * 100)).e4;
        card.start.total = base::Quantity(sum);
        card.start.tariffs = parts;
        ask(card);
        const std::int64_t meter = g * kMeters + m + 1;
        ask(Recharge{"r" + std::to_string(meter), meter, base::Money(static_cast<std::int64_t>(random() % 500) * 1'000'000 + 50'000'000), PayMethod::cash, ""});
      }
      commit();
    }
  }
  void commit() {
    Batch batch;
    Effects effects;
    ledger->collect(batch, effects);
    if (!batch.empty() && !store->commit(batch)) std::exit(2);
  }
};

/// What a finished day's hours take, on average over the meters.
double hours_of_day(const std::string& file) {
  sqlite3* db = nullptr;
  sqlite3_open(file.c_str(), &db);
  double bytes = 0;
  const auto take = [](void* out, int, char** values, char**) {
    *static_cast<double*>(out) = values[0] == nullptr ? 0 : std::atof(values[0]);
    return 0;
  };
  sqlite3_exec(db, "SELECT avg(length(hours)) FROM meter_day", take, &bytes, nullptr);
  sqlite3_close(db);
  return bytes;
}

struct Cost {
  double reading = 0, hours = 0;
};

Cost ours(const fs::path& folder, int per_commit) {
  const std::string file = folder / ("ours-" + std::to_string(per_commit) + ".db");
  Site site("sqlite:" + file);
  const auto before = size_of(file);
  std::mt19937_64 random(7);
  std::vector<Register> registers;
  for (std::int64_t meter = 1; meter <= kGateways * kMeters; ++meter) registers.push_back(site.ledger->meter(meter)->metering.last);
  std::vector<std::int64_t> seq(kGateways, 0);
  int waiting = 0;
  for (int round = 0; round < kRounds; ++round) {
    const std::size_t slot = round < 28 || round > 88 ? 3 : round % 20 < 8 ? 1 : round % 20 < 12 ? 0 : 2;
    for (int g = 0; g < kGateways; ++g) {
      base::UtcMillis at = kBegin + base::minutes(15 * round + 15) + base::Millis(g * 700);
      // What 200 meters send in one message when they are committed together, else in several.
      for (int m = 0; m < kMeters;) {
        wire::ReadingsEvent event;
        for (int n = 0; n < per_commit && m < kMeters; ++n, ++m) {
          Register& r = registers[static_cast<std::size_t>(g * kMeters + m)];
          const std::int64_t used = static_cast<std::int64_t>(random() % 40) * 100;
          r.total = r.total + base::Quantity(used);
          r.tariffs[slot] = r.tariffs[slot] + base::Quantity(used);
          at = at + base::Millis(1100 + static_cast<std::int64_t>(random() % 900));
          event.readings.push_back({base::DeviceId("m" + std::to_string(g) + "-" + std::to_string(m)), at, wire::ReadingKind::interval, r.total, r.tariffs});
        }
        waiting += static_cast<int>(event.readings.size());
        const std::vector<wire::Event> events{std::move(event)};
        site.ledger->take(g + 1, "bench", ++seq[static_cast<std::size_t>(g)], events, at + base::seconds(5));
        if (waiting >= per_commit) {
          site.commit();
          waiting = 0;
        }
      }
    }
  }
  site.commit();
  for (std::int64_t meter = 1; meter <= kGateways * kMeters; ++meter) {
    if (site.ledger->meter(meter)->metering.quarantined == 0 && site.ledger->meter(meter)->metering.last.total == registers[static_cast<std::size_t>(meter - 1)].total) continue;
    std::fprintf(stderr, "meter %lld was not billed as it was read\n", static_cast<long long>(meter));
    std::exit(2);
  }
  const double bytes = static_cast<double>(size_of(file) - before) / static_cast<double>(kReadings);
  return {bytes, hours_of_day(file)};
}

/// As many rows with values of the same size.
double plain(const fs::path& folder) {
  const std::string file = folder / "plain.db";
  sqlite3* db = nullptr;
  sqlite3_open(file.c_str(), &db);
  sql(db,
      "PRAGMA journal_mode=WAL; CREATE TABLE reading(id INTEGER PRIMARY KEY, meter INTEGER, at_ms INTEGER, kind INTEGER, state INTEGER, total_e4 INTEGER,"
      " sharp_e4 INTEGER, peak_e4 INTEGER, flat_e4 INTEGER, valley_e4 INTEGER, used_e4 INTEGER, stream INTEGER, seq INTEGER, item INTEGER) STRICT;"
      "CREATE TABLE transfer(id INTEGER PRIMARY KEY, debit INTEGER, credit INTEGER, amount INTEGER, balance INTEGER, reading INTEGER, nano INTEGER) STRICT");
  const auto before = size_of(file);
  sql(db, "BEGIN; WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + std::to_string(kReadings) +
              ") INSERT INTO reading SELECT i, i % 2000, 1764000000000 + i, 0, 0, 16000000 + i, 4000000 + i, 4000000 + i, 4000000 + i, 4000000 + i,"
              " 2000 + i % 100, i % 10, i / 200, i % 200 FROM n;"
              "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + std::to_string(kReadings) +
              ") INSERT INTO transfer SELECT i, 1000 + i % 2000, 2, 122000 + i % 1000, 100000000 + i, i, 122000000 + i FROM n; COMMIT");
  sqlite3_close(db);
  return static_cast<double>(size_of(file) - before) / static_cast<double>(kReadings);
}

}  // namespace

int main(int argc, char** argv) {
  std::string json;
  for (int i = 1; i + 1 < argc; ++i)
    if (std::strcmp(argv[i], "--json") == 0) json = argv[i + 1];
  std::string name = (fs::temp_directory_path() / "anju-storage-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) return 2;
  const fs::path folder = name;
  const auto [large, hours] = ours(folder, 200);
  const double small = ours(folder, 11).reading, rows = plain(folder);
  fs::remove_all(folder);
  std::printf("%lld readings: %.1f bytes each in commits of 200, %.1f in commits of 11 (limit %.0f); as rows of plain SQLite %.1f\n",
              static_cast<long long>(kReadings), large, small, kLimit, rows);
  std::printf("note: the hours of a meter's day take %.0f bytes beside its sums, its %d readings %.0f\n", hours, kRounds, large * kRounds);
  std::string out;
  for (const auto& [metric, value] : {std::pair{"bytes_per_reading", large}, std::pair{"bytes_per_reading_small_commits", small},
                                      std::pair{"plain_sqlite_bytes_per_reading", rows}, std::pair{"ratio_to_plain_sqlite", large / rows}, std::pair{"hours_bytes_per_meter_day", hours}}) {
    char text[256];
    std::snprintf(text, sizeof text, "%s\n{\"bench\":\"storage\",\"case\":\"reading\",\"metric\":\"%s\",\"value\":%.4g,\"unit\":\"%s\"}", out.empty() ? "" : ",", metric,
                  value, std::strncmp(metric, "ratio", 5) == 0 ? "" : "B");
    out += text;
  }
  if (!json.empty()) std::ofstream(json) << "[" << out << "\n]\n";
  return large <= kLimit && small <= kLimit ? 0 : 1;
}
