#pragma once

// One RS485 pair with its meters (DL/T645, CJ/T188 and Modbus RTU may share it), as a function of time: a master's bytes go in, what the meters put on the wire comes
// out when it has arrived and not before. Pure: a port (ports/paced_port.hpp) or a test with a virtual clock plays it.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "firmware-sim/devices/cjt188_meter.hpp"
#include "firmware-sim/devices/meter.hpp"
#include "firmware-sim/devices/modbus_meter.hpp"
#include "firmware-sim/devices/wire.hpp"
#include "protocols/base/bytes.hpp"
#include "protocols/base/time.hpp"

namespace anju::sim {

/// Td and Tb of DL/T645 (clause 5.3.3): the longest wait for a reply's first byte, and the longest gap inside a frame.
inline constexpr base::Millis kResponseWindow{500};
inline constexpr base::Millis kLongestGap{500};

struct LineStatistics {
  std::int64_t requests = 0;    ///< whole frames heard from the master
  std::int64_t replies = 0;     ///< put on the wire by meters
  std::int64_t overlaps = 0;    ///< requests begun before the last one's reply had ended or its window had passed
  std::int64_t collisions = 0;  ///< replies that met another sender's bytes
  std::int64_t bytes_in = 0;
  std::int64_t bytes_out = 0;         ///< that a master could have received
  std::int64_t wrong_baud_bytes = 0;  ///< from a master in a format that no meter of the line has: garbage to all of them
};

class Line {
 public:
  /// format: of every meter that has none of its own.
  Line(std::string name, WireFormat format, std::vector<Meter> meters, std::vector<Cjt188Meter> water_meters = {}, std::vector<ModbusMeter> modbus_meters = {});

  /// The master wrote these bytes at now_us, in the format it is set to. They reach the meters one character after
  /// another; a meter of another format hears noise in them.
  void on_master_bytes(base::ByteView bytes, std::int64_t now_us, WireFormat master);

  /// Plays the wire up to now_us and returns what the master has received since the last call.
  [[nodiscard]] base::Bytes advance(std::int64_t now_us);

  /// When advance() is worth calling again: a byte will have arrived then. Outgoing bytes are gathered for kGather as a
  /// UART's buffer does, but the last one of a burst is never held back.
  [[nodiscard]] std::optional<std::int64_t> next_event_us() const;
  static constexpr std::int64_t kGatherUs = 4000;

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] std::uint32_t baud() const { return format_.baud; }
  [[nodiscard]] std::size_t size() const { return meters_.size() + water_meters_.size() + modbus_meters_.size(); }
  [[nodiscard]] std::vector<Meter>& meters() { return meters_; }
  [[nodiscard]] const std::vector<Meter>& meters() const { return meters_; }
  [[nodiscard]] std::vector<Cjt188Meter>& water_meters() { return water_meters_; }
  [[nodiscard]] const std::vector<Cjt188Meter>& water_meters() const { return water_meters_; }
  [[nodiscard]] std::vector<ModbusMeter>& modbus_meters() { return modbus_meters_; }
  [[nodiscard]] const std::vector<ModbusMeter>& modbus_meters() const { return modbus_meters_; }
  [[nodiscard]] const LineStatistics& statistics() const { return statistics_; }

 private:
  void hear(const WireByte& byte);
  struct Answers {
    std::int64_t quiet_until_us = 0;  ///< a well-behaved master keeps quiet until then
    bool in_time = false;             ///< some meter has answered within its window
  };
  /// What the meters of one protocol put on the wire after a request that ended with this byte.
  template <class Meters, class Frame>
  void answer(Meters& meters, const Frame& request, const WireByte& last, Answers& answers);
  [[nodiscard]] bool anybody_hears(const WireFormat& master) const;
  /// True when what was heard since the last silence is one whole request of Modbus; it is answered.
  bool hear_modbus(const WireByte& last);

  std::string name_;
  WireFormat format_;
  std::vector<Meter> meters_;
  std::vector<Cjt188Meter> water_meters_;
  std::vector<ModbusMeter> modbus_meters_;
  LineStatistics statistics_;
  WireQueue from_master_;
  WireQueue from_meters_;
  WireFormat master_;
  base::Bytes heard_;  ///< since the last whole frame; at most kMaxHeard
  std::size_t burst_at_ = 0;  ///< in heard_: where the last burst without a silence began
  WireFormat heard_in_{0};
  std::int64_t heard_until_us_ = 0;
  std::int64_t exchange_until_us_ = 0;  ///< a well-behaved master keeps quiet until then
};

}  // namespace anju::sim
