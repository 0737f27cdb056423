#include "gateway/spool/spool.hpp"

#include <SQLiteCpp/Database.h>
#include <doctest/doctest.h>

#include "tests/unit/gateway/spool/spool_bench.hpp"

namespace anju::gateway::testing::spool {

TEST_CASE("spool: an archive that cannot be read is named once and left out") {
  const Folder folder;
  const wire::Archive archive{3, 480, 15, {{base::LineId("l1"), "tcp://127.0.0.1:1"}}, {}};
  REQUIRE(open(folder)->keep_archive(archive));
  SQLite::Database(folder.file(), SQLite::OPEN_READWRITE).exec("UPDATE archive SET body = 'x'");
  for (const int starts : {1, 2}) {
    const auto spool = Spool::open_or_replace({folder.file(), "e2", 64}, kNow);
    REQUIRE(spool);
    CHECK((*spool)->damage().has_value() == (starts == 1));
    const auto kept = (*spool)->archive();
    REQUIRE(kept);
    CHECK_FALSE(*kept);
    CHECK(count_alarms(**spool, "spool_damaged", true) == 1);
  }
}

TEST_CASE("spool: the last archive is kept") {
  const Folder folder;
  wire::Archive archive{3, 480, 15, {{base::LineId("l1"), "tcp://127.0.0.1:1"}}, {}};
  {
    const auto spool = open(folder);
    const auto none = spool->archive();
    REQUIRE(none);
    CHECK_FALSE(*none);
    REQUIRE(spool->keep_archive(archive));
    archive.version = 4;
    REQUIRE(spool->keep_archive(archive));
  }
  const auto kept = open(folder)->archive();
  REQUIRE(kept);
  CHECK(*kept == archive);
}

}  // namespace anju::gateway::testing::spool
