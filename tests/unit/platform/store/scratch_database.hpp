#pragma once

// A database file that is gone afterwards, and a small site that lives a seeded day on it.

#include <doctest/doctest.h>
#include <soci/soci.h>

#include <cstdlib>
#include <filesystem>

#include "platform/domain/ledger.hpp"
#include "platform/store/database.hpp"
#include "platform/store/ledger_store.hpp"
#include "platform/store/sites.hpp"

namespace anju::platform {

struct ScratchFile {
  std::string folder;
  ScratchFile() {
    std::string pattern = (std::filesystem::temp_directory_path() / "anju-store-XXXXXX").string();
    REQUIRE(mkdtemp(pattern.data()) != nullptr);
    folder = pattern;
  }
  ~ScratchFile() {
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
  }
  [[nodiscard]] std::string url() const { return "sqlite:" + folder + "/anju.db"; }
};

struct StoredSite {
  ScratchFile file;
  std::unique_ptr<LedgerStore> store;
  Loaded loaded;
  std::unique_ptr<Ledger> ledger;
  base::UtcMillis now{1'764'000'000'000};
  std::int64_t seq = 0;

  StoredSite();
  [[nodiscard]] std::string url() const { return file.url(); }

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
