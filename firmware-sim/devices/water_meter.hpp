#pragma once

// A water meter, with or without a valve, or a hot-water controller: a register that grows with the flow while the main
// valve is open, and what can be wrong with it. A function of its arguments: time comes in, nothing is asked for. It knows no
// network; station.hpp speaks for it.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "firmware-sim/devices/boiler.hpp"
#include "firmware-sim/devices/day_profile.hpp"
#include "firmware-sim/devices/meter_clock.hpp"
#include "firmware-sim/devices/valve.hpp"
#include "protocols/base/money.hpp"
#include "protocols/base/time.hpp"

namespace anju::sim {

/// What a water register reads before it starts again at zero: 1 000 000 m3.
inline constexpr std::int64_t kWaterRolloverE4 = 10'000'000'000;

enum class WaterFault : std::uint8_t {
  silent,         ///< does not answer its station
  valve_stuck,    ///< takes every order, no valve of it moves
  leak,           ///< `value` 1/10 000 m3 an hour run day and night, also through the closed valve
  register_jump,  ///< the register goes back by `value` 1/10 000 m3
  clock_adrift,   ///< the clock jumps by `value` seconds
};
[[nodiscard]] std::optional<WaterFault> water_fault(std::string_view name);

struct PlannedFault {
  WaterFault fault = WaterFault::silent;
  std::int64_t value = 0;
  base::Millis after;                 ///< since the start
  std::optional<base::Millis> until;  ///< since the start; never when absent
};

struct WaterSetup {
  std::string id;       ///< what the archive calls it; empty: whatever it does
  std::string address;  ///< twelve digits: the number on its case
  std::string label;    ///< where it hangs; not on the wire
  bool valve = true;    ///< false: it cannot cut off
  base::Quantity start;
  DayProfile flow;        ///< in 1/10 000 m3 an hour (decilitres)
  int noise_percent = 0;  ///< the flow of each minute differs by at most this much, always the same way
  std::int64_t speed = 1;  ///< register and temperature run this many times as fast; 1..1 000 000
  base::Millis valve_delay = base::seconds(2);
  bool valve_open = true;  ///< at the beginning
  std::optional<BoilerSetup> boiler = {};  ///< present: a hot-water controller
  DayProfile ambient = {};                 ///< tenths of a degree Celsius
  int utc_offset_minutes = 480;
  base::Millis clock_offset{0};  ///< ahead positive
  std::vector<PlannedFault> faults = {};
  std::uint64_t seed = 0;
};

class WaterMeter {
 public:
  WaterMeter(WaterSetup setup, base::UtcMillis start);

  /// Lets time pass: flow, valves, temperature. Everything below wants it called with the same now first.
  void advance(base::UtcMillis now);

  /// False when it is refused (no valve; closing while kept open).
  [[nodiscard]] bool order_main_valve(bool open, base::UtcMillis now);
  [[nodiscard]] bool keep_open(bool keep);
  void clear() { total_ = {}, carried_ = 0; }
  void set_clock(base::UtcMillis now) { clock_ = MeterClock({}, 0, now, setup_.utc_offset_minutes); }
  [[nodiscard]] Boiler* boiler() { return boiler_ ? &*boiler_ : nullptr; }
  [[nodiscard]] const Boiler* boiler() const { return boiler_ ? &*boiler_ : nullptr; }

  void set_fault(WaterFault fault, std::int64_t value, base::UtcMillis now);
  /// nullopt: all. A register that jumped stays where it is.
  void clear_fault(std::optional<WaterFault> fault, base::UtcMillis now);
  void set_flow(std::int64_t e4_an_hour) { setup_.flow = {{0, e4_an_hour}}; }
  void set_total(base::Quantity total) { total_ = total; }

  [[nodiscard]] const WaterSetup& setup() const { return setup_; }
  [[nodiscard]] base::Quantity total() const { return total_; }
  [[nodiscard]] const Valve& main_valve() const { return main_; }
  [[nodiscard]] bool is_kept_open() const { return kept_open_; }
  [[nodiscard]] bool is_silent() const { return silent_; }
  [[nodiscard]] base::Millis clock_ahead(base::UtcMillis now) const { return clock_.read(now) - now; }

  /// What survives that the power goes.
  struct Kept {
    std::int64_t total_e4 = 0, carried = 0;
    bool valve_open = true, kept_open = false;
    std::optional<Boiler::Kept> boiler;
    bool operator==(const Kept&) const = default;
  };
  [[nodiscard]] Kept kept() const;
  void restore(const Kept& kept);

 private:
  [[nodiscard]] std::int64_t flow_e4(base::UtcMillis at) const;
  void begin(WaterFault fault, std::int64_t value, base::UtcMillis now);
  void end(std::optional<WaterFault> fault, base::UtcMillis now);
  void planned(base::UtcMillis now);

  WaterSetup setup_;
  base::Quantity total_;
  std::int64_t carried_ = 0;  ///< 1/10 000 m3 an hour times milliseconds; 3 600 000 of them are 1/10 000 m3
  Valve main_;
  std::optional<Boiler> boiler_;
  MeterClock clock_;
  bool kept_open_ = false;
  bool silent_ = false;
  std::int64_t leak_e4_ = 0;  ///< an hour
  base::UtcMillis advanced_to_;
  struct Change {
    base::UtcMillis at;
    PlannedFault fault;
    bool begins = true;
  };
  std::vector<Change> changes_;  ///< the latest first
};

}  // namespace anju::sim
