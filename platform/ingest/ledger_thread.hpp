#pragma once

// The one owner of the ledger. Messages and orders become entries of one queue; the thread takes what waits, decides, writes one
// durable transaction, and only then lets out what follows: acknowledgements (one per gateway and commit), commands, archives,
// answers and notifications. When a commit fails nothing goes out, `failed` is called, and nothing is decided any more.

#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <vector>

#include "platform/domain/board.hpp"
#include "platform/domain/desk.hpp"
#include "platform/domain/ledger.hpp"
#include "platform/domain/notify.hpp"
#include "platform/ingest/inbox.hpp"
#include "protocols/wire/envelope.hpp"
#include "protocols/wire/topic.hpp"

namespace anju::platform {

struct LedgerThreadPorts {
  LedgerStore* store = nullptr;
  Notifier* notifier = nullptr;  ///< null: nobody to tell
  /// The keys of a gateway; asked anew every minute (kKeysFor), and each time while there are none.
  std::function<std::optional<wire::GatewayKeys>(const std::string& gateway)> keys;
  /// False: not sent now. What matters is sent again by its own rule.
  std::function<bool(const std::string& topic, std::string_view payload, bool retained)> publish;
  std::function<base::UtcMillis()> clock;
  /// What groups and ticks are measured with. A simulation has a virtual one, or its runs would depend on the machine.
  std::function<std::chrono::steady_clock::time_point()> pace = [] { return std::chrono::steady_clock::now(); };
  std::function<void(const std::string& line)> log;     ///< one line per event worth a person's eyes
  std::function<void(const std::string& why)> failed;   ///< the process has to stop; called once, on the ledger thread
};

struct IngestStatistics {
  std::int64_t messages = 0, dropped = 0, refused = 0, undecodable = 0, readings = 0, commits = 0;
};

class LedgerThread : public OrderDesk, public GatewayBoard {
 public:
  /// A group ends at either limit; what waits goes into the next one.
  static constexpr std::size_t kGroupReadings = 5000;
  static constexpr std::chrono::milliseconds kGroupTime{20};
  /// What comes sooner after the begin of a group waits for company: gateways then share a commit, and a gateway's events an
  /// acknowledgement. At most 100 times a second the disk is asked to flush; the first after a pause does not wait.
  static constexpr std::chrono::milliseconds kGroupEvery{10};
  static constexpr std::chrono::milliseconds kTickEvery{200};
  /// So soon a key that was taken away or replaced is no longer believed.
  static constexpr base::Millis kKeysFor = base::minutes(1);

  LedgerThread(Loaded loaded, LedgerThreadPorts ports);
  ~LedgerThread() override;

  void start();
  /// Decides what is in the queue already, then ends. Later orders are answered `stopping`.
  void stop();

  // From any thread.
  void receive(std::string_view topic, std::string_view payload);
  void broker(bool connected);
  /// A key was replaced: what comes from now on is judged by the new one, instead of within kKeysFor; and the gateway's archive, which the
  /// broker keeps under the old one, is said anew.
  void key_changed(const std::string& gateway) { (void)inbox_.put(KeyChanged{gateway}); }
  void submit(Order order, std::function<void(Outcome)> answer) override;
  [[nodiscard]] std::int64_t waiting() const override { return inbox_.size(); }
  [[nodiscard]] std::shared_ptr<const GatewayWord> word(const std::string& gateway) const override;
  [[nodiscard]] bool broker_connected() const override { return connected_; }
  [[nodiscard]] IngestStatistics statistics() const;

  /// Tests and simulations only, instead of start(): decides everything that waits and lets the effects out.
  void run_once();

 private:
  struct Route {
    std::int64_t gateway = 0;
    wire::Channel channel = wire::Channel::up;
    std::string device;
  };

  void run();
  void handle(std::vector<Entry>& entries);
  void handle(Message& message);
  void handle(Submitted& submitted);
  void handle(Connected);
  void handle(KeyChanged& changed);
  const Route* route(const std::string& topic);
  const wire::GatewayKeys* keys_of(std::int64_t gateway);
  void take_up(std::int64_t gateway, std::string_view body, base::UtcMillis now);
  void acknowledge(std::int64_t gateway, wire::Ack ack);
  void take_state(std::int64_t gateway, std::string_view body, base::UtcMillis now);
  void hear(std::int64_t gateway, wire::GatewayState state, base::UtcMillis now);
  void flush();
  void let_out(Effects& effects);
  void publish(std::int64_t gateway, wire::Channel channel, std::string_view body, bool retained);

  LedgerThreadPorts ports_;
  Ledger ledger_;
  Inbox inbox_;
  std::thread thread_;
  std::atomic<bool> connected_{false};
  bool broken_ = false;

  std::unordered_map<std::string, Route> routes_;
  struct KnownKeys {
    wire::GatewayKeys keys;
    base::UtcMillis read;
  };
  std::unordered_map<std::int64_t, KnownKeys> keys_;
  std::map<std::int64_t, wire::Ack> acks_;
  std::vector<std::pair<std::function<void(Outcome)>, Outcome>> answers_;
  Batch batch_;
  std::chrono::steady_clock::time_point group_began_{}, ticked_{}, logged_{};

  mutable std::mutex words_mutex_;
  std::unordered_map<std::string, std::shared_ptr<const GatewayWord>> words_;
  std::atomic<std::int64_t> messages_{0}, dropped_{0}, refused_{0}, undecodable_{0}, readings_{0}, commits_{0};
};

}  // namespace anju::platform
