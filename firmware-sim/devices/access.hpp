#pragma once

// The password of a meter and its patience. After too many wrong ones in a row the meter refuses even the right one for
// a while, which is why a master must never retry a refused password.

#include <array>
#include <cstdint>
#include <optional>

#include "protocols/base/time.hpp"

namespace anju::sim {

struct AccessSetup {
  std::uint8_t level = 0x02;               ///< PA
  std::array<std::uint8_t, 3> password{};  ///< P0 P1 P2 in wire order
  int tries = 5;                           ///< wrong ones in a row until the lock
  base::Millis lock = base::hours(24);
};

class Access {
 public:
  Access() = default;
  explicit Access(const AccessSetup& setup) : setup_(setup) {}

  /// True when level and password are right and the meter is not locked.
  [[nodiscard]] bool admit(std::uint8_t level, const std::array<std::uint8_t, 3>& password, base::UtcMillis now) {
    if (is_locked(now)) return false;
    if (level == setup_.level && password == setup_.password) {
      wrong_in_a_row_ = 0;
      return true;
    }
    if (++wrong_in_a_row_ >= setup_.tries) {
      locked_until_ = now + setup_.lock;
      wrong_in_a_row_ = 0;
    }
    return false;
  }
  [[nodiscard]] bool is_locked(base::UtcMillis now) const { return locked_until_ && now < *locked_until_; }

 private:
  AccessSetup setup_;
  int wrong_in_a_row_ = 0;
  std::optional<base::UtcMillis> locked_until_;
};

}  // namespace anju::sim
