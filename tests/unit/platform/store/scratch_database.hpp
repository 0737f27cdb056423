#pragma once

// A database that is gone afterwards, and a small site that lives a seeded day on it.

#include <doctest/doctest.h>
#include <soci/soci.h>

#include <cstdlib>
#include <filesystem>

#include "platform/domain/ledger.hpp"
#include "platform/store/database.hpp"
#include "platform/store/ledger_store.hpp"
#include "platform/store/sites.hpp"

namespace anju::platform {

/// A database of its own, gone afterwards: a file; with ANJU_TEST_POSTGRESQL, the url of a cluster whose user may create databases, a copy of
/// a migrated template there. So the same tests prove both engines.
class ScratchDatabase {
 public:
  ScratchDatabase();
  ~ScratchDatabase();
  ScratchDatabase(const ScratchDatabase&) = delete;
  ScratchDatabase& operator=(const ScratchDatabase&) = delete;
  [[nodiscard]] const std::string& url() const { return url_; }

 private:
  std::string folder_, database_, url_;
};

using ScratchFile = ScratchDatabase;

/// The cluster that the tests run on; null: SQLite.
[[nodiscard]] const char* test_cluster();

/// Takes the triggers away that refuse changes: a fault is planted by somebody who could do that.
void drop_triggers(soci::session& session);

struct StoredSite {
  ScratchDatabase file;
  std::unique_ptr<LedgerStore> store;
  Loaded loaded;
  std::unique_ptr<Ledger> ledger;
  base::UtcMillis now{1'764'000'000'000};
  std::int64_t seq = 0;

  StoredSite();
  [[nodiscard]] const std::string& url() const { return file.url(); }

  Loaded reload();

  std::int64_t count(const std::string& query);
  void commit();
  std::vector<wire::Command> inbox;

  void ask(decltype(Order::what) what);

  /// Three meters (total price, four tariffs, reading mode) for two days of random use, recharges, orders, repeats, bad
  /// readings and outages.
  void live_a_day(unsigned seed);
};

}  // namespace anju::platform
