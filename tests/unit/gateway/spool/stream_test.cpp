#include "gateway/spool/spool.hpp"

#include <signal.h>
#include <sys/resource.h>

#include <SQLiteCpp/Database.h>
#include <doctest/doctest.h>

#include "tests/unit/gateway/spool/spool_bench.hpp"

namespace anju::gateway::testing::spool {

TEST_CASE("spool: events are numbered from 1 without a gap and survive a restart with their epoch") {
  const Folder folder;
  {
    const auto spool = open(folder);
    CHECK(spool->epoch() == "e1");
    CHECK(spool->first_seq() == 1);
    CHECK(spool->last_seq() == 0);
    CHECK(spool->append({reading(1), result("c", wire::CommandPhase::failed)}, kNow)->last_seq == 2);
    CHECK(spool->append({}, kNow)->last_seq == 2);
    CHECK(spool->append({reading(2)}, kNow)->last_seq == 3);
    REQUIRE(spool->acknowledge("e1", 2));
  }
  const auto spool = open(folder, 64, "another");
  CHECK(spool->epoch() == "e1");
  CHECK(spool->last_seq() == 3);
  CHECK(spool->through() == 2);
  CHECK(spool->first_seq() == 1);  // acknowledged events stay while there is space
  CHECK(texts(*spool, 1) == std::vector{wire::encode(reading(1)), wire::encode(result("c", wire::CommandPhase::failed)),
                                        wire::encode(reading(2))});
  CHECK(texts(*spool, 2, 1).size() == 1);
  CHECK(texts(*spool, 4).empty());
  CHECK(spool->read(1, 1)->front().readings == 1);
}

TEST_CASE("spool: acknowledgements are cumulative, of this stream and of events that exist") {
  const Folder folder;
  const auto spool = open(folder);
  REQUIRE(spool->append({reading(1), reading(2)}, kNow));
  CHECK(spool->acknowledge("e2", 1).error().is(SpoolErrc::foreign_epoch));
  CHECK(spool->acknowledge("e1", 3).error().is(SpoolErrc::beyond_stream));
  REQUIRE(spool->acknowledge("e1", 2));
  REQUIRE(spool->acknowledge("e1", 1));
  CHECK(spool->through() == 2);
}

TEST_CASE("spool: at its size the oldest acknowledged events go first, and nothing else") {
  const Folder folder;
  const auto spool = open(folder, 1);
  int n = 0;
  while (spool->first_seq() == 1) {
    const auto appended = spool->append({many_readings(++n)}, kNow);
    REQUIRE(appended);
    REQUIRE(appended->not_taken == 0);
    REQUIRE(spool->acknowledge("e1", appended->last_seq));
    REQUIRE(n < 1000);
  }
  CHECK_FALSE(spool->full());
  CHECK(spool->last_seq() == n);
  CHECK(spool->used_bytes() <= 1024 * 1024);
  CHECK(texts(*spool, spool->first_seq()).size() == static_cast<std::size_t>(n - spool->first_seq() + 1));
}

TEST_CASE(
    "spool: full of unacknowledged events it leaves out interval readings, takes the rest into its reserve and says "
    "so") {
  const Folder folder;
  auto spool = open(folder, 1);
  int n = 0;
  std::int64_t not_taken = 0;
  while (not_taken == 0) {
    const auto appended = spool->append({many_readings(++n)}, kNow);
    REQUIRE(appended);
    not_taken = appended->not_taken;
    REQUIRE(n < 1000);
  }
  CHECK(not_taken == 200);
  CHECK(spool->full());
  CHECK(spool->last_seq() == n);  // n - 1 events and the alarm instead of the last
  CHECK(count_alarms(*spool, "spool_full", true) == 1);
  CHECK(spool->first_seq() == 1);

  spool.reset();
  spool = open(folder, 1);
  CHECK(spool->full());
  CHECK(spool->append({reading(1)}, kNow)->not_taken == 1);
  CHECK(spool->append({reading(1, wire::ReadingKind::on_demand), result("c", wire::CommandPhase::verified)}, kNow)
            ->last_seq == n + 2);
  CHECK(count_alarms(*spool, "spool_full", true) == 1);  // once

  // The reserve is finite as well.
  base::Result<Appended> last;
  do {
    const std::vector<wire::Event> results(100, result("c", wire::CommandPhase::verified));
    last = spool->append(results, kNow);
  } while (last);
  CHECK(last.error().is(SpoolErrc::spool_full));
  CHECK(spool->used_bytes() <= 1024 * 1024 + 4096);

  REQUIRE(spool->acknowledge("e1", spool->last_seq()));
  const auto again = spool->append({reading(7)}, kNow);
  REQUIRE(again);
  CHECK(again->not_taken == 0);
  CHECK_FALSE(spool->full());
  CHECK(count_alarms(*spool, "spool_full", false) == 1);
}

TEST_CASE("spool: on a full disk nothing stored is lost, the error is a value, and an alarm tells afterwards") {
  // A limit on the size of files stands in for the disk: write() fails in the same place, with EFBIG.
  const Folder folder;
  const auto spool = open(folder);
  REQUIRE(spool->append({reading(1)}, kNow));
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  const auto old_handler = signal(SIGXFSZ, SIG_IGN);
  rlimit small = before;
  small.rlim_cur = 300'000;
  setrlimit(RLIMIT_FSIZE, &small);
  base::Result<Appended> appended;
  std::int64_t stored = 1;
  for (int n = 0; n < 1000; ++n) {
    appended = spool->append({many_readings(n)}, kNow);
    if (!appended) break;
    ++stored;
  }
  const bool refused = !appended && appended.error().is(SpoolErrc::disk_full);
  const auto accepted = spool->accept(command("c", 1));
  setrlimit(RLIMIT_FSIZE, &before);
  signal(SIGXFSZ, old_handler);

  CHECK(refused);
  CHECK_FALSE(accepted);
  CHECK(spool->last_seq() == stored);
  CHECK(spool->last_counter() == 0);
  CHECK(texts(*spool, 1).size() == static_cast<std::size_t>(stored));
  const auto again = spool->append({reading(2)}, kNow + base::minutes(5));
  REQUIRE(again);
  CHECK(again->last_seq == stored + 3);
  CHECK(count_alarms(*spool, "disk_full", true) == 1);
  CHECK(count_alarms(*spool, "disk_full", false) == 1);
}

TEST_CASE("spool: a new stream begins with what is not acknowledged, numbered from 1, and survives a restart") {
  const Folder folder;
  {
    const auto spool = open(folder);
    REQUIRE(spool->accept(command("a", 5)));
    for (int n = 1; n <= 5; ++n) REQUIRE(spool->append({reading(n)}, kNow));
    REQUIRE(spool->acknowledge("e1", 3));
    REQUIRE(spool->renew("e2"));
    CHECK(spool->epoch() == "e2");
    CHECK(spool->first_seq() == 1);
    CHECK(spool->last_seq() == 2);
    CHECK(spool->through() == 0);
    CHECK(spool->append({reading(6)}, kNow)->last_seq == 3);
    CHECK(spool->acknowledge("e1", 1).error().is(SpoolErrc::foreign_epoch));
  }
  const auto spool = open(folder);
  CHECK(spool->epoch() == "e2");
  CHECK(texts(*spool, 1) == std::vector{wire::encode(reading(4)), wire::encode(reading(5)), wire::encode(reading(6))});
  CHECK(spool->last_counter() == 5);
  REQUIRE(spool->renew("e3"));  // nothing was acknowledged: nothing is lost
  CHECK(texts(*spool, 1).size() == 3);
}

TEST_CASE("spool: a stream that was rewound is numbered anew from there, or from what is kept") {
  const Folder folder;
  const auto spool = open(folder);
  for (int n = 1; n <= 5; ++n) REQUIRE(spool->append({reading(n)}, kNow));
  REQUIRE(spool->acknowledge("e1", 4));
  spool->rewind(1);
  REQUIRE(spool->renew("e2"));
  CHECK(spool->first_seq() == 1);
  CHECK(texts(*spool, 1) == std::vector{wire::encode(reading(2)), wire::encode(reading(3)), wire::encode(reading(4)), wire::encode(reading(5))});
}

TEST_CASE("spool: what a restored platform asks for again is kept, however little space there is") {
  const Folder folder;
  const auto spool = open(folder, 1);
  std::int64_t n = 0;
  while (spool->used_bytes() < 800'000) REQUIRE(spool->append({many_readings(static_cast<int>(++n))}, kNow));
  REQUIRE(spool->acknowledge("e1", n));
  spool->rewind(n + 1);  // never forward
  CHECK(spool->through() == n);
  spool->rewind(2);
  CHECK(spool->through() == 2);
  while (!spool->full()) REQUIRE(spool->append({many_readings(0)}, kNow));
  CHECK(spool->first_seq() == 3);
  const std::int64_t kept = spool->last_seq() - 2;
  spool->rewind(0);  // a stream that begins anew begins with what is still there
  REQUIRE(spool->renew("e2"));
  CHECK(spool->last_seq() == kept);
  CHECK(spool->read(1, 1)->front().seq == 1);
}

TEST_CASE("spool: an event that is no JSON any more goes out as an alarm that names it, and holds back nothing") {
  const Folder folder;
  const std::string stranger = "{\"type\":\"of a newer version\"}";
  {
    const auto spool = open(folder);
    for (int n = 1; n <= 4; ++n) REQUIRE(spool->append({reading(n)}, kNow));
  }
  {
    SQLite::Database database(folder.file(), SQLite::OPEN_READWRITE);
    database.exec("UPDATE event SET body = replace(body, '\"', '!') WHERE seq = 2");
    database.exec("UPDATE event SET body = '" + stranger + "' WHERE seq = 3");
  }
  const auto spool = Spool::open_or_replace({folder.file(), "e2", 64}, kNow);
  REQUIRE(spool);
  const auto stored = texts(**spool, 1);
  REQUIRE(stored.size() == 4);
  CHECK(stored[0] == wire::encode(reading(1)));
  CHECK(stored[1] == wire::encode(wire::AlarmEvent{"spool_damaged", {}, {}, kNow, true, "text=unreadable: event 2"}));
  CHECK((*spool)->read(2, 1)->front().readings == 0);
  CHECK(stored[2] == stranger);  // the platform keeps what it does not know, word for word
  CHECK(stored[3] == wire::encode(reading(4)));
}

}  // namespace anju::gateway::testing::spool
