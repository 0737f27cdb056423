#pragma once

// All lines of a simulated site, and the faults that a scenario brings in the course of time. Pure: time is handed in.

#include <optional>
#include <vector>

#include "firmware-sim/devices/line.hpp"

namespace anju::sim {

struct ScheduledFault {
  dlt645::Address meter;
  base::Millis after;  ///< since the start of the site
  Fault fault;
  std::optional<base::Millis> cleared_after;  ///< since the start of the site; never when absent
};

class Site {
 public:
  /// Addresses are unique within the site (the scenario's reader sees to it).
  Site(std::vector<Line> lines, std::vector<ScheduledFault> faults, base::UtcMillis start);

  [[nodiscard]] std::vector<Line>& lines() { return lines_; }
  [[nodiscard]] const std::vector<Line>& lines() const { return lines_; }

  /// nullptr when there is none.
  [[nodiscard]] Meter* find(const dlt645::Address& address);
  [[nodiscard]] Cjt188Meter* find(const cjt188::Address& address);

  /// Brings every meter to now and applies the faults that have become due.
  void advance(base::UtcMillis now);
  /// When the next fault begins or ends.
  [[nodiscard]] std::optional<base::UtcMillis> next_fault() const;

 private:
  struct Change {
    base::UtcMillis at;
    dlt645::Address meter;
    Fault fault;
    bool begins = true;
  };

  std::vector<Line> lines_;
  std::vector<Change> changes_;  ///< the latest first, so that the next one is at the back
};

}  // namespace anju::sim
