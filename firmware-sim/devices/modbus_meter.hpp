#pragma once

// A Modbus device on a line: what it measures, and the registers in which a profile says that it has it. A function of its arguments: time comes in,
// nothing is asked for. It knows no line and no format of a file (line.hpp, app/scenario/modbus_profile.hpp).
// Source: Modbus Application Protocol V1.1b3, 6 and 7; gateway/profiles/README.md for what a profile says.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "firmware-sim/devices/fault.hpp"
#include "firmware-sim/devices/load_profile.hpp"
#include "firmware-sim/devices/registers.hpp"
#include "firmware-sim/devices/wire.hpp"
#include "protocols/base/time.hpp"
#include "protocols/modbus/message.hpp"
#include "protocols/modbus/value.hpp"

namespace anju::sim {

/// How a clock stands in registers.
enum class ModbusClock : std::uint8_t { yyyy_first, yy_first, yy_last, bytes, bcd };

struct ModbusPoint {
  std::string name;  ///< as profiles call it: energy_total, relay …
  modbus::Function function = modbus::Function::read_holding_registers;
  std::uint16_t address = 0;
  std::variant<std::monostate, modbus::Type, ModbusClock> type = modbus::Type::u16;  ///< monostate: one bit
  modbus::Order order = modbus::Order::abcd;
  std::int64_t factor = 1;  ///< of a number: 1/10 000 kWh or m3, mV, mA, 1/10 000 kW, 1/100 degC … in one of the register's unit
  std::vector<std::pair<std::uint64_t, std::string>> states;

  /// Registers, or bits, that it takes.
  [[nodiscard]] std::size_t size() const;
};

/// What is written for an order, and what it does: the point says the state after `ModbusSetup::relay_delay`.
struct ModbusOrder {
  std::vector<modbus::Request> writes;
  std::string point, state;
};

struct ModbusHole {
  modbus::Function function = modbus::Function::read_holding_registers;
  std::uint16_t first = 0, last = 0;
};

struct ModbusMap {
  std::string name;
  WireFormat format{9600, 'N'};
  std::size_t max_gap = 8;  ///< registers between two points that can be read along; they are 0
  std::vector<ModbusHole> unreadable;
  std::vector<ModbusPoint> points;
  std::vector<ModbusOrder> orders;
};

struct ModbusSetup {
  std::uint8_t unit = 1;  ///< 1..247
  std::string label;
  ModbusMap map;
  base::Quantity start;     ///< kWh or m3
  std::int64_t watts = 0;   ///< while supplied; of water litres an hour
  std::int64_t energy_factor = 1;
  base::Millis response_delay{30};  ///< from the end of a request to the first byte of its reply
  base::Millis relay_delay{300};
  bool supplied = true;  ///< relay closed, valve open at the beginning
  int utc_offset_minutes = 480;
  std::optional<WireFormat> format = {};  ///< absent: the line's
  std::vector<TimedFault> faults = {};
};

struct ModbusStatistics {
  std::int64_t requests = 0;    ///< to this unit
  std::int64_t exceptions = 0;  ///< of the replies
  std::int64_t writes = 0;      ///< accepted
};

class ModbusMeter {
 public:
  ModbusMeter(ModbusSetup setup, base::UtcMillis start);

  /// What goes on the wire, and when after the end of the request. now must not go back from call to call. A function that no point has is answered
  /// with exception 01, a register that no point has with 02, a write that no order has with 02 or 03; a broadcast is not answered.
  [[nodiscard]] std::optional<ReplyFaults::Shaped> on_frame(const modbus::Frame& request, base::UtcMillis now);

  /// Lets time pass: registers, moves of relay and valve, planned faults.
  void advance(base::UtcMillis now);

  /// Every kind; an exception has its code as value. What is refused is not done.
  void set_fault(const Fault& fault, base::UtcMillis now);
  /// One, or with nullopt all. A register that jumped and a relay that did not move stay where they are; the clock is right again.
  void clear_fault(std::optional<FaultKind> kind, base::UtcMillis now);
  [[nodiscard]] bool has_fault() const;
  /// watts: while supplied; of water litres an hour.
  void set_load(std::int64_t watts, base::UtcMillis now);
  void set_total(base::Quantity total, base::UtcMillis now);

  [[nodiscard]] const ModbusSetup& setup() const { return setup_; }
  [[nodiscard]] base::Quantity total() const { return registers_.block().total; }
  /// Of relay, valve …; empty for a point that the map does not have.
  [[nodiscard]] std::string state_of(const std::string& point) const;
  [[nodiscard]] const ModbusStatistics& statistics() const { return statistics_; }

 private:
  using Place = std::pair<modbus::Function, std::uint16_t>;

  void run(base::UtcMillis until);
  void begin(const Fault& fault);
  void end(std::optional<FaultKind> kind);
  /// Of this request; faults of the replies have a count of their own.
  [[nodiscard]] bool hits(const std::optional<Fault>& fault) const;
  [[nodiscard]] std::optional<modbus::Reply> reply_to(base::ByteView pdu, base::UtcMillis now);
  [[nodiscard]] modbus::Reply answer(const modbus::Request& request, base::UtcMillis now);
  [[nodiscard]] modbus::Reply read(const modbus::Read& request, base::UtcMillis now) const;
  [[nodiscard]] modbus::Reply write(const modbus::Request& request, base::UtcMillis now);
  [[nodiscard]] std::vector<std::uint16_t> words_of(const ModbusPoint& point, base::UtcMillis now) const;
  [[nodiscard]] std::int64_t value_of(const std::string& name) const;
  [[nodiscard]] bool is_supplied() const;

  struct Move {
    base::UtcMillis at;
    std::string point, state;
  };

  ModbusSetup setup_;
  Registers registers_;
  std::map<std::string, std::string, std::less<>> states_;
  std::vector<Move> moves_;
  std::map<Place, bool> readable_;  ///< every register that can be read
  ReplyFaults reply_faults_;
  FaultPlan plan_;
  std::optional<Fault> exception_, wrong_unit_;
  bool words_swapped_ = false, stuck_ = false;
  base::Millis clock_ahead_;
  ModbusStatistics statistics_;
  base::UtcMillis advanced_to_;
};

}  // namespace anju::sim
