#pragma once

// The bounded queue between the threads that bring something (Paho's callback, REST) and the ledger thread. Never waits on the
// side that brings: a full queue refuses, because Paho holds a process-wide lock while it calls (reliability.md 1.2).

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <variant>
#include <vector>

#include "platform/domain/desk.hpp"

namespace anju::platform {

struct Message {
  std::string topic, payload;
};
struct Submitted {
  Order order;
  std::function<void(Outcome)> answer;
};
struct Connected {};  ///< to the broker, subscriptions standing
struct KeyChanged {
  std::string gateway;  ///< its code
};
using Entry = std::variant<Message, Submitted, Connected, KeyChanged>;

class Inbox {
 public:
  /// Beyond either limit put() refuses. 64 MiB hold 1600 batches of 200 readings, seconds of work.
  static constexpr std::size_t kMostEntries = 20'000;
  /// Of these no message takes the last ones: whoever floods the broker must not keep people from the ledger.
  static constexpr std::size_t kForPeople = 2'000;
  static constexpr std::size_t kMostBytes = std::size_t{64} << 20;

  /// False: full, or closed.
  bool put(Entry entry) {
    const Message* message = std::get_if<Message>(&entry);
    const std::size_t size = message == nullptr ? 0 : message->payload.size();
    {
      const std::lock_guard lock(mutex_);
      const std::size_t most = message == nullptr ? kMostEntries : kMostEntries - kForPeople;
      if (closed_ || entries_.size() >= most || bytes_ + size > kMostBytes) return false;
      bytes_ += size;
      entries_.push_back(std::move(entry));
      if (entries_.size() > 1) return true;  // somebody woke the owner already
    }
    ready_.notify_one();
    return true;
  }

  /// Everything that waits, into `out` (emptied first), but not before `earliest`; then blocks up to `most` while there is nothing.
  /// False once closed and empty; close() cuts both waits short.
  bool take(std::vector<Entry>& out, std::chrono::steady_clock::time_point earliest, std::chrono::milliseconds most) {
    out.clear();
    std::unique_lock lock(mutex_);
    ready_.wait_until(lock, earliest, [this] { return closed_; });
    ready_.wait_for(lock, most, [this] { return closed_ || !entries_.empty(); });
    std::swap(out, entries_);
    bytes_ = 0;
    return !closed_ || !out.empty();
  }

  /// Everything that waits, at once.
  void take_now(std::vector<Entry>& out) {
    out.clear();
    const std::lock_guard lock(mutex_);
    std::swap(out, entries_);
    bytes_ = 0;
  }

  void close() {
    {
      const std::lock_guard lock(mutex_);
      closed_ = true;
    }
    ready_.notify_one();
  }

  [[nodiscard]] std::int64_t size() const {
    const std::lock_guard lock(mutex_);
    return static_cast<std::int64_t>(entries_.size());
  }
  [[nodiscard]] bool closed() const {
    const std::lock_guard lock(mutex_);
    return closed_;
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable ready_;
  std::vector<Entry> entries_;
  std::size_t bytes_ = 0;
  bool closed_ = false;
};

}  // namespace anju::platform
