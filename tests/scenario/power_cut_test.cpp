// The spool's file on a disk that loses power at any of its operations (world/power_cut_disk.hpp): what an append has promised is there, in its
// order, and a batch is there whole or not at all. A file that is not synced shows that the disk would notice.

#include <memory>
#include <string>
#include <vector>

#include <SQLiteCpp/Database.h>

#include <doctest/doctest.h>

#include "gateway/spool/spool.hpp"
#include "tests/scenario/world/power_cut_disk.hpp"

namespace anju::scenario {
namespace {

constexpr base::UtcMillis kNow{1'766'851'200'000};
constexpr int kBatch = 3;

wire::Event alarm(int n) {
  return wire::AlarmEvent{"line_down", {}, {}, base::UtcMillis(n), true, {}};
}
wire::Command command(int n) {
  return {base::CommandId("c" + std::to_string(n)), n, base::DeviceId("m1"), wire::CommandKind::trip, 0, kNow, kNow + base::hours(1)};
}

/// Batches and commands until the disk fails, or all are in; how many of each were promised.
struct Promised {
  int batches = 0, commands = 0;
};
Promised fill(PowerCutDisk& disk, gateway::Spool& spool) {
  Promised promised;
  for (int n = 1; n <= 12 && !disk.is_dead(); ++n) {
    std::vector<wire::Event> batch;
    for (int i = 0; i < kBatch; ++i) batch.push_back(alarm(n * kBatch + i));
    if (spool.append(batch, kNow)) ++promised.batches;
    if (n % 3 == 0 && spool.accept(command(n / 3))) ++promised.commands;
    if (n % 4 == 0) (void)spool.acknowledge("e", spool.last_seq() - 2);
  }
  return promised;
}

}  // namespace

TEST_CASE("power cut: at every operation of the spool's disk, what was promised is there, and a batch is whole or absent") {
  int dead = 0;
  bool ended = false;
  for (std::int64_t n = 1; !ended; ++n) {
    REQUIRE(n < 2000);
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
      CAPTURE(n);
      CAPTURE(seed);
      PowerCutDisk disk(seed * 10'000 + static_cast<std::uint64_t>(n));
      const gateway::SpoolOptions options{"spool.db", "e", 64, 0};
      Promised promised;
      disk.fail_at(n);
      {
        const auto spool = gateway::Spool::open(options);
        if (spool) promised = fill(disk, **spool);
      }
      ended = !disk.is_dead();
      if (!ended) ++dead;
      disk.cut();
      const auto opened = gateway::Spool::open(options);
      REQUIRE_MESSAGE(opened, opened.error().code << " " << opened.error().where);
      gateway::Spool& spool = **opened;
      const auto last = spool.last_seq();
      CHECK(last % kBatch == 0);
      CHECK(last >= promised.batches * kBatch);
      CHECK(last <= (promised.batches + 1) * kBatch);
      const auto events = spool.read(1, 1000);
      REQUIRE(events);
      REQUIRE(std::ssize(*events) == last);
      for (int i = 0; i < static_cast<int>(last); ++i) CHECK((*events)[static_cast<std::size_t>(i)].text == wire::encode(alarm(i + kBatch)));
      const auto commands = spool.accepted();
      REQUIRE(commands);
      CHECK(std::ssize(*commands) >= promised.commands);
      CHECK(spool.last_counter() == std::ssize(*commands));
      CHECK(spool.append({alarm(1)}, kNow)->last_seq == last + 1);
    }
  }
  CHECK(dead > 300);
}

TEST_CASE("power cut: the disk loses what was not synced") {
  int lost = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    PowerCutDisk disk(seed);
    {
      SQLite::Database file("spool.db", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
      file.exec("PRAGMA locking_mode = EXCLUSIVE");
      file.exec("PRAGMA journal_mode = WAL");
      file.exec("CREATE TABLE event (seq INTEGER PRIMARY KEY)");
      file.exec("PRAGMA wal_checkpoint(TRUNCATE)");
      file.exec("PRAGMA synchronous = OFF");
      for (int i = 1; i <= 10; ++i) file.exec("INSERT INTO event VALUES (" + std::to_string(i) + ")");
      disk.fail_at(1);
      (void)disk.operation();
    }
    disk.cut();
    SQLite::Database file("spool.db", SQLite::OPEN_READWRITE);
    file.exec("PRAGMA locking_mode = EXCLUSIVE");
    if (file.execAndGet("SELECT count(*) FROM event").getInt() < 10) ++lost;
  }
  CHECK(lost > 10);
}

}  // namespace anju::scenario
