#pragma once

// The platform as a process that can be killed at any instant: the real ledger thread (without its thread) is volatile, the store
// keeps what was committed. Nothing here decides; it carries messages and pulls the plug.

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "platform/ingest/ledger_thread.hpp"
#include "protocols/wire/envelope.hpp"
#include "tests/scenario/world/broker.hpp"
#include "tests/scenario/world/gateway_box.hpp"
#include "tests/scenario/world/memory_store.hpp"

namespace anju::scenario {

class PlatformBox {
 public:
  using Answer = std::function<void(platform::Outcome)>;
  using Witness = std::function<void(const platform::Batch& batch)>;

  /// database: where every commit goes as well, and what a new process loads; empty: the tables in memory are all there is.
  PlatformBox(platform::Site site, std::map<std::string, wire::GatewayKeys> keys, Timeline& time, Broker& broker,
              std::string database = {});

  /// Called after every commit.
  void witness(Witness witness) { witness_ = std::move(witness); }

  /// Called when it has died, however it did.
  void died(std::function<void()> call) { died_ = std::move(call); }

  void power_on();
  /// The plug is pulled now.
  void power_off() {
    if (is_on()) die();
  }
  void power_off_at(Crash crash) { crash_ = crash; }
  /// At this one of its commits, counted from 1 on over all its lives.
  void power_off_at(std::int64_t commit, Crash crash) {
    planned_commit_ = commit;
    planned_ = crash;
  }
  /// Every commit fails for so long: the process stops.
  void fill_disk(base::Millis span) { full_until_ = time_.now() + span; }
  void free_disk() { full_until_ = {}; }
  [[nodiscard]] bool is_on() const { return thread_ != nullptr; }
  /// Since when the process runs, of one that does.
  [[nodiscard]] base::UtcMillis on_since() const { return on_since_; }
  /// Stopped, and begun anew with these tables. Only without a database.
  void restore(const Tables& backup);

  /// What is older goes from the database, if there is one and the process runs: of the readings that went how many; or why none did.
  [[nodiscard]] base::Result<std::int64_t> forget_readings(base::Millis older);

  /// Not answered: the process is down, or dies before the commit, or right after it. Ask again under the same key.
  void submit(platform::Order order, Answer answer);

  [[nodiscard]] const Tables& tables() const { return store_.tables; }
  [[nodiscard]] std::int64_t crashes() const { return crashes_; }
  [[nodiscard]] std::int64_t commits() const { return commits_; }
  [[nodiscard]] std::int64_t refused() const { return refused_ + (thread_ ? thread_->statistics().refused : 0); }

 private:
  /// The store as the process sees it.
  class Disk final : public platform::LedgerStore {
   public:
    explicit Disk(PlatformBox& box) : box_(box) {}
    [[nodiscard]] base::Result<platform::Loaded> load() override { return under().load(); }
    [[nodiscard]] base::Result<> commit(const platform::Batch& batch) override { return box_.commit(batch); }
    [[nodiscard]] base::Result<std::optional<platform::StoredRecharge>> find_recharge(std::int64_t organisation,
                                                                                      std::string_view key) override {
      return under().find_recharge(organisation, key);
    }
    [[nodiscard]] base::Result<std::optional<platform::SavedCommand>> find_command(std::int64_t organisation,
                                                                                   std::string_view code) override {
      return under().find_command(organisation, code);
    }
    [[nodiscard]] base::Result<std::optional<platform::StoredReading>> find_reading(std::int64_t id) override {
      return under().find_reading(id);
    }
    [[nodiscard]] base::Result<std::optional<platform::StoredDocument>> find_document(std::int64_t organisation, std::string_view key) override {
      return under().find_document(organisation, key);
    }
    [[nodiscard]] base::Result<platform::Boundary> find_boundary(std::int64_t meter) override { return under().find_boundary(meter); }
    [[nodiscard]] base::Result<bool> names_meter(std::int64_t meter) override { return under().names_meter(meter); }
    [[nodiscard]] base::Result<platform::KnownSites> known_sites(std::string_view code) override { return under().known_sites(code); }
    [[nodiscard]] base::Result<std::optional<std::string>> referrer_of_site(std::int64_t site) override {
      return under().referrer_of_site(site);
    }

   private:
    platform::LedgerStore& under() { return box_.database_ ? *box_.database_ : box_.store_; }
    PlatformBox& box_;
  };
  struct PowerCut {};  ///< thrown out of a commit

  [[nodiscard]] base::Result<> commit(const platform::Batch& batch);
  void entered();
  void handle();
  void tick(std::int64_t life);
  void die();

  std::map<std::string, wire::GatewayKeys> keys_;
  Timeline& time_;
  Broker& broker_;
  Witness witness_;
  std::function<void()> died_;
  MemoryStore store_;
  std::string database_url_;
  std::unique_ptr<platform::LedgerStore> database_;  ///< open while the process runs
  Disk disk_;
  Crash crash_ = Crash::none, planned_ = Crash::none;
  std::int64_t planned_commit_ = 0;
  base::UtcMillis full_until_, on_since_;
  std::int64_t life_ = 0, crashes_ = 0, commits_ = 0, refused_ = 0;
  std::unique_ptr<platform::LedgerThread> thread_;
  bool group_due_ = false, failed_ = false;
};

}  // namespace anju::scenario
