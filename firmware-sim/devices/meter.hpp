#pragma once

// One DL/T645 meter: registers that grow with the load while the relay is closed, a clock, a relay, a password, daily
// freezes, and the answers to a master's frames. A function of its arguments: time comes in, nothing is asked for.
// It knows no line and no baud rate (line.hpp). Source: shared reference meters.md 1.

#include <cstdint>
#include <deque>
#include <optional>
#include <string>

#include "firmware-sim/devices/access.hpp"
#include "firmware-sim/devices/fault.hpp"
#include "firmware-sim/devices/items.hpp"
#include "firmware-sim/devices/load_profile.hpp"
#include "firmware-sim/devices/meter_clock.hpp"
#include "firmware-sim/devices/registers.hpp"
#include "firmware-sim/devices/relay.hpp"
#include "firmware-sim/devices/wire.hpp"
#include "protocols/dlt645/frame.hpp"
#include "protocols/dlt645/reply.hpp"
#include "protocols/dlt645/request.hpp"

namespace anju::sim {

struct MeterSetup {
  dlt645::Address address;
  std::string label;    ///< where it hangs ("3-2-901"); not on the wire
  RegisterBlock start;  ///< what the registers read at the beginning
  LoadProfile load;
  std::int64_t energy_factor = 1;  ///< registers run this much faster than the load says; 1..1 000 000
  TariffSchedule tariffs = usual_schedule();
  int phases = 1;                   ///< 1 or 3
  std::size_t preamble = 4;         ///< FE bytes in front of a reply, 0..4
  base::Millis response_delay{60};  ///< Td, 20..500 ms
  base::Millis relay_delay{300};    ///< from an accepted order to the contact
  bool relay_open = false;          ///< at the beginning
  AccessSetup access;
  dlt645::Edition edition = dlt645::Edition::y2007;  ///< a 1997 meter knows no read address
  bool short_relay_command = false;                  ///< an old meter: 1C with L = 09 only, without N2..N8
  bool split_blocks = false;                         ///< answers 0001FF00 in two frames (B1, then 12 asks for the rest)
  int utc_offset_minutes = 480;
  base::Millis clock_offset{0};      ///< ahead positive
  std::int64_t clock_drift_ppm = 0;  ///< fast positive
  std::uint64_t seed = 0;
  std::optional<WireFormat> format = {};  ///< its own; absent: the line's
};

struct MeterStatistics {
  std::int64_t requests = 0;      ///< frames for this meter, broadcasts included
  std::int64_t replies = 0;       ///< sent, error replies included
  std::int64_t refusals = 0;      ///< error replies
  std::int64_t relay_orders = 0;  ///< 1C commands that were accepted
  std::int64_t clears = 0;        ///< 1A commands that were accepted
};

struct Reply {
  base::Bytes bytes;
  base::Millis delay;  ///< Td: from the end of the request to the first byte
};

class Meter {
 public:
  /// The registers stand at setup.start at this moment, which also counts as the last midnight's freeze.
  Meter(MeterSetup setup, base::UtcMillis start);

  /// request: what was on the wire, noise and preamble allowed. now must not go back from call to call.
  [[nodiscard]] std::optional<Reply> on_request(base::ByteView request, base::UtcMillis now);
  [[nodiscard]] std::optional<Reply> on_frame(const dlt645::Frame& request, base::UtcMillis now);

  /// Lets time pass: energy, relay, midnights. Everything below wants it called with the same now first.
  void advance(base::UtcMillis now);

  void set_fault(const Fault& fault, base::UtcMillis now);
  /// nullopt: all. A register that jumped stays where it is.
  void clear_fault(std::optional<FaultKind> kind, base::UtcMillis now);
  void set_load(LoadProfile load, base::UtcMillis now);
  void set_registers(const RegisterBlock& block, base::UtcMillis now);
  /// False when the relay was not waiting for it.
  bool press_button(base::UtcMillis now);

  [[nodiscard]] Snapshot snapshot(base::UtcMillis now) const;
  [[nodiscard]] const MeterSetup& setup() const { return setup_; }
  [[nodiscard]] const RegisterBlock& registers() const { return registers_.block(); }
  [[nodiscard]] const Relay& relay() const { return relay_; }
  [[nodiscard]] const MeterClock& clock() const { return clock_; }
  [[nodiscard]] const MeterStatistics& statistics() const { return statistics_; }
  [[nodiscard]] bool has_fault() const;

 private:
  /// What a healthy meter answers, before its preamble and its faults. Nothing when it keeps silent.
  [[nodiscard]] std::optional<dlt645::Frame> answer(const dlt645::Frame& request, base::UtcMillis now);
  [[nodiscard]] std::optional<dlt645::Reply> reply_to(const dlt645::ReceivedRequest& received, bool by_exact_address,
                                                      base::UtcMillis now);
  [[nodiscard]] dlt645::Reply read(const dlt645::ReadData& request, base::UtcMillis now);
  [[nodiscard]] dlt645::Reply read_follow_up(const dlt645::ReadFollowUp& request);
  [[nodiscard]] dlt645::Reply write(const dlt645::WriteData& request, base::UtcMillis now);
  [[nodiscard]] dlt645::Reply switch_relay(const dlt645::RelayControl& request, base::UtcMillis now);
  [[nodiscard]] dlt645::Reply clear(const dlt645::ClearMeter& request, base::UtcMillis now);
  void hear_broadcast(const dlt645::Frame& request, base::UtcMillis now);
  [[nodiscard]] bool admits(const dlt645::Authority& authority, base::UtcMillis now);
  [[nodiscard]] std::int64_t load_watts(base::UtcMillis at) const;
  [[nodiscard]] std::uint16_t status_word_3() const;
  void freeze_if_midnight_passed(base::UtcMillis at);

  struct Rest {
    dlt645::DataId di;
    base::Bytes bytes;
  };

  MeterSetup setup_;
  Registers registers_;
  MeterClock clock_;
  Relay relay_;
  Access access_;
  ReplyFaults faults_;
  MeterStatistics statistics_;
  std::deque<DayFreeze> freezes_;
  std::optional<Rest> rest_;
  base::UtcMillis advanced_to_;
  std::int64_t frozen_day_ = 0;
  bool relay_stuck_ = false;
  bool clock_adrift_ = false;
};

}  // namespace anju::sim
