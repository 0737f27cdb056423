#pragma once

// One RS485 pair with its meters (DL/T645 and CJ/T188 may share it), as a function of time: a master's bytes go in, what the meters put on the wire comes
// out when it has arrived and not before. Pure: a port (ports/paced_port.hpp) or a test with a virtual clock plays it.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "firmware-sim/devices/cjt188_meter.hpp"
#include "firmware-sim/devices/meter.hpp"
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
  std::int64_t wrong_baud_bytes = 0;  ///< from a master at another baud rate: garbage to the meters
};

class Line {
 public:
  Line(std::string name, std::uint32_t baud, std::vector<Meter> meters, std::vector<Cjt188Meter> water_meters = {});

  /// The master wrote these bytes at now_us, at the speed it is set to. They reach the meters one character after
  /// another.
  void on_master_bytes(base::ByteView bytes, std::int64_t now_us, std::uint32_t master_baud);

  /// Plays the wire up to now_us and returns what the master has received since the last call.
  [[nodiscard]] base::Bytes advance(std::int64_t now_us);

  /// When advance() is worth calling again: a byte will have arrived then. Outgoing bytes are gathered for kGather as a
  /// UART's buffer does, but the last one of a burst is never held back.
  [[nodiscard]] std::optional<std::int64_t> next_event_us() const;
  static constexpr std::int64_t kGatherUs = 4000;

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] std::uint32_t baud() const { return baud_; }
  [[nodiscard]] std::vector<Meter>& meters() { return meters_; }
  [[nodiscard]] const std::vector<Meter>& meters() const { return meters_; }
  [[nodiscard]] std::vector<Cjt188Meter>& water_meters() { return water_meters_; }
  [[nodiscard]] const std::vector<Cjt188Meter>& water_meters() const { return water_meters_; }
  [[nodiscard]] const LineStatistics& statistics() const { return statistics_; }

 private:
  void hear(const WireByte& byte);
  struct Answers {
    std::int64_t quiet_until_us = 0;  ///< a well-behaved master keeps quiet until then
    bool in_time = false;             ///< some meter has answered within its window
  };
  /// What the meters of one protocol put on the wire after a request that ended at end_us.
  template <class Meters, class Frame>
  void answer(Meters& meters, const Frame& request, std::int64_t end_us, Answers& answers);

  std::string name_;
  std::uint32_t baud_;
  std::vector<Meter> meters_;
  std::vector<Cjt188Meter> water_meters_;
  LineStatistics statistics_;
  WireQueue from_master_;
  WireQueue from_meters_;
  std::uint32_t master_baud_;
  base::Bytes heard_;  ///< since the last whole frame; at most kMaxHeard
  std::int64_t heard_until_us_ = 0;
  std::int64_t exchange_until_us_ = 0;  ///< a well-behaved master keeps quiet until then
};

}  // namespace anju::sim
