#pragma once

// Who has to wait before trying another password: per account and per address, each wait twice the one before.
// Pure: time is a parameter. Owned by the HTTP loop.
// Source: OWASP and ETSI EN 303 645 5.1-5 by way of reliability.md 5.2 item 7; doubling delay as in STS meters (section
// 7).

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>

#include "protocols/base/time.hpp"

namespace anju::platform {

struct LockoutRules {
  int free_tries = 3;                          ///< wrong passwords before the first wait
  base::Millis first_wait = base::seconds(2);  ///< doubles with every further wrong password
  base::Millis longest_wait = base::minutes(30);
  base::Millis forget_after = base::hours(24);  ///< without a wrong password
  std::size_t most_entries = 20'000;  ///< when full, the entry whose wait ends first makes room: a flood of invented
                                      ///< names cannot fill the memory, and costs the flooder his own address's wait
};

class Lockout {
 public:
  explicit Lockout(LockoutRules rules) : rules_(rules) {}

  /// 0 when `key` may try now, otherwise how long it has to wait.
  [[nodiscard]] base::Millis remaining(const std::string& key, base::UtcMillis now) const;
  /// Counts a try before its outcome is known, so that parallel tries do not slip through.
  void note_try(const std::string& key, base::UtcMillis now);
  /// The try was right after all and does not count (for an address, which others may share).
  void take_back(const std::string& key);
  /// The password was right: all is forgotten (for an account).
  void forget(const std::string& key) { entries_.erase(key); }
  [[nodiscard]] std::size_t size() const { return entries_.size(); }

 private:
  struct Entry {
    int tries = 0;
    base::UtcMillis last;
    base::UtcMillis until;
  };
  void make_room(base::UtcMillis now);

  LockoutRules rules_;
  std::map<std::string, Entry> entries_;
};

}  // namespace anju::platform
