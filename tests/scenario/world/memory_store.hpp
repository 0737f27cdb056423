#pragma once

// The platform's database as plain tables. It knows only what was committed, so a ledger that is loaded from it is a
// platform that was killed. It trusts nothing: a row that is inserted twice is a finding.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "platform/domain/store.hpp"

namespace anju::scenario {

struct MeterRow {
  platform::MeterCard card;  ///< settings and plan are kept up to date here
  platform::Metering metering;
  platform::SupplyRecord supply;
};

struct Tables {
  platform::Site site;
  std::map<std::int64_t, platform::Gateway> gateways;
  std::vector<platform::Line> lines;
  std::map<std::int64_t, platform::Stream> streams;
  std::map<std::int64_t, platform::PricePlan> plans;
  std::map<std::int64_t, platform::PlanVersion> versions;
  std::map<std::int64_t, platform::MeterPlan> meter_plans;
  std::map<std::int64_t, platform::SavedAccount> accounts;
  std::map<std::int64_t, MeterRow> meters;
  std::map<std::int64_t, platform::SavedCommand> commands;
  std::map<std::int64_t, platform::Alarm> alarms;
  std::map<std::int64_t, platform::Crossing> crossings;
  std::map<std::int32_t, platform::SiteDay> days;
  std::vector<platform::StoredReading> readings;
  std::vector<platform::StoredTransfer> transfers;
  std::vector<platform::StoredRecharge> recharges;
  std::vector<platform::ReadingDecision> decisions;
  std::vector<platform::Quarantined> quarantined;
  std::vector<platform::Notice> notices;
  std::set<std::int64_t> open_commands;  ///< not ended
  std::vector<std::string> twice;  ///< rows that came with an id that was there already, or not above the last one

  void apply(const platform::Batch& batch);
  [[nodiscard]] platform::Loaded load() const;
};

class MemoryStore final : public platform::LedgerStore {
 public:
  explicit MemoryStore(platform::Site site) { tables.site = std::move(site); }

  [[nodiscard]] base::Result<platform::Loaded> load() override { return tables.load(); }
  /// What it was at another time.
  void restore(const Tables& backup);
  [[nodiscard]] base::Result<> commit(const platform::Batch& batch) override;
  [[nodiscard]] base::Result<std::optional<platform::StoredRecharge>> find_recharge(std::int64_t organisation,
                                                                                    std::string_view key) override;
  [[nodiscard]] base::Result<std::optional<platform::SavedCommand>> find_command(std::int64_t organisation,
                                                                                 std::string_view code) override;
  [[nodiscard]] base::Result<std::optional<platform::StoredReading>> find_reading(std::int64_t id) override;
  [[nodiscard]] base::Result<std::optional<platform::StoredDocument>> find_document(std::int64_t, std::string_view) override { return std::nullopt; }
  [[nodiscard]] base::Result<platform::Boundary> find_boundary(std::int64_t) override { return platform::Boundary{}; }
  [[nodiscard]] base::Result<bool> names_meter(std::int64_t) override { return false; }
  [[nodiscard]] base::Result<platform::KnownSites> known_sites(std::string_view) override { return platform::KnownSites{1, false}; }
  [[nodiscard]] base::Result<std::optional<std::string>> referrer_of_site(std::int64_t) override { return std::nullopt; }
  Tables tables;

 private:
  std::map<std::string, std::size_t, std::less<>> recharge_by_key_;
  std::map<std::string, std::int64_t, std::less<>> command_by_code_;
};

}  // namespace anju::scenario
