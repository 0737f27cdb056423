#pragma once

// Lets messages be made of what happens in the books, and lets them leave: one thread follows the books, one per way out sends, so that a
// mail server that does not answer holds up no SMS. Without start() a test does each step itself.

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string_view>
#include <thread>
#include <vector>

#include "platform/domain/messages.hpp"

namespace anju::platform {

inline constexpr std::int64_t kTakenAtOnce = 20;  ///< deliveries that are begun together

struct MessengerPorts {
  MessageStore& store;
  MessageProvider* sms = nullptr;   ///< null: this way is off
  MessageProvider* mail = nullptr;
  std::function<base::UtcMillis()> now;
  std::function<void(std::string_view line)> log;  ///< no text and no address
};

class Messenger {
 public:
  explicit Messenger(MessengerPorts ports) : ports_(std::move(ports)) {}
  ~Messenger() { stop(); }
  Messenger(const Messenger&) = delete;
  Messenger& operator=(const Messenger&) = delete;

  /// What an earlier run had begun is due again. Error: store_failed.
  [[nodiscard]] base::Result<> recover() { return ports_.store.recover(); }
  void start();
  /// Joins the threads; what is under way ends soon and is sent again by the next start. Idempotent.
  void stop();

  /// One step. false: there was nothing to do. Error: store_failed.
  [[nodiscard]] base::Result<bool> follow();
  [[nodiscard]] base::Result<bool> send(Channel channel);

 private:
  [[nodiscard]] MessageProvider* provider(Channel channel) const { return channel == Channel::sms ? ports_.sms : ports_.mail; }
  void run(const std::function<base::Result<bool>()>& step);
  /// false: it is to stop.
  bool rest(std::int64_t milliseconds);

  MessengerPorts ports_;
  std::vector<std::thread> threads_;
  std::mutex mutex_;  ///< with stopped_, for those who rest
  std::condition_variable stopped_;
  std::atomic<bool> stopping_{false};
};

}  // namespace anju::platform
