// How long the real platform takes from its start to its first answer with a million meters of one company, and what it then has in memory.
// Beside it, in the same run, the floor: one walk by plain SQLite over the same four tables of the ledger, nothing kept.
//   bench_startup [--json FILE] [--keep FOLDER]      (--keep: the database stays there and is used again)
// Limits: 5 s and 1 GB; missed in all of three starts, it fails.

#include <algorithm>

#include "tests/bench/http_load.hpp"
#include "tests/bench/lists_database.hpp"
#include "tests/bench/processes.hpp"

namespace {

namespace fs = std::filesystem;
using anju::bench::Clock, anju::bench::megabytes, anju::bench::since, anju::bench::spawn, anju::bench::wait_for;

constexpr double kLimitSeconds = 5, kLimitMegabytes = 1024;
constexpr int kStarts = 3;

/// Every column of a meter's four rows, in the order of the ids.
double walk(const std::string& database) {
  const auto began = Clock::now();
  sqlite3* db = nullptr;
  sqlite3_open(database.c_str(), &db);
  sqlite3_stmt* select = nullptr;
  sqlite3_prepare_v2(db,
                     "SELECT * FROM meter m JOIN account a ON a.id = m.account JOIN meter_register r ON r.meter = m.id JOIN meter_supply s ON"
                     " s.meter = m.id ORDER BY m.id",
                     -1, &select, nullptr);
  std::int64_t rows = 0, sum = 0;
  for (; sqlite3_step(select) == SQLITE_ROW; ++rows)
    for (int i = 0; i < sqlite3_column_count(select); ++i) sum += sqlite3_column_bytes(select, i);
  sqlite3_finalize(select);
  sqlite3_close(db);
  return rows == anju::bench::kMeters && sum > 0 ? since(began) : 0;
}

int conduct(const std::string& program, const std::string& json, const std::string& kept) {
  const int port = anju::bench::draw_port();
  const fs::path folder = kept.empty() ? fs::temp_directory_path() / ("anju-startup-" + std::to_string(port)) : fs::path(kept);
  fs::create_directories(folder);
  const std::string config = folder / "platform.toml", database = folder / "anju.db";
  std::ofstream(config) << "database = \"sqlite:" << database << "\"\nlisten = \"127.0.0.1:" << port << "\"\nweb = \"" << folder.string() << "\"\nkeys = \""
                        << (folder / "keys").string() << "\"\n[mqtt]\nurl = \"mqtt://127.0.0.1:1\"\n";
  if (!fs::exists(database)) {
    if (wait_for(spawn({program, "init", "--config", config}, folder / "init.txt")) != 0 || !anju::bench::fill_lists_database(database)) return 2;
  }
  double seconds = 1e9, resident = 1e9, peak = 0;
  for (int i = 0; i < kStarts; ++i) {
    const auto began = Clock::now();
    const pid_t platform = spawn({program, "serve", "--config", config}, folder / "log.txt");
    anju::bench::HttpLoad http(static_cast<std::uint16_t>(port));
    while (http.ask("GET", "/health").status != 200 && since(began) < 120) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    const double took = since(began);
    std::printf("start %d: %.2f s, %.0f MB resident, %.0f MB at most\n", i + 1, took, megabytes(platform, "VmRSS:"), megabytes(platform, "VmHWM:"));
    seconds = std::min(seconds, took);
    resident = std::min(resident, megabytes(platform, "VmRSS:"));
    peak = std::max(peak, megabytes(platform, "VmHWM:"));
    kill(platform, SIGTERM);
    wait_for(platform);
  }
  const double floor = walk(database);
  std::printf("best: %.2f s (limit %.0f), %.0f MB (limit %.0f); one walk by plain SQLite: %.2f s, ratio %.2f\n", seconds, kLimitSeconds, resident,
              kLimitMegabytes, floor, seconds / floor);
  anju::bench::JsonRows rows("startup");
  for (const auto& [metric, value, unit] :
       {std::tuple{"seconds", seconds, "s"}, std::tuple{"resident_mb", resident, "MB"}, std::tuple{"peak_mb", peak, "MB"},
        std::tuple{"plain_sqlite_walk_seconds", floor, "s"}, std::tuple{"ratio_to_plain_sqlite_walk", seconds / floor, ""}})
    rows.add("1000000 meters", metric, value, unit);
  rows.write(json);
  if (kept.empty()) fs::remove_all(folder);
  return seconds <= kLimitSeconds && resident <= kLimitMegabytes ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  std::string json, kept;
  for (int i = 1; i < argc; ++i) {
    if (std::strcmp(argv[i], "--json") == 0 && i + 1 < argc) json = argv[++i];
    if (std::strcmp(argv[i], "--keep") == 0 && i + 1 < argc) kept = argv[++i];
  }
  return conduct(fs::read_symlink("/proc/self/exe").parent_path().parent_path() / "bin/anju-platform", json, kept);
}
