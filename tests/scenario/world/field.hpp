#pragma once

// What hangs on the gateways' ports: RS485 lines of simulated meters behind serial servers, which gather what they hear
// for some tens of milliseconds as the real ones do. It goes on living whatever happens to the programs.

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "firmware-sim/devices/line.hpp"
#include "gateway/core/line.hpp"
#include "tests/scenario/world/timeline.hpp"

namespace anju::scenario {

inline constexpr std::uint32_t kBaud = 9600;

class Field {
 public:
  using Hear = std::function<void(const base::LineId& line, gateway::LineEvent event)>;
  using Look = std::function<void(const std::string& device)>;

  explicit Field(Timeline& time) : time_(time) {}

  void add_line(const std::string& gateway, const std::string& line, std::vector<std::string> devices,
                std::vector<sim::Meter> meters);
  /// Called after an exchange with every device of the line whose contact has moved, or that has accepted an order to its relay.
  void look(Look look) { look_ = std::move(look); }

  // For the program that owns the port.
  void open(const std::string& gateway, const base::LineId& line, Hear hear);
  void write(const std::string& gateway, const base::LineId& line, const base::Bytes& bytes);
  void process_died(const std::string& gateway);

  /// The serial server is away for so long.
  void cut(std::size_t line, base::Millis span);
  void cut(const std::string& gateway, const base::LineId& line, base::Millis span) {
    if (const std::size_t index = find(gateway, line); index < lines_.size()) cut(index, span);
  }
  /// No server is away any more.
  void mend();
  [[nodiscard]] std::size_t lines() const { return lines_.size(); }

  [[nodiscard]] sim::Meter& meter(const std::string& device);
  /// What the device would show at this moment, untouched.
  [[nodiscard]] sim::Meter now_of(const std::string& device);
  [[nodiscard]] const std::string& gateway_of(const std::string& device) const { return where_.at(device).gateway; }

 private:
  struct Port {
    std::string gateway;
    base::LineId id;
    sim::Line line;
    std::vector<std::string> devices;
    std::vector<std::pair<bool, std::int64_t>> relays;  ///< per device: open, orders
    Hear hear;  ///< empty: nobody has opened it
    std::int64_t opened = 0;
    base::UtcMillis away_until;
  };
  struct Place {
    std::string gateway;
    std::size_t line = 0, index = 0;
  };
  void play(std::size_t line, base::Millis gather);
  [[nodiscard]] std::size_t find(const std::string& gateway, const base::LineId& line) const;

  static constexpr base::Millis kGather{60};

  Timeline& time_;
  std::vector<std::unique_ptr<Port>> lines_;
  std::map<std::string, Place> where_;
  Look look_;
};

}  // namespace anju::scenario
