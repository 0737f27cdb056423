// A copy of the books while somebody writes, and what becomes of it.

#include "platform/store/backup.hpp"

#include <doctest/doctest.h>

#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include "platform/store/verify.hpp"
#include "tests/unit/platform/store/scratch_database.hpp"

using namespace anju;
using namespace anju::platform;

namespace {

struct Folder {
  std::filesystem::path path = std::filesystem::temp_directory_path() / ("anju-backup-" + std::to_string(::getpid()));
  Folder() { std::filesystem::create_directories(path); }
  ~Folder() { std::filesystem::remove_all(path); }
};

}  // namespace

TEST_CASE("backup: L11: taken while the ledger commits it is one state, right by itself, and a ledger goes on from it") {
  StoredSite site;
  site.live_a_day(3);
  const Folder folder;
  const std::string file = (folder.path / "books's.db").string();
  if (test_cluster() != nullptr) {
    CHECK(backup(site.url(), file).error().where == "database");
    return;
  }
  std::atomic<bool> go = true;
  base::Result<std::int64_t> made = base::fail(Errc::busy);
  std::thread copier([&] {
    made = backup(site.url(), file);
    go = false;
  });
  int commits = 0;
  while (go || commits < 5) {
    site.now = site.now + base::minutes(1);
    site.ask(Recharge{"b" + std::to_string(commits++), 1, base::Money(1'230'000), PayMethod::cash, ""});
    site.commit();
  }
  copier.join();
  REQUIRE_MESSAGE(made, (made ? std::string() : made.error().where));
  CHECK(*made == static_cast<std::int64_t>(std::filesystem::file_size(file)));
  for (const std::string& url : {std::string("sqlite:" + file), site.url()}) {
    const auto checks = verify(url, site.now);
    REQUIRE(checks);
    for (const Check& one : *checks) CHECK_MESSAGE(one.wrong == 0, one.name << ": " << (one.first.empty() ? "" : one.first.front()));
  }
  auto store = open_ledger_store("sqlite:" + file);
  REQUIRE(store);
  auto loaded = (*store)->load();
  REQUIRE(loaded);
  CHECK(loaded->meters.size() == 3);
  CHECK(loaded->newest.recharge <= site.count("SELECT count(*) FROM recharge"));
}

TEST_CASE("backup: never writes over a file, and leaves nothing behind when it cannot write") {
  if (test_cluster() != nullptr) return;
  StoredSite site;
  const Folder folder;
  const std::string file = (folder.path / "there.db").string();
  std::ofstream(file) << "somebody's";
  CHECK(backup(site.url(), file).error().where == "to");
  CHECK(std::filesystem::file_size(file) == 10);
  const auto nowhere = backup(site.url(), (folder.path / "no folder" / "x.db").string());
  REQUIRE_FALSE(nowhere);
  CHECK(nowhere.error().is(Errc::store_failed));
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path), {}) == 1);
}
