#include "gateway/spool/spool.hpp"

#include <filesystem>
#include <utility>

#include <SQLiteCpp/Database.h>
#include <doctest/doctest.h>

#include "tests/unit/gateway/spool/spool_bench.hpp"

namespace anju::gateway::testing::spool {

TEST_CASE("journal: a counter or an id is accepted once, also over a restart") {
  const Folder folder;
  {
    const auto spool = open(folder);
    REQUIRE(spool->accept(command("a", 5)));
    REQUIRE(spool->accept(command("b", 9)));
    CHECK(spool->accept(command("a", 10)).error().is(SpoolErrc::seen_command));
    CHECK(spool->accept(command("c", 9)).error().is(SpoolErrc::old_counter));
    REQUIRE(spool->append({result("a", wire::CommandPhase::verified)}, kNow));
  }
  const auto spool = open(folder);
  CHECK(spool->last_counter() == 9);
  CHECK(spool->accept(command("a", 10)).error().is(SpoolErrc::seen_command));
  CHECK(spool->accept(command("c", 8)).error().is(SpoolErrc::old_counter));
  const auto journal = spool->accepted();
  REQUIRE(journal);
  REQUIRE(journal->size() == 2);
  CHECK((*journal)[0].command == command("a", 5));
  CHECK((*journal)[0].phase == wire::CommandPhase::verified);
  CHECK((*journal)[1].command == command("b", 9));
  CHECK_FALSE((*journal)[1].phase);
}

TEST_CASE("journal: a command that cannot be read is named once and left out; everything else stays") {
  const Folder folder;
  {
    const auto spool = open(folder);
    for (const auto& [id, counter] : {std::pair("a", 5), {"b", 6}, {"c", 7}}) REQUIRE(spool->accept(command(id, counter)));
    REQUIRE(spool->append({reading(1)}, kNow));
  }
  SQLite::Database(folder.file(), SQLite::OPEN_READWRITE).exec("UPDATE command SET body = '{\"id\":' WHERE id = 'b'");
  for (const int starts : {1, 2, 3}) {
    CAPTURE(starts);
    const auto opened = Spool::open_or_replace({folder.file(), "e2", 64}, kNow);
    REQUIRE(opened);
    Spool& spool = **opened;
    CHECK(spool.epoch() == "e1");
    CHECK(texts(spool, 1).front() == wire::encode(reading(1)));
    CHECK(count_alarms(spool, "spool_damaged", true) == 1);
    REQUIRE(spool.damage().has_value() == (starts == 1));
    if (starts == 1) CHECK(spool.damage()->detail == "text=unreadable: command b");
    const auto journal = spool.accepted();
    REQUIRE(journal);
    REQUIRE(journal->size() == 2);
    CHECK((*journal)[0].command == command("a", 5));
    CHECK((*journal)[1].command == command("c", 7));
    CHECK(spool.last_counter() == 7);
    CHECK(spool.accept(command("b", 8)).error().is(SpoolErrc::seen_command));
    // The platform repeats it, and hears that it came too late; that must not take the mark away.
    REQUIRE(spool.append({result("b", wire::CommandPhase::refused)}, kNow));
  }
  CHECK_FALSE(std::filesystem::exists(folder.file() + ".damaged"));
}

TEST_CASE("journal: a box that lost its spool refuses what was ordered before the new one was made") {
  Folder folder;
  const std::int64_t made = 1'764'000'000'000;
  wire::Command command;
  command.id = base::CommandId("c1-1");
  command.device = base::DeviceId("m1");
  command.kind = wire::CommandKind::close;
  {
    auto spool = *Spool::open({folder.file(), "e2", 64, made});
    command.counter = made;
    CHECK(spool->accept(command).error().is(SpoolErrc::old_counter));
    command.counter = made + 1;
    CHECK(spool->accept(command));
  }
  const auto again = *Spool::open({folder.file(), "e3", 64, made + 1000});
  CHECK(again->last_counter() == made + 1);  // only when the file is created
}

}  // namespace anju::gateway::testing::spool
