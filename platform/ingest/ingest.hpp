#pragma once

// The platform's side of the broker: subscribes to what gateways say, hands it to the ledger thread, and publishes what that lets
// out. This is all that platform/app needs of the folder.

#include <memory>
#include <string>
#include <vector>

#include "platform/ingest/broker_rights.hpp"
#include "platform/ingest/ledger_thread.hpp"
#include "protocols/base/result.hpp"
#include "protocols/mqtt/client.hpp"

namespace anju::platform {

struct IngestPorts {
  LedgerStore* store = nullptr;  ///< outlives the Ingest
  Notifier* notifier = nullptr;  ///< may be null; outlives the Ingest
  std::function<std::optional<wire::GatewayKeys>(const std::string& gateway)> keys;
  /// Where the broker's dynamic security is kept in step with the keys: every gateway that has one. Nothing: cannot be said now. Any thread.
  std::function<std::optional<std::vector<BrokerLogin>>()> logins;
  std::function<base::UtcMillis()> clock;
  std::function<void(const std::string& line)> log;    ///< from several threads
  std::function<void(const std::string& why)> failed;  ///< the process has to stop and start afresh
};

class Ingest {
 public:
  /// Loads the ledger. sites: whose gateways to listen to, "+" for all.
  /// Errors: store_failed, and those of mqtt::Client::create.
  [[nodiscard]] static base::Result<std::unique_ptr<Ingest>> create(mqtt::Options options, std::vector<std::string> sites, IngestPorts ports);
  ~Ingest();

  void start();
  /// Stops listening, decides what has arrived, stores it, ends. Idempotent.
  void stop();

  [[nodiscard]] OrderDesk& desk() { return *ledger_; }
  [[nodiscard]] GatewayBoard& board() { return *ledger_; }
  /// A gateway's key was replaced; any thread.
  void key_changed(const std::string& gateway);
  [[nodiscard]] IngestStatistics statistics() const { return ledger_->statistics(); }

 private:
  Ingest() = default;
  std::unique_ptr<LedgerThread> ledger_;
  std::unique_ptr<BrokerRights> rights_;  ///< null: the broker's rights are somebody else's business
  std::unique_ptr<mqtt::Client> client_;
};

}  // namespace anju::platform
