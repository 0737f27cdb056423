#pragma once

// The platform as a process that can be killed at any instant: the ledger is volatile, the store keeps what was
// committed. The shell does what platform/ingest does: decide what waits, one commit, and only then let the effects
// out.

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "platform/domain/ledger.hpp"
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

  void power_on();
  void power_off_at(Crash crash) { crash_ = crash; }
  [[nodiscard]] bool is_on() const { return ledger_ != nullptr; }
  /// Stopped, and begun anew with these tables. Only without a database.
  void restore(const Tables& backup);

  /// Not answered: the process is down, or dies before the commit, or right after it. Ask again under the same key.
  void submit(platform::Order order, Answer answer);

  [[nodiscard]] const Tables& tables() const { return store_.tables; }
  [[nodiscard]] std::int64_t crashes() const { return crashes_; }
  [[nodiscard]] std::int64_t commits() const { return commits_; }
  [[nodiscard]] std::int64_t refused() const { return refused_; }

 private:
  struct Submitted {
    platform::Order order;
    Answer answer;
  };
  using Entry = std::variant<Message, Submitted>;

  void put(Entry entry);
  void handle();
  void handle(const Message& message);
  void tick(std::int64_t life);
  void flush();
  void die();
  void let_out(platform::Effects& effects, std::vector<std::pair<Answer, platform::Outcome>> answers);
  void publish(std::int64_t gateway, wire::Channel channel, const std::string& body, bool retained);

  static constexpr std::size_t kMostWaiting = 500;

  std::map<std::string, wire::GatewayKeys> keys_;
  Timeline& time_;
  Broker& broker_;
  Witness witness_;
  MemoryStore store_;
  std::string database_;
  std::unique_ptr<platform::LedgerStore> disk_;  ///< open while the process runs
  Crash crash_ = Crash::none;
  std::int64_t life_ = 0, crashes_ = 0, commits_ = 0, refused_ = 0;
  std::unique_ptr<platform::Ledger> ledger_;
  std::vector<Entry> inbox_;
  bool group_due_ = false;
  std::map<std::int64_t, wire::Ack> acks_;
  std::vector<std::pair<Answer, platform::Outcome>> answers_;
};

}  // namespace anju::scenario
