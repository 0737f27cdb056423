#pragma once

// Collects audit rows on the HTTP loop and writes all that wait in one transaction on the store thread. While rows
// cannot be written, nothing that changes anything is accepted (reliability.md 5.2 item 11).

#include <cstddef>
#include <functional>
#include <utility>
#include <vector>

#include "platform/domain/users.hpp"
#include "platform/http/executors.hpp"

namespace anju::platform {

class AuditLog {
 public:
  AuditLog(UserStore& store, Executors run) : store_(store), run_(std::move(run)) {}

  /// done(true) on the loop once the row is durable, done(false) when it could not be written.
  void append(AuditEntry entry, std::function<void(bool)> done);
  /// False after a failed write, until a write succeeds again.
  [[nodiscard]] bool healthy() const { return healthy_; }

 private:
  void flush();

  static constexpr std::size_t kMostWaiting = 10'000;  ///< further rows fail at once

  UserStore& store_;
  Executors run_;
  std::vector<AuditEntry> entries_;
  std::vector<std::function<void(bool)>> done_;
  bool writing_ = false;
  bool healthy_ = true;
};

}  // namespace anju::platform
