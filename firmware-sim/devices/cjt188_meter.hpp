#pragma once

// A water meter on a line, speaking CJ/T188: the water and the valve are a WaterMeter's, the frames and what is wrong with them are here. A
// function of its arguments: time comes in, nothing is asked for. It knows no line and no baud rate (line.hpp).
// Source: shared reference meters.md 2.

#include <cstdint>
#include <optional>
#include <vector>

#include "firmware-sim/devices/fault.hpp"
#include "firmware-sim/devices/water_meter.hpp"
#include "firmware-sim/devices/wire.hpp"
#include "protocols/cjt188/frame.hpp"
#include "protocols/cjt188/metering.hpp"
#include "protocols/cjt188/options.hpp"
#include "protocols/cjt188/reply.hpp"
#include "protocols/cjt188/request.hpp"

namespace anju::sim {

struct Cjt188Setup {
  cjt188::Address address;
  cjt188::Options options;          ///< its own T (never AA) and byte order; a request in the other order gets no answer
  WaterSetup water;                 ///< label, flow, valve and its travel time, clock, faults; not its address, which is the one above
  std::size_t preamble = 4;         ///< FE bytes in front of a reply, 0..4
  base::Millis response_delay{60};  ///< from the end of a request to the first byte of its reply
  bool answers_any_type = true;     ///< to T = AA; some meters do not
  bool short_form = false;          ///< 901F with the total only
  bool clock_set = true;            ///< false: seven zero bytes
  bool battery_low = false;         ///< told when the status map has a bit for it
  bool reports_fault = false;       ///< a stuck valve is told as a fault; otherwise as where it stands
  bool answers_abbreviated = false;  ///< to an address whose high bytes are AA; that meters do is not confirmed (README)
  std::optional<WireFormat> format = {};  ///< its own; absent: the line's
  std::vector<TimedFault> faults = {};  ///< of the replies; those of water and valve are WaterSetup::faults
};

struct Cjt188Statistics {
  std::int64_t requests = 0;  ///< frames for this meter
  std::int64_t replies = 0;   ///< sent, error replies included
  std::int64_t refusals = 0;  ///< error replies
  std::int64_t valve_orders = 0;  ///< accepted, queries not counted
};

class Cjt188Meter {
 public:
  /// The register stands at setup.water.start at this moment, which also counts as the last settlement day's.
  Cjt188Meter(Cjt188Setup setup, base::UtcMillis start);

  /// What goes on the wire, and when after the end of the request. now must not go back from call to call.
  [[nodiscard]] std::optional<ReplyFaults::Shaped> on_frame(const cjt188::Frame& request, base::UtcMillis now);

  /// Lets time pass: flow, valve, settlement days, planned faults.
  void advance(base::UtcMillis now);

  /// Of the kinds that the electricity meter has, relay_stuck is the valve here and register_jump counts m3.
  void set_fault(const Fault& fault, base::UtcMillis now);
  void set_fault(WaterFault fault, std::int64_t value, base::UtcMillis now);
  /// All of them. A register that jumped stays where it is.
  void clear_faults(base::UtcMillis now);

  [[nodiscard]] const Cjt188Setup& setup() const { return setup_; }
  [[nodiscard]] const WaterMeter& water() const { return water_; }
  [[nodiscard]] WaterMeter& water() { return water_; }
  [[nodiscard]] const Cjt188Statistics& statistics() const { return statistics_; }

  /// What the status word says now; `unknown` without a map.
  [[nodiscard]] cjt188::ValveState valve_state() const;

 private:
  [[nodiscard]] bool is_meant(const cjt188::Frame& request) const;
  [[nodiscard]] std::optional<cjt188::Frame> answer(const cjt188::Frame& request, base::UtcMillis now);
  [[nodiscard]] std::optional<cjt188::Reply> reply_to(const cjt188::Request& request, bool by_exact_address, base::UtcMillis now);
  [[nodiscard]] cjt188::Reply read(const cjt188::ReadData& request, base::UtcMillis now) const;
  [[nodiscard]] cjt188::Reply move_valve(const cjt188::Valve& request, base::UtcMillis now);
  [[nodiscard]] cjt188::Reply accept(const cjt188::Request& request, const cjt188::StatusWord& before) const;
  [[nodiscard]] cjt188::Reply refuse(cjt188::Function function) const;
  [[nodiscard]] cjt188::StatusWord status() const;
  void plan_settlement(base::UtcMillis after);
  void change_reply_faults(base::UtcMillis now);

  Cjt188Setup setup_;
  WaterMeter water_;
  ReplyFaults reply_faults_;
  FaultPlan plan_;
  Cjt188Statistics statistics_;
  base::Quantity settle_day_total_;
  base::UtcMillis next_settlement_;
};

}  // namespace anju::sim
