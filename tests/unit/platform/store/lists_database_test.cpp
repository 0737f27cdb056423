#include "tests/bench/lists_database.hpp"

#include "tests/unit/platform/store/scratch_database.hpp"

using namespace anju;
using namespace anju::platform;

TEST_CASE("lists database: what the benchmarks write past the ledger is a database that a platform starts with") {
  if (test_cluster() != nullptr) return;  // it is a file of SQLite
  StoredSite site;
  REQUIRE(bench::fill_lists_database(site.url().substr(std::string("sqlite:").size()), 1000, 200));
  const Loaded loaded = site.reload();
  CHECK(loaded.meters.size() == 1000);
  CHECK(loaded.gateways.size() == 1000 / bench::kMetersOfGateway);
  CHECK(loaded.lines.size() == loaded.gateways.size());
  CHECK(site.count("SELECT count(*) FROM meter m JOIN account a ON a.id = m.account AND a.kind = 'meter'") == 1000);
  CHECK(site.count("SELECT count(*) FROM room r JOIN house h ON h.id = r.house") == 200);
}
