#pragma once

// The energy registers of one meter. Counted in 1/10 000 kWh with the rest carried, so nothing drifts however often
// or seldom the meter is asked. Knows no time and no relay.

#include <array>
#include <cstdint>

#include "firmware-sim/devices/load_profile.hpp"
#include "protocols/base/money.hpp"

namespace anju::sim {

/// What a register reads before it starts again at zero: 1 000 000 kWh (XXXXXX.XX on the wire).
inline constexpr std::int64_t kRolloverE4 = 10'000'000'000;

struct RegisterBlock {
  base::Quantity total;
  std::array<base::Quantity, 4> tariffs{};  ///< sharp, peak, flat, valley
  bool operator==(const RegisterBlock&) const = default;
};

class Registers {
 public:
  Registers() = default;
  explicit Registers(const RegisterBlock& start) : block_(start) {}

  /// watt_ms: watts times milliseconds, not negative. 360 000 of them are 1/10 000 kWh.
  void add(std::int64_t watt_ms, Tariff tariff);

  /// Sets a register as a faulty meter would jump; what has been carried stays.
  void set(const RegisterBlock& block) { block_ = block; }

  [[nodiscard]] const RegisterBlock& block() const { return block_; }

 private:
  RegisterBlock block_;
  std::int64_t carried_watt_ms_ = 0;
};

}  // namespace anju::sim
