#pragma once

// The water in a hot-water controller: it cools towards the air around it, and warms towards the hot supply while the
// temperature valve lets that in. Automatic control opens and closes that valve around a target.
// Counted in millionths of a degree, so that a step of a second is never rounded away.

#include <cstdint>
#include <optional>

#include "firmware-sim/devices/valve.hpp"
#include "protocols/base/time.hpp"

namespace anju::sim {

inline constexpr std::int64_t kMicroPerTenth = 100'000;  ///< a tenth of a degree

struct BoilerSetup {
  std::int64_t start_dc = 300;              ///< tenths of a degree Celsius, as all that end in _dc
  std::int64_t supply_dc = 600;             ///< of the hot water that the valve lets in
  base::Millis warming = base::minutes(10);  ///< after it the distance to the supply has shrunk to 37 %
  base::Millis cooling = base::hours(3);     ///< the same towards the air
  std::int64_t hysteresis_dc = 10;           ///< opens so far below the target, closes so far above it
  base::Millis valve_delay = base::seconds(2);
};

class Boiler {
 public:
  Boiler() = default;
  explicit Boiler(const BoilerSetup& setup)
      : setup_(setup), micro_(setup.start_dc * kMicroPerTenth), valve_(setup.valve_delay, false) {}

  /// One second of water, and `factor` times as much of it (1..1 000 000); then what automatic control makes of it.
  void second(std::int64_t ambient_dc, std::int64_t factor, base::UtcMillis now);

  /// By hand; it ends automatic control, which would undo it at once.
  void set_valve(bool open, base::UtcMillis now);
  void automatic_on(std::int64_t target_dc, base::UtcMillis now);
  void automatic_off() { automatic_ = false; }

  void set_temperature(std::int64_t dc) { micro_ = dc * kMicroPerTenth; }
  void set_stuck(bool stuck) { valve_.set_stuck(stuck); }

  [[nodiscard]] std::int64_t temperature_dc() const;
  [[nodiscard]] std::optional<std::int64_t> target_dc() const { return target_dc_; }
  [[nodiscard]] bool is_automatic() const { return automatic_; }
  [[nodiscard]] const Valve& valve() const { return valve_; }

  /// What survives that the power goes.
  struct Kept {
    std::int64_t micro = 0;
    bool valve_open = false, automatic = false;
    std::optional<std::int64_t> target_dc;
    bool operator==(const Kept&) const = default;
  };
  [[nodiscard]] Kept kept() const { return {micro_, valve_.is_open(), automatic_, target_dc_}; }
  void restore(const Kept& kept);

 private:
  void control(base::UtcMillis now);

  BoilerSetup setup_;
  std::int64_t micro_ = 0;
  Valve valve_;
  bool automatic_ = false;
  std::optional<std::int64_t> target_dc_;
};

}  // namespace anju::sim
