#pragma once

// What can be wrong with a meter, on request. Faults of the reply (silent, late, damaged bytes) act on what a healthy
// meter would have sent; the others change the meter itself (meter.hpp applies them).

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "protocols/base/bytes.hpp"
#include "protocols/base/time.hpp"

namespace anju::sim {

enum class FaultKind : std::uint8_t {
  silent,          ///< hears and obeys, never replies
  silent_first,    ///< ignores the next `value` requests, then is well
  late,            ///< the reply starts `value` ms after the request
  wrong_checksum,  ///< the checksum byte is off by one
  noise,           ///< `value` bytes of noise in front of the frame (1..64)
  half_frame,      ///< the reply breaks off in the middle
  relay_stuck,     ///< acknowledges 1C, the contact does not move
  clock_adrift,    ///< the clock jumps by `value` seconds
  register_jump,   ///< the energy register goes back by `value` 1/10 000 kWh
  // of Modbus devices only
  exception,      ///< refuses with the exception code `value` (1..11) whatever is asked, and does nothing
  wrong_unit,     ///< the reply carries the next unit's number; its CRC is right
  words_swapped,  ///< the registers of a number that takes several stand in reverse order
};

/// The name a scenario or the control port uses: the enumerator's. Empty for those of Modbus devices only, which modbus_fault_kind knows as well.
[[nodiscard]] std::optional<FaultKind> fault_kind(std::string_view name);
[[nodiscard]] std::optional<FaultKind> modbus_fault_kind(std::string_view name);
/// What a complaint about a name says.
inline constexpr std::string_view kModbusFaults =
    "silent, silent_first, late, wrong_checksum, noise, half_frame, exception, wrong_unit, words_swapped, relay_stuck, clock_adrift or register_jump";
[[nodiscard]] std::string_view to_string(FaultKind kind);

struct Fault {
  FaultKind kind = FaultKind::silent;
  std::int64_t value = 0;  ///< meaning and unit: see FaultKind
  int every = 1;  ///< damages only every n-th reply (wrong_checksum, noise, half_frame, late, exception, wrong_unit); 1 is all of them
};

inline constexpr std::int64_t kMaxNoise = 64;
inline constexpr std::int64_t kMaxException = 11;  ///< 0BH (Modbus Application Protocol V1.1b3, 7)

/// A fault that a scenario brings to one device and takes away again.
struct TimedFault {
  Fault fault;
  base::Millis after;                 ///< since the start
  std::optional<base::Millis> until;  ///< since the start; never when absent
};

/// All of one device, in order of time.
class FaultPlan {
 public:
  FaultPlan(const std::vector<TimedFault>& faults, base::UtcMillis start);

  struct Change {
    base::UtcMillis at;
    Fault fault;
    bool begins = true;
  };
  /// Takes out the next one that is due by now.
  [[nodiscard]] std::optional<Change> take(base::UtcMillis now);

 private:
  std::vector<Change> changes_;  ///< the latest first
};

/// The faults of one meter's replies at this moment.
class ReplyFaults {
 public:
  /// Turns on a fault of the reply; true when it was one.
  bool set(const Fault& fault);
  /// Turns one off, or with nullopt all.
  void clear(std::optional<FaultKind> kind);

  /// Counts one request; true when it must go unheard altogether (silent_first).
  [[nodiscard]] bool swallows_request();

  struct Shaped {
    base::Bytes bytes;
    base::Millis delay;
  };
  /// What a meter with these faults sends instead; nothing when it stays silent. seed makes the noise.
  [[nodiscard]] std::optional<Shaped> shape(base::Bytes healthy, base::Millis delay, std::uint64_t seed);

  [[nodiscard]] bool any() const;

 private:
  [[nodiscard]] bool hits(const std::optional<Fault>& fault) const;

  bool silent_ = false;
  std::int64_t swallow_ = 0;
  std::optional<Fault> late_, wrong_checksum_, noise_, half_frame_;
  std::int64_t replies_ = 0;
};

}  // namespace anju::sim
