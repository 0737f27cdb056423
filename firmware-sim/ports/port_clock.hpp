#pragma once

// The one clock of a running simulator: UTC taken once at the start, then steady, so that a step of the system's clock
// neither stops the wire nor plays it twice.

#include <chrono>
#include <cstdint>

#include "protocols/base/time.hpp"

namespace anju::sim {

class PortClock {
 public:
  using Steady = std::chrono::steady_clock;

  PortClock()
      : steady_start_(Steady::now()),
        start_us_(
            std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch())
                .count()) {}

  /// Microseconds since 1970.
  [[nodiscard]] std::int64_t now_us() const {
    const auto passed = Steady::now() - steady_start_;
    return start_us_ + std::chrono::duration_cast<std::chrono::microseconds>(passed).count();
  }
  [[nodiscard]] base::UtcMillis now() const { return base::UtcMillis(now_us() / 1000); }

  /// The instant of a timer that ends at this time.
  [[nodiscard]] Steady::time_point at(std::int64_t time_us) const {
    return steady_start_ + std::chrono::microseconds(time_us - start_us_);
  }

 private:
  Steady::time_point steady_start_;
  std::int64_t start_us_;
};

}  // namespace anju::sim
