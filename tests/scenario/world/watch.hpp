#pragma once

// Looks on while the world runs, from outside of all programs: at what is committed, at what gateways report, and at
// the true contacts of the meters. What it sees wrong is kept with the moment.

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>

#include "tests/scenario/world/audit.hpp"
#include "tests/scenario/world/field.hpp"
#include "tests/scenario/world/gateway_box.hpp"

namespace anju::scenario {

class Watch {
 public:
  Watch(std::uint64_t seed, Timeline& time, Field& field);

  void gateway(const GatewayBox* box) { boxes_[box->code()] = box; }

  void committed(const Tables& tables, const platform::Batch& batch);
  void reported(const std::string& gateway, const wire::Event& event);
  /// After an exchange on the device's line.
  void look(const std::string& device);

  void wrong(const std::string& what);
  [[nodiscard]] const Findings& findings() const { return findings_; }

  struct Seen {
    std::int64_t verified = 0, trips = 0, reconnections = 0, crossings = 0, stale_reads = 0, forced = 0;
  };
  [[nodiscard]] const Seen& seen() const { return seen_; }

 private:
  struct Contact {
    bool open = false;
    std::int64_t orders = 0;
  };
  /// Prints what concerns the device named by ANJU_TRACE.
  void trace(const std::string& device, const std::string& what) const;
  void check_new_order(const Tables& tables, const platform::SavedCommand& row);

  std::uint64_t seed_;
  Timeline& time_;
  Field& field_;
  std::map<std::string, const GatewayBox*> boxes_;
  std::map<std::string, Contact> contacts_;
  std::set<std::int64_t> known_commands_;
  std::map<std::int64_t, base::UtcMillis> forced_since_;  ///< by meter, while a person has tripped it
  std::set<std::string> tripped_by_hand_;                 ///< devices whose forced trip was verified, until the release
  std::map<std::int64_t, base::UtcMillis> newest_used_;   ///< by meter
  std::string traced_;
  Findings findings_;
  Seen seen_;
};

}  // namespace anju::scenario
