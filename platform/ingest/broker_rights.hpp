#pragma once

// Keeps the broker's dynamic security in step with the gateways' keys, on a thread of its own: at every connect, when a key was replaced, and
// once a minute where a key file was added or taken away by hand. A broker that lost its file is told all again.

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "platform/ingest/dynamic_security.hpp"

namespace anju::platform {

struct BrokerRightsPorts {
  /// Every gateway that has a key; nothing: cannot be said now, so nothing is changed. Asked on this object's thread.
  std::function<std::optional<std::vector<BrokerLogin>>()> logins;
  /// Publishes to kControlTopic; false: not now.
  std::function<bool(std::string_view payload)> publish;
  std::function<void(const std::string& line)> log;  ///< never a password
  std::string own_user;
  std::chrono::milliseconds every{60'000};     ///< how soon a key file that went is noticed
  std::chrono::milliseconds patience{10'000};  ///< without an answer: said once per connection
};

class BrokerRights {
 public:
  explicit BrokerRights(BrokerRightsPorts ports) : ports_(std::move(ports)) {}
  ~BrokerRights() { stop(); }
  BrokerRights(const BrokerRights&) = delete;
  BrokerRights& operator=(const BrokerRights&) = delete;

  void start();
  void stop();  ///< idempotent

  // From any thread; they copy and wake.
  void connected();
  void disconnected();
  void keys_changed();
  void answer(std::string_view payload);

 private:
  void run();
  void ask();
  void take(const std::string& payload);

  static constexpr std::size_t kMostAnswers = 100;  ///< waiting; further ones are dropped, the next question brings all again

  BrokerRightsPorts ports_;
  std::thread thread_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false, connected_ = false, asked_for_ = false, fresh_ = false;
  std::vector<std::string> answers_;

  // The thread's own.
  std::set<std::string> warned_;  ///< clients and rights made by hand of which it was said; a name has no space
  std::optional<std::vector<BrokerLogin>> told_;  ///< what the broker was last seen to know
  std::optional<std::chrono::steady_clock::time_point> waiting_since_;
  bool complained_ = false;
};

}  // namespace anju::platform
