#include "gateway/spool/spool.hpp"

#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>

#include "tests/unit/gateway/spool/spool_bench.hpp"

namespace anju::gateway::testing::spool {

TEST_CASE("spool: what is no spool is refused with its name and left alone") {
  const auto refused = [](const std::string& file) {
    auto spool = Spool::open({file, "e1", 64});
    REQUIRE_FALSE(spool);
    CHECK(spool.error().where.find(file) != std::string::npos);
    return spool.error();
  };
  CHECK(refused("/nowhere/spool.db").is(SpoolErrc::cannot_open));
  const Folder folder;
  const std::string text(5000, 'x');
  std::ofstream(folder.file()) << text;
  CHECK(refused(folder.file()).is(SpoolErrc::not_a_spool));
  CHECK(std::filesystem::file_size(folder.file()) == 5000);
}

TEST_CASE("spool: a damaged file is refused as corrupt") {
  const Folder folder;
  {
    const auto spool = open(folder);
    for (int n = 0; n < 20; ++n) REQUIRE(spool->append({many_readings(n)}, kNow));
  }
  const auto size = std::filesystem::file_size(folder.file());
  REQUIRE(size > 100'000);
  std::fstream file(folder.file(), std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(4096);
  file << std::string(size - 4096, '\x5a');
  file.close();
  auto spool = Spool::open({folder.file(), "e1", 64});
  REQUIRE_FALSE(spool);
  CHECK(spool.error().is(SpoolErrc::corrupt));
}

TEST_CASE("spool: one process at a time") {
  const Folder folder;
  const auto first = open(folder);
  auto second = Spool::open({folder.file(), "e1", 64});
  REQUIRE_FALSE(second);
  CHECK(second.error().is(SpoolErrc::cannot_open));
}

TEST_CASE("spool: a damaged or erased file is put aside and an empty one says so; another program's is left alone") {
  const auto damage = [](const Folder& folder, std::int64_t from, std::int64_t count, char with) {
    std::fstream file(folder.file(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(from);
    file << std::string(static_cast<std::size_t>(count), with);
  };
  struct Row {
    std::int64_t from, count;
    char with;
  };
  for (const Row& row : {Row{4096, 100'000, '\x5a'}, Row{0, 4096, '\0'}, Row{0, 4096, '\xff'}}) {
    const Folder folder;
    {
      const auto spool = open(folder);
      for (int n = 0; n < 20; ++n) REQUIRE(spool->append({many_readings(n)}, kNow));
    }
    damage(folder, row.from, row.count, row.with);
    const auto spool = Spool::open_or_replace({folder.file(), "e2", 64}, kNow);
    REQUIRE(spool);
    CHECK((*spool)->epoch() == "e2");
    CHECK((*spool)->last_seq() == 1);
    CHECK(count_alarms(**spool, "spool_damaged", true) == 1);
    CHECK(std::filesystem::exists(folder.file() + ".damaged"));
  }
  const Folder folder;
  std::ofstream(folder.file()) << std::string(5000, 'x');
  const auto foreign = Spool::open_or_replace({folder.file(), "e2", 64}, kNow);
  REQUIRE_FALSE(foreign);
  CHECK(foreign.error().is(SpoolErrc::not_a_spool));
  CHECK(std::filesystem::file_size(folder.file()) == 5000);
  CHECK_FALSE(Spool::open_or_replace({"/nowhere/spool.db", "e2", 64}, kNow));
}

}  // namespace anju::gateway::testing::spool
