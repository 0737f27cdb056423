#pragma once

// The life of one command at a station: carried out, then the device is read again until it is in the asked state. An order
// that was under way when the power went is carried out again unless the device is there already: all of them may be repeated,
// a clear only when the register did not go to zero.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "firmware-sim/devices/water_meter.hpp"
#include "protocols/wire/down.hpp"
#include "protocols/wire/up.hpp"

namespace anju::sim {

inline constexpr base::Millis kVerifyAfter(500), kVerifyEvery = base::seconds(1), kVerifyFor = base::seconds(15);
inline constexpr base::Millis kLiveEvery = base::seconds(3);
inline constexpr int kMostTries = 3;  ///< of a device that keeps silent
inline constexpr base::Quantity kCleared(10'000);  ///< below 1 m3 a register counts as cleared

/// True when the device has what the command is about.
[[nodiscard]] bool can(const WaterMeter& device, wire::CommandKind kind);

/// As the wire says it of the main valve.
[[nodiscard]] wire::Relay relay_of(const WaterMeter& device);

class StationOrder {
 public:
  StationOrder(wire::Command command, bool resumed, base::UtcMillis now)
      : command_(std::move(command)), resumed_(resumed), next_(now) {}

  struct Step {
    std::vector<wire::Event> events;  ///< for the stream, in order
    std::optional<wire::LiveValues> live;
  };
  /// device: the command's, brought to now.
  [[nodiscard]] Step tick(WaterMeter& device, base::UtcMillis now);
  [[nodiscard]] wire::CommandEvent abandon(std::string_view reason, base::UtcMillis now);

  [[nodiscard]] const wire::Command& command() const { return command_; }
  [[nodiscard]] bool is_finished() const { return finished_; }
  /// Two such orders for one device do not go together: the newer one is what is wanted now.
  [[nodiscard]] bool replaces(const StationOrder& older) const;

 private:
  void act(WaterMeter& device, base::UtcMillis now, Step& step);
  void verify(const WaterMeter& device, base::UtcMillis now, Step& step);
  void look(const WaterMeter& device, base::UtcMillis now, Step& step);
  [[nodiscard]] bool order(WaterMeter& device, base::UtcMillis now);
  [[nodiscard]] bool agrees(const WaterMeter& device, base::UtcMillis now) const;
  void read(const WaterMeter& device, base::UtcMillis now, Step& step) const;
  void report(wire::CommandPhase phase, std::string_view reason, const WaterMeter* device, base::UtcMillis now, Step& step);

  wire::Command command_;
  bool resumed_;
  bool acted_ = false, verified_ = false, finished_ = false;
  int silences_ = 0;
  base::UtcMillis next_;
  base::UtcMillis verify_until_;
};

}  // namespace anju::sim
